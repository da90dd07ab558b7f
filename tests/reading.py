"""A page read without a browser: its elements and their words, what it calls itself, where it leads, and what a strict policy or a
screen reader would stumble over."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import lxml.html

LINKED_DATA = "application/ld+json"
ATOM = "{http://www.w3.org/2005/Atom}"
STEP = re.compile(r"(?P<tag>[\w*]*)(?P<conditions>(?:[#.][\w-]+|\[[\w-]+(?:\^?=[^\]]*)?\])*)$")
CONDITION = re.compile(
    r"(?P<mark>[#.])(?P<name>[\w-]+)|\[(?P<key>[\w-]+)(?:(?P<sign>\^?=)(?P<value>[^\]]*))?\]"
)
LINKS = {
    "a": "href",
    "link": "href",
    "img": "src",
    "script": "src",
    "source": "src",
    "form": "action",
    "iframe": "src",
    "object": "data",
}
VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
    ]
)


class Part:
    """An element of a page with all that is in it, or the whole page."""

    def __init__(self, node: Any) -> None:
        self.node = node

    def __getitem__(self, attribute: str) -> str:
        """The value of an attribute; empty where it is not there."""
        value: str = self.node.get(attribute, "")
        return value

    @property
    def classes(self) -> list[str]:
        return self["class"].split()

    @property
    def text(self) -> str:
        """Its words, with a space wherever an element begins or ends."""
        return " ".join(" ".join(self.node.itertext()).split())

    @property
    def words(self) -> str:
        """Its words without any space."""
        return "".join("".join(self.node.itertext()).split())

    @property
    def first(self) -> str:
        """The words before the first element in it."""
        return " ".join((self.node.text or "").split())

    def all(self, selector: str) -> list[Part]:
        """The elements in it that a selector names: `table#review tr > th[scope=row]`, or `td.figure, th.figure`."""
        nodes = self.node.xpath(" | ".join(map(_xpath, selector.split(","))))
        return [Part(node) for node in nodes]

    def one(self, selector: str) -> Part:
        """The only element that a selector names."""
        parts = self.all(selector)
        assert len(parts) == 1, f"{len(parts)} of {selector}"
        return parts[0]

    def without(self, selector: str) -> Part:
        """A copy without some elements; the words behind these stay."""
        twin = Part(copy.deepcopy(self.node))
        twin.node.tail = None
        for part in twin.all(selector):
            part.node.drop_tree()
        return twin

    def texts(self, selector: str) -> list[str]:
        """The words of each element that a selector names."""
        return [part.text for part in self.all(selector)]

    @property
    def before(self) -> str:
        """The words right before it, in the element that holds it."""
        previous = self.node.getprevious()
        text = self.node.getparent().text if previous is None else previous.tail
        return " ".join((text or "").split())

    @property
    def pieces(self) -> list[str]:
        """Every text between two tags."""
        return list(self.node.itertext())

    @property
    def markup(self) -> str:
        """It as HTML."""
        html: str = lxml.html.tostring(self.node, encoding="unicode", with_tail=False)
        return html

    def lines(self) -> Iterator[tuple[str, str, list[Part]]]:
        """Of a table: (group, label, data cells) of each row, the label without the marks of notes. A group is a row of its own."""
        group = ""
        for row in self.all("tr"):
            if "group" in row.classes:
                group = row.text
            for label in row.all("> th[scope=row]"):
                yield group, label.without("sup").text, row.all("> td")

    def rows(self) -> dict[str, list[Part]]:
        """Of a table: the label of each row, and its data cells. Of rows with one label the first counts."""
        rows: dict[str, list[Part]] = {}
        for _, label, cells in self.lines():
            rows.setdefault(label, cells)
        return rows


def _xpath(selector: str) -> str:
    """The few kinds of selectors that tests need, as XPath."""
    path, way = ".", "//"
    for step in selector.split():
        if step == ">":
            way = "/"
            continue
        match = STEP.match(step)
        assert match, f"not understood: {step}"
        path += way + (match["tag"] or "*")
        path += "".join(map(_condition, CONDITION.finditer(match["conditions"])))
        way = "//"
    return path


def _condition(match: re.Match[str]) -> str:
    name, key, value = match["name"], match["key"], (match["value"] or "").strip("\"'")
    if match["mark"] == "#":
        return f'[@id="{name}"]'
    if match["mark"] == ".":
        return f'[contains(concat(" ", normalize-space(@class), " "), " {name} ")]'
    if match["sign"] is None:
        return f"[@{key}]"
    return f'[@{key}="{value}"]' if match["sign"] == "=" else f'[starts-with(@{key}, "{value}")]'


def parsed(html: str) -> Part:
    """A page as its elements. What scripts and styles hold is none of its words."""
    tree = lxml.html.document_fromstring(html, parser=lxml.html.HTMLParser(remove_comments=True))
    for node in tree.xpath("//script | //style"):
        if node.get("type") != LINKED_DATA:
            node.text = None
    return Part(tree)


def text_of(html: str) -> str:
    """What a page says, with a space wherever an element begins or ends."""
    return parsed(html).without("script").text


def words(html: str) -> str:
    """What a page says, without spaces."""
    return parsed(html).without("script").words


def described(html: str) -> dict[str, Any]:
    """What a page says about itself to machines."""
    scripts = parsed(html).all(f"script[type={LINKED_DATA}]")
    document: dict[str, Any] = json.loads(scripts[0].node.text)
    return document


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
            self.description = (
                said.get("content", "") if said.get("name") == "description" else self.description
            )
            self.viewport = (
                said.get("content", "") if said.get("name") == "viewport" else self.viewport
            )
        elif re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if "id" in said:
            self.ids.append(said["id"])
        if said.get("rel") == "alternate" and "hreflang" in said:
            self.editions[said["hreflang"]] = said["href"]
        elif tag in LINKS and LINKS[tag] in said and said.get("rel") != "canonical":
            self.links.append((tag, said[LINKS[tag]]))
        self.strange += [
            f"<{tag} {name}>" for name in said if name == "style" or name.startswith("on")
        ]
        if tag == "style" or (
            tag == "script" and "src" not in said and said.get("type") != LINKED_DATA
        ):
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
        if "width=device-width" not in self.viewport or re.search(
            "user-scalable|maximum-scale", self.viewport
        ):
            yield f"viewport: {self.viewport}"
        if self.levels.count(1) != 1 or self.levels[0] != 1:
            yield f"headings of the first level: {self.levels.count(1)}, and the page begins with level {self.levels[:1]}"
        yield from (
            f"level {after} follows level {before}"
            for before, after in pairwise(self.levels)
            if after > before + 1
        )
        yield from (
            f"id {name} twice"
            for name in sorted({one for one in self.ids if self.ids.count(one) > 1})
        )
        yield from (f"a strict policy refuses {one}" for one in self.strange)


def read(site: Path) -> Mapping[str, Reader]:
    """Every page of a site by its path."""
    return {
        path.relative_to(site).as_posix(): Reader(path.read_text("utf-8"))
        for path in sorted(site.rglob("*.html"))
    }


def lost(site: Path, pages: Mapping[str, Reader], name: str) -> Iterator[str]:
    """The links of a page that lead nowhere or to a place that the other page does not have, and what it would fetch from elsewhere."""
    for tag, target in [
        *pages[name].links,
        *(("link", one) for one in pages[name].editions.values()),
    ]:
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
