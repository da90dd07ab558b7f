"""What compare/ calls a figure, what its marks mean, and what holds for every comparison."""

from __future__ import annotations

from generator.derive import states
from generator.derive.words import glossed
from generator.language.speech import Speech
from generator.model.explore import Catalogue, Term


def term_name(say: Speech, term: Term) -> str:
    """A word of the law, in another language behind its gloss."""
    return glossed(say, term.name, term.gloss)


def row_of(say: Speech, catalogue: Catalogue, number: int) -> str:
    """The name of the row of a figure."""
    row = catalogue.rows[catalogue.figures[number].row]
    return term_name(say, row.term)


def figure_name(say: Speech, catalogue: Catalogue, number: int) -> str:
    """The name of a figure: `新收·总计`."""
    row = row_of(say, catalogue, number)
    column = term_name(say, catalogue.figures[number].column)
    return say("{row}·{column}", row=row, column=column)


def marks(say: Speech) -> tuple[tuple[str, str], ...]:
    """The marks of a table and what they mean; but for the first, none is a number."""
    return (
        *states.marks(say),
        ("—", say("该年度的格式没有这一项")),
        (say("未收录"), say("本站没有收录这个机关该年度的报告")),
    )


def caveats(say: Speech) -> tuple[str, ...]:
    """The cautions that stand with every comparison of bodies (domain facts 1.5, 7)."""
    return (
        say(
            "两个机关的“件”不能严格相比："
            "一份申请含几项内容的，有的机关按“一事一申请”拆成几件，有的只算一件。"
        ),
        say(
            "各机关的职责、人口和办理的事项不同，数字大小不说明工作好坏。"
            "机关按名录的顺序排列，不按数字排列，也不排名；小的数字照列。"
        ),
        say(
            "与上一年的差写在数字下方，只在两年的数字含义相同时才有；"
            "双竖线处更换了法定格式，含义有变化的加注。"
        ),
        say(
            "相加的数由本站计算，只加可以相加的项目；"
            "没有数字的机关不在其中，所以旁边写明几个机关有数字。"
        ),
    )
