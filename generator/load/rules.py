"""`规则` of site.yaml: what a site changes about a rule.

That is its severity, whether it is off, whether it demands an explanation, its thresholds, and more
words.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.language.numerals import decode
from generator.language.sentence import sentence
from generator.load.keys import Choice, Key, Keys, Line, Several
from generator.load.reading import Entry, Reading
from generator.model.figure import Number
from generator.model.law import Rule
from generator.model.profile import RuleChange
from generator.model.source import Fields, Scalar

SEVERITIES = {
    "off": ("off", "关闭"),
    "info": ("info", "提示"),
    "warning": ("warning", "警告"),
    "error": ("error", "错误"),
}
DEMANDS = {"true": ("required", "必须"), "false": ("optional", "可选")}
KEYS = Keys(
    {
        "severity": Key(("severity", "级别"), "这条规则的级别，或关闭。", Choice(SEVERITIES)),
        "explanation": Key(
            ("explanation", "说明"),
            "必须：有这个问题时一定要改正或说明，否则算错误。",
            Choice(DEMANDS),
        ),
        "words": Key(("words", "词"), "在原有词表之外再加的词。", Several(Line())),
        "innocent": Key(("innocent", "无害词"), "有这些字句时，词表里的词不算。", Several(Line())),
    }
)


def read_rules(entry: Entry | None, reading: Reading) -> Mapping[str, RuleChange]:
    """Rule → change. The severity of a rule that cannot be explained cannot be changed."""
    changes: dict[str, RuleChange] = {}
    if entry is None or (isinstance(entry[1], Scalar) and not entry[1].text):
        return changes
    spellings = {rule: (rule,) for rule in reading.law.rules}
    for key, (_, node) in reading.fields(entry[1], spellings, sentence("“规则”")).items():
        rule = reading.law.rules[key]
        change = _change(rule, (entry[0], node), reading)
        if change.severity is not None and not rule.explainable:
            message = sentence("{key} 的级别不能改：这类问题只能改正", key=key)
            reading.note("C-04", node.at, message)
        else:
            changes[key] = change
    return changes


def _change(rule: Rule, entry: Entry, reading: Reading) -> RuleChange:
    """One word (`关闭`), or fields."""
    node = entry[1]
    if not isinstance(node, Fields):
        return RuleChange(severity=reading.choice(entry, SEVERITIES, "") or None)
    threshold_names = {name: (name, threshold.word) for name, threshold in rule.thresholds.items()}
    spellings = {**KEYS.words, **threshold_names}
    entries = reading.fields(node, spellings, f"“{rule.id}”")
    demanded = reading.choice(entries.get("explanation"), DEMANDS, "")
    severity = reading.choice(entries.get("severity"), SEVERITIES, "")
    numbers = {name: _number(entries.get(name), reading) for name in rule.thresholds}
    return RuleChange(
        severity=severity or None,
        required=demanded == "true" if demanded else None,
        thresholds={name: number for name, number in numbers.items() if number is not None},
        words=tuple(reading.lines(entries.get("words"))),
        innocent=tuple(reading.lines(entries.get("innocent"))),
    )


def _number(entry: Entry | None, reading: Reading) -> Number | None:
    if entry is None:
        return None
    text = reading.text(entry)
    value = decode(text).value
    if value is None or value < 0:
        key, node = entry
        message = sentence("“{key}”应是一个数，这里是“{text}”", key=key.text, text=text)
        reading.note("C-04", node.at, message)
        return None
    return value
