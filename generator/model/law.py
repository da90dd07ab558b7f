"""What `generator/formats/` states as a whole: the forms, what their figures mean, and the catalogue of rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from generator.model.finding import Finding, Location, Severity, Text
from generator.model.format import Format


class Comparable(StrEnum):
    """Whether two years' figures of one concept may stand side by side."""

    YES = "yes"
    WITH_NOTE = "with_note"
    NO = "no"


@dataclass(frozen=True)
class Break:
    """From year `start` on, the concept's meaning has shifted; `note` says how."""

    start: int
    comparable: Comparable
    note: str
    unconfirmed: bool = False


@dataclass(frozen=True)
class Concept:
    """What a figure means. `sums` names concepts whose figures add up to this one; `unit` may be
    `as_reported`; with `difference` False the change from year to year says nothing."""

    id: str
    unit: str
    additive: bool
    label: str = ""
    sums: tuple[str, ...] = ()
    breaks: tuple[Break, ...] = ()
    difference: bool = True

    def breaks_between(self, before: int, after: int, *, unconfirmed: bool = True) -> tuple[Break, ...]:
        """The shifts of meaning that lie between two years; those we could not confirm may be left out."""
        return tuple(one for one in self.breaks if before < one.start <= after and (unconfirmed or not one.unconfirmed))


@dataclass(frozen=True)
class Rule:
    """An entry of the rule catalogue: severity, and in both languages its name and what to do about a finding."""

    id: str
    severity: Severity
    name: Text
    advice: Text | None = None


@dataclass(frozen=True, eq=False)
class Law:
    """Everything `generator/formats/` states: the forms (oldest first), the concepts and the rules.

    `headline` and `columns` are the concepts shown first on a report and in lists of reports.

    `digest` is that of the files it was read from."""

    formats: tuple[Format, ...]
    concepts: Mapping[str, Concept]
    rules: Mapping[str, Rule]
    headline: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    digest: str = ""

    def format_for(self, year: int) -> Format | None:
        """The newest form for a reporting year, or None before the first of them."""
        return next((form for form in reversed(self.formats) if form.covers(year)), None)

    def format_named(self, name: str) -> Format | None:
        """The form with this id."""
        return next((form for form in self.formats if form.id == name), None)

    def concept(self, key: str) -> Concept | None:
        """What a cell's concept key (`table.row.column`) means: the entry for the cell, or for its row."""
        return self.concepts.get(key) or self.concepts.get(key.rpartition(".")[0])

    def finding(
        self,
        rule: str,
        at: Location,
        zh: str,
        en: str,
        *,
        agency: str = "",
        year: int | None = None,
        severity: Severity | None = None,
        advice: Text | None = None,
        cells: tuple[str, ...] = (),
    ) -> Finding:
        """A finding of a rule in the catalogue, with the catalogue's severity and advice unless told otherwise."""
        entry = self.rules[rule]
        return Finding(
            rule,
            severity or entry.severity,
            at,
            Text(zh, en),
            agency=agency,
            year=year,
            cells=cells,
            advice=advice or entry.advice,
        )
