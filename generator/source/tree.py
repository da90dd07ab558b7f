"""Which files a site has. Walks content/ once, follows no link out of it, and says what does not belong there."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.model.finding import Location
from generator.model.source import SLUG, AgencyFiles, Node, Problem, ReportFiles, Tree
from generator.source.nodes import parse

TONGUE = re.compile(r"\.[a-z]{2}$")  # about.en.md: what a page says in another language
YEAR = re.compile(r"(?:19|20)[0-9][0-9]")
MAX_TEXT = 1_000_000
IGNORED = re.compile(r"\..*|~\$.*|.*~|Thumbs\.db|desktop\.ini")  # what systems and editors leave behind


def scan(root: Path) -> Tree:
    """The tree of a site; unreadable or misplaced entries become problems, the rest goes on."""
    problems: list[Problem] = []
    for name in ("content", "content/agencies"):
        if (root / name).is_symlink() or not (root / name).is_dir():
            problems.append(Problem("folder", Location(name)))
            return Tree(_held(root, root / "site.yaml"), problems=tuple(problems))
    agencies = tuple(_agency(root, folder, problems) for folder in _folders(root, root / "content" / "agencies", problems))
    pages = tuple(
        _relative(root, file)
        for file in _entries(root, root / "content" / "pages", problems)
        if file.suffix == ".md" and _slug(root, file, TONGUE.sub("", file.stem), problems)
    )
    return Tree(_held(root, root / "site.yaml"), tuple(one for one in agencies if one.slug), pages, tuple(problems))


def _agency(root: Path, folder: Path, problems: list[Problem]) -> AgencyFiles:
    if not SLUG.fullmatch(folder.name):
        problems.append(Problem("slug", Location(_relative(root, folder))))
        return AgencyFiles("")
    reports = []
    for entry in _entries(root, folder, problems):
        if entry.is_dir() and YEAR.fullmatch(entry.name):
            reports.append(_report(root, entry, problems))
        elif entry.is_dir():
            problems.append(Problem("year", Location(_relative(root, entry))))
        elif entry.name != "agency.yaml":
            problems.append(Problem("stray", Location(_relative(root, entry))))
    return AgencyFiles(folder.name, _held(root, folder / "agency.yaml"), tuple(reports))


def _report(root: Path, folder: Path, problems: list[Problem]) -> ReportFiles:
    strays = [entry for entry in _entries(root, folder, problems) if entry.name not in {"report.yaml", "narrative.md", "files"}]
    problems += [Problem("stray", Location(_relative(root, entry))) for entry in strays]
    files = tuple(_relative(root, file) for file in _deep(root, folder / "files", problems))
    return ReportFiles(int(folder.name), _held(root, folder / "report.yaml"), _held(root, folder / "narrative.md"), files)


def _folders(root: Path, folder: Path, problems: list[Problem]) -> Iterator[Path]:
    for entry in _entries(root, folder, problems):
        if entry.is_dir():
            yield entry
        else:
            problems.append(Problem("stray", Location(_relative(root, entry))))


def _deep(root: Path, folder: Path, problems: list[Problem]) -> Iterator[Path]:
    for entry in _entries(root, folder, problems):
        if entry.is_dir():
            yield from _deep(root, entry, problems)
        else:
            yield entry


def _entries(root: Path, folder: Path, problems: list[Problem]) -> Iterator[Path]:
    """The entries of a folder by name. A symbolic link is never followed: it could lead out of the site; pipes and devices are not read."""
    if not folder.is_dir():
        return
    for entry in sorted(folder.iterdir()):
        if not _speakable(entry.name):
            problems.append(Problem("name", Location(_relative(root, entry))))
        elif entry.is_symlink():
            problems.append(Problem("link", Location(_relative(root, entry))))
        elif IGNORED.fullmatch(entry.name):
            continue
        elif entry.is_dir() or entry.is_file():
            yield entry
        else:
            problems.append(Problem("stray", Location(_relative(root, entry))))


def _speakable(name: str) -> bool:
    """Whether a name is proper text: a name in another encoding, or with control characters in it, becomes no address."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return name.isprintable()


def _slug(root: Path, file: Path, name: str, problems: list[Problem]) -> bool:
    if SLUG.fullmatch(name):
        return True
    problems.append(Problem("slug", Location(_relative(root, file))))
    return False


def _held(root: Path, file: Path) -> str:
    return _relative(root, file) if file.is_file() and not file.is_symlink() else ""


def _relative(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix().encode("utf-8", "backslashreplace").decode()


@dataclass(frozen=True)
class Disk:
    """The files below a root, as the loader sees them."""

    root: Path

    def text(self, path: str) -> str | Problem:
        """The text of a file; too large, or not UTF-8 (then with the line where it stops being so), is a Problem."""
        file = self.root / path
        if file.stat().st_size > MAX_TEXT:
            return Problem("size", Location(path))
        data = file.read_bytes()
        try:
            return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError as error:
            return Problem("encoding", Location(path, data.count(b"\n", 0, error.start) + 1))

    def nodes(self, text: str, path: str) -> Node | None:
        """The root node of a YAML text."""
        return parse(text, path)

    def digests(self, paths: tuple[str, ...]) -> Mapping[str, tuple[int, str]]:
        """Size in bytes and SHA-256 of each file."""
        found = {}
        for path in paths:
            with (self.root / path).open("rb") as stream:
                found[path] = ((self.root / path).stat().st_size, hashlib.file_digest(stream, "sha256").hexdigest())
        return found
