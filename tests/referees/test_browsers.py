"""Every kind of page in Firefox and WebKit, with Chromium as the control: what readers see and do there, from a server and from a disk."""

from __future__ import annotations

import io
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import quote

import pypdf
import pytest
from PIL import Image

from tests.browsing import THEMES, kinds, nothing, script
from tests.referees.driving import Chromium, Firefox, WebKit, Window, begun
from tests.sharing import built_once

ENGINES = ["chromium", "firefox", "webkit"]
PHONE = (390, 844)
DESK = (1280, 700)
REPORT = "agencies/haicang-district/2023/index.html"


@dataclass
class Served:
    """A site that two ways lead to: its folder, and a server which lets a page use nothing but its own files."""

    folder: Path
    disk: str
    web: str
    refused: list[str] = field(default_factory=list)


class Strict(SimpleHTTPRequestHandler):
    """What it could not give goes into a list that it was handed."""

    def __init__(self, *arguments: object, refused: list[str], **more: object) -> None:
        self.refused = refused
        super().__init__(*arguments, **more)  # type: ignore[arg-type]

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", "default-src 'self'")
        super().end_headers()

    def log_message(self, *arguments: object) -> None:
        pass

    def log_error(self, *arguments: object) -> None:
        self.refused.append(f"not given: {self.path}")


def engine(name: str) -> object:
    """All tests of one engine run in one process: it is started once."""
    return pytest.param(name, marks=pytest.mark.xdist_group(f"engine {name}"))


# Where the control would only repeat what tests/test_accessibility.py and tests/test_keyboard.py do.
OTHERS = [engine("firefox"), engine("webkit")]


def new_window(
    request: pytest.FixtureRequest, folder: Path, name: str, *, dark: bool = False
) -> Window:
    if name == "chromium":
        return Chromium(request.getfixturevalue("browser"), dark=dark)
    kind = Firefox if name == "firefox" else WebKit
    return begun(partial(kind, dark=dark), folder)


@pytest.fixture(scope="session", params=[engine(name) for name in ENGINES])
def running(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Window]:
    """One window of the engine for all its tests."""
    window = new_window(request, tmp_path_factory.mktemp(request.param), request.param)
    yield window
    window.close()


@pytest.fixture(scope="session")
def control(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Window]:
    """Chromium, to compare with."""
    window = new_window(request, tmp_path_factory.mktemp("control"), "chromium")
    yield window
    window.close()


@pytest.fixture
def window(running: Window, site: Served) -> Window:
    """The engine's window as a reader finds it who comes for the first time."""
    running.resize(*DESK)
    running.open(f"{site.web}index.html")
    running.ask("() => localStorage.clear()")
    return running


@pytest.fixture(scope="session")
def witnessed(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path, str], Path]:
    """A site whose pages keep a list of what goes wrong in them: the script that every page runs first begins with it."""

    def make(site: Path, folder: Path) -> None:
        shutil.copytree(site, folder / "public", copy_function=os.link)
        first = folder / "public/assets/display.js"
        text = first.read_text("utf-8")
        first.unlink()
        first.write_text(script("witness") + text, "utf-8")

    return lambda site, name: (
        built_once(tmp_path_factory, f"witnessed-{name}", partial(make, site)) / "public"
    )


def serve(folder: Path) -> Iterator[Served]:
    refused: list[str] = []
    server = ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(Strict, directory=str(folder), refused=refused)
    )
    Thread(target=server.serve_forever, daemon=True).start()
    yield Served(folder, f"{folder.as_uri()}/", f"http://127.0.0.1:{server.server_port}/", refused)
    server.shutdown()


@pytest.fixture(scope="session")
def site(themed: Callable[[str], Path], witnessed: Callable[[Path, str], Path]) -> Iterator[Served]:
    """The sample site."""
    yield from serve(witnessed(themed("default"), "default"))


@pytest.fixture(scope="session")
def gazette(
    themed: Callable[[str], Path], witnessed: Callable[[Path, str], Path]
) -> Iterator[Served]:
    """The sample site in the other theme."""
    (other,) = set(THEMES) - {"default"}
    yield from serve(witnessed(themed(other), other))


@pytest.fixture(scope="session")
def unusual(rare: Path, witnessed: Callable[[Path, str], Path]) -> Iterator[Served]:
    """A site of what the sample does not show."""
    yield from serve(witnessed(rare, "rare"))


HEADINGS = "() => [...document.querySelectorAll('h1')].filter((one) => one.checkVisibility()).map((one) => one.innerText.trim())"


def trouble(window: Window, site: Served) -> list[str]:
    """What the page, and the server, say went wrong since the page was opened."""
    faults: list[str] = window.ask("() => window.faults?.splice(0) ?? ['no witness on this page']")
    refused = site.refused.copy()
    site.refused.clear()
    return faults + refused


def menus(window: Window) -> list[str]:
    """Whether one summary of each kind opens and closes, with the mouse and with both keys."""
    labels: list[str] = window.ask(
        """() => {
          document.querySelectorAll("details:not(.display)").forEach((one) => { one.open = true });
          const kinds = new Map();
          for (const one of document.querySelectorAll("summary")) {
            const kind = `${one.parentElement.className} in ${one.parentElement.parentElement.className}`;
            if (one.checkVisibility() && !kinds.has(kind)) kinds.set(kind, one);
          }
          [...kinds.values()].forEach((one, number) => { one.dataset.number = number });
          return [...kinds.values()].map((one) => one.textContent.trim());
        }"""
    )
    found = []
    opened = "(number) => document.querySelector(`[data-number='${number}']`).parentElement.open"
    for number, label in enumerate(labels):
        selector = f"[data-number='{number}']"
        ways = {
            "a click": partial(window.click, selector),
            "a second click": partial(window.click, selector),
            "Enter": partial(window.press, "Enter"),
            "Space": partial(window.press, "Space"),
        }
        for way, act in ways.items():
            before = window.ask(opened, number)
            if way == "Enter":
                window.ask("(selector) => document.querySelector(selector).focus()", selector)
            act()
            if not happened(
                window, f"(number, before) => ({opened})(number) !== before", number, before
            ):
                found.append(f"summary “{label}”: {way} does nothing")
    return found


def happened(window: Window, function: str, *arguments: object) -> bool:
    """Whether something becomes true: engines answer a key or a click a little later, and on a busy machine much later."""
    return bool(
        window.ask(
            f"""async (...given) => {{
              for (const end = performance.now() + 10000; performance.now() < end;) {{
                if (({function})(...given)) return true;
                await new Promise((resolve) => setTimeout(resolve, 16));
              }}
              return false;
            }}""",
            *arguments,
        )
    )


def scrolling(window: Window) -> list[str]:
    """Whether wide tables scroll by the keyboard and their heads stay."""
    found: list[str]
    found, number = window.ask(script("regions"))
    if number >= 0:
        window.ask("(number) => document.querySelectorAll('.scroll')[number].focus()", number)
        window.press("ArrowRight")
        if not happened(
            window,
            "(number) => document.querySelectorAll('.scroll')[number].scrollLeft > 0",
            number,
        ):
            found.append("an arrow key does not scroll the first wide table")
    return found


def page_faults(window: Window, site: Served) -> list[str]:
    """All that is wrong with the open page."""
    found = []
    heads = window.ask(HEADINGS)
    if len(heads) != 1 or not heads[0]:
        found.append(f"main headings: {heads}")
    found += window.ask(script("layout"))
    found += menus(window)
    found += window.ask(script("disclosures"))
    found += [f"unfolded: {fault}" for fault in window.ask(script("layout"))]
    found += scrolling(window)
    return found + trouble(window, site)


def walk(
    window: Window, site: Served, look: Callable[[Window, Served], list[str]], prefix: str = ""
) -> None:
    """Every kind of page, looked at in one way."""
    found = {}
    for name in kinds(site.folder, every=False):
        window.open(site.web + name)
        found[prefix + name] = look(window, site)
    nothing(found)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_every_kind_of_page_is_whole(window: Window, site: Served, size: tuple[int, int]) -> None:
    window.resize(*size)
    walk(window, site, page_faults)


@pytest.mark.parametrize("running", OTHERS, indirect=True)
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_every_kind_of_rare_page_is_whole(
    window: Window, unusual: Served, size: tuple[int, int]
) -> None:
    window.resize(*size)
    walk(window, unusual, page_faults)


@pytest.mark.parametrize("running", OTHERS, indirect=True)
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_other_theme_is_whole(window: Window, gazette: Served, size: tuple[int, int]) -> None:
    window.resize(*size)
    walk(window, gazette, page_faults)


# ---- On paper ----


def paper_faults(window: Window, site: Served) -> list[str]:
    faults: list[str] = window.ask(script("printed"))
    return faults + trouble(window, site)


def test_every_kind_of_page_can_be_printed(window: Window, site: Served) -> None:
    walk(window, site, paper_faults)


@pytest.mark.parametrize("running", [engine("firefox")], indirect=True)
def test_all_of_a_report_is_printed(running: Window, site: Served) -> None:
    """By Firefox itself; the other drivers cannot ask for it, or only for what all other tests see."""
    assert isinstance(running, Firefox)
    running.open(f"{site.web}{REPORT}")
    pages = pypdf.PdfReader(io.BytesIO(running.printed())).pages
    assert 4 <= len(pages) <= 10
    # Firefox gives most Chinese characters of a PDF no Unicode, so that figures alone can be read back.
    text = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))
    rows = running.ask("""() => [...document.querySelectorAll("#applications tbody tr")].map(
      (row) => [...row.querySelectorAll("td")].map((cell) => cell.textContent.trim()).join(" "))""")
    assert len(rows) > 20 and [row for row in rows if row not in text] == []


# ---- Menus ----

LOOK = """() => {
  const style = getComputedStyle(document.body);
  return [getComputedStyle(document.documentElement).fontSize, style.backgroundColor, style.color];
}"""


CHOSEN = """(size, mode) => {
  const { dataset } = document.documentElement;
  return (dataset.size ?? "") === size && (dataset.mode ?? "") === mode;
}"""


def pressed(window: Window) -> list[str]:
    """The buttons of the display switch that say they are chosen."""
    names: list[str] = window.ask(
        "() => [...document.querySelectorAll('.display [aria-pressed=true]')].map((one) => one.value)"
    )
    return names


def test_size_and_colours_are_chosen_with_the_mouse_and_kept(window: Window, site: Served) -> None:
    plain, paper, ink = window.ask(LOOK)
    window.click(".display summary")
    window.click("[data-setting=size] [value=larger]")
    window.click("[data-setting=mode] [value=dark]")
    window.until(CHOSEN, "larger", "dark")
    size, ground, text = window.ask(LOOK)
    assert float(size[:-2]) > 1.5 * float(plain[:-2]) and (ground, text) != (paper, ink)
    for act in (
        window.reload,
        partial(window.open, f"{site.web}years/index.html"),
        partial(window.open, f"{site.web}en/index.html"),
    ):
        act()
        assert window.ask(LOOK) == [size, ground, text] and pressed(window) == ["larger", "dark"]
    window.click(".display summary")
    window.click("[data-setting=mode] [value=contrast]")
    window.until(CHOSEN, "larger", "contrast")
    assert window.ask(LOOK)[1:] == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    window.click("[data-setting=size] [value='']")
    window.click("[data-setting=mode] [value='']")
    window.until(CHOSEN, "", "")
    window.reload()
    assert window.ask(LOOK) == [plain, paper, ink] and trouble(window, site) == []


def test_the_display_menu_needs_no_mouse(window: Window, site: Served) -> None:
    opened = "() => document.querySelector('details.display').open"
    window.ask("() => document.querySelector('.display summary').focus()")
    window.press("Enter")
    window.until(opened)
    window.press("Tab")
    window.press("Tab")
    window.press("Space")
    window.until("() => document.documentElement.dataset.size === 'large'")
    window.press("Escape")
    window.until("() => !document.querySelector('details.display').open")
    window.comes_to("() => document.activeElement.tagName", "SUMMARY")
    window.press("Enter")
    window.until(opened)
    window.click("h1")
    window.until("() => !document.querySelector('details.display').open")
    assert trouble(window, site) == []


def test_no_mark_stands_beside_the_display_menu(window: Window, site: Served) -> None:
    """In pixels: what an engine draws there without being asked is in no computed style."""
    for size in (PHONE, DESK):
        window.resize(*size)
        window.open(f"{site.web}index.html")
        box = window.ask(
            "() => document.querySelector('.display summary').getBoundingClientRect().toJSON()"
        )
        image = Image.open(io.BytesIO(window.picture())).convert("RGB")
        left, top, bottom = (round(box[name]) for name in ("left", "top", "bottom"))
        colours = image.crop((left - 12, top, left - 2, bottom)).getcolors()
        assert colours is not None and len(colours) == 1


def test_the_navigation_leads_on_by_mouse_and_key(window: Window, site: Served) -> None:
    window.ask("() => { window.left = true }")
    window.click(".ways li:nth-child(2) a")
    window.until(
        "() => !window.left && document.readyState === 'complete' && location.pathname.includes('/agencies/')"
    )
    window.ask(
        "() => { window.left = true; document.querySelector('.ways li:nth-child(3) a').focus() }"
    )
    window.press("Enter")
    window.until(
        "() => !window.left && document.readyState === 'complete' && location.pathname.includes('/years/')"
    )
    window.ask("() => document.querySelector('.skip').focus()")
    window.press("Enter")
    window.until("() => document.activeElement.id === 'main'")
    assert trouble(window, site) == []


def test_the_directory_is_filtered(window: Window, site: Served) -> None:
    window.open(f"{site.web}agencies/index.html")
    window.click("#filter")
    window.write("海沧")
    shown = "() => [...document.querySelectorAll('.tree > li')].filter((one) => one.checkVisibility()).length"
    window.until(f"() => ({shown})() === 1")
    assert trouble(window, site) == []


@pytest.mark.parametrize("name", [engine(name) for name in ENGINES])
def test_a_system_that_is_dark_gets_a_dark_page(
    name: str, request: pytest.FixtureRequest, tmp_path: Path, site: Served
) -> None:
    window = new_window(request, tmp_path, name, dark=True)
    try:
        window.open(f"{site.web}index.html")
        assert window.ask(LOOK)[1] == "rgb(18, 23, 29)"
        window.click(".display summary")
        window.click("[data-setting=mode] [value=light]")
        window.until(CHOSEN, "", "light")
        assert window.ask(LOOK)[1] == "rgb(255, 255, 255)"
    finally:
        window.close()


# ---- Search and comparison ----

ANSWERED = """() => !/^(正在查找.*|Searching.*|)$/.test(document.getElementById('search-status').textContent)
  || !document.getElementById('search-help').hidden"""
HITS = """() => [
  document.getElementById("search-status").textContent,
  ...[...document.querySelectorAll("#search-results h3, #search-results li li, #search-results mark")]
    .map((one) => one.textContent.replace(/\\s+/g, " ").trim()),
  ...[...document.querySelectorAll("#search-results a")].map((one) => one.getAttribute("href")),
]"""
COMPARED = "() => !/^(正在读取.*|Loading.*|)$/.test(document.getElementById('explore-status')?.textContent ?? '')"
TABLES = """() => [
  document.getElementById("explore-status").textContent,
  ...[...document.querySelectorAll("#explore-results :is(caption, th, td, h2, h3, li, dd, svg text)")].map((one) => one.textContent),
  ...[...document.querySelectorAll("#explore-results :is(.way, .mark)")].map((one) => one.getAttribute("d")),
]"""
QUESTIONS = [
    ("", "结转下年度"),
    ("", "海沧区 2023 不予公开"),
    ("", "“三审三校”"),
    ("", "ｈ５ 动漫"),
    ("", "T3-01"),
    ("", "没有这个词"),
    ("en/", "carried"),
    ("en/", "Haicang 2023"),
    ("en/", "新收"),
]
COMPARISONS = [
    "?b=pingtan-zone,haicang-district,jinjiang-town&f=applications.received.total,proactive.fees.items_last_year&y=2020,2023",
    "?b=pingtan-zone&f=proactive.normative_documents.issued,applications.other.total,review.reconsideration.total&by=body",
]


@pytest.fixture(params=["web", "disk"])
def root(request: pytest.FixtureRequest, site: Served) -> str:
    return site.web if request.param == "web" else site.disk


def found_by(window: Window, root: str, edition: str, words: str) -> list[str]:
    window.open(f"{root}{edition}search/index.html?q={quote(words)}")
    window.until(ANSWERED)
    hits: list[str] = window.ask(HITS)
    return hits


def compared_by(window: Window, root: str, edition: str, query: str) -> list[str]:
    window.open(f"{root}{edition}compare/index.html{query}")
    window.until(COMPARED)
    table: list[str] = window.ask(TABLES)
    return table


def test_search_finds_what_it_finds_in_chromium(
    window: Window, control: Window, site: Served, root: str
) -> None:
    for edition, words in QUESTIONS:
        hits = found_by(window, root, edition, words)
        assert hits == found_by(control, root, edition, words), words
        assert (len(hits) > 1) == (words != "没有这个词"), (words, hits)
        assert trouble(window, site) == []


def test_a_word_is_written_and_searched_for(window: Window, site: Served, root: str) -> None:
    window.open(f"{root}search/index.html")
    window.until(ANSWERED)
    window.click("#search-q")
    window.write("结转下年度")
    window.comes_to("() => document.getElementById('search-q').value", "结转下年度")
    window.ask("() => { window.left = true }")
    window.press("Enter")
    window.until("() => !window.left && document.readyState === 'complete'")
    window.until(ANSWERED)
    window.comes_to("() => document.querySelectorAll('.texts mark').length", 3)
    before = window.ask("() => document.querySelectorAll('.rows li li').length")
    window.click(".rows button:not([hidden])")
    window.until("(before) => document.querySelectorAll('.rows li li').length > before", before)
    assert trouble(window, site) == []


@pytest.mark.parametrize("edition", ["", "en/"])
def test_the_comparison_shows_what_it_shows_in_chromium(
    window: Window, control: Window, site: Served, root: str, edition: str
) -> None:
    for query in COMPARISONS:
        table = compared_by(window, root, edition, query)
        assert table == compared_by(control, root, edition, query)
        assert len(table) > 20 and trouble(window, site) == []


def test_a_comparison_is_chosen_and_taken_away(window: Window, site: Served, root: str) -> None:
    window.resize(*PHONE)
    window.open(f"{root}compare/index.html")
    window.until(COMPARED)
    window.click("#find-body")
    window.write("海沧")
    window.comes_to("() => document.getElementById('find-body').value", "海沧")
    window.press("Tab")
    window.until("() => document.activeElement.type === 'checkbox'")
    window.press("Space")
    window.until("() => document.querySelectorAll('#explore-results table').length === 1")
    window.comes_to("() => location.search", "?b=haicang-district")
    window.ask(
        """() => {
          URL.createObjectURL = (data) => { data.text().then((text) => { window.taken = text }); return "#taken" };
          [...document.querySelectorAll("#explore-share button")].at(-1).id = "take";
        }"""
    )
    window.click("#take")
    window.until("() => (window.taken ?? '').includes('haicang-district')")
    window.reload()
    window.until(COMPARED)
    assert window.ask("() => document.querySelectorAll('#explore-results table').length") == 1
    assert trouble(window, site) == []


# ---- The witness ----


def test_what_goes_wrong_is_seen(window: Window, site: Served) -> None:
    """Without this, silence would prove nothing."""
    window.open(f"{site.web}about/index.html")
    assert trouble(window, site) == []
    window.ask(
        """() => {
          setTimeout(() => { nothing.here() });
          Promise.reject("no");
          console.error("said");
          document.head.append(Object.assign(document.createElement("script"), { src: "missing.js" }));
          document.head.append(Object.assign(document.createElement("style"), { textContent: "a{}" }));
        }"""
    )
    window.until("() => window.faults.length >= 5")
    # The page may know what it was not given before the server has written it down.
    patience = time.monotonic() + 10
    while not site.refused and time.monotonic() < patience:
        time.sleep(0.05)
    kinds_of_fault = (
        "nothing",
        "no answer: no",
        "console: said",
        "not loaded: ",
        "refused: style-src",
        "not given: ",
    )
    faults = trouble(window, site)
    assert [kind for kind in kinds_of_fault if not any(kind in fault for fault in faults)] == []
