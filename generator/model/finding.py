"""What is wrong, where, and how it is said: the only form in which a user's mistake travels."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple


def counted(count: int, noun: str) -> str:
    """`1 cell`, `2 cells`, in an English message."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


class Severity(StrEnum):
    """How much a finding weighs; declared per rule in `generator/formats/rules.yaml`."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for info, 1 for warning, 2 for error."""
        return ("info", "warning", "error").index(self.value)


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file. `path` is relative to the site's folder, `/` between parts; line and column count from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


class Text(NamedTuple):
    """One sentence in both languages of the command line."""

    zh: str
    en: str

    def say(self, language: str) -> str:
        """The sentence in `language`: `zh` or `en`."""
        return self.en if language == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Fix:
    """A change to one cell: its address, the number that stands there, the one that would make everything add up, its name."""

    cell: str
    before: int | Decimal
    after: int | Decimal
    label: str = field(default="", compare=False)


# The changes that mend a table together; one cell in most cases.
Repair = tuple[Fix, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to put right. `expected`, `actual` and `difference` (left side less right side) are None where no sum is at stake.

    `cells` are cell addresses; `declared_at` is where a format states the identity that fails; `explained_by` is the number of the
    report's explanation (说明) for it; `repairs` are changes of cells that make the whole table hold, the likeliest first; `fingerprint`
    stands for the figures it is about, where it may be explained, and `cell_name` for its one cell, as an explanation names it. Places
    do not count when findings are compared or digested.
    """

    rule: str
    severity: Severity
    at: Location = field(compare=False)
    message: Text
    agency: str = ""
    year: int | None = None
    expected: int | Decimal | None = None
    actual: int | Decimal | None = None
    difference: int | Decimal | None = None
    cells: tuple[str, ...] = ()
    advice: Text | None = None
    declared_at: Location | None = field(default=None, compare=False)
    explained_by: int | None = None
    repairs: tuple[Repair, ...] = ()
    fingerprint: str = field(default="", compare=False)
    cell_name: str = field(default="", compare=False)

    @property
    def explained(self) -> bool:
        """Whether the report gives a public reason for it."""
        return self.explained_by is not None

    @property
    def misconfigures(self) -> bool:
        """Whether it is site.yaml that cannot be gone by."""
        return self.at.path == "site.yaml" and self.severity is Severity.ERROR

    @property
    def order(self) -> tuple[Location, str, str]:
        """The key that makes a list of findings the same on every run: place, then rule, then words."""
        return (self.at, self.rule, self.message.zh)
