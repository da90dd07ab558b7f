"""A page whose text came as one line, cut where its sections begin."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from generator.importing.blocks import Line, Piece
from generator.model.format import Format

LONG = 200
PUNCTUATION = {"（": "[（(]", "）": "[）)]", "、": "[、，,]"}


def unfolded(form: Format, lines: Sequence[Line]) -> list[Line]:
    """The lines; a long one that holds titles of sections as several."""
    titles = [title for section in form.sections for title in (section.title, *section.aliases)]
    longest_first = sorted(titles, key=len, reverse=True)
    alternatives = "|".join(map(_flexible, longest_first))
    numbers = "".join(section.number for section in form.sections)
    title = re.compile(rf"[{numbers}]\s*[、.．]\s*(?:{alternatives})")
    return [part for line in lines for part in _parts(line, title)]


def _flexible(word: str) -> str:
    """A pattern for a word, whatever blanks and width of brackets it is printed with."""
    return r"\s?".join(PUNCTUATION.get(letter, re.escape(letter)) for letter in word)


def _parts(line: Line, title: re.Pattern[str]) -> Iterator[Line]:
    text = line.pieces[0].text if len(line.pieces) == 1 else ""
    starts = [match.span() for match in title.finditer(text)] if len(text) > LONG else []
    if not starts:
        yield line
        return
    cuts = [0, *(place for span in starts for place in span), len(text)]
    for start, end in itertools.pairwise(cuts):
        if text[start:end].strip():
            yield Line((Piece(text[start:end].strip(), line.spot),), line.grid, line.exact)
