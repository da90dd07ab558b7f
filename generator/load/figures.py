"""The table part of a report.yaml to figures: rows in any spelling, three ways to write a row, totals filled in when left out."""

from __future__ import annotations

from collections.abc import Mapping

from generator.language.glosses import glossed, glossed_cell
from generator.language.identity import computed, instances
from generator.load.reading import Entry, Reading
from generator.load.rows import Rows, Written
from generator.model.figure import Figure, State
from generator.model.finding import Location, Text, counted
from generator.model.format import Block, Format, Table
from generator.model.report import Extra

MISSING = Figure(State.BLANK, mistaken=True)


def read_figures(
    form: Format, entries: Mapping[str, Entry], at: Location, reading: Reading
) -> tuple[Mapping[str, Figure], tuple[Extra, ...]]:
    """Every cell of the form in print order, and the rows beyond it. `entries` holds the node of each table by id; what is missing is
    said and left blank."""
    written: Written = {}
    extras: list[Extra] = []
    for table in form.tables:
        if table.id not in entries:
            reading.note("S-04", at, f"缺少“{table.short}”表", f"the table “{glossed(table)}” is missing")
            continue
        rows = Rows(form, table, reading, written)
        rows.read(entries[table.id][1])
        extras += rows.extras
    _fill_totals(form, written)
    for table in form.tables:
        if table.id in entries:
            _missing(form, table, written, entries[table.id][0].at, reading)
    return {address: written.get(address, MISSING) for address in form.cells}, tuple(extras)


def _fill_totals(form: Format, written: Written) -> None:
    """Put in the totals that a report leaves out and its other figures decide; they are marked as computed."""
    for instance in instances(form):
        if not instance.identity.computes or instance.left[0].address in written:
            continue
        if all(place.address in written for place in instance.right):
            figure = computed(instance, written)
            if figure is not None:
                written[instance.left[0].address] = figure


def _missing(form: Format, table: Table, written: Written, at: Location, reading: Reading) -> None:
    """One finding for the rows and one for the single cells that a table lacks."""

    def gaps(block: Block) -> tuple[list[Text], list[Text]]:
        rows, cells = [], []
        for row in block.leaf_rows:
            addresses = [f"{table.id}.{row.path}.{column.path}" for column in block.leaf_columns]
            lacking = [form.cells[address] for address in addresses if address not in written]
            if len(lacking) == len(block.leaf_columns):
                rows.append(Text(row.name, glossed(row)))
            else:
                cells += [Text(cell.label, glossed_cell(cell)) for cell in lacking]
        return rows, cells

    found = [gaps(block) for block in table.blocks]
    for names, zh, en in (
        ([name for rows, _ in found for name in rows], "行", "row"),
        ([name for _, cells in found for name in cells], "格", "cell"),
    ):
        if names:
            listed, listed_en = "、".join(name.zh for name in names), ", ".join(name.en for name in names)
            reading.note(
                "S-05", at,
                f"“{table.short}”表缺少 {len(names)} {zh}：{listed}", f"“{glossed(table)}” lacks {counted(len(names), en)}: {listed_en}",
                advice=Text("补上；确实没有发生的才写 0", "add it; 0 only where nothing happened"),
            )  # fmt: skip
