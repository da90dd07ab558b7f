"""Markdown to safe HTML: no raw HTML, link schemes on a list, images only from the report's own files. The only user of markdown-it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

SCHEME = re.compile(r"^([a-z][a-z0-9+.-]*):", re.IGNORECASE)
FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")
SPAN = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)")
ALLOWED = frozenset({"http", "https", "mailto", "tel"})


@dataclass(frozen=True)
class Link:
    """A link or image of a text: its target as written and the line (from 1, within the text) of its paragraph."""

    target: str
    line: int
    image: bool


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    # Every link becomes a token, also a forbidden one: the check reports it and the renderer drops it.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    return parser


def allowed(target: str) -> bool:
    """Whether a link may be published: a relative path, an anchor, or an allowed scheme; never `//host` or a hidden one."""
    tidy = re.sub(r"[\x00-\x20\x7f]|%0[0-9a-f]", "", target, flags=re.IGNORECASE)
    if tidy.startswith(("//", "\\", "/")):
        return False
    found = SCHEME.match(tidy)
    return found is None or found[1].lower() in ALLOWED


def external(target: str) -> bool:
    """Whether a target leaves the site."""
    return SCHEME.match(target) is not None


def links(text: str) -> Iterator[Link]:
    """Every link and image of a Markdown text, in order."""
    for block in _parser().parse(text):
        line = (block.map or [0])[0] + 1
        for token in block.children or ():
            if token.type == "link_open":
                yield Link(str(token.attrGet("href") or ""), line, image=False)
            elif token.type == "image":
                yield Link(str(token.attrGet("src") or ""), line, image=True)


def render(text: str, *, top: int = 3, resolve: Callable[[str], str] = str) -> str:
    """Safe HTML of a Markdown text. Its highest heading becomes `<h{top}>`, so that a page's outline stays whole.

    `resolve` may replace the target of a link; an empty answer takes the link away and leaves its words.
    """
    parser = _parser()
    tokens = parser.parse(text)
    _shift_headings(tokens, top)
    for block in tokens:
        _guard(block, resolve)
    return str(parser.renderer.render(tokens, parser.options, {}))


def _shift_headings(tokens: Sequence[Token], top: int) -> None:
    levels = [int(token.tag[1]) for token in tokens if token.type == "heading_open"]
    shift = top - min(levels, default=top)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(int(token.tag[1]) + shift, 6)}"


def _guard(block: Token, resolve: Callable[[str], str]) -> None:
    """Take the target off forbidden links, mark those that leave the site, make wide tables scroll regions."""
    if block.type == "table_open":
        block.attrSet("class", "prose-table")
    elif block.type in {"th_open", "td_open"} and (style := block.attrs.pop("style", None)):
        block.attrSet("class", str(style).rpartition(":")[2])  # a strict content policy refuses inline style
    for token in block.children or ():
        attribute = {"link_open": "href", "image": "src"}.get(token.type)
        if attribute is None:
            continue
        target = str(token.attrGet(attribute) or "")
        if not allowed(target) or (token.type == "image" and external(target)):
            token.attrs.pop(attribute, None)
        elif token.type == "link_open":
            if external(target):
                token.attrSet("rel", "external noopener noreferrer")
            if resolved := resolve(target):
                token.attrSet("href", resolved)
            else:
                token.attrs.pop("href", None)


@lru_cache(maxsize=32)  # several families of rules read a text one after the other
def without_code(text: str) -> str:
    """The text with its code (fenced blocks and spans) blanked out, character for character and line for line."""
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
            lines.append(SPAN.sub(lambda found: " " * len(found[0]), line))
    return "\n".join(lines)


@lru_cache(maxsize=32)
def plain(text: str) -> str:
    """The words of a Markdown text without its marks, for measuring and describing."""
    words: list[str] = []
    for block in _parser().parse(text):
        words += [token.content for token in block.children or () if token.type in {"text", "code_inline"}]
    return "".join(words)


def paragraphs(text: str) -> str:
    """The words of a Markdown text, code included, a line for each paragraph, heading, item or cell."""
    lines = []
    for block in _parser().parse(text):
        if block.type in {"fence", "code_block"}:
            lines.append(block.content)
        elif block.type == "inline":
            lines.append("".join(" " if "break" in token.type else token.content for token in block.children or ()))
    return "\n".join(lines)
