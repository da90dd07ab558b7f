"""Explain or fix: a public explanation (说明) turns the finding it names into a note; one that names nothing is itself reported.

An explanation is bound to the figures it explains by a fingerprint: when they change, the finding is open again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from generator.check.case import Case
from generator.language.glosses import glossed_cell
from generator.model.digest import digest
from generator.model.figure import plain
from generator.model.finding import Finding, Severity, Text
from generator.model.report import Explanation

LENGTH = 8


def apply(case: Case, findings: Sequence[Finding]) -> list[Finding]:
    """The findings of one report with its explanations applied; C-09 for each explanation that fits none, C-13 for each that is not
    bound to its figures.

    An explanation whose fingerprint is that of the finding comes first, then one that names its cell, then one that speaks of the whole
    rule; the last two are bound by the fingerprint of all findings they speak of. A finding that the site wants explained is an error
    until it is.
    """
    given = case.report.explanations
    about = [[finding for finding in findings if _fits(case, one, finding)] for one in given]
    joint = [_fingerprint(case, found) if found else "" for found in about]
    order = sorted(range(len(given)), key=lambda index: not given[index].cell)

    def match(finding: Finding) -> int | None:
        fitting = [index for index in order if finding in about[index]]
        own = _fingerprint(case, [finding]) if fitting else ""
        bound = [index for index in fitting if given[index].fingerprint == own]
        return next(iter([*bound, *(index for index in fitting if given[index].fingerprint in {"", joint[index]})]), None)

    matches = [match(finding) for finding in findings]
    settled = [
        _open(case, finding) if index is None else replace(finding, severity=Severity.INFO, explained_by=index)
        for finding, index in zip(findings, matches, strict=True)
    ]
    for index, one in enumerate(given):
        if index not in matches:
            still = any(matches[findings.index(finding)] is None for finding in about[index])
            settled.append(_unused(case, one, joint[index] if still else ""))
        elif not one.fingerprint:
            settled.append(_unbound(case, one, joint[index]))
    return settled


def _fits(case: Case, explanation: Explanation, finding: Finding) -> bool:
    """Whether an explanation is about this finding: same rule, and its cell, if it names one, takes part."""
    if finding.rule != explanation.rule or not case.rule(finding.rule).explainable:
        return False
    return not explanation.cell or explanation.cell in finding.cells


def _fingerprint(case: Case, findings: Sequence[Finding]) -> str:
    """Eight characters that stand for the figures of these findings: the cells with what they hold, and what was compared."""
    figures = case.report.figures
    said = [
        (
            one.rule,
            [(cell, figures[cell].text) for cell in one.cells],
            *(_plain(one) if one.cells or one.expected is not None else [one.message.zh]),
        )
        for one in findings
    ]
    return digest(sorted(map(repr, said)))[:LENGTH]


def _plain(one: Finding) -> list[str]:
    return [plain(one.expected), plain(one.actual), plain(one.difference)]


def _open(case: Case, finding: Finding) -> Finding:
    """An open finding with the fingerprint that an explanation of it would carry; an error where the site demands an explanation."""
    rule = case.rule(finding.rule)
    if not rule.explainable or (finding.severity is Severity.INFO and not rule.required):
        return finding
    cell = case.report.format.cells[finding.cells[0]].label.replace("·", ".") if len(finding.cells) == 1 else ""
    finding = replace(finding, fingerprint=_fingerprint(case, [finding]), cell_name=cell)
    if not rule.required:
        return finding
    advice = Text("本站要求：改正，或在“说明”中写明原因", "this site demands it: correct it, or give the reason under 说明")
    return replace(finding, severity=Severity.ERROR, advice=advice)


def _unbound(case: Case, one: Explanation, fingerprint: str) -> Finding:
    zh, en = (
        f"这条 {one.rule} 的说明还没有绑定数字，指纹: {fingerprint}",
        f"the explanation of {one.rule} is not bound; 指纹: {fingerprint}",
    )
    return case.found("C-13", one.at, zh, en)


def _unused(case: Case, one: Explanation, fingerprint: str) -> Finding:
    cell = case.report.format.cells[one.cell] if one.cell else None
    where, where_en = (f"（{cell.label}）", f" ({glossed_cell(cell)})") if cell else ("", "")
    zh, en = f"说明针对 {one.rule}{where}，但没有这样的问题", f"explains {one.rule}{where_en}, which is not found"
    advice = None
    if not case.rule(one.rule).explainable:
        zh, en = f"{one.rule} 这类问题不能用说明解决", f"{one.rule} cannot be explained"
        advice = Text("请改正问题本身，删去这条说明", "put the problem right and remove the explanation")
    elif fingerprint:
        zh = f"{one.rule}{where} 的说明是为以前的数字写的（指纹 {one.fingerprint}），数字已变，问题重新打开"
        en = f"the explanation of {one.rule}{where_en} was for other figures ({one.fingerprint}); the finding is open again"
        advice = Text(f"原因仍然成立的，把指纹改为 {fingerprint}", f"if the reason still holds, change the fingerprint to {fingerprint}")
    return case.found("C-09", one.at, zh, en, advice=advice)
