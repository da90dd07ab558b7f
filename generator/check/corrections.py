"""C-10, E-01: corrections that are not true to the report, to each other or to the calendar.

A correction ends with what the report says now, and each goes on where the one before it ended.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from generator.check.case import Case
from generator.language import versions
from generator.language.glosses import cell_text
from generator.language.sentence import as_text, sentence
from generator.model.correction import Change, Correction
from generator.model.figure import Figure
from generator.model.finding import Finding, Severity, Text


def check(case: Case) -> Iterator[Finding]:
    """The findings about the corrections of a report."""
    corrections = case.report.corrections
    if not corrections:
        return
    yield from _dates(case)
    for cell, changes in versions.chains(corrections).items():
        yield from _chain(case, cell, changes)
    for correction in corrections:
        yield from _twice(case, correction)
    yield from _rewordings(case)


def figure_text(figure: Figure) -> Text:
    """A figure in a sentence."""
    return as_text(figure.said) if figure.said else sentence("空白")


def _chain(case: Case, cell: str, changes: Sequence[Change]) -> Iterator[Finding]:
    """What happened to one cell.

    Each change changes something and goes on from the one before; the last ends in the table.
    """
    report = case.report
    name = cell_text(report.format.cells[cell])
    pairs = [_figures(case, change) for change in changes]
    for change, (old, new) in zip(changes, pairs, strict=True):
        if versions.same(old, new):
            figure = figure_text(old)
            message = sentence("更正“{cell}”的改前、改后都是 {figure}", cell=name, figure=figure)
            yield case.finding("E-01", change.at, message, cells=(cell,))
    for number, (earlier, later) in enumerate(pairwise(pairs), 1):
        ended = earlier[1]
        start = later[0]
        if not versions.same(ended, start):
            message = sentence(
                "“{cell}”上一次更正改为 {ended}，这一次却写改前是 {start}",
                cell=name,
                ended=figure_text(ended),
                start=figure_text(start),
            )
            yield case.finding("E-01", changes[number].at, message, cells=(cell,))
    present = report.figures[cell]
    last = pairs[-1][1]
    if not versions.same(last, present):
        message = sentence(
            "更正把“{cell}”改为 {last}，而表中是 {present}",
            cell=name,
            last=figure_text(last),
            present=figure_text(present),
        )
        yield case.finding("C-10", present.at or report.at, message, cells=(cell,))


def _figures(case: Case, change: Change) -> tuple[Figure, Figure]:
    """The figures from before and after a change."""
    form = case.report.format
    old = versions.said(form, change.cell, change.before)
    new = versions.said(form, change.cell, change.after)
    return old, new


def _twice(case: Case, correction: Correction) -> Iterator[Finding]:
    """A cell that one correction changes more than once."""
    cells: set[str] = set()
    for change in correction.changes:
        if change.cell in cells:
            name = cell_text(case.report.format.cells[change.cell])
            message = sentence("同一条更正里“{cell}”写了两次", cell=name)
            yield case.finding("E-01", change.at, message, cells=(change.cell,))
        cells.add(change.cell)


def _dates(case: Case) -> Iterator[Finding]:
    """Dates before the publication or still to come, and lists not in order of date."""
    report = case.report
    for correction in report.corrections:
        day = correction.date
        if report.published and day < report.published:
            message = sentence(
                "更正日期 {day} 早于发布日期 {published}", day=day, published=report.published
            )
            yield case.finding("E-01", correction.at, message)
        if day > case.today:
            message = sentence("更正日期 {day} 在今天（{today}）之后", day=day, today=case.today)
            yield case.finding("E-01", correction.at, message, severity=Severity.WARNING)
    for earlier, later in pairwise(report.corrections):
        if later.at < earlier.at:
            dates = {"later": later.date, "earlier": earlier.date}
            message = sentence("{later} 的更正写在 {earlier} 的前面；先更正的写在前面", **dates)
            yield case.finding("E-01", later.at, message, severity=Severity.WARNING)


def _rewordings(case: Case) -> Iterator[Finding]:
    """C-10 for words: those of each correction stand once in the version that it made.

    A report without any text has its own finding.
    """
    report = case.report
    while report.texts and report.corrections:
        texts = {text.id: text for text in report.texts}
        for rewording in report.corrections[-1].rewordings:
            text = texts.get(rewording.part)
            count = versions.places(text, rewording) if text else 0
            values = {
                "section": versions.part_name(report.format, rewording.part),
                "words": rewording.after,
                "count": count,
            }
            if rewording.before == rewording.after:
                message = sentence("“{section}”的改前、改后是一样的文字", **values)
                yield case.finding("E-01", rewording.at, message)
            elif count == 0:
                message = sentence("“{section}”里没有“{words}”，应正好有一处", **values)
                yield case.finding("C-10", rewording.at, message)
            elif count > 1:
                message = sentence("“{section}”里有 {count} 处“{words}”，应正好有一处", **values)
                yield case.finding("C-10", rewording.at, message)
        report = versions.before(report)
