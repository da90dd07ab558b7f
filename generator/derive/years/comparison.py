"""The layout that all pages with years side by side share.

The tables with their rows in the statute's order, and numbered notes. `compare_page.py` fills a
table's cells with all years of a body, `adjacent_page.py` with two of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from generator.derive import words
from generator.derive.contested import contested
from generator.derive.marks import marks_of, merged_note
from generator.derive.years.comparability import verdict_between
from generator.derive.years.restated import before_corrections, handover_differences
from generator.derive.years.series import Pair, Point, Series, series
from generator.language import amounts
from generator.language.speech import speech
from generator.model.comparison import ComparedCell, ComparedRow, Verdict
from generator.model.finding import Finding
from generator.model.format import Cell, Format, Heading, Table
from generator.model.law import Concept
from generator.model.marks import FigureMarks
from generator.model.report import Report
from generator.model.site import Site


class Comparison:
    """The reports that are compared, oldest first, with the notes in the order they are needed.

    `contested` are the figures of each year that another one contradicts,
    `restatements_by_year` those that were stated in another way elsewhere.
    """

    def __init__(
        self, site: Site, reports: Sequence[Report], findings: Mapping[int, Sequence[Finding]]
    ) -> None:
        self.site = site
        self.reports = reports
        self.say = speech(site.settings.language)
        self.contested = {report.year: contested(findings[report.year]) for report in reports}
        self.restatements_by_year = {
            report.year: before_corrections(report, self.say) for report in reports
        }
        for earlier, later in pairwise(reports):
            by_key = self.restatements_by_year[later.year]
            handovers = handover_differences(site, earlier, later, findings[later.year])
            for key, restatements in handovers.items():
                by_key[key] = (*by_key.get(key, ()), *restatements)
        self.forms = list(dict.fromkeys(report.format for report in reports))
        self.parents = _parents(self.forms)
        identities = [identity for form in self.forms for identity in form.identities]
        self.totals = {identity.computes for identity in identities if identity.computes}
        # The newest form's word for a row comes last and stays, so that what an older form adds
        # to the row stands under one heading.
        self.rows = {
            _row_key(cell): cell.row for form in self.forms for cell in form.cells.values()
        }
        self.notes: list[str] = []

    def caption(self, heading: Heading | Table) -> str:
        """The name of a heading or a table in a caption.

        The statute's word, in another language behind its gloss.
        """
        return words.glossed(self.say, heading.label, heading.gloss)

    def note_numbers(self, notes: Iterable[str]) -> tuple[int, ...]:
        """The numbers of notes, from 1."""
        return tuple(note_number(self.notes, note) for note in notes)

    def pair(self, line: Series, index: int) -> Pair | None:
        """A figure and that of the report before it; None for the first report."""
        if index == 0:
            return None
        earlier, later = self.reports[index - 1 : index + 1]
        unconfirmed = self.site.settings.unconfirmed_notes
        return Pair(
            before=line.points[index - 1],
            after=line.points[index],
            verdict=verdict_between(
                self.site.law, line.key, earlier, later, unconfirmed=unconfirmed
            ),
            differs=line.concept.difference,
        )

    def shift_notes(self, line: Series) -> tuple[int, ...]:
        """The numbers of the notes on what shifted between any two years that have the figure."""
        verdicts = []
        for index in range(1, len(self.reports)):
            pair = self.pair(line, index)
            if pair and pair.before.figure and pair.after.figure:
                verdicts.append(pair.verdict)
        return self.verdict_notes(*verdicts)

    def verdict_notes(self, *verdicts: Verdict) -> tuple[int, ...]:
        """The numbers of the notes that verdicts ask for, each once."""
        shifts = (shift for verdict in verdicts for shift in verdict.notes)
        notes = dict.fromkeys(shift.note.say(self.say.language) for shift in shifts)
        return self.note_numbers(notes)

    def new_form(self, index: int) -> bool:
        """Whether a report uses another form than the one before it."""
        return index > 0 and self.reports[index].format.id != self.reports[index - 1].format.id

    def cell(self, line: Series, index: int, pair: Pair | None) -> ComparedCell:
        """A figure with its notes; its difference is that of `pair`, where there is one."""
        point = line.points[index]
        figure = point.figure
        boundary = self.new_form(index)
        marks = self.marks(line.key, index, point)
        if figure is None:
            return ComparedCell("—", marks.marks, boundary=boundary)
        remarks = _remarks(self, line, index)
        return ComparedCell(
            text=amounts.mark(figure),
            bears=marks.marks,
            change=amounts.difference(pair.change if pair else None),
            notes=self.note_numbers(remarks),
            boundary=boundary,
            ratio=pair.ratio if pair else "",
            others=tuple(restatement.short for restatement in marks.restatements),
        )

    def marks(self, key: str, index: int, point: Point) -> FigureMarks:
        """The marks of a figure of a report, which stands at `point`.

        What shifted between years is noted on the whole row, and is no mark of one figure here.
        """
        report = self.reports[index]
        contested_cells = self.contested[report.year]
        restatements = self.restatements_by_year[report.year].get(key, ())
        return marks_of(report, key, point, contested_cells, restatements=restatements)

    def contradiction(self, key: str, index: int, point: Point) -> tuple[str, ...]:
        """The notes on what contradicts a figure.

        Where the figure was also stated with another value, and the same rule compares the two,
        the notes on that are enough.
        """
        marks = self.marks(key, index, point)
        finding = marks.contradiction
        if finding is None:
            return ()
        same_rule = [
            restatement for restatement in marks.restatements if restatement.rule == finding.rule
        ]
        if same_rule:
            return tuple(
                sentence for restatement in same_rule for sentence in restatement.sentences
            )
        year = self.reports[index].year
        message = finding.message.say(self.say.language)
        values = {"year": year, "message": message}
        if finding.explained:
            return (self.say("{year} 年度：{message}，见该年度报告表后的说明。", **values),)
        return (self.say("{year} 年度：{message}。", **values),)


def note_number(notes: list[str], note: str) -> int:
    """The number of a note, from 1; a new one is added to the list."""
    if note not in notes:
        notes.append(note)
    return notes.index(note) + 1


def _row_key(cell: Cell) -> tuple[str, str]:
    return cell.table, cell.row.concept or cell.row.path


@dataclass(frozen=True)
class Sheet:
    """One compared table before its cells are filled.

    With `by_column` it is about one column of a table with many rows.
    """

    id: str
    caption: str
    lines: tuple[Series, ...]
    by_column: bool = False
    folded: bool = False


def sheets(comparison: Comparison) -> Iterator[Sheet]:
    """The compared tables in the statute's order.

    A table with many rows under one column head is one sheet for each column, the total first.
    """
    reports = tuple(comparison.reports)
    all_lines = series(comparison.site.law, reports)
    newest_tables = {table.id: table for report in reports for table in report.format.tables}
    for name, group in groupby(all_lines, key=lambda line: line.cell.table):
        table = newest_tables[name]
        lines = tuple(group)
        if not table.by_column:
            yield Sheet(table.id, comparison.caption(table), lines)
            continue
        columns = {line.cell.column.path: line.cell.column for line in lines}
        totals = reports[-1].format.totals(table.id)
        for path in sorted(columns, key=lambda path: path not in totals):
            captions = {
                "table": comparison.caption(table),
                "column": comparison.caption(columns[path]),
            }
            yield Sheet(
                id=f"{table.id}-{path.replace('_', '-')}",
                caption=comparison.say("{table}：{column}", **captions),
                lines=tuple(line for line in lines if line.cell.column.path == path),
                by_column=True,
                folded=path not in totals,
            )


def compared_row(
    comparison: Comparison, line: Series, cells: tuple[ComparedCell, ...], *, by_column: bool
) -> ComparedRow:
    """A line of a sheet with its cells, under the words of the newest form that has it."""
    heading = line.cell.row
    column = line.cell.column
    entry: Concept | Heading
    if by_column:
        above = comparison.parents[heading]
        group = above[-1] if above and above[-1].path else Heading("")
        entry = line.concept if line.concept.label else heading
        total = heading.path in comparison.totals
    else:
        group = comparison.rows[_row_key(line.cell)]
        entry = column
        total = column.path in comparison.totals
    language = comparison.say.language
    return ComparedRow(
        entry.label,
        group.label,
        cells,
        total,
        gloss=entry.gloss.say(language),
        group_gloss=group.gloss.say(language),
    )


def full_name(comparison: Comparison, row: ComparedRow) -> str:
    """The name of a row in a sentence: `（三）不予公开：5.属于三类内部事务信息`."""
    label = f"{row.gloss} ({row.label})" if row.gloss else row.label
    group = f"{row.group_gloss} ({row.group})" if row.group_gloss else row.group
    return comparison.say("{group}：{label}", group=group, label=label) if group else label


def with_headings(table: str, rows: Sequence[ComparedRow]) -> Iterator[ComparedRow]:
    """The rows with the ids of their headings, and of the headings over them.

    A row whose label is the group of those behind it heads them itself: （六）其他处理.
    """
    above = ""
    previous = ComparedRow("", "", ())
    for number, row in enumerate(rows, 1):
        row_id = f"{table}r{number}"
        opens = False
        if not row.group:
            above = ""
        elif row.group == previous.label:
            above = f"{table}r{number - 1}"
        elif row.group != previous.group:
            above = f"{row_id}g"
            opens = True
        previous = row
        yield replace(row, id=row_id, above=above, opens=opens)


def _parents(forms: Sequence[Format]) -> Mapping[Heading, tuple[Heading, ...]]:
    """The headings above each row that carries figures, in every form in use."""
    parents: dict[Heading, tuple[Heading, ...]] = {}

    def walk(heading: Heading, above: tuple[Heading, ...]) -> None:
        parents[heading] = above
        for child in (*heading.children, *heading.split_rows):
            walk(child, (*above, heading))

    blocks = (block for form in forms for table in form.tables for block in table.blocks)
    for block in blocks:
        for row in block.rows:
            walk(row, ())
    return parents


def _remarks(comparison: Comparison, line: Series, index: int) -> Iterator[str]:
    """The notes on one figure.

    That it is a sum of parts, that it was stated otherwise elsewhere, that another figure
    contradicts it.
    """
    say = comparison.say
    point = line.points[index]
    marks = comparison.marks(line.key, index, point)
    if marks.addends:
        form = comparison.reports[index].format
        names = say.listed(form.cells[form.by_concept[key]].row.name for key in marks.addends)
        label = line.concept.label or line.cell.row.label
        yield merged_note(say, label, names)
    stated = [sentence for restatement in marks.restatements for sentence in restatement.sentences]
    yield from stated
    for sentence in comparison.contradiction(line.key, index, point):
        if sentence not in stated:
            yield sentence
