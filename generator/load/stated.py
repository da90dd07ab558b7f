"""What a file of `generator/formats/` states, as plain values. Such a file is ours: where it is not as it must be, FormatDefect."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.model.source import Fields, Items, Node, Scalar

Row = Mapping[str, Node]


class FormatDefect(Exception):
    """A file in the formats folder contradicts itself; the message says where and what."""


def mapping(node: Node | None) -> Row:
    """The values of a mapping by key. Anything else is a defect."""
    if not isinstance(node, Fields):
        raise FormatDefect(f"{node.at if node else 'empty file'}: keys and values are expected")
    return {key.text: value for key, value in node.pairs}


def mappings(node: Node | None) -> Iterator[Row]:
    """The mappings of a list; none where it is left out."""
    if isinstance(node, Items):
        yield from (mapping(item) for item in node.items)


def text(node: Node | None) -> str:
    """A text, empty where it is left out."""
    return node.text if isinstance(node, Scalar) else ""


def texts(node: Node | None) -> tuple[str, ...]:
    """The texts of a list, none where it is left out."""
    return tuple(text(item) for item in node.items) if isinstance(node, Items) else ()


def true(node: Node | None) -> bool:
    """Whether it is said to be so; what is left out is not."""
    return text(node) == "true"
