"""Findings and progress for people and programs: text with the source line, JSON, a bar."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from generator.cli.verdict import Page, Printing, nowhere
from generator.files.door import Denied
from generator.language.catalogue import severity_name
from generator.language.sentence import joined, plural, sentence, template, whole_message
from generator.model.figure import plain
from generator.model.finding import Finding, Repair, Severity, Text, one_line, shown
from generator.source.tree import Disk

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

# From so many other ways on, naming one of them first would be a guess.
MANY = 4
# How many findings of one rule are listed for one file; of the others only the number is printed.
LISTED = 20
# The part of the law that a site brings itself: a clerk can look it up.
OWN_LAW = "formats/"
# Columns of a source line.
WINDOW = 100
TAB = "\t"
# About a file as such, which may hold anything.
NOT_QUOTED = frozenset({"C-08"})
PRINTED = {
    Page.REPORT: template("{count} 条印在报告页和核对情况页（{rules}）"),
    Page.CHECKS: template("{count} 条只印在核对情况页（{rules}）"),
}
STAGES = {"read": template("读取报告"), "make": template("生成 PDF")}


def as_text(findings: Sequence[Finding], root: Path, language: str) -> str:
    """The findings one below the other, each with its place, its source line and what to do.

    Of one rule in one file only the first few are listed.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for finding in findings:
        counts[finding.rule, finding.at.path] += 1 + finding.further
    listed: Counter[tuple[str, str]] = Counter()
    source = _Source(root)
    blocks = []
    causes = _by_cause(findings)
    for finding in findings:
        cause = causes.get(_cause(finding), [finding])
        if finding is not cause[0] and len(cause) > MANY:
            continue
        kind = (finding.rule, finding.at.path)
        listed[kind] += 1
        if listed[kind] > LISTED:
            continue
        unlisted = counts[kind] - LISTED if listed[kind] == LISTED else finding.further
        if finding is not cause[0]:
            block = _consequence(finding, language)
        else:
            block = _block(replace(finding, further=0), language, source)
            if len(cause) > MANY:
                block += _consequences(cause[1:], language)
        if unlisted:
            block += _further(finding, unlisted, language)
        blocks.append(block)
    return "\n".join(blocks)


# A file, and the change that mends what is wrong in it.
_Cause = tuple[str, tuple[Repair, ...]]


def _cause(finding: Finding) -> _Cause:
    return finding.at.path, finding.repairs[:1]


def _by_cause(findings: Sequence[Finding]) -> Mapping[_Cause, list[Finding]]:
    """The findings that one change mends, by that change; where it is no mere guess."""
    by_cause: dict[_Cause, list[Finding]] = {}
    for finding in findings:
        if finding.repairs and len(finding.repairs) < MANY:
            by_cause.setdefault(_cause(finding), []).append(finding)
    return by_cause


def _consequences(findings: Sequence[Finding], language: str) -> str:
    """In one line, how many findings go with one: the same change mends them all."""
    counts = Counter(finding.rule for finding in findings)
    rules = "、".join(f"{rule} ×{count}" for rule, count in counts.items())
    text = plural(
        "同一处错还使另 {count} 条不成立（{rules}），改好即成立", len(findings), rules=rules
    )
    return one_line(f"  = {text.say(language)}") + "\n"


def _consequence(finding: Finding, language: str) -> str:
    """A finding that goes with one above: the same change mends both."""
    name = severity_name(finding.severity).say(language)
    cause = sentence("与上面是同一处错，改好上面那处即成立").say(language)
    lines = [
        f"{finding.at}: {name} {finding.rule}: {finding.message.say(language)}",
        f"  = {cause}",
    ]
    return "\n".join(map(one_line, lines)) + "\n"


def _further(finding: Finding, count: int, language: str) -> str:
    """How many more there are that are not listed."""
    place = {"path": finding.at.path, "rule": finding.rule, "count": count}
    text = sentence("……{path} 里 {rule} 还有 {count} 处", **place).say(language)
    return f"\n{one_line(f'  {text}')}\n"


def _block(finding: Finding, language: str, source: _Source) -> str:
    """A finding with its source line, and what to do about it."""
    severity = severity_name(finding.severity).say(language)
    message = finding.message
    if finding.explained:
        message = sentence("{message}（已说明）", message=message)
    lines = [f"{finding.at}: {severity} {finding.rule}: {message.say(language)}"]
    lines += _excerpt(finding, source)
    if finding.places:
        lines.append(f"  · {_elsewhere(finding).say(language)}")
    lines += [f"  {mark} {step.say(language)}" for mark, step in _steps(finding)]
    if finding.declared_at and finding.declared_at.path.startswith(OWN_LAW):
        declaration = sentence("勾稽关系在此声明")
        lines.append(f"  {finding.declared_at}: {declaration.say(language)}")
    return "\n".join(map(one_line, lines)) + "\n"


def _elsewhere(finding: Finding) -> Text:
    """The other lines of the file on which the same was seen; neighbours as a range."""
    numbers = sorted({place.line for place in finding.places} - {finding.at.line})
    if not numbers:
        return sentence("同一行还有同样的")
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][-1] + 1:
            ranges[-1] = [ranges[-1][0], number]
        else:
            ranges.append([number])
    spans = ["–".join(map(str, span)) for span in ranges]
    lines = "、".join(spans[:LISTED])
    if len(spans) > LISTED:
        return sentence("同样的还在第 {lines} 等行", lines=lines)
    return sentence("同样的还在第 {lines} 行", lines=lines)


def _steps(finding: Finding) -> Iterator[tuple[str, Text]]:
    """What to do about a finding, each step behind its mark."""
    if not finding.explained:
        if finding.repairs:
            yield "→", _repair(finding.repairs)
        elif finding.advice:
            yield "→", finding.advice
    if finding.fingerprint and not finding.repairs:
        yield "·", sentence("确有原因的，在“说明”下写：{line}", line=_explanation(finding))


def _explanation(finding: Finding) -> str:
    """The line that explains a finding, to be pasted under 说明 once the reason is written."""
    cell = f", 格: {finding.cell_name}" if finding.cell_name else ""
    return f"- {{规则: {finding.rule}{cell}, 原因: …, 指纹: {finding.fingerprint}}}"


def _repair(repairs: Sequence[Repair]) -> Text:
    """Which cells to change and to what; how many other ways there are."""
    others = len(repairs) - 1
    if others >= MANY:
        labels = [fix.label for repair in repairs for fix in repair[:1]]
        return sentence(
            "改法不止 {others} 种（如 {cells} 等处），无从断定是哪一格；请对照台账逐项核对",
            others=others,
            cells="、".join(dict.fromkeys(labels)),
        )
    fixes = [f"{fix.label} {plain(fix.before)} → {plain(fix.after)}" for fix in repairs[0]]
    change = "、".join(fixes)
    if len(fixes) == 1:
        text = sentence("改这一格即全部成立：{change}", change=change)
    elif len(fixes) > 2:
        text = sentence("改这 {count} 格即全部成立：{change}", count=len(fixes), change=change)
    else:
        text = sentence("改这两格即全部成立：{change}", change=change)
    if not others:
        return text
    return sentence("{repair}（另有 {others} 种改法）", repair=text, others=others)


def _excerpt(finding: Finding, source: _Source) -> list[str]:
    """The source line, or the part of it around the column, with a caret under the column."""
    if finding.rule in NOT_QUOTED:
        return []
    line = source.line(finding.at.path, finding.at.line)
    if line is None:
        return []
    excerpt, indent = _window(line.replace(TAB, " "), finding.at.column - 1)
    number = f"{finding.at.line:>5}"
    margin = " " * len(number)
    return [f"{number} | {excerpt}", f"{margin} | {' ' * indent}^"]


def _window(line: str, column: int) -> tuple[str, int]:
    """What a terminal has room for around a column, and how far the column is indented."""
    column = min(column, len(line))
    start = max(0, column - WINDOW)
    lead = _lead(line[start:column], WINDOW // 2)
    tail = _fitting(line[column : column + WINDOW], WINDOW - _widths(lead))
    if column + len(tail) >= len(line):  # the line ends here: there is room for more in front
        lead = _lead(line[start:column], WINDOW - _widths(tail))
    opening = "…" if len(lead) < column else ""
    ending = "…" if column + len(tail) < len(line) else ""
    text = "".join(map(shown, (*lead, *tail)))
    return f"{opening}{text}{ending}", len(opening) + _widths(lead)


def _lead(text: str, room: int) -> list[str]:
    """The characters that come last, as many as there is room for."""
    characters = _fitting(reversed(text), room)
    characters.reverse()
    return characters


def _fitting(characters: Iterable[str], room: int) -> list[str]:
    """The characters that come first, as many as there is room for."""
    fitting = []
    for character in characters:
        room -= _width(character)
        if room < 0:
            break
        fitting.append(character)
    return fitting


def _widths(characters: Iterable[str]) -> int:
    return sum(map(_width, characters))


def _width(character: str) -> int:
    """How many columns a character takes.

    A wide one takes two, one that is spelled out as many as that takes.
    """
    if unicodedata.east_asian_width(character) in "WF":
        return 2
    return len(shown(character)) if not unicodedata.combining(character) else 0


class _Source:
    """The lines of the site's files; those of the last file are kept, as findings come by file."""

    def __init__(self, root: Path) -> None:
        self.disk = Disk(root)
        self.path: str | None = None
        self.lines: list[str] = []

    def line(self, path: str, number: int) -> str | None:
        """A line of a file; None where there is none, or nothing of the file can be printed."""
        if path != self.path:
            self.path = path
            self.lines = self._read(path)
        return self.lines[number - 1] if 0 < number <= len(self.lines) else None

    def _read(self, path: str) -> list[str]:
        try:
            text = self.disk.text(path)
        except Denied:
            return []
        content = text if isinstance(text, str) else text.text
        return content.split("\n") if content else []


def as_json(
    findings: Sequence[Finding], reports: int, language: str, page: Printing = nowhere
) -> str:
    """The findings as one JSON document, each with the public page that prints it."""
    counts = _counts(findings)
    summary = {severity.value: counts[severity] for severity in Severity}
    document = {
        "findings": [_fields(finding, language, page(finding)) for finding in findings],
        "summary": {**summary, "reports": reports},
    }
    return json.dumps(document, ensure_ascii=False, indent=1)


def _fields(finding: Finding, language: str, page: Page | None) -> Mapping[str, object]:
    """A finding as an object of JSON."""
    fields: dict[str, object] = {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "agency": finding.agency or None,
        "year": finding.year,
        "path": finding.at.path,
        "line": finding.at.line,
        "column": finding.at.column,
        "message": whole_message(finding).say(language),
        "expected": _number(finding.expected),
        "actual": _number(finding.actual),
        "difference": _number(finding.difference),
        "cells": list(finding.cells),
        "repairs": [_changes(repair) for repair in finding.repairs],
        "explained": finding.explained,
        "fingerprint": finding.fingerprint or None,
    }
    if finding.further:
        fields["further"] = finding.further
    if page:
        fields["public"] = page
    if finding.places:
        fields["places"] = [
            {"line": place.line, "column": place.column} for place in finding.places
        ]
    return fields


def _changes(repair: Repair) -> list[Mapping[str, object]]:
    return [
        {"cell": fix.cell, "from": _number(fix.before), "to": _number(fix.after)} for fix in repair
    ]


def _number(value: int | Decimal | None) -> int | float | None:
    return float(value) if isinstance(value, Decimal) else value


def _counts(findings: Sequence[Finding]) -> Counter[Severity]:
    """How many findings there are of each severity, those included that are only counted."""
    counts: Counter[Severity] = Counter()
    for finding in findings:
        counts[finding.severity] += 1 + finding.further
    return counts


def counted(findings: Sequence[Finding], reports: int, language: str) -> str:
    """One line that counts: reports, errors, warnings, remarks."""
    counts = _counts(findings)
    line = sentence(
        "{reports}：{errors}，{warnings}，{remarks}（其中已说明 {explained}）",
        reports=plural("{count} 份报告", reports),
        errors=plural("错误 {count}", counts[Severity.ERROR]),
        warnings=plural("警告 {count}", counts[Severity.WARNING]),
        remarks=plural("提示 {count}", counts[Severity.INFO]),
        explained=sum(finding.explained for finding in findings),
    )
    return line.say(language)


def published(findings: Sequence[Finding], page: Printing, language: str) -> str:
    """Which of the findings readers of the site will see, and where; empty where none."""
    phrases = []
    for place, text in PRINTED.items():
        printed = [finding for finding in findings if page(finding) is place]
        if printed:
            rules = "、".join(dict.fromkeys(finding.rule for finding in printed))
            phrases.append(plural(text, len(printed), rules=rules))
    if not phrases:
        return ""
    line = sentence(
        "会公开：{findings}；改正后重新生成，就不再印出", findings=joined(phrases, "；")
    )
    return line.say(language)


class Bar:
    """Progress on standard error: a bar on a terminal, else a line at the end of each stage."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.progress: Progress | None = None
        self.tasks: dict[str, TaskID] = {}

    def __call__(self, stage: str, name: str, done: int, total: int) -> None:
        """Show that `done` of `total` are through."""
        if not sys.stderr.isatty():
            if done == total or (stage == "make" and done % 10 == 0):
                print(f"{self._name(stage)} {done}/{total}", file=sys.stderr)
            return
        if self.progress is None:
            self.progress = self._start()
        if stage not in self.tasks:
            self.tasks[stage] = self.progress.add_task(self._name(stage), total=total)
        self.progress.update(self.tasks[stage], completed=done)

    def _name(self, stage: str) -> str:
        return sentence(STAGES[stage]).say(self.language)

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
