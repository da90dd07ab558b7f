"""The documents of the JSON interface as typed classes, from which their JSON schemas are made.

The only user of msgspec. Addresses in a document are relative to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import GenericAlias
from typing import Annotated, Any, Literal, TypeAlias

import msgspec
from msgspec import Meta, Struct, UnsetType

from generator.derive.data.declaration import ADDRESS, RULE, SLUG, YEARS
from generator.model.agency import KINDS, LEVELS
from generator.model.dataset import BOOLEAN, INTEGER, NUMBER, Column, DataTable
from generator.model.figure import State
from generator.model.transcription import By, Wording

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Document: TypeAlias = Mapping[str, object]
# What a property has that a document lacks, and the type of it.
UNSET = msgspec.UNSET
Unset: TypeAlias = UnsetType

Text = Annotated[str, Meta(min_length=1)]
Slug = Annotated[str, Meta(pattern=SLUG)]
Address = Annotated[str, Meta(pattern=ADDRESS)]
Rule = Annotated[str, Meta(pattern=RULE)]
Day = Annotated[str, Meta(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
Href = Annotated[str, Meta(pattern="^(?:\\.\\./)*[A-Za-z0-9._/-]+$")]
Part = Annotated[str, Meta(pattern="^[a-z_]+$")]
Year = Annotated[int, Meta(ge=YEARS[0], le=YEARS[1])]
Count = Annotated[int, Meta(ge=1)]
Kind = Annotated[str, Meta(extra_json_schema={"enum": list(KINDS)})]
Level = Annotated[str, Meta(extra_json_schema={"enum": list(LEVELS)})]


class Licence(Struct, frozen=True, forbid_unknown_fields=True):
    """The licence that the site states."""

    name: Text | None
    url: Text | None


class IndexYear(Struct, frozen=True, forbid_unknown_fields=True):
    """A reporting year, with the number of its reports."""

    year: Year
    reports: Count
    href: Href


class IndexBoard(Struct, frozen=True, forbid_unknown_fields=True):
    """The coverage board of a year."""

    year: Year
    page: Href
    csv: Href


class Index(Struct, frozen=True, forbid_unknown_fields=True):
    """The start of the JSON interface: where everything is."""

    title: Text
    description: Text
    licence: Licence | None
    page: Href
    package: Href
    agencies: Href
    concepts: Href
    files: Annotated[dict[str, Href], Meta(min_length=1)]
    years: Annotated[list[IndexYear], Meta(min_length=1)]
    coverage: list[IndexBoard]
    schemas: dict[str, Href]


class AgencyEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """A body, with the years of its reports."""

    agency: Slug
    name: Text
    name_en: Text | None
    kind: Kind
    level: Level
    parent: Text | None
    years: list[Year]
    href: Href


class Agencies(Struct, frozen=True, forbid_unknown_fields=True):
    """Every body, whether it has a report or not."""

    agencies: list[AgencyEntry]


class Name(Struct, frozen=True, forbid_unknown_fields=True):
    """A name of a body, with its first and its last day."""

    name: Text
    start: Day | None = msgspec.field(name="from")
    end: Day | None = msgspec.field(name="to")


class Parent(Struct, frozen=True, forbid_unknown_fields=True):
    """The body above a body, with the first and the last day."""

    agency: Slug
    start: Day | None = msgspec.field(name="from")
    end: Day | None = msgspec.field(name="to")


class ReportEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """A report, with the address of its tables."""

    agency: Slug
    name: Text
    year: Year
    form: Text
    version: Count
    title: Text
    published: Day | None
    page: Href
    tables: Href
    of: Href


class Agency(Struct, frozen=True, forbid_unknown_fields=True):
    """A body with all its names and reports; one without a report has no page."""

    agency: Slug
    name: Text
    name_en: Text | None
    kind: Kind
    level: Level
    names: Annotated[list[Name], Meta(min_length=1)]
    parents: list[Parent]
    uscc: Text | None
    division_code: Text | None
    page: Href | None
    reports: list[ReportEntry]


class YearRollup(Struct, frozen=True, forbid_unknown_fields=True):
    """A government that is set beside the sums of its members."""

    agency: Slug
    page: Href
    csv: Href


class ReportYear(Struct, frozen=True, forbid_unknown_fields=True):
    """All reports of a reporting year, and the governments set beside the sums of their members."""

    year: Year
    figures: Href
    findings: Href
    reports: Annotated[list[ReportEntry], Meta(min_length=1)]
    rollups: list[YearRollup]


class FormEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """A statutory form, with the years that it is used for."""

    form: Text
    title: Text
    basis: Text
    first_year: Year
    last_year: Year | None


class TablesAgency(Struct, frozen=True, forbid_unknown_fields=True):
    """The body of a report, with the name that it had then."""

    slug: Slug
    name: Text


class TablesFigure(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A figure of a report; `raw` is null where nobody can read the cell."""

    label: Text
    state: State
    value: float | None
    raw: str | None
    unit: str | Unset = UNSET
    computed: bool


# A number has its value and its text; what is no number has no value.
NUMBER_HAS_A_VALUE = {
    "if": {"properties": {"state": {"const": State.NUMBER.value}}},
    "then": {"properties": {"value": {"type": "number"}, "raw": {"type": "string"}}},
    "else": {"properties": {"value": {"type": "null"}}},
}


class TablesExtra(Struct, frozen=True, forbid_unknown_fields=True):
    """A row beyond the form."""

    table: Text
    label: Text
    text: str


class TablesExplanation(Struct, frozen=True, forbid_unknown_fields=True):
    """A public explanation."""

    rule: Text
    cell: Address | None
    reason: Text
    person: Text | None
    given_by: By


class TablesChange(Struct, frozen=True, forbid_unknown_fields=True):
    """A figure that was corrected."""

    cell: Address
    before: str
    after: str


class TablesRewording(Struct, frozen=True, forbid_unknown_fields=True):
    """Words that were corrected."""

    part: Text
    before: str
    after: str


class TablesCorrection(Struct, frozen=True, forbid_unknown_fields=True):
    """A public correction."""

    date: Day
    reason: Text
    cells: list[TablesChange]
    words: list[TablesRewording]
    also: list[Part]


class Tables(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A report's three tables: the document tables.json beside its page.

    A version that is not in force has `superseded`, the day, and `current`, the present one.
    """

    agency: TablesAgency
    year: Year
    format: Text
    title: Text
    published: Day | None
    version: Count
    entered_by: By
    wording: Wording
    not_held: list[Part]
    superseded: Day | Unset = UNSET
    current: Href | Unset = UNSET
    figures: Annotated[
        dict[Address, Annotated[TablesFigure, Meta(extra_json_schema=NUMBER_HAS_A_VALUE)]],
        Meta(min_length=1),
    ]
    extra_rows: list[TablesExtra]
    explanations: list[TablesExplanation]
    corrections: list[TablesCorrection]
    texts: dict[Part, Text]
    attachments: dict[Text, Text]


def as_document(value: Struct) -> Document:
    """A document as JSON is written from it."""
    document: Document = msgspec.to_builtins(value)
    return document


def schema(kind: str, tables: Mapping[str, DataTable]) -> Document:
    """The JSON schema of a kind of documents; `tables` are those of the open data, by name.

    Raises KeyError for a kind that is not there.
    """
    types = {
        "index": Index,
        "agencies": Agencies,
        "agency": Agency,
        "year": ReportYear,
        "concepts": _concepts(tables),
        "findings": _findings(tables),
        "report": Tables,
    }
    document = types[kind]
    [reference], definitions = msgspec.json.schema_components(
        [document], ref_template="#/$defs/{name}"
    )
    content = {
        "$schema": DIALECT,
        "$id": f"{kind}.json",
        "title": (document.__doc__ or "").partition("\n")[0],
        **reference,
        "$defs": dict(definitions),
    }
    if document is Tables:
        content["dependentRequired"] = {"superseded": ["current"], "current": ["superseded"]}
    return content


def _concepts(tables: Mapping[str, DataTable]) -> Any:
    """The document with the forms, and the rows of the tables on concepts and cells."""
    fields: list[tuple[str, Any]] = [
        ("forms", Annotated[list[FormEntry], Meta(min_length=1)]),
        ("concepts", _rows("Concept", tables["concepts"], least=1)),
        ("cells", _rows("Cell", tables["dictionary"], least=1)),
    ]
    return _defined("Concepts", "What figures mean: forms, meanings, cells.", fields)


def _findings(tables: Mapping[str, DataTable]) -> Any:
    """The document with the rows of the table of findings."""
    fields = [("year", Year), ("findings", _rows("Finding", tables["findings"], least=0))]
    return _defined("Findings", "What was found in the reports of a year.", fields)


def _rows(name: str, table: DataTable, *, least: int) -> Any:
    """A list of so many rows of a table, each an object with a property for each column."""
    fields = [(column.name, _column_type(column)) for column in table.columns]
    row = _defined(name, table.title, fields)
    return Annotated[GenericAlias(list, (row,)), Meta(min_length=least or None)]


def _defined(name: str, meaning: str, fields: list[tuple[str, Any]]) -> Any:
    return msgspec.defstruct(
        name, fields, frozen=True, forbid_unknown_fields=True, namespace={"__doc__": meaning}
    )


def _column_type(column: Column) -> Any:
    """The type of the values of a column, with its meaning; an empty value is null."""
    value: Any = _value_type(column)
    if not column.required:
        value = value | None
    return Annotated[value, Meta(description=column.meaning)]


def _value_type(column: Column) -> Any:
    if column.choices:
        return Literal[column.choices]
    if column.type == INTEGER and column.limits:
        first, last = column.limits
        return Annotated[int, Meta(ge=first, le=last)]
    types = {INTEGER: int, NUMBER: float, BOOLEAN: bool}
    if column.type in types:
        return types[column.type]
    return Annotated[str, Meta(min_length=1, pattern=column.pattern or None)]
