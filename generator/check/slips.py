"""T3-04, T3-05: what a failing sum looks like when the hand that wrote it slipped.

These findings stand beside that of the sum itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.check.case import Case
from generator.check.solver import SWAPPED_DIGITS, slip
from generator.language.glosses import cell_text, heading_name
from generator.language.identity import Instance, Place
from generator.language.sentence import sentence, template
from generator.model.figure import Number
from generator.model.finding import Finding, Fix, Repair
from generator.model.format import Format, Heading, Identity

# What is said of a row that stands one cell too far, by where it belongs.
MOVED = {
    -1: template("“{row}”一行可能写偏了一格：整行向左移一格，就全部成立"),
    1: template("“{row}”一行可能写偏了一格：整行向右移一格，就全部成立"),
}
# Identities in their rows or columns, each with its left side less its right.
Sums = Sequence[tuple[Instance, Number]]


@dataclass(frozen=True)
class Doubled:
    """A group whose subtotal was added to the totals as well.

    `rule` is the rule that reports it, `repair` has the totals put right.
    """

    rule: str
    group: Heading
    repair: Repair


def doubled(case: Case, sums: Sums) -> dict[str, Doubled]:
    """Table → the group that was counted twice in its totals.

    `sums` are those within the report. A group is counted twice only where taking its subtotals out
    makes every one of them hold.
    """
    groups: dict[str, Doubled] = {}
    for instance, difference in sums:
        identity = instance.identity
        if difference > 0 and identity.counted_twice and identity.table not in groups:
            group = _doubled_group(case, identity, sums)
            if group is not None:
                groups[identity.table] = group
    return groups


def _doubled_group(case: Case, identity: Identity, sums: Sums) -> Doubled | None:
    instances = [instance for instance, _ in sums if instance.identity is identity]
    of_table = [entry for entry in sums if entry[0].identity.table == identity.table]
    last = None
    for block in case.report.format.table(identity.table).blocks:
        for group in _groups(block.rows if identity.each == "column" else block.columns):
            repair = _without(case, group, instances)
            if repair and _mends(repair, of_table):
                last = Doubled(identity.counted_twice, group, repair)
    return last


def _without(case: Case, group: Heading, instances: Sequence[Instance]) -> Repair:
    """Each total less the subtotal of a group."""
    figures = case.report.figures
    cells = case.report.format.cells
    fixes = []
    for instance in instances:
        total = instance.left[0].address
        leaves = [figures[_address(instance, leaf)] for leaf in group.leaves()]
        subtotal = sum((figure.value or 0 for figure in leaves), start=0)
        if subtotal and not figures[total].computed:
            value = figures[total].value or 0
            fixes.append(Fix(total, value, value - subtotal, cells[total].label))
    return tuple(fixes)


def _mends(repair: Repair, sums: Sums) -> bool:
    """Whether every sum holds after a repair."""
    changes = {fix.cell: fix.after - fix.before for fix in repair}

    def change(places: Sequence[Place]) -> Number:
        return sum((place.sign * changes.get(place.address, 0) for place in places), start=0)

    return all(
        difference + change(instance.left) == change(instance.right)
        for instance, difference in sums
    )


def check(
    case: Case, failing: Sums, repairs: Mapping[str, Sequence[Repair]], twice: Mapping[str, Doubled]
) -> Iterator[Finding]:
    """The slips that explain failing sums, one for each table.

    `failing` are the sums that do not hold, `repairs` those of each table, `twice` what `doubled`
    gave.
    """
    for group in twice.values():
        yield _counted_twice(case, group)
    tables = set(twice)
    for instance, _ in failing:
        identity = instance.identity
        table = identity.table
        if identity.swapped and table not in tables and repairs.get(table):
            tables.add(table)
            yield from _swapped(case, identity.swapped, repairs[table][0])


def _counted_twice(case: Case, group: Doubled) -> Finding:
    """Every total is too large by the sum of a group."""
    repair = group.repair
    total = repair[0].cell
    message = sentence(
        "“{row}”一行每一格都多出“{group}”各项之和，小计加了两次",
        row=heading_name(case.report.format.cells[total].row),
        group=heading_name(group.group),
    )
    place = case.report.figures[total].at or case.report.at
    cells = tuple(fix.cell for fix in repair)
    finding = case.finding(group.rule, place, message, cells=cells)
    return replace(finding, repairs=(repair,))


def _groups(headings: tuple[Heading, ...]) -> Iterator[Heading]:
    """The headings that stand for a group of figures.

    They have a name in addresses and more than one leaf.
    """
    for heading in headings:
        if heading.children and heading.path:
            yield heading
        yield from _groups(heading.children)


def _address(instance: Instance, leaf: Heading) -> str:
    """The cell of a leaf in the row or column of an identity."""
    paths = [instance.where.path, leaf.path]
    if instance.identity.each == "column":
        paths.reverse()
    return ".".join((instance.identity.table, *paths))


def _swapped(case: Case, rule: str, repair: Repair) -> Iterator[Finding]:
    """The likeliest repair exchanges two neighbouring cells, or two neighbouring digits of one."""
    cells = case.report.format.cells
    first = repair[0]
    name = cell_text(cells[first.cell])
    if len(repair) == 1 and slip(first.before, first.after) == SWAPPED_DIGITS:
        message = sentence(
            "“{cell}”的 {figure} 可能是 {likely}，两位数字写反了",
            cell=name,
            figure=first.before,
            likely=first.after,
        )
    elif len(repair) == 2 and _exchanged(case.report.format, *repair):
        second = cell_text(cells[repair[1].cell])
        message = sentence(
            "“{first}”与“{second}”可能写反了：对调后全部成立", first=name, second=second
        )
    elif direction := _moved(case, repair):
        message = sentence(MOVED[direction], row=heading_name(cells[first.cell].row))
    elif len(repair) == 2 and _taken_apart(repair):
        message = sentence(
            "“{cell}”的 {figure} 可能是两格的 {left} 和 {right} 连在了一起",
            cell=name if first.before else cell_text(cells[repair[1].cell]),
            figure=max(fix.before for fix in repair),
            left=max(repair, key=lambda fix: fix.before).after,
            right=min(repair, key=lambda fix: fix.before).after,
        )
    else:
        return
    place = case.report.figures[first.cell].at or case.report.at
    yield case.finding(rule, place, message, cells=tuple(fix.cell for fix in repair))


def _moved(case: Case, repair: Repair) -> int:
    """Where a repair moves a row that was written one cell too far: -1 to the left, 1 to the right.

    0 where it does nothing of the kind.
    """
    form = case.report.format
    cell = form.cells[repair[0].cell]
    fixes = {fix.cell: fix.after for fix in repair}
    if len(fixes) < 2 or any(form.cells[address].row is not cell.row for address in fixes):
        return 0
    block = next(block for block in form.table(cell.table).blocks if cell.row in block.leaf_rows)
    row = [f"{cell.table}.{cell.row.path}.{column.path}" for column in block.leaf_columns]
    old = [case.report.figures[address].value or 0 for address in row]
    new = [fixes.get(address, value) for address, value in zip(row, old, strict=True)]
    for end in (len(row), len(row) - 1):  # with its total, or without
        if old[end:] == new[end:]:
            if not old[0] and old[1:end] == new[: end - 1]:
                return -1
            if not old[end - 1] and old[: end - 1] == new[1:end]:
                return 1
    return 0


def _taken_apart(repair: Repair) -> bool:
    """Whether a repair takes one figure apart into two cells, the second of which was 0."""
    glued = max(repair, key=lambda fix: fix.before)
    free = min(repair, key=lambda fix: fix.before)
    return not free.before and f"{glued.after}{free.after}" == f"{glued.before}"


def _exchanged(form: Format, first: Fix, second: Fix) -> bool:
    """Whether two fixes exchange the values of two neighbouring cells."""
    if first.before != second.after or first.after != second.before:
        return False
    return _neighbours(form, first.cell, second.cell)


def _neighbours(form: Format, first: str, second: str) -> bool:
    """Whether two cells stand side by side in a row or one above the other in a column."""
    cell = form.cells[first]
    other_cell = form.cells[second]
    for block in form.table(cell.table).blocks:
        rows = list(block.leaf_rows)
        columns = list(block.leaf_columns)
        if cell.row in rows and other_cell.row in rows:
            down = abs(rows.index(cell.row) - rows.index(other_cell.row))
            across = abs(columns.index(cell.column) - columns.index(other_cell.column))
            return down + across == 1
    return False
