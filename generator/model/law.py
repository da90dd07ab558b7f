"""Everything that `generator/formats/` states: the forms, what their figures mean, the rules."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

from generator.model.claim import Claims
from generator.model.digest import digest
from generator.model.figure import Number
from generator.model.finding import NO_GLOSS, Finding, Location, Severity, Stops, Text, short
from generator.model.format import Break, Format, one_row
from generator.model.profile import Profile, RuleChange


@dataclass(frozen=True)
class Concept:
    """What a figure means.

    `sums` names concepts whose figures add up to this one, `added` those that only newer forms
    have. `unit` may be `as_reported`. With `difference` False the change from year to year says
    nothing. `gloss` says in other languages what `label` does. An id `table.*.column` stands for a
    whole column: such an entry has nothing but `breaks`.
    """

    id: str
    unit: str
    additive: bool
    label: str = ""
    sums: tuple[str, ...] = ()
    breaks: tuple[Break, ...] = ()
    difference: bool = True
    gloss: Text = NO_GLOSS
    added: tuple[str, ...] = ()
    at: Location = field(default=Location(""), compare=False)

    def breaks_between(
        self, earlier: int, later: int, *, unconfirmed: bool = True
    ) -> tuple[Break, ...]:
        """The shifts of meaning that lie between two years.

        Those that are not confirmed may be left out.
        """
        return tuple(
            shift
            for shift in self.breaks
            if earlier < shift.start <= later and (unconfirmed or not shift.unconfirmed)
        )


class ChartKind(StrEnum):
    """How a chart shows the figures of a year: side by side, or one upon another."""

    BARS = "bars"
    STACKED = "stacked"


@dataclass(frozen=True)
class Named:
    """A figure by its concept key (`table.row.column`), and what a chart calls it."""

    key: str
    name: Text
    at: Location = field(default=Location(""), compare=False)


@dataclass(frozen=True)
class ChartPlan:
    """What is drawn of an agency's years.

    `total` is the figure that the stacked ones are the parts of, as the form prints it.
    """

    id: str
    title: Text
    kind: ChartKind
    series: tuple[Named, ...]
    total: Named | None = None
    at: Location = field(default=Location(""), compare=False)


@dataclass(frozen=True)
class ChainPlan:
    """The concepts that link the years: opening balance, intake, closing balance, carry-over."""

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
    """An example of a rule: the lines that it changes in a report without findings, by file.

    Each line takes the place of the one with the same key.

    `form` is the statutory form it is written for. `also` are the rules that must speak up as well,
    because one mistake breaks both.
    """

    files: Mapping[str, str]
    form: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Manual:
    """The manual entry of a rule: what it compares, its legal basis, and examples.

    `fails` are examples that break the rule, `passes` examples that do not.
    """

    what: Text
    basis: str = ""
    fails: tuple[Example, ...] = ()
    passes: tuple[Example, ...] = ()


@dataclass(frozen=True)
class Rule:
    """An entry of the rule catalogue: the severity, the name, and the advice about a finding.

    `by_form` has another severity in some form. `explainable` says whether a public explanation may
    settle it. `own_words` is one that judges how the body wrote: it is not asked of texts that the
    site's editors rewrote. `of_complete` is one that calls a report missing, which only a complete
    collection can. `of_examples` is one that is asked of the example body of a new site. A site may
    switch a rule `off`, give it another severity (then `chosen`), demand an explanation
    (`required`), and change thresholds and words. What `stops` nothing neither holds a report back
    nor changes the exit code, whatever its severity and the site's policy. `innocent` are phrases
    in which its words are none, `lists` the other words that it goes by, by name. `decided_by` are
    the modules of `generator/` that decide it.
    """

    id: str
    severity: Severity
    name: Text
    advice: Text | None = None
    manual: Manual | None = field(default=None, compare=False)
    by_form: Mapping[str, Severity] = field(default_factory=dict)
    thresholds: Mapping[str, Threshold] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    innocent: tuple[str, ...] = ()
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    decided_by: tuple[str, ...] = ()
    explainable: bool = True
    stops: Stops = Stops.BY_POLICY
    of_complete: bool = False
    own_words: bool = False
    of_examples: bool = False
    required: bool = False
    chosen: bool = False
    off: bool = False
    at: Location = field(default=Location(""), compare=False)

    def number(self, threshold: str) -> Number:
        """A number that the rule goes by; an unknown one is a bug, hence KeyError."""
        return self.thresholds[threshold].value

    def weight(self, case_severity: Severity | None, form: str) -> Severity:
        """The severity of one finding.

        The first of these that is set: the site's choice, the severity the check gives for this
        case, that of the form, that of the catalogue.
        """
        if self.chosen:
            return self.severity
        return case_severity or self.by_form.get(form, self.severity)


@dataclass(frozen=True)
class Count:
    """Of a rule in a labelled corpus: claims labelled, those read, and false findings."""

    labelled: int
    read: int
    false: int


@dataclass(frozen=True)
class Measured:
    """What was measured of the rules about texts: the corpus, its size, the day, the counts."""

    corpus: str
    day: str
    entries: int
    counts: Mapping[str, Count]


@dataclass(frozen=True, eq=False)
class Law:
    """Everything `generator/formats/` states: the forms (oldest first), the concepts and the rules.

    `shifted` has the meaning of each cell whose row or column has shifts of its own, by concept
    key. `newest` is the newest form that the reports of a site are written in; empty where no site
    is read. `one_rows` are the groups that reports of the site print as one row, each behind the id
    of its form. `headline` and `columns` are the concepts shown first on a report and in lists of
    reports; `charts` and `chain` what an agency's page shows of its years. `units` says in
    other languages what is counted, in each form of the plural. `profiles` are the local notices
    and scorecards that a site may name, by their names.

    `digest` is that of the files it was read from.
    """

    formats: tuple[Format, ...]
    concepts: Mapping[str, Concept]
    rules: Mapping[str, Rule]
    headline: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    digest: str = ""
    claims: Claims = field(default_factory=Claims)
    measured: tuple[Measured, ...] = ()
    units: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    charts: tuple[ChartPlan, ...] = ()
    chain: ChainPlan | None = None
    profiles: Mapping[str, Profile] = field(default_factory=dict)
    shifted: Mapping[str, Concept] = field(default_factory=dict)
    newest: str = ""
    one_rows: tuple[tuple[str, str], ...] = ()

    def format_for(self, year: int) -> Format | None:
        """The newest form for a reporting year, or None before the first of them."""
        return next((form for form in reversed(self.formats) if form.covers(year)), None)

    def format_named(self, name: str) -> Format | None:
        """The form with this id."""
        return next((form for form in self.formats if form.id == name), None)

    @property
    def forms_in_use(self) -> tuple[Format, ...]:
        """The forms up to the newest one that a site's reports are written in; all for no site.

        A form that ships before its first report changes no word of a page.
        """
        names = [form.id for form in self.formats]
        count = names.index(self.newest) + 1 if self.newest in names else len(names)
        return self.formats[:count]

    def used_by(self, forms: Collection[Format]) -> Law:
        """The law as pages of a site speak of it, whose reports are written in these forms."""
        in_use = {form.id for form in forms}
        newest = "".join([form.id for form in self.formats if form.id in in_use][-1:])
        if newest == self.formats[-1].id:
            newest = ""
        one_rows = tuple(sorted({(form.id, group) for form in forms for group in form.one_rows}))
        if not newest and not one_rows:
            return self
        names = [name for pair in one_rows for name in pair]
        law = replace(self, newest=newest or self.newest, one_rows=one_rows)
        return replace(law, digest=digest(self.digest, newest, *names))

    @cached_property
    def filled_forms(self) -> tuple[Format, ...]:
        """The forms, oldest first, with a cell for whatever a report of the site has a figure for.

        That are also the cells of groups that some report prints as one row.
        """
        forms = {form.id: form for form in self.formats}
        for name, group in self.one_rows:
            forms[name] = one_row(forms[name], group)
        return tuple(forms.values())

    def adopting(self, profiles: Sequence[Profile]) -> Law:
        """The law with what local notices or scorecards want beside it."""
        law = self
        for profile in profiles:
            forms = tuple(form.expecting(profile.expectations) for form in law.formats)
            law = replace(law, formats=forms).adjusted(profile.changes)
        names = [profile.id for profile in profiles]
        return replace(law, digest=digest(self.digest, names)) if names else self

    def adjusted(self, changes: Mapping[str, RuleChange], *, complete: bool = True) -> Law:
        """The law as a site goes by it.

        In a collection that is not `complete`, the rules that call reports missing are off unless
        it chose them.
        """
        rules = {
            key: _adjusted(rule, changes[key]) if key in changes else rule
            for key, rule in self.rules.items()
        }
        if not complete:
            rules = {
                key: replace(rule, off=rule.off or (rule.of_complete and not rule.chosen))
                for key, rule in rules.items()
            }
        return replace(self, rules=rules)

    def threshold(self, rule: str, name: str) -> Number:
        """A number that a rule goes by; an unknown one is a bug, hence KeyError."""
        return self.rules[rule].thresholds[name].value

    def unit_words(self, unit: str, language: str) -> tuple[str, ...]:
        """The forms of a unit's word in a language, as its plural has them; Chinese has one."""
        return self.units.get(unit, {}).get(language) or (unit,)

    def concept(self, key: str) -> Concept | None:
        """What a cell's concept key (`table.row.column`) means: the entry for it, or for its row.

        With all shifts of its meaning: those of the row, of the column and of the cell.
        """
        if key in self.shifted:
            return self.shifted[key]
        return self.entry(key)

    def entry(self, key: str) -> Concept | None:
        """The concept that is stated for a cell's concept key, or for its row."""
        return self.concepts.get(key) or self.concepts.get(key.rpartition(".")[0])

    def finding(
        self,
        rule: str,
        at: Location,
        text: Text,
        *,
        agency: str = "",
        year: int | None = None,
        severity: Severity | None = None,
        advice: Text | None = None,
        cells: tuple[str, ...] = (),
        form: str = "",
    ) -> Finding:
        """A finding of a rule in the catalogue.

        It has the severity and the advice of the catalogue, unless others are given.
        """
        entry = self.rules[rule]
        return Finding(
            rule,
            entry.weight(severity, form),
            at,
            text.each(short),
            agency=agency,
            year=year,
            cells=cells,
            advice=advice.each(short) if advice else entry.advice,
            stops=entry.stops,
        )


def _adjusted(rule: Rule, change: RuleChange) -> Rule:
    severity = None if change.severity in {None, "off"} else Severity(change.severity or "")
    thresholds = {
        key: replace(threshold, value=change.thresholds.get(key, threshold.value))
        for key, threshold in rule.thresholds.items()
    }
    return replace(
        rule,
        severity=severity or rule.severity,
        chosen=rule.chosen or severity is not None,
        off=rule.off if change.severity is None else change.severity == "off",
        required=rule.required if change.required is None else change.required,
        thresholds=thresholds,
        words=(*rule.words, *change.words),
        innocent=(*rule.innocent, *change.innocent),
    )
