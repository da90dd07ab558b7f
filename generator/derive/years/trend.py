"""A line of figures in words: the newest against the year before, and the highest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from generator.derive.years import series
from generator.derive.years.comparability import verdict_between
from generator.derive.years.series import Pair, Point
from generator.language import amounts
from generator.language.glosses import unit_name
from generator.language.speech import Speech
from generator.model.comparison import Verdict
from generator.model.figure import Number, size
from generator.model.format import Break, Comparable
from generator.model.law import Law, Named
from generator.model.report import Report

# With two years, the comparison with the year before already tells which had more.
FEWEST = 3


@dataclass(frozen=True)
class Trend:
    """One figure over the years: what it is called and its points.

    A point is None for a year without a report. `verdicts` has, for each year that has a report
    before it, how the two compare.
    """

    name: str
    unit: str
    years: tuple[int, ...]
    points: tuple[Point | None, ...]
    verdicts: Mapping[int, Verdict]

    @property
    def shifts(self) -> tuple[Break, ...]:
        """The shifts of its meaning, in order of time."""
        notes = (note for verdict in self.verdicts.values() for note in verdict.notes)
        return tuple(dict.fromkeys(notes))

    @property
    def comparable_from(self) -> int:
        """The first year from which all figures mean the same."""
        redefined = (year for year, verdict in self.verdicts.items() if verdict.redefined)
        return max(redefined, default=self.years[0])

    @property
    def numbers(self) -> Iterator[tuple[int, Number]]:
        """The years that have a number, with it."""
        for point in self.points:
            value = number_of(point)
            if point is not None and value is not None:
                yield point.year, value


def number_of(point: Point | None) -> Number | None:
    """The number of a point; None where there is no report, no such figure or no number."""
    return point.figure.value if point and point.figure else None


def trend_of(
    law: Law, reports: Sequence[Report], figure: Named, say: Speech, *, unconfirmed: bool
) -> Trend:
    """A figure over all years from the first report to the last."""
    key = figure.key
    years = tuple(range(reports[0].year, reports[-1].year + 1))
    points = {report.year: series.point(law, report, key) for report in reports}
    verdicts = {
        later.year: verdict_between(law, key, earlier, later, unconfirmed=unconfirmed)
        for earlier, later in pairwise(reports)
    }
    concept = law.concept(key)
    unit = concept.unit if concept else ""
    return Trend(
        name=figure.name.say(say.language),
        unit=unit_name(law, unit, say),
        years=years,
        points=tuple(points.get(year) for year in years),
        verdicts=verdicts,
    )


def heading(name: str) -> str:
    """The name with a capital letter, for where it does not stand in a sentence."""
    return name[:1].upper() + name[1:]


def in_words(say: Speech, trend: Trend) -> str:
    """`2025 年新收 154 件，比上年少 64 件；2019 年以来最多的是 2024 年的 218 件。`"""
    numbers = [number for _, number in trend.numbers]
    comparable = trend.comparable_from == trend.years[0]
    if numbers and not any(numbers) and comparable:
        return _always_zero(say, trend, complete=len(numbers) == len(trend.years))
    sentence = _latest(say, trend)
    most = _most(say, trend)
    if most:
        sentence = say("{latest}；{most}", latest=sentence, most=most)
    notes: Sequence[Break] = ()
    if most:
        notes = trend.shifts
    elif _step(trend):
        notes = trend.verdicts[trend.years[-1]].notes
    changes = [shift_text(say, note) for note in notes if note.start > trend.comparable_from]
    if changes:
        listed = say.listed(dict.fromkeys(changes))
        sentence = say("{said}（{changes}，见注）", said=sentence, changes=listed)
    return say("{said}。", said=sentence)


def _always_zero(say: Speech, trend: Trend, *, complete: bool) -> str:
    """A sentence that all numbers are 0; `complete` says whether every year has one."""
    values = {"first": trend.years[0], "last": trend.years[-1], "name": trend.name}
    if complete:
        return say("{first}—{last} 年{name}均为 0。", **values)
    return say("{first}—{last} 年有数字的各年中，{name}均为 0。", **values)


def shift_text(say: Speech, note: Break) -> str:
    """The year from which another thing is counted, or only the law around it is another."""
    if note.comparable is Comparable.YES:
        return say("{year} 年起法律有变", year=note.start)
    return say("{year} 年起口径有变", year=note.start)


def _step(trend: Trend) -> tuple[Number, Number] | None:
    """The figures of the last two years, where there are both and they compare."""
    earlier, latest = trend.points[-2:]
    if earlier is None or latest is None:
        return None
    return Pair(earlier, latest, trend.verdicts[latest.year]).numbers


def _latest(say: Speech, trend: Trend) -> str:
    """The last year's figure against the year before."""
    latest = trend.points[-1]
    assert latest is not None, "the years end with a report"
    number = number_of(latest)
    if number is None:
        return say("{year} 年{name}没有数字", year=latest.year, name=trend.name)
    values = {
        "year": latest.year,
        "name": trend.name,
        "value": amounts.figure(number),
        "unit": trend.unit,
    }
    step = _step(trend)
    if step is None:
        return say("{year} 年{name} {value} {unit}", **values)
    change = step[1] - step[0]
    if change == 0:
        return say("{year} 年{name} {value} {unit}，与上年相同", **values)
    values["change"] = amounts.figure(size(change))
    if change > 0:
        return say("{year} 年{name} {value} {unit}，比上年多 {change} {unit}", **values)
    return say("{year} 年{name} {value} {unit}，比上年少 {change} {unit}", **values)


def _most(say: Speech, trend: Trend) -> str:
    """The years with the highest number, of those that may be compared with the last one.

    Empty where there are too few, or all are equal.
    """
    numbers = [(year, number) for year, number in trend.numbers if year >= trend.comparable_from]
    highest = max((number for _, number in numbers), default=0)
    if len(numbers) < FEWEST or highest == min(number for _, number in numbers):
        return ""
    first = numbers[0][0]
    last = trend.years[-1]
    complete = len(numbers) == last - first + 1
    years = [str(year) for year, number in numbers if number == highest]
    if years == [str(last)]:
        if complete:
            return say("为 {first} 年以来最多", first=first)
        return say("为 {first} 年以来有数字的各年中最多", first=first)
    values = {
        "first": first,
        "years": say.listed(years),
        "value": amounts.figure(highest),
        "unit": trend.unit,
    }
    if complete:
        return say("{first} 年以来最多的是 {years} 年的 {value} {unit}", **values)
    return say("{first} 年以来有数字的各年中，最多的是 {years} 年的 {value} {unit}", **values)


def foremost(say: Speech, trends: Sequence[Trend]) -> str:
    """Which of the last year's figures is the largest.

    Empty where a figure is no number or all are 0.
    """
    numbers: dict[str, Number] = {}
    for trend in trends:
        number = number_of(trend.points[-1])
        if number is None:
            return ""
        numbers[trend.name] = number
    highest = max(numbers.values(), default=0)
    if not highest:
        return ""
    names = [name for name, number in numbers.items() if number == highest]
    values = {"names": say.listed(names), "value": amounts.figure(highest), "unit": trends[0].unit}
    if len(names) > 1:
        return say("其中最多的是{names}，各 {value} {unit}。", **values)
    return say("其中最多的是{names}，{value} {unit}。", **values)
