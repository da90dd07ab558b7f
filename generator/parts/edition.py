"""The site in one language, from which jobs are planned, and the parts of it that jobs receive."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, partial
from importlib import metadata
from pathlib import Path

from generator.derive import paths, words
from generator.derive.contested import Contested, contested
from generator.language import prose
from generator.language.speech import LOCALES
from generator.model.digest import digest, own_code
from generator.model.finding import Finding
from generator.model.job import Job, Part, Source, StreamJob
from generator.model.report import Report
from generator.model.site import Site
from generator.model.theme import Theme
from generator.model.view import View
from generator.parts.boards import Board, standing
from generator.parts.digests import Digests, Key
from generator.parts.selection import Selection
from generator.render.html import Templates


@dataclass(frozen=True)
class Edition:
    """The site in one language. `findings` are those in each report.

    `made_by` is the digest of the law, of our own code and of the libraries that decide the bytes
    of an output; `boards` tell how every body stands in each year, the newest first. `frame` are
    the digests of what is in every excerpt of the site.
    """

    root: Path
    site: Site
    theme: Theme
    templates: Templates
    findings: Mapping[Key, Sequence[Finding]]
    digests: Digests
    made_by: Mapping[str, str]
    boards: Sequence[Board]
    frame: Mapping[str, str] = field(default_factory=dict)

    def of(self, site: Site) -> Edition:
        """The same in the language that `site` has."""
        frame = {"settings": digest(site.settings, site.pdf), "outline": digest(site.outline)}
        return replace(self, site=site, frame=frame)

    @cached_property
    def contested(self) -> Contested:
        """The reports that hold figures which others of them contradict: address → what does."""
        by_report = {key: contested(findings) for key, findings in self.findings.items()}
        return {key: figures for key, figures in by_report.items() if figures}

    @cached_property
    def paper(self) -> Edition:
        """The same as it is printed.

        Paper speaks the language of the statute, whatever the pages speak.
        """
        return self.of(words.statutory(self.site))

    @property
    def select(self) -> Selection:
        """A choice of parts of the site that is still to be made."""
        return Selection(self.site, self.digests, self.frame)

    def report(self, report: Report) -> Part:
        """A report with all that it states."""
        return Part(report, {"report": self.digests.contents[report.agency, report.year]})

    def findings_in(self, report: Report) -> Part:
        """What was found in a report."""
        key = (report.agency, report.year)
        return Part(self.findings[key], {"findings": self.digests.findings[key]})

    def findings_of(self, keys: Iterable[Key]) -> Part:
        """Key → what was found in each of these reports."""
        findings = {key: self.findings[key] for key in keys}
        digests = [(*key, self.digests.findings[key]) for key in findings]
        return Part(findings, {"findings": digest(digests)})

    def findings_by_year(self, slug: str, years: Iterable[int]) -> Part:
        """Year → what was found in the report of a body for that year."""
        findings = {year: self.findings[slug, year] for year in years}
        digests = [(year, self.digests.findings[slug, year]) for year in findings]
        return Part(findings, {"findings": digest(digests)})

    def doubts(self, reports: Iterable[Report]) -> Part:
        """Those of the reports that hold contradicted figures, with what contradicts them."""
        keys = [(report.agency, report.year) for report in reports]
        contradictions = {key: self.contested[key] for key in keys if key in self.contested}
        digests = [(*key, self.digests.findings[key]) for key in contradictions]
        return Part(contradictions, {"doubts": digest(digests)})

    def page(
        self,
        path: str,
        template: str,
        view: Callable[..., View],
        selection: Selection,
        *parts: Part,
        texts: Iterable[str] = (),
    ) -> Job:
        """The job of one HTML page.

        `view` is a function at the top level of a module; it is called with the excerpt that
        `selection` comes to, and with the values of `parts`. `texts` are those that somebody wrote
        for the page.
        """
        return Job(
            self.file(path),
            partial(_page, template, view),
            (self._template(template), selection.part(), *parts),
            self.made_by,
            leads=any(prose.leads(text) for text in texts),
        )

    def page_of_files(
        self,
        path: str,
        template: str,
        view: Callable[..., View],
        sources: Iterable[str],
        selection: Selection,
        *parts: Part,
    ) -> StreamJob:
        """The same for a page that speaks of other outputs: `view` gets them after the excerpt."""
        return StreamJob(
            self.file(path),
            tuple(sources),
            partial(_page_of_files, template, view),
            (self._template(template), selection.part(), *parts),
            self.made_by,
        )

    def _template(self, name: str) -> Part:
        """The templates, of which a page can reach those that its own names."""
        return Part(self.templates, {"template": self.templates.closure(name)})

    def file(self, path: str) -> str:
        """Where a page of this edition stands."""
        return paths.prefix(self.site.settings) + paths.file(path)


def _page(
    template: str, view: Callable[..., View], templates: Templates, site: Site, *values: object
) -> bytes:
    return templates.render(template, view(site, *values)).encode()


def _page_of_files(
    template: str,
    view: Callable[..., View],
    sources: Sequence[Source],
    templates: Templates,
    site: Site,
    *values: object,
) -> Iterator[bytes]:
    yield templates.render(template, view(site, sources, *values)).encode()


def first_edition(
    root: Path, site: Site, theme: Theme, findings: Sequence[Finding], today: date
) -> Edition:
    """The edition that the others are made from (`of`): what they have in common."""
    by_report: dict[Key, list[Finding]] = {key: [] for key in site.reports}
    for finding in findings:
        by_report.get((finding.agency, finding.year or 0), []).append(finding)
    digests = Digests.of(site, by_report)
    return Edition(
        root,
        site,
        theme,
        Templates(theme),
        by_report,
        digests,
        {"recipe": _recipe(site.law.digest)},
        standing(site, digests, today),
    )


def _recipe(law: str) -> str:
    """A digest of the forms, of our own code and its catalogues, and of the libraries that decide
    the bytes of a page.
    """
    catalogues = [path.read_text("utf-8") for path in sorted(LOCALES.glob("*.po"))]
    libraries = [metadata.version(name) for name in ("babel", "jinja2", "markdown-it-py")]
    return digest(law, own_code(), catalogues, libraries)
