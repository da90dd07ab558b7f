"""How clerks write the law's words.

Numbered or not, full or short, half-width or full-width brackets.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

NUMBERING = re.compile(r"^(?:\([一二三四五六七八九十]+\)|[一二三四五六七八九十]+、|\(?\d+[.、)])")
NOISE = re.compile(r"[\s\"'“”‘’「」:：]")


@lru_cache(maxsize=4096)  # the same few hundred words are looked up for every report
def normal(word: str) -> str:
    """The form in which two spellings of one label are equal.

    NFKC, no spaces or quotes, no leading number.
    """
    text = NOISE.sub("", unicodedata.normalize("NFKC", word)).lower()
    return NUMBERING.sub("", text, count=1) or text


def nearest(word: str, choices: Iterable[str]) -> str:
    """The known word most like `word`, or empty when none is near.

    Shared characters count, so short words work too.
    """
    target = normal(word)
    scored = [
        (difflib.SequenceMatcher(None, target, normal(choice)).ratio(), choice)
        for choice in choices
    ]
    best = max(scored, default=(0.0, ""), key=lambda pair: pair[0])
    return best[1] if best[0] >= 0.5 else ""


def index(spellings_by_key: Mapping[str, Iterable[str]]) -> Mapping[str, str]:
    """Normal form → key, for `{key: every way to write it}`.

    Two keys with one spelling is a defect of a format: ValueError.
    """
    keys: dict[str, str] = {}
    for key, spellings in spellings_by_key.items():
        for spelling in spellings:
            if keys.setdefault(normal(spelling), key) != key:
                raise ValueError(
                    f"{spelling} is written for both {keys[normal(spelling)]} and {key}"
                )
    return keys
