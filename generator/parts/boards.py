"""How every body stands in each year, as a part that pages, files and the feed are handed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from generator.derive import paths
from generator.model.coverage import Due, Standing, coverage
from generator.model.digest import digest
from generator.model.job import Part
from generator.model.site import Site
from generator.parts.digests import Digests

Dues = Sequence[Due]
# Slug → the path that the name of a body leads to; empty for none.
Ways = Mapping[str, str]


@dataclass(frozen=True)
class Board:
    """How every body stands in a year. `dues` is a part; `ways` leads from slugs to pages."""

    year: int
    dues: tuple[Due, ...]
    part: Part
    ways: Mapping[str, str]

    @property
    def counts(self) -> Counter[Standing]:
        """How many bodies stand how, in the order of the standings."""
        counted = Counter(due.standing for due in self.dues)
        return Counter({standing: counted[standing] for standing in Standing if counted[standing]})


def standing(site: Site, digests: Digests, today: date) -> tuple[Board, ...]:
    """The boards of a site, the newest year first; the same for all languages.

    There are none where the site is a selection.
    """
    found = []
    for year in site.years if site.boards else ():
        dues = tuple(coverage(site, year, today))
        found.append(Board(year, dues, _part(digests, dues), ways(site, dues)))
    return tuple(found)


def _part(digests: Digests, dues: Sequence[Due]) -> Part:
    # As one text: at 5,000 bodies four times as fast as a digest of each value.
    known = digests.agencies
    lines = [
        (
            known[due.agency.slug],
            due.year,
            due.deadline,
            due.passed,
            due.published,
            due.standing,
            due.lifetime,
            due.reasons,
        )
        for due in dues
    ]
    return Part(dues, {"bodies": digest(repr(lines))})


def ways(site: Site, dues: Dues) -> Ways:
    """Slug → the path of the report, else of the body where it has a page, else none.

    A report whose day is still to come has a page, too.
    """
    return {due.agency.slug: _way(site, due) for due in dues}


def _way(site: Site, due: Due) -> str:
    slug = due.agency.slug
    if (slug, due.year) in site.reports or due.standing is Standing.CHECKING:
        return paths.report(slug, due.year)
    return paths.agency(slug) if site.has_page.get(slug, False) else ""
