"""generator/formats/*.yaml to the Law: forms, concepts and rules as values. A defect here is the developer's: FormatDefect."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from generator.language import identity, labels
from generator.load.charts import chart_problems, read_chain, read_charts
from generator.load.claims import read_claims
from generator.model.digest import digest
from generator.model.figure import Number
from generator.model.finding import Location, Severity, Text
from generator.model.format import Block, Expectation, Format, Heading, Identity, Section, Table
from generator.model.law import Break, Comparable, Concept, Example, Law, Manual, Rule, Threshold
from generator.model.source import Fields, Items, Node, Scalar, Unreadable

Row = Mapping[str, Node]
Parse = Callable[[str, str], Node | None]


class FormatDefect(Exception):
    """A file in the formats folder contradicts itself; the message says where and what."""


def load_law(texts: Mapping[str, str], parse: Parse) -> Law:
    """The law as a folder of YAML files states it: file name → text. Raises FormatDefect."""
    files = {name: _file(name, text, parse) for name, text in texts.items()}
    catalogue = [files.pop(name) for name in sorted(files) if name.startswith("rules/")]
    stated = files.pop("concepts.yaml")
    claims = read_claims(files.pop("claims.yaml", {}))
    concepts = {key: _concept(key, _row(value)) for key, value in _row(stated["concepts"]).items()}
    rules = {key: _rule(key, _row(value)) for family in catalogue for key, value in family.items()}
    formats = tuple(sorted((_format(row) for row in files.values()), key=lambda form: form.first_year))
    law = Law(formats, concepts, rules, _texts(stated.get("headline")), _texts(stated.get("columns")), digest(dict(texts)), claims)
    law = replace(law, charts=read_charts(stated.get("charts")), chain=read_chain(stated.get("chain")))
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
        for table in form.tables:
            rows = [labels.normal(row.label) for block in table.blocks for row in block.leaf_rows]
            yield from (
                f"{form.id}: two rows of {table.id} are called {label}" for label in sorted({one for one in rows if rows.count(one) > 1})
            )
            for block in table.blocks:
                for level in (block.leaf_columns, *_levels(block.rows)):
                    try:
                        labels.index({heading.path or heading.label: heading.words for heading in level})
                    except ValueError as error:
                        yield f"{form.id}: {error}"


def _levels(headings: tuple[Heading, ...]) -> Iterator[tuple[Heading, ...]]:
    yield headings
    for heading in headings:
        if heading.children:
            yield from _levels(heading.children)


def _file(name: str, text: str, parse: Parse) -> Row:
    try:
        return _row(parse(text, f"generator/formats/{name}"))
    except Unreadable as error:
        raise FormatDefect(f"{error.at}: {error.detail or error.kind}") from error


def _row(node: Node | None) -> Row:
    if not isinstance(node, Fields):
        raise FormatDefect(f"{node.at if node else 'empty file'}: keys and values are expected")
    return {key.text: value for key, value in node.pairs}


def _rows(node: Node | None) -> Iterator[Row]:
    if isinstance(node, Items):
        yield from (_row(item) for item in node.items)


def _text(node: Node | None) -> str:
    return node.text if isinstance(node, Scalar) else ""


def _texts(node: Node | None) -> tuple[str, ...]:
    return tuple(_text(item) for item in node.items) if isinstance(node, Items) else ()


def _true(node: Node | None) -> bool:
    return _text(node) == "true"


def _rule(key: str, row: Row) -> Rule:
    thresholds = {_text(one["id"]): Threshold(_number(one["value"]), _text(one["word"])) for one in _rows(row.get("thresholds"))}
    return Rule(
        key,
        Severity(_text(row["severity"])),
        Text(_text(row["zh"]), _text(row["en"])),
        Text(_text(row.get("do_zh")), _text(row.get("do_en"))) if "do_zh" in row else None,
        Manual(
            Text(_text(row.get("what_zh")), _text(row.get("what_en"))),
            _text(row.get("basis")),
            tuple(_example(one) for one in _rows(row.get("fails"))),
            tuple(_example(one) for one in _rows(row.get("passes"))),
        ),
        {form: Severity(_text(one)) for form, one in _row(row["by_form"]).items()} if "by_form" in row else {},
        thresholds,
        _texts(row.get("words")),
        explainable=_text(row.get("explainable")) != "false",
    )


def _example(row: Row) -> Example:
    files = {name: _text(text) for name, text in row.items() if name not in {"form", "also"}}
    return Example(files, _text(row.get("form")), _texts(row.get("also")))


def _number(node: Node) -> Number:
    text = _text(node)
    return Decimal(text) if "." in text else int(text)


def _concept(key: str, row: Row) -> Concept:
    breaks = tuple(
        Break(int(_text(one["from"])), Comparable(_text(one["comparable"])), _text(one["note"]), _true(one.get("unconfirmed")))
        for one in _rows(row.get("breaks"))
    )
    return Concept(
        key,
        _text(row["unit"]),
        _true(row["additive"]),
        _text(row.get("label")),
        _texts(row.get("sums")),
        breaks,
        _text(row.get("difference")) != "false",
    )


def _format(row: Row) -> Format:
    years = _row(row["years"])
    tables = tuple(_table(one) for one in _rows(row["tables"]))
    by_id = {table.id: table for table in tables}
    sections = tuple(
        Section(_text(one["id"]), _text(one["number"]), _text(one["title"]), _texts(one.get("aliases")), _text(one.get("table")))
        for one in _rows(row["sections"])
    )
    items = row["identities"]
    identities = tuple(_identity(item, by_id) for item in items.items) if isinstance(items, Items) else ()
    last = int(_text(years["to"])) if "to" in years else None
    expectations = tuple(_expectation(one) for one in _rows(row.get("expectations")))
    names = (_text(row["id"]), _text(row["title"]), _text(row["basis"]), int(_text(years["from"])), last)
    return Format(*names, sections, tables, identities, expectations)


def _expectation(row: Row) -> Expectation:
    listed = row.get("mentions")
    mentions = tuple(_texts(item) for item in listed.items) if isinstance(listed, Items) else ()
    return Expectation(_text(row["rule"]), _text(row["section"]), mentions, _texts(row.get("kinds")))


def _table(row: Row) -> Table:
    summary = _row(row["summary"]) if "summary" in row else {}
    return Table(
        id=_text(row["id"]),
        label=_text(row["label"]),
        blocks=tuple(_block(one) for one in _rows(row["blocks"])),
        layout=_text(row.get("layout")) or "down",
        short=_text(row.get("short")),
        aliases=_texts(row.get("aliases")),
        summary=_text(summary.get("zh")),
        summary_zero=_text(summary.get("zero")),
        yearly=_true(row.get("yearly")),
    )


def _block(row: Row) -> Block:
    rows = tuple(_heading(one, "", "rows") for one in _rows(row["rows"]))
    columns = tuple(_heading(one, "", "columns") for one in _rows(row["columns"]))
    return Block(rows, columns, _text(row.get("title")), _text(row.get("corner")), _text(row.get("note")))


def _heading(row: Row, above: str, below: str) -> Heading:
    own = _text(row.get("id"))
    path = f"{above}.{own}" if above and own else own
    return Heading(
        label=_text(row["label"]),
        path=path,
        short=_text(row.get("short")) or labels.NUMBERING.sub("", _text(row["label"]).translate(str.maketrans("（）", "()"))),
        aliases=_texts(row.get("aliases")),
        children=tuple(_heading(one, path or above, below) for one in _rows(row.get(below))),
        unit=_text(row.get("unit")),
        decimal=_text(row.get("number")) == "decimal",
        negative=_true(row.get("negative")),
        may_not_apply=_true(row.get("may_not_apply")),
        concept=_text(row.get("concept")),
        variants=_texts(row.get("variants")),
        made_by=_texts(row.get("made_by")),
    )


def _identity(node: Node, tables: Mapping[str, Table]) -> Identity:
    row, at = _row(node), node.at
    table, each = _text(row["table"]), _text(row["each"])

    def group(name: str) -> tuple[str, ...]:
        blocks = tables[table].blocks
        headings = [leaf for block in blocks for leaf in (block.leaf_rows if each == "column" else block.leaf_columns)]
        return tuple(heading.path for heading in headings if heading.path.startswith(f"{name}."))

    try:
        formula = identity.parse(_text(row["formula"]), group)
    except identity.NotAnIdentity as error:
        raise FormatDefect(f"{at}: {error}") from error
    where = Location(at.path, at.line, at.column)
    return Identity(
        _text(row["rule"]), table, each, formula.left, formula.relation, formula.right, where, _text(row["formula"]),
        _text(row.get("computes")), _texts(row.get("only")), _texts(row.get("strict")), formula.constant,
        _text(row.get("when")), _text(row.get("counted_twice")), _text(row.get("swapped")),
    )  # fmt: skip
