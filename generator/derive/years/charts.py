"""An agency's years as charts, as the law states them: what is drawn, what is said of it, and the same numbers as a table.

A year without a report, a figure that cannot be read and one that the form does not have are three things, and none is drawn as a number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from generator.derive.years import trend
from generator.derive.years.plot import Column, Post, grouped, plot
from generator.derive.years.series import Point
from generator.derive.years.trend import Trend
from generator.language.speech import Speech, speech
from generator.model.chart import Chart, ChartRow
from generator.model.comparison import Mark
from generator.model.figure import Number, State, plain, typeset
from generator.model.law import Break, ChartKind, ChartPlan, Comparable
from generator.model.report import Report
from generator.model.site import Site


def charts(site: Site, reports: Sequence[Report]) -> tuple[Chart, ...]:
    """The charts of one agency's reports, oldest first; none for a single year, and none of figures that no year has."""
    if len(reports) < 2:
        return ()
    sheets = [_sheet(site, reports, plan) for plan in site.law.charts]
    return tuple(_chart(sheet) for sheet in sheets if any(list(one.numbers) for one in sheet.series))


@dataclass(frozen=True)
class _Sheet:
    """What one chart is made from. `new_forms` are the first years of each form but the oldest."""

    say: Speech
    plan: ChartPlan
    years: tuple[int, ...]
    series: tuple[Trend, ...]
    total: Trend | None
    new_forms: tuple[int, ...]

    @property
    def all(self) -> tuple[Trend, ...]:
        """Every figure of the chart's table."""
        return (*self.series, *((self.total,) if self.total else ()))

    @property
    def drawn(self) -> bool:
        """Whether there is anything to draw: a figure above 0."""
        return any(value for one in self.series for _, value in one.numbers)

    @property
    def shifts(self) -> list[Break]:
        """The shifts of meaning of any of its figures."""
        return sorted({shift for one in self.all for shift in one.shifts}, key=lambda shift: (shift.start, shift.note))


def _sheet(site: Site, reports: Sequence[Report], plan: ChartPlan) -> _Sheet:
    say, unconfirmed = speech(site.settings.language), site.settings.unconfirmed_notes
    series = tuple(trend.trend(site.law, reports, named, say, unconfirmed=unconfirmed) for named in plan.series)
    total = trend.trend(site.law, reports, plan.total, say, unconfirmed=unconfirmed) if plan.total else None
    forms = tuple(after.year for before, after in pairwise(reports) if before.format is not after.format)
    return _Sheet(say, plan, series[0].years, series, total, forms)


def _chart(sheet: _Sheet) -> Chart:
    say, plan = sheet.say, sheet.plan
    stacked = plan.kind is ChartKind.STACKED
    said = [trend.in_words(say, one) for one in ((sheet.total,) if stacked and sheet.total else sheet.series)]
    finding = say.spaced(*said, trend.foremost(say, sheet.series) if stacked else "")
    notes = tuple(_notes(sheet))
    forms = [say("{year} 年度起使用新的法定格式。", year=year) for year in sheet.new_forms]
    return Chart(
        plan.id,
        plan.title.say(say.key),
        sheet.series[0].unit,
        finding,
        say.spaced(finding, *forms, *notes),
        plot([_column(sheet, index) for index in range(len(sheet.years))]) if sheet.drawn else None,
        tuple(trend.heading(one.name) for one in sheet.series),
        tuple(trend.heading(one.name) for one in sheet.all),
        tuple(
            ChartRow(year, tuple(_cell(say, one.points[index])[0] for one in sheet.all), bool(_boundary(sheet, year)))
            for index, year in enumerate(sheet.years)
        ),
        notes,
    )


def _cell(say: Speech, one: Point | None) -> tuple[str, str]:
    """What stands for a figure, and what does where there is little room."""
    if one is None:
        return say("未收录"), ""
    return trend.shown(say, one.figure), (typeset(one.figure.mark) if one.figure else "") or "—"


def _value(one: Point | None) -> Number | None:
    return one.figure.value if one and one.figure else None


def _boundary(sheet: _Sheet, year: int) -> str:
    """What a line before a year says: that figures do not compare, that the form is new, or what a note speaks of."""
    shifts = [shift for shift in sheet.shifts if shift.start == year]
    if any(shift.comparable is Comparable.NO for shift in shifts):
        return sheet.say("{year} 年起口径不同", year=year)
    if year in sheet.new_forms:
        return sheet.say("{year} 年起用新格式", year=year)
    return trend.shifted(sheet.say, shifts[0]) if shifts else ""


def _column(sheet: _Sheet, index: int) -> Column:
    year = sheet.years[index]
    if all(one.points[index] is None for one in sheet.series):
        posts: tuple[Post, ...] = (Post((), *_cell(sheet.say, None)),)
    elif sheet.plan.kind is ChartKind.STACKED:
        posts = (_stack(sheet, index),)
    else:
        posts = tuple(_post(sheet.say, number, one.points[index]) for number, one in enumerate(sheet.series))
    return Column(year, posts, _boundary(sheet, year))


def _post(say: Speech, pattern: int, one: Point | None) -> Post:
    value = _value(one)
    return Post((), *_cell(say, one)) if value is None else Post(((pattern, value),), grouped(value))


def _stack(sheet: _Sheet, index: int) -> Post:
    """The parts of a year one upon another, under their sum; a star where it is not what the report says, `？` where a part is unknown."""
    parts = tuple((number, value) for number, one in enumerate(sheet.series) if (value := _value(one.points[index])) is not None)
    unknown = [one.points[index] for one in sheet.series if _value(one.points[index]) is None]
    if unknown:
        return Post(parts, _cell(sheet.say, unknown[0])[1]) if parts else Post((), *_cell(sheet.say, unknown[0]))
    summed = sum((value for _, value in parts), start=0)
    return Post(parts, f"{grouped(summed)}*" if _differs(sheet, index, summed) else grouped(summed))


def _differs(sheet: _Sheet, index: int, summed: Number) -> bool:
    """Whether the report prints another total than its parts add up to."""
    stated = _value(sheet.total.points[index]) if sheet.total else None
    return stated is not None and stated != summed


def _notes(sheet: _Sheet) -> Iterator[str]:
    """What must be known about the figures: changed meanings, years and figures that lack, sums that do not agree."""
    say = sheet.say
    yield from dict.fromkeys(shift.said(foreign=say.foreign) for shift in sheet.shifts)
    gaps = [str(year) for year, point in zip(sheet.years, sheet.series[0].points, strict=True) if point is None]
    if gaps:
        yield say("本站没有收录 {years} 年度的报告，图中留空。", years=say.listed(gaps))
    summed = [one.name for one in sheet.series if any(point and point.mark is Mark.MERGED for point in one.points)]
    if summed and sheet.drawn:
        yield say("{names}的数字由报告所列各分项相加。", names=say.listed(summed))
    for one in sheet.all:
        yield from _lacking(say, one)
    for index, year in enumerate(sheet.years) if sheet.total else ():
        values = [_value(one.points[index]) for one in sheet.series]
        known = [value for value in values if value is not None]
        if sheet.total and len(known) == len(values) and _differs(sheet, index, sum(known, start=0)):
            stated = plain(_value(sheet.total.points[index]))
            said = {"year": year, "name": sheet.total.name, "unit": sheet.total.unit, "sum": plain(sum(known, start=0)), "stated": stated}
            yield say("* {year} 年度各项相加为 {sum} {unit}，报告中的{name}为 {stated} {unit}。", **said)


def _lacking(say: Speech, one: Trend) -> Iterator[str]:
    """The years in which a figure is no number, and why."""
    found: dict[State | None, list[str]] = {}
    for point in one.points:
        if point is not None and (point.figure is None or point.figure.value is None):
            found.setdefault(point.figure.state if point.figure else None, []).append(str(point.year))
    for state, years in found.items():
        said = {"name": one.name, "years": say.listed(years)}
        if state is State.UNREADABLE:
            yield say("{name}：{years} 年度的原表无法辨认。", **said)
        elif state is State.BLANK:
            yield say("{name}：{years} 年度的原表是空白。", **said)
        elif state is State.NOT_APPLICABLE:
            yield say("{name}：{years} 年度的原表写明不适用。", **said)
        else:
            yield say("{name}：{years} 年度的格式没有这一项。", **said)
