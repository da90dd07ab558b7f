"""All years of an agency side by side: every cell of every table, differences where they mean something, a visible change of form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from generator.derive import paths, words
from generator.derive.frame import frame
from generator.derive.years.arrivals import arrivals, headlines
from generator.derive.years.comparison import Comparison, Sheet, headed, row, sheets
from generator.derive.years.history import happened
from generator.derive.years.series import Series
from generator.language.speech import speech
from generator.model.agency import Agency
from generator.model.comparison import ComparedCell, ComparedHead, ComparedTable
from generator.model.finding import Finding
from generator.model.frame import Link
from generator.model.report import Report
from generator.model.site import Site
from generator.model.view import ComparePage


def compare_page(site: Site, agency: Agency, findings: Mapping[int, Sequence[Finding]]) -> ComparePage:
    """The view of all years of an agency that has two reports or more. `findings` are those of each year."""
    reports = site.of(agency.slug)
    comparison = Comparison(site, reports, findings)
    say, name = comparison.say, words.called(agency, speech(site.settings.language))
    found = list(sheets(comparison))
    tables = tuple(_table(comparison, sheet, f"t{number}") for number, sheet in enumerate(found, 1))
    years = words.span(say, [report.year for report in reports])
    description = say("{name} {years}政府信息公开工作年度报告的数字逐项比较。", name=name, years=years)
    crumbs = (Link(say("机关"), paths.AGENCIES), words.to_agency(site, agency))
    title = say("{name}：历年比较", name=name)
    consecutive = reports[-2].year == reports[-1].year - 1
    return ComparePage(
        frame(site, paths.compare(agency.slug), say("历年比较"), description, crumbs, title=title, reports=reports),
        words.to_agency(site, agency),
        headlines(comparison) if consecutive else (),
        (reports[-2].year, reports[-1].year),
        *arrivals(comparison, found),
        tuple(words.to_adjacent(say, agency, before.year, after.year) for before, after in pairwise(reports)),
        tuple(one.said for one in happened(site, agency, say) if reports[0].year < one.day.year <= reports[-1].year),
        tables,
        tuple(comparison.notes),
    )


def _table(comparison: Comparison, sheet: Sheet, own: str) -> ComparedTable:
    """A sheet with all years in its cells. Every figure names four headings: their ids, which start with `own`, are short."""
    lines = []
    for one in sheet.lines:
        notes = comparison.shifts(one)
        cells = tuple(_cell(comparison, one, index) for index in range(len(comparison.reports)))
        lines.append(replace(row(comparison, one, cells, by_column=sheet.by_column), notes=notes))
    return ComparedTable(sheet.id, sheet.caption, *_heads(own, comparison.reports), tuple(headed(own, lines)), sheet.folded)


def _heads(table: str, reports: Sequence[Report]) -> tuple[tuple[ComparedHead, ...], tuple[ComparedHead, ...]]:
    """The headings of the forms in use, and of the years below them."""
    eras: list[ComparedHead] = []
    years: list[ComparedHead] = []
    for form, run in groupby(reports, key=lambda report: report.format):
        held = list(run)
        era = ComparedHead(f"{table}f{len(eras) + 1}", form.basis, len(held), boundary=bool(eras))
        eras.append(era)
        years += [
            ComparedHead(f"{table}y{one.year}", str(one.year), above=era.id, boundary=era.boundary and one is held[0]) for one in held
        ]
    return tuple(eras), tuple(years)


def _cell(comparison: Comparison, one: Series, index: int) -> ComparedCell:
    """A figure against that of the year before; across a year without a report there is no difference here."""
    reports = comparison.reports
    consecutive = index > 0 and reports[index].year == reports[index - 1].year + 1
    return comparison.cell(one, index, comparison.pair(one, index) if consecutive else None)
