"""Every output of a site as a job: where it goes, what it is handed, how it is made.

A page is planned once for each language of the site (an edition): `generator/pages/` has one file
for each kind. Downloads, PDFs, the search index, the comparison's data and the open data are
planned once; each of them has a file here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from generator.derive import paths
from generator.files.door import Door
from generator.model.finding import Finding
from generator.model.job import AnyJob, Job, Part
from generator.model.site import Site
from generator.model.theme import Theme
from generator.pages import (
    adjacent,
    agency,
    compare,
    directory,
    group,
    home,
    quality,
    report,
    rollup,
    rules,
    text,
    version,
    year,
)
from generator.pages import coverage as coverage_pages
from generator.pages import data as data_pages
from generator.pages import explore as explore_pages
from generator.pages import search as search_pages
from generator.parts.edition import Edition, first_edition
from generator.parts.files import unchanged
from generator.plan import (
    compendium,
    coverage,
    data,
    explore,
    feeds,
    reports,
    rollups,
    scores,
    search,
)

Planned = Callable[[Edition], Iterable[AnyJob]]
# What is made in every language of the site.
PAGES: tuple[Planned, ...] = (
    home.jobs,
    text.jobs,
    rules.jobs,
    directory.jobs,
    year.jobs,
    quality.jobs,
    agency.jobs,
    compare.jobs,
    adjacent.jobs,
    report.jobs,
    version.jobs,
    rollup.jobs,
    search_pages.jobs,
    explore_pages.jobs,
    group.jobs,
    coverage_pages.jobs,
)
# What is made once.
FILES: tuple[Planned, ...] = (
    reports.jobs,
    compendium.jobs,
    search.jobs,
    data.jobs,
    explore.jobs,
    rollups.jobs,
    coverage.jobs,
    scores.jobs,
)


def plan(
    root: Path, site: Site, theme: Theme, findings: Sequence[Finding], today: date
) -> list[AnyJob]:
    """All jobs of a site as of a day, in the order they are best made.

    Raises JobProblem where a template cannot be read.
    """
    common = first_edition(root, site, theme, findings, today)
    editions = [
        common.of(replace(site, settings=site.settings.said_in(language)))
        for language in site.settings.languages
    ]
    first = editions[0]
    jobs: list[AnyJob] = [*_assets(theme)]
    jobs += [job for edition in editions for jobs_of in PAGES for job in jobs_of(edition)]
    jobs += [job for jobs_of in FILES for job in jobs_of(first)]
    # These speak of files that are made before them.
    jobs += [job for edition in editions for job in data_pages.jobs(edition)]
    return [*jobs, *feeds.jobs(first, jobs)]


def _assets(theme: Theme) -> Iterator[Job]:
    yield Job(paths.STYLE, str.encode, [Part.of("style", theme.screen)])
    for name, css in theme.parts.items():
        yield Job(paths.part(name), str.encode, [Part.of("style", css)])
    for path, asset in theme.assets.items():
        file = (Door(asset.folder, own=asset.own), asset.path, asset.size, asset.sha256)
        yield Job(path, unchanged, [Part(file, {"file": asset.sha256})])
