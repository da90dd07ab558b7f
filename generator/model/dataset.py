"""The open data as tables: what each is called, its columns and keys.

CSV, SQLite, Parquet, the data package, the JSON schemas and the page about the data are all written
from these values, so that none of them can say something else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Protocol

from generator.model.figure import Number

# What a column holds, in the words of Data Package and JSON Schema alike.
STRING = "string"
INTEGER = "integer"
NUMBER = "number"
BOOLEAN = "boolean"
DATE = "date"
# The one table that is too long to be in one file.
FIGURES = "figures"
Value = str | Number | bool | date | None
Row = Sequence[Value]


@dataclass(frozen=True)
class Column:
    """A column: its name, the type of its values, what it means.

    A `required` one is never empty; `choices` are all its values. `pattern` is the regular
    expression that its texts match, `limits` are the lowest and the highest of its numbers; the
    JSON schemas state both.
    """

    name: str
    type: str
    meaning: str
    required: bool = False
    choices: tuple[str, ...] = ()
    pattern: str = ""
    limits: tuple[int, int] | None = None


@dataclass(frozen=True)
class Reference:
    """Columns whose values are the key of another table."""

    columns: tuple[str, ...]
    table: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class DataTable:
    """A table: its name, what it holds, its columns, and the columns that tell its rows apart.

    There are no such columns where rows may repeat.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its columns, which are the first line of its CSV."""
        return tuple(column.name for column in self.columns)


def batches(rows: Iterable[Row], size: int) -> Iterator[Sequence[Row]]:
    """Rows, so many at a time: no table need be in memory as a whole."""
    rest_of_rows = iter(rows)
    while batch := tuple(islice(rest_of_rows, size)):
        yield batch


class Rows(Protocol):
    """Gives the rows of a table by its name.

    Of a table about reports, those of one reporting year, or of all years.
    """

    def __call__(self, table: str, year: int = 0) -> Iterator[Row]:
        """The rows, in an order that is always the same."""
