"""What somebody must look at in an import, as findings: one for each row, and for each word."""

from __future__ import annotations

from collections.abc import Iterator

from generator.importing.document import Transcript, is_unsure
from generator.importing.solving import CellReading, How
from generator.importing.wording import cause_text, how_text
from generator.language.glosses import heading_name
from generator.language.sentence import joined, sentence
from generator.load.report import UNCOMPARED
from generator.model.finding import Finding, Location, Severity, Text
from generator.model.format import Cell, Heading
from generator.model.law import Law

Doubt = tuple[Cell, CellReading]


def findings(law: Law, name: str, transcript: Transcript) -> Iterator[Finding]:
    """The findings of a transcript of the file `name`."""
    for heading, doubts in _by_row(transcript):
        places = [token.spot for _, reading in doubts for token in reading.tokens]
        spot = places[0] if places else None
        message = sentence("“{row}”一行：{doubts}", row=_name(heading), doubts=row_remark(doubts))
        yield law.finding(
            UNCOMPARED,
            Location(name, spot.line if spot else 1, spot.column if spot else 1),
            message,
            severity=Severity.WARNING,
            year=transcript.year or None,
            cells=tuple(cell.address for cell, _ in doubts),
        )
    for question in transcript.questions:
        message = sentence("“{text}”不是格式里的行名，这一行没有读", text=question.text)
        advice = sentence("是否应为“{near}”？", near=question.nearest) if question.nearest else None
        yield law.finding(
            UNCOMPARED,
            Location(name, question.spot.line, question.spot.column),
            message,
            severity=Severity.WARNING,
            year=transcript.year or None,
            advice=advice,
        )


def mark(law: Law) -> str:
    """What stands behind a row of report.yaml until somebody has compared it with the source."""
    return law.rules[UNCOMPARED].words[0]


def _name(heading: Heading) -> Text:
    return heading_name(heading)


def _by_row(transcript: Transcript) -> list[tuple[Heading, list[Doubt]]]:
    """The rows with cells that somebody must look at, in the order of the form."""
    rows: dict[tuple[str, str], tuple[Heading, list[Doubt]]] = {}
    for address, reading in transcript.cells.items():
        cell = transcript.form.cells[address]
        if is_unsure(reading):
            _, doubts = rows.setdefault((cell.table, cell.row.path), (cell.row, []))
            doubts.append((cell, reading))
    return list(rows.values())


def row_remark(doubts: list[Doubt]) -> Text:
    """Why the cells of a row need a look: those with the same reason together."""
    by_reason: dict[Text, list[Cell]] = {}
    for cell, reading in doubts:
        by_reason.setdefault(_reason(reading), []).append(cell)
    clauses = []
    for reason, cells in by_reason.items():
        names = joined([heading_name(cell.column) for cell in cells], "、")
        clauses.append(sentence("{cells} {reason}", cells=names, reason=reason))
    return joined(clauses, "；")


def _reason(reading: CellReading) -> Text:
    why = cause_text(reading.cause)
    if reading.how is How.UNREADABLE:
        return why or how_text(reading)
    how = how_text(reading)
    return sentence("{how}（{why}）", how=how, why=why) if why else how


def row_sources(transcript: Transcript) -> Iterator[tuple[Text, Text, CellReading]]:
    """(row, remark, a cell) of each row that somebody must look at."""
    for heading, doubts in _by_row(transcript):
        yield _name(heading), row_remark(doubts), doubts[0][1]


def row_remarks(transcript: Transcript) -> dict[str, Text]:
    """The remarks for the rows of report.yaml, by `table.row`."""
    return {
        f"{doubts[0][0].table}.{heading.path}": row_remark(doubts)
        for heading, doubts in _by_row(transcript)
    }
