"""A digest of any frozen value, the same in every process: what a cache key is made of.

Fields that do not take part in comparison (`compare=False`: places in files) are left out, so moving a line changes nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from generator.model.format import Format


def digest(*values: object) -> str:
    """SHA-256 in hex over the values. A kind of value it does not know is a bug: TypeError."""
    state = hashlib.sha256()
    for value in values:
        state.update("\x1f".join(_parts(value)).encode())
        state.update(b"\x1e")
    return state.hexdigest()


def _parts(value: object) -> Iterator[str]:
    """A value as texts: its kind and size before its content, so that two different values never read the same."""
    if isinstance(value, Enum | str):
        yield f"s{value.value if isinstance(value, Enum) else value}"
    elif value is None or isinstance(value, bool | int | Decimal | date):
        yield f"{type(value).__name__}{value}"
    elif isinstance(value, Format):
        yield f"format {value.id}"
    elif isinstance(value, Mapping):
        yield f"m{len(value)}"
        for key, item in value.items():
            yield str(key)
            yield from _parts(item)
    elif is_dataclass(value):
        yield type(value).__name__
        for name in [field.name for field in fields(value) if field.compare]:
            yield from _parts(getattr(value, name))
    elif isinstance(value, Sequence):
        yield f"l{len(value)}"
        for item in value:
            yield from _parts(item)
    else:
        raise TypeError(f"no digest for {type(value).__name__}")
