"""The cache: results by key below .cache/, and what is known about them. Deleting it is always safe."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import time
from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

KEPT_DAYS, TOUCHED_DAYS = 30, 7
HEAD = 65  # a SHA-256 in hex and a line end
PIECE = 1 << 20


class Busy(Exception):
    """Another build of this site is at work."""


class Damaged(Exception):
    """A result in the cache is not what was put there; nothing in it is to be trusted."""


@dataclass(frozen=True)
class Made:
    """A result in the cache: its key, the SHA-256 and size of its bytes, and the named inputs it was made from.

    `checked` says that a published site held it: its links were followed and found good.
    """

    key: str
    sha256: str
    size: int
    inputs: Mapping[str, str]
    checked: bool = False


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
        except (OSError, ValueError, TypeError, AttributeError):
            self.known = {}

    def path(self, key: str) -> Path:
        """Where the bytes of a key are: a line with their SHA-256, then the bytes."""
        return self.folder / "objects" / key[:2] / key

    def find(self, output: str, key: str, inputs: Mapping[str, str]) -> Made | None:
        """The result for a key, if it was made before."""
        made = self.known.get(output)
        try:
            if made is not None and made.key == key:
                return made if self.path(key).stat().st_size == made.size + HEAD else None
            sha256, size = self._measured(key)
        except (OSError, Damaged):
            return None
        return Made(key, sha256, size, dict(inputs))

    def put(self, key: str, data: bytes, inputs: Mapping[str, str]) -> Made:
        """Keep a result; the file appears whole or not at all."""
        return self.put_pieces(key, (data,), inputs)

    def put_pieces(self, key: str, pieces: Iterable[bytes], inputs: Mapping[str, str]) -> Made:
        """Keep a result that comes in pieces."""
        path = self.path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        aside, sha256, size = path.with_suffix(f".{os.getpid()}"), hashlib.sha256(), 0
        with aside.open("wb") as stream:
            stream.write(bytes(HEAD))
            for piece in pieces:
                stream.write(piece)
                sha256.update(piece)
                size += len(piece)
            stream.seek(0)
            stream.write(f"{sha256.hexdigest()}\n".encode())
        aside.replace(path)
        return Made(key, sha256.hexdigest(), size, dict(inputs))

    def read(self, made: Made) -> bytes:
        """The bytes of a result. Raises Damaged when they are not those that were put in."""
        return b"".join(self.pieces(made))

    def pieces(self, made: Made) -> Iterator[bytes]:
        """The bytes of a result, a piece at a time. Raises Damaged at the end when they were not those that were put in."""
        sha256 = hashlib.sha256()
        try:
            with self.path(made.key).open("rb") as stream:
                head = stream.read(HEAD)
                while piece := stream.read(PIECE):
                    sha256.update(piece)
                    yield piece
        except OSError:
            raise Damaged(made.key) from None
        if not head.decode("latin-1").strip() == sha256.hexdigest() == made.sha256:
            raise Damaged(made.key)

    def copy(self, made: Made, target: Path) -> None:
        """Write the bytes of a result to a file. Raises Damaged like `read`."""
        with target.open("wb") as stream:
            stream.writelines(self.pieces(made))

    def clear(self) -> None:
        """Forget everything."""
        shutil.rmtree(self.folder / "objects", ignore_errors=True)
        (self.folder / "index.json").unlink(missing_ok=True)

    def _measured(self, key: str) -> tuple[str, int]:
        """SHA-256 and size of the bytes of a key. Raises OSError or Damaged where there are no good ones."""
        with self.path(key).open("rb") as stream:
            head = stream.read(HEAD)
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
            if head.decode("latin-1").strip() != sha256:
                raise Damaged(key)
            return sha256, stream.tell() - HEAD

    def close(self, made: Mapping[str, Made]) -> None:
        """Write down what this build knows and that it was good, and drop results that nobody has used for a month."""
        entries = {output: {**one.__dict__, "checked": True} for output, one in sorted(made.items())}
        aside = self.folder / "index.new"
        aside.write_text(json.dumps(entries, ensure_ascii=False), "utf-8")
        aside.replace(self.folder / "index.json")
        self._prune({one.key for one in made.values()})

    def _prune(self, used: Set[str]) -> None:
        now = time.time()
        for path in (self.folder / "objects").glob("*/*"):
            age = (now - path.stat().st_mtime) / 86_400
            if path.name in used:
                if age > TOUCHED_DAYS:
                    os.utime(path)
            elif age > KEPT_DAYS:
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
