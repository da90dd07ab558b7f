"""Every output of a site as a job: where it goes, what it depends on, how it is made. A view is derived only inside its job.

`pages.py` plans the pages that lead to reports, `reports.py` a report's page, tables and PDF, `compendium.py` the volumes of a year's PDFs,
`search.py` search, `explore.py` the comparison of any bodies, `rollups.py` a government beside its members, `coverage.py` who published
in time, `data.py` the open data. Pages are planned once for each language of the site (an edition); downloads, PDFs, the search index
and the comparison's data once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from generator.derive import paths
from generator.model.digest import digest
from generator.model.finding import Finding
from generator.model.frame import Link
from generator.model.job import AnyJob, Job
from generator.model.site import Site
from generator.model.theme import Theme
from generator.plan import compendium, coverage, data, explore, feeds, pages, reports, rollups, search
from generator.plan.edition import Edition, shared_inputs


def plan(root: Path, site: Site, theme: Theme, findings: Sequence[Finding], today: date) -> list[AnyJob]:
    """All jobs of a site as of a day, in the order they are best made. Raises JobProblem where a template cannot be read."""
    shared = shared_inputs(root, site, theme, findings, today)
    jobs: list[AnyJob] = [*_assets(theme)]
    editions = [shared.of(replace(site, settings=site.settings.said_in(language))) for language in site.settings.languages]
    boards = coverage.standing(shared)
    for edition in editions:
        offered = coverage.subscriptions(edition, boards)
        jobs += [*_pages(edition, offered), *coverage.pages(edition, boards, offered)]
    for report in site.reports.values():
        jobs += reports.files(editions[0], report)
    jobs += compendium.jobs(editions[0])
    jobs += search.index(editions[0])
    jobs += data.jobs(editions, [board.year for board in boards])
    jobs += explore.files(editions[0])
    jobs += rollups.files(editions[0])
    jobs += coverage.files(editions[0], boards)
    return [*jobs, *feeds.jobs(editions[0], jobs)]


def _pages(edition: Edition, offered: Sequence[Link]) -> Iterator[AnyJob]:
    yield from pages.overviews(edition, offered)
    yield from pages.agencies(edition)
    for report in edition.site.reports.values():
        yield reports.page(edition, report)
        yield from reports.versions(edition, report)
    yield from pages.waiting(edition)
    yield from rollups.pages(edition)
    yield from search.page(edition)
    yield from explore.pages(edition)


def _assets(theme: Theme) -> Iterator[Job]:
    for path, css in {paths.STYLE: theme.screen, **{paths.part(name): css for name, css in theme.parts.items()}}.items():
        yield Job(path, {"style": digest(css)}, css.encode)
    for path, source in theme.assets.items():
        data = Path(source).read_bytes()
        yield Job(path, {"file": digest(data.hex())}, partial(bytes, data))
