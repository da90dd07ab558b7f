"""The one writer of report.yaml: of a report as it was read, and of one still to be filled in."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.model.correction import Change, Correction, Rewording
from generator.model.figure import Figure, State, plain
from generator.model.finding import one_line
from generator.model.format import Block, Format, Heading, Table
from generator.model.report import Explanation, Report

# How wide the names of rows are in a file that is to be filled in.
NAMES_WIDTH = 28


def report_yaml(
    report: Report, *, filled: bool = True, remarks: Mapping[str, str] | None = None
) -> bytes:
    """The report as a report.yaml: its facts, every figure, explanations and corrections.

    Made from what is published, so that no remark of the clerk's own file gets out. Totals that the
    report left out are filled in, and figures have the form in which they are printed. With
    `filled` False, such totals are left out, and figures have the form of the report's own file.
    `remarks` are for people, by the path of a cell's row (`table.row`): a comment behind its line.
    """
    lines = list(_facts(report))
    for table in report.format.tables:
        lines += _table(report, table, filled, remarks or {})
    if report.explanations:
        lines += ["", "说明:", *map(_explanation, report.explanations)]
    if report.corrections:
        lines += ["", "更正:", *map(_correction, report.corrections)]
    return ("\n".join(lines) + "\n").encode()


def _facts(report: Report) -> Iterator[str]:
    yield f"年度: {report.year}"
    yield f"格式: {_quoted(report.format.id)}"
    facts = {
        "标题": report.title,
        "发布日期": report.published or "",
        "成文日期": report.signed or "",
        "信息来源": report.source,
        "原文网址": report.source_url,
        "索引号": report.index_number,
    }
    for name, value in facts.items():
        if value:
            yield f"{name}: {_quoted(str(value))}"
    if report.transcribed:
        omissions = ", ".join(map(_quoted, report.omissions))
        yield f"转录: {{文字: {_quoted(report.wording.value)}, 未收录: [{omissions}]}}"


def _table(report: Report, table: Table, filled: bool, remarks: Mapping[str, str]) -> Iterator[str]:
    yield ""
    yield f"{_quoted(table.short or table.label)}:"
    for block in table.blocks:
        line = _FilledRow(report, table, block, filled, remarks)
        yield from _nested(block.rows, "  ", line, _quoted)
    extras = [row for row in report.extras if row.table == table.id]
    if extras:
        yield "  另列:"
    for row in extras:
        yield f"    {_quoted(row.label)}: {_quoted(row.text)}"


def _nested(
    rows: Sequence[Heading],
    indent: str,
    line: Callable[[Heading, str], str],
    key: Callable[[str], str],
) -> Iterator[str]:
    """The rows of a block, those of a group below its name.

    `line` gives the line of a row with that indent; a row for which it is empty is left out, and a
    group of such rows too. `key` writes the name of a group.
    """
    for row in rows:
        if not row.children:
            text = line(row, indent)
            if text:
                yield text
            continue
        below = list(_nested(row.children, f"{indent}  " if row.path else indent, line, key))
        if row.path and below:
            yield f"{indent}{key(row.name)}:"
        yield from below


@dataclass(frozen=True)
class _FilledRow:
    """Writes the rows of a block with the figures of a report; `filled` as in report_yaml."""

    report: Report
    table: Table
    block: Block
    filled: bool
    remarks: Mapping[str, str]

    def __call__(self, row: Heading, indent: str) -> str:
        """The line of a row; empty where it has no figure to write."""
        cells = []
        for column in self.block.leaf_columns:
            figure = self.report.figures[f"{self.table.id}.{row.path}.{column.path}"]
            if self.filled or not figure.computed:
                name = "" if row.split_rows else f"{column.name}: "
                cells.append(f"{name}{_cell(figure, self.filled)}")
        if not cells:
            return ""
        remark = self.remarks.get(f"{self.table.id}.{row.path}", "")
        comment = f"  # {one_line(remark)}" if remark else ""
        written = ", ".join(cells)
        line = f"[{written}]" if row.split_rows else f"{{{written}}}"
        return f"{indent}{_quoted(row.name)}: {line}{comment}"


def empty_tables(form: Format, opening: Mapping[str, str], empty: str) -> Iterator[str]:
    """The tables of a report that is still to be filled in, in a form that people can read.

    `opening` has the texts of cells that are known already, by address; the other rows hold
    `empty`, which the loader refuses where it is no figure.
    """
    for table in form.tables:
        yield ""
        title = f"{table.short}:"
        if len(table.blocks) == 1:
            columns = "、".join(column.name for column in table.blocks[0].leaf_columns)
            title += f"  # 每行依次为：{columns}"
        yield title
        for block in table.blocks:
            yield from _nested(block.rows, "  ", _EmptyRow(table, block, opening, empty), str)


@dataclass(frozen=True)
class _EmptyRow:
    """Writes the rows of a block that is still to be filled in."""

    table: Table
    block: Block
    opening: Mapping[str, str]
    empty: str

    def __call__(self, row: Heading, indent: str) -> str:
        """The line of a row; what follows its name starts in the same column in all rows."""
        return f"{_padded(f'{indent}{row.name}:')}{self._content(row)}".rstrip()

    def _content(self, row: Heading) -> str:
        columns = self.block.leaf_columns
        texts = [
            self.opening.get(f"{self.table.id}.{row.path}.{column.path}") for column in columns
        ]
        opening_texts = [text for text in texts if text is not None]
        if len(opening_texts) == len(columns):
            return f"[{', '.join(opening_texts)}]"
        if len(self.table.blocks) > 1:
            cells = ", ".join(f"{column.name}: {self.empty}" for column in columns)
            return f"{{{cells}}}"
        return self.empty


def _padded(text: str) -> str:
    """The text with blanks behind it, at least one; a wide character takes the room of two."""
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return text + " " * max(NAMES_WIDTH - len(text) - wide, 1)


def _cell(figure: Figure, filled: bool) -> str:
    """A figure that the loader can read: plain digits, or a text in quotes."""
    digits = plain(figure.value)
    is_plain = figure.state is State.NUMBER and not figure.unit
    if is_plain and (filled or figure.raw == digits):
        return digits
    return _quoted(figure.text if filled else figure.raw)


def _explanation(explanation: Explanation) -> str:
    fields = {
        "规则": explanation.rule,
        "格": explanation.cell,
        "原因": explanation.reason,
        "责任人": explanation.person,
        "指纹": explanation.fingerprint,
    }
    pairs = [f"{key}: {_quoted(value)}" for key, value in fields.items() if value]
    return f"  - {{{', '.join(pairs)}}}"


def _correction(correction: Correction) -> str:
    changes = [
        *(f"{{格: {_quoted(change.cell)}, {_values(change)}}}" for change in correction.changes),
        *(f"{{部分: {_quoted(text.part)}, {_values(text)}}}" for text in correction.rewordings),
    ]
    day = _quoted(correction.date.isoformat())
    reason = _quoted(correction.reason)
    also = f", 另改: [{', '.join(map(_quoted, correction.also))}]" if correction.also else ""
    return f"  - {{日期: {day}, 原因: {reason}, 改动: [{', '.join(changes)}]{also}}}"


def _values(change: Change | Rewording) -> str:
    return f"改前: {_quoted(change.before)}, 改后: {_quoted(change.after)}"


def _quoted(text: str) -> str:
    """A text as YAML in double quotes, which are those of JSON."""
    return json.dumps(text, ensure_ascii=False)
