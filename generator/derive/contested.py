"""Figures that another one of their report contradicts, and the mark of that wherever they stand."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from generator.model.finding import Finding
from generator.model.report import Report

# (slug, year) → address → what contradicts the figure; most reports have none.
Contested = Mapping[tuple[str, int], Mapping[str, Finding]]


def contested(findings: Sequence[Finding]) -> dict[str, Finding]:
    """Address → finding, for the figures that a sum contradicts: the one an identity is about, where it is about one."""
    return {finding.cells[0]: finding for finding in findings if finding.difference is not None and finding.cells}


def contradiction(found: Contested, report: Report, key: str) -> Finding | None:
    """What contradicts a concept's figure in a report."""
    return found.get((report.agency, report.year), {}).get(report.format.by_concept.get(key, ""))


def way(report: Report, key: str, found: Container[str], page: str) -> str:
    """The way to a concept's cell on a report's page where another figure contradicts it; empty where none does."""
    address = report.format.by_concept.get(key, "")
    return f"{page}#{address}" if address in found else ""
