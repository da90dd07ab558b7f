"""The files that a report offers for download, as pages and lists show them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from generator.derive import paths, words
from generator.language.speech import Speech
from generator.model.downloads import OF_VERSIONS, ReportFile
from generator.model.report import Report
from generator.model.report_view import Download
from generator.model.site import Site


def offered(site: Site, *, earlier_version: bool = False) -> Iterator[ReportFile]:
    """The files that the site makes of a report, or of an earlier version of one."""
    for file in ReportFile:
        if earlier_version and file not in OF_VERSIONS:
            continue
        if file is not ReportFile.PDF or site.pdf:
            yield file


def links(site: Site, report: Report) -> tuple[Download, ...]:
    """The files of a report, for a list of many reports: no more than their labels."""
    name = words.file_name(site, report)
    return tuple(
        Download(
            file.label, paths.report_file(report.agency, report.year, file), "", _saved(name, file)
        )
        for file in offered(site)
    )


def downloads(site: Site, report: Report, number: int, say: Speech) -> tuple[Download, ...]:
    """The files of a report with what each is for.

    `number` is that of an earlier version, 0 for the report in force.
    """
    name = words.file_name(site, report)
    files = []
    for file in offered(site, earlier_version=bool(number)):
        path = paths.report_file(report.agency, report.year, file, number)
        saved = _saved(name, file)
        files.append(Download(file.label, path, purpose(say, file), saved, file))
    return tuple(files)


def _saved(name: str, file: ReportFile) -> str:
    """The name under which a reader saves the file."""
    return f"{name}.{file.ending}"


def purpose(say: Speech, file: ReportFile) -> str:
    """What a file holds, and for whom."""
    match file:
        case ReportFile.PDF:
            return say("全文，适合打印，附有数据")
        case ReportFile.WORKBOOK:
            return say("三张表，每格一行，另有法定样式")
        case ReportFile.CSV:
            return say("三张表，每格一行，可用 Excel 打开")
        case ReportFile.JSON:
            return say("三张表，供程序读取")
        case _:
            assert_never(file)
