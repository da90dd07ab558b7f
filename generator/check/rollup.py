"""R-01 … R-05: a government's consolidated report against those of its members (domain facts 7). Published figures are never replaced."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from generator.model.figure import Number, State, plain, size
from generator.model.finding import Finding
from generator.model.format import Cell
from generator.model.report import Agency, Report, Site

GOVERNMENT = "government"
OFFICE = "office"
# Rounding: each summand may be off by half of its last digit, and so may the sum.
HALF = 2


def check(site: Site) -> Iterator[Finding]:
    """Findings about consolidated reports, their members, and bodies that would be counted twice."""
    yield from _twice(site)
    members = _members(site)
    for report in site.reports.values():
        held = members.get((report.agency, report.year), ())
        if site.agencies[report.agency].kind != GOVERNMENT or not held:
            continue
        reports = [site.reports[member.slug, report.year] for member in held if (member.slug, report.year) in site.reports]
        yield from _missing(site, report, held)
        if reports:
            yield from _sums(site, report, reports, len(reports) == len(held))
            yield from _unconsolidated(site, report, reports)


def _members(site: Site) -> Mapping[tuple[str, int], tuple[Agency, ...]]:
    """(government, year) → the bodies that belonged to it at the end of that year."""
    held: dict[tuple[str, int], tuple[Agency, ...]] = {}
    for agency in site.agencies.values():
        for year in site.years:
            day = date(year, 12, 31)
            if agency.names[0].start is not None and agency.names[0].start > day:
                continue
            for parent in agency.parents:
                if (parent.start or day) <= day <= (parent.end or day):
                    held[parent.value, year] = (*held.get((parent.value, year), ()), agency)
    return held


def _missing(site: Site, report: Report, held: tuple[Agency, ...]) -> Iterator[Finding]:
    for member in held:
        if (member.slug, report.year) not in site.reports:
            zh = f"没有 {report.year} 年度的报告，而“{site.agencies[report.agency].name}”这一年有汇总报告"
            yield site.law.finding("R-03", member.at, zh, f"no report for {report.year}", agency=member.slug, year=report.year)


def _sums(site: Site, report: Report, reports: list[Report], complete: bool) -> Iterator[Finding]:
    """R-01 where every member is there, R-02 in any case; over additive cells that every report has as a number."""
    for cell in report.format.cells.values():
        concept, figure = site.law.concept(cell.concept), report.figures[cell.address]
        if concept is None or not concept.additive or figure.state is not State.NUMBER or figure.value is None:
            continue
        held = [one for one in reports if one.format is report.format and _readable(one, cell)]
        values = [one.figures[cell.address].value or 0 for one in held]
        if not values:
            continue
        total, largest = sum(values, start=0), max(values)
        if figure.value < largest:
            yield _found(site, "R-02", report, cell, largest, site.agencies[held[values.index(largest)].agency].name)
        elif complete and len(held) == len(reports) and size(figure.value - total) > _rounding(values):
            yield _found(site, "R-01", report, cell, total, f"{len(reports)} 个所属机关之和")


def _readable(report: Report, cell: Cell) -> bool:
    figure = report.figures[cell.address]
    return not figure.mistaken and figure.state is not State.UNREADABLE


def _rounding(values: list[Number]) -> Number:
    """How far a sum of rounded numbers may be off: nothing for whole numbers."""
    digits = max(len(plain(value).partition(".")[2]) for value in values)
    return 0 if digits == 0 else type(max(values, key=lambda value: len(plain(value))))(len(values) + 1) / HALF / 10**digits


def _found(site: Site, rule: str, report: Report, cell: Cell, other: Number, of: str) -> Finding:
    figure = report.figures[cell.address]
    value: Number = figure.value or 0
    zh = f"“{cell.label}”汇总为 {figure.text}，{of}为 {plain(other)}，相差 {plain(size(value - other))}"
    en = f"“{cell.label}” is {figure.text}, {of}: {plain(other)}, difference {plain(size(value - other))}"
    found = site.law.finding(
        rule, figure.at or report.at, zh, en, agency=report.agency, year=report.year, cells=(cell.address,), form=report.format.id
    )
    return replace(found, expected=other, actual=value, difference=value - other)


def _unconsolidated(site: Site, report: Report, reports: list[Report]) -> Iterator[Finding]:
    for one in reports:
        same = one.format is report.format and all(one.figures[cell].value == figure.value for cell, figure in report.figures.items())
        if same and site.agencies[one.agency].kind == OFFICE and any(figure.value for figure in report.figures.values()):
            name = site.agencies[one.agency].name
            zh, en = f"每一格都与“{name}”的报告相同", f"every cell is that of “{name}”"
            yield site.law.finding("R-05", report.at, zh, en, agency=report.agency, year=report.year)


def _twice(site: Site) -> Iterator[Finding]:
    """R-04: two folders with one credit code, or with one name, that both report on a year."""
    seen: dict[tuple[str, int], str] = {}
    for (slug, year), report in sorted(site.reports.items()):
        agency = site.agencies[slug]
        for key in filter(None, (agency.uscc, agency.name_in(year))):
            other = seen.setdefault((key, year), slug)
            if other != slug:
                zh = f"与 {other} 是同一机关（{key}），{year} 年度有两份报告"
                yield site.law.finding("R-04", report.at, zh, f"the same body as {other} ({key})", agency=slug, year=year)
                break
