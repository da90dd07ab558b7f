"""P-05: words that a tampered page brought into a text.

Words that only such pages have are an error, those that may have another reason a warning.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from generator.check.case import Case
from generator.check.wording import Wording, alternatives, any_of, at_home, beginning, wordings
from generator.language import prose
from generator.language.quantities import fold
from generator.language.sentence import sentence
from generator.model.finding import Finding, Severity
from generator.model.law import Rule

# Between a brand and what it offers: blanks, or the country that it names.
BETWEEN = r"[\s·•.-]{0,3}(?:[（(][\u4e00-\u9fff]{1,6}[）)][\s·•.-]{0,3})?"
# A name of Latin letters and digits, as sites of gambling have them; years are none.
LATIN = (
    r"(?<![A-Za-z0-9./@_-])(?!(?:19|20)\d\d(?!\d))"
    r"(?=[\dA-Za-z]*[A-Za-z]|\d{3,5}(?!\d))[A-Za-z0-9]{2,10}"
)
TARGET = re.compile(r"\]\(([^()\n]{1,500})\)|<(https?:[^<>\n]{1,500})>")


def check(case: Case) -> Iterator[Finding]:
    """What was brought into the texts of a report."""
    for wording in wordings(case):
        yield from _injected(wording)
        yield from _other_sites(wording)
        yield from _links(wording)


def _injected(wording: Wording) -> Iterator[Finding]:
    """Injected words, once for each clause."""
    rule = wording.case.rule("P-05")
    certain = _certain(rule)
    reported = -1
    severities: dict[int, Severity | None] = {}  # of each clause, which may hold many such words
    for match in _suspicious(rule).finditer(wording.read):
        start, end = wording.clause(match.start())
        if start == reported or at_home(wording.read, match, rule.innocent):
            continue
        if start not in severities:
            severities[start] = _clause_severity(rule, certain, wording.read[start:end])
        severity = severities[start]
        if severity is not None:
            reported = start
            message = sentence("正文里有“{words}”", words=match[0])
            yield wording.finding("P-05", match.start(), message, _of_rule(severity))


def _of_rule(severity: Severity) -> Severity | None:
    """None for an error: that is the severity of the rule, which a site may change."""
    return severity if severity is Severity.WARNING else None


def _clause_severity(rule: Rule, certain: re.Pattern[str], clause: str) -> Severity | None:
    """How suspicious a clause with such words is; None where it gives a reason for them."""
    is_certain = any(
        not at_home(clause, match, rule.innocent) for match in certain.finditer(clause)
    )
    reasons = rule.lists["fought"]
    if not is_certain:
        reasons = (*reasons, *rule.lists["accounted"])
    if any_of(reasons).search(clause):
        return None
    return Severity.ERROR if is_certain else Severity.WARNING


def _certain(rule: Rule) -> re.Pattern[str]:
    """The words that no report has by itself, alone or two together."""
    return _pattern((*rule.words, *_of_kinds(rule)), _pairs(rule))


def _suspicious(rule: Rule) -> re.Pattern[str]:
    """The same, and the words that may have another reason."""
    return _pattern((*rule.words, *_of_kinds(rule), *rule.lists["doubtful"]), _pairs(rule))


def _of_kinds(rule: Rule) -> tuple[str, ...]:
    return tuple(word for kind in rule.lists["kinds"] for word in rule.lists[kind])


def _pairs(rule: Rule) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """The lists of which a word of the first and one of the second make a certain one."""
    named_pairs = (pair.partition(" ") for pair in rule.lists["pairs"])
    return tuple((rule.lists[first], rule.lists[second]) for first, _, second in named_pairs)


@cache
def _pattern(
    certain: tuple[str, ...], pairs: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
) -> re.Pattern[str]:
    together = [
        f"(?:{alternatives(first)}){BETWEEN}(?:{alternatives(second)})" for first, second in pairs
    ]
    starts = beginning((*certain, *(word for first, _ in pairs for word in first)))
    choices = "|".join((*together, alternatives(certain)))
    return re.compile(f"{starts}(?:{choices})", re.IGNORECASE)


def _other_sites(wording: Wording) -> Iterator[Finding]:
    """What looks like the name of another website.

    It stands twice where the body would name itself, it is a trade with its outlet, or the subject
    of a clause that is a betting one.
    """
    rule = wording.case.rule("P-05")
    tampered = _certain(rule)
    for name, count in _names_of_sites(rule, wording.read).items():
        if count > 1 and not tampered.search(name):
            message = sentence(
                "“{name}”在“我市”“本局”该在的地方出现了 {count} 次，可能是网页被篡改",
                name=name,
                count=count,
            )
            yield wording.finding("P-05", wording.read.find(name), message, Severity.WARNING)
    reported = -1
    for match in _strangers(rule).finditer(wording.read):
        start, end = wording.clause(match.start())
        clause = wording.read[start:end]
        if start == reported or tampered.search(clause) or _is_innocent(rule, match, clause):
            continue
        reported = start
        message = sentence("“{name}”像是别的网站的名称", name=match[0].strip(" :："))
        yield wording.finding("P-05", match.start(), message, Severity.WARNING)


def _is_innocent(rule: Rule, match: re.Match[str], clause: str) -> bool:
    name = match["trade"] or match["latin"] or ""
    innocent = (*rule.innocent, *rule.lists["fought"])
    if match["latin"] and any_of(rule.lists["latin_innocent"]).search(match[0]):
        return True
    if match["topic"] and any_of(rule.lists["fought"]).search(clause):
        return True
    return bool(name) and any_of(innocent).search(name) is not None


def _names_of_sites(rule: Rule, read: str) -> Counter[str]:
    """The names that stand where the body would name itself, and how often."""
    innocent = any_of(rule.innocent)
    pattern = _before_a_verb(rule.lists["endings"], rule.lists["before"])
    names = [match[1] for match in pattern.finditer(read) if not innocent.search(match[1])]
    return Counter(_tail(name, names) for name in names)


@cache
def _before_a_verb(endings: tuple[str, ...], verbs: tuple[str, ...]) -> re.Pattern[str]:
    """A name with one of the endings in front of one of the verbs."""
    name = rf"[\u4e00-\u9fffA-Za-z0-9.]{{2,8}}?(?:{_literally(endings)})"
    return re.compile(rf"({name})(?=[ :：]?(?:{_literally(verbs)}))", re.IGNORECASE)


def _literally(choices: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(choices, key=len, reverse=True))


def _strangers(rule: Rule) -> re.Pattern[str]:
    lists = rule.lists
    return _stranger(lists["trades"], lists["outlets"], lists["topics"], lists["slots"])


@cache
def _stranger(
    trades: tuple[str, ...],
    outlets: tuple[str, ...],
    topics: tuple[str, ...],
    slots: tuple[str, ...],
) -> re.Pattern[str]:
    """A name with a trade in front of an outlet; a Latin one with a trade; a topic in a slot.

    A slot is where the body, its applications or a preposition stood: in front of what it does.
    """
    trade = rf"(?P<trade>[\u4e00-\u9fffA-Za-z0-9]{{2,6}}?(?:{_literally(trades)}))\s{{0,3}}"
    latin = rf"(?P<latin>{LATIN})\s?(?:{_literally(trades)})"
    topic = rf"(?P<topic>{_literally(topics)})"
    app = r"(?:\s?(?:app|官网|官方网站|官方|平台|网站|网址))?"
    return re.compile(
        rf"{trade}(?:{_literally(outlets)})|{latin}"
        rf"|{topic}{app}\s?(?=[:：]|{_literally(slots)})",
        re.IGNORECASE,
    )


def _tail(name: str, names: list[str]) -> str:
    """The longest end that a name shares with another of its kind.

    督导某某网 and 组织某某网 are the same 某某网.
    """
    for index in range(len(name) - 2):
        end = name[index:]
        if sum(similar.endswith(end) for similar in names) > 1:
            return end
    return name


def _links(wording: Wording) -> Iterator[Finding]:
    """Addresses of links with such words, which a reader does not see."""
    rule = wording.case.rule("P-05")
    source = fold(prose.without_code(wording.text.markdown))
    for target in TARGET.finditer(source):
        match = _in_address(rule.lists["latin_brands"]).search(target[0])
        if match is not None:
            message = sentence("链接的网址里有“{words}”", words=match[0])
            place = wording.text.place(target.start() + match.start())
            yield wording.case.finding("P-05", place, message, severity=Severity.WARNING)


@cache
def _in_address(brands: tuple[str, ...]) -> re.Pattern[str]:
    """A brand as a whole part of an address; short ones may be anything there."""
    distinct = tuple(brand for brand in brands if len(brand) > len("bwin"))
    return re.compile(rf"(?<=[/.])(?:{_literally(distinct)})(?=[./\d-])", re.IGNORECASE)
