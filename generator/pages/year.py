"""The page of a reporting year with all its reports, and the list of the years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from generator.derive import compendium, lists, paths, words
from generator.derive.contested import Contested
from generator.derive.frame import frame
from generator.derive.lists import ListSection
from generator.language.speech import speech
from generator.model.digest import digest
from generator.model.frame import Link
from generator.model.job import Job, Part
from generator.model.overlap import Addends, addends
from generator.model.report_view import Download, Glance
from generator.model.site import Site
from generator.model.view import Entry, YearPage, YearsPage
from generator.pages import rollup
from generator.parts.edition import Edition
from generator.parts.government import addition


def year_page(
    site: Site,
    year: int,
    part: ListSection,
    added: Addends,
    governments: Sequence[str],
    contradictions: Contested,
) -> YearPage:
    """One part of the list of reports of a year; the first part also has what they add up to.

    `added` is what that is, `governments` are the slugs of those whose members' figures are added
    up, `contradictions` are the findings that contradict figures.
    """
    say = speech(site.settings.language)
    heading = say("{year} 年度报告", year=year)
    crumbs = [Link(say("年度"), paths.YEARS)]
    reports = part.reports
    sums: tuple[Glance, ...] = ()
    rollups: tuple[Link, ...] = ()
    volumes: tuple[Download, ...] = ()
    if part.number == 1:
        reports = site.by_year[year]
        sentence = lists.year_sentence(site, year, added)
        sums = tuple(lists.totals(site, added.reports, contradictions))
        rollups = tuple(rollup.in_year(site, year, governments))
        volumes = tuple(compendium.downloads(site, year))
    else:
        sentence = say.plural("{year} 年度共收录 {count} 份报告。", part.whole, year=year)
        crumbs.append(Link(heading, paths.year(year)))
        heading = say("{year} 年度报告（{part}）", year=year, part=part.span(say))
    path = paths.year(year, part.number)
    forms = dict.fromkeys(report.format.basis for report in part.reports)
    return YearPage(
        frame=frame(
            site, path, heading, sentence, crumbs, years=[report.year for report in reports]
        ),
        year=year,
        form=say.listed(forms),
        glance=sums,
        columns=words.column_names(site.law, say),
        entries=tuple(_entries(site, part, contradictions)),
        sentence=sentence,
        years=tuple(words.to_year(site, number) for number in site.years),
        parts=lists.ways(site, part, year, paths.year),
        rollups=rollups,
        volumes=volumes,
    )


def _entries(site: Site, part: ListSection, contradictions: Contested) -> Iterator[Entry]:
    """The line of each report."""
    for report in part.reports:
        addresses = contradictions.get((report.agency, report.year), {})
        yield lists.entry(site, report, words.title_link(site, report), addresses)


def years_page(site: Site, counts: Mapping[int, int]) -> YearsPage:
    """The reporting years, newest first; `counts` has how many reports each of them has."""
    say = speech(site.settings.language)
    links = []
    for year, reports in counts.items():
        count = say.plural("{count} 份报告", reports)
        links.append(Link(words.in_year(say, year), paths.year(year), count))
    description = say("按报告年度查看各机关的年度报告。")
    return YearsPage(frame(site, paths.YEARS, say("报告年度"), description), tuple(links))


def jobs(edition: Edition) -> Iterator[Job]:
    """The list of years, and the reports of each year, in parts where they are many."""
    site = edition.site
    if site.reports:
        counts = Part.of("counts", {year: len(site.by_year[year]) for year in site.years})
        yield edition.page(paths.YEARS, "years.html", years_page, edition.select, counts)
    for year in site.years:
        for part in lists.sections(site, year):
            yield _listed(edition, year, part)


def _listed(edition: Edition, year: int, part: ListSection) -> Job:
    """One part of the list of a year's reports; the first has what all of them add up to."""
    site = edition.site
    selection = edition.select.fact("years")
    shown = replace(part, reports=tuple(report.data for report in part.reports))
    reports = shown.reports
    with_rollup: list[str] = []
    added = None
    if part.number == 1:
        reports = tuple(report.data for report in site.by_year[year])
        selection.data_of_year(year)
        added = addends(site, reports)
        with_rollup = [agency.slug for agency in rollup.governments(site, year)]
    bodies = [report.agency for report in reports]
    contents = [edition.digests.data[report.agency, year] for report in part.reports]
    return edition.page(
        paths.year(year, part.number),
        "year.html",
        year_page,
        selection.agencies("agencies", [*bodies, *with_rollup]),
        Part.of("year", year),
        Part(shown, {"list": digest(part.number, part.first, part.whole, contents)}),
        addition(added),
        Part.of("rollups", with_rollup),
        edition.doubts(reports),
    )
