"""The compendium of each year: its reports' PDFs as they are, bound behind a cover and contents.

Nothing is printed again for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.derive import paths
from generator.derive.compendium import Volume, compendium_page, volumes
from generator.model.digest import digest
from generator.model.downloads import ReportFile
from generator.model.job import Job, Part, Payload, PrintJob
from generator.parts.edition import Edition
from generator.render import compendium, pdf


def jobs(edition: Edition) -> Iterator[PrintJob]:
    """The volumes of all years, where there are PDFs."""
    if edition.site.pdf:
        for year in edition.site.years:
            for volume in volumes(edition.site, year):
                yield _bound(edition.paper, volume)


def _bound(edition: Edition, volume: Volume) -> PrintJob:
    titled = replace(volume, reports=tuple(report.titled for report in volume.reports))
    stated = [volume.year, volume.level, volume.number, volume.volumes]
    titles = [(report.agency, report.title) for report in titled.reports]
    page = edition.page(
        f"{volume.path}/",
        "print_compendium.html",
        compendium_page,
        edition.select.agencies("agencies", [report.agency for report in volume.reports]),
        Part(titled, {"volume": digest(stated), "reports": digest(titles)}),
    )
    return PrintJob(
        volume.path,
        Job(f"{volume.path}/print", page.make, page.parts, page.made_by, public=False),
        compendium.press,
        _payload,
        [Part.of("style", edition.theme.print)],
        {"fonts": pdf.installed(), "recipe": compendium.recipe()},
        tuple(paths.report_file(one.agency, one.year, ReportFile.PDF) for one in volume.reports),
    )


def _payload(css: str) -> Payload:
    return {"css": css.encode()}
