"""Which bodies a government's consolidated report adds up, and when (domain facts 7).

A body counts in a year when it existed, and belonged to the government, on 31 December. Outside
stand bodies under vertical management, which report within their own system; where a government
reports on its own level only (本级), the governments below it as well.
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
    """A change among the bodies that a government adds up, on a day.

    The body came, or (`came` is False) is not among them from that day on.
    """

    day: date
    member: str
    came: bool


def lifetimes(agencies: Mapping[str, Agency]) -> Mapping[str, tuple[date, date]]:
    """Slug → the first day of a body and the first day without it.

    Both follow from its names and from institutional reform (沿革), as far as these tell. That it
    went into another body may be told by that other body alone.
    """
    merged: dict[str, date] = {}
    for agency in agencies.values():
        for event in agency.events:
            if event.turn is Turn.MERGED_FROM:
                merged.update(dict.fromkeys(event.bodies, event.date))
    lives = {}
    for slug, agency in agencies.items():
        begun = [event.date for event in agency.events if event.turn is Turn.SET_UP]
        if agency.names[0].start:
            begun.append(agency.names[0].start)
        ended = [event.date for event in agency.events if event.turn in GONE]
        if slug in merged:
            ended.append(merged[slug])
        if agency.names[-1].end:
            ended.append(agency.names[-1].end + timedelta(1))
        lives[slug] = (max(begun, default=date.min), min(ended, default=date.max))
    return lives


def members(
    agencies: Mapping[str, Agency], years: Iterable[int], existed: Callable[[str, int], bool]
) -> Mapping[tuple[str, int], tuple[Agency, ...]]:
    """(government, year) → the bodies that its report for the year adds up, by slug."""
    members_by_year: dict[tuple[str, int], list[Agency]] = {}
    for year in years:
        for slug in sorted(agencies):
            agency = agencies[slug]
            above = agencies.get(agency.parent_in(year))
            if above is not None and existed(slug, year) and counts(above, agency):
                members_by_year.setdefault((above.slug, year), []).append(agency)
    return {key: tuple(bodies) for key, bodies in members_by_year.items()}


def counts(above: Agency, agency: Agency) -> bool:
    """Whether the report of a body adds up a body that belongs to it.

    Only governments consolidate, and not all of what is below them.
    """
    if above.kind != GOVERNMENT or agency.kind == VERTICAL:
        return False
    return above.roll_up != OWN_LEVEL or agency.kind not in LOWER


def moves(
    agencies: Mapping[str, Agency], lifetimes: Mapping[str, tuple[date, date]]
) -> Mapping[str, tuple[Move, ...]]:
    """Government → the bodies that came to those its report adds up, and those that left them.

    In order of time, then by slug. A body comes or leaves by changing its superior body, by being
    set up or by being abolished. Changes without a day are left out.
    """
    moves_by_government: dict[str, list[Move]] = {}
    for slug, agency in sorted(agencies.items()):
        first, without = lifetimes[slug]
        for parent, start, end in _spells(agency):
            above = agencies.get(parent)
            begun = max(start, first)
            ended = min(end, without)
            if above is None or not counts(above, agency) or begun >= ended:
                continue
            moves_of_parent = moves_by_government.setdefault(parent, [])
            moves_of_parent += [
                Move(day, slug, came)
                for day, came in ((begun, True), (ended, False))
                if day not in (date.min, date.max)
            ]
    return {
        slug: tuple(sorted(moves_of_parent, key=lambda move: move.day))
        for slug, moves_of_parent in moves_by_government.items()
    }


def _spells(agency: Agency) -> Iterator[tuple[str, date, date]]:
    """Each body above an agency, with the first day and the first day without it.

    Neighbouring spans of one body are joined.
    """
    spells: list[tuple[str, date, date]] = []
    spans = agency.parents
    for index, span in enumerate(spans):
        earlier_end = spans[index - 1].end if index else None
        later_start = spans[index + 1].start if index + 1 < len(spans) else None
        start = span.start or (earlier_end + timedelta(1) if earlier_end else date.min)
        end = span.end + timedelta(1) if span.end else later_start or date.max
        if spells and spells[-1][0] == span.value and spells[-1][2] == start:
            start = spells.pop()[1]
        spells.append((span.value, start, end))
    yield from spells
