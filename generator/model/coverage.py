"""Who published in time: every body in a year against the day by which it had to publish (条例 article 49).

What is said depends on the day it is said on only where a report is not there by then: before the deadline that is nothing to speak of.
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
    """How a body stands in a year. CHECKING: its report is held back, and no good version is there. NOT_DUE: there is none, and the
    deadline has not passed. NOT_EXPECTED: the body did not exist."""

    IN_TIME = "in_time"
    LATE = "late"
    UNDATED = "undated"
    CHECKING = "checking"
    MISSING = "missing"
    NOT_DUE = "not_due"
    NOT_EXPECTED = "not_expected"


def deadline(settings: Settings, kind: str, year: int) -> date:
    """The last day on which a body of a kind publishes in time: the site's for the kind, else the statutory one."""
    month, day = (settings.deadlines.get(kind) or DEADLINES.get(kind, DEADLINE)).split("-")
    # 29 February stands for the last day of the month in years that have none.
    return date(year + 1, int(month), min(int(day), monthrange(year + 1, int(month))[1]))


@dataclass(frozen=True)
class Due:
    """A body's report for a year: by when it was due, when it was published (None for no day), how that stands. `lifetime` is the body's
    own: its first day, and the first day without it. `reasons` are what it says in public of being late."""

    agency: Agency
    year: int
    deadline: date
    passed: bool
    published: date | None
    standing: Standing
    lifetime: tuple[date, date]
    reasons: tuple[str, ...] = ()

    @property
    def days_early(self) -> int:
        """How many days before the deadline it was published; 0 on the day itself, or late."""
        return (self.deadline - self.published).days if self.published and self.standing is Standing.IN_TIME else 0

    @property
    def days_late(self) -> int:
        """How many days after the deadline it was published; 0 in time."""
        return (self.published - self.deadline).days if self.published and self.standing is Standing.LATE else 0


def coverage(site: Site, year: int, today: date) -> Iterator[Due]:
    """Every body of the site in a year, as of a day, by slug."""
    days = {kind: deadline(site.settings, kind, year) for kind in {one.kind for one in site.agencies.values()}}
    for slug in sorted(site.agencies):
        agency, report = site.agencies[slug], site.reports.get((slug, year))
        last = days[agency.kind]
        if report and report.published and report.published > today:
            report = None  # as of that day it was not there
        published = report.published if report else None
        standing = _standing(site, agency, year, report, last, today)
        reasons = tuple(one.reason for one in report.explanations if one.rule == LATE) if report and standing is Standing.LATE else ()
        yield Due(agency, year, last, today > last, published, standing, site.lifetimes[slug], reasons)


def _standing(site: Site, agency: Agency, year: int, report: Report | None, last: date, today: date) -> Standing:
    if report is not None:
        if report.published is None:
            return Standing.UNDATED
        return Standing.LATE if report.published > last else Standing.IN_TIME
    if (agency.slug, year) in site.held:
        return Standing.CHECKING
    if not site.existed(agency.slug, year):
        return Standing.NOT_EXPECTED
    return Standing.MISSING if today > last else Standing.NOT_DUE
