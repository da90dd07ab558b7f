"""Frozen values as plain lists and back, by the types of their fields.

A new field of a value is packed without a line here. Plain means what JSON has; a decimal becomes
text, because JSON's own numbers would lose digits.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache, singledispatch
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

Packed = Any  # what a JSON text gives
Value = TypeVar("Value")
Unpack = Callable[[Packed], Any]
NUMBER = {int, Decimal}


@singledispatch
def packed(value: Any) -> Packed:
    """A value in plain form. Raises TypeError, a bug, for one of a type that has none."""
    kind: Any = type(value)
    return [packed(getattr(value, name)) for name in _field_names(kind)]


@packed.register(str)  # so is every enumeration of ours
@packed.register(int)
@packed.register(types.NoneType)
def _(value: str | int | None) -> Packed:
    return value


@packed.register
def _(value: tuple) -> Packed:  # type: ignore[type-arg]
    return [packed(item) for item in value]


@packed.register
def _(value: Mapping) -> Packed:  # type: ignore[type-arg]
    return {key: packed(item) for key, item in value.items()}


@packed.register
def _(value: date) -> Packed:
    return value.isoformat()


@packed.register
def _(value: Decimal) -> Packed:
    return str(value)


def unpacked(kind: type[Value], plain: Packed) -> Value:
    """The value of a type that `packed` was given.

    Raises ValueError, TypeError or LookupError for anything else.
    """
    hashable: Any = kind
    value: Value = _unpacker(hashable)(plain)
    return value


@cache
def _field_names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


@cache
def _unpacker(kind: Any) -> Unpack:
    """What makes a value of a type out of its plain form."""
    origin = get_origin(kind)
    if origin in {Union, types.UnionType}:
        return _of_union(get_args(kind))
    if origin is tuple:
        return _of_tuple(get_args(kind))
    if origin is Mapping:
        unpack = _unpacker(get_args(kind)[1])
        return lambda plain: {key: unpack(item) for key, item in plain.items()}
    return date.fromisoformat if kind is date else _of_class(kind)


def _of_class(kind: Any) -> Unpack:
    """A value with fields, a member of an enumeration, or what is plain already."""
    dataclass: bool = is_dataclass(kind)
    if dataclass or issubclass(kind, tuple):
        names = _field_names(kind) if dataclass else kind._fields
        hints = get_type_hints(kind)
        return _of_fields(kind, [hints[name] for name in names])
    return kind if issubclass(kind, Enum) else _as_it_is


def _of_union(kinds: tuple[Any, ...]) -> Unpack:
    """A value or none, a number whole or decimal, or both; no other union has a plain form."""
    possible = [kind for kind in kinds if kind is not types.NoneType]
    unpack = _number if set(possible) == NUMBER else _unpacker(*possible)
    if len(possible) == len(kinds):
        return unpack
    return lambda plain: None if plain is None else unpack(plain)


def _number(plain: Packed) -> int | Decimal:
    return Decimal(plain) if isinstance(plain, str) else int(plain)


def _of_tuple(kinds: tuple[Any, ...]) -> Unpack:
    if kinds[-1] is not Ellipsis:
        return _of_fields(lambda *items: items, kinds)
    unpack = _unpacker(kinds[0])
    if unpack is _as_it_is:
        return tuple
    return lambda plain: tuple(map(unpack, plain))


def _of_fields(make: Callable[..., Any], kinds: Any) -> Unpack:
    unpackers = [_unpacker(kind) for kind in kinds]

    def unpack(plain: Packed) -> Any:
        return make(*[take(item) for take, item in zip(unpackers, plain, strict=True)])

    return unpack


def _as_it_is(plain: Packed) -> Packed:
    return plain
