"""docs/keys.md: the keys of a site's files, made from the tables that the loaders use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from generator.load import agency, corrections, report, rules, settings, theme, transcription
from generator.load.keys import (
    Address,
    ByLaw,
    Choice,
    Day,
    Deadline,
    Group,
    Keys,
    Kind,
    Line,
    LineOrGroup,
    Several,
)

PREFACE = """# 各文件里可以写的项 · Keys

由程序的项目表生成，不要手工改；`./run golden` 重写。写法在前面的是常用的，不分全角半角。怎样用见 [site.md](site.md)。
"""
HEAD = "| 写法 | 意思 | 内容 | 必须 | 起于 |\n|---|---|---|---|---|"


def tables() -> Iterator[tuple[str, Keys]]:
    """The table of each place, with the name of the place."""
    yield "report.yaml", report.KEYS
    yield "report.yaml，说明的一条", report.EXPLANATION
    yield "report.yaml，更正的一条", corrections.CORRECTION
    yield "report.yaml，更正的一处改动", corrections.CHANGE
    yield "report.yaml，转录", transcription.TRANSCRIBED
    yield "agency.yaml", agency.AGENCY
    yield "agency.yaml，历任名称、历任上级的一条", agency.SPAN
    yield "agency.yaml，沿革的一条", agency.EVENT
    yield "agency.yaml，联系方式", agency.CONTACT
    yield "site.yaml", settings.SITE
    yield "site.yaml，主办网站", settings.HOST
    yield "site.yaml，许可", settings.LICENCE
    yield "site.yaml，数据", settings.DATA
    yield "site.yaml，规则的一条", rules.KEYS
    yield "themes/<名称>/theme.yaml", theme.KEYS


def markdown() -> str:
    """The whole page."""
    sections = [PREFACE]
    for title, table in tables():
        rows = [HEAD]
        for key in table.by_name.values():
            spellings = "、".join(f"`{word}`" for word in sorted(key.spellings, key=str.isascii))
            cells = (
                spellings,
                key.sentence.replace("|", "\\|"),
                in_words(key.kind),
                "是" if key.required else "",
                key.since,
            )
            rows.append(f"| {' | '.join(cells)} |")
        lines = "\n".join(rows)
        sections.append(f"## {title}\n\n{lines}\n")
    return "\n".join(sections)


def in_words(kind: Kind) -> str:
    """What a key takes."""
    match kind:
        case Line():
            sentence = "一行文字"
        case Day():
            sentence = "日期"
        case Address():
            sentence = "网址"
        case Deadline():
            sentence = "月-日"
        case Choice(options):
            sentence = "、".join(_word(spellings) for spellings in options.values())
        case Several(item):
            sentence = f"列表，每一项：{in_words(item)}"
        case Group() | LineOrGroup():
            sentence = "几项，见下"
        case ByLaw():
            sentence = "见 site.md"
        case _:
            assert_never(kind)
    return sentence


def _word(spellings: tuple[str, ...]) -> str:
    """The spelling that people use: the first Chinese one, where there is one."""
    return min(spellings, key=str.isascii)
