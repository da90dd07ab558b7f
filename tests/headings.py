"""Which headings every figure must reach: by the form alone, by the printed tables, and in a PDF."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.derive.tables import grid
from generator.model.format import Heading, Table
from generator.model.report import Report
from generator.model.table import Grid, Kind


def chains(heading: Heading, above: tuple[str, ...] = ()) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(path, labels from the top down) of every leaf below a heading."""
    labels = (*above, heading.label)
    if heading.children:
        for child in heading.children:
            yield from chains(child, labels)
    else:
        yield heading.path, labels


def headings(table: Table) -> dict[str, set[str]]:
    """Address → every label that a reader must hear before the figure; from the form alone, not from the layout."""
    found = {}
    for block in table.blocks:
        for row, row_labels in (pair for heading in block.rows for pair in chains(heading)):
            for column, column_labels in (
                pair for heading in block.columns for pair in chains(heading)
            ):
                title = {block.title} if block.title else set()
                found[f"{table.id}.{row}.{column}"] = {*row_labels, *column_labels, *title}
    return found


def wanted(tables: list[Grid]) -> Mapping[str, list[str]]:
    """Address of a figure → the texts of the headings that its cell on the page leads to."""
    found: dict[str, list[str]] = {}
    for table in tables:
        heads = {
            cell.id: cell.text.replace(" ", "") for cell in table.cells if cell.kind is Kind.HEAD
        }
        found |= {
            cell.address: [heads[name] for name in cell.headers]
            for cell in table.cells
            if cell.kind is Kind.DATA
        }
    return found


def grids(report: Report) -> list[Grid]:
    return [grid(report.format, table, report.figures) for table in report.format.tables]
