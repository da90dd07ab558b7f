"""A CSV as records whose every field knows its place, so that a finding names line and column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

# A field with quotes or without, and the comma or the end of the record behind it.
FIELD = re.compile(r'(?:"((?:[^"]|"")*)"|([^",]*))(,|$)')


@dataclass(frozen=True)
class Field:
    """A field's text and the column of the line where it begins, counted from 1."""

    text: str
    column: int


@dataclass(frozen=True)
class Record:
    """A record: the line it begins on and its fields; None where it is no CSV from `column` on."""

    line: int
    fields: Sequence[Field] | None
    column: int = 1


def records(lines: Iterable[str]) -> Iterator[Record]:
    """The records of a CSV in order, without the empty lines.

    A line end within quotes belongs to its field.
    """
    pending: list[str] = []  # the lines of the record that is being read
    start = 1
    quotes = 0
    for number, line in enumerate(lines, 1):
        pending.append(line)
        quotes += line.count('"')
        if quotes % 2:  # a quote is still open
            continue
        text = "".join(pending).rstrip("\r\n")
        if text:
            yield _record(text, start)
        pending = []
        start = number + 1
    if pending:
        yield Record(start, None)


def _record(text: str, line: int) -> Record:
    fields: list[Field] = []
    position = 0
    while True:
        match = FIELD.match(text, position)
        if match is None:
            return Record(line, None, position + 1)
        quoted, plain, end = match.groups()
        content = plain if quoted is None else quoted.replace('""', '"')
        fields.append(Field(content, position + 1))
        position = match.end()
        if not end:
            return Record(line, fields)
