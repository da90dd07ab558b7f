"""The site as its readers get it: from a disk, a server, a sub-path, an archive; under a strict policy and without script."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing import get_context
from pathlib import Path
from posixpath import dirname, normpath

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response

from generator.pipeline import Inspection, Options, build
from tests.browsing import kinds, nothing, prefixes, unpacked
from tests.conftest import TODAY, copy_sample
from tests.reading import lost, read

POLICY = "default-src 'self'"
SUB_PATH = "/zfxxgk/nb/"
REFUSED = "addEventListener('securitypolicyviolation', event => console.error(`refused: ${event.violatedDirective} ${event.blockedURI}`))"


@contextmanager
def served(site: Path, mount: str = "/") -> Iterator[str]:
    """A server with the site below `mount` and nothing beside it; its address. What is not there gets the site's own page for that."""

    class Handler(SimpleHTTPRequestHandler):
        def translate_path(self, path: str) -> str:
            inside = path.partition("?")[0].partition("#")[0].startswith(mount)
            return super().translate_path("/" + path[len(mount) :]) if inside else str(site / "nothing")

        def end_headers(self) -> None:
            self.send_header("Content-Security-Policy", POLICY)
            super().end_headers()

        def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
            body = (site / "404.html").read_bytes()
            self.send_response(code)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{mount}"
    finally:
        server.shutdown()
        server.server_close()


@dataclass
class Watch:
    """A page and everything that went wrong on it: requests to others, what was not there, what a policy refused, errors of scripts."""

    page: Page
    address: str
    found: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.page.on("request", self._asked)
        self.page.on("response", self._answered)
        self.page.on("requestfailed", self._failed)
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self._note(f"script: {error}"))

    def _note(self, fault: str) -> None:
        self.found.setdefault(self.page.url.removeprefix(self.address), []).append(fault)

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:")):
            self._note(f"asks {request.url}")

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # the next page was asked for before the icon of this one was there
            self._note(f"no answer from {request.url}: {request.failure}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self._note(f"{response.status} {response.url}")

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self._note(message.text)

    def visit(self, name: str) -> None:
        """Open a page, use what can be typed into, and look at where its links lead as the browser understands them."""
        self.page.goto(self.address + name)
        origin = self.address.removesuffix(SUB_PATH)
        for target in self.page.evaluate("[...document.querySelectorAll('a[href]')].map(link => link.href)"):
            if not target.startswith(self.address) and target.startswith((origin, "file:")):
                self._note(f"leads out of the site: {target}")
        typed = self.page.locator("main input:is([type=search], [type=text], :not([type])):visible")
        for index in range(typed.count()):
            typed.nth(index).fill("公开")
            self.page.wait_for_timeout(200)
        assert self.page.locator("h1").count() == 1 and self.page.locator("h1").inner_text().strip()
        assert self.page.evaluate("[...document.styleSheets].some(sheet => sheet.href)"), f"{name} has no style"


@pytest.fixture
def watched(browser: Browser) -> Iterator[Callable[..., Watch]]:
    contexts: list[BrowserContext] = []

    def make(address: str, *, scripts: bool = True) -> Watch:
        contexts.append(browser.new_context(java_script_enabled=scripts, reduced_motion="reduce"))
        contexts[-1].add_init_script(REFUSED)
        return Watch(contexts[-1].new_page(), address)

    yield make
    for context in contexts:
        context.close()


def test_every_page_is_in_order_and_every_link_leads_somewhere(sample: Path, rare: Path, sample_inspection: Inspection) -> None:
    tongues = dict(zip(("", *prefixes(sample)), sample_inspection.site.settings.languages, strict=True))
    for site in (sample, rare):
        pages = read(site)
        found = {}
        for name, page in pages.items():
            prefix = next((one for one in prefixes(site) if name.startswith(one)), "")
            found[name] = [*page.faults(tongues[prefix]), *lost(site, pages, name)]
        nothing(found)
        titles = [(page.language, page.title) for page in pages.values()]
        assert sorted(set(titles)) == sorted(titles), "two pages have one title"


def test_every_page_is_reached_from_the_first(sample: Path) -> None:
    pages = read(sample)
    seen: set[str] = set()
    queue = ["index.html"]
    while queue:
        name = queue.pop()
        if name not in seen:
            seen.add(name)
            targets = [target.partition("#")[0] for tag, target in pages[name].links if tag == "a" and "://" not in target]
            found = (normpath(f"{dirname(name)}/{target}").lstrip("/") for target in targets if target)
            queue += [one for one in found if one in pages]
    assert set(pages) - seen <= {"404.html"}


@pytest.mark.xdist_group("browser")
class TestInABrowser:
    """One page of each kind from everywhere, and all of them once."""

    def test_from_a_disk(self, watched: Callable[..., Watch], sample: Path) -> None:
        watch = watched(f"{sample.as_uri()}/")
        for name in kinds(sample):
            watch.visit(name)
        nothing(watch.found)

    def test_from_a_server(self, watched: Callable[..., Watch], sample: Path) -> None:
        with served(sample) as address:
            watch = watched(address)
            for name in kinds(sample, every=False):
                watch.visit(name)
            nothing(watch.found)

    def test_all_of_it_from_a_sub_path(self, watched: Callable[..., Watch], sample: Path) -> None:
        with served(sample, SUB_PATH) as address:
            watch = watched(address)
            for path in sorted(sample.rglob("*.html")):
                watch.visit(path.relative_to(sample).as_posix())
            nothing(watch.found)

    def test_out_of_an_archive(self, watched: Callable[..., Watch], sample: Path, tmp_path: Path) -> None:
        folder = unpacked(sample, tmp_path)
        watch = watched(f"{folder.as_uri()}/")
        for name in kinds(sample, every=False):
            watch.visit(name)
        nothing(watch.found)

    @pytest.mark.parametrize("mount", ["", SUB_PATH])
    def test_without_script(self, watched: Callable[..., Watch], sample: Path, mount: str) -> None:
        """All is there to read: what is folded opens, and nothing waits for a script that does not come."""
        with served(sample, mount or "/") as address:
            watch = watched(address if mount else f"{sample.as_uri()}/", scripts=False)
            for name in kinds(sample):
                watch.visit(name)
                if (folded := watch.page.locator("main details:not([open]) > summary")).count():
                    inside = folded.first.locator("xpath=..").element_handle()
                    folded.first.click()
                    assert inside.evaluate("one => [...one.children].slice(1).some(child => child.checkVisibility())"), name
                hidden = "[...document.querySelectorAll('main table')].filter(one => !one.closest('details') && !one.checkVisibility())"
                assert watch.page.evaluate(f"{hidden}.length") == 0, name
            nothing(watch.found)

    def test_an_address_that_does_not_exist_shows_the_way_back(self, watched: Callable[..., Watch], tmp_path: Path) -> None:
        """The page for unknown addresses is served at any depth, so it must know where the site stands."""
        copy_sample(tmp_path)
        settings = tmp_path / "site.yaml"
        text = settings.read_text("utf-8").replace('base_url: ""', f"base_url: https://www.example.gov.cn{SUB_PATH.rstrip('/')}")
        assert SUB_PATH.rstrip("/") in text
        settings.write_text(text, "utf-8")
        pool = partial(ProcessPoolExecutor, 1, mp_context=get_context("spawn"))
        assert not build(tmp_path, Options(tmp_path / "public", pdf=False, today=TODAY), pool).blocked
        shutil.rmtree(tmp_path / "content")
        with served(tmp_path / "public", SUB_PATH) as address:
            watch = watched(address)
            watch.visit("agencies/nobody/1999/index.html")
            assert [fault for fault in watch.found.get("agencies/nobody/1999/index.html", []) if "404" not in fault] == []
            ways = watch.page.evaluate("[...document.querySelectorAll('main a, header a')].map(link => link.href.split('#')[0])")
            assert ways and all(watch.page.request.get(way).ok for way in ways if "nobody" not in way)
