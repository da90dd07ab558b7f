"""generator/formats/claims.yaml to Claims."""

from __future__ import annotations

from generator.load.stated import Row, text, texts
from generator.model.claim import Claim, Claims, Listed
from generator.model.source import Fields, Items, Node


def read_claims(row: Row) -> Claims:
    """The claims a narrative may make."""
    listed = row.get("claims")
    return Claims(
        tuple(_claim(node) for node in listed.items if isinstance(node, Fields)) if isinstance(listed, Items) else (),
        _pairs(row.get("topics")),
        _pairs(row.get("fragments")),
    )


def _pairs(node: Node | None) -> tuple[tuple[str, str], ...]:
    return tuple((key.text, text(value)) for key, value in node.pairs) if isinstance(node, Fields) else ()


def _sums(node: Node | None) -> tuple[tuple[str, ...], ...]:
    return tuple(texts(item) for item in node.items) if isinstance(node, Items) else ()


def _claim(node: Fields) -> Claim:
    listed = node.get("listed")
    words = [item for item in listed.items if isinstance(item, Fields)] if isinstance(listed, Items) else []
    return Claim(
        rule=text(node.get("rule")),
        says=text(node.get("says")),
        equals=_sums(node.get("equals")),
        second=_sums(node.get("second")),
        listed=tuple(Listed(text(word.get("word")), texts(word.get("equals"))) for word in words),
        topic=text(node.get("topic")),
        section=text(node.get("section")),
        unless=text(node.get("unless")),
        opens=text(node.get("opens")),
        before=text(node.get("before")),
        prior=text(node.get("years")) == "prior",
        zero_only=text(node.get("zero_only")) == "true",
        claims_zero=text(node.get("claims_zero")) == "true",
    )
