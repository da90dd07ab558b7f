"""A walk with the Tab key over every kind of page: all that can be used is reached, in order, seen, large enough, and left again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browsing import MODES, THEMES, kinds, nothing, opened, until
from tests.checkers import walk, walks_back
from tests.gate import unreached


@pytest.fixture(params=THEMES)
def site(request: pytest.FixtureRequest, themed: Callable[[str], Path]) -> Path:
    return themed(request.param)


@pytest.mark.parametrize("width", [390, 1280])
def test_the_keyboard_reaches_all_in_order_and_every_stop_is_seen(
    calm: Page, looked_at: Path, width: int
) -> None:
    nothing(unreached(calm, looked_at, width))


def test_the_way_past_the_navigation_is_taken(calm: Page, site: Path) -> None:
    opened(calm, site, "index.html")
    calm.keyboard.press("Tab")
    calm.keyboard.press("Enter")
    until(calm, "location.hash !== ''")
    calm.keyboard.press("Tab")
    until(calm, "document.activeElement.closest('main') !== null")


def test_the_keyboard_walks_back_too(calm: Page, themed: Callable[[str], Path]) -> None:
    """From the end to the beginning: nothing holds the reader there either. Other themes: referees/test_axe.py."""
    assert walks_back(calm, themed("default")) == []


@pytest.mark.parametrize("mode", ["dark", "contrast", "forced colours"])
def test_every_stop_is_outlined_in_every_mode(calm: Page, site: Path, mode: str) -> None:
    found = {}
    for name in kinds(site, every=False)[:4]:
        MODES[mode].enter(opened(calm, site, name))
        found[name] = [
            f"“{stop['text']}”: {fault}"
            for stop in walk(calm, 12)
            for fault in stop["faults"]
            if "outline" in fault
        ]
    nothing(found)
