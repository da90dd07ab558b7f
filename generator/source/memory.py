"""Results of earlier runs, below .cache/: one SQLite file, a row for each report and purpose.

Deleting it is always safe, and so is losing it. A folder that cannot be written to, or a damaged
file, only means that everything is read again.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from generator.files.door import thrown_away

SCHEMA = (
    "CREATE TABLE IF NOT EXISTS memory (kind TEXT, name TEXT, key TEXT, data TEXT, "
    "PRIMARY KEY (kind, name)) WITHOUT ROWID"
)
SEAL = 16


def _sealed(key: str, data: str) -> str:
    """The data with a digest in front, so that a damaged row is recognised when it is read."""
    return (
        hashlib.sha256(f"{key}\n{data}".encode("utf-8", "surrogatepass")).hexdigest()[:SEAL] + data
    )


class Memory:
    """Rows by kind and name, each valid for one key (a digest of what it was made from)."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.held: dict[str, dict[str, tuple[str, str]]] = {}
        self.new: dict[tuple[str, str], tuple[str, str]] = {}

    def recall(self, kind: str, name: str, key: str) -> str | None:
        """The data under this name, if it was kept for this key; else None."""
        row = self._all(kind).get(name)
        return row[1] if row and row[0] == key else None

    def last(self, kind: str, name: str) -> tuple[str, str] | None:
        """The (key, data) that was kept last under this name."""
        return self._all(kind).get(name)

    def keys(self, kind: str) -> Mapping[str, str]:
        """The key under each name of a kind; the data, which may be large, are not read."""
        rows = self._selected("SELECT name, key FROM memory WHERE kind = ?", kind)
        stored = {row[0]: row[1] for row in rows}
        unwritten = {name: row[0] for (of, name), row in self.new.items() if of == kind}
        return {name: key for name, key in (stored | unwritten).items() if key}

    def single(self, kind: str, name: str) -> str:
        """The data that were kept last under a name; empty where there are none.

        For a kind of which most rows are not asked for: the others are not read.
        """
        if (kind, name) in self.new:
            return self.new[kind, name][1]
        query = "SELECT key, data FROM memory WHERE kind = ? AND name = ?"
        for key, data in self._selected(query, kind, name):
            if _sealed(key, data[SEAL:]) == data:
                return str(data[SEAL:])
        return ""

    def keep(self, kind: str, name: str, key: str, data: str) -> None:
        """Keep a row; it is written by `close`."""
        self.new[kind, name] = (key, data)
        if kind in self.held:
            self.held[kind][name] = (key, data)

    def forget(self, kind: str, name: str) -> None:
        """Remove a row."""
        if self._all(kind).pop(name, None) is not None:
            self.new[kind, name] = ("", "")

    def close(self) -> None:
        """Write what is new in one transaction; a failure costs time and nothing else."""
        if not self.new:
            return
        with suppress(OSError, sqlite3.Error):
            self.file.parent.mkdir(parents=True, exist_ok=True)
            if not self.file.is_file():
                thrown_away(self.file)
            try:
                self._write()
            except sqlite3.DatabaseError:  # a damaged file
                thrown_away(self.file)
                self._write()
        self.new = {}

    def _write(self) -> None:
        rows = [
            (kind, name, key, _sealed(key, data)) for (kind, name), (key, data) in self.new.items()
        ]
        database = sqlite3.connect(self.file, timeout=5)
        try:
            # A row that a failing machine tore is recognised by its seal: waiting for the disk
            # would buy nothing.
            database.execute("PRAGMA synchronous = OFF")
            with database:
                database.execute(SCHEMA)
                database.executemany(
                    "INSERT OR REPLACE INTO memory VALUES (?, ?, ?, ?)",
                    [row for row in rows if row[2]],
                )
                database.executemany(
                    "DELETE FROM memory WHERE kind = ? AND name = ?",
                    [row[:2] for row in rows if not row[2]],
                )
        finally:
            database.close()

    def _all(self, kind: str) -> dict[str, tuple[str, str]]:
        if kind not in self.held:
            rows = self._selected("SELECT name, key, data FROM memory WHERE kind = ?", kind)
            self.held[kind] = {
                name: (key, data[SEAL:])
                for name, key, data in rows
                if _sealed(key, data[SEAL:]) == data
            }
            for (own_kind, name), row in self.new.items():
                if own_kind == kind:
                    self.held[kind][name] = row
        return self.held[kind]

    def _selected(self, query: str, *values: str) -> Sequence[tuple[str, ...]]:
        """What a query finds; nothing where the file is not there, damaged or of another kind.

        A row that holds anything but texts is as good as not there.
        """
        if not self.file.is_file():
            return ()
        with suppress(OSError, sqlite3.Error):
            database = sqlite3.connect(f"file:{self.file}?mode=ro", uri=True, timeout=5)
            try:
                rows = database.execute(query, values).fetchall()
            finally:
                database.close()
            return [row for row in rows if all(isinstance(value, str) for value in row)]
        return ()
