"""The only place that reads files from outside: of a site, of a built site, of the command line.

A folder may hold links that lead out of it, pipes that never answer and devices that never end,
and a file can turn into one of these between a check and the opening. So a file is opened first,
folder by folder, without following a link and without waiting; the type of the open file is
checked afterwards. Only a plain file below the root, of a stated size at most, is ever read.
The root itself may be a link.

What belongs to `gongkai` itself is opened elsewhere: the package's data, the cache, its output.
tests/test_layers.py lists those places.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

from generator.language.sentence import sentence
from generator.model.finding import one_line

PIECE = 1 << 20
FOLDER = os.O_DIRECTORY | os.O_CLOEXEC
# A folder on the way to another one need not be readable.
PASS = getattr(os, "O_PATH", os.O_RDONLY)
# Without these flags a pipe would wait for a writer, and a terminal would become ours.
FILE = os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
GONE = frozenset({errno.ENOENT, errno.ENAMETOOLONG, errno.EINVAL})
# Errors of opening a link, a file in the place of a folder, a socket, or a missing device.
NOT_PLAIN = frozenset(
    {
        errno.ELOOP,
        errno.EMLINK,
        errno.ENOTDIR,
        errno.ENXIO,
        errno.ENODEV,
        errno.EISDIR,
        errno.EOPNOTSUPP,
    }
)


class NotTaken(Exception):
    """Why a file is not taken in.

    `kind` is `missing`, `link`, `special` (no plain file), `size`, `deep` or `many`.
    """

    def __init__(self, kind: str, path: str) -> None:
        super().__init__(f"{path}: {kind}")
        self.kind = kind
        self.path = path


class Denied(Exception):
    """A file exists, but the system cannot read it: no permission, a broken disk.

    `text` is the message for people.
    """

    def __init__(self, path: str, error: OSError) -> None:
        super().__init__(path)
        name = one_line(path)
        reason = error.strerror
        self.text = sentence("不能读取 {name}（{reason}）", name=name, reason=reason)


@dataclass(frozen=True)
class Entry:
    """An entry of a folder.

    `kind` is `file`, `folder`, `link` or `special`; `path` is relative to the root.
    """

    name: str
    path: str
    kind: str


class Door:
    """A folder and everything below it; paths are relative, with `/`.

    `own` is for files that the package ships: an installer may have put links there, and they are
    trusted.
    """

    def __init__(self, root: Path, *, own: bool = False) -> None:
        self.root = root
        self.follow = 0 if own else os.O_NOFOLLOW

    def data(self, path: str, largest: int) -> bytes:
        """The bytes of a file. Raises NotTaken, Denied."""
        with self._file(path, largest) as descriptor:
            # One byte more than allowed: this shows that a file has grown since its size was
            # checked, without reading it for ever.
            data = _all(descriptor, largest + 1)
        if len(data) > largest:
            raise NotTaken("size", path)
        return data

    def sealed(self, path: str, largest: int) -> tuple[int, str]:
        """Size and SHA-256 of a file. The SHA-256 of a file that is too large is empty."""
        with self._file(path) as descriptor:
            size = os.fstat(descriptor).st_size
            if size > largest:
                return size, ""
            digest = hashlib.sha256()
            length = 0
            while piece := os.read(descriptor, PIECE):
                digest.update(piece)
                length += len(piece)
                if length > largest:
                    return length, ""
            return length, digest.hexdigest()

    @contextmanager
    def stream(self, path: str) -> Iterator[BufferedReader]:
        """A file to be read in pieces. Raises NotTaken, Denied."""
        with self._file(path) as descriptor, os.fdopen(os.dup(descriptor), "rb") as stream:
            yield stream

    def kind(self, path: str) -> str:
        """What stands at a path: `file`, `folder`, `link`, `special`, or `missing`."""
        parent, _, name = path.rpartition("/")
        try:
            with self._folder(parent) as folder:
                return _kind(os.stat(name, dir_fd=folder, follow_symlinks=not self.follow).st_mode)
        except NotTaken as refused:
            return "link" if refused.kind == "link" else "missing"
        except (FileNotFoundError, ValueError):
            return "missing"
        except OSError as error:
            if error.errno in GONE:
                return "missing"
            raise Denied(path, error) from None

    def entries(self, path: str, most: int) -> list[Entry]:
        """The entries of a folder, sorted by name; empty where there is no such folder.

        Raises NotTaken (`link`, or `many` where there are more than `most` entries), Denied.
        """
        prefix = f"{path}/" if path else ""
        entries: list[Entry] = []
        try:
            with self._folder(path, os.O_RDONLY) as folder, os.scandir(folder) as listing:
                for entry in listing:
                    if len(entries) == most:
                        raise NotTaken("many", path)
                    kind = self._kind_of(entry)
                    entries.append(Entry(entry.name, f"{prefix}{entry.name}", kind))
        except NotTaken as refused:
            if refused.kind == "missing":
                return []
            raise
        return sorted(entries, key=lambda entry: entry.name)

    def write(self, path: str, data: bytes) -> None:
        """Replace the bytes of a file that exists. Raises NotTaken, Denied."""
        with (
            self._file(path, access=os.O_WRONLY) as descriptor,
            os.fdopen(os.dup(descriptor), "wb") as stream,
        ):
            stream.truncate(0)
            stream.write(data)

    def states(self, paths: Iterable[str], most: int = 1_000_000) -> Iterator[tuple[str, int, int]]:
        """(path, time, size) of some paths and of everything below them that can be read.

        Links are not followed.
        """
        waiting = list(paths)
        while waiting and most > 0:
            most -= 1
            path = waiting.pop()
            try:
                state = os.lstat(self.root / path)
                if stat.S_ISDIR(state.st_mode):
                    waiting += [entry.path for entry in self.entries(path, most)]
            except (OSError, ValueError, NotTaken, Denied):
                continue
            yield path, state.st_mtime_ns, state.st_size

    def _kind_of(self, entry: os.DirEntry[str]) -> str:
        follow = not self.follow
        if entry.is_symlink() and not follow:
            return "link"
        if entry.is_dir(follow_symlinks=follow):
            return "folder"
        return "file" if entry.is_file(follow_symlinks=follow) else "special"

    @contextmanager
    def _folder(self, path: str, access: int = PASS) -> Iterator[int]:
        """A folder below the root as a descriptor, reached through folders alone."""
        names = _names(path)
        descriptor = _root(self.root, path, PASS if names else access)
        try:
            for number, name in enumerate(names, 1):
                name_access = access if number == len(names) else PASS
                flags = FOLDER | self.follow | name_access
                below = _opened(path, name, descriptor, flags)
                os.close(descriptor)
                descriptor = below
            yield descriptor
        finally:
            os.close(descriptor)

    @contextmanager
    def _file(
        self, path: str, largest: int | None = None, access: int = os.O_RDONLY
    ) -> Iterator[int]:
        """A plain file as a descriptor."""
        parent, _, name = path.rpartition("/")
        with self._folder(parent) as folder:
            descriptor = _opened(path, name, folder, access | FILE | self.follow)
        try:
            state = os.fstat(descriptor)
            if not stat.S_ISREG(state.st_mode):
                raise NotTaken("special", path)
            if largest is not None and state.st_size > largest:
                raise NotTaken("size", path)
            yield descriptor
        except OSError as error:  # the disk failed while the file was read
            raise Denied(path, error) from None
        finally:
            os.close(descriptor)


def settled(path: Path) -> Path:
    """The absolute path, with links followed. Raises OSError where they lead in a circle."""
    try:
        return path.resolve()
    except RuntimeError:
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path)) from None


def named(path: Path, largest: int) -> bytes:
    """The bytes of a file from the command line; links are followed. Raises NotTaken, Denied."""
    return Door(path.parent, own=True).data(path.name, largest)


def thrown_away(path: Path) -> None:
    """Delete whatever stands at a path: a file, a link, or a folder with everything in it."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def replaced(aside: Path, path: Path) -> None:
    """Move the new file `aside` to a path, in place of whatever stands there."""
    if path.is_dir() and not path.is_symlink():
        thrown_away(path)
    aside.replace(path)


def _names(path: str) -> list[str]:
    """The names of a relative path. A path that leads out, or is no path, counts as missing."""
    names = path.split("/") if path else []
    if any(name in {"", ".", ".."} or "\0" in name for name in names):
        raise NotTaken("missing", path)
    return names


def _root(root: Path, path: str, access: int) -> int:
    try:
        return os.open(root, FOLDER | access)
    except OSError as error:
        if error.errno in GONE:
            raise NotTaken("missing", path) from None
        raise Denied(str(root), error) from None


def _opened(path: str, name: str, folder: int, flags: int) -> int:
    """A descriptor of a name in a folder. Errors of the system become NotTaken or Denied."""
    _names(name)
    try:
        return os.open(name, flags, dir_fd=folder)
    except (ValueError, UnicodeError):  # no file can have this name
        raise NotTaken("missing", path) from None
    except OSError as error:
        if error.errno in GONE:
            raise NotTaken("missing", path) from None
        if error.errno in NOT_PLAIN:
            kind = "link" if _is_link(name, folder) else "special"
            raise NotTaken(kind, path) from None
        raise Denied(path, error) from None


def _is_link(name: str, folder: int) -> bool:
    try:
        return stat.S_ISLNK(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode)
    except OSError:
        return False


def _all(descriptor: int, most: int) -> bytes:
    pieces = []
    while most > 0 and (piece := os.read(descriptor, min(PIECE, most))):
        pieces.append(piece)
        most -= len(piece)
    return b"".join(pieces)


def _kind(mode: int) -> str:
    if stat.S_ISLNK(mode):
        return "link"
    if stat.S_ISDIR(mode):
        return "folder"
    return "file" if stat.S_ISREG(mode) else "special"
