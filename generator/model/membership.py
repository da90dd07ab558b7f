"""Who belonged to whom, and when: the bodies whose figures a government's consolidated report adds up (domain facts 7).

A body counts in a year when it existed, and belonged to the government, on 31 December. Outside stand bodies under vertical management,
which report within their own system; where a government reports on its own level only (本级), the governments below it as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta

from generator.model.agency import Agency
from generator.model.event import Turn

GOVERNMENT = "government"
VERTICAL = "vertical"
LOWER = frozenset((GOVERNMENT, "township"))
OWN_LEVEL = "level"
GONE = (Turn.MERGED_INTO, Turn.ABOLISHED)


def lifetimes(agencies: Mapping[str, Agency]) -> Mapping[str, tuple[date, date]]:
    """Slug → the first day of a body and the first day without it, as far as its names and institutional reform (沿革) tell. That it went
    into another one may be told by that one alone."""
    found = {}
    merged = {
        body: one.date for agency in agencies.values() for one in agency.events if one.turn is Turn.MERGED_FROM for body in one.bodies
    }
    for slug, agency in agencies.items():
        last = agency.names[-1].end
        begun = [agency.names[0].start, *(one.date for one in agency.events if one.turn is Turn.SET_UP)]
        ended = [last + timedelta(1) if last else None, merged.get(slug), *(one.date for one in agency.events if one.turn in GONE)]
        found[slug] = (max(filter(None, begun), default=date.min), min(filter(None, ended), default=date.max))
    return found


def members(
    agencies: Mapping[str, Agency], years: Iterable[int], existed: Callable[[str, int], bool]
) -> Mapping[tuple[str, int], tuple[Agency, ...]]:
    """(government, year) → the bodies that its report for the year adds up, by slug."""
    found: dict[tuple[str, int], list[Agency]] = {}
    for year in years:
        for slug in sorted(agencies):
            agency = agencies[slug]
            above = agencies.get(agency.parent_in(year))
            if above is not None and existed(slug, year) and counts(above, agency):
                found.setdefault((above.slug, year), []).append(agency)
    return {key: tuple(held) for key, held in found.items()}


def counts(above: Agency, agency: Agency) -> bool:
    """Whether the report of a body adds up one that belongs to it: only governments consolidate, and not all of what is below them."""
    if above.kind != GOVERNMENT or agency.kind == VERTICAL:
        return False
    return above.roll_up != OWN_LEVEL or agency.kind not in LOWER
