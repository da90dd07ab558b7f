"""How search compares characters.

Texts are folded here, queries by themes/default/assets/search-index.js, and both must fold alike.

Folding goes character by character (NFKC, lower case; white space and quotation marks vanish), so
that a place in the folded text leads back to the text. The end of a paragraph stays: nobody looks
for a word that begins in one and ends in the next.
"""

from __future__ import annotations

import re
import unicodedata
from operator import add

PARAGRAPH = "\n"
# The same expression stands in the script; what the two languages do not both call white space is
# listed.
GONE = re.compile(r"""[^\S\n]|[\x1c-\x1f\x85\xad\u200b-\u200f\u2060\ufeff"'“”‘’「」『』]""")


class _Table(dict[int, str]):
    """Code point → its folded form, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = GONE.sub("", unicodedata.normalize("NFKC", chr(code)).lower())
        return self[code]


_TABLE = _Table()


def folded(text: str) -> str:
    """The text as search compares it."""
    return text.translate(_TABLE)


def bigrams(text: str) -> set[str]:
    """Every two neighbouring characters of a folded text, within its paragraphs."""
    pairs: set[str] = set()
    for line in text.split(PARAGRAPH):
        pairs.update(map(add, line, line[1:]))
    return pairs


def bucket(bigram: str, count: int) -> int:
    """Which of `count` buckets holds a bigram."""
    return (ord(bigram[0]) * 31 + ord(bigram[1])) % 65521 % count
