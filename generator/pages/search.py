"""The page `search/`: the sentences of its script, in the language of the page."""

from __future__ import annotations

from collections.abc import Iterator

from generator.derive import paths
from generator.derive.frame import frame
from generator.derive.words import kinds, name_of
from generator.language.speech import SOURCE, Speech, speech
from generator.model.job import Job
from generator.model.search import SearchPage
from generator.model.site import Site
from generator.parts.edition import Edition


def search_page(site: Site) -> SearchPage:
    """The view of the page.

    It depends on the years and on no report, so that a new report leaves it as it is.
    """
    say = speech(site.settings.language)
    description = say("在各机关的年度报告中检索：机关名称（包括曾用名称）、表格项目、报告正文。")
    source = speech(SOURCE)
    return SearchPage(
        frame=frame(site, paths.SEARCH, say("检索"), description),
        years=site.years,
        words=tuple(_sentences(say)),
        examples=tuple(name_of(site.law, key, source) for key in site.law.headline),
        scripts=paths.SEARCH_SCRIPTS,
        index=f"{paths.SEARCH}bodies.js",
    )


def _sentences(say: Speech) -> Iterator[tuple[str, str]]:
    """Key → sentence.

    The script fills in the names in braces. It knows no grammar, so no word may depend on a number.
    """
    yield "busy", say("正在检索……")
    yield "failed", say("索引没有读到，请重新载入本页。也可以从机关名录或年度检索。")
    yield "stale", say("网站刚刚更新，请重新载入本页再检索。")
    yield "nothing", say("没有找到。可以少写几个词，或者在词与词之间加空格。")
    yield "short", say("单独一个字只在机关名称和表格项目中检索；正文请用两个字以上的词。")
    yield "found", say("找到：{parts}")
    yield "listed", say("已列出报告 {shown} 份。")
    yield "bodies", say("机关（{count}）")
    yield "rows", say("表格项目（{count}）")
    yield "texts", say("报告（{count}）")
    yield "at_most", say("报告（最多 {count}，列出前逐份核对）")
    yield "pages", say("本站说明（{count}）")
    yield "in_reports", say("这一项在 {count} 份报告中")
    yield "report", say("{name} {year} 年度")
    yield "figure", say("{name} {figure} {unit}")
    yield "blank", say("空白")
    yield "all_zero", say("各项均为 0")
    yield "formerly", say("曾用名称：{names}")
    yield "more", say("更多结果")
    yield "more_of", say("更多：{name}")
    yield "by_year", say("按年度")
    yield "by_body", say("按机关")
    yield "every_year", say("全部年度")
    yield "every_body", say("全部机关")
    yield "year", say("{year} 年度")
    yield "top", say("报告首页")
    for kind, name in kinds(say).items():
        yield f"kind-{kind}", name


def jobs(edition: Edition) -> Iterator[Job]:
    """The page that searches, where there is something to find."""
    if edition.site.reports:
        selection = edition.select.fact("years")
        yield edition.page(paths.SEARCH, "search.html", search_page, selection)
