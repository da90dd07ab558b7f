"""Which files a site has.

Walks content/ once, follows no link out of it, and says what does not belong there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.files.door import Door, Entry, NotTaken
from generator.model.finding import Location
from generator.model.source import SLUG, AgencyFiles, Node, Problem, ReportFiles, Tree
from generator.source.nodes import parse

TONGUE = re.compile(
    r"\.[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
)  # about.en.md: what a page says in another language
YEAR = re.compile(r"(?:19|20)[0-9][0-9]")
# The blank of full width, and the one that does not break: names from Chinese systems have them.
BLANKS = "\u3000\u00a0"
MAX_TEXT = 1_000_000
MAX_FILE = 50_000_000  # of what is published as it is
IGNORED = re.compile(
    r"\..*|~\$.*|.*~|Thumbs\.db|desktop\.ini"
)  # what systems and editors leave behind
AGENCIES = "content/agencies"
PAGES = "content/pages"
SETTINGS = "site.yaml"
OWN_FILES = frozenset({"report.yaml", "narrative.md", "files"})


def scan(root: Path) -> Tree:
    """The tree of a site; unreadable or misplaced entries become problems, the rest goes on."""
    return _Scan(Door(root)).tree()


class _Scan:
    """One pass over content/."""

    def __init__(self, door: Door) -> None:
        self.walk = Walk(door)
        self.door = door
        self.problems = self.walk.problems

    def tree(self) -> Tree:
        settings = self.plain(SETTINGS)
        for name in ("content", AGENCIES):
            if self.door.kind(name) != "folder":
                self.refuse("folder", name)
                return Tree(settings, problems=tuple(self.problems))
        agencies = tuple(self.agency(folder) for folder in self.folders(AGENCIES))
        pages = [
            page
            for page in self.walk.entries(PAGES)
            if page.name.endswith(".md") and self.taken(page)
        ]
        slugged_pages = tuple(
            page.path
            for page in pages
            if self.speaks(page, TONGUE.sub("", page.name.removesuffix(".md")))
        )
        return Tree(
            settings,
            tuple(agency for agency in agencies if agency.slug),
            slugged_pages,
            tuple(self.problems),
        )

    def agency(self, folder: Entry) -> AgencyFiles:
        if not SLUG.fullmatch(folder.name):
            self.refuse("slug", folder.path)
            return AgencyFiles("")
        reports = []
        settings = ""
        for entry in self.walk.entries(folder.path):
            if entry.kind == "folder" and YEAR.fullmatch(entry.name):
                reports.append(self.report(entry))
            elif entry.name == "agency.yaml":
                settings = self.taken(entry)
            else:
                self.refuse("year" if entry.kind == "folder" else "stray", entry.path)
        return AgencyFiles(folder.name, settings, tuple(reports))

    def report(self, folder: Entry) -> ReportFiles:
        entries = {entry.name: entry for entry in self.walk.entries(folder.path)}
        for name, entry in entries.items():
            if name not in OWN_FILES or (name == "files" and entry.kind != "folder"):
                self.refuse("stray", entry.path)
        figures, narrative = (
            self.taken(entries[name]) if name in entries else ""
            for name in ("report.yaml", "narrative.md")
        )
        files = tuple(self.walk.files(f"{folder.path}/files")) if "files" in entries else ()
        return ReportFiles(int(folder.name), figures, narrative, files)

    def folders(self, path: str) -> Iterator[Entry]:
        for entry in self.walk.entries(path):
            if entry.kind == "folder":
                yield entry
            else:
                self.refuse("stray", entry.path)

    def taken(self, entry: Entry) -> str:
        """The path of an entry that should be a file."""
        if entry.kind != "file":
            self.refuse("special", entry.path)
            return ""
        return entry.path

    def plain(self, path: str) -> str:
        """A path where a file should be; empty where there is none."""
        kind = self.door.kind(path)
        if kind not in {"file", "missing"}:
            self.refuse("link" if kind == "link" else "special", path)
        return path if kind == "file" else ""

    def speaks(self, page: Entry, name: str) -> bool:
        if SLUG.fullmatch(name):
            return True
        self.refuse("slug", page.path)
        return False

    def refuse(self, kind: str, path: str) -> None:
        self.problems.append(Problem(kind, Location(_said(path))))


class Walk:
    """Lists folders and collects the problems in them.

    How deep and how much is bounded: a file system has room for more than anybody wants to publish.
    """

    DEEPEST = 8
    MOST = 100_000

    def __init__(self, door: Door) -> None:
        self.door = door
        self.problems: list[Problem] = []

    def entries(self, path: str) -> Iterator[Entry]:
        """The files and folders in a folder by name.

        Links are never followed, pipes and devices not read.
        """
        try:
            entries = self.door.entries(path, self.MOST)
        except NotTaken as refused:
            self._refuse(refused.kind, path)
            return
        for entry in entries:
            if not _speakable(entry.name):
                self._refuse("name", entry.path)
            elif entry.kind == "link":
                self._refuse("link", entry.path)
            elif IGNORED.fullmatch(entry.name):
                continue
            elif entry.kind == "special":
                self._refuse("special", entry.path)
            else:
                yield entry

    def files(self, path: str) -> Iterator[str]:
        """Every file below a folder."""
        yield from self._below(path, 1)

    def _below(self, path: str, depth: int) -> Iterator[str]:
        for entry in self.entries(path):
            if entry.kind == "file":
                yield entry.path
            elif depth == self.DEEPEST:
                self._refuse("deep", entry.path)
            else:
                yield from self._below(entry.path, depth + 1)

    def _refuse(self, kind: str, path: str) -> None:
        self.problems.append(Problem(kind, Location(_said(path))))


def _speakable(name: str) -> bool:
    """Whether a name is proper text.

    A name in another encoding, or with control characters in it, cannot become an address.
    """
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return all(character.isprintable() or character in BLANKS for character in name)


def _said(path: str) -> str:
    return path.encode("utf-8", "backslashreplace").decode()


@dataclass(frozen=True)
class Disk:
    """The files below a root, as the loader sees them. `own` is what the package ships."""

    root: Path
    own: bool = False

    @property
    def door(self) -> Door:
        """The door through which its files are read."""
        return Door(self.root, own=self.own)

    def text(self, path: str) -> str | Problem:
        """The text of a file.

        A file that is too large, or not UTF-8, is a Problem; the latter with the line of the first
        wrong byte.
        """
        try:
            data = self.door.data(path, MAX_TEXT)
        except NotTaken as refused:
            return Problem(refused.kind, Location(path))
        try:
            return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError as error:
            return Problem("encoding", Location(path, data.count(b"\n", 0, error.start) + 1))

    def nodes(self, text: str, path: str) -> Node | None:
        """The root node of a YAML text."""
        return parse(text, path)

    def digests(self, paths: tuple[str, ...]) -> Mapping[str, tuple[int, str] | Problem]:
        """Size in bytes and SHA-256 of each file; of one too large to publish only its size."""
        door = self.door
        return {path: _sealed(door, path) for path in paths}

    def kind(self, path: str) -> str:
        """What stands at a path: `file`, `folder`, `link`, `special`, or `missing`."""
        return self.door.kind(path)

    def entries(self, path: str, ending: str) -> tuple[Sequence[str], Sequence[Problem]]:
        """The paths of the files in a folder whose names end so, and what in it is not taken."""
        walk = Walk(self.door)
        matching = [entry for entry in walk.entries(path) if entry.name.endswith(ending)]
        folders = [
            Problem("special", Location(entry.path)) for entry in matching if entry.kind == "folder"
        ]
        return [entry.path for entry in matching if entry.kind == "file"], [
            *walk.problems,
            *folders,
        ]

    def files(self, path: str) -> tuple[Sequence[str], Sequence[Problem]]:
        """The paths of all files below a folder, and what is not taken."""
        walk = Walk(self.door)
        return list(walk.files(path)), walk.problems


def _sealed(door: Door, path: str) -> tuple[int, str] | Problem:
    try:
        return door.sealed(path, MAX_FILE)
    except NotTaken as refused:
        return Problem(refused.kind, Location(path))
