"""X-08: sums that a text states in full, and that do not come out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.check.case import Case, compared
from generator.language.passages import Passage, passages_of
from generator.language.quantities import ANY, Quantity
from generator.language.sentence import sentence
from generator.model.figure import Number, plain, size
from generator.model.finding import Finding
from generator.model.report import SectionText

NUMBERED = r"(?=(?:[一1]是|1[.、．]|[（(][一1][）)]))"
WHOLE = re.compile(
    rf"(?<![加少增减多])(?P<whole>{ANY})(?:"
    rf"(?P<list>[（(])"
    rf"|[^，,：:、；;。\ue000-\uf8ff]{{0,6}}(?:"
    rf"(?P<among>(?P<next>。)?[，,；;]?(?:其中|包括|含|(?<=\w)中)(?:包括|有|含)?[，,：:]?)"
    rf"|(?P<colon>[：:]|[，,](?:按[^，,：:。]{{1,6}}分|具体|分别)(?:为|是)?[：:]|[，,]分布[在于])"
    rf"|(?P<each>[，,]?[^，,、；;。\ue000-\uf8ff]{{0,8}}分别(?:为|是|有)?)"
    rf"|(?P<numbered>[，,：:。]{NUMBERED})))"
)
LABEL = r"[^，,、；;。：:（(）)\ue000-\uf8ff]{0,24}"
ITEM = re.compile(
    rf"(?P<label>{LABEL})(?P<part>{ANY})(?P<rest>[^，,、；;。：:（(）)\ue000-\uf8ff]{{0,8}})"
    rf"(?:[，,]占[^，,、]{{0,12}}{ANY})?(?P<join>[，,、；;。]|和|及|[）)]|$)"
)
NUMBER_OF_POINT = re.compile(r"^(?:[一二三四五六七八九十\d]{1,2}(?:是|[.、．])|[（(].{1,2}[）)])")
NOT_ALL = re.compile(r"主要|重点|尤其|尤为|突出|集中在|包括但|例如|如：|多为|新增的|较多")
NOT_A_PART = re.compile(
    r"办结|答复|结转|较|比上|同比|增长|下降|减少|培训|召开|合计|共计|总计|占|均|每|共|参|提高"
)
AND_SO_ON = re.compile(r"^等(?!级)")
REST = re.compile(r"其他|其它|其余|余下")
KINDS = (
    re.compile(r"自然人|企业|法人|科研|公益|法律服务"),
    re.compile(r"网络(?!舆情)|网站|网上|信函|邮寄|当面|现场提交|传真|窗口|线下|电话"),
)
# A sum behind its addends: 甲 3 件、乙 4 件，共 7 件.
SUMMED = re.compile(
    rf"[，,、；;](?P<how>(?:[两三四二][者类项])?(?:共|合计|共计|总计|总共|一共|之和))"
    rf"(?:为|计|有|是|达|亦为)?(?P<whole>{ANY})"
)
NO_ADDEND = re.compile(r"较|比上|同比|增长|下降|减少|其中|占|均|每|参|去年|上年的|由|从|共|收到")
# Two addends of which one is what the other is not: 合格 12 处，不合格 3 处.
OPPOSITE = re.compile(
    rf"(?P<whole>{ANY})[，,、](?:其中)?(?:已|均)?(?P<first>[^，,、；;。\ue000-\uf8ff]{{2,6}}?)的?"
    rf"(?P<part>{ANY})"
    rf"[，,、；;](?:尚|仍)?[未不](?P=first)的?(?P<other>{ANY})"
)
# A list behind “including” is complete where it comes to this share of the whole, and has so many
# addends.
NEARLY_ALL = Decimal(4) / 5
MANY_PARTS = 3
MOST_PARTS = 40
# How many characters behind a list may say that it is not complete.
BEHIND = 6


@dataclass(frozen=True)
class Enumeration:
    """Parts of one whole: what each is called and how many; `complete` where no part is missing."""

    total: Quantity
    labels: tuple[str, ...]
    addends: tuple[Quantity, ...]
    complete: bool
    among: bool = False

    @property
    def result(self) -> Number:
        """What the addends come to."""
        return sum((part.value for part in self.addends), start=0)

    @property
    def comparable(self) -> bool:
        """Whether the addends can be compared with the whole.

        They are two at least, none of them rough, all of one kind; or one that is said to be among
        the whole is more than it.
        """
        if any(quantity.about for quantity in (self.total, *self.addends)):
            return False
        if self.among and any(part.value > self.total.value for part in self.addends):
            return True
        if len(self.addends) < 2:
            return False
        labels = [label for label in self.labels if not REST.search(label)]
        return all(_agree(kind, labels) for kind in KINDS)


def check(case: Case) -> Iterator[Finding]:
    """The enumerations of a report's texts that do not come out."""
    for text in case.report.texts:
        for passage in passages_of(text.markdown):
            reported: set[int] = set()
            for enumeration in (*_listed(passage), *_summed(passage), *_opposed(passage)):
                if enumeration.total.start not in reported:
                    findings = list(_contradictions(case, text, enumeration))
                    reported |= {enumeration.total.start for _ in findings}
                    yield from findings


def _contradictions(case: Case, text: SectionText, enumeration: Enumeration) -> Iterator[Finding]:
    total = enumeration.total
    result = enumeration.result
    if not enumeration.comparable or result == total.value:
        return
    if result < total.value and not enumeration.complete:
        return
    values = {
        "addends": " + ".join(plain(part.value) for part in enumeration.addends),
        "result": result,
        "total": total.value,
        "unit": total.unit,
        "difference": size(result - total.value),
    }
    message = sentence(
        "各分项 {addends} = {result}，而总数写的是 {total} {unit}，相差 {difference}", **values
    )
    finding = case.finding("X-08", text.place(total.start), message)
    yield compared(finding, result, total.value)


def _listed(passage: Passage) -> Iterator[Enumeration]:
    """Wholes with a list behind them, which may stand in brackets."""
    plain_passage = passage.without_brackets()
    for source in (plain_passage, passage):
        for match in WHOLE.finditer(source.mask):
            in_brackets = match["list"] is not None
            if in_brackets == (source is plain_passage):
                continue
            total = source.group(match, "whole")
            following = _following(source, match, total)
            if following is None:
                continue
            if match["next"] and (several := _parallel(source, match, total)):
                yield Enumeration(several, *following, complete=False, among=True)
            else:
                complete = match["among"] is None or _is_complete(*following, total)
                among = match["among"] is not None
                yield Enumeration(total, *following, complete, among)


def _parallel(passage: Passage, match: re.Match[str], total: Quantity) -> Quantity | None:
    """The sum of the numbers of the sentence in front of 其中, where there are several."""
    start = passage.mask.rfind("。", 0, match.start()) + 1
    numbers = _numbers(passage, start, match.end("whole"))
    same = [number for number in numbers if number.unit == total.unit]
    if len(same) < 2:
        return None
    total_value = sum((number.value for number in same), start=0)
    return Quantity(total_value, total.unit, total.start, total.end, any(n.about for n in same))


def _numbers(passage: Passage, start: int, end: int) -> list[Quantity]:
    places = (match.start() for match in re.finditer(ANY, passage.mask[start:end]))
    return [passage.quantity(start + place) for place in places]


def _following(
    passage: Passage, match: re.Match[str], total: Quantity
) -> tuple[tuple[str, ...], tuple[Quantity, ...]] | None:
    """The addends listed behind a whole; none where the list does not claim to be complete."""
    numbered = match["numbered"] is not None
    ends = ")）" if match["list"] else "。" if not numbered else ""
    labels: list[str] = []
    addends: list[Quantity] = []
    until = 0  # how many addends stand in front of the first semicolon
    place = match.end()
    item = None
    while match_of_item := ITEM.match(passage.mask, place):
        item = match_of_item
        label = NUMBER_OF_POINT.sub("", item["label"])
        quantity = passage.group(item, "part")
        if quantity.unit != total.unit or NOT_A_PART.search(label):
            break
        labels.append(label)
        addends.append(quantity)
        place = item.end()
        if AND_SO_ON.match(item["rest"]):
            return None
        if item["join"] in ";；" and not until:
            until = len(addends)
        if not item["join"] or item["join"] in ends:
            break
    if match["list"] and (item is None or item["join"] not in ")）"):
        return None
    if until and not numbered and not (labels and REST.search(labels[-1])):
        labels = labels[:until]
        addends = addends[:until]
    if NOT_ALL.search(passage.mask, match.end(), place + BEHIND):
        return None
    if AND_SO_ON.match(passage.mask[place:]) or (match["each"] is not None and len(addends) < 2):
        return None
    return tuple(labels), tuple(addends)


def _is_complete(labels: Sequence[str], addends: Sequence[Quantity], total: Quantity) -> bool:
    """Whether a list that follows “including” can be taken for all there is."""
    if labels and REST.search(labels[-1]):
        return True
    result = sum((part.value for part in addends), start=0)
    return len(addends) >= MANY_PARTS and result >= total.value * NEARLY_ALL


def _summed(passage: Passage) -> Iterator[Enumeration]:
    """Sums behind their addends: no row of numbers right in front of one comes to it."""
    mask = passage.without_brackets().mask
    plain_passage = Passage(mask, passage.quantities)
    for match in SUMMED.finditer(mask):
        total = plain_passage.group(match, "whole")
        start = max(mask.rfind(mark, 0, match.start()) for mark in "。；;：:") + 1
        items = list(ITEM.finditer(mask, start, match.start() + 1))[-MOST_PARTS:]
        labels = tuple(item["label"] for item in items)
        addends = tuple(plain_passage.group(item, "part") for item in items)
        if len(addends) < 2 or any(part.unit != total.unit for part in addends):
            continue
        if items[-1].end() < match.start() or any(NO_ADDEND.search(label) for label in labels[1:]):
            continue
        sums = {sum(part.value for part in addends[first:]) for first in range(len(addends) - 1)}
        if total.value not in sums:
            yield Enumeration(total, labels, addends, complete=True)


def _opposed(passage: Passage) -> Iterator[Enumeration]:
    """A whole that is divided into what is so and what is not."""
    for match in OPPOSITE.finditer(passage.mask):
        total = passage.group(match, "whole")
        addends = (passage.group(match, "part"), passage.group(match, "other"))
        if all(part.unit == total.unit for part in addends):
            yield Enumeration(total, (match["first"], ""), addends, complete=True)


def _agree(kind: re.Pattern[str], labels: Sequence[str]) -> bool:
    """Whether all labels are of a kind, or none is."""
    return len({bool(kind.search(label)) for label in labels}) == 1
