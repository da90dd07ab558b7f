"""The table of a form with the figures of a report, laid out as the law prints it.

That means spans, order, note, and the headings of every cell.

Headings are trees. A column head of depth d has d lines; a heading without children reaches down to
the last of them. Row heads are the same thing turned by a quarter. `across` puts the rows of a
table side by side as groups of columns (table four).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count

from generator.language.speech import SOURCE
from generator.model.figure import Figure
from generator.model.format import Block, Format, Heading, Table
from generator.model.marks import FigureMarks
from generator.model.table import Grid, GridCell, Group, Kind, Line

Figures = Mapping[str, Figure]
Ids = tuple[str, ...]


@dataclass(frozen=True)
class Leaf:
    """A heading that has figures, with the ids of itself and of everything above it."""

    heading: Heading
    ids: Ids


def grid(form: Format, table: Table, figures: Figures, language: str = SOURCE) -> Grid:
    """The printed table.

    Its data cells have exactly the addresses of the form's cells of this table, in print order.
    On a page in another language the words of the form have their glosses beside them.
    """
    layout_of = _Across if table.layout == "across" else _Down
    prefixes = zip(_prefixes(form, table), table.blocks, strict=True)
    layouts = [layout_of(table, prefix, block, language) for prefix, block in prefixes]
    width = max(layout.width for layout in layouts)
    row_heads = max(layout.row_heads for layout in layouts)
    identities = [identity for identity in form.identities if identity.table == table.id]
    totals = {identity.computes for identity in identities if identity.computes}
    groups: list[Group] = []
    for layout in layouts:
        groups += layout.groups(figures, width, totals)
    return Grid(
        table.id,
        table.label,
        width,
        row_heads,
        tuple(groups),
        table.gloss.say(language),
        glossed=language != SOURCE,
    )


def _prefixes(form: Format, table: Table) -> Iterator[str]:
    """The beginning of the ids of the headings of each block.

    It is `t2` for the second table, `t1b` for the second block of the first table. Every figure
    names four of these ids, so they are short.
    """
    prefix = f"t{form.tables.index(table) + 1}"
    if len(table.blocks) == 1:
        yield prefix
        return
    for number in range(len(table.blocks)):
        letter = chr(ord("a") + number)
        yield f"{prefix}{letter}"


class _Down:
    """A block whose rows are lines.

    Its headings stand at the left, a column head above, a title line over both where it has one.
    """

    def __init__(self, table: Table, prefix: str, block: Block, language: str) -> None:
        self.table = table
        self.block = block
        self.prefix = prefix
        self.language = language
        self.row_heads = max(_depth(row) for row in block.rows)
        self.width = self.row_heads + len(block.leaf_columns)

    def groups(self, figures: Figures, width: int, totals: set[str]) -> list[Group]:
        """The head and the body of the block, as wide as the widest block of the table."""
        head: list[Line] = []
        above: Ids = ()
        title = self._title(width)
        if title:
            head.append((title,))
            above = (title.id,)
        lines, columns = _column_head(self.block.columns, f"{self.prefix}c", above, self.language)
        corner = self._corner(len(lines), above)
        if corner:
            lines[0].insert(0, corner)
        # The rightmost column and the headings over it take the room that other blocks need.
        spare = width - self.width
        last_ids = columns[-1].ids
        for line in lines:
            if line and line[-1].id in last_ids:
                line[-1] = replace(line[-1], colspan=line[-1].colspan + spare)
            head.append(tuple(line))
        row_lines, rows = _row_head(
            self.block.rows, f"{self.prefix}r", self.row_heads, above, self.language
        )
        body = []
        for row_line, row in zip(row_lines, rows, strict=True):
            cells = [_data(self.table, row, column, figures, totals) for column in columns]
            cells[-1] = replace(cells[-1], colspan=1 + spare)
            body.append((*row_line, *cells))
        return [Group(True, tuple(head)), Group(False, tuple(body))]

    def _title(self, width: int) -> GridCell | None:
        """The cell of the title line; None for a block without a title."""
        if not self.block.title:
            return None
        return GridCell(
            Kind.HEAD,
            self.block.title,
            colspan=width,
            id=f"{self.prefix}t",
            axis="col",
            group=True,
            gloss=self.block.title_gloss.say(self.language),
        )

    def _corner(self, depth: int, above: Ids) -> GridCell | None:
        """The cell over the row heads: a note of the form, or a heading; None where it has none."""
        identifier = f"{self.prefix}k"
        width = self.row_heads
        if self.block.note:
            gloss = self.block.note_gloss.say(self.language)
            return GridCell(Kind.NOTE, self.block.note, depth, width, identifier, gloss=gloss)
        if self.block.corner:
            text = self.block.corner
            gloss = self.block.corner_gloss.say(self.language)
            return GridCell(Kind.HEAD, text, depth, width, identifier, above, "col", gloss=gloss)
        return None


class _Across:
    """A block whose rows stand side by side.

    Each row heads a group of columns, and there is one line of figures.
    """

    row_heads = 0

    def __init__(self, table: Table, prefix: str, block: Block, language: str) -> None:
        self.table = table
        self.block = block
        self.prefix = prefix
        self.language = language
        self.width = len(block.leaf_rows) * len(block.leaf_columns)

    def groups(self, figures: Figures, width: int, totals: set[str]) -> list[Group]:
        """The head and the line of figures."""
        columns = self.block.leaf_columns

        def with_columns(row: Heading) -> Heading:
            children = tuple(with_columns(child) for child in row.children)
            return replace(row, children=children or columns)

        headings = tuple(with_columns(row) for row in self.block.rows)
        head, leaves = _column_head(headings, f"{self.prefix}c", (), self.language)
        cells = []
        for number, leaf in enumerate(leaves):
            row = self.block.leaf_rows[number // len(columns)]
            cells.append(_data(self.table, Leaf(row, ()), leaf, figures, totals))
        return [Group(True, tuple(map(tuple, head))), Group(False, (tuple(cells),))]


def _depth(heading: Heading) -> int:
    return 1 + max((_depth(child) for child in heading.children), default=0)


def _column_head(
    columns: tuple[Heading, ...], prefix: str, above: Ids, language: str
) -> tuple[list[list[GridCell]], list[Leaf]]:
    """The lines of a column head, and its leaves from left to right."""
    depth = max(_depth(column) for column in columns)
    lines: list[list[GridCell]] = [[] for _ in range(depth)]
    leaves = []
    for heading, ids in _with_ids(columns, prefix, above):
        level = len(ids) - len(above) - 1
        down = 1 if heading.children else depth - level
        across = len(list(heading.leaves()))
        cell = _head(heading, down, across, ids, "col", level)
        lines[level].append(replace(cell, gloss=heading.gloss.say(language)))
        if not heading.children:
            leaves.append(Leaf(heading, ids))
    return lines, leaves


def _row_head(
    rows: tuple[Heading, ...], prefix: str, depth: int, above: Ids, language: str
) -> tuple[list[Line], list[Leaf]]:
    """The headings at the left of each line, and the row of each line."""
    lines = []
    leaves = []
    line: Line = ()
    for heading, ids in _with_ids(rows, prefix, above):
        level = len(ids) - len(above) - 1
        down = len(list(heading.leaves()))
        across = 1 if heading.children else depth - level
        cell = _head(heading, down, across, ids, "row", level)
        line += (replace(cell, gloss=heading.gloss.say(language)),)
        if not heading.children:
            lines.append(line)
            leaves.append(Leaf(heading, ids))
            line = ()
    return lines, leaves


def _with_ids(
    headings: tuple[Heading, ...], prefix: str, above: Ids
) -> Iterator[tuple[Heading, Ids]]:
    """The headings and all below them, each before its children, with ids.

    The ids are those of the headings over it, and as the last its own. They are numbered from 1.
    """
    numbers = count(1)

    def below(heading: Heading, parents: Ids) -> Iterator[tuple[Heading, Ids]]:
        ids = (*parents, f"{prefix}{next(numbers)}")
        yield heading, ids
        for child in heading.children:
            yield from below(child, ids)

    for heading in headings:
        yield from below(heading, above)


def _head(heading: Heading, down: int, across: int, ids: Ids, axis: str, level: int) -> GridCell:
    """The cell of a heading."""
    return GridCell(
        Kind.HEAD,
        heading.label,
        rowspan=down,
        colspan=across,
        id=ids[-1],
        headers=ids[:-1],
        axis=axis,
        group=bool(heading.children),
        level=level,
    )


def _data(table: Table, row: Leaf, column: Leaf, figures: Figures, totals: set[str]) -> GridCell:
    """The cell of a figure."""
    address = f"{table.id}.{row.heading.path}.{column.heading.path}"
    figure = figures[address]
    is_total = not totals.isdisjoint((row.heading.path, column.heading.path))
    return GridCell(
        Kind.DATA,
        figure.mark,
        headers=tuple(dict.fromkeys((*row.ids, *column.ids))),
        id=address,
        address=address,
        state=figure.state,
        bears=FigureMarks(figure, total=is_total).marks,
    )
