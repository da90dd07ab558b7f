"""What somebody typed, and the same as it would be right: slips, edits, and the names of a file."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from generator.model.finding import Location
from generator.model.source import Fields, Items, Node, Scalar


@dataclass(frozen=True)
class Outline:
    """The names that a place of a file knows, and what stands below each.

    `below` goes from the normal spelling of a name to its own outline; None is a place of which
    nothing is known. `columns` is how many figures a row takes, 0 for what is no row; `listed` says
    that a list may stand there. `printed` are words of the form that are no names: column heads and
    notes, which come along when a table is pasted. `across` are the rows of a table that prints
    them side by side, so that all their figures are one line.
    """

    below: Mapping[str, Outline] | None = None
    columns: int = 0
    listed: bool = False
    printed: frozenset[str] = frozenset()
    across: tuple[str, ...] = ()

    def child(self, name: str) -> Outline:
        """What stands below a name; nothing known where the name is not."""
        return (self.below or {}).get(name, UNKNOWN)

    def knows(self, name: str) -> bool:
        """Whether the place has this name."""
        return self.below is not None and name in self.below

    @property
    def takes_structure(self) -> bool:
        """Whether a list or names belong here rather than a text."""
        return bool(self.below) or self.columns > 0 or self.listed

    @cached_property
    def names(self) -> frozenset[str]:
        """Every name here and further below."""
        below = self.below or {}
        return frozenset(below).union(*(outline.names for outline in below.values()))


UNKNOWN = Outline()


class Kind(StrEnum):
    """The kinds of slips. Those of the second part have no single reading."""

    COLON = "colon"
    SPACE = "space"
    TAB = "tab"
    BLANK = "blank"
    INDENT = "indent"
    BRACKET = "bracket"
    COMMA = "comma"
    SEPARATOR = "separator"
    UNBRACKETED = "unbracketed"
    UNCLOSED = "unclosed"
    QUOTE = "quote"
    INNER = "inner"
    PASTED = "pasted"
    PASTED_HEAD = "pasted_head"
    NAME_ALONE = "name_alone"
    TRAILING = "trailing"
    DASH = "dash"
    COMMENT = "comment"
    DIGITS = "digits"

    GAP = "gap"
    OPEN_QUOTE = "open_quote"
    OPEN_BRACKET = "open_bracket"
    STRAY = "stray"
    TWO_NAMES = "two_names"
    NO_NAME = "no_name"
    NO_LEVEL = "no_level"


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip of the pen, from one character of the text to another.

    `right` is what belongs there; None where that cannot be told. A `quiet` slip is read as it is
    meant anyway: it is put right together with others, and never told.
    """

    kind: Kind
    start: int
    end: int
    right: str | None
    quiet: bool = False


@dataclass(frozen=True)
class FairCopy:
    """A text as typed, its slips in order, and the text without those that have one reading."""

    typed: str
    slips: tuple[Slip, ...] = ()

    @cached_property
    def edits(self) -> Sequence[Slip]:
        """The slips that have one reading."""
        return [slip for slip in self.slips if slip.right is not None]

    @cached_property
    def text(self) -> str:
        """The text as it would be right."""
        pieces = []
        position = 0
        for slip in self.edits:
            pieces += [self.typed[position : slip.start], slip.right or ""]
            position = slip.end
        return "".join([*pieces, self.typed[position:]])

    @property
    def told(self) -> Sequence[Slip]:
        """The slips that are told."""
        return [slip for slip in self.slips if not slip.quiet]

    @cached_property
    def _line_starts(self) -> Sequence[int]:
        return list(_starts(self.typed))

    @cached_property
    def _copy_starts(self) -> Sequence[int]:
        return list(_starts(self.text))

    @cached_property
    def _shifts(self) -> tuple[Sequence[int], Sequence[int]]:
        """Where in the copy each edit begins, and where it does in the text as typed."""
        begins = []
        shift = 0
        for slip in self.edits:
            begins.append(slip.start + shift)
            shift += len(slip.right or "") - (slip.end - slip.start)
        return begins, [slip.start for slip in self.edits]

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of a character of the text as typed."""
        line = bisect_right(self._line_starts, offset) - 1
        return line + 1, offset - self._line_starts[line] + 1

    def line(self, offset: int) -> str:
        """The line of the copy that a character of the typed text has become part of."""
        number = self.place(offset)[0]
        start = self._line_starts[number - 1]
        pieces = self.typed[start:].split("\n", 1)[0]
        end = start + len(pieces)
        right = []
        position = start
        for slip in self.edits:
            if start <= slip.start and slip.end <= end:
                right += [self.typed[position : slip.start], slip.right or ""]
                position = slip.end
        return "".join([*right, self.typed[position:end]])

    def typed_at(self, at: Location) -> Location:
        """The place in the text as typed that a place of the copy comes from."""
        if not self.edits:
            return at
        starts = self._copy_starts
        offset = starts[min(at.line, len(starts)) - 1] + at.column - 1
        begins, origins = self._shifts
        index = bisect_right(begins, offset) - 1
        if index >= 0:
            slip = self.edits[index]
            within = offset - begins[index]
            beyond = within - len(slip.right or "")
            length = slip.end - slip.start
            offset = origins[index] + (length + beyond if beyond >= 0 else min(within, length))
        line, column = self.place(min(offset, len(self.typed)))
        return replace(at, line=line, column=column)

    def typed_node(self, node: Node) -> Node:
        """The node with the places of the text as typed."""
        at = self.typed_at(node.at)
        match node:
            case Scalar():
                return replace(node, at=at)
            case Items():
                return Items(tuple(map(self.typed_node, node.items)), at)
            case Fields():
                pairs = []
                for key, value in node.pairs:
                    key_at = replace(key, at=self.typed_at(key.at))
                    pairs.append((key_at, self.typed_node(value)))
                return Fields(tuple(pairs), at)


def _starts(text: str) -> Iterator[int]:
    """The offset of each line's first character."""
    yield 0
    for offset, character in enumerate(text):
        if character == "\n":
            yield offset + 1
