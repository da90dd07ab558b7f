"""What a family of rules is given: one report, the site around it, the day that counts as today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.model.finding import Finding, Location, Severity, Text
from generator.model.law import Rule
from generator.model.report import Agency, Report, Site


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
