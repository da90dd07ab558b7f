"""Identities that must hold: T2-*, T3-*, T4-*, Y-*.

The formats state them, this file evaluates them.

A blank cell counts as 0 and is reported by V-04. Where a cell is marked as unreadable, the
identities around it are not assessed, and N-01 says so once for each table. Where a cell is missing
or the loader could not read it, the loader has reported it: that is to be put right first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from generator.check import slips
from generator.check.case import Case, prior_figure
from generator.check.solver import Constraint, System
from generator.language import amounts
from generator.language.glosses import heading_name, quoted
from generator.language.identity import Instance, Place, holds, instances, total
from generator.language.sentence import joined, listed, plural, sentence, template
from generator.model.figure import Figure, Number, State, size
from generator.model.finding import Finding, Repair, Severity, Text
from generator.model.format import Cell, Comparable, Table
from generator.model.report import Report
from generator.model.site import Site

# How many cells that cannot be read are named in a finding; the others are counted.
NAMED = 3
# Up to so many cells a sum is written out in full; in a longer one the zeros are left out.
SHORT_SUM = 3
# What is said of an identity that fails, in a row or a column, by its relation.
MESSAGES = {
    ("row", "=="): template("{heading}一行：{left}，而{right}，相差 {difference}"),
    ("row", ">="): template("{heading}一行：{left}，应不小于{right}，相差 {difference}"),
    ("row", "<="): template("{heading}一行：{left}，应不大于{right}，相差 {difference}"),
    ("column", "=="): template("{heading}一列：{left}，而{right}，相差 {difference}"),
    ("column", ">="): template("{heading}一列：{left}，应不小于{right}，相差 {difference}"),
    ("column", "<="): template("{heading}一列：{left}，应不大于{right}，相差 {difference}"),
}


@dataclass(frozen=True)
class Operand:
    """A cell in an identity, and its figure."""

    place: Place
    cell: Cell
    figure: Figure

    @property
    def unreadable(self) -> bool:
        """Whether the report marks the figure as unreadable."""
        return _unreadable(self.figure)


@dataclass(frozen=True)
class Side:
    """One side of an evaluated identity: its cells, and their sum.

    `sum` is None where it cannot be told; `each` is `row` or `column`, which the identity holds
    for.
    """

    operands: tuple[Operand, ...]
    sum: Number | None
    each: str

    def words(self) -> Text:
        """`新收 104 + 上年结转 0 = 104`; zeros of long sums are left out."""
        if not self.operands:
            return sentence("{sum}", sum=amounts.figure(self.sum))
        printed = self._printed()
        terms = joined((self._term(operand) for operand in printed), " ")
        terms = terms.each(lambda text: text.removeprefix("+ "))
        if len(self.operands) == 1:
            return terms
        if len(printed) == 1:
            return sentence("{terms}（其余为 0）", terms=terms)
        return sentence("{terms} = {sum}", terms=terms, sum=amounts.figure(self.sum))

    def _printed(self) -> Sequence[Operand]:
        """The cells that a sentence names."""
        if len(self.operands) <= SHORT_SUM:
            return self.operands
        nonzero = [operand for operand in self.operands if operand.figure.value]
        return nonzero or self.operands[:1]

    def _term(self, operand: Operand) -> Text:
        """`+ 新收 104`; a figure of last year is marked as such."""
        cell = operand.cell
        name = heading_name(cell.column if self.each == "row" else cell.row)
        if operand.place.prior:
            name = sentence("上年度{name}", name=name)
        sign = "−" if operand.place.sign < 0 else "+"
        digits = amounts.figure(operand.figure.value or 0)
        return joined((sign, name, digits), " ")


@dataclass(frozen=True)
class Evaluated:
    """An identity with the figures in it."""

    instance: Instance
    left: Side
    right: Side

    @property
    def operands(self) -> tuple[Operand, ...]:
        """Every cell that takes part, left to right."""
        return self.left.operands + self.right.operands

    @property
    def own(self) -> tuple[Operand, ...]:
        """The cells of the report itself that take part, left to right."""
        return tuple(operand for operand in self.operands if not operand.place.prior)

    @property
    def within(self) -> bool:
        """Whether it is a sum that takes in no figure of last year."""
        return self.instance.identity.relation == "==" and len(self.own) == len(self.operands)

    @property
    def table(self) -> str:
        """The table it is about."""
        return self.instance.identity.table

    @property
    def difference(self) -> Number | None:
        """The left side less the right; None where a side cannot be told."""
        if self.left.sum is None or self.right.sum is None:
            return None
        return self.left.sum - self.right.sum

    @property
    def holds(self) -> bool:
        """Whether it holds; one that cannot be told counts as holding."""
        if self.difference is None:
            return True
        return holds(self.instance.identity.relation, self.difference, 0)


@dataclass(frozen=True)
class Blame:
    """How many failing and how many holding identities each cell takes part in."""

    failing: Counter[str]
    holding: Counter[str]

    def of(self, operand: Operand) -> tuple[int, int, bool]:
        """The larger, the likelier the cell is wrong.

        Such a cell is in many identities that fail, in few that hold, and not 0.
        """
        address = operand.place.address
        return self.failing[address], -self.holding[address], bool(operand.figure.value)


def check(case: Case) -> Iterator[Finding]:
    """The identities of a report that fail, and those that cannot be assessed.

    Each failing one is reported at the cell that is most likely to be wrong.
    """
    evaluated = list(_evaluated(case))
    failing = [identity for identity in evaluated if not identity.holds]
    if failing:
        yield from _failing(case, evaluated, failing)
    yield from _unassessed(case, evaluated)


def _evaluated(case: Case) -> Iterator[Evaluated]:
    """The identities of the report's form; without those of cells that could not be read."""
    for instance in instances(case.report.format):
        identity = evaluate(case.site, case.report, instance)
        if identity and not any(operand.figure.mistaken for operand in identity.operands):
            yield identity


def _failing(
    case: Case, evaluated: Sequence[Evaluated], failing: Sequence[Evaluated]
) -> Iterator[Finding]:
    """The findings of the failing identities, then what the slips of the hand look like."""
    holding = [identity for identity in evaluated if identity.holds]
    blame = Blame(_taking_part(failing), _taking_part(holding))
    repairs: dict[str, tuple[Repair, ...]] = {}
    for table in {identity.table for identity in failing}:
        repairs[table] = _repairs(case.report, table, evaluated)
    twice = slips.doubled(case, _sums(identity for identity in evaluated if identity.within))
    for table, doubled in twice.items():
        repairs[table] = (doubled.repair,)
    for identity in failing:
        yield _finding(case, identity, blame, repairs[identity.table])
    yield from slips.check(case, _sums(failing), repairs, twice)


def _sums(evaluated: Iterable[Evaluated]) -> list[tuple[Instance, Number]]:
    """Each identity with its difference."""
    return [(identity.instance, identity.difference or 0) for identity in evaluated]


def _taking_part(evaluated: Sequence[Evaluated]) -> Counter[str]:
    """In how many of these identities each of the report's own cells takes part."""
    return Counter(operand.place.address for identity in evaluated for operand in identity.own)


def evaluate(site: Site, report: Report, instance: Instance) -> Evaluated | None:
    """The identity with this report's figures.

    None where it needs a figure of last year that does not exist or does not compare, and where the
    cell that it depends on is not above 0.
    """
    if instance.when and (report.figures[instance.when].value or 0) <= 0:
        return None
    left = _side(site, report, instance, instance.left, 0)
    right = _side(site, report, instance, instance.right, instance.identity.constant)
    if left is None or right is None:
        return None
    return Evaluated(instance, left, right)


def _side(
    site: Site, report: Report, instance: Instance, places: Sequence[Place], constant: int
) -> Side | None:
    """One side with its figures; None where a figure of last year is missing."""
    operands = []
    for place in places:
        cell = report.format.cells[place.address]
        figure = _figure(site, report, cell, place)
        if figure is None:
            return None
        operands.append(Operand(place, cell, figure))
    signed = [(operand.place.sign, operand.figure) for operand in operands]
    value = total(signed)
    if value is not None:
        value += constant
    return Side(tuple(operands), value, instance.identity.each)


def _figure(site: Site, report: Report, cell: Cell, place: Place) -> Figure | None:
    if place.prior:
        return prior_figure(site, report, cell, (Comparable.YES, Comparable.WITH_NOTE))
    return report.figures[place.address]


def _finding(case: Case, evaluated: Evaluated, blame: Blame, repairs: Sequence[Repair]) -> Finding:
    """A failing identity, at the cell that is most likely to be wrong."""
    identity = evaluated.instance.identity
    cells = tuple(operand.place.address for operand in evaluated.own)
    mending = tuple(repair for repair in repairs if _changes(repair, cells))
    worst = _worst(evaluated, blame, mending)
    place = worst.figure.at or case.report.at
    severity = _severity(evaluated.instance)
    message = _message(evaluated)
    finding = case.finding(identity.rule, place, message, severity=severity, cells=cells)
    finding = replace(finding, declared_at=identity.at, repairs=mending)
    actual = evaluated.left.sum or 0
    expected = evaluated.right.sum or 0
    if len(evaluated.left.operands) > 1:  # the one figure on the left is a total
        actual, expected = expected, actual
    difference = evaluated.difference or 0
    return replace(finding, expected=expected, actual=actual, difference=difference)


def _severity(instance: Instance) -> Severity | None:
    """A warning for a row or column where the identity is not strict."""
    strict = instance.identity.strict
    return Severity.WARNING if strict and instance.where.path not in strict else None


def _worst(evaluated: Evaluated, blame: Blame, repairs: Sequence[Repair]) -> Operand:
    """The cell that is most likely to be wrong; of several the last."""

    def likelihood(numbered: tuple[int, Operand]) -> tuple[bool, tuple[int, int, bool], int]:
        number, operand = numbered
        mended = bool(repairs) and _changes(repairs[0], (operand.place.address,))
        return mended, blame.of(operand), number

    return max(enumerate(evaluated.own), key=likelihood)[1]


def _changes(repair: Repair, cells: Sequence[str]) -> bool:
    """Whether a repair changes one of these cells."""
    return any(fix.cell in cells for fix in repair)


def _message(evaluated: Evaluated) -> Text:
    """`新收一列：甲 1 + 乙 2 = 3，而丙 4，相差 1`."""
    identity = evaluated.instance.identity
    return sentence(
        MESSAGES[identity.each, identity.relation],
        heading=heading_name(evaluated.instance.where),
        left=evaluated.left.words(),
        right=evaluated.right.words(),
        difference=size(evaluated.difference or 0),
    )


def _repairs(report: Report, table: str, evaluated: Sequence[Evaluated]) -> tuple[Repair, ...]:
    """What would make all sums of a table hold.

    Sums with last year's report only rank the ways: that report may be wrong itself.
    """
    constraints: list[Constraint] = []
    hints: list[Constraint] = []
    bounds: list[Constraint] = []
    for identity in evaluated:
        if identity.table != table or identity.difference is None:
            continue
        constraint = Constraint(_signs(identity), identity.difference)
        relation = identity.instance.identity.relation
        if identity.within:
            constraints.append(constraint)
        elif relation == "==":
            hints.append(constraint)
        elif relation == ">=" and len(identity.own) < len(identity.operands):
            bounds.append(constraint)
    figures = report.figures
    cells = {cell for constraint in constraints for cell in constraint.signs}
    values = {cell: figures[cell].value or 0 for cell in cells}
    computed = frozenset(cell for cell in cells if figures[cell].computed)
    rows = [row for row in _rows(report, table) if cells.issuperset(row)]
    totals = frozenset(row[-1] for row in rows)
    system = System(constraints, values, computed, hints, bounds=bounds, rows=rows, totals=totals)
    repairs = system.repairs()
    return tuple(_labelled(report, repair) for repair in repairs)


def _rows(report: Report, table: str) -> Iterator[tuple[str, ...]]:
    """The cells of each row of a table that ends in a total, as they stand side by side."""
    totals = report.format.totals(table)
    for block in report.format.table(table).blocks:
        columns = [column.path for column in block.leaf_columns]
        if columns[-1] in totals:
            for row in block.leaf_rows:
                yield tuple(f"{table}.{row.path}.{column}" for column in columns)


def _signs(evaluated: Evaluated) -> dict[str, int]:
    """The sign of each of the report's own cells in `left - right`."""
    signs: dict[str, int] = {}
    for side, direction in ((evaluated.left, 1), (evaluated.right, -1)):
        for operand in side.operands:
            if not operand.place.prior:
                signs[operand.place.address] = direction * operand.place.sign
    return signs


def _labelled(report: Report, repair: Repair) -> Repair:
    """The repair with the names of its cells."""
    cells = report.format.cells
    return tuple(replace(fix, label=cells[fix.cell].label) for fix in repair)


def _unassessed(case: Case, evaluated: Sequence[Evaluated]) -> Iterator[Finding]:
    """One finding for each table with cells marked as unreadable.

    It says how many there are, and which rules could not be assessed for them.
    """
    report = case.report
    cells_of_form = report.format.cells.values()
    unreadable = [cell for cell in cells_of_form if _unreadable(report.figures[cell.address])]
    unassessed = [identity for identity in evaluated if _is_open(identity)]
    for table in report.format.tables:
        cells = [cell for cell in unreadable if cell.table == table.id]
        if not cells:
            continue
        rules = Counter(
            identity.instance.identity.rule for identity in unassessed if identity.table == table.id
        )
        message = _open_words(table, cells, rules)
        addresses = tuple(cell.address for cell in cells)
        place = report.figures[addresses[0]].at or report.at
        yield case.finding("N-01", place, message, cells=addresses)


def _open_words(table: Table, cells: Sequence[Cell], rules: Counter[str]) -> Text:
    """How many cells of a table cannot be read, and which rules are open for it."""
    names = "、".join(cell.label for cell in cells[:NAMED])
    if len(cells) > NAMED:
        names = f"{names}等"
    values = {"table": quoted(table), "names": names}
    message = plural("{table}表有 {count} 格记为无法辨认（{names}）", len(cells), **values)
    if not rules:
        return message
    places = [
        plural("{rule} {count} 处", count, rule=rule) for rule, count in sorted(rules.items())
    ]
    return sentence("{cells}，未能核对：{rules}", cells=message, rules=listed(places))


def _unreadable(figure: Figure) -> bool:
    return figure.state is State.UNREADABLE and not figure.mistaken


def _is_open(evaluated: Evaluated) -> bool:
    """Whether a figure of the report itself is marked as unreadable."""
    return any(operand.unreadable for operand in evaluated.own)
