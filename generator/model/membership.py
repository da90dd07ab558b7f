"""Who belonged to whom, and when: the bodies whose figures a government's consolidated report adds up (domain facts 7).

A body counts in a year when it existed, and belonged to the government, on 31 December. Outside stand bodies under vertical management,
which report within their own system; where a government reports on its own level only (本级), the governments below it as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.model.agency import Agency

GOVERNMENT = "government"
VERTICAL = "vertical"
LOWER = frozenset((GOVERNMENT, "township"))
OWN_LEVEL = "level"


def existed(agency: Agency, year: int) -> bool:
    """Whether the body was there at the end of a year: its first name had begun, its last had not ended."""
    day = date(year, 12, 31)
    return (agency.names[0].start or day) <= day <= (agency.names[-1].end or day)


def parent_in(agency: Agency, year: int) -> str:
    """The slug of the body above it at the end of a year, or empty."""
    day = date(year, 12, 31)
    held = [span.value for span in agency.parents if (span.start or day) <= day <= (span.end or day)]
    return held[-1] if held else ""


def members(agencies: Mapping[str, Agency], years: Iterable[int]) -> Mapping[tuple[str, int], tuple[Agency, ...]]:
    """(government, year) → the bodies that its report for the year adds up, in the directory's order."""
    found: dict[tuple[str, int], list[Agency]] = {}
    for year in years:
        for slug in sorted(agencies):
            agency = agencies[slug]
            above = agencies.get(parent_in(agency, year))
            if above is not None and existed(agency, year) and _counts(above, agency):
                found.setdefault((above.slug, year), []).append(agency)
    return {key: tuple(held) for key, held in found.items()}


def _counts(above: Agency, agency: Agency) -> bool:
    if above.kind != GOVERNMENT or agency.kind == VERTICAL:
        return False
    return above.roll_up != OWN_LEVEL or agency.kind not in LOWER
