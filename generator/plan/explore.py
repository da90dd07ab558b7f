"""Comparison of any bodies, years and figures: the page in every language, its ready-made tables, and the shards that its script loads.

A body's figures are one shard, so that an edited report remakes its own, and its group's page and CSV.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import groupby

from generator.derive import explore, paths
from generator.derive.explore import ready_made
from generator.derive.explore.page import explore_page
from generator.derive.explore.tidy import tidy
from generator.model.digest import digest
from generator.model.explore import Catalogue
from generator.model.job import Job
from generator.model.overlap import within
from generator.plan.edition import Edition
from generator.render import explore as written


def pages(edition: Edition) -> Iterator[Job]:
    """The page itself and one for each group of bodies."""
    site = edition.site
    if not site.reports:
        return
    groups = ready_made.groups(site)
    sizes = digest([(one.path, len(one.slugs)) for one in groups])
    yield edition.page(paths.EXPLORE, "explore.html", lambda: explore_page(site, groups), groups=sizes)
    known = explore.catalogue(site)
    figures = digest(known)
    for _, run in groupby(groups, key=lambda one: (one.level, one.kind)):
        parts = list(run)
        for group in parts:
            page = partial(ready_made.group_page, site, known, group, parts, edition.contested)
            ends = digest([site.agencies[slug] for one in parts for slug in (one.slugs[0], one.slugs[-1])]) if len(parts) > 1 else ""
            contained = {year: sorted(held) for year, held in ready_made.contained(site, known, group).items()}
            inputs = {"parts": ends, "figures": figures, "contained": digest(contained), **_inputs(edition, group)}
            yield edition.page(group.path, "explore_group.html", page, **inputs)


def _inputs(edition: Edition, group: ready_made.Group) -> dict[str, str]:
    """What the figures of a group depend on beside the law."""
    site = edition.site
    reports = [report for slug in group.slugs for report in site.of(slug)]
    return {
        "bodies": digest([site.agencies[slug] for slug in group.slugs]),
        "reports": digest([_figures(edition, slug) for slug in group.slugs]),
        "contested": digest([edition.contested.get((one.agency, one.year), {}) for one in reports]),
    }


def _figures(edition: Edition, slug: str) -> list[tuple[int, str, str]]:
    """What stands for a body's figures; what its reports say in words is not compared here."""
    return [(one.year, one.format.id, edition.figures[slug, one.year]) for one in edition.site.of(slug)]


def files(edition: Edition) -> Iterator[Job]:
    """What the script loads, and each group as CSV; the same for all languages."""
    site, recipe = edition.site, {"recipe": edition.recipe}
    if not site.reports:
        return
    known, listed = explore.catalogue(site), explore.listed(site)
    figures = digest(known)
    yield Job(f"{paths.EXPLORE}figures.js", {**recipe, "figures": figures}, lambda: written.figures(known))
    yield Job(f"{paths.EXPLORE}directory.js", {**recipe, "bodies": digest(listed)}, lambda: written.directory(listed))
    for group in ready_made.groups(site):
        inputs = {**recipe, "figures": figures, **_inputs(edition, group)}
        yield Job(f"{group.path}figures.csv", inputs, partial(_csv, edition, known, group))
    for one in listed:
        agency = site.agencies[one.slug]
        inputs = {
            **recipe,
            "figures": known.stamp,
            "names": digest(agency.names),
            "within": digest([within(site, one.slug, year) for year in site.years_by_agency[one.slug]]),
            "reports": digest(_figures(edition, one.slug)),
        }
        yield Job(paths.explore_body(one.slug), inputs, partial(_body, edition, known, one.slug))


def _csv(edition: Edition, known: Catalogue, group: ready_made.Group) -> bytes:
    return written.tidy_csv(tidy(edition.site, known, group, edition.contested))


def _body(edition: Edition, known: Catalogue, slug: str) -> bytes:
    return written.body(explore.body_figures(edition.site, known, slug))
