"""Every output of a site as a job: where it goes, what it depends on, how it is made. A view is derived only inside its job.

`pages.py` plans the pages that lead to reports, `reports.py` a report's page, tables and PDF, `search.py` search. Pages are planned once
for each language of the site (an edition); downloads, PDFs and the search index once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from generator.derive import paths
from generator.model.digest import digest
from generator.model.finding import Finding
from generator.model.job import Job
from generator.model.report import Site
from generator.model.theme import Theme
from generator.plan import feeds, pages, reports, search
from generator.plan.edition import AnyJob, Edition, shared_inputs
from generator.render.html import Templates


def plan(root: Path, site: Site, theme: Theme, findings: Sequence[Finding]) -> list[AnyJob]:
    """All jobs of a site, in the order they are best made. Raises JobProblem where a template cannot be read."""
    shared = shared_inputs(root, site, theme, Templates(theme), findings)
    jobs: list[AnyJob] = [*_assets(theme)]
    editions = [shared.of(replace(site, settings=site.settings.said_in(language))) for language in site.settings.languages]
    for edition in editions:
        jobs += _pages(edition)
    for report in site.reports.values():
        jobs += reports.files(editions[0], report)
    jobs += search.index(editions[0])
    return [*jobs, *feeds.jobs(editions[0], jobs)]


def _pages(edition: Edition) -> Iterator[AnyJob]:
    yield from pages.overviews(edition)
    yield from pages.agencies(edition)
    for report in edition.site.reports.values():
        yield reports.page(edition, report)
        yield from reports.versions(edition, report)
    yield from pages.waiting(edition)
    yield from search.page(edition)


def _assets(theme: Theme) -> Iterator[Job]:
    for path, css in {paths.STYLE: theme.screen, **{paths.part(name): css for name, css in theme.parts.items()}}.items():
        yield Job(path, {"style": digest(css)}, css.encode)
    for path, source in theme.assets.items():
        data = Path(source).read_bytes()
        yield Job(path, {"file": digest(data.hex())}, partial(bytes, data))
