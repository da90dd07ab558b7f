"""What finds the faults of an open page. That each of these finds anything at all is shown on a faulty page, in test_faulty.py."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.browsing import kinds, script

AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

RUN = """([tags, rules]) => axe.run(document, { runOnly: { type: "tag", values: tags }, rules, resultTypes: ["violations"] })
  .then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(node => [id, node.target.join(" "), node.failureSummary])))"""


def violations(page: Page, *, colours: bool = True) -> list[str]:
    """What axe finds wrong with an open page. Without `colours` it leaves these to scripts/contrast.js, which takes a tenth of the
    time."""
    page.evaluate(AXE)
    rules = {} if colours else {"color-contrast": {"enabled": False}}
    return [f"{rule} {target}: {said}" for rule, target, said in page.evaluate(RUN, [TAGS, rules])]


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
    pairs = [
        (before, after) for before, after in pairwise(stops) if after["number"] < before["number"]
    ]
    found += [f"“{after['text']}” comes after “{before['text']}”" for before, after in pairs]
    missed = sorted(set(wanted) - {stop["number"] for stop in stops})
    names = page.evaluate(
        "numbers => numbers.map(one => document.querySelectorAll('*')[one].outerHTML.slice(0, 60))",
        missed,
    )
    found += [f"never reached: {name}" for name in names]
    # The way past the navigation is the first stop, and leads to the page's main part.
    first = page.evaluate(
        "number => document.querySelectorAll('*')[number]?.getAttribute('href') ?? ''",
        stops[0]["number"] if stops else -1,
    )
    if not first.startswith("#") or not page.evaluate(
        "name => Boolean(document.getElementById(name)?.closest('main'))", first[1:]
    ):
        found.append("the first stop does not lead to the main part")
    return found


def walks_back(page: Page, site: Path) -> list[str]:
    """The kinds of pages on which the keyboard does not come back from the end to the beginning. Long pages are left out."""
    found = []
    for name in kinds(site, every=False):
        page.goto((site / name).as_uri())
        wanted = page.evaluate(script("stops"))
        if len(wanted) < 80:
            stops = [stop["number"] for stop in walk(page, len(wanted) + 60, "Shift+Tab")]
            if len(stops) >= len(wanted) + 60 or stops != sorted(stops, reverse=True):
                found.append(name)
    return found


def orphans(cells: list[dict[str, Any]]) -> list[str]:
    """The cells that no heading leads to, and names in `headers` that lead nowhere. A sentence printed in a corner is no figure."""
    return [
        f"{cell['table']} ({cell['x']}, {cell['y']}) {cell['text'][:12]}: {cell['missing'] or 'no heading'}"
        for cell in cells
        if "form-note" not in cell["class"]
        and (cell["missing"] or not cell["heads"] or not all(cell["heads"]))
    ]
