"""A site as a server gives it, below any address and under a strict policy, and a page that is watched for all that goes wrong on it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response

POLICY = "default-src 'self'"

REFUSED = "addEventListener('securitypolicyviolation', event => console.error(`refused: ${event.violatedDirective} ${event.blockedURI}`))"


@contextmanager
def served(site: Path, mount: str = "/") -> Iterator[str]:
    """A server with the site below `mount` and nothing beside it; its address. What is not there gets the site's own page for that."""

    class Handler(SimpleHTTPRequestHandler):
        def translate_path(self, path: str) -> str:
            inside = path.partition("?")[0].partition("#")[0].startswith(mount)
            return (
                super().translate_path("/" + path[len(mount) :])
                if inside
                else str(site / "nothing")
            )

        def end_headers(self) -> None:
            self.send_header("Content-Security-Policy", POLICY)
            super().end_headers()

        def send_error(
            self, code: int, message: str | None = None, explain: str | None = None
        ) -> None:
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


SUB_PATH = "/zfxxgk/nb/"


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
        if (
            request.failure != "net::ERR_ABORTED"
        ):  # the next page was asked for before the icon of this one was there
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
        for target in self.page.evaluate(
            "[...document.querySelectorAll('a[href]')].map(link => link.href)"
        ):
            if not target.startswith(self.address) and target.startswith((origin, "file:")):
                self._note(f"leads out of the site: {target}")
        typed = self.page.locator("main input:is([type=search], [type=text], :not([type])):visible")
        for index in range(typed.count()):
            typed.nth(index).fill("公开")
            self.page.wait_for_timeout(200)
        assert self.page.locator("h1").count() == 1 and self.page.locator("h1").inner_text().strip()
        assert self.page.evaluate("[...document.styleSheets].some(sheet => sheet.href)"), (
            f"{name} has no style"
        )

    def read_without_script(self, name: str) -> None:
        """All is there to read: what is folded opens, and nothing waits for a script that does not come."""
        self.visit(name)
        if (folded := self.page.locator("main details:not([open]) > summary")).count():
            inside = folded.first.locator("xpath=..").element_handle()
            folded.first.click()
            assert inside.evaluate(
                "one => [...one.children].slice(1).some(child => child.checkVisibility())"
            ), name
        hidden = "[...document.querySelectorAll('main table')].filter(one => !one.closest('details') && !one.checkVisibility())"
        assert self.page.evaluate(f"{hidden}.length") == 0, name


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
