"""The marks of a figure of a report, worked out in one place for pages, comparisons and files."""

from __future__ import annotations

from collections.abc import Mapping

from generator.derive.years.series import Point
from generator.language.speech import Speech
from generator.model.finding import Finding
from generator.model.format import Break
from generator.model.marks import FigureMarks, Restatement
from generator.model.report import Report


def marks_of(
    report: Report,
    key: str,
    point: Point,
    contested: Mapping[str, Finding],
    *,
    restatements: tuple[Restatement, ...] = (),
    shifts: tuple[Break, ...] = (),
) -> FigureMarks:
    """The marks of the figure of a concept, which stands at `point`.

    `contested` are the figures of the report that others contradict, by address; `restatements`
    the other values of this figure; `shifts` what changed since the year it is compared with.
    """
    corrected = {
        report.format.cells[change.cell].concept
        for correction in report.corrections
        for change in correction.changes
    }
    return FigureMarks(
        point.figure,
        corrected=key in corrected,
        addends=point.addends,
        restatements=restatements,
        contradiction=contested.get(report.format.by_concept.get(key, "")),
        shifts=shifts,
    )


def merged_note(say: Speech, name: str, addends: str) -> str:
    """The note on a figure of which the form prints only the addends."""
    return say("{name}：该年度格式分项列出，这里是{parts}之和。", name=name, parts=addends)
