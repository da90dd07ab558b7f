"""What git has committed of a file: the only caller of git, which it asks to read and nothing else.

A history is an extra: without git, outside a repository, in a shallow clone, or where git takes its time, there is none, and nobody is
told. Neither the repository nor the caller's environment is trusted: paths are taken letter by letter, no program that a configuration
names is run, nothing is fetched, and variables that would lead git elsewhere are left out.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from generator.model.past import Commit

SECONDS = 10
LARGEST = 1_000_000  # as source.tree: a larger file is no report
VERSIONS = 100  # of one file; what is older is not looked at
SAFE = (
    "--no-pager", "--literal-pathspecs", "--no-replace-objects",
    "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "protocol.allow=never", "-c", "log.showSignature=false",
)  # fmt: skip
LOG = ("log", "--first-parent", "-m", "--root", "--raw", "--no-abbrev", "--no-renames", "--no-ext-diff", "--no-textconv", "--no-color",
       "--relative", "--date=short", "--format=@%H %cd", "--stdin")  # fmt: skip
COMMIT = re.compile(r"@([0-9a-f]{40,64}) ([0-9]{4}-[0-9]{2}-[0-9]{2})")
ENTRY = re.compile(r":[0-7]{6} 100(?:644|755) [0-9a-f]+ ([0-9a-f]+) [A-Z][0-9]*\t(.+)")
BLOB = re.compile(rb"[0-9a-f]{40,64} blob ([0-9]+)")


def head(root: Path) -> str:
    """The id of the commit that the site stands on; empty where there is no whole history."""
    said = _git(root, ("rev-parse", "HEAD", "--is-shallow-repository"))
    lines = said.decode("ascii", "replace").split() if said else []
    return lines[0] if lines[1:] == ["false"] else ""


def committed(root: Path, paths: Sequence[str]) -> Mapping[str, list[tuple[Commit, str]]]:
    """For each path below the root, what was committed of it along the main line of history, the newest first."""
    if not paths:
        return {}
    log = _git(root, LOG, "\n".join(["HEAD", "--", *paths, ""]).encode())
    entries = list(_entries(log.decode("utf-8", "replace") if log else "", frozenset(paths)))
    texts = _texts(root, dict.fromkeys(blob for _, _, blob in entries))
    found: dict[str, list[tuple[Commit, str]]] = {}
    for path, commit, blob in entries:
        if blob in texts:
            found.setdefault(path, []).append((commit, texts[blob]))
    return found


def _entries(log: str, paths: frozenset[str]) -> Iterator[tuple[str, Commit, str]]:
    """(path, commit, blob) for each version of a file that is asked for."""
    commit, seen = Commit("", ""), dict.fromkeys(paths, 0)
    for line in log.split("\n"):
        if said := COMMIT.fullmatch(line):
            commit = Commit(said[1][:10], said[2])
        elif (entry := ENTRY.fullmatch(line)) and seen.get(entry[2], VERSIONS) < VERSIONS:
            seen[entry[2]] += 1
            yield entry[2], commit, entry[1]


def _texts(root: Path, blobs: Mapping[str, None]) -> Mapping[str, str]:
    """The text of each blob that is one and not too large."""
    sizes = _git(root, ("cat-file", "--batch-check"), _lines(blobs)) if blobs else b""
    told = zip(blobs, (BLOB.fullmatch(line) for line in (sizes or b"").split(b"\n")), strict=False)
    wanted = {blob: int(said[1]) for blob, said in told if said and int(said[1]) <= LARGEST}
    data = (_git(root, ("cat-file", "--batch"), _lines(wanted)) if wanted else b"") or b""
    texts, at = {}, 0
    for blob, size in wanted.items():
        start = data.find(b"\n", at) + 1
        if not start:
            break
        texts[blob] = data[start : start + size].decode("utf-8-sig", "replace").replace("\r\n", "\n")
        at = start + size + 1
    return texts


def _lines(names: Mapping[str, object]) -> bytes:
    return "".join(f"{name}\n" for name in names).encode()


def _git(root: Path, command: Sequence[str], given: bytes = b"") -> bytes | None:
    """What git answers, None where it does not or will not."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    env |= {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1"}
    try:
        done = subprocess.run(["git", *SAFE, *command], cwd=root, env=env, input=given, capture_output=True, timeout=SECONDS, check=False)
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    return done.stdout if done.returncode == 0 else None
