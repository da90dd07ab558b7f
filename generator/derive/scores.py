"""Score sheets: what the scorecards of a site come to for each body's report of a year."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from generator.model.finding import Finding
from generator.model.law import Law
from generator.model.profile import Profile, ScoreItem
from generator.model.score import ScoreLine, ScoreSheet
from generator.model.site import Site

ByReport = Mapping[tuple[str, int], Sequence[Finding]]


def scorecards(site: Site) -> tuple[Profile, ...]:
    """The profiles of a site that give points."""
    profiles = (site.law.profiles[name] for name in site.settings.profiles)
    return tuple(profile for profile in profiles if profile.items)


def score_sheets(
    site: Site, findings: ByReport, year: int, missing: Collection[str] = ()
) -> Iterator[ScoreSheet]:
    """A sheet for each scorecard and each body with a report of the year.

    `missing` are bodies that owe a report and have none: they have no points.
    """
    for profile in scorecards(site):
        for slug in site.agencies:
            if (slug, year) in site.reports:
                yield _sheet(site.law, profile, slug, year, findings)
            elif slug in missing:
                lines = tuple(ScoreLine(item, 0) for item in profile.items)
                yield ScoreSheet(profile, slug, year, lines, present=False)


def by_report(findings: Iterable[Finding]) -> ByReport:
    """The findings by the reports that they are about."""
    reports: dict[tuple[str, int], list[Finding]] = {}
    for finding in findings:
        if finding.year is not None:
            reports.setdefault((finding.agency, finding.year), []).append(finding)
    return reports


def _sheet(law: Law, profile: Profile, slug: str, year: int, findings: ByReport) -> ScoreSheet:
    faults = findings.get((slug, year), ())
    lines = tuple(_line(law, item, faults) for item in profile.items)
    return ScoreSheet(profile, slug, year, lines)


def _line(law: Law, item: ScoreItem, findings: Sequence[Finding]) -> ScoreLine:
    """An item with what its rules found. Rules that are off judge nothing."""
    rules = [rule for rule in item.rules if not law.rules[rule].off]
    if not rules:
        return ScoreLine(item, None)
    costly = tuple(finding for finding in findings if finding.rule in rules)
    if not costly:
        return ScoreLine(item, item.points)
    count = sum(1 + finding.further for finding in costly)
    lost = item.points if item.each is None else min(item.points, item.each * count)
    return ScoreLine(item, item.points - lost, costly)
