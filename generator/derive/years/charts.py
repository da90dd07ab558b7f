"""An agency's years as charts, as the law states them.

What is drawn, the sentence about it, and the same numbers as a table. A year without a report, a
figure that cannot be read and one that the form does not have are three things, and none is drawn
as a number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from generator.derive import states
from generator.derive.years import trend
from generator.derive.years.plot import Column, Post, plot
from generator.derive.years.series import Point
from generator.derive.years.trend import Trend, number_of
from generator.language import amounts
from generator.language.speech import Speech, speech
from generator.model.chart import Chart, ChartRow
from generator.model.figure import Number, State
from generator.model.format import Break, Comparable
from generator.model.law import ChartKind, ChartPlan
from generator.model.report import Report
from generator.model.site import Site


def charts(site: Site, reports: Sequence[Report]) -> tuple[Chart, ...]:
    """The charts of one agency's reports, oldest first.

    None for a single year, and none of figures that no year has.
    """
    if len(reports) < 2:
        return ()
    sheets = [_sheet(site, reports, plan) for plan in site.law.charts]
    return tuple(_chart(sheet) for sheet in sheets if sheet.has_numbers)


@dataclass(frozen=True)
class _Sheet:
    """What one chart is made from.

    `new_forms` are the first years of each form but the oldest.
    """

    say: Speech
    plan: ChartPlan
    years: tuple[int, ...]
    series: tuple[Trend, ...]
    total: Trend | None
    new_forms: tuple[int, ...]

    @property
    def columns(self) -> tuple[Trend, ...]:
        """Every figure of the chart's table."""
        return (*self.series, self.total) if self.total else self.series

    @property
    def has_numbers(self) -> bool:
        """Whether any figure has a number in any year."""
        return any(list(line.numbers) for line in self.series)

    @property
    def drawn(self) -> bool:
        """Whether there is anything to draw: a figure other than 0."""
        return any(number for line in self.series for _, number in line.numbers)

    @property
    def shifts(self) -> list[Break]:
        """The shifts of meaning of any of its figures."""
        shifts = {shift for line in self.columns for shift in line.shifts}
        return sorted(shifts, key=lambda shift: (shift.start, shift.note.source))

    def points(self, index: int) -> list[Point | None]:
        """The points of the drawn figures in one year."""
        return [line.points[index] for line in self.series]


def _sheet(site: Site, reports: Sequence[Report], plan: ChartPlan) -> _Sheet:
    law = site.law
    say = speech(site.settings.language)
    unconfirmed = site.settings.unconfirmed_notes
    series = tuple(
        trend.trend_of(law, reports, figure, say, unconfirmed=unconfirmed) for figure in plan.series
    )
    total = None
    if plan.total:
        total = trend.trend_of(law, reports, plan.total, say, unconfirmed=unconfirmed)
    new_forms = tuple(
        later.year for earlier, later in pairwise(reports) if earlier.format.id != later.format.id
    )
    return _Sheet(say, plan, series[0].years, series, total, new_forms)


def _chart(sheet: _Sheet) -> Chart:
    say = sheet.say
    plan = sheet.plan
    finding = _finding(sheet)
    notes = tuple(_notes(sheet))
    forms = [say("{year} 年度起使用新的法定格式。", year=year) for year in sheet.new_forms]
    indexes = range(len(sheet.years))
    picture = None
    if sheet.drawn:
        picture = plot([_column(sheet, index) for index in indexes])
    return Chart(
        id=plan.id,
        title=plan.title.say(say.language),
        unit=sheet.series[0].unit,
        finding=finding,
        description=say.spaced(finding, *forms, *notes),
        plot=picture,
        patterns=tuple(trend.heading(line.name) for line in sheet.series),
        columns=tuple(trend.heading(line.name) for line in sheet.columns),
        rows=tuple(_row(sheet, index) for index in indexes),
        notes=notes,
    )


def _finding(sheet: _Sheet) -> str:
    """The sentences about the chart: of stacked figures on their total and on the largest."""
    say = sheet.say
    stacked = sheet.plan.kind is ChartKind.STACKED
    lines = (sheet.total,) if stacked and sheet.total else sheet.series
    sentences = [trend.in_words(say, line) for line in lines]
    if stacked:
        sentences.append(trend.foremost(say, sheet.series))
    return say.spaced(*sentences)


def _row(sheet: _Sheet, index: int) -> ChartRow:
    """A year of the table beside the chart."""
    year = sheet.years[index]
    cells = tuple(_text(sheet.say, line.points[index]) for line in sheet.columns)
    return ChartRow(year, cells, bool(_boundary(sheet, year)))


def _text(say: Speech, point: Point | None) -> str:
    """The figure, or the words in its place."""
    return say("未收录") if point is None else states.shown(say, point.figure)


def _short_text(point: Point | None) -> str:
    """The figure, or the mark in its place where there is little room."""
    if point is None:
        return ""
    mark = amounts.mark(point.figure) if point.figure else ""
    return mark or "—"


def _empty_post(say: Speech, point: Point | None) -> Post:
    """Words in the place of a figure that is no number."""
    return Post((), _text(say, point), _short_text(point))


def _boundary(sheet: _Sheet, year: int) -> str:
    """The words at a line before a year.

    That figures do not compare, that the form is new, or what a note is about; empty for no line.
    """
    shifts = [shift for shift in sheet.shifts if shift.start == year]
    if any(shift.comparable is Comparable.NO for shift in shifts):
        return sheet.say("{year} 年起口径不同", year=year)
    if year in sheet.new_forms:
        return sheet.say("{year} 年起用新格式", year=year)
    texts = dict.fromkeys(trend.shift_text(sheet.say, shift) for shift in shifts)
    return sheet.say.listed(texts)


def _column(sheet: _Sheet, index: int) -> Column:
    year = sheet.years[index]
    points = sheet.points(index)
    if all(point is None for point in points):
        posts = [_empty_post(sheet.say, None)]
    elif sheet.plan.kind is ChartKind.STACKED:
        posts = [_stack(sheet, index)]
    else:
        posts = [_post(sheet.say, pattern, point) for pattern, point in enumerate(points)]
    return Column(year, tuple(posts), _boundary(sheet, year))


def _post(say: Speech, pattern: int, point: Point | None) -> Post:
    number = number_of(point)
    if number is None:
        return _empty_post(say, point)
    return Post(((pattern, number),), amounts.grouped(number))


def _stack(sheet: _Sheet, index: int) -> Post:
    """The figures of a year one upon another, under their sum.

    A star where the sum is not what the report states; the mark of an unknown figure in place of
    the sum.
    """
    bars: list[tuple[int, Number]] = []
    unknown = []
    for pattern, point in enumerate(sheet.points(index)):
        number = number_of(point)
        if number is None:
            unknown.append(point)
        else:
            bars.append((pattern, number))
    if unknown and bars:
        return Post(tuple(bars), _short_text(unknown[0]))
    if unknown:
        return _empty_post(sheet.say, unknown[0])
    total = sum((number for _, number in bars), start=0)
    star = "*" if _differs(sheet, index, total) else ""
    return Post(tuple(bars), f"{amounts.grouped(total)}{star}")


def _differs(sheet: _Sheet, index: int, total: Number) -> bool:
    """Whether the report prints another total than its figures add up to."""
    stated = number_of(sheet.total.points[index]) if sheet.total else None
    return stated is not None and stated != total


def _notes(sheet: _Sheet) -> Iterator[str]:
    """The notes below the chart.

    On changed meanings, on missing years and figures, on sums that do not agree.
    """
    say = sheet.say
    yield from dict.fromkeys(shift.note.say(say.language) for shift in sheet.shifts)
    points = zip(sheet.years, sheet.series[0].points, strict=True)
    gaps = [str(year) for year, point in points if point is None]
    if gaps:
        yield say("本站没有收录 {years} 年度的报告，图中留空。", years=say.listed(gaps))
    merged = [line.name for line in sheet.series if _is_merged(line)]
    if merged and sheet.drawn:
        yield say("{names}的数字由报告所列各分项相加。", names=say.listed(merged))
    for line in sheet.columns:
        yield from _missing(say, line)
    if sheet.total:
        yield from _wrong_totals(sheet, sheet.total)


def _is_merged(line: Trend) -> bool:
    """Whether a figure is in some year the sum of those that the form prints."""
    return any(point and point.addends for point in line.points)


def _wrong_totals(sheet: _Sheet, total: Trend) -> Iterator[str]:
    """A sentence for each year whose figures do not add up to the total in the report."""
    for index, year in enumerate(sheet.years):
        values = [number_of(point) for point in sheet.points(index)]
        numbers = [value for value in values if value is not None]
        computed = sum(numbers, start=0)
        if len(numbers) == len(values) and _differs(sheet, index, computed):
            yield sheet.say(
                "* {year} 年度各项相加为 {sum} {unit}，报告中的{name}为 {stated} {unit}。",
                year=year,
                name=total.name,
                unit=total.unit,
                sum=amounts.figure(computed),
                stated=amounts.figure(number_of(total.points[index])),
            )


def _missing(say: Speech, line: Trend) -> Iterator[str]:
    """The years in which a figure is no number, and why."""
    years_by_state: dict[State | None, list[str]] = {}
    for point in line.points:
        if point is not None and number_of(point) is None:
            state = point.figure.state if point.figure else None
            years_by_state.setdefault(state, []).append(str(point.year))
    for state, years in years_by_state.items():
        yield states.over_years(say, state, line.name, say.listed(years))
