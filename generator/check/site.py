"""Every rule over every report.

To add a family of rules: one file with `check`, and its name in one of the two tuples.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date

from generator.check import (
    agencies,
    arithmetic,
    basis,
    blank_totals,
    bodies,
    corrections,
    damage,
    dates,
    example,
    explanations,
    figures,
    habits,
    hygiene,
    injected,
    likeness,
    markup,
    narrative,
    parts,
    publication,
    rollup,
    sections,
    shares,
    witnesses,
)
from generator.check.case import Case
from generator.model.digest import digest
from generator.model.finding import Finding, Gathering
from generator.model.packed import pack_finding, unpack_finding
from generator.model.report import Report
from generator.model.site import Site
from generator.model.source import Forgetful, Remembered
from generator.model.stranger import read_json
from generator.model.transcription import Wording

# Families about one report (and the one before it).
REPORT = (
    arithmetic.check,
    figures.check,
    sections.check,
    narrative.check,
    parts.check,
    shares.check,
    hygiene.check,
    injected.check,
    damage.check,
    bodies.check,
    basis.check,
    dates.check,
    markup.check,
    publication.check,
    corrections.check,
    likeness.check,
)
# Families about the bodies and all reports together, and about the site's own pages.
SITE = (
    agencies.check,
    rollup.check,
    example.check,
    publication.check_pages,
    markup.check_pages,
)


def check(
    site: Site, today: date, loaded: Sequence[Finding], memory: Remembered | None = None
) -> list[Finding]:
    """All findings, those of the loader included, sorted by place.

    They are explained where a report explains them. What was found about an unchanged report is
    remembered.
    """
    memory = memory or Forgetful()
    by_report: dict[tuple[str, int], list[Finding]] = {key: [] for key in site.reports}
    others = Gathering()
    served = blank_totals.served(site)
    for finding in (*loaded, *_together(served, memory)):
        key = (finding.agency, finding.year or 0)
        by_report.get(key, others).append(finding)
    settled = Gathering(habits.gathered(list(others), lambda _: ""))
    surroundings = _surroundings(site)
    for key, report in site.reports.items():
        case = Case(site, report, today)
        own_findings = _findings(Case(served, served.reports[key], today), surroundings, memory)
        findings = _applicable(case, [*by_report[key], *own_findings])
        settled.extend(explanations.apply(case, findings))
    return sorted(_in_force(site, settled), key=lambda finding: finding.order)


def _together(site: Site, memory: Remembered) -> Iterator[Finding]:
    """What the families about the whole site find."""
    for family in SITE:
        yield from family(site)
    yield from likeness.check_peers(site, memory)


def _surroundings(site: Site) -> str:
    """What stands for the parts of a site that the families about one report look at."""
    names = {slug: agency.names for slug, agency in site.agencies.items()}
    return digest(names, site.settings.rules, site.settings.deadlines)


def _in_force(site: Site, findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings without those of rules that are off.

    Of the example body only the rule that says so is in force.
    """
    examples = example.bodies(site)
    for finding in findings:
        rule = site.law.rules[finding.rule]
        if not rule.off and (rule.of_examples or finding.agency not in examples):
            yield finding


def _applicable(case: Case, findings: Sequence[Finding]) -> list[Finding]:
    """The findings that apply to a report.

    Rules about a body's own words do not apply to texts that the site's editors rewrote.
    """
    if case.report.wording is Wording.VERBATIM:
        return list(findings)
    rules = case.site.law.rules
    return [finding for finding in findings if not rules[finding.rule].own_words]


def _findings(case: Case, surroundings: str, memory: Remembered) -> list[Finding]:
    """What the families about one report find.

    It is remembered as long as everything that they look at is the same.
    """
    if not case.report.key:
        return _looked_for(case)
    name = f"{case.report.agency}/{case.report.year}"
    key = _key(case, surroundings)
    packed = memory.recall("findings", name, key)
    if packed is not None:
        with suppress(ValueError, TypeError):  # damaged: look again
            return [unpack_finding(finding) for finding in read_json(packed)]
    findings = _looked_for(case)
    memory.keep("findings", name, key, _packed(findings))
    return findings


def _looked_for(case: Case) -> list[Finding]:
    findings = list(Gathering(finding for family in REPORT for finding in family(case)))
    return witnesses.heard(case, findings)


def findings_of(site: Site, report: Report, today: date) -> list[Finding]:
    """What is found about a report in place of the one that the site has, explanations applied."""
    case = Case(site, report, today)
    served = blank_totals.served(replace(site, reports={(report.agency, report.year): report}))
    mended = served.reports[report.agency, report.year]
    findings = _looked_for(Case(site, mended, today))
    return explanations.apply(case, _applicable(case, findings))


def _key(case: Case, surroundings: str) -> str:
    """What stands for everything that the families about one report look at.

    The day is among it only where the report has dates that are still to come.
    """
    report = case.report
    prior = case.prior
    today = case.today if any(day > case.today for day in _days(report)) else ""
    years = case.site.years_by_agency[report.agency]
    following = case.site.reports.get((report.agency, report.year + 1))
    neighbours = [neighbour.key if neighbour else "" for neighbour in (prior, following)]
    return digest(surroundings, report.key, neighbours, case.agency, years, today)


def _days(report: Report) -> Iterator[date]:
    """The days of publication and of corrections."""
    if report.published:
        yield report.published
    for correction in report.corrections:
        yield correction.date


def _packed(findings: Sequence[Finding]) -> str:
    packed = [pack_finding(finding) for finding in findings]
    return json.dumps(packed, ensure_ascii=False, separators=(",", ":"))
