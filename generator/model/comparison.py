"""Figures of several years side by side, as the comparison shows them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from generator.model.law import Break, Comparable


class Comparability(StrEnum):
    """Whether two years' figures of one meaning may stand side by side: as they are, with a note, one of them as a sum of the parts that
    its form prints, or not at all."""

    SAME = "same"
    NOTED = "same_with_note"
    MERGED = "merged"
    NOT = "not_comparable"


@dataclass(frozen=True)
class Verdict:
    """How two years' figures of one meaning compare. `notes` are the shifts between them that must be said with them; `parts` the
    concept keys that are added up where a form prints only these."""

    kind: Comparability
    notes: tuple[Break, ...] = ()
    parts: tuple[str, ...] = ()

    @property
    def redefined(self) -> bool:
        """Whether the law gave the figure another meaning in between, so that it does not compare though both forms print it."""
        return any(note.comparable is Comparable.NO for note in self.notes)

    @property
    def shifted(self) -> bool:
        """Whether the figure compares though its meaning shifted. Other notes of figures that compare are on the law around them."""
        return any(note.comparable is Comparable.WITH_NOTE for note in self.notes)


class Mark(StrEnum):
    """What stands beside a compared figure: nothing, merged from parts, absent from that year's form, or a footnote."""

    NONE = ""
    MERGED = "merged"
    ABSENT = "absent"


@dataclass(frozen=True)
class ComparedCell:
    """One year's figure of a concept: text, how it came about, and the difference to the year before where both compare, also in
    hundredths. `others` are the values it was stated with elsewhere."""

    text: str
    mark: Mark = Mark.NONE
    change: str = ""
    notes: tuple[int, ...] = ()
    zero: bool = False
    boundary: bool = False
    ratio: str = ""
    others: tuple[str, ...] = ()

    @property
    def marks(self) -> str:
        """What a style may tell such cells apart by."""
        zero, boundary = " zero" if self.zero else "", " boundary" if self.boundary else ""
        return f"figure{zero}{boundary}{f' {self.mark}' if self.mark else ''}"


@dataclass(frozen=True)
class ComparedRow:
    """One concept over all years; `total` for the sums of its table. The glosses are for pages in another language.

    `id` is that of its heading, `above` that of the heading over it (empty for none); a row that `opens` a group has the group's heading,
    with the id `above`, in a line of its own before it. `notes` are those on all of its figures. `word` says on a page of two years how
    the two figures compare.
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
    """The heading of a year, or of the years under one form: `span` columns wide, below the heading `above`."""

    id: str
    text: str
    span: int = 1
    above: str = ""
    boundary: bool = False


@dataclass(frozen=True)
class ComparedTable:
    """One table over all years. `eras` are the runs of years under one form. `nought` names the rows, left out of `rows`, of which a page
    of two years says no more than that they are 0."""

    id: str
    caption: str
    eras: tuple[ComparedHead, ...]
    years: tuple[ComparedHead, ...]
    rows: tuple[ComparedRow, ...]
    folded: bool = False
    nought: tuple[str, ...] = ()
