"""E-02, E-03, E-04: a report against its own past. What was committed and what was published is given; this file only compares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from generator.check.corrections import shown, shown_en
from generator.language import references
from generator.language.glosses import glossed_cell
from generator.language.versions import chains, said, same
from generator.model.correction import Change
from generator.model.figure import Figure
from generator.model.finding import Finding, Location, Text
from generator.model.format import Cell
from generator.model.law import Law
from generator.model.past import Commit, Published, Shown
from generator.model.report import Report

NAMED = 5


def contradicted(law: Law, report: Report, history: Sequence[tuple[Commit, Report]]) -> Iterator[Finding]:
    """E-02: corrections whose “before” is not what was committed. `history` is the report as it was committed, the newest first."""
    for cell, changes in chains(report.corrections).items():
        for number, change in enumerate(changes):
            earlier = [one for one in history if _told(one[1], cell) == number and cell in one[1].figures]
            origin = _origin(report, change, earlier)
            if origin is None or same(origin[1].figures[cell], said(report.format, cell, change.before)):
                continue
            commit, was = origin[0], origin[1].figures[cell]
            place, before = report.format.cells[cell], said(report.format, cell, change.before)
            zh = f"更正说“{place.label}”改前是 {shown(before)}，而 {commit.day} 的提交 {commit.id} 里是 {shown(was)}"
            en = f"the correction says that “{glossed_cell(place)}” was {shown_en(before)}"
            en = f"{en}; commit {commit.id} of {commit.day} says {shown_en(was)}"
            yield law.finding("E-02", change.at, zh, en, agency=report.agency, year=report.year, cells=(cell,))


def _told(report: Report, cell: str) -> int:
    """How many corrections of a cell a version already has."""
    return len(chains(report.corrections).get(cell, ()))


def _origin(report: Report, change: Change, earlier: Sequence[tuple[Commit, Report]]) -> tuple[Commit, Report] | None:
    """The newest version from before a change; a figure that was changed first and declared later is looked for further back."""
    after = said(report.format, change.cell, change.after)
    changed = (one for one in earlier if not same(one[1].figures[change.cell], after))
    return next(changed, earlier[-1] if earlier else None)


def undeclared(law: Law, report: Report, published: Published, today: date) -> Iterator[Finding]:
    """E-03: figures that are not those published, where no correction tells of it; and corrections that were published and are gone."""
    dates = {(one.date, frozenset(change.cell for change in one.changes)) for one in report.corrections}
    for day, reason, cells in published.corrections:
        if (day, cells) not in dates:
            zh, en = f"已发布的更正（{day}，{reason}）不见了", f"a published correction ({day}, {reason}) is gone"
            advice = Text("更正是公开的记录，请恢复", "a correction is a public record: restore it")
            yield law.finding("E-03", report.at, zh, en, agency=report.agency, year=report.year, advice=advice)
    if published.form != report.format.id:
        return
    silent = [
        (cell, was, now)
        for cell, was in published.figures.items()
        if (now := report.figures.get(cell)) and not now.mistaken and not _accounted(report, cell, was, now)
    ]
    if silent:
        yield _silent(law, report, silent, today)


def _accounted(report: Report, cell: str, was: Shown, now: Figure) -> bool:
    """Whether a figure is as it was published, or a correction tells that it was not; a total that is left out follows its row."""
    place = report.format.cells[cell]
    if _is(now, was, place) or (was.computed and now.computed):
        return True
    return any(_is(said(report.format, cell, one.before), was, place) for one in chains(report.corrections).get(cell, ()))


def _silent(law: Law, report: Report, silent: Sequence[tuple[str, Shown, Figure]], today: date) -> Finding:
    """One finding for a report, with the correction that would declare all of it."""
    form = report.format
    told = [(form.cells[cell], was.text, now) for cell, was, now in silent]
    named = "、".join(f"“{cell.label}” {was} → {shown(now)}" for cell, was, now in told[:NAMED])
    named_en = ", ".join(f"“{glossed_cell(cell)}” {was} → {shown_en(now)}" for cell, was, now in told[:NAMED])
    more, more_en = (f"等 {len(told)} 格", f" and {len(told) - NAMED} more") if len(told) > NAMED else ("", "")
    places = [(form.cells[cell], was, now) for cell, was, now in silent]
    changes = ", ".join(f"{{格: {_name(cell, report)}, 改前: {_written(was, cell)}, 改后: {shown(now)}}}" for cell, was, now in places)
    line = f"- {{日期: {today}, 原因: …, 改动: [{changes}]}}"
    at = silent[0][2].at or report.at
    found = law.finding(
        "E-03", at, f"与已发布的不同，没有更正写明：{named}{more}", f"not as published, and no correction says so: {named_en}{more_en}",
        agency=report.agency, year=report.year, cells=tuple(cell for cell, _, _ in silent),
        advice=Text(f"改错了的改回去；确要改的，在“更正”里加一行：{line}", f"put it back, or declare it under 更正 (corrections): {line}"),
    )  # fmt: skip
    if len(silent) > 1 or silent[0][2].value is None or not isinstance(silent[0][1].value, int):
        return found
    return replace(found, expected=silent[0][1].value, actual=silent[0][2].value)


def _written(was: Shown, cell: Cell) -> str:
    """A published figure as a report writes it: with its unit where the form leaves that to the body."""
    return f"{was.text}{was.unit}" if cell.column.as_reported else was.text


def _name(cell: Cell, report: Report) -> str:
    """A cell as a correction may name it."""
    name = cell.label.replace("·", ".")
    return name if references.resolve(report.format, name) == cell else cell.address


def _is(now: Figure, was: Shown, cell: Cell) -> bool:
    value = float(now.value) if isinstance(now.value, Decimal) else now.value
    unit = now.unit or cell.unit
    return (now.state, value, unit) == (was.state, was.value, was.unit)


def vanished(law: Law, slug: str, year: int, published: Published) -> Finding:
    """E-04: a published report that is not there any more."""
    at = Location(f"content/agencies/{slug}/{year}/report.yaml")
    zh = f"已发布的 {slug}/{year}（{published.day} 发布）不见了，再生成一次就会从网站上消失"
    en = f"{slug}/{year}, published on {published.day}, is gone and will be taken off the site"
    return law.finding("E-04", at, zh, en, agency=slug, year=year)
