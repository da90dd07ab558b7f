"""Values as plain lists and back: whatever a value holds comes back, and what has no plain form is a bug at once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.check import blank_totals
from generator.model.agency import Agency
from generator.model.figure import State
from generator.model.finding import Finding
from generator.model.packed import Figures, may_have, pack_agency, unpack_agency
from generator.model.packing import packed, unpacked
from generator.model.settings import Settings
from generator.model.site import Site
from generator.source.memory import Memory
from tests.conftest import SmallSite
from tests.sharing import shipped_law


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Pair(NamedTuple):
    first: str
    second: tuple[int, ...] = ()


@dataclass(frozen=True)
class Leaf:
    name: str
    amount: int | Decimal | None = None
    day: date | None = None


@dataclass(frozen=True)
class Tree:
    leaves: tuple[Leaf, ...]
    span: tuple[int, Leaf]
    colour: Colour
    pair: Pair | None
    by_name: Mapping[str, Leaf]


NAMES = st.text(st.characters(exclude_categories=["Cs"]))
AMOUNTS = st.none() | st.integers() | st.decimals(allow_nan=False, allow_infinity=False)
LEAVES = st.builds(Leaf, NAMES, AMOUNTS, st.none() | st.dates())
PAIRS = st.none() | st.builds(Pair, NAMES, st.lists(st.integers()).map(tuple))
TREES = st.builds(
    Tree,
    st.lists(LEAVES).map(tuple),
    st.tuples(st.integers(), LEAVES),
    st.sampled_from(Colour),
    PAIRS,
    st.dictionaries(NAMES, LEAVES),
)


@given(TREES)
def test_whatever_a_value_holds_comes_back(tree: Tree) -> None:
    back = unpacked(Tree, json.loads(json.dumps(packed(tree))))
    assert back == tree and repr(back) == repr(tree)


@pytest.mark.parametrize("kind", [Agency, Finding])
def test_a_value_cut_short_is_refused(kind: type) -> None:
    with pytest.raises((ValueError, TypeError, LookupError)):
        unpacked(kind, ["a"])


@pytest.mark.parametrize("value", [object(), 1.5, {1, 2}, [1]])
def test_what_has_no_plain_form_is_a_bug(value: Any) -> None:
    with pytest.raises(TypeError):
        packed(value)


def test_a_body_comes_back() -> None:
    agency = Agency("bureau", (), "department", "county", contact={"phone": "1"}, note="…")
    assert unpack_agency(pack_agency(agency)) == agency


@pytest.mark.parametrize(
    ("value", "blank"), [("[0, 0, 0, 0, 0, 0, 0]", False), ("[0, 0, 0, 0, 0, 0, ~]", True)]
)
def test_figures_tell_a_state_without_being_unpacked(
    site: SmallSite, value: str, *, blank: bool
) -> None:
    site.row("新收", value).inspect()
    report = site.inspect().site.reports["bureau", 2023]
    figures = report.figures
    assert isinstance(figures, Figures)
    figures.unpacked = None
    assert may_have(report, State.BLANK) is blank
    assert blank_totals.served(Site(Settings(), shipped_law(), {}, {("bureau", 2023): report}, {}))
    assert (figures.unpacked is not None) is blank


def test_keys_and_single_rows_are_read_without_the_others(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "memory.sqlite")
    for name in ("a", "b", "c"):
        memory.keep("kind", name, f"key of {name}", f"data of {name}")
    assert memory.keys("kind") == {name: f"key of {name}" for name in "abc"}
    assert memory.single("kind", "b") == "data of b"
    memory.close()
    again = Memory(tmp_path / "memory.sqlite")
    assert again.keys("kind") == {name: f"key of {name}" for name in "abc"}
    assert again.single("kind", "b") == "data of b" and again.single("kind", "d") == ""
    assert again.keys("other") == {} and not again.held, "nothing was read whole"
    again.keep("kind", "b", "another key", "other data")
    again.forget("kind", "c")
    assert again.keys("kind") == {"a": "key of a", "b": "another key"}
    assert again.single("kind", "b") == "other data" and again.single("kind", "c") == ""
    assert again.last("kind", "b") == ("another key", "other data")
