"""What compare/ calls a figure, what its marks mean, and what must be said with every comparison of bodies."""

from __future__ import annotations

from generator.derive.words import glossed
from generator.language.speech import Speech
from generator.model.explore import Catalogue, FigureEntry, Term


def called(say: Speech, term: Term) -> str:
    """A word of the law, in another language behind its gloss."""
    return glossed(say, term.name, term.gloss)


def row_of(say: Speech, known: Catalogue, number: int) -> str:
    """What the row of a figure is called."""
    return called(say, known.rows[known.figures[number].row].term)


def column_of(entry: FigureEntry) -> str:
    """The column of a figure, as the form prints it."""
    return entry.column.label


def figure_name(say: Speech, known: Catalogue, number: int) -> str:
    """`新收·总计`."""
    column = called(say, known.figures[number].column)
    return say("{row}·{column}", row=row_of(say, known, number), column=column)


def marks(say: Speech) -> tuple[tuple[str, str], ...]:
    """The marks of a table and what they mean: five things that are not a number, and none of them is 0."""
    return (
        ("0", say("报告写的就是 0")),
        (say("空白"), say("报告里这一格是空的")),
        ("/", say("报告写明不适用")),
        ("？", say("原表这一格无法辨认")),
        ("—", say("该年度的格式没有这一项")),
        (say("未收录"), say("本站没有收录这个机关该年度的报告")),
    )


def caveats(say: Speech) -> tuple[str, ...]:
    """What must be said with every comparison of bodies (domain facts 1.5, 7)."""
    return (
        say("两个机关的“件”不能严格相比：一份申请含几项内容的，有的机关按“一事一申请”拆成几件，有的只算一件。"),
        say("各机关的职责、人口和办理的事项不同，数字大小不说明工作好坏。机关按名录的顺序排列，不按数字排列，也不排名；小的数字照列。"),
        say("与上一年的差写在数字下方，只在两年的数字含义相同时才有；双竖线处更换了法定格式，含义有变化的加注。"),
        say("相加的数由本站计算，只加可以相加的项目；没有数字的机关不在其中，所以旁边写明几个机关有数字。"),
    )
