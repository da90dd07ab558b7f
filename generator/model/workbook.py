"""A report as a workbook: the content of its sheets, before anything is laid out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from generator.model.figure import Figure, Number
from generator.model.table import Grid

Line = tuple[str | Number | None, ...]


@dataclass(frozen=True)
class TableSheet:
    """A sheet with one table.

    The sheet's name, the table's name (a word of ASCII), a title, heads of the columns with their
    widths in characters, and lines without gaps.
    """

    name: str
    table: str
    title: str
    heads: tuple[str, ...]
    widths: tuple[int, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Workbook:
    """The workbook of a report.

    `cover` are pairs of words, `sheets` the tables, of which the first is the notes; `printed` is
    the name of the sheet that shows the `grids` as the law prints them, with their `figures`.
    `back` is the link back to the cover, `day` that of publication.
    """

    title: str
    author: str
    day: date
    cover_name: str
    cover: tuple[tuple[str, str], ...]
    contents: str
    back: str
    sheets: tuple[TableSheet, ...]
    printed: str
    grids: tuple[Grid, ...]
    figures: Mapping[str, Figure]
