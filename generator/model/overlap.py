"""Which of several reports of a year are added up, so that nothing is counted twice (domain facts 7).

A government's consolidated report holds the figures of its members, and through a government among them those of its members too. A body
that stands in another one of the reports is not added again. Only what the files declare counts as known: where they leave open whether
a government's report holds a body, the body is added and named as doubtful. It is known that it does not for bodies under vertical
management, for a government that reports on its own level only, and where level or division code (GB/T 2260) exclude it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.model.agency import DIGITS, Agency
from generator.model.membership import GOVERNMENT, VERTICAL, counts
from generator.model.report import Report
from generator.model.site import Site

LEVELS = tuple(DIGITS)


@dataclass(frozen=True)
class Addends:
    """The reports to be added up; slug → the added government whose report holds the body's figures already, for those left out; and the
    slugs of added bodies that may stand in one of the other reports as well."""

    reports: tuple[Report, ...]
    contained: Mapping[str, str]
    doubtful: tuple[str, ...]


def addends(site: Site, reports: Sequence[Report]) -> Addends:
    """What adds up to the whole of these reports, all of one year."""
    held = {report.agency for report in reports}
    governments = _Governments([site.agencies[slug] for slug in sorted(held) if site.agencies[slug].kind == GOVERNMENT])
    contained: dict[str, str] = {}
    doubtful = []
    for report in reports:
        above = [(one.slug, sure) for one, sure in _governments_above(site, report.agency, report.year) if one.slug in held]
        within = [slug for slug, sure in above if sure]
        if within:
            contained[report.agency] = within[-1]
        elif above or governments.may_hold(_top(site, report.agency, report.year)):
            doubtful.append(report.agency)
    return Addends(tuple(report for report in reports if report.agency not in contained), contained, tuple(doubtful))


def within(site: Site, slug: str, year: int) -> tuple[str, ...]:
    """The governments, the nearest first, that have a report of the year which certainly holds the body's figures."""
    return tuple(one.slug for one, sure in _governments_above(site, slug, year) if sure and (one.slug, year) in site.reports)


def _governments_above(site: Site, slug: str, year: int) -> Iterator[tuple[Agency, bool]]:
    """The governments above a body at the end of a year, the nearest first, each with whether its report certainly holds the body's
    figures. One whose report certainly does not is left out."""
    sure = True
    for here, above in _steps(site, slug, year):
        sure = sure and site.existed(here.slug, year) and counts(above, here)
        if above.kind == GOVERNMENT and counts(above, here):
            yield above, sure


def _steps(site: Site, slug: str, year: int) -> tuple[tuple[Agency, Agency], ...]:
    """Each body and the one above it, upwards; none where they form a ring, which says nothing. Nothing stands above one under vertical
    management: it reports within its own system."""
    found: list[tuple[Agency, Agency]] = []
    here, seen = site.agencies[slug], {slug}
    while here.kind != VERTICAL and (above := site.agencies.get(here.parent_in(year))) is not None:
        if above.slug in seen:
            return ()
        found.append((here, above))
        seen.add(above.slug)
        here = above
    return tuple(found)


def _top(site: Site, slug: str, year: int) -> Agency:
    """The last body of which it is known that it stands above, or the body itself."""
    steps = _steps(site, slug, year)
    return steps[-1][1] if steps else site.agencies[slug]


class _Governments:
    """Governments by all that decides whether one may hold a body of which nobody says where it belongs, so that asking takes the same
    time however many they are."""

    def __init__(self, governments: Sequence[Agency]) -> None:
        self.alike: dict[tuple[str, str], tuple[Agency, set[str]]] = {}
        for one in governments:
            _, codes = self.alike.setdefault((one.level, one.roll_up), (one, set()))
            codes.add(one.division_code[: DIGITS[one.level]])

    def may_hold(self, body: Agency) -> bool:
        """Whether one of them may: it is of a higher level, or of the same where the body is no government; it adds up bodies of that
        kind; and the division codes do not exclude it, where both have one."""
        lowest = LEVELS.index(body.level) - (body.kind == GOVERNMENT)
        return any(
            LEVELS.index(level) <= lowest
            and counts(example, body)
            and (not body.division_code or not codes.isdisjoint(("", body.division_code[: DIGITS[level]])))
            for (level, _), (example, codes) in self.alike.items()
        )
