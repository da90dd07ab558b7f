"""A chart as it is drawn: every place in whole units of the picture, every word decided.

A template only writes it. The picture is `width` units wide, and its text 22 of them high.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Bar:
    """A rectangle from its upper left corner, filled with the pattern of that number."""

    x: int
    y: int
    width: int
    height: int
    pattern: int


@dataclass(frozen=True)
class Line:
    """A level line at a height: of the axis' scale, or where a bar of 0 stands."""

    x: int
    y: int
    width: int


@dataclass(frozen=True)
class Boundary:
    """An upright line before a year from which something else is counted or in another way."""

    x: int
    top: int
    bottom: int


@dataclass(frozen=True)
class Label:
    """Words in the picture.

    `role` is value, missing, year, scale or boundary; `anchor` is the end of the words that stands
    at `x`.
    """

    x: int
    y: int
    text: str
    role: str
    anchor: str = "middle"


@dataclass(frozen=True)
class Plot:
    """The picture.

    `scale` are the lines behind the bars, of which the lowest is the axis; `zeros` stand where a
    bar of 0 would.
    """

    width: int
    height: int
    scale: tuple[Line, ...]
    bars: tuple[Bar, ...]
    zeros: tuple[Line, ...]
    boundaries: tuple[Boundary, ...]
    labels: tuple[Label, ...]


@dataclass(frozen=True)
class ChartRow:
    """One year of the table beside a chart.

    A figure or a word for each column, and whether something changed from this year on.
    """

    year: int
    cells: tuple[str, ...]
    boundary: bool = False


@dataclass(frozen=True)
class Chart:
    """A chart of an agency's years: its finding in words, the picture, the numbers as a table.

    `plot` is None where all is 0; `patterns` are what the patterns mean; `description` is for those
    who cannot see the picture; `notes` say what the picture leaves open.
    """

    id: str
    title: str
    unit: str
    finding: str
    description: str
    plot: Plot | None
    patterns: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[ChartRow, ...]
    notes: tuple[str, ...] = ()
