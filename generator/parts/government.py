"""What is handed to whatever sets a government beside its members."""

from __future__ import annotations

from generator.model.digest import digest
from generator.model.job import Part
from generator.model.overlap import Addends
from generator.parts.edition import Edition
from generator.parts.selection import Selection


def place(slug: str, year: int) -> tuple[Part, Part]:
    """Which government, and which year."""
    return Part.of("slug", slug), Part.of("year", year)


def added_up(edition: Edition, slug: str, year: int) -> Selection:
    """A government and its members in a year, with their reports."""
    members = [member.slug for member in edition.site.members[slug, year]]
    return (
        edition.select.agencies("agency", [slug])
        .agencies("members", members)
        .entries("members", [(slug, year)])
        .reports("report", [(slug, year)])
        .reports("reports", [(member, year) for member in members])
    )


def addition(added: Addends | None) -> Part:
    """Which reports of a year are added up; None where nothing is. The reports are handed apart."""
    return Part(added, {"overlap": digest(added.contained, added.doubtful)} if added else {})
