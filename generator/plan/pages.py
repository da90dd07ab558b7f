"""The pages that lead to reports, and those of agencies."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generator.derive import lists as views
from generator.derive import paths
from generator.derive.compare_page import compare_page
from generator.derive.rules_page import rules_page
from generator.model.digest import digest
from generator.model.job import Job
from generator.plan.edition import Edition


def lists(edition: Edition) -> Iterator[Job]:
    """Home, directory, years, rules and the site's own text; only pages that have something to say."""
    site = edition.site
    everything = digest({f"{slug} {year}": one for (slug, year), one in sorted(edition.contents.items())}, dict(site.agencies))
    yield edition.page(paths.HOME, "home.html", lambda: views.home_page(site), site=everything)
    if not paths.prefix(site.settings):  # a server shows one page for all unknown addresses
        yield edition.page(paths.NOT_FOUND, "text.html", lambda: views.not_found_page(site))
    yield edition.page(paths.RULES, "rules.html", lambda: rules_page(site))  # the law is in the recipe, what site.yaml changes in the frame
    for page in site.pages.values():
        yield edition.page(paths.text(page.slug), "text.html", partial(views.text_page, site, page), page=digest(page))
    if not site.reports:
        return
    waiting = digest([key for key in site.held if key not in site.reports])
    yield edition.page(paths.AGENCIES, "agencies.html", lambda: views.directory_page(site), site=everything, waiting=waiting)
    yield edition.page(paths.YEARS, "years.html", lambda: views.years_page(site), site=everything)
    for year in site.years:
        reports = site.by_year[year]
        inputs = {
            "reports": digest(
                [edition.contents[report.agency, year] for report in reports], [site.agencies[report.agency] for report in reports]
            ),
            "years": digest(site.years),
        }
        yield edition.page(paths.year(year), "year.html", partial(views.year_page, site, year), **inputs)


def agencies(edition: Edition) -> Iterator[Job]:
    """A page for each agency with reports, and its years side by side."""
    site = edition.site
    for slug in paths.published(site):
        agency = site.agencies[slug]
        parents = [site.agencies[one.value].names for one in agency.parents if one.value in site.agencies]
        found = {year: edition.findings[slug, year] for year in site.years_by_agency[slug]}
        inputs = {
            "agency": digest(agency, parents, [key for key in site.held if key[0] == slug]),
            "reports": digest([edition.reports[slug, year] for year in site.years_by_agency[slug]]),
        }
        yield edition.page(paths.agency(slug), "agency.html", partial(views.agency_page, site, agency, found), **inputs)
        if len(site.years_by_agency[slug]) > 1:
            yield edition.page(paths.compare(slug), "compare.html", partial(compare_page, site, agency, found), **inputs)


def waiting(edition: Edition) -> Iterator[Job]:
    """A page for each report that is held back and has no good version to show."""
    site = edition.site
    for (slug, year), held in site.held.items():
        if (slug, year) not in site.reports and slug in site.agencies:
            page = partial(views.waiting_page, site, site.agencies[slug], year)
            inputs = {"held": digest(held), "agency": digest(site.agencies[slug], slug in paths.published(site))}
            yield edition.page(paths.report(slug, year), "waiting.html", page, **inputs)
