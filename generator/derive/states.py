"""The words and marks for the states of a figure: every sentence about a figure that is no number.

A new state is added to model/figure.py; mypy then names each function here that needs a word for
it. None stands for a figure that the form of the year does not have.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import assert_never

from generator.language import amounts
from generator.language.speech import Speech
from generator.model.figure import Figure, State


def shown(say: Speech, figure: Figure | None) -> str:
    """A figure in a table of years: its number, or the word for why it has none."""
    if figure is None:
        return say("无此项")
    if figure.state is State.NUMBER:
        return figure.said
    return word(say, figure.state)


def word(say: Speech, state: State) -> str:
    """What a state is called."""
    match state:
        case State.NUMBER:
            return say("数字")
        case State.BLANK:
            return say("空白")
        case State.NOT_APPLICABLE:
            return say("不适用")
        case State.UNREADABLE:
            return say("无法辨认")
        case State.NOT_PRINTED:
            return say("未分列")
        case _:
            assert_never(state)


def meaning(say: Speech, state: State) -> str:
    """What a state means, in a sentence of a workbook."""
    match state:
        case State.NUMBER:
            return say("数值一列是报告公布的数字。")
        case State.BLANK:
            return say("这一格在原表中是空白，不等于 0：核对合计时按 0 计，总计空白的不核对。")
        case State.NOT_APPLICABLE:
            return say("这一格在原表中写明不适用。")
        case State.UNREADABLE:
            return say("这一格在原表中无法辨认。")
        case State.NOT_PRINTED:
            return say("原表把这一组印成一行，没有分列这一格，不等于 0。")
        case _:
            assert_never(state)


def legend(say: Speech, state: State) -> str:
    """What the mark of a state means, under a statutory table; empty for a number."""
    match state:
        case State.NUMBER:
            return ""
        case State.BLANK:
            return say("空白的格在原表中就是空白：核对合计时按 0 计，总计空白的不核对。")
        case State.NOT_APPLICABLE:
            return say("“/”表示不适用。")
        case State.UNREADABLE:
            return say("“？”表示原表这一格无法辨认。")
        case State.NOT_PRINTED:
            return ""
        case _:
            assert_never(state)


def legends(say: Speech, states: AbstractSet[State]) -> Iterator[str]:
    """The legends of the states that a table has; what cannot be read comes first."""
    others = (state for state in State if state is not State.UNREADABLE)
    for state in (State.UNREADABLE, *others):
        sentence = legend(say, state)
        if state in states and sentence:
            yield sentence


def marks(say: Speech) -> Iterator[tuple[str, str]]:
    """The marks of a comparison of bodies with what they mean, in the order they are listed."""
    yield "0", say("报告写的就是 0")
    for state in State:
        explanation = _explanation(say, state)
        if explanation:
            yield compared_text(say, Figure(state)), explanation


def _explanation(say: Speech, state: State) -> str:
    match state:
        case State.NUMBER:
            return ""
        case State.BLANK:
            return say("报告里这一格是空的")
        case State.NOT_APPLICABLE:
            return say("报告写明不适用")
        case State.UNREADABLE:
            return say("原表这一格无法辨认")
        case State.NOT_PRINTED:
            return say("报告把这一组印成一行，没有分列")
        case _:
            assert_never(state)


def compared_text(say: Speech, figure: Figure) -> str:
    """A figure in a comparison of bodies: as printed, but a blank is a word."""
    return say("空白") if figure.state is State.BLANK else amounts.mark(figure)


def in_year(say: Speech, state: State | None, year: int) -> str:
    """Why a year has no number to compare."""
    match state:
        case None:
            return say("{year} 年度无此项", year=year)
        case State.NUMBER:
            return ""
        case State.BLANK:
            return say("{year} 年度为空白", year=year)
        case State.NOT_APPLICABLE:
            return say("{year} 年度不适用", year=year)
        case State.UNREADABLE:
            return say("{year} 年度无法辨认", year=year)
        case State.NOT_PRINTED:
            return say("{year} 年度未分列", year=year)
        case _:
            assert_never(state)


def in_both(say: Speech, state: State | None) -> str:
    """Why neither of two years has a number to compare."""
    match state:
        case None:
            return say("两年都无此项")
        case State.NUMBER:
            return ""
        case State.BLANK:
            return say("两年都是空白")
        case State.NOT_APPLICABLE:
            return say("两年都不适用")
        case State.UNREADABLE:
            return say("两年都无法辨认")
        case State.NOT_PRINTED:
            return say("两年都未分列")
        case _:
            assert_never(state)


def over_years(say: Speech, state: State | None, name: str, years: str) -> str:
    """In which years a figure of a chart is no number, and why; `years` are listed."""
    match state:
        case None:
            return say("{name}：{years} 年度的格式没有这一项。", name=name, years=years)
        case State.NUMBER:
            return ""
        case State.BLANK:
            return say("{name}：{years} 年度的原表是空白。", name=name, years=years)
        case State.NOT_APPLICABLE:
            return say("{name}：{years} 年度的原表写明不适用。", name=name, years=years)
        case State.UNREADABLE:
            return say("{name}：{years} 年度的原表无法辨认。", name=name, years=years)
        case State.NOT_PRINTED:
            return say("{name}：{years} 年度的原表没有分列这一项。", name=name, years=years)
        case _:
            assert_never(state)


def before_or_after(say: Speech, figure: Figure) -> str:
    """A figure as a sentence on its correction has it."""
    match figure.state:
        case State.NUMBER | State.NOT_APPLICABLE:
            return figure.said
        case State.BLANK:
            return say("空白")
        case State.UNREADABLE:
            return say("无法辨认")
        case State.NOT_PRINTED:
            return say("未分列")
        case _:
            assert_never(figure.state)
