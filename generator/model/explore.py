"""The data of compare/: figures, how they compare over the years, bodies; and its pages.

Figures are named by concept (`table.row.column`), so that a new form adds to them and changes
nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from generator.model.comparison import ComparedCell, ComparedHead
from generator.model.finding import NO_GLOSS, Text
from generator.model.frame import Frame, Link
from generator.model.report_view import Download


class Way(StrEnum):
    """How a form has a figure: not at all, printed, or only the parts that add up to it."""

    ABSENT = "0"
    PRINTED = "1"
    SUMMED = "2"


@dataclass(frozen=True)
class Term:
    """A word of the law: as printed, the short word for sentences, and its gloss."""

    label: str
    name: str
    gloss: Text = NO_GLOSS


@dataclass(frozen=True)
class FigureRow:
    """A row of a table of any form in use.

    `table` is the number of its table; `above` are the headings over it, the outermost first.
    """

    id: str
    table: int
    term: Term
    above: tuple[Term, ...] = ()


@dataclass(frozen=True)
class FigureEntry:
    """A figure: its concept key, the number of its row, its column.

    `total` says whether the column is the total of the row. `parts` are the short words of what
    adds up to it; `unit` is empty where the reports name one themselves; with `difference` False
    the change from year to year says nothing.
    """

    key: str
    row: int
    column: Term
    total: bool
    unit: str
    additive: bool
    difference: bool
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class FormUse:
    """A form that reports are written in: its basis, and its way with each figure."""

    id: str
    basis: str
    ways: tuple[Way, ...]


@dataclass(frozen=True)
class Pair:
    """Two neighbouring years under forms that may differ, and which figures do not simply compare.

    `before` and `after` are (number of the form, year). `refused` are the numbers of the figures
    that must not be compared, `noted` those that compare with notes (by number).
    """

    before: tuple[int, int]
    after: tuple[int, int]
    refused: tuple[int, ...]
    noted: Mapping[int, tuple[int, ...]]


@dataclass(frozen=True)
class Catalogue:
    """Every figure of the forms in use, in print order, and how neighbouring years compare.

    `years` are the reporting years, oldest first, with the numbers of the forms in use; `languages`
    are those of the site; `headline` numbers the figures shown first. `stamp` stands for the
    numbering.
    """

    tables: tuple[Term, ...]
    rows: tuple[FigureRow, ...]
    figures: tuple[FigureEntry, ...]
    forms: tuple[FormUse, ...]
    years: Mapping[int, tuple[int, ...]]
    pairs: tuple[Pair, ...]
    notes: tuple[Text, ...]
    headline: tuple[int, ...]
    units: Mapping[str, Text]
    stamp: str
    languages: tuple[str, ...]

    @cached_property
    def numbering(self) -> Catalogue:
        """Only what the numbers in a shard mean: the figures, and how each form has them."""
        return replace(
            self,
            tables=(),
            rows=(),
            years={},
            pairs=(),
            notes=(),
            headline=(),
            units={},
        )


@dataclass(frozen=True)
class Body:
    """A body as one looks for it.

    Its names (the present one first), its name in other languages (language.glosses.for_scripts),
    kind, level, the body above it, and the slugs it had before.
    """

    slug: str
    names: tuple[str, ...]
    gloss: str | Mapping[str, str]
    kind: str
    level: str
    above: str
    former: tuple[str, ...] = ()


@dataclass(frozen=True)
class YearFigures:
    """A body's report: its year, the number of its form, the name it had then, its figures.

    `figures` has every figure that is not a plain 0, by number. `within` are the governments that
    have a report of the year which holds all of this (model.overlap).

    A figure is written `107`, `=107` where the total was left out and computed, `251000 元` with a
    unit of its own; a blank is empty, `/` does not apply, `?` cannot be read, `…` is not
    printed.
    """

    year: int
    form: int
    name: str
    figures: Mapping[int, str]
    within: tuple[str, ...] = ()


@dataclass(frozen=True)
class BodyFigures:
    """All reports of a body, oldest first, numbered as the catalogue of that stamp does."""

    slug: str
    stamp: str
    reports: tuple[YearFigures, ...]


@dataclass(frozen=True)
class GroupRow:
    """A body's line, or (without a link) what is told of all of them."""

    label: str
    path: str
    remark: str
    cells: tuple[ComparedCell, ...]


@dataclass(frozen=True)
class GroupTable:
    """A figure of many bodies over the years.

    `remark` holds for every figure of it; `below` are the lines about all bodies.
    """

    id: str
    title: str
    unit: str
    remark: str
    eras: tuple[ComparedHead, ...]
    years: tuple[ComparedHead, ...]
    rows: tuple[GroupRow, ...]
    below: tuple[GroupRow, ...]


@dataclass(frozen=True)
class GroupPage:
    """Bodies of one level and kind, so many as a page can hold: one table for each figure.

    `parts` are the pages of a larger group.
    """

    frame: Frame
    sentence: str
    tables: tuple[GroupTable, ...]
    notes: tuple[str, ...]
    caveats: tuple[str, ...]
    marks: tuple[tuple[str, str], ...]
    data: Download
    choose: str
    parts: tuple[Link, ...]


@dataclass(frozen=True)
class ExplorePage:
    """The page that compares what is chosen.

    `words` are the sentences of its script, by key; `groups` the ready-made tables by level;
    `index` is the shard beside which all others stand.
    """

    frame: Frame
    words: tuple[tuple[str, str], ...]
    scripts: tuple[str, ...]
    index: str
    groups: tuple[tuple[str, tuple[Link, ...]], ...]
    caveats: tuple[str, ...]
    marks: tuple[tuple[str, str], ...]
