"""What pages, workbooks and lists tell of a report: its facts, and the notes on its figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.derive import (
    corrections,
    transcription,
    words,
)
from generator.language.glosses import cell_name
from generator.language.sentence import whole_message
from generator.language.speech import Speech, speech
from generator.model.finding import Finding, Severity
from generator.model.report import Explanation, Report
from generator.model.report_view import Note
from generator.model.site import Site
from generator.model.transcription import By

Findings = Sequence[Finding]


def facts(site: Site, report: Report, present: Report, say: Speech) -> Iterator[tuple[str, str]]:
    """The lines of the metadata block, also those without a value."""
    agency = site.agencies[report.agency]
    yield say("发布机关"), words.called(agency, say, agency.name_in(report.year))
    yield say("统计期限"), say("{year} 年 1 月 1 日至 12 月 31 日", year=report.year)
    yield say("采用格式"), report.format.basis
    yield say("成文日期"), say.day(report.signed)
    yield say("发布日期"), transcription.day(report, say)
    yield say("版本"), corrections.version(report, present, say)
    yield say("信息来源"), report.source
    yield say("索引号"), report.index_number
    yield say("原文网址"), transcription.address(report, say)
    yield from transcription.facts(report, say)


def notes(
    site: Site, report: Report, findings: Findings, least: Severity = Severity.WARNING
) -> Iterator[Note]:
    """The notes under the tables of a report and at its end, in that order, each once.

    Of the findings that nobody explained, those of severity `least` or above.
    """
    tables = [table.id for table in report.format.tables]
    seen_notes: set[Note] = set()
    for table in (*tables, ""):
        for note in notes_under(site, report, table, findings, least):
            if note not in seen_notes:
                seen_notes.add(note)
                yield note


def notes_under(
    site: Site,
    report: Report,
    table: str,
    findings: Findings,
    least: Severity = Severity.WARNING,
) -> Iterator[Note]:
    """The notes under a table; with no table, those at the end of the report.

    The explanations come first (what does not agree and why, by the agency or by the editors who
    took the report over). Then come the findings that nobody explained, where the policy of the
    site lets such a report be published.
    """
    of_table = [finding for finding in findings if _concerns(finding, table)]
    kind = "editors" if report.entered_by is By.EDITORS else "explanation"
    for index, explanation in enumerate(report.explanations):
        explained = [finding for finding in of_table if finding.explained_by == index]
        if explained:
            about = _about(site, report, explanation, explained)
            yield Note(kind, explanation.reason, explanation.person, about)
    for finding in of_table:
        if not finding.explained and finding.severity.rank >= least.rank:
            yield Note(
                "finding", whole_message(finding).say(site.settings.language), about=finding.rule
            )


def _about(site: Site, report: Report, explanation: Explanation, findings: Findings) -> str:
    """What an explanation answers: the discrepancies, else the name of the rule and the cells."""
    say = speech(site.settings.language)
    if all(finding.difference is not None or not finding.cells for finding in findings):
        messages = [finding.message.say(say.language) for finding in findings]
        return say.clauses(messages)
    name = site.law.rules[explanation.rule].name.say(say.language)
    addresses = [address for finding in findings for address in finding.cells]
    if len(addresses) > 3:
        return say.plural("{name}，共 {count} 格", len(addresses), name=name)
    cells = say.listed(cell_name(report.format.cells[address], say) for address in addresses)
    return say("{name}：{cells}", name=name, cells=cells)


def _concerns(finding: Finding, table: str) -> bool:
    """Whether a finding concerns a table; without a table, whether it concerns none."""
    if not table:
        return not finding.cells
    return any(address.startswith(f"{table}.") for address in finding.cells)
