"""The page `compare/`: the sentences of its script, and the ready-made tables that need none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from generator.derive import paths, words
from generator.derive.explore import ready_made
from generator.derive.explore.words import caveats, marks
from generator.derive.frame import frame
from generator.language.speech import Speech, speech
from generator.model.explore import ExplorePage
from generator.model.frame import Link
from generator.model.job import Job, Part
from generator.model.site import Site
from generator.parts.edition import Edition


def explore_page(site: Site, groups: Sequence[ready_made.Group]) -> ExplorePage:
    """The view of the page.

    It is made from the groups and from no report, so that a new report of a known body leaves it as
    it is.
    """
    say = speech(site.settings.language)
    levels = words.levels(say)
    description = say("任意选择机关、年度和项目，比较年度报告的数字：表、图、CSV，可以用网址分享。")
    groups_by_level = []
    for level, groups_of_level in groupby(groups, key=lambda group: group.level):
        links = tuple(_links(site, list(groups_of_level)))
        groups_by_level.append((levels[level], links))
    return ExplorePage(
        frame=frame(site, paths.EXPLORE, say("比较"), description),
        words=tuple(_sentences(say)),
        scripts=paths.EXPLORE_SCRIPTS,
        index=f"{paths.EXPLORE}figures.js",
        groups=tuple(groups_by_level),
        caveats=caveats(say),
        marks=marks(say),
    )


def _links(site: Site, groups: Sequence[ready_made.Group]) -> Iterator[Link]:
    """The first part of each kind: its page leads to the others."""
    say = speech(site.settings.language)
    kinds = words.kinds(say)
    for kind, groups_of_kind in groupby(groups, key=lambda group: group.kind):
        pages = list(groups_of_kind)
        count = say.plural("{count} 个机关", sum(len(group.slugs) for group in pages))
        yield Link(kinds[kind], pages[0].path, count)


def _sentences(say: Speech) -> Iterator[tuple[str, str]]:
    """Key → sentence.

    The names in braces are filled in by the script, which knows no grammar: a number is never part
    of a word.
    """
    yield from _choosing(say)
    yield from _showing(say)
    for key, name in words.kinds(say).items():
        yield f"kind-{key}", name
    for key, name in words.levels(say).items():
        yield f"level-{key}", name


def _choosing(say: Speech) -> Iterator[tuple[str, str]]:
    yield "bodies", say("机关")
    yield "years", say("报告年度")
    yield "figures", say("要看的项目")
    yield "chosen", say("{what}：已选 {count}")
    yield "chosen_all", say("{what}：全部 {count}")
    yield "remove", say("移除：{name}")
    yield "listed", say("符合：{count}，列出：{shown}")
    yield "add", say("全部加入：{count}")
    yield "most", say("最多同时比较 {count} 个机关。")
    yield "headline", say("主要数字")
    yield "row", say("{above}：{row}")
    yield "nobody", say("先选一个或几个机关。不选年度就是全部年度，不选项目就是主要数字。")
    yield "unknown", say("网址里有本站没有的内容，已略去：{names}")
    yield "busy", say("正在读取……")
    yield "failed", say("数据没有读到，请重新载入本页。也可以用下面现成的表。")
    yield "stale", say("网站刚刚更新，请重新载入本页。")
    yield "copied", say("网址已复制。")
    yield "copy", say("请按 Ctrl+C 或长按复制选中的网址。")


def _showing(say: Speech) -> Iterator[tuple[str, str]]:
    yield (
        "result",
        say(
            "机关：{bodies} · 年度：{years} · 项目：{figures} · "
            "格：{cells}，其中有数字的：{numbers}"
        ),
    )
    yield "figure", say("{row}·{column}")
    yield "caption", say("{name}（{unit}），逐年")
    yield "caption_plain", say("{caption}，逐年")
    yield "body", say("机关")
    yield "item", say("项目")
    yield "hint", say("表格较宽，可左右滑动查看。")
    yield "blank", say("空白")
    yield "no_report", say("未收录")
    yield "note", say("注{number}")
    yield "formerly", say("当年名称：{names}")
    yield "coverage", say("有这个数字的机关")
    yield "sum", say("相加（本站计算）")
    yield "no_sum", say("这一项不能跨机关相加。")
    yield "double", say("其中有政府的汇总报告，与所属机关的数字可能重复。")
    yield "within", say("{names}的数字已包含在所选政府的汇总报告中，不再相加。")
    yield "merged", say("{name}：该年度格式分项列出，这里是{parts}之和。")
    yield "merged_all", say("{name}：各年度格式分项列出，这里是{parts}之和。")
    yield "computed", say("报告没有写这个总计，由本站按各列相加。")
    yield "now", say("{name} {value} {unit}")
    yield "in_year", say("{year} 年度")
    yield "said", say("{name}，{year}：{figure}")
    yield "own", say("{year}：{figure}")
    yield "changed", say("{said}，{change}")
    yield "same", say("与上年相同")
    yield "up", say("比上年多 {much} {unit}")
    yield "down", say("比上年少 {much} {unit}")
    yield "ratio", say("{said}（{ratio}）")
    yield "chart_desc", say("折线图，数字见下表。线在更换法定格式、含义有变化或缺数字的地方断开。")
    yield "many", say("图最多画 {count} 条线；选少一些就有图。")
    yield "units", say("各项单位不同，不画在一张图里。")
    yield "form", say("格式更换")
    yield "separator", say.listed(("", ""))


def jobs(edition: Edition) -> Iterator[Job]:
    """The page, where there are reports."""
    if edition.site.reports:
        groups = Part.of("groups", ready_made.groups(edition.site))
        yield edition.page(paths.EXPLORE, "explore.html", explore_page, edition.select, groups)
