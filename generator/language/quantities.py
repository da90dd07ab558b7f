"""Numbers with their units in running text.

`107 件`, `１０７件`, `一百零七件`, `1,268件`, `12.6%`. Each sentence becomes a mask in which every
quantity is one character, so that a pattern can speak of words and quantities alike.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from generator.language.lookalikes import LOOKALIKES
from generator.language.paragraphs import Paragraph, paragraphs
from generator.model.figure import Number

# Digits, letters, the percent sign and the full stop of decimals; Chinese punctuation stays as it
# is.
FOLD = {
    code: code - 0xFEE0
    for code in (
        *range(0xFF10, 0xFF1A),
        *range(0xFF21, 0xFF3B),
        *range(0xFF41, 0xFF5B),
        0xFF05,
        0xFF0E,
    )
}
FOLD |= LOOKALIKES
FIRST = 0xE000  # a mask holds quantity number n as the private character FIRST + n
ANY = "[\ue000-\uf8ff]"
UNITS = (
    "件次|宗次|人次|场次|条次|个百分点|个工作日|工作日|个月|个小时|小时|分钟|件|宗|条|份|次|起|篇|个"
    "|项|例|部|期|家|户|场|页|人|名|位|种|类(?!过程性|内部事务)|幅|则|封|笔|张|卷|册|处|批|天|亿元|万元|元|%|倍"
)
ARABIC = r"(?<!\d)(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,16})(?:\.\d{1,8})?"
CHINESE = "[零〇一二两三四五六七八九十百千万]{1,16}"
QUANTITY = re.compile(
    rf"(?P<about>近|约|逾|超过|超|将近|不少于|不足|至少|多达|上)?(?P<number>{ARABIC}|"
    rf"(?<![第十百千万每])(?:{CHINESE}))\s*(?P<more>余|多|几|来)?\s*"
    rf"(?P<unit>{UNITS})(?!合计|之和|相加|共计|加总)(?P<after>以上|左右|以内|以下|上下)?"
)
PER_CENT = re.compile(
    rf"百分之(?P<hundredths>{CHINESE})(?:点(?P<decimals>[零〇一二三四五六七八九]{1, 8}))?"
)
NOUGHT = re.compile(r"(?<=[为是数量额])(?:零|0)(?=[，,。；;、）)]|$)")
KEPT = re.compile(r"\S+")
# Nobody writes such a sentence; looking through one would take long.
LONGEST = 3000
SENTENCE = re.compile(r"[^。！？!?\n]+")
DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
}
SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10000}


@dataclass(frozen=True)
class Quantity:
    """A number with its unit, and where it stands in the text.

    `about` marks one that is said to be rough (近, 余).
    """

    value: Number
    unit: str
    start: int
    end: int
    about: bool = False


@dataclass(frozen=True)
class Sentence:
    """A sentence as a mask without spaces, and its quantities, with their places in the text.

    `offsets` is where in the text each character of the mask stands.
    """

    mask: str
    offsets: tuple[int, ...]
    quantities: tuple[Quantity, ...]
    paragraph: int
    heading: bool = False
    item: bool = False

    def quantity(self, index: int) -> Quantity | None:
        """The quantity that stands at a place of the mask."""
        number = ord(self.mask[index]) - FIRST
        return self.quantities[number] if 0 <= number < len(self.quantities) else None


def fold(text: str) -> str:
    """The text with full-width digits, letters and percent signs as half-width ones.

    It has as many characters as before.
    """
    return text.translate(FOLD)


def chinese(text: str) -> int | None:
    """The number that Chinese numerals write: 一百零七, 两, 十二, 一二〇.

    None where they are no number, as 三五 (three to five).
    """
    if all(character in DIGITS for character in text):
        if len(text) == 2 and text[0] not in "零〇":
            return None
        return int(_in_digits(text))
    ten_thousands = 0
    below = 0
    digit = 0
    for character in text:
        if character in DIGITS:
            digit = DIGITS[character]
            continue
        if character == "万":
            ten_thousands = (ten_thousands + below + digit) * SCALES[character]
            below = 0
        else:
            below += (digit or 1) * SCALES[character]
        digit = 0
    return ten_thousands + below + digit


def _in_digits(numerals: str) -> str:
    return "".join(str(DIGITS[numeral]) for numeral in numerals)


@lru_cache(maxsize=32)  # several families of rules read a text one after the other
def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a Markdown text as its readers see it, in order; without code."""
    return tuple(
        _sentence(wording, paragraph.offsets, match, number, paragraph)
        for number, paragraph in enumerate(paragraphs(text))
        for wording in (fold(paragraph.words),)
        for match in SENTENCE.finditer(wording)
        if match[0].strip() and len(match[0]) < LONGEST
    )


def _sentence(
    wording: str,
    places: Sequence[int],
    span: re.Match[str],
    number: int,
    paragraph: Paragraph,
) -> Sentence:
    start, end = span.span()
    quantities: list[Quantity] = []
    mask: list[str] = []
    offsets: list[int] = []
    place = start
    for match in _numbers(wording, start, end):
        quantity = _quantity(match)
        if quantity is None or match.start() < place:
            continue
        _keep(wording, place, match.start(), mask, offsets)
        mask.append(chr(FIRST + len(quantities)))
        offsets.append(quantity.start)
        quantities.append(quantity)
        place = match.end()
    _keep(wording, place, end, mask, offsets)
    return Sentence(
        "".join(mask),
        tuple(places[offset] for offset in offsets),
        tuple(
            replace(quantity, start=places[quantity.start], end=places[quantity.end - 1] + 1)
            for quantity in quantities
        ),
        number,
        paragraph.heading,
        paragraph.item,
    )


def _numbers(text: str, start: int, end: int) -> list[re.Match[str]]:
    """What may be a quantity, in order of place."""
    matches: list[re.Match[str]] = []
    for pattern in (QUANTITY, PER_CENT, NOUGHT):
        matches += pattern.finditer(text, start, end)
    matches.sort(key=lambda match: match.start())
    return matches


def _keep(text: str, start: int, end: int, mask: list[str], offsets: list[int]) -> None:
    """The characters between two quantities, less spaces and marks of emphasis.

    What a text itself has of the characters that stand for quantities is none.
    """
    for match in KEPT.finditer(text, start, end):
        mask.append(re.sub(ANY, "\ufffd", match[0]))
        offsets.extend(range(*match.span()))


def _quantity(match: re.Match[str]) -> Quantity | None:
    groups = match.re.groupindex
    if "hundredths" in groups:
        number = f"{chinese(match['hundredths']) or 0}.{_in_digits(match['decimals'] or '零')}"
        return Quantity(Decimal(number), "%", *match.span())
    if "number" not in groups:
        return Quantity(0, "", *match.span())
    value = _value(match["number"].replace(",", ""))
    if value is None:
        return None
    about = any(match[name] for name in ("about", "more", "after"))
    return Quantity(value, match["unit"], match.start("number"), match.end(), about)


def _value(number: str) -> Number | None:
    """The number that digits or Chinese numerals write."""
    if "." in number:
        return Decimal(number)
    return int(number) if number[0].isascii() else chinese(number)
