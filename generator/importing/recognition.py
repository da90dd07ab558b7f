"""Which form a document is in: told by the column heads of its tables, not by notice or year."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from generator.importing.blocks import Line
from generator.importing.characters import plain_spelling
from generator.importing.refusal import Refusal
from generator.language.sentence import sentence
from generator.model.format import Format, Heading, Table
from generator.model.law import Law

# A word that only one form has must have so many characters to tell anything in running text.
SHORTEST = 5
# Words of the statistics that were printed before the first form that we know.
EARLIER = (
    "历年累计",
    "政府信息公开情况统计表",
    "申请信息公开数",
    "主动公开政府信息数",
    "依申请公开信息目录",
)
YEAR = re.compile(
    r"(20[0-9]{2})年?度?[^0-9。；;]{0,40}?(?:政府)?信息公开(?:工作)?(?:年度)?(?:工作)?(?:年度)?(?:报告|年报)"
)


def form_of(law: Law, lines: Sequence[Line], year: int) -> Format:
    """The form of a document. Raises Refusal where there is none, or more than one may be."""
    text = plain_spelling("".join(line.text for line in lines))
    # Cells of scraped text may be broken over lines, or have lost their own blanks.
    text = text.replace("|", "")
    scores = Counter({form.id: 0 for form in law.formats})
    by_rows = Counter({form.id: 0 for form in law.formats})
    for form in law.formats:
        scores[form.id] = sum(word in text for word in _telling(law, form, columns=True))
        by_rows[form.id] = sum(word in text for word in _telling(law, form, columns=False))
    for counts in (scores, by_rows):
        ranked = counts.most_common()
        first = ranked[0]
        second = ranked[1][1] if len(ranked) > 1 else 0
        if first[1] and first[1] > 2 * second:
            return _named(law, first[0])
        if second:
            raise Refusal(
                sentence(
                    "文件里有不止一种格式的表（{forms}），请每份报告单独存成一个文件",
                    forms="、".join(name for name, count in ranked if count),
                )
            )
    if any(word in text for word in EARLIER) or 0 < year < first_year(law):
        raise Refusal(
            sentence(
                "这是 {year} 年以前的格式，没有对应的法定表，不能导入；可以作为附件发布",
                year=first_year(law),
            )
        )
    raise Refusal(
        sentence(
            "没有找到法定的表：看不到“主动公开政府信息情况”一表的列名（如{words}），不能判断是哪一种格式",
            words="、".join(f"“{word}”" for word in _examples(law)),
        )
    )


def first_year(law: Law) -> int:
    """The first reporting year for which there is a form."""
    return min(form.first_year for form in law.formats)


def _named(law: Law, name: str) -> Format:
    return next(form for form in law.formats if form.id == name)


def _telling(law: Law, form: Format, *, columns: bool) -> set[str]:
    """The words of a form's columns (or rows) that no other form has."""
    others = {
        word
        for stranger in law.formats
        if stranger is not form
        for word in _words(stranger, columns)
    }
    own_words = set(_words(form, columns))
    return {
        word
        for word in own_words
        if not any(word in stranger or stranger in word for stranger in others)
    }


def _words(form: Format, columns: bool) -> Iterator[str]:
    for table in form.tables:
        for heading in _leaves(table, columns):
            for word in (heading.label, *heading.aliases, *heading.variants):
                plain = plain_spelling(word)
                if len(plain) >= SHORTEST:
                    yield plain


def _leaves(table: Table, columns: bool) -> Iterator[Heading]:
    for block in table.blocks:
        yield from block.leaf_columns if columns else block.leaf_rows


def _examples(law: Law) -> list[str]:
    return [form.tables[0].blocks[0].leaf_columns[0].label for form in law.formats]
