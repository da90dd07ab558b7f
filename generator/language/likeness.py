"""How much two texts have in common.

The share of their runs of four characters, with numbers, marks and names left out.
"""

from __future__ import annotations

import re
from functools import lru_cache
from zlib import crc32

from generator.language.quantities import fold

SHINGLE = 4
NOT_WORDS = re.compile(r"[\W\d_]+")


@lru_cache(maxsize=64)  # a report's texts are looked at again as those of the year before
def shingles(text: str, names: tuple[str, ...]) -> frozenset[int]:
    """The runs of four characters of a text as hashes; numbers, marks and names are left out."""
    letters = NOT_WORDS.sub("", fold(text))
    for name in names:
        letters = letters.replace(name, "")
    data = letters.encode("utf-32-le")
    return frozenset(
        crc32(data[start : start + 4 * SHINGLE])
        for start in range(0, len(data) - 4 * SHINGLE + 1, 4)
    )


def likeness(first: frozenset[int], second: frozenset[int]) -> float:
    """The share of runs that two texts have in common, 0 to 1."""
    return len(first & second) / len(first | second) if first or second else 0.0
