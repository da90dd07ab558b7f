"""E-02, E-03, E-04: a report against its own past.

What was committed and what was published is handed in; this file only compares.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from generator.check.case import about
from generator.check.corrections import figure_text
from generator.language import references
from generator.language.glosses import cell_text
from generator.language.sentence import listed, sentence
from generator.language.versions import (
    ASPECT_NAMES,
    chains,
    mark,
    part_name,
    said,
    same,
    versions,
)
from generator.model.correction import ATTACHMENTS, DAY, NAME, TITLE, Change
from generator.model.figure import Figure
from generator.model.finding import Finding, Location, Text
from generator.model.format import Cell
from generator.model.law import Law
from generator.model.past import Commit, Published, Shown
from generator.model.report import Report

# The rules on what was published: it is not as it was, or it is gone.
CHANGED = "E-03"
GONE = "E-04"
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


def undeclared(
    law: Law, report: Report, published: Published, present: Published, today: date
) -> Iterator[Finding]:
    """E-03: what is not as published, where no correction tells of it.

    Figures, texts, the day, the title, the name of the body, attachments; corrections that were
    published and are gone count, too. `present` is the report as it would be published now.
    """
    yield from _gone(law, report, published)
    if published.form == report.format.id:
        differences = list(_differences(report, published))
        if differences:
            yield _undeclared(law, report, differences, today)
    changes = list(_other_changes(report, published, present))
    if changes:
        yield _otherwise(law, report, published, changes, today)


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


@dataclass(frozen=True)
class Otherwise:
    """Something besides the figures that is not as published: its id, what to say, its place."""

    aspect: str
    text: Text
    at: Location


def _other_changes(report: Report, published: Published, present: Published) -> Iterator[Otherwise]:
    """What changed besides the figures and is in no correction."""
    also = {aspect for correction in report.corrections for aspect in correction.also}
    if published.day != present.day and DAY not in also:
        text = _changed(DAY, f"{published.day}", f"{present.day or ''}")
        yield Otherwise(DAY, text, report.published_at)
    for aspect, old, new in (
        (TITLE, published.title, present.title),
        (NAME, published.name, present.name),
    ):
        # A title that the program makes of the name changes with the name.
        follows = aspect == TITLE and not report.title and published.name != present.name
        if old and old != new and aspect not in also and not follows:
            yield Otherwise(aspect, _changed(aspect, old, new), report.at)
    yield from _texts(report, published, also)
    if ATTACHMENTS not in also:
        yield from _attachments(report, published, present)


def _changed(aspect: str, old: str, new: str) -> Text:
    """What something was, and what it is."""
    name = sentence(ASPECT_NAMES[aspect])
    if not new:
        return sentence("{name}“{old}”不见了", name=name, old=old)
    return sentence("{name}“{old}”改成了“{new}”", name=name, old=old, new=new)


def _texts(report: Report, published: Published, also: Set[str]) -> Iterator[Otherwise]:
    """The parts whose words are those of no version that the corrections tell of."""
    if published.texts is None:
        return
    marks: dict[str, set[str]] = {}
    for version in versions(report):
        for text in version.texts:
            marks.setdefault(text.id, set()).add(mark(text))
    places = {text.id: text.at for text in report.texts}
    for part in dict.fromkeys((*published.texts, *marks)):
        old = published.texts.get(part)
        if part in also or part in report.omissions or old in marks.get(part, ()):
            continue
        name = part_name(report.format, part)
        change = sentence("“{name}”的文字变了", name=name)
        if part not in marks:
            change = sentence("“{name}”的文字不见了", name=name)
        elif old is None:
            change = sentence("“{name}”是后来加的", name=name)
        yield Otherwise(part, change, places.get(part, report.at))


def _attachments(report: Report, published: Published, present: Published) -> Iterator[Otherwise]:
    """The attachments that came, went, or hold something else."""
    old = published.attachments
    new = present.attachments
    if old is None or new is None:
        return
    for name in dict.fromkeys((*old, *new)):
        if name not in new:
            text = sentence("附件“{name}”不见了", name=name)
        elif name not in old:
            text = sentence("附件“{name}”是后来加的", name=name)
        elif old[name] and old[name] != new[name]:
            text = sentence("附件“{name}”的内容变了", name=name)
        else:
            continue
        yield Otherwise(ATTACHMENTS, text, report.at)


def _otherwise(
    law: Law, report: Report, published: Published, changes: Sequence[Otherwise], today: date
) -> Finding:
    """One finding for a report, with the correction that would declare all of it."""
    texts = listed(change.text for change in changes[:NAMED])
    if len(changes) > NAMED:
        texts = sentence("{changes}等 {count} 处", changes=texts, count=len(changes))
    message = sentence("与已发布的不同，没有更正写明：{changes}", changes=texts)
    if published.commit:
        message = sentence(
            "与 {day} 提交 {commit} 时已发布的不同，没有更正写明：{changes}",
            day=published.commit.day,
            commit=published.commit.id,
            changes=texts,
        )
    names = dict.fromkeys(_aspect_word(report, change.aspect) for change in changes)
    line = f"- {{日期: {today}, 原因: …, 另改: [{', '.join(names)}]}}"
    advice = sentence("改错了的改回去；确要改的，在“更正”里加一行：{line}", line=line)
    return about(law, report, "E-03", changes[0].at, message, (), advice)


def _aspect_word(report: Report, aspect: str) -> str:
    """What a correction may call a thing that was changed."""
    return ASPECT_NAMES.get(aspect) or part_name(report.format, aspect)


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
        day=published.day or "",
    )
    return law.finding("E-04", place, message, agency=slug, year=year)
