"""A page as a person can review it: its words, tables and links, a line for each block. What is not here is markup; a few pages are kept
whole for that, and headers, landmarks and languages have tests of their own.

    # heading · paragraph · - item · | cell | cell | · [words](where they lead) · <picture: its name> · (button) · [name of a field: ___]
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

# What goes on in the line around it; every other element begins a line and ends one.
WORDS = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "br",
        "button",
        "cite",
        "code",
        "del",
        "em",
        "i",
        "img",
        "input",
        "ins",
        "kbd",
        "mark",
        "q",
        "s",
    ]
)
INLINE = WORDS | {"small", "span", "strong", "sub", "sup", "td", "th", "time", "u", "var", "wbr"}
LANDMARKS = frozenset(["header", "nav", "main", "footer", "section", "aside"])
SILENT = frozenset(["script", "style", "colgroup"])
MARKS = {
    "li": "- ",
    "dt": "> ",
    "caption": "Table: ",
    "summary": "+ ",
    "legend": "* ",
    "a": "[",
    "button": "(",
}


class Snapshot(HTMLParser):
    """Collects the lines of a page's body, or with `whole=False` of its main part alone."""

    def __init__(self, *, whole: bool) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.line = ""
        self.open: list[str] = []
        self.links: list[str] = []
        self.whole = whole

    def text(self, html: str) -> str:
        """The lines of a page."""
        self.feed(html)
        self._end()
        return "\n".join(self.lines) + "\n"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag not in INLINE:
            self._end()
        if tag in SILENT or tag in LANDMARKS:
            self.open.append(tag)
        if not self._shown():
            return
        if tag in LANDMARKS and "aria-label" in given:
            self.lines.append(f"<{tag}: {given['aria-label']}>")
        if tag == "a":
            self.links.append(given.get("href", ""))
        self.line += self._opening(tag, given)

    def _opening(self, tag: str, given: dict[str, str]) -> str:
        """What stands in a line where an element begins."""
        if re.fullmatch("h[1-6]", tag):
            return "#" * int(tag[1]) + " "
        if tag in {"td", "th"}:
            return self._cell(given)
        if tag == "img":
            return f"<picture: {given.get('alt', '')}>"
        if tag == "input" and given.get("type") != "hidden":
            return f" [{given.get('name') or given.get('type', '')}: ___]"
        return MARKS.get(tag, "")

    def _cell(self, given: dict[str, str]) -> str:
        """The beginning of a cell, with the columns and rows that it spans where these are more than one."""
        spans = f"{given.get('colspan', '1')}x{given.get('rowspan', '1')}"
        return "| " if spans == "1x1" else f"|{spans} "

    def handle_endtag(self, tag: str) -> None:
        if self._shown():
            if tag == "a" and self.links:
                self.line += f"]({self.links.pop()})"
            elif tag == "button":
                self.line += ")"
            elif tag in {"td", "th"}:
                self.line += " "
        if tag not in INLINE:
            self._end()
        if self.open and self.open[-1] == tag:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if self._shown():
            self.line += re.sub(r"\s+", " ", data)

    def _shown(self) -> bool:
        inside = self.whole or "main" in self.open
        return inside and not SILENT & set(self.open)

    def _end(self) -> None:
        line = re.sub(r" +", " ", self.line).strip()
        if line and line not in {"-", ">", "+"}:
            self.lines.append(line)
        self.line = ""


def snapshot(html: str, *, whole: bool = False) -> str:
    """A page as lines: of its main part, or `whole` with head, navigation and foot."""
    return Snapshot(whole=whole).text(html)
