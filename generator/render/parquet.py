"""The figures of a year as Parquet, for programs that read columns.

The only user of pyarrow, which is an extra: `gongkai[parquet]`.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from decimal import Decimal
from importlib import metadata
from pathlib import Path

from generator.model.dataset import BOOLEAN, INTEGER, NUMBER, DataTable, Row, Value, batches
from generator.render.table_files import file_pieces

GROUP = 100_000


def version() -> str:
    """The version of pyarrow, on which the bytes depend."""
    return metadata.version("pyarrow")


def parquet(table: DataTable, rows: Iterable[Row]) -> Iterator[bytes]:
    """A table with its columns' types, a hundred thousand rows a group.

    Empty texts are nulls; numbers are 64-bit floats.
    """
    import pyarrow
    import pyarrow.parquet

    types = {INTEGER: pyarrow.int64(), NUMBER: pyarrow.float64(), BOOLEAN: pyarrow.bool_()}
    fields = []
    for column in table.columns:
        kind = types.get(column.type, pyarrow.string())
        fields.append((column.name, kind, not column.required))
    schema = pyarrow.schema(fields)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.parquet"
        with pyarrow.parquet.ParquetWriter(path, schema, compression="zstd") as writer:
            for group in batches(rows, GROUP):
                columns = zip(*group, strict=True)
                arrays = [
                    pyarrow.array([_value(value) for value in column], kind)
                    for column, kind in zip(columns, schema.types, strict=True)
                ]
                writer.write_table(pyarrow.Table.from_arrays(arrays, schema=schema))
        yield from file_pieces(path)


def _value(value: Value) -> object:
    """A value as pyarrow takes it."""
    if isinstance(value, Decimal):
        return float(value)
    return None if value == "" else value
