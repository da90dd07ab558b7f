"""The parts of a site that one job is handed, and nothing else of it.

An excerpt is asked like the site itself. A question about a part that was not handed is refused, so
that an output cannot depend on anything that its key does not name (decision 0034).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import TypeVar

from generator.model.agency import Agency
from generator.model.report import Report
from generator.model.site import Held, Site

K = TypeVar("K")
V = TypeVar("V")


class NotHandedError(Exception):
    """A job asked for a part that it was not handed: our bug."""


class Entries(Mapping[K, V]):
    """Some entries of a mapping, and the keys of which it is told that they have none.

    Any other key is refused, and so is every question about all entries. `name` is what the mapping
    is called in the site.
    """

    def __init__(self, name: str, entries: Mapping[K, V], absent: Collection[K] = ()) -> None:
        self.name = name
        self.entries = entries
        self.absent = frozenset(absent)

    @staticmethod
    def of(name: str, mapping: Mapping[K, V], keys: Collection[K]) -> Entries[K, V]:
        """The entries of these keys."""
        entries = {key: mapping[key] for key in keys if key in mapping}
        return Entries(name, entries, [key for key in keys if key not in entries])

    def with_entries(self, more: Entries[K, V]) -> Entries[K, V]:
        """These entries and more of the same mapping."""
        entries = {**self.entries, **more.entries}
        return Entries(self.name, entries, (self.absent | more.absent) - entries.keys())

    def changed(self, change: Callable[[V], V]) -> Entries[K, V]:
        """The same keys with changed entries."""
        entries = {key: change(value) for key, value in self.entries.items()}
        return Entries(self.name, entries, self.absent)

    def __getitem__(self, key: K) -> V:
        if key in self.entries:
            return self.entries[key]
        if key in self.absent:
            raise KeyError(key)
        raise NotHandedError(f"{self.name}: {key}")

    def __contains__(self, key: object) -> bool:
        if key in self.entries or key in self.absent:
            return key in self.entries
        raise NotHandedError(f"{self.name}: {key}")

    def __iter__(self) -> Iterator[K]:
        raise NotHandedError(self.name)

    def __len__(self) -> int:
        raise NotHandedError(self.name)


class Excerpt(Site):
    """A site of which only some parts are there.

    What the site works out of several parts is handed as a part of its own (`facts`). Where it is
    not, it is worked out of the parts that are there, and refused where these do not suffice.
    """

    @staticmethod
    def taken_from(
        site: Site,
        agencies: Mapping[str, Agency],
        reports: Mapping[tuple[str, int], Report],
        facts: Mapping[str, object],
    ) -> Excerpt:
        """The settings and the law of a site with these of its bodies, reports and facts.

        A fact is a property of Site under its name there.
        """
        nothing_held: Mapping[tuple[str, int], Held] = Entries("held", {})
        excerpt = Excerpt(
            site.settings, site.law, agencies, reports, Entries("pages", {}), site.pdf, nothing_held
        )
        # Frozen like the site: this is the place where an instance keeps its properties.
        vars(excerpt).update(facts)
        return excerpt
