"""What a line of figures says, in words: the newest against the year before, and where the most was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from generator.derive.years.comparability import verdict
from generator.derive.years.series import Pair, Point, point
from generator.language.speech import Speech
from generator.model.comparison import Verdict
from generator.model.figure import Figure, Number, State, plain, size
from generator.model.law import Break, Comparable, Law, Named
from generator.model.report import Report

FEWEST = 3  # Of two years, the comparison with the year before has said which had more.


@dataclass(frozen=True)
class Trend:
    """One figure over the years: what it is called, its points (None: a year without a report), and for each year that has a report
    before it how the two compare."""

    name: str
    unit: str
    years: tuple[int, ...]
    points: tuple[Point | None, ...]
    verdicts: Mapping[int, Verdict]

    @property
    def shifts(self) -> tuple[Break, ...]:
        """The shifts of its meaning, in order of time."""
        return tuple(dict.fromkeys(note for one in self.verdicts.values() for note in one.notes))

    @property
    def comparable_from(self) -> int:
        """The first year from which all figures mean the same."""
        return max((year for year, one in self.verdicts.items() if one.redefined), default=self.years[0])

    @property
    def numbers(self) -> Iterator[tuple[int, Number]]:
        """The years that have a number, with it."""
        for one in self.points:
            if one is not None and one.figure is not None and one.figure.value is not None:
                yield one.year, one.figure.value


def trend(law: Law, reports: Sequence[Report], named: Named, say: Speech, *, unconfirmed: bool) -> Trend:
    """A figure over all years from the first report to the last."""
    years = tuple(range(reports[0].year, reports[-1].year + 1))
    held = {report.year: report for report in reports}
    points = tuple(point(law, held[year], named.key) if year in held else None for year in years)
    verdicts = {
        after.year: verdict(law, named.key, (before.format, before.year), (after.format, after.year), unconfirmed=unconfirmed)
        for before, after in pairwise(reports)
    }
    concept = law.concept(named.key)
    unit = concept.unit if concept else ""
    return Trend(named.name.say(say.key), law.unit_in_english(unit) if say.foreign else unit, years, points, verdicts)


def shown(say: Speech, figure: Figure | None) -> str:
    """A figure in a table of years: its number, or the word for why it has none."""
    if figure is None:
        return say("无此项")
    words = {State.UNREADABLE: say("无法辨认"), State.BLANK: say("空白"), State.NOT_APPLICABLE: say("不适用")}
    return words.get(figure.state, figure.said)


def heading(name: str) -> str:
    """A name that stands alone, where sentences have it in small letters."""
    return name[:1].upper() + name[1:]


def in_words(say: Speech, one: Trend) -> str:
    """`2025 年新收 154 件，比上年少 64 件；2019 年以来最多的是 2024 年的 218 件。`"""
    numbers = [value for _, value in one.numbers]
    if numbers and not any(numbers) and one.comparable_from == one.years[0]:
        span = {"first": one.years[0], "last": one.years[-1], "name": one.name}
        if len(numbers) == len(one.years):
            return say("{first}—{last} 年{name}均为 0。", **span)
        return say("{first}—{last} 年有数字的各年中，{name}均为 0。", **span)
    latest, most = _latest(say, one), _most(say, one)
    said = say("{latest}；{most}", latest=latest, most=most) if most else latest
    between = one.shifts if most else one.verdicts[one.years[-1]].notes if _step(one) else ()
    changes = [shifted(say, note) for note in between if note.start > one.comparable_from]
    if changes:
        said = say("{said}（{changes}，见注）", said=said, changes=say.listed(dict.fromkeys(changes)))
    return say("{said}。", said=said)


def shifted(say: Speech, note: Break) -> str:
    """From when on something is otherwise: what is counted, or only the law around it."""
    if note.comparable is Comparable.YES:
        return say("{year} 年起法律有变", year=note.start)
    return say("{year} 年起口径有变", year=note.start)


def _step(one: Trend) -> tuple[Number, Number] | None:
    """The figures of the last two years, where there are both and they compare."""
    before, now = one.points[-2:]
    return None if before is None or now is None else Pair(before, now, one.verdicts[now.year]).numbers


def _latest(say: Speech, one: Trend) -> str:
    now = one.points[-1]
    assert now is not None, "the years end with a report"
    if now.figure is None or now.figure.value is None:
        return say("{year} 年{name}没有数字", year=now.year, name=one.name)
    numbers = _step(one)
    said = {"year": now.year, "name": one.name, "value": plain(now.figure.value), "unit": one.unit}
    if numbers is None:
        return say("{year} 年{name} {value} {unit}", **said)
    change = numbers[1] - numbers[0]
    if change == 0:
        return say("{year} 年{name} {value} {unit}，与上年相同", **said)
    if change > 0:
        return say("{year} 年{name} {value} {unit}，比上年多 {change} {unit}", **said, change=plain(change))
    return say("{year} 年{name} {value} {unit}，比上年少 {change} {unit}", **said, change=plain(size(change)))


def _most(say: Speech, one: Trend) -> str:
    """Where the most was, among the years that may be compared with the last one; nothing where that says nothing."""
    numbers = [(year, value) for year, value in one.numbers if year >= one.comparable_from]
    highest = max((value for _, value in numbers), default=0)
    if len(numbers) < FEWEST or highest == min(value for _, value in numbers):
        return ""
    first, last = numbers[0][0], one.years[-1]
    complete = len(numbers) == last - first + 1
    tops = [str(year) for year, value in numbers if value == highest]
    if tops == [str(last)]:
        if complete:
            return say("为 {first} 年以来最多", first=first)
        return say("为 {first} 年以来有数字的各年中最多", first=first)
    said = {"first": first, "years": say.listed(tops), "value": plain(highest), "unit": one.unit}
    if complete:
        return say("{first} 年以来最多的是 {years} 年的 {value} {unit}", **said)
    return say("{first} 年以来有数字的各年中，最多的是 {years} 年的 {value} {unit}", **said)


def foremost(say: Speech, parts: Sequence[Trend]) -> str:
    """Which part of the last year's figures is the largest; nothing where one cannot be told or all are 0."""
    found: dict[str, Number] = {}
    for one in parts:
        last = one.points[-1]
        if last is None or last.figure is None or last.figure.value is None:
            return ""
        found[one.name] = last.figure.value
    highest = max(found.values(), default=0)
    if not highest:
        return ""
    names = [name for name, value in found.items() if value == highest]
    said = {"names": say.listed(names), "value": plain(highest), "unit": parts[0].unit}
    if len(names) > 1:
        return say("其中最多的是{names}，各 {value} {unit}。", **said)
    return say("其中最多的是{names}，{value} {unit}。", **said)
