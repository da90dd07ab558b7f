"""What pages say of corrections: a notice for each, what became of every figure and sentence, and the versions from before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from generator.derive import paths
from generator.language.glosses import cell_name
from generator.language.speech import Speech
from generator.language.versions import part_name, same, versions
from generator.model.correction import Correction, Rewording
from generator.model.figure import Figure, State
from generator.model.finding import Finding
from generator.model.frame import Link
from generator.model.report import Report
from generator.model.report_view import CorrectionNote, SectionView, Superseded
from generator.model.table import Grid


@dataclass(frozen=True)
class Step:
    """What one correction changed: cells by address with their figures before and after (totals that followed among them), and words.

    `number` is that of the version it ended."""

    number: int
    correction: Correction
    cells: tuple[tuple[str, Figure, Figure], ...]


def steps(report: Report) -> tuple[Step, ...]:
    """The corrections of a report as changes from version to version, the first one first."""
    changes = pairwise(versions(report)) if report.corrections else ()
    return tuple(Step(old.version, one, _changed(old, new)) for one, (old, new) in zip(report.corrections, changes, strict=True))


def _changed(old: Report, new: Report) -> tuple[tuple[str, Figure, Figure], ...]:
    return tuple((cell, was, new.figures[cell]) for cell, was in old.figures.items() if not same(was, new.figures[cell]))


def named(say: Speech, number: int) -> str:
    """What a version is called."""
    return say("第 {number} 版", number=number)


def version(report: Report, present: Report, say: Speech) -> str:
    """Which version a report is, and since when; empty for one that was never corrected."""
    if not report.corrections:
        return named(say, 1) if present.corrections else ""
    return say("第 {number} 版，{day}更正", number=report.version, day=say.day(report.corrections[-1].date))


def notices(report: Report, done: Sequence[Step], say: Speech) -> Iterator[CorrectionNote]:
    """A notice for each correction that a version of a report has; `done` are all there are."""
    for step in done[: len(report.corrections)]:
        path = paths.version(report.agency, report.year, step.number)
        changes = (*_cells(report, step, say), *_words(report, step.correction.rewordings, say))
        before = Link(say("更正前的版本：{version}", version=named(say, step.number)), path)
        yield CorrectionNote(say.day(step.correction.date), step.correction.reason, changes, before)


def superseded(report: Report, present: Report, say: Speech) -> Superseded | None:
    """What a version says of itself that is not the present one."""
    if report.version == present.version:
        return None
    ended = present.corrections[report.version - 1]
    link = Link(say("现行版本：{version}", version=named(say, present.version)), paths.report(report.agency, report.year))
    return Superseded(named(say, report.version), say.day(ended.date), ended.reason, link)


def unaffected(findings: Sequence[Finding], report: Report, present: Report) -> list[Finding]:
    """The findings of the present report that were true of a version of it: those about cells that have not changed since."""
    changed = {cell for cell, _, _ in _changed(report, present)}
    return [one for one in findings if not changed & set(one.cells)]


def _cells(report: Report, step: Step, say: Speech) -> Iterator[str]:
    for cell, old, new in step.cells:
        label = cell_name(report.format.cells[cell], say)
        yield say("{cell}：{before} 改为 {after}", cell=label, before=_shown(old, say), after=_shown(new, say))


def _words(report: Report, rewordings: Sequence[Rewording], say: Speech) -> Iterator[str]:
    for one in rewordings:
        part = part_name(report.format, one.part)
        if one.before:
            yield say("{part}：“{before}”改为“{after}”", part=part, before=one.before, after=one.after)
        else:
            yield say("{part}：增加“{after}”", part=part, after=one.after)


def marked(section: SectionView, report: Report, done: Sequence[Step], say: Speech) -> SectionView:
    """A section with a mark in every cell that was corrected, and under it what each said before; on a version that is not the present
    one also what became of it."""
    if not done:
        return section
    table = section.grid.id if section.grid else ""
    cells: set[str] = set()
    said: list[str] = []
    for step in done:
        day, later = say.day(step.correction.date), step.number >= report.version
        for cell, old, new in step.cells:
            if table and cell.startswith(f"{table}."):
                cells.add(cell)
                label = cell_name(report.format.cells[cell], say)
                said.append(_became(label, day, _shown(new, say), say) if later else _was(label, day, _shown(old, say), say))
        words = [one for one in step.correction.rewordings if one.part == section.id]
        changes = _words(report, words, say)
        said += [
            say("后来更正（{day}）：{change}", day=day, change=one) if later else say("更正（{day}）：{change}", day=day, change=one)
            for one in changes
        ]
    return replace(section, grid=_with_marks(section.grid, cells) if section.grid and cells else section.grid, corrections=tuple(said))


def _was(label: str, day: str, before: str, say: Speech) -> str:
    return say("† 更正（{day}）：{cell} 原为 {before}", day=day, cell=label, before=before)


def _became(label: str, day: str, after: str, say: Speech) -> str:
    return say("† 后来更正（{day}）：{cell} 改为 {after}", day=day, cell=label, after=after)


def _with_marks(grid: Grid, cells: set[str]) -> Grid:
    groups = tuple(
        replace(group, lines=tuple(tuple(replace(one, corrected=one.address in cells) for one in line) for line in group.lines))
        for group in grid.groups
    )
    return replace(grid, groups=groups)


def _shown(figure: Figure, say: Speech) -> str:
    return say("无法辨认") if figure.state is State.UNREADABLE else figure.said or say("空白")
