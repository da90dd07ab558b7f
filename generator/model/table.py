"""A statutory table ready to be written: HTML, PDF and files all read this one value."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from generator.model.figure import State
from generator.model.marks import Mark, styles


class Kind(StrEnum):
    """What a printed cell is: a heading, a figure, a sentence of the form, or an empty corner."""

    HEAD = "head"
    DATA = "data"
    NOTE = "note"


@dataclass(frozen=True)
class GridCell:
    """One cell as printed, with its spans.

    `headers` are the ids of every heading that a reader should hear before it. `axis` says what a
    heading heads: `col` or `row`; `group` that it stands over others; `level` how deep it is.
    `address`, `state` and `bears` are for figures: which cell of the form it is, the state of the
    figure, and its marks. `gloss` says in English what a heading or a sentence of the form does.
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
    bears: tuple[Mark, ...] = ()
    gloss: str = ""

    @property
    def computed(self) -> bool:
        """Whether it is a total that the report left out."""
        return Mark.COMPUTED in self.bears

    @property
    def corrected(self) -> bool:
        """Whether it was changed after publication."""
        return Mark.CORRECTED in self.bears

    @property
    def marks(self) -> str:
        """The classes of a figure: its state where it is no number, then its marks."""
        if self.state is None or self.state is State.NUMBER:
            return " ".join(styles(self.bears))
        return " ".join([self.state.value, *styles(self.bears)])


Line = tuple[GridCell, ...]


@dataclass(frozen=True)
class Group:
    """Lines that belong together: the head of a block, or its body."""

    head: bool
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Grid:
    """A whole table.

    `columns` is its width in cells, `row_heads` how many of them hold headings at the left.
    `glossed` says that it stands on a page in another language: the words of the law are marked as
    Chinese, and glosses are printed beside them.
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
