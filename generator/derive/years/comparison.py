"""What every page that sets years side by side is laid out from: the tables with their rows in the statute's order, and numbered notes.

`compare_page.py` fills a table's cells with all years of a body, `adjacent_page.py` with two of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from generator.derive import words
from generator.derive.contested import contested
from generator.derive.years.comparability import parts_of, verdict
from generator.derive.years.restated import Restated, corrected, handed_over
from generator.derive.years.series import Pair, Series, change_text, series
from generator.language.speech import speech
from generator.model.comparison import ComparedCell, ComparedRow, Mark, Verdict
from generator.model.figure import typeset
from generator.model.finding import Finding
from generator.model.format import Cell, Format, Heading, Table
from generator.model.report import Report
from generator.model.site import Site


class Comparison:
    """The reports that are compared, oldest first, their headings and totals, and the notes in the order they are needed.

    `contested` are the figures of each year that another one contradicts, `restated` those that were said in another way before.
    """

    def __init__(self, site: Site, reports: Sequence[Report], findings: Mapping[int, Sequence[Finding]]) -> None:
        self.site, self.reports = site, reports
        self.say = speech(site.settings.language)
        self.contested = {report.year: contested(findings[report.year]) for report in reports}
        self.restated = {report.year: corrected(report, self.say) for report in reports}
        for before, after in pairwise(reports):
            for key, said in handed_over(site, before, after, findings[after.year]).items():
                self.restated[after.year][key] = (*self.restated[after.year].get(key, ()), *said)
        self.forms = list({report.format.id: report.format for report in reports}.values())
        self.parents = _parents(self.forms)
        self.totals = {identity.computes for form in self.forms for identity in form.identities if identity.computes}
        # The newest form's word for a row comes last and stays, so that what an older form adds to the row stands under one heading.
        self.rows = {_row_key(cell): cell.row for form in self.forms for cell in form.cells.values()}
        self.notes: list[str] = []

    def called(self, one: Heading | Table) -> str:
        """What a caption calls a heading or a table: the statute's word, in another language behind its gloss."""
        return words.glossed(self.say, one.label, one.gloss)

    def numbered(self, notes: Iterable[str]) -> tuple[int, ...]:
        """The numbers of notes, from 1."""
        found = list(notes)
        self.notes += [text for text in dict.fromkeys(found) if text not in self.notes]
        return tuple(self.notes.index(text) + 1 for text in found)

    def pair(self, one: Series, index: int) -> Pair | None:
        """A figure and that of the report before it; None for the first report."""
        if index == 0:
            return None
        before, after = self.reports[index - 1 : index + 1]
        years = (before.format, before.year), (after.format, after.year)
        unconfirmed = self.site.settings.unconfirmed_notes
        kind = verdict(self.site.law, one.key, *years, unconfirmed=unconfirmed)
        return Pair(one.points[index - 1], one.points[index], kind, one.concept.difference)

    def shifts(self, one: Series) -> tuple[int, ...]:
        """The numbers of the notes on what shifted between any two years that both have the figure."""
        pairs = [pair for index in range(1, len(self.reports)) if (pair := self.pair(one, index))]
        return self.noted(*(pair.verdict for pair in pairs if pair.before.figure and pair.after.figure))

    def noted(self, *verdicts: Verdict) -> tuple[int, ...]:
        """The numbers of the notes that verdicts ask for, each once."""
        said = (note.said(foreign=self.say.foreign) for verdict in verdicts for note in verdict.notes)
        return self.numbered(dict.fromkeys(said))

    def new_form(self, index: int) -> bool:
        """Whether a report uses another form than the one before it."""
        return index > 0 and self.reports[index].format is not self.reports[index - 1].format

    def cell(self, one: Series, index: int, pair: Pair | None) -> ComparedCell:
        """A figure with its notes; `pair` is what its difference is told from."""
        point, boundary = one.points[index], self.new_form(index)
        if point.figure is None:
            return ComparedCell("—", Mark.ABSENT, boundary=boundary)
        return ComparedCell(
            typeset(point.figure.mark),
            point.mark,
            change_text(pair.change if pair else None),
            self.numbered(remarks(self, one, index)),
            point.figure.value == 0,
            boundary,
            pair.ratio if pair else "",
            tuple(other.short for other in self.said_before(one, index)),
        )

    def said_before(self, one: Series, index: int) -> tuple[Restated, ...]:
        """How else a figure was stated."""
        return self.restated[self.reports[index].year].get(one.key, ())

    def doubt(self, key: str, index: int) -> Finding | None:
        """What contradicts a figure of a report."""
        report = self.reports[index]
        return self.contested[report.year].get(report.format.by_concept.get(key, ""))

    def contradiction(self, key: str, index: int) -> tuple[str, ...]:
        """The notes on what contradicts a figure; those on how else it was stated where they say just that."""
        found, year = self.doubt(key, index), self.reports[index].year
        if found is None:
            return ()
        stated = [other for other in self.restated[year].get(key, ()) if other.rule == found.rule]
        if stated:
            return tuple(said for other in stated for said in other.sentences)
        message = found.message.say(self.say.key)
        if found.explained:
            return (self.say("{year} 年度：{message}，见该年度报告表后的说明。", year=year, message=message),)
        return (self.say("{year} 年度：{message}。", year=year, message=message),)


def _row_key(cell: Cell) -> tuple[str, str]:
    return cell.table, cell.row.concept or cell.row.path


@dataclass(frozen=True)
class Sheet:
    """One compared table before its cells are filled. With `by_column` it is about one column of a table with many rows."""

    id: str
    caption: str
    lines: tuple[Series, ...]
    by_column: bool = False
    folded: bool = False


def sheets(comparison: Comparison) -> Iterator[Sheet]:
    """The compared tables in the statute's order; a table with many rows under one column head is one for each column, the total first."""
    reports = tuple(comparison.reports)
    for name, group in groupby(series(comparison.site.law, reports), key=lambda one: one.cell.table):
        table = next(table for report in reversed(reports) for table in report.format.tables if table.id == name)
        lines = tuple(group)
        if not table.by_column:
            yield Sheet(table.id, comparison.called(table), lines)
            continue
        columns = {one.cell.column.path: one.cell.column for one in lines}
        totals = reports[-1].format.totals(table.id)
        for path in sorted(columns, key=lambda path: path not in totals):
            said = comparison.say("{table}：{column}", table=comparison.called(table), column=comparison.called(columns[path]))
            own = tuple(one for one in lines if one.cell.column.path == path)
            yield Sheet(f"{table.id}-{path.replace('_', '-')}", said, own, by_column=True, folded=path not in totals)


def row(comparison: Comparison, one: Series, cells: tuple[ComparedCell, ...], *, by_column: bool) -> ComparedRow:
    """A line of a sheet with its cells, under the words of the newest form that has it."""
    heading, label, gloss = one.cell.row, one.cell.column.label, one.cell.column.gloss
    if by_column:
        above = comparison.parents[heading]
        group = above[-1] if above and above[-1].path else Heading("")
        label, gloss = (one.concept.label, one.concept.gloss) if one.concept.label else (heading.label, heading.gloss)
        total = heading.path in comparison.totals
    else:
        group, total = comparison.rows[_row_key(one.cell)], one.cell.column.path in comparison.totals
    if not comparison.say.foreign:
        return ComparedRow(label, group.label, cells, total)
    return ComparedRow(label, group.label, cells, total, gloss, group.gloss)


def full_name(comparison: Comparison, line: ComparedRow) -> str:
    """What a sentence calls a line of a sheet: `（三）不予公开：5.属于三类内部事务信息`."""
    label, group = (f"{gloss} ({word})" if gloss else word for word, gloss in ((line.label, line.gloss), (line.group, line.group_gloss)))
    return comparison.say("{group}：{label}", group=group, label=label) if group else label


def headed(table: str, rows: Sequence[ComparedRow]) -> Iterator[ComparedRow]:
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


def remarks(comparison: Comparison, one: Series, index: int) -> Iterator[str]:
    """What has to be known about one figure: that it is a sum of parts, that it was stated otherwise before, that another figure
    contradicts it."""
    site, say, form, point = comparison.site, comparison.say, comparison.reports[index].format, one.points[index]
    if point.mark is Mark.MERGED:
        parts = say.listed(form.cells[form.by_concept[key]].row.name for key in parts_of(site.law, one.key))
        yield say("{name}：该年度格式分项列出，这里是{parts}之和。", name=one.concept.label or one.cell.row.label, parts=parts)
    stated = [said for other in comparison.said_before(one, index) for said in other.sentences]
    yield from stated
    yield from (said for said in comparison.contradiction(one.key, index) if said not in stated)
