"""PDF with a text layer: tables by their ruled lines, the rest as paragraphs.

The only user of pdfplumber. A table without rules comes as lines of text, whose figures are read
as those of scraped text are.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from generator.importing.blocks import Line, Piece, Source, Spot
from generator.importing.characters import visible
from generator.importing.refusal import Refusal
from generator.language.sentence import sentence

MOST_PAGES = 80
MOST_CHARACTERS = 400_000
MOST_RULES = 20_000
FEWEST_CHARACTERS = 40
NEAR = 2.0  # points: edges so near are one
MARGIN = 0.09  # of the page's height: there page numbers stand
WIDE_GAP = 1.8  # characters: so far apart two texts are two cells
PAGE_NUMBER = re.compile(
    r"[-—–·\s]*(?:第\s*)?[0-9]{1,4}(?:\s*页)?(?:\s*[/／]\s*[0-9]{1,4})?[-—–·\s]*"
)
RADICAL = re.compile("[⺀-⿟]")
PARAGRAPH_END = re.compile(r"[。：；！？:;!?]$")
HEADING = re.compile(r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)])")

Box = tuple[float, float, float, float]


def read(content: bytes) -> Source:
    """The lines of a PDF. Raises Refusal."""
    import pdfplumber
    from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

    lines: list[Line] = []
    characters = 0
    try:
        with pdfplumber.open(io.BytesIO(content)) as document:
            if len(document.pages) > MOST_PAGES:
                raise Refusal(sentence("PDF 超过 {most} 页，没有读取", most=MOST_PAGES))
            for number, page in enumerate(document.pages, 1):
                characters += len(page.chars)
                if characters > MOST_CHARACTERS or len(page.rects) + len(page.lines) > MOST_RULES:
                    raise Refusal(sentence("PDF 的内容过多，没有读取"))
                lines += _Page(page, number, len(lines)).lines()
                page.close()
    except (MalformedPDFException, PdfminerException, ValueError, TypeError, KeyError) as error:
        raise Refusal(sentence("PDF 打不开：可能已损坏，或加了密码")) from error
    if characters < FEWEST_CHARACTERS:
        raise Refusal(
            sentence("PDF 里没有文字层（多半是扫描件），不能导入；请找到网页、Word 或 Excel 原件")
        )
    return Source("pdf", tuple(_paragraphs(lines)))


def _tidy(text: str) -> str:
    """The text with common characters in the place of radicals."""
    plain = RADICAL.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    return visible(plain)


class _Page:
    """One page: its tables in their places among its lines."""

    def __init__(self, page: Any, number: int, grids: int) -> None:
        self.page = page
        self.number = number
        self.grids = grids
        self.part = f"p{number}"
        self.count = 0

    def lines(self) -> list[Line]:
        """The lines of the page from top to bottom."""
        tables = [table for table in self.page.find_tables() if len(table.cells) > 3]
        placed: list[tuple[float, list[Line]]] = []
        for number, table in enumerate(tables):
            placed.append((table.bbox[1], self._table(table, self.grids + number + 1)))
        placed += self._texts([table.bbox for table in tables])
        placed.sort(key=lambda entry: entry[0])
        return [line for _, lines in placed for line in lines]

    def _spot(self) -> Spot:
        self.count += 1
        return Spot(self.count, 1, self.part)

    # Tables

    def _table(self, table: Any, grid: int) -> list[Line]:
        cells = sorted(set(table.cells), key=lambda box: (box[1], box[0]))
        tops = _edges([box[1] for box in cells])
        lefts = _edges([box[0] for box in cells] + [box[2] for box in cells])
        rows: dict[int, list[Piece]] = {}
        texts = self._cell_texts(cells)
        for box in cells:
            first_column = _index(lefts, box[0])
            width = max(_index(lefts, box[2]) - first_column, 1)
            text = texts[box]
            rows.setdefault(_index(tops, box[1]), []).append(
                Piece(text, Spot(1, 1, self.part), first_column, width)
            )
        lines = []
        for number in sorted(rows):
            spot = self._spot()
            pieces = sorted(rows[number], key=lambda piece: piece.column)
            placed = tuple(Piece(p.text, spot, p.column, p.width) for p in pieces)
            lines.append(Line(placed, grid, exact=True))
        return lines

    def _cell_texts(self, cells: Sequence[Box]) -> dict[Box, str]:
        """The text of each cell: the characters whose middle is in it."""
        inside: dict[Box, list[Any]] = {box: [] for box in cells}
        ordered = sorted(cells, key=lambda box: (box[2] - box[0]) * (box[3] - box[1]))
        for character in self.page.chars:
            across = (character["x0"] + character["x1"]) / 2
            down = (character["top"] + character["bottom"]) / 2
            for box in ordered:
                if box[0] <= across <= box[2] and box[1] <= down <= box[3]:
                    inside[box].append(character)
                    break
        return {box: _text_of(characters, box) for box, characters in inside.items()}

    # Text

    def _texts(self, boxes: Sequence[Box]) -> list[tuple[float, list[Line]]]:
        """(top, line) of each line of text outside the tables."""

        def outside(item: Any) -> bool:
            middle = (item["top"] + item["bottom"]) / 2
            across = (item["x0"] + item["x1"]) / 2
            return not any(
                box[0] - NEAR <= across <= box[2] + NEAR
                and box[1] - NEAR <= middle <= box[3] + NEAR
                for box in boxes
            )

        characters = [c for c in self.page.chars if outside(c) and c["text"].strip()]
        placed = []
        for row in _rows(characters):
            text = "".join(character["text"] for character in row)
            top = min(character["top"] for character in row)
            bottom = max(character["bottom"] for character in row)
            height = float(self.page.height)
            at_edge = bottom < height * MARGIN or top > height * (1 - MARGIN)
            if at_edge and PAGE_NUMBER.fullmatch(text):
                continue
            placed.append((top, [self._line(row)]))
        return placed

    def _line(self, row: Sequence[Any]) -> Line:
        """A line of text; one with wide gaps is a row of cells."""
        spot = self._spot()
        size = max(character["size"] for character in row)
        pieces: list[str] = [""]
        end = row[0]["x0"]
        for character in row:
            gap = character["x0"] - end
            if gap > size * WIDE_GAP:
                pieces.append("")
            elif gap > size * 0.3 and pieces[-1]:
                pieces[-1] += " "
            pieces[-1] += character["text"]
            end = character["x1"]
        texts = [_tidy(piece).strip() for piece in pieces if piece.strip()]
        indent = row[0]["x0"] / max(size, 1)
        reach = row[-1]["x1"] / max(float(self.page.width), 1)
        if len(texts) > 1:
            return Line(
                tuple(Piece(text, spot, place) for place, text in enumerate(texts)), grid=-1
            )
        # Indent and reach tell where paragraphs end; they are dropped in `_paragraphs`.
        return Line(
            (
                Piece(
                    texts[0] if texts else "",
                    Spot(spot.line, round(indent * 10), self.part),
                    round(reach * 1000),
                ),
            )
        )


def _edges(values: Sequence[float]) -> list[float]:
    """The edges of a table: values that are near each other are one."""
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > NEAR:
            edges.append(value)
    return edges


def _index(edges: Sequence[float], value: float) -> int:
    return min(range(len(edges)), key=lambda number: abs(edges[number] - value))


def _rows(characters: Sequence[Any]) -> list[list[Any]]:
    """Characters as lines of text, from top to bottom and left to right."""
    rows: list[list[Any]] = []
    for character in sorted(characters, key=lambda c: ((c["top"] + c["bottom"]) / 2, c["x0"])):
        middle = (character["top"] + character["bottom"]) / 2
        if rows:
            first = rows[-1][0]
            first_middle = (first["top"] + first["bottom"]) / 2
            if abs(middle - first_middle) < 0.45 * max(first["bottom"] - first["top"], 1):
                rows[-1].append(character)
                continue
        rows.append([character])
    return [sorted(row, key=lambda c: c["x0"]) for row in rows]


def _text_of(characters: Sequence[Any], box: Box) -> str:
    """The text of a cell; a number that its cell broke over two lines is one."""
    filled = [character for character in characters if character["text"].strip()]
    rows = _rows(filled)
    texts = [_joined(row) for row in rows]
    if len(texts) > 1 and all(text.isdecimal() for text in texts):
        room = box[2] - box[0]
        used = rows[0][-1]["x1"] - rows[0][0]["x0"]
        if used > 0.6 * room:
            return "".join(texts)
    return "\n".join(texts)


def _joined(row: Sequence[Any]) -> str:
    text = ""
    end = row[0]["x0"]
    for character in row:
        if character["x0"] - end > character["size"] * 0.5 and text:
            text += " "
        text += character["text"]
        end = character["x1"]
    return _tidy(text).strip()


def _paragraphs(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines with those of one paragraph joined."""
    prose = [line.pieces[0] for line in lines if not line.grid and line.pieces]
    right = sorted(piece.column for piece in prose)[int(len(prose) * 0.9)] if prose else 0
    pending: Piece | None = None
    for line in lines:
        piece = line.pieces[0] if line.pieces else None
        if line.grid or piece is None:
            if pending:
                yield Line((_plain(pending),))
                pending = None
            yield line
            continue
        full = pending is not None and pending.column > right - 60
        ended = pending is not None and PARAGRAPH_END.search(pending.text) and not full
        indented = pending is not None and piece.spot.column > pending.spot.column + 12
        starts = indented or bool(HEADING.match(piece.text)) or _is_figures(piece.text)
        if pending and full and not ended and not starts:
            pending = Piece(pending.text + piece.text, pending.spot, piece.column)
            continue
        if pending:
            yield Line((_plain(pending),))
        pending = piece
    if pending:
        yield Line((_plain(pending),))


def _is_figures(text: str) -> bool:
    return bool(re.search(r"\d(?:\s+\d+){2,}\s*$", text))


def _plain(piece: Piece) -> Piece:
    return Piece(piece.text, Spot(piece.spot.line, 1, piece.spot.part))
