"""Names and plain values in JSON Schema: keys in all their spellings, texts, dates, choices."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from generator.language import labels
from generator.load.reading import DATE, Words

Schema = dict[str, Any]
# What `labels.normal` takes away, as patterns that Python and ECMAScript read alike.
NOISE = "[\\s\"'＂＇“”‘’「」:：]*"
CHINESE_NUMBER = "[一二三四五六七八九十]+"
NUMBER = (
    f"(?:[(（]{NOISE}{CHINESE_NUMBER}{NOISE}[)）]"
    f"|{CHINESE_NUMBER}{NOISE}、"
    f"|[(（]?{NOISE}\\d+{NOISE}[.．、)）])"
)
MARKS = "\\]^-["  # these have a meaning of their own inside a class of characters
NOTHING: tuple[str | None, ...] = (None, "")
# A text may look like a number (邮编: 361000) and may be left open (电话:).
TEXT: Schema = {"type": ["string", "number", "null"]}
DAY: Schema = {
    "type": ["string", "null"],
    "pattern": f"^(?:{DATE.pattern}(?: .*)?|~?)$",
    "examples": ["2024-01-26"],
}


def chinese_first(spellings: Iterable[str]) -> list[str]:
    """The spellings with the one that editors complete first: Chinese before a canonical id."""
    return sorted(dict.fromkeys(spellings), key=str.isascii)


def pattern(spellings: Iterable[str], between: str = NOISE) -> str:
    """A pattern for every key that the loader reads as one of these spellings.

    The key may be numbered and quoted, in half or full width. `between` is what may stand between
    the characters of a Chinese word; nothing may stand inside a canonical id.
    """
    choices = []
    for word in dict.fromkeys(labels.normal(spelling) for spelling in spellings):
        separator = "" if word.isascii() else between
        choices.append(separator.join(_character(character) for character in word))
    return f"^{NOISE}(?:{NUMBER}{NOISE})?(?:{'|'.join(choices)}){NOISE}$"


def _character(character: str) -> str:
    """A pattern for the cases and widths of a character, which `labels.normal` makes equal."""
    if not character.isascii():
        return character
    if character.isalpha():
        return f"[{character}{character.upper()}]"
    half_width = re.escape(character) if character in MARKS else character
    return f"[{half_width}{chr(ord(character) + 0xFEE0)}]"


def keys(entries: Iterable[tuple[Iterable[str], Schema, bool]]) -> Schema:
    """A mapping with these keys and no others: (spellings, schema of the value, proposed or not).

    The first spelling is the one proposed. `doNotSuggest` tells editors that a spelling is accepted
    but not proposed; it stands beside an `allOf`, because beside a `$ref` it has no effect.
    """
    properties: Schema = {}
    patterns: Schema = {}
    for spellings, value, proposed in entries:
        for number, spelling in enumerate(chinese_first(spellings)):
            silent = {"doNotSuggest": True, "allOf": [value]}
            properties.setdefault(spelling, value if proposed and number == 0 else silent)
        patterns[pattern(spellings)] = value
    return {
        "type": "object",
        "properties": properties,
        "patternProperties": patterns,
        "additionalProperties": False,
    }


def described(spellings: Iterable[str], meaning: str, value: Schema) -> Schema:
    """The schema of a value, with the title and the meaning of its key."""
    return {"title": chinese_first(spellings)[0], "description": meaning} | value


def choice(options: Words, *more: object) -> Schema:
    """One of the options in any spelling, the Chinese words first, or nothing."""
    options_in_order = [chinese_first(spellings) for spellings in options.values()]
    proposed = [spellings[0] for spellings in options_in_order]
    accepted = [spelling for spellings in options_in_order for spelling in spellings[1:]]
    return {"enum": [*proposed, *accepted, *more, *NOTHING]}


def several(item: Schema) -> Schema:
    """A list of items; an item may stand alone, and `无` or nothing is an empty list."""
    return {"anyOf": [{"type": "array", "items": item}, item, {"enum": ["无", *NOTHING]}]}
