"""V-08, T2-02, Y-08, Y-11: figures that are possible and yet unlikely.

They are seen against the level and kind of the body, and against last year.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import reduce

from generator.check.case import Case, prior_figure
from generator.language.glosses import cell_text, quoted, word
from generator.language.sentence import both, sentence
from generator.model.agency import Agency
from generator.model.figure import Figure
from generator.model.finding import Finding, Text
from generator.model.format import Cell, Comparable
from generator.model.report import Report

# Below these levels no body collects a million 万元 (domain facts V-08).
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
    """T2-02: a row above 0 that a body of this level and kind does not fill; once for each row."""
    rows: set[str] = set()
    for cell in case.report.format.cells.values():
        row = cell.row
        figure = case.report.figures[cell.address]
        if not figure.value or row.path in rows or _makes(case.agency, row.made_by):
            continue
        rows.add(row.path)
        message = sentence(
            "“{cell}”为 {figure}，而本机关的层级和类型一般不制定{row}",
            cell=cell_text(cell),
            figure=figure.said,
            row=word(row),
        )
        yield case.finding_at("T2-02", cell, message)


def _makes(agency: Agency, made_by: tuple[str, ...]) -> bool:
    """Whether a body of this level and kind may fill a row; any may where the form names none."""
    makers = {agency.level, f"{agency.level}.{agency.kind}"}
    return not made_by or not makers.isdisjoint(made_by)


def _amounts(case: Case) -> Iterator[Finding]:
    """V-08: an amount in 万元 that would fit if it were in 元."""
    for cell in case.report.format.cells.values():
        if cell.column.unit == TEN_THOUSANDS:
            message = _amount(case, cell)
            if message is not None:
                yield case.finding_at("V-08", cell, message)


def _amount(case: Case, cell: Cell) -> Text | None:
    """What is unlikely about an amount: its size for such a body, or its growth since last year."""
    figure = case.report.figures[cell.address]
    if not figure.value:
        return None
    rule = case.rule("V-08")
    most = rule.number("most")
    name = cell_text(cell)
    if figure.value > most and case.agency.level not in LARGE:
        return sentence(
            "“{cell}”为 {figure} 万元，超过 {most} 万元", cell=name, figure=figure.said, most=most
        )
    prior = _last_year(case, cell)
    if prior is None or not prior.value:
        return None
    if figure.value < prior.value * rule.number("times"):
        return None
    return sentence(
        "“{cell}”为 {figure} 万元，上年度为 {prior} 万元；如果本来是元，应写 {amount}",
        cell=name,
        figure=figure.said,
        prior=prior.said,
        amount=Decimal(figure.value) / 10000,
    )


def _last_year(case: Case, cell: Cell) -> Figure | None:
    """Last year's figure of the same meaning, where the two compare without a note."""
    return prior_figure(case.site, case.report, cell, (Comparable.YES,), unconfirmed=False)


def _jumps(case: Case, prior: Report) -> Iterator[Finding]:
    """Y-08: in each row its total, or every cell where it has none."""
    rule = case.rule("Y-08")
    times = rule.number("times")
    least = rule.number("least")
    for cell in _compared(case):
        figure = case.report.figures[cell.address]
        earlier = _last_year(case, cell)
        if earlier is None or figure.unit != earlier.unit:
            continue
        value = figure.value
        last = earlier.value
        if value is None or last is None or last < least:
            continue
        if value > last * times or value * times < last:
            message = sentence(
                "“{cell}”为 {figure}，{year} 年度为 {prior}",
                cell=cell_text(cell),
                figure=figure.said,
                year=prior.year,
                prior=earlier.said,
            )
            yield case.finding_at("Y-08", cell, message)


def _compared(case: Case) -> Iterator[Cell]:
    """The cells whose change from year to year tells something: totals, and rows without one."""
    form = case.report.format
    totals = {
        identity.table: identity.computes
        for identity in form.identities
        if identity.each == "row" and identity.computes
    }
    for cell in form.cells.values():
        column = cell.column.path
        concept = case.site.law.concept(cell.concept)
        if column == totals.get(cell.table, column) and concept and concept.difference:
            yield cell


def _repeated(case: Case, prior: Report) -> Iterator[Finding]:
    """Y-11: every figure of the tables that are counted anew each year is last year's."""
    report = case.report
    tables = [table for table in report.format.tables if table.yearly]
    names = {table.id for table in tables}
    cells = [cell for cell in report.format.cells.values() if cell.table in names]
    above_zero = any(report.figures[cell.address].value for cell in cells)
    if above_zero and all(_same_as_last_year(case, cell) for cell in cells):
        listed = reduce(both, map(quoted, tables))
        message = sentence("{tables}的每一格都与 {year} 年度相同", tables=listed, year=prior.year)
        yield case.finding("Y-11", report.at, message)


def _same_as_last_year(case: Case, cell: Cell) -> bool:
    prior = _last_year(case, cell)
    return prior is not None and prior.value == case.report.figures[cell.address].value
