"""A report as data: its tables as CSV and JSON, what was found about it as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal

from generator.language.numerals import stands
from generator.model.agency import Agency
from generator.model.figure import Figure, Number, plain
from generator.model.finding import Finding
from generator.model.format import Cell
from generator.model.report import Report
from generator.render.table_files import marked_csv

HEAD = ("address", "table", "row", "column", "value", "unit", "state", "computed", "version")


def tables_csv(report: Report) -> bytes:
    """One line a cell, in print order; UTF-8 with a mark at the start, without which Excel garbles Chinese.

    Numbers are plain digits and words are the form's own, so no cell can be read as a formula.
    """
    return marked_csv([HEAD, *(_line(report, cell) for cell in report.format.cells.values())])


def _line(report: Report, cell: Cell) -> tuple[str, ...]:
    figure, table = report.figures[cell.address], report.format.table(cell.table).label
    said = plain(figure.value), figure.unit or cell.unit, figure.state.value, "true" if figure.computed else "false"
    return cell.address, table, cell.row.label, cell.column.label, *said, str(report.version)


def document(said: Mapping[str, object]) -> bytes:
    """A JSON document, a line an item, in UTF-8."""
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()


def tables_json(agency: Agency, report: Report, title: str, present: Report) -> bytes:
    """The report as one document: who, which year, which form, by whom it was entered, every figure by address, explanations and
    corrections. One that is not the `present` version says since when, and where that one is.
    """
    said = {
        "agency": {"slug": agency.slug, "name": agency.name_in(report.year)},
        "year": report.year,
        "format": report.format.id,
        "title": title,
        "published": report.published.isoformat() if report.published else None,
        "version": report.version,
        "entered_by": report.entered_by.value,
        "wording": report.wording.value,
        "not_held": list(report.not_held),
        **_superseded(report, present),
        "figures": {address: _figure(report, address, figure) for address, figure in report.figures.items()},
        "extra_rows": [{"table": one.table, "label": one.label, "text": one.text} for one in report.extras],
        "explanations": [
            {
                "rule": one.rule,
                "cell": one.cell or None,
                "reason": one.reason,
                "person": one.person or None,
                "given_by": report.entered_by.value,
            }
            for one in report.explanations
        ],
        "corrections": [
            {
                "date": one.date.isoformat(),
                "reason": one.reason,
                "cells": [{"cell": change.cell, "before": change.before, "after": change.after} for change in one.changes],
                "words": [{"part": words.part, "before": words.before, "after": words.after} for words in one.rewordings],
            }
            for one in report.corrections
        ],
    }
    return document(said)


def _superseded(report: Report, present: Report) -> Mapping[str, object]:
    if report.version == present.version:
        return {}
    return {"superseded": present.corrections[report.version - 1].date.isoformat(), "current": "../../"}


def _figure(report: Report, address: str, figure: Figure) -> Mapping[str, object]:
    cell = report.format.cells[address]
    value = figure.value if figure.value is None or isinstance(figure.value, int) else float(figure.value)
    said: dict[str, object] = {"label": cell.label, "state": figure.state.value, "value": value, "raw": stands(figure)}
    if figure.unit or not cell.column.as_reported:
        said["unit"] = figure.unit or cell.unit
    return said | {"computed": figure.computed}


def findings_json(report: Report, findings: Sequence[Finding]) -> bytes:
    """What was found about a report, as data: without places in files, which nobody outside has."""
    listed = [
        {
            "rule": one.rule,
            "severity": one.severity.value,
            "message": one.message.zh,
            "message_en": one.message.en,
            "cells": list(one.cells),
            "expected": _exact(one.expected),
            "actual": _exact(one.actual),
            "difference": _exact(one.difference),
            "explained": report.explanations[one.explained_by].reason if one.explained_by is not None else None,
            "given_by": report.entered_by.value if one.explained else None,
        }
        for one in findings
    ]
    return document({"agency": report.agency, "year": report.year, "format": report.format.id, "findings": listed})


def _exact(value: Number | None) -> int | float | None:
    return float(value) if isinstance(value, Decimal) else value
