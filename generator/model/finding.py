"""What is wrong, where, and how it is said: the only form in which a user's mistake travels."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

# Of a rule in a file no more findings are kept; the last one says how many there are besides. More
# than any form has cells.
MOST = 300
# No message is longer: who quotes a whole file says nothing.
LONGEST = 600
WIDE_SPACE = "\u3000"  # with it Chinese paragraphs begin
COMMAND = "##["  # with what a line of output gives orders to GitHub's runners, wherever it stands


def counted(count: int, noun: str) -> str:
    """`1 cell`, `2 cells`, in an English message."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def one_line(text: str) -> str:
    """The text on one line, with control characters and marks of direction spelled out.

    What a stranger wrote must neither steer the terminal that shows it, nor look like a line of
    ours, which on some build machines is a command.
    """
    if text.isprintable() and COMMAND not in text:
        return text
    return "".join(map(shown, text)).replace(COMMAND, "#\\u0023[")


def short(text: str) -> str:
    """A message on one line, without the middle of what is too long to be read."""
    if len(text) > LONGEST:
        text = f"{text[: LONGEST // 2]}……{text[-LONGEST // 4 :]}"
    return one_line(text)


def shown(character: str) -> str:
    """A character as it is printed: itself, or its code where it would not be seen."""
    return (
        character
        if character.isprintable() or character == WIDE_SPACE
        else f"\\u{ord(character):04x}"
    )


class Severity(StrEnum):
    """How much a finding weighs; declared per rule in `generator/formats/rules.yaml`."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for info, 1 for warning, 2 for error."""
        return ("info", "warning", "error").index(self.value)


class Stops(StrEnum):
    """What a finding may stop.

    Nothing at all, what the site's policy for its severity says, or, as an error, the whole site
    whatever the policy says.
    """

    NEVER = "never"
    BY_POLICY = "by policy"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file.

    `path` is relative to the site's folder, `/` between parts; line and column count from 1.
    """

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


class Text(NamedTuple):
    """One text in several languages: their tags, and what it is in each of them, in their order.

    The first is the language of the source. A text that is the same everywhere names none.
    """

    languages: tuple[str, ...]
    texts: tuple[str, ...]

    def say(self, language: str) -> str:
        """The text in the language with this tag; where it has none, that of the source."""
        for tag, text in zip(self.languages, self.texts, strict=False):
            if tag == language:
                return text
        return self.texts[0]

    @property
    def source(self) -> str:
        """What stands in the code, or in a file of the law."""
        return self.texts[0]

    def each(self, change: Callable[[str], str]) -> Text:
        """The text as a function changes it in each language."""
        return Text(self.languages, tuple(map(change, self.texts)))


# The gloss of what has none.
NO_GLOSS = Text((), ("",))


@dataclass(frozen=True, slots=True)
class Fix:
    """A change to one cell.

    Its address, the number that stands there, the one that would make everything add up, its name.
    """

    cell: str
    before: int | Decimal
    after: int | Decimal
    label: str = field(default="", compare=False)


# The changes that mend a table together; one cell in most cases.
Repair = tuple[Fix, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to put right.

    `expected`, `actual` and `difference` (left side less right side) are None where no sum is at
    stake.

    `cells` are cell addresses; `declared_at` is where a format states the identity that fails;
    `explained_by` is the number of the report's explanation (说明) for it; `repairs` are changes of
    cells that make the whole table hold, the likeliest first; `fingerprint` stands for the figures
    it is about, where it may be explained, and `cell_name` for its one cell, as an explanation
    names it. One that `stops` nothing is said and no more: no policy holds a report back for it, no
    exit code speaks of it. Places do not count when findings are compared or digested. `further` is
    how many more findings of its rule there are in its file that nobody keeps.
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
    stops: Stops = field(default=Stops.BY_POLICY, compare=False)
    further: int = 0

    @property
    def explained(self) -> bool:
        """Whether the report gives a public reason for it."""
        return self.explained_by is not None

    @property
    def misconfigures(self) -> bool:
        """Whether it is site.yaml that cannot be gone by, or the site's own part of the law."""
        configures = self.at.path in {"site.yaml", "formats"} or self.at.path.startswith("formats/")
        return configures and self.severity is Severity.ERROR

    @property
    def forbids(self) -> bool:
        """Whether nothing may be published for it, whatever the site's policy says."""
        return self.misconfigures or (
            self.stops is Stops.ALWAYS and self.severity is Severity.ERROR
        )

    @property
    def order(self) -> tuple[Location, str, str]:
        """The key that makes a list of findings the same on every run.

        Place, then rule, then words.
        """
        return (self.at, self.rule, self.message.source)


class Gathering:
    """Findings in the order in which they come, no more than MOST of a rule in a file.

    So a file may break a rule as often as it likes: neither memory nor a reader suffers from it.
    """

    def __init__(self, findings: Iterable[Finding] = ()) -> None:
        self._findings: list[Finding] = []
        # Of each rule in each file: how many findings there are, and the number of the last.
        self._counts: dict[tuple[str, str], int] = {}
        self._last: dict[tuple[str, str], int] = {}
        # By the number of a finding: how many more there are that were only counted.
        self._further: dict[int, int] = {}
        self.extend(findings)

    def append(self, finding: Finding) -> None:
        """Keep a finding, or count it."""
        rule = finding.rule
        path = finding.at.path
        if self.full(rule, path):
            self.pass_by(rule, path, 1 + finding.further)
            return
        self._counts[rule, path] = self.count(rule, path) + 1
        self._last[rule, path] = len(self._findings)
        self._findings.append(finding)

    def extend(self, findings: Iterable[Finding]) -> None:
        """Keep each of several."""
        for finding in findings:
            self.append(finding)

    def count(self, rule: str, path: str) -> int:
        """How many findings of a rule are kept of a file."""
        return self._counts.get((rule, path), 0)

    def full(self, rule: str, path: str) -> bool:
        """Whether no more findings of a rule are kept of a file."""
        return self.count(rule, path) >= MOST

    def pass_by(self, rule: str, path: str, further: int = 1) -> None:
        """Count a finding that is not kept, and so need not be made."""
        last = self._last[rule, path]
        self._further[last] = self._further.get(last, 0) + further

    def since(self, number: int) -> list[Finding]:
        """The findings behind the first so many."""
        return [self._counted(place) for place in range(number, len(self._findings))]

    def _counted(self, place: int) -> Finding:
        """A finding, with how many more there are that were only counted."""
        finding = self._findings[place]
        further = self._further.get(place, 0)
        return replace(finding, further=finding.further + further) if further else finding

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.since(0))

    def __len__(self) -> int:
        return len(self._findings)
