"""C-09, C-13: a public explanation (说明) turns the finding that it names into a note.

An explanation is bound to the figures it explains by a fingerprint: when they change, the finding
is open again. An explanation that fits no finding is itself reported.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.check.case import Case
from generator.language.glosses import cell_text
from generator.language.sentence import as_text, sentence
from generator.model.digest import digest
from generator.model.figure import plain
from generator.model.finding import Finding, Severity, Text
from generator.model.report import Explanation

LENGTH = 8


@dataclass(frozen=True)
class Scope:
    """An explanation, the findings that it can be about, and the fingerprint of these together."""

    explanation: Explanation
    findings: Sequence[Finding]
    fingerprint: str

    def fits(self, finding: Finding) -> bool:
        """Whether it is bound to its findings together, or to no figures."""
        return self.explanation.fingerprint in {"", self.fingerprint}


def apply(case: Case, findings: Sequence[Finding]) -> list[Finding]:
    """The findings of one report with its explanations applied.

    C-09 is added for each explanation that fits no finding, C-13 for each that is not bound to its
    figures. A finding that the site wants explained is an error until it is.
    """
    scopes = [_scope(case, explanation, findings) for explanation in case.report.explanations]
    matches = [_match(case, scopes, finding) for finding in findings]
    settled = []
    for finding, match in zip(findings, matches, strict=True):
        if match is None:
            settled.append(_open(case, finding))
        else:
            settled.append(replace(finding, severity=Severity.INFO, explained_by=match))
    for number, scope in enumerate(scopes):
        if number not in matches:
            unexplained = any(
                matches[findings.index(finding)] is None for finding in scope.findings
            )
            fingerprint = scope.fingerprint if unexplained else ""
            settled.append(_unused(case, scope.explanation, fingerprint))
        elif not scope.explanation.fingerprint:
            settled.append(_unbound(case, scope))
    return settled


def _scope(case: Case, explanation: Explanation, findings: Sequence[Finding]) -> Scope:
    about = [finding for finding in findings if _is_about(case, explanation, finding)]
    return Scope(explanation, about, _fingerprint(case, about) if about else "")


def _is_about(case: Case, explanation: Explanation, finding: Finding) -> bool:
    """Whether an explanation names the rule of a finding and, if it names one, a cell of it."""
    if finding.rule != explanation.rule or not case.rule(finding.rule).explainable:
        return False
    return not explanation.cell or explanation.cell in finding.cells


def _match(case: Case, scopes: Sequence[Scope], finding: Finding) -> int | None:
    """The number of the explanation that explains a finding.

    One whose fingerprint is that of the finding comes first, then one that names its cell, then one
    that speaks of the whole rule. The last two are bound by the fingerprint of all findings that
    they speak of.
    """
    numbers = [number for number, scope in enumerate(scopes) if finding in scope.findings]
    if not numbers:
        return None
    numbers.sort(key=lambda number: not scopes[number].explanation.cell)
    fingerprint = _fingerprint(case, [finding])
    for number in numbers:
        if scopes[number].explanation.fingerprint == fingerprint:
            return number
    for number in numbers:
        if scopes[number].fits(finding):
            return number
    return None


def _fingerprint(case: Case, findings: Sequence[Finding]) -> str:
    """Eight characters that stand for the figures of these findings.

    They are made of the cells with their figures, and of what was compared.
    """
    stated = [repr(_stated(case, finding)) for finding in findings]
    return digest(sorted(stated))[:LENGTH]


def _stated(case: Case, finding: Finding) -> tuple[object, ...]:
    """What a fingerprint is made of: the figures of a finding, its message where it has none."""
    figures = case.report.figures
    cells = [(cell, figures[cell].text) for cell in finding.cells]
    if not cells and finding.expected is None:
        return finding.rule, cells, finding.message.source
    numbers = (finding.expected, finding.actual, finding.difference)
    return finding.rule, cells, *map(plain, numbers)


def _open(case: Case, finding: Finding) -> Finding:
    """An open finding with the fingerprint that an explanation of it would carry.

    It is an error where the site demands an explanation.
    """
    rule = case.rule(finding.rule)
    if not rule.explainable or (finding.severity is Severity.INFO and not rule.required):
        return finding
    cell = ""
    if len(finding.cells) == 1:
        cell = case.report.format.cells[finding.cells[0]].label.replace("·", ".")
    finding = replace(finding, fingerprint=_fingerprint(case, [finding]), cell_name=cell)
    if not rule.required:
        return finding
    advice = sentence("本站要求：改正，或在“说明”中写明原因")
    return replace(finding, severity=Severity.ERROR, advice=advice)


def _unbound(case: Case, scope: Scope) -> Finding:
    explanation = scope.explanation
    message = sentence(
        "这条 {rule} 的说明还没有绑定数字，指纹: {fingerprint}",
        rule=explanation.rule,
        fingerprint=scope.fingerprint,
    )
    return case.finding("C-13", explanation.at, message)


def _unused(case: Case, explanation: Explanation, fingerprint: str) -> Finding:
    """An explanation that explains nothing.

    `fingerprint` is that of the open findings that it could be about, empty where there are none.
    """
    rule = explanation.rule
    subject = _subject(case, explanation)
    if not case.rule(rule).explainable:
        message = sentence("{rule} 这类问题不能用说明解决", rule=rule)
        advice = sentence("请改正问题本身，删去这条说明")
    elif fingerprint:
        message = sentence(
            "{subject} 的说明是为以前的数字写的（指纹 {fingerprint}），数字已变，问题重新打开",
            subject=subject,
            fingerprint=explanation.fingerprint,
        )
        advice = sentence("原因仍然成立的，把指纹改为 {fingerprint}", fingerprint=fingerprint)
    else:
        message = sentence("说明针对 {subject}，但没有这样的问题", subject=subject)
        return case.finding("C-09", explanation.at, message)
    return case.finding("C-09", explanation.at, message, advice=advice)


def _subject(case: Case, explanation: Explanation) -> Text:
    """The rule that an explanation names, and its cell if it names one."""
    if not explanation.cell:
        return as_text(explanation.rule)
    name = cell_text(case.report.format.cells[explanation.cell])
    return sentence("{rule}（{cell}）", rule=explanation.rule, cell=name)
