"""Results to a published folder: built aside, then swapped in at once.

What did not change is linked, not written again.

The folder is ours when it holds a manifest.json that says so; any other folder that is not empty is
refused, so that nothing is lost. Entries at its top whose names start with a dot (.git,
.well-known) are not ours: they are linked into the new tree before it is swapped in, so that
neither a visitor nor a kill at any moment finds the site without them.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.build import manifest
from generator.build.store import INDEX, Made, Store
from generator.files.door import Denied, Door, NotTaken, replaced, thrown_away
from generator.model.digest import digest
from generator.model.stranger import read_json

AT_FDCWD = -100
RENAME_EXCHANGE = 2


class NotOurs(Exception):
    """The output folder holds files that Gongkai did not put there."""


@dataclass(frozen=True)
class Published:
    """What publishing did: files written anew, files kept, files that are gone.

    All are empty where the site was up to date.
    """

    written: tuple[str, ...]
    kept: int
    removed: tuple[str, ...]


def publish(results: Mapping[str, Made], store: Store, output: Path) -> Published:
    """Make `output` hold exactly these files. It is swapped whole, or left as it was."""
    _recover(output)
    present = _held(store, output)
    fresh = tuple(
        sorted(path for path, entry in results.items() if present.get(path) != entry.sha256)
    )
    removed = tuple(sorted(set(_files(output)) - set(results)))
    if not fresh and not removed:
        return Published((), len(results), ())
    aside = output.with_name(f".{output.name}.new")
    shutil.rmtree(aside, ignore_errors=True)
    for path, entry in results.items():
        target = aside / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if present.get(path) == entry.sha256:
            _link(output / path, target)
        else:
            store.copy(entry, target)
    for foreign in _others(output):
        _keep(foreign, aside / foreign.name)
    _swap(aside, output)
    _remember(store, output, results)
    return Published(fresh, len(results) - len(fresh), removed)


def ours(output: Path) -> bool:
    """Whether a folder may be replaced: it does not exist, is empty, or was published by us."""
    if not output.exists():
        return True
    if not output.is_dir():
        return False
    try:
        return not any(output.iterdir()) or manifest.is_ours(
            Door(output).data(manifest.NAME, INDEX)
        )
    except (OSError, NotTaken, Denied):
        return False


def _files(output: Path) -> list[str]:
    """Every file below the output, less the entries at its top that start with a dot."""
    paths = []
    for folder, _, names in os.walk(output):
        relative = Path(folder).relative_to(output)
        if not relative.parts or not relative.parts[0].startswith("."):
            paths += [
                (relative / name).as_posix()
                for name in names
                if relative.parts or not name.startswith(".")
            ]
    return paths


def _state(store: Store, output: Path) -> Path:
    return store.folder / "published" / f"{digest(str(output.resolve()))[:32]}.json"


def _held(store: Store, output: Path) -> dict[str, str]:
    """Path → SHA-256 of the files that are still as we wrote them, by size and time.

    A file that was touched counts as changed.
    """
    try:
        entries = read_json(
            Door(_state(store, output).parent).data(_state(store, output).name, INDEX)
        )
        recorded = {
            str(path): (str(sha256), size, time) for path, (sha256, size, time) in entries.items()
        }
    except (NotTaken, Denied, ValueError, TypeError, AttributeError):
        return {}
    unchanged = {}
    for path, (sha256, size, time) in recorded.items():
        try:
            stat = (output / path).stat()
        except OSError:
            continue
        if (stat.st_size, stat.st_mtime_ns) == (size, time):
            unchanged[path] = sha256
    return unchanged


def _remember(store: Store, output: Path, results: Mapping[str, Made]) -> None:
    entries = {}
    for path, entry in results.items():
        stat = (output / path).stat()
        entries[path] = (entry.sha256, stat.st_size, stat.st_mtime_ns)
    state = _state(store, output)
    state.parent.mkdir(parents=True, exist_ok=True)
    aside = state.with_suffix(".new")
    thrown_away(aside)
    aside.write_text(json.dumps(entries), "utf-8")
    replaced(aside, state)


def _others(output: Path) -> list[Path]:
    return (
        [entry for entry in output.iterdir() if entry.name.startswith(".")]
        if output.is_dir()
        else []
    )


def _keep(entry: Path, target: Path) -> None:
    """Have a foreign entry in the new tree as well, by links to the same files."""
    if entry.is_dir() and not entry.is_symlink():
        shutil.copytree(
            entry,
            target,
            symlinks=True,
            copy_function=lambda source, copy: _link(Path(source), Path(copy)),
        )
    else:
        shutil.copy2(entry, target, follow_symlinks=False)


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _old(output: Path) -> Path:
    return output.with_name(f".{output.name}.old")


def _recover(output: Path) -> None:
    """Undo a swap that was cut off between its two renames."""
    if not output.exists() and _old(output).exists():
        _old(output).rename(output)


def _swap(aside: Path, output: Path) -> None:
    """Put the new folder in place of the old one.

    This takes one step where the system can do so, else two renames.
    """
    old = _old(output)
    shutil.rmtree(old, ignore_errors=True)
    output.parent.mkdir(parents=True, exist_ok=True)
    if not output.exists():
        aside.rename(output)
        return
    if _exchange(aside, output):
        aside.rename(old)
    else:
        output.rename(old)
        aside.rename(output)
    shutil.rmtree(old)


def _exchange(first: Path, second: Path) -> bool:
    """Exchange two folders in one step (Linux renameat2).

    False where the system or the file system cannot.
    """
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    if rename(AT_FDCWD, os.fsencode(first), AT_FDCWD, os.fsencode(second), RENAME_EXCHANGE) == 0:
        return True
    if ctypes.get_errno() in {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EXDEV}:
        return False
    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(second))
