"""S-07 … S-12, S-14: what the narrative owes and what must not be left in it.

The other S rules are decided while a report is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from generator.check.case import Case, Passage, passages, title_place
from generator.language import prose
from generator.language.quantities import fold, sentences
from generator.language.sentence import sentence
from generator.model.finding import Finding, Text
from generator.model.format import Expectation, Format
from generator.model.law import Rule
from generator.model.report import SectionText

PERIOD = re.compile(
    r"统计(?:的)?(?:期限|时段|时限|周期|时间)[^。；\n]{0,12}?(?P<start>\d{4})\s*年\s*(?P<m>\d{1,2})"
    r"\s*月\s*(?P<d>\d{1,2})\s*日[^。；\n]{0,6}?"
    r"(?:至|到|—|-|~)\s*(?:(?P<end>\d{4})\s*年)?\s*(?P<m2>\d{1,2})\s*月\s*(?P<d2>\d{1,2})\s*日"
)
# The period of a budget is no reporting period.
MONEY = re.compile(r"财务|预算|决算|资金|审计")
NOTICE = re.compile(r"国办公开办函\s*[〔\[(【]\s*(\d{4})\s*[〕\])】]\s*(\d+)\s*号")
# A year early in a sentence is what it speaks of, when something was done in it; unless it
# compares, dates a document, or goes on to the reporting year itself.
STALE = re.compile(
    r"(?:^|(?<=[。！？\n]))(?P<before>[^。！？；，,\n\d]{0,14}?)(?P<year>(?:19|20)\d{2})"
    r"\s*年(?P<rest>[^。！？\n]*)"
)
NOT_BEFORE = re.compile(r"比|较|与|据|自|从|截至|根据|按照|《|〔|续|原|关于|对")
DONE = re.compile(
    r"收到|受理|新收|办结|主动公开|公开|发布|制发|依申请|收取|围绕|公布|编制|新增|推进|把|年度报告"
)
NOT_THE_SUBJECT = re.compile(
    r"比|较|相比|同期|以来|起|印发|制定|修订|施行|将|计划|下一步|续|结转|至|—|被|指出|决算|通过"
)
# How many characters in front of a period are looked at for words about money, and behind the verb
# of a year for words that say the year is not what the sentence is about.
MONEY_WITHIN = 8
SUBJECT_WITHIN = 24


def check(case: Case) -> Iterator[Finding]:
    """What the narrative lacks, and what it has that belongs to another year or form."""
    for expectation in case.report.format.expectations:
        text = case.report.sections.get(expectation.section)
        if text and text.markdown.strip() and _applies(case, expectation):
            yield from _expected(case, expectation, text)
    for passage in passages(case):
        yield from _period(passage)
        yield from _notice(passage)
        yield from _stale(passage)


def _applies(case: Case, expectation: Expectation) -> bool:
    return not expectation.kinds or case.agency.kind in expectation.kinds


def _expected(case: Case, expectation: Expectation, text: SectionText) -> Iterator[Finding]:
    """What a form expects of a section: certain words, or a length."""
    words = prose.plain(text.markdown)
    counted = _counted(text) if expectation.counted else words
    message = _lacking(expectation, text.title, counted)
    if not expectation.mentions:
        message = _length(case.rule(expectation.rule), text.title, words)
    if message is not None:
        yield case.finding(expectation.rule, title_place(text), message)


def _counted(text: SectionText) -> str:
    """The sentences of a section that hold a number."""
    statements = sentences(prose.without_code(text.markdown))
    return "\n".join(statement.mask for statement in statements if statement.quantities)


def _lacking(expectation: Expectation, title: str, words: str) -> Text | None:
    """Which of the things are missing that a section has to speak of."""
    lacking = [
        spellings[0] for spellings in expectation.mentions if not _mentioned(spellings, words)
    ]
    if not lacking:
        return None
    things = "、".join(lacking)
    if expectation.counted:
        message = sentence("“{title}”没有写明数字：{things}", title=title, things=things)
    else:
        message = sentence("“{title}”没有写到：{things}", title=title, things=things)
    if not expectation.wanted_by:
        return message
    return sentence(
        "{message}；{notice}要求写", message=message, notice=f"《{expectation.wanted_by}》"
    )


def _mentioned(spellings: Sequence[str], words: str) -> bool:
    return any(spelling in words for spelling in spellings)


def _length(rule: Rule, title: str, words: str) -> Text | None:
    """Whether a section is too long or too short."""
    length = len(re.findall(r"\w", words))
    most = rule.thresholds.get("most")
    if most is not None and length > most.value:
        return sentence(
            "“{title}”有 {length} 字，超过 {most} 字", title=title, length=length, most=most.value
        )
    least = rule.thresholds.get("least")
    if least is not None and length < least.value:
        return sentence(
            "“{title}”只有 {length} 字，至少写到 {least} 字",
            title=title,
            length=length,
            least=least.value,
        )
    return None


def _period(passage: Passage) -> Iterator[Finding]:
    """S-07."""
    year = passage.case.report.year
    for match in PERIOD.finditer(passage.words):
        start = max(match.start() - MONEY_WITHIN, 0)
        if MONEY.search(passage.words, start, match.start()) or _is_whole_year(match, year):
            continue
        message = sentence(
            "统计期限写的是“{words}”，报告年度是 {year} 年", words=match[0], year=year
        )
        yield passage.finding("S-07", match.start(), message)


def _is_whole_year(match: re.Match[str], year: int) -> bool:
    """Whether a period is from 1 January to 31 December of a year."""
    years = {int(match["start"]), int(match["end"] or match["start"])}
    first = (match["m"].lstrip("0"), match["d"].lstrip("0"))
    last = (match["m2"], match["d2"])
    return years == {year} and first == ("1", "1") and last == ("12", "31")


def _notice(passage: Passage) -> Iterator[Finding]:
    """S-08: a text that names the notice of another form and nowhere that of its own."""
    cited = {_number(match): match for match in NOTICE.finditer(passage.words)}
    forms = _forms_by_notice(passage.case)
    form = passage.case.report.format
    if any(forms.get(number) is form for number in cited):
        return
    for number in sorted(set(cited) & set(forms)):
        message = sentence(
            "正文引用的是 {cited}，{year} 年度适用的是 {basis}",
            cited=forms[number].basis,
            year=passage.case.report.year,
            basis=form.basis,
        )
        yield passage.finding("S-08", cited[number].start(), message)


def _forms_by_notice(case: Case) -> Mapping[str, Format]:
    """The forms by the numbers of the notices that they come from."""
    forms = {}
    for form in case.site.law.formats:
        match = NOTICE.search(fold(form.basis))
        if match:
            forms[_number(match)] = form
    return forms


def _number(match: re.Match[str]) -> str:
    """The number of a notice, however it is written: `2021/30`."""
    return f"{match[1]}/{match[2]}"


def _stale(passage: Passage) -> Iterator[Finding]:
    """S-14."""
    year = passage.case.report.year
    reporting_year = re.compile(rf"{year}\s*年|今年|本年")
    for match in STALE.finditer(passage.words):
        stated = int(match["year"])
        continuation = match["rest"]
        if stated in {year, year + 1} or NOT_BEFORE.search(match["before"]):
            continue
        clause = continuation.split("；")[0]
        if reporting_year.search(continuation) or not _is_subject(clause):
            continue
        message = sentence("这里说的是 {stated} 年，报告年度是 {year} 年", stated=stated, year=year)
        yield passage.finding("S-14", match.start("year"), message)


def _is_subject(clause: str) -> bool:
    """Whether something was done in the year in front of a clause."""
    return bool(DONE.search(clause)) and not NOT_THE_SUBJECT.search(clause[:SUBJECT_WITHIN])
