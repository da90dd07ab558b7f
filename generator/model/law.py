"""What `generator/formats/` states as a whole: the forms, what their figures mean, and the catalogue of rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from generator.model.claim import Claims
from generator.model.figure import Number
from generator.model.finding import Finding, Location, Severity, Text
from generator.model.format import Format


class Comparable(StrEnum):
    """Whether two years' figures of one concept may stand side by side."""

    YES = "yes"
    WITH_NOTE = "with_note"
    NO = "no"


@dataclass(frozen=True)
class Break:
    """From year `start` on, the concept's meaning has shifted, or the law around it where it stays `comparable`; `note` says how,
    `note_en` in English."""

    start: int
    comparable: Comparable
    note: str
    unconfirmed: bool = False
    note_en: str = ""

    def said(self, *, foreign: bool) -> str:
        """The note as a page says it; in Chinese where it has no English."""
        return self.note_en or self.note if foreign else self.note


@dataclass(frozen=True)
class Concept:
    """What a figure means. `sums` names concepts whose figures add up to this one; `unit` may be
    `as_reported`; with `difference` False the change from year to year says nothing. `gloss` says in English what `label` does."""

    id: str
    unit: str
    additive: bool
    label: str = ""
    sums: tuple[str, ...] = ()
    breaks: tuple[Break, ...] = ()
    difference: bool = True
    gloss: str = ""

    def breaks_between(self, before: int, after: int, *, unconfirmed: bool = True) -> tuple[Break, ...]:
        """The shifts of meaning that lie between two years; those we could not confirm may be left out."""
        return tuple(one for one in self.breaks if before < one.start <= after and (unconfirmed or not one.unconfirmed))


class ChartKind(StrEnum):
    """How a chart shows the figures of a year: side by side, or one upon another."""

    BARS = "bars"
    STACKED = "stacked"


@dataclass(frozen=True)
class Named:
    """A figure by its concept key (`table.row.column`), and what a chart calls it."""

    key: str
    name: Text


@dataclass(frozen=True)
class ChartPlan:
    """What is drawn of an agency's years. `total` is the figure that the stacked ones are the parts of, as the form prints it."""

    id: str
    title: Text
    kind: ChartKind
    series: tuple[Named, ...]
    total: Named | None = None


@dataclass(frozen=True)
class ChainPlan:
    """How a year hands over: what it opened with, what came in, what it closed, and what it leaves to the next."""

    opening: Named
    incoming: Named
    closed: Named
    closing: Named


@dataclass(frozen=True)
class Threshold:
    """A number a rule goes by, with the Chinese word that site.yaml may call it by."""

    value: Number
    word: str


@dataclass(frozen=True)
class Example:
    """What an example changes in a report without findings: file → lines that take the place of those of the same name.

    `form` is the statutory form it is written for. `also` are the rules that must speak up as well, because one mistake breaks both.
    """

    files: Mapping[str, str]
    form: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Manual:
    """The manual entry of a rule: what it compares, on whose authority, and examples that fail and that pass."""

    what: Text
    basis: str = ""
    fails: tuple[Example, ...] = ()
    passes: tuple[Example, ...] = ()


@dataclass(frozen=True)
class Rule:
    """An entry of the rule catalogue: severity, and in both languages its name and what to do about a finding.

    `by_form` has another severity in some form. `explainable` says whether a public explanation may settle it. `own_words` is one that
    judges how the body wrote: it is not asked of texts that the site's editors rewrote. `of_complete` is one that calls a report missing,
    which only a complete collection can. A site may switch a rule `off`, give it another severity (then `chosen`), demand an explanation
    (`required`), and change thresholds and words.
    """

    id: str
    severity: Severity
    name: Text
    advice: Text | None = None
    manual: Manual | None = field(default=None, compare=False)
    by_form: Mapping[str, Severity] = field(default_factory=dict)
    thresholds: Mapping[str, Threshold] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    explainable: bool = True
    of_complete: bool = False
    own_words: bool = False
    required: bool = False
    chosen: bool = False
    off: bool = False

    def weight(self, said: Severity | None, form: str) -> Severity:
        """The severity of one finding: the site's choice, what the check says of this case, the form's, the catalogue's."""
        if self.chosen:
            return self.severity
        return said or self.by_form.get(form, self.severity)


@dataclass(frozen=True)
class RuleChange:
    """What a site.yaml changes about a rule; None leaves it as it is. `off` is `severity="off"`."""

    severity: str | None = None
    required: bool | None = None
    thresholds: Mapping[str, Number] = field(default_factory=dict)
    words: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Law:
    """Everything `generator/formats/` states: the forms (oldest first), the concepts and the rules.

    `headline` and `columns` are the concepts shown first on a report and in lists of reports; `charts` and `chain` what an agency's
    page shows of its years. `units` says in English what is counted: the word for one, then that for several where it is another.

    `digest` is that of the files it was read from."""

    formats: tuple[Format, ...]
    concepts: Mapping[str, Concept]
    rules: Mapping[str, Rule]
    headline: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    digest: str = ""
    claims: Claims = field(default_factory=Claims)
    units: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    charts: tuple[ChartPlan, ...] = ()
    chain: ChainPlan | None = None

    def format_for(self, year: int) -> Format | None:
        """The newest form for a reporting year, or None before the first of them."""
        return next((form for form in reversed(self.formats) if form.covers(year)), None)

    def format_named(self, name: str) -> Format | None:
        """The form with this id."""
        return next((form for form in self.formats if form.id == name), None)

    def adjusted(self, changes: Mapping[str, RuleChange], *, complete: bool = True) -> Law:
        """The law as a site goes by it. In a collection that is not `complete`, the rules that call reports missing are off
        unless it chose them."""
        rules = {key: _adjusted(rule, changes[key]) if key in changes else rule for key, rule in self.rules.items()}
        if not complete:
            rules = {key: replace(rule, off=rule.off or (rule.of_complete and not rule.chosen)) for key, rule in rules.items()}
        return replace(self, rules=rules)

    def threshold(self, rule: str, name: str) -> Number:
        """A number that a rule goes by; an unknown one is a bug, hence KeyError."""
        return self.rules[rule].thresholds[name].value

    def unit_in_english(self, unit: str, count: Number | None = None) -> str:
        """What is counted, in English: of so many, or in general."""
        said = self.units.get(unit, (unit,))
        return said[0] if count == 1 else said[-1]

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
        form: str = "",
    ) -> Finding:
        """A finding of a rule in the catalogue, with the catalogue's severity and advice unless told otherwise."""
        entry = self.rules[rule]
        return Finding(
            rule,
            entry.weight(severity, form),
            at,
            Text(zh, en),
            agency=agency,
            year=year,
            cells=cells,
            advice=advice or entry.advice,
        )


def _adjusted(rule: Rule, change: RuleChange) -> Rule:
    severity = None if change.severity in {None, "off"} else Severity(change.severity or "")
    thresholds = {key: replace(one, value=change.thresholds.get(key, one.value)) for key, one in rule.thresholds.items()}
    return replace(
        rule,
        severity=severity or rule.severity,
        chosen=rule.chosen or severity is not None,
        off=change.severity == "off",
        required=rule.required if change.required is None else change.required,
        thresholds=thresholds,
        words=(*rule.words, *change.words),
    )
