"""What a site changes about rules, and what a local notice or a city's scorecard wants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.model.figure import Number
from generator.model.finding import Location
from generator.model.format import Expectation


@dataclass(frozen=True)
class RuleChange:
    """What a site.yaml changes about a rule; None leaves it as it is. `off` is `severity="off"`."""

    severity: str | None = None
    required: bool | None = None
    thresholds: Mapping[str, Number] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    innocent: tuple[str, ...] = ()


@dataclass(frozen=True)
class ScoreItem:
    """An item of a scorecard: what it is called, its points, and the rules by which they are lost.

    Each finding of one of the rules costs `each`, down to 0; without it the first costs all. An
    item without rules is one that a person must judge.
    """

    name: str
    points: Number
    rules: tuple[str, ...] = ()
    each: Number | None = None
    at: Location = field(default=Location(""), compare=False)


@dataclass(frozen=True)
class Profile:
    """A notice or a scorecard, as a site names it in `profile:`.

    `expectations` are what it wants to read in a report, beside those of the form; `changes` are
    what it changes about rules, before the site's own changes; `items` make the score sheet.
    """

    id: str
    name: str
    basis: str
    expectations: tuple[Expectation, ...] = ()
    changes: Mapping[str, RuleChange] = field(default_factory=dict)
    items: tuple[ScoreItem, ...] = ()
    at: Location = field(default=Location(""), compare=False)
