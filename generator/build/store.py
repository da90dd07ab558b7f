"""The cache: results by key below .cache/, and what is known about them. Deleting it is always safe."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

KEPT_DAYS = 30


class Busy(Exception):
    """Another build of this site is at work."""


@dataclass(frozen=True)
class Made:
    """A result in the cache: its key, the SHA-256 and size of its bytes, and the named inputs it was made from."""

    key: str
    sha256: str
    size: int
    inputs: Mapping[str, str]


class Store:
    """The cache of one site. `known` is what the last build put in: output → Made."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.known: dict[str, Made] = {}

    def open(self) -> None:
        """Read what the last build knew; a damaged index is an empty one."""
        try:
            entries = json.loads((self.folder / "index.json").read_text("utf-8"))
            self.known = {output: Made(**entry) for output, entry in entries.items()}
        except (OSError, ValueError, TypeError):
            self.known = {}

    def path(self, key: str) -> Path:
        """Where the bytes of a key are."""
        return self.folder / "objects" / key[:2] / key

    def find(self, output: str, key: str, inputs: Mapping[str, str]) -> Made | None:
        """The result for a key, if it was made before and is still whole."""
        made = self.known.get(output)
        if made is not None and made.key == key:
            try:
                return made if self.path(key).stat().st_size == made.size else None
            except OSError:
                return None
        try:
            return Made(key, *_measure(self.path(key).read_bytes()), dict(inputs))
        except OSError:
            return None

    def put(self, key: str, data: bytes, inputs: Mapping[str, str]) -> Made:
        """Keep a result; the file appears whole or not at all."""
        path = self.path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_suffix(f".{os.getpid()}")
        aside.write_bytes(data)
        aside.replace(path)
        return Made(key, *_measure(data), dict(inputs))

    def read(self, made: Made) -> bytes:
        """The bytes of a result."""
        return self.path(made.key).read_bytes()

    def close(self, made: Mapping[str, Made]) -> None:
        """Write down what this build knows, and drop results that nobody has used for a month."""
        entries = {output: one.__dict__ for output, one in sorted(made.items())}
        _replace(self.folder / "index.json", json.dumps(entries, ensure_ascii=False))
        self._prune({one.key for one in made.values()})

    def _prune(self, used: Iterable[str]) -> None:
        used, limit = set(used), time.time() - KEPT_DAYS * 86_400
        for path in (self.folder / "objects").glob("*/*"):
            if path.name not in used and path.stat().st_mtime < limit:
                path.unlink(missing_ok=True)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the cache for one build; Busy when another holds it. A killed build lets go by itself."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as stream:
            try:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise Busy from None
            yield


def _measure(data: bytes) -> tuple[str, int]:
    return hashlib.sha256(data).hexdigest(), len(data)


def _replace(path: Path, text: str) -> None:
    aside = path.with_suffix(".new")
    aside.write_text(text, "utf-8")
    aside.replace(path)
