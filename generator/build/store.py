"""The cache: results by key below .cache/, and what is known about them.

Deleting it is always safe.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import stat
import time
from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

from generator.files.door import Denied, Door, NotTaken, replaced, thrown_away
from generator.model.stranger import read_json

# The files and the folders of the cache. An entry of another kind counts as missing, and nothing is
# written through a link.
FILES = ("lock", "index.json", "index.new")
FOLDERS = ("objects", "published")
INDEX = 500_000_000  # bytes of the index at most
KEPT_DAYS = 30
TOUCHED_DAYS = 7
HEAD = 65  # a SHA-256 in hex and a line end
PIECE = 1 << 20


class Busy(Exception):
    """Another build of this site is at work."""


class Damaged(Exception):
    """A result in the cache is not what was put there; nothing in it is to be trusted."""


@dataclass(frozen=True)
class Made:
    """A result in the cache: its key, the SHA-256 and size of its bytes, and its named inputs.

    `checked` says that a published site held it: its links were followed and found good.
    """

    key: str
    sha256: str
    size: int
    inputs: Mapping[str, str]
    checked: bool = False


def _made(
    key: str, sha256: str, size: int, inputs: Mapping[str, str], checked: bool = False
) -> Made:
    """The result that an entry of the index describes. Raises TypeError for any other value."""
    if not (
        isinstance(key, str)
        and isinstance(sha256, str)
        and isinstance(size, int)
        and isinstance(inputs, dict)
    ):
        raise TypeError(key)
    return Made(
        key,
        sha256,
        size,
        {str(name): str(value) for name, value in inputs.items()},
        checked is True,
    )


def _folder(path: Path) -> None:
    """Make a folder, which another process may be making, too; whatever else is there gives way."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        if not path.is_dir():
            thrown_away(path)
        path.mkdir(parents=True, exist_ok=True)


class Store:
    """The cache of one site. `known` is what the last build put in: output → Made."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.known: dict[str, Made] = {}

    def open(self) -> None:
        """Read what the last build knew; a damaged index is an empty one."""
        try:
            entries = read_json(Door(self.folder).data("index.json", INDEX))
            self.known = {output: _made(**entry) for output, entry in entries.items()}
        except (NotTaken, Denied, ValueError, TypeError, AttributeError):
            self.known = {}

    def path(self, key: str) -> Path:
        """Where the bytes of a key are: a line with their SHA-256, then the bytes."""
        return self.folder / "objects" / key[:2] / key

    def find(self, output: str, key: str, inputs: Mapping[str, str]) -> Made | None:
        """The result for a key, if it was made before."""
        entry = self.known.get(output)
        try:
            if entry is not None and entry.key == key:
                state = self.path(key).stat()
                return (
                    entry
                    if stat.S_ISREG(state.st_mode) and state.st_size == entry.size + HEAD
                    else None
                )
            sha256, size = self._measured(key)
        except (OSError, NotTaken, Denied, Damaged):
            return None
        return Made(key, sha256, size, dict(inputs))

    def put(self, key: str, data: bytes, inputs: Mapping[str, str]) -> Made:
        """Keep a result; the file appears whole or not at all."""
        return self.put_pieces(key, (data,), inputs)

    def put_pieces(self, key: str, pieces: Iterable[bytes], inputs: Mapping[str, str]) -> Made:
        """Keep a result that comes in pieces."""
        path = self.path(key)
        _folder(path.parent)
        aside = path.with_suffix(f".{os.getpid()}")
        sha256 = hashlib.sha256()
        size = 0
        with aside.open("wb") as stream:
            stream.write(bytes(HEAD))
            for piece in pieces:
                stream.write(piece)
                sha256.update(piece)
                size += len(piece)
            stream.seek(0)
            stream.write(f"{sha256.hexdigest()}\n".encode())
        replaced(aside, path)
        return Made(key, sha256.hexdigest(), size, dict(inputs))

    def read(self, entry: Made) -> bytes:
        """The bytes of a result. Raises Damaged when they are not those that were put in."""
        return b"".join(self.pieces(entry))

    def pieces(self, entry: Made) -> Iterator[bytes]:
        """The bytes of a result, a piece at a time.

        Raises Damaged at the end when they were not those that were put in.
        """
        sha256 = hashlib.sha256()
        try:
            with self._opened(entry.key) as stream:
                head = stream.read(HEAD)
                while piece := stream.read(PIECE):
                    sha256.update(piece)
                    yield piece
        except (OSError, NotTaken, Denied):
            raise Damaged(entry.key) from None
        if not head.decode("latin-1").strip() == sha256.hexdigest() == entry.sha256:
            raise Damaged(entry.key)

    def copy(self, entry: Made, target: Path) -> None:
        """Write the bytes of a result to a file. Raises Damaged like `read`."""
        with target.open("wb") as stream:
            stream.writelines(self.pieces(entry))

    def clear(self) -> None:
        """Forget everything."""
        thrown_away(self.folder / "objects")
        thrown_away(self.folder / "index.json")

    def _opened(self, key: str) -> AbstractContextManager[BufferedReader]:
        return Door(self.path(key).parent).stream(key)

    def _measured(self, key: str) -> tuple[str, int]:
        """SHA-256 and size of the bytes of a key.

        Raises OSError or Damaged where there are no good ones.
        """
        with self._opened(key) as stream:
            head = stream.read(HEAD)
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
            if head.decode("latin-1").strip() != sha256:
                raise Damaged(key)
            return sha256, stream.tell() - HEAD

    def close(self, results: Mapping[str, Made]) -> None:
        """Write the index of this build, and drop results that were not used for a month.

        Its results count as checked from now on.
        """
        entries = {
            output: {**entry.__dict__, "checked": True} for output, entry in sorted(results.items())
        }
        aside = self.folder / "index.new"
        aside.write_text(json.dumps(entries, ensure_ascii=False), "utf-8")
        replaced(aside, self.folder / "index.json")
        self._prune({entry.key for entry in results.values()})

    def _prune(self, used: Set[str]) -> None:
        today = time.time()
        for path in (self.folder / "objects").glob("*/*"):
            age = (today - path.stat().st_mtime) / 86_400
            if path.name in used:
                if age > TOUCHED_DAYS:
                    os.utime(path)
            elif age > KEPT_DAYS:
                thrown_away(path)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the cache for one build; Busy when another holds it.

        A killed build lets go by itself.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        for name in FILES:
            if not (self.folder / name).is_file() or (self.folder / name).is_symlink():
                thrown_away(self.folder / name)
        for name in FOLDERS:
            if not (self.folder / name).is_dir():
                thrown_away(self.folder / name)
        with (self.folder / "lock").open("w") as stream:
            try:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise Busy from None
            yield
