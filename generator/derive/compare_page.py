"""All years of an agency side by side: every cell of every table, differences where they mean something, a visible change of form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count, groupby

from generator.derive import paths, words
from generator.derive.comparability import parts_of
from generator.derive.frame import frame
from generator.derive.series import (
    Series,
    change_text,
    difference,
    in_words,
    series,
)
from generator.language.speech import speech
from generator.model.comparison import ComparedCell, ComparedHead, ComparedRow, ComparedTable, Mark
from generator.model.finding import Finding
from generator.model.format import Cell, Format, Heading, Table
from generator.model.frame import Link
from generator.model.report import Agency, Report, Site
from generator.model.view import ComparePage


class Comparison:
    """What every table of the page is made from: the reports, their headings and totals, and the notes in the order they are needed.

    `contested` are the figures of each year that another one contradicts.
    """

    def __init__(self, site: Site, reports: Sequence[Report], findings: Mapping[int, Sequence[Finding]]) -> None:
        self.site, self.reports = site, reports
        self.say = speech(site.settings.language)
        self.contested = {year: words.contested(found) for year, found in findings.items()}
        self.forms = list({report.format.id: report.format for report in reports}.values())
        self.parents = _parents(self.forms)
        self.totals = {identity.computes for form in self.forms for identity in form.identities if identity.computes}
        # The newest form's word for a row comes last and stays, so that what an older form adds to the row stands under one heading.
        self.rows = {_row_key(cell): cell.row for form in self.forms for cell in form.cells.values()}
        self.notes: list[str] = []
        self.numbers = count(1)

    def called(self, one: Heading | Table) -> str:
        """What a caption calls a heading or a table: the statute's word, in another language behind its gloss."""
        return f"{one.gloss} ({one.label})" if self.say.foreign and one.gloss else one.label

    def number(self, text: str) -> int:
        """The number of a note, from 1."""
        if text not in self.notes:
            self.notes.append(text)
        return self.notes.index(text) + 1


def _row_key(cell: Cell) -> tuple[str, str]:
    return cell.table, cell.row.concept or cell.row.path


def compare_page(site: Site, agency: Agency, findings: Mapping[int, Sequence[Finding]]) -> ComparePage:
    """The view of all years of an agency that has two reports or more. `findings` are those of each year."""
    reports = site.of(agency.slug)
    comparison = Comparison(site, reports, findings)
    say = comparison.say
    name = words.called(agency, say)
    title = say("{name}：历年比较", name=name)
    found = series(site.law, reports)
    tables = tuple(
        compared
        for name, group in groupby(found, key=lambda one: one.cell.table)
        for compared in _tables(comparison, _table(reports, name), list(group))
    )
    crumbs = (Link(say("机关"), paths.AGENCIES), words.to_agency(site, agency))
    years = words.span(say, [report.year for report in reports])
    description = say("{name} {years}政府信息公开工作年度报告的数字逐项比较。", name=name, years=years)
    return ComparePage(
        frame(site, paths.compare(agency.slug), say("历年比较"), description, crumbs, title=title, reports=reports),
        words.to_agency(site, agency),
        tuple(_sentences(site, reports)),
        tables,
        tuple(comparison.notes),
    )


def _table(reports: Sequence[Report], name: str) -> Table:
    return next(table for report in reversed(reports) for table in report.format.tables if table.id == name)


def _sentences(site: Site, reports: Sequence[Report]) -> list[str]:
    """The headline figures of the newest year against the year before, in words."""
    newest, say = reports[-1], speech(site.settings.language)
    prior = site.prior(newest)
    said = []
    for key in site.law.headline:
        now = words.figure_for(site.law, newest, key).value
        before = words.figure_for(site.law, prior, key).value if prior else None
        if now is not None and before is not None:
            said.append(in_words(say, words.name_of(site.law, key, say), words.unit_of(site.law, key, say), before, now))
    return said


def _tables(comparison: Comparison, table: Table, found: list[Series]) -> list[ComparedTable]:
    """One compared table, or for a table with many rows under one column head one for each column, the total first."""
    reports = comparison.reports

    def compared(identifier: str, caption: str, rows: list[Series], *, by_column: bool, folded: bool) -> ComparedTable:
        lines = [_row(comparison, one, by_column=by_column) for one in rows]
        own = f"t{next(comparison.numbers)}"  # every figure names four headings: their ids are short
        return ComparedTable(identifier, caption, *_heads(own, reports), tuple(_headed(own, lines)), folded)

    if table.layout != "down" or len(table.blocks) > 1:
        return [compared(table.id, comparison.called(table), found, by_column=False, folded=False)]
    columns = {one.cell.column.path: one.cell.column for one in found}
    totals = {one.computes for one in reports[-1].format.identities if one.table == table.id and one.each == "row"}
    order = sorted(columns, key=lambda path: path not in totals)
    return [
        compared(
            f"{table.id}-{path.replace('_', '-')}",
            comparison.say("{table}：{column}", table=comparison.called(table), column=comparison.called(columns[path])),
            [one for one in found if one.cell.column.path == path],
            by_column=True,
            folded=path not in totals,
        )
        for path in order
    ]


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


def _headed(table: str, rows: Sequence[ComparedRow]) -> Iterator[ComparedRow]:
    """The rows with the ids of their headings, and of the headings over them. A row whose label is the group of those behind it heads them
    itself (（六）其他处理 and its parts)."""
    above, before = "", ComparedRow("", "", ())
    for number, row in enumerate(rows, 1):
        own, opens = f"{table}r{number}", False
        if not row.group:
            above = ""
        elif row.group == before.label:
            above = f"{table}r{number - 1}"
        elif row.group != before.group:
            above, opens = f"{own}g", True
        before = row
        yield replace(row, id=own, above=above, opens=opens)


def _parents(forms: Sequence[Format]) -> Mapping[Heading, tuple[Heading, ...]]:
    """The headings above each row that carries figures, in every form in use."""
    found: dict[Heading, tuple[Heading, ...]] = {}

    def walk(heading: Heading, above: tuple[Heading, ...]) -> None:
        found[heading] = above
        for child in heading.children:
            walk(child, (*above, heading))

    for form in forms:
        for table in form.tables:
            for block in table.blocks:
                for row in block.rows:
                    walk(row, ())
    return found


def _row(comparison: Comparison, one: Series, *, by_column: bool) -> ComparedRow:
    cells = tuple(_cell(comparison, one, index) for index in range(len(comparison.reports)))
    row, column = one.cell.row, one.cell.column
    if by_column:
        above = comparison.parents[row]
        group = above[-1] if above and above[-1].path else Heading("")
        label, gloss = (one.concept.label, one.concept.gloss) if one.concept.label else (row.label, row.gloss)
        line = ComparedRow(label, group.label, cells, row.path in comparison.totals, gloss, group.gloss)
    else:
        group = comparison.rows[_row_key(one.cell)]
        line = ComparedRow(column.label, group.label, cells, column.path in comparison.totals, column.gloss, group.gloss)
    return line if comparison.say.foreign else replace(line, gloss="", group_gloss="")


def _cell(comparison: Comparison, one: Series, index: int) -> ComparedCell:
    site, reports = comparison.site, comparison.reports
    point = one.points[index]
    boundary = index > 0 and reports[index].format is not reports[index - 1].format
    if point.figure is None:
        return ComparedCell("—", Mark.ABSENT, boundary=boundary)
    numbers = tuple(comparison.number(text) for text in _notes(comparison, one, index))
    change = change_text(difference(one, index, unconfirmed=site.settings.unconfirmed_notes))
    return ComparedCell(point.figure.mark, point.mark, change, numbers, point.figure.value == 0, boundary)


def _notes(comparison: Comparison, one: Series, index: int) -> Iterator[str]:
    """What has to be known about one figure: that it is a sum of parts, that its meaning shifted, that another figure contradicts it."""
    site, say, form, point = comparison.site, comparison.say, comparison.reports[index].format, one.points[index]
    if point.mark is Mark.MERGED:
        parts = say.listed(form.cells[form.by_concept[key]].row.name for key in parts_of(site.law, one.key))
        yield say("{name}：该年度格式分项列出，这里是{parts}之和。", name=one.concept.label or one.cell.row.label, parts=parts)
    if index and one.points[index - 1].figure is not None:
        shifts = one.concept.breaks_between(one.points[index - 1].year, point.year, unconfirmed=site.settings.unconfirmed_notes)
        yield from (shift.note_en if say.foreign and shift.note_en else shift.note for shift in shifts)
    address = form.by_concept.get(one.key, "")
    if doubt := comparison.contested.get(point.year, {}).get(address):
        yield say("{year} 年度：{message}，见该年度报告表后的说明。", year=point.year, message=doubt.message.say(say.key))
