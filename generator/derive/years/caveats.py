"""What must be said with two years' figures, in a few words: what changed between them, or why there is no difference."""

from __future__ import annotations

from generator.derive.years.series import Pair, Point
from generator.language.speech import Speech
from generator.model.comparison import Comparability, Verdict
from generator.model.figure import State


def caveat(say: Speech, verdict: Verdict) -> str:
    """What changed between two years whose figures compare: what they count, or only the law around it. Empty for neither."""
    if not verdict.notes:
        return ""
    return say("口径有变") if verdict.shifted else say("法律有变")


def missing(say: Speech, pair: Pair) -> str:
    """Why there is no difference between two figures; empty where there is one."""
    if pair.verdict.kind is Comparability.NOT and pair.verdict.redefined:
        return say("口径不同")
    both = pair.before, pair.after
    points = [one for one in both if one.figure is None] or [one for one in both if one.figure and one.figure.value is None]
    if len({_state(one) for one in points}) < len(points):
        return _in_both(say, points[0])
    if points:
        return say.listed(_in_one(say, one) for one in points)
    if pair.numbers is None:
        return say("两年单位不同")
    return "" if pair.differs else say("该项本身为增减数")


def _state(one: Point) -> State | None:
    return one.figure.state if one.figure else None


def _in_one(say: Speech, one: Point) -> str:
    return {
        None: say("{year} 年度无此项", year=one.year),
        State.UNREADABLE: say("{year} 年度无法辨认", year=one.year),
        State.BLANK: say("{year} 年度为空白", year=one.year),
        State.NOT_APPLICABLE: say("{year} 年度不适用", year=one.year),
    }[_state(one)]


def _in_both(say: Speech, one: Point) -> str:
    return {
        None: say("两年都无此项"),
        State.UNREADABLE: say("两年都无法辨认"),
        State.BLANK: say("两年都是空白"),
        State.NOT_APPLICABLE: say("两年都不适用"),
    }[_state(one)]
