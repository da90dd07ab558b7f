"""What is known of a report's past beside its own files: what was committed to git, and what the site says that was built last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from generator.model.figure import Number, State


@dataclass(frozen=True)
class Commit:
    """A commit: the beginning of its id, and its day."""

    id: str
    day: str


@dataclass(frozen=True)
class Shown:
    """A figure as tables.json tells it. Decimals come through floating point there, and are compared so."""

    state: State
    value: Number | float | None = None
    unit: str = ""
    computed: bool = False

    @property
    def text(self) -> str:
        """The figure in a sentence."""
        words = {State.BLANK: "空白", State.NOT_APPLICABLE: "/", State.UNREADABLE: "无法辨认"}
        return words.get(self.state, f"{self.value}")


@dataclass(frozen=True)
class Published:
    """A report on the site that was built last: its form, its day, its figures by address, its corrections as (day, reason, cells)."""

    form: str
    day: date
    figures: Mapping[str, Shown]
    corrections: tuple[tuple[date, str, frozenset[str]], ...] = field(default=())
