"""A digest of any frozen value, the same in every process: what a cache key is made of.

Fields that do not take part in comparison (`compare=False`: places in files) are left out, so
moving a line changes nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from generator.model.format import Format


@cache
def own_code() -> str:
    """A digest of our own sources and catalogues: what was made by others is made again."""
    package = Path(__file__).parent.parent
    sources = sorted([*package.rglob("*.py"), *package.glob("locale/*.po")])
    return digest(
        [path.relative_to(package).as_posix() for path in sources],
        [path.read_text("utf-8") for path in sources],
    )


def made_by(sources: Iterable[Path], libraries: Iterable[str]) -> str:
    """A digest of the program that makes some bytes: files of ours, and versions of libraries.

    None of the libraries is imported for it.
    """
    versions = [metadata.version(name) for name in libraries]
    return digest(versions, [path.read_text("utf-8") for path in sources])


def digest(*values: object) -> str:
    """SHA-256 in hex over the values. A kind of value it does not know is a bug: TypeError."""
    texts: list[str] = []
    for value in values:
        _write(value, texts)
    return hashlib.sha256("\x1f".join(texts).encode("utf-8", "surrogatepass")).hexdigest()


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind) if field.compare)


def _write(value: object, texts: list[str]) -> None:
    """A value as texts, the kind and size of it before its content.

    So two different values never give the same texts.
    """
    if isinstance(value, Enum | str):
        text = str(value.value) if isinstance(value, Enum) else value
        texts.append(f"s{len(text)} {text}")
    elif value is None or isinstance(value, bool | int | Decimal | date):
        texts.append(f"{type(value).__name__}{value}")
    elif isinstance(value, Format):
        texts.append(f"format {value.id}")
    elif isinstance(value, Mapping):
        texts.append(f"m{len(value)}")
        for key, item in value.items():
            _write(key, texts)
            _write(item, texts)
    elif is_dataclass(value):
        texts.append(type(value).__name__)
        kind: Any = type(value)
        for name in _names(kind):
            _write(getattr(value, name), texts)
    elif isinstance(value, Sequence):
        texts.append(f"l{len(value)}")
        for item in value:
            _write(item, texts)
    else:
        raise TypeError(f"no digest for {type(value).__name__}")
