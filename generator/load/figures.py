"""The table part of a report.yaml to figures.

Rows may be named in any spelling and written in three ways; totals that are left out are filled in.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.language.glosses import cell_text, heading_name
from generator.language.identity import computed, instances
from generator.language.sentence import listed, plural, sentence
from generator.load.reading import Entry, Reading
from generator.load.rows import Rows, Written
from generator.model.figure import Figure, State
from generator.model.finding import Location, Text
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
            message = sentence("缺少“{table}”表", table=heading_name(table))
            reading.note("S-04", at, message)
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
    cells: list[Text] = []
    for block in table.blocks:
        for row in block.leaf_rows:
            addresses = [f"{table.id}.{row.path}.{column.path}" for column in block.leaf_columns]
            lacking = [form.cells[address] for address in addresses if address not in figures]
            if len(lacking) == len(block.leaf_columns):
                rows.append(heading_name(row))
            else:
                cells += map(cell_text, lacking)
    name = heading_name(table)
    advice = sentence("补上；确实没有发生的才写 0")
    if rows:
        names = listed(rows)
        message = plural("“{table}”表缺少 {count} 行：{names}", len(rows), table=name, names=names)
        reading.note("S-05", at, message, advice=advice)
    if cells:
        names = listed(cells)
        message = plural("“{table}”表缺少 {count} 格：{names}", len(cells), table=name, names=names)
        reading.note("S-05", at, message, advice=advice)
