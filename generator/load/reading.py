"""The fields of one file: known keys in any spelling, and typed values.

Everything else is a finding.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date

from generator.language import labels
from generator.language.placeholder import is_placeholder
from generator.language.sentence import sentence
from generator.load.slips import habits
from generator.model.fair_copy import FairCopy, Outline
from generator.model.finding import Gathering, Habit, Location, Severity, Text
from generator.model.law import Law
from generator.model.source import (
    Fields,
    Files,
    Items,
    Node,
    Problem,
    Scalar,
    Unreadable,
)

Words = Mapping[str, tuple[str, ...]]
Entry = tuple[Scalar, Node]
# Controls, marks of direction, line separators, private use: invisible, misleading, or in no font.
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ue000-\uf8ff]"
)
SUGGESTIONS = 20
LONGEST_WORD = 100
DATE = re.compile(r"(\d{4})\s*(?:-|/|\.|年)\s*(\d{1,2})\s*(?:-|/|\.|月)\s*(\d{1,2})\s*日?")
COMPACT = re.compile(r"(?<!\d)(\d{4})(\d{2})(\d{2})(?!\d)")
# A time of the day, as calendars and programs write it behind a day.
TIME = re.compile(r"(?:T|\s+)\d{1,2}:\d{2}.*", re.DOTALL)
YEARS = range(1900, 2200)  # in which days may lie
SYNTAX = {
    "alias": sentence("不支持锚点和别名（& 与 *）"),
    "depth": sentence("嵌套过深"),
    "size": sentence("内容过多"),
    "key": sentence("冒号前应是一个名称"),
}

# What clerks really type, in the order it is looked for.
SLIPS = (
    (
        re.compile(r"^ *\t"),
        sentence("缩进用了制表符（Tab），请改用空格"),
    ),
    (
        re.compile(r"^[^\"']*?："),
        sentence("用了全角冒号，请改用半角冒号，后面空一格"),
    ),
    (
        re.compile(r"^[^\"':]*:[^\s:]"),
        sentence("冒号后面要空一格"),
    ),
    (
        re.compile(r"[\]}]\s*,\s*$"),
        sentence("行末多了一个逗号"),
    ),
    (
        re.compile(r",\s*,|\[\s*,"),
        sentence("两个逗号之间缺一个数；空白写 ~"),
    ),
    (re.compile(r"，"), sentence("用了全角逗号，请改用半角逗号")),
)


@dataclass
class Reading:
    """The findings of one file as it is read. `agency` and `year` go into each of them.

    `misspelt` has, of the fields read last, the keys that are absent and were probably meant by
    one that is not known: they are not missing besides. `doubled` are those written twice.
    """

    law: Law
    files: Files
    agency: str = ""
    year: int | None = None
    findings: Gathering = field(default_factory=Gathering)
    # The lines of which an unseen character was told: some fields are read twice.
    unseen: set[tuple[str, int]] = field(default_factory=set)
    misspelt: dict[str, Scalar] = field(default_factory=dict)
    doubled: set[str] = field(default_factory=set)

    def note(
        self,
        rule: str,
        at: Location,
        text: Text,
        *,
        advice: Text | None = None,
        severity: Severity | None = None,
        cells: tuple[str, ...] = (),
        habit: Habit | None = None,
    ) -> None:
        """Keep a finding; with `habit`, one that is told together with others of its cause."""
        if self.findings.full(rule, at.path):
            self.findings.pass_by(rule, at.path)
            return
        finding = self.law.finding(
            rule,
            at,
            text,
            agency=self.agency,
            year=self.year,
            advice=advice,
            severity=severity,
            cells=cells,
        )
        self.findings.append(replace(finding, habit=habit) if habit else finding)

    def contents(self, path: str) -> str | None:
        """The text of a file, or None with a finding."""
        text = self.files.text(path)
        if isinstance(text, Problem):
            self.problem(text)
            if text.text is None:
                return None
            text = text.text
        for number, line in enumerate(text.split("\n") if UNSEEN.search(text) else (), 1):
            if unseen := UNSEEN.search(line):
                code = f"U+{ord(unseen[0]):04X}"
                message = sentence("这里有一个看不见或不能排印的字符（{code}）", code=code)
                self.unseen.add((path, number))
                at = Location(path, number, unseen.start() + 1)
                habit = Habit("unseen", code, sentence("第 {line} 行", line=number))
                self.note("C-11", at, message, habit=habit)
        return text

    def root(self, path: str, outline: Outline | None = None) -> Fields | None:
        """The top-level fields of a YAML file; None with a finding when there are none.

        With the outline of its names, a file with slips of the pen is read as it was meant: each
        slip is a finding, and so is what is wrong besides.
        """
        text = self.contents(path)
        if text is None:
            return None
        node = self._parsed(text, path)
        copy = self._fair_copy(text, node, path, outline)
        if copy.told:
            node = self._as_meant(copy, path)
        if isinstance(node, Unreadable):
            if node.kind != "syntax" or all(slip.right is not None for slip in copy.told):
                self._syntax(node, text)
            return None
        if isinstance(node, Fields):
            return node
        at = node.at if node else Location(path)
        message = sentence("文件里没有“名称: 内容”形式的行")
        self.note("C-01", at, message)
        return None

    def _parsed(self, text: str, path: str) -> Node | Unreadable | None:
        """The root node of a YAML text, or why it cannot be read."""
        try:
            return self.files.nodes(text, path)
        except Unreadable as error:
            return error

    def _fair_copy(
        self, text: str, node: Node | Unreadable | None, path: str, outline: Outline | None
    ) -> FairCopy:
        """The text as it was meant; as it stands, where nothing in it is to be told.

        A text that can be read as it stands is never exchanged for one that cannot.
        """
        as_typed = FairCopy(text)
        if outline is None:
            return as_typed
        if isinstance(node, Unreadable) and node.kind != "syntax":
            return as_typed
        is_broken = isinstance(node, Unreadable)
        copy = self.files.fair_copy(text, outline, broken=is_broken)
        if not copy.told:
            return as_typed
        is_worse = not is_broken and isinstance(self._parsed(copy.text, path), Unreadable)
        return as_typed if is_worse else copy

    def _as_meant(self, copy: FairCopy, path: str) -> Node | Unreadable | None:
        """The root node of a text as it was meant, with a finding for each habit."""
        for habit in habits(copy, path):
            self.note("C-01", habit.at, habit.text, advice=habit.advice)
        node = self._parsed(copy.text, path)
        if isinstance(node, Unreadable):
            node.at = copy.typed_at(node.at)
            return node
        return copy.typed_node(node) if node is not None else None

    def problem(self, problem: Problem) -> None:
        """Say what is wrong with a file or folder as such."""
        rule, text = PROBLEMS[problem.kind]
        self.note(rule, problem.at, text)

    def _syntax(self, error: Unreadable, text: str) -> None:
        """Report the mistake at which the YAML parser stops.

        The parser often stops one line after the slip, so the line before is looked at first.
        """
        lines = text.split("\n")
        message = SYNTAX.get(error.kind)
        at = error.at
        filled = [
            number for number, line in enumerate(lines[: at.line], 1) if line.split("#")[0].strip()
        ]
        for number in () if message else filled[-2:]:
            line = lines[number - 1].split(" #")[0]
            slip = next((advice for pattern, advice in SLIPS if pattern.search(line)), None)
            if slip is not None:
                message = slip
                at = Location(at.path, number)
                break
        message = message or sentence("这里或上一行的书写格式有误：括号、引号、冒号或缩进")
        if error.detail:
            message = sentence("{slip}（YAML：{detail}）", slip=message, detail=error.detail)
        self.note("C-01", at, message)

    def fields(self, node: Node, spellings: Words, place: Text | str) -> dict[str, Entry]:
        """Canonical key → (key as written, value).

        Unknown and repeated keys are findings; `place` is the name of the place
        in their sentences.
        """
        if not isinstance(node, Fields):
            self.note("C-04", node.at, sentence("{place}应写成“名称: 内容”", place=place))
            return {}
        names = labels.index(spellings)
        entries: dict[str, Entry] = {}
        strange = []
        self.doubled = set()
        for key, value in node.pairs:
            name = names.get(labels.normal(key.text))
            if name is None:
                strange.append(key)
            elif name in entries:
                self.repeated(key, entries[name][0])
                self.doubled.add(name)
            else:
                entries[name] = (key, value)
        self.misspelt = {}
        for key in strange:
            absent = [spellings[name] for name in spellings if name not in entries]
            near = self.unknown(key, spellings.values(), place, absent)
            name = names.get(labels.normal(near)) if near else None
            if name is not None and name not in entries:
                self.misspelt[name] = key
        return entries

    def unknown(
        self,
        key: Scalar,
        spellings: Iterable[Iterable[str]],
        place: Text | str,
        absent: Collection[Iterable[str]] = (),
        *,
        sole: bool = False,
    ) -> str:
        """A key the place does not know; the nearest one it does, which is proposed.

        One that is `absent` goes before one that is there already; where it is the `sole` unknown
        key, the only one absent is meant. Empty where none is near.
        """
        # Looking for a near name is dear, and nobody reads the hundredth suggestion.
        suggest = (
            self.findings.count("C-03", key.at.path) < SUGGESTIONS and len(key.text) < LONGEST_WORD
        )
        near = ""
        if suggest:
            typed = re.split("[:：]", key.text)[0]
            lacking = [word for spelled in absent for word in spelled]
            near = labels.nearest(typed, lacking) or labels.nearest(
                typed, [word for spelled in spellings for word in spelled]
            )
            if sole and not near and len(lacking) == 1:
                near = lacking[0]
        advice = sentence("是否应为“{near}”？", near=near) if near else None
        if ":" in key.text or "：" in key.text:
            advice = sentence("冒号要用半角，后面空一格，例如“金额: 7832”")
        message = sentence("{place}里没有“{key}”这一项", place=place, key=key.text)
        self.note("C-03", key.at, message, advice=advice)
        return near

    def repeated(self, key: Scalar, first: Scalar) -> None:
        """A key written twice; the first stands."""
        message = sentence(
            "“{key}”写了两次，第一次在第 {line} 行", key=key.text, line=first.at.line
        )
        self.note("C-02", key.at, message)

    def text(self, entry: Entry | None) -> str:
        """A text value; empty when absent."""
        if entry is None:
            return ""
        key, value = entry
        if isinstance(value, Scalar):
            line = (value.at.path, value.at.line)
            if UNSEEN.search(value.text) and line not in self.unseen:
                self.unseen.add(line)
                message = sentence("“{key}”里有看不见或不能排印的字符", key=key.text)
                self.note("C-11", value.at, message)
            if value.plain and value.text in {"~", "null"}:
                return ""
            return UNSEEN.sub("", value.text).strip()
        message = sentence("“{key}”应是一行文字", key=key.text)
        self.note("C-04", value.at, message)
        return ""

    def choice(self, entry: Entry | None, options: Words, default: str) -> str:
        """One of the options in any spelling; `default` when absent or wrong."""
        if entry is None or not (text := self.text(entry)):
            return default
        option = labels.index(options).get(labels.normal(text))
        if option is None:
            names = [spellings[:2][-1] for spellings in options.values()]
            separator = "；" if any("、" in name for name in names) else "、"
            possible = separator.join(names)
            key, value = entry
            message = sentence(
                "“{key}”不能是“{text}”，可用：{possible}",
                key=key.text,
                text=text,
                possible=possible,
            )
            self.note("C-04", value.at, message)
        return option or default

    def date(self, entry: Entry | None) -> date | None:
        """A day written 2024-01-26 or 2024年1月26日; None when it is absent or wrong.

        A day in an unlikely year is refused too: 9999-12-31 is how some programs write that there
        is no end.
        """
        if entry is None or not (text := self.text(entry)):
            return None
        day = _day(text)
        if day is None:
            key, value = entry
            self.note("C-04", value.at, _no_day(key.text, text))
        return day

    def texts(self, entry: Entry | None, spellings: Words) -> Mapping[str, str]:
        """A small mapping of texts; keys without a value are left out."""
        if entry is None or (isinstance(entry[1], Scalar) and entry[1].text in {"", "~"}):
            return {}
        key, node = entry
        entries = self.fields(node, spellings, f"“{key.text}”")
        texts = {name: self.text(entries.get(name)) for name in spellings}
        return {name: text for name, text in texts.items() if text}

    def unfilled(self, entry: Entry | None) -> bool:
        """Whether a value is there and only stands for words that are still to come."""
        rules = self.law.rules
        return bool(self.text(entry)) and is_placeholder(
            self.text(entry), rules["C-05"].words, rules["D-02"].words
        )

    def items(self, entry: Entry | None) -> Iterator[Node]:
        """The items of a list; a single value counts as a list of one."""
        if entry is not None:
            value = entry[1]
            if isinstance(value, Items):
                yield from value.items
            elif not (isinstance(value, Scalar) and value.text.strip() in {"", "~", "null", "无"}):
                yield value

    def lines(self, entry: Entry | None) -> Iterator[str]:
        """The items of a list that are texts and not empty."""
        for node in self.items(entry):
            if isinstance(node, Scalar) and node.text.strip():
                yield node.text.strip()


def _day(text: str) -> date | None:
    """The day that a text names, with or without a time behind it."""
    plain_text = unicodedata.normalize("NFKC", text).strip()
    without_time = TIME.sub("", plain_text)
    match = DATE.fullmatch(without_time) or DATE.fullmatch(without_time.split(" ")[0])
    if match and int(match[1]) in YEARS:
        with suppress(ValueError):  # 2024-02-30
            return date(int(match[1]), int(match[2]), int(match[3]))
    return None


def _no_day(key: str, text: str) -> Text:
    """Why a text is no day, and how that day is written where only one can be meant."""
    plain_text = unicodedata.normalize("NFKC", text)
    match = DATE.search(plain_text) or COMPACT.search(plain_text)
    day = _day("-".join(match.groups())) if match else None
    if day is not None:
        return sentence("“{key}”的日期“{text}”应写作 {day}", key=key, text=text, day=day)
    if match is None:
        return sentence(
            "“{key}”的日期“{text}”认不出来：年月日写作 2024-01-26 的样子", key=key, text=text
        )
    if int(match[1]) not in YEARS:
        return sentence("“{key}”的日期“{text}”不对；没有终止日期的，不写", key=key, text=text)
    return sentence("“{key}”的日期“{text}”不存在", key=key, text=text)


PROBLEMS: Mapping[str, tuple[str, Text]] = {
    "slug": (
        "C-08",
        sentence("文件夹名或文件名只能用小写字母、数字和连字符"),
    ),
    "year": (
        "C-08",
        sentence("机关文件夹里只放年度文件夹，如 2024"),
    ),
    "stray": (
        "C-08",
        sentence("这个位置不应有这个文件；附件请放在 files/ 里"),
    ),
    "link": ("C-08", sentence("不接受符号链接")),
    "special": (
        "C-08",
        sentence("这里应是普通文件，却是文件夹、管道或设备"),
    ),
    "deep": (
        "C-08",
        sentence("文件夹套得太深，最多 8 层"),
    ),
    "many": (
        "C-08",
        sentence("一个文件夹里的文件超过 100000 个"),
    ),
    "missing": ("C-01", sentence("读取时文件已经不在了")),
    "heavy": ("C-01", sentence("文件超过 50 MB")),
    "encoding": (
        "C-01",
        sentence("这一行起不是 UTF-8 编码，请用 UTF-8 另存：记事本 → 另存为 → 编码选 UTF-8"),
    ),
    "gbk": (
        "C-01",
        sentence(
            "文件是 GBK（ANSI）编码，应为 UTF-8：记事本 → 另存为 → 编码选 UTF-8；"
            "或运行 gongkai fmt 代为转换"
        ),
    ),
    "utf16": (
        "C-01",
        sentence(
            "文件是 UTF-16（Unicode）编码，应为 UTF-8：记事本 → 另存为 → 编码选 UTF-8；"
            "或运行 gongkai fmt 代为转换"
        ),
    ),
    "size": ("C-01", sentence("文件超过 1 MB")),
    "name": (
        "C-08",
        sentence("文件名里有看不见的字符，或不是 UTF-8 文字，请改名"),
    ),
    "law": (
        "C-08",
        sentence("formats/ 里只放 .yaml 文件（说明文字用 .md）"),
    ),
    "folder": (
        "C-05",
        sentence("缺少这个文件夹，或它是符号链接"),
    ),
}
