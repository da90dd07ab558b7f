"""How much two texts have in common: the share of their runs of four characters, with numbers, marks and names left out."""

from __future__ import annotations

import re
from functools import lru_cache
from zlib import crc32

from generator.language.quantities import fold

SHINGLE = 4
NOT_WORDS = re.compile(r"[\W\d_]+")


@lru_cache(maxsize=64)  # a report's texts are looked at again as those of the year before
def shingles(text: str, names: tuple[str, ...]) -> frozenset[int]:
    """The runs of four characters of a text as hashes, without numbers, marks and the names given."""
    words = NOT_WORDS.sub("", fold(text))
    for name in names:
        words = words.replace(name, "")
    data = words.encode("utf-32-le")
    return frozenset(crc32(data[at : at + 4 * SHINGLE]) for at in range(0, len(data) - 4 * SHINGLE + 1, 4))


def likeness(one: frozenset[int], other: frozenset[int]) -> float:
    """The share of runs that two texts have in common, 0 to 1."""
    return len(one & other) / len(one | other) if one or other else 0.0
