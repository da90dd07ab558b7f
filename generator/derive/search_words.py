"""The words that a form prints on every report, for search.

Each comes with its id on the page of the report, and with the cells it is about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from generator.derive.tables import grid
from generator.model.figure import BLANK
from generator.model.format import Block, Format, Heading, Section, Table, stated_unit
from generator.model.search import Entry, FormWords
from generator.model.table import Kind

Headings = tuple[Heading, ...]


@dataclass
class _Names:
    """The names of cells with their units, each listed once."""

    numbers: dict[tuple[str, str], int] = field(default_factory=dict)

    def number(self, name: str, column: Heading) -> int:
        """The number of a name in the list, to which a new one is added."""
        key = (name, stated_unit(column.unit))
        return self.numbers.setdefault(key, len(self.numbers))


class _Table:
    """A table of a form: the ids of its headings on the page, and the numbers of its cells."""

    def __init__(self, form: Format, section: Section, table: Table, names: _Names) -> None:
        self.section = section
        self.table = table
        self.names = names
        self.numbers = {address: number for number, address in enumerate(form.cells)}
        self.totals = form.totals(table.id)
        self.labels: dict[str, str] = {}
        self.headers: dict[str, tuple[str, ...]] = {}
        for cell in grid(form, table, dict.fromkeys(form.cells, BLANK)).cells:
            if cell.kind is Kind.HEAD:
                self.labels[cell.id] = cell.text
            elif cell.kind is Kind.DATA:
                self.headers[cell.address] = cell.headers

    def entries(self) -> Iterator[Entry]:
        """Rows and groups of rows as they are printed, then columns."""
        blocks = self.table.blocks
        for block in blocks:
            for row in block.rows:
                yield from self._rows(block, row, ())
        columns = [column for block in blocks for column in block.leaf_columns]
        for label in dict.fromkeys(column.label for column in columns):
            yield self._column(label)

    def _rows(self, block: Block, row: Heading, above: Headings) -> Iterator[Entry]:
        if row.children:
            yield self._group(block, row, above)
        else:
            yield self._row(block, row, above)
        for child in row.children:
            yield from self._rows(block, child, (*above, row))

    def _row(self, block: Block, row: Heading, above: Headings) -> Entry:
        """A row with all its cells, the total first; without a total, all of them matter."""
        columns = sorted(block.leaf_columns, key=lambda column: column.path not in self.totals)
        cells = [self._cell(row, column, column.label) for column in columns]
        totals = [column for column in columns if column.path in self.totals]
        anchor = self._anchor(row, row, columns[0])
        main = len(totals) or len(cells)
        return self._entry("row", row, anchor, block, above, cells, main)

    def _group(self, block: Block, row: Heading, above: Headings) -> Entry:
        """A heading over rows. The form prints no sum for it: it shows the totals of its rows."""
        leaves = list(row.leaves())
        columns = [column for column in block.leaf_columns if column.path in self.totals]
        columns = columns or list(block.leaf_columns)
        cells = [self._cell(leaf, column, leaf.name) for leaf in leaves for column in columns]
        anchor = self._anchor(row, leaves[0], columns[0])
        return self._entry("group", row, anchor, block, above, cells, len(cells))

    def _column(self, label: str) -> Entry:
        """The columns with a label, in all blocks of the table."""
        columns = []
        cells = []
        for block in self.table.blocks:
            for column in block.leaf_columns:
                if column.label == label:
                    columns.append((block, column))
                    cells += [self._cell(row, column, row.name) for row in block.leaf_rows]
        block, column = columns[0]
        anchor = self._anchor(column, block.leaf_rows[0], column)
        return self._entry("column", column, anchor, block, (), cells, len(cells))

    def _entry(
        self,
        kind: str,
        heading: Heading,
        anchor: str,
        block: Block,
        above: Headings,
        cells: Iterable[tuple[int, int]],
        main: int,
    ) -> Entry:
        context = " › ".join([self.table.label, *(group.label for group in above)])
        around = _around(self.table, block, above)
        spellings = _spellings(heading)
        label = heading.label
        return Entry(kind, label, context, anchor, spellings, around, tuple(cells), main)

    def _cell(self, row: Heading, column: Heading, name: str) -> tuple[int, int]:
        """The number of a cell and the number of its name."""
        return self.numbers[self._address(row, column)], self.names.number(name, column)

    def _address(self, row: Heading, column: Heading) -> str:
        return f"{self.table.id}.{row.path}.{column.path}"

    def _anchor(self, heading: Heading, row: Heading, column: Heading) -> str:
        """The id of the head cell of a heading, found over a figure that it heads.

        The id of the section where the figure has no head cell with the label.
        """
        for identifier in self.headers[self._address(row, column)]:
            if self.labels[identifier] == heading.label:
                return identifier
        return anchor(self.section)


def form_words(form: Format) -> FormWords:
    """Everything that a form prints on every report, whatever the report says."""
    names = _Names()
    entries = [Entry("title", form.title, form.basis, "", (form.title, form.basis))]
    for section in form.sections:
        printed = tuple(_printed(form, section))
        entries.append(Entry("section", section.heading, "", anchor(section), printed))
    for section in form.sections:
        if section.table:
            entries += _Table(form, section, form.table(section.table), names).entries()
    sections = [(section.id, section.heading, anchor(section)) for section in form.sections]
    return FormWords(form.id, tuple(sections), tuple(names.numbers), tuple(entries))


def anchor(section: Section) -> str:
    """The id of a section on the page of the report."""
    return f"{section.id}-section"


def _around(table: Table, block: Block, above: Headings) -> tuple[str, ...]:
    """What else is printed over a row, besides the labels that its context names."""
    around = [word for heading in above for word in _spellings(heading)[1:]]
    around += [table.short, block.title]
    return tuple(filter(None, around))


def _spellings(heading: Heading) -> tuple[str, ...]:
    """The ways to write a heading, its label first."""
    spellings = (heading.label, heading.short, *heading.aliases, *heading.variants)
    return tuple(dict.fromkeys(filter(None, spellings)))


def _printed(form: Format, section: Section) -> Iterator[str]:
    """The words of a section that belong to no row and no column."""
    yield section.heading
    yield from section.aliases
    if not section.table:
        return
    table = form.table(section.table)
    yield table.label
    if table.short:
        yield table.short
    yield from table.aliases
    for block in table.blocks:
        yield from filter(None, (block.title, block.corner, block.note))
        for column in block.columns:
            yield from _group_labels(column)


def _group_labels(heading: Heading) -> Iterator[str]:
    """The labels of a heading and of those below it, of all that stand over others."""
    if heading.children:
        yield heading.label
        for child in heading.children:
            yield from _group_labels(child)
