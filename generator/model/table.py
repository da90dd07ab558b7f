"""A statutory table ready to be written down: HTML, PDF and files all read this one value."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from generator.model.figure import State


class Kind(StrEnum):
    """What a printed cell is: a heading, a figure, a sentence of the form, or an empty corner."""

    HEAD = "head"
    DATA = "data"
    NOTE = "note"


@dataclass(frozen=True)
class GridCell:
    """One cell as printed, with its spans. `headers` are the ids of every heading that a reader should hear before it.

    `axis` says what a heading heads: `col` or `row`; `group` that it stands over others; `level` how deep it is. The fields
    from `address` to `corrected` are for figures. `gloss` says in English what a heading or a sentence of the form does.
    """

    kind: Kind
    text: str
    rowspan: int = 1
    colspan: int = 1
    id: str = ""
    headers: tuple[str, ...] = ()
    axis: str = ""
    group: bool = False
    level: int = 0
    address: str = ""
    state: State | None = None
    zero: bool = False
    total: bool = False
    computed: bool = False
    corrected: bool = False
    gloss: str = ""

    @property
    def marks(self) -> str:
        """What a figure is besides a number, as classes: its state, `zero`, `total`, `changed`. Most are nothing more, of 200 on a page."""
        state = self.state.value if self.state and self.state is not State.NUMBER else ""
        said = {"zero": self.zero, "total": self.total, "changed": self.corrected}
        return " ".join([*([state] if state else []), *(mark for mark, held in said.items() if held)])


Line = tuple[GridCell, ...]


@dataclass(frozen=True)
class Group:
    """Lines that belong together: the head of a block, or its body."""

    head: bool
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Grid:
    """A whole table. `columns` is its width in cells, `row_heads` how many of them hold headings at the left.

    `glossed` says that it stands on a page in another language: the law's words are marked as Chinese, glosses are printed beside them.
    """

    id: str
    caption: str
    columns: int
    row_heads: int
    groups: tuple[Group, ...]
    gloss: str = ""
    glossed: bool = False

    @property
    def cells(self) -> tuple[GridCell, ...]:
        """Every cell, in the order it is printed."""
        return tuple(cell for group in self.groups for line in group.lines for cell in line)
