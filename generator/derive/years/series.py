"""One agency's figures over the years, concept by concept. What does not mean the same is never put in one line (domain facts 2.2).

A figure is taken as printed where that year's form has the concept, as a sum where the form prints only its parts (（六）其他处理),
and is absent otherwise. Whether two years' figures may be compared is for comparability.py to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from generator.derive.years.comparability import parts_of, printed, verdict
from generator.language.speech import Speech
from generator.model.comparison import Comparability, Mark, Verdict
from generator.model.figure import Figure, Number, State, plain, signed, size, typeset
from generator.model.format import Cell, Format
from generator.model.law import Concept, Law
from generator.model.report import Report

SMALL_BASE = 10


@dataclass(frozen=True)
class Point:
    """A concept in one year: its figure, and whether it was read, added up from parts, or does not exist in that form."""

    year: int
    figure: Figure | None
    mark: Mark = Mark.NONE


@dataclass(frozen=True)
class Series:
    """One concept over an agency's years. `cell` is the newest form's cell for it, for labels; `key` is table.row.column."""

    key: str
    cell: Cell
    concept: Concept
    points: tuple[Point, ...]


def series(law: Law, reports: tuple[Report, ...]) -> tuple[Series, ...]:
    """Every concept that any of the reports' forms prints, in the newest form's order, older ones after their table's."""
    found = []
    for cell in _cells(law, tuple(dict.fromkeys(report.format for report in reports))):
        concept = law.concept(cell.concept)
        if concept is not None:
            found.append(Series(cell.concept, cell, concept, tuple(point(law, report, cell.concept) for report in reports)))
    return tuple(found)


@lru_cache(maxsize=32)
def _cells(law: Law, printed: tuple[Format, ...]) -> tuple[Cell, ...]:
    """A cell for each concept: the newest form decides order and words; where it splits a concept, the sum goes before its parts."""
    forms = sorted(printed, key=lambda form: -form.first_year)
    found: list[Cell] = []
    tables = list(dict.fromkeys(table.id for form in forms for table in form.tables))
    for table in tables:
        cells: dict[str, Cell] = {}
        for form in forms:
            for cell in form.cells.values():
                if cell.table == table and cell.concept not in cells:
                    _insert(law, cells, cell)
        found += cells.values()
    return tuple(found)


def _insert(law: Law, cells: dict[str, Cell], cell: Cell) -> None:
    """Put an older form's cell where it belongs: before the first of the parts it sums, else behind the cells of its row, else last."""
    parts = set(parts_of(law, cell.concept))
    row = cell.concept.rpartition(".")[0]
    items = list(cells.items())
    position = next((index for index, (key, _) in enumerate(items) if key in parts), None)
    if position is None:
        same = [index for index, (key, _) in enumerate(items) if key.rpartition(".")[0] == row]
        position = same[-1] + 1 if same else len(items)
    items.insert(position, (cell.concept, cell))
    cells.clear()
    cells.update(items)


def point(law: Law, report: Report, key: str) -> Point:
    """A concept in one report, by its key (table.row.column)."""
    form, parts = report.format, printed(law, key, report.format)
    if parts is None:
        return Point(report.year, None, Mark.ABSENT)
    if not parts:
        return Point(report.year, report.figures[form.by_concept[key]])
    figures = [report.figures[form.by_concept[part]] for part in parts]
    if any(figure.state is State.UNREADABLE for figure in figures):
        return Point(report.year, Figure(State.UNREADABLE), Mark.MERGED)
    if all(figure.state is not State.NUMBER for figure in figures):
        return Point(report.year, figures[0], Mark.MERGED)
    value: Number = sum((figure.value or 0 for figure in figures), start=0)
    return Point(report.year, Figure(State.NUMBER, value, plain(value)), Mark.MERGED)


@dataclass(frozen=True)
class Pair:
    """One concept in two reports of a body, the earlier first, and how they compare. Without `differs` a difference says nothing."""

    before: Point
    after: Point
    verdict: Verdict
    differs: bool = True

    @property
    def numbers(self) -> tuple[Number, Number] | None:
        """Both figures where the one may be set against the other: they compare, are numbers and count the same unit."""
        before, after = self.before.figure, self.after.figure
        if self.verdict.kind is Comparability.NOT or before is None or after is None or before.unit != after.unit:
            return None
        return None if before.value is None or after.value is None else (before.value, after.value)

    @property
    def change(self) -> Number | None:
        """The later figure less the earlier; None where they must not be compared, or a difference would say nothing."""
        if self.numbers is None or not self.differs:
            return None
        before, after = self.numbers
        change: Number = after - before
        return change

    @property
    def ratio(self) -> str:
        """The change in hundredths of the earlier figure, as `percent` says it; empty where there is none to be told."""
        return percent(self.numbers[0], self.change) if self.numbers and self.change else ""


def pair(law: Law, key: str, before: Report, after: Report, *, unconfirmed: bool) -> Pair:
    """A concept in two reports of a body. `unconfirmed` says whether shifts of meaning that we could not confirm count."""
    kind = verdict(law, key, (before.format, before.year), (after.format, after.year), unconfirmed=unconfirmed)
    concept = law.concept(key)
    return Pair(point(law, before, key), point(law, after, key), kind, concept is not None and concept.difference)


def percent(before: Number, change: Number) -> str:
    """`+12.6%`; empty on a base under 10, where a ratio says nothing, and where it would read 0.0."""
    if before < SMALL_BASE:
        return ""
    said = f"{float(change) / float(before) * 100:+.1f}%"
    return "" if said[1:] == "0.0%" else typeset(said)


def in_words(say: Speech, name: str, unit: str, before: Number, after: Number, *, than: int | None = None) -> str:
    """`新收 107 件，比上年多 12 件（+12.6%）`; `than` is the earlier year where it is not the year before."""
    change = change_in_words(say, unit, before, after, than=than)
    return say("{name} {value} {unit}，{change}", name=name, value=plain(after), unit=unit, change=change)


def change_in_words(say: Speech, unit: str, before: Number, after: Number, *, than: int | None = None) -> str:
    """`比上年多 12 件（+12.6%）`."""
    change: Number = after - before
    if change == 0:
        return say("与 {year} 年度相同", year=than) if than else say("与上年相同")
    said = {"year": than, "much": plain(size(change)), "unit": unit}
    if than:
        more = say("比 {year} 年度多 {much} {unit}", **said) if change > 0 else say("比 {year} 年度少 {much} {unit}", **said)
    else:
        more = say("比上年多 {much} {unit}", **said) if change > 0 else say("比上年少 {much} {unit}", **said)
    ratio = percent(before, change)
    return say("{said}（{ratio}）", said=more, ratio=ratio) if ratio else more


def change_text(change: Number | None) -> str:
    """The difference with its sign, `±0` for none, empty where there is nothing to compare."""
    if change is None:
        return ""
    if isinstance(change, Decimal):
        change = change.quantize(Decimal("0.01"))
    return "±0" if change == 0 else signed(change)
