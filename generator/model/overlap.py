"""Which of several reports of a year are added up, so that nothing is counted twice.

A government's consolidated report holds the figures of its members, and through a government among
them those of its members too (domain facts 7). A body that stands in another one of the reports is
not added again. Only what the files declare counts as known: where they leave open whether a
government's report holds a body, the body is added and named as doubtful. It is known that it does
not for bodies under vertical management, for a government that reports on its own level only, and
where level or division code (GB/T 2260) exclude it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.model.agency import DIGITS, LEVELS, Agency
from generator.model.membership import GOVERNMENT, VERTICAL, counts
from generator.model.report import Report
from generator.model.site import Site


@dataclass(frozen=True)
class Addends:
    """The reports to be added up, and what is known of the others.

    `contained` has, for those that are not added, slug → the added government whose report holds
    the body's figures already; `doubtful` are the slugs of added bodies that may stand in one of
    the other reports as well.
    """

    reports: tuple[Report, ...]
    contained: Mapping[str, str]
    doubtful: tuple[str, ...]


def addends(site: Site, reports: Sequence[Report]) -> Addends:
    """What adds up to the whole of these reports, all of one year."""
    slugs = {report.agency for report in reports}
    agencies = [site.agencies[slug] for slug in sorted(slugs)]
    governments = _Governments([agency for agency in agencies if agency.kind == GOVERNMENT])
    contained: dict[str, str] = {}
    doubtful = []
    for report in reports:
        above = [
            (government.slug, sure)
            for government, sure in _governments_above(site, report.agency, report.year)
            if government.slug in slugs
        ]
        within = [slug for slug, sure in above if sure]
        if within:
            contained[report.agency] = within[-1]
        elif above or governments.may_hold(_top(site, report.agency, report.year)):
            doubtful.append(report.agency)
    added = tuple(report for report in reports if report.agency not in contained)
    return Addends(added, contained, tuple(doubtful))


def within(site: Site, slug: str, year: int) -> tuple[str, ...]:
    """The governments, nearest first, whose report of the year certainly holds a body's figures."""
    return tuple(
        government.slug
        for government, sure in _governments_above(site, slug, year)
        if sure and (government.slug, year) in site.reports
    )


def _governments_above(site: Site, slug: str, year: int) -> Iterator[tuple[Agency, bool]]:
    """The governments above a body at the end of a year, the nearest first.

    Each with whether its report certainly holds the body's figures. One whose report certainly does
    not is left out.
    """
    sure = True
    for body, above in _steps(site, slug, year):
        sure = sure and site.existed(body.slug, year) and counts(above, body)
        if above.kind == GOVERNMENT and counts(above, body):
            yield above, sure


def _steps(site: Site, slug: str, year: int) -> tuple[tuple[Agency, Agency], ...]:
    """Each body and the one above it, upwards.

    None where they form a ring, which says nothing. Nothing stands above one under vertical
    management: it reports within its own system.
    """
    steps: list[tuple[Agency, Agency]] = []
    slugs = {slug}
    body = site.agencies[slug]
    while body.kind != VERTICAL:
        above = site.agencies.get(body.parent_in(year))
        if above is None:
            break
        if above.slug in slugs:
            return ()
        steps.append((body, above))
        slugs.add(above.slug)
        body = above
    return tuple(steps)


def _top(site: Site, slug: str, year: int) -> Agency:
    """The highest body that is known to stand above, or the body itself."""
    steps = _steps(site, slug, year)
    return steps[-1][1] if steps else site.agencies[slug]


class _Governments:
    """Governments, grouped by what decides whether one may hold a body of unknown parent.

    So the answer takes the same time however many they are.
    """

    def __init__(self, governments: Sequence[Agency]) -> None:
        self.alike: dict[tuple[str, str], tuple[Agency, set[str]]] = {}
        for government in governments:
            key = (government.level, government.roll_up)
            _, codes = self.alike.setdefault(key, (government, set()))
            codes.add(government.division_code[: DIGITS[government.level]])

    def may_hold(self, body: Agency) -> bool:
        """Whether one of them may hold the body.

        It is of a higher level, or of the same where the body is no government; it adds up bodies
        of that kind; and the division codes do not exclude it, where both have one.
        """
        lowest = LEVELS.index(body.level)
        if body.kind == GOVERNMENT:
            lowest -= 1
        for (level, _), (example, codes) in self.alike.items():
            if LEVELS.index(level) > lowest or not counts(example, body):
                continue
            code = body.division_code[: DIGITS[level]]
            if not body.division_code or not codes.isdisjoint(("", code)):
                return True
        return False
