"""One agency's figures over the years, concept by concept.

Figures of different meaning are never put in one line (domain facts 2.2). A figure is taken as
printed where that year's form has the concept, as a sum where the form prints only its parts
(（六）其他处理), and is absent otherwise. Whether two years' figures may be compared is decided in
comparability.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from generator.derive.years.comparability import parts_in_form, parts_of, verdict_between
from generator.language import amounts
from generator.language.speech import Speech
from generator.model.comparison import Comparability, Verdict
from generator.model.figure import Figure, Number, State, plain, size
from generator.model.format import Cell, Format
from generator.model.law import Concept, Law
from generator.model.report import Report


@dataclass(frozen=True)
class Point:
    """A concept in one year: its figure, None where the form of the year does not have it.

    `addends` are the concepts that were added up where the form prints only these.
    """

    year: int
    figure: Figure | None
    addends: tuple[str, ...] = ()


@dataclass(frozen=True)
class Series:
    """One concept over an agency's years.

    `cell` is the newest form's cell for it, for labels; `key` is table.row.column.
    """

    key: str
    cell: Cell
    concept: Concept
    points: tuple[Point, ...]


def series(law: Law, reports: tuple[Report, ...]) -> tuple[Series, ...]:
    """Every concept that any of the reports' forms prints.

    In the newest form's order; those of older forms come after the others of their table.
    """
    lines = []
    for cell in _cells(law, tuple(dict.fromkeys(report.format for report in reports))):
        key = cell.concept
        concept = law.concept(key)
        if concept is not None:
            points = tuple(point(law, report, key) for report in reports)
            lines.append(Series(key, cell, concept, points))
    return tuple(lines)


@lru_cache(maxsize=32)
def _cells(law: Law, forms_in_use: tuple[Format, ...]) -> tuple[Cell, ...]:
    """A cell for each concept. The newest form decides order and words.

    Where it splits a concept, the sum goes before its parts.
    """
    forms = sorted(forms_in_use, key=lambda form: -form.first_year)
    all_cells: list[Cell] = []
    for table in dict.fromkeys(table.id for form in forms for table in form.tables):
        cells: dict[str, Cell] = {}
        for form in forms:
            for cell in form.cells.values():
                if cell.table == table and cell.concept not in cells:
                    _insert(law, cells, cell)
        all_cells += cells.values()
    return tuple(all_cells)


def _insert(law: Law, cells: dict[str, Cell], cell: Cell) -> None:
    """Put an older form's cell in its position.

    Before the first of the parts it sums, else behind the cells of its row, else last.
    """
    items = list(cells.items())
    items.insert(_position(law, list(cells), cell.concept), (cell.concept, cell))
    cells.clear()
    cells.update(items)


def _position(law: Law, keys: list[str], concept: str) -> int:
    addends = set(parts_of(law, concept))
    row = _row(concept)
    neighbours = []
    for index, key in enumerate(keys):
        if key in addends:
            return index
        if _row(key) == row:
            neighbours.append(index)
    return neighbours[-1] + 1 if neighbours else len(keys)


def _row(key: str) -> str:
    """`table.row` of a concept key."""
    return key.rpartition(".")[0]


def point(law: Law, report: Report, key: str) -> Point:
    """A concept in one report, by its key (table.row.column)."""
    by_concept = report.format.by_concept
    addends = parts_in_form(law, key, report.format)
    if addends is None:
        return Point(report.year, None)
    if not addends:
        return Point(report.year, report.figures[by_concept[key]])
    figures = [report.figures[by_concept[addend]] for addend in addends]
    return Point(report.year, _sum(figures), addends)


def _sum(figures: list[Figure]) -> Figure:
    """The sum of figures, in which a blank counts as 0; no number where none of them is one."""
    unknown = [figure for figure in figures if figure.state.unknown]
    if unknown:
        return Figure(unknown[0].state)
    if all(figure.state is not State.NUMBER for figure in figures):
        return figures[0]
    value: Number = sum((figure.value or 0 for figure in figures), start=0)
    return Figure(State.NUMBER, value, plain(value))


@dataclass(frozen=True)
class Pair:
    """One concept in two reports of a body, the earlier first, and how they compare.

    Without `differs` a difference says nothing.
    """

    before: Point
    after: Point
    verdict: Verdict
    differs: bool = True

    @property
    def numbers(self) -> tuple[Number, Number] | None:
        """Both figures where they compare, are numbers and count the same unit; else None."""
        earlier = self.before.figure
        later = self.after.figure
        if earlier is None or later is None or earlier.value is None or later.value is None:
            return None
        if self.verdict.kind is Comparability.NOT or earlier.unit != later.unit:
            return None
        return earlier.value, later.value

    @property
    def change(self) -> Number | None:
        """The later figure less the earlier.

        None where they must not be compared, or a difference would say nothing.
        """
        if self.numbers is None or not self.differs:
            return None
        earlier, later = self.numbers
        change: Number = later - earlier
        return change

    @property
    def ratio(self) -> str:
        """The change in percent; empty where there is no change or no ratio."""
        return (
            amounts.change_in_percent(self.numbers[0], self.change)
            if self.numbers and self.change
            else ""
        )


def pair(law: Law, key: str, earlier: Report, later: Report, *, unconfirmed: bool) -> Pair:
    """A concept in two reports of a body.

    `unconfirmed` says whether shifts of meaning that we could not confirm count.
    """
    concept = law.concept(key)
    return Pair(
        before=point(law, earlier, key),
        after=point(law, later, key),
        verdict=verdict_between(law, key, earlier, later, unconfirmed=unconfirmed),
        differs=concept is not None and concept.difference,
    )


def in_words(
    say: Speech, name: str, unit: str, earlier: Number, later: Number, *, than: int | None = None
) -> str:
    """A figure with its change: `新收 107 件，比上年多 12 件（+12.6%）`.

    `than` is the earlier year where it is not the year before.
    """
    change = change_in_words(say, unit, earlier, later, than=than)
    return say(
        "{name} {value} {unit}，{change}",
        name=name,
        value=amounts.figure(later),
        unit=unit,
        change=change,
    )


def change_in_words(
    say: Speech, unit: str, earlier: Number, later: Number, *, than: int | None = None
) -> str:
    """The change of a figure: `比上年多 12 件（+12.6%）`."""
    change: Number = later - earlier
    if change == 0:
        return say("与 {year} 年度相同", year=than) if than else say("与上年相同")
    values = {"year": than, "much": amounts.figure(size(change)), "unit": unit}
    if than and change > 0:
        sentence = say("比 {year} 年度多 {much} {unit}", **values)
    elif than:
        sentence = say("比 {year} 年度少 {much} {unit}", **values)
    elif change > 0:
        sentence = say("比上年多 {much} {unit}", **values)
    else:
        sentence = say("比上年少 {much} {unit}", **values)
    ratio = amounts.change_in_percent(earlier, change)
    return say("{said}（{ratio}）", said=sentence, ratio=ratio) if ratio else sentence
