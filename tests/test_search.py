"""Search: the index against brute force, what a change remakes, and the page in a real browser, from a disk and under a strict policy."""

from __future__ import annotations

import base64
import json
import shutil
import sys
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from generator.build.verify import ids
from generator.derive import search
from generator.derive.search_words import form_words
from generator.inspection import Inspection, inspect
from generator.language import prose
from generator.language.folding import bigrams, bucket, folded
from generator.model.job import Job
from generator.model.law import Law
from generator.model.search import ReportText, Shelf
from generator.plan import plan
from generator.render import search_scripts
from tests.browsing import led_on, lines, script, until
from tests.conftest import ROOT, TODAY, SmallSite
from tests.sharing import built_once

Ask = Callable[..., Page]


# ---- Folding, buckets, postings ----


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("结转 下年度", "结转下年度"),
        ("ＡＢ１２％", "ab12%"),
        ("危及“三安全一稳定”", "危及三安全一稳定"),
        ("一\u3000\u200b二\n三", "一二\n三"),
        ("（一），；", "(一),;"),
    ],
)
def test_texts_are_folded(text: str, said: str) -> None:
    assert folded(text) == said


def test_a_bigram_never_spans_two_paragraphs() -> None:
    assert bigrams("年度\n总计") == {"年度", "总计"} and bigrams("年") == set()


def read(scripts: list[bytes]) -> tuple[str, dict[str, list[int]]]:
    """The stamp of a year's buckets, and which reports hold which bigram."""
    holders: dict[str, list[int]] = {}
    stamp = ""
    for number, source in enumerate(scripts):
        text: str = json.loads(source.partition(b",")[2].rstrip(b")\n"))
        stamp, *entries = text.split(" ")
        for entry in entries:
            assert bucket(entry[:2], len(scripts)) == number and entry[:2] not in holders
            holders[entry[:2]] = numbers(entry[2:])
    return stamp, holders


def numbers(posting: str) -> list[int]:
    if posting.startswith("!"):
        bits = base64.b64decode(posting[1:])
        return [at for at in range(len(bits) * 8) if bits[at >> 3] & (1 << (at & 7))]
    found = [-1]
    for step in posting.split(","):
        found.append(found[-1] + int(step, 36))
    return found[1:]


@given(st.sets(st.integers(0, 3000), min_size=1))
def test_a_posting_reads_back(held: set[int]) -> None:
    steps = [search_scripts._base36(number) for number in range(3002)]
    assert numbers(search_scripts.posting(sorted(held), steps)) == sorted(held)


TEXTS = st.text('结转下年度行政复议 ab\n"\\', max_size=12)


@given(st.lists(TEXTS, min_size=1, max_size=12), TEXTS, st.sampled_from([1, 4]))
def test_the_index_misses_nothing_and_is_exact_for_two_characters(
    texts: list[str], word: str, buckets: int
) -> None:
    scripts = [
        search_scripts.report("a", 2023, ReportText("", 0, (("overview", text),))) for text in texts
    ]
    stamp, holders = read(search_scripts.index(Shelf(2023, buckets, "0a1b2c3d"), scripts))
    assert stamp == "0a1b2c3d"
    word = folded(word).replace("\n", "")
    if len(word) < 2:
        return
    found = set.intersection(*(set(holders.get(one, ())) for one in bigrams(word)))
    said = {number for number, text in enumerate(texts) if word in folded(text)}
    assert said <= found and (len(word) > 2 or said == found)


@given(st.text())
def test_a_shard_is_one_call_whatever_a_text_holds(text: str) -> None:
    script = search_scripts.shard("text/a/2023", {"passages": [["overview", text]]}).decode(
        "utf-8", "surrogatepass"
    )
    assert "</" not in script and not {"\u2028", "\u2029"} & set(script)
    assert list(search_scripts.passages(script.encode("utf-8", "surrogatepass"))) == [text]


def test_paragraphs_keep_words_apart_and_code_in() -> None:
    text = "# 甲\n\n乙\n丙\n\n- 丁\n\n| 戊 | 己 |\n|---|---|\n| 庚 | `辛` |\n\n```\n壬\n```\n"
    assert prose.paragraphs(text) == "甲\n乙丙\n丁\n戊\n己\n庚\n辛\n壬\n"


# ---- What the index says ----


def test_every_entry_of_a_form_leads_to_a_place_on_its_reports(
    sample: Path, sample_inspection: Inspection
) -> None:
    for (slug, year), report in sample_inspection.site.reports.items():
        anchors = ids((sample / f"agencies/{slug}/{year}/index.html").read_text("utf-8"))
        words = form_words(report.format)
        assert {entry.anchor for entry in words.entries} - {""} <= anchors
        assert {anchor for _, _, anchor in words.sections} <= anchors


def test_every_row_and_column_of_a_form_is_an_entry(law: Law) -> None:
    for form in law.formats:
        entries = form_words(form).entries
        cells = list(form.cells.values())
        rows = {
            (entry.label, tuple(sorted(number for number, _ in entry.cells)))
            for entry in entries
            if entry.kind == "row"
        }
        for cell in cells:
            same = tuple(
                number
                for number, one in enumerate(cells)
                if one.row is cell.row and one.table == cell.table
            )
            assert (cell.row.label, same) in rows
        assert {cell.column.label for cell in cells} == {
            entry.label for entry in entries if entry.kind == "column"
        }
        totals = [
            entry for entry in entries if entry.kind == "row" and entry.main < len(entry.cells)
        ]
        assert totals and all(
            entry.main == 1 and cells[entry.cells[0][0]].column.label in {"总计", "合计"}
            for entry in totals
        )


def test_a_report_is_found_by_all_that_it_says(site: SmallSite) -> None:
    site.append(
        "信息来源: 某处\n更正:\n  - {日期: 2024-03-01, 原因: 抄写有误, 改动: [{格: 新收.总计, 改前: 1, 改后: 0}]}\n"
    )
    report = site.inspect().site.reports["bureau", 2023]
    text = search.report_text(site.inspect().site.law, "某机关", report, ())
    said = dict(text.passages)
    assert said[""].split("\n") == ["某处", "抄写有误 新收·总计"]
    assert (
        said["problems"] == "公开的内容还不够丰富，下一年增加解读。丁"
        and set(text.figures) == set()
    )


# ---- What a change remakes ----


def searched(made: tuple[str, ...]) -> set[str]:
    return {path for path in made if path.startswith("search/")}


def test_a_changed_cell_remakes_the_reports_own_text_and_no_index(site: SmallSite) -> None:
    site.add("other", 2023).add("other", 2022).build()
    site.row("行政许可", "{处理决定: 5}")
    assert searched(site.build().made) == {"search/text/bureau/2023.js"}


def test_a_changed_text_remakes_the_index_of_its_year(site: SmallSite) -> None:
    site.add("other", 2023).add("other", 2022).build()
    path = site.path(name="narrative.md")
    path.write_text(path.read_text("utf-8").replace("解读", "讲解"), "utf-8")
    assert searched(site.build().made) == {"search/text/bureau/2023.js", "search/2023/0.js"}


def test_a_new_report_remakes_its_year_and_the_list_of_bodies(site: SmallSite) -> None:
    site.add("other", 2023).build()
    site.add("other", 2022)
    made = searched(site.build().made)
    assert made == {
        "search/index.html",
        "search/bodies.js",
        "search/2022/0.js",
        "search/text/other/2022.js",
    }
    assert searched(site.build().made) == set()


def test_a_missing_bucket_is_made_again_with_the_same_bytes(site: SmallSite) -> None:
    site.build()
    before = (site.root / "public/search/2023/0.js").read_bytes()
    for path in (site.root / ".cache/objects").glob("*/*"):
        if b'gongkai.part("2023/0"' in path.read_bytes():
            path.unlink()
    shutil.rmtree(site.root / "public")
    assert searched(site.build().made) == {"search/2023/0.js"}
    assert (site.root / "public/search/2023/0.js").read_bytes() == before


def test_no_page_depends_on_the_index(site: SmallSite) -> None:
    def keys(site: SmallSite) -> Mapping[str, str]:
        inspection = inspect(site.root, TODAY)
        assert inspection.theme is not None
        jobs = plan(site.root, inspection.site, inspection.theme, inspection.findings, TODAY)
        return {job.output: job.key for job in jobs if isinstance(job, Job)}

    before = keys(site)
    path = site.path(name="narrative.md")
    path.write_text(path.read_text("utf-8").replace("解读", "讲解"), "utf-8")
    after = keys(site)
    assert before["search/index.html"] == after["search/index.html"]
    assert {
        path for path in before if before[path] != after[path] and path.startswith("search/")
    } == {"search/text/bureau/2023.js"}


def test_a_site_without_reports_has_no_search(empty_site: SmallSite) -> None:
    empty_site.build()
    assert not (empty_site.root / "public/search").exists() and "search/" not in empty_site.page(
        "index.html"
    )


# ---- In the browser ----


class Strict(SimpleHTTPRequestHandler):
    """A server that lets a page use nothing but its own files, and nothing inline."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", "default-src 'self'")
        super().end_headers()

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture(params=["disk", "web"])
def root(request: pytest.FixtureRequest, sample: Path) -> Iterator[str]:
    """The address of the sample site: its folder, or a server with a strict content policy."""
    if request.param == "disk":
        yield f"file://{sample}"
        return
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Strict, directory=str(sample)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture
def ask(browser: Browser) -> Iterator[Ask]:
    """Opens the search page of a site with what is asked, and waits for the answer. Any error of the page fails the test."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on(
        "console", lambda message: errors.append(message.text) if message.type == "error" else None
    )

    def open_page(root: str, query: str, **more: str) -> Page:
        given = "".join(f"&{key}={quote(value)}" for key, value in more.items())
        page.goto(f"{root}/search/index.html?q={quote(query)}{given}")
        return answered(page)

    yield open_page
    context.close()
    assert errors == []


def answered(page: Page) -> Page:
    """The page once its search has come to an answer, or says how to ask."""
    page.wait_for_load_state()
    said = "!/^(正在查找.*|)$/.test(document.getElementById('search-status').textContent)"
    until(page, f"{said} || !document.getElementById('search-help').hidden")
    return page


def test_a_statutory_term_finds_every_report(
    root: str, ask: Ask, sample_inspection: Inspection
) -> None:
    page = ask(root, "结转下年度")
    assert "这一项在 12 份报告中" in page.inner_text(".rows")
    page.click(".rows button:visible")
    until(page, "document.querySelectorAll('.rows li li').length === 12")
    reports = sample_inspection.site.reports
    hrefs: list[str] = page.evaluate(
        "[...document.querySelectorAll('.rows li li a')].map(link => link.href)"
    )
    assert {(href.split("/")[-3], int(href.split("/")[-2])) for href in hrefs} == set(reports)
    texts = {
        key
        for key, report in reports.items()
        if any("结转下年度" in prose.plain(text.markdown) for text in report.texts)
    }
    assert len(texts) == page.locator(".texts > ol > li").count() == 3
    assert page.locator(".texts mark").all_inner_texts() == ["结转下年度"] * 3


def test_a_body_a_year_and_a_row_give_its_figures(root: str, ask: Ask) -> None:
    page = ask(root, "海沧区 2023 不予公开")
    assert lines(page, ".bodies h3") == ["厦门市海沧区人民政府"]
    assert lines(page, ".rows li li") == [
        "厦门市海沧区人民政府 2023 年度 保护第三方合法权益 2 件 · 四类过程性信息 2 件"
    ]
    page = ask(root, "海沧区2023年 结转下年度")
    assert lines(page, ".rows li li") == ["厦门市海沧区人民政府 2023 年度 总计 4 件"]
    page = ask(root, "海沧区 新收 自然人")
    assert lines(page, ".rows li li") == ["厦门市海沧区人民政府 2023 年度 自然人 104 件"]
    page = ask(root, "行政复议 纠正", year="2023")
    assert lines(page, ".rows li li")[0] == "厦门市海沧区人民政府 2023 年度 结果纠正 1 件"


@pytest.mark.parametrize(
    "query", ["结转下年度", "行政复议", "科研机构", "绩效考核", "T3-01", "平潭"]
)
def test_a_hit_leads_to_a_place_that_exists(root: str, ask: Ask, query: str) -> None:
    page = ask(root, query)
    hrefs = list(
        dict.fromkeys(
            page.evaluate(
                "[...document.querySelectorAll('#search-results a')].map(link => link.href)"
            )
        )
    )
    assert hrefs
    for href in hrefs[:8]:
        page.goto(href)
        anchor = href.partition("#")[2]
        assert page.locator("h1").count() == 1 and (
            not anchor or page.locator(f'[id="{anchor}"]').count() == 1
        )


def test_words_and_phrases(root: str, ask: Ask) -> None:
    assert lines(ask(root, "“三审三校”"), ".texts h3") == ["厦门市海沧区人民政府 2023 年度"]
    assert lines(ask(root, "ｈ５ 动漫"), ".texts h3") == ["厦门市海沧区人民政府 2023 年度"]
    page = ask(root, "培训 结转下年度")
    assert "四、结转下年度继续办理 总计 0 件" in page.inner_text(".texts"), (
        "a word that only the table has is shown with its figure"
    )
    assert ask(root, "没有这个词").locator("#search-results li").count() == 0
    assert ask(root, "T3-01").inner_text(".pages h3").startswith("T3-01")
    assert "单独一个字" in ask(root, "岛").inner_text("#search-status")
    assert lines(ask(root, "2020"), ".texts h3")[0] == "鹤山市人民政府办公室 2020 年度"


def test_facets_narrow_and_the_way_back_works(root: str, ask: Ask) -> None:
    page = ask(root, "结转下年度")
    answered(led_on(page, page.get_by_role("link", name="2020 年度（4）").click))
    assert page.input_value("#search-year") == "2020" and "4 份报告" in page.inner_text(".rows")
    answered(led_on(page, page.get_by_role("link", name="上高县锦江镇人民政府（1）").click))
    assert (
        page.input_value("#search-body") == "上高县锦江镇人民政府"
        and page.locator(".rows li li").count() == 1
    )
    answered(led_on(page, page.go_back))
    assert "4 份报告" in page.inner_text(".rows") and page.input_value("#search-body") == ""


def test_the_keyboard_is_enough(root: str, ask: Ask) -> None:
    page = ask(root, "")  # nothing asked for: the page says how to ask
    assert page.locator("#search-help").is_visible()
    page.focus("#search-q")
    page.keyboard.type("结转下年度")
    answered(led_on(page, lambda: page.keyboard.press("Enter")))
    assert page.get_by_role("status").inner_text().startswith("找到：表格项目（1） · 报告（3）")
    button = page.get_by_role("button", name="更多：四、结转下年度继续办理")
    button.focus()
    before = page.locator(".rows li li").count()
    page.keyboard.press("Enter")
    until(page, f"document.querySelectorAll('.rows li li').length > {before}")
    assert (
        page.evaluate(
            "[...document.querySelectorAll('.rows li li a')].indexOf(document.activeElement)"
        )
        == before
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_english_results_say_what_is_chinese(ask: Ask, sample: Path) -> None:
    page = ask(f"{sample.as_uri()}/en", "新收")
    page.locator("#search-results h3").nth(3).wait_for()
    assert page.evaluate(script("tongues")) == []


def test_without_script_the_page_leads_on(browser: Browser, sample: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"file://{sample}/search/index.html?q=1")
    assert not page.locator("#search form").is_visible()
    led_on(page, page.get_by_role("link", name="机关名录").click)
    assert page.inner_text("h1") == "机关名录"
    context.close()


def test_folding_and_buckets_are_the_scripts_own(ask: Ask, sample: Path) -> None:
    """Of every character that this Python's Unicode knows."""
    page = ask(f"file://{sample}", "2020")
    characters = [
        chr(code)
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(chr(code)) not in {"Cs", "Cn"}
    ]
    there: list[str] = page.evaluate("all => all.map(one => gongkai.fold(one))", characters)
    assert [one for one, other in zip(characters, there, strict=True) if folded(one) != other] == []
    pairs = [a + b for a, b in zip(characters[::97], characters[50::97], strict=False)]
    for count in (1, 8, 1024):
        assert page.evaluate(
            "([all, count]) => all.map(one => gongkai.bucket(one, count))", [pairs, count]
        ) == [bucket(pair, count) for pair in pairs]
    held = [[0], [0, 1, 2, 3], [7, 8, 2500], list(range(0, 3000, 2)), [35, 36, 1331]]
    postings = [
        search_scripts.posting(one, [search_scripts._base36(number) for number in range(3001)])
        for one in held
    ]
    assert page.evaluate("all => all.map(gongkai.numbers)", postings) == held


NASTY = '"></script><img src=x onerror="window.hurt=1"><b>粗体字</b> \\ `code` {{ }} ${1}'


@pytest.fixture(scope="session")
def renamed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site in both languages: a body with an old name, a text that tries to get out, twenty-five reports."""
    return built_once(tmp_path_factory, "renamed", build_renamed) / "public"


def build_renamed(root: Path) -> None:
    (root / "content/agencies").mkdir(parents=True)
    (root / "site.yaml").write_text(
        "title: 测试站\nlanguages: [zh-CN, en]\npolicy: {error: banner}\n规则: {S-10: 关闭, S-11: 关闭, S-12: 关闭}\n",
        "utf-8",
    )
    site = SmallSite(root)
    for number in range(25):
        site.add(f"b{number:02}", 2023)
    site.append(f"信息来源: {json.dumps(NASTY, ensure_ascii=False)}\n", "b00")
    names = "历任名称:\n  - {名称: 示例县水利局, 至: 2021-03-31}\n  - {名称: 示例县水务局, 自: 2021-04-01}\n类型: 工作部门\n层级: 县级\n"
    (root / "content/agencies/b07/agency.yaml").write_text(names, "utf-8")
    outcome = site.build()
    assert not outcome.blocked, outcome.findings


def test_an_old_name_finds_the_body(ask: Ask, renamed: Path) -> None:
    page = ask(f"file://{renamed}", "水利局")
    assert lines(page, ".bodies h3") == [
        "示例县水务局"
    ] and "曾用名称：示例县水利局" in page.inner_text(".bodies")
    assert lines(page, ".texts h3") == ["示例县水务局 2023 年度"]
    assert lines(ask(f"file://{renamed}", "新收", body="水利局"), ".rows li li") == [
        "示例县水务局 2023 年度 总计 0 件"
    ]


def test_a_text_that_tries_to_get_out_is_text(ask: Ask, renamed: Path) -> None:
    page = ask(f"file://{renamed}", "粗体字")
    assert (
        "<b>粗体字</b>" in page.inner_text(".texts")
        and page.locator("#search-results img, #search-results b").count() == 0
    )
    assert page.evaluate("window.hurt") is None
    page = ask(f"file://{renamed}", "<img src=x onerror=window.hurt=1>", body="<b>")
    assert page.evaluate("window.hurt") is None and page.locator("#search img").count() == 0


def test_more_hits_are_kept_in_the_address(ask: Ask, renamed: Path) -> None:
    page = ask(f"file://{renamed}", "政策文件")
    assert page.locator(".texts > ol > li").count() == 20 and "最多 25" in page.inner_text(
        "#search-texts"
    )
    page.click(".texts > button")
    until(page, "document.querySelectorAll('.texts > ol > li').length === 25")
    assert page.inner_text("#search-texts") == "报告（25）"
    led_on(page, page.locator(".texts h3 a").last.click)
    answered(led_on(page, page.go_back))
    assert page.locator(".texts > ol > li").count() == 25


def test_a_stale_index_says_so(browser: Browser, renamed: Path, tmp_path: Path) -> None:
    shutil.copytree(renamed, tmp_path / "copy")
    path = tmp_path / "copy/search/bodies.js"
    data: Any = json.loads(path.read_bytes().partition(b",")[2].rstrip(b")\n"))
    data["years"][0][2] = "00000000"
    path.write_bytes(search_scripts.shard("bodies", data))
    page = browser.new_page()
    page.goto(f"file://{tmp_path}/copy/search/index.html?q={quote('政策文件')}")
    assert "刚刚更新" in answered(page).inner_text("#search-status")
    (tmp_path / "copy/search/forms.js").unlink()
    page.reload()
    assert "没有读到" in answered(page).inner_text("#search-status")
    page.close()


def test_all_languages_share_one_index(ask: Ask, renamed: Path) -> None:
    assert not (renamed / "en/search/bodies.js").exists()
    page = ask(f"file://{renamed}/en", "新收")
    led_on(page, page.locator(".rows li li a").first.click)
    assert (
        page.url.startswith(f"file://{renamed}/en/agencies/b")
        and page.locator(f'[id="{page.url.partition("#")[2]}"]').count() == 1
    )


def test_the_script_hard_codes_no_sentence() -> None:
    for path in (ROOT / "themes/default/assets").glob("search*.js"):
        said = {one for one in path.read_text("utf-8") if "\u4e00" <= one <= "\u9fff"}
        assert said <= set("年度"), path
