"""The tables of a roll-up: each cell published and added up, with the way to each member's cell.

Where some member lacks a cell, the sum is incomplete: nothing is subtracted from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.derive import paths, words
from generator.derive.states import shown
from generator.language import amounts
from generator.language.speech import Speech
from generator.model.agency import Agency
from generator.model.board import MemberFigure, SumRow, SumTable
from generator.model.figure import Figure
from generator.model.format import Heading, Table
from generator.model.frame import Link
from generator.model.rollup import CellSum, Lack, Rollup, row_names

# So many members are named under a cell: 200 cells × 500 members would be a page of many megabytes.
# The file names them all.
LISTED = 200


@dataclass(frozen=True)
class _LabelledCell:
    """A cell with the label and the gloss of its row."""

    cell_sum: CellSum
    label: str
    gloss: str


@dataclass(frozen=True)
class Sheet:
    """The source of the tables: a roll-up, its year and the language.

    `notes` has, by the address of a cell, the numbers of the notes that concern it.
    """

    sums: Rollup
    year: int
    say: Speech
    notes: Mapping[str, Sequence[int]]

    def tables(self) -> Iterator[SumTable]:
        """The tables of the form, in its order.

        One that has many rows under one column head comes as a table for each column.
        """
        for table in self.sums.form.tables:
            if table.by_column:
                yield from self._columns(table)
            else:
                yield self._table(table)

    def _cells(self, table: Table) -> list[CellSum]:
        return [cell_sum for cell_sum in self.sums.cells if cell_sum.cell.table == table.id]

    def _table(self, table: Table) -> SumTable:
        """A statutory table as one table."""
        cells = [
            _LabelledCell(cell_sum, cell_sum.cell.label, _gloss(cell_sum, self.say))
            for cell_sum in self._cells(table)
        ]
        return self._sum_table(table.id, self._caption(table), cells, folded=False)

    def _columns(self, table: Table) -> Iterator[SumTable]:
        """A statutory table as a table for each column, the total first."""
        totals = self.sums.form.totals(table.id)
        names = row_names(table)
        columns = table.blocks[0].leaf_columns
        for column in sorted(columns, key=lambda column: column.path not in totals):
            cells = []
            for cell_sum in self._cells(table):
                row = cell_sum.cell.row
                if cell_sum.cell.column is column:
                    gloss = row.gloss.say(self.say.language)
                    cells.append(_LabelledCell(cell_sum, names[row], gloss))
            captions = {"table": self._caption(table), "column": self._caption(column)}
            caption = self.say("{table}：{column}", **captions)
            identifier = f"{table.id}-{column.path.replace('_', '-')}"
            folded = column.path not in totals
            yield self._sum_table(identifier, caption, cells, folded=folded)

    def _caption(self, heading: Table | Heading) -> str:
        return words.glossed(self.say, heading.label, heading.gloss)

    def _sum_table(
        self, identifier: str, caption: str, cells: Sequence[_LabelledCell], *, folded: bool
    ) -> SumTable:
        """A row for each cell; those that are plainly 0 are only named below."""
        rows = []
        zeros = []
        for cell in cells:
            if self._is_zero(cell.cell_sum):
                zeros.append(f"{cell.gloss} ({cell.label})" if cell.gloss else cell.label)
            else:
                rows.append(self._row(cell))
        return SumTable(identifier, caption, tuple(rows), tuple(zeros), folded)

    def _is_zero(self, cell_sum: CellSum) -> bool:
        """Whether a cell is 0 added up, without anything else to be told of it.

        It is also 0 as published, where the government has a report.
        """
        if cell_sum.published is not None and cell_sum.published.value != 0:
            return False
        if cell_sum.computed != 0 or cell_sum.cell.address in self.notes:
            return False
        return all(_is_unremarkable(figure) for figure in cell_sum.parts)

    def _row(self, cell: _LabelledCell) -> SumRow:
        cell_sum = cell.cell_sum
        address = cell_sum.cell.address
        count = f"{len(cell_sum.numbers)}/{len(self.sums.members)}"
        entries = list(self._entries(cell_sum))
        texts = {text for _, _, text in entries}
        reason = ""
        if cell_sum.computed is None and len(texts) == 1:
            reason = texts.pop()  # It is the same for all members: one word instead of a list.
            entries = []
        published = ""
        if cell_sum.published:
            published = _text(cell_sum.published, self.say) or "0"
        return SumRow(
            id=address,
            label=cell.label,
            gloss=cell.gloss,
            published=published,
            computed=amounts.figure(cell_sum.computed) or reason or "—",
            difference=_difference(cell_sum, count, self.say),
            differs=cell_sum.differs,
            partial=not cell_sum.complete and not cell_sum.inapplicable,
            counted=count,
            notes=tuple(self.notes.get(address, ())),
            parts=tuple(self._part(*entry) for entry in entries[:LISTED]),
            zeros=cell_sum.numbers.count(0),
            beyond=max(len(entries) - LISTED, 0),
        )

    def _entries(self, cell_sum: CellSum) -> Iterator[tuple[Agency, str, str]]:
        """What members have in a cell, where it is not 0: member, anchor of the cell, text."""
        for member, figure in zip(self.sums.members, cell_sum.parts, strict=True):
            if figure is Lack.NO_REPORT:
                continue
            text = _text(figure, self.say)
            if text:
                anchor = "" if figure is Lack.OTHER_FORM else f"#{cell_sum.cell.address}"
                yield member, anchor, text

    def _part(self, member: Agency, anchor: str, text: str) -> MemberFigure:
        name = words.called(member, self.say, member.name_in(self.year))
        return MemberFigure(Link(name, f"{paths.report(member.slug, self.year)}{anchor}"), text)


def _gloss(cell_sum: CellSum, say: Speech) -> str:
    headings = (cell_sum.cell.row, cell_sum.cell.column)
    return " · ".join(filter(None, (heading.gloss.say(say.language) for heading in headings)))


def _is_unremarkable(figure: Figure | Lack) -> bool:
    """Whether what a member has in a cell that adds up to 0 needs no remark.

    It is a number, or the member has no report and the page names it as missing.
    """
    if isinstance(figure, Lack):
        return figure is Lack.NO_REPORT
    return figure.value is not None


def _text(figure: Figure | Lack, say: Speech) -> str:
    """What a member has in a cell: a number, or in words why none; empty for 0."""
    if isinstance(figure, Lack):
        return say("采用另一种格式")
    return "" if figure.value == 0 else shown(say, figure)


def _difference(cell_sum: CellSum, count: str, say: Speech) -> str:
    if cell_sum.inapplicable:
        return say("不适用")
    if not cell_sum.complete:
        return say("不可比（{counted}）", counted=count)
    return "—" if cell_sum.difference is None else amounts.signed(cell_sum.difference)
