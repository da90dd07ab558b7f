"""Numbers with their units in running text: `107 件`, `１０７件`, `一百零七件`, `1,268件`, `12.6%`. Each sentence becomes a mask in which
every quantity is one character, so that a pattern can speak of words and quantities alike."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from generator.model.figure import Number

# Digits, letters, the percent sign and the full stop of decimals; Chinese punctuation stays as it is.
FOLD = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), 0xFF05, 0xFF0E)}
FIRST = 0xE000  # a mask holds quantity number n as the private character FIRST + n
ANY = "[\ue000-\uf8ff]"
UNITS = "件次|人次|场次|条次|个百分点|件|宗|条|份|次|起|篇|个|项|例|部|期|家|户|场|页|人|种|类|幅|则|万元|元|%|倍"
ARABIC = r"(?<!\d)(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,16})(?:\.\d{1,8})?"
CHINESE = "[零〇一二两三四五六七八九十百千万]{1,16}"
QUANTITY = re.compile(
    rf"(?P<about>近|约|逾|超过|超|将近|不少于|不足|至少|多达|上)?(?P<number>{ARABIC}|(?<![第十百千万每])(?:{CHINESE}))\s*(?P<more>余|多|几|来)?\s*"
    rf"(?P<unit>{UNITS})(?P<after>以上|左右|以内|以下)?"
)
PER_CENT = re.compile(rf"百分之(?P<hundredths>{CHINESE})(?:点(?P<decimals>[零〇一二三四五六七八九]{1, 8}))?")
NOUGHT = re.compile(r"(?<=为)零(?=[，,。；;、）)]|$)")
KEPT = re.compile(r"[^\s*_]+")
# Nobody writes such a sentence; looking through one would take long.
LONGEST = 3000
SENTENCE = re.compile(r"[^。！？；;!?\n]+")
DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10000}


@dataclass(frozen=True)
class Quantity:
    """A number with its unit, and where it stands in the text. `about` marks one that is said to be rough (近, 余)."""

    value: Number
    unit: str
    start: int
    end: int
    about: bool = False


@dataclass(frozen=True)
class Sentence:
    """A sentence as a mask without spaces, the offset in the text of each of its characters, and its quantities."""

    mask: str
    offsets: tuple[int, ...]
    quantities: tuple[Quantity, ...]
    paragraph: int

    def quantity(self, index: int) -> Quantity | None:
        """The quantity that stands at a place of the mask."""
        number = ord(self.mask[index]) - FIRST
        return self.quantities[number] if 0 <= number < len(self.quantities) else None


def fold(text: str) -> str:
    """The text with full-width digits, letters and percent signs as half-width ones, character for character."""
    return text.translate(FOLD)


def chinese(text: str) -> int | None:
    """The number that Chinese numerals write: 一百零七, 两, 十二, 一二〇; None where they are no number."""
    if all(character in DIGITS for character in text):
        return int("".join(str(DIGITS[character]) for character in text)) if len(text) != 2 or text[0] in "零〇" else None
    total, part, digit = 0, 0, 0
    for character in text:
        if character in DIGITS:
            digit = DIGITS[character]
        elif character == "万":
            total, part, digit = (total + part + digit) * SCALES[character], 0, 0
        else:
            part, digit = part + (digit or 1) * SCALES[character], 0
    return total + part + digit


@lru_cache(maxsize=32)  # several families of rules read a text one after the other
def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a Markdown text (code already blanked out), in order; `paragraph` counts lines with words."""
    words = fold(text)
    starts = [found.start() for found in re.finditer(r"(?m)^.*\S", words)]
    return tuple(
        _sentence(words, found.start(), found.end(), bisect_right(starts, found.end() - 1))
        for found in SENTENCE.finditer(words)
        if found[0].strip() and len(found[0]) < LONGEST
    )


def _sentence(words: str, start: int, end: int, paragraph: int) -> Sentence:
    quantities: list[Quantity] = []
    mask: list[str] = []
    offsets: list[int] = []
    at = start
    found = [match for pattern in (QUANTITY, PER_CENT, NOUGHT) for match in pattern.finditer(words, start, end)]
    for one in sorted(found, key=lambda match: match.start()):
        quantity = _quantity(one)
        if quantity is None or one.start() < at:
            continue
        _keep(words, at, one.start(), mask, offsets)
        mask.append(chr(FIRST + len(quantities)))
        offsets.append(quantity.start)
        quantities.append(quantity)
        at = one.end()
    _keep(words, at, end, mask, offsets)
    return Sentence("".join(mask), tuple(offsets), tuple(quantities), paragraph)


def _keep(words: str, start: int, end: int, mask: list[str], offsets: list[int]) -> None:
    """The characters between two quantities, less spaces and marks of emphasis."""
    for found in KEPT.finditer(words, start, end):
        mask.append(re.sub(ANY, "\ufffd", found[0]))  # what a text itself has of these characters is no quantity
        offsets.extend(range(found.start(), found.end()))


def _quantity(found: re.Match[str]) -> Quantity | None:
    if "hundredths" in found.re.groupindex:
        decimals = "".join(str(DIGITS[character]) for character in found["decimals"] or "零")
        return Quantity(Decimal(f"{chinese(found['hundredths']) or 0}.{decimals}"), "%", found.start(), found.end())
    if "number" not in found.re.groupindex:
        return Quantity(0, "", found.start(), found.end())
    text = found["number"].replace(",", "")
    value = Decimal(text) if "." in text else int(text) if text[0].isascii() else chinese(text)
    if value is None:
        return None
    about = any(found[name] for name in ("about", "more", "after"))
    return Quantity(value, found["unit"], found.start("number"), found.end(), about)
