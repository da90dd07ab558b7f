"""The slips of somebody who types YAML, in words: one finding for each habit, and what to write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.language.sentence import sentence
from generator.model.fair_copy import FairCopy, Kind, Slip
from generator.model.finding import Location, Text

# So many lines, or runs of lines, are listed; of more, the first.
LISTED = 12
LONGEST_LINE = 120
TEXTS: Mapping[Kind, Text] = {
    Kind.COLON: sentence("用了全角冒号“：”，应为半角冒号，后面空一格"),
    Kind.SPACE: sentence("冒号后面缺一个空格"),
    Kind.TAB: sentence("缩进用了制表符（Tab），应为空格"),
    Kind.BLANK: sentence("用了全角空格等特殊空格，应为半角空格"),
    Kind.INDENT: sentence("缩进没有对齐"),
    Kind.BRACKET: sentence("括号不对，应为半角的 [ ] 或 { }，成对书写"),
    Kind.COMMA: sentence("用了中文逗号或顿号，应为半角逗号，后面空一格"),
    Kind.SEPARATOR: sentence("数字之间缺逗号"),
    Kind.UNBRACKETED: sentence("一行的几个数字没有放在方括号里"),
    Kind.UNCLOSED: sentence("括号没有成对：缺了一半"),
    Kind.QUOTE: sentence("用了中文引号，应为半角引号，或不用引号"),
    Kind.INNER: sentence("文字里有冒号或引号，整句要放在引号里"),
    Kind.PASTED: sentence("这一行像是从表格里粘贴来的，应写成“名称: [数字, 数字, …]”"),
    Kind.PASTED_HEAD: sentence("这一行像是随表格粘贴来的表头，应删去或在前面加 #"),
    Kind.NAME_ALONE: sentence("名称后面缺冒号"),
    Kind.TRAILING: sentence("行末多了标点"),
    Kind.DASH: sentence("列表的短横应为半角“-”，后面空一格"),
    Kind.COMMENT: sentence("注释应以半角 # 开头，# 前面空一格"),
    Kind.DIGITS: sentence("用了全角数字，应为半角数字"),
    Kind.GAP: sentence("两个逗号之间缺一个数；空白写 ~"),
    Kind.OPEN_QUOTE: sentence("引号没有成对：缺了后一半"),
    Kind.OPEN_BRACKET: sentence("括号没有收尾，也看不出少了几个数"),
    Kind.STRAY: sentence("这里多了一段文字，看不出属于哪一项"),
    Kind.TWO_NAMES: sentence("一行里写了两项，请分成两行"),
    Kind.NO_NAME: sentence("这一行看不懂：没有“名称: 内容”"),
    Kind.NO_LEVEL: sentence("缩进看不出这一行属于哪一项"),
}


@dataclass(frozen=True)
class Habit:
    """What is said of all slips of one kind: the place of the first, the words, what to write."""

    at: Location
    text: Text
    advice: Text | None


def habits(copy: FairCopy, path: str) -> Iterator[Habit]:
    """What is said of a copy's slips, one for each kind and whether it can be put right."""
    by_kind: dict[tuple[Kind, bool], list[Slip]] = {}
    for slip in copy.told:
        by_kind.setdefault((slip.kind, slip.right is None), []).append(slip)
    for (kind, is_unclear), slips in by_kind.items():
        line, column = copy.place(slips[0].start)
        text = TEXTS[kind]
        lines = list(dict.fromkeys(copy.place(slip.start)[0] for slip in slips))
        if len(lines) > 1:
            text = sentence(
                "{slip}（共 {count} 处：第 {lines} 行）",
                slip=text,
                count=len(slips),
                lines=_lines(lines),
            )
        elif len(slips) > 1:
            text = sentence("{slip}（这一行共 {count} 处）", slip=text, count=len(slips))
        advice = None if is_unclear else _advice(copy, slips[0], several=len(lines) > 1)
        yield Habit(Location(path, line, column), text, advice)


def _advice(copy: FairCopy, slip: Slip, *, several: bool) -> Text:
    """The line as it should be, and the command that writes it."""
    line = copy.line(slip.start).strip()
    if len(line) > LONGEST_LINE or "\n" in line:
        return sentence("运行 gongkai fmt 代为改正")
    if several:
        return sentence("第一处写成：{line}；运行 gongkai fmt 可一并改正", line=line)
    return sentence("写成：{line}；运行 gongkai fmt 可代为改正", line=line)


def _lines(numbers: Sequence[int]) -> str:
    """Line numbers as a list, with runs of them as `5–9`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    listed = [f"{run[0]}–{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs[:LISTED]]
    ending = "…" if len(runs) > LISTED else ""
    return "、".join(listed) + ending
