"""Public corrections (更正): what a report said before, what it says now, when that changed and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from generator.model.finding import Location


@dataclass(frozen=True)
class Change:
    """One cell of a correction: its address and what it said before and after, as the agency writes it."""

    cell: str
    before: str
    after: str
    at: Location = field(default=Location(""), compare=False)


@dataclass(frozen=True)
class Rewording:
    """Words of a correction: the part they stand in (a section's id, or `preface`), and what they were before and after."""

    part: str
    before: str
    after: str
    at: Location = field(default=Location(""), compare=False)


@dataclass(frozen=True)
class Correction:
    """A public correction: when, why, which cells, which words. It ends one version of a report and begins the next."""

    date: date
    reason: str
    changes: tuple[Change, ...] = ()
    rewordings: tuple[Rewording, ...] = ()
    at: Location = field(default=Location(""), compare=False)
