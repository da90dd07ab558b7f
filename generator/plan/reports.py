"""The files beside a report's page: its tables, attachments and PDF, in the statute's language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

from generator.derive import paths, words
from generator.derive.data.api import tables
from generator.derive.data.beside import tables_lines
from generator.derive.data.workbook import workbook
from generator.files.door import Door
from generator.language.versions import versions as all_versions
from generator.model.agency import Agency
from generator.model.digest import digest
from generator.model.downloads import ReportFile
from generator.model.finding import Finding
from generator.model.job import AnyJob, Job, Part, Payload, PrintJob
from generator.model.report import IMAGES, Attachment, Report
from generator.model.site import Site
from generator.pages.report import print_page
from generator.parts.body import beside_report
from generator.parts.edition import Edition
from generator.parts.files import PlannedFile, unchanged
from generator.render import pdf, xlsx
from generator.render.documents import document, findings_json
from generator.render.report_yaml import report_yaml
from generator.render.table_files import marked_csv


def jobs(edition: Edition) -> Iterator[AnyJob]:
    """The files of all reports."""
    for report in edition.site.reports.values():
        yield from _files(edition, report)


def _files(edition: Edition, report: Report) -> Iterator[AnyJob]:
    """What stands beside the page: CSV, JSON, XLSX, attachments, PDF."""
    slug, year = report.agency, report.year
    agency = edition.site.agencies[slug]
    folder = paths.report(slug, year)
    yield _table_csv(edition, folder, _csv, report)
    yield _tables_json(edition, folder, agency, report, report.version)
    yield _workbook(edition, report)
    for number in range(1, report.version):
        place = paths.version(slug, year, number)
        version = Part.of("version", number)
        yield _table_csv(edition, place, _version_csv, report, version)
        yield _tables_json(edition, place, agency, report, number)
    for attachment in report.attachments:
        file = _planned(edition.root, attachment)
        yield Job(
            f"{folder}files/{attachment.name}", unchanged, [Part(file, {"file": attachment.digest})]
        )
    if edition.site.pdf:
        yield _printed(edition, report)


def _table_csv(
    edition: Edition, folder: str, make: Callable[..., bytes], report: Report, *parts: Part
) -> Job:
    return Job(f"{folder}{ReportFile.CSV}", make, [edition.report(report), *parts], edition.made_by)


def _tables_json(edition: Edition, folder: str, agency: Agency, report: Report, number: int) -> Job:
    parts = [Part.of("agency", agency), edition.report(report), Part.of("version", number)]
    return Job(f"{folder}{ReportFile.JSON}", _version_json, parts, edition.made_by)


def _version(report: Report, number: int) -> Report:
    return report if number == report.version else all_versions(report)[number - 1]


def _csv(report: Report) -> bytes:
    return marked_csv(tables_lines(report))


def _version_csv(report: Report, number: int) -> bytes:
    return _csv(_version(report, number))


def _version_json(agency: Agency, report: Report, number: int) -> bytes:
    title = words.title(agency, report)
    return document(tables(agency, _version(report, number), title, report))


def _workbook(edition: Edition, report: Report) -> Job:
    """The tables as a spreadsheet, with what was found and explained, and what the site says of
    itself.
    """
    return Job(
        paths.report_file(report.agency, report.year, ReportFile.WORKBOOK),
        _xlsx,
        [
            edition.select.agencies("agency", [report.agency]).part(),
            edition.report(report),
            edition.findings_in(report),
        ],
        {**edition.made_by, "xlsx": xlsx.version()},
    )


def _xlsx(site: Site, report: Report, findings: Sequence[Finding]) -> bytes:
    return xlsx.workbook_bytes(workbook(site, report, findings))


def _printed(edition: Edition, report: Report) -> PrintJob:
    """The PDF of a report: made from its print page, the print style, its images and data, the
    fonts and WeasyPrint, and nothing else.
    """
    css = edition.theme.print
    folder = paths.report(report.agency, report.year)
    images = [file for file in report.attachments if file.name.lower().endswith(IMAGES)]
    paper = edition.paper
    printed = paper.page(
        folder,
        "print.html",
        print_page,
        beside_report(paper, report),
        edition.report(report),
        edition.findings_in(report),
    )
    image_digests = {image.name: image.digest for image in images}
    planned = [(image.name, _planned(edition.root, image)) for image in images]
    return PrintJob(
        paths.report_file(report.agency, report.year, ReportFile.PDF),
        Job(f"{folder}print", printed.make, printed.parts, printed.made_by, public=False),
        pdf.press,
        _payload,
        [
            Part.of("style", css),
            edition.report(report),
            edition.findings_in(report),
            Part(planned, {"images": digest(image_digests)}),
        ],
        {"fonts": pdf.installed(), "recipe": pdf.recipe()},
    )


def _payload(
    css: str,
    report: Report,
    findings: Sequence[Finding],
    images: Sequence[tuple[str, PlannedFile]],
) -> Payload:
    """What a report is printed with, and what is attached to its PDF."""
    attached = {
        "report.yaml": report_yaml(report),
        "tables.csv": _csv(report),
        "findings.json": findings_json(report, findings),
    }
    day = report.published or date(report.year, 12, 31)
    return {
        "css": css.encode(),
        pdf.DATED: day.isoformat().encode(),
        **{f"{pdf.ATTACHED}{name}": data for name, data in attached.items()},
        **{f"files/{name}": unchanged(image) for name, image in images},
    }


def _planned(root: Path, attachment: Attachment) -> PlannedFile:
    return Door(root), attachment.source, attachment.size, attachment.digest
