"""Which tests are quick: those that build no site, start no browser and no other program, and print nothing.

Nobody keeps a list. A test is looked at with its fixtures and every function and class of these test modules that its code names; it is
slow where one of them names what takes long.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any, TypeGuard

import pytest

# What takes long, by the names under which tests call it.
SITES = frozenset({"build", "built_once", "serve", "Preview"})
BROWSERS = frozenset({"sync_playwright", "webdriver"})
PRINTING = frozenset({"press", "write_pdf"})
PROGRAMS = frozenset({"subprocess"})
TESTS = Path(__file__).parent
LONG = SITES | BROWSERS | PRINTING | PROGRAMS


def slow(item: pytest.Item) -> bool:
    """Whether a test, or a fixture that it asks for, names what takes long."""
    return any(reaches_long(function) for function in _functions(item))


def _functions(item: pytest.Item) -> Iterator[FunctionType]:
    """The test and its fixtures, as far as they are ours."""
    if isinstance(item, pytest.Function):
        yield _plain(item.function)
    fixtures = getattr(item, "_fixtureinfo").name2fixturedefs  # noqa: B009
    for definitions in fixtures.values():
        for definition in definitions:
            function = _plain(definition.func)
            if _here(function.__code__.co_filename):
                yield function


def _plain(function: Any) -> FunctionType:
    """The function inside its decorators: hypothesis keeps it in `hypothesis`, others in `__wrapped__`."""
    inner = getattr(function, "hypothesis", None)
    function = inner.inner_test if inner else function
    plain: FunctionType = getattr(function, "__wrapped__", function)
    return getattr(plain, "__func__", plain)


@cache
def reaches_long(start: FunctionType) -> bool:
    """Whether a function, or one of ours that it names, names what takes long. Of a class only those methods count that are named."""
    names: set[str] = set()
    classes: set[type] = set()
    seen: set[FunctionType] = set()
    queue = [start]
    while queue:
        function = queue.pop()
        seen.add(function)
        own = set(_names(function.__code__))
        names |= own
        for value in map(function.__globals__.get, own):
            if isinstance(value, type) and _ours(value):
                classes.add(value)
            elif _ours_function(value):
                queue.append(value)
        methods = [vars(kind)[name] for kind in classes for name in names & vars(kind).keys()]
        queue = [part for part in [*queue, *methods] if _ours_function(part) and part not in seen]
    return bool(names & LONG)


def _names(code: CodeType) -> Iterator[str]:
    """Every name in a function's code and in the functions inside it, and every word in quotes: commands are called by these."""
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names(constant)
        elif isinstance(constant, str):
            yield constant


def _ours_function(value: object) -> TypeGuard[FunctionType]:
    return isinstance(value, FunctionType) and _here(value.__code__.co_filename)


def _ours(kind: type) -> bool:
    return _here(getattr(sys.modules[kind.__module__], "__file__", ""))


def _here(file: str | None) -> bool:
    """Whether a file is one of these tests."""
    return file is not None and Path(file).is_relative_to(TESTS)
