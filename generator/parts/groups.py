"""What is handed to whatever compares the bodies of a group."""

from __future__ import annotations

from generator.derive.explore.ready_made import Group
from generator.model.job import Part
from generator.parts.edition import Edition
from generator.parts.selection import Selection


def compared(edition: Edition, group: Group) -> Selection:
    """The bodies of a group and their figures; the figures of the law decide what is compared."""
    years = edition.site.years
    keys = [
        (slug, year) for slug in group.slugs for year in (*years, *(year - 1 for year in years))
    ]
    return (
        edition.select.agencies("bodies", group.slugs)
        .entries("years_by_agency", group.slugs)
        .figures(keys)
    )


def doubts(edition: Edition, group: Group) -> Part:
    """The contradicted figures of the group's reports."""
    site = edition.site
    return edition.doubts(report for slug in group.slugs for report in site.of(slug))
