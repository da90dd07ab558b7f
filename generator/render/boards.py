"""What stands on pages about several bodies, as CSV: a government beside its members, and who published in time.

UTF-8 with a mark at the start, without which Excel garbles Chinese. No cell can be read as a formula.
"""

from __future__ import annotations

from collections.abc import Iterable

from generator.model.coverage import Due, Standing
from generator.model.figure import Figure, plain
from generator.model.rollup import Lack, Rollup, row_names
from generator.render.table_files import guarded, marked_csv

SUMS = ("address", "table", "row", "column", "published", "computed", "difference", "counted", "members")
BOARD = ("slug", "name", "kind", "level", "parent", "expected", "deadline", "published", "days_late", "status", "explanation")


def rollup_csv(rolled: Rollup) -> bytes:
    """One line a cell: published, added up, how many of how many members; then a column for each member, under its address. A member's
    figure is plain digits, or the word for why it is none."""
    rows: list[Iterable[object]] = [(*SUMS, *(member.slug for member in rolled.members))]
    names = {heading: name for table in rolled.form.tables for heading, name in row_names(table).items()}
    for one in rolled.cells:
        cell = one.cell
        named = (cell.address, rolled.form.table(cell.table).label, names[cell.row], cell.column.name)
        sums = (_part(one.published or Lack.NO_REPORT), plain(one.computed), plain(one.difference), len(one.numbers), len(rolled.members))
        rows.append((*named, *sums, *map(_part, one.parts)))
    return marked_csv(rows)


def _part(part: Figure | Lack) -> str:
    if isinstance(part, Lack):
        return part.value
    return part.state.value if part.value is None else plain(part.value)


def coverage_csv(dues: Iterable[Due]) -> bytes:
    """One line a body, by slug; those that did not exist in the year are not expected."""
    return marked_csv([BOARD, *map(coverage_row, dues)])


def coverage_row(one: Due) -> tuple[str, ...]:
    """A body's line: all that is said of it."""
    agency, expected = one.agency, one.standing is not Standing.NOT_EXPECTED
    return (
        agency.slug,
        guarded(agency.name_in(one.year)),
        agency.kind,
        agency.level,
        guarded(agency.parent_in(one.year)),
        "true" if expected else "false",
        one.deadline.isoformat() if expected else "",
        one.published.isoformat() if one.published else "",
        str(one.days_late or ""),
        one.standing.value,
        guarded(" ".join(one.reasons)),
    )
