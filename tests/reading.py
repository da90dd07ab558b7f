"""A page read without a browser: what it calls itself, where it leads, and what a strict policy or a screen reader would stumble over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit

LINKS = {"a": "href", "link": "href", "img": "src", "script": "src", "source": "src", "form": "action", "iframe": "src", "object": "data"}
VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])


class Reader(HTMLParser):
    """The facts of one page. `links` are (tag, target); `strange` is what a policy of `default-src 'self'` would refuse."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.language = self.title = self.description = self.viewport = ""
        self.levels: list[int] = []
        self.ids: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.strange: list[str] = []
        self.editions: dict[str, str] = {}
        self._inside: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag not in VOID:
            self._inside.append(tag)
        if tag == "html":
            self.language = said.get("lang", "")
        elif tag == "meta":
            self.description = said.get("content", "") if said.get("name") == "description" else self.description
            self.viewport = said.get("content", "") if said.get("name") == "viewport" else self.viewport
        elif re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if "id" in said:
            self.ids.append(said["id"])
        if said.get("rel") == "alternate" and "hreflang" in said:
            self.editions[said["hreflang"]] = said["href"]
        elif tag in LINKS and LINKS[tag] in said and said.get("rel") != "canonical":
            self.links.append((tag, said[LINKS[tag]]))
        self.strange += [f"<{tag} {name}>" for name in said if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in said and said.get("type") != "application/ld+json"):
            self.strange.append(f"<{tag}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._inside:
            while self._inside.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self._inside[-1:] == ["title"] and "svg" not in self._inside:
            self.title += data

    def faults(self, language: str) -> Iterator[str]:
        """What is wrong with the page by itself; `language` is the one it should say it speaks."""
        if self.language != language:
            yield f"says it speaks “{self.language}”, not {language}"
        if not self.title.strip():
            yield "has no title"
        if not self.description.strip():
            yield "has no description"
        if "width=device-width" not in self.viewport or re.search("user-scalable|maximum-scale", self.viewport):
            yield f"viewport: {self.viewport}"
        if self.levels.count(1) != 1 or self.levels[0] != 1:
            yield f"headings of the first level: {self.levels.count(1)}, and the page begins with level {self.levels[:1]}"
        yield from (f"level {after} follows level {before}" for before, after in pairwise(self.levels) if after > before + 1)
        yield from (f"id {name} twice" for name in sorted({one for one in self.ids if self.ids.count(one) > 1}))
        yield from (f"a strict policy refuses {one}" for one in self.strange)


def read(site: Path) -> Mapping[str, Reader]:
    """Every page of a site by its path."""
    return {path.relative_to(site).as_posix(): Reader(path.read_text("utf-8")) for path in sorted(site.rglob("*.html"))}


def lost(site: Path, pages: Mapping[str, Reader], name: str) -> Iterator[str]:
    """The links of a page that lead nowhere or to a place that the other page does not have, and what it would fetch from elsewhere."""
    for tag, target in [*pages[name].links, *(("link", one) for one in pages[name].editions.values())]:
        parts = urlsplit(target)
        if parts.scheme in {"mailto", "tel"} or (parts.netloc and tag == "a"):
            continue
        if parts.scheme or parts.netloc:
            yield f"<{tag}> fetches {target}"
            continue
        file = (site / name).parent / unquote(parts.path) if parts.path else site / name
        if not file.is_file() or not file.resolve().is_relative_to(site.resolve()):
            yield f"<{tag}> leads to {target}"
        elif parts.fragment and file.suffix == ".html":
            other = pages[file.resolve().relative_to(site.resolve()).as_posix()]
            if unquote(parts.fragment) not in other.ids:
                yield f"<{tag}> leads to {target}, a place that is not there"
