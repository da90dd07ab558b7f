"""The open data as one SQLite database: the tables with their keys, and a view `figures`.

Figures are stored under the numbers of their report and their cell; the view shows them with the
columns of figures.csv. The same rows and the same SQLite always make the same bytes.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from decimal import Decimal
from operator import itemgetter
from pathlib import Path

from generator.model.dataset import (
    BOOLEAN,
    FIGURES,
    INTEGER,
    NUMBER,
    Column,
    DataTable,
    Row,
    Rows,
    Value,
)
from generator.render.table_files import file_pieces

TYPES = {INTEGER: "INTEGER", NUMBER: "NUMERIC", BOOLEAN: "INTEGER"}
VERSION = sqlite3.sqlite_version
# An unfinished database is thrown away, so that it need not survive a crash.
UNSAFE = (
    "page_size = 4096",
    "journal_mode = OFF",
    "synchronous = OFF",
    "locking_mode = EXCLUSIVE",
)
# The rows of these tables have numbers, by which figures refer to them: a number takes less room.
NUMBERED = ("reports", "dictionary")
# Columns of figures that are looked up in the rows that a figure refers to; the others are stored.
OF_REPORT = ("agency", "agency_name", "year", "form")
OF_CELL = ("address", "label", "concept")
INDEXES = (
    "CREATE INDEX figures_by_cell ON figure_values (cell_id, report_id)",
    "CREATE INDEX dictionary_by_concept ON dictionary (concept)",
    "CREATE INDEX reports_by_year ON reports (year)",
    "CREATE INDEX findings_by_report ON findings (agency, year)",
)

Numbers = Mapping[tuple[object, object], int]


def database(tables: Mapping[str, DataTable], rows: Rows, years: Sequence[int]) -> Iterator[bytes]:
    """The bytes of the database; `years` are those that have figures."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "data.sqlite"
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            for setting in UNSAFE:
                connection.execute(f"PRAGMA {setting}")
            connection.execute("BEGIN")
            for table in tables.values():
                if table.name != FIGURES:
                    _fill(connection, table, rows(table.name))
            _fill_figures(connection, tables[FIGURES], rows, years)
            for statement in (*INDEXES, _view(tables[FIGURES])):
                connection.execute(statement)
            connection.execute("COMMIT")
        yield from file_pieces(path)


def _fill(connection: sqlite3.Connection, table: DataTable, rows: Iterable[Row]) -> None:
    numbered = table.name in NUMBERED
    clauses = ["id INTEGER PRIMARY KEY"] if numbered else []
    clauses += [_declaration(column) for column in table.columns]
    if table.key:
        clauses.append(f"{'UNIQUE' if numbered else 'PRIMARY KEY'} ({_listed(table.key)})")
    for reference in table.references:
        target = f"{reference.table} ({_listed(reference.names)})"
        clauses.append(f"FOREIGN KEY ({_listed(reference.columns)}) REFERENCES {target}")
    connection.execute(f"CREATE TABLE {table.name} ({', '.join(clauses)})")
    marks = ", ".join("?" * len(table.columns))
    insert = f"INSERT INTO {table.name} ({_listed(table.names)}) VALUES ({marks})"
    connection.executemany(insert, ([_stored(value) for value in row] for row in rows))


def _stored_columns(table: DataTable) -> list[Column]:
    """The columns of figures that are stored with each figure."""
    return [column for column in table.columns if column.name not in (*OF_REPORT, *OF_CELL)]


def _fill_figures(
    connection: sqlite3.Connection, table: DataTable, rows: Rows, years: Sequence[int]
) -> None:
    stored_columns = _stored_columns(table)
    declarations = ", ".join(_typed(column) for column in stored_columns)
    connection.execute(
        "CREATE TABLE figure_values (\n"
        "  report_id INTEGER NOT NULL REFERENCES reports (id),\n"
        "  cell_id INTEGER NOT NULL REFERENCES dictionary (id),\n"
        f"  {declarations},\n"
        "  PRIMARY KEY (report_id, cell_id)\n"
        ") WITHOUT ROWID"
    )
    marks = ", ".join("?" * (2 + len(stored_columns)))
    insert = f"INSERT INTO figure_values VALUES ({marks})"
    reports = _numbers(connection, "SELECT id, agency, year FROM reports")
    cells = _numbers(connection, "SELECT id, form, address FROM dictionary")
    names = table.names
    identity = itemgetter(*map(names.index, ("agency", "year", "form", "address")))
    values = itemgetter(*(names.index(column.name) for column in stored_columns))
    for year in sorted(years):
        lines = (
            (*_place(identity(row), reports, cells), *map(_stored, values(row)))
            for row in rows(FIGURES, year)
        )
        connection.executemany(insert, lines)


def _place(identity: Sequence[object], reports: Numbers, cells: Numbers) -> tuple[int, int]:
    """The numbers of the report and of the cell of a figure."""
    agency, year, form, address = identity
    return reports[agency, year], cells[form, address]


def _view(table: DataTable) -> str:
    """The statement that makes the view with the columns of figures.csv."""
    columns = []
    for name in table.names:
        prefix = "v"
        if name in OF_REPORT:
            prefix = "r"
        elif name in OF_CELL:
            prefix = "c"
        columns.append(f"{prefix}.{name}")
    return (
        "CREATE VIEW figures AS\n"
        f"SELECT {', '.join(columns)}\n"
        "FROM figure_values v JOIN reports r ON r.id = v.report_id "
        "JOIN dictionary c ON c.id = v.cell_id"
    )


def _numbers(connection: sqlite3.Connection, query: str) -> Numbers:
    """The two columns of a key → the number of its row."""
    return {(first, second): number for number, first, second in connection.execute(query)}


def _declaration(column: Column) -> str:
    """A column as it is declared; its name may be a word of SQL."""
    return _typed(replace(column, name=f'"{column.name}"'))


def _typed(column: Column) -> str:
    """The name of a column with its type."""
    constraint = " NOT NULL" if column.required else ""
    return f"{column.name} {TYPES.get(column.type, 'TEXT')}{constraint}"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _stored(value: Value) -> str | int | float | None:
    """A value as SQLite stores it.

    A decimal is the nearest binary number, a day a text, an empty text NULL.
    """
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    return None if value == "" else value
