"""What a site holds: agencies, their reports, pages, and the settings of site.yaml."""

from __future__ import annotations

from collections.abc import Mapping
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
        return self.translations.get(language, self)


@dataclass(frozen=True)
class Outline:
    """What every page of a site shows of the whole of it: which ways through it there are.

    `pages` are the titles of the site's own texts by slug, in the language of the site. `news` and
    `boards` are whether there is anything to subscribe to, and who published in time.
    """

    pages: Mapping[str, str]
    reports: bool
    news: bool
    boards: bool


@dataclass(frozen=True)
class Held:
    """A report whose newest version waits (policy `hold`): since when, and for which rules.

    The site shows its last good version.
    """

    since: date
    rules: tuple[str, ...]


@dataclass(frozen=True)
class Site:
    """Everything that was read, keyed for use: `reports` by (agency slug, reporting year).

    `pdf` is False where none are made. `held` says which reports are not shown as they are in the
    files; one that is not in `reports` has no good version.
    """

    settings: Settings
    law: Law
    agencies: Mapping[str, Agency]
    reports: Mapping[tuple[str, int], Report]
    pages: Mapping[str, Page]
    pdf: bool = True
    held: Mapping[tuple[str, int], Held] = field(default_factory=dict)

    @cached_property
    def outline(self) -> Outline:
        """What every page shows of the whole."""
        language = self.settings.language
        titles = {page.slug: page.said_in(language).title for page in self.pages.values()}
        return Outline(titles, bool(self.reports), bool(self.news), self.boards)

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The reporting years that have a report, newest first."""
        return tuple(sorted({year for _, year in self.reports}, reverse=True))

    @cached_property
    def years_by_agency(self) -> Mapping[str, tuple[int, ...]]:
        """Each agency's reporting years, oldest first."""
        years_of: dict[str, list[int]] = {slug: [] for slug in self.agencies}
        for slug, year in sorted(self.reports):
            years_of.setdefault(slug, []).append(year)
        return {slug: tuple(years) for slug, years in years_of.items()}

    @cached_property
    def by_year(self) -> Mapping[int, tuple[Report, ...]]:
        """The reports of each year, by agency."""
        reports_of: dict[int, list[Report]] = {}
        for (_, year), report in sorted(self.reports.items(), key=lambda item: item[0]):
            reports_of.setdefault(year, []).append(report)
        return {year: tuple(reports) for year, reports in reports_of.items()}

    @cached_property
    def told_by_others(self) -> Mapping[str, tuple[tuple[str, Event], ...]]:
        """Slug → the events of other bodies in which this one took part.

        Each comes with the slug of the body that states it.
        """
        events_by_body: dict[str, list[tuple[str, Event]]] = {}
        for slug, agency in sorted(self.agencies.items()):
            for event in agency.events:
                for body in event.bodies:
                    events_by_body.setdefault(body, []).append((slug, event))
        return {slug: tuple(events) for slug, events in events_by_body.items()}

    @cached_property
    def forwarded(self) -> Mapping[str, str]:
        """Former address → the body that it leads to.

        A former address that is a body's address now is left out. Where several bodies claim an
        address, it leads to one of them.
        """
        claimed: dict[str, str] = {}
        for slug, agency in sorted(self.agencies.items()):
            for former_slug in agency.former_slugs:
                if former_slug not in self.agencies:
                    claimed.setdefault(former_slug, slug)
        return claimed

    @cached_property
    def members(self) -> Mapping[tuple[str, int], tuple[Agency, ...]]:
        """(government, year) → the bodies that its report adds up (model.membership)."""
        return members(self.agencies, self.years, self.existed)

    @cached_property
    def lifetimes(self) -> Mapping[str, tuple[date, date]]:
        """Slug → the first day of a body, and the first day without it."""
        return lifetimes(self.agencies)

    @cached_property
    def moves(self) -> Mapping[str, tuple[Move, ...]]:
        """Government → the bodies that came to those it adds up or left them, in order of time."""
        return moves(self.agencies, self.lifetimes)

    def existed(self, slug: str, year: int) -> bool:
        """Whether a body was there at the end of a year."""
        first, without = self.lifetimes[slug]
        return first <= date(year, 12, 31) < without

    @cached_property
    def rolled_up(self) -> Mapping[str, tuple[int, ...]]:
        """Government → the years, oldest first, in which some member of it has a report.

        In these there is something to add up.
        """
        years: dict[str, list[int]] = {}
        for (slug, year), members_of_year in sorted(self.members.items()):
            if any((member.slug, year) in self.reports for member in members_of_year):
                years.setdefault(slug, []).append(year)
        return {slug: tuple(numbers) for slug, numbers in years.items()}

    @cached_property
    def waiting(self) -> Mapping[str, tuple[int, ...]]:
        """Slug → the years, oldest first, of which the newest version of the report waits."""
        years: dict[str, list[int]] = {}
        for slug, year in sorted(self.held):
            years.setdefault(slug, []).append(year)
        return {slug: tuple(numbers) for slug, numbers in years.items()}

    @cached_property
    def has_page(self) -> Mapping[str, bool]:
        """Slug → whether the agency has a page.

        It has one with a report of its own, or as a government whose members have reports, which
        are added up there.
        """
        reporting = self.years_by_agency
        return {slug: bool(reporting.get(slug)) or slug in self.rolled_up for slug in self.agencies}

    @property
    def boards(self) -> bool:
        """Whether there are coverage boards.

        Only a complete collection can tell who has not published.
        """
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
    corrections = [
        (correction.date, report, correction)
        for report in reports
        for correction in reversed(report.corrections)
    ]
    return tuple(
        sorted(
            (*corrections, *published),
            key=lambda item: (item[0], item[1].year, item[1].agency),
            reverse=True,
        )
    )
