"""Every kind of page, in every theme and every way of seeing it: axe's rules, contrast, narrow screens, wide spacing, stillness.

What each of these finds at all is shown on a faulty page in test_faulty.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browsing import MODES, THEMES, kinds, modes, nothing, opened, prefixes, script

AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """tags => axe.run(document, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] })
  .then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(node => [id, node.target.join(" "), node.failureSummary])))"""
# axe looks at everything it knows in these; the colours of every mode are looked at by scripts/contrast.js, which leaves nothing undecided.
LOOKS = {"light": 1280, "dark": 390, "larger": 390}
STYLES = {
    "spacing": """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
                  p { margin-bottom: 2em !important }""",
    "200 %": "html { font-size: 200% !important }",
}


def violations(page: Page) -> list[str]:
    """What axe finds wrong with an open page."""
    page.evaluate(AXE)
    return [f"{rule} {target}: {said}" for rule, target, said in page.evaluate(RUN, TAGS)]


def colours(page: Page) -> Any:
    """What the theme's tokens come to."""
    return page.evaluate(
        """names => Object.fromEntries(names.map(name => [name, getComputedStyle(document.documentElement).getPropertyValue(name)]))""",
        [f"--{name}" for name in ("paper", "shade", "tint", "line", "edge", "ink", "soft", "quiet", "main", "alert", "focus")],
    )


@pytest.fixture(params=THEMES)
def site(request: pytest.FixtureRequest, themed: Callable[[str], Path]) -> Path:
    return themed(request.param)


def every(*sites: Path, richest: bool = True) -> Iterator[tuple[Path, str]]:
    for site in sites:
        yield from ((site, name) for name in kinds(site, every=richest))


@pytest.mark.xdist_group("axe")
@pytest.mark.parametrize("mode", LOOKS)
def test_axe_finds_nothing(calm: Page, site: Path, mode: str) -> None:
    calm.set_viewport_size({"width": LOOKS[mode], "height": 900})
    found = {}
    for folder, name in every(site, richest=mode == "light"):
        MODES[mode].enter(opened(calm, folder, name))
        found[name] = violations(calm)
    nothing(found)


@pytest.mark.xdist_group("axe")
def test_axe_finds_nothing_on_rare_pages(calm: Page, rare: Path) -> None:
    found = {name: violations(opened(calm, rare, name)) for name in kinds(rare)}
    nothing(found)


@pytest.mark.xdist_group("browser")
def test_texts_stand_out_from_their_ground_in_every_mode(calm: Page, site: Path, rare: Path) -> None:
    found = {}
    for folder, name in every(site, rare):
        opened(calm, folder, name)
        for mode, settings in modes(calm).items():
            settings.enter(calm)
            found[name, mode] = calm.evaluate(script("contrast"), settings.least)
    nothing(found)


@pytest.mark.xdist_group("browser")
def test_the_sites_own_switch_gives_what_the_system_gives(calm: Page, site: Path) -> None:
    if "larger" not in modes(opened(calm, site, "index.html")):
        pytest.skip("the site has no switch")
    pairs = {
        "switched to light": "light",
        "switched to dark": "dark",
        "switched to contrast": "dark contrast",  # 高对比 is always on black
        "dark, switched to contrast": "dark contrast",
    }
    for switched, asked in pairs.items():
        seen = []
        for mode in (switched, asked):
            MODES[mode].enter(calm)
            seen.append(colours(calm))
        assert seen[0] and seen[0] == seen[1], switched


@pytest.mark.xdist_group("browser")
def test_larger_type_is_larger(calm: Page, site: Path) -> None:
    if "larger" not in modes(opened(calm, site, "index.html")):
        pytest.skip("the site has no switch")
    sizes = []
    for mode in ("light", "large", "larger"):
        MODES[mode].enter(calm)
        sizes.append(calm.evaluate("parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)"))
    assert sizes[0] >= 16 and sizes[1] > sizes[0] * 1.1 and sizes[2] > sizes[1] * 1.1


@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_is_lost_at_any_width(calm: Page, site: Path, rare: Path, width: int) -> None:
    """320 px is a desk's window of 1280 px at 400 %."""
    calm.set_viewport_size({"width": width, "height": 256 if width == 320 else 900})
    found = {name: opened(calm, folder, name).evaluate(script("layout")) for folder, name in every(site, rare, richest=width < 768)}
    nothing(found)


@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize(("width", "change"), [(320, "spacing"), (320, "larger"), (1280, "spacing"), (1280, "200 %")])
def test_nothing_is_lost_with_wide_spacing_or_larger_type(calm: Page, site: Path, rare: Path, width: int, change: str) -> None:
    calm.set_viewport_size({"width": width, "height": 900})
    found = {}
    for folder, name in every(site, rare):
        opened(calm, folder, name)
        if change in MODES:
            MODES[change].enter(calm)
        else:
            calm.add_style_tag(content=STYLES[change])
        found[name] = calm.evaluate(script("layout"))
    nothing(found)


@pytest.mark.xdist_group("browser")
def test_no_page_is_wider_than_a_phone_with_type_of_double_size(page: Page, site: Path) -> None:
    found = {}
    for name in kinds(site):
        opened(page, site, name).add_style_tag(content=STYLES["200 %"])
        found[name] = [fault for fault in page.evaluate(script("layout")) if fault.startswith("page")]
    nothing(found)


@pytest.mark.xdist_group("browser")
def test_nothing_moves_for_who_asked_for_stillness(calm: Page, site: Path) -> None:
    found = {name: opened(calm, site, name).evaluate(script("motion")) for name in kinds(site)}
    nothing(found)


@pytest.mark.xdist_group("browser")
def test_chinese_texts_of_pages_in_another_language_say_so(browser: Browser, sample: Path) -> None:
    page = browser.new_page()
    found = {}
    for prefix in prefixes(sample):
        for path in sorted((sample / prefix).rglob("*.html")):
            page.goto(path.as_uri())
            found[path.relative_to(sample)] = page.evaluate(script("tongues"))
    page.context.close()
    nothing(found)
