"""P-05, P-06, D-01, D-02, D-03: what does not belong into a public text.

That is injected words, personal data, damage, placeholders and another body's name.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from generator.check.case import Case, Passage, passages
from generator.language.sentence import sentence
from generator.model.agency import Agency
from generator.model.finding import Finding, Severity
from generator.model.law import Rule

CLAUSE_END = re.compile(r"[，。；！？;!?\n]|,(?!\d)")
IDENTITY = re.compile(
    r"(?<!\d)\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)"
)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
MOBILE = re.compile(r"(?<![\d-])1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![@\d-])")
# Replacement characters, UTF-8 read as Latin or GBK, and a question mark where a currency sign was.
MOJIBAKE = re.compile(
    r"\ufffd+|锟斤拷|烫烫烫|屯屯屯|(?:[ÃÂâäåæçèé][\u0080-\u00bf]){2,}|(?:鐨勬|涓€|鏀垮簻|淇℃伅){1,}"
)
LOST_SIGN = re.compile(
    r"(?:(?<=[为计款额共费值：:（(，,])|(?<=[为计款额共费值：:（(，,] )|(?m:^))"
    r"[?？]\s*\d[\d,.]*\s*(?:亿元|万元|元)"
)
BLANKS = re.compile(
    r"_{3,}|＿{2,}|(?<!\*)\*{3,}+(?=[年月日件条份个])|(?<![?？])[?？]{2,}+(?=[件条份个])|\[数字\]"
    r"|(?<![A-Za-z./×])[Xx×]{2,}+(?=\s{0,9}[年月日局镇市县区乡街办份件条个省])"
    r"|(?<=[\u4e00-\u9fff\d])__(?=[年月日时件条份个号项人次元页款](?:[\W_]|第|$))"
)
# Placeholders that begin fewer characters apart than this are reported as one.
ADJACENT = 5
# What the text of a body of this kind may not call the body.
SELVES = {
    "township": ("局", "街道", "县", "区", "市"),
    "subdistrict": ("局", "镇", "乡", "县", "市"),
    "department": ("镇", "乡", "街道"),
    "government": ("局", "镇", "街道"),
}
SELF = re.compile(
    r"(?<![\u4e00-\u9fff])(?:我|本)(局|镇|乡|街道|县|区|市)(?=[\u4e00-\u9fff]{0,4}(?:主动|共|全年|"
    r"依法|按照|高度|认真|始终|收到|受理|新收|公开|编制))"
)
OPENING = re.compile(
    r"(?:现将|现公布|现向社会公布|为)([\u4e00-\u9fff（）()]{3,30}?)\s*+(?:(?:19|20)"
    r"\d{2}\s{0,9}年(?:度)?\s{0,9})?政府信息公开(?:工作)?年度报告"
)


def check(case: Case) -> Iterator[Finding]:
    """What does not belong into the texts of a report."""
    for passage in passages(case):
        yield from _injected(passage)
        yield from _other_sites(passage)
        yield from _personal(passage)
        yield from _damaged(passage)
        yield from _placeholders(passage)
        yield from _another_report(passage)
        yield from _another_self(passage)


def _injected(passage: Passage) -> Iterator[Finding]:
    """P-05: injected words, once for each clause.

    Words that only a tampered source has are an error, those that may have another reason a
    warning.
    """
    rule = passage.case.rule("P-05")
    suspicious = _any_of((*rule.words, *rule.lists["doubtful"]))
    ends = [mark.span() for mark in CLAUSE_END.finditer(passage.words)]
    reported = -1
    severities: dict[int, Severity | None] = {}  # of each clause, which may hold many such words
    for match in suspicious.finditer(passage.words):
        start, end = _clause(ends, match.start(), len(passage.words))
        if start == reported or _at_home(passage.words, match, rule.innocent):
            continue
        if start not in severities:
            severities[start] = _clause_severity(rule, passage.words[start:end])
        severity = severities[start]
        if severity is not None:
            reported = start
            message = sentence("正文里有“{words}”", words=match[0])
            yield passage.finding("P-05", match.start(), message, _of_rule(severity))


def _of_rule(severity: Severity) -> Severity | None:
    """None for an error: that is the severity of the rule, which a site may change."""
    return severity if severity is Severity.WARNING else None


def _clause_severity(rule: Rule, clause: str) -> Severity | None:
    """How suspicious a clause with such words is; None where it gives a reason for them."""
    certain = _any_of(rule.words).search(clause) is not None
    reasons = rule.lists["fought"]
    if not certain:
        reasons = (*reasons, *rule.lists["accounted"])
    if _any_of(reasons).search(clause):
        return None
    return Severity.ERROR if certain else Severity.WARNING


def _other_sites(passage: Passage) -> Iterator[Finding]:
    """P-05: what looks like the name of another website.

    It stands twice where the body would name itself, or it is a trade with its outlet.
    """
    rule = passage.case.rule("P-05")
    tampered = _any_of(rule.words)
    for name, count in _names_of_sites(rule, passage.words).items():
        if count > 1 and not tampered.search(name):
            message = sentence(
                "“{name}”在“我市”“本局”该在的地方出现了 {count} 次，可能是网页被篡改",
                name=name,
                count=count,
            )
            yield passage.finding("P-05", passage.words.find(name), message, Severity.WARNING)
    innocent = _any_of(rule.innocent)
    for match in _outlets(rule.lists["trades"], rule.lists["outlets"]).finditer(passage.words):
        if not innocent.search(match[1]) and not tampered.search(match[0]):
            message = sentence("“{name}”像是别的网站的名称", name=match[0])
            yield passage.finding("P-05", match.start(), message, Severity.WARNING)


def _names_of_sites(rule: Rule, folded: str) -> Counter[str]:
    """The names that stand where the body would name itself, and how often."""
    innocent = _any_of(rule.innocent)
    pattern = _before_a_verb(rule.lists["endings"], rule.lists["before"])
    names = [match[1] for match in pattern.finditer(folded) if not innocent.search(match[1])]
    return Counter(_tail(name, names) for name in names)


@cache
def _before_a_verb(endings: tuple[str, ...], verbs: tuple[str, ...]) -> re.Pattern[str]:
    """A name with one of the endings in front of one of the verbs."""
    name = rf"[\u4e00-\u9fffA-Za-z0-9.]{{2,8}}?(?:{_alternatives(endings)})"
    return re.compile(rf"({name})(?={_alternatives(verbs)})", re.IGNORECASE)


@cache
def _outlets(trades: tuple[str, ...], outlets: tuple[str, ...]) -> re.Pattern[str]:
    """A name with a trade in it in front of an outlet."""
    name = rf"[\u4e00-\u9fffA-Za-z0-9]{{2,6}}(?:{_alternatives(trades)})"
    return re.compile(rf"({name})\s*(?:{_alternatives(outlets)})", re.IGNORECASE)


@cache
def _any_of(choices: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(_alternatives(choices) or r"(?!)", re.IGNORECASE)


def _alternatives(choices: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(choices, key=len, reverse=True))


def _at_home(folded: str, match: re.Match[str], phrases: tuple[str, ...]) -> bool:
    """Whether a word stands in a phrase that is innocent."""
    word = match[0]
    for phrase in phrases:
        if len(phrase) > len(word):
            starts = (match.start() - offset for offset in _places(phrase, word))
            if any(folded.startswith(phrase, start) for start in starts):
                return True
    return False


def _tail(name: str, names: list[str]) -> str:
    """The longest end that a name shares with another of its kind.

    督导某某网 and 组织某某网 are the same 某某网.
    """
    for index in range(len(name) - 2):
        end = name[index:]
        if sum(other_name.endswith(end) for other_name in names) > 1:
            return end
    return name


def _clause(ends: Sequence[tuple[int, int]], place: int, length: int) -> tuple[int, int]:
    """Where the part of a sentence around a place begins and ends."""
    following = bisect(ends, (place, place))
    start = ends[following - 1][1] if following else 0
    end = ends[following][0] if following < len(ends) else length
    return start, end


def _places(folded: str, word: str) -> Iterator[int]:
    """Where a word stands."""
    place = folded.find(word)
    while place >= 0:
        yield place
        place = folded.find(word, place + len(word))


def _personal(passage: Passage) -> Iterator[Finding]:
    """P-06."""
    for match in IDENTITY.finditer(passage.words):
        if _checks(match[0]):
            message = sentence("“{start}…”像是身份证号", start=match[0][:6])
            yield passage.finding("P-06", match.start(), message)
    for match in MOBILE.finditer(passage.words):
        ends = {"start": match[0][:3], "end": match[0][-2:]}
        message = sentence("“{start}…{end}”像是手机号", **ends)
        yield passage.finding("P-06", match.start(), message)


def _checks(number: str) -> bool:
    """Whether the last character is the check digit of the other seventeen (GB 11643)."""
    digits = map(int, number[:-1])
    total = sum(weight * digit for weight, digit in zip(WEIGHTS, digits, strict=True))
    return "10X98765432"[total % 11] == number[-1].upper()


def _damaged(passage: Passage) -> Iterator[Finding]:
    """D-01."""
    for match in MOJIBAKE.finditer(passage.words):
        message = sentence("“{words}”像是乱码", words=match[0])
        yield passage.finding("D-01", match.start(), message)
    for match in LOST_SIGN.finditer(passage.words):
        message = sentence("“{words}”前面的“?”多半是丢了的货币符号", words=match[0])
        yield passage.finding("D-01", match.start(), message)


def _placeholders(passage: Passage) -> Iterator[Finding]:
    """D-02: placeholders; of several that follow one another only the first."""
    placeholders: dict[int, str] = {}
    for word in passage.case.rule("D-02").words:
        placeholders |= dict.fromkeys(_places(passage.words, word), word)
    placeholders |= {match.start(): match[0] for match in BLANKS.finditer(passage.words)}
    last = -ADJACENT
    for start, placeholder in sorted(placeholders.items()):
        if start >= last + ADJACENT:
            message = sentence("“{words}”像是没有填写的占位文字", words=placeholder)
            yield passage.finding("D-02", start, message)
        last = start


def _another_report(passage: Passage) -> Iterator[Finding]:
    """D-03: the report is announced as another body's."""
    own_names = _names(passage.case.agency)
    for match in OPENING.finditer(passage.words):
        name = re.sub(r"\s", "", match[1])
        if name not in own_names and any(
            name in _names(agency) for agency in _others(passage.case)
        ):
            message = sentence(
                "这里公布的是“{name}”的报告，而本报告属于“{own}”",
                name=name,
                own=passage.case.agency.name_in(passage.case.report.year),
            )
            yield passage.finding("D-03", match.start(1), message)


def _another_self(passage: Passage) -> Iterator[Finding]:
    """D-03: the text calls the body what its kind of body is not; once for each text."""
    name = passage.case.agency.name_in(passage.case.report.year)
    for match in SELF.finditer(passage.words):
        if match[1] in SELVES.get(passage.case.agency.kind, ()) and match[1] not in name:
            message = sentence("这里自称“{words}”，而本机关是“{name}”", words=match[0], name=name)
            yield passage.finding("D-03", match.start(), message)
            return


def _others(case: Case) -> Iterator[Agency]:
    """The other bodies of the site."""
    slug = case.agency.slug
    return (agency for agency in case.site.agencies.values() if agency.slug != slug)


def _names(agency: Agency) -> set[str]:
    return {span.value for span in agency.names}
