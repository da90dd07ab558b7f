"""The tables of a roll-up: each cell published and added up, with the way to every member's own cell.

A cell that some member lacks has a sum that is only a part: nothing is subtracted from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.derive import paths, words
from generator.derive.years.trend import shown
from generator.language.speech import Speech
from generator.model.agency import Agency
from generator.model.board import Part, SumRow, SumTable
from generator.model.figure import Figure, plain, signed
from generator.model.format import Table
from generator.model.frame import Link
from generator.model.rollup import CellSum, Lack, Rollup, row_names

# Members named under a cell: 200 cells × 500 members would be a page of many megabytes. The rest is in the file.
LISTED = 200


@dataclass(frozen=True)
class Sheet:
    """What the tables are made from: the roll-up, its year, the language, and for each cell the numbers of what is said of it."""

    rolled: Rollup
    year: int
    say: Speech
    notes: Mapping[str, Sequence[int]]

    def tables(self) -> Iterator[SumTable]:
        """The tables of the form, in its order."""
        for table in self.rolled.form.tables:
            yield from self._of(table)

    def _of(self, table: Table) -> Iterator[SumTable]:
        """One table, or for one with many rows under one column head one for each column, the total first."""
        own = [one for one in self.rolled.cells if one.cell.table == table.id]
        called = words.glossed(self.say, table.label, table.gloss)
        if not table.by_column:
            yield self._table(table.id, called, [(one, one.cell.label, _gloss(one, self.say)) for one in own], folded=False)
            return
        totals, names = self.rolled.form.totals(table.id), row_names(table)
        for column in sorted(table.blocks[0].leaf_columns, key=lambda one: one.path not in totals):
            named = [(one, names[one.cell.row], one.cell.row.gloss if self.say.foreign else "") for one in own if one.cell.column is column]
            caption = self.say("{table}：{column}", table=called, column=words.glossed(self.say, column.label, column.gloss))
            id_ = f"{table.id}-{column.path.replace('_', '-')}"
            yield self._table(id_, caption, named, folded=column.path not in totals)

    def _table(self, id_: str, caption: str, cells: Sequence[tuple[CellSum, str, str]], *, folded: bool) -> SumTable:
        """The cells with label and gloss: a row each, but for those of which there is nothing to say."""
        rows = tuple(self._row(one, label, gloss) for one, label, gloss in cells if not self._nought(one))
        nought = tuple(f"{gloss} ({label})" if gloss else label for one, label, gloss in cells if self._nought(one))
        return SumTable(id_, caption, rows, nought, folded)

    def _nought(self, one: CellSum) -> bool:
        """Whether a cell is 0 added up, and published where the government has a report, and nothing else is said of it."""
        published = one.published is None or one.published.value == 0
        return published and one.computed == 0 and one.cell.address not in self.notes and all(_quiet(part) for part in one.parts)

    def _row(self, one: CellSum, label: str, gloss: str) -> SumRow:
        say, rolled = self.say, self.rolled
        parts = [
            (member, said, "" if part is Lack.OTHER_FORM else f"#{one.cell.address}")
            for member, part in zip(rolled.members, one.parts, strict=True)
            if part is not Lack.NO_REPORT and (said := _text(part, say))
        ]
        alike = {said for _, said, _ in parts}
        if one.computed is None and len(alike) == 1:  # all of them do without the cell: that is one word, not a list
            parts = []
        counted = f"{len(one.numbers)}/{len(rolled.members)}"
        return SumRow(
            id=one.cell.address,
            label=label,
            gloss=gloss,
            published=(_text(one.published, say) or "0") if one.published else "",
            computed=plain(one.computed) or (alike.pop() if len(alike) == 1 else "—"),
            difference=_difference(one, counted, say),
            differs=one.differs,
            partial=not one.complete and not one.inapplicable,
            counted=counted,
            notes=tuple(self.notes.get(one.cell.address, ())),
            parts=tuple(self._part(member, anchor, said) for member, said, anchor in parts[:LISTED]),
            zeros=sum(value == 0 for value in one.numbers),
            beyond=max(len(parts) - LISTED, 0),
        )

    def _part(self, member: Agency, anchor: str, said: str) -> Part:
        name = words.called(member, self.say, member.name_in(self.year))
        return Part(Link(name, f"{paths.report(member.slug, self.year)}{anchor}"), said)


def _gloss(one: CellSum, say: Speech) -> str:
    glosses = [heading.gloss for heading in (one.cell.row, one.cell.column) if heading.gloss]
    return " · ".join(glosses) if say.foreign else ""


def _quiet(part: Figure | Lack) -> bool:
    """Whether nothing has to be said of a member's part of a cell that is 0: it is a number, or the page names the member as missing."""
    return part is Lack.NO_REPORT or (isinstance(part, Figure) and part.value is not None)


def _text(part: Figure | Lack, say: Speech) -> str:
    """What a member has in a cell, in words where it is no number; empty for 0, which is only counted."""
    if isinstance(part, Lack):
        return say("采用另一种格式")
    return "" if part.value == 0 else shown(say, part)


def _difference(one: CellSum, counted: str, say: Speech) -> str:
    if one.inapplicable:
        return say("不适用")
    if not one.complete:
        return say("不可比（{counted}）", counted=counted)
    return "—" if one.difference is None else signed(one.difference)
