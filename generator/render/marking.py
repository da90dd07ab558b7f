"""Marks Chinese on pages in other languages: screen readers change their voice (WCAG 3.1.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

IDEOGRAPH = r"\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
CHINESE = re.compile(f"[{IDEOGRAPH}]")
# A run of Chinese with the punctuation, digits and spaces inside it. It starts and ends with a
# character, or with a bracket or a mark that belongs to it.
RUN = re.compile(
    f"[《“（〔]?[{IDEOGRAPH}]"
    f"(?:[{IDEOGRAPH}0-9 ·、，。；：？！（）《》〔〕“”—-]*[{IDEOGRAPH}》”）〕。？！])?"
)
TOKEN = re.compile(r"<!--.*?-->|<![^>]*>|<(/?)([a-zA-Z][a-zA-Z0-9-]*)([^>]*)>|[^<]+", re.DOTALL)
VOID = frozenset(
    (
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
    )
)
# These elements hold only text: no other element may stand inside.
PLAIN = frozenset(("title", "script", "style", "textarea", "option", "desc", "text", "tspan"))


def mark_chinese(html: str) -> str:
    """The page with `lang` around every run of Chinese that is not inside a marked element."""
    return "".join(_marked(html))


def _marked(html: str) -> Iterator[str]:
    untouched: list[str] = []  # the open elements, from the outermost one whose text is left alone
    for token in TOKEN.finditer(html):
        name = (token[2] or "").lower()
        attributes = token[3] or ""
        if not name:
            is_text = not token[0].startswith("<!")
            yield _marked_text(token[0]) if is_text and not untouched else token[0]
            continue
        yield token[0]
        if name in VOID or attributes.endswith("/"):
            continue
        if token[1]:
            if untouched and untouched[-1] == name:
                untouched.pop()
        elif untouched or name in PLAIN or 'lang="zh' in attributes:
            untouched.append(name)


def _marked_text(text: str) -> str:
    if not CHINESE.search(text):  # faster than to look for runs
        return text
    return RUN.sub(r'<span lang="zh-CN">\g<0></span>', text)
