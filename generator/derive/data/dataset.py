"""The tables of the open data, and their rows for a site.

Each table is declared in law_tables.py or report_tables.py: its columns, and what its rows are
taken from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.derive.data import law_tables, report_tables
from generator.derive.data.declaration import Declaration
from generator.derive.data.report_tables import Findings, Selection
from generator.language.speech import SOURCE, Speech, speech
from generator.model.dataset import DataTable, Row
from generator.model.site import Site

# None names a table that comes later: the database checks references as it is filled.
OF_SITE = ("agencies", "concepts", "dictionary", "rules")


def _declarations(say: Speech) -> tuple[Declaration[Any, Any], ...]:
    return (
        report_tables.agencies(say),
        report_tables.reports(say),
        law_tables.concepts(say),
        law_tables.dictionary(say),
        report_tables.figures(say),
        law_tables.rules(say),
        report_tables.findings(say),
        report_tables.explanations(say),
        report_tables.corrections(say),
        report_tables.extra_rows(say),
    )


def tables(say: Speech) -> Mapping[str, DataTable]:
    """Every table by name, in an order in which none names one that comes later."""
    return {declaration.name: declaration.table for declaration in _declarations(say)}


class Records:
    """The rows of a site's tables; `findings` are those of each report."""

    def __init__(self, site: Site, findings: Findings) -> None:
        self.site = site
        self.findings = findings
        self.declarations = {
            declaration.name: declaration for declaration in _declarations(speech(SOURCE))
        }

    def __call__(self, table: str, year: int = 0) -> Iterator[Row]:
        """The rows of a table; of tables about reports, those of one reporting year, or of all."""
        declaration = self.declarations[table]
        if table in OF_SITE:
            return declaration.rows(self.site)
        years = [year] if year else sorted(self.site.years)
        reports = [report for number in years for report in self.site.by_year[number]]
        return declaration.rows(Selection(self.site, reports, self.findings))
