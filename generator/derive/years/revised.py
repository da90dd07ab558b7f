"""What changed in the words of two reports, section by section.

The paragraphs, and how much of the text stayed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.language import amounts, prose
from generator.language.likeness import likeness, shingles
from generator.language.revision import revise
from generator.language.speech import Speech
from generator.model.agency import Agency
from generator.model.format import Section
from generator.model.report import Report, SectionText
from generator.model.revision import RevisedSection
from generator.model.transcription import Wording

# A text that changed is never called all the same, however little it changed.


@dataclass(frozen=True)
class _SectionPair:
    """A section of the narrative with its text in both reports, None where a report has none."""

    id: str
    heading: str
    gloss: str
    earlier: SectionText | None
    later: SectionText | None


def why_not_compared(earlier: Report, later: Report, say: Speech) -> str:
    """Why the words of two reports are not compared; empty where they are.

    What changes from one rewriting by editors to the next tells nothing about the body.
    """
    reports = (earlier, later)
    years = [str(report.year) for report in reports if report.wording is Wording.REWRITTEN]
    if not years:
        return ""
    return say.plural(
        "{years} 年度报告的文字由本站编者改写，不是原文：不对照文字的改动，也不计重合度。",
        len(years),
        years=say.listed(years),
    )


def revised_sections(
    agency: Agency, earlier: Report, later: Report, say: Speech
) -> Iterator[RevisedSection]:
    """Each section of the narrative that one of the two reports has, in the later one's order.

    None where the words are not compared. Of a section with a table only the words around it are
    compared. Where this site does not have a section of one of the years, only that is stated.
    """
    if why_not_compared(earlier, later, say):
        return
    names = tuple(span.value for span in agency.names)
    for pair in _section_pairs(earlier, later, say):
        lacking = [report.year for report in (earlier, later) if pair.id in report.omissions]
        if lacking:
            years = say.listed(map(str, lacking))
            sentence = say("{years} 年度报告的这一部分本站没有收录，不对照。", years=years)
            yield RevisedSection(pair.id, pair.heading, sentence, (), pair.gloss)
            continue
        old = _paragraphs(pair.earlier)
        new = _paragraphs(pair.later)
        if old and new:
            sentence = _share_in_words(say, pair, names, same=old == new)
        elif old or new:
            year = later.year if new else earlier.year
            sentence = say("只有 {year} 年度的报告有这一部分的文字。", year=year)
        else:
            continue
        yield RevisedSection(pair.id, pair.heading, sentence, revise(old, new), pair.gloss)


def _section_pairs(earlier: Report, later: Report, say: Speech) -> Iterator[_SectionPair]:
    yield _SectionPair("preface", say("报告开头"), "", earlier.preface, later.preface)
    for section in _sections(earlier, later):
        yield _SectionPair(
            id=section.id,
            heading=section.heading,
            gloss=section.gloss.say(say.language),
            earlier=earlier.sections.get(section.id),
            later=later.sections.get(section.id),
        )


def _sections(earlier: Report, later: Report) -> Iterator[Section]:
    """The sections of the later report's form, then those that only the earlier one's has."""
    yield from later.format.sections
    later_ids = {section.id for section in later.format.sections}
    for section in earlier.format.sections:
        if section.id not in later_ids:
            yield section


def _paragraphs(text: SectionText | None) -> list[str]:
    """The words of a text, a paragraph each, without their markup."""
    if text is None:
        return []
    lines = (line.strip() for line in prose.paragraphs(text.markdown).split("\n"))
    return [line for line in lines if line]


def _share_in_words(say: Speech, pair: _SectionPair, names: tuple[str, ...], *, same: bool) -> str:
    """How much of the text stayed, by the measure of rule Y-06."""
    if same:
        return say("两年的文字完全相同。")
    texts = [text.markdown for text in (pair.earlier, pair.later) if text]
    old, new = (shingles(text, names) for text in texts)
    if not old or not new:
        return say("文字太短，不计重合度。")
    share = likeness(old, new)
    if share == 1:
        return say("除数字、标点和机关名称外，两年的文字相同。")
    return say("文字重合度 {share}。", share=amounts.share_below_all(share))
