"""The tables of the open data about bodies and what their reports hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from generator.derive import paths, words
from generator.derive.data.declaration import (
    GIVERS,
    SLUG,
    Declaration,
    Field,
    address_field,
    agency_field,
    agency_name_field,
    computed_field,
    concept_field,
    content_fields,
    field,
    form_field,
    rule_field,
    year_field,
)
from generator.derive.data.law_tables import OF_CELL, OF_RULE, SEVERITIES
from generator.language.numerals import stands
from generator.language.sentence import whole_message
from generator.language.speech import ENGLISH, Speech
from generator.model.agency import Agency
from generator.model.correction import Correction
from generator.model.dataset import DATE, FIGURES, INTEGER, NUMBER, STRING, Reference
from generator.model.figure import Figure
from generator.model.finding import Finding
from generator.model.format import Format
from generator.model.report import Explanation, Extra, Report
from generator.model.site import Site
from generator.model.transcription import Wording

REPORTS = "reports"
WORDINGS = tuple(wording.value for wording in Wording)
OF_AGENCY = Reference(("agency",), "agencies", ("agency",))
OF_REPORT = Reference(("agency", "year"), REPORTS, ("agency", "year"))

# (slug, year) → the findings of a report.
Findings = Mapping[tuple[str, int], Sequence[Finding]]


@dataclass(frozen=True)
class Selection:
    """The reports that rows are taken from, of a year or all; with what was found in them."""

    site: Site
    reports: Sequence[Report]
    findings: Findings


class Body(NamedTuple):
    """A body of the site."""

    site: Site
    agency: Agency

    @property
    def parent(self) -> str:
        """The slug of the body above it, where the site has that body."""
        return self.agency.parent if self.agency.parent in self.site.agencies else ""

    @property
    def page(self) -> str:
        """The address of its page; empty where it has none."""
        slug = self.agency.slug
        return paths.file(paths.agency(slug)) if self.site.has_page.get(slug, False) else ""


def agencies(say: Speech) -> Declaration[Site, Body]:
    """Every body, whether it has a report or not."""
    return Declaration("agencies", say("机关"), _bodies, tuple(_agency_fields(say)), ("agency",))


def _agency_fields(say: Speech) -> Iterator[Field[Body]]:
    """The columns of the table."""
    kinds = tuple(words.kinds(say))
    levels = tuple(words.levels(say))
    page = say("机关页在本站的地址，从网站的根算起")
    yield agency_field(say, lambda body: body.agency.slug)
    yield field("name", STRING, say("现在的名称"), lambda body: body.agency.name, required=True)
    yield field("name_en", STRING, say("英文名称"), lambda body: body.agency.gloss.say(ENGLISH))
    yield field(
        "former_names",
        STRING,
        say("以前的名称，用 | 隔开"),
        lambda body: "|".join(span.value for span in body.agency.names[:-1]),
    )
    yield field(
        "kind",
        STRING,
        say("机关的类型"),
        lambda body: body.agency.kind,
        required=True,
        choices=kinds,
    )
    yield field(
        "level",
        STRING,
        say("机关的层级"),
        lambda body: body.agency.level,
        required=True,
        choices=levels,
    )
    yield field("parent", STRING, say("现在的上级机关"), lambda body: body.parent, pattern=SLUG)
    yield field("uscc", STRING, say("统一社会信用代码"), lambda body: body.agency.uscc)
    yield field(
        "division_code", STRING, say("行政区划代码"), lambda body: body.agency.division_code
    )
    yield field("page", STRING, page, lambda body: body.page)


def _bodies(site: Site) -> Iterator[Body]:
    for _, agency in sorted(site.agencies.items()):
        yield Body(site, agency)


class ReportEntry(NamedTuple):
    """A report and its body."""

    agency: Agency
    report: Report

    @property
    def page(self) -> str:
        """The address of its page."""
        return paths.file(paths.report(self.agency.slug, self.report.year))


def reports(say: Speech) -> Declaration[Selection, ReportEntry]:
    """Every report, with what it says of itself."""
    key = ("agency", "year")
    return Declaration(
        REPORTS, say("各份报告"), _entries, tuple(_report_fields(say)), key, (OF_AGENCY,)
    )


def _report_fields(say: Speech) -> Iterator[Field[ReportEntry]]:
    """The columns of the table."""
    not_held = say(
        "原报告中本站没有收录或不详的，用空格隔开："
        "published 发布日期，source_url 原文网址，其余是各部分的文字"
    )
    yield agency_field(say, lambda entry: entry.report.agency)
    yield agency_name_field(say, lambda entry: entry.agency.name_in(entry.report.year))
    yield year_field(say, lambda entry: entry.report.year)
    yield form_field(say, lambda entry: entry.report.format.id)
    yield field(
        "version",
        INTEGER,
        say("第几版：公开更正过几次，再加 1；数字总是最新一版的"),
        lambda entry: entry.report.version,
        required=True,
    )
    yield field(
        "title",
        STRING,
        say("报告的标题"),
        lambda entry: words.title(entry.agency, entry.report),
        required=True,
    )
    yield field("published", DATE, say("报告写明的发布日期"), lambda entry: entry.report.published)
    yield field("signed", DATE, say("成文日期"), lambda entry: entry.report.signed)
    yield field("source", STRING, say("信息来源"), lambda entry: entry.report.source)
    yield field("source_url", STRING, say("原文网址"), lambda entry: entry.report.source_url)
    yield field("index_number", STRING, say("索引号"), lambda entry: entry.report.index_number)
    yield field(
        "page",
        STRING,
        say("报告页在本站的地址，从网站的根算起"),
        lambda entry: entry.page,
        required=True,
    )
    yield field(
        "entered_by",
        STRING,
        say("谁录入的：agency 机关，editors 本站编者（从公开发布的报告转录）"),
        lambda entry: entry.report.entered_by.value,
        required=True,
        choices=GIVERS,
    )
    yield field(
        "wording",
        STRING,
        say("文字：verbatim 机关的原文，rewritten 由本站编者依据事实改写"),
        lambda entry: entry.report.wording.value,
        required=True,
        choices=WORDINGS,
    )
    yield field("not_held", STRING, not_held, lambda entry: " ".join(entry.report.not_held))


def _entries(selection: Selection) -> Iterator[ReportEntry]:
    for report in selection.reports:
        yield ReportEntry(selection.site.agencies[report.agency], report)


class FigureEntry(NamedTuple):
    """A figure of a report.

    Of all tables this one has the most rows, a few hundred for each report: what is the same for
    all figures of a report is looked up once.
    """

    agency: str
    agency_name: str
    year: int
    form: str
    cell: _CellOfForm
    figure: Figure


class _CellOfForm(NamedTuple):
    """What is the same for a cell in every report of its form."""

    address: str
    label: str
    concept: str
    unit: str


def figures(say: Speech) -> Declaration[Selection, FigureEntry]:
    """Every figure of every report."""
    key = ("agency", "year", "address")
    title = say("数字，每格一行")
    return Declaration(
        FIGURES, title, _figures, tuple(_figure_fields(say)), key, (OF_REPORT, OF_CELL)
    )


def _figure_fields(say: Speech) -> Iterator[Field[FigureEntry]]:
    """The columns of the table."""
    raw_meaning = say(
        "报告原来的写法；空：与数字或 state 的通常写法相同，或无法辨认。"
        "各报告的 tables.json 里总是写出"
    )
    yield agency_field(say, lambda entry: entry.agency)
    yield agency_name_field(say, lambda entry: entry.agency_name)
    yield year_field(say, lambda entry: entry.year)
    yield form_field(say, lambda entry: entry.form)
    yield address_field(say, lambda entry: entry.cell.address)
    yield field("label", STRING, say("行和列的简称"), lambda entry: entry.cell.label, required=True)
    yield concept_field(say, lambda entry: entry.cell.concept)
    yield from content_fields(
        say,
        value=lambda entry: entry.figure.value,
        unit=lambda entry: entry.figure.unit or entry.cell.unit,
        state=lambda entry: entry.figure.state.value,
    )
    yield field("raw", STRING, raw_meaning, lambda entry: raw(entry.figure))
    yield computed_field(say, lambda entry: entry.figure.computed)


def _figures(selection: Selection) -> Iterator[FigureEntry]:
    for report in selection.reports:
        agency = selection.site.agencies[report.agency]
        yield from figure_entries(report, agency.name_in(report.year))


def figure_entries(report: Report, name: str) -> Iterator[FigureEntry]:
    """A report's figures in print order; `name` is what its body was called."""
    agency = report.agency
    year = report.year
    form = report.format.id
    cells = _cells(report.format)
    for cell, figure in zip(cells, report.figures.values(), strict=True):
        yield FigureEntry(agency, name, year, form, cell, figure)


@lru_cache(maxsize=32)
def _cells(form: Format) -> tuple[_CellOfForm, ...]:
    """The cells of a form in print order."""
    return tuple(
        _CellOfForm(address, cell.label, cell.concept, cell.unit)
        for address, cell in form.cells.items()
    )


def raw(figure: Figure) -> str:
    """The text of a figure in the report, on one line.

    Empty where the figure is printed in the same way, and where it cannot be read.
    """
    text = stands(figure)
    return "" if text is None or text == figure.text else " ".join(text.split())


class FindingEntry(NamedTuple):
    """A finding of a report."""

    report: Report
    finding: Finding

    @property
    def reason(self) -> str:
        """The public explanation of it; empty for none."""
        index = self.finding.explained_by
        return "" if index is None else self.report.explanations[index].reason

    @property
    def giver(self) -> str:
        """Who explained it; empty where nobody did."""
        return self.report.entered_by.value if self.finding.explained else ""


def findings(say: Speech) -> Declaration[Selection, FindingEntry]:
    """What was found in the reports."""
    references = (OF_REPORT, OF_RULE)
    return Declaration(
        "findings", say("核对结果"), _findings, tuple(_finding_fields(say)), (), references
    )


def _finding_fields(say: Speech) -> Iterator[Field[FindingEntry]]:
    """The columns of the table."""
    severity = say(
        "级别；已有说明的（见 explanation、given_by）降为 info，规则本来的级别见 rules 表"
    )
    giver = say("说明是谁写的：agency 机关，editors 转录报告的编者；空：没有说明")
    yield agency_field(say, lambda entry: entry.report.agency)
    yield year_field(say, lambda entry: entry.report.year)
    yield rule_field(say, lambda entry: entry.finding.rule)
    yield field(
        "severity",
        STRING,
        severity,
        lambda entry: entry.finding.severity.value,
        required=True,
        choices=SEVERITIES,
    )
    yield field(
        "message",
        STRING,
        say("发现了什么"),
        lambda entry: whole_message(entry.finding).source,
        required=True,
    )
    yield field(
        "message_en",
        STRING,
        say("同上，英文"),
        lambda entry: whole_message(entry.finding).say(ENGLISH),
        required=True,
    )
    yield field(
        "addresses",
        STRING,
        say("有关的格，用空格隔开"),
        lambda entry: " ".join(entry.finding.cells),
    )
    yield field("expected", NUMBER, say("按规则应有的数"), lambda entry: entry.finding.expected)
    yield field("actual", NUMBER, say("报告里的数"), lambda entry: entry.finding.actual)
    yield field("difference", NUMBER, say("两边的差"), lambda entry: entry.finding.difference)
    yield field("explanation", STRING, say("公开的说明；空：没有说明"), lambda entry: entry.reason)
    yield field("given_by", STRING, giver, lambda entry: entry.giver, choices=GIVERS)


def _findings(selection: Selection) -> Iterator[FindingEntry]:
    for report in selection.reports:
        for finding in selection.findings[report.agency, report.year]:
            yield FindingEntry(report, finding)


class ExplanationEntry(NamedTuple):
    """An explanation of a report."""

    report: Report
    explanation: Explanation


def explanations(say: Speech) -> Declaration[Selection, ExplanationEntry]:
    """The public explanations, by bodies and by editors."""
    title = say("机关和编者的说明")
    return Declaration(
        "explanations",
        title,
        _explanations,
        tuple(_explanation_fields(say)),
        (),
        (OF_REPORT, OF_RULE),
    )


def _explanation_fields(say: Speech) -> Iterator[Field[ExplanationEntry]]:
    """The columns of the table."""
    cell = say("说明的是哪一格；空：不限于一格")
    yield agency_field(say, lambda entry: entry.report.agency)
    yield year_field(say, lambda entry: entry.report.year)
    yield rule_field(say, lambda entry: entry.explanation.rule)
    yield field("address", STRING, cell, lambda entry: entry.explanation.cell)
    yield field(
        "reason", STRING, say("原因"), lambda entry: entry.explanation.reason, required=True
    )
    yield field("person", STRING, say("责任人"), lambda entry: entry.explanation.person)
    yield field(
        "given_by",
        STRING,
        say("谁写的：agency 机关，editors 转录报告的编者"),
        lambda entry: entry.report.entered_by.value,
        required=True,
        choices=GIVERS,
    )


def _explanations(selection: Selection) -> Iterator[ExplanationEntry]:
    for report in selection.reports:
        for explanation in report.explanations:
            yield ExplanationEntry(report, explanation)


class ChangeEntry(NamedTuple):
    """A change of a correction: of a cell, or of the words of a part; of neither is none stated."""

    report: Report
    correction: Correction
    cell: str = ""
    part: str = ""
    before: str = ""
    after: str = ""


def corrections(say: Speech) -> Declaration[Selection, ChangeEntry]:
    """The public corrections, one change a row."""
    return Declaration(
        "corrections", say("更正"), _changes, tuple(_correction_fields(say)), (), (OF_REPORT,)
    )


def _correction_fields(say: Speech) -> Iterator[Field[ChangeEntry]]:
    """The columns of the table."""
    cell = say("更正了哪一格；空：更正的是文字，或没有写明")
    text = say("更正了哪一部分的文字；空：更正的是格")
    yield agency_field(say, lambda entry: entry.report.agency)
    yield year_field(say, lambda entry: entry.report.year)
    yield field("date", DATE, say("更正的日期"), lambda entry: entry.correction.date, required=True)
    yield field("reason", STRING, say("原因"), lambda entry: entry.correction.reason, required=True)
    yield field("address", STRING, cell, lambda entry: entry.cell)
    yield field("part", STRING, text, lambda entry: entry.part)
    yield field("before", STRING, say("更正前"), lambda entry: entry.before)
    yield field("after", STRING, say("更正后"), lambda entry: entry.after)


def _changes(selection: Selection) -> Iterator[ChangeEntry]:
    for report in selection.reports:
        for correction in report.corrections:
            entry = ChangeEntry(report, correction)
            for change in correction.changes:
                yield entry._replace(cell=change.cell, before=change.before, after=change.after)
            for text in correction.rewordings:
                yield entry._replace(part=text.part, before=text.before, after=text.after)
            for aspect in correction.also:
                yield entry._replace(part=aspect)
            if not (correction.changes or correction.rewordings or correction.also):
                yield entry


class ExtraEntry(NamedTuple):
    """A row that a report has beyond its form."""

    report: Report
    extra: Extra


def extra_rows(say: Speech) -> Declaration[Selection, ExtraEntry]:
    """The rows that reports have beyond their forms."""
    title = say("法定表以外另列的行")
    return Declaration(
        "extra_rows", title, _extras, tuple(_extra_row_fields(say)), (), (OF_REPORT,)
    )


def _extra_row_fields(say: Speech) -> Iterator[Field[ExtraEntry]]:
    """The columns of the table."""
    yield agency_field(say, lambda entry: entry.report.agency)
    yield year_field(say, lambda entry: entry.report.year)
    yield field(
        "table", STRING, say("写在哪张表之后"), lambda entry: entry.extra.table, required=True
    )
    yield field("label", STRING, say("行的名称"), lambda entry: entry.extra.label, required=True)
    yield field("text", STRING, say("内容，照录"), lambda entry: entry.extra.text)


def _extras(selection: Selection) -> Iterator[ExtraEntry]:
    for report in selection.reports:
        for extra in report.extras:
            yield ExtraEntry(report, extra)
