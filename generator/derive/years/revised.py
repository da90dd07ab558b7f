"""What changed in the words of two reports, section by section: the paragraphs, and how much of the text stayed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.language import prose
from generator.language.likeness import likeness, shingles
from generator.language.revision import revise
from generator.language.speech import Speech
from generator.model.agency import Agency
from generator.model.format import Section
from generator.model.report import Report, SectionText
from generator.model.revision import RevisedSection
from generator.model.transcription import Wording

Texts = tuple[SectionText | None, SectionText | None]
NEARLY = 0.99  # a text that changed is never said to be all the same


def apart(before: Report, after: Report, say: Speech) -> str:
    """Why the words of two reports are not compared; empty where they are. What changes from one rewriting to the next is no news of the
    body."""
    years = [str(one.year) for one in (before, after) if one.wording is Wording.REWRITTEN]
    if not years:
        return ""
    return say.plural(
        "{years} 年度报告的文字由本站编者改写，不是原文：不对照文字的改动，也不计重合度。", len(years), years=say.listed(years)
    )


def revised(agency: Agency, before: Report, after: Report, say: Speech) -> Iterator[RevisedSection]:
    """Each part of the narrative that one of the two reports has, in the later one's order; none where the words are not compared. Of a
    section that holds a table only the words around it are looked at, of one that this site does not hold in both years only that is
    said."""
    if apart(before, after, say):
        return
    names = tuple(span.value for span in agency.names)
    years = before.year, after.year
    parts: list[tuple[str, str, str, Texts]] = [("preface", say("报告开头"), "", (before.preface, after.preface))]
    for section in _sections(before, after):
        gloss = section.gloss if say.foreign else ""
        parts.append((section.id, section.heading, gloss, (before.sections.get(section.id), after.sections.get(section.id))))
    for name, heading, gloss, texts in parts:
        old, new = (_paragraphs(text) for text in texts)
        lacking = [str(report.year) for report in (before, after) if name in report.left_out]
        if lacking:
            said = say("{years} 年度报告的这一部分本站没有收录，不对照。", years=say.listed(lacking))
            yield RevisedSection(name, heading, said, (), gloss)
        elif old or new:
            runs = [shingles(text.markdown if text else "", names) for text in texts]
            yield RevisedSection(name, heading, _stayed(say, (old, new), runs, years), revise(old, new), gloss)


def _sections(before: Report, after: Report) -> Iterator[Section]:
    yield from after.format.sections
    known = {section.id for section in after.format.sections}
    yield from (section for section in before.format.sections if section.id not in known)


def _paragraphs(text: SectionText | None) -> list[str]:
    """The words of a text, a paragraph each, without their markup."""
    return [line.strip() for line in prose.paragraphs(text.markdown).split("\n") if line.strip()] if text else []


def _stayed(say: Speech, texts: tuple[list[str], list[str]], runs: Sequence[frozenset[int]], years: tuple[int, int]) -> str:
    """How much of the text stayed, by the measure of rule Y-06; of a text that one year has alone only that."""
    old, new = texts
    if not old or not new:
        return say("只有 {year} 年度的报告有这一部分的文字。", year=years[bool(new)])
    if old == new:
        return say("两年的文字完全相同。")
    if not all(runs):
        return say("文字太短，不计重合度。")
    stayed = likeness(*runs)
    if stayed == 1:
        return say("除数字、标点和机关名称外，两年的文字相同。")
    return say("文字重合度 {share}。", share=f"{min(stayed, NEARLY):.0%}")
