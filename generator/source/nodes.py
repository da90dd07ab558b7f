"""YAML as text with places. The only user of PyYAML.

It is read event by event and never constructed, so that every scalar stays what was written.

Its own composer calls itself for each level of nesting, in C, and 25 KB of brackets end the whole
program. Here the depth is known before anything goes deeper, and a text that is too deep, too large
or full of references is left at the place where it becomes so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from generator.model.finding import Location
from generator.model.source import Fields, Items, Node, Scalar, Unreadable

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
PLAIN = (None, "")  # libyaml says "" for an empty plain scalar
MAX_DEPTH = 12
MAX_NODES = 20_000


def parse(text: str, path: str) -> Node | None:
    """The root node of a YAML text, None for an empty one.

    Raises Unreadable; anchors, bombs and deep nesting are refused.
    """
    try:
        return _Composer(path).root(_events(text))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = Location(path, mark.line + 1, mark.column + 1) if mark else Location(path)
        raise Unreadable("syntax", at, str(error.problem or error.context or "")) from None
    except yaml.YAMLError as error:
        raise Unreadable("syntax", Location(path), str(error).splitlines()[0]) from None


def _events(text: str) -> Iterator[Any]:
    loader = LOADER(text)
    try:
        while loader.check_event():
            yield loader.get_event()
    finally:
        loader.dispose()


@dataclass
class _Open:
    """A list or mapping that is not closed yet.

    It has its items, or its pairs and the key that waits for a value.
    """

    at: Location
    items: list[Node] = field(default_factory=list)
    pairs: list[tuple[Scalar, Node]] | None = None
    key: Scalar | None = None

    @property
    def wants_key(self) -> bool:
        return self.pairs is not None and self.key is None

    def take(self, node: Node) -> None:
        """The next item, or the value of the key."""
        if self.pairs is None:
            self.items.append(node)
        elif self.key is None:
            raise Unreadable("key", node.at)
        else:
            self.pairs.append((self.key, node))
            self.key = None

    def closed(self) -> Node:
        """The node that it became."""
        return (
            Items(tuple(self.items), self.at)
            if self.pairs is None
            else Fields(tuple(self.pairs), self.at)
        )


class _Composer:
    """Nodes from the events of one file."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.nodes = 0
        self.open: list[_Open] = []
        self.found: Node | None = None

    def root(self, events: Iterator[Any]) -> Node | None:
        """The node of the one document that there may be."""
        documents = 0
        for event in events:
            if isinstance(event, yaml.ScalarEvent):
                self._scalar(event)
            elif isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
                self._start(event)
            elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
                self._take(self.open.pop().closed())
            elif isinstance(event, yaml.AliasEvent):
                raise Unreadable("alias", self._at(event))
            elif isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise Unreadable("syntax", self._at(event), "but found another document")
        return self.found

    def _scalar(self, event: Any) -> None:
        node = Scalar(event.value, self._at(event), plain=event.style in PLAIN)
        if self.open and self.open[-1].wants_key:
            self.open[-1].key = node
        else:
            self._count(node.at)
            self._take(node)

    def _start(self, event: Any) -> None:
        at = self._at(event)
        if self.open and self.open[-1].wants_key:
            raise Unreadable("key", at)
        self._count(at)
        self.open.append(_Open(at, pairs=[] if isinstance(event, yaml.MappingStartEvent) else None))

    def _take(self, node: Node) -> None:
        if self.open:
            self.open[-1].take(node)
        else:
            self.found = node

    def _count(self, at: Location) -> None:
        if len(self.open) > MAX_DEPTH:
            raise Unreadable("depth", at)
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise Unreadable("size", at)

    def _at(self, event: Any) -> Location:
        return Location(self.path, event.start_mark.line + 1, event.start_mark.column + 1)
