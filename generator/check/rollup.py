"""R-01 … R-05: a government's consolidated report against those of its members (domain facts 7). Published figures are never replaced."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.language.glosses import glossed_agency, glossed_cell
from generator.model.agency import Agency
from generator.model.figure import Figure, Number, plain, size
from generator.model.finding import Finding, Text, counted
from generator.model.format import Cell
from generator.model.report import Report
from generator.model.rollup import Rollup, lacks, rollup
from generator.model.site import Site

OFFICE = "office"


def check(site: Site) -> Iterator[Finding]:
    """Findings about consolidated reports, their members, and bodies that would be counted twice."""
    yield from _twice(site)
    for report in site.reports.values():
        if (report.agency, report.year) in site.members:
            rolled = rollup(site, report.agency, report.year)
            yield from _missing(site, report, rolled)
            yield from _sums(site, report, rolled)
            yield from _unconsolidated(site, report, rolled)


def _missing(site: Site, report: Report, rolled: Rollup) -> Iterator[Finding]:
    for member in rolled.missing:
        zh = f"没有 {report.year} 年度的报告，而“{site.agencies[report.agency].name}”这一年有汇总报告"
        en = f"no report for {report.year}, a year for which {glossed_agency(site.agencies[report.agency])} has a consolidated one"
        yield site.law.finding("R-03", member.at, zh, en, agency=member.slug, year=report.year)


def _sums(site: Site, report: Report, rolled: Rollup) -> Iterator[Finding]:
    """R-01 where every member's figure is there, R-02 in any case."""
    for one in rolled.cells:
        read = {
            member.slug: part.value or 0
            for member, part in zip(rolled.members, one.parts, strict=True)
            if isinstance(part, Figure) and not lacks(part)
        }
        value = one.published.value if one.published else None
        if value is None or not read:
            continue
        total, largest = sum(read.values(), start=0), max(read, key=lambda slug: read[slug])
        if value < read[largest]:
            yield _found(site, "R-02", report, one.cell, read[largest], _quoted(site.agencies[largest]))
        elif one.differs:
            of = Text(f"{len(read)} 个所属机关之和", f"the sum of {counted(len(read), 'member')}")
            yield _found(site, "R-01", report, one.cell, total, of)


def _quoted(agency: Agency) -> Text:
    return Text(f"“{agency.name}”", glossed_agency(agency))


def _found(site: Site, rule: str, report: Report, cell: Cell, other: Number, of: Text) -> Finding:
    figure = report.figures[cell.address]
    value: Number = figure.value or 0
    zh = f"“{cell.label}”汇总为 {figure.said}，{of.zh}为 {plain(other)}，相差 {plain(size(value - other))}"
    en = f"“{glossed_cell(cell)}” is {figure.said}, {of.en}: {plain(other)}, difference {plain(size(value - other))}"
    found = site.law.finding(
        rule, figure.at or report.at, zh, en, agency=report.agency, year=report.year, cells=(cell.address,), form=report.format.id
    )
    return replace(found, expected=other, actual=value, difference=value - other)


def _unconsolidated(site: Site, report: Report, rolled: Rollup) -> Iterator[Finding]:
    for member, one in zip(rolled.members, rolled.reports, strict=True):
        if one is None or one.format is not report.format or member.kind != OFFICE or not any(cell.value for cell in one.figures.values()):
            continue
        if all(one.figures[cell].value == figure.value for cell, figure in report.figures.items()):
            zh, en = f"每一格都与“{member.name}”的报告相同", f"every cell is that of {glossed_agency(member)}"
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
