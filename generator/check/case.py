"""What a family of rules is given: one report, the site around it and the day that is today."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date

from generator.language import prose
from generator.language.quantities import fold
from generator.model.agency import Agency
from generator.model.figure import Figure, Number
from generator.model.finding import Finding, Location, Severity, Text
from generator.model.format import Cell, Comparable
from generator.model.law import Law, Rule
from generator.model.report import Report, SectionText
from generator.model.site import Site


@dataclass(frozen=True)
class Case:
    """One report to be checked."""

    site: Site
    report: Report
    today: date

    @property
    def agency(self) -> Agency:
        """The body whose report it is."""
        return self.site.agencies[self.report.agency]

    @property
    def prior(self) -> Report | None:
        """The same body's report for the year before."""
        return self.site.prior(self.report)

    def rule(self, rule: str) -> Rule:
        """A rule as this site goes by it."""
        return self.site.law.rules[rule]

    def finding(
        self,
        rule: str,
        place: Location,
        message: Text,
        *,
        cells: tuple[str, ...] = (),
        advice: Text | None = None,
        severity: Severity | None = None,
    ) -> Finding:
        """A finding about this report."""
        law = self.site.law
        return about(law, self.report, rule, place, message, cells, advice, severity)

    def finding_at(self, rule: str, cell: Cell, message: Text) -> Finding:
        """A finding about one cell of this report, at the place of its figure."""
        place = self.report.figures[cell.address].at or self.report.at
        return self.finding(rule, place, message, cells=(cell.address,))


@dataclass(frozen=True)
class Passage:
    """A text of a report, as the rules about wording read it.

    `words` is the text without its code, digits and letters half-width, character for character.
    """

    case: Case
    text: SectionText
    words: str

    def finding(
        self, rule: str, start: int, message: Text, severity: Severity | None = None
    ) -> Finding:
        """A finding about the words that start at a place."""
        return self.case.finding(rule, self.text.place(start), message, severity=severity)


def passages(case: Case) -> Iterator[Passage]:
    """The texts of a report."""
    for text in case.report.texts:
        yield Passage(case, text, fold(prose.without_code(text.markdown)))


def about(
    law: Law,
    report: Report,
    rule: str,
    place: Location,
    message: Text,
    cells: tuple[str, ...] = (),
    advice: Text | None = None,
    severity: Severity | None = None,
) -> Finding:
    """A finding about a report."""
    return law.finding(
        rule,
        place,
        message,
        agency=report.agency,
        year=report.year,
        cells=cells,
        advice=advice,
        severity=severity,
        form=report.format.id,
    )


def compared(finding: Finding, expected: Number, actual: Number) -> Finding:
    """The finding with the two numbers that it is about, and by how much the actual one is off."""
    difference = actual - expected
    return replace(finding, expected=expected, actual=actual, difference=difference)


def title_place(text: SectionText) -> Location:
    """Where the title of a section stands: on the line above its text."""
    return Location(text.at.path, max(text.at.line - 1, 1))


def prior_figure(
    site: Site,
    report: Report,
    cell: Cell,
    comparable: Collection[Comparable],
    *,
    unconfirmed: bool = True,
) -> Figure | None:
    """Last year's figure for the concept of a cell, whatever form that year used.

    None where there is none, or where the meaning has shifted since then in a way that is not among
    `comparable`. With `unconfirmed=False` shifts that we could not confirm do not count.
    """
    prior = site.prior(report)
    concept = site.law.concept(cell.concept)
    if prior is None or concept is None or cell.concept not in prior.format.by_concept:
        return None
    shifts = concept.breaks_between(prior.year, report.year, unconfirmed=unconfirmed)
    if any(shift.comparable not in comparable for shift in shifts):
        return None
    return prior.figures[prior.format.by_concept[cell.concept]]
