"""generator/formats/claims.yaml to Claims."""

from __future__ import annotations

from collections.abc import Mapping

from generator.model.claim import Claim, Claims, Listed
from generator.model.source import Fields, Items, Node, Scalar


def read_claims(row: Mapping[str, Node]) -> Claims:
    """The claims a narrative may make."""
    listed = row.get("claims")
    return Claims(
        tuple(_claim(node) for node in listed.items if isinstance(node, Fields)) if isinstance(listed, Items) else (),
        _pairs(row.get("topics")),
        _pairs(row.get("fragments")),
    )


def _pairs(node: Node | None) -> tuple[tuple[str, str], ...]:
    return tuple((key.text, _text(value)) for key, value in node.pairs) if isinstance(node, Fields) else ()


def _text(node: Node | None) -> str:
    return node.text if isinstance(node, Scalar) else ""


def _sum(node: Node | None) -> tuple[str, ...]:
    return tuple(_text(item) for item in node.items) if isinstance(node, Items) else ()


def _sums(node: Node | None) -> tuple[tuple[str, ...], ...]:
    return tuple(_sum(item) for item in node.items) if isinstance(node, Items) else ()


def _claim(node: Fields) -> Claim:
    listed = node.get("listed")
    words = [item for item in listed.items if isinstance(item, Fields)] if isinstance(listed, Items) else []
    return Claim(
        rule=_text(node.get("rule")),
        says=_text(node.get("says")),
        equals=_sums(node.get("equals")),
        second=_sums(node.get("second")),
        listed=tuple(Listed(_text(word.get("word")), _sum(word.get("equals"))) for word in words),
        topic=_text(node.get("topic")),
        section=_text(node.get("section")),
        unless=_text(node.get("unless")),
        opens=_text(node.get("opens")),
        before=_text(node.get("before")),
        prior=_text(node.get("years")) == "prior",
        zero_only=_text(node.get("zero_only")) == "true",
        claims_zero=_text(node.get("claims_zero")) == "true",
    )
