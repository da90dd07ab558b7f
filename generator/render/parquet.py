"""The figures of a year as Parquet, for programs that read columns. The only user of pyarrow, which is an extra: `gongkai[parquet]`."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from importlib import metadata
from pathlib import Path

from generator.model.dataset import BOOLEAN, INTEGER, NUMBER, DataTable, Row, batches

LINES = 100_000
PIECE = 1 << 20


def version() -> str:
    """Whose bytes these are."""
    return metadata.version("pyarrow")


def parquet(table: DataTable, rows: Iterable[Row]) -> Iterator[bytes]:
    """A table with its columns' types, a hundred thousand rows a group. Empty texts are nulls; numbers are 64-bit floats."""
    import pyarrow
    import pyarrow.parquet

    types = {INTEGER: pyarrow.int64(), NUMBER: pyarrow.float64(), BOOLEAN: pyarrow.bool_()}
    schema = pyarrow.schema([(column.name, types.get(column.type, pyarrow.string()), not column.required) for column in table.columns])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.parquet"
        with pyarrow.parquet.ParquetWriter(path, schema, compression="zstd") as writer:
            for group in batches(rows, LINES):
                columns = [
                    pyarrow.array(_column(values), kind) for values, kind in zip(zip(*group, strict=True), schema.types, strict=True)
                ]
                writer.write_table(pyarrow.Table.from_arrays(columns, schema=schema))
        with path.open("rb") as stream:
            while piece := stream.read(PIECE):
                yield piece


def _column(values: Sequence[object]) -> list[object]:
    return [float(value) if isinstance(value, Decimal) else None if value == "" else value for value in values]
