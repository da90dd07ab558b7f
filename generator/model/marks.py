"""What must be known about a figure beside its number.

A figure bears the same marks wherever it is shown: in a statutory table, in a comparison, in a
file. A new mark is added to `Mark`; mypy then names the functions here that do not know it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import NamedTuple, assert_never

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

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Every mark that the figure bears."""
        figure = self.figure
        return _marks(
            Facts(
                zero=figure is not None and figure.value == 0,
                total=self.total,
                corrected=self.corrected,
                merged=bool(self.addends),
                absent=figure is None,
                computed=figure is not None and figure.computed,
                restated=bool(self.restatements),
                contested=self.contradiction is not None,
                shifted=bool(self.shifts),
            )
        )


class Facts(NamedTuple):
    """What is so of a figure. There are few combinations and hundreds of thousands of figures."""

    zero: bool
    total: bool
    corrected: bool
    merged: bool
    absent: bool
    computed: bool
    restated: bool
    contested: bool
    shifted: bool

    def ask_for(self, mark: Mark) -> bool:
        """Whether a figure of which these are so bears a mark."""
        match mark:
            case Mark.ZERO:
                fact = self.zero
            case Mark.TOTAL:
                fact = self.total
            case Mark.CORRECTED:
                fact = self.corrected
            case Mark.MERGED:
                fact = self.merged
            case Mark.ABSENT:
                fact = self.absent
            case Mark.COMPUTED:
                fact = self.computed
            case Mark.RESTATED:
                fact = self.restated
            case Mark.CONTESTED:
                fact = self.contested
            case Mark.SHIFTED:
                fact = self.shifted
            case _:
                assert_never(mark)
        return fact


@cache
def _marks(facts: Facts) -> tuple[Mark, ...]:
    return tuple(mark for mark in Mark if facts.ask_for(mark))


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
