"""Marks what is Chinese on a page in another language, so that a screen reader changes its voice (WCAG 3.1.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

CHINESE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
# A run of Chinese with the punctuation, digits and spaces inside it; it starts and ends with a character or its brackets.
RUN = re.compile(
    r"[《“（〔]?[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
    r"(?:[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff0-9 ·、，。；：？！（）《》〔〕“”—-]*"
    r"[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff》”）〕。？！])?"
)
TOKEN = re.compile(r"<!--.*?-->|<![^>]*>|<(/?)([a-zA-Z][a-zA-Z0-9-]*)([^>]*)>|[^<]+", re.DOTALL)
VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
# Where no element may stand: the text of these is read as it is.
PLAIN = frozenset(("title", "script", "style", "textarea", "option", "desc", "text", "tspan"))


def mark_chinese(html: str) -> str:
    """The page with `lang` around every run of Chinese that is not inside an element that says so already."""
    return "".join(_marked(html))


def _marked(html: str) -> Iterator[str]:
    quiet: list[str] = []  # the open elements from the first one on whose text is not to be touched
    for token in TOKEN.finditer(html):
        closing, name, rest = token[1], (token[2] or "").lower(), token[3] or ""
        if not name:
            as_it_is = quiet or token[0].startswith("<!") or not CHINESE.search(token[0])
            yield token[0] if as_it_is else RUN.sub(r'<span lang="zh-CN">\g<0></span>', token[0])
            continue
        yield token[0]
        if name in VOID or rest.endswith("/"):
            continue
        if closing:
            if quiet and quiet[-1] == name:
                quiet.pop()
        elif quiet or name in PLAIN or 'lang="zh' in rest:
            quiet.append(name)
