"""The values of keys in JSON Schema: what the kind of a key takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from generator.load.keys import (
    Address,
    ByLaw,
    Choice,
    Day,
    Deadline,
    Group,
    Key,
    Keys,
    Kind,
    Line,
    LineOrGroup,
    Several,
)
from generator.load.settings import DAY as DEADLINE
from generator.load.settings import URL
from generator.schema.names import (
    DAY,
    NOTHING,
    TEXT,
    Schema,
    choice,
    described,
    keys,
    several,
)

NO_VALUES: Mapping[str, Schema] = {}


def fields(key_table: Keys, values: Mapping[str, Schema] = NO_VALUES) -> Schema:
    """A mapping with the keys of a table.

    `values` are the schemas of keys whose value depends on the forms and rules.
    """
    return keys(
        (key.spellings, value(key, values.get(name)), True)
        for name, key in key_table.by_name.items()
    )


def value(key: Key, by_law: Schema | None = None) -> Schema:
    """The schema of the value of a key, with its title and meaning."""
    return described(key.spellings, key.meaning, by_law or of_kind(key.kind))


def of_kind(kind: Kind) -> Schema:
    """What values of a kind look like."""
    match kind:
        case Line() | ByLaw():
            schema = TEXT
        case Day():
            schema = DAY
        case Address():
            schema = {"type": ["string", "null"], "pattern": f"^(?:{URL.pattern})?$"}
        case Deadline():
            schema = {"type": ["string", "null"], "pattern": f"^(?:{DEADLINE.pattern})?$"}
        case Choice(options, more):
            schema = choice(options, *more)
        case Several(item, alone):
            schema = several(of_kind(item)) if alone else listing(of_kind(item))
        case Group(group, may_be_open):
            schema = or_nothing(fields(group)) if may_be_open else fields(group)
        case LineOrGroup(group):
            schema = {"anyOf": [fields(group), TEXT]}
        case _:
            assert_never(kind)
    return schema


def listing(item: Schema) -> Schema:
    """A list of items."""
    return {"type": "array", "items": item}


def or_nothing(schema: Schema) -> Schema:
    """A mapping that may be left open: `联系方式:`."""
    return {"anyOf": [schema, {"enum": [*NOTHING]}]}
