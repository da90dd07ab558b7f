"""What a document of any kind is read as: lines in reading order, each a paragraph or a table row.

A reader of one kind of document (web page, text, workbook, …) makes nothing else, and whoever reads
tables and texts needs to know nothing of kinds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the source: line and column from 1, and the sheet or page where it has several."""

    line: int = 1
    column: int = 1
    part: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph's text or that of a table cell, with its place in the source.

    `column` is the cell's first column in its table, from 0; it covers `width` of them.
    """

    text: str
    spot: Spot
    column: int = 0
    width: int = 1


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph (`grid` is 0), or a row of the table with that number.

    `exact` is a row of which the source has every cell, blank ones too: only its own cells can be
    missing. Other rows come from text in which cells were lost. `level` is that of a heading, from
    1; `marker` begins an item of a list; `markdown` is a paragraph with its emphasis.
    """

    pieces: tuple[Piece, ...]
    grid: int = 0
    exact: bool = False
    level: int = 0
    marker: str = ""
    markdown: str = ""

    @property
    def text(self) -> str:
        """The line in plain characters; cells are a blank apart."""
        return " ".join(piece.text for piece in self.pieces).strip()

    @property
    def single(self) -> bool:
        """Whether it is a paragraph, or a row of which only one cell is filled."""
        return self.grid == 0 or sum(bool(piece.text.strip()) for piece in self.pieces) == 1

    @property
    def spot(self) -> Spot:
        """Where the line begins."""
        return self.pieces[0].spot if self.pieces else Spot()


@dataclass(frozen=True)
class Source:
    """A document: its lines, and the names of the files and pictures it points to.

    `kind` is what it was read as (`html`, `xlsx`, …).
    """

    kind: str
    lines: Sequence[Line]
    attachments: tuple[str, ...] = ()
