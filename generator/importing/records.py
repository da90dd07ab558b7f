"""A CSV as records whose every field knows its place, so that what is wrong in it can be named by line and column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

# A field with quotes or without, and what ends it.
FIELD = re.compile(r'(?:"((?:[^"]|"")*)"|([^",]*))(,|$)')


@dataclass(frozen=True)
class Field:
    """A field's text and the column of the line where it begins, counted from 1."""

    text: str
    column: int


@dataclass(frozen=True)
class Record:
    """A record: the line it begins on and its fields; None where it is no proper CSV from `column` on."""

    line: int
    fields: Sequence[Field] | None
    column: int = 1


def records(lines: Iterable[str]) -> Iterator[Record]:
    """The records of a CSV, one after the other, empty lines left out. A line end within quotes belongs to its field."""
    held: list[str] = []
    start, quotes = 1, 0
    for number, line in enumerate(lines, 1):
        held.append(line)
        quotes += line.count('"')
        if quotes % 2:  # a quote is still open
            continue
        text = "".join(held).rstrip("\r\n")
        if text:
            yield _record(text, start)
        held, start = [], number + 1
    if held:
        yield Record(start, None)


def _record(text: str, line: int) -> Record:
    fields, at = [], 0
    while True:
        found = FIELD.match(text, at)
        if found is None:
            return Record(line, None, at + 1)
        quoted, plain, end = found.groups()
        fields.append(Field(quoted.replace('""', '"') if quoted is not None else plain, at + 1))
        at = found.end()
        if not end:
            return Record(line, fields)
