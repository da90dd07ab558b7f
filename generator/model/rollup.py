"""A government's consolidated figures beside those of its members, by cell (domain facts 7).

Only what adds up over bodies is added up, and only what stands in the same cell of the same form.
No published figure is replaced by a sum.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from generator.model.agency import Agency
from generator.model.figure import Figure, Number, State, plain, size
from generator.model.format import Cell, Format, Heading, Table
from generator.model.report import Report
from generator.model.site import Site


class Lack(StrEnum):
    """Why a member has no figure for a cell at all."""

    NO_REPORT = "no_report"
    OTHER_FORM = "other_form"


@dataclass(frozen=True)
class CellSum:
    """One cell: the published consolidated figure, and what each member has there.

    `published` is None without a report; `parts` are in the members' order.
    """

    cell: Cell
    published: Figure | None
    parts: tuple[Figure | Lack, ...]

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """The members' figures that are numbers: n of the coverage “n of m”."""
        figures = (part for part in self.parts if isinstance(part, Figure))
        return tuple(figure.value for figure in figures if figure.value is not None)

    @property
    def computed(self) -> Number | None:
        """The sum of the numbers; None where there is none."""
        return sum(self.numbers, start=0) if self.numbers else None

    @property
    def inapplicable(self) -> bool:
        """Whether the cell applies to nobody.

        Every member that has a report wrote so, and the government too if it has one: there is
        nothing to add up, and nothing that lacks.
        """
        figures = [
            figure
            for figure in (self.published, *self.parts)
            if figure is not None and figure is not Lack.NO_REPORT
        ]
        return bool(figures) and all(
            isinstance(figure, Figure) and figure.state is State.NOT_APPLICABLE
            for figure in figures
        )

    @property
    def complete(self) -> bool:
        """Whether no member lacks the cell, so that the sum is more than a part."""
        return not any(map(lacks, self.parts))

    @property
    def difference(self) -> Number | None:
        """The published figure less the sum.

        None where there is none, or a member lacks the cell. What does not apply adds nothing.
        """
        published = self.published.value if self.published else None
        if published is None or not self.complete:
            return None
        return (published - (self.computed or 0)) or 0

    @property
    def differs(self) -> bool:
        """Whether the two differ by more than rounding makes of sums."""
        return self.difference is not None and size(self.difference) > _rounding(self.numbers)

    @property
    def falls_short(self) -> bool:
        """Whether the published figure is less than the sum of what members have, by more than
        rounding makes of sums; whatever others may add.
        """
        published = self.published.value if self.published else None
        if published is None or any(number < 0 for number in self.numbers):
            return False
        return (self.computed or 0) - published > _rounding(self.numbers)


@dataclass(frozen=True)
class Rollup:
    """A government in a year: its form, its own report, its members and their reports.

    `report` is None where there is none; the reports are in the order of the members.
    """

    form: Format
    report: Report | None
    members: tuple[Agency, ...]
    reports: tuple[Report | None, ...]
    cells: tuple[CellSum, ...]

    @property
    def missing(self) -> tuple[Agency, ...]:
        """The members without a report."""
        return tuple(
            member
            for member, report in zip(self.members, self.reports, strict=True)
            if report is None
        )


def rollup(site: Site, slug: str, year: int) -> Rollup:
    """The sums of the members of a government in a year, for every additive cell of its form.

    Without its own report the form is that of the year. Raises LookupError for a government without
    members, or for a year in which nobody has a report: that is a bug of the caller.
    """
    members = site.members[slug, year]
    report = site.reports.get((slug, year))
    reports = tuple(site.reports.get((member.slug, year)) for member in members)
    own_form = report.format if report else site.law.format_for(year)
    form = own_form or next(member_report.format for member_report in reports if member_report)
    cells = []
    for address, cell in form.cells.items():
        concept = site.law.concept(cell.concept)
        if concept is not None and concept.additive:
            published = report.figures[address] if report else None
            addends = tuple(_part(member_report, form, address) for member_report in reports)
            cells.append(CellSum(cell, published, addends))
    return Rollup(form, report, members, reports, tuple(cells))


def _part(report: Report | None, form: Format, address: str) -> Figure | Lack:
    if report is None:
        return Lack.NO_REPORT
    if report.format.id != form.id:
        return Lack.OTHER_FORM
    return report.figures.get(address) or _sum_of_parts(report, form.cells[address])


def _sum_of_parts(report: Report, cell: Cell) -> Figure:
    """What a member that prints all rows of a group has in the cell that others print for it."""
    addresses = [f"{cell.table}.{part.path}.{cell.column.path}" for part in cell.row.split_rows]
    figures = [report.figures[address] for address in addresses]
    lacking = next((figure for figure in figures if lacks(figure)), None)
    value: Number = sum((figure.value or 0 for figure in figures), start=0)
    return lacking or Figure(State.NUMBER, value, plain(value), computed=True)


def row_names(table: Table) -> Mapping[Heading, str]:
    """What the rows of a table are called where they stand alone.

    The group that the form puts them in comes first: `不予公开·国家秘密`.
    """
    return {
        leaf: f"{row.name}·{leaf.name}" if row.path and row is not leaf else leaf.name
        for block in table.blocks
        for top in block.rows
        for row in (top.children or (top,))
        for leaf in (*row.leaves(), *row.split_rows)
    }


def lacks(figure: Figure | Lack) -> bool:
    """Whether it is unknown what a member adds to a cell.

    No report, another form, a cell that is blank or cannot be read. One that does not apply adds
    nothing.
    """
    if isinstance(figure, Lack):
        return True
    return figure.mistaken or figure.state is State.BLANK or figure.state.unknown


def _rounding(values: Sequence[Number]) -> Number:
    """How far a sum of rounded numbers may be off; 0 for whole numbers.

    Each of them, and the sum, by half of the last digit.
    """
    finest = max(values, key=lambda value: len(plain(value).partition(".")[2]), default=0)
    digits = len(plain(finest).partition(".")[2])
    return Decimal(len(values) + 1) / 2 / 10**digits if digits else 0
