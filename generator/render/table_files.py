"""The tables of the open data as CSV, in pieces: RFC 4180, UTF-8, dates as 2024-01-26, numbers in plain digits, true and false."""

from __future__ import annotations

import csv
import io
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from generator.model.dataset import Row, Value, batches
from generator.model.figure import plain
from generator.model.job import Source

BOM = "\ufeff".encode()
LINES = 2000
# What a spreadsheet may take for a formula: one of its first marks, of half or full width, behind whatever stands before it unseen.
RISKY = re.compile(r"'*\s*[=+\-@＝＋－＠]|'*[\t\r\n]")
NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def table_csv(names: Sequence[str], rows: Iterable[Row]) -> Iterator[bytes]:
    """A table with its head, some thousand lines at a time."""
    yield _lines([names])
    for batch in batches(rows, LINES):
        yield _lines([_written(row) for row in batch])


def _lines(rows: Iterable[Iterable[object]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()


def _written(row: Row) -> list[str]:
    return [guarded(one) if isinstance(one, str) else _plain(one) for one in row]


def _plain(value: Value) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int() | Decimal():
            return plain(value)
        case date():
            return value.isoformat()
    return ""


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula: with an apostrophe before it where it could be one. `unguarded` takes it away.

    A text that already begins with apostrophes before such a mark gets one more, so that nothing is lost; a negative number stays.
    """
    if text[:1].isalnum():  # nearly all of them, and asking so is ten times as fast
        return text
    return f"'{text}" if text and RISKY.match(text) and not NUMBER.fullmatch(text) else text


def unguarded(text: str) -> str:
    """What `guarded` was given."""
    return text[1:] if text.startswith("'") and RISKY.match(text[1:]) else text


def with_mark(sources: Sequence[Source]) -> Iterator[bytes]:
    """A CSV with a mark at its start, without which Excel garbles Chinese."""
    yield BOM
    yield from sources[0].pieces()


def packed(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Bytes with gzip, which names no file and no time. Several such behind each other are one, of all that is in them."""
    packing = zlib.compressobj(6, zlib.DEFLATED, 31)
    for piece in pieces:
        yield packing.compress(piece)
    yield packing.flush()


def marked_csv(rows: Iterable[Iterable[object]]) -> bytes:
    """A small CSV whole, with the mark."""
    return BOM + _lines(rows)


def head(names: Sequence[str]) -> bytes:
    """The first line of a table."""
    return _lines([names])


def below_head(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """A table without its first line, which is in the first piece."""
    yield next(pieces, b"").partition(b"\r\n")[2]
    yield from pieces
