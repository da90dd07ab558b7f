"""What narratives say of the tables, as data: words by their classes, and what they claim.

Stated in `generator/formats/lexicon.yaml` and `claims.yaml`; a site may add its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from generator.model.finding import Location

# Concepts that are added up; a row that is a group stands for all of its rows.
Sum = tuple[str, ...]


class Bound(StrEnum):
    """How cells and a number must stand to each other where they need not be equal."""

    LEAST = "least"
    MOST = "most"


@dataclass(frozen=True)
class Word:
    """What a word of the lexicon is: its class, and, of a family's member, what it means.

    `means` are the ways in which concepts, or the beginnings of their keys, are added up.
    """

    kind: str
    means: tuple[Sum, ...] = ()


@dataclass(frozen=True)
class Claim:
    """What a clause claims in which words of some classes stand together.

    `says` are the classes that must be there, `beside` those that may be there; with any other
    class that counts the clause claims nothing. `topic` are the things that it may be about, those
    it names itself or, unless it is `named`, the one named last; an empty one is none so far.
    `equals` are the ways to come to its number, in which `{class}` is what the words of a class
    mean. `zero` claims 0 without a number. `marks` is what it is for clauses behind it in the
    sentence; `after` are the marks of which one must be in front of it, `unless` those of which
    none may be. `units` names a group of units;
    `bound` says that the cells come to the number at least, or at most.
    """

    rule: str
    equals: tuple[Sum, ...]
    says: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    topic: tuple[str, ...] = ()
    needs: frozenset[str] = frozenset()
    bars: frozenset[str] = frozenset()
    named: bool = False
    behind: bool = False
    zero: bool = False
    bound: Bound | None = None
    against: str = ""
    marks: str = ""
    after: frozenset[str] = frozenset()
    unless: frozenset[str] = frozenset()
    units: str = ""
    section: str = ""
    at: Location = field(default=Location(""), compare=False)


@dataclass(frozen=True)
class Lexicon:
    """The words of narratives by their classes, and what classes are for.

    `roles` names the classes that the reader itself must know, `units` groups of units.
    """

    words: Mapping[str, Word] = field(default_factory=dict)
    roles: Mapping[str, frozenset[str]] = field(default_factory=dict)
    units: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def lengths(self) -> Mapping[str, tuple[int, ...]]:
        """For each first character how long the words are that begin with it, longest first."""
        lengths: dict[str, set[int]] = {}
        for word in self.words:
            lengths.setdefault(word[0], set()).add(len(word))
        return {first: tuple(sorted(possible, reverse=True)) for first, possible in lengths.items()}

    @cached_property
    def kinds(self) -> frozenset[str]:
        """All classes."""
        return frozenset(word.kind for word in self.words.values())

    @cached_property
    def idle(self) -> frozenset[str]:
        """The classes that count for nothing, with those that the reader gives."""
        return self.role("harmless") | {"itself", "quantity"}

    @cached_property
    def telling(self) -> frozenset[str]:
        """The classes of which a clause without a number has one, if it claims anything."""
        roles = ("none", "all", "up", "down", "same", "reach", "compared", "than")
        return frozenset(kind for role in roles for kind in self.role(role))

    def role(self, name: str) -> frozenset[str]:
        """The classes that have a role."""
        return self.roles.get(name, frozenset())


@dataclass(frozen=True)
class Claims:
    """All claims, the most telling first, and the words that they are about."""

    claims: tuple[Claim, ...] = ()
    lexicon: Lexicon = field(default_factory=Lexicon)
