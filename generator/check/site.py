"""Every rule over every report. To add a family of rules: one file with `check`, and its name in one of the two tuples."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from generator.check import (
    agencies,
    arithmetic,
    explanations,
    figures,
    hygiene,
    likeness,
    narrative,
    parts,
    publication,
    rollup,
    sections,
)
from generator.check.case import Case
from generator.model.finding import Finding
from generator.model.report import Site

# Families about one report (and the one before it), and families about all reports together.
REPORT = (arithmetic.check, figures.check, sections.check, narrative.check, parts.check, hygiene.check, publication.check)
SITE = (agencies.check, likeness.check, rollup.check)


def check(site: Site, today: date, loaded: Sequence[Finding]) -> list[Finding]:
    """All findings, those of the loader included, explained where a report explains them, sorted by place."""
    by_report: dict[tuple[str, int], list[Finding]] = {key: [] for key in site.reports}
    settled: list[Finding] = []
    for finding in (*loaded, *(one for family in SITE for one in family(site))):
        by_report.get((finding.agency, finding.year or 0), settled).append(finding)
    for key, report in site.reports.items():
        case = Case(site, report, today)
        settled += explanations.apply(case, [*by_report[key], *_findings(case)])
    settled += publication.check_pages(site)
    return sorted((finding for finding in settled if not site.law.rules[finding.rule].off), key=lambda finding: finding.order)


def _findings(case: Case) -> Iterator[Finding]:
    for family in REPORT:
        yield from family(case)
