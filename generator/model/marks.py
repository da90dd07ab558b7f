"""What must be known about a figure beside its number.

A figure bears the same marks wherever it is shown: in a statutory table, in a comparison, in a
file. A new mark is added to `Mark`; mypy then names the functions here that do not know it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from generator.model.figure import Figure
from generator.model.finding import Finding
from generator.model.format import Break


class Mark(StrEnum):
    """A mark. COMPUTED: a total that the report left out. MERGED: the form prints only the addends.

    ABSENT: the form has no such figure. CORRECTED: it was changed after publication. RESTATED: it
    was stated with another value elsewhere. CONTESTED: another figure of the report contradicts
    it. SHIFTED: its meaning, or the law around it, changed since the year before.
    """

    ZERO = "zero"
    TOTAL = "total"
    CORRECTED = "changed"
    MERGED = "merged"
    ABSENT = "absent"
    COMPUTED = "computed"
    RESTATED = "restated"
    CONTESTED = "contested"
    SHIFTED = "shifted"


@dataclass(frozen=True)
class Restatement:
    """Another value of a figure: in short, and in sentences with the reason.

    `rule` is the one that compares the two, where one does.
    """

    short: str
    sentences: tuple[str, ...]
    rule: str = ""


@dataclass(frozen=True)
class FigureMarks:
    """The marks of one figure, with what stands behind each.

    `figure` is None where the form has none; `addends` are the concepts that were added up where
    the form prints only these.
    """

    figure: Figure | None
    total: bool = False
    corrected: bool = False
    addends: tuple[str, ...] = ()
    restatements: tuple[Restatement, ...] = ()
    contradiction: Finding | None = None
    shifts: tuple[Break, ...] = ()

    def bears(self, mark: Mark) -> bool:
        """Whether the figure has a mark."""
        match mark:
            case Mark.ZERO:
                result = self.figure is not None and self.figure.value == 0
            case Mark.TOTAL:
                result = self.total
            case Mark.CORRECTED:
                result = self.corrected
            case Mark.MERGED:
                result = bool(self.addends)
            case Mark.ABSENT:
                result = self.figure is None
            case Mark.COMPUTED:
                result = self.figure is not None and self.figure.computed
            case Mark.RESTATED:
                result = bool(self.restatements)
            case Mark.CONTESTED:
                result = self.contradiction is not None
            case Mark.SHIFTED:
                result = bool(self.shifts)
            case _:
                assert_never(mark)
        return result

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Every mark that the figure bears."""
        return tuple(mark for mark in Mark if self.bears(mark))


def style(mark: Mark) -> str:
    """The class by which a style sheet tells a marked cell; empty where a note tells it."""
    match mark:
        case Mark.ZERO | Mark.TOTAL | Mark.CORRECTED | Mark.MERGED | Mark.ABSENT:
            return mark.value
        case Mark.COMPUTED | Mark.RESTATED | Mark.CONTESTED | Mark.SHIFTED:
            return ""
        case _:
            assert_never(mark)


def styles(marks: Iterable[Mark]) -> list[str]:
    """The classes of a cell with these marks."""
    return [style(mark) for mark in marks if style(mark)]
