"""更正 of a report.yaml: on which day, why, which cells and which words changed.

Whether that is true is for check.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.language import references
from generator.language.numerals import decode
from generator.language.sentence import sentence
from generator.load.keys import ByLaw, Day, Key, Keys
from generator.load.reading import Entry, Reading, Words
from generator.model.correction import (
    ATTACHMENTS,
    DAY,
    NAME,
    TITLE,
    Change,
    Correction,
    Rewording,
)
from generator.model.figure import State
from generator.model.format import Format
from generator.model.source import Node

CORRECTION = Keys(
    {
        "date": Key(("date", "日期"), "更正的日期，如 2024-03-01。", Day()),
        "reason": Key(("reason", "原因"), "更正的原因，会公开。"),
        "cells": Key(
            ("cells", "改动", "单元格"),
            "改了哪几格，如 - {格: 新收.总计, 改前: 106, 改后: 107}。",
            ByLaw("changes"),
        ),
        "also": Key(
            ("also", "另改"),
            "发布以后还改了什么，不能逐格逐句写的，如 [发布日期, 附件, 总体情况]；会公开。",
            ByLaw("also"),
        ),
    }
)
CHANGE = Keys(
    {
        "cell": Key(("cell", "格", "单元格"), "改的是哪一格，如 新收.总计。", ByLaw("cell")),
        "part": Key(("part", "部分"), "改的是哪一部分的文字，如 总体情况、引言；与“格”只写一个。"),
        "before": Key(("before", "改前", "原为", "原值"), "更正以前的数字或文字。"),
        "after": Key(
            ("after", "改后", "现为", "现值"),
            "更正以后的数字或文字，与报告里现在的相同；文字在那一部分里只能出现一次。",
        ),
    }
)
PREFACE = ("preface", "引言")
ASPECT_WORDS: Words = {
    DAY: (DAY, "发布日期"),
    TITLE: (TITLE, "标题"),
    NAME: (NAME, "机关名称"),
    ATTACHMENTS: (ATTACHMENTS, "附件"),
}
MOST = 99  # each makes a version of the report, with a page of its own
HOW = sentence("更正的一处（例：{格: 新收.总计, 改前: 106, 改后: 107}）")


def read_corrections(form: Format, entry: Entry | None, reading: Reading) -> list[Correction]:
    """The corrections in order of date, those of one day as they are written."""
    corrections = []
    for node in reading.items(entry):
        row = reading.fields(node, CORRECTION.words, sentence("“更正”的一条"))
        day = reading.date(row.get("date"))
        reason = reading.text(row.get("reason"))
        if day is None or not reason:
            message = sentence("更正应写明“日期”和“原因”")
            reading.note("C-05", node.at, message)
            continue
        if reading.unfilled(row["reason"]):
            advice = sentence("原因会公开，请写明为什么改")
            message = sentence("更正的原因还是“{reason}”", reason=reason)
            reading.note("C-05", row["reason"][1].at, message, advice=advice)
        changes = [_change(form, item, reading) for item in reading.items(row.get("cells"))]
        cells = tuple(change for change in changes if isinstance(change, Change))
        rewordings = tuple(change for change in changes if isinstance(change, Rewording))
        also = tuple(_also(form, row.get("also"), reading))
        corrections.append(Correction(day, reason, cells, rewordings, also, node.at))
    for correction in corrections[MOST:]:
        reading.note("C-04", correction.at, sentence("更正最多 {most} 条", most=MOST))
    return sorted(corrections[:MOST], key=lambda correction: correction.date)


def _also(form: Format, entry: Entry | None, reading: Reading) -> Iterator[str]:
    """What a correction says was changed besides, by id."""
    for item in reading.items(entry):
        name = reading.choice((entry[0], item), aspect_words(form), "") if entry else ""
        if name:
            yield name


def _change(form: Format, node: Node, reading: Reading) -> Change | Rewording | None:
    """One change; None with a finding where it does not say what changed, from what to what."""
    row = reading.fields(node, CHANGE.words, HOW)
    if ("cell" in row) == ("part" in row) or not {"before", "after"} <= row.keys():
        message = sentence("更正的一处应写明“格”或“部分”，以及“改前”“改后”")
        reading.note("C-05", node.at, message)
        return None
    texts = (reading.text(row["before"]), reading.text(row["after"]))
    for key in ("before", "after"):
        if "part" in row and reading.unfilled(row[key]):
            message = sentence("更正的文字还是“{text}”", text=reading.text(row[key]))
            advice = sentence("照实写出改前、改后的文字")
            reading.note("C-05", row[key][1].at, message, advice=advice)
            return None
    if "part" in row:
        part = reading.choice(row["part"], part_words(form), "")
        if part and not texts[1]:
            advice = sentence("删去的文字，把前后的字句一起写进“改前”“改后”")
            message = sentence("“改后”没有写文字")
            reading.note("C-05", row["after"][1].at, message, advice=advice)
            return None
        return Rewording(part, *texts, node.at) if part else None
    cell = read_cell(form, row["cell"], reading)
    if not cell:
        return None
    readable = True
    for key, text in zip(("before", "after"), texts, strict=True):
        if not _is_figure(form, cell, text):
            at = row[key][1].at
            message = sentence("“{text}”不是数字", text=text)
            reading.note("C-04", at, message, cells=(cell,))
            readable = False
    return Change(cell, *texts, node.at) if readable else None


def _is_figure(form: Format, cell: str, text: str) -> bool:
    """Whether a text means a figure: a number, a blank, `/` or 无法辨认.

    A text that only looks like a number is none.
    """
    decoded = decode(text, with_unit=form.cells[cell].column.as_reported)
    return decoded.state is not State.UNREADABLE or not decoded.notes


def part_words(form: Format) -> Words:
    """Every spelling of the parts that have words, in the order of the form."""
    sections: Mapping[str, tuple[str, ...]] = {
        section.id: (section.id, section.title, section.number, *section.aliases)
        for section in form.sections
    }
    return {"preface": PREFACE, **sections}


def aspect_words(form: Format) -> Words:
    """Every spelling of what a correction may name without saying what it was."""
    return {**ASPECT_WORDS, **part_words(form)}


def read_cell(form: Format, entry: Entry | None, reading: Reading) -> str:
    """The address of the cell an entry names; empty when absent or unknown."""
    reference = reading.text(entry)
    if entry is None or not reference:
        return ""
    cell = references.resolve(form, reference.replace("·", "."))
    if cell is None:
        near = references.nearest(form, reference)
        advice = sentence("是否应为“{near}”？", near=near) if near else None
        message = sentence("没有“{reference}”这一格", reference=reference)
        reading.note("C-04", entry[1].at, message, advice=advice)
        return ""
    return cell.address
