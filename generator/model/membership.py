"""Who belonged to whom, and when: the bodies whose figures a government's consolidated report adds up (domain facts 7).

A body counts in a year when it existed, and belonged to the government, on 31 December. Outside stand bodies under vertical management,
which report within their own system; where a government reports on its own level only (本级), the governments below it as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from generator.model.agency import Agency
from generator.model.event import Turn

GOVERNMENT = "government"
VERTICAL = "vertical"
LOWER = frozenset((GOVERNMENT, "township"))
OWN_LEVEL = "level"
GONE = (Turn.MERGED_INTO, Turn.ABOLISHED)


@dataclass(frozen=True)
class Move:
    """That a body came to those a government adds up, on a day, or (`came` is False) is not among them from that day on."""

    day: date
    member: str
    came: bool


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


def moves(agencies: Mapping[str, Agency], lifetimes: Mapping[str, tuple[date, date]]) -> Mapping[str, tuple[Move, ...]]:
    """Government → who came to the bodies that its report adds up and who left them, in order of time, then by slug: by another
    superior body, by being set up or abolished. What has no day cannot be told."""
    found: dict[str, list[Move]] = {}
    for slug, agency in sorted(agencies.items()):
        first, without = lifetimes[slug]
        for parent, start, end in _spells(agency):
            above = agencies.get(parent)
            begun, ended = max(start, first), min(end, without)
            if above is None or not counts(above, agency) or begun >= ended:
                continue
            held = found.setdefault(parent, [])
            held += [Move(day, slug, came) for day, came in ((begun, True), (ended, False)) if day not in (date.min, date.max)]
    return {slug: tuple(sorted(held, key=lambda one: one.day)) for slug, held in found.items()}


def _spells(agency: Agency) -> Iterator[tuple[str, date, date]]:
    """Each body above an agency with the first day and the first day without it; neighbouring spans of one body are one spell."""
    held: list[tuple[str, date, date]] = []
    spans = agency.parents
    for index, span in enumerate(spans):
        before, after = spans[index - 1].end if index else None, spans[index + 1].start if index + 1 < len(spans) else None
        start = span.start or (before + timedelta(1) if before else date.min)
        end = span.end + timedelta(1) if span.end else after or date.max
        if held and held[-1][0] == span.value and held[-1][2] == start:
            start = held.pop()[1]
        held.append((span.value, start, end))
    yield from held
