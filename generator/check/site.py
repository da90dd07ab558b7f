"""Every rule over every report. To add a family of rules: one file with `check`, and one line in `_findings`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from generator.check import arithmetic, explanations, publication
from generator.model.finding import Finding
from generator.model.report import Report, Site


def check(site: Site, today: date, loaded: Sequence[Finding]) -> list[Finding]:
    """All findings, those of the loader included, explained where a report explains them, sorted by place."""
    by_report: dict[tuple[str, int], list[Finding]] = {key: [] for key in site.reports}
    settled: list[Finding] = []
    for finding in loaded:
        key = (finding.agency, finding.year or 0)
        by_report.get(key, settled).append(finding)
    for key, report in site.reports.items():
        settled += explanations.apply(site, report, [*by_report[key], *_findings(site, report, today)])
    settled += publication.check_pages(site)
    return sorted(settled, key=lambda finding: finding.order)


def _findings(site: Site, report: Report, today: date) -> Iterator[Finding]:
    yield from arithmetic.check(site, report)
    yield from publication.check(site, report, today)
