"""E-02, E-03, E-04: a report against its own past.

What was committed and what was published is handed in; this file only compares.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from generator.check.case import about
from generator.check.corrections import figure_text
from generator.language import references
from generator.language.glosses import cell_text
from generator.language.sentence import listed, sentence
from generator.language.versions import chains, said, same
from generator.model.correction import Change
from generator.model.figure import Figure
from generator.model.finding import Finding, Location, Text
from generator.model.format import Cell
from generator.model.law import Law
from generator.model.past import Commit, Published, Shown
from generator.model.report import Report

# How many cells a finding names; the others are counted.
NAMED = 5
# A version of a report, and the commit that it comes from.
Version = tuple[Commit, Report]


@dataclass(frozen=True)
class Difference:
    """A figure that is not as it was published."""

    cell: Cell
    published: Shown
    present: Figure


def contradicted(law: Law, report: Report, history: Sequence[Version]) -> Iterator[Finding]:
    """E-02: corrections whose “before” is not what was committed.

    `history` is the report as it was committed, the newest first.
    """
    for cell, changes in chains(report.corrections).items():
        for number, change in enumerate(changes):
            versions = [version for version in history if _precedes(version[1], cell, number)]
            origin = _origin(report, change, versions)
            if origin is not None:
                yield from _contradicted(law, report, change, origin)


def _precedes(version: Report, cell: str, number: int) -> bool:
    """Whether a version has so many corrections of a cell."""
    corrections = chains(version.corrections).get(cell, ())
    return len(corrections) == number and cell in version.figures


def _origin(report: Report, change: Change, versions: Sequence[Version]) -> Version | None:
    """The newest version from before a change.

    Where a figure was changed first and the correction declared later, it is looked for further
    back.
    """
    new = said(report.format, change.cell, change.after)
    for version in versions:
        if not same(version[1].figures[change.cell], new):
            return version
    return versions[-1] if versions else None


def _contradicted(law: Law, report: Report, change: Change, origin: Version) -> Iterator[Finding]:
    """A finding where a correction says something else of the old figure than the commit."""
    commit, version = origin
    committed = version.figures[change.cell]
    stated = said(report.format, change.cell, change.before)
    if same(committed, stated):
        return
    message = sentence(
        "更正说“{cell}”改前是 {stated}，而 {day} 的提交 {commit} 里是 {committed}",
        cell=cell_text(report.format.cells[change.cell]),
        stated=figure_text(stated),
        day=commit.day,
        commit=commit.id,
        committed=figure_text(committed),
    )
    yield about(law, report, "E-02", change.at, message, (change.cell,))


def undeclared(law: Law, report: Report, published: Published, today: date) -> Iterator[Finding]:
    """E-03: figures that are not those published, where no correction tells of it.

    Corrections that were published and are gone count, too.
    """
    yield from _gone(law, report, published)
    if published.form == report.format.id:
        differences = list(_differences(report, published))
        if differences:
            yield _undeclared(law, report, differences, today)


def _gone(law: Law, report: Report, published: Published) -> Iterator[Finding]:
    """The published corrections that are gone."""
    corrections = set()
    for correction in report.corrections:
        cells = frozenset(change.cell for change in correction.changes)
        corrections.add((correction.date, cells))
    for day, reason, cells in published.corrections:
        if (day, cells) not in corrections:
            message = sentence("已发布的更正（{day}，{reason}）不见了", day=day, reason=reason)
            advice = sentence("更正是公开的记录，请恢复")
            yield about(law, report, "E-03", report.at, message, advice=advice)


def _differences(report: Report, published: Published) -> Iterator[Difference]:
    for address, old in published.figures.items():
        present = report.figures.get(address)
        if present is None or present.mistaken:
            continue
        difference = Difference(report.format.cells[address], old, present)
        if not _accounted(report, difference):
            yield difference


def _accounted(report: Report, difference: Difference) -> bool:
    """Whether a figure is as it was published, or a correction tells that it was not.

    A total that the report leaves out follows the figures that it adds up.
    """
    cell = difference.cell
    old = difference.published
    present = difference.present
    if _equal(present, old, cell) or (old.computed and present.computed):
        return True
    changes = chains(report.corrections).get(cell.address, ())
    stated = (said(report.format, cell.address, change.before) for change in changes)
    return any(_equal(figure, old, cell) for figure in stated)


def _undeclared(
    law: Law, report: Report, differences: Sequence[Difference], today: date
) -> Finding:
    """One finding for a report, with the correction that would declare all of it."""
    first = differences[0]
    place = first.present.at or report.at
    cells = tuple(difference.cell.address for difference in differences)
    line = _correction(report, differences, today)
    advice = sentence("改错了的改回去；确要改的，在“更正”里加一行：{line}", line=line)
    finding = about(law, report, "E-03", place, _message(differences), cells, advice)
    expected = first.published.value
    actual = first.present.value
    if len(differences) > 1 or actual is None or not isinstance(expected, int):
        return finding
    return replace(finding, expected=expected, actual=actual)


def _message(differences: Sequence[Difference]) -> Text:
    """Which figures are not as published: the first few, and how many there are."""
    cells = listed(
        sentence(
            "“{cell}” {published} → {present}",
            cell=cell_text(difference.cell),
            published=difference.published.text,
            present=figure_text(difference.present),
        )
        for difference in differences[:NAMED]
    )
    count = len(differences)
    if count <= NAMED:
        return sentence("与已发布的不同，没有更正写明：{cells}", cells=cells)
    return sentence(
        "与已发布的不同，没有更正写明：{cells}等 {count} 格",
        cells=cells,
        count=count,
        others=count - NAMED,
    )


def _correction(report: Report, differences: Sequence[Difference], today: date) -> str:
    """The line of report.yaml that would declare the differences."""
    changes = []
    for difference in differences:
        name = _name(difference.cell, report)
        old = _as_written(difference.published, difference.cell)
        new = figure_text(difference.present).source
        changes.append(f"{{格: {name}, 改前: {old}, 改后: {new}}}")
    return f"- {{日期: {today}, 原因: …, 改动: [{', '.join(changes)}]}}"


def _as_written(published: Shown, cell: Cell) -> str:
    """A published figure as a report writes it.

    Its unit belongs to it where the form leaves the unit to the body.
    """
    return f"{published.text}{published.unit}" if cell.column.as_reported else published.text


def _name(cell: Cell, report: Report) -> str:
    """A cell as a correction may name it."""
    name = cell.label.replace("·", ".")
    return name if references.resolve(report.format, name) == cell else cell.address


def _equal(figure: Figure, published: Shown, cell: Cell) -> bool:
    """Whether a figure is the same as a published one, which has its decimals as floating point."""
    value = float(figure.value) if isinstance(figure.value, Decimal) else figure.value
    unit = figure.unit or cell.unit
    return (figure.state, value, unit) == (published.state, published.value, published.unit)


def vanished(law: Law, slug: str, year: int, published: Published) -> Finding:
    """E-04: a published report that is not there any more."""
    place = Location(f"content/agencies/{slug}/{year}/report.yaml")
    message = sentence(
        "已发布的 {report}（{day} 发布）不见了，再生成一次就会从网站上消失",
        report=f"{slug}/{year}",
        day=published.day,
    )
    return law.finding("E-04", place, message, agency=slug, year=year)
