"""All agencies as a tree: each stands below the body that it belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from generator.derive import paths, words
from generator.language.speech import speech
from generator.model.agency import Agency
from generator.model.site import Site

# Slug of an agency → the agencies below it; an empty slug → those at the top.
Tree = Mapping[str, Sequence[Agency]]


def order(site: Site) -> Iterator[str]:
    """The slugs of the agencies that have a report, in the order of the directory."""
    return (slug for slug in with_page(site) if site.years_by_agency.get(slug))


def with_page(site: Site) -> Iterator[str]:
    """The slugs of the agencies that have a page, each before those below it."""
    tree = hierarchy(site)
    stack = list(reversed(tree.get("", ())))
    while stack:
        agency = stack.pop()
        yield agency.slug
        stack += reversed(tree.get(agency.slug, ()))


def hierarchy(site: Site) -> Tree:
    """The agencies that have a page, by the one they stand below.

    Those at the top come with the highest level first, the others by slug.
    """
    levels = list(words.levels(speech(site.settings.language)))
    agencies = [site.agencies[slug] for slug in paths.with_page(site)]
    slugs = {agency.slug for agency in agencies}
    tree: dict[str, list[Agency]] = {}
    for agency in agencies:
        parent = agency.parent if agency.parent in slugs else ""
        tree.setdefault(parent, []).append(agency)
    tree.get("", []).sort(key=lambda agency: levels.index(agency.level))
    return tree
