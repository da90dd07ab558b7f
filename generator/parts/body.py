"""What the pages of a body are handed: the body, its history, its reports."""

from __future__ import annotations

from collections.abc import Sequence

from generator.derive.years.history import concerned
from generator.model.agency import Agency
from generator.model.report import Report
from generator.parts.edition import Edition
from generator.parts.selection import Selection


def with_history(edition: Edition, agency: Agency) -> Selection:
    """A body, and what its page tells of its history: those named there, and its part in it."""
    named = (*concerned(edition.site, agency.slug), agency.parent)
    return (
        edition.select.agencies("bodies", named)
        .entries("has_page", named)
        .entries("told_by_others", [agency.slug])
        .entries("moves", [agency.slug])
    )


def with_reports(edition: Edition, agency: Agency) -> Selection:
    """The same with all reports of the body, without their texts."""
    years = edition.site.years_by_agency[agency.slug]
    return (
        with_history(edition, agency)
        .entries("years_by_agency", [agency.slug])
        .data("reports", with_priors(agency.slug, years))
    )


def with_priors(slug: str, years: Sequence[int]) -> list[tuple[str, int]]:
    """The keys of a body's reports, and of those of the years before, which may not be there."""
    return [(slug, number) for year in years for number in (year - 1, year)]


def beside_report(edition: Edition, report: Report) -> Selection:
    """What a page of the report tells of its body and of the report for the year before."""
    slug = report.agency
    return (
        edition.select.agencies("agency", [slug])
        .reports("prior", [(slug, report.year - 1)])
        .entries("years_by_agency", [slug])
        .entries("rolled_up", [slug])
    )
