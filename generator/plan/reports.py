"""A report's outputs: its page in every language; its tables, attachments and PDF once, in the statute's language."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path

from generator.derive import paths, words
from generator.derive.data.workbook import workbook
from generator.derive.report_page import report_page
from generator.derive.version_page import version_page
from generator.language.versions import versions as all_versions
from generator.model.agency import Agency
from generator.model.digest import digest
from generator.model.finding import Location, Text
from generator.model.job import AnyJob, Job, JobProblem, Payload, PrintJob
from generator.model.report import IMAGES, Attachment, Report
from generator.plan.edition import Edition
from generator.render import files as written
from generator.render import pdf, xlsx
from generator.render.report_yaml import report_yaml


def page(edition: Edition, report: Report) -> Job:
    """The report's page."""
    site, key = edition.site, (report.agency, report.year)
    found = edition.findings[key]
    inputs = _inputs(edition, report)
    around = {"held": digest(site.held.get(key)), "rollup": digest(key in site.rolled_up)}
    before = edition.findings.get((report.agency, report.year - 1), ())
    return edition.page(paths.report(*key), "report.html", lambda: report_page(site, report, found, before), **around, **inputs)


def versions(edition: Edition, report: Report) -> Iterator[Job]:
    """A page for each earlier version of a corrected report."""
    found = edition.findings[report.agency, report.year]
    for number in range(1, report.version):
        path = paths.version(report.agency, report.year, number)
        yield edition.page(path, "report.html", partial(version_page, edition.site, report, number, found), **_inputs(edition, report))


def _inputs(edition: Edition, report: Report) -> dict[str, str]:
    """What the report's page and its print page are made from."""
    return {
        "report": edition.reports[report.agency, report.year],
        "prior": edition.reports.get((report.agency, report.year - 1), ""),
        "agency": digest(edition.site.agencies[report.agency]),
        "years": digest(edition.site.years_by_agency[report.agency]),
    }


def files(edition: Edition, report: Report) -> Iterator[AnyJob]:
    """What stands beside the page: CSV, JSON, XLSX, attachments, PDF."""
    agency, folder = edition.site.agencies[report.agency], paths.report(report.agency, report.year)
    own = {"recipe": edition.recipe, "report": edition.contents[report.agency, report.year]}
    yield from _tables(agency, report, folder, own, lambda: report)
    yield _workbook(edition, report)
    for number in range(1, report.version):
        version = partial(_version, report, number)
        yield from _tables(agency, report, paths.version(report.agency, report.year, number), own, version)
    for attachment in report.attachments:
        source = edition.root / attachment.source
        yield Job(f"{folder}files/{attachment.name}", {"file": attachment.digest}, partial(_bytes, source, attachment))
    if edition.site.pdf:
        yield _printed(edition, report)


def _tables(agency: Agency, present: Report, folder: str, inputs: Mapping[str, str], version: Callable[[], Report]) -> Iterator[Job]:
    """The figures of a version of a report; `version` gives it, inside the job."""
    title = words.title(agency, present)
    yield Job(f"{folder}tables.csv", inputs, lambda: written.tables_csv(version()))
    named = {**inputs, "agency": digest(agency)}
    yield Job(f"{folder}tables.json", named, lambda: written.tables_json(agency, version(), title, present))


def _version(report: Report, number: int) -> Report:
    return all_versions(report)[number - 1]


def _workbook(edition: Edition, report: Report) -> Job:
    """The tables as a spreadsheet, with what was found and explained, and what the site says of itself."""
    site, key = edition.site, (report.agency, report.year)
    said = site.settings
    inputs = {
        "recipe": edition.recipe,
        "xlsx": xlsx.version(),
        "report": edition.reports[key],
        "agency": digest(site.agencies[report.agency]),
        "site": digest(said.title, said.notice, said.base_url, said.licence),
    }
    return Job(f"{paths.report(*key)}tables.xlsx", inputs, lambda: xlsx.written(workbook(site, report, edition.findings[key])))


def _printed(edition: Edition, report: Report) -> PrintJob:
    """The PDF of a report: made from its print page, the print style, its images and data, the fonts and WeasyPrint, and nothing else."""
    css, folder = edition.theme.print, paths.report(report.agency, report.year)
    images = [one for one in report.attachments if one.name.lower().endswith(IMAGES)]

    paper, found = edition.paper, edition.findings[report.agency, report.year]
    page = paper.page(folder, "print.html", lambda: report_page(paper.site, report, found, for_print=True), **_inputs(edition, report))

    def payload() -> Payload:
        attached = {
            "report.yaml": report_yaml(report),
            "tables.csv": written.tables_csv(report),
            "findings.json": written.findings_json(report, found),
        }
        return {
            "css": css.encode(),
            pdf.DATED: (report.published or date(report.year, 12, 31)).isoformat().encode(),
            **{f"{pdf.ATTACHED}{name}": data for name, data in attached.items()},
            **{f"files/{one.name}": _bytes(edition.root / one.source, one) for one in images},
        }

    inputs = {
        "data": edition.reports[report.agency, report.year],
        "style": digest(css),
        "images": digest({one.name: one.digest for one in images}),
        "fonts": pdf.installed(),
        "recipe": pdf.recipe(),
    }
    return PrintJob(f"{folder}report.pdf", Job(f"{folder}print", page.inputs, page.make, public=False), inputs, pdf.press, payload)


def _bytes(path: Path, attachment: Attachment) -> bytes:
    """The bytes of an attachment, which must be those the job was planned with: a cache must never hold anything else."""
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != attachment.digest:
        said = Text("生成过程中文件有变动，请再生成一次", "the file changed during the build; build again")
        raise JobProblem("B-03", Location(attachment.source), said)
    return data
