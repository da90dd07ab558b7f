"""D-04: markup that did not work, so that readers see its marks or miss what it was to show."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.case import Case
from generator.language import markdown
from generator.language.markdown import Leftover
from generator.language.sentence import sentence, template
from generator.model.finding import Finding, Location, Text
from generator.model.site import Page, Site

SHOWN = template("“{mark}”会原样印给读者看")
# How much of a mark a sentence quotes.
QUOTED = 20
QUOTED_DEFINITION = 40

# What a kind of mark was meant for, and how that is written.
ADVICE = {
    "bold": template("加粗写作 **文字**：前后成对，星号与文字之间不留空格"),
    "italic": template("强调写作 *文字*：前后成对；不是强调的，写作 \\* 或 \\_"),
    "strike": template("没有删除线；删去这些字，或写明已经删去"),
    "link": template("链接写作 [文字](files/文件名) 或 [文字](网址)；文件名里括号不成对的，请改名"),
    "code": template("删去反引号；引用用“”"),
    "entity": template("少了分号；直接写出这个字符或空格"),
    "heading": template("小标题写作“### 标题”：半角井号，后面空一格"),
    "rule": template("删去这一行；分隔线写作空一行、---、再空一行"),
    "table": template("表格第二行要写分隔行，如 |---|---|"),
    "quote": template("引用用半角的 >"),
    "note": template("没有脚注；把注写进括号，或写在段落后面"),
    "task": template("没有待办框；写作 □、☑，或用文字写明"),
    "bullet": template("列表写作“- 文字”：减号后面空一格"),
    "fence": template("删去这一行；真是代码的，在代码后面加一行同样的符号"),
    "cells": template("这一行的格比表头多；删去多的竖线，或给表头加一列"),
    "dense": template("分成几段，或删去多余的符号"),
    "tabs": template("表格写作 |甲|乙|，第二行写 |---|---|；不是表格的，各行之间空一行"),
    "empty": template("补上文字，或删去这个符号"),
    "definition": template("链接写作 [文字](网址)"),
    "unused": template("链接写作 [文字](网址)；是正文的，不要以“[…]:”开头"),
    "other": template("这种写法这里不支持；直接写文字"),
}
# What some marks do; the others are printed as they stand.
EFFECTS = {
    "fence": template("“{mark}”把后面的文字都变成代码，这一行其余的字不会印出来"),
    "cells": template("“{mark}”在表头的最后一列以外，不会印出来"),
    "tabs": template("“{mark}”像是粘贴来的表格，各行会连成一段"),
    "empty": template("“{mark}”里面没有文字"),
}


def check(case: Case) -> Iterator[Finding]:
    """One finding for each kind of mark in a text, at the first of them."""
    for text in case.report.texts:
        for first, count in _kinds(text.markdown):
            message = _message(first, count)
            place = text.place(first.offset)
            yield case.finding("D-04", place, message, advice=sentence(ADVICE[first.kind]))


def check_pages(site: Site) -> Iterator[Finding]:
    """The same for the pages of the site's own text."""
    for page in site.pages.values():
        for version in (page, *page.translations.values()):
            for first, count in _kinds(version.markdown):
                message = _message(first, count)
                place = _place(version, first.offset)
                yield site.law.finding("D-04", place, message, advice=sentence(ADVICE[first.kind]))


def _kinds(text: str) -> Iterator[tuple[Leftover, int]]:
    """The first mark of each kind, and how many there are."""
    kinds: dict[str, list[Leftover]] = {}
    for leftover in markdown.leftovers(text):
        kinds.setdefault(leftover.kind, []).append(leftover)
    for marks in kinds.values():
        yield marks[0], len(marks)


def _message(first: Leftover, count: int) -> Text:
    """What readers see of a mark, and how many there are of its kind."""
    mark = " ".join(first.mark.split())
    if first.kind == "dense":
        return sentence(
            "这一段里的星号、括号等符号太多（一段最多 {most} 个，一篇最多 {in_all} 个），"
            "会原样印出来",
            most=markdown.MOST_MARKS_OF_PARAGRAPH,
            in_all=markdown.MOST_MARKS,
        )
    if first.kind == "unused":
        definition = mark[:QUOTED_DEFINITION]
        return sentence("“{mark}”是链接的定义，没有链接用到它，不会印出来", mark=definition)
    if len(mark) > QUOTED:
        mark = f"{mark[:QUOTED]}…"
    effect = sentence(EFFECTS.get(first.kind, SHOWN), mark=mark)
    if count == 1:
        return effect
    return sentence("{effect}（这类符号共 {count} 处）", effect=effect, count=count)


def _place(page: Page, offset: int) -> Location:
    """Where a character of a page stands in its file."""
    start = page.markdown.rfind("\n", 0, offset) + 1
    line = page.at.line + page.markdown.count("\n", 0, offset)
    return Location(page.at.path, line, offset - start + 1)
