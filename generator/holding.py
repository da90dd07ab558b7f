"""Policy `hold`: a report that must not be published as it is keeps its last good version, and nobody else waits for it.

What was good is written down at each build, below .cache/: without it (a first build, a deleted cache) a held report has a page that
says it is being checked.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from generator.model.agency import Agency
from generator.model.digest import digest
from generator.model.finding import Finding, Severity
from generator.model.packed import pack, pack_agency, unpack, unpack_agency
from generator.model.report import Report
from generator.model.site import Held, Site
from generator.source.memory import Memory

Key = tuple[str, int]
# Rules that compare reports: what they find is looked at again once the reports they compare are good ones.
COMPARING = ("R-", "Y-")
Check = Callable[[Site, Collection[Key]], Sequence[Finding]]


@dataclass(frozen=True)
class Settled:
    """The site to publish, its findings by report, and whether some finding concerns no report, so that holding does not help."""

    site: Site
    findings: tuple[Finding, ...]
    stops: bool = False


def hold(
    site: Site,
    findings: Sequence[Finding],
    folders: Sequence[Key],
    good: Memory,
    check: Check,
    today: date,
    asides: Sequence[Finding] = (),
) -> Settled:
    """The site with its bad reports put back. `folders` are the reports that there are files for; `check` finds what is wrong with a
    site whose reports at some keys are not to be asked about again; `asides` are findings that hold a report back, too, and are printed
    nowhere."""
    policy = site.settings.policy

    def bad(found: Iterable[Finding], *, comparing: bool) -> set[Key]:
        return {
            key
            for one in found
            if policy.get(one.severity.value) == "hold" and (comparing or not one.rule.startswith(COMPARING))
            for key in _concerned(one, folders)
        }

    if any(policy.get(one.severity.value) == "hold" and not _concerned(one, folders) for one in findings):
        return Settled(site, tuple(findings), stops=True)
    held = bad((*findings, *asides), comparing=False)
    mended, kept = _put_back(site, held, good)
    again = check(mended, held) if held else findings
    more = bad(again, comparing=True) - held
    if more:
        held |= more
        mended, kept = _put_back(site, held, good)
    remember(mended, again, held, good)
    settled = [one for one in again if (one.agency, one.year) not in held]
    notices = {key: _notice(key, (*findings, *asides, *again), policy, good, today) for key in sorted(held)}
    good.close()
    return Settled(replace(mended, held=notices), (*settled, *kept))


def _concerned(one: Finding, folders: Sequence[Key]) -> set[Key]:
    """The reports a finding is about: its own, or all of the body that it is about."""
    if one.agency and one.year is not None and (one.agency, one.year) in folders:
        return {(one.agency, one.year)}
    return {key for key in folders if key[0] == one.agency} if one.agency and one.year is None else set()


def _put_back(site: Site, held: set[Key], good: Memory) -> tuple[Site, list[Finding]]:
    """The site with the last good version of each held report, or without it where there is none; and the findings of that version."""
    reports: dict[Key, Report] = {key: report for key, report in site.reports.items() if key not in held}
    agencies: dict[str, Agency] = dict(site.agencies)
    kept: list[Finding] = []
    for slug in sorted({slug for slug, _ in held} - set(agencies)):
        if row := good.last("agency", slug):
            agencies[slug] = unpack_agency(row[1])
    for slug, year in sorted(held):
        row = good.last("report", f"{slug}/{year}")
        if row and slug in agencies:
            report, found = unpack(site.law, row[1])
            reports[slug, year] = replace(report, key=row[0].partition(":")[0])
            kept += found
    order = {slug: agencies[slug] for slug in sorted(agencies)}
    return replace(site, reports={key: reports[key] for key in sorted(reports)}, agencies=order), kept


def remember(site: Site, findings: Sequence[Finding], held: set[Key], good: Memory) -> None:
    """Write down what is good now, with what was found about it; what is held, or has an error that is published all the same, is not."""
    by_report: dict[Key, list[Finding]] = {key: [] for key in site.reports}
    for one in findings:
        by_report.get((one.agency, one.year or 0), []).append(one)
    for key, report in site.reports.items():
        name = f"{key[0]}/{key[1]}"
        if key in held or any(one.severity is Severity.ERROR for one in by_report[key]):
            continue
        mark = f"{report.key}:{digest(by_report[key])[:16]}"
        if good.recall("report", name, mark) is None:
            good.keep("report", name, mark, pack(report, by_report[key]))
        good.forget("held", name)
    for slug, agency in site.agencies.items():
        if good.recall("agency", slug, digest(agency)) is None:
            good.keep("agency", slug, digest(agency), pack_agency(agency))


def _notice(key: Key, found: Sequence[Finding], policy: Mapping[str, str], good: Memory, today: date) -> Held:
    """Since when the newer version waits, and for which rules."""
    name = f"{key[0]}/{key[1]}"
    row = good.last("held", name)
    if row is None:
        good.keep("held", name, today.isoformat(), today.isoformat())
    since = date.fromisoformat(row[1]) if row else today
    about = [one for one in found if one.agency == key[0] and one.year in {None, key[1]}]
    return Held(since, tuple(sorted({one.rule for one in about if policy.get(one.severity.value) == "hold"})))
