"""Policy `hold`: a report that must not be published keeps its last good version.

All other reports are published as usual.

Each build stores the good versions below .cache/. Without a stored version (a first build, a
deleted cache) the page of a report that is held back says that the report is being checked.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from generator.model.agency import Agency
from generator.model.digest import digest
from generator.model.finding import Finding, Severity, Stops
from generator.model.packed import pack, pack_agency, unpack, unpack_agency
from generator.model.report import Report
from generator.model.site import Held, Site
from generator.source.memory import Memory

Key = tuple[str, int]
# Rules that compare reports: they are checked again once only good reports are compared.
COMPARING = ("R-", "Y-")
Check = Callable[[Site, Collection[Key]], Sequence[Finding]]


@dataclass(frozen=True)
class Settled:
    """The site to publish, and its findings.

    `reasons` are findings that hold a report back and were seen only once the others were put back.

    `stops` is true where nothing may be published: some finding forbids it, or concerns no report
    that could be held back.
    """

    site: Site
    findings: tuple[Finding, ...]
    stops: bool = False
    reasons: tuple[Finding, ...] = ()


def hold(
    site: Site,
    findings: Sequence[Finding],
    folders: Sequence[Key],
    good: Memory,
    check: Check,
    today: date,
    asides: Sequence[Finding] = (),
) -> Settled:
    """The site with the last good version of each report that must not be published.

    `folders` are the reports that have files. `check` finds the errors of a site, except in the
    reports at some keys. `asides` are findings that hold a report back, too, but are printed
    nowhere.
    """
    policy = site.settings.policy
    if any(_stops_all(finding, folders, policy) for finding in findings):
        return Settled(site, tuple(findings), stops=True)
    of_one_report = [
        finding for finding in (*findings, *asides) if not finding.rule.startswith(COMPARING)
    ]
    blocked = _blocked(of_one_report, folders, policy)
    mended, old_findings = _put_back(site, blocked, good)
    new_findings = check(mended, blocked) if blocked else findings
    also_blocked = _blocked(new_findings, folders, policy) - blocked
    if also_blocked:
        blocked |= also_blocked
        mended, old_findings = _put_back(site, blocked, good)
    remember(mended, new_findings, blocked, good)
    published = [
        finding for finding in new_findings if (finding.agency, finding.year) not in blocked
    ]
    reasons = (*findings, *asides, *new_findings)
    notices = {key: _notice(key, reasons, policy, good, today) for key in sorted(blocked)}
    good.close()
    known_before = set(findings)
    later = tuple(
        finding
        for finding in new_findings
        if (finding.agency, finding.year) in blocked and finding not in known_before
    )
    return Settled(replace(mended, held=notices), (*published, *old_findings), reasons=later)


def _stops_all(finding: Finding, folders: Sequence[Key], policy: Mapping[str, str]) -> bool:
    """Whether nothing may be published because of a finding."""
    return finding.forbids or (_holds(finding, policy) and not _concerned(finding, folders))


def _blocked(
    findings: Iterable[Finding], folders: Sequence[Key], policy: Mapping[str, str]
) -> set[Key]:
    """The reports that the findings hold back."""
    blocked: set[Key] = set()
    for finding in findings:
        if _holds(finding, policy):
            blocked |= _concerned(finding, folders)
    return blocked


def _holds(finding: Finding, policy: Mapping[str, str]) -> bool:
    """Whether a finding holds its report back."""
    return finding.stops is Stops.BY_POLICY and policy.get(finding.severity.value) == "hold"


def _concerned(finding: Finding, folders: Sequence[Key]) -> set[Key]:
    """The report a finding is about, or all reports of an agency where it names no year."""
    if not finding.agency:
        return set()
    if finding.year is None:
        return {key for key in folders if key[0] == finding.agency}
    key = (finding.agency, finding.year)
    return {key} if key in folders else set()


def _put_back(site: Site, blocked: set[Key], good: Memory) -> tuple[Site, list[Finding]]:
    """The site with the last good version of each blocked report, and the findings of that version.

    A blocked report without a good version is left out.
    """
    reports: dict[Key, Report] = {
        key: report for key, report in site.reports.items() if key not in blocked
    }
    agencies: dict[str, Agency] = dict(site.agencies)
    old_findings: list[Finding] = []
    for slug in sorted({slug for slug, _ in blocked} - set(agencies)):
        if row := good.last("agency", slug):
            with suppress(ValueError, TypeError, LookupError):  # damaged: treated as missing
                agencies[slug] = unpack_agency(row[1])
    for slug, year in sorted(blocked):
        row = good.last("report", f"{slug}/{year}")
        if row and slug in agencies:
            with suppress(ValueError, TypeError, LookupError):
                report, findings = unpack(site.law, row[1])
                reports[slug, year] = replace(report, key=row[0].partition(":")[0])
                old_findings += findings
    sorted_reports = {key: reports[key] for key in sorted(reports)}
    sorted_agencies = {slug: agencies[slug] for slug in sorted(agencies)}
    return replace(site, reports=sorted_reports, agencies=sorted_agencies), old_findings


def remember(site: Site, findings: Sequence[Finding], blocked: set[Key], good: Memory) -> None:
    """Store the good reports of a site with their findings, and its agencies.

    A report is not good if it is blocked, or has an error that is published all the same.
    """
    by_report: dict[Key, list[Finding]] = {key: [] for key in site.reports}
    for finding in findings:
        by_report.get((finding.agency, finding.year or 0), []).append(finding)
    for key, report in site.reports.items():
        report_findings = by_report[key]
        if key in blocked or any(_is_error(finding) for finding in report_findings):
            continue
        name = _name(key)
        mark = f"{report.key}:{digest(report_findings)[:16]}"
        if good.recall("report", name, mark) is None:
            good.keep("report", name, mark, pack(report, report_findings))
        good.forget("held", name)
    for slug, agency in site.agencies.items():
        mark = digest(agency)
        if good.recall("agency", slug, mark) is None:
            good.keep("agency", slug, mark, pack_agency(agency))


def _is_error(finding: Finding) -> bool:
    return finding.stops is not Stops.NEVER and finding.severity is Severity.ERROR


def _name(key: Key) -> str:
    """The name of a report in the memory."""
    slug, year = key
    return f"{slug}/{year}"


def _notice(
    key: Key, findings: Sequence[Finding], policy: Mapping[str, str], good: Memory, today: date
) -> Held:
    """Since when the newer version of a report waits, and which rules hold it back."""
    slug, year = key
    row = good.last("held", _name(key))
    if row is None:
        good.keep("held", _name(key), today.isoformat(), today.isoformat())
    since = date.fromisoformat(row[1]) if row else today
    rules = {
        finding.rule
        for finding in findings
        if finding.agency == slug and finding.year in {None, year} and _holds(finding, policy)
    }
    return Held(since, tuple(sorted(rules)))
