"""The tables of a print page, read from its HTML: the cells, and the headings of each cell.

The page is our own, rendered from the table model; this is how its headings get into the PDF.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

CELL = re.compile("<t[hd] [^>]*>")
SPAN = re.compile("(<th>|<th [^>]*>)<span>([^<]*)</span>(?=</th>)")
NAMES = re.compile(' (?:id|headers|scope)="[^"]*"')


@dataclass
class TableCell:
    """A cell: `th` or `td`, its id (made up where the page has none), the ids of its headings.

    `scope` is `row` or `col` for a heading.
    """

    tag: str
    id: str
    headers: tuple[str, ...]
    scope: str
    colspan: int
    rowspan: int


@dataclass
class TableRow:
    """A line of a table, in one of its row groups.

    `head` marks the lines of a `thead`, which is repeated on a new page.
    """

    table: int
    group: int
    head: bool
    cells: list[TableCell] = field(default_factory=list)

    @property
    def shape(self) -> tuple[tuple[str, int], ...]:
        """The tag and the width of each cell."""
        return tuple((cell.tag, cell.colspan) for cell in self.cells)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.rows: list[TableRow] = []
        self.table = -1
        self.group = 0
        self.head = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.table += 1
            self.group += 1
            self.head = False
        elif tag in {"thead", "tbody"}:
            self.group += 1
            self.head = tag == "thead"
        elif tag == "tr":
            self.rows.append(TableRow(self.table, self.group, self.head))
        elif tag in {"th", "td"}:
            attributes = {name: value or "" for name, value in attrs}
            self.rows[-1].cells.append(self._cell(tag, attributes))

    def _cell(self, tag: str, attributes: Mapping[str, str]) -> TableCell:
        row = self.rows[-1]
        return TableCell(
            tag,
            attributes.get("id") or f"t{self.table}-{len(self.rows)}-{len(row.cells)}",
            tuple(attributes.get("headers", "").split()),
            attributes.get("scope") or ("col" if row.head else "row"),
            int(attributes.get("colspan", 1)),
            int(attributes.get("rowspan", 1)),
        )


def read(html: str) -> list[TableRow]:
    """Every line of every table of a page, in order.

    A data cell that names no headings gets those of its line and its column.
    """
    reader = _Reader()
    reader.feed(html)
    for number in range(reader.table + 1):
        _infer([row for row in reader.rows if row.table == number])
    return reader.rows


def bare(html: str) -> str:
    """The page without what only `read` needs.

    For WeasyPrint an id is a target of links and has a style of its own, which it works out for
    that cell alone: 300 of them take a quarter of the time of a report. A span that holds the whole
    text of a heading serves only the styles of the screen.
    """
    without_spans = SPAN.sub(r"\1\2", html)
    return CELL.sub(lambda cell: NAMES.sub("", cell[0]), without_spans)


def _infer(rows: list[TableRow]) -> None:
    """Give the data cells of a simple table the headings that the HTML algorithm finds.

    Simple tables (prose, facts) have no cells that span lines.
    """
    column_headings: dict[int, list[str]] = {}
    for row in rows:
        row_headings = [cell.id for cell in row.cells if cell.tag == "th" and cell.scope == "row"]
        column = 0
        for cell in row.cells:
            if cell.tag == "th" and cell.scope == "col":
                for covered in range(column, column + cell.colspan):
                    column_headings.setdefault(covered, []).append(cell.id)
            elif cell.tag == "td" and not cell.headers:
                cell.headers = (*row_headings, *column_headings.get(column, ()))
            column += cell.colspan
