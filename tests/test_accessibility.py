"""Every kind of page, in every theme and every way of seeing it: axe's rules, contrast, narrow screens, wide spacing, stillness.

A page is opened once and then looked at in all ways. What each of these finds at all is shown on a faulty page in test_faulty.py; axe
looks at every page in further modes, and at its colours, in referees/test_axe.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browsing import MODES, THEMES, kinds, modes, nothing, opened, script
from tests.checkers import violations

STYLES = {
    "spacing": """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
                  p { margin-bottom: 2em !important }""",
    "200 %": "html { font-size: 200% !important }",
}


@dataclass(frozen=True)
class View:
    """A window in which nothing may be lost: its size, and what the reader changed. Where only the width matters, texts may be cut."""

    width: int
    height: int = 900
    change: str = ""
    only_width: bool = False

    def faults(self, page: Page) -> list[str]:
        """What is lost of an open page."""
        page.set_viewport_size({"width": self.width, "height": self.height})
        MODES[self.change if self.change in MODES else "light"].enter(page)
        page.evaluate(RESTYLE, STYLES.get(self.change, ""))
        found: list[str] = page.evaluate(script("layout"))
        return [
            f"{self}: {fault}" for fault in found if not self.only_width or fault.startswith("page")
        ]


# 320 px is a desk's window of 1280 px at 400 %.
VIEWS = (
    View(320, 256),
    View(390),
    View(768),
    View(1280),
    View(320, change="spacing"),
    View(320, change="larger"),
    View(1280, change="spacing"),
    View(1280, change="200 %"),
    View(390, 844, "200 %", only_width=True),
)
RESTYLE = """text => {
  document.getElementById("restyled")?.remove();
  document.head.append(Object.assign(document.createElement("style"), { id: "restyled", textContent: text }));
}"""


def colours(page: Page) -> Any:
    """What the theme's tokens come to."""
    return page.evaluate(
        """names => Object.fromEntries(names.map(name => [name, getComputedStyle(document.documentElement).getPropertyValue(name)]))""",
        [
            f"--{name}"
            for name in (
                "paper",
                "shade",
                "tint",
                "line",
                "edge",
                "ink",
                "soft",
                "quiet",
                "main",
                "alert",
                "focus",
            )
        ],
    )


@pytest.fixture(params=THEMES)
def site(request: pytest.FixtureRequest, themed: Callable[[str], Path]) -> Path:
    return themed(request.param)


def test_every_page_is_accessible_and_stands_out_from_its_ground_in_every_mode(
    calm: Page, looked_at: Path
) -> None:
    found = {}
    for name in kinds(looked_at):
        opened(calm, looked_at, name)
        found[name, "axe"] = violations(calm, colours=False)
        found[name, "motion"] = calm.evaluate(script("motion"))
        for mode, settings in modes(calm).items():
            settings.enter(calm)
            found[name, mode] = calm.evaluate(script("contrast"), settings.least)
        MODES["light"].enter(calm)
    nothing(found)


def test_nothing_is_lost_at_any_width_with_wide_spacing_or_larger_type(
    calm: Page, looked_at: Path
) -> None:
    found = {}
    for name in kinds(looked_at):
        opened(calm, looked_at, name)
        found[name] = [fault for view in VIEWS for fault in view.faults(calm)]
    nothing(found)


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


def test_larger_type_is_larger(calm: Page, site: Path) -> None:
    if "larger" not in modes(opened(calm, site, "index.html")):
        pytest.skip("the site has no switch")
    sizes = []
    for mode in ("light", "large", "larger"):
        MODES[mode].enter(calm)
        sizes.append(
            calm.evaluate("parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)")
        )
    assert sizes[0] >= 16 and sizes[1] > sizes[0] * 1.1 and sizes[2] > sizes[1] * 1.1
