"""The JSON interface below /data/v1/: documents that programs read.

Addresses in a document are relative to it. A report's figures are not written a second time: its
document is the `tables.json` beside its page, to which every list here leads. The types of the
documents, and from them their schemas, are in documents.py.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from generator.derive import paths, words
from generator.derive.data import documents
from generator.derive.data.dataset import Records
from generator.derive.data.documents import (
    UNSET,
    Agencies,
    AgencyEntry,
    Document,
    FormEntry,
    Index,
    IndexBoard,
    IndexYear,
    Licence,
    Name,
    Parent,
    ReportEntry,
    ReportYear,
    Tables,
    TablesAgency,
    TablesChange,
    TablesCorrection,
    TablesExplanation,
    TablesExtra,
    TablesFigure,
    TablesRewording,
    Unset,
    YearRollup,
    as_document,
)
from generator.derive.data.open_data import FileOf
from generator.language.numerals import stands
from generator.language.speech import ENGLISH
from generator.language.versions import mark
from generator.model.agency import Agency
from generator.model.correction import Correction
from generator.model.dataset import DataTable, Row
from generator.model.downloads import ReportFile
from generator.model.figure import Figure
from generator.model.format import Cell
from generator.model.report import Explanation, Report
from generator.model.site import Site

KINDS = ("index", "agencies", "agency", "year", "concepts", "findings", "report")
# The folder of a kind of document, where it is not named as the kind is.
FOLDERS = {"agency": "agencies", "year": "years", "schema": "schemas"}


def path(kind: str, name: object = "") -> str:
    """Where a document is: of its kind alone, or of this agency or year."""
    folder = FOLDERS.get(kind, kind)
    return f"{paths.API}{folder}/{name}.json" if name else f"{paths.API}{folder}.json"


def _relative(target: str, document: str) -> str:
    """The address of a file, as seen from a document."""
    return posixpath.relpath(target, posixpath.dirname(document))


def _page(folder: str, document: str) -> str:
    """The address of a page, as seen from a document."""
    return _relative(paths.file(folder), document)


def index(site: Site, about: str, tables: Sequence[FileOf], covered: Sequence[int]) -> Document:
    """Where everything is.

    `about` states what the data are, `tables` are the files that hold a table or all of them,
    `covered` the years that have a coverage board.
    """
    document = path("index")
    years = []
    for number in site.years:
        href = _relative(path("year", number), document)
        years.append(IndexYear(number, len(site.by_year[number]), href))
    coverage = []
    for number in covered:
        csv = _relative(paths.coverage_file(number), document)
        coverage.append(IndexBoard(number, _page(paths.coverage(number), document), csv))
    content = Index(
        title=site.settings.title,
        description=about,
        licence=_licence(site),
        page=_page(paths.DATA, document),
        package=_relative(f"{paths.DATA}datapackage.json", document),
        agencies=_relative(path("agencies"), document),
        concepts=_relative(path("concepts"), document),
        files={file.name: _relative(file.path, document) for file in tables},
        years=years,
        coverage=coverage,
        schemas={kind: _relative(path("schema", kind), document) for kind in KINDS},
    )
    return as_document(content)


def _licence(site: Site) -> Licence | None:
    licence = site.settings.licence
    return Licence(licence.get("name"), licence.get("url")) if licence else None


def agencies(site: Site) -> Document:
    """Every body, whether it has a report or not."""
    document = path("agencies")
    entries = [
        AgencyEntry(
            agency=slug,
            name=body.name,
            name_en=body.gloss.say(ENGLISH) or None,
            kind=body.kind,
            level=body.level,
            parent=body.parent or None,
            years=list(site.years_by_agency.get(slug, ())),
            href=_relative(path("agency", slug), document),
        )
        for slug, body in sorted(site.agencies.items())
    ]
    return as_document(Agencies(entries))


def agency(site: Site, body: Agency) -> Document:
    """A body with all its names and reports. A body without a report has no page."""
    document = path("agency", body.slug)
    has_page = site.has_page.get(body.slug, False)
    content = documents.Agency(
        agency=body.slug,
        name=body.name,
        name_en=body.gloss.say(ENGLISH) or None,
        kind=body.kind,
        level=body.level,
        names=[Name(span.value, _day(span.start), _day(span.end)) for span in body.names],
        parents=[Parent(span.value, _day(span.start), _day(span.end)) for span in body.parents],
        uscc=body.uscc or None,
        division_code=body.division_code or None,
        page=_page(paths.agency(body.slug), document) if has_page else None,
        reports=[_report(site, report, document) for report in site.of(body.slug)],
    )
    return as_document(content)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def year(site: Site, number: int) -> Document:
    """All reports of a reporting year, and where their figures and findings are.

    Also the governments set beside the sums of their members.
    """
    document = path("year", number)
    rollups = []
    for slug, years in sorted(site.rolled_up.items()):
        if number in years:
            page = _page(paths.rollup(slug, number), document)
            csv = _relative(paths.rollup_file(slug, number), document)
            rollups.append(YearRollup(slug, page, csv))
    content = ReportYear(
        year=number,
        figures=_relative(paths.figures(number), document),
        findings=_relative(path("findings", number), document),
        reports=[_report(site, report, document) for report in site.by_year[number]],
        rollups=rollups,
    )
    return as_document(content)


def _report(site: Site, report: Report, document: str) -> ReportEntry:
    """The entry of a report in a document."""
    body = site.agencies[report.agency]
    tables = paths.report_file(report.agency, report.year, ReportFile.JSON)
    return ReportEntry(
        agency=body.slug,
        name=body.name_in(report.year),
        year=report.year,
        form=report.format.id,
        version=report.version,
        title=words.title(body, report),
        published=_day(report.published),
        page=_page(paths.report(report.agency, report.year), document),
        tables=_relative(tables, document),
        of=_relative(path("agency", body.slug), document),
    )


def tables(agency: Agency, report: Report, title: str, present: Report) -> Document:
    """A report as one document: agency, year, form, figures, explanations, corrections.

    A report that is not the `present` version also has the day on which it was superseded and the
    address of the present version.
    """
    superseded: str | Unset = UNSET
    current: str | Unset = UNSET
    if report.version != present.version:
        superseded = present.corrections[report.version - 1].date.isoformat()
        current = "../../"
    content = Tables(
        agency=TablesAgency(agency.slug, agency.name_in(report.year)),
        year=report.year,
        format=report.format.id,
        title=title,
        published=_day(report.published),
        version=report.version,
        entered_by=report.entered_by,
        wording=report.wording,
        not_held=list(report.not_held),
        superseded=superseded,
        current=current,
        figures={
            address: _figure(report.format.cells[address], figure)
            for address, figure in report.figures.items()
        },
        extra_rows=[TablesExtra(row.table, row.label, row.text) for row in report.extras],
        explanations=[_explanation(report, explanation) for explanation in report.explanations],
        corrections=[_correction(correction) for correction in report.corrections],
        texts={text.id: mark(text) for text in report.texts},
        attachments={attachment.name: attachment.digest for attachment in report.attachments},
    )
    return as_document(content)


def _figure(cell: Cell, figure: Figure) -> TablesFigure:
    unit: str | Unset = UNSET
    if figure.unit or not cell.column.as_reported:
        unit = figure.unit or cell.unit
    value = figure.value
    return TablesFigure(
        label=cell.label,
        state=figure.state,
        value=float(value) if isinstance(value, Decimal) else value,
        raw=stands(figure),
        unit=unit,
        computed=figure.computed,
    )


def _explanation(report: Report, explanation: Explanation) -> TablesExplanation:
    return TablesExplanation(
        rule=explanation.rule,
        cell=explanation.cell or None,
        reason=explanation.reason,
        person=explanation.person or None,
        given_by=report.entered_by,
    )


def _correction(correction: Correction) -> TablesCorrection:
    cells = [
        TablesChange(change.cell, change.before, change.after) for change in correction.changes
    ]
    texts = [
        TablesRewording(rewording.part, rewording.before, rewording.after)
        for rewording in correction.rewordings
    ]
    return TablesCorrection(
        correction.date.isoformat(), correction.reason, cells, texts, list(correction.also)
    )


def concepts(site: Site, records: Records, tables: Mapping[str, DataTable]) -> Document:
    """What figures mean: the forms, the meanings, and every cell of each form with its meaning."""
    forms = [
        FormEntry(form.id, form.title, form.basis, form.first_year, form.last_year)
        for form in site.law.formats
    ]
    return {
        "forms": [as_document(form) for form in forms],
        "concepts": [*_documents(tables["concepts"], records("concepts"))],
        "cells": [*_documents(tables["dictionary"], records("dictionary"))],
    }


def findings(number: int, records: Records, tables: Mapping[str, DataTable]) -> Document:
    """What was found in the reports of a year."""
    rows = records("findings", number)
    return {"year": number, "findings": [*_documents(tables["findings"], rows)]}


def _documents(table: DataTable, rows: Iterator[Row]) -> Iterator[Document]:
    """The rows of a table, each value under the name of its column."""
    for row in rows:
        values = map(_json_value, row)
        yield dict(zip(table.names, values, strict=True))


def _json_value(value: object) -> object:
    """A value as JSON has it: an empty text is null, a day a text, a decimal a number."""
    match value:
        case date():
            return value.isoformat()
        case Decimal():
            return float(value)
        case "":
            return None
    return value
