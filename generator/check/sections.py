"""S-07 … S-12, S-14: what the narrative owes and what must not be left in it. The other S rules are seen while a report is read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.case import Case
from generator.language import prose
from generator.language.quantities import fold
from generator.model.finding import Finding, Location
from generator.model.format import Expectation
from generator.model.report import SectionText

PERIOD = re.compile(
    r"统计(?:的)?(?:期限|时段|时限|周期|时间)[^。；\n]{0,12}?(?P<start>\d{4})\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日[^。；\n]{0,6}?"
    r"(?:至|到|—|-|~)\s*(?:(?P<end>\d{4})\s*年)?\s*(?P<m2>\d{1,2})\s*月\s*(?P<d2>\d{1,2})\s*日"
)
# The period of a budget is no reporting period.
MONEY = re.compile(r"财务|预算|决算|资金|审计")
NOTICE = re.compile(r"国办公开办函\s*[〔\[(【]\s*(\d{4})\s*[〕\])】]\s*(\d+)\s*号")
# A year early in a sentence is what it speaks of, when something was done in it; unless it compares, dates a document, or goes on to the
# reporting year itself.
STALE = re.compile(r"(?:^|(?<=[。！？\n]))(?P<before>[^。！？；，,\n\d]{0,14}?)(?P<year>(?:19|20)\d{2})\s*年(?P<rest>[^。！？\n]*)")
NOT_BEFORE = re.compile(r"比|较|与|据|自|从|截至|根据|按照|《|〔|续|原|关于|对")
DONE = re.compile(r"收到|受理|新收|办结|主动公开|公开|发布|制发|依申请|收取|围绕|公布|编制|新增|推进|把|年度报告")
NOT_THE_SUBJECT = re.compile(r"比|较|相比|同期|以来|起|印发|制定|修订|施行|将|计划|下一步|续|结转|至|—|被|指出|决算|通过")


def check(case: Case) -> Iterator[Finding]:
    """What the narrative lacks, and what it has that belongs to another year or form."""
    for one in case.report.format.expectations:
        text = case.report.sections.get(one.section)
        if text is not None and text.markdown.strip() and (not one.kinds or case.agency.kind in one.kinds):
            yield from _expected(case, one, text)
    for text in case.report.texts:
        words = fold(prose.without_code(text.markdown))
        yield from _period(case, text, words)
        yield from _notice(case, text, words)
        yield from _stale(case, text, words)


def _expected(case: Case, one: Expectation, text: SectionText) -> Iterator[Finding]:
    words = prose.plain(text.markdown)
    rule = case.rule(one.rule)
    if one.mentions:
        lacking = [aspect[0] for aspect in one.mentions if not any(word in words for word in aspect)]
        if lacking:
            named = "、".join(lacking)
            yield case.found(one.rule, _title(text), f"“{text.title}”没有写到：{named}", f"“{text.title}” does not speak of: {named}")
        return
    length = len(re.findall(r"\w", words))
    least, most = rule.thresholds.get("least"), rule.thresholds.get("most")
    if most is not None and length > most.value:
        zh = f"“{text.title}”有 {length} 字，超过 {most.value} 字"
        yield case.found(one.rule, _title(text), zh, f"“{text.title}” has {length} characters, more than {most.value}")
    if least is not None and length < least.value:
        zh = f"“{text.title}”只有 {length} 字，至少写到 {least.value} 字"
        yield case.found(one.rule, _title(text), zh, f"“{text.title}” has {length} characters, fewer than {least.value}")


def _title(text: SectionText) -> Location:
    """Where the section's title stands."""
    return Location(text.at.path, max(text.at.line - 1, 1))


def _period(case: Case, text: SectionText, words: str) -> Iterator[Finding]:
    year = case.report.year
    for found in PERIOD.finditer(words):
        if MONEY.search(words[max(found.start() - 8, 0) : found.start()]):
            continue
        start, end = int(found["start"]), int(found["end"] or found["start"])
        if (start, found["m"].lstrip("0"), found["d"].lstrip("0"), end, found["m2"], found["d2"]) != (year, "1", "1", year, "12", "31"):
            zh = f"统计期限写的是“{found[0]}”，报告年度是 {year} 年"
            yield case.found("S-07", text.place(found.start()), zh, f"the period stated is not the year {year}: “{found[0]}”")


def _notice(case: Case, text: SectionText, words: str) -> Iterator[Finding]:
    """A text that names the notice of another form and nowhere that of its own."""
    named = {f"{found[1]}/{found[2]}": found for found in NOTICE.finditer(words)}
    notices = {f"{found[1]}/{found[2]}": form for form in case.site.law.formats if (found := NOTICE.search(fold(form.basis)))}
    own = {key for key, form in notices.items() if form is case.report.format}
    if own & set(named):
        return
    for key in sorted(set(named) & set(notices)):
        basis = case.report.format.basis
        zh = f"正文引用的是 {notices[key].basis}，{case.report.year} 年度适用的是 {basis}"
        yield case.found("S-08", text.place(named[key].start()), zh, f"cites {notices[key].basis}; {basis} is in force")


def _stale(case: Case, text: SectionText, words: str) -> Iterator[Finding]:
    year = case.report.year
    here = re.compile(rf"{year}\s*年|今年|本年")
    for found in STALE.finditer(words):
        said, rest = int(found["year"]), found["rest"]
        if said in {year, year + 1} or NOT_BEFORE.search(found["before"]) or here.search(rest):
            continue
        clause = re.split(r"[；]", rest)[0]
        if DONE.search(clause) and not NOT_THE_SUBJECT.search(clause[:24]):
            zh, en = f"这里说的是 {said} 年，报告年度是 {year} 年", f"this speaks of {said}; the report is for {year}"
            yield case.found("S-14", text.place(found.start("year")), zh, en)
