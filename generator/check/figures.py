"""V-08, T2-02, Y-08, Y-11: figures that are possible and yet unlikely, seen against the body and against last year."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generator.check.case import Case, prior_figure
from generator.language.glosses import glossed, glossed_cell
from generator.model.agency import Agency
from generator.model.figure import Figure, plain
from generator.model.finding import Finding
from generator.model.format import Cell
from generator.model.law import Comparable
from generator.model.report import Report

# Below these levels nobody collects a million 万元 (domain facts V-08).
LARGE = ("national", "province")
TEN_THOUSANDS = "万元"


def check(case: Case) -> Iterator[Finding]:
    """Unlikely figures of one report."""
    yield from _makers(case)
    yield from _amounts(case)
    prior = case.prior
    if prior is not None:
        yield from _jumps(case, prior)
        yield from _repeated(case, prior)


def _makers(case: Case) -> Iterator[Finding]:
    """T2-02: a row above 0 that a body of this level and kind does not fill; said once a row."""
    said: set[str] = set()
    for address, cell in case.report.format.cells.items():
        figure, row = case.report.figures[address], cell.row
        if figure.value and row.made_by and row.path not in said and not _makes(case.agency, row.made_by):
            said.add(row.path)
            zh = f"“{cell.label}”为 {figure.said}，而本机关的层级和类型一般不制定{row.name}"
            en = f"“{glossed_cell(cell)}” is {figure.said}, which a body of this level and kind does not make"
            yield case.found("T2-02", figure.at or case.report.at, zh, en, cells=(address,))


def _makes(agency: Agency, made_by: tuple[str, ...]) -> bool:
    return agency.level in made_by or f"{agency.level}.{agency.kind}" in made_by


def _amounts(case: Case) -> Iterator[Finding]:
    """V-08: an amount in 万元 that would fit if it were in 元."""
    law = case.site.law
    for address, cell in case.report.format.cells.items():
        figure = case.report.figures[address]
        if cell.column.unit != TEN_THOUSANDS or not figure.value:
            continue
        before = _before(case, cell)
        if figure.value > law.threshold("V-08", "most") and case.agency.level not in LARGE:
            zh = f"“{cell.label}”为 {figure.said} 万元，超过 {plain(law.threshold('V-08', 'most'))} 万元"
            en = f"“{glossed_cell(cell)}” is {figure.said} 万元, more than {plain(law.threshold('V-08', 'most'))} 万元"
            yield case.found("V-08", figure.at or case.report.at, zh, en, cells=(address,))
        elif before is not None and before.value and figure.value >= before.value * law.threshold("V-08", "times"):
            amount = plain(Decimal(figure.value) / 10000)
            zh = f"“{cell.label}”为 {figure.said} 万元，上年度为 {before.said} 万元；如果本来是元，应写 {amount}"
            en = f"“{glossed_cell(cell)}” is {figure.said} 万元, last year {before.said} 万元; if this was in 元, write {amount}"
            yield case.found("V-08", figure.at or case.report.at, zh, en, cells=(address,))


def _before(case: Case, cell: Cell) -> Figure | None:
    """Last year's figure of the same meaning, where the two compare without a note."""
    return prior_figure(case.site, case.report, cell, (Comparable.YES,), unconfirmed=False)


def _jumps(case: Case, prior: Report) -> Iterator[Finding]:
    """Y-08: in each row its total, or every cell where it has none."""
    law, form = case.site.law, case.report.format
    times, least = law.threshold("Y-08", "times"), law.threshold("Y-08", "least")
    totals = {one.table: one.computes for one in form.identities if one.each == "row" and one.computes}
    for address, cell in form.cells.items():
        figure, concept = case.report.figures[address], law.concept(cell.concept)
        if cell.column.path != totals.get(cell.table, cell.column.path) or concept is None or not concept.difference:
            continue
        before = _before(case, cell)
        if before is None or before.value is None or figure.value is None or figure.unit != before.unit:
            continue
        if before.value >= least and (figure.value > before.value * times or figure.value * times < before.value):
            zh = f"“{cell.label}”为 {figure.said}，{prior.year} 年度为 {before.said}"
            en = f"“{glossed_cell(cell)}” is {figure.said}, in {prior.year} it was {before.said}"
            yield case.found("Y-08", figure.at or case.report.at, zh, en, cells=(address,))


def _repeated(case: Case, prior: Report) -> Iterator[Finding]:
    """Y-11: every figure of the tables that are counted anew each year is last year's."""
    report = case.report
    tables = [table for table in report.format.tables if table.yearly]
    cells = [cell for cell in report.format.cells.values() if cell.table in {table.id for table in tables}]
    pairs = [(report.figures[cell.address], _before(case, cell)) for cell in cells]
    if any(figure.value for figure, _ in pairs) and all(before is not None and before.value == figure.value for figure, before in pairs):
        zh = f"{'、'.join(f'“{table.short}”' for table in tables)}的每一格都与 {prior.year} 年度相同"
        en = f"every figure of {' and '.join(f'“{glossed(table)}”' for table in tables)} is that of {prior.year}"
        yield case.found("Y-11", report.at, zh, en)
