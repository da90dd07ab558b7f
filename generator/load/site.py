"""The whole tree to a Site.

Reports are read first and their narratives filled after, because a text may quote last year.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from generator.language.sentence import sentence
from generator.language.speech import STYLES, code
from generator.load.agency import check_addresses, check_events, check_parents, read_agency
from generator.load.narrative import check_markup, with_figures
from generator.load.reading import Reading
from generator.load.report import Place, read_report
from generator.load.settings import law_for, read_settings
from generator.model.agency import Agency
from generator.model.digest import digest
from generator.model.finding import Finding, Gathering, Location
from generator.model.law import Law
from generator.model.packed import Figures, pack, unpack
from generator.model.report import Report
from generator.model.site import Page, Site
from generator.model.source import Files, Forgetful, Remembered, Tree

# Addresses that are ours, now or in a later version (design: the site).
RESERVED = frozenset(
    (
        "agencies",
        "years",
        "compare",
        "coverage",
        "quality",
        "rules",
        "data",
        "search",
        "sitemap",
        "assets",
        "feed",
        "index",
        "404",
        *map(code, STYLES),
    )
)
TAGS_BY_CODE = {code(tag): tag for tag in STYLES}
Reports = dict[tuple[str, int], Report]


@dataclass
class Loading:
    """What a pass over the site needs at hand, and every finding on the way."""

    law: Law
    files: Files
    memory: Remembered
    recipe: str
    findings: Gathering = field(default_factory=Gathering)

    def reading(self, agency: str = "", year: int | None = None) -> Reading:
        """A reading whose findings land here."""
        return Reading(self.law, self.files, agency, year, self.findings)

    def report(self, place: Place) -> Report | None:
        """The report of a folder: from memory when its files have not changed, else read."""
        name = f"{place.slug}/{place.files.year}"
        texts = tuple(filter(None, (place.files.figures, place.files.narrative)))
        digests = self.files.digests((*texts, *place.files.files))
        key = digest(self.recipe, name, dict(digests))
        packed = self.memory.recall("report", name, key)
        if packed is not None:
            with suppress(
                ValueError, TypeError, LookupError
            ):  # from another version, or damaged: read it again
                report, findings = unpack(self.law, packed)
                self.findings.extend(findings)
                return replace(report, key=key)
        count_before = len(self.findings)
        report_read = read_report(place, self.reading(place.slug, place.files.year))
        if report_read is None:
            return None
        report_read = replace(
            report_read, key=key, figures=Figures.of(report_read.figures, report_read.at.path)
        )
        if self.files.digests(texts) == {
            path: digests[path] for path in texts
        }:  # else a file changed while it was read
            self.memory.keep(
                "report", name, key, pack(report_read, self.findings.since(count_before))
            )
        return report_read


@dataclass(frozen=True)
class Means:
    """What is needed to load a site: its files, the law, the memory, and where progress goes.

    The memory is valid for one recipe: law and code.
    """

    files: Files
    law: Law
    memory: Remembered = field(default_factory=Forgetful)
    recipe: str = ""
    step: Callable[[str], None] = lambda name: None


def load(tree: Tree, means: Means) -> tuple[Site, list[Finding]]:
    """The site a tree holds and what is wrong with its files."""
    law = means.law
    loading = Loading(law, means.files, means.memory, means.recipe)
    general = loading.reading()
    for problem in tree.problems:
        general.problem(problem)
    settings = read_settings(tree, general)
    loading.law = law = law_for(law, settings)
    loading.recipe = digest(means.recipe, settings.rules, list(settings.profiles))
    general = loading.reading()
    agencies: dict[str, Agency] = {}
    reports: Reports = {}
    for folder in tree.agencies:
        agency = read_agency(folder, loading.reading(folder.slug))
        if agency is None:
            continue
        agencies[agency.slug] = agency
        for files in folder.reports:
            means.step(f"{agency.slug}/{files.year}")
            report = loading.report(Place(agency.slug, files))
            if report is not None:
                reports[agency.slug, files.year] = report
    check_parents(agencies, loading.reading())
    check_addresses(agencies, loading.reading())
    check_events(agencies, loading.reading())
    candidates = [_page(general, path) for path in tree.pages]
    pages = _pages([page for page in candidates if page is not None], general)
    law = law.used_by({report.format for report in reports.values()})
    return Site(settings, law, agencies, _filled(reports, loading), pages), list(loading.findings)


def _filled(reports: Reports, loading: Loading) -> Mapping[tuple[str, int], Report]:
    filled = {}
    for (slug, year), report in reports.items():
        prior = reports.get((slug, year - 1))
        filled[slug, year] = with_figures(report, prior, loading.reading(slug, year))
    return filled


def _pages(read: Sequence[Page], reading: Reading) -> Mapping[str, Page]:
    """The pages by slug; `about.en` is what `about` says in English."""
    pages = {page.slug: page for page in read if "." not in page.slug}
    for page in read:
        slug, mark, language = page.slug.partition(".")
        if mark and slug in pages:
            tag = TAGS_BY_CODE.get(language, language)
            translations = {**pages[slug].translations, tag: page}
            pages[slug] = replace(pages[slug], translations=translations)
        elif mark:
            message = sentence("没有 {slug}.md，这个译文不会发布", slug=slug)
            reading.note("C-05", Location(page.at.path), message)
    return pages


def _page(reading: Reading, path: str) -> Page | None:
    """A page of the site's own text; its first `# ` line is its title."""
    slug = path.rpartition("/")[2].removesuffix(".md")
    if slug in RESERVED:
        message = sentence("“{slug}”这个名称留给系统的页面，请改名", slug=slug)
        reading.note("C-08", Location(path), message)
        return None
    text = reading.contents(path)
    if text is None:
        return None
    first, _, body = text.lstrip("\n").partition("\n")
    if not first.startswith("# "):
        message = sentence("第一行应是“# 标题”")
        reading.note("C-01", Location(path), message)
        return None
    check_markup(body, Location(path, 2), reading)
    return Page(slug, first[2:].strip(), body, Location(path, 2))
