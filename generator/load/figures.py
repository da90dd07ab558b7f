"""The table part of a report.yaml to figures.

Rows may be named in any spelling and written in three ways; totals that are left out are filled in.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.language.glosses import glossed, glossed_cell
from generator.language.identity import computed, instances
from generator.load.reading import Entry, Reading
from generator.load.rows import Rows, Written
from generator.model.figure import Figure, State
from generator.model.finding import Location, Text, counted
from generator.model.format import Format, Table
from generator.model.report import Extra

MISSING = Figure(State.BLANK, mistaken=True)


def read_figures(
    form: Format, entries: Mapping[str, Entry], at: Location, reading: Reading
) -> tuple[Mapping[str, Figure], tuple[Extra, ...]]:
    """Every cell of the form in print order, and the rows beyond it.

    `entries` holds the node of each table by id; what is missing is said and left blank.
    """
    figures: Written = {}
    extras: list[Extra] = []
    for table in form.tables:
        if table.id not in entries:
            reading.note(
                "S-04", at, f"缺少“{table.short}”表", f"the table “{glossed(table)}” is missing"
            )
            continue
        rows = Rows(form, table, reading, figures)
        rows.read(entries[table.id][1])
        extras += rows.extras
    _fill_totals(form, figures)
    for table in form.tables:
        if table.id in entries:
            _missing(form, table, figures, entries[table.id][0].at, reading)
    return {address: figures.get(address, MISSING) for address in form.cells}, tuple(extras)


def _fill_totals(form: Format, figures: Written) -> None:
    """Add the totals that a report leaves out and that follow from its other figures.

    They are marked as computed.
    """
    for instance in instances(form):
        total = instance.left[0].address
        if not instance.identity.computes or total in figures:
            continue
        if all(place.address in figures for place in instance.right):
            figure = computed(instance, figures)
            if figure is not None:
                figures[total] = figure


def _missing(form: Format, table: Table, figures: Written, at: Location, reading: Reading) -> None:
    """One finding for the rows and one for the single cells that a table lacks."""

    rows = []
    cells = []
    for block in table.blocks:
        for row in block.leaf_rows:
            addresses = [f"{table.id}.{row.path}.{column.path}" for column in block.leaf_columns]
            lacking = [form.cells[address] for address in addresses if address not in figures]
            if len(lacking) == len(block.leaf_columns):
                rows.append(Text(row.name, glossed(row)))
            else:
                cells += [Text(cell.label, glossed_cell(cell)) for cell in lacking]
    for names, zh, en in ((rows, "行", "row"), (cells, "格", "cell")):
        if names:
            listed = "、".join(name.zh for name in names)
            listed_en = ", ".join(name.en for name in names)
            number = counted(len(names), en)
            reading.note(
                "S-05",
                at,
                f"“{table.short}”表缺少 {len(names)} {zh}：{listed}",
                f"“{glossed(table)}” lacks {number}: {listed_en}",
                advice=Text("补上；确实没有发生的才写 0", "add it; 0 only where nothing happened"),
            )
