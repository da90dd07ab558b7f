"""A form's table with a report's figures, laid out as the law prints it: spans, order, note, and the headings of every cell.

Headings are trees. A head of depth d has d lines; a heading without children reaches down to the last of them. Row heads are the
same thing turned by a quarter. `across` puts the rows of a table side by side as groups of columns (table four).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from generator.model.figure import Figure
from generator.model.format import Block, Format, Heading, Table
from generator.model.table import Grid, GridCell, Group, Kind, Line


@dataclass(frozen=True)
class Leaf:
    """A heading that carries figures, with the ids of itself and of everything above it."""

    heading: Heading
    ids: tuple[str, ...]


def grid(form: Format, table: Table, figures: Mapping[str, Figure], glossed: bool = False) -> Grid:
    """The printed table. Its data cells have exactly the addresses of the form's cells of this table, in print order.

    `glossed` is for pages in another language: the form's words are printed with their English beside them, where it has one.
    """
    kind = _Across if table.layout == "across" else _Down
    layouts = [kind(table, prefix, block) for prefix, block in zip(_prefixes(form, table), table.blocks, strict=True)]
    width = max(layout.width for layout in layouts)
    totals = {identity.computes for identity in form.identities if identity.table == table.id and identity.computes}
    groups = [group for layout in layouts for group in layout.groups(figures, width, totals)]
    heads = max(layout.row_heads for layout in layouts)
    return Grid(table.id, table.label, width, heads, tuple(groups), table.gloss, glossed)


def _prefixes(form: Format, table: Table) -> Iterator[str]:
    """What the ids of a block's headings begin with: `t2` for the second table, `t1b` for the second block of the first. Every figure
    names four of them, so they are short."""
    own = f"t{form.tables.index(table) + 1}"
    return (f"{own}{chr(ord('a') + number)}" if len(table.blocks) > 1 else own for number in range(len(table.blocks)))


class _Down:
    """A block whose rows are lines: headings at the left, a column head above, a title line over both where there is one."""

    def __init__(self, table: Table, prefix: str, block: Block) -> None:
        self.table, self.block, self.prefix = table, block, prefix
        self.row_heads = max(_depth(row) for row in block.rows)
        self.width = self.row_heads + len(block.leaf_columns)

    def groups(self, figures: Mapping[str, Figure], width: int, totals: set[str]) -> list[Group]:
        title = self._title(width)
        above = (title.id,) if title else ()
        head, columns = _column_head(self.block.columns, f"{self.prefix}c", above)
        spare = width - self.width
        last = columns[-1].ids  # the chain over the rightmost column: it takes the room that other blocks need
        head = [[replace(cell, colspan=cell.colspan + spare) if cell.id in last else cell for cell in line] for line in head]
        if corner := self._corner(len(head), above):
            head[0].insert(0, corner)
        lines = ([(title,)] if title else []) + [tuple(line) for line in head]
        rows, leaves = _row_head(self.block.rows, f"{self.prefix}r", self.row_heads, above)
        body = []
        for line, row in zip(rows, leaves, strict=True):
            cells = [_data(self.table, row, column, figures, totals) for column in columns]
            cells[-1] = replace(cells[-1], colspan=1 + spare)
            body.append((*line, *cells))
        return [Group(True, tuple(lines)), Group(False, tuple(body))]

    def _title(self, width: int) -> GridCell | None:
        if not self.block.title:
            return None
        own, gloss = f"{self.prefix}t", self.block.title_gloss
        return GridCell(Kind.HEAD, self.block.title, colspan=width, id=own, axis="col", group=True, gloss=gloss)

    def _corner(self, depth: int, above: tuple[str, ...]) -> GridCell | None:
        if self.block.note:
            return GridCell(Kind.NOTE, self.block.note, depth, self.row_heads, f"{self.prefix}k", gloss=self.block.note_gloss)
        if self.block.corner:
            own, gloss = f"{self.prefix}k", self.block.corner_gloss
            return GridCell(Kind.HEAD, self.block.corner, depth, self.row_heads, own, above, "col", gloss=gloss)
        return None


class _Across:
    """A block whose rows stand side by side: each row heads a group of columns, and there is one line of figures."""

    row_heads = 0

    def __init__(self, table: Table, prefix: str, block: Block) -> None:
        self.table, self.block, self.prefix = table, block, prefix
        self.width = len(block.leaf_rows) * len(block.leaf_columns)

    def groups(self, figures: Mapping[str, Figure], width: int, totals: set[str]) -> list[Group]:
        columns = self.block.leaf_columns

        def with_columns(row: Heading) -> Heading:
            below = tuple(with_columns(child) for child in row.children) or columns
            return replace(row, children=below)

        head, leaves = _column_head(tuple(with_columns(row) for row in self.block.rows), f"{self.prefix}c", ())
        cells = []
        for number, leaf in enumerate(leaves):
            row = self.block.leaf_rows[number // len(columns)]
            cells.append(_data(self.table, Leaf(row, ()), leaf, figures, totals))
        return [Group(True, tuple(tuple(line) for line in head)), Group(False, (tuple(cells),))]


def _depth(heading: Heading) -> int:
    return 1 + max((_depth(child) for child in heading.children), default=0)


def _column_head(columns: tuple[Heading, ...], prefix: str, above: tuple[str, ...]) -> tuple[list[list[GridCell]], list[Leaf]]:
    """The lines of a column head, and its leaves from left to right."""
    depth = max(_depth(column) for column in columns)
    lines: list[list[GridCell]] = [[] for _ in range(depth)]
    leaves: list[Leaf] = []

    def put(heading: Heading, level: int, parents: tuple[str, ...]) -> None:
        own = f"{prefix}{sum(len(line) for line in lines) + 1}"
        span = len(list(heading.leaves()))
        down = 1 if heading.children else depth - level
        lines[level].append(_head(heading, down, span, own, parents, "col", level))
        for child in heading.children:
            put(child, level + 1, (*parents, own))
        if not heading.children:
            leaves.append(Leaf(heading, (*parents, own)))

    for column in columns:
        put(column, 0, above)
    return lines, leaves


def _row_head(rows: tuple[Heading, ...], prefix: str, depth: int, above: tuple[str, ...]) -> tuple[list[Line], list[Leaf]]:
    """The headings at the left of each line, and the row of each line."""
    lines: list[Line] = []
    leaves: list[Leaf] = []
    counter = iter(range(1, 10_000))

    def put(heading: Heading, level: int, parents: tuple[str, ...], pending: Line) -> None:
        own = f"{prefix}{next(counter)}"
        down = len(list(heading.leaves()))
        across = 1 if heading.children else depth - level
        line = (*pending, _head(heading, down, across, own, parents, "row", level))
        if not heading.children:
            lines.append(line)
            leaves.append(Leaf(heading, (*parents, own)))
        for number, child in enumerate(heading.children):
            put(child, level + 1, (*parents, own), line if number == 0 else ())

    for row in rows:
        put(row, 0, above, ())
    return lines, leaves


def _head(heading: Heading, down: int, across: int, own: str, parents: tuple[str, ...], axis: str, level: int) -> GridCell:
    group = bool(heading.children)
    return GridCell(Kind.HEAD, heading.label, down, across, own, parents, axis, group, level, gloss=heading.gloss)


def _data(table: Table, row: Leaf, column: Leaf, figures: Mapping[str, Figure], totals: set[str]) -> GridCell:
    address = f"{table.id}.{row.heading.path}.{column.heading.path}"
    figure = figures[address]
    return GridCell(
        Kind.DATA,
        figure.mark,
        headers=tuple(dict.fromkeys((*row.ids, *column.ids))),
        id=address,
        address=address,
        state=figure.state,
        zero=figure.value == 0,
        total=bool(totals & {row.heading.path, column.heading.path}),
        computed=figure.computed,
    )
