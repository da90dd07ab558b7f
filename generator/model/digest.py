"""A digest of any frozen value, the same in every process: what a cache key is made of.

Fields that do not take part in comparison (`compare=False`: places in files) are left out, so moving a line changes nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

from generator.model.format import Format


@cache
def own_code() -> str:
    """A digest of our own sources: what was made by other code is made again."""
    package = Path(__file__).parent.parent
    sources = sorted(package.rglob("*.py"))
    return digest([path.relative_to(package).as_posix() for path in sources], [path.read_text("utf-8") for path in sources])


def digest(*values: object) -> str:
    """SHA-256 in hex over the values. A kind of value it does not know is a bug: TypeError."""
    parts: list[str] = []
    for value in values:
        _write(value, parts)
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind) if field.compare)


def _write(value: object, parts: list[str]) -> None:
    """A value as texts: its kind and size before its content, so that two different values never read the same."""
    if isinstance(value, Enum | str):
        text = str(value.value) if isinstance(value, Enum) else value
        parts.append(f"s{len(text)} {text}")
    elif value is None or isinstance(value, bool | int | Decimal | date):
        parts.append(f"{type(value).__name__}{value}")
    elif isinstance(value, Format):
        parts.append(f"format {value.id}")
    elif isinstance(value, Mapping):
        parts.append(f"m{len(value)}")
        for key, item in value.items():
            _write(key, parts)
            _write(item, parts)
    elif is_dataclass(value):
        parts.append(type(value).__name__)
        kind: Any = type(value)
        for name in _names(kind):
            _write(getattr(value, name), parts)
    elif isinstance(value, Sequence):
        parts.append(f"l{len(value)}")
        for item in value:
            _write(item, parts)
    else:
        raise TypeError(f"no digest for {type(value).__name__}")
