"""Which cell is wrong: the smallest changes to a table that make every one of its sums hold.

Each sum is a constraint over cells; a failing one has a residual. One cell is the culprit when
exactly the sums that it takes part in fail, and all of them ask for the same change. Two are, when
a first change makes one failing sum hold and one cell then explains the others. No more than two
are tried: three wrong cells in one table have too many explanations for any of them to help.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from generator.model.figure import Number, size
from generator.model.finding import Fix, Repair

# How many repairs are proposed for a table.
MOST = 5
# How far from a slip of the hand a change of one figure is.
SWAPPED_DIGITS = 1
ONE_DIGIT = 2
NO_SLIP = 3


@dataclass(frozen=True)
class Constraint:
    """A sum: the sign of each cell in `left - right`, and what that is (0 where it holds)."""

    signs: Mapping[str, int]
    residual: Number

    def change(self, changes: Mapping[str, Number]) -> Number:
        """By how much `left - right` changes with the cells."""
        return sum((sign * changes.get(cell, 0) for cell, sign in self.signs.items()), start=0)


class System:
    """The constraints over the cells of one table, and the cells' values.

    `fixed` cells are computed and cannot be wrong themselves. `hints` are sums with last year's
    report: it may be wrong itself, so they mend nothing, but of two repairs the one that agrees
    with it is the likelier. So it is with `bounds`, which are not to fall below 0. `rows` are the
    cells of each row as they stand side by side, the total last; `totals` are all such cells.
    """

    def __init__(
        self,
        constraints: Sequence[Constraint],
        values: Mapping[str, Number],
        fixed: frozenset[str] = frozenset(),
        hints: Sequence[Constraint] = (),
        *,
        bounds: Sequence[Constraint] = (),
        rows: Sequence[Sequence[str]] = (),
        totals: Set[str] = frozenset(),
    ) -> None:
        self.constraints = constraints
        self.bounds = bounds
        self.rows = rows
        self.totals = totals
        self.values = values
        self.fixed = fixed
        self.hints = hints
        self.by_cell: dict[str, list[int]] = {}
        for number, constraint in enumerate(constraints):
            for cell in constraint.signs:
                self.by_cell.setdefault(cell, []).append(number)

    def repairs(self) -> tuple[Repair, ...]:
        """The changes of one cell that make everything hold; when there are none, of two.

        The likeliest come first, five at the most.
        """
        failing = {}
        for number, constraint in enumerate(self.constraints):
            if constraint.residual:
                failing[number] = constraint.residual
        if not failing:
            return ()
        repairs: set[Repair] = {(fix,) for fix in self._single(failing)}
        repairs = repairs or set(self._pairs(failing))
        repairs |= self._row_slips
        return tuple(sorted(repairs, key=self._rank)[:MOST])

    def _rank(self, repair: Repair) -> tuple[int, int, tuple[int, int, Number], list[str]]:
        """The smaller, the likelier a repair is."""
        cells = [fix.cell for fix in repair]
        contradicted = self._contradicted_hints(repair)
        return contradicted, self._kind(repair), _unlikelihood(repair), cells

    def _kind(self, repair: Repair) -> int:
        """0 for what is no wrong figure but one that was not filled in, run together or moved."""
        first = repair[0]
        if len(repair) == 1:
            return 1 - (first.cell in self.totals and not first.before and bool(first.after))
        return 1 - (repair in self._row_slips)

    def _contradicted_hints(self, repair: Repair) -> int:
        """How many sums with last year's report do not hold after a repair."""
        changes = {fix.cell: fix.after - fix.before for fix in repair}
        sums = sum(hint.residual + hint.change(changes) != 0 for hint in self.hints)
        return sums + sum(bound.residual + bound.change(changes) < 0 for bound in self.bounds)

    @cached_property
    def _row_slips(self) -> frozenset[Repair]:
        """Changes of one row that mend everything: moved by one cell, or a figure taken apart."""
        repairs = set()
        for row in self.rows:
            for values in self._rewritten(row):
                fixes = [
                    Fix(cell, self.values[cell], value)
                    for cell, value in zip(row, values, strict=True)
                    if value != self.values[cell]
                ]
                if len(fixes) > 1 and not self.fixed & {fix.cell for fix in fixes}:
                    # A pair as `_pairs` has it; a longer one as the row is read.
                    repair = tuple(fixes)
                    if len(fixes) == 2:
                        repair = tuple(sorted(fixes, key=lambda fix: fix.cell))
                    if self._mends(repair):
                        repairs.add(repair)
        return frozenset(repairs)

    def _rewritten(self, row: Sequence[str]) -> Iterator[list[Number]]:
        """A row as it may have been meant: moved to the left or right, or a figure taken apart.

        What fell off at the end of a row that was moved as a whole is what its sum asks for.
        """
        values = [self.values[cell] for cell in row]
        *addends, total = values
        if not addends[0]:
            yield [*addends[1:], 0, total]
            yield [*values[1:], sum(values[1:], start=0)]
        if not addends[-1]:
            yield [0, *addends[:-1], total]
        lost = addends[-1] - sum(addends[:-1], start=0)
        if not total and lost >= 0:
            yield [lost, *addends]
        for index, (value, following) in enumerate(pairwise(addends)):
            digits = str(value)
            divisible = digits.isdigit() and not following
            for length in range(1, len(digits)) if divisible else ():
                if digits[length] != "0" or length == len(digits) - 1:
                    pair = (int(digits[:length]), int(digits[length:]))
                    yield [*values[:index], *pair, *values[index + 2 :]]

    def _mends(self, repair: Repair) -> bool:
        """Whether every sum holds after a repair."""
        changes = {fix.cell: fix.after - fix.before for fix in repair}
        return all(
            constraint.residual + constraint.change(changes) == 0 for constraint in self.constraints
        )

    def _single(self, failing: Mapping[int, Number]) -> Iterator[Fix]:
        """The cells that take part in exactly the failing sums and can mend them all.

        Each comes with the one change that does it.
        """
        first = next(iter(failing))
        for cell in self.constraints[first].signs:
            if set(self.by_cell[cell]) != set(failing):
                continue
            fixes = {self._fix(number, cell, residual) for number, residual in failing.items()}
            fix = fixes.pop()
            if fix and not fixes:
                yield fix

    def _pairs(self, failing: Mapping[int, Number]) -> Iterator[Repair]:
        """The pairs of cells that mend everything together.

        The first mends one failing sum, the second all that then fail.
        """
        for number, residual in failing.items():
            for cell in self.constraints[number].signs:
                fix = self._fix(number, cell, residual)
                remaining = self._after(failing, fix) if fix else {}
                if fix and remaining:
                    for second in self._single(remaining):
                        if second.cell != cell:
                            yield tuple(sorted((fix, second), key=lambda change: change.cell))

    def _after(self, failing: Mapping[int, Number], fix: Fix) -> Mapping[int, Number]:
        """The sums that fail after a change, with their residuals."""
        changes = {fix.cell: fix.after - fix.before}
        remaining = dict(failing)
        for number in self.by_cell[fix.cell]:
            residual = remaining.pop(number, 0) + self.constraints[number].change(changes)
            if residual:
                remaining[number] = residual
        return remaining

    def _fix(self, number: int, cell: str, residual: Number) -> Fix | None:
        """The change of a cell that makes one sum hold; None where no such change is possible."""
        value = self.values[cell]
        result = value - residual * self.constraints[number].signs[cell]
        if cell in self.fixed or result < 0:
            return None
        return Fix(cell, value, result)


def _unlikelihood(repair: Repair) -> tuple[int, int, Number]:
    """How far from a slip of the hand a repair is.

    First its kind counts, then how many figures it invents, then how much it changes.
    """
    old = {fix.before for fix in repair}
    new = {fix.after for fix in repair}
    if len(repair) == 2 and old == new:
        kind = 0  # two values changed places, or one stands in the wrong column
    else:
        kind = sum(slip(fix.before, fix.after) for fix in repair)
    invented = sum(fix.before == 0 for fix in repair)
    distance: Number = sum((size(fix.after - fix.before) for fix in repair), start=0)
    return kind, invented, distance


def slip(number: Number, changed: Number) -> int:
    """How far from a slip of the hand it is to write one number for another.

    Two neighbouring digits may be swapped, or one digit mistyped, lost or doubled.
    """
    digits = str(number)
    changed_digits = str(changed)
    if len(digits) == len(changed_digits):
        return _slip_of_same_length(digits, changed_digits)
    shorter, longer = sorted((digits, changed_digits), key=len)
    without_one = (longer[:index] + longer[index + 1 :] for index in range(len(longer)))
    return ONE_DIGIT if shorter in without_one else NO_SLIP


def _slip_of_same_length(number: str, changed: str) -> int:
    pairs = enumerate(zip(number, changed, strict=True))
    wrong = [index for index, (digit, other_digit) in pairs if digit != other_digit]
    if len(wrong) == 1:
        return ONE_DIGIT
    adjacent = len(wrong) == 2 and wrong[1] - wrong[0] == 1
    return SWAPPED_DIGITS if adjacent and sorted(number) == sorted(changed) else NO_SLIP
