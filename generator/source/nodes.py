"""YAML as text with places. Nodes are composed, never constructed, so every scalar stays what was written. The only user of PyYAML."""

from __future__ import annotations

from typing import Any

import yaml

from generator.model.finding import Location
from generator.model.source import Fields, Items, Node, Scalar, Unreadable

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
PLAIN = (None, "")  # libyaml says "" for an empty plain scalar
MAX_DEPTH = 12
MAX_NODES = 20_000


def parse(text: str, path: str) -> Node | None:
    """The root node of a YAML text, None for an empty one. Raises Unreadable; anchors, bombs and deep nesting are refused."""
    try:
        root = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = Location(path, mark.line + 1, mark.column + 1) if mark else Location(path)
        kind = "alias" if "alias" in str(error.problem) else "syntax"
        raise Unreadable(kind, at, str(error.problem or error.context or "")) from None
    except yaml.YAMLError as error:
        raise Unreadable("syntax", Location(path), str(error).splitlines()[0]) from None
    except RecursionError:
        raise Unreadable("depth", Location(path)) from None
    return None if root is None else _Walk(path).node(root, 0)


class _Walk:
    """One pass over the composed nodes of a file; remembers what it saw so that an alias is noticed."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.seen: set[int] = set()

    def node(self, node: Any, depth: int) -> Node:
        at = Location(self.path, node.start_mark.line + 1, node.start_mark.column + 1)
        if id(node) in self.seen:
            raise Unreadable("alias", at)
        self.seen.add(id(node))
        if depth > MAX_DEPTH:
            raise Unreadable("depth", at)
        if len(self.seen) > MAX_NODES:
            raise Unreadable("size", at)
        if isinstance(node, yaml.ScalarNode):
            return Scalar(node.value, at, plain=node.style in PLAIN)
        if isinstance(node, yaml.SequenceNode):
            return Items(tuple(self.node(item, depth + 1) for item in node.value), at)
        return Fields(tuple((self.key(key), self.node(value, depth + 1)) for key, value in node.value), at)

    def key(self, node: Any) -> Scalar:
        at = Location(self.path, node.start_mark.line + 1, node.start_mark.column + 1)
        if not isinstance(node, yaml.ScalarNode):
            raise Unreadable("key", at)
        return Scalar(node.value, at, plain=node.style in PLAIN)
