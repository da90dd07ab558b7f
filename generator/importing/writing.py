"""A transcript as the files of a report: report.yaml with its marks, and narrative.md."""

from __future__ import annotations

from generator.importing.document import Transcript, sections_in_order
from generator.importing.findings import mark, row_remarks
from generator.model.law import Law
from generator.model.report import Report
from generator.render.report_yaml import report_yaml


def yaml_of(law: Law, transcript: Transcript, agency: str, year: int) -> bytes:
    """The report.yaml; a row of which a cell is not simply read has a mark behind it."""
    texts = transcript.texts
    report = Report(
        agency,
        year,
        transcript.form,
        transcript.figures,
        {},
        title=texts.title,
        published=texts.published,
        signed=texts.signed,
        source=texts.origin,
    )
    remarks = {row: f"{mark(law)}：{text.source}" for row, text in row_remarks(transcript).items()}
    return report_yaml(report, filled=False, remarks=remarks)


def narrative_of(transcript: Transcript) -> str:
    """The narrative.md: the introduction, and each section under its title."""
    blocks = [transcript.texts.preface] if transcript.texts.preface else []
    for heading, text in sections_in_order(transcript.form, transcript.texts):
        if text:
            blocks.append(f"## {heading}\n\n{text}")
    return "\n\n".join(blocks) + "\n"
