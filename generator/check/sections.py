"""S-09 … S-12: what the narrative owes.

The other S rules are decided while a report is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.check.case import Case, title_place
from generator.language import prose
from generator.language.quantities import sentences
from generator.language.sentence import sentence
from generator.model.finding import Finding, Text
from generator.model.format import Expectation
from generator.model.law import Rule
from generator.model.report import SectionText


def check(case: Case) -> Iterator[Finding]:
    """What the narrative lacks."""
    for expectation in case.report.format.expectations:
        text = case.report.sections.get(expectation.section)
        if text and text.markdown.strip() and _applies(case, expectation):
            yield from _expected(case, expectation, text)


def _applies(case: Case, expectation: Expectation) -> bool:
    return not expectation.kinds or case.agency.kind in expectation.kinds


def _expected(case: Case, expectation: Expectation, text: SectionText) -> Iterator[Finding]:
    """What a form expects of a section: certain words, or a length."""
    content = prose.plain(text.markdown)
    message = _lacking(expectation, text.title, _counted(text) if expectation.counted else content)
    if not expectation.mentions:
        message = _length(case.rule(expectation.rule), text.title, content)
    if message is not None:
        yield case.finding(expectation.rule, title_place(text), message)


def _counted(text: SectionText) -> str:
    """The sentences of a section that hold a number."""
    statements = sentences(prose.without_code(text.markdown))
    return "\n".join(statement.mask for statement in statements if statement.quantities)


def _lacking(expectation: Expectation, title: str, content: str) -> Text | None:
    """Which of the things are missing that a section has to speak of."""
    lacking = [
        spellings[0] for spellings in expectation.mentions if not _mentioned(spellings, content)
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


def _mentioned(spellings: Sequence[str], content: str) -> bool:
    return any(spelling in content for spelling in spellings)


def _length(rule: Rule, title: str, content: str) -> Text | None:
    """Whether a section is too long or too short."""
    length = len(re.findall(r"\w", content))
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
