"""The versions of a corrected report. What it said before a correction is put back from what the correction says; nothing else is kept.

A report holds its newest version and its corrections (更正), each with the words and figures from before it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from generator.language.identity import computed, instances
from generator.language.numerals import figure
from generator.model.correction import Change, Correction, Rewording
from generator.model.figure import Figure, Figures, State
from generator.model.format import Format
from generator.model.report import Quote, Report, SectionText


def versions(report: Report) -> tuple[Report, ...]:
    """Every version of a report, as first published, after its first correction, and so on; the last is the report itself."""
    found = [report]
    while found[-1].corrections:
        found.append(before(found[-1]))
    return tuple(reversed(found))


def before(report: Report) -> Report:
    """The report as it was before its newest correction. What a correction changed wrongly, by what it says, stays as it is."""
    *kept, last = report.corrections
    figures = _figures(report, last)

    def earlier(text: SectionText) -> SectionText:
        return _requoted(_reworded(text, last), figures)

    return replace(
        report,
        figures=figures,
        preface=earlier(report.preface) if report.preface else None,
        sections={key: earlier(text) for key, text in report.sections.items()},
        corrections=tuple(kept),
    )


def said(form: Format, cell: str, text: str) -> Figure:
    """The figure that a correction means by what it writes for a cell."""
    return figure(text, with_unit=form.cells[cell].column.as_reported)


def same(one: Figure, other: Figure) -> bool:
    """Whether two figures are one: both blank, both unreadable, or the same number in the same unit, however written."""
    return (one.state, one.value, one.unit) == (other.state, other.value, other.unit)


def part_name(form: Format, part: str) -> str:
    """What a part of the narrative is called: its heading in the form, or what stands before the first."""
    return next((one.heading for one in form.sections if one.id == part), "引言")


def chains(corrections: Sequence[Correction]) -> Mapping[str, Sequence[Change]]:
    """Each corrected cell with what happened to it, in order."""
    found: dict[str, list[Change]] = {}
    for one in corrections:
        for change in one.changes:
            found.setdefault(change.cell, []).append(change)
    return found


def _figures(report: Report, correction: Correction) -> Figures:
    """The figures from before a correction; totals that the report leaves out follow the figures they add up."""
    put = {one.cell: said(report.format, one.cell, one.before) for one in reversed(correction.changes)}
    figures = {**report.figures, **put}
    for instance in instances(report.format):
        address = instance.left[0].address
        if instance.identity.computes and figures[address].computed and any(place.address in put for place in instance.right):
            put[address] = computed(instance, figures) or Figure(State.BLANK)
            figures[address] = put[address]
    return figures


def places(text: SectionText, one: Rewording) -> int:
    """How often the words that a correction put in stand in a text; only what stands there once can be put back."""
    return text.markdown.count(one.after) if one.after else 0


def _reworded(text: SectionText, correction: Correction) -> SectionText:
    for one in reversed(correction.rewordings):
        if one.part == text.id and places(text, one) == 1:
            text = _put_back(text, one)
    return text


def _put_back(text: SectionText, one: Rewording) -> SectionText:
    """The text with the words from before. A figure quoted within them was written out; those behind them move."""
    start = text.markdown.index(one.after)
    end, longer = start + len(one.after), len(one.before) - len(one.after)
    left = [quote for quote in text.quotes if quote.end <= start]
    right = [Quote(quote.start + longer, quote.end + longer, quote.cell) for quote in text.quotes if quote.start >= end]
    return replace(text, markdown=text.markdown[:start] + one.before + text.markdown[end:], quotes=(*left, *right))


def _requoted(text: SectionText, figures: Figures) -> SectionText:
    """The text with the figures that it quotes as they were."""
    parts, quotes, end, length = [], [], 0, 0
    for quote in text.quotes:
        now = figures[quote.cell]
        printed = now.text if now.state is State.NUMBER else "？"
        parts += [text.markdown[end : quote.start], printed]
        length += quote.start - end + len(printed)
        quotes.append(Quote(length - len(printed), length, quote.cell))
        end = quote.end
    return replace(text, markdown="".join((*parts, text.markdown[end:])), quotes=tuple(quotes))
