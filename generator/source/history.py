"""The versions of a file that are committed in git.

This is the only caller of git, and it only reads.

A history is an extra: without git, outside a repository, in a shallow clone, or where git takes its
time, there is none, and nobody is told. Neither the repository nor the caller's environment is
trusted: paths are taken letter by letter, no program that a configuration names is run, nothing is
fetched, and variables that would lead git elsewhere are left out.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.files.door import Denied, Door, NotTaken
from generator.model.past import Commit

SECONDS = 10
LARGEST = 1_000_000  # as source.tree: a larger file is no report
VERSIONS = 100  # of one file; what is older is not looked at
SAFE = (
    "--no-pager", "--literal-pathspecs", "--no-replace-objects",
    "-c", "core.quotePath=false", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null",
    "-c", "protocol.allow=never", "-c", "log.showSignature=false",
)  # fmt: skip
LOG = (
    "log", "--first-parent", "-m", "--root", "--raw", "--no-abbrev", "--no-renames",
    "--no-ext-diff", "--no-textconv", "--no-color", "--relative", "--date=short",
    "--format=@%H %cd", "--stdin",
)  # fmt: skip
COMMIT = re.compile(r"@([0-9a-f]{40,64}) ([0-9]{4}-[0-9]{2}-[0-9]{2})")
ENTRY = re.compile(r":[0-7]{6} 100(?:644|755) [0-9a-f]+ ([0-9a-f]+) [A-Z][0-9]*\t(.+)")
CHANGE = re.compile(r":[0-7]{6} [0-7]{6} [0-9a-f]+ ([0-9a-f]+) ([A-Z])[0-9]*\t(.+)")
BLOB = re.compile(rb"[0-9a-f]{40,64} blob ([0-9]+)")


def head(root: Path) -> str:
    """The id of the commit that the site stands on; empty where there is no whole history."""
    answer = _git(root, ("rev-parse", "HEAD", "--is-shallow-repository"))
    lines = answer.decode("ascii", "replace").split() if answer else []
    return lines[0] if lines[1:] == ["false"] else ""


def committed(root: Path, paths: Sequence[str]) -> Mapping[str, list[tuple[Commit, str]]]:
    """For each path below the root, the blobs that were committed, the newest first.

    Only the main line of history counts.
    """
    if not paths:
        return {}
    log = _git(root, LOG, "\n".join(["HEAD", "--", *paths, ""]).encode())
    entries = list(_entries(log.decode("utf-8", "replace") if log else "", frozenset(paths)))
    texts = _texts(root, dict.fromkeys(blob for _, _, blob in entries))
    versions: dict[str, list[tuple[Commit, str]]] = {}
    for path, commit, blob in entries:
        if blob in texts:
            versions.setdefault(path, []).append((commit, texts[blob]))
    return versions


@dataclass(frozen=True)
class Change:
    """What a commit did to one file: the blob that it left there, empty where it took it away.

    `number` tells which commit came first: the greater, the later.
    """

    commit: Commit
    blob: str
    number: int


def changes(root: Path, folder: str) -> Mapping[str, list[Change]]:
    """For each file that ever was below a folder, what commits did to it, the oldest first.

    Only the main line of history counts; none where there is no whole history.
    """
    log = _git(root, LOG, f"HEAD\n--\n{folder}\n".encode()) or b""
    by_path: dict[str, list[Change]] = {}
    commit = Commit("", "")
    number = 0
    for line in log.decode("utf-8", "replace").split("\n"):
        if heading := COMMIT.fullmatch(line):
            commit = Commit(heading[1], heading[2])
            number -= 1
        elif entry := CHANGE.fullmatch(line):
            blob = "" if entry[2] == "D" else entry[1]
            by_path.setdefault(entry[3], []).append(Change(commit, blob, number))
    for steps in by_path.values():
        steps.reverse()
    return by_path


def texts(root: Path, blobs: Iterable[str]) -> Mapping[str, str]:
    """The text of each of these blobs that exists and is not too large."""
    return _texts(root, dict.fromkeys(blobs))


def blob(root: Path, path: str) -> str:
    """The id that git gives a file as it is now; empty where there is no such file."""
    try:
        content = Door(root).data(path, LARGEST)
    except (NotTaken, Denied):
        return ""
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


def _entries(log: str, paths: frozenset[str]) -> Iterator[tuple[str, Commit, str]]:
    """(path, commit, blob) for each version of a file that is asked for."""
    commit = Commit("", "")
    counts = dict.fromkeys(paths, 0)
    for line in log.split("\n"):
        if heading := COMMIT.fullmatch(line):
            commit = Commit(heading[1][:10], heading[2])
        elif (entry := ENTRY.fullmatch(line)) and counts.get(entry[2], VERSIONS) < VERSIONS:
            counts[entry[2]] += 1
            yield entry[2], commit, entry[1]


def _texts(root: Path, blobs: Mapping[str, None]) -> Mapping[str, str]:
    """The text of each blob that exists and is not too large."""
    if not blobs:
        return {}
    answers = _git(root, ("cat-file", "--batch-check"), _lines(blobs)) or b""
    sizes = {}
    for blob, line in zip(blobs, answers.split(b"\n"), strict=False):
        answer = BLOB.fullmatch(line)
        if answer and int(answer[1]) <= LARGEST:
            sizes[blob] = int(answer[1])
    if not sizes:
        return {}
    data = _git(root, ("cat-file", "--batch"), _lines(sizes)) or b""
    texts = {}
    offset = 0
    for blob, size in sizes.items():
        start = data.find(b"\n", offset) + 1
        if not start:
            break
        text = data[start : start + size].decode("utf-8-sig", "replace")
        texts[blob] = text.replace("\r\n", "\n")
        offset = start + size + 1
    return texts


def _lines(names: Mapping[str, object]) -> bytes:
    return "".join(f"{name}\n" for name in names).encode()


def _git(root: Path, command: Sequence[str], standard_input: bytes = b"") -> bytes | None:
    """The output of a git command; None where it fails or there is no git."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    env |= {
        "LC_ALL": "C",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_NO_LAZY_FETCH": "1",
    }
    try:
        done = subprocess.run(
            ["git", *SAFE, *command],
            cwd=root,
            env=env,
            input=standard_input,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    return done.stdout if done.returncode == 0 else None
