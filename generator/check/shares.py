"""X-09: shares, rates and changes that a text states with the numbers they are of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from generator.check.case import Case, compared
from generator.language import amounts
from generator.language.passages import BRACKETS, Passage, passages_of
from generator.language.quantities import ANY, Quantity
from generator.language.sentence import sentence
from generator.model.figure import Number, size
from generator.model.finding import Finding
from generator.model.report import SectionText

PERCENT = "%"
# 占比分别为 …: which is whose is not looked at.
EACH = "分别"
SHARE = re.compile(
    rf"(?P<part>{ANY})[^，,：:。；;\ue000-\uf8ff]{{0,4}}[，,]?(?:约)?占(?:比)?(?:到|了|达|为)?"
    rf"(?P<of>[^，,。；;\ue000-\uf8ff]{{0,12}}(?P<whole>{ANY})?(?:的)?)(?P<percent>{ANY})"
)
# The share in front of its number: 自然人占 91%（185 件）.
SHARE_FIRST = re.compile(
    rf"占(?:比)?(?:约|达|为)?(?P<percent>{ANY})(?:[，,]?(?:共|为|计|有)?[^，,。；;\ue000-\uf8ff]{{0,4}})"
    rf"(?P<part>{ANY})"
)
RATE = re.compile(
    rf"(?P<all>{ANY})[^：:。；;\ue000-\uf8ff]{{0,4}}[，,](?P<verb>[^，,。；;\ue000-\uf8ff]{{1,8}})"
    rf"(?P<part>{ANY})[^，,。；;\ue000-\uf8ff]{{0,4}}[，,](?P<name>[^，,。；;\ue000-\uf8ff]{{2,6}})率"
    rf"(?:为|达|达到)?(?P<percent>{ANY})"
)
# Numbers farther away are of something else.
FARTHEST = 300
NEAREST = 12
# What says that what follows is a share of the number in front of it.
AMONG = re.compile(r"其中|中[，,]?|看[，,]|[：:]|发现")
# What a number is called, in the words right in front of it.
UP = re.compile(
    r"(?:增长|增加|上升|提高|提升|上涨|净增|增幅|涨幅|多)(?:了|出|约|为|达|幅度|幅度为|达到)*$"
)
DOWN = re.compile(r"(?:减少|下降|降低|回落|降幅|减幅|减收|少)(?:了|约|为|达|幅度|幅度为|达到)*$")
REACH = re.compile(
    r"(?:增加|增长|上升|提高|提升|上涨|减少|下降|降低|回落|增|升|减|降)(?:至|到|为)$"
)
BEFORE = re.compile(
    r"(?:去年|上年|上一年|(?:19|20)\d\d年)(?:度)?(?:同期)?(?:末|底)?(?:[同期]*)(?:仅|只)?(?:的|为|是|有|约)?$"
    r"|(?:比|较|由|从)[^，,。；;增减多少升降]{0,14}$"
)
NUMBER = re.compile(rf"(?P<label>[^，,、。；;：:（(）)\ue000-\uf8ff]*)(?P<number>{ANY})")


@dataclass(frozen=True)
class Ratio:
    """A percentage or difference that a text states, what it should be, and of what two numbers."""

    stated: Quantity
    true: Number
    of: tuple[Quantity, Quantity]


def check(case: Case) -> Iterator[Finding]:
    """The shares, rates and changes of a report's texts that are not so."""
    for text in case.report.texts:
        for passage in passages_of(text.markdown):
            if "%" not in {q.unit for q in passage.quantities} and not _compares(passage):
                continue
            reported: set[int] = set()
            bare = Passage(BRACKETS.sub("", passage.mask), passage.quantities)
            for ratio in (*_shares(bare), *_rates(bare), *_changes(passage)):
                if ratio.stated.start not in reported:
                    findings = list(_off(case, text, ratio))
                    reported |= {ratio.stated.start for _ in findings}
                    yield from findings


def _compares(passage: Passage) -> bool:
    return re.search("由|从|去年|上年", passage.mask) is not None


def _shares(passage: Passage) -> Iterator[Ratio]:
    """`甲 3 件，占 30%`, `甲占 30%，为 3 件`."""
    for pattern in (SHARE, SHARE_FIRST):
        for match in pattern.finditer(passage.mask):
            part = passage.group(match, "part")
            percent = passage.group(match, "percent")
            if percent.unit != PERCENT or part.unit == PERCENT or EACH in match[0]:
                continue
            if pattern is SHARE and match["whole"]:
                total: Quantity | None = passage.group(match, "whole")
            else:
                total = _whole(passage, match, part, percent)
            if total is not None and total.value and part.unit == total.unit:
                yield Ratio(percent, _percent(part.value, total.value), (part, total))


def _whole(
    passage: Passage, match: re.Match[str], part: Quantity, percent: Quantity
) -> Quantity | None:
    """The number that a share is a share of.

    None where any number about is one of which it is true, where there are several that may be
    meant, or none.
    """
    mask = passage.mask
    farthest = max(match.start() - FARTHEST, 0)
    end = mask.find("。", match.end(), match.end() + FARTHEST)
    behind = _same(passage, match.end(), end if end >= 0 else match.end() + FARTHEST, part)[
        :NEAREST
    ]
    start = max(mask.rfind("。", farthest, match.start()) + 1, farthest)
    within = _same(passage, start, match.start("part"), part)[-NEAREST:]
    front = _same(passage, farthest, start, part)[-NEAREST:]
    candidates = [*within, *front, *behind]
    siblings = sum((number.value for number in (*within, part)), start=0)
    candidates = [*candidates, replace(part, value=siblings)]
    if any(number.value and _is_true(percent, part, number) for number in candidates):
        return None
    among = [m.end() for m in AMONG.finditer(mask, start, match.start())]
    if among:
        marked = _same(passage, farthest, among[-1], part)
        return marked[-1] if marked else None
    if len(within) == 1 or (not within and len(front) == 1 and not behind):
        return (within or front)[0]
    return behind[0] if len(behind) == 1 and not within and not front else None


def _same(passage: Passage, start: int, end: int, part: Quantity) -> list[Quantity]:
    """The numbers of a stretch that are of the unit of a part, and no smaller."""
    places = (start + match.start() for match in re.finditer(ANY, passage.mask[start:end]))
    numbers = [passage.quantity(place) for place in places]
    return [number for number in numbers if number.unit == part.unit and number.value >= part.value]


def _is_true(percent: Quantity, part: Quantity, total: Quantity) -> bool:
    rounding = Decimal(5) / 10 ** (amounts.decimals(percent.value) + 1)
    return bool(size(_percent(part.value, total.value) - percent.value) <= rounding)


def _rates(passage: Passage) -> Iterator[Ratio]:
    """`收到 10 件，办结 9 件，办结率 90%`."""
    for match in RATE.finditer(passage.mask):
        total = passage.group(match, "all")
        numerator = passage.group(match, "part")
        same_unit = numerator.unit == total.unit
        if match["verb"].endswith(match["name"]) and total.value and same_unit:
            percent = passage.group(match, "percent")
            yield Ratio(percent, _percent(numerator.value, total.value), (numerator, total))


def _changes(passage: Passage) -> Iterator[Ratio]:
    """`12 件，比上年 10 件增长 20%`, `由 10 件增加到 12 件，增长 20%`."""
    new: Quantity | None = None
    old: Quantity | None = None
    early: list[tuple[Quantity, bool]] = []  # changes told in front of last year's number
    for match in NUMBER.finditer(passage.mask):
        label = match["label"]
        quantity = passage.group(match, "number")
        up = UP.search(label) is not None
        down = DOWN.search(label) is not None
        if up or down:
            if new and old:
                yield from _change(quantity, new, old, up=up)
            elif new:
                early.append((quantity, up))
        elif REACH.search(label):
            new = quantity
        elif BEFORE.search(label) and (new or label.strip()[:1]):
            old = quantity
            for stated, rose in early if new else ():
                yield from _change(stated, new, old, up=rose)
            early = []
        elif quantity.unit != PERCENT:
            new = quantity
            old = None
            early = []


def _change(stated: Quantity, new: Quantity | None, old: Quantity, *, up: bool) -> Iterator[Ratio]:
    """The percentage or difference that two numbers give, where they are of one unit."""
    if new is None or new.unit != old.unit or new.about or old.about:
        return
    change = new.value - old.value if up else old.value - new.value
    if stated.unit == PERCENT and old.value:
        yield Ratio(stated, _percent(change, old.value), (new, old))
    elif stated.unit == new.unit:
        yield Ratio(stated, change, (new, old))


def _percent(numerator: Number, total: Number) -> Decimal:
    return Decimal(numerator) / Decimal(total) * 100


def _off(case: Case, text: SectionText, ratio: Ratio) -> Iterator[Finding]:
    """A finding where a number is off by more than the threshold and more than its rounding."""
    stated = ratio.stated
    if stated.about or any(of.about for of in ratio.of):
        return
    first = ratio.of[0]
    second = ratio.of[1]
    if stated.unit != PERCENT:
        if ratio.true != stated.value:
            message = sentence(
                "{first} 与 {second} 的差是 {true}，正文写的是 {stated}",
                first=first.value,
                second=second.value,
                true=ratio.true,
                stated=stated.value,
            )
            finding = case.finding("X-09", text.place(stated.start), message)
            yield compared(finding, ratio.true, stated.value)
        return
    decimals = amounts.decimals(stated.value)
    rounding = Decimal(5) / 10 ** (decimals + 1)
    tolerance = Decimal(str(case.rule("X-09").number("within")))
    if size(stated.value - ratio.true) <= max(tolerance, rounding):
        return
    true = round(Decimal(ratio.true), max(decimals, 1))
    message = sentence(
        "{first} 与 {second} 算出的是 {true}%，正文写的是 {percent}%",
        first=first.value,
        second=second.value,
        true=true,
        percent=stated.value,
    )
    finding = case.finding("X-09", text.place(stated.start), message)
    yield compared(finding, true, stated.value)
