"""A walk with the Tab key over every kind of page: all that can be used is reached, in order, seen, large enough, and left again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browsing import MODES, THEMES, kinds, nothing, opened, script

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture(params=THEMES)
def site(request: pytest.FixtureRequest, themed: Callable[[str], Path]) -> Path:
    return themed(request.param)


def walk(page: Page, most: int, key: str = "Tab") -> Iterator[dict[str, Any]]:
    """The stops of an open page, until the keyboard leaves it (some browsers begin again at once) or has stopped `most` times."""
    first = 0
    for _ in range(most):
        page.keyboard.press(key)
        stop: dict[str, Any] = page.evaluate(script("stop"))
        if stop["number"] in {-1, first}:
            return
        first = first or stop["number"]
        yield stop


def faults(page: Page) -> list[str]:
    """What is wrong with a walk over an open page from its top to its end."""
    wanted: list[int] = page.evaluate(script("stops"))
    stops = list(walk(page, len(wanted) + 60))
    found = [f"“{stop['text']}”: {fault}" for stop in stops for fault in stop["faults"]]
    if len(stops) >= len(wanted) + 60:
        found.append("the walk does not end")
    pairs = [(before, after) for before, after in pairwise(stops) if after["number"] < before["number"]]
    found += [f"“{after['text']}” comes after “{before['text']}”" for before, after in pairs]
    missed = sorted(set(wanted) - {stop["number"] for stop in stops})
    names = page.evaluate("numbers => numbers.map(one => document.querySelectorAll('*')[one].outerHTML.slice(0, 60))", missed)
    found += [f"never reached: {name}" for name in names]
    # The way past the navigation is the first stop, and leads to the page's main part.
    first = page.evaluate(
        "number => document.querySelectorAll('*')[number]?.getAttribute('href') ?? ''", stops[0]["number"] if stops else -1
    )
    if not first.startswith("#") or not page.evaluate("name => Boolean(document.getElementById(name)?.closest('main'))", first[1:]):
        found.append("the first stop does not lead to the main part")
    return found


@pytest.mark.parametrize("width", [390, 1280])
def test_the_keyboard_reaches_all_in_order_and_every_stop_is_seen(calm: Page, site: Path, rare: Path, width: int) -> None:
    calm.set_viewport_size({"width": width, "height": 700})
    found = {}
    for folder in (site, rare):
        for name in kinds(folder, every=False):
            calm.goto((folder / name).as_uri())
            found[name] = faults(calm)
    nothing(found)


def test_the_way_past_the_navigation_is_taken(calm: Page, site: Path) -> None:
    opened(calm, site, "index.html")
    calm.keyboard.press("Tab")
    calm.keyboard.press("Enter")
    calm.keyboard.press("Tab")
    assert calm.evaluate("document.activeElement.closest('main') !== null")


def test_the_keyboard_walks_back_too(calm: Page, site: Path) -> None:
    """From the end to the beginning: nothing holds the reader there either."""
    for name in kinds(site, every=False):
        calm.goto((site / name).as_uri())
        wanted = calm.evaluate(script("stops"))
        if len(wanted) < 80:
            stops = [stop["number"] for stop in walk(calm, len(wanted) + 60, "Shift+Tab")]
            assert len(stops) < len(wanted) + 60 and stops == sorted(stops, reverse=True), name


@pytest.mark.parametrize("mode", ["dark", "contrast", "forced colours"])
def test_every_stop_is_outlined_in_every_mode(calm: Page, site: Path, mode: str) -> None:
    found = {}
    for name in kinds(site, every=False)[:4]:
        MODES[mode].enter(opened(calm, site, name))
        found[name] = [f"“{stop['text']}”: {fault}" for stop in walk(calm, 12) for fault in stop["faults"] if "outline" in fault]
    nothing(found)
