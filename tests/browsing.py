"""What browser tests share: one browser a process, the site in every theme, and one page of every kind that a site has."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from html.parser import HTMLParser
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from generator import scaffold
from generator.pipeline import Options, build
from tests.conftest import NARRATIVE, ROOT, TODAY, SmallSite, copy_sample
from tests.sharing import built_once

THEMES = sorted(path.parent.name for path in (ROOT / "themes").glob("*/theme.yaml"))
DEFAULT = "default"
OTHER_THEMES = [theme for theme in THEMES if theme != DEFAULT]
RARE = "title: 少见的情形\npolicy: {error: hold}\n规则: {S-10: 关闭, S-11: 关闭, S-12: 关闭}\n"
BAD = "[1, 0, 0, 0, 0, 0, 0]"


@dataclass(frozen=True)
class Mode:
    """How a reader wants to see the site: asked of the system (`scheme`, `contrast`, `forced`) or with the site's own switch (`html`)."""

    scheme: str = "light"
    contrast: str = "no-preference"
    forced: str = "none"
    html: tuple[tuple[str, str], ...] = ()

    @property
    def least(self) -> float:
        """The contrast that small text must have: more where more is asked for."""
        return 7 if self.contrast == "more" or ("data-mode", "contrast") in self.html else 4.5

    def enter(self, page: Page) -> None:
        """Put an open page into this mode."""
        media: Any = {
            "color_scheme": self.scheme,
            "contrast": self.contrast,
            "forced_colors": self.forced,
        }
        page.emulate_media(**media)
        page.evaluate(
            """set => { for (const name of ["data-mode", "data-size"]) document.documentElement.removeAttribute(name);
                        for (const [name, value] of set) document.documentElement.setAttribute(name, value) }""",
            [list(pair) for pair in self.html],
        )


MODES = {
    "light": Mode(),
    "dark": Mode("dark"),
    "contrast": Mode(contrast="more"),
    "dark contrast": Mode("dark", contrast="more"),
    "forced colours": Mode(forced="active"),
    "switched to light": Mode("dark", html=(("data-mode", "light"),)),
    "switched to dark": Mode(html=(("data-mode", "dark"),)),
    "switched to contrast": Mode(html=(("data-mode", "contrast"),)),
    "dark, switched to contrast": Mode("dark", html=(("data-mode", "contrast"),)),
    "large": Mode(html=(("data-size", "large"),)),
    "larger": Mode(html=(("data-size", "larger"),)),
}


@cache
def script(name: str) -> str:
    """A function in JavaScript of tests/scripts/, to be given to `page.evaluate`."""
    return (ROOT / "tests" / "scripts" / f"{name}.js").read_text("utf-8")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path="/usr/bin/chromium-headless-shell",
            args=["--no-sandbox", "--disable-gpu"],
        )
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A phone's window."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()


@pytest.fixture
def calm(browser: Browser) -> Iterator[Page]:
    """A window of a desk whose reader wants no motion, so that nothing is looked at half way."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def themed(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The sample site in a theme of themes/, without PDFs, and as if it were complete, so that there are coverage boards to look at;
    built once for all test processes."""

    def make(theme: str, folder: Path) -> None:
        copy_sample(folder)
        settings = folder / "site.yaml"
        text = re.sub(r"(?m)^(theme|主题|收录):.*\n", "", settings.read_text("utf-8"))
        settings.write_text(f"{text}theme: {theme}\n", "utf-8")
        pool = partial(ProcessPoolExecutor, 1, mp_context=get_context("spawn"))
        outcome = build(folder, Options(folder / "public", pdf=False, today=TODAY), pool)
        assert not outcome.blocked, outcome.findings

    return lambda theme: (
        built_once(tmp_path_factory, f"themed-{theme}", partial(make, theme)) / "public"
    )


@pytest.fixture(scope="session")
def rare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of what the sample does not show: a report held back, one that waits, a correction, an attachment, remarks, further rows, a
    government beside its members."""

    def make(folder: Path) -> None:
        (folder / "content" / "agencies").mkdir(parents=True)
        (folder / "site.yaml").write_text(RARE, "utf-8")
        site = SmallSite(folder).add("bureau", 2022).add("bureau", 2023).add("office", 2023)
        scaffold.new_agency(folder, "county", "测试县人民政府", "政府", "县级")
        for slug in ("bureau", "office"):
            with (folder / f"content/agencies/{slug}/agency.yaml").open(
                "a", encoding="utf-8"
            ) as stream:
                stream.write("上级: county\n")
        (site.path().parent / "files").mkdir()
        (site.path().parent / "files" / "附表 1.pdf").write_bytes(b"%PDF-1.4")
        site.append(
            "更正:\n  - {日期: 2024-02-01, 原因: 录入有误, 改动: [{格: 行政复议.总计, 改前: 3, 改后: 0}]}\n"
        )
        site.row("新收", '["", 0, 0, 0, 0, 0, 0]')
        site.write(
            site.path()
            .read_text("utf-8")
            .replace("主动公开:\n", "主动公开:\n  另列: {其他主动公开文件: 12}\n", 1)
        )
        table = "\n| 事项 | 件数 |\n|---|---:|\n| 解读 | 3 |\n\n> 引文\n\n- 一项\n  1. 其中\n"
        site.write(NARRATIVE.replace("有制度；", f"有制度；\n{table}\n", 1), name="narrative.md")
        site.row("新收", BAD, slug="office")
        assert not site.build().blocked
        site.row("新收", BAD)
        assert site.build().held

    return built_once(tmp_path_factory, "rare", make) / "public"


@pytest.fixture(params=[DEFAULT, "rare"])
def looked_at(request: pytest.FixtureRequest, themed: Callable[[str], Path]) -> Path:
    """The sample in the shipped theme, and the site of what it does not show."""
    if request.param == "rare":
        rare: Path = request.getfixturevalue("rare")
        return rare
    return themed(request.param)


class Elements(HTMLParser):
    """The kinds of elements of a page: tag, classes and role, as style sheets and screen readers tell them apart."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: set[tuple[str, str]] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self.found |= {(tag, one) for one in (said.get("class") or "").split()}
        self.found |= {
            (tag, f"{name}={said[name]}") for name in ("role", "type") if name in said
        } | {(tag, "")}


def prefixes(site: Path) -> tuple[str, ...]:
    """The folders of further languages: `en/`."""
    return tuple(
        f"{path.name}/"
        for path in sorted(site.iterdir())
        if path.is_dir() and re.fullmatch(r"[a-z]{2}", path.name)
    )


def shape(path: str) -> str:
    """What is the same in the addresses of pages of one kind: `agencies/x/0/index.html`."""
    return re.sub(
        r"\d+", "0", re.sub(r"(agencies/|^(?:[a-z]{2}/)?compare/)[^/]+(?=/)", r"\1x", path)
    )


@cache
def kinds(site: Path, *, every: bool = True) -> tuple[str, ...]:
    """The fewest pages on which every kind of page and (with `every`) every kind of element of the site is seen, the richest first.

    Pages of further languages have the same elements: one of each kind is enough.
    """
    files = {path.relative_to(site).as_posix(): path for path in site.rglob("*.html")}
    found = {name: {("page", shape(name))} for name in files}
    for name, path in files.items() if every else ():
        if not name.startswith(prefixes(site)):
            found[name] |= Elements(path.read_text("utf-8")).found
    chosen: list[str] = []
    wanted = set().union(*found.values())
    while wanted:
        best = max(
            sorted(found), key=lambda name: (len(found[name] & wanted), files[name].stat().st_size)
        )
        chosen.append(best)
        wanted -= found[best]
    return tuple(chosen)


def opened(page: Page, site: Path, name: str) -> Page:
    """A page of a site from the disk, with everything that is folded laid open."""
    page.goto((site / name).as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    return page


def modes(page: Page) -> dict[str, Mode]:
    """The modes that an open page has: those of the system, and where it has a switch those of the switch."""
    switch = page.locator("script[src$='display.js']").count()
    return {name: mode for name, mode in MODES.items() if switch or not mode.html}


def nothing(found: Mapping[Any, Sequence[str]]) -> None:
    """Fails with every fault on its line, where there is one."""
    lines = [f"{where}: {fault}" for where, faults in found.items() for fault in faults]
    if lines:
        pytest.fail("\n".join([f"{len(lines)} faults", *lines[:60]]), pytrace=False)


def unpacked(site: Path, folder: Path) -> Path:
    """The site out of an archive, in a folder with a name that needs care."""
    archive = shutil.make_archive(str(folder / "site"), "zip", site)
    target = folder / "年报 #1 100%"
    shutil.unpack_archive(archive, target)
    return target


def until(page: Page, condition: str) -> None:
    """Wait for a condition of the page. Playwright's own way evaluates a string in the page, which the policy refuses."""
    end = time.monotonic() + 30
    while not _true(page, condition):
        assert time.monotonic() < end, condition
        time.sleep(0.02)


def _true(page: Page, condition: str) -> bool:
    try:
        return bool(page.evaluate(condition))
    except PlaywrightError:  # asked between two pages
        return False


def led_on(page: Page, act: Callable[[], object]) -> Page:
    """Do what leads to another document, and wait until that is there: the one before it would answer as well."""
    with page.expect_navigation():
        act()
    return page


def lines(page: Page, selector: str) -> list[str]:
    return [" ".join(one.split()) for one in page.locator(selector).all_inner_texts()]
