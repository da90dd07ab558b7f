"""The fields of one file: known keys in any spelling, and typed values.

Everything else is a finding.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date

from generator.language import labels
from generator.language.placeholder import is_placeholder
from generator.language.sentence import sentence
from generator.model.finding import Gathering, Location, Severity, Text
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
DATE = re.compile(r"(\d{4})(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})日?")
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
    """The findings of one file as it is read. `agency` and `year` go into each of them."""

    law: Law
    files: Files
    agency: str = ""
    year: int | None = None
    findings: Gathering = field(default_factory=Gathering)
    # The lines of which an unseen character was told: some fields are read twice.
    unseen: set[tuple[str, int]] = field(default_factory=set)

    def note(
        self,
        rule: str,
        at: Location,
        text: Text,
        *,
        advice: Text | None = None,
        severity: Severity | None = None,
        cells: tuple[str, ...] = (),
    ) -> None:
        """Keep a finding."""
        if self.findings.full(rule, at.path):
            self.findings.pass_by(rule, at.path)
            return
        self.findings.append(
            self.law.finding(
                rule,
                at,
                text,
                agency=self.agency,
                year=self.year,
                advice=advice,
                severity=severity,
                cells=cells,
            )
        )

    def contents(self, path: str) -> str | None:
        """The text of a file, or None with a finding."""
        text = self.files.text(path)
        if isinstance(text, Problem):
            self.problem(text)
            return None
        for number, line in enumerate(text.split("\n") if UNSEEN.search(text) else (), 1):
            if unseen := UNSEEN.search(line):
                code = f"U+{ord(unseen[0]):04X}"
                message = sentence("这里有一个看不见或不能排印的字符（{code}）", code=code)
                self.unseen.add((path, number))
                self.note("C-11", Location(path, number, unseen.start() + 1), message)
        return text

    def root(self, path: str) -> Fields | None:
        """The top-level fields of a YAML file; None with a finding when there are none."""
        text = self.contents(path)
        if text is None:
            return None
        try:
            node = self.files.nodes(text, path)
        except Unreadable as error:
            self._syntax(error, text)
            return None
        if isinstance(node, Fields):
            return node
        at = node.at if node else Location(path)
        message = sentence("文件里没有“名称: 内容”形式的行")
        self.note("C-01", at, message)
        return None

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
        for key, value in node.pairs:
            name = names.get(labels.normal(key.text))
            if name is None:
                self.unknown(key, spellings.values(), place)
            elif name in entries:
                self.repeated(key, entries[name][0])
            else:
                entries[name] = (key, value)
        return entries

    def unknown(self, key: Scalar, spellings: Iterable[Iterable[str]], place: Text | str) -> None:
        """A key the place does not know, with the nearest one it does."""
        # Looking for a near name is dear, and nobody reads the hundredth suggestion.
        suggest = (
            self.findings.count("C-03", key.at.path) < SUGGESTIONS and len(key.text) < LONGEST_WORD
        )
        choices = [word for spelled in spellings for word in spelled] if suggest else []
        near = labels.nearest(re.split("[:：]", key.text)[0], choices)
        advice = sentence("是否应为“{near}”？", near=near) if near else None
        if ":" in key.text or "：" in key.text:
            advice = sentence("冒号要用半角，后面空一格，例如“金额: 7832”")
        message = sentence("{place}里没有“{key}”这一项", place=place, key=key.text)
        self.note("C-03", key.at, message, advice=advice)

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
        match = DATE.fullmatch(unicodedata.normalize("NFKC", text).split(" ")[0])
        if match and int(match[1]) in YEARS:
            with suppress(ValueError):  # 2024-02-30
                return date(int(match[1]), int(match[2]), int(match[3]))
        key, value = entry
        message = sentence(
            "“{key}”的日期“{text}”不对，应写作 2024-01-26；没有终止日期的，不写",
            key=key.text,
            text=text,
        )
        self.note("C-04", value.at, message)
        return None

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
        sentence("这一行起不是 UTF-8 编码，请用 UTF-8 另存"),
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
