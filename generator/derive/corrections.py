"""Corrections as pages show them: notices, marks in tables, links to earlier versions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import pairwise

from generator.derive import paths
from generator.derive.states import before_or_after
from generator.language.glosses import cell_name
from generator.language.speech import Speech
from generator.language.versions import aspect_name, part_name, same, versions
from generator.model.correction import Correction, Rewording
from generator.model.figure import Figure
from generator.model.finding import Finding
from generator.model.frame import Link
from generator.model.marks import Mark
from generator.model.report import Report
from generator.model.report_view import CorrectionNote, SectionView, Superseded
from generator.model.table import Grid, Line

# A cell that was corrected: its address, its figure before and its figure after.
ChangedCell = tuple[str, Figure, Figure]


@dataclass(frozen=True)
class Step:
    """What one correction changed.

    `cells` are all cells with another figure, also totals that followed from it. `number` is that
    of the version which the correction ended.
    """

    number: int
    correction: Correction
    cells: tuple[ChangedCell, ...]


def steps(report: Report) -> tuple[Step, ...]:
    """The corrections of a report as changes from version to version, the first one first."""
    changes = zip(report.corrections, pairwise(versions(report)), strict=True)
    return tuple(
        Step(old.version, correction, _changed(old, new)) for correction, (old, new) in changes
    )


def _changed(old: Report, new: Report) -> tuple[ChangedCell, ...]:
    return tuple(
        (address, figure, new.figures[address])
        for address, figure in old.figures.items()
        if not same(figure, new.figures[address])
    )


def named(say: Speech, number: int) -> str:
    """The name of a version."""
    return say("第 {number} 版", number=number)


def version(report: Report, present: Report, say: Speech) -> str:
    """Which version a report is, and since when; empty for one that was never corrected."""
    if report.corrections:
        day = say.day(report.corrections[-1].date)
        return say("第 {number} 版，{day}更正", number=report.version, day=day)
    return named(say, 1) if present.corrections else ""


def notices(report: Report, history: Sequence[Step], say: Speech) -> Iterator[CorrectionNote]:
    """A notice for each correction that a version of a report has; `history` are all steps."""
    for step in history[: len(report.corrections)]:
        correction = step.correction
        cells = _cells(report, step, say)
        texts = _texts(report, correction.rewordings, say)
        path = paths.version(report.agency, report.year, step.number)
        link = Link(say("更正前的版本：{version}", version=named(say, step.number)), path)
        sentences = (*cells, *texts, *_besides(report, correction, say))
        yield CorrectionNote(say.day(correction.date), correction.reason, sentences, link)


def superseded(report: Report, present: Report, say: Speech) -> Superseded | None:
    """The notice on a version that is not the present one; None on the present one."""
    if report.version == present.version:
        return None
    correction = present.corrections[report.version - 1]
    text = say("现行版本：{version}", version=named(say, present.version))
    link = Link(text, paths.report(report.agency, report.year))
    return Superseded(named(say, report.version), say.day(correction.date), correction.reason, link)


def unaffected(findings: Sequence[Finding], report: Report, present: Report) -> list[Finding]:
    """The findings of the present report that hold for an earlier version of it as well.

    They are those about cells that have not changed since.
    """
    changed = {address for address, _, _ in _changed(report, present)}
    return [finding for finding in findings if changed.isdisjoint(finding.cells)]


def _cells(report: Report, step: Step, say: Speech) -> Iterator[str]:
    """A sentence for each cell that a correction changed."""
    for address, old, new in step.cells:
        label = cell_name(report.format.cells[address], say)
        figures = {"before": before_or_after(say, old), "after": before_or_after(say, new)}
        yield say("{cell}：{before} 改为 {after}", cell=label, **figures)


def _texts(report: Report, rewordings: Sequence[Rewording], say: Speech) -> Iterator[str]:
    """A sentence for each text that a correction changed."""
    for rewording in rewordings:
        part = part_name(report.format, rewording.part)
        if rewording.before:
            texts = {"before": rewording.before, "after": rewording.after}
            yield say("{part}：“{before}”改为“{after}”", part=part, **texts)
        else:
            yield say("{part}：增加“{after}”", part=part, after=rewording.after)


def _besides(report: Report, correction: Correction, say: Speech) -> Iterator[str]:
    """A sentence on what a correction changed without saying what it was."""
    if correction.also:
        names = say.listed(say(aspect_name(report.format, aspect)) for aspect in correction.also)
        yield say("另改：{names}", names=names)


def with_corrections(
    section: SectionView, report: Report, history: Sequence[Step], say: Speech
) -> SectionView:
    """A section with a mark in every corrected cell, and under it what each cell was before.

    On a version that is not the present one, also what became of its cells later.
    """
    if not history:
        return section
    addresses: set[str] = set()
    remarks: list[str] = []
    for step in history:
        cells = _cells_in(section, step)
        addresses.update(address for address, _, _ in cells)
        remarks += _remarks(section, report, replace(step, cells=cells), say)
    grid = section.grid
    if grid and addresses:
        grid = _with_marks(grid, addresses)
    return replace(section, grid=grid, corrections=tuple(remarks))


def _cells_in(section: SectionView, step: Step) -> tuple[ChangedCell, ...]:
    """The cells of a section's table that a correction changed."""
    if section.grid is None:
        return ()
    table = f"{section.grid.id}."
    return tuple(cell for cell in step.cells if cell[0].startswith(table))


def _remarks(section: SectionView, report: Report, step: Step, say: Speech) -> Iterator[str]:
    """What one correction changed in a section: a sentence for each cell, then for each text.

    A correction that the version does not have yet is told as a later one.
    """
    later = step.number >= report.version
    day = say.day(step.correction.date)
    for address, old, new in step.cells:
        label = cell_name(report.format.cells[address], say)
        if later:
            text = before_or_after(say, new)
            yield say("† 后来更正（{day}）：{cell} 改为 {after}", day=day, cell=label, after=text)
        else:
            text = before_or_after(say, old)
            yield say("† 更正（{day}）：{cell} 原为 {before}", day=day, cell=label, before=text)
    rewordings = step.correction.rewordings
    in_section = [rewording for rewording in rewordings if rewording.part == section.id]
    for change in _texts(report, in_section, say):
        if later:
            yield say("后来更正（{day}）：{change}", day=day, change=change)
        else:
            yield say("更正（{day}）：{change}", day=day, change=change)


def _with_marks(grid: Grid, addresses: AbstractSet[str]) -> Grid:
    def line_with_marks(line: Line) -> Line:
        return tuple(
            replace(cell, bears=(*cell.bears, Mark.CORRECTED))
            if cell.address in addresses
            else cell
            for cell in line
        )

    groups = [
        replace(group, lines=tuple(map(line_with_marks, group.lines))) for group in grid.groups
    ]
    return replace(grid, groups=tuple(groups))
