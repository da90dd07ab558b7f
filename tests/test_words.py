"""Names and words that clerks write: Markdown as they mean it, what of it stays visible, names of attachments from link to file, injected
words and innocent ones, reasons that say nothing, lateness that stops nobody, and the example body."""

from __future__ import annotations

import json
import re
import threading
import urllib.request
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import process_time
from typing import Any

import pytest
import yaml
from pypdf import PdfReader

from generator import scaffold
from generator.build.verify import links
from generator.check import injected as rule_of_injected
from generator.check.case import Case
from generator.cli.verdict import code
from generator.inspection import inspect
from generator.language import markdown, portable, prose, targets
from generator.language.placeholder import is_placeholder
from generator.model import address
from generator.model.agency import Agency, Span
from generator.model.finding import Finding, Location, Severity
from generator.model.report import Report, SectionText
from generator.model.settings import Settings
from generator.model.site import Site
from generator.pipeline import stops
from generator.render import pdf
from tests.conftest import NARRATIVE, TODAY, SmallSite
from tests.sharing import shipped_law

LAW = shipped_law()
SENTENCES: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parent / "data" / "injected.yaml").read_text("utf-8")
)

# Markdown

MEANT = [
    (
        "**一是制度：**修订。**二是培训：**办班。",
        "<p><strong>一是制度：</strong>修订。<strong>二是培训：</strong>办班。</p>",
    ),
    ("推进**“一网通办”**改革", "<p>推进<strong>“一网通办”</strong>改革</p>"),
    ("共**6**件，a**（甲）**b", "<p>共<strong>6</strong>件，a<strong>（甲）</strong>b</p>"),
    ("__重点：__修订", "<p><strong>重点：</strong>修订</p>"),
    ("*依法：*公开", "<p><em>依法：</em>公开</p>"),
    ("规格 5*3*2，附件_目录_终稿.pdf", "<p>规格 5*3*2，附件_目录_终稿.pdf</p>"),
    ("a **b** c_d_e", "<p>a <strong>b</strong> c_d_e</p>"),
    ("    缩进四格", "<p>缩进四格</p>"),
    ("\t缩进制表", "<p>缩进制表</p>"),
    ("　　第一段\n　　第二段\n续行", "<p>第一段</p>\n<p>第二段续行</p>"),
    ("第一段\n    第二段", "<p>第一段</p>\n<p>第二段</p>"),
    ("甲\n　　\n乙", "<p>甲</p>\n<p>乙</p>"),
    ("- 甲\n    - 乙", "<ul>\n<li>甲\n<ul>\n<li>乙</li>\n</ul>\n</li>\n</ul>"),
    ("```\n**甲**\n```", "<pre><code>**甲**\n</code></pre>"),
    ("小结\n---\n后文", "<p>小结</p>\n<hr />\n<p>后文</p>"),
    ("小结\n-", "<p>小结\n-</p>"),
    (
        "1. 甲\n3. 乙\n4. 丙",
        '<ol start="1">\n<li>甲</li>\n<li value="3">乙</li>\n<li>丙</li>\n</ol>',
    ),
    ("2. 甲\n3. 乙", '<ol start="2">\n<li>甲</li>\n<li>乙</li>\n</ol>'),
    ("如下：\n1、甲\n（二）乙\n3）丙", "<p>如下：<br />\n1、甲<br />\n（二）乙<br />\n3）丙</p>"),
    ("增长\n12.5%", "<p>增长\n12.5%</p>"),
    ("全局\n认真 and\nmore", "<p>全局认真 and\nmore</p>"),
    ("###小标题", "<h3>小标题</h3>"),
    ("[注]: 截至年底", "<p>[注]: 截至年底</p>"),
    ("[附件](files/附件 1.pdf)", '<p><a href="files/%E9%99%84%E4%BB%B6%201.pdf">附件</a></p>'),
    (
        "[甲]（files/表（一）.pdf）后",
        '<p><a href="files/%E8%A1%A8%EF%BC%88%E4%B8%80%EF%BC%89.pdf">甲</a>后</p>',
    ),
    ('[甲](files/a b.pdf "标题")', '<p><a href="files/a%20b.pdf" title="标题">甲</a></p>'),
    ("[甲](files/a(1) b.pdf)", '<p><a href="files/a(1)%20b.pdf">甲</a></p>'),
    ("![图](files/图 1.png)", '<p><img src="files/%E5%9B%BE%201.png" alt="图" /></p>'),
    ("[文号]（第 5 号）", "<p>[文号]（第 5 号）</p>"),
    ("一\\*二\\*", "<p>一*二*</p>"),
    ("　　- 甲\n　　- 乙", "<ul>\n<li>甲</li>\n<li>乙</li>\n</ul>"),
    ("　　> 甲", "<blockquote>\n<p>甲</p>\n</blockquote>"),
    ("　　### 甲", "<h3>甲</h3>"),
    ("\u2003\u2003甲\n\u2003\u2003乙", "<p>甲</p>\n<p>乙</p>"),
    ("\u00a0\u00a0* 甲", "<ul>\n<li>甲</li>\n</ul>"),
    ("·甲\n·乙", "<p>·甲<br />\n·乙</p>"),
    ("⑴甲\n㈡乙\nⅢ、丙\nB. 丁", "<p>⑴甲<br />\n㈡乙<br />\nⅢ、丙<br />\nB. 丁</p>"),
    (
        "如下：\n一是甲；\n二是乙，以及\n三是丙",
        "<p>如下：<br />\n一是甲；<br />\n二是乙，以及三是丙</p>",
    ),
    ("•\t甲\n•\t乙", "<p>•\t甲<br />\n•\t乙</p>"),
    ("周一~周五，九时~十二时，5~6 天", "<p>周一~周五，九时~十二时，5~6 天</p>"),
    (
        "附件_统计表_终稿.xlsx 和 [1] [2023][5] a^2 == b",
        "<p>附件_统计表_终稿.xlsx 和 [1] [2023][5] a^2 == b</p>",
    ),
]


def row(*cells: str, tag: str = "td") -> str:
    return "<tr>\n" + "".join(f"<{tag}>{cell}</{tag}>\n" for cell in cells) + "</tr>\n"


def table(head: tuple[str, ...], *rows: tuple[str, ...]) -> str:
    body = "".join(row(*cells) for cells in rows)
    return (
        f'<table class="prose-table">\n<thead>\n{row(*head, tag="th")}</thead>\n'
        f"<tbody>\n{body}</tbody>\n</table>"
    )


LONG = "全年举办业务培训两次，参训六十人次，编发简报四期，各股室按月报送"
# Lines as clerks type them: a paragraph each, unless the text is wrapped; tables out of Word.
MEANT += [
    ("第一段。\n第二段。\n第三段", "<p>第一段。</p>\n<p>第二段。</p>\n<p>第三段</p>"),
    ("他说：“好。”\n第二段", "<p>他说：“好。”</p>\n<p>第二段</p>"),
    ("办了吗？\n办了！\n好", "<p>办了吗？</p>\n<p>办了！</p>\n<p>好</p>"),
    (f"{LONG}信\n息。{LONG}", f"<p>{LONG}信息。{LONG}</p>"),
    (f"{LONG}信息\n{LONG}。\n后文", f"<p>{LONG}信息{LONG}。后文</p>"),
    (f"{LONG}信息\n材料。\n后文", f"<p>{LONG}信息材料。</p>\n<p>后文</p>"),
    (f"{LONG}；\n{LONG}", f"<p>{LONG}；<br />\n{LONG}</p>"),
    ("做法如下：\n建台账", "<p>做法如下：<br />\n建台账</p>"),
    ("- 甲。\n- 乙。", "<ul>\n<li>甲。</li>\n<li>乙。</li>\n</ul>"),
    ("- 甲。\n后文", "<ul>\n<li>甲。</li>\n</ul>\n<p>后文</p>"),
    ("> 甲。\n> 乙", "<blockquote>\n<p>甲。</p>\n<p>乙</p>\n</blockquote>"),
    ("**一、重点。**\n后文", "<p><strong>一、重点。</strong></p>\n<p>后文</p>"),
    ("示例县统计局\n2025年1月20日", "<p>示例县统计局<br />\n2025年1月20日</p>"),
    ("类别\t数量\n新收\t12", table(("类别", "数量"), ("新收", "12"))),
    (
        "如下表\n类别\t数量\n新收\t12\n后文",
        f"<p>如下表</p>\n{table(('类别', '数量'), ('新收', '12'))}\n<p>后文</p>",
    ),
    ("\t甲\t乙\n丙\t1\t2", table(("", "甲", "乙"), ("丙", "1", "2"))),
    ("类别\t数量\t注\n新收\t\t无", table(("类别", "数量", "注"), ("新收", "", "无"))),
    ("类别\t数量\t注\n新收\t12", table(("类别", "数量", "注"), ("新收", "12", ""))),
    ("类别\t\t数量\n新收的\t12", table(("类别", "数量"), ("新收的", "12"))),
    ("序号\t单位\t件数\n1\t甲\t2", table(("序号", "单位", "件数"), ("1", "甲", "2"))),
    ("年份\t**件数**\n2023\t1", table(("年份", "<strong>件数</strong>"), ("2023", "1"))),
    ("甲\t乙\t\n丙\t丁\t", table(("甲", "乙"), ("丙", "丁"))),
    ("　　甲\t乙\n　　丙\t丁", table(("甲", "乙"), ("丙", "丁"))),
    ("只有一行\t带制表符", "<p>只有一行\t带制表符</p>"),
    ("5. 甲\n5. 乙", '<ol start="5">\n<li>甲</li>\n<li value="5">乙</li>\n</ol>'),
    (
        "1. 甲\n   1. 丙\n   4. 丁\n2. 乙",
        '<ol>\n<li>甲\n<ol start="1">\n<li>丙</li>\n<li value="4">丁</li>\n</ol>\n</li>\n'
        "<li>乙</li>\n</ol>",
    ),
]


@pytest.mark.parametrize(("text", "html"), MEANT)
def test_markdown_is_read_as_people_mean_it(text: str, html: str) -> None:
    assert prose.render(text).strip() == html
    assert not markdown.leftovers(text)


VISIBLE = [
    ("办法\n\n**一是 **制度", [("bold", 4), ("bold", 9)]),
    ("前文**未完", [("bold", 2)]),
    ("~~删去~~", [("strike", 0), ("strike", 4)]),
    ("见[附件](说明 在此)。", [("link", 4)]),
    ("见【附件】（files/a.pdf）", [("link", 4)]),
    ("用`代码", [("code", 1)]),
    ("空&nbsp格", [("entity", 1)]),
    ("#标题", [("heading", 0)]),
    ("＃＃ 标题", [("heading", 0)]),
    ("甲\n===", [("rule", 2)]),
    ("| 甲 | 乙 |\n| 一 | 二 |", [("table", 0), ("table", 10)]),
    ("[甲]: files/a.pdf", [("unused", 0)]),
    ("[甲]：https://a.example/", [("definition", 0)]),
    ("　　前文\n　　后文**未完", [("bold", 9)]),
    ("**甲**与**乙", [("bold", 6)]),
    ("_重点_工作", [("italic", 0)]),
    ("我局_高度重视_公开", [("italic", 2)]),
    ("见 ~删去的话~ 后文", [("strike", 2)]),
    ("＊重点＊工作", [("italic", 0)]),
    ("####### 七级", [("heading", 0)]),
    ("见［附件］（files/a.pdf）", [("link", 4)]),
    ("见[附件] (files/a.pdf)", [("link", 4)]),
    ("见[附件][1]", [("link", 4)]),
    ("见<files/a.pdf>、<www.a.example>", [("link", 1), ("link", 15)]),
    ("[](files/a.pdf)", [("empty", 0)]),
    ("甲[^1]乙\n\n[^1]: 注", [("note", 1), ("note", 8)]),
    ("[x](files/a(b.pdf)", [("link", 2)]),
    ("- [x] 已办\n- [ ] 未办", [("task", 2), ("task", 11)]),
    ("-甲\n-乙", [("bullet", 0), ("bullet", 3)]),
    (
        "==甲==，m^2^，[TOC]，### 甲 {#a}",
        [("other", 0), ("other", 7), ("other", 11), ("other", 23)],
    ),
    ("甲\n\n~~~\n乙", [("fence", 3)]),
    ("~~~小结\n乙\n~~~", [("fence", 0)]),
    ("###\n\n-\n\n>", [("empty", 0), ("empty", 5), ("empty", 8)]),
    ("|甲|乙|\n|--|--|\n|1|2|多|", [("cells", 19)]),
    ("甲|乙|丙\n--|--\n1|2", [("table", 6)]),
    ("｜甲｜乙｜\n｜--｜--｜", [("table", 0), ("table", 6)]),
    ("类别\t数量\n新收\t12\t多", [("tabs", 0)]),
    ("电话：\t5551234\n传真：\t5551235", [("tabs", 0)]),
    ("类别\t数量\n新收\t12", []),
    ("电话：\t5551234\n\n传真：\t5551235", []),
    ("#政务公开# 话题", []),
    ("| 甲 | 乙 |\n|---|---|\n| 一 | 二 |", []),
    ("`**甲`", []),
    ("首页|公开|年报", []),
]


@pytest.mark.parametrize(("text", "marks"), VISIBLE)
def test_what_is_still_seen_as_markup_is_told_with_its_place(
    text: str, marks: list[tuple[str, int]]
) -> None:
    assert [(one.kind, one.offset) for one in markdown.leftovers(text)] == marks


HUNGRY = [
    "甲\t乙\n" * 15_000,
    "一\t二\n三\n" * 15_000,
    "全年更新。\n" * 15_000,
    "全年更新，\n" * 15_000,
    "*" * 60_000,
    "*中" * 30_000,
    "[" * 60_000,
    "[![a](x)](y)" * 5_000,
    "[a] " * 15_000 + "\n\n[a]: files/a.pdf",
    "[^1]" * 15_000,
    "<files/" * 9_000,
    "`a" * 30_000,
    "^a" * 30_000,
    "~中" * 30_000,
    "＊中" * 30_000,
    "![" * 30_000,
    "\u3000" * 60_000 + "x",
    "x" + "\u3000 " * 30_000 + "x",
    "a\tb\n" * 15_000,
    "\u3000\u3000 \n" * 15_000,
    "*a*\n\n" * 4_000,
]


@pytest.mark.parametrize("text", HUNGRY, ids=range(len(HUNGRY)))
def test_no_text_takes_more_time_than_its_length(text: str) -> None:
    start = process_time()
    markdown.leftovers(text)
    prose.render(text)
    assert process_time() - start < 4


@pytest.mark.parametrize("mark", ["*", "？", "×", "彩票", " "])
def test_no_text_takes_its_rules_more_time_than_its_length(mark: str) -> None:
    start = process_time()
    injected(f"现将某某局{mark * 40_000}")
    assert process_time() - start < 3


def test_a_mark_is_reported_once_a_kind_where_it_stands_in_the_file(site: SmallSite) -> None:
    text = NARRATIVE.replace("这一年", "这一年收到 {{ 新收.总计 }} 件，**甲 **与**乙 **。这一年")
    site.write(text, name="narrative.md")
    pages = site.root / "content" / "pages"
    pages.mkdir(exist_ok=True)
    (pages / "about.md").write_text("# 关于\n\n前文**未完\n", "utf-8")
    page, report = sorted(
        (one for one in site.findings() if one.rule == "D-04"),
        key=lambda one: one.at.path,
        reverse=True,
    )
    line = text.split("\n")[report.at.line - 1]
    assert line[report.at.column - 1 :].startswith("**甲") and "共 2 处" in report.message.source
    assert (page.at.path, page.at.line, page.at.column) == ("content/pages/about.md", 3, 3)
    assert {page.severity, report.severity} == {Severity.WARNING}


def test_derived_texts_use_the_words_as_rendered() -> None:
    text = "**一是：**修订\n办法。\n\n    缩进[附件](files/附件 1.pdf)"
    assert prose.paragraphs(text) == "一是：修订办法。\n缩进附件"
    assert prose.plain(text) == "一是：修订办法。缩进附件"


# Names of attachments

NAMES = [
    "附件#1 统计表.csv",
    "100%.csv",
    "a%20b.csv",
    "问?答.csv",
    "说 明.csv",
    "全角　空格.csv",
    "“引号”'和\"号.csv",
    "[括号](1)（一）.csv",
    "甲&乙+丙=丁.csv",
    "ＡＢＣ１２３.csv",
    "冒:号.csv",
    "é-nfd.csv".replace("é", "e\u0301"),
    "子文件夹/表#2.csv",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_path_and_its_reference_are_each_other(name: str) -> None:
    written = address.reference(f"files/{name}")
    assert written.isascii() and not set("#?\" '") & set(written)
    assert (
        address.read(written) == address.Reference(f"files/{name}")
        and address.tidy(written) == written
    )


MEANINGS = [
    ("files/a#1.pdf", {"a#1.pdf"}, "files/a%231.pdf"),
    ("files/a%231.pdf", {"a#1.pdf"}, "files/a%231.pdf"),
    ("files/a.pdf#page=3", {"a.pdf"}, "files/a.pdf#page=3"),
    ("files/a.pdf#page=3", {"a.pdf", "a.pdf#page=3"}, "files/a.pdf%23page%3D3"),
    ("files/100%.pdf", {"100%.pdf"}, "files/100%25.pdf"),
    ("files/a%20b.pdf", {"a b.pdf"}, "files/a%20b.pdf"),
    ("files/a%20b.pdf", {"a b.pdf", "a%20b.pdf"}, "files/a%2520b.pdf"),
    ("./files/a b.pdf", {"a b.pdf"}, "files/a%20b.pdf"),
    ("files\\a.pdf", {"a.pdf"}, "files/a.pdf"),
    ("files/a\\b.pdf", {"a\\b.pdf"}, "files/a%5Cb.pdf"),
    ("files/a#1.pdf#page=2", {"a#1.pdf"}, "files/a%231.pdf#page=2"),
    ("files/a?b#c.pdf#d", {"a?b#c.pdf"}, "files/a%3Fb%23c.pdf#d"),
    ("files/é.pdf", {"e\u0301.pdf"}, "files/e%CC%81.pdf"),
    ("files/b.pdf", {"a.pdf"}, ""),
    ("a.pdf", {"a.pdf"}, ""),
]


@pytest.mark.parametrize(("target", "names", "meant"), MEANINGS)
def test_a_link_means_the_file_whatever_way_its_name_is_written(
    target: str, names: set[str], meant: str
) -> None:
    assert targets.attachment(target, names) == meant


@pytest.mark.parametrize(
    ("name", "refused"),
    [
        ("a.pdf", False),
        ("附件#1 (终).pdf", False),
        ("a?.pdf", True),
        ("a:b.pdf", True),
        ("CON.pdf", True),
        ("a.pdf.", True),
        ("com1", True),
    ],
)
def test_names_that_other_systems_refuse(name: str, refused: bool) -> None:
    assert bool(portable.refused(name)) is refused


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the library calls it so)
        """A test says nothing of what it fetches."""


def test_attachments_of_any_name_are_published_linked_and_served(site: SmallSite) -> None:
    folder = site.path().parent / "files"
    for number, name in enumerate(NAMES):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"甲,{number}\n", "utf-8")
    (folder / "ABC.csv").write_text("x\n", "utf-8")
    (folder / "abc.csv").write_text("y\n", "utf-8")
    (folder / "图 #1.png").write_bytes(PIXEL)
    linked = [name for name in NAMES if not set('"[') & set(name)]
    listed = "\n\n".join(f"[{number}](files/{name})" for number, name in enumerate(linked))
    text = NARRATIVE.replace("这一年", f"{listed}\n\n![图](files/图 #1.png)\n\n这一年")
    site.write(text, name="narrative.md")
    pages = site.root / "content" / "pages"
    pages.mkdir(exist_ok=True)
    (pages / "about.md").write_text(
        "# 关于\n\n见[表](../agencies/bureau/2023/files/附件#1 统计表.csv)。\n", "utf-8"
    )
    (site.root / "site.yaml").write_text(
        "title: x\nlanguages: [zh-CN, en]\n规则: {S-10: 关闭, S-11: 关闭, S-12: 关闭}\n", "utf-8"
    )
    outcome = site.build()
    assert not outcome.blocked, [str(one.at) + one.message.source for one in outcome.findings]
    assert {one.rule for one in outcome.findings} == {"C-17"}, [
        one.message.source for one in outcome.findings
    ]
    assert {one.at.path.rpartition("/")[2] for one in outcome.findings} == {
        "问?答.csv",
        "冒:号.csv",
        "“引号”'和\"号.csv",
        "abc.csv",
    }
    public = site.root / "public"
    held = json.loads((public / "manifest.json").read_text("utf-8"))
    assert all(
        f"agencies/bureau/2023/files/{name}" in json.dumps(held, ensure_ascii=False)
        for name in NAMES
        if '"' not in name
    )
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(public)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        for page in ("agencies/bureau/2023/", "en/agencies/bureau/2023/", "about/", "en/about/"):
            home = f"http://127.0.0.1:{server.server_port}/{page}"
            found = {
                link.target
                for link in links(site.page(f"{page}index.html"))
                if "files/" in link.target
            }
            assert found
            for target in found:
                with urllib.request.urlopen(urllib.request.Request(f"{home}{target}")) as answer:
                    assert answer.read(), target
        every = {
            address.read(link.target).path
            for link in links(site.page("agencies/bureau/2023/index.html"))
        }
        assert {f"files/{name}" for name in NAMES} <= every
    finally:
        server.shutdown()
        server.server_close()


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)


# Injected words


def injected(text: str) -> list[Finding]:
    section = SectionText("overview", "", text, Location("narrative.md"))
    report = Report("bureau", 2024, LAW.formats[-1], {}, {"overview": section})
    agency = Agency("bureau", (Span("示例县农业农村局"),), "department", "county")
    case = Case(
        Site(Settings(), LAW, {"bureau": agency}, {("bureau", 2024): report}, {}), report, TODAY
    )
    return [one for one in rule_of_injected.check(case) if one.rule == "P-05"]


@pytest.mark.parametrize("text", SENTENCES["innocent"])
def test_innocent_words_are_known(text: str) -> None:
    assert not injected(text)


@pytest.mark.parametrize("sentence", SENTENCES["injected"], ids=lambda sentence: sentence["text"])
def test_injected_words_are_an_error_only_where_they_are_certain(sentence: dict[str, str]) -> None:
    assert (
        max((one.severity for one in injected(sentence["text"])), key=lambda one: one.rank)
        == sentence["severity"]
    )


def test_sentences_nobody_looked_at() -> None:
    """Measured when they were written: no error and two warnings for 20 innocent sentences, 12 of 15 injected ones found."""
    innocent = [injected(text) for text in SENTENCES["fresh_innocent"]]
    assert not any(one.severity is Severity.ERROR for found in innocent for one in found)
    assert sum(bool(found) for found in innocent) <= 2
    assert sum(bool(injected(one["text"])) for one in SENTENCES["fresh_injected"]) >= 12


def test_a_site_adds_innocent_phrases(site: SmallSite) -> None:
    site.write(
        NARRATIVE.replace("这一年", "督导万家网各单位落实，组织万家网各镇培训。这一年"),
        name="narrative.md",
    )
    assert [(one.rule, one.severity.value) for one in site.findings()] == [("P-05", "warning")]
    off = "S-10: 关闭, S-11: 关闭, S-12: 关闭"
    (site.root / "site.yaml").write_text(
        f"title: x\n规则: {{{off}, P-05: {{无害词: [万家网]}}}}\n", "utf-8"
    )
    assert not site.findings()


# Lateness


@pytest.mark.parametrize(
    "policy",
    [
        "{error: stop, warning: stop}",
        "{error: hold, warning: hold}",
        "{error: banner, warning: banner}",
    ],
)
@pytest.mark.parametrize("severity", ["", ", P-01: 错误", ", P-01: {说明: 必须}"])
def test_a_late_report_is_published_under_every_policy(
    site: SmallSite, policy: str, severity: str
) -> None:
    """The exit code does not speak of it either, whatever it is to fail on."""
    site.append("发布日期: 2024-02-05\n")
    text = f"title: x\nfail_on: warning\npolicy: {policy}\n规则: {{S-10: 关闭, S-11: 关闭, S-12: 关闭{severity}}}\n"
    (site.root / "site.yaml").write_text(text, "utf-8")
    inspection = inspect(site.root, TODAY)
    assert [one.rule for one in inspection.findings] == ["P-01"]
    assert (
        not stops(inspection.site, inspection.findings)
        and code(inspection.findings, "warning") == 0
    )
    again = inspect(site.root, TODAY)  # remembered
    assert not stops(again.site, again.findings) and code(again.findings, "warning") == 0


def test_a_late_report_is_not_held_and_is_counted_late(site: SmallSite) -> None:
    site.append("发布日期: 2024-02-05\n")
    text = "title: x\npolicy: {error: hold, warning: hold}\n规则: {S-10: 关闭, S-11: 关闭, S-12: 关闭}\n"
    (site.root / "site.yaml").write_text(text, "utf-8")
    outcome = site.build()
    assert not outcome.blocked and not outcome.held
    assert "晚 5 天" in site.page("coverage/2023/index.html")
    assert "2024-02-05" in site.page(
        "agencies/bureau/2023/index.html"
    ) or "2024 年 2 月 5 日" in site.page("agencies/bureau/2023/index.html")


# Reasons and the example

PLACEHOLDERS = [
    ("…", True), ("...", True), ("。。。", True), ("——", True), ("____", True), ("？", True), ("（）", True), ("待填", True),
    ("（待填）", True), ("TODO", True), ("todo: ", True), ("xxxx", True), ("××", True), ("无", True), ("原因：", True), ("N/A", True),
    ("某某局", True), ("此处填写原因", True), ("录入有误", False), ("原表空白", False), ("2 份漏报", False), ("as printed", False),
    ("办公室", False), ("无纸质原件可核", False), ("待定事项已经核实", False),
    ("同上", True),
    ("详见附件", True),
    ("请填写", True),
    ("1", True),
    ("aaa", True),
    ("XX局", True),
    ("×××原因", True),
    ("XLSX 表格录入有误", False),
    ("见附件中的说明", False),
    ("3 件重复计算", False),
]  # fmt: skip


@pytest.mark.parametrize(("text", "placeholder"), PLACEHOLDERS)
def test_a_placeholder_is_told_from_a_reason(text: str, placeholder: bool) -> None:
    assert is_placeholder(text, LAW.rules["C-05"].words, LAW.rules["D-02"].words) is placeholder


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (
            "更正:\n  - {日期: 2024-02-01, 原因: …, 改动: [{格: 行政复议.总计, 改前: 3, 改后: 0}]}\n",
            "…",
        ),
        (
            "更正:\n  - {日期: 2024-02-01, 原因: 待填, 改动: [{格: 行政复议.总计, 改前: 3, 改后: 0}]}\n",
            "待填",
        ),
        ("说明:\n  - {规则: T4-01, 原因: 原因待补充, 责任人: 办公室}\n", "原因待补充"),
        ("说明:\n  - {规则: T4-01, 原因: 原表就是这样, 责任人: ……}\n", "……"),
    ],
)
def test_a_correction_or_explanation_that_gives_no_reason_is_refused_with_its_place(
    site: SmallSite, text: str, written: str
) -> None:
    site.append(text)
    found = next(one for one in site.findings() if one.rule == "C-05")
    line = site.path().read_text("utf-8").split("\n")[found.at.line - 1]
    assert found.severity is Severity.ERROR and line[found.at.column - 1 :].startswith(written)


@pytest.mark.parametrize("policy", ["stop", "hold", "banner"])
def test_no_policy_publishes_the_example_body(tmp_path: Path, policy: str) -> None:
    root = tmp_path / "site"
    scaffold.new_site(root)
    with (root / "site.yaml").open("a", encoding="utf-8") as settings:
        settings.write(f"policy: {{error: {policy}}}\n")
    assert SmallSite(root).build().blocked
    assert not (root / "public").exists()


def test_the_example_body_is_never_published_and_says_what_to_do(tmp_path: Path) -> None:
    root = tmp_path / "site"
    scaffold.new_site(root)
    inspection = inspect(root, TODAY)
    example = inspection.findings[0]
    assert [one.rule for one in inspection.findings] == ["C-16"], (
        "what follows from it is not said besides"
    )
    assert stops(inspection.site, inspection.findings) and example.at.path.endswith(
        "example-bureau/agency.yaml"
    )
    assert example.advice is not None and all(
        word in example.advice.source
        for word in ("agency.yaml", "2025/report.yaml", "gongkai check")
    )
    path = root / "content/agencies/example-bureau/agency.yaml"
    path.write_text(path.read_text("utf-8").replace("示例市示例局", "甲市乙局"), "utf-8")
    rules = {one.rule for one in inspect(root, TODAY).findings}
    assert {"C-16", "S-01", "S-05"} <= rules, (
        "the address is still the example's, and nothing is filled in"
    )


def test_typed_numbers_of_a_list_are_those_of_the_paper(tmp_path: Path) -> None:
    """WeasyPrint counts 1, 2, 3 unless it is told to heed what HTML says of numbers."""
    words = prose.render("2. 甲\n3. 乙\n5. 丙")
    html = f'<!doctype html><html lang="zh-CN"><head><title>t</title></head><body><h1>t</h1>{words}</body></html>'
    printed = pdf.press(html.encode(), {"css": b""})
    assert printed.data is not None, printed.problems
    (tmp_path / "list.pdf").write_bytes(printed.data)
    text = PdfReader(tmp_path / "list.pdf").pages[0].extract_text()
    assert re.findall(r"\d", text) == ["2", "3", "5"], text
