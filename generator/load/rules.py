"""`规则` of site.yaml: what a site changes about a rule: severity or off, explanation demanded, thresholds, more words."""

from __future__ import annotations

from collections.abc import Mapping

from generator.language.numerals import decode
from generator.load.reading import Entry, Reading
from generator.model.figure import Number
from generator.model.finding import Text
from generator.model.law import Rule, RuleChange
from generator.model.source import Fields, Scalar

SEVERITIES = {
    "off": ("off", "关闭"),
    "info": ("info", "提示"),
    "warning": ("warning", "警告"),
    "error": ("error", "错误"),
}
DEMANDS = {"true": ("required", "必须"), "false": ("optional", "可选")}
KEYS = {"severity": ("severity", "级别"), "explanation": ("explanation", "说明"), "words": ("words", "词")}


def read_rules(entry: Entry | None, reading: Reading) -> Mapping[str, RuleChange]:
    """Rule → change. A rule that guards against mistakes nobody can explain keeps its severity."""
    changes: dict[str, RuleChange] = {}
    if entry is None or (isinstance(entry[1], Scalar) and not entry[1].text):
        return changes
    known = {rule: (rule,) for rule in reading.law.rules}
    for key, (_, node) in reading.fields(entry[1], known, Text("“规则”", "rules")).items():
        rule = reading.law.rules[key]
        change = _change(rule, (entry[0], node), reading)
        if change.severity is not None and not rule.explainable:
            zh, en = f"{key} 的级别不能改：这类问题只能改正", f"the severity of {key} is fixed"
            reading.note("C-04", node.at, zh, en)
        else:
            changes[key] = change
    return changes


def _change(rule: Rule, entry: Entry, reading: Reading) -> RuleChange:
    """One word (`关闭`), or fields."""
    node = entry[1]
    if not isinstance(node, Fields):
        return RuleChange(severity=reading.choice(entry, SEVERITIES, "") or None)
    words = KEYS | {name: (name, one.word) for name, one in rule.thresholds.items()}
    found = reading.fields(node, words, Text(f"“{rule.id}”", f"“{rule.id}”"))
    demanded = reading.choice(found.get("explanation"), DEMANDS, "")
    more = tuple(item.text.strip() for item in reading.items(found.get("words")) if isinstance(item, Scalar) and item.text.strip())
    return RuleChange(
        severity=reading.choice(found.get("severity"), SEVERITIES, "") or None,
        required=demanded == "true" if demanded else None,
        thresholds={name: value for name in rule.thresholds if (value := _number(found.get(name), reading)) is not None},
        words=more,
    )


def _number(entry: Entry | None, reading: Reading) -> Number | None:
    if entry is None:
        return None
    said = reading.text(entry)
    value = decode(said).value
    if value is None or value < 0:
        key, node = entry
        reading.note("C-04", node.at, f"“{key.text}”应是一个数，这里是“{said}”", f"“{key.text}” takes a number")
        return None
    return value
