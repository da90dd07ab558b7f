"""The files of the law (`formats/`) to the Law: forms, concepts and rules as values.

The package ships a law; a site may bring files of its own. An entry of its own that has the id of
another one, or a file that has the name of a shipped one, is refused unless it says `replaces:`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from generator.language.law_words import OTHERS, with_translations
from generator.language.sentence import sentence
from generator.language.speech import ENGLISH
from generator.load.charts import CHART_KEYS, read_chain, read_chart
from generator.load.claims import CLAIMS_KEYS, read_claims
from generator.load.concepts import COLUMN_KEYS, CONCEPT_KEYS, is_column, read_concept
from generator.load.contradictions import contradictions, lineages, undeclared, withdrawn
from generator.load.form import (
    ADDITION_KEYS,
    FORM_KEYS,
    Addition,
    read_addition,
    read_form,
    with_addition,
)
from generator.load.profile import PROFILE_KEYS, read_profile
from generator.load.rulebook import RULE_KEYS, read_rule
from generator.load.stated import FormatDefect, Row, row
from generator.model.claim import Claims
from generator.model.digest import digest
from generator.model.finding import Location
from generator.model.format import Break, Format
from generator.model.law import ChainPlan, ChartPlan, Concept, Law, Rule
from generator.model.profile import Profile
from generator.model.source import Fields, Node, Scalar, Unreadable

Parse = Callable[[str, str], Node | None]
RULES_FOLDER = "rules/"
PROFILES_FOLDER = "profiles/"
RULES = "rules"
PROFILE = "profile"
FORM = "form"
MEANINGS = "meanings"
CLAIMS = "claims"
MEANINGS_KEYS = frozenset(
    ("concepts", "units", "headline", "columns", "charts", "chain", "replaces")
)
REPLACES = "replaces"


@dataclass(frozen=True)
class LawFile:
    """A YAML file of the law: its name below `formats/`, its path in findings, and its text.

    `own` is one that a site brings.
    """

    name: str
    path: str
    text: str
    own: bool = False


def load_law(files: Sequence[LawFile], parse: Parse) -> Law:
    """The law that shipped files state. Raises the first FormatDefect."""
    law, defects = _assembled(files, parse)
    for defect in (*defects, *contradictions(law), *undeclared(law)):
        raise defect
    return law


def load_site_law(
    law: Law, shipped: Sequence[LawFile], site_files: Sequence[LawFile], parse: Parse
) -> tuple[Law, tuple[FormatDefect, ...]]:
    """The law of the shipped files with what a site brings, and what is wrong with that.

    Where anything is wrong, the law is `law`, that of the shipped files alone.
    """
    if not site_files:
        return law, ()
    site_law, defects = _assembled((*shipped, *site_files), parse)
    if not defects:
        defects = [
            *withdrawn(law, site_law),
            *contradictions(site_law),
            *undeclared(site_law),
        ]
    return (law, tuple(defects)) if defects else (site_law, ())


def _assembled(files: Sequence[LawFile], parse: Parse) -> tuple[Law, list[FormatDefect]]:
    """The law of all files as far as they can be read, and what is wrong with single entries."""
    entries = Entries()
    rows: dict[LawFile, Row] = {}
    for file in files:
        with entries.noting():
            rows[file] = _root(file, parse)
    for file in _without_replaced(rows, entries):
        entries.own = file.own
        with entries.noting():
            _read_file(file, rows[file], entries)
    texts = {file.path if file.own else file.name: file.text for file in files}
    with entries.noting():
        return entries.law(digest(texts)), entries.defects
    return Law((), {}, {}), entries.defects


def _root(file: LawFile, parse: Parse) -> Row:
    """The top-level mapping of a file; an empty file has none."""
    try:
        node = parse(file.text, file.path)
    except Unreadable as error:
        reason = error.detail or error.kind
        raise FormatDefect(error.at, sentence("YAML 写得不对：{reason}", reason=reason)) from error
    if node is None:
        raise FormatDefect(Location(file.path), sentence("文件是空的"))
    return row(with_translations(node, kind_of(file.name, node)), None)


def kind_of(name: str, node: Node) -> str:
    """What a file of the law is: `rules`, `profile`, `form`, `meanings` or `claims`."""
    if name.startswith(RULES_FOLDER):
        return RULES
    if name.startswith(PROFILES_FOLDER):
        return PROFILE
    keys = {key.text for key, _ in node.pairs} if isinstance(node, Fields) else set()
    if not CLAIMS_KEYS.isdisjoint(keys - {REPLACES}):
        return CLAIMS
    return FORM if keys & {"adds_to", "tables", "id"} else MEANINGS


def _without_replaced(rows: Mapping[LawFile, Row], entries: Entries) -> list[LawFile]:
    """The files that count: of a shipped and an own file of one name the own one, if it says so."""
    own_names = {file.name: file for file in rows if file.own}
    counting = []
    for file in rows:
        successor = None if file.own else own_names.get(file.name)
        if successor is None:
            counting.append(file)
            continue
        stem = file.name.removesuffix(".yaml")
        if rows[successor].text(REPLACES) not in {file.name, stem}:
            entries.defects.append(
                FormatDefect(
                    rows[successor].place(REPLACES),
                    sentence(
                        "随程序提供的文件也叫 {file}：请改名；要替换它，写 replaces: {file}",
                        file=file.name,
                    ),
                )
            )
    return counting


def _read_file(file: LawFile, stated: Row, entries: Entries) -> None:
    """Take the entries of a file. What kind it is follows from its folder and its keys."""
    if file.name.startswith(RULES_FOLDER):
        _read_rules(stated, entries)
    elif file.name.startswith(PROFILES_FOLDER):
        _read_profile(file.name, stated.limited(PROFILE_KEYS), entries)
    elif not CLAIMS_KEYS.isdisjoint(stated.values.keys() - {REPLACES}):
        entries.take_claims(stated.limited(CLAIMS_KEYS))
    elif "adds_to" in stated:
        entries.additions.append(read_addition(stated.limited(ADDITION_KEYS)))
    elif "tables" in stated or "id" in stated:
        limited = stated.limited(FORM_KEYS)
        form = read_form(limited)
        entries.take("form", form.id, stated, file.name)
        entries.forms[form.id] = form
        _read_concepts(limited, entries)
    elif not MEANINGS_KEYS.isdisjoint(stated.values):
        _read_meanings(stated.limited(MEANINGS_KEYS), entries)
    else:
        message = sentence(
            "看不出这是什么：格式要有 id 和 tables，对已有格式的补充写 adds_to，"
            "含义写 concepts，正文的说法写 claims，规则放在 rules/ 里"
        )
        raise FormatDefect(stated.at, message)


def _read_profile(file_name: str, stated: Row, entries: Entries) -> None:
    name = file_name.removeprefix(PROFILES_FOLDER).removesuffix(".yaml")
    entries.take("profile", name, stated, file_name)
    entries.profiles[name] = read_profile(name, stated)


def _read_rules(stated: Row, entries: Entries) -> None:
    for rule_id, node in stated.values.items():
        if rule_id == REPLACES and isinstance(node, Scalar):
            continue
        with entries.noting():
            entry = row(node, RULE_KEYS)
            entries.take("rule", rule_id, entry)
            entries.rules[rule_id] = read_rule(rule_id, entry)


def _read_concepts(stated: Row, entries: Entries) -> None:
    for concept_id, node in stated.entries("concepts").values.items():
        with entries.noting():
            keys = COLUMN_KEYS if is_column(concept_id) else CONCEPT_KEYS
            entry = row(node, keys)
            entries.take("concept", concept_id, entry)
            entries.concepts[concept_id] = read_concept(concept_id, entry)
            if "adds_to" in entry:
                entries.addends.append((entry.required("adds_to"), concept_id, entry))


def _read_meanings(stated: Row, entries: Entries) -> None:
    """Concepts, and what of them is shown where."""
    _read_concepts(stated, entries)
    units = stated.entries("units")
    for unit, node in units.values.items():
        entries.take("unit", unit, Row(node.at, {}))
        entries.units[unit] = _unit(units, unit)
    for entry in stated.rows("charts", CHART_KEYS):
        with entries.noting():
            chart = read_chart(entry)
            entries.take("chart", chart.id, entry)
            entries.charts[chart.id] = chart
    for key in ("headline", "columns"):
        if key in stated:
            entries.take(key, key, stated)
            entries.lists[key] = stated.texts(key)
    if "chain" in stated:
        entries.take("chain", "chain", stated)
        entries.chain = read_chain(stated.values["chain"])


def _unit(units: Row, unit: str) -> Mapping[str, tuple[str, ...]]:
    """The words of a unit by language; a word or a list of words alone is English."""
    node = units.values[unit]
    if isinstance(node, Fields):
        by_language = row(node, OTHERS)
        return {language: by_language.texts(language) for language in by_language.values}
    return {ENGLISH: (units.required(unit),) if isinstance(node, Scalar) else units.texts(unit)}


class Entries:
    """The entries of all files by kind and id, and what is wrong with them."""

    def __init__(self) -> None:
        self.own = False
        self.defects: list[FormatDefect] = []
        self.forms: dict[str, Format] = {}
        self.additions: list[Addition] = []
        self.concepts: dict[str, Concept] = {}
        self.rules: dict[str, Rule] = {}
        self.addends: list[tuple[str, str, Row]] = []
        self.units: dict[str, Mapping[str, tuple[str, ...]]] = {}
        self.charts: dict[str, ChartPlan] = {}
        self.lists: dict[str, tuple[str, ...]] = {}
        self.chain: ChainPlan | None = None
        self.profiles: dict[str, Profile] = {}
        self.claims = Claims()
        self._places: dict[tuple[str, str], Location] = {}
        self._shipped: set[tuple[str, str]] = set()

    @contextmanager
    def noting(self) -> Iterator[None]:
        """Keep the defect that ends the reading of an entry, and go on with the next one."""
        try:
            yield
        except FormatDefect as defect:
            self.defects.append(defect)

    def take(self, kind: str, entry_id: str, stated: Row, file_name: str = "") -> None:
        """Note that an entry is there. One with the id of another must say that it replaces it."""
        key = (kind, entry_id)
        replaced = stated.text(REPLACES)
        names_file = bool(file_name) and replaced in {file_name, file_name.removesuffix(".yaml")}
        if key in self._places and not (key in self._shipped and replaced == entry_id):
            message = sentence(
                "“{entry_id}”已经有了（{place}）；要替换随程序提供的，写 replaces: {entry_id}",
                entry_id=entry_id,
                place=self._places[key],
            )
            raise FormatDefect(stated.at, message)
        if replaced and replaced != entry_id and not names_file and kind != "form":
            message = sentence("应是“{entry_id}”", entry_id=entry_id, replaced=replaced)
            raise stated.defect(REPLACES, message)
        if kind == "form" and replaced and not names_file:
            self._withdraw_form(replaced, stated)
        self._places[key] = stated.at
        if self.own:
            self._shipped.discard(key)
        else:
            self._shipped.add(key)

    def _withdraw_form(self, form_id: str, stated: Row) -> None:
        if ("form", form_id) not in self._shipped:
            message = sentence("没有“{form_id}”这个格式", form_id=form_id)
            raise stated.defect(REPLACES, message)
        del self.forms[form_id]
        self._shipped.discard(("form", form_id))
        self._places.pop(("form", form_id))

    def take_claims(self, stated: Row) -> None:
        """Take the claims of a file, and its topics and fragments, which have names."""
        claims = read_claims(stated)
        for kind, pairs in (("topic", claims.topics), ("fragment", claims.fragments)):
            for name, _ in pairs:
                self.take(kind, name, Row(stated.place(f"{kind}s"), {}))
        self.claims = Claims(
            claims=(*self.claims.claims, *claims.claims),
            topics=(*self.claims.topics, *claims.topics),
            fragments=(*self.claims.fragments, *claims.fragments),
        )

    def law(self, law_digest: str) -> Law:
        """The law of all entries."""
        for addition in self.additions:
            if addition.form not in self.forms:
                message = sentence("没有“{form}”这个格式", form=addition.form)
                raise addition.row.defect("adds_to", message)
            self.forms[addition.form] = with_addition(self.forms[addition.form], addition)
        for sum_id, addend, stated in self.addends:
            concept = self.concepts.get(sum_id)
            if concept is None or not concept.sums:
                message = sentence("是“{sum_id}”，不是一个合计", sum_id=sum_id)
                raise stated.defect("adds_to", message)
            self.concepts[sum_id] = replace(concept, added=(*concept.added, addend))
        formats = _ended(sorted(self.forms.values(), key=lambda form: form.first_year))
        law = Law(
            formats=formats,
            concepts=self.concepts,
            rules=self.rules,
            headline=self.lists.get("headline", ()),
            columns=self.lists.get("columns", ()),
            digest=law_digest,
            claims=self.claims,
            units=self.units,
            charts=tuple(self.charts.values()),
            chain=self.chain,
            profiles=self.profiles,
        )
        return replace(law, shifted=_shifted(law))


def _ended(forms: Sequence[Format]) -> tuple[Format, ...]:
    """The forms, oldest first. One that states no last year ends before the next one begins."""
    ended = []
    for index, form in enumerate(forms):
        last_year = form.last_year
        if last_year is None and index + 1 < len(forms):
            last_year = forms[index + 1].first_year - 1
        ended.append(replace(form, last_year=last_year))
    return tuple(ended)


def _shifted(law: Law) -> Mapping[str, Concept]:
    """The meaning of each cell whose row or column has shifts of its own, by concept key."""
    shifts: dict[str, dict[Break, None]] = {}
    for form in law.formats:
        headings_above = lineages(form)
        for cell in form.cells.values():
            column = law.concepts.get(f"{cell.table}.*.{cell.column.concept_path}")
            cell_shifts = shifts.setdefault(cell.concept, {})
            cell_shifts.update(dict.fromkeys(column.breaks if column else ()))
            for heading in (*headings_above[cell.row], *headings_above[cell.column]):
                cell_shifts.update(dict.fromkeys(heading.breaks))
    shifted = {}
    for key, breaks in shifts.items():
        concept = law.entry(key)
        if concept is not None and breaks:
            all_breaks = dict.fromkeys((*concept.breaks, *breaks))
            in_order = sorted(all_breaks, key=lambda shift: shift.start)
            shifted[key] = replace(concept, breaks=tuple(in_order))
    return shifted
