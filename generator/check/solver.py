"""Which cell is wrong: the smallest changes to a table that make every one of its sums hold, the likeliest first.

Each sum is a constraint over cells; a failing one has a residual. One cell is the culprit when exactly the sums it takes part in
fail, and all of them ask for the same change. Two are, when a first change makes one failing sum hold and one cell then explains
the rest. No more than two: three wrong cells in one table have too many explanations for any of them to be worth saying.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.model.figure import Number, size
from generator.model.finding import Fix, Repair

MOST = 5


@dataclass(frozen=True)
class Constraint:
    """A sum: the sign of each cell in `left - right`, and what `left - right` comes to (0 when it holds)."""

    signs: Mapping[str, int]
    residual: Number


class Table:
    """The constraints over one table's cells, and the cells' values. `fixed` cells are computed and cannot be wrong themselves.

    `hints` are sums with last year's report: it may be wrong itself, so they mend nothing, but of two repairs the one that agrees with
    it is the likelier.
    """

    def __init__(
        self,
        constraints: Sequence[Constraint],
        values: Mapping[str, Number],
        fixed: frozenset[str] = frozenset(),
        hints: Sequence[Constraint] = (),
    ) -> None:
        self.constraints, self.values, self.fixed, self.hints = constraints, values, fixed, hints
        self.of: dict[str, list[int]] = {}
        for number, constraint in enumerate(constraints):
            for cell in constraint.signs:
                self.of.setdefault(cell, []).append(number)

    def repairs(self) -> tuple[Repair, ...]:
        """The changes of one cell that make everything hold; when there are none, of two. The likeliest first, five at the most."""
        failing = {number: one.residual for number, one in enumerate(self.constraints) if one.residual}
        if not failing:
            return ()
        found: set[Repair] = {(fix,) for fix in self._single(failing)}
        found = found or set(self._pairs(failing))
        ranked = sorted(found, key=lambda repair: (self._against(repair), _unlikely(repair), [fix.cell for fix in repair]))
        return tuple(ranked[:MOST])

    def _against(self, repair: Repair) -> int:
        """How many sums with last year's report do not hold after a repair."""
        moved = {fix.cell: fix.after - fix.before for fix in repair}
        return sum(bool(hint.residual + sum(sign * moved.get(cell, 0) for cell, sign in hint.signs.items())) for hint in self.hints)

    def _single(self, failing: Mapping[int, Number]) -> Iterator[Fix]:
        """The cells that take part in exactly the failing sums, with the one change that mends them all."""
        first = next(iter(failing))
        for cell in self.constraints[first].signs:
            if cell in self.fixed or set(self.of[cell]) != set(failing):
                continue
            changes = {self._change(number, cell, residual) for number, residual in failing.items()}
            if len(changes) == 1 and (fix := self._fix(cell, changes.pop())):
                yield fix

    def _pairs(self, failing: Mapping[int, Number]) -> Iterator[Repair]:
        """The pairs of cells that mend everything together: the first mends one failing sum, the second all that then fail."""
        for number, residual in failing.items():
            for cell in self.constraints[number].signs:
                fix = None if cell in self.fixed else self._fix(cell, self._change(number, cell, residual))
                if fix is None:
                    continue
                rest = dict(failing)
                for other in self.of[cell]:
                    left = rest.pop(other, 0) + self.constraints[other].signs[cell] * (fix.after - fix.before)
                    if left:
                        rest[other] = left
                for second in self._single(rest) if rest else ():
                    if second.cell != cell:
                        yield tuple(sorted((fix, second), key=lambda one: one.cell))

    def _change(self, number: int, cell: str, residual: Number) -> Number:
        return -residual * self.constraints[number].signs[cell]

    def _fix(self, cell: str, change: Number) -> Fix | None:
        before = self.values[cell]
        return Fix(cell, before, before + change) if before + change >= 0 else None


def _unlikely(repair: Repair) -> tuple[int, int, Number]:
    """How far from a slip of the hand a repair is: first its kind, then how many figures it invents, then how much it changes."""
    if len(repair) == 2 and {fix.before for fix in repair} == {fix.after for fix in repair}:
        kind = 0  # two values changed places, or one stands in the wrong column
    else:
        kind = sum(slip(str(fix.before), str(fix.after)) for fix in repair)
    invented = sum(fix.before == 0 for fix in repair)
    moved: Number = sum((size(fix.after - fix.before) for fix in repair), start=0)
    return kind, invented, moved


def slip(before: str, after: str) -> int:
    """1 where `before` is `after` with two neighbouring digits swapped, 2 with one digit mistyped, lost or doubled, else 3."""
    if len(before) == len(after):
        wrong = [index for index, (one, other) in enumerate(zip(before, after, strict=True)) if one != other]
        if len(wrong) == 2 and wrong[1] - wrong[0] == 1 and sorted(before) == sorted(after):
            return 1
        return 2 if len(wrong) == 1 else 3
    longer, shorter = (before, after) if len(before) > len(after) else (after, before)
    lost = len(longer) - len(shorter) == 1 and any(longer[:index] + longer[index + 1 :] == shorter for index in range(len(longer)))
    return 2 if lost else 3
