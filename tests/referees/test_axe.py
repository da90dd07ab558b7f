"""All of axe's rules, colours too, on every kind of page in every theme and in each of its looks; the whole gate for themes but the
shipped one, which the suite looks at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browsing import MODES, OTHER_THEMES, THEMES, kinds, nothing, opened
from tests.checkers import violations, walks_back
from tests.gate import lost, unreached, unseen

# Mode → width of the window.
LOOKS = {"light": 1280, "dark": 390, "larger": 390}


@pytest.mark.parametrize("mode", LOOKS)
@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_nothing(
    calm: Page, themed: Callable[[str], Path], theme: str, mode: str
) -> None:
    calm.set_viewport_size({"width": LOOKS[mode], "height": 900})
    site, found = themed(theme), {}
    for name in kinds(site, every=mode == "light"):
        MODES[mode].enter(opened(calm, site, name))
        found[name] = violations(calm)
    nothing(found)


def test_axe_finds_nothing_on_rare_pages(calm: Page, rare: Path) -> None:
    found = {name: violations(opened(calm, rare, name)) for name in kinds(rare)}
    nothing(found)


@pytest.mark.parametrize("theme", OTHER_THEMES)
def test_every_other_theme_passes_the_gate_of_the_shipped_theme(
    calm: Page, themed: Callable[[str], Path], theme: str
) -> None:
    site = themed(theme)
    nothing(unseen(calm, site))
    nothing(lost(calm, site))
    for width in (390, 1280):
        nothing(unreached(calm, site, width))


@pytest.mark.parametrize("theme", OTHER_THEMES)
def test_the_keyboard_walks_back_too(calm: Page, themed: Callable[[str], Path], theme: str) -> None:
    assert walks_back(calm, themed(theme)) == []
