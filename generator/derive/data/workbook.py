"""A report as a workbook that can be read by ear and by program: a cover, notes, a sheet for each table with a line a cell, and one sheet
that looks as the law prints it. Like the PDF it speaks the language of the statute."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache

from generator.derive import corrections, paths, transcription, words
from generator.derive.data import open_data, records
from generator.derive.report_page import facts, notes
from generator.derive.tables import grid
from generator.language.speech import SOURCE, Speech, speech
from generator.model.figure import State
from generator.model.finding import Finding
from generator.model.format import Format, Table
from generator.model.report import Report
from generator.model.site import Site
from generator.model.workbook import Line, TableSheet, Workbook

FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
LONGEST_NAME = 31


def workbook(site: Site, report: Report, findings: Sequence[Finding]) -> Workbook:
    """The workbook of a report; `findings` are its own."""
    say = speech(SOURCE)
    site = words.statutory(site)
    form = report.format
    told = TableSheet(
        say("说明"),
        "notes",
        say("说明、更正和核对结果"),
        (say("类别"), say("内容"), say("关于")),
        (12, 80, 60),
        tuple(_notes(site, report, findings)),
    )
    tables = (_sheet(report, table, number, say) for number, table in enumerate(form.tables, 1))
    return Workbook(
        title=words.title(site.agencies[report.agency], report),
        author=transcription.author(site, report),
        day=report.published or date(report.year, 12, 31),
        cover_name=say("封面"),
        cover=tuple((name, value) for name, value in _cover(site, report, say).items() if value),
        contents=say("目录"),
        back=say("回到封面"),
        sheets=(told, *tables),
        printed=say("法定样式"),
        grids=tuple(grid(form, table, report.figures) for table in form.tables),
        figures=report.figures,
    )


def _cover(site: Site, report: Report, say: Speech) -> Mapping[str, str]:
    """What the first sheet says: the report, which version of it this is, and whose site it was taken from."""
    settings = site.settings
    return {
        **dict(facts(site, report, report, say)),
        say("版本"): corrections.version(report, report, say) or corrections.named(say, report.version),
        say("取自"): settings.title,
        say("网址"): f"{settings.base_url}/{paths.report(report.agency, report.year)}" if settings.base_url else "",
        say("站点提示"): settings.notice,
        say("许可"): open_data.licence(site, say),
    }


def _notes(site: Site, report: Report, findings: Sequence[Finding]) -> Iterator[Line]:
    say = speech(SOURCE)
    kinds = {"explanation": say("机关的说明"), "editors": say("编者说明"), "finding": say("核对结果")}
    for note in notes(site, report, findings):
        yield kinds[note.kind], say("{text}（{person}）", text=note.text, person=note.person) if note.person else note.text, note.about
    for one in report.corrections:
        cells = ((report.format.cells[cell.cell].label, cell.before, cell.after) for cell in one.changes)
        changed = (say("{cell}：{before} 改为 {after}", cell=cell, before=before, after=after) for cell, before, after in cells)
        yield say("更正"), one.reason, say.listed([say.day(one.date), *changed])
    yield from ((say("另列"), extra.text, extra.label) for extra in report.extras)
    for state, meaning in _states(say).items():
        yield say("状态"), meaning, state


def _states(say: Speech) -> Mapping[str, str]:
    """The words for the four states of a figure, and what each means."""
    return {
        say("数字"): say("数值一列是报告公布的数字。"),
        say("空白"): say("这一格在原表中是空白，不等于 0；核对合计时按 0 计。"),
        say("不适用"): say("这一格在原表中写明不适用。"),
        say("无法辨认"): say("这一格在原表中无法辨认。"),
    }


def _sheet(report: Report, table: Table, number: int, say: Speech) -> TableSheet:
    """A line a cell, in print order."""
    said = dict(zip(State, _states(say), strict=True))
    lines = []
    for address, row, column, unit in _headings(report.format, table.id):
        figure = report.figures[address]
        computed = say("是") if figure.computed else say("否")
        lines.append((row, column, figure.value, figure.unit or unit, said[figure.state], computed, address))
    heads = (say("行"), say("列"), say("数值"), say("单位"), say("状态"), say("程序相加"), say("地址"))
    name = FORBIDDEN.sub(" ", say("表{number} {name}", number=number, name=table.short or table.label))[:LONGEST_NAME]
    return TableSheet(name, f"table_{table.id}", table.label, heads, (64, 36, 12, 8, 12, 12, 56), tuple(lines))


@lru_cache(maxsize=64)
def _headings(form: Format, table: str) -> tuple[tuple[str, str, str, str], ...]:
    """Address, row, column and unit of each cell of a table."""
    return tuple(
        (address, row, column, unit) for _, address, own, _, _, _, row, column, _, _, unit, _ in records.cells(form) if own == table
    )
