"""What must hold of a finished site before anybody sees it: every link and anchor leads somewhere, none leaves by accident."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import unquote

LINKS = {"a": "href", "link": "href", "img": "src", "script": "src", "source": "src", "form": "action", "iframe": "src"}
FETCHED = frozenset({"link", "img", "script", "source", "iframe"})
INERT_RELATIONS = frozenset({"canonical", "license"})


@dataclass(frozen=True)
class Broken:
    """A link that leads nowhere, or a resource from elsewhere: on which page, which target, and why."""

    page: str
    target: str
    reason: str


@dataclass
class _Reader(HTMLParser):
    """Collects the links and the ids of a page."""

    links: list[tuple[str, str, bool]] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if name := values.get("id"):
            self.ids.add(name)
        target = values.get(LINKS.get(tag, ""))
        if target is not None and not (tag == "link" and values.get("rel") in INERT_RELATIONS):
            self.links.append((tag, target, tag in FETCHED))


def verify(outputs: Iterable[str], changed: Iterable[str], read: Callable[[str], bytes], root: str = "") -> list[Broken]:
    """Broken links of the changed pages against all outputs. `read` gives a page's bytes; `root` is where the site is mounted,
    for the one page that links from the top."""
    known = set(outputs)
    pages: dict[str, _Reader] = {}

    def page(path: str) -> _Reader:
        if path not in pages:
            reader = _Reader()
            reader.feed(read(path).decode())
            pages[path] = reader
        return pages[path]

    found: list[Broken] = []
    for path in sorted(changed):
        if path.endswith(".html"):
            found += _page(path, page(path), known, page, root)
    return found


def _page(path: str, reader: _Reader, known: set[str], page: Callable[[str], _Reader], root: str) -> Iterator[Broken]:
    for _, target, fetched in dict.fromkeys(reader.links):
        if "://" in target or target.startswith("//"):
            if fetched:
                yield Broken(path, target, "third_party")
            continue
        if target.startswith(("mailto:", "tel:")):
            continue
        file, _, anchor = target.partition("#")
        file = unquote(file)
        if file.startswith("/"):
            if not root or not file.startswith(root):
                yield Broken(path, target, "absolute")
                continue
            resolved = file.removeprefix(root)
        else:
            resolved = posixpath.normpath(posixpath.join(posixpath.dirname(path), file)) if file else path
        if resolved not in known:
            yield Broken(path, target, "missing")
        elif anchor and resolved.endswith(".html") and unquote(anchor) not in page(resolved).ids:
            yield Broken(path, target, "anchor")


REASONS: Mapping[str, tuple[str, str]] = {
    "missing": ("指向的页面或文件不存在", "leads to a page or file that does not exist"),
    "anchor": ("指向的位置不存在", "leads to a place that does not exist on its page"),
    "absolute": ("是以 / 开头的地址，网站放在子目录时会失效", "starts with /, which fails where the site is in a sub-path"),
    "third_party": ("从别的网站取资源", "fetches from another site"),
}
