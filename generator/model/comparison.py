"""Figures of several years side by side: of one body on its comparison, of many on compare/."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from generator.model.format import Break, Comparable
from generator.model.marks import Mark, styles


class Comparability(StrEnum):
    """Whether two years' figures of one meaning may stand side by side.

    As they are, with a note, one of them as a sum of what its form prints, or not at all.
    """

    SAME = "same"
    NOTED = "same_with_note"
    MERGED = "merged"
    NOT = "not_comparable"


@dataclass(frozen=True)
class Verdict:
    """How two years' figures of one meaning compare.

    `notes` are the shifts between them that must be told with them; `parts` the concept keys that
    are added up where a form prints only these.
    """

    kind: Comparability
    notes: tuple[Break, ...] = ()
    parts: tuple[str, ...] = ()

    @property
    def redefined(self) -> bool:
        """Whether the law gave the figure another meaning in between.

        It does not compare then, though both forms print it.
        """
        return any(note.comparable is Comparable.NO for note in self.notes)

    @property
    def shifted(self) -> bool:
        """Whether the figure compares though its meaning shifted.

        Other notes of figures that compare are on the law around them.
        """
        return any(note.comparable is Comparable.WITH_NOTE for note in self.notes)


@dataclass(frozen=True)
class ComparedCell:
    """A figure in a table of years: its text and marks, and the numbers of the notes on it.

    `change` is the difference to the year before where both compare, `ratio` the same in percent.
    `others` are the values that it was stated with elsewhere. `boundary` says that the form
    changes before its year, `faint` that it is no number on a page of many bodies.
    """

    text: str
    bears: tuple[Mark, ...] = ()
    change: str = ""
    notes: tuple[int, ...] = ()
    boundary: bool = False
    ratio: str = ""
    others: tuple[str, ...] = ()
    faint: bool = False

    @property
    def zero(self) -> bool:
        """Whether the figure is 0."""
        return Mark.ZERO in self.bears

    @property
    def computed(self) -> bool:
        """Whether the figure is a total that the report left out."""
        return Mark.COMPUTED in self.bears

    @property
    def marks(self) -> str:
        """The classes by which a style sheet tells cells apart.

        A corrected figure has none: the value from before stands beside it.
        """
        classes = ["figure"]
        if self.zero:
            classes += styles([Mark.ZERO])
        if self.faint:
            classes.append("none")
        if self.boundary:
            classes.append("boundary")
        classes += styles(mark for mark in self.bears if mark not in (Mark.ZERO, Mark.CORRECTED))
        return " ".join(classes)


@dataclass(frozen=True)
class ComparedRow:
    """One concept over all years; `total` for the sums of its table.

    The glosses are for pages in another language. `id` is that of its heading, `above` that of the
    heading over it (empty for none); a row that `opens` a group has the group's heading, with the
    id `above`, in a line of its own before it. `notes` are those on all of its figures. `word` says
    on a page of two years how the two figures compare.
    """

    label: str
    group: str
    cells: tuple[ComparedCell, ...]
    total: bool = False
    gloss: str = ""
    group_gloss: str = ""
    id: str = ""
    above: str = ""
    opens: bool = False
    word: str = ""
    notes: tuple[int, ...] = ()


@dataclass(frozen=True)
class ComparedHead:
    """The heading of a year, or of the years under one form.

    It is `span` columns wide and stands below the heading `above`.
    """

    id: str
    text: str
    span: int = 1
    above: str = ""
    boundary: bool = False


@dataclass(frozen=True)
class ComparedTable:
    """One table over all years. `eras` are the runs of years under one form.

    `nought` names the rows, left out of `rows`, that are no more than 0 on a page of two years.
    """

    id: str
    caption: str
    eras: tuple[ComparedHead, ...]
    years: tuple[ComparedHead, ...]
    rows: tuple[ComparedRow, ...]
    folded: bool = False
    nought: tuple[str, ...] = ()
