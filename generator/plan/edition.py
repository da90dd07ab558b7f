"""What jobs are planned from: the site in one language, with the digests that many of them share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from importlib import metadata
from pathlib import Path

from generator.derive import paths, words
from generator.derive.contested import Contested, contested
from generator.language.speech import LOCALES
from generator.model.digest import digest, own_code
from generator.model.finding import Finding
from generator.model.job import Job
from generator.model.packed import figures_digest
from generator.model.site import Site
from generator.model.theme import Theme
from generator.model.view import View
from generator.render.html import Templates


@dataclass(frozen=True)
class Edition:
    """The site in one language. `figures` are the digests of each report's figures, `contents` those of all that it says, `told` those of
    what was found in it and explained, `reports` those of both. `today` is the day as of which the site speaks."""

    root: Path
    site: Site
    theme: Theme
    templates: Templates
    findings: Mapping[tuple[str, int], Sequence[Finding]]
    figures: Mapping[tuple[str, int], str]
    contents: Mapping[tuple[str, int], str]
    told: Mapping[tuple[str, int], str]
    reports: Mapping[tuple[str, int], str]
    recipe: str
    today: date
    frame: str = ""

    def of(self, site: Site) -> Edition:
        """The same in the language that `site` has; `frame` stands for all that surrounds a page."""
        pages = [(page.slug, page.title) for page in site.pages.values()]
        return replace(self, site=site, frame=digest(site.settings, bool(site.reports), pages, site.pdf, site.law.headline))

    @cached_property
    def contested(self) -> Contested:
        """The reports that hold figures which others of them contradict: address → what does."""
        found = {key: contested(findings) for key, findings in self.findings.items()}
        return {key: figures for key, figures in found.items() if figures}

    @cached_property
    def paper(self) -> Edition:
        """The same as it is printed: paper speaks the language of the statute, whatever the pages speak."""
        return self.of(words.statutory(self.site))

    def page(self, path: str, template: str, view: Callable[[], View], **inputs: str) -> Job:
        """The job of one HTML page."""
        return Job(self.file(path), self.inputs(template, **inputs), lambda: self.templates.render(template, view()).encode())

    def file(self, path: str) -> str:
        """Where a page of this edition stands."""
        return paths.prefix(self.site.settings) + paths.file(path)

    def inputs(self, template: str, **inputs: str) -> Mapping[str, str]:
        """What every page of a template is made from, and these inputs."""
        return {"recipe": self.recipe, "frame": self.frame, "template": self.templates.closure(template), **inputs}


def shared_inputs(root: Path, site: Site, theme: Theme, findings: Sequence[Finding], today: date) -> Edition:
    """What every edition has in common."""
    by_report: dict[tuple[str, int], list[Finding]] = {key: [] for key in site.reports}
    for finding in findings:
        by_report.get((finding.agency, finding.year or 0), []).append(finding)
    figures = {key: figures_digest(report) for key, report in site.reports.items()}
    contents = {key: digest(replace(report, figures={}), figures[key]) for key, report in site.reports.items()}
    told = {key: digest(by_report[key], report.explanations, report.entered_by) for key, report in site.reports.items()}
    both = {key: digest(contents[key], told[key]) for key in site.reports}
    return Edition(root, site, theme, Templates(theme), by_report, figures, contents, told, both, _recipe(site.law.digest), today)


def _recipe(law: str) -> str:
    """A digest of the forms, of our own code and its catalogues, and of the libraries that decide the bytes of a page."""
    catalogues = [path.read_text("utf-8") for path in sorted(LOCALES.glob("*.po"))]
    return digest(law, own_code(), catalogues, [metadata.version(name) for name in ("babel", "jinja2", "markdown-it-py")])
