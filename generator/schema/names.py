"""Names and plain values in JSON Schema: a key in every spelling that the loader takes, texts, dates, choices."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from generator.language import labels
from generator.load.reading import DATE, Words

Schema = dict[str, Any]
# What `labels.normal` takes away, as patterns that Python and ECMAScript read alike.
NOISE = "[\\s\"'＂＇“”‘’「」:：]*"
NUMBER = f"(?:[(（]{NOISE}[一二三四五六七八九十]+{NOISE}[)）]|[一二三四五六七八九十]+{NOISE}、|[(（]?{NOISE}\\d+{NOISE}[.．、)）])"
MARKS = "\\]^-["  # what a class of characters takes as its own
NOTHING: tuple[str | None, ...] = (None, "")
# A text may look like a number (邮编: 361000) and may be left open (电话:).
TEXT: Schema = {"type": ["string", "number", "null"]}
DAY: Schema = {"type": ["string", "null"], "pattern": f"^(?:{DATE.pattern}(?: .*)?|~?)$", "examples": ["2024-01-26"]}


def shown(spelled: Iterable[str]) -> list[str]:
    """The spellings with the one to complete first: Chinese before a canonical id."""
    return sorted(dict.fromkeys(spelled), key=str.isascii)


def pattern(spelled: Iterable[str], between: str = NOISE) -> str:
    """A pattern for every key that the loader reads as one of these words: numbered or not, quoted, half or full width, and with
    what may stand `between` the characters of Chinese (a canonical id is one word)."""
    words = dict.fromkeys(labels.normal(word) for word in spelled)
    forms = "|".join(("" if word.isascii() else between).join(_character(one) for one in word) for word in words)
    return f"^{NOISE}(?:{NUMBER}{NOISE})?(?:{forms}){NOISE}$"


def _character(one: str) -> str:
    """One character in the cases and widths that a normal form does not tell apart."""
    if not one.isascii():
        return one
    if one.isalpha():
        return f"[{one}{one.upper()}]"
    return f"[{re.escape(one) if one in MARKS else one}{chr(ord(one) + 0xFEE0)}]"


def keys(known: Iterable[tuple[Iterable[str], Schema, bool]]) -> Schema:
    """A mapping with these keys and no others: (spellings, what stands behind them, whether editors propose it).

    The first spelling is the one proposed; `doNotSuggest` is the word by which editors know that the others are only accepted; it
    stands beside an `allOf`, since they lose it beside a `$ref`.
    """
    properties: Schema = {}
    patterns: Schema = {}
    for spelled, value, proposed in known:
        for place, word in enumerate(shown(spelled)):
            properties.setdefault(word, value if proposed and place == 0 else {"doNotSuggest": True, "allOf": [value]})
        patterns[pattern(spelled)] = value
    return {"type": "object", "properties": properties, "patternProperties": patterns, "additionalProperties": False}


def fields(words: Words, meanings: Mapping[str, str], values: Mapping[str, Schema]) -> Schema:
    """A mapping of a key table of the loader; a key without a value of its own takes a text. Every key has a meaning."""
    return keys(
        (spelled, {"title": shown(spelled)[0], "description": meanings[key]} | values.get(key, TEXT), True)
        for key, spelled in words.items()
    )


def choice(options: Words, *more: object) -> Schema:
    """One of the options in any spelling, the Chinese words first, or nothing."""
    spelled = [shown(words) for words in options.values()]
    return {"enum": [*(words[0] for words in spelled), *(word for words in spelled for word in words[1:]), *more, *NOTHING]}


def several(item: Schema) -> Schema:
    """A list of items; one item may stand alone, and `无` or nothing is an empty list."""
    return {"anyOf": [{"type": "array", "items": item}, item, {"enum": ["无", *NOTHING]}]}
