"""What a family of rules is given: one report, the site around it, the day that counts as today."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from generator.model.agency import Agency
from generator.model.figure import Figure
from generator.model.finding import Finding, Location, Severity, Text
from generator.model.format import Cell
from generator.model.law import Comparable, Rule
from generator.model.report import Report
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

    def found(
        self,
        rule: str,
        at: Location,
        zh: str,
        en: str,
        *,
        cells: tuple[str, ...] = (),
        advice: Text | None = None,
        severity: Severity | None = None,
    ) -> Finding:
        """A finding about this report."""
        one = self.report
        return self.site.law.finding(
            rule, at, zh, en, agency=one.agency, year=one.year, cells=cells, advice=advice, severity=severity, form=one.format.id
        )


def prior_figure(site: Site, report: Report, cell: Cell, comparable: Collection[Comparable], *, unconfirmed: bool = True) -> Figure | None:
    """Last year's figure of a cell's concept, whatever form that year used; None where there is none, or where a shift of meaning lies
    between that is not among `comparable`. Shifts that we could not confirm may be left out."""
    prior, concept = site.prior(report), site.law.concept(cell.concept)
    if prior is None or concept is None or cell.concept not in prior.format.by_concept:
        return None
    if any(one.comparable not in comparable for one in concept.breaks_between(prior.year, report.year, unconfirmed=unconfirmed)):
        return None
    return prior.figures[prior.format.by_concept[cell.concept]]
