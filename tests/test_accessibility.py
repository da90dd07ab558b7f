"""Every kind of page in every way of seeing it: axe's rules, contrast, narrow screens, wide spacing, stillness.

What each of these finds at all is shown on a faulty page in test_faulty.py. Other themes, further modes and axe's own judgement of
colours: referees/test_axe.py.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browsing import MODES, THEMES, modes, nothing, opened
from tests.gate import lost, unseen


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
    nothing(unseen(calm, looked_at))


def test_nothing_is_lost_at_any_width_with_wide_spacing_or_larger_type(
    calm: Page, looked_at: Path
) -> None:
    nothing(lost(calm, looked_at))


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
