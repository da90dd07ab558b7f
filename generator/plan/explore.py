"""Comparison of any bodies, years and figures: the page in every language, its ready-made tables,
and the shards that its script loads.

A body's figures are one shard, so that an edited report remakes its own, and its group's page and
CSV.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from generator.derive import explore, paths
from generator.derive.contested import Contested
from generator.derive.explore import ready_made
from generator.derive.explore.tidy import group_lines
from generator.model.explore import Catalogue
from generator.model.job import Job, Part
from generator.model.overlap import within
from generator.model.site import Site
from generator.parts.edition import Edition
from generator.parts.groups import compared, doubts
from generator.render import explore_scripts
from generator.render.table_files import marked_csv


def jobs(edition: Edition) -> Iterator[Job]:
    """What the script loads, and each group as CSV; the same for all languages."""
    site = edition.site
    made_by = edition.made_by
    if not site.reports:
        return
    known = explore.catalogue(site)
    catalogue = Part.of("catalogue", known)
    numbering = Part.of("catalogue", known.numbering)
    listed = explore.bodies(site)
    yield Job(f"{paths.EXPLORE}figures.js", explore_scripts.figures, [catalogue], made_by)
    yield Job(
        f"{paths.EXPLORE}directory.js",
        explore_scripts.directory,
        [Part.of("bodies", listed)],
        made_by,
    )
    for group in ready_made.groups(site):
        parts = [
            compared(edition, group).part(),
            catalogue,
            Part.of("group", group),
            doubts(edition, group),
        ]
        yield Job(f"{group.path}figures.csv", _csv, parts, made_by)
    for body in listed:
        years = site.years_by_agency[body.slug]
        selection = (
            edition.select.agencies("agency", [body.slug])
            .entries("years_by_agency", [body.slug])
            .figures((body.slug, year) for year in years)
        )
        parts = [
            selection.part(),
            numbering,
            Part.of("slug", body.slug),
            Part.of("within", {year: within(site, body.slug, year) for year in years}),
        ]
        yield Job(paths.explore_body(body.slug), _body, parts, made_by)


def _csv(site: Site, catalogue: Catalogue, group: ready_made.Group, contested: Contested) -> bytes:
    return marked_csv(group_lines(site, catalogue, group, contested))


def _body(
    site: Site, catalogue: Catalogue, slug: str, within: Mapping[int, Sequence[str]]
) -> bytes:
    return explore_scripts.body(explore.body_figures(site, catalogue, slug, within))
