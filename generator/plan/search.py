"""Search: its page in every language, and one index for all of them. No page depends on the index, nor the index on a page."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generator.derive import paths, search
from generator.derive.search_page import search_page
from generator.derive.search_words import form_words
from generator.model.digest import digest
from generator.model.job import AnyJob, Job, JointJob
from generator.model.report import Report
from generator.plan.edition import Edition
from generator.render import search as written


def page(edition: Edition) -> Iterator[Job]:
    """The page that searches, where there is something to find."""
    if edition.site.reports:
        years = digest(edition.site.years)
        yield edition.page(paths.SEARCH, "search.html", lambda: search_page(edition.site), years=years)


def index(edition: Edition) -> Iterator[AnyJob]:
    """Names, the words of the forms, the site's own pages; each report's words; and for each year which report has which bigram."""
    site, recipe = edition.site, {"recipe": edition.recipe}
    if not site.reports:
        return
    listed, shelves = search.bodies(site), [search.shelf(site, year) for year in site.years]
    yield Job(f"{paths.SEARCH}bodies.js", {**recipe, "bodies": digest(listed, shelves)}, lambda: written.bodies(listed, shelves))
    yield Job(f"{paths.SEARCH}forms.js", recipe, lambda: written.forms([form_words(form) for form in site.law.formats]))
    pages = {**recipe, "pages": digest(dict(site.pages))}
    yield Job(f"{paths.SEARCH}pages.js", pages, lambda: written.pages(search.site_pages(site)))
    for shelf in shelves:
        reports = site.by_year[shelf.year]
        for report in reports:
            yield _text(edition, report)
        said = digest([search.said(report, edition.findings[report.agency, report.year]) for report in reports])
        yield JointJob(
            tuple(paths.search_bucket(shelf.year, number) for number in range(shelf.buckets)),
            tuple(paths.search_text(report.agency, report.year) for report in reports),
            {**recipe, "shelf": digest(shelf), "said": said},
            partial(written.index, shelf),
        )


def _text(edition: Edition, report: Report) -> Job:
    key = (report.agency, report.year)
    agency, law = edition.site.agencies[report.agency], edition.site.law

    def make() -> bytes:
        return written.report(*key, search.report_text(law, agency, report, edition.findings[key]))

    inputs = {"recipe": edition.recipe, "report": edition.reports[key], "name": digest(agency.name_in(report.year))}
    return Job(paths.search_text(*key), inputs, make)
