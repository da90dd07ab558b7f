"""One habit of a clerk is one finding, however often the file shows it.

Findings that say the same in one file, or that their maker marked as one habit, become one, with
all their cells and places. Explanations have been applied before: a cell that is explained stays
by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from generator.language.sentence import listed, plural, sentence, template
from generator.model.finding import Finding, Habit, Text, short

# How many of the places that share a habit are named; the others are counted.
NAMED = 5
# Of many findings of one cause: what is said of them. `shape` is what was written.
MANY: Mapping[str, str] = {
    "blank": template("{parts}是空白，合计时按 0 计，页面照原样显示"),
    "blank_total": template(
        "{parts}是空白：这一行的合计无从核对，其他地方按各格之和计，页面照原样显示"
    ),
    "not_applicable": template("{parts}写的是“{shape}”，合计时按 0 计，页面照原样显示"),
    "full_width": template("{parts}用了全角数字，按半角读"),
    "thousands": template("{parts}用了千分位逗号，按去掉逗号读"),
    "not_number": template("{parts}写成“{shape}”这样，不是数字"),
    "leading_zero": template("{parts}以 0 开头"),
    "negative": template("{parts}不应是负数"),
    "fraction": template("{parts}应是整数"),
    "no_unit": template("{parts}没有写明是元还是万元"),
    "row_length": template("{parts}各行应有 {shape} 个数字，个数都不对"),
    "no_total": template(
        "{parts}各行只有 {shape} 个数，按没有写总计读；表中其他行写了总计，请确认不是漏了一格"
    ),
    "extra": template("{parts}是法定表以外的行，照录在表后"),
    "unseen": template("{parts}有看不见或不能排印的字符（{shape}）"),
}
# What to do about many, where each alone has a number to write.
ADVICE: Mapping[str, str] = {
    "not_number": template("只写数字，不写单位和文字；没有发生就写 0"),
    "row_length": template("各行都写成 [0, 0, …] 的样子：方括号里 {shape} 个数，用半角逗号隔开"),
}
# What makes findings one: nothing else of them may differ.
Key = tuple[object, ...]


def groups(findings: Sequence[Finding]) -> list[list[int]]:
    """The numbers of the findings, those of one habit together, in the order of the first."""
    by_key: dict[Key, list[int]] = {}
    for number, finding in enumerate(findings):
        by_key.setdefault(_key(finding) or (number,), []).append(number)
    return list(by_key.values())


def _key(finding: Finding) -> Key | None:
    """What a finding has in common with those that become one with it; None for one by itself.

    A repair, and a number that is compared, is of one finding alone.
    """
    if finding.repairs or finding.difference is not None:
        return None
    habit = finding.habit
    likeness = habit[:2] if habit else (finding.message, finding.advice)
    return (
        finding.agency,
        finding.year,
        finding.at.path,
        finding.rule,
        finding.severity,
        finding.explained_by,
        likeness,
    )


def gathered(
    findings: Sequence[Finding], fingerprint: Callable[[Sequence[Finding]], str]
) -> list[Finding]:
    """The findings, one for each habit. `fingerprint` stands for the figures of several."""
    return [
        _together([findings[number] for number in numbers], fingerprint)
        for numbers in groups(findings)
    ]


def _together(
    findings: Sequence[Finding], fingerprint: Callable[[Sequence[Finding]], str]
) -> Finding:
    """The finding that tells of all of these, at the place of the first."""
    first, *others = sorted(findings, key=lambda finding: finding.at)
    if not others:
        return first
    cells = dict.fromkeys(cell for finding in (first, *others) for cell in finding.cells)
    return replace(
        first,
        message=_words([first.habit, *(later.habit for later in others)]) or first.message,
        cells=tuple(cells),
        advice=_advice(findings),
        fingerprint=fingerprint(findings) if first.fingerprint else "",
        cell_name="" if len(cells) > 1 else first.cell_name,
        further=sum(finding.further for finding in findings),
        habit=None,
        places=tuple(dict.fromkeys(later.at for later in others if later.at != first.at)),
    )


def _advice(findings: Sequence[Finding]) -> Text | None:
    """What to do about all of them."""
    first = findings[0]
    if all(finding.advice == first.advice for finding in findings):
        return first.advice
    cause = first.habit.cause if first.habit else ""
    shape = first.habit.shape if first.habit else ""
    return sentence(ADVICE[cause], shape=shape) if cause in ADVICE else None


def _words(habits: Sequence[Habit | None]) -> Text | None:
    """What is said of all of them; None where they are not marked as a habit."""
    marked = [habit for habit in habits if habit is not None]
    if not marked:
        return None
    names = list(dict.fromkeys(habit.part for habit in marked))
    listing = listed(names[:NAMED])
    if len(names) > NAMED:
        listing = plural("{names}等 {count} 处", len(names), names=listing)
    text = sentence(MANY[marked[0].cause], parts=listing, shape=marked[0].shape)
    return text.each(short)
