"""更正 of a report.yaml: on which day, why, which cells and which words changed. Whether that is true is for check."""

from __future__ import annotations

from collections.abc import Mapping

from generator.language import references
from generator.language.numerals import decode
from generator.load.reading import Entry, Reading, Words
from generator.model.correction import Change, Correction, Rewording
from generator.model.figure import State
from generator.model.finding import Text
from generator.model.format import Format
from generator.model.source import Node

CORRECTION = {"date": ("date", "日期"), "reason": ("reason", "原因"), "cells": ("cells", "改动", "单元格")}
CHANGE = {
    "cell": ("cell", "格", "单元格"),
    "part": ("part", "部分"),
    "before": ("before", "改前", "原为", "原值"),
    "after": ("after", "改后", "现为", "现值"),
}
PREFACE = ("preface", "引言")
MOST = 99  # each makes a version of the report, with a page of its own
HOW = Text("更正的一处（例：{格: 新收.总计, 改前: 106, 改后: 107}）", "a change (such as {cell: received.total, before: 106, after: 107})")


def read_corrections(form: Format, entry: Entry | None, reading: Reading) -> list[Correction]:
    """The corrections in order of date, those of one day as they are written."""
    found = []
    for node in reading.items(entry):
        row = reading.fields(node, CORRECTION, Text("“更正”的一条", "a correction"))
        day, reason = reading.date(row.get("date")), reading.text(row.get("reason"))
        if day is None or not reason:
            reading.note("C-05", node.at, "更正应写明“日期”和“原因”", "a correction takes a date and a reason")
            continue
        changes = [_change(form, item, reading) for item in reading.items(row.get("cells"))]
        cells = tuple(one for one in changes if isinstance(one, Change))
        words = tuple(one for one in changes if isinstance(one, Rewording))
        found.append(Correction(day, reason, cells, words, node.at))
    for one in found[MOST:]:
        reading.note("C-04", one.at, f"更正最多 {MOST} 条", f"{MOST} corrections at most")
    return sorted(found[:MOST], key=lambda one: one.date)


def _change(form: Format, node: Node, reading: Reading) -> Change | Rewording | None:
    """One change; None with a finding where it does not say what changed, from what to what."""
    row = reading.fields(node, CHANGE, HOW)
    if ("cell" in row) == ("part" in row) or not {"before", "after"} <= row.keys():
        zh, en = "更正的一处应写明“格”或“部分”，以及“改前”“改后”", "a change takes a cell or a part, and what it said before and after"
        reading.note("C-05", node.at, zh, en)
        return None
    texts = (reading.text(row["before"]), reading.text(row["after"]))
    if "part" in row:
        part = reading.choice(row["part"], part_words(form), "")
        if part and not texts[1]:
            advice = Text("删去的文字，把前后的字句一起写进“改前”“改后”", "for words that were taken out, write those around them too")
            reading.note("C-05", row["after"][1].at, "“改后”没有写文字", "there are no words under 改后 (after)", advice=advice)
            return None
        return Rewording(part, *texts, node.at) if part else None
    cell = read_cell(form, row["cell"], reading)
    if not cell:
        return None
    strange = [(row[key][1].at, text) for key, text in zip(("before", "after"), texts, strict=True) if not _is_figure(form, cell, text)]
    for at, text in strange:
        reading.note("C-04", at, f"“{text}”不是数字", f"“{text}” is not a number", cells=(cell,))
    return None if strange else Change(cell, *texts, node.at)


def _is_figure(form: Format, cell: str, text: str) -> bool:
    """Whether a text means a figure: a number, a blank, `/` or 无法辨认, and nothing that only looks like one."""
    decoded = decode(text, with_unit=form.cells[cell].column.as_reported)
    return decoded.state is not State.UNREADABLE or not decoded.notes


def part_words(form: Format) -> Words:
    """Every spelling of the parts that have words, in the order of the form."""
    sections: Mapping[str, tuple[str, ...]] = {one.id: (one.id, one.title, one.number, *one.aliases) for one in form.sections}
    return {"preface": PREFACE, **sections}


def read_cell(form: Format, entry: Entry | None, reading: Reading) -> str:
    """The address of the cell an entry names; empty when absent or unknown."""
    said = reading.text(entry)
    if entry is None or not said:
        return ""
    cell = references.resolve(form, said.replace("·", "."))
    if cell is None:
        near = references.nearest(form, said)
        advice = Text(f"是否应为“{near}”？", f"did you mean “{near}”?") if near else None
        reading.note("C-04", entry[1].at, f"没有“{said}”这一格", f"there is no cell “{said}”", advice=advice)
        return ""
    return cell.address
