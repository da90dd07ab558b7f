"""./run quick leaves out what takes long, and finds that by itself: in a test, in its fixtures, and in what these call."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from types import FunctionType
from typing import Any

import pytest

from tests.commands import run
from tests.selection import reaches_long, slow


def counts(site: Any) -> int:
    return len(site.findings())


def builds(site: Any) -> object:
    return site.build()


def calls_what_builds(site: Any) -> list[object]:
    return [builds(one) for one in [site]]


class Builder:
    def made(self, site: Any) -> object:
        return calls_what_builds(site)


def builds_by_a_class(site: Any) -> object:
    return Builder().made(site)


def builds_by_the_command_line() -> object:
    return run("build")


def checks_by_the_command_line() -> object:
    return run("check")


def starts_a_program() -> None:
    subprocess.run(["true"], check=True)


@pytest.mark.parametrize(
    ("function", "long"),
    [
        (counts, False),
        (checks_by_the_command_line, False),
        (builds, True),
        (calls_what_builds, True),
        (builds_by_a_class, True),
        (builds_by_the_command_line, True),
        (starts_a_program, True),
    ],
)
def test_what_takes_long_is_found(function: Callable[..., object], long: bool) -> None:
    assert isinstance(function, FunctionType) and reaches_long(function) is long


def test_a_test_of_values_is_quick_and_one_that_asks_for_a_browser_is_not(
    request: pytest.FixtureRequest,
) -> None:
    assert not slow(request.node)
    items = {item.name: item for item in request.session.items}
    assert not request.config.getoption("quick") or not any(map(slow, items.values()))
    long = [item for item in request.session.items if {"page", "sample"} & set(item.fixturenames)]  # type: ignore[attr-defined]
    assert all(map(slow, long))
