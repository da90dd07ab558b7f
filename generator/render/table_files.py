"""The tables of the open data as CSV, in pieces.

RFC 4180, UTF-8, dates as 2024-01-26, numbers in plain digits, true and false.
"""

from __future__ import annotations

import csv
import io
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from generator.model.dataset import Row, Value, batches
from generator.model.figure import plain
from generator.model.job import Source

BOM = "\ufeff".encode()
LINES = 2000
PIECE = 1 << 20
# The start of what a spreadsheet may take for a formula: a mark of half or full width, which may
# follow apostrophes and blanks; or a tab or a line end, which may follow apostrophes.
RISKY = re.compile(r"'*\s*[=+\-@＝＋－＠]|'*[\t\r\n]")
NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def table_csv(names: Sequence[str], rows: Iterable[Row]) -> Iterator[bytes]:
    """A table with its head, some thousand lines at a time."""
    yield head(names)
    for batch in batches(rows, LINES):
        yield _lines(_texts(batch))


def _texts(rows: Iterable[Row]) -> Iterator[list[str]]:
    for row in rows:
        yield [_text(value) for value in row]


def _lines(rows: Iterable[Iterable[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()


def _text(value: Value) -> str:
    match value:
        case str():
            return guarded(value)
        case bool():
            return "true" if value else "false"
        case int() | Decimal():
            return plain(value)
        case date():
            return value.isoformat()
    return ""


def guarded(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet could take it for a formula.

    A text that already begins with apostrophes before such a mark gets another, so that `unguarded`
    gives the original text back. Negative numbers get none.
    """
    if text[:1].isalnum():  # true for nearly all texts, and ten times as fast as the pattern
        return text
    if RISKY.match(text) and not NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def unguarded(text: str) -> str:
    """The text from which `guarded` made this one."""
    return text[1:] if text.startswith("'") and RISKY.match(text[1:]) else text


def with_mark(sources: Sequence[Source]) -> Iterator[bytes]:
    """A CSV with a mark at its start, without which Excel garbles Chinese."""
    yield BOM
    yield from sources[0].pieces()


def packed(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The bytes packed by gzip, without a file name or a time.

    Several such files joined together are a gzip file of their joined contents.
    """
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    for piece in pieces:
        yield packer.compress(piece)
    yield packer.flush()


def marked_csv(lines: Iterable[Row]) -> bytes:
    """A small CSV as a whole, with the mark; `lines` has the names of the columns first."""
    return BOM + _lines(_texts(lines))


def head(names: Sequence[str]) -> bytes:
    """The first line of a table."""
    return _lines([names])


def below_head(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """A table without its first line, which is in the first piece."""
    yield next(pieces, b"").partition(b"\r\n")[2]
    yield from pieces


def file_pieces(path: Path) -> Iterator[bytes]:
    """The bytes of a file in pieces."""
    with path.open("rb") as stream:
        while piece := stream.read(PIECE):
            yield piece
