"""T3-04, T3-05: what a failing sum looks like when the hand that wrote it slipped. They stand beside the finding of the sum itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.check.case import Case
from generator.check.solver import slip
from generator.language.glosses import glossed, glossed_cell
from generator.language.identity import Instance
from generator.model.figure import Number, plain
from generator.model.finding import Finding, Fix, Repair
from generator.model.format import Format, Heading

Sums = Sequence[tuple[Instance, Number]]


@dataclass(frozen=True)
class Doubled:
    """A group of parts whose subtotal was added to the total as well: the rule that says so, the group, and the totals put right."""

    rule: str
    group: Heading
    repair: Repair


def doubled(case: Case, sums: Sums) -> dict[str, Doubled]:
    """Table → the group that was counted twice in its totals. `sums` are the sums within the report, each with its left side less its
    right; only where taking the group's subtotals out makes every one of them hold."""
    found: dict[str, Doubled] = {}
    for instance, difference in sums:
        identity = instance.identity
        if difference <= 0 or not identity.counted_twice or identity.table in found:
            continue
        for block in case.report.format.table(identity.table).blocks:
            for group in _groups(block.rows if identity.each == "column" else block.columns):
                repair = _without(case, group, [one for one, _ in sums if one.identity is identity])
                if repair and _mends(repair, [one for one in sums if one[0].identity.table == identity.table]):
                    found[identity.table] = Doubled(identity.counted_twice, group, repair)
    return found


def _without(case: Case, group: Heading, instances: Sequence[Instance]) -> Repair:
    """Each total less the subtotal of a group."""
    figures, cells = case.report.figures, case.report.format.cells
    fixes = []
    for instance in instances:
        total = instance.left[0].address
        subtotal = sum((figures[_address(instance, leaf)].value or 0 for leaf in group.leaves()), start=0)
        before = figures[total].value or 0
        if subtotal and not figures[total].computed:
            fixes.append(Fix(total, before, before - subtotal, cells[total].label))
    return tuple(fixes)


def _mends(repair: Repair, sums: Sums) -> bool:
    """Whether every sum holds after a repair."""
    moved = {fix.cell: fix.after - fix.before for fix in repair}
    for instance, difference in sums:
        left = sum((place.sign * moved.get(place.address, 0) for place in instance.left), start=0)
        right = sum((place.sign * moved.get(place.address, 0) for place in instance.right), start=0)
        if difference + left - right:
            return False
    return True


def check(case: Case, failing: Sums, repairs: Mapping[str, Sequence[Repair]], twice: Mapping[str, Doubled]) -> Iterator[Finding]:
    """`failing` are the sums that do not hold; `repairs` those of each table; `twice` what `doubled` found."""
    for slip_found in twice.values():
        yield _counted_twice(case, slip_found)
    said = set(twice)
    for instance, _ in failing:
        identity = instance.identity
        if identity.swapped and identity.table not in said and repairs.get(identity.table):
            said.add(identity.table)
            yield from _swapped(case, identity.swapped, repairs[identity.table][0])


def _counted_twice(case: Case, one: Doubled) -> Finding:
    first = one.repair[0]
    row = case.report.format.cells[first.cell].row
    zh = f"“{row.name}”一行每一格都多出“{one.group.name}”各项之和，小计加了两次"
    en = f"every cell of “{glossed(row)}” holds the sum of “{glossed(one.group)}” twice"
    at = case.report.figures[first.cell].at or case.report.at
    found = case.found(one.rule, at, zh, en, cells=tuple(fix.cell for fix in one.repair))
    return replace(found, repairs=(one.repair,))


def _groups(headings: tuple[Heading, ...]) -> Iterator[Heading]:
    """The headings that stand for a group of figures: they have a name in addresses and more than one leaf."""
    for heading in headings:
        if heading.children and heading.path:
            yield heading
        yield from _groups(heading.children)


def _address(instance: Instance, leaf: Heading) -> str:
    pair = f"{instance.where.path}.{leaf.path}" if instance.identity.each == "row" else f"{leaf.path}.{instance.where.path}"
    return f"{instance.identity.table}.{pair}"


def _swapped(case: Case, rule: str, repair: Repair) -> Iterator[Finding]:
    """The likeliest repair exchanges two neighbouring cells, or two neighbouring digits of one."""
    figures, cells = case.report.figures, case.report.format.cells
    at = figures[repair[0].cell].at or case.report.at
    named = tuple(fix.cell for fix in repair)
    if len(repair) == 1 and slip(str(repair[0].before), str(repair[0].after)) == 1:
        fix = repair[0]
        zh = f"“{cells[fix.cell].label}”的 {plain(fix.before)} 可能是 {plain(fix.after)}，两位数字写反了"
        en = f"“{glossed_cell(cells[fix.cell])}”: {plain(fix.before)} may be {plain(fix.after)} with two digits exchanged"
        yield case.found(rule, at, zh, en, cells=named)
    elif len(repair) == 2 and _exchanged(*repair) and _neighbours(case.report.format, *named):
        one, two = (cells[cell] for cell in named)
        zh = f"“{one.label}”与“{two.label}”可能写反了：对调后全部成立"
        yield case.found(rule, at, zh, f"“{glossed_cell(one)}” and “{glossed_cell(two)}” may have changed places", cells=named)


def _exchanged(one: Fix, two: Fix) -> bool:
    return one.before == two.after and one.after == two.before


def _neighbours(form: Format, one: str, two: str) -> bool:
    """Whether two cells stand side by side in a row or one above the other in a column."""
    first, second = form.cells[one], form.cells[two]
    for block in form.table(first.table).blocks:
        rows, columns = list(block.leaf_rows), list(block.leaf_columns)
        if first.row in rows and second.row in rows:
            down = abs(rows.index(first.row) - rows.index(second.row))
            across = abs(columns.index(first.column) - columns.index(second.column))
            return down + across == 1
    return False
