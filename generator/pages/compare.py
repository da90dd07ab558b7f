"""All years of an agency side by side.

Every cell of every table, with the differences that mean something. Where the form changes, that is
visible.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from generator.derive import paths, words
from generator.derive.frame import frame
from generator.derive.years.arrivals import arrivals, headlines
from generator.derive.years.comparison import (
    Comparison,
    Sheet,
    compared_row,
    sheets,
    with_headings,
)
from generator.derive.years.history import between, happened
from generator.derive.years.series import Series
from generator.derive.years.year_heads import YearColumn, year_heads
from generator.model.agency import Agency
from generator.model.comparison import ComparedCell, ComparedTable
from generator.model.finding import Finding
from generator.model.frame import Link
from generator.model.job import Job, Part
from generator.model.site import Site
from generator.model.view import ComparePage
from generator.parts import body
from generator.parts.edition import Edition


def compare_page(
    site: Site, agency: Agency, findings: Mapping[int, Sequence[Finding]]
) -> ComparePage:
    """The view of all years of an agency that has two reports or more.

    `findings` are those of each year.
    """
    reports = site.of(agency.slug)
    comparison = Comparison(site, reports, findings)
    say = comparison.say
    name = words.called(agency, say)
    all_sheets = list(sheets(comparison))
    tables = tuple(
        _table(comparison, sheet, f"t{number}") for number, sheet in enumerate(all_sheets, 1)
    )
    years = words.span(say, [report.year for report in reports])
    agency_link = words.to_agency(site, agency)
    earlier, newest = reports[-2:]
    consecutive = earlier.year == newest.year - 1
    crumbs = (Link(say("机关"), paths.AGENCIES), agency_link)
    title = say("{name}：历年比较", name=name)
    description = say(
        "{name} {years}政府信息公开工作年度报告的数字逐项比较。", name=name, years=years
    )
    path = paths.compare(agency.slug)
    heading = say("历年比较")
    sentences = headlines(comparison) if consecutive else ()
    appeared, vanished = arrivals(comparison, all_sheets)
    adjacent = tuple(
        words.to_adjacent(say, agency, first.year, second.year)
        for first, second in pairwise(reports)
    )
    changes = between(happened(site, agency, say), reports[0].year, newest.year)
    drawn_from = [report.year for report in reports]
    return ComparePage(
        frame=frame(site, path, heading, description, crumbs, title=title, years=drawn_from),
        agency=agency_link,
        sentences=sentences,
        turnover=(earlier.year, newest.year),
        appeared=appeared,
        vanished=vanished,
        adjacent=adjacent,
        events=tuple(change.said for change in changes),
        tables=tables,
        footnotes=tuple(comparison.notes),
    )


def _table(comparison: Comparison, sheet: Sheet, table_id: str) -> ComparedTable:
    """A sheet with all years in its cells."""
    rows = []
    for line in sheet.lines:
        notes = comparison.shift_notes(line)
        cells = tuple(_cell(comparison, line, index) for index in range(len(comparison.reports)))
        row = compared_row(comparison, line, cells, by_column=sheet.by_column)
        rows.append(replace(row, notes=notes))
    columns = [
        YearColumn(report.year, report.format, report.format.basis) for report in comparison.reports
    ]
    eras, years = year_heads(table_id, columns)
    headed = tuple(with_headings(table_id, rows))
    return ComparedTable(sheet.id, sheet.caption, eras, years, headed, sheet.folded)


def _cell(comparison: Comparison, line: Series, index: int) -> ComparedCell:
    """A figure against that of the year before; no difference across a year without a report."""
    reports = comparison.reports
    consecutive = index > 0 and reports[index].year == reports[index - 1].year + 1
    pair = comparison.pair(line, index) if consecutive else None
    return comparison.cell(line, index, pair)


def jobs(edition: Edition) -> Iterator[Job]:
    """A page for each agency with two reports or more."""
    site = edition.site
    for slug, years in site.years_by_agency.items():
        if len(years) > 1:
            agency = site.agencies[slug]
            yield edition.page(
                paths.compare(slug),
                "compare.html",
                compare_page,
                body.with_reports(edition, agency),
                Part.of("agency", agency),
                edition.findings_by_year(slug, years),
            )
