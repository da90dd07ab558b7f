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
DATE = re.compile(r"(\d{4})(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})日?")
SYNTAX = {
    "alias": Text("不支持锚点和别名（& 与 *）", "anchors and aliases (& and *) are not supported"),
    "depth": Text("嵌套过深", "nested too deeply"),
    "size": Text("内容过多", "too many items"),
    "key": Text("冒号前应是一个名称", "a name is expected before the colon"),
}


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
        lines = text.split("\n")
        near = " ".join(lines[max(error.at.line - 2, 0) : error.at.line])
        said = SYNTAX.get(error.kind)
        if said is None and "\t" in near:
            said = Text("缩进用了制表符（Tab），请改用空格", "a tab is used for indentation; use spaces")
        if said is None and ("：" in near or "，" in near):
            said = Text("附近有全角冒号或逗号，请改用半角 : 和 ,", "a full-width colon or comma stands nearby; use : and ,")
        if said is None:
            said = Text(
                "这里或上一行的书写格式有误：括号、引号、冒号或缩进", "brackets, quotes, a colon or the indentation is wrong here or above"
            )
        detail = f"（YAML: {error.detail}）" if error.detail else ""
        self.note("C-01", error.at, f"{said.zh}{detail}", f"{said.en}{f' (YAML: {error.detail})' if error.detail else ''}")

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
        near = labels.nearest(key.text, choices)
        advice = Text(f"是否应为“{near}”？", f"did you mean “{near}”?") if near else None
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
            return "" if value.plain and value.text in {"~", "null"} else value.text.strip()
        self.note("C-04", value.at, f"“{key.text}”应是一行文字", f"“{key.text}” takes one line of text")
        return ""

    def choice(self, entry: Entry | None, options: Words, default: str) -> str:
        """One of the options in any spelling; `default` when absent or wrong."""
        if entry is None or not (said := self.text(entry)):
            return default
        found = labels.index(options).get(labels.normal(said))
        if found is None:
            known = "、".join(options)
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
            elif not (isinstance(value, Scalar) and value.text in {"", "~"}):
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
    "missing": ("C-05", Text("缺少这个文件", "this file is missing")),
}
