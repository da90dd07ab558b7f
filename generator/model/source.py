"""A site's files as found: the folder tree, and what YAML says with line and column.

Nothing here is interpreted yet.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from generator.model.finding import Location

if TYPE_CHECKING:
    from generator.model.fair_copy import FairCopy, Outline

# What may be a folder's name and so a part of an address.
SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A piece of text and where it stands. `plain` is False for quoted text."""

    text: str
    at: Location
    plain: bool = True


@dataclass(frozen=True, slots=True)
class Items:
    """A list, in order."""

    items: tuple[Node, ...]
    at: Location


@dataclass(frozen=True, slots=True)
class Fields:
    """A mapping as pairs in order, so that a key written twice is still seen twice."""

    pairs: tuple[tuple[Scalar, Node], ...]
    at: Location

    def get(self, key: str) -> Node | None:
        """The first value written under exactly this key."""
        return next((value for name, value in self.pairs if name.text == key), None)


Node = Scalar | Items | Fields


class Unreadable(Exception):
    """The text is no YAML that we accept.

    `kind` names the reason, `detail` is what the parser says.
    """

    def __init__(self, kind: str, at: Location, detail: str = "") -> None:
        super().__init__(kind)
        self.kind = kind
        self.at = at
        self.detail = detail


@dataclass(frozen=True)
class Problem:
    """A file or folder that cannot be taken: `kind` is a key of load.reading.PROBLEMS.

    `text` is what the file says where it can be read all the same.
    """

    kind: str
    at: Location
    text: str | None = None


@dataclass(frozen=True)
class ReportFiles:
    """The files of one report: paths relative to the root, empty where there is no such file.

    `files` are the attachments.
    """

    year: int
    figures: str = ""
    narrative: str = ""
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class AgencyFiles:
    """The files of one agency."""

    slug: str
    agency: str = ""
    reports: tuple[ReportFiles, ...] = ()


@dataclass(frozen=True)
class Tree:
    """Everything below a site's root that is read: paths relative to the root.

    A path is empty where there is no such file.
    """

    settings: str = ""
    agencies: tuple[AgencyFiles, ...] = ()
    pages: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


class Remembered(Protocol):
    """What was read and found before, by kind and name, each valid for one key."""

    def recall(self, kind: str, name: str, key: str) -> str | None:
        """What was kept under this name, if it was kept for this very key."""

    def keep(self, kind: str, name: str, key: str, data: str) -> None:
        """Keep something under a name, in place of what was there."""


class Forgetful:
    """A memory that keeps nothing."""

    def recall(self, kind: str, name: str, key: str) -> str | None:
        """Nothing."""
        return None

    def keep(self, kind: str, name: str, key: str, data: str) -> None:
        """Keep nothing."""


class Files(Protocol):
    """A folder that can be read by relative path."""

    def text(self, path: str) -> str | Problem:
        """The text of a file, line ends as `\\n`; or why it cannot be taken."""

    def nodes(self, text: str, path: str) -> Node | None:
        """The root node of a YAML text, None for an empty one. Raises Unreadable."""

    def fair_copy(self, text: str, outline: Outline, *, broken: bool) -> FairCopy:
        """The slips of the pen in a YAML text, and the text as it was meant.

        `broken` is whether it cannot be read as it stands.
        """

    def digests(self, paths: tuple[str, ...]) -> Mapping[str, tuple[int, str] | Problem]:
        """The size in bytes and the SHA-256 of each file, or the problem with it.

        Of a file that is too large to be published only the size is told.
        """


class Folder(Files, Protocol):
    """Such a folder that can be looked through."""

    @property
    def root(self) -> Path:
        """Where it is."""

    @property
    def own(self) -> bool:
        """Whether the package ships it."""

    def kind(self, path: str) -> str:
        """What stands at a path: `file`, `folder`, `link`, `special`, or `missing`."""

    def entries(self, path: str, ending: str) -> tuple[Sequence[str], Sequence[Problem]]:
        """The paths of the files in a folder whose names end so, and what in it is not taken."""

    def files(self, path: str) -> tuple[Sequence[str], Sequence[Problem]]:
        """The paths of all files below a folder, and what is not taken."""
