"""Identities that must hold: T2-*, T3-*, T4-*, Y-*. Which they are stands in the formats; this file only evaluates and says so.

Blank counts as 0 and is reported by V-04. Where a cell is marked as unreadable the identities around it are not assessed, and N-01
says so once a table. Where a cell is missing or the loader could not read it, the loader has said so: that is to be put right first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from generator.check import slips
from generator.check.case import Case, prior_figure
from generator.check.solver import Constraint, Table
from generator.language.glosses import glossed
from generator.language.identity import Instance, Place, holds, instances, total
from generator.model.figure import Figure, Number, State, plain, size, typeset
from generator.model.finding import Finding, Repair, Severity, counted
from generator.model.format import Cell
from generator.model.law import Comparable
from generator.model.report import Report
from generator.model.site import Site

RELATION = {"==": "而", ">=": "应不小于", "<=": "应不大于"}
RELATION_EN = {"==": "but", ">=": "which would be expected to be at least", "<=": "which would be expected to be at most"}


def _digits(value: Number | None) -> str:
    return typeset(plain(value))


@dataclass(frozen=True)
class Side:
    """One side of an evaluated identity: its cells with figures, and their sum (None when it cannot be told)."""

    places: tuple[tuple[Place, Cell, Figure], ...]
    sum: Number | None
    each: str

    def words(self, *, english: bool = False) -> str:
        """`新收 104 + 上年结转 0 = 104`; zeros of long sums are left out, a prior year's figure says so."""
        shown = [one for one in self.places if one[2].value or len(self.places) <= 3] or list(self.places[:1])
        parts = []
        for place, cell, figure in shown:
            one = cell.column if self.each == "row" else cell.row
            name = f"{'上年度' if place.prior else ''}{one.name}"
            if english:
                name = f"{glossed(one)}{' of last year' if place.prior else ''}"
            sign = "−" if place.sign < 0 else "+"
            parts.append(f"{sign} {name} {_digits(figure.value or 0)}")
        said = " ".join(parts).removeprefix("+ ")
        if not self.places:
            return _digits(self.sum)
        if len(shown) == 1:
            others = " (the others are 0)" if english else "（其余为 0）"
            return said if len(self.places) == 1 else f"{said}{others}"
        return f"{said} = {_digits(self.sum)}"


@dataclass(frozen=True)
class Evaluated:
    """An identity with the figures in it."""

    instance: Instance
    left: Side
    right: Side

    @property
    def cells(self) -> tuple[tuple[Place, Cell, Figure], ...]:
        """Every cell that takes part, left to right."""
        return self.left.places + self.right.places

    @property
    def difference(self) -> Number | None:
        """The left side less the right; None where a side cannot be told."""
        return None if self.left.sum is None or self.right.sum is None else self.left.sum - self.right.sum

    @property
    def holds(self) -> bool:
        """Whether it holds; one that cannot be told is not held against the report."""
        if self.left.sum is None or self.right.sum is None:
            return True
        return holds(self.instance.identity.relation, self.left.sum, self.right.sum)


@dataclass(frozen=True)
class Blame:
    """How many failing and how many holding identities each cell takes part in."""

    failing: Counter[str]
    holding: Counter[str]

    def of(self, place: Place, figure: Figure) -> tuple[int, int, bool]:
        """The larger, the likelier the cell is wrong: in many failures, in few sums that hold, and not 0."""
        return self.failing[place.address], -self.holding[place.address], bool(figure.value)


def check(case: Case) -> Iterator[Finding]:
    """The identities of a report that fail, each at the cell most likely to be wrong, and those that cannot be assessed."""
    site, report = case.site, case.report
    evaluated = [one for instance in instances(report.format) if (one := evaluate(site, report, instance))]
    evaluated = [one for one in evaluated if not any(figure.mistaken for _, _, figure in one.cells)]
    failing = [one for one in evaluated if not one.holds]
    if failing:
        blame = Blame(_taking_part(failing), _taking_part([one for one in evaluated if one.holds]))
        repairs = {table: _repairs(report, table, evaluated) for table in {one.instance.identity.table for one in failing}}
        within = [one for one in evaluated if one.instance.identity.relation == "==" and not any(place.prior for place, _, _ in one.cells)]
        twice = slips.doubled(case, [(one.instance, one.difference or 0) for one in within])
        repairs |= {table: (one.repair,) for table, one in twice.items()}
        for one in failing:
            yield _finding(case, one, blame, repairs[one.instance.identity.table])
        yield from slips.check(case, [(one.instance, one.difference or 0) for one in failing], repairs, twice)
    yield from _unassessed(case, evaluated)


def _taking_part(evaluated: list[Evaluated]) -> Counter[str]:
    """In how many of these identities each of the report's own cells takes part."""
    return Counter(place.address for one in evaluated for place, _, _ in one.cells if not place.prior)


def evaluate(site: Site, report: Report, instance: Instance) -> Evaluated | None:
    """The identity with this report's figures; None where it needs a prior figure that does not exist or does not compare."""
    if instance.when and (report.figures[instance.when].value or 0) <= 0:
        return None
    sides = []
    for places, constant in ((instance.left, 0), (instance.right, instance.identity.constant)):
        found = []
        for place in places:
            cell = report.format.cells[place.address]
            figure = (
                prior_figure(site, report, cell, (Comparable.YES, Comparable.WITH_NOTE)) if place.prior else report.figures[place.address]
            )
            if figure is None:
                return None
            found.append((place, cell, figure))
        value = total([(place.sign, figure) for place, _, figure in found])
        sides.append(Side(tuple(found), None if value is None else value + constant, instance.identity.each))
    return Evaluated(instance, *sides)


def _finding(case: Case, one: Evaluated, blame: Blame, repairs: tuple[Repair, ...]) -> Finding:
    report = case.report
    identity, where = one.instance.identity, one.instance.where
    own = [(place, figure) for place, _, figure in one.cells if not place.prior]
    cells = {place.address for place, _ in own}
    mending = tuple(repair for repair in repairs if cells & {fix.cell for fix in repair})
    worst = max(enumerate(own), key=lambda pair: (_mended(pair[1][0], mending), *blame.of(*pair[1]), pair[0]))[1][1]
    left: Number = one.left.sum or 0
    right: Number = one.right.sum or 0
    difference = one.difference or 0
    axis = ("一行", "row") if identity.each == "row" else ("一列", "column")
    ours, theirs = one.left.words(english=True), one.right.words(english=True)
    said = f"{one.left.words()}，{RELATION[identity.relation]}{one.right.words()}，相差 {plain(size(difference))}"
    said_en = f"{ours}, {RELATION_EN[identity.relation]} {theirs}, difference {plain(size(difference))}"
    severity = Severity.WARNING if identity.strict and where.path not in identity.strict else None
    # A total states less than its parts: where the left side is one figure, the right side is what it should be.
    expected, actual = (right, left) if len(one.left.places) == 1 else (left, right)
    found = case.found(
        identity.rule, worst.at or report.at, f"{where.name}{axis[0]}：{said}", f"{axis[1]} {glossed(where)}: {said_en}",
        severity=severity, cells=tuple(place.address for place, _ in own),
    )  # fmt: skip
    return replace(found, expected=expected, actual=actual, difference=difference, declared_at=identity.at, repairs=mending)


def _mended(place: Place, repairs: tuple[Repair, ...]) -> bool:
    """Whether the likeliest repair changes this cell."""
    return bool(repairs) and place.address in {fix.cell for fix in repairs[0]}


def _repairs(report: Report, table: str, evaluated: list[Evaluated]) -> tuple[Repair, ...]:
    """What would make all sums of a table hold. Sums with last year's report only rank the ways: it may be wrong itself."""
    sums = [one for one in evaluated if one.instance.identity.table == table and one.instance.identity.relation == "=="]
    constraints: list[Constraint] = []
    hints: list[Constraint] = []
    for one in sums:
        residual = one.difference
        if residual is None:
            continue
        signs = {place.address: place.sign for place, _, _ in one.left.places if not place.prior} | {
            place.address: -place.sign for place, _, _ in one.right.places if not place.prior
        }
        (hints if any(place.prior for place, _, _ in one.cells) else constraints).append(Constraint(signs, residual))
    values = {address: report.figures[address].value or 0 for constraint in constraints for address in constraint.signs}
    computed = frozenset(address for address in values if report.figures[address].computed)
    found = Table(constraints, values, computed, hints).repairs()
    return tuple(tuple(replace(fix, label=report.format.cells[fix.cell].label) for fix in repair) for repair in found)


def _unassessed(case: Case, evaluated: list[Evaluated]) -> Iterator[Finding]:
    """One finding for each table with cells marked as unreadable: how many, and which rules could not be assessed for it."""
    report = case.report
    for table in report.format.tables:
        cells = [
            cell.address for cell in report.format.cells.values() if cell.table == table.id and _unreadable(report.figures[cell.address])
        ]
        if not cells:
            continue
        open_rules = Counter(one.instance.identity.rule for one in evaluated if one.instance.identity.table == table.id and _open(one))
        rules = "、".join(f"{rule} {count} 处" for rule, count in sorted(open_rules.items()))
        first = report.figures[cells[0]].at or report.at
        named = "、".join(report.format.cells[cell].label for cell in cells[:3]) + ("等" if len(cells) > 3 else "")
        zh = f"“{table.short}”表有 {len(cells)} 格记为无法辨认（{named}）"
        en = f"“{glossed(table)}” has {counted(len(cells), 'cell')} marked as unreadable"
        zh, en = (f"{zh}，未能核对：{rules}", f"{en}; not assessed: {', '.join(sorted(open_rules))}") if rules else (zh, en)
        yield case.found("N-01", first, zh, en, cells=tuple(cells))


def _unreadable(figure: Figure) -> bool:
    return figure.state is State.UNREADABLE and not figure.mistaken


def _open(one: Evaluated) -> bool:
    return any(_unreadable(figure) and not place.prior for place, _, figure in one.cells)
