"""Markdown to safe HTML.

No raw HTML, link schemes on a list, images only from the report's own files.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from generator.language import markdown

if TYPE_CHECKING:
    from generator.language.markdown import Token

SCHEME = re.compile(r"^([a-z][a-z0-9+.-]*):", re.IGNORECASE)
PLACE = re.compile(r"[^\s#]#[^\s#]")
FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")
SPAN = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)")
ALLOWED = frozenset({"http", "https", "mailto", "tel"})


@dataclass(frozen=True)
class Link:
    """A link or image of a text: its target as written and the line (from 1, within the text)"
    " of its paragraph."""

    target: str
    line: int
    image: bool


def allowed(target: str) -> bool:
    """Whether a link may be published.

    A relative path, an anchor, or an allowed scheme; never `//host` or a hidden one.
    """
    tidy = re.sub(r"[\x00-\x20\x7f]|%0[0-9a-f]", "", target, flags=re.IGNORECASE)
    if tidy.startswith(("//", "\\", "/")):
        return False
    match = SCHEME.match(tidy)
    return match is None or match[1].lower() in ALLOWED


def external(target: str) -> bool:
    """Whether a target leaves the site."""
    return SCHEME.match(target) is not None


def leads(text: str) -> bool:
    """Whether a text may hold a link to a place on another page.

    As `../2023/index.html#review-heading`.
    """
    return PLACE.search(text) is not None


def links(text: str) -> Iterator[Link]:
    """Every link and image of a Markdown text, in order."""
    for block in markdown.parse(text):
        line = (block.map or [0])[0] + 1
        for token in block.children or ():
            if token.type == "link_open":
                yield Link(str(token.attrGet("href") or ""), line, image=False)
            elif token.type == "image":
                yield Link(str(token.attrGet("src") or ""), line, image=True)


def as_written(link: Link) -> str:
    """The target of a link that needs no other."""
    return link.target


def render(text: str, *, top: int = 3, resolve: Callable[[Link], str] = as_written) -> str:
    """Safe HTML of a Markdown text.

    Its highest heading becomes `<h{top}>`, so that a page's outline stays whole.

    `resolve` gives the reference that stands in the page for a link or image as written; an empty
    one takes the link away and leaves its words.
    """
    tokens = markdown.parse(text)
    _shift_headings(tokens, top)
    for block in tokens:
        _guard(block, resolve)
    return markdown.html(tokens)


def _shift_headings(tokens: Sequence[Token], top: int) -> None:
    levels = [int(token.tag[1]) for token in tokens if token.type == "heading_open"]
    shift = top - min(levels, default=top)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(int(token.tag[1]) + shift, 6)}"


def _guard(block: Token, resolve: Callable[[Link], str]) -> None:
    """Take the target off forbidden links, mark links that leave the site, and wide tables."""
    if block.type == "table_open":
        block.attrSet("class", "prose-table")
    elif block.type in {"th_open", "td_open"} and (style := block.attrs.pop("style", None)):
        block.attrSet(
            "class", str(style).rpartition(":")[2]
        )  # a strict content policy refuses inline style
    for token in block.children or ():
        attribute = {"link_open": "href", "image": "src"}.get(token.type)
        if attribute is None:
            continue
        target = str(token.attrGet(attribute) or "")
        image = token.type == "image"
        if not allowed(target) or (image and external(target)):
            token.attrs.pop(attribute, None)
            continue
        if not image and external(target):
            token.attrSet("rel", "external noopener noreferrer")
        if resolved := resolve(Link(target, 0, image)):
            token.attrSet(attribute, markdown.tidied(resolved))
        else:
            token.attrs.pop(attribute, None)


@lru_cache(maxsize=32)  # several families of rules read a text one after the other
def without_code(text: str) -> str:
    """The text with its code (fenced blocks and spans)"
    " blanked out, character for character and line for line."""
    lines = []
    fence = ""
    for line in text.split("\n"):
        mark = FENCE.match(line)
        if fence:
            closes = mark and mark[1].startswith(fence) and not mark[2].strip()
            fence = "" if closes else fence
            lines.append(" " * len(line))
        elif mark and not ("`" in mark[1] and "`" in mark[2]):
            fence = mark[1]
            lines.append(" " * len(line))
        else:
            lines.append(SPAN.sub(lambda span: " " * len(span[0]), line))
    return "\n".join(lines)


@lru_cache(maxsize=32)
def plain(text: str) -> str:
    """The words of a Markdown text without its marks, for measuring and describing."""
    pieces: list[str] = []
    for block in markdown.parse(text):
        pieces += [
            token.content for token in block.children or () if token.type in {"text", "code_inline"}
        ]
    return "".join(pieces)


def paragraphs(text: str) -> str:
    """The words of a Markdown text, code included: a line for each paragraph, item or cell."""
    lines = []
    for block in markdown.parse(text):
        if block.type in {"fence", "code_block"}:
            lines.append(block.content)
        elif block.type == "inline":
            lines.append(
                "".join(
                    " " if "break" in token.type else token.content
                    for token in block.children or ()
                )
            )
    return "\n".join(lines)
