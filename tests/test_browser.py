"""In a real browser: headings as the HTML algorithm reaches them, no page wider than the phone, every link, the keyboard."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from generator.pipeline import Inspection
from generator.serve import Preview
from tests.conftest import SmallSite
from tests.test_tables import headings

pytestmark = pytest.mark.xdist_group("browser")
KINDS = {
    "home": "index.html",
    "agencies": "agencies/index.html",
    "agency": "agencies/pingtan-zone/index.html",
    "report": "agencies/haicang-district/2023/index.html",
    "report-2019": "agencies/pingtan-zone/2019/index.html",
    "compare": "agencies/pingtan-zone/compare/index.html",
    "years": "years/index.html",
    "year": "years/2020/index.html",
    "text": "about/index.html",
    "rules": "rules/index.html",
    "search": "search/index.html",
    "404": "404.html",
}
# The algorithm of the HTML standard for a cell with a `headers` attribute: the cells named, in the same table.
REACHED = """() => Object.fromEntries([...document.querySelectorAll('td[headers]')].map(cell => [cell.id,
  cell.getAttribute('headers').split(/\\s+/).map(id => {
    const head = document.getElementById(id);
    return head && head.closest('table') === cell.closest('table') && head.tagName === 'TH' ? head.textContent.trim() : null })]))"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()


def test_every_figure_reaches_its_headings_in_the_browser(page: Page, sample: Path, sample_inspection: Inspection) -> None:
    for (slug, year), report in sample_inspection.site.reports.items():
        page.goto(f"file://{sample}/agencies/{slug}/{year}/index.html")
        reached = page.evaluate(REACHED)
        expected = {address: labels for table in report.format.tables for address, labels in headings(table).items()}
        assert {address: set(labels) for address, labels in reached.items()} == expected


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("kind", KINDS)
def test_no_page_is_wider_than_the_screen(page: Page, sample: Path, kind: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"file://{sample}/{KINDS[kind]}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_wide_tables_scroll_in_a_region_that_the_keyboard_reaches(page: Page, sample: Path) -> None:
    page.goto(f"file://{sample}/{KINDS['report']}")
    regions = page.locator(".scroll.wide")
    assert regions.count() == 2
    for index in range(regions.count()):
        region = regions.nth(index)
        assert region.get_attribute("tabindex") == "0" and region.get_attribute("role") == "region"
        named = region.get_attribute("aria-labelledby")
        assert page.locator(f"#{named}").count() == 1
        region.focus()
        before = region.evaluate("node => node.scrollLeft")
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(300)
        assert region.evaluate("node => node.scrollLeft") > before


def test_row_heads_stay_in_view_while_a_table_scrolls(page: Page, sample: Path) -> None:
    page.goto(f"file://{sample}/{KINDS['report']}")
    region = page.locator(".scroll.wide").first
    region.evaluate("node => { node.scrollLeft = 250 }")
    left = region.bounding_box()
    head = page.locator(".applications th.row-head.level-0:not(.group)").first.bounding_box()
    assert left and head and abs(head["x"] - left["x"]) < 3


def test_a_crawl_from_a_disk_reaches_every_page_and_asks_nobody_else(page: Page, sample: Path) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    seen: set[str] = set()
    queue = [f"file://{sample}/index.html"]
    while queue:
        url = queue.pop()
        if url in seen:
            continue
        seen.add(url)
        page.goto(url)
        assert page.locator("h1").count() == 1, url
        found: list[str] = page.evaluate("[...document.querySelectorAll('a[href]')].map(link => link.href.split(/[?#]/)[0])")
        for target in found:
            assert target.startswith("file://"), f"{url} leads to {target}"
            assert Path(urllib.request.url2pathname(target.removeprefix("file://"))).is_file(), f"{url} leads to {target}"
        queue += [target for target in found if target.endswith(".html")]
    assert {url for url in seen if not url.endswith("404.html")} == {f"file://{path}" for path in sample.rglob("index.html")}
    assert all(url.startswith("file://") for url in asked)


@pytest.mark.parametrize("kind", KINDS)
def test_the_keyboard_reaches_the_skip_link_first_and_every_stop_is_seen(page: Page, sample: Path, kind: str) -> None:
    page.goto(f"file://{sample}/{KINDS[kind]}")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    for _ in range(12):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert page.evaluate("document.activeElement === document.body") or outline == "solid"


@pytest.mark.parametrize("kind", KINDS)
def test_the_outline_of_headings_has_no_gap(page: Page, sample: Path, kind: str) -> None:
    page.goto(f"file://{sample}/{KINDS[kind]}")
    levels = [int(name[1]) for name in page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(one => one.tagName)")]
    assert levels[0] == 1 and all(after <= before + 1 for before, after in pairwise(levels))
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(one => one.id)")
    assert len(ids) == len(set(ids))


def test_large_type_and_dark_mode_keep_everything_readable(browser: Browser, sample: Path) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme="dark")
    page = context.new_page()
    page.goto(f"file://{sample}/{KINDS['report']}")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 23, 29)"
    page.add_style_tag(content="html{font-size:200%!important}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()


@pytest.fixture
def preview(site: SmallSite, tmp_path: Path) -> Preview:
    return Preview(site.root, "zh", tmp_path / "preview")


def test_the_preview_serves_pages_and_nothing_else(preview: Preview) -> None:
    preview.make()
    status, kind, body = preview.answer("/agencies/bureau/2023/")
    assert (status, kind) == ("200 OK", "text/html; charset=utf-8") and "测试bureau局" in body.decode()
    assert preview.answer("/agencies/bureau/2023")[0] == "302 Found"
    assert preview.answer("/a\0b")[0] == preview.answer("/" + "x" * 5000)[0] == "404 Not Found"
    for path in ("/../site.yaml", "/..%2fsite.yaml", "//etc/passwd", "/nothing/"):
        assert preview.answer(path)[0] == "404 Not Found"


def test_the_last_save_of_a_burst_is_built(preview: Preview, site: SmallSite) -> None:
    preview.make()
    assert preview.turn() is None
    for number in range(1, 6):
        site.row("行政许可", f"{{处理决定: {number}}}")
        assert preview.turn() is None, "still moving"
    assert preview.turn() is not None
    assert 'class="number' in (page := preview.answer("/agencies/bureau/2023/")[2].decode()) and ">5</td>" in page
    assert preview.turn() is None


def test_the_word_to_reload_is_repeated_until_a_page_is_asked_for(preview: Preview, site: SmallSite) -> None:
    """A browser that reconnects just then misses it once; the last save must show all the same."""
    preview.make()
    assert preview.stale
    preview.answer("/assets/site.css")
    assert preview.stale
    preview.answer("/")
    assert not preview.stale
    site.row("行政许可", "{处理决定: 1}")
    preview.turn()
    preview.turn()
    assert preview.stale


def test_the_preview_keeps_the_last_good_site_and_shows_the_findings(preview: Preview, site: SmallSite) -> None:
    preview.make()
    site.row("新收", "[1, 0, 0, 0, 0, 0, 2]")
    preview.turn()
    outcome = preview.turn()
    assert outcome is not None and outcome.blocked
    assert "页面停在上一次通过核对时的样子" in preview.answer("/")[2].decode()
    assert "T3-02" in preview.answer("/_findings")[2].decode()
    site.row("新收", "0")
    preview.turn()
    preview.turn()
    assert "<aside" not in preview.answer("/")[2].decode()


def wait(check: Any, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if check():
            return
        time.sleep(0.2)
    raise AssertionError("it did not happen in time")


def answers(port: int) -> bool:
    """Whether somebody listens: the address is printed a moment before."""
    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", port)) == 0


def test_an_edit_shows_in_the_browser_also_within_three_seconds_of_the_last(page: Page, site: SmallSite) -> None:
    """The real server and a real browser: two saves close together, and the second one shows without a hand on the page."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "generator", "--root", str(site.root), "serve", "--port", str(port)], stderr=subprocess.PIPE, text=True
    )
    try:
        stderr = server.stderr
        assert stderr is not None
        wait(lambda: str(port) in stderr.readline())
        wait(lambda: answers(port))
        page.goto(f"http://127.0.0.1:{port}/agencies/bureau/2023/")
        page.wait_for_function("window.LiveReload !== undefined", timeout=30_000)
        page.wait_for_timeout(500)
        for number in (31, 32):
            site.row("行政许可", f"{{处理决定: {number}}}")
            page.wait_for_function(f"document.body.innerText.includes('行政许可决定 {number} 件')", timeout=30_000)
    finally:
        server.terminate()
        server.wait(10)


def test_nothing_is_invented_for_a_page_without_script(browser: Browser, sample: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"file://{sample}/{KINDS['compare']}")
    page.locator("summary").first.click()
    assert page.locator("details").first.locator("table").is_visible()
    context.close()
    for path in sample.rglob("*.html"):
        html = path.read_text("utf-8")
        assert ("<script" not in html or path.parent.name == "search") and not re.search(r'\sstyle="', html), path
