"""Text as scraped from a page, and Markdown: lines of paragraphs, of pipes and of tabs.

Cells were lost in most such texts. Only a Markdown table whose rows all have as many cells as its
ruler is taken to have them all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.importing.blocks import Line, Piece, Source, Spot
from generator.importing.characters import visible

RULER = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*")
HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*")
ITEM = re.compile(r"\s{0,3}([-*+]|\d{1,3}[.)])\s+(.+)")
LINE_END = re.compile(r"\r\n|[\r\n\f\v\x85\u2028\u2029]")


def read(text: str, kind: str) -> Source:
    """The lines of a text; of `md`, its headings and lists too."""
    rows = [visible(line) for line in LINE_END.split(text)]
    lines: list[Line] = []
    grid = 0
    number = 0
    while number < len(rows):
        run = _run(rows, number)
        if run:
            grid += 1
            lines += _table(rows[number : number + run], number + 1, grid)
            number += run
            continue
        lines += _paragraph(rows[number], number + 1, kind)
        number += 1
    return Source(kind, tuple(lines))


def _run(rows: Sequence[str], start: int) -> int:
    """How many lines from `start` on are rows of one table."""
    length = 0
    while start + length < len(rows) and _is_row(rows[start + length]):
        length += 1
    return length


def _is_row(text: str) -> bool:
    return "|" in text or "\t" in text


def _cells(text: str) -> list[tuple[int, str]]:
    """(column in the line, text) of the cells; what stands outside the outer pipes is none."""
    mark = "|" if "|" in text else "\t"
    cells = []
    offset = 0
    for part in text.split(mark):
        cells.append((offset + 1, part.strip()))
        offset += len(part) + 1
    if len(cells) > 1 and not cells[0][1]:
        cells = cells[1:]
    if len(cells) > 1 and not cells[-1][1] and mark == "|":
        cells = cells[:-1]
    return cells


def _table(rows: Sequence[str], first: int, grid: int) -> Iterator[Line]:
    cells = [_cells(row) for row in rows]
    rulers = [number for number, row in enumerate(rows) if "-" in row and RULER.fullmatch(row)]
    widths = {len(row) for row in cells}
    exact = bool(rulers) and len(widths) == 1
    for number, row in enumerate(cells):
        if number in rulers:
            continue
        pieces = tuple(
            Piece(text, Spot(first + number, column), place)
            for place, (column, text) in enumerate(row)
        )
        yield Line(pieces, grid, exact)


def _paragraph(text: str, number: int, kind: str) -> Iterator[Line]:
    if not text.strip():
        return
    spot = Spot(number, len(text) - len(text.lstrip()) + 1)
    heading = HEADING.fullmatch(text) if kind == "md" else None
    item = ITEM.fullmatch(text) if kind == "md" else None
    if heading:
        yield Line((Piece(_unmarked(heading[2]), spot),), level=len(heading[1]))
    elif item:
        markdown = item[2].strip()
        marker = item[1] if item[1][0].isdigit() else "-"
        yield Line((Piece(_unmarked(markdown), spot),), marker=marker, markdown=markdown)
    else:
        plain = text.strip()
        markdown = plain if kind == "md" else ""
        yield Line((Piece(_unmarked(plain) if markdown else plain, spot),), markdown=markdown)


def _unmarked(markdown: str) -> str:
    return re.sub(r"\*\*|__|(?<!\w)\*(?!\s)|\\(?=[*_#|])", "", markdown)
