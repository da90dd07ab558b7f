"""X-01 … X-07, T3-07: what the narrative says in numbers, against the tables.

Which words mean which cells stands in claims.yaml.

Precision comes first. A sentence counts only where it speaks of the whole year, of the body itself
and of all requests. Numbers of other years, of members, of channels, of plans, and rough numbers
are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce

from generator.check.case import Case, compared
from generator.language import prose
from generator.language.glosses import cell_text
from generator.language.quantities import ANY, Quantity, Sentence, sentences
from generator.language.sentence import plural, plus, sentence
from generator.model.claim import Claim, Claims, Sum
from generator.model.figure import Number, plain, size
from generator.model.finding import Finding, Text
from generator.model.format import Format
from generator.model.report import SectionText

# The topic that no claim is about: it only takes the place of one that is.
OTHERS = "others"
JOIN = "(?:、|和|及|与|以及|，|,|或|或者)"
CLAUSE = re.compile(r"[，,：:（(；;]")
PLANS = re.compile(r"力争|计划|下一步|将(?!军)|拟|争取|目标|预计|明年|今后|确保")
OTHER_TIME = re.compile(
    r"上半年|下半年|季度|以来|历年|往年|同期|近年|至今|累计(?=.*年)|年至|截至(?!(?:20\d\d年)"
    r"?(?:年底|年末|底|末|12月))|(?<!1)(?<!12)月(?:份|末|底|至)|\d月(?!31日|1日|底|份末)"
)
YEAR = re.compile(r"((?:19|20)\d{2})年")
LAST_YEAR = re.compile(r"上年|去年|上一年|前年")
# Another body as the subject: a name that ends as bodies' names do and is not the report's own.
BODY = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{0,12}?(?:局|委员会|[发卫住]\w{0,2}委|办公室|分局|系统|中心|法院|"
    r"检察院|公安|档案馆|方志办|医院|学校|公司|(?<!全)(?<!本)(?<!我)(?<!各)(?<!报)镇|街道|(?<!全)"
    r"(?<!本)(?<!我)(?<!各)乡|所属单位))"
)
# A part of the body, other bodies together, or a body in another part: none of them is the whole
# that the table counts.
PART = re.compile(
    rf"本级|[市县区州省]直|各(?:县|区|街道|乡|镇|分局|村|科室)|{ANY}(?:家|个)?(?:单位|部门|乡镇|"
    rf"街道|镇)|其余(?:单位|部门)|县[（(]市|局机关"
    rf"|复议机关|审理|自然人|法庭|被申请人的"
)
# What is counted in these units is no request and no document.
NO_COUNT = frozenset(("%", "个百分点", "元", "万元", "倍", "人", "人次", "家", "户"))
OWN = re.compile(r"^(?:[本我该全各]|.*(?:[本我全]|各级|各)[\u4e00-\u9fff]{0,8}$)")
Topics = Sequence[tuple[str, re.Pattern[str]]]
# How deep a fragment of a pattern may hold others.
DEPTH = 3
# Up to so many cells of a sum are named.
NAMED = 3


@dataclass(frozen=True)
class Pattern:
    """A claim as it is looked for in the reports of one year."""

    claim: Claim
    says: re.Pattern[str]
    unless: re.Pattern[str] | None
    opens: re.Pattern[str] | None
    before: re.Pattern[str] | None


@dataclass(frozen=True)
class Statement:
    """A place in a text that makes a claim: the sentence, the match in its mask, the claim."""

    text: SectionText
    sentence: Sentence
    match: re.Match[str]
    claim: Claim

    def quantity(self, group: str) -> Quantity | None:
        """The quantity that begins a group of the match."""
        if group not in self.match.re.groupindex or not self.match[group]:
            return None
        return self.sentence.quantity(self.match.start(group))

    @property
    def nothing(self) -> Quantity:
        """The number 0, where the claim says so in words."""
        offsets = self.sentence.offsets
        start, end = self.match.span()
        return Quantity(0, "", offsets[start], offsets[end - 1] + 1)


@lru_cache(maxsize=64)
def _patterns(claims: Claims, year: int) -> tuple[tuple[Pattern, ...], Topics]:
    """The claims and topics of a year's reports, compiled."""
    fragments = dict(claims.fragments)
    fragments |= {"year": str(year), "previous": str(year - 1), "following": str(year + 1)}

    def compiled(text: str) -> re.Pattern[str]:
        return re.compile(_with_fragments(text, fragments))

    def optional(text: str) -> re.Pattern[str] | None:
        return compiled(text) if text else None

    patterns = []
    for claim in claims.claims:
        says = compiled(_listing(claim) if claim.listed else claim.says)
        conditions = map(optional, (claim.unless, claim.opens, claim.before))
        patterns.append(Pattern(claim, says, *conditions))
    topics = tuple((name, compiled(text)) for name, text in claims.topics)
    return tuple(patterns), topics


def _with_fragments(text: str, fragments: dict[str, str]) -> str:
    """A pattern with the fragments that it names, which may name others, in their places."""
    for _ in range(DEPTH):
        for name, fragment in fragments.items():
            text = text.replace(f"{{{name}}}", fragment)
    text = text.replace("{any}", ANY)
    for group in ("n", "m"):
        text = text.replace(f"{{{group}}}", f"(?P<{group}>{ANY})")
    return text


def _listing(claim: Claim) -> str:
    """The pattern of an enumeration: words, then as many numbers, or one that is their sum."""
    word = "|".join(entry.word for entry in claim.listed)
    words = rf"(?P<words>(?:{word})(?:{JOIN}(?:{word}))*)(?:的)?(?:答复|决定)?"
    return rf"{words}{{fill}}(?:{{request}})?{{after}}(?P<numbers>{ANY}(?:(?:、|，|,|和|及){ANY})*)"


def check(case: Case) -> Iterator[Finding]:
    """The claims of a report's texts that its tables contradict, each at its number."""
    topics = _patterns(case.site.law.claims, case.report.year)[1]
    own_topics = [pattern for name, pattern in topics if name != OTHERS]
    for text in case.report.texts:
        paragraph = -1
        topic = ""
        for statement in sentences(prose.without_code(text.markdown)):
            if statement.paragraph != paragraph:
                topic = ""
            paragraph = statement.paragraph
            names_a_topic = any(pattern.search(statement.mask) for pattern in own_topics)
            if not names_a_topic and not (topic and statement.quantities):
                continue
            yield from _claims(case, text, statement, topic)
            topic = _topic(topics, statement.mask, len(statement.mask)) or topic


def _topic(topics: Topics, mask: str, end: int) -> str:
    """What a sentence speaks of at a place: the topic named last in front of it."""
    mentions = []
    for name, pattern in topics:
        mentions += [(match.start(), name) for match in pattern.finditer(mask, 0, end)]
    return max(mentions, default=(0, ""))[1]


def _claims(case: Case, text: SectionText, statement: Sentence, topic: str) -> Iterator[Finding]:
    """The claims of one sentence that are not true; `topic` is that of the sentence in front."""
    patterns, topics = _patterns(case.site.law.claims, case.report.year)
    mask = statement.mask
    taken: set[int] = set()
    for pattern in patterns:
        claim = pattern.claim
        if claim.section and claim.section != text.id:
            continue
        for match in pattern.says.finditer(mask):
            key = _key(statement, match, claim)
            if key in taken or not _is_plain(case, mask, match, pattern):
                continue
            if claim.topic and (_topic(topics, mask, match.end()) or topic) != claim.topic:
                continue
            taken.add(key)
            yield from _contradictions(case, Statement(text, statement, match, claim))


def _key(statement: Sentence, match: re.Match[str], claim: Claim) -> int:
    """Where in the sentence the number of a claim stands, or its first word where it has none."""
    numbers = [index for index in range(*match.span()) if statement.quantity(index)]
    return match.start() if claim.claims_zero or not numbers else numbers[-1]


def _is_plain(case: Case, mask: str, match: re.Match[str], pattern: Pattern) -> bool:
    """Whether a claim is about the whole body and the whole reporting year, and is no plan."""
    start = _clause_start(mask, match.start())
    lead = mask[: match.start()]
    clause_lead = mask[start : match.start()]
    if pattern.unless and pattern.unless.search(mask[start : match.end()]):
        return False
    if pattern.opens and not pattern.opens.fullmatch(clause_lead):
        return False
    if pattern.before and pattern.before.search(mask[:start]):
        return False
    if PART.search(lead) or PLANS.search(lead) or OTHER_TIME.search(mask[: match.end()]):
        return False
    if not pattern.claim.prior and _of_another_year(case.report.year, lead, clause_lead):
        return False
    return not any(_other_body(case, words) for words in (clause_lead, lead.split("，")[0]))


def _of_another_year(year: int, lead: str, clause_lead: str) -> bool:
    """Whether the words in front of a claim say that it is about another year."""
    years = [int(match[1]) for match in YEAR.finditer(lead)]
    if years and years[-1] != year:
        return True
    return LAST_YEAR.search(clause_lead) is not None


def _clause_start(mask: str, place: int) -> int:
    """Where the part of the sentence begins that a place is in.

    A 、 behind a number separates parts, too.
    """
    starts = [match.end() for match in CLAUSE.finditer(mask, 0, place)]
    starts += [match.end() for match in re.finditer(f"{ANY}、", mask[:place])]
    return max(starts, default=0)


def _other_body(case: Case, words: str) -> bool:
    """Whether the words name a body that is not the report's own."""
    own_name = case.agency.name_in(case.report.year)
    return any(not _is_own(match["name"], own_name) for match in BODY.finditer(words))


def _is_own(name: str, own_name: str) -> bool:
    """Whether a name, or the end of it, stands in the name of the report's own body."""
    if name in own_name or OWN.match(name):
        return True
    return any(name[index:] in own_name for index in range(len(name) - 2))


def _contradictions(case: Case, statement: Statement) -> Iterator[Finding]:
    """The numbers of a claim that the tables contradict."""
    claim = statement.claim
    if claim.listed:
        yield from _enumerated(case, statement)
        return
    quantity = statement.quantity("n")
    if quantity is None or claim.claims_zero:
        yield from _differs(case, statement, statement.nothing, claim.equals, in_words=True)
        return
    if claim.zero_only and quantity.value != 0:
        return
    yield from _differs(case, statement, quantity, claim.equals)
    second = statement.quantity("m") if claim.second else None
    if second is not None:
        yield from _differs(case, statement, second, claim.second)


def _enumerated(case: Case, statement: Statement) -> Iterator[Finding]:
    """An enumeration: a number for each word, or one number for all of them."""
    match = statement.match
    sums = {entry.word: entry.equals for entry in statement.claim.listed}
    words = [word[0] for word in re.finditer("|".join(sums), match["words"])]
    candidates = map(statement.sentence.quantity, range(*match.span("numbers")))
    # 项 counts matters (事项), not requests.
    quantities = [quantity for quantity in candidates if quantity and quantity.unit != "项"]
    if len(words) == len(quantities):
        for word, quantity in zip(words, quantities, strict=True):
            yield from _differs(case, statement, quantity, (sums[word],), in_words=True)
    elif len(quantities) == 1:
        cells = tuple(cell for word in words for cell in sums[word])
        yield from _differs(case, statement, quantities[0], (cells,), in_words=True)


def _differs(
    case: Case,
    statement: Statement,
    quantity: Quantity,
    ways: Sequence[Sum],
    *,
    in_words: bool = False,
) -> Iterator[Finding]:
    """A finding where none of the ways to come to a number gives it.

    None where the number is rough or a cell cannot be read. With `in_words` a number without a unit
    is one that the text gives in words, as “all” or “none”.
    """
    if quantity.about or quantity.unit in NO_COUNT:
        return
    sums = [cells for cells in (_cells(case.report.format, way) for way in ways) if cells]
    results = [(total, cells) for cells in sums if (total := _total(case, cells)) is not None]
    if not results or len(results) < len(sums):
        return
    total, cells = min(results, key=lambda result: size(result[0] - quantity.value))
    if total == quantity.value:
        return
    all_or_none = in_words and not quantity.unit
    message = sentence(
        "正文写的是{words}，表中{table}，相差 {difference}",
        words=_quotation(statement.text, quantity, all_or_none=all_or_none),
        table=_alternatives(case, results),
        difference=size(quantity.value - total),
    )
    advice = sentence("“没有”“全部”说得太满：改为实际的件数，或改表") if all_or_none else None
    place = statement.text.place(quantity.start)
    finding = case.finding(statement.claim.rule, place, message, cells=cells, advice=advice)
    yield compared(finding, total, quantity.value)


def _quotation(text: SectionText, quantity: Quantity, *, all_or_none: bool) -> Text:
    """The words of the text that give a number."""
    words = text.markdown[quantity.start : quantity.end].replace("\n", "")
    if all_or_none:
        return sentence("“{words}”（即 0）", words=words)
    return sentence("“{words}”", words=words)


def _alternatives(case: Case, results: Sequence[tuple[Number, Sequence[str]]]) -> Text:
    """Each way to come to the number, with what it gives."""
    texts = [
        sentence("{cells} {total}", cells=_name(case, cells), total=plain(total))
        for total, cells in results
    ]
    return texts[0] if len(texts) == 1 else _either(texts)


def _either(texts: Sequence[Text]) -> Text:
    first, *others = texts
    for text in others:
        first = sentence("{first} 或 {second}", first=first, second=text)
    return first


@lru_cache(maxsize=256)
def _cells(form: Format, way: Sum) -> tuple[str, ...]:
    """The cells of the report's form that a sum of concepts means.

    They are those named, or all rows of a group that is named; none where the form lacks one of
    them.
    """
    cells: list[str] = []
    for concept in way:
        meant = [address for key, address in form.by_concept.items() if _is_meant(key, concept)]
        if concept in form.by_concept:
            meant = [form.by_concept[concept]]
        if not meant:
            return ()
        cells += meant
    return tuple(cells)


def _is_meant(key: str, concept: str) -> bool:
    """Whether a key is the concept itself, or a row of the group that the concept names."""
    if key == concept:
        return True
    group, _, column = concept.rpartition(".")
    one_deeper = key.count(".") == concept.count(".") + 1
    return one_deeper and key.startswith(f"{group}.") and key.endswith(f".{column}")


def _total(case: Case, cells: Sequence[str]) -> Number | None:
    """The sum of the cells; None where one of them cannot be read."""
    figures = [case.report.figures[cell] for cell in cells]
    if any(figure.mistaken or figure.state.unknown for figure in figures):
        return None
    return sum((figure.value or 0 for figure in figures), start=0)


def _name(case: Case, addresses: Sequence[str]) -> Text:
    """What a sum is called: its cells, or the first and how many more."""
    names = [cell_text(case.report.format.cells[address]) for address in addresses]
    if len(names) > NAMED:
        others = len(names) - 1
        return plural("“{first}等 {cells} 格之和”", others, first=names[0], cells=len(names))
    return sentence("“{cells}”", cells=reduce(plus, names))
