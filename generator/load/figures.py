"""The table part of a report.yaml to figures.

Rows may be named in any spelling and written in three ways; totals that are left out are filled in.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence, Set

from generator.language.glosses import cell_text, heading_name, quoted
from generator.language.identity import computed, instances
from generator.language.sentence import listed, plural, sentence
from generator.load.reading import Entry, Reading
from generator.load.rows import Rows, Written
from generator.model.figure import Figure, State
from generator.model.finding import Location, Text
from generator.model.format import Format, Heading, Table
from generator.model.report import Extra

# How many missing rows or cells are named; the others are counted.
NAMED = 12
# A total that was left out, and has a part that could not be read: that part is reported.
UNKNOWN = Figure(State.UNREADABLE, mistaken=True)
MISSING = Figure(State.BLANK, mistaken=True)


def read_figures(
    form: Format,
    entries: Mapping[str, Entry],
    misspelt: Collection[str],
    at: Location,
    reading: Reading,
) -> tuple[Format, Mapping[str, Figure], tuple[Extra, ...]]:
    """The form as the report fills it in, all its cells in print order, and the rows beyond it.

    `entries` holds the node of each table by id; what is missing is said and left blank, unless it
    is known to be `misspelt`.
    """
    figures: Written = {}
    extras: list[Extra] = []
    meant: set[str] = set()
    groups: list[tuple[Heading, Location]] = []
    for table in form.tables:
        if table.id not in entries:
            if table.id not in misspelt:
                message = sentence("缺少“{table}”表", table=heading_name(table))
                reading.note("S-04", at, message)
            continue
        rows = Rows(form, table, reading, figures)
        rows.read(entries[table.id][1])
        extras += rows.extras
        meant |= rows.meant
        form = rows.form
        groups += rows.one_rows
    _say_one_rows(groups, reading)
    _fill_totals(form, figures, meant)
    for table in form.tables:
        if table.id in entries:
            _missing(form, table, {*figures, *meant}, entries[table.id][0].at, reading)
    figures |= dict.fromkeys(form.not_printed, Figure(State.NOT_PRINTED))
    by_address = {address: figures.get(address, MISSING) for address in form.cells}
    return form, by_address, tuple(extras)


def _say_one_rows(groups: Sequence[tuple[Heading, Location]], reading: Reading) -> None:
    """S-17: groups that the report prints as one row each; one finding for all."""
    if not groups:
        return
    count = sum(len(group.split_rows) for group, _ in groups)
    message = plural(
        "{names}写成一行，格式里分 {count} 行：照样印成一行，各分项记为未分列，合计用这一行",
        count,
        names=listed(quoted(group) for group, _ in groups),
    )
    reading.note("S-17", groups[0][1], message)


def _fill_totals(form: Format, figures: Written, meant: Set[str]) -> None:
    """Add the totals that a report leaves out and that follow from its other figures.

    They are marked as computed. A total with a part that a misspelt name is `meant` for is unknown.
    """
    computing = [instance for instance in instances(form) if instance.identity.computes]
    for instance in computing:
        total = instance.left[0].address
        if total not in figures and all(place.address in figures for place in instance.right):
            figure = computed(instance, figures)
            if figure is not None:
                figures[total] = figure
    for instance in computing:  # what no other sum decides either
        total = instance.left[0].address
        if total in figures:
            continue
        lacking = {place.address for place in instance.right if place.address not in figures}
        mistaken = any(
            figures[place.address].mistaken for place in instance.right if place.address in figures
        )
        if (lacking and meant >= lacking) or (not lacking and mistaken):
            figures[total] = UNKNOWN


def _missing(
    form: Format, table: Table, present: Collection[str], at: Location, reading: Reading
) -> None:
    """One finding for the rows and one for the single cells that a table lacks.

    `present` are the addresses of cells, and the paths of rows, that are there or reported already.
    """
    rows = []
    cells: list[Text] = []
    for block in table.blocks:
        for row in block.leaf_rows:
            addresses = [f"{table.id}.{row.path}.{column.path}" for column in block.leaf_columns]
            lacking = [form.cells[address] for address in addresses if address not in present]
            if row.path in present:
                continue
            if len(lacking) == len(block.leaf_columns):
                rows.append(heading_name(row))
            else:
                cells += map(cell_text, lacking)
    name = heading_name(table)
    advice = sentence("补上；确实没有发生的才写 0")
    if rows:
        names = _some(rows)
        message = plural("“{table}”表缺少 {count} 行：{names}", len(rows), table=name, names=names)
        reading.note("S-05", at, message, advice=advice)
    if cells:
        names = _some(cells)
        message = plural("“{table}”表缺少 {count} 格：{names}", len(cells), table=name, names=names)
        reading.note("S-05", at, message, advice=advice)


def _some(names: Sequence[Text]) -> Text:
    """The first of several names."""
    listing = listed(names[:NAMED])
    return sentence("{names}等", names=listing) if len(names) > NAMED else listing
