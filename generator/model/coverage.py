"""Who published in time: every body in a year against its deadline (条例 article 49).

The day as of which this is told matters only where a report is not there by then: before the
deadline that is nothing to speak of.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from generator.model.agency import Agency
from generator.model.report import Report
from generator.model.settings import Settings
from generator.model.site import Site

# 条例 article 49: governments publish by 31 March, departments by 31 January.
DEADLINES = {"government": "03-31"}
DEADLINE = "01-31"
LATE = "P-01"  # the rule that an agency explains where it tells why it published late


class Standing(StrEnum):
    """How a body stands in a year.

    CHECKING: its report is held back, and no good version is there. NOT_DUE: there is none, and the
    deadline has not passed. NOT_EXPECTED: the body did not exist.
    """

    IN_TIME = "in_time"
    LATE = "late"
    UNDATED = "undated"
    CHECKING = "checking"
    MISSING = "missing"
    NOT_DUE = "not_due"
    NOT_EXPECTED = "not_expected"


def deadline(settings: Settings, kind: str, year: int) -> date:
    """The last day on which a body of a kind publishes in time.

    The day of the site for the kind, else the statutory one.
    """
    month_and_day = settings.deadlines.get(kind) or DEADLINES.get(kind, DEADLINE)
    month, day = map(int, month_and_day.split("-"))
    # 29 February stands for the last day of the month in years that have none.
    _, last_day = monthrange(year + 1, month)
    return date(year + 1, month, min(day, last_day))


@dataclass(frozen=True)
class Due:
    """A body's report for a year: by when it was due, when it was published, how that stands.

    `published` is None for no day. `lifetime` is the body's own: its first day, and the first day
    without it. `reasons` are its public explanations of being late.
    """

    agency: Agency
    year: int
    deadline: date
    passed: bool
    published: date | None
    standing: Standing
    lifetime: tuple[date, date]
    reasons: tuple[str, ...] = ()

    @property
    def expected(self) -> bool:
        """Whether the body existed, so that it had to publish."""
        return self.standing is not Standing.NOT_EXPECTED

    @property
    def days_early(self) -> int:
        """How many days before the deadline it was published; 0 on the day itself, or late."""
        if self.published is None or self.standing is not Standing.IN_TIME:
            return 0
        return (self.deadline - self.published).days

    @property
    def days_late(self) -> int:
        """How many days after the deadline it was published; 0 in time."""
        if self.published is None or self.standing is not Standing.LATE:
            return 0
        return (self.published - self.deadline).days


def coverage(site: Site, year: int, today: date) -> Iterator[Due]:
    """Every body of the site in a year, as of a day, by slug."""
    kinds = {agency.kind for agency in site.agencies.values()}
    deadlines = {kind: deadline(site.settings, kind, year) for kind in kinds}
    for slug in sorted(site.agencies):
        agency = site.agencies[slug]
        report = site.reports.get((slug, year))
        last = deadlines[agency.kind]
        if report and report.published and report.published > today:
            report = None  # as of that day it was not there
        standing = _standing(site, agency, year, report, last, today)
        reasons: tuple[str, ...] = ()
        if report and standing is Standing.LATE:
            explanations = report.explanations
            reasons = tuple(entry.reason for entry in explanations if entry.rule == LATE)
        yield Due(
            agency=agency,
            year=year,
            deadline=last,
            passed=today > last,
            published=report.published if report else None,
            standing=standing,
            lifetime=site.lifetimes[slug],
            reasons=reasons,
        )


def _standing(
    site: Site, agency: Agency, year: int, report: Report | None, last: date, today: date
) -> Standing:
    if report is not None:
        if report.published is None:
            return Standing.UNDATED
        return Standing.LATE if report.published > last else Standing.IN_TIME
    if (agency.slug, year) in site.held:
        return Standing.CHECKING
    if not site.existed(agency.slug, year):
        return Standing.NOT_EXPECTED
    return Standing.MISSING if today > last else Standing.NOT_DUE
