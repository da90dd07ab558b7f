"""Corrections as releases: each ends one version of a report and begins the next, and an earlier version is never counted."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pikepdf
import pytest

from generator.cli import verifying
from generator.language.versions import versions
from generator.model.figure import State
from generator.render.report_yaml import report_yaml
from tests.cases import CELLS, corrected
from tests.conftest import SmallSite
from tests.reading import lost, parsed, read

SETTINGS = "title: 测试站\nlanguages: [zh-CN, en]\n规则: {S-10: 关闭, S-11: 关闭, S-12: 关闭, Y-08: 关闭}\n"
HOME, FIRST, SECOND = (
    f"agencies/bureau/2023/{folder}" for folder in ("", "versions/1/", "versions/2/")
)


@pytest.fixture
def changed(empty_site: SmallSite) -> SmallSite:
    """That report between another body's and the year before."""
    (empty_site.root / "site.yaml").write_text(SETTINGS, "utf-8")
    return corrected(empty_site.add("bureau", 2022).add("bureau", 2023).add("other", 2023))


def figures(site: SmallSite, path: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(site.page(f"{path}tables.json"))
    return document


def test_earlier_versions_are_put_back_from_the_corrections(changed: SmallSite) -> None:
    assert changed.findings() == []
    report = changed.inspect().site.reports["bureau", 2023]
    first, second, present = versions(report)
    assert present is report and [one.version for one in (first, second, present)] == [1, 2, 3]
    cells = (
        "applications.received.natural_person",
        "applications.received.total",
        "review.reconsideration.total",
    )
    assert [[one.figures[cell].text for cell in cells] for one in (first, second, present)] == [
        ["46", "46", ""],
        ["45", "45", ""],
        ["45", "45", "1"],
    ]
    assert first.figures["applications.received.total"].computed, (
        "a total that was left out follows its row"
    )
    states = {
        cell.state
        for one in (first, second)
        for cell in [one.figures["review.reconsideration.upheld"]]
    }
    assert states == {State.UNREADABLE}
    said = [one.sections["overview"].markdown for one in (first, second, present)]
    assert ["46 件，比上年多 46 件" in text for text in said] == [True, False, False], (
        "figures quoted in the text go with the version"
    )
    assert ["没有制度" in text for text in said] == [True, True, False]
    assert [
        "增加解读" in one.sections["problems"].markdown for one in (first, second, present)
    ] == [False, False, True]


QUOTED = "总数 {{ 新收.总计 }}，其中网上 {{ 新收.自然人 }} 件。"


@pytest.mark.parametrize(
    ("change", "first"),
    [
        ("{格: 新收.自然人, 改前: 7, 改后: 45}", "总数 7，其中网上 7 件。"),
        ("{部分: 一, 改前: 内, 改后: 其中网上}", "总数 45，内 45 件。"),
        ("{部分: 一, 改前: 总数为 100 余件, 改后: '总数 45，其中'}", "总数为 100 余件网上 45 件。"),
        (
            "{格: 新收.自然人, 改前: 7, 改后: 45}, {部分: 一、总体情况, 改前: 线上的, 改后: 网上}",
            "总数 7，其中线上的 7 件。",
        ),
        (
            "{格: 新收.自然人, 改前: /, 改后: 45}, {部分: 总体情况, 改前: 甲, 改后: 总数}",
            "甲 0，其中网上 ？ 件。",
        ),
    ],
)
def test_a_text_is_put_back_around_the_figures_it_quotes(
    site: SmallSite, change: str, first: str
) -> None:
    for label in ("新收", "予以公开", "办结"):
        site.row(label, "[45, 0, 0, 0, 0, 0]")
    path = site.path(name="narrative.md")
    path.write_text(path.read_text("utf-8").replace("这一年", f"{QUOTED}这一年"), "utf-8")
    site.append(f"更正:\n  - {{日期: 2024-03-01, 原因: 录入有误, 改动: [{change}]}}\n")
    assert {one.rule for one in site.findings()} <= {"V-05"}
    report = site.inspect().site.reports["bureau", 2023]
    assert first in versions(report)[0].sections["overview"].markdown
    assert "总数 45，其中网上 45 件。" in report.sections["overview"].markdown


def one(change: str, day: str = "2024-03-01") -> str:
    return f"  - {{日期: {day}, 原因: 录入有误, 改动: [{change}]}}\n"


@pytest.mark.parametrize(
    ("corrections", "found"),
    [
        (one("{格: 行政许可.处理决定, 改前: 8, 改后: 5}"), []),
        (one("{格: 行政许可.处理决定, 改前: ８, 改后: ５}"), []),
        (one("{格: 行政许可.处理决定, 改前: 空白, 改后: 5}"), []),
        (
            one("{格: 行政许可.处理决定, 改前: 8, 改后: 6}")
            + one("{格: 行政许可.处理决定, 改前: 6, 改后: 5}"),
            [],
        ),
        (one("{格: 行政许可.处理决定, 改前: 8, 改后: 6}"), [("C-10", "改为 6，而表中是 5")]),
        (
            one("{格: 行政许可.处理决定, 改前: 8, 改后: 7}")
            + one("{格: 行政许可.处理决定, 改前: 6, 改后: 5}"),
            [("E-01", "上一次更正改为 7，这一次却写改前是 6")],
        ),
        (one("{格: 行政许可.处理决定, 改前: 5, 改后: 5}"), [("E-01", "改前、改后都是 5")]),
        (
            one(
                "{格: 行政许可.处理决定, 改前: 8, 改后: 5}, {格: 行政许可.处理决定, 改前: 5, 改后: 5}"
            ),
            [("E-01", "写了两次"), ("E-01", "改前、改后都是 5")],
        ),
        (
            one("{格: 行政许可.处理决定, 改前: 8, 改后: 5}", "2024-01-19"),
            [("E-01", "早于发布日期")],
        ),
        (one("{格: 行政许可.处理决定, 改前: 8, 改后: 5}", "2030-01-01"), [("E-01", "在今天")]),
        (one("", "2024-04-01") + one("", "2024-03-01"), [("E-01", "先更正的写在前面")]),
        (one("{格: 行政许可.处理决定, 改前: 8}"), [("C-05", "改前”“改后”")]),
        (one("{改前: 8, 改后: 5}"), [("C-05", "“格”或“部分”")]),
        (one("{格: 行政许可.处理决定, 部分: 一, 改前: 8, 改后: 5}"), [("C-05", "“格”或“部分”")]),
        (one("{格: 行政许可.处理决定, 改前: 八件, 改后: 5}"), [("C-04", "“八件”不是数字")]),
        (one("{格: 行政许可.件数, 改前: 8, 改后: 5}"), [("C-04", "没有“行政许可.件数”")]),
        (one("{部分: 五, 改前: 更, 改后: 不够丰富}"), []),
        (one("{部分: 五, 改前: 更, 改后: 很丰富}"), [("C-10", "没有“很丰富”")]),
        (one("{部分: 一, 改前: 了, 改后: 的}"), [("C-10", "有 2 处“的”")]),
        (
            one("{部分: 三, 改前: 更, 改后: 很}"),
            [("C-10", "“三、收到和处理政府信息公开申请情况”里没有")],
        ),
        (one("{部分: 五, 改前: 丰富, 改后: 丰富}"), [("E-01", "一样的文字")]),
        (one("{部分: 五, 改前: 丰富, 改后: ''}"), [("C-05", "没有写文字")]),
        (one("{部分: 七, 改前: 甲, 改后: 乙}"), [("C-04", "不能是“七”")]),
        (
            one("{部分: 五, 改前: 解读, 改后: 讲解}")
            + one("{部分: 五, 改前: 增加讲解, 改后: 增加解读}"),
            [],
        ),
        (one("") * 100, [("C-04", "最多 99 条")]),
    ],
)
def test_corrections_join_up(
    site: SmallSite, corrections: str, found: list[tuple[str, str]]
) -> None:
    site.row("行政许可", "{处理决定: 5}").append(f"发布日期: 2024-01-20\n更正:\n{corrections}")
    said = [(finding.rule, finding.message.source) for finding in site.findings()]
    assert [rule for rule, _ in said] == [rule for rule, _ in found], said
    assert all(words in text for (_, words), (_, text) in zip(found, said, strict=True)), said


def test_an_earlier_version_stands_at_its_own_address_under_a_notice(changed: SmallSite) -> None:
    assert not changed.build().blocked
    first, present = changed.page(f"{FIRST}index.html"), changed.page(f"{HOME}index.html")
    main = first[first.index("<main") :]
    assert main.index("这是第 1 版，2024 年 2 月 20 日已被更正替换") < main.index('class="glance"')
    assert '<a href="../../index.html">现行版本：第 3 版</a>' in main and "台账重复登记一件" in main
    assert (
        '<link rel="canonical" href="../../index.html">' in first
        and '<meta name="robots" content="noindex">' in first
    )
    assert "noindex" not in present and 'rel="canonical"' not in present
    cells = [
        parsed(page).one("td.changed[id=applications.received.natural_person]")
        for page in (first, present)
    ]
    assert [(cell.first, cell.one("span.corrected").text) for cell in cells] == [
        ("46", "†"),
        ("45", "†"),
    ]
    assert "† 后来更正（2024 年 2 月 20 日）：新收·自然人 改为 45" in first
    assert "† 更正（2024 年 2 月 20 日）：新收·自然人 原为 46" in present
    assert "† 后来更正（2024 年 3 月 1 日）：行政复议·总计 改为 1" in changed.page(
        f"{SECOND}index.html"
    )
    head = present[present.index("<main") : present.index('class="glance"')]
    assert head.index("versions/1/index.html") < head.index("新收·自然人：46 改为 45") + 400
    assert (
        "总体情况：“信息管理没有制度”改为“信息管理有制度”" in head
        and "增加“下一年增加解读。”" in head
    )
    document = figures(changed, FIRST)
    assert (document["version"], document["superseded"], document["current"]) == (
        1,
        "2024-02-20",
        "../../",
    )
    assert (figures(changed, SECOND)["version"], figures(changed, SECOND)["superseded"]) == (
        2,
        "2024-03-01",
    )
    assert figures(changed, HOME)["version"] == 3 and "superseded" not in figures(changed, HOME)
    assert "46" in (changed.root / "public" / FIRST / "tables.csv").read_text("utf-8-sig")


def downloads(html: str) -> list[str]:
    """The names under which a page's files are saved."""
    return [part["download"] for part in parsed(html).all("[download]")]


def test_downloads_citation_and_facts_name_the_version(changed: SmallSite) -> None:
    changed.build(pdf=True)
    page = changed.page(f"{HOME}index.html")
    assert downloads(page) == [
        f"测试bureau局-2023-v3.{kind}" for kind in ("pdf", "xlsx", "csv", "json")
    ]
    assert "<dd>第 3 版，2024 年 3 月 1 日更正</dd>" in page
    assert "2024 年 1 月 20 日发布，第 3 版，2024 年 3 月 1 日更正。" in page
    assert downloads(changed.page(f"{SECOND}index.html")) == [
        f"测试bureau局-2023-v2.{kind}" for kind in ("csv", "json")
    ]
    assert 'download="测试bureau局-2022.pdf"' in changed.page("agencies/bureau/2022/index.html"), (
        "a first version is called as ever"
    )
    document = (changed.root / "public" / HOME / "report.pdf").read_bytes()
    assert not list(verifying.pdf(document)), "marks of corrected cells are no figures"
    with pikepdf.open(io.BytesIO(document)) as pdf:
        assert str(pdf.docinfo["/Title"]).endswith("（第 3 版，2024 年 3 月 1 日更正）")


def test_pages_of_versions_are_sound_in_both_languages(changed: SmallSite) -> None:
    folder = changed.path().parent / "files"
    folder.mkdir()
    (folder / "附表.csv").write_text("a\n", "utf-8")
    text = changed.path(name="narrative.md")
    text.write_text(
        text.read_text("utf-8").replace(
            "没有收取", "见[附表](files/附表.csv)和[上年](../2022/)。没有收取"
        ),
        "utf-8",
    )
    outcome = changed.build()
    assert not outcome.blocked, outcome.findings
    public = changed.root / "public"
    pages = read(public)
    for prefix, language in (("", "zh-CN"), ("en/", "en")):
        for path in (HOME, FIRST, SECOND):
            name = f"{prefix}{path}index.html"
            assert [*pages[name].faults(language), *lost(public, pages, name)] == [], name
    english = changed.page(f"en/{FIRST}index.html")
    assert (
        "it was replaced by a correction on 20 February 2024" in english
        and "changed to 45" in english
    )


LISTS = (
    "index.html",
    "agencies/index.html",
    "agencies/bureau/index.html",
    "years/2023/index.html",
    "quality/2023/index.html",
)
WHOLE = (
    "sitemap/index.html",
    "years/index.html",
    "data/2023/figures.csv",
    "compare/bodies/bureau.js",
    "coverage/2023/coverage.csv",
)


def test_an_earlier_version_is_counted_nowhere(changed: SmallSite) -> None:
    """What lists, adds up, compares or finds reports is the same whether earlier versions are there or not."""
    with (changed.root / "site.yaml").open("a", encoding="utf-8") as settings:
        settings.write("base_url: https://www.example.gov.cn/nb\n")
    changed.build()
    public = changed.root / "public"
    corrected_files = texts(public)
    index = [*(name for name in corrected_files if name.startswith("search/"))]
    changed.write(changed.path().read_text("utf-8").replace(CELLS, ""))
    changed.build()
    plain = texts(public)
    gone = sorted(set(corrected_files) - set(plain))
    assert gone == sorted(
        f"{prefix}{path}{file}" for path in (FIRST, SECOND) for prefix, file in FILES
    )
    for name in (
        *WHOLE,
        *(
            name
            for name in index
            if "text/bureau/2023" not in name and not name.startswith("search/2023/")
        ),
    ):
        assert corrected_files[name] == plain[name], name
    for name in (*LISTS, *WHOLE, *index, "feed.xml", "sitemap.xml"):
        assert "versions/" not in corrected_files[name], name
    assert corrected_files["sitemap.xml"] == plain["sitemap.xml"]
    sums = [
        re.findall(r'class="number">(\d+)', files["index.html"])
        for files in (corrected_files, plain)
    ]
    assert sums[0] == sums[1] and "45" in sums[0] and "46" not in sums[0]
    entries = [
        len(ElementTree.fromstring(files["feed.xml"]).findall("{*}entry"))
        for files in (corrected_files, plain)
    ]
    assert entries == [entries[1] + 2, entries[1]], "a correction is news; a version is none"


def texts(public: Path) -> dict[str, str]:
    """Every file of a site that is text."""
    found = [
        path
        for path in public.rglob("*")
        if path.is_file() and path.suffix not in {".xlsx", ".gz", ".sqlite"}
    ]
    return {path.relative_to(public).as_posix(): path.read_text("utf-8-sig") for path in found}


FILES = (("", "index.html"), ("en/", "index.html"), ("", "tables.csv"), ("", "tables.json"))


def test_a_correction_remakes_its_own_report_and_nobody_elses(changed: SmallSite) -> None:
    changed.build()
    assert changed.build().made == ()
    text = changed.path().read_text("utf-8")
    changed.write(text.replace("原因: 台账重复登记一件", "原因: 台账重复登记了一件"))
    made = changed.build().made
    assert {f"{FIRST}index.html", f"{SECOND}index.html", f"{HOME}index.html"} <= set(made)
    assert not [name for name in made if "/other/" in name]


def test_two_corrections_of_one_day_are_two_entries_of_the_feed(site: SmallSite) -> None:
    site.append(
        "更正:\n"
        + one("{格: 行政许可.处理决定, 改前: 2, 改后: 1}")
        + one("{格: 行政许可.处理决定, 改前: 1, 改后: 0}")
    )
    site.build()
    entries = ElementTree.fromstring(site.page("feed.xml")).findall("{*}entry")
    assert [entry.findtext("{*}title", "")[:10] for entry in entries][:2] == [
        "更正（第 3 版）：",
        "更正（第 2 版）：",
    ]
    assert len({entry.findtext("{*}id") for entry in entries}) == len(entries)


def test_the_attached_report_can_be_read_again(changed: SmallSite) -> None:
    """Blanks and words included: nothing of a correction is lost on the way through the YAML inside a PDF."""
    report = changed.inspect().site.reports["bureau", 2023]
    narrative = changed.path(name="narrative.md").read_text("utf-8")
    changed.write(report_yaml(report).decode())
    changed.write(narrative, name="narrative.md")
    assert changed.inspect().site.reports["bureau", 2023].corrections == report.corrections
    assert changed.findings() == []


def test_corrections_survive_the_memory(changed: SmallSite) -> None:
    first = changed.inspect().site.reports["bureau", 2023]
    again = changed.inspect().site.reports["bureau", 2023]
    assert again.corrections == first.corrections and again.sections == first.sections
    assert [one.at for one in again.corrections] == [one.at for one in first.corrections]
