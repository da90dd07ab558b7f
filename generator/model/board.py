"""The content of pages about several bodies: roll-ups of a government, and the coverage board."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.frame import Frame, Link
from generator.model.report_view import Note


@dataclass(frozen=True)
class MemberFigure:
    """The figure of one member in a cell, with the way to that cell."""

    link: Link
    text: str


@dataclass(frozen=True)
class SumRow:
    """One cell: published, added up, their difference, from how many members.

    `difference` is a word where members lack the cell, and the row then is `partial`, or where it
    applies to nobody; `differs` where it is more than rounding. `notes` number the notes on the
    cell; `parts` are the members whose figure is not 0, as far as a page can hold them; `zeros`
    says how many have 0, `beyond` how many more are only in the file.
    """

    id: str
    label: str
    gloss: str
    published: str
    computed: str
    difference: str
    differs: bool
    partial: bool
    counted: str
    notes: tuple[int, ...]
    parts: tuple[MemberFigure, ...]
    zeros: int
    beyond: int


@dataclass(frozen=True)
class SumTable:
    """The cells of a statutory table, or of one column of it.

    `nought` names the cells that are 0 published and added up; `folded` is a table that only few
    readers look for.
    """

    id: str
    caption: str
    rows: tuple[SumRow, ...]
    nought: tuple[str, ...]
    folded: bool


@dataclass(frozen=True)
class RollupPage:
    """A government's consolidated figures beside the sums of its members.

    `sentence` says how many cells agree, `differing` names those that do not (`beyond` more are not
    named); `members` lead to the members' reports, `further` more are only in the file; `missing`
    are those without a report, with the day it was due; `report` is the way to the government's
    own, None where there is none.
    """

    frame: Frame
    kicker: Link
    year: int
    report: Link | None
    sentence: str
    differing: tuple[SumRow, ...]
    beyond: int
    members: tuple[Link, ...]
    further: int
    missing: tuple[tuple[Link, str], ...]
    remarks: tuple[str, ...]
    tables: tuple[SumTable, ...]
    notes: tuple[Note, ...]
    caveats: tuple[str, ...]
    csv: str
    years: tuple[Link, ...]


@dataclass(frozen=True)
class BoardRow:
    """How many bodies of a kind and level, or of a year, have each standing.

    A number for each column of the board.
    """

    link: Link
    deadline: str
    counts: tuple[int, ...]


@dataclass(frozen=True)
class NamedBodies:
    """The bodies of a kind and level with one standing, by name, each with a remark.

    `open` where they are few.
    """

    heading: str
    bodies: tuple[tuple[Link, str], ...]
    open: bool


@dataclass(frozen=True)
class BoardGroup:
    """A kind and level of which some bodies are named: its heading, and the bodies by standing."""

    id: str
    heading: str
    named: tuple[NamedBodies, ...]


@dataclass(frozen=True)
class CoveragePage:
    """Who published in time: over the years, where `groups` is empty, or in one year.

    The year is told by level and kind.
    """

    frame: Frame
    sentence: str
    caption: str
    first: str
    columns: tuple[str, ...]
    rows: tuple[BoardRow, ...]
    total: BoardRow | None
    groups: tuple[BoardGroup, ...]
    files: tuple[Link, ...]
    years: tuple[Link, ...]
    year: Link | None = None
