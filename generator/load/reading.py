"""Reading one file's fields: known keys in any spelling, typed values, and a finding for everything else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from generator.language import labels
from generator.model.finding import Finding, Location, Severity, Text
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
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ue000-\uf8ff]")
DATE = re.compile(r"(\d{4})(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})日?")
SYNTAX = {
    "alias": Text("不支持锚点和别名（& 与 *）", "anchors and aliases (& and *) are not supported"),
    "depth": Text("嵌套过深", "nested too deeply"),
    "size": Text("内容过多", "too many items"),
    "key": Text("冒号前应是一个名称", "a name is expected before the colon"),
}

# What clerks really type, in the order it is looked for.
SLIPS = (
    (re.compile(r"^ *\t"), Text("缩进用了制表符（Tab），请改用空格", "a tab is used for indentation; use spaces")),
    (re.compile(r"^[^\"']*?："), Text("用了全角冒号，请改用半角冒号，后面空一格", "a full-width colon; use `:` and a space")),
    (re.compile(r"^[^\"':]*:[^\s:]"), Text("冒号后面要空一格", "a space is missing behind the colon")),
    (re.compile(r"[\]}]\s*,\s*$"), Text("行末多了一个逗号", "there is a comma too many at the end of the line")),
    (re.compile(r",\s*,|\[\s*,"), Text("两个逗号之间缺一个数；空白写 ~", "a value is missing between two commas; write ~ for a blank")),
    (re.compile(r"，"), Text("用了全角逗号，请改用半角逗号", "a full-width comma; use `,`")),
)


@dataclass
class Reading:
    """The findings of one file as it is read. `agency` and `year` go into each of them."""

    law: Law
    files: Files
    agency: str = ""
    year: int | None = None
    findings: list[Finding] = field(default_factory=list)

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
        self.findings.append(
            self.law.finding(rule, at, zh, en, agency=self.agency, year=self.year, advice=advice, severity=severity, cells=cells)
        )

    def contents(self, path: str) -> str | None:
        """The text of a file, or None with a finding."""
        text = self.files.text(path)
        if isinstance(text, Problem):
            self.problem(text)
            return None
        for number, line in enumerate(text.split("\n") if UNSEEN.search(text) else (), 1):
            if found := UNSEEN.search(line):
                code = f"U+{ord(found[0]):04X}"
                self.note(
                    "C-11",
                    Location(path, number, found.start() + 1),
                    f"这里有一个看不见或不能排印的字符（{code}）",
                    f"{code} cannot be printed",
                )
        return text

    def root(self, path: str) -> Fields | None:
        """The top-level fields of a YAML file, or None with a finding when there are none to read."""
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
        self.note("C-01", at, "文件里没有“名称: 内容”形式的行", "the file has no lines of the form `key: value`")
        return None

    def problem(self, problem: Problem) -> None:
        """Say what is wrong with a file or folder as such."""
        rule, text = PROBLEMS[problem.kind]
        self.note(rule, problem.at, text.zh, text.en)

    def _syntax(self, error: Unreadable, text: str) -> None:
        """Say what is wrong where YAML stops: the parser often stops one line after the slip, so the line before is looked at first."""
        lines = text.split("\n")
        said, at = SYNTAX.get(error.kind), error.at
        filled = [number for number in range(1, at.line + 1) if lines[number - 1 : number] and lines[number - 1].split("#")[0].strip()]
        for number in () if said else filled[-2:]:
            line = lines[number - 1].split(" #")[0]
            slip = next((words for pattern, words in SLIPS if pattern.search(line)), None)
            if slip is not None:
                said, at = slip, Location(at.path, number)
                break
        said = said or Text(
            "这里或上一行的书写格式有误：括号、引号、冒号或缩进", "brackets, quotes, a colon or the indentation is wrong here or above"
        )
        self.note("C-01", at, said.zh, f"{said.en} (YAML: {error.detail})" if error.detail else said.en)

    def fields(self, node: Node, words: Words, what: Text) -> dict[str, Entry]:
        """Canonical key → (key as written, value). Unknown and repeated keys are findings; `what` names the place."""
        if not isinstance(node, Fields):
            self.note("C-04", node.at, f"{what.zh}应写成“名称: 内容”", f"{what.en} takes `key: value` lines")
            return {}
        known = labels.index(words)
        found: dict[str, Entry] = {}
        for key, value in node.pairs:
            name = known.get(labels.normal(key.text))
            if name is None:
                self.unknown(key, [word for spelled in words.values() for word in spelled], what)
            elif name in found:
                self.repeated(key, found[name][0])
            else:
                found[name] = (key, value)
        return found

    def unknown(self, key: Scalar, choices: list[str], what: Text) -> None:
        """A key the place does not know, with the nearest one it does."""
        near = labels.nearest(re.split("[:：]", key.text)[0], choices)
        advice = Text(f"是否应为“{near}”？", f"did you mean “{near}”?") if near else None
        if ":" in key.text or "：" in key.text:
            advice = Text("冒号要用半角，后面空一格，例如“金额: 7832”", "a half-width colon with a space behind it, as in `amount: 7832`")
        self.note("C-03", key.at, f"{what.zh}里没有“{key.text}”这一项", f"{what.en} has no “{key.text}”", advice=advice)

    def repeated(self, key: Scalar, first: Scalar) -> None:
        """A key written twice; the first stands."""
        zh = f"“{key.text}”写了两次，第一次在第 {first.at.line} 行"
        self.note("C-02", key.at, zh, f"“{key.text}” is written twice, first on line {first.at.line}")

    def text(self, entry: Entry | None) -> str:
        """A text value; empty when absent."""
        if entry is None:
            return ""
        key, value = entry
        if isinstance(value, Scalar):
            if UNSEEN.search(value.text):
                self.note(
                    "C-11", value.at, f"“{key.text}”里有看不见或不能排印的字符", f"“{key.text}” holds characters that cannot be printed"
                )
            return "" if value.plain and value.text in {"~", "null"} else UNSEEN.sub("", value.text).strip()
        self.note("C-04", value.at, f"“{key.text}”应是一行文字", f"“{key.text}” takes one line of text")
        return ""

    def choice(self, entry: Entry | None, options: Words, default: str) -> str:
        """One of the options in any spelling; `default` when absent or wrong."""
        if entry is None or not (said := self.text(entry)):
            return default
        found = labels.index(options).get(labels.normal(said))
        if found is None:
            names = [words[1] if len(words) > 1 else words[0] for words in options.values()]
            known = ("；" if any("、" in one for one in names) else "、").join(names)
            key, value = entry
            self.note("C-04", value.at, f"“{key.text}”不能是“{said}”，可用：{known}", f"“{key.text}” cannot be “{said}”; one of: {known}")
        return found or default

    def date(self, entry: Entry | None) -> date | None:
        """A day written 2024-01-26 or 2024年1月26日; None when absent or wrong."""
        if entry is None or not (said := self.text(entry)):
            return None
        found = DATE.fullmatch(unicodedata.normalize("NFKC", said).split(" ")[0])
        try:
            if found:
                return date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            pass
        key, value = entry
        self.note("C-04", value.at, f"“{key.text}”的日期“{said}”不对，应写作 2024-01-26", f"“{said}” is no date; write 2024-01-26")
        return None

    def texts(self, entry: Entry | None, words: Words) -> Mapping[str, str]:
        """A small mapping of texts; keys without a value are left out."""
        if entry is None or (isinstance(entry[1], Scalar) and entry[1].text in {"", "~"}):
            return {}
        found = self.fields(entry[1], words, Text(f"“{entry[0].text}”", f"“{entry[0].text}”"))
        return {key: text for key in words if (text := self.text(found.get(key)))}

    def items(self, entry: Entry | None) -> Iterator[Node]:
        """The items of a list; a single value counts as a list of one."""
        if entry is not None:
            value = entry[1]
            if isinstance(value, Items):
                yield from value.items
            elif not (isinstance(value, Scalar) and value.text.strip() in {"", "~", "null", "无"}):
                yield value


PROBLEMS: Mapping[str, tuple[str, Text]] = {
    "slug": (
        "C-08",
        Text("文件夹名或文件名只能用小写字母、数字和连字符", "folder and file names take lower-case letters, digits and hyphens"),
    ),
    "year": ("C-08", Text("机关文件夹里只放年度文件夹，如 2024", "an agency's folder holds year folders such as 2024")),
    "stray": ("C-08", Text("这个位置不应有这个文件；附件请放在 files/ 里", "this file does not belong here; attachments go into files/")),
    "link": ("C-08", Text("不接受符号链接", "symbolic links are not followed")),
    "encoding": ("C-01", Text("这一行起不是 UTF-8 编码，请用 UTF-8 另存", "not UTF-8 from this line on; save the file as UTF-8")),
    "size": ("C-01", Text("文件超过 1 MB", "the file is larger than 1 MB")),
    "name": ("C-08", Text("文件名不是 UTF-8 文字，请改名", "the file's name is not proper text; rename it")),
    "folder": ("C-05", Text("缺少这个文件夹，或它是符号链接", "this folder is missing, or a symbolic link")),
}
