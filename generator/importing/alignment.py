"""The figures printed in a row to the columns they belong to: every way in which that is possible.

Where a row has as many figures as columns there is one way. Where figures run together, or one is
missing, each way to read them is kept whose sums hold, and the whole table decides among them
(solving.py).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from generator.importing.units import Token, Unit
from generator.importing.vocabulary import figure_text
from generator.language.identity import Instance, instances
from generator.language.numerals import Decoded, decode
from generator.model.figure import Number, State
from generator.model.format import Format

DIGITS = re.compile(r"-?[0-9]+")
# No row is tried in more ways than this.
MOST_WAYS = 12_000
# Beyond so many digits no figures that run together are taken apart.
LONGEST_RUN = 24


class Trouble(StrEnum):
    """Why the figures of a row cannot be told apart by the row alone."""

    NONE = ""
    GLUED = "glued"
    LOST = "lost"  # one figure fewer than columns
    FEW = "few"  # two or more fewer
    MANY = "many"
    BLANK_TOTAL = "blank total"  # the total is blank, and the figure before it is the sum
    DISORDER = "disorder"
    ASTRAY = "astray"  # figures on several lines that do not add up
    NO_SUM = "no sum"  # run together in a table without sums
    ILLEGIBLE = "illegible"


@dataclass(frozen=True)
class Way:
    """One way to read a row: the value of each column, and the column that no figure stands for."""

    values: tuple[Number, ...]
    lost: int = -1


@dataclass(frozen=True)
class Run:
    """Digits of one or more figures; `is_cell` where they are certainly one."""

    digits: str
    is_cell: bool = False


@dataclass(frozen=True)
class Aligned:
    """A row as far as it can be read by itself.

    Either each column has its token, or `ways` has the readings, of which there may be none.
    """

    unit: Unit
    tokens: tuple[Token, ...] = ()
    ways: tuple[Way, ...] = ()
    trouble: Trouble = Trouble.NONE
    row_sums: tuple[Instance, ...] = ()


def aligned(form: Format, unit: Unit) -> Aligned:
    """The figures of a row in the columns of its block."""
    addresses = unit.addresses
    sums = sums_within(form, addresses)
    if unit.row is not None and unit.flowing and unit.tokens[0].blank:
        return Aligned(unit, trouble=Trouble.FEW, row_sums=sums)
    by_column = () if len(unit.tokens) == len(addresses) else _by_column(unit)
    if by_column:
        return _checked(Aligned(unit, by_column, row_sums=sums))
    tokens = _trimmed(unit.tokens, len(addresses))
    filled = [token for token in tokens if not token.blank]
    full = () if _has_more_columns(unit) else _full(unit, tokens, filled, bool(sums))
    if full:
        return _checked(Aligned(unit, _in_form_order(unit, full), row_sums=sums))
    by_column = _by_column(unit)
    if by_column:
        return _checked(Aligned(unit, by_column, row_sums=sums))
    return _not_full(unit, tokens, filled, sums)


def _not_full(
    unit: Unit, tokens: Sequence[Token], filled: Sequence[Token], sums: tuple[Instance, ...]
) -> Aligned:
    """A row whose tokens are not one for each column."""
    trouble = Trouble.FEW
    if _is_reordered(unit):
        trouble = Trouble.DISORDER
    elif len(filled) > len(unit.addresses):
        trouble = Trouble.MANY
    elif len(filled) == len(tokens):
        return _read_apart(unit, filled, sums)
    return Aligned(unit, trouble=trouble, row_sums=sums)


def _is_reordered(unit: Unit) -> bool:
    """Whether the document prints the columns in another order than the form."""
    return bool(unit.order) and list(unit.order) != sorted(unit.order)


def _has_more_columns(unit: Unit) -> bool:
    """Whether the heads stand over columns besides those of the form."""
    covered = [column for group in unit.columns for column in group]
    return bool(covered) and max(covered) - min(covered) + 1 > len(unit.columns)


def _in_form_order(unit: Unit, tokens: Sequence[Token]) -> tuple[Token, ...]:
    if not _is_reordered(unit):
        return tuple(tokens)
    return tuple(tokens[unit.order.index(number)] for number in range(len(tokens)))


def _full(
    unit: Unit, tokens: Sequence[Token], filled: Sequence[Token], has_sums: bool
) -> Sequence[Token]:
    """The tokens that stand for one column each; empty where that is not certain."""
    count = len(unit.addresses)
    if any(_is_run(token) for token in tokens):
        return ()
    leading = not unit.exact and bool(tokens) and tokens[0].blank
    if len(tokens) == count and not leading:
        return tokens
    if unit.exact or (unit.flowing and not has_sums):
        return ()
    if len(filled) == count and _evenly(tokens):
        return filled
    return ()


def _evenly(tokens: Sequence[Token]) -> bool:
    """Whether the same number of blanks stands between all figures, as merged cells leave them."""
    places = [number for number, token in enumerate(tokens) if not token.blank]
    return len({later - earlier for earlier, later in itertools.pairwise(places)}) <= 1


def sums_within(form: Format, addresses: Sequence[str]) -> tuple[Instance, ...]:
    """The sums of the form all of whose figures are among these cells, of this year alone."""
    inside = set(addresses)
    return tuple(
        instance
        for instance in instances(form)
        if is_sum(instance)
        and all(place.address in inside for place in (*instance.left, *instance.right))
    )


def is_sum(instance: Instance) -> bool:
    """Whether an identity is an equation of this year's figures alone."""
    places = (*instance.left, *instance.right)
    plain = instance.identity.relation == "==" and not instance.identity.constant
    return plain and not instance.when and not any(place.prior for place in places)


def _by_column(unit: Unit) -> tuple[Token, ...]:
    """The tokens of an exact row by the heads over them; empty where these do not tell."""
    if not unit.exact or not unit.columns:
        return ()
    if unit.order:
        printed = [unit.columns[number] for number in unit.order]
        if printed != sorted(printed):
            return ()  # spans put the heads over wrong columns
    at = {token.column: token for token in unit.tokens}
    covered = {column for group in unit.columns for column in group}
    beyond = [token for token in unit.tokens if token.column > max(covered) and not token.blank]
    if beyond:
        return ()  # the heads do not stand over the figures
    chosen = []
    for group in unit.columns:
        tokens = [at[column] for column in group if column in at]
        filled = list({token.text: token for token in tokens if not token.blank}.values())
        if not tokens or len(filled) > 1:
            return ()
        chosen.append(filled[0] if filled else tokens[0])
    return tuple(chosen)


def _trimmed(tokens: Sequence[Token], count: int) -> list[Token]:
    """The tokens without the blanks that are too many, where it is certain which these are.

    Blanks before the first figure and behind the last one leave several ways to choose.
    """
    trimmed = list(tokens)
    while len(trimmed) > count and trimmed[-1].blank and not trimmed[0].blank:
        trimmed.pop()
    while len(trimmed) > count and trimmed[0].blank and not trimmed[-1].blank:
        trimmed.pop(0)
    return trimmed


def _is_run(token: Token) -> bool:
    """Whether figures run together in a cell: digits that begin with a 0."""
    return "leading_zero" in decode(figure_text(token.text, money=False)).notes


def _checked(row: Aligned) -> Aligned:
    """The row, unless its sums show that a figure in it is none of its own.

    So where the total is blank and the figure before it is the sum, and where figures on several
    lines do not add up: a number of a page may be among them.
    """
    values = {
        address: decode(figure_text(token.text, money=False))
        for address, token in zip(row.unit.addresses, row.tokens, strict=True)
    }
    numbers = {address: decoded.value or 0 for address, decoded in values.items()}
    for instance in row.row_sums:
        addends = [values[place.address] for place in instance.right]
        if values[instance.left[0].address].state is State.BLANK and _last_is_sum(addends):
            return Aligned(row.unit, trouble=Trouble.BLANK_TOTAL, row_sums=row.row_sums)
        if row.unit.flowing and not _holds(instance, numbers):
            return Aligned(row.unit, trouble=Trouble.ASTRAY, row_sums=row.row_sums)
    return row


def _last_is_sum(addends: Sequence[Decoded]) -> bool:
    numbers = [addend.value for addend in addends if addend.value is not None]
    return bool(numbers and numbers[-1]) and sum(numbers[:-1]) == numbers[-1]


def _read_apart(unit: Unit, tokens: Sequence[Token], sums: tuple[Instance, ...]) -> Aligned:
    """A row with fewer tokens than columns."""
    texts = [figure_text(token.text, money=False) for token in tokens]
    ways: Sequence[Way] = ()
    trouble = Trouble.FEW
    if not all(DIGITS.fullmatch(text) for text in texts) or len("".join(texts)) > LONGEST_RUN:
        return Aligned(unit, trouble=trouble, row_sums=sums)
    if not sums:
        trouble = Trouble.NO_SUM
        ways = _zeros(unit, texts)
    elif any(text.startswith("-") for text in texts):
        return Aligned(unit, trouble=trouble, row_sums=sums)
    elif len(texts) == 1 or any(len(text) > 1 and text.startswith("0") for text in texts):
        trouble = Trouble.GLUED
        ways = _apart(unit, texts, sums)
    elif len(texts) == len(unit.addresses) - 1 and (unit.exact or unit.delimited):
        trouble = Trouble.LOST
        ways = tuple(_with_one_lost(unit, [int(text) for text in texts], sums))
    return Aligned(unit, tuple(tokens), tuple(ways), trouble, sums)


def _zeros(unit: Unit, texts: Sequence[str]) -> tuple[Way, ...]:
    """A run of as many zeros as columns, which needs no sum to be read."""
    count = len(unit.addresses)
    return (Way((0,) * count),) if "".join(texts) == "0" * count else ()


def _apart(unit: Unit, texts: Sequence[str], sums: tuple[Instance, ...]) -> list[Way]:
    """Every way to take runs of digits apart into as many figures as columns, sums kept.

    A blank cell leaves no trace in a run: one may be among them. None at all where there are too
    many ways to be tried.
    """
    ways = []
    # On lines of their own, figures stand apart; only zeros run together.
    runs = [Run(text, unit.flowing and not text.startswith("0")) for text in texts]
    for tried, way in enumerate(_ways_apart(runs, len(unit.addresses))):
        if tried == MOST_WAYS:
            return []
        values = dict(zip(unit.addresses, way.values, strict=True))
        if all(_holds(instance, values) for instance in sums):
            ways.append(way)
    return ways


def _ways_apart(runs: Sequence[Run], count: int) -> Iterator[Way]:
    for numbers in _splits(runs, count):
        yield Way(tuple(numbers))
    for numbers in _splits(runs, count - 1):
        for blank in range(count):
            yield Way((*numbers[:blank], 0, *numbers[blank:]), blank)


def _splits(runs: Sequence[Run], count: int) -> Iterator[list[int]]:
    """The runs as `count` numbers in order; no number begins with a 0 but 0 itself."""
    if not runs:
        if count == 0:
            yield []
        return
    most = sum(1 if run.is_cell else len(run.digits) for run in runs)
    if not len(runs) <= count <= most:
        return
    first, *others = runs
    for number, remainder in _first_numbers(first):
        remaining = [Run(remainder), *others] if remainder else others
        for tail in _splits(remaining, count - 1):
            yield [number, *tail]


def _first_numbers(run: Run) -> Iterator[tuple[int, str]]:
    """(the number at the start, what is left) for each length it may have."""
    if run.is_cell:
        yield int(run.digits), ""
        return
    longest = 1 if run.digits.startswith("0") else len(run.digits)
    for length in range(1, longest + 1):
        yield int(run.digits[:length]), run.digits[length:]


def _holds(instance: Instance, values: Mapping[str, Number]) -> bool:
    difference: Number = 0
    for sign, places in ((1, instance.left), (-1, instance.right)):
        for place in places:
            difference += sign * place.sign * values[place.address]
    return difference == 0


def _with_one_lost(unit: Unit, numbers: Sequence[int], sums: tuple[Instance, ...]) -> Iterator[Way]:
    """Every column that may be the missing one, with the figure that the sums ask for there."""
    addresses = unit.addresses
    for lost, address in enumerate(addresses):
        values: dict[str, Number] = {}
        following = iter(numbers)
        for place, name in enumerate(addresses):
            values[name] = 0 if place == lost else next(following)
        instance = next(
            (i for i in sums if address in {p.address for p in (*i.left, *i.right)}), None
        )
        if instance is None:
            continue
        value = _asked_for(instance, address, values)
        if value is None or value < 0:
            continue
        values[address] = value
        if all(_holds(further, values) for further in sums):
            yield Way(tuple(values.values()), lost)


def _asked_for(instance: Instance, address: str, values: Mapping[str, Number]) -> Number | None:
    """The figure of a cell with which a sum holds; None where its sign there is not 1 or -1."""
    balance: Number = 0
    sign = 0
    for side, places in ((1, instance.left), (-1, instance.right)):
        for place in places:
            if place.address == address:
                sign += side * place.sign
            else:
                balance += side * place.sign * values[place.address]
    return -balance * sign if sign in {1, -1} else None
