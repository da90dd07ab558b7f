"""The ready-made comparisons: each headline figure over the years, of bodies of one level and kind.

A page has at most `PER_PAGE` bodies. They stand in the order of the directory, never in that of
their figures.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from generator.derive import directory, paths, words
from generator.language.speech import Speech, speech
from generator.model.explore import (
    Catalogue,
)
from generator.model.overlap import addends
from generator.model.site import Site

# Bodies on a page. A hundred with seven years of five figures are some 300 KB, 25 KB packed
# (docs/decisions/0023).
PER_PAGE = 100


@dataclass(frozen=True)
class Group:
    """Bodies of one level and kind: the slugs in the order of the directory.

    Where they are too many for one page, each page is a group of its own.
    """

    level: str
    kind: str
    page_number: int
    page_count: int
    slugs: tuple[str, ...]

    @property
    def path(self) -> str:
        """Where its page is."""
        return paths.explore_group(self.level, self.kind, self.page_number)


def groups(site: Site) -> tuple[Group, ...]:
    """Every body that has a report once, by level and kind as they are always listed."""
    say = speech(site.settings.language)
    slugs_by_kind: dict[tuple[str, str], list[str]] = {
        (level, kind): [] for level in words.levels(say) for kind in words.kinds(say)
    }
    for slug in directory.order(site):
        agency = site.agencies[slug]
        slugs_by_kind[agency.level, agency.kind].append(slug)
    all_groups = []
    for (level, kind), slugs in slugs_by_kind.items():
        pages = [tuple(slugs[start : start + PER_PAGE]) for start in range(0, len(slugs), PER_PAGE)]
        for number, slugs_of_page in enumerate(pages, 1):
            all_groups.append(Group(level, kind, number, len(pages), slugs_of_page))
    return tuple(all_groups)


def title(say: Speech, group: Group) -> str:
    """What a group is called."""
    level = words.levels(say)[group.level]
    kind = words.kinds(say)[group.kind]
    return say("{level}：{kind}", level=level, kind=kind)


def contained(site: Site, catalogue: Catalogue, group: Group) -> Mapping[int, Collection[str]]:
    """Year → the bodies of a group whose figures are part of another report of the group.

    No sum adds these again.
    """
    bodies_by_year = {}
    for year in catalogue.years:
        keys = [(slug, year) for slug in group.slugs]
        reports = [site.reports[key] for key in keys if key in site.reports]
        bodies_by_year[year] = addends(site, reports).contained.keys()
    return bodies_by_year
