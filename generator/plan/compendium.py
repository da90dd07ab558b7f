"""The compendium of each year: its reports' PDFs as they are, bound behind a cover and contents. Nothing is printed again for it."""

from __future__ import annotations

from collections.abc import Iterator

from generator.derive import paths
from generator.derive.compendium import Volume, compendium_page, volumes
from generator.model.digest import digest
from generator.model.job import Job, PrintJob
from generator.plan.edition import Edition
from generator.render import compendium, pdf


def jobs(edition: Edition) -> Iterator[PrintJob]:
    """The volumes of all years, where there are PDFs."""
    if edition.site.pdf:
        for year in edition.site.years:
            for volume in volumes(edition.site, year):
                yield _bound(edition.paper, volume)


def _bound(edition: Edition, volume: Volume) -> PrintJob:
    css = edition.theme.print
    listed = [(one.title, edition.site.agencies[one.agency]) for one in volume.reports]
    page = edition.page(
        f"{volume.path}/",
        "print_compendium.html",
        lambda: compendium_page(edition.site, volume),
        volume=digest(volume.year, volume.level, volume.number, volume.volumes),
        reports=digest(listed),
    )
    return PrintJob(
        volume.path,
        Job(f"{volume.path}/print", page.inputs, page.make, public=False),
        {"style": digest(css), "fonts": pdf.installed(), "recipe": compendium.recipe()},
        compendium.press,
        lambda: {"css": css.encode()},
        tuple(f"{paths.report(one.agency, one.year)}report.pdf" for one in volume.reports),
    )
