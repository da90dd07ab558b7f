"""In a real browser: tables that scroll, and the preview that follows what is saved."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from generator.cli.preview import Preview
from tests.browsing import until
from tests.conftest import SmallSite

REPORT = "agencies/haicang-district/2023/index.html"


def test_wide_tables_scroll_in_a_region_that_the_keyboard_reaches(page: Page, sample: Path) -> None:
    page.goto(f"file://{sample}/{REPORT}")
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
        until(page, f"document.querySelectorAll('.scroll.wide')[{index}].scrollLeft > {before}")


def test_row_heads_stay_in_view_while_a_table_scrolls(page: Page, sample: Path) -> None:
    page.goto(f"file://{sample}/{REPORT}")
    region = page.locator(".scroll.wide").first
    region.evaluate("node => { node.scrollLeft = 250 }")
    left = region.bounding_box()
    head = page.locator(".applications th.row-head.level-0:not(.group)").first.bounding_box()
    assert left and head and abs(head["x"] - left["x"]) < 3


@pytest.fixture
def preview(site: SmallSite, tmp_path: Path) -> Preview:
    return Preview(site.root, "zh", tmp_path / "preview")


def test_the_preview_serves_pages_and_nothing_else(preview: Preview) -> None:
    preview.make()
    status, kind, body = preview.answer("/agencies/bureau/2023/")
    assert (status, kind) == (
        "200 OK",
        "text/html; charset=utf-8",
    ) and "测试bureau局" in body.decode()
    assert preview.answer("/agencies/bureau/2023")[0] == "302 Found"
    assert preview.answer("/a\0b")[0] == preview.answer("/" + "x" * 5000)[0] == "404 Not Found"
    for path in ("/../site.yaml", "/..%2fsite.yaml", "//etc/passwd", "/nothing/"):
        assert preview.answer(path)[0] == "404 Not Found"


def test_a_pdf_is_made_when_it_is_asked_for(preview: Preview, site: SmallSite) -> None:
    preview.make()
    assert b'href="report.pdf"' in preview.answer("/agencies/bureau/2023/")[2]
    assert not (preview.folder / "agencies/bureau/2023/report.pdf").exists()
    status, kind, first = preview.pdf("/agencies/bureau/2023/report.pdf")
    assert (status, kind, first[:5]) == ("200 OK", "application/pdf", b"%PDF-")
    site.row("行政许可", "{处理决定: 5}")
    assert preview.pdf("/agencies/bureau/2023/report.pdf")[2] != first  # of what is on disk now
    site.add("office", 2023)
    assert preview.pdf("/years/2023/compendium.pdf")[1] == "application/pdf"
    for path in ("/agencies/bureau/1999/report.pdf", "/../../etc/passwd.pdf"):
        assert preview.pdf(path)[0] == "404 Not Found"
    text = site.path(name="narrative.md").read_text("utf-8")
    site.write(text.replace("一次。", "一次，\U0010fffd。"), name="narrative.md")
    status, kind, body = preview.pdf("/agencies/bureau/2023/report.pdf")
    assert status.startswith("500") and "fonts-noto-cjk" in body.decode()


def test_the_last_save_of_a_burst_is_built(preview: Preview, site: SmallSite) -> None:
    preview.make()
    assert preview.turn() is None
    for number in range(1, 6):
        site.row("行政许可", f"{{处理决定: {number}}}")
        assert preview.turn() is None, "still moving"
    assert preview.turn() is not None
    assert (
        'class="number' in (page := preview.answer("/agencies/bureau/2023/")[2].decode())
        and ">5</td>" in page
    )
    assert preview.turn() is None


def test_the_word_to_reload_is_repeated_until_a_page_is_asked_for(
    preview: Preview, site: SmallSite
) -> None:
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


def test_the_preview_keeps_the_last_good_site_and_shows_the_findings(
    preview: Preview, site: SmallSite
) -> None:
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


def test_an_edit_shows_in_the_browser_also_within_three_seconds_of_the_last(
    page: Page, site: SmallSite
) -> None:
    """The real server and a real browser: two saves close together, and the second one shows without a hand on the page."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "generator", "--root", str(site.root), "serve", "--port", str(port)],
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        stderr = server.stderr
        assert stderr is not None
        wait(lambda: str(port) in stderr.readline())
        wait(lambda: answers(port))
        page.goto(f"http://127.0.0.1:{port}/agencies/bureau/2023/")
        # A save that comes before the page listens is told again: see above.
        page.wait_for_function("window.LiveReload !== undefined", timeout=30_000)
        for number in (31, 32):
            site.row("行政许可", f"{{处理决定: {number}}}")
            page.wait_for_function(
                f"document.body.innerText.includes('行政许可决定 {number} 件')", timeout=30_000
            )
    finally:
        server.terminate()
        server.wait(10)


def test_the_directory_is_filtered_by_any_part_of_a_name(page: Page, sample: Path) -> None:
    page.goto(f"file://{sample}/agencies/index.html")
    shown = page.locator(".tree li:visible")
    everybody = shown.count()
    page.fill("#filter", "海沧")
    assert (
        page.locator(".tree > li:visible").count() == 1
        and page.inner_text(".filter [role=status]") == "相符的机关：1 个。"
    )
    page.fill("#filter", "没有的机关")
    assert shown.count() == 0 and page.inner_text(".filter [role=status]") == "没有相符的机关。"
    page.fill("#filter", "")
    assert shown.count() == everybody and page.inner_text(".filter [role=status]") == ""


def test_the_display_is_remembered_from_page_to_page(page: Page, sample: Path) -> None:
    page.goto(f"file://{sample}/index.html")
    page.click("details.display summary")
    page.click("[data-setting=size] [value=larger]")
    page.click("[data-setting=mode] [value=contrast]")
    page.keyboard.press("Escape")
    assert not page.evaluate("document.querySelector('details.display').open")
    page.goto(f"file://{sample}/years/index.html")
    assert page.evaluate(
        "[document.documentElement.dataset.size, document.documentElement.dataset.mode]"
    ) == ["larger", "contrast"]
    assert page.get_attribute("[data-setting=size] [value=larger]", "aria-pressed") == "true"
    page.click("details.display summary")
    page.click("[data-setting=size] [value='']")
    page.click("[data-setting=mode] [value='']")
    assert page.evaluate("Object.keys(document.documentElement.dataset).length") == 0
    page.reload()
    assert page.evaluate("Object.keys(document.documentElement.dataset).length") == 0


def test_a_table_that_fits_is_no_stop_and_keeps_its_head_in_view(
    browser: Browser, sample: Path
) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 700})
    page.goto(f"file://{sample}/agencies/pingtan-zone/2023/index.html")
    region = page.locator(".scroll:has(> #applications)")
    assert region.get_attribute("tabindex") is None and "fits" in (
        region.get_attribute("class") or ""
    )
    page.locator("[id='applications.concluded.total']").scroll_into_view_if_needed()
    head = page.locator("#applications thead").bounding_box()
    assert head and 0 <= head["y"] < 5
    page.set_viewport_size({"width": 390, "height": 700})
    page.wait_for_function("document.querySelector('.scroll:has(> #applications)').tabIndex === 0")
    page.close()


def test_a_comparison_too_wide_for_the_screen_opens_at_its_newest_year(
    page: Page, sample: Path
) -> None:
    page.goto(f"file://{sample}/agencies/pingtan-zone/compare/index.html")
    newest = page.locator("#applications-total thead tr:last-child th").last.bounding_box()
    assert newest and 0 < newest["x"] < 390
