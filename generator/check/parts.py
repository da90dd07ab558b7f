"""X-08, X-09: sums and percentages that a sentence states in full, and that do not come out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.check.case import Case, compared
from generator.language import amounts, prose
from generator.language.quantities import ANY, FIRST, Quantity, Sentence, sentences
from generator.language.sentence import sentence
from generator.model.figure import Number, plain, size
from generator.model.finding import Finding
from generator.model.report import SectionText

BRACKETS = re.compile(r"[（(][^（()）]*[）)]")
WHOLE = re.compile(
    rf"(?<![加少增减多])(?P<whole>{ANY})[^，,：:、]{{0,6}}(?:(?P<among>[，,]?其中(?:包括|有)"
    rf"?[，,：:]?)|(?P<colon>[：:])|(?P<each>[，,]?[^，,、]{{0,8}}分别(?:为|是|有)?))"
)
ITEM = re.compile(
    rf"(?P<label>[^，,、：:\ue000-\uf8ff]{{0,24}})(?P<part>{ANY})"
    rf"(?P<rest>[^，,、：:\ue000-\uf8ff]{{0,8}})(?:[，,]占[^，,、]{{0,12}}{ANY})?(?P<join>[，,、]|"
    rf"和|及|$)"
)
NOT_ALL = re.compile(r"主要|重点|尤其|尤为|突出|集中在|包括但|例如|如：|多为|新增的")
NOT_A_PART = re.compile(
    r"办结|答复|结转|较|比上|同比|增长|下降|减少|培训|召开|合计|共计|总计|占|均|每"
)
AND_SO_ON = re.compile(r"^等(?!级)")
REST = re.compile(r"其他|其它|其余|余下")
KINDS = (
    re.compile(r"自然人|企业|法人|科研|公益|法律服务"),
    re.compile(r"网络|网站|网上|信函|邮寄|当面|现场提交|传真|窗口|线下"),
)
SHARE = re.compile(
    rf"(?P<part>{ANY})[^，,：:\ue000-\uf8ff]{{0,4}}[，,]?(?:约)?占(?:比|到|了)"
    rf"?(?P<of>[^，,\ue000-\uf8ff]{{0,12}}(?P<whole>{ANY})?(?:的)?)(?P<percent>{ANY})"
)
CHANGE = re.compile(
    rf"(?P<now>{ANY})(?:[（(][^）)]*[）)])?[，,]?(?:与)?(?:比|较|同比|相比)"
    rf"[^，,\ue000-\uf8ff增减多少升降]{{0,10}}(?P<before>{ANY})(?:相比)?[，,]?(?:同比)?"
    rf"(?P<up>增长|增加|上升|提高|提升|多)?(?P<down>减少|下降|降低|回落|少)?(?:了|约)"
    rf"?(?P<percent>{ANY})"
)
RATE = re.compile(
    rf"(?P<all>{ANY})[^：:\ue000-\uf8ff]{{0,4}}[，,](?P<verb>[^，,\ue000-\uf8ff]{{1,8}})"
    rf"(?P<part>{ANY})[^，,\ue000-\uf8ff]{{0,4}}[，,](?P<name>[^，,\ue000-\uf8ff]{{2,6}})率(?:为|达|"
    rf"达到)?(?P<percent>{ANY})"
)
AMONG = re.compile("其中|中[，,]")
# A list behind “including” is complete where it comes to this share of the whole, and has so many
# parts.
NEARLY_ALL = Decimal(4) / 5
MANY_PARTS = 3
# How many characters behind a list may say that it is not complete.
BEHIND = 6


@dataclass(frozen=True)
class Masked:
    """A sentence without what stands in brackets: its mask, and the quantities in it."""

    mask: str
    quantities: Sequence[Quantity]

    def quantity(self, index: int) -> Quantity:
        """The quantity that a character of the mask stands for."""
        return self.quantities[ord(self.mask[index]) - FIRST]

    def group(self, match: re.Match[str], name: str) -> Quantity:
        """The quantity that begins a group of a match."""
        return self.quantity(match.start(name))


@dataclass(frozen=True)
class Ratio:
    """A percentage that a sentence states, what it should be, and the two quantities it is of."""

    percent: Quantity
    true: Decimal
    of: tuple[Quantity, Quantity]


# A part of an enumeration: what it is called, and how many.
Item = tuple[str, Quantity]


def check(case: Case) -> Iterator[Finding]:
    """The enumerations and percentages of a report's texts that do not come out."""
    for text in case.report.texts:
        for statement in sentences(prose.without_code(text.markdown)):
            if len(statement.quantities) > 1:
                yield from _sums(case, text, statement)
                yield from _percentages(case, text, statement)


def _sums(case: Case, text: SectionText, statement: Sentence) -> Iterator[Finding]:
    """X-08. What stands in brackets divides a part further and is left out."""
    mask = BRACKETS.sub(_without_quantities, statement.mask)
    masked = Masked(mask, statement.quantities)
    for match in WHOLE.finditer(mask):
        total = masked.group(match, "whole")
        items = _items(masked, match.end(), total, bare=match["each"] is not None)
        if not _comparable(total, items):
            continue
        addends = [quantity.value for _, quantity in items]
        result = sum(addends, start=0)
        if result == total.value:
            continue
        if result > total.value or match["among"] is None or _is_complete(items, result, total):
            values = {
                "addends": " + ".join(map(plain, addends)),
                "result": result,
                "total": total.value,
                "unit": total.unit,
                "difference": size(result - total.value),
            }
            message = sentence(
                "各分项 {addends} = {result}，而总数写的是 {total} {unit}，相差 {difference}",
                **values,
            )
            finding = case.finding("X-08", text.place(total.start), message)
            yield compared(finding, result, total.value)


def _without_quantities(match: re.Match[str]) -> str:
    """What stands in brackets; nothing where a quantity is among it."""
    return "" if re.search(ANY, match[0]) else match[0]


def _is_complete(items: Sequence[Item], result: Number, total: Quantity) -> bool:
    """Whether a list that follows “including” can be taken for all there is."""
    if REST.search(items[-1][0]):
        return True
    return len(items) >= MANY_PARTS and result >= total.value * NEARLY_ALL


def _items(masked: Masked, start: int, total: Quantity, *, bare: bool) -> list[Item]:
    """The parts listed from a place on; none where the list does not claim to be complete."""
    mask = masked.mask
    items: list[Item] = []
    end = start
    while match := ITEM.match(mask, end):
        quantity = masked.group(match, "part")
        if quantity.unit != total.unit or NOT_A_PART.search(match["label"]):
            break
        items.append((match["label"], quantity))
        end = match.end()
        if AND_SO_ON.match(match["rest"]):
            return []
        if not match["join"]:
            break
    if NOT_ALL.search(mask, start, end + BEHIND) or AND_SO_ON.match(mask[end:]):
        return []
    return [] if bare and len(items) < 2 else items


def _comparable(total: Quantity, items: Sequence[Item]) -> bool:
    """Whether a list can be compared with its sum.

    It has two parts at least, none of them rough, all of one kind.
    """
    quantities = [quantity for _, quantity in items]
    if len(items) < 2 or any(quantity.about for quantity in (total, *quantities)):
        return False
    labels = [label for label, _ in items if not REST.search(label)]
    return all(_agree(kind, labels) for kind in KINDS)


def _agree(kind: re.Pattern[str], labels: Sequence[str]) -> bool:
    """Whether all labels are of a kind, or none is."""
    return len({bool(kind.search(label)) for label in labels}) == 1


def _percentages(case: Case, text: SectionText, statement: Sentence) -> Iterator[Finding]:
    """X-09: shares, changes from one year to the next, rates."""
    masked = Masked(BRACKETS.sub("", statement.mask), statement.quantities)
    for ratio in (*_shares(masked), *_changes(masked), *_rates(masked)):
        yield from _off(case, text, ratio)


def _shares(masked: Masked) -> Iterator[Ratio]:
    """`甲 3 件，占 30%`."""
    for match in SHARE.finditer(masked.mask):
        numerator = masked.group(match, "part")
        if match["whole"]:
            total: Quantity | None = masked.group(match, "whole")
        else:
            total = _total(masked, match.start("part"), numerator)
        if total is not None and total.value and numerator.unit == total.unit:
            percent = masked.group(match, "percent")
            yield Ratio(percent, _percent(numerator.value, total.value), (numerator, total))


def _changes(masked: Masked) -> Iterator[Ratio]:
    """`12 件，比上年 10 件增长 20%`."""
    for match in CHANGE.finditer(masked.mask):
        new = masked.group(match, "now")
        old = masked.group(match, "before")
        if old.value and new.unit == old.unit and (match["up"] or match["down"]):
            percent = masked.group(match, "percent")
            change = _percent(new.value - old.value, old.value)
            yield Ratio(percent, change if match["up"] else -change, (new, old))


def _rates(masked: Masked) -> Iterator[Ratio]:
    """`收到 10 件，办结 9 件，办结率 90%`."""
    for match in RATE.finditer(masked.mask):
        total = masked.group(match, "all")
        numerator = masked.group(match, "part")
        same_unit = numerator.unit == total.unit
        if match["verb"].endswith(match["name"]) and total.value and same_unit:
            percent = masked.group(match, "percent")
            yield Ratio(percent, _percent(numerator.value, total.value), (numerator, total))


def _percent(numerator: Number, total: Number) -> Decimal:
    return Decimal(numerator) / Decimal(total) * 100


def _total(masked: Masked, place: int, numerator: Quantity) -> Quantity | None:
    """The number that a share is a share of.

    It is the nearest larger one of its unit in front of `其中` or `…中，`.
    """
    among = [match.start() for match in AMONG.finditer(masked.mask, 0, place)]
    if not among:
        return None
    numbers = re.finditer(ANY, masked.mask[: among[-1]])
    for number in reversed(list(numbers)):
        quantity = masked.quantity(number.start())
        if quantity.unit == numerator.unit and quantity.value >= numerator.value:
            return quantity
    return None


def _off(case: Case, text: SectionText, ratio: Ratio) -> Iterator[Finding]:
    """A finding where a percentage is off by more than the threshold and more than its rounding."""
    percent = ratio.percent
    if percent.unit != "%" or percent.about or any(of.about for of in ratio.of):
        return
    decimals = amounts.decimals(percent.value)
    rounding = Decimal(5) / 10 ** (decimals + 1)
    tolerance = Decimal(str(case.rule("X-09").number("within")))
    if size(percent.value - ratio.true) <= max(tolerance, rounding):
        return
    true = round(ratio.true, max(decimals, 1))
    first, second = ratio.of
    message = sentence(
        "{first} 与 {second} 算出的是 {true}%，正文写的是 {percent}%",
        first=first.value,
        second=second.value,
        true=true,
        percent=percent.value,
    )
    finding = case.finding("X-09", text.place(percent.start), message)
    yield compared(finding, true, percent.value)
