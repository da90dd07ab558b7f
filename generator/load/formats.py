"""generator/formats/*.yaml to the Law: forms, concepts and rules as values. A defect here is the developer's: FormatDefect."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from generator.language import identity, labels, references
from generator.load.charts import chart_problems, read_chain, read_charts
from generator.load.claims import read_claims
from generator.load.headings import read_table
from generator.load.stated import FormatDefect, Row, mapping, mappings, text, texts, true
from generator.model.digest import digest
from generator.model.figure import Number
from generator.model.finding import Location, Severity, Text
from generator.model.format import Expectation, Format, Heading, Identity, Section, Table
from generator.model.law import Break, Comparable, Concept, Example, Law, Manual, Rule, Threshold
from generator.model.source import Items, Node, Unreadable

Parse = Callable[[str, str], Node | None]


def load_law(folder: Mapping[str, str], parse: Parse) -> Law:
    """The law as a folder of YAML files states it: file name → text. Raises FormatDefect."""
    files = {name: _file(name, content, parse) for name, content in folder.items()}
    catalogue = [files.pop(name) for name in sorted(files) if name.startswith("rules/")]
    meanings = files.pop("concepts.yaml")
    claims = read_claims(files.pop("claims.yaml", {}))
    concepts = {key: _concept(key, mapping(value)) for key, value in mapping(meanings["concepts"]).items()}
    rules = {key: _rule(key, mapping(value)) for family in catalogue for key, value in family.items()}
    formats = tuple(sorted((_format(row) for row in files.values()), key=lambda form: form.first_year))
    shown = (texts(meanings.get("headline")), texts(meanings.get("columns")))
    units = {unit: texts(said) or (text(said),) for unit, said in mapping(meanings["units"]).items()} if "units" in meanings else {}
    law = Law(formats, concepts, rules, *shown, digest(dict(folder)), claims, units)
    law = replace(law, charts=read_charts(meanings.get("charts")), chain=read_chain(meanings.get("chain")))
    for problem in (*_contradictions(law), *chart_problems(law)):
        raise FormatDefect(problem)
    return law


def _contradictions(law: Law) -> Iterator[str]:
    """What the files say against each other: unbound cells, one concept twice, a spelling for two rows, unknown rules."""
    yield from (f"claims.yaml: unknown rule {one.rule}" for one in law.claims.claims if one.rule not in law.rules)
    for form in law.formats:
        yield from (f"{form.id}: {cell.address} has no concept" for cell in form.cells.values() if law.concept(cell.concept) is None)
        if len(form.by_concept) != len(form.cells):
            yield f"{form.id}: two cells are bound to one concept"
        named = {rule: one.at for one in form.identities for rule in (one.rule, one.counted_twice, one.swapped) if rule}
        yield from (f"{at}: unknown rule {rule}" for rule, at in named.items() if rule not in law.rules)
        yield from (f"{form.id}: unknown rule {one.rule}" for one in form.expectations if one.rule not in law.rules)
        applied = {id(one.identity) for one in identity.instances(form)}
        yield from (f"{one.at}: no row or column has all of {one.formula}" for one in form.identities if id(one) not in applied)
        yield from (f"{form.id}: {problem}" for table in form.tables for problem in _of_table(form, table))


def _of_table(form: Format, table: Table) -> Iterator[str]:
    """What is wrong within a table: one label or spelling for two rows, a summary that speaks of other cells in English, or of none."""
    rows = [labels.normal(row.label) for block in table.blocks for row in block.leaf_rows]
    yield from (f"two rows of {table.id} are called {label}" for label in sorted({one for one in rows if rows.count(one) > 1}))
    for block in table.blocks:
        for level in (block.leaf_columns, *_levels(block.rows)):
            try:
                labels.index({heading.path or heading.label: heading.words for heading in level})
            except ValueError as error:
                yield str(error)
    chinese, english = (set(references.REFERENCE.findall(said)) for said in (table.summary, table.summary_en))
    for one in sorted(chinese | english):
        if references.resolve(form, f"{table.id}.{one}") is None:
            yield f"the summary of {table.id} names {one}, which is no cell"
    if table.summary_en and chinese != english:
        yield f"the summary of {table.id} does not speak of the same cells in both languages: {', '.join(sorted(chinese ^ english))}"


def _levels(headings: tuple[Heading, ...]) -> Iterator[tuple[Heading, ...]]:
    yield headings
    for heading in headings:
        if heading.children:
            yield from _levels(heading.children)


def _file(name: str, content: str, parse: Parse) -> Row:
    try:
        return mapping(parse(content, f"generator/formats/{name}"))
    except Unreadable as error:
        raise FormatDefect(f"{error.at}: {error.detail or error.kind}") from error


def _rule(key: str, row: Row) -> Rule:
    thresholds = {text(one["id"]): Threshold(_number(one["value"]), text(one["word"])) for one in mappings(row.get("thresholds"))}
    return Rule(
        key,
        Severity(text(row["severity"])),
        Text(text(row["zh"]), text(row["en"])),
        Text(text(row.get("do_zh")), text(row.get("do_en"))) if "do_zh" in row else None,
        Manual(
            Text(text(row.get("what_zh")), text(row.get("what_en"))),
            text(row.get("basis")),
            tuple(_example(one) for one in mappings(row.get("fails"))),
            tuple(_example(one) for one in mappings(row.get("passes"))),
        ),
        {form: Severity(text(one)) for form, one in mapping(row["by_form"]).items()} if "by_form" in row else {},
        thresholds,
        texts(row.get("words")),
        explainable=text(row.get("explainable")) != "false",
        of_complete=true(row.get("of_complete")),
        own_words=true(row.get("own_words")),
    )


def _example(row: Row) -> Example:
    files = {name: text(node) for name, node in row.items() if name not in {"form", "also"}}
    return Example(files, text(row.get("form")), texts(row.get("also")))


def _number(node: Node) -> Number:
    written = text(node)
    return Decimal(written) if "." in written else int(written)


def _concept(key: str, row: Row) -> Concept:
    breaks = tuple(
        Break(
            int(text(one["from"])),
            Comparable(text(one["comparable"])),
            text(one["note"]),
            true(one.get("unconfirmed")),
            text(one.get("note_en")),
        )
        for one in mappings(row.get("breaks"))
    )
    return Concept(
        key,
        text(row["unit"]),
        true(row["additive"]),
        text(row.get("label")),
        texts(row.get("sums")),
        breaks,
        text(row.get("difference")) != "false",
        text(row.get("gloss")),
    )


def _format(row: Row) -> Format:
    years = mapping(row["years"])
    tables = tuple(read_table(one) for one in mappings(row["tables"]))
    by_id = {table.id: table for table in tables}
    items = row["identities"]
    identities = tuple(_identity(item, by_id) for item in items.items) if isinstance(items, Items) else ()
    last = int(text(years["to"])) if "to" in years else None
    expectations = tuple(_expectation(one) for one in mappings(row.get("expectations")))
    names = (text(row["id"]), text(row["title"]), text(row["basis"]), int(text(years["from"])), last)
    sections = tuple(_section(one) for one in mappings(row["sections"]))
    return Format(*names, sections, tables, identities, expectations, text(row.get("title_gloss")))


def _section(row: Row) -> Section:
    names = (text(row["id"]), text(row["number"]), text(row["title"]))
    return Section(*names, texts(row.get("aliases")), text(row.get("table")), text(row.get("gloss")))


def _expectation(row: Row) -> Expectation:
    listed = row.get("mentions")
    mentions = tuple(texts(item) for item in listed.items) if isinstance(listed, Items) else ()
    return Expectation(text(row["rule"]), text(row["section"]), mentions, texts(row.get("kinds")))


def _identity(node: Node, tables: Mapping[str, Table]) -> Identity:
    row, at = mapping(node), node.at
    table, each = text(row["table"]), text(row["each"])

    def group(name: str) -> tuple[str, ...]:
        blocks = tables[table].blocks
        headings = [leaf for block in blocks for leaf in (block.leaf_rows if each == "column" else block.leaf_columns)]
        return tuple(heading.path for heading in headings if heading.path.startswith(f"{name}."))

    try:
        formula = identity.parse(text(row["formula"]), group)
    except identity.NotAnIdentity as error:
        raise FormatDefect(f"{at}: {error}") from error
    where = Location(at.path, at.line, at.column)
    return Identity(
        text(row["rule"]), table, each, formula.left, formula.relation, formula.right, where, text(row["formula"]),
        text(row.get("computes")), texts(row.get("only")), texts(row.get("strict")), formula.constant,
        text(row.get("when")), text(row.get("counted_twice")), text(row.get("swapped")),
    )  # fmt: skip
