"""A report as the report.yaml that it could be written in."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from generator.model.correction import Change, Rewording
from generator.model.figure import Figure, State, plain
from generator.model.format import Block, Heading
from generator.model.report import Report


def report_yaml(report: Report, *, filled: bool = True) -> bytes:
    """The report as a report.yaml: its facts, every figure, explanations and corrections. Made from what is published, so that no remark
    of the clerk's own file travels with it. Totals that were left out are filled in and figures are written as they are printed; or, with
    `filled` False, such totals are left out again and each figure is written as the report wrote it.
    """
    lines = [f"年度: {report.year}", f"格式: {_quoted(report.format.id)}"]
    facts = {"标题": report.title, "发布日期": report.published or "", "成文日期": report.signed or "", "信息来源": report.source}
    facts |= {"原文网址": report.source_url, "索引号": report.index_number}
    lines += [f"{name}: {_quoted(str(value))}" for name, value in facts.items() if value]
    if report.transcribed:
        left_out = ", ".join(_quoted(part) for part in report.left_out)
        lines.append(f"转录: {{文字: {_quoted(report.wording.value)}, 未收录: [{left_out}]}}")
    for table in report.format.tables:
        lines += ["", f"{_quoted(table.short or table.label)}:"]
        for block in table.blocks:
            _rows(report, table.id, block, block.rows, "  ", lines, filled)
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


def _rows(report: Report, table: str, block: Block, rows: Sequence[Heading], indent: str, lines: list[str], filled: bool) -> None:
    for row in rows:
        if row.children:
            inner: list[str] = []
            _rows(report, table, block, row.children, indent + "  " if row.path else indent, inner, filled)
            lines += [f"{indent}{_quoted(row.name)}:"] if row.path and inner else []
            lines += inner
            continue
        figures = ((column.name, report.figures[f"{table}.{row.path}.{column.path}"]) for column in block.leaf_columns)
        cells = [f"{name}: {_cell(figure, filled)}" for name, figure in figures if filled or not figure.computed]
        lines += [f"{indent}{_quoted(row.name)}: {{{', '.join(cells)}}}"] if cells else []


def _cell(figure: Figure, filled: bool) -> str:
    """A figure as it can be read again: plain digits, or the words of the other states in quotes."""
    if figure.state is State.NUMBER and not figure.unit and (filled or figure.raw == plain(figure.value)):
        return plain(figure.value)
    return _quoted(figure.text if filled else figure.raw)


def _changed(one: Change | Rewording) -> str:
    return f"改前: {_quoted(one.before)}, 改后: {_quoted(one.after)}"


def _flow(fields: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{key}: {_quoted(value)}" for key, value in fields.items() if value) + "}"


def _quoted(text: str) -> str:
    """A text as YAML in double quotes, which are JSON's."""
    return json.dumps(text, ensure_ascii=False)
