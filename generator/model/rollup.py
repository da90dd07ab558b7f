"""A government's consolidated figures beside those of its members, cell by cell (domain facts 7).

Only what adds up over bodies is added up, and only what stands in the same cell of the same form. Nothing here replaces a published figure.
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
    """One cell: the published consolidated figure (None without a report), and what each member has there, in the members' order."""

    cell: Cell
    published: Figure | None
    parts: tuple[Figure | Lack, ...]

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """The members' figures that are numbers: n of the coverage “n of m”."""
        return tuple(part.value for part in self.parts if isinstance(part, Figure) and part.value is not None)

    @property
    def computed(self) -> Number | None:
        """The sum of the numbers; None where there is none."""
        return sum(self.numbers, start=0) if self.numbers else None

    @property
    def inapplicable(self) -> bool:
        """Whether every member that has a report wrote that the cell does not apply to it, and so did the government if it has one:
        there is nothing to add up, and nothing that lacks."""
        held = [part for part in (self.published, *self.parts) if part is not None and part is not Lack.NO_REPORT]
        return bool(held) and all(isinstance(part, Figure) and part.state is State.NOT_APPLICABLE for part in held)

    @property
    def complete(self) -> bool:
        """Whether no member lacks the cell, so that the sum is more than a part."""
        return not any(lacks(part) for part in self.parts)

    @property
    def difference(self) -> Number | None:
        """The published figure less the sum; None where there is none, or a member lacks the cell. What does not apply adds nothing."""
        published = self.published.value if self.published else None
        return None if published is None or not self.complete else (published - (self.computed or 0)) or 0

    @property
    def differs(self) -> bool:
        """Whether the two differ by more than rounding makes of sums."""
        return self.difference is not None and size(self.difference) > _rounding(self.numbers)


@dataclass(frozen=True)
class Rollup:
    """A government in a year: its form, its own report where there is one, its members and their reports in the same order."""

    form: Format
    report: Report | None
    members: tuple[Agency, ...]
    reports: tuple[Report | None, ...]
    cells: tuple[CellSum, ...]

    @property
    def missing(self) -> tuple[Agency, ...]:
        """The members without a report."""
        return tuple(member for member, report in zip(self.members, self.reports, strict=True) if report is None)


def rollup(site: Site, slug: str, year: int) -> Rollup:
    """What the members of a government in a year add up to, for every additive cell of its form. Without its own report that is the
    form of the year. To ask it of a government without members, or of a year in which nobody has a report, is a bug: LookupError.
    """
    held, report = site.members[slug, year], site.reports.get((slug, year))
    reports = tuple(site.reports.get((member.slug, year)) for member in held)
    forms = [report.format if report else site.law.format_for(year), *(one.format for one in reports if one)]
    form = next(one for one in forms if one)
    cells = []
    for address, cell in form.cells.items():
        concept = site.law.concept(cell.concept)
        if concept is not None and concept.additive:
            published = report.figures[address] if report else None
            cells.append(CellSum(cell, published, tuple(_part(one, form, address) for one in reports)))
    return Rollup(form, report, held, reports, tuple(cells))


def _part(report: Report | None, form: Format, address: str) -> Figure | Lack:
    if report is None:
        return Lack.NO_REPORT
    return report.figures[address] if report.format is form else Lack.OTHER_FORM


def row_names(table: Table) -> Mapping[Heading, str]:
    """What the rows of a table are called where they stand alone, behind the group that the form puts them in: `不予公开·国家秘密`."""
    return {
        leaf: f"{row.name}·{leaf.name}" if row.path and row is not leaf else leaf.name
        for block in table.blocks
        for top in block.rows
        for row in (top.children or (top,))
        for leaf in row.leaves()
    }


def lacks(part: Figure | Lack) -> bool:
    """Whether nobody can tell what a member adds to a cell: no report, another form, a cell that is blank or cannot be read. One that does
    not apply adds nothing."""
    return isinstance(part, Lack) or part.mistaken or part.state in (State.BLANK, State.UNREADABLE)


def _rounding(values: Sequence[Number]) -> Number:
    """How far a sum of rounded numbers may be off: each of them, and the sum, by half of the last digit; nothing for whole numbers."""
    finest = max(values, key=lambda value: len(plain(value).partition(".")[2]), default=0)
    digits = len(plain(finest).partition(".")[2])
    return Decimal(len(values) + 1) / 2 / 10**digits if digits else 0
