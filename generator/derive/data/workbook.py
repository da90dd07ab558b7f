"""A report as a workbook, for screen readers and for programs.

A cover, notes, a sheet for each table with a line a cell, and one sheet laid out as the law prints
it. Like the PDF it is in the language of the statute.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache

from generator.derive import corrections, paths, states, transcription, words
from generator.derive.data import open_data
from generator.derive.data.law_tables import CellEntry, cell_entries
from generator.derive.report_words import facts, notes
from generator.derive.tables import grid
from generator.language.speech import SOURCE, Speech, speech
from generator.model.figure import State
from generator.model.finding import Finding
from generator.model.format import Format, Table
from generator.model.report import Report
from generator.model.site import Site
from generator.model.workbook import Line, TableSheet, Workbook

# What the name of a sheet may not hold, and how long it may be.
FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
LONGEST_NAME = 31


def workbook(site: Site, report: Report, findings: Sequence[Finding]) -> Workbook:
    """The workbook of a report; `findings` are its own."""
    say = speech(SOURCE)
    site = words.statutory(site)
    form = report.format
    cover = _cover(site, report, say)
    lines_of_cover = tuple((name, value) for name, value in cover.items() if value)
    grids = tuple(grid(form, table, report.figures) for table in form.tables)
    table_sheets = (_sheet(report, table, index, say) for index, table in enumerate(form.tables, 1))
    return Workbook(
        title=words.title(site.agencies[report.agency], report),
        author=transcription.author(site, report),
        day=report.published or date(report.year, 12, 31),
        cover_name=say("封面"),
        cover=lines_of_cover,
        contents=say("目录"),
        back=say("回到封面"),
        sheets=(_notes_sheet(site, report, findings, say), *table_sheets),
        printed=say("法定样式"),
        grids=grids,
        figures=report.figures,
    )


def _cover(site: Site, report: Report, say: Speech) -> Mapping[str, str]:
    """The lines of the first sheet: the report, its version, and whose site it was taken from."""
    settings = site.settings
    version = corrections.version(report, report, say) or corrections.named(say, report.version)
    address = ""
    if settings.base_url:
        address = f"{settings.base_url}/{paths.report(report.agency, report.year)}"
    return {
        **dict(facts(site, report, report, say)),
        say("版本"): version,
        say("取自"): settings.title,
        say("网址"): address,
        say("站点提示"): settings.notice,
        say("许可"): open_data.licence(site, say),
    }


def _notes_sheet(
    site: Site, report: Report, findings: Sequence[Finding], say: Speech
) -> TableSheet:
    return TableSheet(
        name=say("说明"),
        table="notes",
        title=say("说明、更正和核对结果"),
        heads=(say("类别"), say("内容"), say("关于")),
        widths=(12, 80, 60),
        lines=tuple(_notes(site, report, findings, say)),
    )


def _notes(site: Site, report: Report, findings: Sequence[Finding], say: Speech) -> Iterator[Line]:
    kinds = {
        "explanation": say("机关的说明"),
        "editors": say("编者说明"),
        "finding": say("核对结果"),
    }
    for note in notes(site, report, findings):
        text = note.text
        if note.person:
            text = say("{text}（{person}）", text=text, person=note.person)
        yield kinds[note.kind], text, note.about
    for correction in report.corrections:
        changes = [say.day(correction.date)]
        for change in correction.changes:
            label = report.format.cells[change.cell].label
            values = {"cell": label, "before": change.before, "after": change.after}
            changes.append(say("{cell}：{before} 改为 {after}", **values))
        yield say("更正"), correction.reason, say.listed(changes)
    for extra in report.extras:
        yield say("另列"), extra.text, extra.label
    for state in State:
        yield say("状态"), states.meaning(say, state), states.word(say, state)


def _sheet(report: Report, table: Table, number: int, say: Speech) -> TableSheet:
    """A sheet with a line for each cell of a table, in print order."""
    lines = []
    for entry in _cell_entries(report.format, table.id):
        cell = entry.cell
        figure = report.figures[cell.address]
        line = (
            entry.row_label,
            entry.column_label,
            figure.value,
            figure.unit or cell.unit,
            states.word(say, figure.state),
            say("是") if figure.computed else say("否"),
            cell.address,
        )
        lines.append(line)
    heads = (
        say("行"),
        say("列"),
        say("数值"),
        say("单位"),
        say("状态"),
        say("程序相加"),
        say("地址"),
    )
    name = say("表{number} {name}", number=number, name=table.short or table.label)
    return TableSheet(
        name=FORBIDDEN.sub(" ", name)[:LONGEST_NAME],
        table=f"table_{table.id}",
        title=table.label,
        heads=heads,
        widths=(64, 36, 12, 8, 12, 12, 56),
        lines=tuple(lines),
    )


@lru_cache(maxsize=64)
def _cell_entries(form: Format, table: str) -> tuple[CellEntry, ...]:
    """The cells of a table, in print order."""
    return tuple(entry for entry in cell_entries(form) if entry.cell.table == table)
