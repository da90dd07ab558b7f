"""The keys of the files of a site: one table for each file.

It states for each key how it is spelt, what it means, what it takes, whether it is required, and
since which version of the program it is known.

Readers (load/), JSON Schemas (schema/) and docs/keys.md are made from these tables. A table stands
in the file that reads the keys.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from generator.load.reading import Words

FIRST_VERSION = "0.1.0"
REQUIRED = "必须写。"


@dataclass(frozen=True)
class Line:
    """One line of text."""


@dataclass(frozen=True)
class Day:
    """A day: 2024-01-26."""


@dataclass(frozen=True)
class Address:
    """The address of a web page."""


@dataclass(frozen=True)
class Deadline:
    """A day of any year: 01-31."""


@dataclass(frozen=True)
class Choice:
    """One of some words. `more` are YAML values that mean one of them, such as true and false."""

    options: Words
    more: tuple[object, ...] = ()


@dataclass(frozen=True)
class Several:
    """A list. An item may stand `alone` in place of it, and 无 is a list without items."""

    item: Kind
    alone: bool = False


@dataclass(frozen=True)
class Group:
    """Lines of keys and values of their own. Such a group may be left `open`, without a value."""

    keys: Keys
    open: bool = False


@dataclass(frozen=True)
class LineOrGroup:
    """One line of text, or keys and values of their own."""

    keys: Keys


@dataclass(frozen=True)
class ByLaw:
    """What depends on the forms and rules: the schema states it where it knows them."""

    what: str


Kind = Line | Day | Address | Deadline | Choice | Several | Group | LineOrGroup | ByLaw


@dataclass(frozen=True)
class Key:
    """A key: its spellings, the canonical one first, what it means, and what it takes."""

    spellings: tuple[str, ...]
    sentence: str
    kind: Kind = Line()
    required: bool = False
    since: str = FIRST_VERSION

    @property
    def meaning(self) -> str:
        """The meaning of the key, in a sentence that editors show."""
        return self.sentence + REQUIRED if self.required else self.sentence

    @property
    def name(self) -> str:
        """The name of the key in Chinese findings."""
        return self.spellings[1] if len(self.spellings) > 1 else self.spellings[0]


@dataclass(frozen=True)
class Keys:
    """The keys of one place of a file, by canonical name."""

    by_name: Mapping[str, Key]

    @cached_property
    def words(self) -> Words:
        """Canonical name → spellings."""
        return {name: key.spellings for name, key in self.by_name.items()}

    def __getitem__(self, name: str) -> Key:
        return self.by_name[name]

    def only(self, *names: str) -> Keys:
        """Some of these keys."""
        return Keys({name: self.by_name[name] for name in names})


def alike(spellings: Words, meanings: Mapping[str, str], kind: Kind) -> Keys:
    """Keys that all take the same kind of value."""
    return Keys({name: Key(spellings[name], meanings[name], kind) for name in spellings})
