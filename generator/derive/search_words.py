"""The words that a form prints on every report, for search: each with its id on the report's page, and the cells it is about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from generator.derive.tables import grid
from generator.model.figure import BLANK
from generator.model.format import Block, Format, Heading, Section, Table, stated_unit
from generator.model.search import Entry, FormWords
from generator.model.table import Kind


@dataclass
class _Names:
    """The names of cells with their units, each kept once."""

    numbers: dict[tuple[str, str], int] = field(default_factory=dict)

    def number(self, name: str, column: Heading) -> int:
        unit = stated_unit(column.unit)
        return self.numbers.setdefault((name, unit), len(self.numbers))


class _Table:
    """A table of a form: where its headings stand on the page, and the numbers of its cells."""

    def __init__(self, form: Format, section: Section, table: Table, names: _Names) -> None:
        self.section, self.table, self.names = section, table, names
        self.numbers = {address: number for number, address in enumerate(form.cells)}
        cells = grid(form, table, dict.fromkeys(form.cells, BLANK)).cells
        self.labels = {cell.id: cell.text for cell in cells if cell.kind is Kind.HEAD}
        self.headers = {cell.address: cell.headers for cell in cells if cell.kind is Kind.DATA}
        self.totals = form.totals(table.id)

    def entries(self) -> Iterator[Entry]:
        """Rows and groups of rows as they are printed, then columns."""
        for block in self.table.blocks:
            for row in block.rows:
                yield from self._rows(block, row, ())
        for label in dict.fromkeys(column.label for block in self.table.blocks for column in block.leaf_columns):
            yield self._column(label)

    def _rows(self, block: Block, row: Heading, above: tuple[Heading, ...]) -> Iterator[Entry]:
        yield self._group(block, row, above) if row.children else self._row(block, row, above)
        for child in row.children:
            yield from self._rows(block, child, (*above, row))

    def _row(self, block: Block, row: Heading, above: tuple[Heading, ...]) -> Entry:
        """A row with all its cells, the total first; where there is no total, all of them matter."""
        columns = sorted(block.leaf_columns, key=lambda column: column.path not in self.totals)
        cells = tuple((self._cell(row, column), self.names.number(column.label, column)) for column in columns)
        main = sum(column.path in self.totals for column in columns) or len(cells)
        anchor, around = self._anchor(row, row, columns[0]), _around(self.table, block, above)
        return Entry("row", row.label, self._context(above), anchor, _own(row), around, cells, main)

    def _group(self, block: Block, row: Heading, above: tuple[Heading, ...]) -> Entry:
        """A heading over rows: the form prints no sum for it, so it shows the totals of its rows."""
        columns = [column for column in block.leaf_columns if column.path in self.totals] or list(block.leaf_columns)
        pairs = [(leaf, column) for leaf in row.leaves() for column in columns]
        cells = tuple((self._cell(leaf, column), self.names.number(leaf.name, column)) for leaf, column in pairs)
        anchor, around = self._anchor(row, *pairs[0]), _around(self.table, block, above)
        return Entry("group", row.label, self._context(above), anchor, _own(row), around, cells, len(cells))

    def _column(self, label: str) -> Entry:
        """The columns of a label, in all blocks of the table."""
        found = [(block, row, one) for block in self.table.blocks for one in block.leaf_columns for row in block.leaf_rows]
        found = [(block, row, one) for block, row, one in found if one.label == label]
        cells = tuple((self._cell(row, one), self.names.number(row.name, one)) for _, row, one in found)
        block, row, column = found[0]
        anchor, around = self._anchor(column, row, column), _around(self.table, block, ())
        return Entry("column", label, self._context(()), anchor, _own(column), around, cells, len(cells))

    def _cell(self, row: Heading, column: Heading) -> int:
        return self.numbers[f"{self.table.id}.{row.path}.{column.path}"]

    def _anchor(self, heading: Heading, row: Heading, column: Heading) -> str:
        """The id of the head cell of a heading: the one of its label over a figure that it heads."""
        over = self.headers[f"{self.table.id}.{row.path}.{column.path}"]
        return next((one for one in over if self.labels[one] == heading.label), anchor(self.section))

    def _context(self, above: tuple[Heading, ...]) -> str:
        return " › ".join([self.table.label, *(heading.label for heading in above)])


def form_words(form: Format) -> FormWords:
    """Everything that a report of this form prints whatever it says."""
    names = _Names()
    entries = [Entry("title", form.title, form.basis, "", (form.title, form.basis))]
    for section in form.sections:
        table = form.table(section.table) if section.table else None
        entries.append(Entry("section", section.heading, "", anchor(section), tuple(_printed(section, table))))
    for section in form.sections:
        if section.table:
            entries += _Table(form, section, form.table(section.table), names).entries()
    sections = tuple((section.id, section.heading, anchor(section)) for section in form.sections)
    return FormWords(form.id, sections, tuple(names.numbers), tuple(entries))


def anchor(section: Section) -> str:
    """The id of a section on the report's page."""
    return f"{section.id}-section"


def _around(table: Table, block: Block, above: tuple[Heading, ...]) -> tuple[str, ...]:
    """What else is printed over a row, besides the labels that its context names."""
    over = [word for heading in above for word in _own(heading)[1:]]
    return tuple(word for word in (*over, table.short, block.title) if word)


def _own(heading: Heading) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in (heading.label, heading.short, *heading.aliases, *heading.variants) if word))


def _printed(section: Section, table: Table | None) -> Iterator[str]:
    """The words of a section that belong to no row and no column."""
    yield from (section.heading, *section.aliases)
    if table is not None:
        yield from (table.label, *((table.short,) if table.short else ()), *table.aliases)
        for block in table.blocks:
            yield from (word for word in (block.title, block.corner, block.note) if word)
            yield from (one.label for column in block.columns for one in _grouping(column))


def _grouping(heading: Heading) -> Iterator[Heading]:
    if heading.children:
        yield heading
        for child in heading.children:
            yield from _grouping(child)
