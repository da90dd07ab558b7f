"""The open data as one SQLite database: the tables with their keys, the figures under the numbers of their report and their cell, and a
view `figures` with the columns of figures.csv. The same bytes for the same rows and the same SQLite."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

from generator.model.dataset import BOOLEAN, FIGURES, INTEGER, NUMBER, Column, DataTable, Row, Rows, Value

TYPES = {INTEGER: "INTEGER", NUMBER: "NUMERIC", BOOLEAN: "INTEGER"}
PIECE = 1 << 20
VERSION = sqlite3.sqlite_version
# The database is thrown away where its making breaks off, so nothing need be kept safe on the way.
UNSAFE = ("page_size = 4096", "journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE")
# These two are named by the figures, and a number takes less room than their keys.
NUMBERED = ("reports", "dictionary")
STORED = """CREATE TABLE figure_values (
  report_id INTEGER NOT NULL REFERENCES reports (id),
  cell_id INTEGER NOT NULL REFERENCES dictionary (id),
  value NUMERIC, unit TEXT, state TEXT NOT NULL, raw TEXT, computed INTEGER NOT NULL,
  PRIMARY KEY (report_id, cell_id)
) WITHOUT ROWID"""
VIEW = """CREATE VIEW figures AS
SELECT r.agency, r.agency_name, r.year, r.form, c.address, c.label, c.concept, v.value, v.unit, v.state, v.raw, v.computed
FROM figure_values v JOIN reports r ON r.id = v.report_id JOIN dictionary c ON c.id = v.cell_id"""
INDEXES = (
    "CREATE INDEX figures_by_cell ON figure_values (cell_id, report_id)",
    "CREATE INDEX dictionary_by_concept ON dictionary (concept)",
    "CREATE INDEX reports_by_year ON reports (year)",
    "CREATE INDEX findings_by_report ON findings (agency, year)",
)


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
            connection.execute(STORED)
            _figures(connection, tables[FIGURES].names, rows, years)
            for statement in (*INDEXES, VIEW):
                connection.execute(statement)
            connection.execute("COMMIT")
        with path.open("rb") as stream:
            while piece := stream.read(PIECE):
                yield piece


def _fill(connection: sqlite3.Connection, table: DataTable, rows: Iterable[Row]) -> None:
    numbered = table.name in NUMBERED
    parts = ["id INTEGER PRIMARY KEY"] if numbered else []
    parts += [_declared(column) for column in table.columns]
    if table.key:
        parts.append(f"{'UNIQUE' if numbered else 'PRIMARY KEY'} ({_listed(table.key)})")
    parts += [f"FOREIGN KEY ({_listed(one.columns)}) REFERENCES {one.table} ({_listed(one.names)})" for one in table.references]
    connection.execute(f"CREATE TABLE {table.name} ({', '.join(parts)})")
    places = ", ".join("?" * len(table.columns))
    insert = f"INSERT INTO {table.name} ({_listed(table.names)}) VALUES ({places})"
    connection.executemany(insert, ([_stored(value) for value in row] for row in rows))


def _figures(connection: sqlite3.Connection, names: Sequence[str], rows: Rows, years: Sequence[int]) -> None:
    reports = {(agency, year): number for number, agency, year in connection.execute("SELECT id, agency, year FROM reports")}
    cells = {(form, address): number for number, form, address in connection.execute("SELECT id, form, address FROM dictionary")}
    agency, year, form, address, value, unit, state, raw, computed = (
        names.index(name) for name in ("agency", "year", "form", "address", "value", "unit", "state", "raw", "computed")
    )
    for number in sorted(years):
        lines = (
            (
                reports[row[agency], row[year]], cells[row[form], row[address]],
                _stored(row[value]), row[unit] or None, row[state], row[raw] or None, row[computed],
            )
            for row in rows(FIGURES, number)
        )  # fmt: skip
        connection.executemany("INSERT INTO figure_values VALUES (?, ?, ?, ?, ?, ?, ?)", lines)


def _declared(column: Column) -> str:
    return f'"{column.name}" {TYPES.get(column.type, "TEXT")}{" NOT NULL" if column.required else ""}'


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _stored(value: Value) -> str | int | float | None:
    """A value as SQLite keeps it: a decimal as the nearest binary number, a day as text, an empty text as nothing."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    return None if value == "" else value
