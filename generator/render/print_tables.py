"""The tables of a print page as its HTML states them: what every cell is, and by which headings a reader reaches it.

The page is our own, rendered a moment ago from the table model; this is the way its headings get into the PDF.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

CELL = re.compile("<t[hd] [^>]*>")
SPAN = re.compile("(<th>|<th [^>]*>)<span>([^<]*)</span>(?=</th>)")
NAMES = re.compile(' (?:id|headers|scope)="[^"]*"')


@dataclass
class TableCell:
    """A cell: `th` or `td`, its id (given one where it has none), the ids of its headings, `row` or `col` for a heading."""

    tag: str
    id: str
    headers: tuple[str, ...]
    scope: str
    colspan: int
    rowspan: int


@dataclass
class TableRow:
    """A line of a table, in one of its row groups; `head` where that is a `thead`, which is repeated on a new page."""

    table: int
    group: int
    head: bool
    cells: list[TableCell] = field(default_factory=list)

    @property
    def shape(self) -> tuple[tuple[str, int], ...]:
        """What a line looks like: each cell's tag and width."""
        return tuple((cell.tag, cell.colspan) for cell in self.cells)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.rows: list[TableRow] = []
        self.table, self.group, self.head = -1, 0, False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "table":
            self.table, self.group, self.head = self.table + 1, self.group + 1, False
        elif tag in {"thead", "tbody"}:
            self.group, self.head = self.group + 1, tag == "thead"
        elif tag == "tr":
            self.rows.append(TableRow(self.table, self.group, self.head))
        elif tag in {"th", "td"}:
            row = self.rows[-1]
            name = given.get("id") or f"t{self.table}-{len(self.rows)}-{len(row.cells)}"
            scope = given.get("scope") or ("col" if row.head else "row")
            spans = int(given.get("colspan", 1)), int(given.get("rowspan", 1))
            row.cells.append(TableCell(tag, name, tuple(given.get("headers", "").split()), scope, *spans))


def read(html: str) -> list[TableRow]:
    """Every line of every table of a page, in order. A data cell that names no headings gets those of its line and its column."""
    reader = _Reader()
    reader.feed(html)
    for number in range(reader.table + 1):
        _infer([row for row in reader.rows if row.table == number])
    return reader.rows


def bare(html: str) -> str:
    """The page without what only a reader of `read` needs. To WeasyPrint an id is a place that links lead to and a style of its own, which
    it works out for that cell alone: 300 of them take a quarter of the time of a report. A span that holds all the words of a heading
    is there for the styles of the screen.
    """
    return CELL.sub(lambda cell: NAMES.sub("", cell[0]), SPAN.sub(r"\1\2", html))


def _infer(rows: list[TableRow]) -> None:
    """Headings for the data cells of a simple table (prose, facts), as the HTML algorithm finds them: no spans down there."""
    above: dict[int, list[str]] = {}
    for row in rows:
        beside = tuple(cell.id for cell in row.cells if cell.tag == "th" and cell.scope == "row")
        column = 0
        for cell in row.cells:
            if cell.tag == "th" and cell.scope == "col":
                for place in range(column, column + cell.colspan):
                    above.setdefault(place, []).append(cell.id)
            elif cell.tag == "td" and not cell.headers:
                cell.headers = (*beside, *above.get(column, ()))
            column += cell.colspan
