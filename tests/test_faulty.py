"""The gate looks at a page with planted faults (data/faulty.html): each checker must still find its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browsing import script
from tests.checkers import faults, orphans, violations
from tests.conftest import ROOT
from tests.reading import Reader, lost

FAULTY = ROOT / "tests" / "data" / "faulty.html"
AXE = [
    "document-title",
    "html-has-lang",
    "meta-viewport",
    "heading-order",
    "color-contrast",
    "label",
    "image-alt",
    "link-name",
    "button-name",
    "tabindex",
    "frame-title",
    "list",
    "aria-allowed-role|region|landmark-one-main",
    "target-size",
    "empty-table-header|td-headers-attr|th-has-data-cells",
]


@pytest.fixture
def faulty(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 600}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(FAULTY.as_uri())
    yield page
    context.close()


def missing(found: list[str], wanted: list[str]) -> list[str]:
    """The wanted words that no fault has."""
    return [word for word in wanted if not any(word in fault for fault in found)]


def test_axe_finds_its_faults(faulty: Page) -> None:
    found = {fault.split()[0] for fault in violations(faulty)}
    assert [rules for rules in AXE if not found & set(rules.split("|"))] == []


def test_pale_texts_and_edges_are_found_and_nothing_else(faulty: Page) -> None:
    found = faulty.evaluate(script("contrast"), 4.5)
    assert (
        missing(found, ["太淡的字", "浅底上的淡字", "半透明的字", "input.: edge"]) == []
        and len(found) == 4
    )
    assert len(faulty.evaluate(script("contrast"), 2)) < 4


def test_lost_texts_are_found(faulty: Page) -> None:
    found = faulty.evaluate(script("layout"))
    wanted = [
        "wider than the window",
        "p#cut. “这一行字被盒子切掉",
        "out of p#fixed",
        "a keyboard cannot",
        "div#heads.: heads leave",
    ]
    assert missing(found, wanted) == []


def test_motion_is_found(faulty: Page) -> None:
    assert (
        missing(faulty.evaluate(script("motion")), ["runs: turn", "p.: moves", "scrolls smoothly"])
        == []
    )


def test_cells_without_headings_are_found(faulty: Page) -> None:
    found = orphans(faulty.evaluate(script("headers")))
    wanted = [
        "headless (0, 0) 1: no heading",
        "astray (1, 0) 1: ['nowhere']",
        "astray (1, 1) 2: ['twice']",
        "grouped (1, 1) 1: no heading",
    ]
    assert missing(found, wanted) == []


def test_faults_of_the_keyboards_way_are_found(faulty: Page) -> None:
    found = faults(faulty)
    wanted = [
        "“没有焦点框”: no outline",
        "“先来”: asks to come first",
        "comes after “先来”",
        "the walk does not end",
        "走不到的链接",
        "has no name",
    ]
    assert (
        missing(
            found, [*wanted, "px, and another target beside it", "does not lead to the main part"]
        )
        == []
    )


def test_a_stop_behind_something_is_found(faulty: Page) -> None:
    faulty.evaluate("document.querySelector('#lid').style.top = '0'")
    faulty.locator("a").first.focus()
    assert missing(faulty.evaluate(script("stop"))["faults"], ["hidden behind div"]) == []


def test_chinese_without_its_language_is_found(faulty: Page) -> None:
    found = faulty.evaluate(script("tongues"))
    assert missing(found, ["A note on 结转下年度", "一页有错的页面"]) == []


def test_what_is_wrong_without_a_browser_is_found(tmp_path: Path) -> None:
    (tmp_path / "faulty.html").write_bytes(FAULTY.read_bytes())
    page = Reader(FAULTY.read_text("utf-8"))
    found = list(page.faults("zh-CN"))
    wanted = [
        "speaks “”",
        "no title",
        "no description",
        "viewport",
        "level 4 follows level 1",
        "id twice twice",
        "<p style>",
        "<p onclick>",
    ]
    assert missing(found, [*wanted, "<style>", "<script>"]) == []
    assert (
        missing(
            list(lost(tmp_path, {"faulty.html": page}, "faulty.html")),
            ["somewhere.html", "about.html", "nothing.png"],
        )
        == []
    )
