"""What a scorecard comes to for a report: points by item, and by which findings they are lost."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.figure import Number
from generator.model.finding import Finding
from generator.model.profile import Profile, ScoreItem


@dataclass(frozen=True)
class ScoreLine:
    """An item with its points; None where a person must judge it."""

    item: ScoreItem
    points: Number | None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class ScoreSheet:
    """A body's score sheet for a year. `present` is whether the site has its report."""

    profile: Profile
    agency: str
    year: int
    lines: tuple[ScoreLine, ...]
    present: bool = True

    @property
    def points(self) -> Number:
        """The points of all items that were judged."""
        return sum((line.points for line in self.lines if line.points is not None), start=0)

    @property
    def most(self) -> Number:
        """The points of all items that were judged, had nothing been lost."""
        return sum((line.item.points for line in self.lines if line.points is not None), start=0)

    @property
    def open(self) -> Number:
        """The points that a person must still give."""
        return sum((line.item.points for line in self.lines if line.points is None), start=0)
