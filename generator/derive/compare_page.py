"""All years of an agency side by side: every cell of every table, differences where they mean something, a visible change of form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from generator.derive import paths, words
from generator.derive.frame import frame
from generator.derive.series import (
    Series,
    breaks_between,
    change_text,
    difference,
    in_words,
    parts_of,
    series,
)
from generator.model.figure import State
from generator.model.finding import Finding
from generator.model.format import Format, Heading, Table
from generator.model.report import Agency, Report, Site
from generator.model.view import (
    ComparedCell,
    ComparedRow,
    ComparedTable,
    ComparePage,
    Link,
    Mark,
)


class Footnotes:
    """Numbers the notes of a page in the order they are first needed; knows which figures of which year are contradicted."""

    def __init__(self, contested: Mapping[int, Mapping[str, Finding]]) -> None:
        self.contested = contested
        self.texts: list[str] = []

    def number(self, text: str) -> int:
        """The note's number, from 1."""
        if text not in self.texts:
            self.texts.append(text)
        return self.texts.index(text) + 1


def compare_page(site: Site, agency: Agency, findings: Mapping[int, Sequence[Finding]]) -> ComparePage:
    """The view of all years of an agency that has two reports or more. `findings` are those of each year."""
    reports = site.of(agency.slug)
    heading = f"{agency.name}：历年比较"
    years = f"{reports[0].year}—{reports[-1].year}"
    footnotes = Footnotes({year: words.contested(found) for year, found in findings.items()})
    found = series(site.law, reports)
    tables = tuple(
        compared
        for name, group in groupby(found, key=lambda one: one.cell.table)
        for compared in _tables(site, reports, _table(reports, name), list(group), footnotes)
    )
    crumbs = (Link("机关", paths.AGENCIES), words.to_agency(agency))
    description = f"{agency.name} {years} 年度政府信息公开工作年度报告的数字逐项比较。"
    return ComparePage(
        frame(site, paths.compare(agency.slug), heading, description, crumbs),
        words.to_agency(agency),
        tuple(_sentences(site, reports)),
        tables,
        tuple(footnotes.texts),
    )


def _table(reports: Sequence[Report], name: str) -> Table:
    return next(table for report in reversed(reports) for table in report.format.tables if table.id == name)


def _sentences(site: Site, reports: Sequence[Report]) -> list[str]:
    """The headline figures of the newest year against the year before, in words."""
    newest = reports[-1]
    prior = site.prior(newest)
    said = []
    for key in site.law.headline:
        now = words.figure_for(site.law, newest, key).value
        before = words.figure_for(site.law, prior, key).value if prior else None
        if now is not None and before is not None:
            said.append(in_words(words.name_of(site.law, key), words.unit_of(site.law, key), before, now))
    return said


def _tables(site: Site, reports: Sequence[Report], table: Table, found: list[Series], notes: Footnotes) -> list[ComparedTable]:
    """One compared table, or for a table with many rows under one column head one for each column, the total first."""
    years = tuple(report.year for report in reports)
    eras = tuple((f"{form.basis}", len(list(run))) for form, run in groupby(reports, key=lambda report: report.format))
    parents = _parents(reports)

    def compared(identifier: str, caption: str, rows: list[Series], *, by_column: bool, folded: bool) -> ComparedTable:
        lines = tuple(_row(site, reports, one, parents, notes, by_column=by_column) for one in rows)
        return ComparedTable(identifier, caption, years, eras, lines, folded)

    if table.layout != "down" or len(table.blocks) > 1:
        return [compared(table.id, table.label, found, by_column=False, folded=False)]
    columns = {one.cell.column.path: one.cell.column for one in found}
    totals = {one.computes for one in reports[-1].format.identities if one.table == table.id and one.each == "row"}
    order = sorted(columns, key=lambda path: path not in totals)
    return [
        compared(
            f"{table.id}-{path.replace('_', '-')}",
            f"{table.label}：{columns[path].label}",
            [one for one in found if one.cell.column.path == path],
            by_column=True,
            folded=path not in totals,
        )
        for path in order
    ]


def _parents(reports: Sequence[Report]) -> Mapping[Heading, tuple[Heading, ...]]:
    """The headings above each row that carries figures, in every form in use."""
    found: dict[Heading, tuple[Heading, ...]] = {}

    def walk(heading: Heading, above: tuple[Heading, ...]) -> None:
        found[heading] = above
        for child in heading.children:
            walk(child, (*above, heading))

    forms: dict[str, Format] = {report.format.id: report.format for report in reports}
    for form in forms.values():
        for table in form.tables:
            for block in table.blocks:
                for row in block.rows:
                    walk(row, ())
    return found


def _row(
    site: Site, reports: Sequence[Report], one: Series, parents: Mapping[Heading, tuple[Heading, ...]], notes: Footnotes, *, by_column: bool
) -> ComparedRow:
    above = parents[one.cell.row]
    totals = {identity.computes for report in reports for identity in report.format.identities if identity.computes}
    cells = tuple(_cell(site, reports, one, index, notes) for index in range(len(reports)))
    if by_column:
        label, group = one.concept.label or one.cell.row.label, above[-1].label if above and above[-1].path else ""
        total = one.cell.row.path in totals
    else:
        label, group = one.cell.column.label, _row_label(reports, one)
        total = one.cell.column.path in totals
    return ComparedRow(label, group, cells, total)


def _row_label(reports: Sequence[Report], one: Series) -> str:
    """What the newest form that has the row calls it, so that the cells an older form adds to it stand under one heading."""
    path = one.cell.row.concept or one.cell.row.path
    cells = (cell for report in reversed(reports) for cell in report.format.cells.values())
    return next(cell.row.label for cell in cells if cell.table == one.cell.table and (cell.row.concept or cell.row.path) == path)


def _cell(site: Site, reports: Sequence[Report], one: Series, index: int, notes: Footnotes) -> ComparedCell:
    point = one.points[index]
    boundary = index > 0 and reports[index].format is not reports[index - 1].format
    unconfirmed = site.settings.unconfirmed_notes
    if point.figure is None:
        return ComparedCell("—", Mark.ABSENT, boundary=boundary)
    numbers = []
    if point.mark is Mark.MERGED:
        parts = "、".join(
            reports[index].format.cells[reports[index].format.by_concept[key]].row.name for key in parts_of(site.law, one.key)
        )
        numbers.append(notes.number(f"{one.concept.label or one.cell.row.label}：该年度格式分项列出，这里是{parts}之和。"))
    if index and one.points[index - 1].figure is not None:
        shifts = breaks_between(one.concept, one.points[index - 1].year, point.year, unconfirmed=unconfirmed)
        numbers += [notes.number(shift.note) for shift in shifts]
    address = reports[index].format.by_concept.get(one.key, "")
    if doubt := notes.contested.get(point.year, {}).get(address):
        numbers.append(notes.number(f"{point.year} 年度：{doubt.message.zh}，见该年度报告表后的说明。"))
    text = "？" if point.figure.state is State.UNREADABLE else point.figure.text
    change = change_text(difference(one, index, unconfirmed=unconfirmed))
    return ComparedCell(text, point.mark, change, tuple(numbers), point.figure.value == 0, boundary)
