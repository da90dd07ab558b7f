"""The check of a finished site before it is published.

Every link and anchor leads somewhere, and no page fetches from another site by accident.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from html import unescape

from generator.model import address

# Pages are our own output: `<` and quotes in text are always escaped, so a tag is a tag. Reading
# them so costs a tenth of html.parser's 10 ms a page, which was more than rendering it
# (docs/decisions/0009).
TAG = re.compile(r"<([a-z][a-z0-9]*)\s([^>]*\b(?:href|src|srcset|data|poster|action)\s*=[^>]*)>")
ATTRIBUTE = re.compile(r"""([a-z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
ID = re.compile(r"""<[a-z][a-z0-9]*\s[^>]*?\bid\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
# A block of data for machines is no script: a content policy lets it pass.
INLINE = re.compile(
    r"""<style\b|<script(?![^>]*\bsrc\b)(?!\stype="application/ld\+json">)|<[a-z][^>]*\sstyle\s*="""
)
REMOTE = re.compile(r"""(?:url\(|@import)\s*["']?\s*((?:[a-z]+:)?//[^"')\s]+)""")
LOCAL = re.compile(r"""url\(\s*["']?((?![a-z]+:|/|#)[^"')\s]+)""")
FOLLOWED = frozenset({"a", "area", "form"})
TARGETS = ("href", "src", "srcset", "data", "poster", "action")
NOT_FOUND = "404.html"
INERT_RELATIONS = frozenset({"canonical", "license"})


@dataclass(frozen=True)
class Broken:
    """A link that leads nowhere, or a resource from elsewhere: its page, its target, the reason."""

    page: str
    target: str
    reason: str


@dataclass(frozen=True)
class _Link:
    """A target of a page, and whether the browser fetches it to show the page."""

    target: str
    fetched: bool


def links(html: str) -> Iterator[_Link]:
    """Every link and resource of a page, each once."""
    reported: set[_Link] = set()
    for tag in TAG.finditer(html):
        attributes = {
            attribute[1]: unescape(attribute[2] or attribute[3] or attribute[4] or "")
            for attribute in ATTRIBUTE.finditer(tag[2])
        }
        if attributes.get("rel") in INERT_RELATIONS:
            continue
        for name in TARGETS:
            value = attributes.get(name, "")
            link = _Link(value.split(" ")[0] if name == "srcset" else value, tag[1] not in FOLLOWED)
            if name in attributes and link not in reported:
                reported.add(link)
                yield link


def ids(html: str) -> set[str]:
    """The anchors of a page."""
    return {unescape(match[1] or match[2] or match[3] or "") for match in ID.finditer(html)}


def verify(
    outputs: Iterable[str], changed: Iterable[str], read: Callable[[str], bytes], root: str = ""
) -> list[Broken]:
    """Broken links of the changed pages against all outputs.

    `read` gives a page's bytes; `root` is where the site is mounted, for the one page that links
    from the top.
    """
    paths = set(outputs)
    anchors = cache(lambda path: ids(read(path).decode()))
    broken: list[Broken] = []
    for path in sorted(changed):
        if path.endswith(".html"):
            broken += _page(
                path, read(path).decode(), paths, anchors, root if path == NOT_FOUND else ""
            )
        elif path.endswith(".css"):
            style = read(path).decode()
            broken += [Broken(path, match[1], "third_party") for match in REMOTE.finditer(style)]
            local = [match[1] for match in LOCAL.finditer(style)]
            broken += [
                Broken(path, match, "missing")
                for match in local
                if _beside(path, address.read(match).path) not in paths
            ]
    return broken


def _page(
    path: str, html: str, paths: set[str], anchors: Callable[[str], set[str]], root: str
) -> Iterator[Broken]:
    if inline := INLINE.search(html):
        yield Broken(path, inline[0], "inline")
    for link in links(html):
        target = link.target
        if address.elsewhere(target):
            if link.fetched:
                yield Broken(path, target, "third_party")
            continue
        if target.startswith(address.CONTACT):
            continue
        reference = address.read(target)
        file = reference.path
        anchor = reference.anchor
        if file.startswith("/"):
            if not root or not file.startswith(root):
                yield Broken(path, target, "absolute")
                continue
            resolved = file.removeprefix(root)
        else:
            resolved = _beside(path, file) if file else path
        if resolved not in paths:
            yield Broken(path, target, "missing")
        elif anchor and resolved.endswith(".html") and anchor not in anchors(resolved):
            yield Broken(path, target, "anchor")


def _beside(path: str, target: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
