"""A few words beside two years' figures: what changed between them, or why none is compared."""

from __future__ import annotations

from collections.abc import Sequence

from generator.derive import states
from generator.derive.years.series import Pair, Point
from generator.language.speech import Speech
from generator.model.comparison import Comparability, Verdict
from generator.model.figure import State


def caveat(say: Speech, verdict: Verdict) -> str:
    """What changed between two years whose figures compare: what they count, or the law around it.

    Empty where neither changed.
    """
    if not verdict.notes:
        return ""
    return say("口径有变") if verdict.shifted else say("法律有变")


def why_no_difference(say: Speech, pair: Pair) -> str:
    """Why there is no difference between two figures; empty where there is one."""
    if pair.verdict.kind is Comparability.NOT and pair.verdict.redefined:
        return say("口径不同")
    points = _without_number(pair)
    if len(points) == 2 and _state(points[0]) is _state(points[1]):
        return states.in_both(say, _state(points[0]))
    if points:
        return say.listed(states.in_year(say, _state(point), point.year) for point in points)
    if pair.numbers is None:
        return say("两年单位不同")
    return "" if pair.differs else say("该项本身为增减数")


def _without_number(pair: Pair) -> Sequence[Point]:
    """The points whose form lacks the figure; where both forms have it, those without a number."""
    points = (pair.before, pair.after)
    absent = [point for point in points if point.figure is None]
    if absent:
        return absent
    return [point for point in points if point.figure and point.figure.value is None]


def _state(point: Point) -> State | None:
    return point.figure.state if point.figure else None
