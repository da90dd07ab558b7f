"""An entry of the rule catalogue (`formats/rules/*.yaml`) to a Rule."""

from __future__ import annotations

import re

from generator.language.catalogue import BASES, FAMILIES
from generator.language.law_words import keys_in
from generator.language.sentence import listed, sentence
from generator.load.stated import FormatDefect, Row, row
from generator.model.finding import Severity, Stops, Text
from generator.model.law import Example, Manual, Rule, Threshold
from generator.model.source import Items, Node

RULE_KEYS = frozenset(
    (
        "severity",
        "zh",
        "do_zh",
        "what_zh",
        *keys_in("en", "do_en", "what_en"),
        "basis",
        "fails",
        "passes",
        "by_form",
        "thresholds",
        "words",
        "innocent",
        "lists",
        "stops",
        "explainable",
        "of_complete",
        "own_words",
        "of_examples",
        "off",
        "decided_by",
        "replaces",
    )
)
THRESHOLD_KEYS = frozenset(("id", "value", "word"))
RULE_ID = re.compile(r"([A-Z]+[0-9]?)-[0-9]{2,3}")
BASIS_SEPARATOR = "、"


def read_rule(rule_id: str, stated: Row) -> Rule:
    """The rule that an entry states."""
    family = RULE_ID.fullmatch(rule_id)
    if family is None or family[1] not in FAMILIES:
        families = "、".join(FAMILIES)
        message = sentence(
            "规则编号“{rule_id}”应是类别、连字符和两三位数字，如 T3-90；类别有：{families}",
            rule_id=rule_id,
            families=families,
        )
        raise FormatDefect(stated.at, message)
    stated.required("en")
    return Rule(
        id=rule_id,
        severity=stated.choice("severity", Severity),
        name=stated.in_languages("en", stated.required("zh")),
        advice=_text(stated, "do") if "do_zh" in stated else None,
        manual=Manual(
            what=_text(stated, "what"),
            basis=_basis(stated),
            fails=tuple(_example(item) for item in stated.items("fails")),
            passes=tuple(_example(item) for item in stated.items("passes")),
        ),
        by_form=_by_form(stated),
        thresholds=_thresholds(stated),
        words=stated.texts("words"),
        innocent=stated.texts("innocent"),
        lists=_lists(stated),
        explainable=stated.flag("explainable", default=True),
        stops=stated.choice("stops", Stops) if "stops" in stated else Stops.BY_POLICY,
        of_complete=stated.flag("of_complete"),
        own_words=stated.flag("own_words"),
        of_examples=stated.flag("of_examples"),
        off=stated.flag("off"),
        decided_by=_modules(stated),
        at=stated.at,
    )


def _modules(stated: Row) -> tuple[str, ...]:
    """The modules that decide a rule: a list, or one; none where a site brings the rule."""
    if isinstance(stated.values.get("decided_by"), Items):
        return stated.texts("decided_by")
    module = stated.text("decided_by")
    return (module,) if module else ()


def _text(stated: Row, key: str) -> Text:
    return stated.in_languages(f"{key}_en", stated.text(f"{key}_zh"))


def _basis(stated: Row) -> str:
    basis = stated.text("basis")
    letters = basis.split(BASIS_SEPARATOR) if basis else []
    if not set(letters) <= set(BASES):
        letters_taken = listed(BASES)
        message = sentence("是“{basis}”，可用的字母：{letters}", basis=basis, letters=letters_taken)
        raise stated.defect("basis", message)
    return basis


def _by_form(stated: Row) -> dict[str, Severity]:
    forms = stated.entries("by_form")
    return {form: forms.choice(form, Severity) for form in forms.values}


def _thresholds(stated: Row) -> dict[str, Threshold]:
    return {
        entry.identifier("id"): Threshold(entry.number("value"), entry.required("word"))
        for entry in stated.rows("thresholds", THRESHOLD_KEYS)
    }


def _lists(stated: Row) -> dict[str, tuple[str, ...]]:
    lists = stated.entries("lists")
    return {name: lists.texts(name) for name in lists.values}


def _example(node: Node) -> Example:
    """An example: its file names are free keys, beside `form` and `also`."""
    example = row(node, None)
    names = [name for name in example.values if name not in {"form", "also"}]
    files = {name: example.text(name) for name in names}
    return Example(files, example.text("form"), example.texts("also"))
