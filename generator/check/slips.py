"""T3-04, T3-05: what a failing sum looks like when the hand that wrote it slipped. They stand beside the finding of the sum itself."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.case import Case
from generator.check.solver import slip
from generator.language.identity import Instance
from generator.model.figure import Number, plain
from generator.model.finding import Finding, Fix, Repair
from generator.model.format import Format, Heading

Failing = tuple[Instance, Number]


def check(case: Case, failing: list[tuple[Instance, Number]], repairs: dict[str, tuple[Repair, ...]]) -> Iterator[Finding]:
    """`failing` are the sums that do not hold, each with its left side less its right; `repairs` those of each table."""
    for instance, difference in failing:
        if instance.identity.counted_twice:
            yield from _counted_twice(case, instance, difference)
    said: set[str] = set()
    for instance, _ in failing:
        identity = instance.identity
        if identity.swapped and identity.table not in said and repairs.get(identity.table):
            said.add(identity.table)
            yield from _swapped(case, identity.swapped, repairs[identity.table][0])


def _counted_twice(case: Case, instance: Instance, difference: Number) -> Iterator[Finding]:
    """The total exceeds its parts by exactly the sum of one group of them."""
    identity, report = instance.identity, case.report
    total = report.figures[instance.left[0].address]
    for block in report.format.table(identity.table).blocks:
        for group in _groups(block.rows if identity.each == "column" else block.columns):
            cells = [_address(instance, leaf) for leaf in group.leaves()]
            subtotal = sum((report.figures[cell].value or 0 for cell in cells), start=0)
            if subtotal > 0 and subtotal == difference:
                zh = f"{instance.where.name}一列：总计多出 {plain(difference)}，正好是“{group.name}”各项之和，可能加了两次"
                en = f"column {instance.where.name}: the total is {plain(difference)} too large, the sum of “{group.name}”"
                yield case.found(identity.counted_twice, total.at or report.at, zh, en, cells=(instance.left[0].address, *cells))


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
        yield case.found(rule, at, zh, f"{plain(fix.before)} may be {plain(fix.after)} with two digits exchanged", cells=named)
    elif len(repair) == 2 and _exchanged(*repair) and _neighbours(case.report.format, *named):
        one, two = (cells[cell].label for cell in named)
        zh = f"“{one}”与“{two}”可能写反了：对调后全部成立"
        yield case.found(rule, at, zh, f"“{one}” and “{two}” may have changed places", cells=named)


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
