"""Figures of several years side by side, as the comparison shows them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """What stands beside a compared figure: nothing, merged from parts, absent from that year's form, or a footnote."""

    NONE = ""
    MERGED = "merged"
    ABSENT = "absent"


@dataclass(frozen=True)
class ComparedCell:
    """One year's figure of a concept: text, how it came about, and the difference to the year before where both compare."""

    text: str
    mark: Mark = Mark.NONE
    change: str = ""
    notes: tuple[int, ...] = ()
    zero: bool = False
    boundary: bool = False


@dataclass(frozen=True)
class ComparedRow:
    """One concept over all years; `total` for the sums of its table. The glosses are for pages in another language."""

    label: str
    group: str
    cells: tuple[ComparedCell, ...]
    total: bool = False
    gloss: str = ""
    group_gloss: str = ""


@dataclass(frozen=True)
class ComparedTable:
    """One table over all years. `eras` are the runs of years under one form: its name and how many years."""

    id: str
    caption: str
    years: tuple[int, ...]
    eras: tuple[tuple[str, int], ...]
    rows: tuple[ComparedRow, ...]
    folded: bool = False
