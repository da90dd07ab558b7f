"""The past of a report beside its own files: commits in git, and what was published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from generator.model.figure import Figure, Number, State


@dataclass(frozen=True)
class Commit:
    """A commit: the beginning of its id, and its day."""

    id: str
    day: str


@dataclass(frozen=True)
class Shown:
    """A figure as tables.json tells it.

    Decimals come through floating point there, and are compared so.
    """

    state: State
    value: Number | float | None = None
    unit: str = ""
    computed: bool = False

    @property
    def text(self) -> str:
        """The figure in a sentence."""
        if self.state is State.NUMBER:
            return f"{self.value}"
        return Figure(self.state).text or "空白"


@dataclass(frozen=True)
class Published:
    """A report as it was published, or as it stands now to be held against that.

    `figures` are by address; a correction is (day, reason, cells). `texts` has a mark of the words
    of each part, `attachments` the SHA-256 of each file by name; either is None where it is not
    known, and a file whose bytes are not known has none. `commit` is the one it was found in.
    """

    form: str
    day: date | None
    figures: Mapping[str, Shown]
    corrections: tuple[tuple[date, str, frozenset[str]], ...] = field(default=())
    title: str = ""
    name: str = ""
    texts: Mapping[str, str] | None = None
    attachments: Mapping[str, str] | None = None
    commit: Commit | None = None
