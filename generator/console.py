"""Findings and progress for people and programs: text with the source line and a caret, JSON, a bar on a terminal."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from generator.language.catalogue import SEVERITIES
from generator.model.figure import plain
from generator.model.finding import Finding, Severity
from generator.model.finding import counted as many

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

# From so many other ways on, naming one of them first would be a guess.
MANY = 4
NOT_QUOTED = frozenset({"C-08"})  # about a file as such, which may be anything
STAGES = {"zh": {"read": "读取报告", "make": "生成 PDF"}, "en": {"read": "reading reports", "make": "making PDFs"}}


def as_text(findings: Sequence[Finding], root: Path, language: str) -> str:
    """The findings one below the other, each with its place, its source line and what to do."""
    sources: dict[str, list[str]] = {}
    return "\n".join(_visible(_one(finding, root, language, sources)) for finding in findings)


def _visible(text: str) -> str:
    """The text with control characters and marks of direction spelled out: content must not steer the terminal that shows it."""
    return "".join(one if one == "\n" or one.isprintable() else f"\\u{ord(one):04x}" for one in text)


def _one(finding: Finding, root: Path, language: str, sources: dict[str, list[str]]) -> str:
    explained = {"zh": "（已说明）", "en": " (explained)"}[language] if finding.explained else ""
    head = f"{finding.at}: {SEVERITIES[finding.severity].say(language)} {finding.rule}: {finding.message.say(language)}{explained}"
    lines = [head, *_excerpt(finding, root, sources)]
    if finding.repairs and not finding.explained:
        lines.append(_repair(finding, language))
    elif finding.advice and not finding.explained:
        lines.append(f"  → {finding.advice.say(language)}")
    if finding.fingerprint and not finding.repairs:
        lines.append(_explanation(finding, language))
    if finding.declared_at:
        said = {"zh": "勾稽关系在此声明", "en": "the identity is stated here"}[language]
        lines.append(f"  {finding.declared_at}: {said}")
    return "\n".join(lines) + "\n"


def _explanation(finding: Finding, language: str) -> str:
    """The line that explains a finding, ready to be pasted under 说明 once the reason is written."""
    cell = f", 格: {finding.cell_name}" if finding.cell_name else ""
    said = {"zh": "确有原因的，在“说明”下写", "en": "if there is a reason, write under 说明"}[language]
    return f"  · {said}：- {{规则: {finding.rule}{cell}, 原因: …, 指纹: {finding.fingerprint}}}"


def _repair(finding: Finding, language: str) -> str:
    """One sentence: which cells to change and to what; how many other ways there are."""
    fixes = "、".join(f"{fix.label} {plain(fix.before)} → {plain(fix.after)}" for fix in finding.repairs[0])
    others = len(finding.repairs) - 1
    if others >= MANY:
        rows = "、".join(dict.fromkeys(fix.label for repair in finding.repairs for fix in repair[:1]))
        zh = f"  → 改法不止 {others} 种（如 {rows} 等处），无从断定是哪一格；请对照台账逐项核对"
        return f"  → {others} ways and more would do ({rows} …): check each against your records" if language == "en" else zh
    if language == "en":
        return f"  → everything holds with: {fixes}" + (f" (or {others} other ways)" if others else "")
    cells = "改这一格即全部成立" if len(finding.repairs[0]) == 1 else "改这两格即全部成立"
    return f"  → {cells}：{fixes}" + (f"（另有 {others} 种改法）" if others else "")


def _excerpt(finding: Finding, root: Path, sources: dict[str, list[str]]) -> list[str]:
    """The source line with a caret under the column. A wide character takes two places on a terminal."""
    path = finding.at.path
    if path not in sources:
        sources[path] = _lines(root, path) if finding.rule not in NOT_QUOTED else []
    if not 0 < finding.at.line <= len(sources[path]):
        return []
    line = sources[path][finding.at.line - 1].replace("\t", " ").rstrip("\r")
    before = line[: finding.at.column - 1]
    indent = sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in before)
    number = f"{finding.at.line:>5}"
    return [f"{number} | {line}", f"{' ' * len(number)} | {' ' * indent}^"]


def _lines(root: Path, path: str) -> list[str]:
    """The lines of a file of the site. What a symbolic link leads to, or what is no text, is never quoted."""
    file = root / path
    if not file.is_file() or file.resolve() != root.resolve() / path:
        return []
    try:
        return file.read_text("utf-8-sig").split("\n")
    except (OSError, ValueError):
        return []


def as_json(findings: Sequence[Finding], reports: int, language: str) -> str:
    """The findings as one JSON document; see docs for its shape."""
    counts = Counter(finding.severity for finding in findings)
    summary = {severity.value: counts[severity] for severity in (Severity.ERROR, Severity.WARNING, Severity.INFO)}
    document = {"findings": [_fields(finding, language) for finding in findings], "summary": {**summary, "reports": reports}}
    return json.dumps(document, ensure_ascii=False, indent=1)


def _fields(finding: Finding, language: str) -> Mapping[str, object]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "agency": finding.agency or None,
        "year": finding.year,
        "path": finding.at.path,
        "line": finding.at.line,
        "column": finding.at.column,
        "message": finding.message.say(language),
        "expected": _number(finding.expected),
        "actual": _number(finding.actual),
        "difference": _number(finding.difference),
        "cells": list(finding.cells),
        "repairs": [[{"cell": fix.cell, "from": _number(fix.before), "to": _number(fix.after)} for fix in one] for one in finding.repairs],
        "explained": finding.explained,
        "fingerprint": finding.fingerprint or None,
    }


def _number(value: int | Decimal | None) -> int | float | None:
    return float(value) if isinstance(value, Decimal) else value


def counted(findings: Sequence[Finding], reports: int, language: str) -> str:
    """One line that counts: reports, errors, warnings, remarks."""
    counts = Counter(finding.severity for finding in findings)
    explained = sum(finding.explained for finding in findings)
    numbers = (reports, counts[Severity.ERROR], counts[Severity.WARNING], counts[Severity.INFO], explained)
    if language == "en":
        nouns = ("report", "error", "warning", "remark")
        return "{}: {}, {}, {} ({} explained)".format(*map(many, numbers, nouns), explained)
    return "{} 份报告：错误 {}，警告 {}，提示 {}（其中已说明 {}）".format(*numbers)


class Bar:
    """Progress on standard error: a bar on a terminal, otherwise a plain line at the end of each stage."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.progress: Progress | None = None
        self.tasks: dict[str, TaskID] = {}

    def __call__(self, stage: str, name: str, done: int, total: int) -> None:
        """Show that `done` of `total` are through."""
        if not sys.stderr.isatty():
            if done == total or (stage == "make" and done % 10 == 0):
                print(f"{STAGES[self.language][stage]} {done}/{total}", file=sys.stderr)
            return
        if self.progress is None:
            self.progress = self._start()
        if stage not in self.tasks:
            self.tasks[stage] = self.progress.add_task(STAGES[self.language][stage], total=total)
        self.progress.update(self.tasks[stage], completed=done)

    @staticmethod
    def _start() -> Progress:
        from rich.console import Console
        from rich.progress import Progress

        progress = Progress(console=Console(stderr=True), transient=True)
        progress.start()
        return progress

    def close(self) -> None:
        """Take the bar away."""
        if self.progress is not None:
            self.progress.stop()
