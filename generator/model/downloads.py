"""The files that a report offers beside its page, and the media types of all downloads.

A new format is a member of `ReportFile`; mypy then names what it lacks: a sentence in
derive/report_files.py and a maker in plan/reports.py.
"""

from __future__ import annotations

from enum import StrEnum

# By the ending of a file.
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "csv": "text/csv",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "gz": "application/gzip",
    "sqlite": "application/vnd.sqlite3",
    "parquet": "application/vnd.apache.parquet",
}


class ReportFile(StrEnum):
    """A file of a report, by its name in the folder of the report; in the order they are listed."""

    PDF = "report.pdf"
    WORKBOOK = "tables.xlsx"
    CSV = "tables.csv"
    JSON = "tables.json"

    @property
    def ending(self) -> str:
        """The ending of its name, without a dot."""
        return self.value.rpartition(".")[2]

    @property
    def label(self) -> str:
        """What lists of files call it."""
        return self.ending.upper()


# An earlier version of a corrected report has these: the others show the report in force.
OF_VERSIONS = (ReportFile.CSV, ReportFile.JSON)
