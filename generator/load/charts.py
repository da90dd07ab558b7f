"""`charts:` and `chain:` of a file of the law: what an agency's page shows of its years."""

from __future__ import annotations

from generator.language.law_words import keys_in
from generator.language.sentence import sentence
from generator.load.stated import FormatDefect, Row, row
from generator.model.finding import Text
from generator.model.law import ChainPlan, ChartKind, ChartPlan, Named
from generator.model.source import Node

CHART_KEYS = frozenset(("id", "kind", "zh", *keys_in("en"), "series", "total", "replaces"))
CHAIN_KEYS = ("opening", "incoming", "closed", "closing")
NAMED_KEYS = frozenset(("key", "zh", *keys_in("en")))


def read_chart(stated: Row) -> ChartPlan:
    """The chart that an entry states."""
    series = tuple(_named(entry) for entry in stated.rows("series", NAMED_KEYS))
    if not series:
        raise stated.defect("series", sentence("不能不写"))
    return ChartPlan(
        id=stated.required("id"),
        title=_name(stated),
        kind=stated.choice("kind", ChartKind),
        series=series,
        total=_named(stated.row("total", NAMED_KEYS)) if "total" in stated else None,
        at=stated.at,
    )


def read_chain(node: Node) -> ChainPlan:
    """The figures of the carry-over chain."""
    stated = row(node, CHAIN_KEYS)
    opening, incoming, closed, closing = (_named(stated.row(key, NAMED_KEYS)) for key in CHAIN_KEYS)
    return ChainPlan(opening, incoming, closed, closing)


def _named(stated: Row) -> Named:
    if "key" not in stated:
        raise FormatDefect(stated.at, sentence("这个数字没有写 key"))
    return Named(stated.required("key"), _name(stated), stated.place("key"))


def _name(stated: Row) -> Text:
    return stated.in_languages("en", stated.text("zh"))
