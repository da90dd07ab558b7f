"""Live preview: the ordinary build, repeated after each save and shown in the browser.

A PDF is made when the browser requests it. Only this file uses livereload.

livereload drops a change that comes within three seconds of the last reload, so this file watches
for changes itself. It checks the files twice a second. A build starts when nothing has changed
between two checks, and a save during a build starts another one: the last save always shows.
While findings block a build, the last good site stays, with a banner on every page; `/_findings`
lists the findings.
"""

from __future__ import annotations

import asyncio
import logging
import mimetypes
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from html import escape
from pathlib import Path
from threading import Lock
from typing import Any

from generator.build.store import Busy
from generator.cli import console
from generator.files.door import Door
from generator.language.sentence import sentence
from generator.model.finding import Finding, Severity, Text
from generator.pipeline import Options, Outcome, build, printed

WATCHED = ("site.yaml", "content", "templates", "themes", "formats")
LOOK = 0.5
FINDINGS = "/_findings"
State = Mapping[str, tuple[int, int]]
Start = Callable[[str, list[tuple[str, str]]], object]

HTML = "text/html; charset=utf-8"
PAGE = (
    '<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
    "<title>{title}</title></head>"
    "<body><h1>{title}</h1><pre>{text}</pre></body></html>"
)
BANNER = (
    '<aside role="status" lang="{language}" '
    'style="position:sticky;top:0;z-index:99;padding:.5rem 1rem;'
    'background:#8a1c1c;color:#fff;font-size:1rem">'
    '{text} <a style="color:#fff" href="' + FINDINGS + '">{link}</a></aside>'
)
UNPRINTED = sentence("这份 PDF 没有生成")
BUSY = sentence("另一个生成过程正在进行，请稍后再试。")


def look(root: Path) -> State:
    """path → (time, size) of every file that a build reads."""
    door = Door(root)
    return {path: (time, size) for path, time, size in door.states(WATCHED)}


class Preview:
    """Builds into a folder of its own and serves it as a WSGI application."""

    def __init__(self, root: Path, language: str, folder: Path | None = None) -> None:
        self.root = root
        self.language = language
        self.folder = folder or Path(tempfile.mkdtemp(prefix="gongkai-")) / "site"
        self.built: State = {}
        self.seen: State = {}
        self.findings: tuple[Finding, ...] = ()
        self.blocked = False
        self.version = 0  # the number of builds
        self.shown = 0  # the number of the build that the last page came from
        self.at_work = Lock()  # a build and a PDF use the same cache, so only one runs at a time

    def make(self) -> Outcome:
        """One build of what is on disk now, with its findings on standard error."""
        state = look(self.root)
        self.seen = state
        options = Options(self.folder, preview=True)
        with self.at_work:
            outcome = build(self.root, options, lambda: ThreadPoolExecutor(1))
        self.built = state
        self.findings = tuple(
            finding for finding in outcome.findings if finding.severity is not Severity.INFO
        )
        self.blocked = outcome.blocked
        self.version += 1
        if self.findings:
            print(console.as_text(self.findings, self.root, self.language), file=sys.stderr)
        return outcome

    @property
    def stale(self) -> bool:
        """Whether no page was served since the last build.

        A browser that was just reconnecting missed the signal to reload, so the signal is repeated
        until a page is requested.
        """
        return self.shown < self.version

    def turn(self) -> Outcome | None:
        """Check the files once, and build if needed; None where nothing was built.

        A build is needed when a file was saved since the last build, and nothing has changed since
        the last check.
        """
        state = look(self.root)
        is_still = state == self.seen
        self.seen = state
        return self.make() if is_still and state != self.built else None

    def __call__(self, environ: Mapping[str, Any], start: Start) -> Iterable[bytes]:
        """Answer one request: a file of the built site, or the findings."""
        path = environ.get("PATH_INFO", "/").encode("latin-1").decode("utf-8", "replace")
        status, kind, body = self.answer(path)
        headers = [
            ("Content-Type", kind),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"),
        ]
        if status.startswith("302"):
            headers.append(("Location", f"{environ['PATH_INFO']}/"))
        start(status, headers)
        return [body]

    def answer(self, path: str) -> tuple[str, str, bytes]:
        """(status, type, bytes) for a path. Nothing outside the built site is ever read."""
        if path == FINDINGS:
            return "200 OK", HTML, self._findings()
        file = self.folder / path.lstrip("/")
        try:
            if file.is_dir() and not path.endswith("/"):
                return "302 Found", "text/plain", b""
            file = file / "index.html" if path.endswith("/") else file
            is_inside = file.resolve().is_relative_to(self.folder.resolve())
            exists = is_inside and file.is_file()
        except (OSError, ValueError):  # not a path: too long, or with a NUL in it
            exists = False
        if not exists:
            file = self.folder / "404.html"
            if not file.is_file():
                return "404 Not Found", HTML, self._findings()
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        body = file.read_bytes()
        if kind == "text/html":
            self.shown = self.version
            kind = HTML
            body = self._with_banner(body)
        return ("200 OK" if exists else "404 Not Found"), kind, body

    def pdf(self, path: str) -> tuple[str, str, bytes]:
        """(status, type, bytes) for the path of a PDF.

        The PDF is made now, from the files on disk: the first one takes a second or two. Where it
        cannot be made, the answer is a page with the reason.
        """
        options = Options(self.folder)
        try:
            with self.at_work:
                document = printed(
                    self.root, options, path.lstrip("/"), lambda: ThreadPoolExecutor(1)
                )
        except Busy:
            return "503 Service Unavailable", HTML, self._page(UNPRINTED, BUSY.say(self.language))
        if document is None:
            return self.answer(path)
        if isinstance(document, bytes):
            return "200 OK", "application/pdf", document
        text = console.as_text(document, self.root, self.language)
        return "500 Internal Server Error", HTML, self._page(UNPRINTED, text)

    def _with_banner(self, body: bytes) -> bytes:
        if not self.findings:
            return body
        text = sentence("核对结果：{count} 条。", count=len(self.findings))
        if self.blocked:
            text = sentence("有错误，页面停在上一次通过核对时的样子。")
        link = sentence("查看")
        banner = BANNER.format(
            text=text.say(self.language), link=link.say(self.language), language=self.language
        ).encode()
        return body.replace(b"<body>", b"<body>" + banner, 1)

    def _findings(self) -> bytes:
        text = sentence("没有问题。").say(self.language)
        if self.findings:
            text = console.as_text(self.findings, self.root, self.language)
        return self._page(sentence("核对结果"), text)

    def _page(self, title: Text, text: str) -> bytes:
        """A page of the preview's own."""
        title_text = title.say(self.language)
        return PAGE.format(language=self.language, title=title_text, text=escape(text)).encode()

    def run(self, host: str, port: int) -> None:
        """Serve the site at an address until interrupted."""
        from livereload import Server
        from livereload.handlers import LiveReloadHandler
        from tornado.ioloop import IOLoop
        from tornado.web import RequestHandler

        preview = self

        class Printer(RequestHandler):
            async def get(self, path: str) -> None:
                # In a thread, so that pages and reloads are not delayed.
                loop = asyncio.get_running_loop()
                status, kind, body = await loop.run_in_executor(None, preview.pdf, path)
                self.set_status(int(status.split()[0]))
                self.set_header("Content-Type", kind)
                self.set_header("Cache-Control", "no-store")
                self.finish(body)

        class WithPdf(Server):  # type: ignore[misc]
            def get_web_handlers(self, script: bytes) -> list[tuple[object, ...]]:
                return [(r"(/.*\.pdf)", Printer), *super().get_web_handlers(script)]

        async def follow() -> None:
            while True:
                await asyncio.sleep(LOOK)
                try:
                    await asyncio.get_running_loop().run_in_executor(None, self.turn)
                except Exception as error:
                    # Another build is running, or a file was deleted while it was read: try again
                    # at the next check.
                    print(f"{type(error).__name__}: {error}", file=sys.stderr)
                    continue
                if self.stale:
                    LiveReloadHandler.reload_waiters()

        self.make()
        server = WithPdf(app=self)
        # Without any task livereload would watch the current folder; this task never reloads.
        server.watch(str(self.folder / "manifest.json"), delay="forever")
        IOLoop.current().spawn_callback(follow)
        greeting = sentence("预览：http://{host}:{port}/（Ctrl-C 结束）", host=host, port=port)
        print(greeting.say(self.language), file=sys.stderr, flush=True)
        logging.getLogger("livereload").propagate = False
        server.serve(host=host, port=port, debug=False)
