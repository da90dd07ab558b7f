"""The versions of a corrected report.

A report holds its newest version and its corrections (更正), each with the words and figures from
before it. An older version is put back from what the corrections say; nothing else is kept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

from generator.language.identity import computed, instances
from generator.language.numerals import figure
from generator.language.sentence import template
from generator.model.correction import (
    ATTACHMENTS,
    DAY,
    NAME,
    TITLE,
    Change,
    Correction,
    Rewording,
)
from generator.model.figure import Figure, Figures, Number, State
from generator.model.format import Format
from generator.model.report import Quote, Report, SectionText

# What of a Markdown text is no words, and how long the mark of one is.
UNSEEN = re.compile(r"[\s*_`#>]+")
MARK = 16
ASPECT_NAMES: Mapping[str, str] = {
    DAY: template("发布日期"),
    TITLE: template("标题"),
    NAME: template("机关名称"),
    ATTACHMENTS: template("附件"),
}


def versions(report: Report) -> tuple[Report, ...]:
    """Every version of a report, the first published one first; the last is the report itself."""
    reports = [report]
    while reports[-1].corrections:
        reports.append(before(reports[-1]))
    reports.reverse()
    return tuple(reports)


def before(report: Report) -> Report:
    """The report as it was before its newest correction.

    What a correction changed wrongly, by what it says, stays as it is.
    """
    *earlier_corrections, newest = report.corrections
    figures = _figures(report, newest)

    def earlier(text: SectionText) -> SectionText:
        return _requoted(_reworded(text, newest), figures)

    return replace(
        report,
        figures=figures,
        preface=earlier(report.preface) if report.preface else None,
        sections={key: earlier(text) for key, text in report.sections.items()},
        corrections=tuple(earlier_corrections),
    )


def said(form: Format, cell: str, text: str) -> Figure:
    """The figure that a correction means by what it writes for a cell."""
    return figure(text, with_unit=form.cells[cell].column.as_reported)


def same(first: Figure, second: Figure) -> bool:
    """Whether two figures are the same, however they are written.

    Both are blank, both unreadable, or they are one number in one unit.
    """
    return _identity(first) == _identity(second)


def _identity(figure: Figure) -> tuple[State, Number | None, str]:
    return figure.state, figure.value, figure.unit


def part_name(form: Format, part: str) -> str:
    """What a part of the narrative is called.

    Its heading in the form, or what is before the first.
    """
    for section in form.sections:
        if section.id == part:
            return section.heading
    return "引言"


def aspect_name(form: Format, aspect: str) -> str:
    """What it is called that a correction changed: a part, or something besides the words."""
    return ASPECT_NAMES.get(aspect) or part_name(form, aspect)


def mark(text: SectionText) -> str:
    """What stands for the words of a text, however its lines are wrapped and set off.

    It is published and compared years later, so it hangs on nothing but the characters.
    """
    return sha256(UNSEEN.sub("", text.markdown).encode()).hexdigest()[:MARK]


def chains(corrections: Sequence[Correction]) -> Mapping[str, Sequence[Change]]:
    """Each corrected cell with what happened to it, in order."""
    changes_by_cell: dict[str, list[Change]] = {}
    for correction in corrections:
        for change in correction.changes:
            changes_by_cell.setdefault(change.cell, []).append(change)
    return changes_by_cell


def _figures(report: Report, correction: Correction) -> Figures:
    """The figures from before a correction.

    Totals that the report leaves out follow the figures that they add up.
    """
    restored: set[str] = set()
    figures = dict(report.figures)
    for change in reversed(correction.changes):
        figures[change.cell] = said(report.format, change.cell, change.before)
        restored.add(change.cell)
    for instance in instances(report.format):
        total = instance.left[0].address
        addends = {place.address for place in instance.right}
        is_computed = instance.identity.computes and figures[total].computed
        if is_computed and addends & restored:
            figures[total] = computed(instance, figures) or Figure(State.BLANK)
            restored.add(total)
    return figures


def places(text: SectionText, rewording: Rewording) -> int:
    """How often the words that a correction put in stand in a text.

    Only what stands there once can be put back.
    """
    return text.markdown.count(rewording.after) if rewording.after else 0


def _reworded(text: SectionText, correction: Correction) -> SectionText:
    for rewording in reversed(correction.rewordings):
        if rewording.part == text.id and places(text, rewording) == 1:
            text = _put_back(text, rewording)
    return text


def _put_back(text: SectionText, rewording: Rewording) -> SectionText:
    """The text with the words from before.

    A figure that was quoted within them was written out; those behind them move.
    """
    start = text.markdown.index(rewording.after)
    end = start + len(rewording.after)
    longer = len(rewording.before) - len(rewording.after)
    quotes = []
    for quote in text.quotes:
        if quote.end <= start:
            quotes.append(quote)
        elif quote.start >= end:
            quotes.append(Quote(quote.start + longer, quote.end + longer, quote.cell))
    markdown = f"{text.markdown[:start]}{rewording.before}{text.markdown[end:]}"
    return replace(text, markdown=markdown, quotes=tuple(quotes))


def _requoted(text: SectionText, figures: Figures) -> SectionText:
    """The text with the figures that it quotes as they were."""
    markdown = ""
    end = 0
    quotes = []
    for quote in text.quotes:
        figure = figures[quote.cell]
        markdown += text.markdown[end : quote.start]
        start = len(markdown)
        markdown += figure.text if figure.state is State.NUMBER else "？"
        quotes.append(Quote(start, len(markdown), quote.cell))
        end = quote.end
    return replace(text, markdown=markdown + text.markdown[end:], quotes=tuple(quotes))
