"""C-10, E-01: a correction ends with what the report says now, and one correction goes on where the one before it ended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from generator.check.case import Case
from generator.language.glosses import glossed_cell
from generator.language.versions import before, chains, part_name, places, said, same
from generator.model.correction import Change, Correction
from generator.model.figure import Figure
from generator.model.finding import Finding, Severity


def check(case: Case) -> Iterator[Finding]:
    """Corrections that are not true to the report, to each other, or to the calendar."""
    if case.report.corrections:
        yield from _dates(case)
        for cell, changes in chains(case.report.corrections).items():
            yield from _chain(case, cell, changes)
        for one in case.report.corrections:
            yield from _twice(case, one)
        yield from _words(case)


def shown(figure: Figure) -> str:
    """A figure in a sentence."""
    return figure.said or "空白"


def shown_en(figure: Figure) -> str:
    """The same in English."""
    return figure.said or "blank"


def _chain(case: Case, cell: str, changes: Sequence[Change]) -> Iterator[Finding]:
    """What happened to one cell: each change changes something, goes on from the one before, and the last ends in the table."""
    form, now = case.report.format, case.report.figures[cell]
    label, gloss = form.cells[cell].label, glossed_cell(form.cells[cell])
    told = [(said(form, cell, one.before), said(form, cell, one.after)) for one in changes]
    for one, (old, new) in zip(changes, told, strict=True):
        if same(old, new):
            zh, en = f"更正“{label}”的改前、改后都是 {shown(old)}", f"the correction of “{gloss}” changes nothing: {shown_en(old)}"
            yield case.found("E-01", one.at, zh, en, cells=(cell,))
    for (_, (_, ended)), (one, (old, _)) in pairwise(zip(changes, told, strict=True)):
        if not same(ended, old):
            zh = f"“{label}”上一次更正改为 {shown(ended)}，这一次却写改前是 {shown(old)}"
            en = f"“{gloss}” was corrected to {shown_en(ended)}, but this correction starts from {shown_en(old)}"
            yield case.found("E-01", one.at, zh, en, cells=(cell,))
    if not same(told[-1][1], now):
        zh = f"更正把“{label}”改为 {shown(told[-1][1])}，而表中是 {shown(now)}"
        en = f"a correction changes “{gloss}” to {shown_en(told[-1][1])}, but the table says {shown_en(now)}"
        yield case.found("C-10", now.at or case.report.at, zh, en, cells=(cell,))


def _twice(case: Case, one: Correction) -> Iterator[Finding]:
    cells = [change.cell for change in one.changes]
    for number, change in enumerate(one.changes):
        if change.cell in cells[:number]:
            place = case.report.format.cells[change.cell]
            zh, en = f"同一条更正里“{place.label}”写了两次", f"one correction changes “{glossed_cell(place)}” twice"
            yield case.found("E-01", change.at, zh, en, cells=(change.cell,))


def _dates(case: Case) -> Iterator[Finding]:
    """Corrections from before the report was published, from days to come, and lists that do not run in order of date."""
    report = case.report
    for one in report.corrections:
        if report.published and one.date < report.published:
            zh = f"更正日期 {one.date} 早于发布日期 {report.published}"
            yield case.found("E-01", one.at, zh, f"corrected on {one.date}, before it was published ({report.published})")
        if one.date > case.today:
            zh, en = f"更正日期 {one.date} 在今天（{case.today}）之后", f"corrected on {one.date}, after today ({case.today})"
            yield case.found("E-01", one.at, zh, en, severity=Severity.WARNING)
    for earlier, later in pairwise(report.corrections):
        if later.at < earlier.at:
            zh = f"{later.date} 的更正写在 {earlier.date} 的前面；先更正的写在前面"
            yield case.found("E-01", later.at, zh, "corrections are listed in order of date", severity=Severity.WARNING)


def _words(case: Case) -> Iterator[Finding]:
    """C-10 for words: each correction's stand once in the version that it made. A report without any text has been told so."""
    report = case.report
    while report.texts and report.corrections:
        texts = {text.id: text for text in report.texts}
        for one in report.corrections[-1].rewordings:
            found = places(texts[one.part], one) if one.part in texts else 0
            name = part_name(report.format, one.part)
            if one.before == one.after:
                yield case.found("E-01", one.at, f"“{name}”的改前、改后是一样的文字", "the correction changes no word")
            elif found != 1:
                zh = f"“{name}”里{f'有 {found} 处' if found else '没有'}“{one.after}”，应正好有一处"
                yield case.found("C-10", one.at, zh, f"“{one.after}” stands {found} times in that part, not once")
        report = before(report)
