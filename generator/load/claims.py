"""A claims file of the law to Claims: what a narrative may claim about the tables."""

from __future__ import annotations

from enum import StrEnum

from generator.language.sentence import sentence
from generator.load.stated import FormatDefect, Row
from generator.model.claim import Claim, Claims, Listed
from generator.model.source import Items

CLAIMS_KEYS = frozenset(("claims", "topics", "fragments", "replaces"))
CLAIM_KEYS = frozenset(
    (
        "rule",
        "says",
        "equals",
        "second",
        "listed",
        "topic",
        "section",
        "unless",
        "opens",
        "before",
        "years",
        "zero_only",
        "claims_zero",
    )
)
LISTED_KEYS = frozenset(("word", "equals"))


class Years(StrEnum):
    """Which year a claim is about, where it may be another than the report's."""

    PRIOR = "prior"


def read_claims(stated: Row) -> Claims:
    """The claims of a file."""
    return Claims(
        claims=tuple(_claim(entry) for entry in stated.rows("claims", CLAIM_KEYS)),
        topics=_patterns(stated, "topics"),
        fragments=_patterns(stated, "fragments"),
    )


def _patterns(stated: Row, key: str) -> tuple[tuple[str, str], ...]:
    entries = stated.entries(key)
    return tuple((name, entries.required(name)) for name in entries.values)


def _claim(stated: Row) -> Claim:
    listed = tuple(
        Listed(entry.required("word"), entry.texts("equals"))
        for entry in stated.rows("listed", LISTED_KEYS)
    )
    return Claim(
        rule=stated.required("rule"),
        says=stated.text("says") if listed else stated.required("says"),
        equals=_sums(stated, "equals"),
        second=_sums(stated, "second"),
        listed=listed,
        topic=stated.text("topic"),
        section=stated.text("section"),
        unless=stated.text("unless"),
        opens=stated.text("opens"),
        before=stated.text("before"),
        prior="years" in stated and stated.choice("years", Years) is Years.PRIOR,
        zero_only=stated.flag("zero_only"),
        claims_zero=stated.flag("claims_zero"),
        at=stated.at,
    )


def _sums(stated: Row, key: str) -> tuple[tuple[str, ...], ...]:
    """The ways to come to a number: lists of concepts that are added up."""
    sums = []
    for item in stated.items(key):
        if not isinstance(item, Items):
            message = sentence("“{key}”是列表的列表：[[甲], [甲, 乙]]", key=key)
            raise FormatDefect(item.at, message)
        sums.append(Row(item.at, {key: item}).texts(key))
    return tuple(sums)
