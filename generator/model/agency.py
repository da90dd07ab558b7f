"""A body (机关): its names, what it belongs to, what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from generator.model.event import Event
from generator.model.finding import NO_GLOSS, Location, Text

# The levels of government, the highest first, with the number of digits of a division code that
# stand for a place of that level (GB/T 2260).
DIGITS = {"national": 0, "province": 2, "prefecture": 4, "county": 6, "township": 9}
# The levels of government, the highest first, and the kinds of bodies.
LEVELS = tuple(DIGITS)
KINDS = (
    "government",
    "office",
    "department",
    "dispatched",
    "township",
    "subdistrict",
    "zone",
    "vertical",
    "authorised",
)


@dataclass(frozen=True)
class Span:
    """A value with the dates it holds for; an open end is None."""

    value: str
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True)
class Agency:
    """A body (机关).

    `names`, `parents` and `events` are in order of time; `slug` is its folder and its address;
    `former_slugs` are addresses it had before, `gloss` its name in other languages. `roll_up`
    is whose figures a government's report adds up: all of its area (`area`), or its own level alone
    (`level`).
    """

    slug: str
    names: tuple[Span, ...]
    kind: str
    level: str
    parents: tuple[Span, ...] = ()
    uscc: str = ""
    division_code: str = ""
    site_id_code: str = ""
    contact: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    former_slugs: tuple[str, ...] = ()
    gloss: Text = NO_GLOSS
    events: tuple[Event, ...] = ()
    roll_up: str = "area"
    at: Location = field(default=Location(""), compare=False)

    @property
    def name(self) -> str:
        """The name it has now."""
        return self.names[-1].value

    def name_in(self, year: int) -> str:
        """The name at the end of a reporting year."""
        return _held(self.names, year) or self.name

    def parent_in(self, year: int) -> str:
        """The slug of the body above it at the end of a reporting year, or empty."""
        return _held(self.parents, year)

    @property
    def parent(self) -> str:
        """The slug of the body above it now, or empty."""
        return self.parents[-1].value if self.parents and self.parents[-1].end is None else ""


def _held(spans: tuple[Span, ...], year: int) -> str:
    """The value that was valid at the end of a year; empty where there is none.

    Where several were valid, the last one.
    """
    day = date(year, 12, 31)
    values = [span.value for span in spans if (span.start or day) <= day <= (span.end or day)]
    return values[-1] if values else ""
