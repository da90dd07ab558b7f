"""A form as a workbook that is still to be filled in: its content, before anything is laid out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.model.figure import Number
from generator.model.table import Grid

# A term of a sum: its sign and the address of its cell.
SignedCell = tuple[int, str]


@dataclass(frozen=True)
class CellSum:
    """A cell that is the sum of others."""

    cell: str
    terms: tuple[SignedCell, ...]


@dataclass(frozen=True)
class CellCheck:
    """What must hold: the first of the `sides`, `relation`, the second and `constant`.

    `cell` is where a contradiction shows.
    """

    cell: str
    sides: tuple[tuple[SignedCell, ...], tuple[SignedCell, ...]]
    relation: str
    constant: int


@dataclass(frozen=True)
class Entry:
    """What a cell takes: a whole number unless `decimal`, also `/` where it may not apply.

    `error` says so; a `free` cell takes any text.
    """

    decimal: bool
    negative: bool
    may_not_apply: bool
    free: bool
    error: str


@dataclass(frozen=True)
class FormWorkbook:
    """A form to be filled in.

    `guide` are pairs of a word and a sentence; `tables` the statutory tables, each with the heading
    of its section; `texts` the headings of the sections that are written. `opening` are figures
    that last year's report settles, `opening_note` says so. Totals follow from `sums`.
    """

    title: str
    guide_name: str
    guide: tuple[tuple[str, str], ...]
    tables_name: str
    tables: tuple[tuple[str, Grid], ...]
    texts_name: str
    texts: tuple[str, ...]
    entries: Mapping[str, Entry]
    opening: Mapping[str, Number]
    opening_note: str
    sums: tuple[CellSum, ...]
    checks: tuple[CellCheck, ...]
