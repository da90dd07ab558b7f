"""A government beside its members: a page in every language and a file, for each year in which
there is something to add up.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.derive import paths
from generator.derive.data.beside import rollup_lines
from generator.model.job import Job
from generator.model.rollup import rollup
from generator.model.site import Site
from generator.parts.edition import Edition
from generator.parts.government import added_up, place
from generator.render.table_files import marked_csv


def jobs(edition: Edition) -> Iterator[Job]:
    """The same as files, with every member's figure."""
    for slug, years in sorted(edition.site.rolled_up.items()):
        for year in years:
            parts = [added_up(edition, slug, year).part(), *place(slug, year)]
            yield Job(paths.rollup_file(slug, year), _csv, parts, edition.made_by)


def _csv(site: Site, slug: str, year: int) -> bytes:
    return marked_csv(rollup_lines(rollup(site, slug, year)))
