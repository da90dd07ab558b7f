"""A report as data: its tables as CSV and JSON, the whole as the YAML it could be written in, what was found about it as JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal

from generator.model.correction import Change, Rewording
from generator.model.figure import Figure, Number, State, plain
from generator.model.finding import Finding
from generator.model.format import Block, Heading
from generator.model.report import Agency, Report

HEAD = ("address", "table", "row", "column", "value", "unit", "state", "computed")


def tables_csv(report: Report) -> bytes:
    """One line a cell, in print order; UTF-8 with a mark at the start, without which Excel garbles Chinese.

    Numbers are plain digits and words are the form's own, so no cell can be read as a formula.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEAD)
    for address, cell in report.format.cells.items():
        figure = report.figures[address]
        table = report.format.table(cell.table).label
        unit = figure.unit or ("" if cell.column.unit == "as_reported" else cell.column.unit)
        computed = "yes" if figure.computed else ""
        writer.writerow((address, table, cell.row.label, cell.column.label, plain(figure.value), unit, figure.state.value, computed))
    return text.getvalue().encode("utf-8-sig")


def tables_json(agency: Agency, report: Report, title: str, present: Report) -> bytes:
    """The report as one document: who, which year, which form, every figure by address, explanations and corrections. One that is not
    the `present` version says since when, and where that one is.
    """
    document = {
        "agency": {"slug": agency.slug, "name": agency.name_in(report.year)},
        "year": report.year,
        "format": report.format.id,
        "title": title,
        "published": report.published.isoformat() if report.published else None,
        "version": report.version,
        **_superseded(report, present),
        "figures": {address: _figure(report, address, figure) for address, figure in report.figures.items()},
        "extra_rows": [{"table": one.table, "label": one.label, "text": one.text} for one in report.extras],
        "explanations": [
            {"rule": one.rule, "cell": one.cell or None, "reason": one.reason, "person": one.person or None} for one in report.explanations
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
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _superseded(report: Report, present: Report) -> Mapping[str, object]:
    if report.version == present.version:
        return {}
    return {"superseded": present.corrections[report.version - 1].date.isoformat(), "current": "../../"}


def _figure(report: Report, address: str, figure: Figure) -> Mapping[str, object]:
    cell = report.format.cells[address]
    value = figure.value if figure.value is None or isinstance(figure.value, int) else float(figure.value)
    said: dict[str, object] = {"label": cell.label, "state": figure.state.value, "value": value, "raw": figure.raw}
    if figure.unit or cell.column.unit != "as_reported":
        said["unit"] = figure.unit or cell.column.unit
    if figure.computed:
        said["computed"] = True
    return said


def report_yaml(report: Report) -> bytes:
    """The report as a report.yaml: every figure as it was written, explanations and corrections. Made from what is published, so that
    no remark of the clerk's own file travels with it; totals that were left out are filled in.
    """
    lines = [f"年度: {report.year}", f"格式: {_quoted(report.format.id)}"]
    days = {"标题": report.title, "发布日期": report.published or "", "成文日期": report.signed or "", "信息来源": report.source}
    lines += [f"{name}: {_quoted(str(value))}" for name, value in days.items() if value]
    for table in report.format.tables:
        lines += ["", f"{table.short}:"]
        for block in table.blocks:
            _yaml_rows(report, table.id, block, block.rows, "  ", lines)
        extras = [one for one in report.extras if one.table == table.id]
        lines += ["  另列:", *(f"    {_quoted(one.label)}: {_quoted(one.text)}" for one in extras)] if extras else []
    if report.explanations:
        said = [
            {"规则": one.rule, "格": one.cell, "原因": one.reason, "责任人": one.person, "指纹": one.fingerprint}
            for one in report.explanations
        ]
        lines += ["", "说明:", *(f"  - {_flow(one)}" for one in said)]
    if report.corrections:
        lines += ["", "更正:"]
        for one in report.corrections:
            cells = [f"{{格: {_quoted(cell.cell)}, {_changed(cell)}}}" for cell in one.changes]
            words = [f"{{部分: {_quoted(words.part)}, {_changed(words)}}}" for words in one.rewordings]
            changes = ", ".join((*cells, *words))
            lines.append(f"  - {{日期: {_quoted(one.date.isoformat())}, 原因: {_quoted(one.reason)}, 改动: [{changes}]}}")
    return ("\n".join(lines) + "\n").encode()


def _yaml_rows(report: Report, table: str, block: Block, rows: Sequence[Heading], indent: str, lines: list[str]) -> None:
    for row in rows:
        if row.children:
            if row.path:
                lines.append(f"{indent}{_quoted(row.name)}:")
            _yaml_rows(report, table, block, row.children, indent + "  " if row.path else indent, lines)
            continue
        figures = (report.figures[f"{table}.{row.path}.{column.path}"] for column in block.leaf_columns)
        values = ", ".join(f"{column.name}: {_cell(figure)}" for column, figure in zip(block.leaf_columns, figures, strict=True))
        lines.append(f"{indent}{_quoted(row.name)}: {{{values}}}")


def _cell(figure: Figure) -> str:
    """A figure as it can be read again: plain digits, or the words of the other states in quotes."""
    return _quoted(figure.text) if figure.state is not State.NUMBER or figure.unit else plain(figure.value)


def _changed(one: Change | Rewording) -> str:
    return f"改前: {_quoted(one.before)}, 改后: {_quoted(one.after)}"


def _flow(fields: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{key}: {_quoted(value)}" for key, value in fields.items() if value) + "}"


def _quoted(text: str) -> str:
    """A text as YAML in double quotes, which are JSON's."""
    return json.dumps(text, ensure_ascii=False)


def findings_json(report: Report, findings: Sequence[Finding]) -> bytes:
    """What was found about a report, as data: without places in files, which nobody outside has."""
    listed = [
        {
            "rule": one.rule,
            "severity": one.severity.value,
            "message": one.message.zh,
            "cells": list(one.cells),
            "expected": _exact(one.expected),
            "actual": _exact(one.actual),
            "difference": _exact(one.difference),
            "explained": report.explanations[one.explained_by].reason if one.explained_by is not None else None,
        }
        for one in findings
    ]
    document = {"agency": report.agency, "year": report.year, "format": report.format.id, "findings": listed}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _exact(value: Number | None) -> int | float | None:
    return float(value) if isinstance(value, Decimal) else value
