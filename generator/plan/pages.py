"""The pages that lead to reports, those of agencies, and what stands at earlier addresses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise

from generator.derive import lists, paths
from generator.derive.agency_page import agency_page, bare_page, waiting_page
from generator.derive.directory import directory_page, site_map_page
from generator.derive.home_page import home_page
from generator.derive.quality_page import quality_page, quality_year_page
from generator.derive.rollup_page import only_member
from generator.derive.rules_page import rules_page
from generator.derive.text_page import moved_page, not_found_page, text_page
from generator.derive.year_page import year_page, years_page
from generator.derive.years.adjacent_page import adjacent_page
from generator.derive.years.compare_page import compare_page
from generator.derive.years.history import concerned
from generator.model.agency import Agency
from generator.model.digest import digest
from generator.model.finding import Finding
from generator.model.frame import Link
from generator.model.job import Job
from generator.model.overlap import addends
from generator.model.report import Report
from generator.plan.edition import Edition


def overviews(edition: Edition, feeds: Sequence[Link]) -> Iterator[Job]:
    """Home, directory, years, rules and the site's own text; only pages that have something to say. `feeds` are offered at home."""
    site = edition.site
    everything = digest({f"{slug} {year}": one for (slug, year), one in sorted(edition.contents.items())}, dict(site.agencies))
    newest = site.by_year[site.years[0]] if site.years else ()
    inputs = {"site": everything, "feeds": digest(list(feeds)), "doubted": digest(_doubted(edition, newest))}
    yield edition.page(paths.HOME, "home.html", lambda: home_page(site, feeds, edition.contested), **inputs)
    if not paths.prefix(site.settings):  # a server shows one page for all unknown addresses
        yield edition.page(paths.NOT_FOUND, "text.html", lambda: not_found_page(site))
    yield edition.page(paths.RULES, "rules.html", lambda: rules_page(site))  # the law is in the recipe, what site.yaml changes in the frame
    years = digest(dict(site.agencies), dict(site.years_by_agency))  # which also say which governments have something to add up
    yield edition.page(paths.SITE_MAP, "sitemap.html", lambda: site_map_page(site), years=years)
    for page in site.pages.values():
        yield edition.page(paths.text(page.slug), "text.html", partial(text_page, site, page), page=digest(page))
    if not site.reports:
        return
    waiting = digest([key for key in site.held if key not in site.reports])
    yield edition.page(paths.AGENCIES, "agencies.html", lambda: directory_page(site), years=years, waiting=waiting)
    yield edition.page(paths.YEARS, "years.html", lambda: years_page(site), years=years)
    found = digest([edition.told[key] for key in sorted(edition.told)])
    yield edition.page(paths.QUALITY, "quality.html", lambda: quality_page(site, edition.findings), found=found, years=years)
    for year in site.years:
        yield from _year(edition, year)


def _year(edition: Edition, year: int) -> Iterator[Job]:
    """A year's reports and what was found in them, each in as many parts as they are listed in."""
    site = edition.site
    whole = site.by_year[year]
    rollups = digest([site.agencies[slug] for slug, one in sorted(site.rolled_up) if one == year])
    within = addends(site, whole)  # who belongs to whom is said by bodies without a report too
    overlap = digest(within.contained, within.doubtful)
    for part in lists.parts(site, year):
        above = {"rollups": rollups, "overlap": overlap if part.number == 1 else ""}  # the sums stand on the first part
        counts = digest(site.years, part.number, part.whole)
        added = whole if part.number == 1 else part.reports  # the first part says what all of them add up to
        inputs = {"reports": digest([(edition.contents[one.agency, year], site.agencies[one.agency]) for one in added]), "counts": counts}
        view = partial(year_page, site, year, part, edition.contested)
        doubted = digest(_doubted(edition, added))
        yield edition.page(paths.year(year, part.number), "year.html", view, **inputs, **above, doubted=doubted)
        found = {report.agency: edition.findings[report.agency, year] for report in part.reports}
        inputs["reports"] = digest([(edition.told[one.agency, year], site.agencies[one.agency]) for one in part.reports])
        quality = partial(quality_year_page, site, year, part, found)
        yield edition.page(paths.quality(year, part.number), "quality_year.html", quality, **inputs)


def _doubted(edition: Edition, reports: Sequence[Report]) -> list[tuple[str, Sequence[str]]]:
    """Which of a year's reports hold contradicted figures, and which."""
    return [(one.agency, tuple(edition.contested[one.agency, one.year])) for one in reports if (one.agency, one.year) in edition.contested]


def agencies(edition: Edition) -> Iterator[Job]:
    """A page for each agency with reports, its years side by side, and the way to them from earlier addresses; and a page for each
    government whose members alone have reports."""
    site = edition.site
    below: dict[str, list[str]] = {}
    for slug in paths.with_page(site):
        below.setdefault(site.agencies[slug].parent, []).append(slug)
    rollups: dict[str, list[int]] = {}
    for slug, year in sorted(site.rolled_up):
        rollups.setdefault(slug, []).append(year)
    for slug in paths.with_page(site):
        agency = site.agencies[slug]
        parents = [site.agencies[one.value] for one in agency.parents if one.value in site.agencies]
        found = {year: edition.findings[slug, year] for year in site.years_by_agency.get(slug, ())}
        children = [site.agencies[child] for child in below.get(slug, ())]
        body = digest(agency, parents, *concerned(site, slug))
        inputs = {
            "agency": digest(body, [key for key in site.held if key[0] == slug], children),
            "reports": digest([edition.reports[slug, year] for year in found]),
            "rollups": digest(rollups.get(slug, []), only_member(site, slug) if not found else False),
        }
        lower = below.get(slug, ())
        view = partial(agency_page, site, agency, found, lower) if found else partial(bare_page, site, agency, lower)
        yield edition.page(paths.agency(slug), "agency.html", view, **inputs)
        if len(found) > 1:
            yield edition.page(paths.compare(slug), "compare.html", partial(compare_page, site, agency, found), **inputs)
        yield from _adjacent(edition, agency, found, body)
        for before, now in paths.moved(site, agency):
            page = partial(moved_page, site, agency, before, now)
            yield edition.page(before, "moved.html", page, agency=digest(agency))


def _adjacent(edition: Edition, agency: Agency, found: Mapping[int, Sequence[Finding]], body: str) -> Iterator[Job]:
    """A page for each two reports of an agency that follow one another; the others matter to it only by being there."""
    years = edition.site.years_by_agency[agency.slug]
    for index, pair in enumerate(pairwise(years)):
        before, after = (edition.reports[agency.slug, year] for year in pair)
        inputs = {"agency": body, "before": before, "after": after, "neighbours": digest(years[max(index - 1, 0) : index + 3])}
        view = partial(adjacent_page, edition.site, agency, pair, {year: found[year] for year in pair})
        yield edition.page(paths.adjacent(agency.slug, *pair), "adjacent.html", view, **inputs)


def waiting(edition: Edition) -> Iterator[Job]:
    """A page for each report that is held back and has no good version to show."""
    site = edition.site
    for (slug, year), held in site.held.items():
        if (slug, year) not in site.reports and slug in site.agencies:
            page = partial(waiting_page, site, site.agencies[slug], year)
            inputs = {"held": digest(held), "agency": digest(site.agencies[slug], paths.has_page(site, slug))}
            yield edition.page(paths.report(slug, year), "waiting.html", page, **inputs)
