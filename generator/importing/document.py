"""A document to a transcript: its form, its cells, its texts. The order of the steps is here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from generator.importing.addressed import addressed
from generator.importing.blocks import Source
from generator.importing.recognition import form_of
from generator.importing.refusal import Refusal
from generator.importing.solving import Cause, CellReading, How, failing, solve
from generator.importing.texts import Texts, read_texts, title_of, year_of
from generator.importing.unfolding import unfolded
from generator.importing.units import Question, Reading, Unit, read_units
from generator.language.identity import Instance
from generator.language.sentence import sentence
from generator.model.figure import Figure
from generator.model.format import Format
from generator.model.law import Law

# A document that says two things of so many cells holds two reports.
MOST_CONFLICTS = 12
# A report has some 35 rows with figures.
MOST_UNITS = 300


@dataclass(frozen=True)
class Transcript:
    """What a document says, and how sure that is.

    `subtotals` are rows that the document prints for a group; `failing` are the sums of the form
    that its figures, as read, do not keep.
    """

    kind: str
    form: Format
    year: int
    cells: Mapping[str, CellReading]
    texts: Texts
    questions: tuple[Question, ...] = ()
    subtotals: tuple[Unit, ...] = ()
    failing: tuple[Instance, ...] = ()
    attachments: tuple[str, ...] = ()

    @property
    def figures(self) -> Mapping[str, Figure]:
        """The figures by address, in the order of the form."""
        return {address: cell.figure for address, cell in self.cells.items()}

    def count(self, how: How) -> int:
        """How many cells were come by in this way."""
        return sum(cell.how is how for cell in self.cells.values())

    @property
    def unsure(self) -> Mapping[str, CellReading]:
        """The cells that somebody must look at beside the source."""
        return {a: cell for a, cell in self.cells.items() if is_unsure(cell)}


def is_unsure(cell: CellReading) -> bool:
    """Whether a cell was not simply read: solved, unreadable, or read because of the sums."""
    return cell.how in {How.SOLVED, How.UNREADABLE} or bool(cell.by)


def transcribe(law: Law, source: Source, year: int = 0) -> Transcript:
    """The report that a document holds; `year` where it is known. Raises Refusal."""
    tables = addressed(law, source.lines)
    if tables is not None:
        return _of_own_tables(source, *tables, year)
    stated = year or year_of(source.lines)
    form = form_of(law, source.lines, stated)
    lines = unfolded(form, source.lines)
    reading = read_units(form, lines)
    if not reading.units:
        raise Refusal(
            sentence(
                "没有读到法定表里的数字；请确认文件里有“{table}”等表", table=form.tables[1].label
            )
        )
    if len(reading.units) > MOST_UNITS:
        raise Refusal(sentence("文件里的表格行过多，好像有许多份报告；请每份报告单独存成一个文件"))
    cells: Mapping[str, CellReading] = solve(form, reading.units, reading.disorder)
    conflicts = sum(cell.cause is Cause.CONFLICT for cell in cells.values())
    if conflicts > MOST_CONFLICTS:
        raise Refusal(
            sentence(
                "文件里好像有不止一份报告：有 {count} 格读到了两个不同的数字；请每份报告单独存成一个文件",
                count=conflicts,
            )
        )
    cells = _of_one_row_groups(form, cells, reading)
    texts = read_texts(form, lines, reading)
    return Transcript(
        kind=source.kind,
        form=form,
        year=year or texts.year,
        cells=cells,
        texts=texts,
        questions=tuple(reading.questions),
        subtotals=tuple(reading.subtotals),
        failing=tuple(failing(form, cells)),
        attachments=source.attachments,
    )


def _of_own_tables(
    source: Source, form: Format, cells: Mapping[str, CellReading], year: int
) -> Transcript:
    """The transcript of our own tables, which hold no text."""
    title = title_of(source.lines)
    texts = Texts(title=title, year=year_of(source.lines))
    sums = tuple(failing(form, cells))
    return Transcript(source.kind, form, year or texts.year, cells, texts, failing=sums)


def _of_one_row_groups(
    form: Format, cells: Mapping[str, CellReading], reading: Reading
) -> Mapping[str, CellReading]:
    """The cells, those of a group that the document prints as one row marked so."""
    marked = dict(cells)
    for unit in reading.subtotals:
        if unit.row is None or not unit.row.path:
            continue
        leaves = [leaf.path for leaf in unit.row.leaves()]
        addresses = [
            address
            for address, cell in form.cells.items()
            if cell.table == unit.table.id and cell.row.path in leaves
        ]
        if all(marked[address].cause is Cause.MISSING for address in addresses):
            source = " | ".join(token.text for token in unit.tokens)
            for address in addresses:
                marked[address] = replace(
                    marked[address], cause=Cause.ONE_ROW, source=source, tokens=tuple(unit.tokens)
                )
    return marked


def sections_in_order(form: Format, texts: Texts) -> Sequence[tuple[str, str]]:
    """(heading, Markdown) of each section that has a text or no table."""
    return [
        (section.heading, texts.sections.get(section.id, ""))
        for section in form.sections
        if not section.table or section.id in texts.sections
    ]
