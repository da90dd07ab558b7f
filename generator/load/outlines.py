"""The names that a file of a site knows, for the reader of what people type.

They come from the tables of keys and from the forms, so a new key or form needs nothing here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.language import labels
from generator.load.keys import ByLaw, Group, Keys, Kind, LineOrGroup, Several
from generator.load.rows import EXTRA, level_words, table_words
from generator.model.fair_copy import UNKNOWN, Outline
from generator.model.format import Format, Heading, Table

TEXT = Outline(below={})
NOTHING: Mapping[str, Keys | None] = {}


def of_keys(keys: Keys, by_law: Mapping[str, Keys | None] = NOTHING) -> Outline:
    """The names of a table of keys.

    `by_law` has what stands below keys that a reader of their own reads: other keys, or None for a
    plain list.
    """
    names: dict[str, Outline] = {}
    for key in keys.by_name.values():
        outline = _of_kind(key.kind, by_law)
        names |= dict.fromkeys(map(labels.normal, key.spellings), outline)
    return Outline(names)


def with_tables(outline: Outline, form: Format) -> Outline:
    """The names of a report: those of its keys, and the tables of its form."""
    names = dict(outline.below or {})
    printed: set[str] = set()
    for table in form.tables:
        names |= dict.fromkeys(map(labels.normal, table.words), _of_table(table))
        printed.update(map(labels.normal, _printed(table)))
    return Outline(names, printed=frozenset(printed))


def _of_kind(kind: Kind, by_law: Mapping[str, Keys | None]) -> Outline:
    match kind:
        case Group(keys=keys) | LineOrGroup(keys=keys):
            return of_keys(keys, by_law)
        case Several(item=item):
            return Outline(_of_kind(item, by_law).below, listed=True)
        case ByLaw(what=what):
            if what not in by_law:
                return UNKNOWN
            below = by_law[what]
            return Outline(of_keys(below, by_law).below if below else {}, listed=True)
    return TEXT


def _of_table(table: Table) -> Outline:
    names: dict[str, Outline] = {}
    for block in table.blocks:
        columns = block.leaf_columns
        below = {labels.normal(word): TEXT for column in columns for word in column.words}
        row = Outline(below, columns=len(columns))
        level = {
            word: heading
            for word, heading in level_words(block.rows).items()
            if table_words(table)[0].get(word) is heading
        }
        names |= _of_level(level, row)
    rows = [row for block in table.blocks for row in block.leaf_rows]
    across = tuple(row.name for row in rows) if table.layout == "across" else ()
    return Outline(names | dict.fromkeys(EXTRA, UNKNOWN), across=across)


def _of_level(level: Mapping[str, Heading], row: Outline) -> dict[str, Outline]:
    """The names of one level. A group may be written as one row, so it takes figures too."""
    return {
        word: Outline(_of_level(level_words(heading.children), row), columns=row.columns)
        if heading.children
        else row
        for word, heading in level.items()
    }


def _printed(table: Table) -> Iterator[str]:
    """What a form prints around the figures of a table."""
    yield table.label
    for block in table.blocks:
        yield from filter(None, (block.title, block.corner, block.note))
        for heading in (*block.columns, *block.rows):
            yield from _labels(heading)


def _labels(heading: Heading) -> Iterator[str]:
    """The label of a heading and those below it."""
    yield heading.label
    for child in heading.children:
        yield from _labels(child)
