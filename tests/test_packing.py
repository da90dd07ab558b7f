"""Values as plain lists and back: whatever a value holds comes back, and what has no plain form is a bug at once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.agency import Agency
from generator.model.finding import Finding
from generator.model.packed import pack_agency, unpack_agency
from generator.model.packing import packed, unpacked


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
