"""How a table of data is declared: each column once, with its value for each row.

Names, types, meanings and rows of every data file come from such declarations.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from generator.language.speech import Speech
from generator.model.dataset import (
    BOOLEAN,
    INTEGER,
    NUMBER,
    STRING,
    Column,
    DataTable,
    Reference,
    Row,
    Value,
)
from generator.model.figure import Number, State
from generator.model.transcription import By

# What the rows of a table are taken from, and what one row is about.
Source = TypeVar("Source")
Item = TypeVar("Item")

SLUG = "^[a-z0-9][a-z0-9-]*$"
ADDRESS = r"^[a-z_]+(?:\.[a-z_]+){2,}$"
RULE = "^[A-Z][A-Z0-9]*-[0-9]{2}$"
YEARS = (2008, 2199)
STATES = tuple(state.value for state in State)
GIVERS = tuple(giver.value for giver in By)


@dataclass(frozen=True)
class Field(Generic[Item]):
    """A column, and the value that it has for the item of a row."""

    column: Column
    value: Callable[[Item], Value]


@dataclass(frozen=True)
class Declaration(Generic[Source, Item]):
    """A table with all that is needed to write it.

    `items` gives what its rows are about, in their order; `key` and `references` are those of
    DataTable.
    """

    name: str
    title: str
    items: Callable[[Source], Iterable[Item]]
    fields: tuple[Field[Item], ...]
    key: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()

    @property
    def table(self) -> DataTable:
        """The table without its rows."""
        columns = tuple(field.column for field in self.fields)
        return DataTable(self.name, self.title, columns, self.key, self.references)

    def rows(self, source: Source) -> Iterator[Row]:
        """The rows, in the order of their items."""
        return self.rows_of(self.items(source))

    def rows_of(self, items: Iterable[Item]) -> Iterator[Row]:
        """A row for each item, with a value for each column."""
        values = [field.value for field in self.fields]
        for item in items:
            yield tuple([value(item) for value in values])

    def lines(self, source: Source) -> Iterator[Row]:
        """The names of the columns, then the rows: the lines of a CSV."""
        yield tuple(field.column.name for field in self.fields)
        yield from self.rows(source)


def field(
    name: str,
    kind: str,
    meaning: str,
    value: Callable[[Item], Value],
    *,
    required: bool = False,
    choices: tuple[str, ...] = (),
    pattern: str = "",
    limits: tuple[int, int] | None = None,
) -> Field[Item]:
    """A column with its value."""
    return Field(Column(name, kind, meaning, required, choices, pattern, limits), value)


# Columns that several tables have.


def agency_field(say: Speech, value: Callable[[Item], str]) -> Field[Item]:
    """The body that a row is about."""
    meaning = say("机关的代号，也是网址的一部分；机关改名，代号不变")
    return field("agency", STRING, meaning, value, required=True, pattern=SLUG)


def agency_name_field(say: Speech, value: Callable[[Item], str]) -> Field[Item]:
    """What the body was called."""
    meaning = say("机关在报告年度末的名称")
    return field("agency_name", STRING, meaning, value, required=True)


def year_field(say: Speech, value: Callable[[Item], int]) -> Field[Item]:
    """The reporting year of a row."""
    meaning = say("报告年度：数字所属的年份，不是发布的年份")
    return field("year", INTEGER, meaning, value, required=True, limits=YEARS)


def form_field(say: Speech, value: Callable[[Item], str], *, required: bool = True) -> Field[Item]:
    """The statutory form of a row."""
    return field("form", STRING, say("采用的法定格式"), value, required=required)


def address_field(say: Speech, value: Callable[[Item], str]) -> Field[Item]:
    """The cell that a row is about."""
    meaning = say("一格的地址：表.行.列")
    return field("address", STRING, meaning, value, required=True, pattern=ADDRESS)


def concept_field(say: Speech, value: Callable[[Item], str]) -> Field[Item]:
    """The meaning of a figure."""
    meaning = say("含义的代号；跨年度比较用它，不用地址")
    return field("concept", STRING, meaning, value, required=True, pattern=ADDRESS)


def content_fields(
    say: Speech,
    value: Callable[[Item], Number | None],
    unit: Callable[[Item], str],
    state: Callable[[Item], str],
) -> Iterator[Field[Item]]:
    """The content of a cell."""
    yield field("value", NUMBER, say("数字；不是数字的格为空，空不等于 0"), value)
    yield field("unit", STRING, say("单位"), unit)
    meaning = say("数字、空白、不适用、无法辨认、未分列（报告把这一组印成一行）")
    yield field("state", STRING, meaning, state, required=True, choices=STATES)


def computed_field(say: Speech, value: Callable[[Item], bool]) -> Field[Item]:
    """Whether a figure is a total that the report left out."""
    meaning = say("true：报告没有写、由程序相加的总计")
    return field("computed", BOOLEAN, meaning, value, required=True)


def rule_field(say: Speech, value: Callable[[Item], str]) -> Field[Item]:
    """The rule that a row is about."""
    meaning = say("核对规则的编号")
    return field("rule", STRING, meaning, value, required=True, pattern=RULE)
