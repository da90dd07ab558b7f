"""Every rule over every report. To add a family of rules: one file with `check`, and its name in one of the two tuples."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from datetime import date

from generator.check import (
    agencies,
    arithmetic,
    corrections,
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
from generator.model.digest import digest
from generator.model.finding import Finding
from generator.model.packed import pack_finding, unpack_finding
from generator.model.site import Site
from generator.model.source import Forgetful, Remembered
from generator.model.transcription import Wording

# Families about one report (and the one before it), and families about all reports together.
REPORT = (
    arithmetic.check,
    figures.check,
    sections.check,
    narrative.check,
    parts.check,
    hygiene.check,
    publication.check,
    corrections.check,
    likeness.check,
)
SITE = (agencies.check, rollup.check)


def check(site: Site, today: date, loaded: Sequence[Finding], memory: Remembered | None = None) -> list[Finding]:
    """All findings, those of the loader included, explained where a report explains them, sorted by place. What was found about an
    unchanged report is remembered."""
    memory = memory or Forgetful()
    by_report: dict[tuple[str, int], list[Finding]] = {key: [] for key in site.reports}
    settled: list[Finding] = []
    together = (*(one for family in SITE for one in family(site)), *likeness.check_peers(site, memory))
    for finding in (*loaded, *together):
        by_report.get((finding.agency, finding.year or 0), settled).append(finding)
    around = digest({slug: agency.names for slug, agency in site.agencies.items()}, site.settings.rules, site.settings.deadlines)
    for key, report in site.reports.items():
        case = Case(site, report, today)
        settled += explanations.apply(case, _asked(case, [*by_report[key], *_findings(case, around, memory)]))
    settled += publication.check_pages(site)
    return sorted((finding for finding in settled if not site.law.rules[finding.rule].off), key=lambda finding: finding.order)


def _asked(case: Case, findings: Sequence[Finding]) -> list[Finding]:
    """Those that may be asked of a report: how the editors of the site wrote is nothing to hold against a body."""
    own, rules = case.report.wording is Wording.VERBATIM, case.site.law.rules
    return [one for one in findings if own or not rules[one.rule].own_words]


def _findings(case: Case, around: str, memory: Remembered) -> list[Finding]:
    """What the families about one report find, or what they found when everything they look at was the same."""
    report, prior, name = case.report, case.prior, f"{case.report.agency}/{case.report.year}"
    early = any(day > case.today for day in (report.published, *(one.date for one in report.corrections)) if day)
    years = case.site.years_by_agency[report.agency]
    key = digest(around, report.key, prior.key if prior else "", case.agency, years, case.today if early else "") if report.key else ""
    packed = memory.recall("findings", name, key) if key else None
    if packed is not None:
        with suppress(ValueError, TypeError):  # damaged: look again
            return [unpack_finding(one) for one in json.loads(packed)]
    found = [one for family in REPORT for one in family(case)]
    if key:
        memory.keep("findings", name, key, json.dumps([pack_finding(one) for one in found], ensure_ascii=False, separators=(",", ":")))
    return found
