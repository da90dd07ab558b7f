"""Search: its page in every language, and one index for all of them.

No page depends on the index, nor the index on a page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.derive import paths, search
from generator.derive.search_words import form_words
from generator.model.digest import digest
from generator.model.finding import Finding
from generator.model.job import AnyJob, Job, JointJob, Part
from generator.model.report import Report
from generator.model.search import Body, Shelf
from generator.model.site import Site
from generator.parts.edition import Edition
from generator.render import search_scripts


def jobs(edition: Edition) -> Iterator[AnyJob]:
    """Names, the words of the forms, the site's own pages; each report's words; and for each year
    which report has which bigram.
    """
    site = edition.site
    made_by = edition.made_by
    if not site.reports:
        return
    bodies = Part.of("bodies", search.bodies(site))
    shelves = [search.shelf(site, year) for year in site.years]
    law_alone = edition.select.part()
    texts = edition.select.fact("pages").part()
    yield Job(f"{paths.SEARCH}bodies.js", _bodies, [bodies, Part.of("shelves", shelves)], made_by)
    yield Job(f"{paths.SEARCH}forms.js", _forms, [law_alone], made_by)
    yield Job(f"{paths.SEARCH}pages.js", _pages, [texts], made_by)
    for shelf in shelves:
        reports = site.by_year[shelf.year]
        for report in reports:
            yield _text(edition, report)
        yield JointJob(
            tuple(paths.search_bucket(shelf.year, number) for number in range(shelf.buckets)),
            tuple(paths.search_text(report.agency, report.year) for report in reports),
            _buckets,
            [Part.of("shelf", shelf)],
            {**made_by, "words": _words(edition, reports)},
        )


def _words(edition: Edition, reports: Sequence[Report]) -> str:
    """The digest of the words of reports that the index takes; figures do not change it."""
    return digest(
        [search.said(report, edition.findings[report.agency, report.year]) for report in reports]
    )


def _bodies(bodies: Sequence[Body], shelves: Sequence[Shelf]) -> bytes:
    return search_scripts.bodies(bodies, shelves)


def _forms(site: Site) -> bytes:
    return search_scripts.forms([form_words(form) for form in site.law.formats])


def _pages(site: Site) -> bytes:
    return search_scripts.pages(search.site_pages(site))


def _buckets(texts: Iterator[bytes], shelf: Shelf) -> Sequence[bytes]:
    return search_scripts.index(shelf, texts)


def _text(edition: Edition, report: Report) -> Job:
    name = edition.site.agencies[report.agency].name_in(report.year)
    parts = [
        edition.select.part(),
        Part.of("name", name),
        edition.report(report),
        edition.findings_in(report),
    ]
    return Job(paths.search_text(report.agency, report.year), _report, parts, edition.made_by)


def _report(site: Site, name: str, report: Report, findings: Sequence[Finding]) -> bytes:
    text = search.report_text(site.law, name, report, findings)
    return search_scripts.report(report.agency, report.year, text)
