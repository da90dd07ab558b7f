"""What a site holds: agencies, their reports, pages, and the settings of site.yaml."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from generator.model.agency import Agency
from generator.model.correction import Correction
from generator.model.event import Event
from generator.model.finding import Location
from generator.model.law import Law
from generator.model.membership import Move, lifetimes, members, moves
from generator.model.report import Report
from generator.model.settings import Settings


@dataclass(frozen=True)
class Page:
    """A page of the site's own text (content/pages/*.md)."""

    slug: str
    title: str
    markdown: str
    at: Location = field(default=Location(""), compare=False)
    translations: Mapping[str, Page] = field(default_factory=dict)

    def said_in(self, language: str) -> Page:
        """The page in a language: its translation (about.en.md), else itself."""
        return self.translations.get(language[:2], self)


@dataclass(frozen=True)
class Held:
    """A report whose newest version waits (policy `hold`): since when, and for which rules. The site shows its last good version."""

    since: date
    rules: tuple[str, ...]


@dataclass(frozen=True)
class Site:
    """Everything that was read, keyed for use: `reports` by (agency slug, reporting year). `pdf` is False where none are made.
    `held` says which reports are not shown as they are in the files; one that is not in `reports` has no good version."""

    settings: Settings
    law: Law
    agencies: Mapping[str, Agency]
    reports: Mapping[tuple[str, int], Report]
    pages: Mapping[str, Page]
    pdf: bool = True
    held: Mapping[tuple[str, int], Held] = field(default_factory=dict)

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The reporting years that have a report, newest first."""
        return tuple(sorted({year for _, year in self.reports}, reverse=True))

    @cached_property
    def years_by_agency(self) -> Mapping[str, tuple[int, ...]]:
        """Each agency's reporting years, oldest first."""
        held: dict[str, list[int]] = {slug: [] for slug in self.agencies}
        for slug, year in sorted(self.reports):
            held.setdefault(slug, []).append(year)
        return {slug: tuple(years) for slug, years in held.items()}

    @cached_property
    def by_year(self) -> Mapping[int, tuple[Report, ...]]:
        """The reports of each year, by agency."""
        held: dict[int, list[Report]] = {}
        for (_, year), report in sorted(self.reports.items(), key=lambda item: item[0]):
            held.setdefault(year, []).append(report)
        return {year: tuple(reports) for year, reports in held.items()}

    @cached_property
    def told_by_others(self) -> Mapping[str, tuple[tuple[str, Event], ...]]:
        """Slug → the events in which other bodies say that this one took part, each with the slug of the body that says so."""
        told: dict[str, list[tuple[str, Event]]] = {}
        for slug, agency in sorted(self.agencies.items()):
            for event in agency.events:
                for other in event.bodies:
                    told.setdefault(other, []).append((slug, event))
        return {slug: tuple(events) for slug, events in told.items()}

    @cached_property
    def members(self) -> Mapping[tuple[str, int], tuple[Agency, ...]]:
        """(government, year) → the bodies that its report for the year adds up (model.membership)."""
        return members(self.agencies, self.years, self.existed)

    @cached_property
    def lifetimes(self) -> Mapping[str, tuple[date, date]]:
        """Slug → the first day of a body, and the first day without it."""
        return lifetimes(self.agencies)

    @cached_property
    def moves(self) -> Mapping[str, tuple[Move, ...]]:
        """Government → who came to the bodies that it adds up and who left them, in order of time."""
        return moves(self.agencies, self.lifetimes)

    def existed(self, slug: str, year: int) -> bool:
        """Whether a body was there at the end of a year."""
        first, without = self.lifetimes[slug]
        return first <= date(year, 12, 31) < without

    @cached_property
    def rolled_up(self) -> Collection[tuple[str, int]]:
        """The (government, year) for which some member has a report, so that there is something to add up."""
        return frozenset(key for key, held in self.members.items() if any((one.slug, key[1]) in self.reports for one in held))

    @cached_property
    def adding_up(self) -> Collection[str]:
        """The governments that have something to add up in some year."""
        return frozenset(slug for slug, _ in self.rolled_up)

    @property
    def boards(self) -> bool:
        """Whether there are coverage boards: only a complete collection can tell who has not published."""
        return bool(self.reports) and self.settings.complete

    def of(self, slug: str) -> tuple[Report, ...]:
        """An agency's reports, oldest first."""
        return tuple(self.reports[slug, year] for year in self.years_by_agency.get(slug, ()))

    @cached_property
    def news(self) -> tuple[tuple[date, Report, Correction | None], ...]:
        """Every publication and correction that has a day, newest first."""
        return dated(tuple(self.reports.values()))

    def prior(self, report: Report) -> Report | None:
        """The same agency's report for the year before."""
        return self.reports.get((report.agency, report.year - 1))


def dated(reports: tuple[Report, ...]) -> tuple[tuple[date, Report, Correction | None], ...]:
    """Every publication and correction of the reports that has a day, newest first."""
    published = [(report.published, report, None) for report in reports if report.published]
    corrections = [(one.date, report, one) for report in reports for one in reversed(report.corrections)]
    return tuple(sorted((*corrections, *published), key=lambda item: (item[0], item[1].year, item[1].agency), reverse=True))
