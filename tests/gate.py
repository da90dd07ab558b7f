"""What a theme's gate asks of every kind of page of a site: axe's rules, contrast, stillness, room, the keyboard's way.

The suite asks it of the shipped theme and of the site of rare pages, the referees of every other theme.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

from tests.browsing import MODES, kinds, modes, opened, script
from tests.checkers import faults, violations

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
        lost: list[str] = page.evaluate(script("layout"))
        return [
            f"{self}: {fault}" for fault in lost if not self.only_width or fault.startswith("page")
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


Faults = dict[object, list[str]]


def unseen(page: Page, site: Path) -> Faults:
    """What keeps readers from seeing or hearing a page, by page and mode. A page is opened once and looked at in all modes."""
    found: Faults = {}
    for name in kinds(site):
        opened(page, site, name)
        found[name, "axe"] = violations(page, colours=False)
        found[name, "motion"] = page.evaluate(script("motion"))
        for mode, settings in modes(page).items():
            settings.enter(page)
            found[name, mode] = page.evaluate(script("contrast"), settings.least)
        MODES["light"].enter(page)
    return found


def lost(page: Page, site: Path) -> Faults:
    """What is lost of a page at some width, with wide spacing or with larger type."""
    found: Faults = {}
    for name in kinds(site):
        opened(page, site, name)
        found[name] = [fault for view in VIEWS for fault in view.faults(page)]
    return found


def unreached(page: Page, site: Path, width: int) -> Faults:
    """What the Tab key does not reach, or not in order, or where it cannot be seen to stand."""
    page.set_viewport_size({"width": width, "height": 700})
    found: Faults = {}
    for name in kinds(site, every=False):
        page.goto((site / name).as_uri())
        found[name] = faults(page)
    return found
