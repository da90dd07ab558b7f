"""X-08, X-09: sums and percentages that a sentence states in full, so that it can be held to its own word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from generator.check.case import Case
from generator.language import prose
from generator.language.quantities import ANY, FIRST, Quantity, Sentence, sentences
from generator.model.figure import Number, plain, size
from generator.model.finding import Finding
from generator.model.report import SectionText

BRACKETS = re.compile(r"[（(][^（()）]*[）)]")
WHOLE = re.compile(
    rf"(?<![加少增减多])(?P<whole>{ANY})[^，,：:、]{{0,6}}(?:(?P<among>[，,]?其中(?:包括|有)?[，,：:]?)|(?P<colon>[：:])|(?P<each>[，,]?[^，,、]{{0,8}}分别(?:为|是|有)?))"
)
ITEM = re.compile(
    rf"(?P<label>[^，,、：:\ue000-\uf8ff]{{0,24}})(?P<part>{ANY})(?P<rest>[^，,、：:\ue000-\uf8ff]{{0,8}})(?:[，,]占[^，,、]{{0,12}}{ANY})?(?P<join>[，,、]|和|及|$)"
)
NOT_ALL = re.compile(r"主要|重点|尤其|尤为|突出|集中在|包括但|例如|如：|多为|新增的")
NOT_A_PART = re.compile(r"办结|答复|结转|较|比上|同比|增长|下降|减少|培训|召开|合计|共计|总计|占|均|每")
AND_SO_ON = re.compile(r"^等(?!级)")
REST = re.compile(r"其他|其它|其余|余下")
KINDS = (
    re.compile(r"自然人|企业|法人|科研|公益|法律服务"),
    re.compile(r"网络|网站|网上|信函|邮寄|当面|现场提交|传真|窗口|线下"),
)
SHARE = re.compile(
    rf"(?P<part>{ANY})[^，,：:\ue000-\uf8ff]{{0,4}}[，,]?(?:约)?占(?:比|到|了)?(?P<of>[^，,\ue000-\uf8ff]{{0,12}}(?P<whole>{ANY})?(?:的)?)(?P<percent>{ANY})"
)
CHANGE = re.compile(
    rf"(?P<now>{ANY})(?:[（(][^）)]*[）)])?[，,]?(?:与)?(?:比|较|同比|相比)[^，,\ue000-\uf8ff增减多少升降]{{0,10}}(?P<before>{ANY})(?:相比)?[，,]?(?:同比)?"
    rf"(?P<up>增长|增加|上升|提高|提升|多)?(?P<down>减少|下降|降低|回落|少)?(?:了|约)?(?P<percent>{ANY})"
)
RATE = re.compile(
    rf"(?P<all>{ANY})[^：:\ue000-\uf8ff]{{0,4}}[，,](?P<verb>[^，,\ue000-\uf8ff]{{1,8}})(?P<part>{ANY})[^，,\ue000-\uf8ff]{{0,4}}[，,](?P<name>[^，,\ue000-\uf8ff]{{2,6}})率(?:为|达|达到)?(?P<percent>{ANY})"
)


def check(case: Case) -> Iterator[Finding]:
    """The enumerations and percentages of a report's texts that do not come out."""
    for text in case.report.texts:
        for sentence in sentences(prose.without_code(text.markdown)):
            if len(sentence.quantities) > 1:
                yield from _sums(case, text, sentence)
                yield from _percentages(case, text, sentence)


def _sums(case: Case, text: SectionText, sentence: Sentence) -> Iterator[Finding]:
    """X-08. What stands in brackets divides a part further and is left out."""
    mask = BRACKETS.sub(lambda found: "" if re.search(ANY, found[0]) else found[0], sentence.mask)
    for found in WHOLE.finditer(mask):
        whole = _at(sentence, mask, found.start("whole"))
        items = _items(sentence, mask, found.end(), whole, found["each"] is not None)
        parts = [part for _, part in items]
        total = sum((part.value for part in parts), start=0)
        if not _telling(whole, [label for label, _ in items], parts) or total == whole.value:
            continue
        all_there = found["among"] is None or REST.search(items[-1][0]) or (len(parts) > 2 and total >= whole.value * 4 / 5)
        if total > whole.value or all_there:
            listed = " + ".join(plain(part.value) for part in parts)
            unit = whole.unit
            zh = f"各分项 {listed} = {plain(total)}，而总数写的是 {plain(whole.value)} {unit}，相差 {plain(size(total - whole.value))}"
            en = f"the parts {listed} = {plain(total)}, the whole is {plain(whole.value)}, difference {plain(size(total - whole.value))}"
            one = case.found("X-08", text.place(whole.start), zh, en)
            yield replace(one, expected=total, actual=whole.value, difference=whole.value - total)


def _at(sentence: Sentence, mask: str, index: int) -> Quantity:
    """The quantity that a character of a mask (or of a shortened one) stands for."""
    return sentence.quantities[ord(mask[index]) - FIRST]


def _items(sentence: Sentence, mask: str, start: int, whole: Quantity, bare: bool) -> list[tuple[str, Quantity]]:
    """The parts listed from a place on, with what they are called; none where the list is not said to be all there is."""
    items: list[tuple[str, Quantity]] = []
    at = start
    while item := ITEM.match(mask, at):
        part = _at(sentence, mask, item.start("part"))
        if part.unit != whole.unit or NOT_A_PART.search(item["label"]):
            break
        items.append((item["label"], part))
        at = item.end()
        if AND_SO_ON.match(item["rest"]):
            return []
        if not item["join"]:
            break
    open_ended = NOT_ALL.search(mask[start:at] + mask[at : at + 6]) or AND_SO_ON.match(mask[at:])
    return [] if open_ended or (bare and len(items) < 2) else items


def _telling(whole: Quantity, labels: Sequence[str], parts: Sequence[Quantity]) -> bool:
    """Whether a list can be held to its sum: two parts at least, none of them rough, all of one kind."""
    if len(parts) < 2 or whole.about or any(part.about for part in parts):
        return False
    return all(len({bool(kind.search(label)) for label in labels if not REST.search(label)}) == 1 for kind in KINDS)


def _percentages(case: Case, text: SectionText, sentence: Sentence) -> Iterator[Finding]:
    """X-09: shares, changes from one year to the next, rates."""
    mask = BRACKETS.sub("", sentence.mask)
    for found in SHARE.finditer(mask):
        part, percent = _at(sentence, mask, found.start("part")), _at(sentence, mask, found.start("percent"))
        whole = _at(sentence, mask, found.start("whole")) if found["whole"] else _whole(sentence, mask, found.start("part"), part)
        if whole is not None and whole.value and part.unit == whole.unit:
            yield from _off(case, text, percent, Decimal(part.value) / Decimal(whole.value) * 100, (part, whole))
    for found in CHANGE.finditer(mask):
        now, before, percent = (_at(sentence, mask, found.start(name)) for name in ("now", "before", "percent"))
        if before.value and now.unit == before.unit and (found["up"] or found["down"]):
            change = (Decimal(now.value) - Decimal(before.value)) / Decimal(before.value) * 100
            yield from _off(case, text, percent, change if found["up"] else -change, (now, before))
    for found in RATE.finditer(mask):
        whole, part, percent = (_at(sentence, mask, found.start(name)) for name in ("all", "part", "percent"))
        if found["verb"].endswith(found["name"]) and whole.value and part.unit == whole.unit:
            yield from _off(case, text, percent, Decimal(part.value) / Decimal(whole.value) * 100, (part, whole))


def _whole(sentence: Sentence, mask: str, before: int, part: Quantity) -> Quantity | None:
    """The number that a share is a share of: the nearest larger one of its unit in front of `其中` or `…中，`."""
    among = [found.start() for found in re.finditer("其中|中[，,]", mask[:before])]
    if not among:
        return None
    held = [_at(sentence, mask, found.start()) for found in re.finditer(ANY, mask[: among[-1]])]
    return next((one for one in reversed(held) if one.unit == part.unit and one.value >= part.value), None)


def _off(case: Case, text: SectionText, percent: Quantity, true: Number, of: tuple[Quantity, Quantity]) -> Iterator[Finding]:
    """A finding where the percentage is off by more than the threshold and more than its rounding."""
    if percent.unit != "%" or percent.about or any(one.about for one in of):
        return
    digits = len(plain(percent.value).partition(".")[2])
    allowed = max(Decimal(str(case.site.law.threshold("X-09", "within"))), Decimal(5) / 10 ** (digits + 1))
    if size(Decimal(percent.value) - Decimal(true)) <= allowed:
        return
    shown = plain(round(Decimal(true), max(digits, 1)))
    zh = f"{plain(of[0].value)} 与 {plain(of[1].value)} 算出的是 {shown}%，正文写的是 {plain(percent.value)}%"
    en = f"{plain(of[0].value)} and {plain(of[1].value)} give {shown}%, the text says {plain(percent.value)}%"
    one = case.found("X-09", text.place(percent.start), zh, en)
    yield replace(one, expected=Decimal(shown), actual=percent.value, difference=percent.value - Decimal(shown))
