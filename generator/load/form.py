"""A statutory form as its file states it, and what a site adds to a form that ships."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from generator.language import identity
from generator.language.law_words import keys_in
from generator.language.sentence import sentence
from generator.load.headings import TABLE_KEYS, read_table
from generator.load.stated import FormatDefect, Row
from generator.model.format import Expectation, Format, Heading, Identity, Section, Table
from generator.model.source import Items

FORM_KEYS = frozenset(
    (
        "id",
        "title",
        *keys_in("title_gloss"),
        "basis",
        "years",
        "sections",
        "tables",
        "identities",
        "expectations",
        "concepts",
        "replaces",
    )
)
ADDITION_KEYS = frozenset(("adds_to", "identities", "expectations", "words"))
YEARS_KEYS = frozenset(("from", "to"))
SECTION_KEYS = frozenset(("id", "number", "title", "aliases", "table", *keys_in("gloss")))
IDENTITY_KEYS = frozenset(
    (
        "rule",
        "table",
        "each",
        "formula",
        "computes",
        "only",
        "strict",
        "when",
        "counted_twice",
        "swapped",
    )
)
EXPECTATION_KEYS = frozenset(("rule", "section", "mentions", "kinds", "counted"))


class Each(StrEnum):
    """Whether an identity holds for each row or for each column."""

    ROW = "row"
    COLUMN = "column"


@dataclass(frozen=True)
class Addition:
    """What a site adds to a form: identities, expectations, and more words for what it prints."""

    form: str
    row: Row


def read_form(stated: Row) -> Format:
    """The form that a file states."""
    years = stated.row("years", YEARS_KEYS)
    first_year = years.year("from")
    last_year = years.year("to") if "to" in years else None
    if last_year is not None and last_year < first_year:
        raise years.defect("to", sentence("在 from 之前"))
    form = Format(
        id=_form_id(stated),
        title=stated.required("title"),
        basis=stated.required("basis"),
        first_year=first_year,
        last_year=last_year,
        sections=tuple(_section(entry) for entry in stated.rows("sections", SECTION_KEYS)),
        tables=tuple(read_table(entry, first_year) for entry in stated.rows("tables", TABLE_KEYS)),
        identities=(),
        title_gloss=stated.in_languages("title_gloss"),
        at=stated.at,
    )
    for key, entries in (("sections", form.sections), ("tables", form.tables)):
        if not entries:
            raise stated.defect(key, sentence("不能不写"))
    return _with_rules(form, stated)


def read_addition(stated: Row) -> Addition:
    """What a file adds to a form."""
    return Addition(stated.required("adds_to"), stated)


def with_addition(form: Format, addition: Addition) -> Format:
    """A form with what a site adds to it."""
    form = _with_rules(form, addition.row)
    aliases_by_name = addition.row.entries("words")
    for name in aliases_by_name.values:
        aliases = aliases_by_name.texts(name)
        if not _has_name(form, name):
            message = sentence("不是 {form} 格式的部分、表、行或列", form=form.id)
            raise aliases_by_name.defect(name, message)
        form = _with_words(form, name, aliases)
    return form


def _form_id(stated: Row) -> str:
    value = stated.required("id")
    if not (value.isascii() and value.replace("-", "").isalnum()):
        message = sentence("只能用字母、数字和连字符")
        raise stated.defect("id", message)
    return value


def _section(stated: Row) -> Section:
    return Section(
        id=stated.identifier("id"),
        number=stated.required("number"),
        title=stated.required("title"),
        aliases=stated.texts("aliases"),
        table=stated.text("table"),
        gloss=stated.in_languages("gloss"),
        at=stated.at,
    )


def _with_rules(form: Format, stated: Row) -> Format:
    """A form with the identities and expectations of a file behind its own."""
    tables = {table.id: table for table in form.tables}
    identities = tuple(
        _identity(entry, tables) for entry in stated.rows("identities", IDENTITY_KEYS)
    )
    expectations = tuple(
        read_expectation(entry) for entry in stated.rows("expectations", EXPECTATION_KEYS)
    )
    return replace(
        form,
        identities=(*form.identities, *identities),
        expectations=(*form.expectations, *expectations),
    )


def read_expectation(stated: Row) -> Expectation:
    """What an entry of `expectations` wants a section to have."""
    mentions = []
    for item in stated.items("mentions"):
        if not isinstance(item, Items) or not item.items:
            message = sentence("“mentions”的每一项是一个列表：名称和几个词")
            raise FormatDefect(item.at, message)
        aspect = Row(item.at, {"mentions": item})
        mentions.append(aspect.texts("mentions"))
    return Expectation(
        rule=stated.required("rule"),
        section=stated.required("section"),
        mentions=tuple(mentions),
        kinds=stated.texts("kinds"),
        counted=stated.flag("counted"),
        at=stated.at,
    )


def _identity(stated: Row, tables: Mapping[str, Table]) -> Identity:
    table_id = stated.required("table")
    if table_id not in tables:
        raise stated.defect("table", sentence("没有“{table_id}”这张表", table_id=table_id))
    each = stated.choice("each", Each)
    blocks = tables[table_id].blocks
    rows = [leaf.path for block in blocks for leaf in block.leaf_rows]
    columns = [leaf.path for block in blocks for leaf in block.leaf_columns]
    summed, along = (rows, columns) if each is Each.COLUMN else (columns, rows)

    def group(name: str) -> tuple[str, ...]:
        return tuple(path for path in summed if path.startswith(f"{name}."))

    text = stated.required("formula")
    try:
        formula = identity.parse(text, group)
    except identity.NotAnIdentity as error:
        raise FormatDefect(
            stated.at, sentence("“formula”写得不对：{error}", error=error)
        ) from error
    computed = stated.text("computes")
    if computed and [term.name for term in formula.left] != [computed]:
        message = sentence("应是算式左边的那一项")
        raise stated.defect("computes", message)
    for key in ("only", "strict"):
        for path in stated.texts(key):
            if path not in along:
                raise stated.defect(key, sentence("没有“{path}”这一行或列", path=path))
    return Identity(
        rule=stated.required("rule"),
        table=table_id,
        each=each.value,
        left=formula.left,
        relation=formula.relation,
        right=formula.right,
        at=stated.at,
        formula=text,
        computes=computed,
        only=stated.texts("only"),
        strict=stated.texts("strict"),
        constant=formula.constant,
        when=stated.text("when"),
        counted_twice=stated.text("counted_twice"),
        swapped=stated.text("swapped"),
    )


def _has_name(form: Format, name: str) -> bool:
    """Whether a form has a section, a table, or a row or column (`table.path`) of this name."""
    names = {section.id for section in form.sections} | {table.id for table in form.tables}
    for table in form.tables:
        for block in table.blocks:
            names |= {f"{table.id}.{path}" for path in _paths((*block.rows, *block.columns))}
    return name in names


def _paths(headings: Iterable[Heading]) -> set[str]:
    paths = set()
    for heading in headings:
        paths |= {heading.path} - {""}
        paths |= _paths(heading.children)
    return paths


def _with_words(form: Format, name: str, aliases: tuple[str, ...]) -> Format:
    """A form with more aliases for the section, table, row or column of this name."""
    sections = tuple(
        replace(section, aliases=(*section.aliases, *aliases)) if section.id == name else section
        for section in form.sections
    )
    tables = tuple(_table_with_words(table, name, aliases) for table in form.tables)
    return replace(form, sections=sections, tables=tables)


def _table_with_words(table: Table, name: str, aliases: tuple[str, ...]) -> Table:
    if table.id == name:
        return replace(table, aliases=(*table.aliases, *aliases))
    table_id, _, path = name.partition(".")
    if table_id != table.id:
        return table
    blocks = tuple(
        replace(
            block,
            rows=_headings_with_words(block.rows, path, aliases),
            columns=_headings_with_words(block.columns, path, aliases),
        )
        for block in table.blocks
    )
    return replace(table, blocks=blocks)


def _headings_with_words(
    headings: tuple[Heading, ...], path: str, aliases: tuple[str, ...]
) -> tuple[Heading, ...]:
    changed = []
    for heading in headings:
        children = _headings_with_words(heading.children, path, aliases)
        more = aliases if heading.path == path else ()
        changed.append(replace(heading, children=children, aliases=(*heading.aliases, *more)))
    return tuple(changed)
