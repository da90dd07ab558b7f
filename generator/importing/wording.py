"""What people are told about the cells of an import."""

from __future__ import annotations

from typing import assert_never

from generator.importing.blocks import Spot
from generator.importing.solving import Cause, CellReading, How
from generator.language.glosses import heading_name
from generator.language.sentence import as_text, joined, sentence
from generator.model.finding import Text
from generator.model.format import Cell


def cause_text(cause: Cause) -> Text | None:  # noqa: PLR0911, PLR0912, C901 - one sentence a cause
    """Why a cell could not be read, or needs a look; None where there is nothing to say."""
    match cause:
        case Cause.NONE:
            return None
        case Cause.MISSING:
            return sentence("文件里没有这一行")
        case Cause.CONFLICT:
            return sentence("文件里有两处，数字不同")
        case Cause.ONE_ROW:
            return sentence("文件里这一组只印了一行，没有分项")
        case Cause.MAY_BE_BLANK:
            return sentence("这一行少一格：原件可能是数字，也可能是空白")
        case Cause.UNIT:
            return sentence("单位与法定表不同，请换算后填写")
        case Cause.GLUED:
            return sentence("几格数字连在一起")
        case Cause.NO_SUM:
            return sentence("几格数字连在一起，这张表没有合计可以核对")
        case Cause.LOST:
            return sentence("这一行少一格，分不清少的是哪一格")
        case Cause.FEW:
            return sentence("这一行的数字比栏目少，对不上栏目")
        case Cause.MANY:
            return sentence("这一行的数字比栏目多，对不上栏目")
        case Cause.ASTRAY:
            return sentence("分在几行的数字加起来不等于总计，可能混进了页码或错了行")
        case Cause.BLANK_TOTAL:
            return sentence("总计是空的，前一格却等于其余之和，这一行可能错了一格")
        case Cause.DISORDER:
            return sentence("栏目的次序与法定表不同")
        case Cause.ILLEGIBLE:
            return sentence("不是数字")
        case _:
            assert_never(cause)


def how_text(cell: CellReading) -> Text:
    """How a cell came by its figure, with the equations it rests on."""
    equations = joined(cell.by, "、")
    match cell.how:
        case How.READ if cell.by:
            return sentence("按 {equations} 只有这一种读法", equations=equations)
        case How.READ:
            return sentence("读出")
        case How.SOLVED:
            return sentence("由 {equations} 解出", equations=equations)
        case How.BLANK:
            return sentence("原件空白")
        case How.NOT_APPLICABLE:
            return sentence("原件写明不适用")
        case How.UNREADABLE:
            return sentence("无法辨认")
        case _:
            assert_never(cell.how)


def state_name(how: How) -> Text:
    """The word for a kind of reading, in a table that counts them."""
    match how:
        case How.READ:
            return sentence("读出")
        case How.SOLVED:
            return sentence("解出")
        case How.BLANK:
            return sentence("空白")
        case How.NOT_APPLICABLE:
            return sentence("不适用")
        case How.UNREADABLE:
            return sentence("无法辨认")
        case _:
            assert_never(how)


def cell_name(cell: Cell) -> Text:
    """`新收·自然人`, in each language."""
    return joined((heading_name(cell.row), heading_name(cell.column)), "·")


def place_text(spot: Spot) -> Text:
    """Where something stands in the source."""
    line = sentence("第 {line} 行", line=spot.line)
    return sentence("{part} {line}", part=spot.part, line=line) if spot.part else as_text(line)
