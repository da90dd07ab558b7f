"""The words of a Markdown text as its readers see them, each character with its place in the text.

Lines that were wrapped are joined, marks of emphasis and links are gone, an item of a list, a
heading and a row of a table is a paragraph of its own. Code is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from generator.language import markdown

if TYPE_CHECKING:
    from generator.language.markdown import Token

# What stands between two cells of a row.
BETWEEN_CELLS = "，"
LINE = "\n"
# A numbered item says its number, as `1.`; readers see it.
NUMBERED = "."


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, heading, item or row: its words, and where in the text each of them stands."""

    words: str
    offsets: tuple[int, ...]
    heading: bool = False
    item: bool = False


class _Words:
    """The words of a paragraph while they are gathered."""

    def __init__(self) -> None:
        self.characters: list[str] = []
        self.offsets: list[int] = []

    def add(self, characters: str, offsets: Sequence[int]) -> None:
        self.characters.append(characters)
        self.offsets.extend(offsets)

    def paragraph(self, *, heading: bool = False, item: bool = False) -> Paragraph:
        return Paragraph("".join(self.characters), tuple(self.offsets), heading, item)


@lru_cache(maxsize=32)  # several families of rules read a text one after the other
def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a Markdown text, in order."""
    return tuple(_read(text))


def _read(text: str) -> Iterator[Paragraph]:
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    row: _Words | None = None
    heading = item = False
    place = 0
    for token in markdown.parse(text):
        if token.type in {"heading_open", "heading_close"}:
            heading = token.type == "heading_open"
        elif token.type in {"list_item_open", "list_item_close"}:
            item = token.type == "list_item_open"
        elif token.type == "tr_open":
            row = _Words()
        elif token.type == "tr_close" and row is not None:
            yield row.paragraph()
            row = None
        elif token.type == "inline" and token.map is not None:
            place = max(place, starts[min(token.map[0], len(starts) - 1)])
            wording = row or _Words()
            if wording.characters:
                wording.add(BETWEEN_CELLS, [place])
            place = _gather(text, token, place, wording)
            if row is None:
                yield wording.paragraph(heading=heading, item=item)


def _gather(text: str, block: Token, place: int, wording: _Words) -> int:
    """Add the words of a block, looked for in the text from a place on; where they end."""
    for token in block.children or ():
        if "break" in token.type:
            wording.add(LINE if token.type == "hardbreak" else " ", [place])
        elif token.type == "text":
            place = _align(text, token.content, place, wording)
        elif token.type == "code_inline":
            start = text.find(token.content, place)
            place = start + len(token.content) if start >= 0 else place
            wording.add("\ufffd", [max(start, 0)])
    return place


def _align(text: str, content: str, place: int, wording: _Words) -> int:
    """Where the words of a token stand: as they are, or, with entities or escapes, one by one."""
    start = text.find(content, place)
    if start >= 0:
        wording.add(content, range(start, start + len(content)))
        return start + len(content)
    for character in content:
        start = text.find(character, place, place + len(content) + 20)
        if start >= 0:
            place = start + 1
        wording.add(character, [max(place - 1, 0)])
    return place
