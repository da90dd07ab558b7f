"""Explain or fix: a public explanation (说明) turns the finding it names into a note; one that names nothing is itself reported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from generator.model.finding import Finding, Severity, Text
from generator.model.report import Explanation, Report, Site

# A file that cannot be read, a page that cannot be built, a slip of the hand: these are put right, not explained.
NEVER = ("C-", "B-", "S-", "V-01", "V-02", "V-03", "V-05", "V-06")


def apply(site: Site, report: Report, findings: Sequence[Finding]) -> list[Finding]:
    """The findings of one report with its explanations applied, and C-09 for each explanation that fits none.

    An explanation that names a cell comes before one that speaks of the whole rule.
    """
    order = sorted(range(len(report.explanations)), key=lambda index: not report.explanations[index].cell)
    used: set[int] = set()
    settled = []
    for finding in findings:
        match = next((index for index in order if fits(report.explanations[index], finding)), None)
        if match is None:
            settled.append(finding)
        else:
            used.add(match)
            settled.append(replace(finding, severity=Severity.INFO, explained_by=match))
    return settled + [_unused(site, report, one) for index, one in enumerate(report.explanations) if index not in used]


def _unused(site: Site, report: Report, one: Explanation) -> Finding:
    where = f"（{report.format.cells[one.cell].label}）" if one.cell else ""
    zh, en = f"说明针对 {one.rule}{where}，但没有这样的问题", f"explains {one.rule}{where}, which is not found"
    advice = None
    if one.rule.startswith(NEVER):
        zh, en = f"{one.rule} 这类问题不能用说明解决", f"{one.rule} cannot be explained"
        advice = Text("请改正问题本身，删去这条说明", "put the problem right and remove the explanation")
    return site.law.finding("C-09", one.at, zh, en, agency=report.agency, year=report.year, advice=advice)


def fits(explanation: Explanation, finding: Finding) -> bool:
    """Whether an explanation is about this finding: same rule, and its cell, if it names one, takes part."""
    if finding.rule != explanation.rule or finding.rule.startswith(NEVER):
        return False
    return not explanation.cell or explanation.cell in finding.cells
