"""S-07, S-14: periods and years in a text that are not those of the report."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.case import Case
from generator.check.wording import Wording, any_of, wordings
from generator.language.sentence import sentence
from generator.model.finding import Finding

PERIOD = re.compile(
    r"统计(?:的)?(?:期限|时段|时限|周期|时间)[^。；\n]{0,12}?(?P<start>\d{4})\s*年\s*(?P<m>\d{1,2})"
    r"\s*月\s*(?P<d>\d{1,2})\s*日[^。；\n]{0,6}?"
    r"(?:至|到|—|-|~)\s*(?:(?P<end>\d{4})\s*年)?\s*(?P<m2>\d{1,2})\s*月\s*(?P<d2>\d{1,2})\s*日"
)
# The period of a budget is no reporting period.
MONEY = re.compile(r"财务|预算|决算|资金|审计")
# A year early in a sentence is what it speaks of, when something was done in it; unless it
# compares, dates a document, or goes on to the reporting year itself.
STALE = re.compile(
    r"(?:^|(?<=[。！？\n]))(?P<before>[^。！？；，,\n\d]{0,14}?)(?P<year>(?:19|20)\d{2})"
    r"\s*年(?P<rest>[^。！？\n]*)"
)
NOT_BEFORE = re.compile(r"比|较|与|据|自|从|截至|根据|按照|《|〔|续|原|关于|对|因|针对|涉及")
DONE = re.compile(
    r"收到|受理|新收|办结|主动公开|公开|发布|制发|依申请|收取|围绕|公布|编制|新增|推进|把|年度报告"
)
NOT_THE_SUBJECT = re.compile(
    r"比|较|相比|同期|以来|起|印发|出台|颁布|实施|制定|修订|施行|将|计划|下一步|续|结转|至|—|被|指出|决算|通过"
)
# A day of another year up to which something is counted: 截至2023年12月, 截止到2023年底.
UNTIL = re.compile(r"截[至止](?:到|至)?\s?(?P<year>(?:19|20)\d{2})\s?年")
# A whole year as a period: 2023年1月1日至12月31日, 2023年1-12月.
WHOLE_YEAR = re.compile(
    r"(?P<year>(?:19|20)\d{2})\s?年\s?0?1\s?月?(?:\s?0?1\s?日)?起?\s?[至到—–~-]{1,2}\s?"
    r"(?:(?P=year)\s?年\s?|当年)?12\s?月(?:\s?31\s?日)?"
)
# How many characters in front of a period are looked at for words about money, and behind the verb
# of a year for words that say the year is not what the sentence is about.
MONEY_WITHIN = 8
SUBJECT_WITHIN = 24


def check(case: Case) -> Iterator[Finding]:
    """Periods and years of a text that belong to another report."""
    for wording in wordings(case):
        periods = list(_periods(wording))
        yield from (finding for _, finding in periods)
        spans = [span for span, _ in periods]
        yield from _stale(wording, spans)


def _periods(wording: Wording) -> Iterator[tuple[tuple[int, int], Finding]]:
    """S-07, with the place of the period."""
    year = wording.case.report.year
    for match in PERIOD.finditer(wording.read):
        start = max(match.start() - MONEY_WITHIN, 0)
        if MONEY.search(wording.read, start, match.start()) or _is_whole_year(match, year):
            continue
        message = sentence(
            "统计期限写的是“{words}”，报告年度是 {year} 年", words=match[0], year=year
        )
        yield match.span(), wording.finding("S-07", match.start(), message)


def _is_whole_year(match: re.Match[str], year: int) -> bool:
    """Whether a period is from 1 January to 31 December of a year."""
    years = {int(match["start"]), int(match["end"] or match["start"])}
    first = (match["m"].lstrip("0"), match["d"].lstrip("0"))
    last = (match["m2"], match["d2"])
    return years == {year} and first == ("1", "1") and last == ("12", "31")


def _stale(wording: Wording, periods: list[tuple[int, int]]) -> Iterator[Finding]:
    """S-14, once for each sentence."""
    reported: set[int] = set()
    for place, stated in sorted(_stale_years(wording)):
        sentence_start = wording.sentence(place)[0]
        if sentence_start in reported or any(start <= place < end for start, end in periods):
            continue
        reported.add(sentence_start)
        message = sentence(
            "这里说的是 {stated} 年，报告年度是 {year} 年",
            stated=stated,
            year=wording.case.report.year,
        )
        yield wording.finding("S-14", place, message)


def _stale_years(wording: Wording) -> Iterator[tuple[int, int]]:
    """Where years stand that the report is not about, and which."""
    year = wording.case.report.year
    reporting_year = re.compile(rf"{year}\s*年|今年|本年|本报告期")
    for match in STALE.finditer(wording.read):
        stated = int(match["year"])
        if stated in {year, year + 1} or NOT_BEFORE.search(match["before"]):
            continue
        continuation = match["rest"]
        clause = continuation.split("；")[0]
        if not reporting_year.search(continuation) and _is_subject(clause):
            yield match.start("year"), stated
    rule = wording.case.rule("S-14")
    reasons = any_of(rule.innocent)
    reasoned: dict[int, bool] = {}  # of each sentence, which may hold many such dates
    for pattern in (UNTIL, WHOLE_YEAR):
        for match in pattern.finditer(wording.read):
            stated = int(match["year"])
            start, end = wording.sentence(match.start())
            if start not in reasoned:
                around = wording.read[start:end]
                reasoned[start] = bool(reporting_year.search(around) or reasons.search(around))
            if stated < year and not reasoned[start]:
                yield match.start("year"), stated


def _is_subject(clause: str) -> bool:
    """Whether something was done in the year in front of a clause."""
    return bool(DONE.search(clause)) and not NOT_THE_SUBJECT.search(clause[:SUBJECT_WITHIN])
