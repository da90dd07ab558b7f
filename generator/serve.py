"""Live preview: the ordinary build, made again after each save, shown in the browser; a PDF is made when it is asked for. The only user
of livereload.

livereload drops a change that comes within three seconds of the last reload, so the watching is ours: files are looked at twice a
second, a build starts when they have been still for one look, and a save during a build starts another. The last save always shows.
While findings block a build, the last good site stays; every page says so and `/_findings` lists them.
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

from generator import console
from generator.build.store import Busy
from generator.making import printed
from generator.model.finding import Finding, Severity
from generator.pipeline import Options, Outcome, build

WATCHED = ("site.yaml", "content", "templates", "themes")
LOOK = 0.5
FINDINGS = "/_findings"
State = Mapping[str, tuple[int, int]]
Start = Callable[[str, list[tuple[str, str]]], object]

PAGE = (
    '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title></head>'
    "<body><h1>{title}</h1><pre>{text}</pre></body></html>"
)
BANNER = (
    '<aside role="status" style="position:sticky;top:0;z-index:99;padding:.5rem 1rem;background:#8a1c1c;color:#fff;font-size:1rem">'
    '{text} <a style="color:#fff" href="' + FINDINGS + '">{link}</a></aside>'
)
WORDS = {
    "zh": {
        "blocked": "有错误，页面停在上一次通过核对时的样子。",
        "shown": "核对结果：{count} 条。",
        "link": "查看",
        "title": "核对结果",
        "none": "没有问题。",
        "unprinted": "这份 PDF 没有生成",
        "busy": "另一个生成过程正在进行，请稍后再试。",
    },
    "en": {
        "blocked": "Errors: this is the last good state.",
        "shown": "Findings: {count}.",
        "link": "see",
        "title": "Findings",
        "none": "None.",
        "unprinted": "This PDF was not made",
        "busy": "Another build is at work; try again in a moment.",
    },
}


def _page(title: str, text: str) -> bytes:
    return PAGE.format(title=title, text=escape(text)).encode()


def look(root: Path) -> State:
    """path → (time, size) of every file that a build reads."""
    found: dict[str, tuple[int, int]] = {}
    for name in WATCHED:
        top = root / name
        for path in [top, *(top.rglob("*") if top.is_dir() else ())]:
            try:
                stat = path.stat()
            except OSError:
                continue
            found[str(path)] = (stat.st_mtime_ns, stat.st_size)
    return found


class Preview:
    """Builds into a folder of its own and serves it as a WSGI application."""

    def __init__(self, root: Path, language: str, folder: Path | None = None) -> None:
        self.root, self.language = root, language
        self.folder = folder or Path(tempfile.mkdtemp(prefix="gongkai-")) / "site"
        self.built: State = {}
        self.seen: State = {}
        self.findings: tuple[Finding, ...] = ()
        self.blocked = False
        self.version = 0  # how many builds there were
        self.shown = 0  # the build that the last page was served from
        self.at_work = Lock()  # a build and a PDF want the same cache

    def make(self) -> Outcome:
        """One build of what is on disk now, with its findings on standard error."""
        self.seen = now = look(self.root)
        with self.at_work:
            outcome = build(self.root, Options(self.folder, preview=True), lambda: ThreadPoolExecutor(1))
        self.built = now
        self.findings = tuple(finding for finding in outcome.findings if finding.severity is not Severity.INFO)
        self.blocked = outcome.blocked
        self.version += 1
        if self.findings:
            print(console.as_text(self.findings, self.root, self.language), file=sys.stderr)
        return outcome

    @property
    def stale(self) -> bool:
        """Whether no page was asked for since the last build. A browser that was just reconnecting missed the word to reload, so it is
        said again until a page is asked for."""
        return self.shown < self.version

    def turn(self) -> Outcome | None:
        """One look: a build when something was saved since the last one and nothing moved since the last look, else None."""
        now = look(self.root)
        still, self.seen = now == self.seen, now
        return self.make() if still and now != self.built else None

    def __call__(self, environ: Mapping[str, Any], start: Start) -> Iterable[bytes]:
        """Answer one request: a file of the built site, or the findings."""
        status, kind, body = self.answer(environ.get("PATH_INFO", "/").encode("latin-1").decode("utf-8", "replace"))
        headers = [("Content-Type", kind), ("Content-Length", str(len(body))), ("Cache-Control", "no-store")]
        start(status, [*headers, ("Location", f"{environ['PATH_INFO']}/")] if status.startswith("302") else headers)
        return [body]

    def answer(self, path: str) -> tuple[str, str, bytes]:
        """(status, type, bytes) for a path. Nothing outside the built site is ever read."""
        if path == FINDINGS:
            return "200 OK", "text/html; charset=utf-8", self._findings()
        file = self.folder / path.lstrip("/")
        try:
            if file.is_dir() and not path.endswith("/"):
                return "302 Found", "text/plain", b""
            file = file / "index.html" if path.endswith("/") else file
            found = file.resolve().is_relative_to(self.folder.resolve()) and file.is_file()
        except (OSError, ValueError):  # no path at all: too long, or with a NUL in it
            found = False
        if not found:
            file = self.folder / "404.html"
            if not file.is_file():
                return "404 Not Found", "text/html; charset=utf-8", self._findings()
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        body = file.read_bytes()
        if kind == "text/html":
            self.shown = self.version
            kind, body = "text/html; charset=utf-8", self._with_banner(body)
        return ("200 OK" if found else "404 Not Found"), kind, body

    def pdf(self, path: str) -> tuple[str, str, bytes]:
        """(status, type, bytes) for the path of a PDF, which is made now from what is on disk: the first takes a second or two. Where it
        cannot be made, a page says why."""
        words = WORDS[self.language]
        try:
            with self.at_work:
                made = printed(self.root, Options(self.folder), path.lstrip("/"), lambda: ThreadPoolExecutor(1))
        except Busy:
            return "503 Service Unavailable", "text/html; charset=utf-8", _page(words["unprinted"], words["busy"])
        if made is None:
            return self.answer(path)
        if isinstance(made, bytes):
            return "200 OK", "application/pdf", made
        text = console.as_text(made, self.root, self.language)
        return "500 Internal Server Error", "text/html; charset=utf-8", _page(words["unprinted"], text)

    def _with_banner(self, body: bytes) -> bytes:
        if not self.findings:
            return body
        words = WORDS[self.language]
        text = words["blocked"] if self.blocked else words["shown"].format(count=len(self.findings))
        return body.replace(b"<body>", b"<body>" + BANNER.format(text=text, link=words["link"]).encode(), 1)

    def _findings(self) -> bytes:
        words = WORDS[self.language]
        text = console.as_text(self.findings, self.root, self.language) if self.findings else words["none"]
        return _page(words["title"], text)

    def run(self, host: str, port: int) -> None:
        """Serve until interrupted. Bound to loopback unless told otherwise."""
        from livereload import Server
        from livereload.handlers import LiveReloadHandler
        from tornado.ioloop import IOLoop
        from tornado.web import RequestHandler

        preview = self

        class Printer(RequestHandler):
            async def get(self, path: str) -> None:  # in a thread: pages and reloads go on meanwhile
                status, kind, body = await asyncio.get_running_loop().run_in_executor(None, preview.pdf, path)
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
                except Exception as error:  # another build at work, a file that vanished while it was read: look again in a moment
                    print(f"{type(error).__name__}: {error}", file=sys.stderr)
                    continue
                if self.stale:
                    LiveReloadHandler.reload_waiters()

        self.make()
        server = WithPdf(app=self)
        # Without a task of its own livereload would watch the current folder; this one never reloads.
        server.watch(str(self.folder / "manifest.json"), delay="forever")
        IOLoop.current().spawn_callback(follow)
        said = {"zh": f"预览：http://{host}:{port}/（Ctrl-C 结束）", "en": f"preview: http://{host}:{port}/ (Ctrl-C ends)"}
        print(said[self.language], file=sys.stderr, flush=True)
        logging.getLogger("livereload").propagate = False
        server.serve(host=host, port=port, debug=False)
