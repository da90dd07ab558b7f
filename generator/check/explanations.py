"""Explain or fix: a public explanation (说明) turns the finding it names into a note; one that names nothing is itself reported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from generator.model.finding import Finding, Severity
from generator.model.report import Explanation, Report, Site

# A file that cannot be read or a page that cannot be built is not explained away.
NEVER = ("C-", "B-", "S-")


def apply(site: Site, report: Report, findings: Sequence[Finding]) -> list[Finding]:
    """The findings of one report with its explanations applied, and C-09 for each explanation that fits none."""
    used: set[int] = set()
    settled = []
    for finding in findings:
        match = next((index for index, one in enumerate(report.explanations) if fits(one, finding)), None)
        if match is None:
            settled.append(finding)
        else:
            used.add(match)
            settled.append(replace(finding, severity=Severity.INFO, explained=True, reason=report.explanations[match].reason))
    for index, one in enumerate(report.explanations):
        if index not in used:
            where = f"（{report.format.cells[one.cell].label}）" if one.cell else ""
            zh, en = f"说明针对 {one.rule}{where}，但没有这样的问题", f"explains {one.rule}{where}, which is not found"
            settled.append(site.law.finding("C-09", one.at, zh, en, agency=report.agency, year=report.year))
    return settled


def fits(explanation: Explanation, finding: Finding) -> bool:
    """Whether an explanation is about this finding: same rule, and its cell, if it names one, takes part."""
    if finding.rule != explanation.rule or finding.rule.startswith(NEVER):
        return False
    return not explanation.cell or explanation.cell in finding.cells
