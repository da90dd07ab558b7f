"""What a site.yaml says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from generator.model.finding import Location
from generator.model.profile import RuleChange


@dataclass(frozen=True)
class Settings:
    """site.yaml.

    `policy` says per severity whether findings stop publication, hold back their report, or are
    shown on the page; `rules` what the site changes about single rules. `licence` (name, url) is
    that of the data, empty where none is stated; `parquet` asks for the figures in that format too.
    `withdrawn` are reports (`slug/year`) that were taken down on purpose.
    `complete` claims that the site holds every report of every body in its directory (收录): only
    then is one that it does not hold called missing. `language` is the one being spoken,
    `languages` all of them, the first at the root. `profiles` names the local notices and
    scorecards that the site goes by; `scores` publishes what these come to.
    """

    title: str = "政府信息公开工作年度报告"
    subtitle: str = ""
    language: str = "zh-CN"
    languages: tuple[str, ...] = ("zh-CN",)
    base_url: str = ""
    theme: str = "default"
    theme_at: Location = field(default=Location("site.yaml"), compare=False)
    host: Mapping[str, str] = field(default_factory=dict)
    deadlines: Mapping[str, str] = field(default_factory=dict)
    complete: bool = True
    policy: Mapping[str, str] = field(
        default_factory=lambda: {"error": "stop", "warning": "banner"}
    )
    fail_on: str = "error"
    unconfirmed_notes: bool = False
    notice: str = ""
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    rules: Mapping[str, RuleChange] = field(default_factory=dict)
    licence: Mapping[str, str] = field(default_factory=dict)
    parquet: bool = False
    withdrawn: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()
    scores: bool = False

    def said_in(self, language: str) -> Settings:
        """The settings for pages in one of the site's languages.

        The title, subtitle and notice are those of the language, where the site has them.
        """
        texts = {
            "title": self.title,
            "subtitle": self.subtitle,
            "notice": self.notice,
            **self.translations.get(language, {}),
        }
        return replace(
            self,
            language=language,
            title=texts["title"],
            subtitle=texts["subtitle"],
            notice=texts["notice"],
        )

    @property
    def full_title(self) -> str:
        """What the site is called where it is named as somebody: the title with its subtitle."""
        return f"{self.title} {self.subtitle}".strip()

    @property
    def mount(self) -> str:
        """The path that the site is served under, with `/` at both ends.

        Empty where no public address is set.
        """
        path = self.base_url.partition("://")[2].partition("/")[2]
        return f"/{path}/".replace("//", "/") if self.base_url else ""
