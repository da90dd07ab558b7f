"""What a cell holds.

A blank, a `/` and an unreadable cell are three different things, and none of them is 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import assert_never

from generator.model.finding import Location

Number = int | Decimal


class State(StrEnum):
    """The state of a figure: only the first is a number, and none of the others is 0."""

    # domain facts 1.8

    NUMBER = "number"
    BLANK = "blank"
    NOT_APPLICABLE = "not_applicable"
    UNREADABLE = "unreadable"
    NOT_PRINTED = "not_printed"  # the report prints the group of this row as one row

    @property
    def unknown(self) -> bool:
        """Whether there is a number that nobody can tell, so that no sum with it is known."""
        match self:
            case State.UNREADABLE | State.NOT_PRINTED:
                return True
            case State.NUMBER | State.BLANK | State.NOT_APPLICABLE:
                return False
            case _:
                assert_never(self)


@dataclass(frozen=True, slots=True)
class Figure:
    """One cell.

    `value` is a number exactly when `state` is NUMBER; `raw` is what the report says, for print.

    `unit` is set only where the cell itself names one (2019: 采购总金额). `computed` marks a total the
    report left out. `at` is the place in report.yaml; it never counts when figures are compared.
    `mistaken` marks a cell that is missing or that the loader could not read: it has said so, and
    nothing else needs to be said about it.
    """

    state: State
    value: Number | None = None
    raw: str = ""
    unit: str = ""
    computed: bool = False
    mistaken: bool = False
    at: Location | None = field(default=None, compare=False)

    @property
    def text(self) -> str:
        """The text that the statutory table prints.

        The figure as reported, `/` where it does not apply, empty where it is blank.
        """
        match self.state:
            case State.NUMBER:
                return plain(self.value) + self.unit
            case State.BLANK | State.NOT_PRINTED:
                return ""
            case State.NOT_APPLICABLE:
                return "/"
            case State.UNREADABLE:
                return "无法辨认"
            case _:
                assert_never(self.state)

    @property
    def said(self) -> str:
        """The text for a sentence or a comparison.

        It has a minus sign, where the report may have typed a hyphen.
        """
        return typeset(self.text)

    @property
    def mark(self) -> str:
        """The text that a page shows in a cell.

        A cell that cannot be read shows a mark, which the legend explains, and so does one that the
        report does not print, where it stands beside figures of others.
        """
        if self.state is State.NOT_PRINTED:
            return "…"
        return "？" if self.state is State.UNREADABLE else self.text


BLANK = Figure(State.BLANK)
Figures = Mapping[str, Figure]


def plain(value: Number | None) -> str:
    """The number in digits, never in exponent notation; empty for None."""
    if value is None:
        return ""
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def typeset(text: str) -> str:
    """A number, written in digits, with a minus sign in the place of a hyphen.

    Nothing reads it back.
    """
    return text.replace("-", "−")


def size(value: Number) -> Number:
    """The number without its sign."""
    return value if value >= 0 else -value


def signed(value: Number) -> str:
    """The number with its sign, as a comparison prints it: `+3`, `−2`, `0`."""
    return typeset(plain(value)) if value <= 0 else f"+{plain(value)}"
