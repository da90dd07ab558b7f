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
    "alias": Text("不支持锚点和别名（& 与 *）", "anchors and aliases (& and *) are not supported"),
    "depth": Text("嵌套过深", "nested too deeply"),
    "size": Text("内容过多", "too many items"),
    "key": Text("冒号前应是一个名称", "a name is expected before the colon"),
}

# What clerks really type, in the order it is looked for.
SLIPS = (
    (
        re.compile(r"^ *\t"),
        Text("缩进用了制表符（Tab），请改用空格", "a tab is used for indentation; use spaces"),
    ),
    (
        re.compile(r"^[^\"']*?："),
        Text("用了全角冒号，请改用半角冒号，后面空一格", "a full-width colon; use `:` and a space"),
    ),
    (
        re.compile(r"^[^\"':]*:[^\s:]"),
        Text("冒号后面要空一格", "a space is missing behind the colon"),
    ),
    (
        re.compile(r"[\]}]\s*,\s*$"),
        Text("行末多了一个逗号", "there is a comma too many at the end of the line"),
    ),
    (
        re.compile(r",\s*,|\[\s*,"),
        Text(
            "两个逗号之间缺一个数；空白写 ~",
            "a value is missing between two commas; write ~ for a blank",
        ),
    ),
    (re.compile(r"，"), Text("用了全角逗号，请改用半角逗号", "a full-width comma; use `,`")),
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
        zh: str,
        en: str,
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
                zh,
                en,
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
                zh = f"这里有一个看不见或不能排印的字符（{code}）"
                en = f"{code} cannot be printed"
                self.unseen.add((path, number))
                self.note("C-11", Location(path, number, unseen.start() + 1), zh, en)
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
        zh = "文件里没有“名称: 内容”形式的行"
        en = "the file has no lines of the form `key: value`"
        self.note("C-01", at, zh, en)
        return None

    def problem(self, problem: Problem) -> None:
        """Say what is wrong with a file or folder as such."""
        rule, text = PROBLEMS[problem.kind]
        self.note(rule, problem.at, text.zh, text.en)

    def _syntax(self, error: Unreadable, text: str) -> None:
        """Report the mistake at which the YAML parser stops.

        The parser often stops one line after the slip, so the line before is looked at first.
        """
        lines = text.split("\n")
        sentence = SYNTAX.get(error.kind)
        at = error.at
        filled = [
            number for number, line in enumerate(lines[: at.line], 1) if line.split("#")[0].strip()
        ]
        for number in () if sentence else filled[-2:]:
            line = lines[number - 1].split(" #")[0]
            slip = next((sentence for pattern, sentence in SLIPS if pattern.search(line)), None)
            if slip is not None:
                sentence = slip
                at = Location(at.path, number)
                break
        sentence = sentence or Text(
            "这里或上一行的书写格式有误：括号、引号、冒号或缩进",
            "brackets, quotes, a colon or the indentation is wrong here or above",
        )
        zh = sentence.zh
        en = f"{sentence.en} (YAML: {error.detail})" if error.detail else sentence.en
        self.note("C-01", at, zh, en)

    def fields(self, node: Node, spellings: Words, place: Text) -> dict[str, Entry]:
        """Canonical key → (key as written, value).

        Unknown and repeated keys are findings; `place` is the name of the place
        in their sentences.
        """
        if not isinstance(node, Fields):
            zh = f"{place.zh}应写成“名称: 内容”"
            en = f"{place.en} takes `key: value` lines"
            self.note("C-04", node.at, zh, en)
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

    def unknown(self, key: Scalar, spellings: Iterable[Iterable[str]], place: Text) -> None:
        """A key the place does not know, with the nearest one it does."""
        # Looking for a near name is dear, and nobody reads the hundredth suggestion.
        suggest = (
            self.findings.count("C-03", key.at.path) < SUGGESTIONS and len(key.text) < LONGEST_WORD
        )
        choices = [word for spelled in spellings for word in spelled] if suggest else []
        near = labels.nearest(re.split("[:：]", key.text)[0], choices)
        advice = Text(f"是否应为“{near}”？", f"did you mean “{near}”?") if near else None
        if ":" in key.text or "：" in key.text:
            advice = Text(
                "冒号要用半角，后面空一格，例如“金额: 7832”",
                "a half-width colon with a space behind it, as in `amount: 7832`",
            )
        zh = f"{place.zh}里没有“{key.text}”这一项"
        en = f"{place.en} has no “{key.text}”"
        self.note("C-03", key.at, zh, en, advice=advice)

    def repeated(self, key: Scalar, first: Scalar) -> None:
        """A key written twice; the first stands."""
        zh = f"“{key.text}”写了两次，第一次在第 {first.at.line} 行"
        self.note(
            "C-02", key.at, zh, f"“{key.text}” is written twice, first on line {first.at.line}"
        )

    def text(self, entry: Entry | None) -> str:
        """A text value; empty when absent."""
        if entry is None:
            return ""
        key, value = entry
        if isinstance(value, Scalar):
            if (
                UNSEEN.search(value.text)
                and (
                    value.at.path,
                    value.at.line,
                )
                not in self.unseen
            ):
                self.unseen.add((value.at.path, value.at.line))
                zh = f"“{key.text}”里有看不见或不能排印的字符"
                en = f"“{key.text}” holds characters that cannot be printed"
                self.note("C-11", value.at, zh, en)
            if value.plain and value.text in {"~", "null"}:
                return ""
            return UNSEEN.sub("", value.text).strip()
        zh = f"“{key.text}”应是一行文字"
        en = f"“{key.text}” takes one line of text"
        self.note("C-04", value.at, zh, en)
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
            zh = f"“{key.text}”不能是“{text}”，可用：{possible}"
            en = f"“{key.text}” cannot be “{text}”; one of: {possible}"
            self.note("C-04", value.at, zh, en)
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
        zh = f"“{key.text}”的日期“{text}”不对，应写作 2024-01-26；没有终止日期的，不写"
        en = f"“{text}” is no date; write 2024-01-26, and nothing where there is no end"
        self.note("C-04", value.at, zh, en)
        return None

    def texts(self, entry: Entry | None, spellings: Words) -> Mapping[str, str]:
        """A small mapping of texts; keys without a value are left out."""
        if entry is None or (isinstance(entry[1], Scalar) and entry[1].text in {"", "~"}):
            return {}
        key, node = entry
        entries = self.fields(node, spellings, Text(f"“{key.text}”", f"“{key.text}”"))
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
        Text(
            "文件夹名或文件名只能用小写字母、数字和连字符",
            "folder and file names take lower-case letters, digits and hyphens",
        ),
    ),
    "year": (
        "C-08",
        Text(
            "机关文件夹里只放年度文件夹，如 2024",
            "an agency's folder holds year folders such as 2024",
        ),
    ),
    "stray": (
        "C-08",
        Text(
            "这个位置不应有这个文件；附件请放在 files/ 里",
            "this file does not belong here; attachments go into files/",
        ),
    ),
    "link": ("C-08", Text("不接受符号链接", "symbolic links are not followed")),
    "special": (
        "C-08",
        Text(
            "这里应是普通文件，却是文件夹、管道或设备",
            "a plain file is expected here, not a folder, a pipe or a device",
        ),
    ),
    "deep": (
        "C-08",
        Text("文件夹套得太深，最多 8 层", "folders within folders, more than 8 levels deep"),
    ),
    "many": (
        "C-08",
        Text("一个文件夹里的文件超过 100000 个", "more than 100000 files in one folder"),
    ),
    "missing": ("C-01", Text("读取时文件已经不在了", "the file was gone when it was to be read")),
    "heavy": ("C-01", Text("文件超过 50 MB", "the file is larger than 50 MB")),
    "encoding": (
        "C-01",
        Text(
            "这一行起不是 UTF-8 编码，请用 UTF-8 另存",
            "not UTF-8 from this line on; save the file as UTF-8",
        ),
    ),
    "size": ("C-01", Text("文件超过 1 MB", "the file is larger than 1 MB")),
    "name": (
        "C-08",
        Text(
            "文件名里有看不见的字符，或不是 UTF-8 文字，请改名",
            "the file's name holds a character that is not seen, or is not UTF-8; rename it",
        ),
    ),
    "law": (
        "C-08",
        Text(
            "formats/ 里只放 .yaml 文件（说明文字用 .md）",
            "formats/ holds .yaml files (notes are .md)",
        ),
    ),
    "folder": (
        "C-05",
        Text("缺少这个文件夹，或它是符号链接", "this folder is missing, or a symbolic link"),
    ),
}
