"""X-01 … X-07, T3-07: what the narrative says in numbers, against the tables. Which words mean which cells stands in claims.yaml.

Precision comes first. A sentence is taken at its word only where it speaks of the whole year, of the body itself and of all requests;
numbers of other years, of members, of channels, of plans, and rough numbers are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from generator.check.case import Case
from generator.language import prose
from generator.language.glosses import glossed_cell
from generator.language.quantities import ANY, Quantity, Sentence, sentences
from generator.model.claim import Claim, Claims, Sum
from generator.model.figure import Number, State, plain, size
from generator.model.finding import Finding, Text, counted
from generator.model.format import Format
from generator.model.report import SectionText

# The topic that no claim is about: it only takes the place of one that is.
OTHERS = "others"
JOIN = "(?:、|和|及|与|以及|，|,|或|或者)"
CLAUSE = re.compile(r"[，,：:（(；;]")
PLANS = re.compile(r"力争|计划|下一步|将(?!军)|拟|争取|目标|预计|明年|今后|确保")
OTHER_TIME = re.compile(
    r"上半年|下半年|季度|以来|历年|往年|同期|近年|至今|累计(?=.*年)|年至|截至(?!(?:20\d\d年)?(?:年底|年末|底|末|12月))|(?<!1)(?<!12)月(?:份|末|底|至)|\d月(?!31日|1日|底|份末)"
)
YEAR = re.compile(r"((?:19|20)\d{2})年")
LAST_YEAR = re.compile(r"上年|去年|上一年|前年")
# Another body as the subject: a name that ends as bodies' names do and is not the report's own.
BODY = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{0,12}?(?:局|委员会|[发卫住]\w{0,2}委|办公室|分局|系统|中心|法院|检察院|公安|档案馆|方志办|医院|学校|公司|(?<!全)(?<!本)(?<!我)(?<!各)(?<!报)镇|街道|(?<!全)(?<!本)(?<!我)(?<!各)乡|所属单位))"
)
# A part of the body, other bodies together, or a body in another part: none of them is the whole that the table counts.
PART = re.compile(
    rf"本级|[市县区州省]直|各(?:县|区|街道|乡|镇|分局|村|科室)|{ANY}(?:家|个)?(?:单位|部门|乡镇|街道|镇)|其余(?:单位|部门)|县[（(]市|局机关"
    rf"|复议机关|审理|自然人|法庭|被申请人的"
)
ALL_OR_NONE = Text("“没有”“全部”说得太满：改为实际的件数，或改表", "“none” or “all” says too much: write the number, or correct the table")
# What is counted in these units is no request and no document.
NO_COUNT = frozenset(("%", "个百分点", "元", "万元", "倍", "人", "人次", "家", "户"))
OWN = re.compile(r"^(?:[本我该全各]|.*(?:[本我全]|各级|各)[\u4e00-\u9fff]{0,8}$)")


@dataclass(frozen=True)
class Pattern:
    """A claim ready to be looked for in the reports of one year."""

    claim: Claim
    says: re.Pattern[str]
    unless: re.Pattern[str] | None
    opens: re.Pattern[str] | None
    before: re.Pattern[str] | None


@lru_cache(maxsize=64)
def _patterns(claims: Claims, year: int) -> tuple[tuple[Pattern, ...], tuple[tuple[str, re.Pattern[str]], ...]]:
    """The claims and topics of a year's reports, compiled."""
    words = {**dict(claims.fragments), "year": str(year), "previous": str(year - 1), "following": str(year + 1)}

    def full(text: str) -> str:
        for _ in range(3):  # a fragment may hold another
            for name, value in words.items():
                text = text.replace(f"{{{name}}}", value)
        return text.replace("{any}", ANY).replace("{n}", f"(?P<n>{ANY})").replace("{m}", f"(?P<m>{ANY})")

    def compiled(text: str) -> re.Pattern[str] | None:
        return re.compile(full(text)) if text else None

    patterns = tuple(
        Pattern(
            one,
            re.compile(full(_listing(one) if one.listed else one.says)),
            compiled(one.unless),
            compiled(one.opens),
            compiled(one.before),
        )
        for one in claims.claims
    )
    return patterns, tuple((name, re.compile(full(text))) for name, text in claims.topics)


def _listing(claim: Claim) -> str:
    """The pattern of an enumeration: words, then as many numbers, or one that is their sum."""
    word = "|".join(one.word for one in claim.listed)
    words = rf"(?P<words>(?:{word})(?:{JOIN}(?:{word}))*)(?:的)?(?:答复|决定)?"
    return rf"{words}{{fill}}(?:{{request}})?{{after}}(?P<numbers>{ANY}(?:(?:、|，|,|和|及){ANY})*)"


def check(case: Case) -> Iterator[Finding]:
    """The claims of a report's texts that its tables contradict, each at its number."""
    patterns, topics = _patterns(case.site.law.claims, case.report.year)
    telling = [one for one in topics if one[0] != OTHERS]
    for text in case.report.texts:
        paragraph, topic = -1, ""
        for sentence in sentences(prose.without_code(text.markdown)):
            topic = topic if sentence.paragraph == paragraph else ""
            paragraph = sentence.paragraph
            if any(pattern.search(sentence.mask) for _, pattern in telling) or (topic and sentence.quantities):
                yield from _claims(case, text, sentence, patterns, topics, topic)
                topic = _topic(topics, sentence.mask, len(sentence.mask)) or topic


def _topic(topics: Sequence[tuple[str, re.Pattern[str]]], mask: str, end: int) -> str:
    """What the sentence speaks of at a place: the topic named last before it."""
    last = [(found.start(), name) for name, pattern in topics for found in pattern.finditer(mask, 0, end)]
    return max(last, default=(0, ""))[1]


def _claims(
    case: Case,
    text: SectionText,
    sentence: Sentence,
    patterns: Sequence[Pattern],
    topics: Sequence[tuple[str, re.Pattern[str]]],
    before: str,
) -> Iterator[Finding]:
    taken: set[int] = set()
    for pattern in patterns:
        claim = pattern.claim
        if claim.section and claim.section != text.id:
            continue
        for found in pattern.says.finditer(sentence.mask):
            named = [index for index in range(found.start(), found.end()) if sentence.quantity(index)]
            key = {found.start()} if claim.claims_zero or not named else {named[-1]}
            if key & taken or not _plain(case, sentence, found, pattern):
                continue
            if claim.topic and (_topic(topics, sentence.mask, found.end()) or before) != claim.topic:
                continue
            taken |= key
            yield from _compared(case, text, sentence, found, claim)


def _plain(case: Case, sentence: Sentence, found: re.Match[str], pattern: Pattern) -> bool:
    """Whether the claim is about the whole body and the whole reporting year, and is no plan."""
    mask, claim = sentence.mask, pattern.claim
    start = _clause_start(mask, found.start())
    clause = mask[start : found.end()]
    if pattern.unless and pattern.unless.search(clause):
        return False
    if pattern.opens and not pattern.opens.fullmatch(mask[start : found.start()]):
        return False
    if pattern.before and pattern.before.search(mask[:start]):
        return False
    if PART.search(mask[: found.start()]) or PLANS.search(mask[: found.start()]) or OTHER_TIME.search(mask[: found.end()]):
        return False
    if not claim.prior:
        years = [int(year[1]) for year in YEAR.finditer(mask, 0, found.start())]
        if (years and years[-1] != case.report.year) or LAST_YEAR.search(mask[start : found.start()]):
            return False
    return not _other_body(case, mask[start : found.start()]) and not _other_body(case, mask[: found.start()].split("，")[0])


def _clause_start(mask: str, at: int) -> int:
    """Where the part of the sentence begins that the place is in; a 、 behind a number parts too."""
    starts = [found.end() for found in CLAUSE.finditer(mask, 0, at)]
    starts += [found.end() for found in re.finditer(f"{ANY}、", mask[:at])]
    return max(starts, default=0)


def _other_body(case: Case, words: str) -> bool:
    own = case.agency.name_in(case.report.year)
    for found in BODY.finditer(words):
        name = found["name"]
        if name in own or OWN.match(name) or any(name[index:] in own for index in range(len(name) - 2)):
            continue
        return True
    return False


def _compared(case: Case, text: SectionText, sentence: Sentence, found: re.Match[str], claim: Claim) -> Iterator[Finding]:
    if claim.listed:
        yield from _enumerated(case, text, sentence, found, claim)
        return
    groups = found.re.groupindex
    quantity = sentence.quantity(found.start("n")) if "n" in groups and found["n"] else None
    if quantity is None or claim.claims_zero:
        yield from _differs(case, text, _zero(sentence, found), claim, claim.equals, found[0])
        return
    if claim.zero_only and quantity.value != 0:
        return
    yield from _differs(case, text, quantity, claim, claim.equals, "")
    second = sentence.quantity(found.start("m")) if claim.second and "m" in groups else None
    if second is not None:
        yield from _differs(case, text, second, claim, claim.second, "")


def _zero(sentence: Sentence, found: re.Match[str]) -> Quantity:
    return Quantity(0, "", sentence.offsets[found.start()], sentence.offsets[found.end() - 1] + 1)


def _enumerated(case: Case, text: SectionText, sentence: Sentence, found: re.Match[str], claim: Claim) -> Iterator[Finding]:
    sums = {one.word: one.equals for one in claim.listed}
    words = [word[0] for word in re.finditer("|".join(sums), found["words"])]
    quantities = [
        one for index in range(*found.span("numbers")) if (one := sentence.quantity(index)) and one.unit != "项"
    ]  # 事项, not requests
    if len(words) == len(quantities):
        for word, quantity in zip(words, quantities, strict=True):
            yield from _differs(case, text, quantity, claim, (sums[word],), word)
    elif len(quantities) == 1:
        yield from _differs(case, text, quantities[0], claim, (tuple(cell for word in words for cell in sums[word]),), "、".join(words))


def _differs(case: Case, text: SectionText, quantity: Quantity, claim: Claim, ways: Sequence[Sum], said: str) -> Iterator[Finding]:
    """A finding where none of the ways comes to the number; none where the number is rough or a cell cannot be read."""
    totals = [one for one in (_total(case, way) for way in ways) if one is not None]
    if (
        quantity.about
        or quantity.unit in NO_COUNT
        or not totals
        or len(totals) < len([way for way in ways if _cells(case.report.format, way)])
    ):
        return
    if any(total == quantity.value for total, _ in totals):
        return
    total, cells = min(totals, key=lambda one: size(one[0] - quantity.value))
    named = [(_name(case, held), plain(value)) for value, held in totals]
    table, table_en = " 或 ".join(f"{one.zh} {held}" for one, held in named), " or ".join(f"{one.en} {held}" for one, held in named)
    written = text.markdown[quantity.start : quantity.end].replace("\n", "")
    shown = f"“{written}”" if quantity.unit or not said else f"“{written}”（即 0）"
    zh = f"正文写的是{shown}，表中{table}，相差 {plain(size(quantity.value - total))}"
    en = f"the text says “{written}”, the table {table_en}, difference {plain(size(quantity.value - total))}"
    advice = ALL_OR_NONE if said and not quantity.unit else None
    one = case.found(claim.rule, text.place(quantity.start), zh, en, cells=cells, advice=advice)
    yield replace(one, expected=total, actual=quantity.value, difference=quantity.value - total)


@lru_cache(maxsize=256)
def _cells(form: Format, way: Sum) -> tuple[str, ...]:
    """The cells that a sum of concepts means in the report's form: those named, or all rows of a group that is named."""
    found: list[str] = []
    for concept in way:
        row, _, column = concept.rpartition(".")
        below = [
            address
            for key, address in form.by_concept.items()
            if key == concept or (key.startswith(f"{row}.") and key.endswith(f".{column}") and key.count(".") == concept.count(".") + 1)
        ]
        if not below:
            return ()
        found += below
    return tuple(found)


def _total(case: Case, way: Sum) -> tuple[Number, tuple[str, ...]] | None:
    cells = _cells(case.report.format, way)
    figures = [case.report.figures[cell] for cell in cells]
    if not cells or any(figure.mistaken or figure.state is State.UNREADABLE for figure in figures):
        return None
    return sum((figure.value or 0 for figure in figures), start=0), cells


def _name(case: Case, cells: tuple[str, ...]) -> Text:
    """What a sum is called: its cells, or the first and how many more."""
    held = [case.report.format.cells[cell] for cell in cells]
    named, glosses = [cell.label for cell in held], [glossed_cell(cell) for cell in held]
    if len(held) <= 3:
        return Text(f"“{'＋'.join(named)}”", f"“{' + '.join(glosses)}”")
    return Text(f"“{named[0]}等 {len(held)} 格之和”", f"the sum of “{glosses[0]}” and {counted(len(held) - 1, 'other cell')}")
