"""A government beside its members: a page in every language and a file, for each year in which there is something to add up."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generator.derive import paths
from generator.derive.rollup_page import rollup_page
from generator.model.digest import digest
from generator.model.job import Job
from generator.model.rollup import rollup
from generator.plan.edition import Edition
from generator.render import boards


def pages(edition: Edition) -> Iterator[Job]:
    """The pages. Each depends on the reports it adds up, on no other."""
    site = edition.site
    for slug, year in sorted(site.rolled_up):
        found = edition.findings.get((slug, year), ())
        links = [(member.slug, paths.has_page(site, member.slug)) for member in site.members[slug, year]]
        inputs = {
            **_inputs(edition, slug, year),
            "told": edition.told.get((slug, year), ""),
            "links": digest(links, [one for one in site.years if (slug, one) in site.rolled_up]),
        }
        yield edition.page(paths.rollup(slug, year), "rollup.html", partial(rollup_page, site, slug, year, found), **inputs)


def files(edition: Edition) -> Iterator[Job]:
    """The same as files, with every member's figure."""
    for slug, year in sorted(edition.site.rolled_up):
        inputs = {"recipe": edition.recipe, **_inputs(edition, slug, year)}
        yield Job(paths.rollup_file(slug, year), inputs, partial(_csv, edition, slug, year))


def _csv(edition: Edition, slug: str, year: int) -> bytes:
    return boards.rollup_csv(rollup(edition.site, slug, year))


def _inputs(edition: Edition, slug: str, year: int) -> dict[str, str]:
    members = edition.site.members[slug, year]
    return {
        "report": edition.contents.get((slug, year), ""),
        "members": digest(edition.site.agencies[slug], members),
        "reports": digest([edition.contents.get((member.slug, year), "") for member in members]),
    }
