"""Figures that another figure of the same report contradicts, and the mark that shows it."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from generator.model.finding import Finding
from generator.model.report import Report

# (slug, year) → address → the finding that contradicts the figure; most reports have none.
Contested = Mapping[tuple[str, int], Mapping[str, Finding]]


def contested(findings: Sequence[Finding]) -> dict[str, Finding]:
    """Address → finding, for each figure that a sum contradicts.

    It is the figure that the identity is about, where it is about one.
    """
    return {
        finding.cells[0]: finding
        for finding in findings
        if finding.difference is not None and finding.cells
    }


def contradiction(contradictions: Contested, report: Report, key: str) -> Finding | None:
    """The finding that contradicts the figure of a concept in a report; None where none does."""
    address = report.format.by_concept.get(key, "")
    findings = contradictions.get((report.agency, report.year), {})
    return findings.get(address)


def way(report: Report, key: str, contradictions: Container[str], page: str) -> str:
    """The way to the cell of a concept on the page of a report, where the figure is contradicted.

    Empty where it is not.
    """
    address = report.format.by_concept.get(key, "")
    return f"{page}#{address}" if address in contradictions else ""
