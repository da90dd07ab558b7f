"""Identities as the formats write them.

`received + carried_in == concluded + carried_out`, `prior(x)`, `sum(group)`.

The text is parsed with Python's own grammar and read through a whitelist of nodes; nothing is ever
executed.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from generator.model.figure import Figure, Number, State
from generator.model.format import Block, Format, Heading, Identity, Term

RELATIONS: Mapping[type[ast.cmpop], str] = {ast.Eq: "==", ast.GtE: ">=", ast.LtE: "<="}


class NotAnIdentity(ValueError):
    """The formula uses something outside the language; the message says what."""


@dataclass(frozen=True)
class Formula:
    """A parsed formula: `left relation right + constant`."""

    left: tuple[Term, ...]
    relation: str
    right: tuple[Term, ...]
    constant: int


def parse(text: str, group: Callable[[str], tuple[str, ...]]) -> Formula:
    """The formula that `text` states; `group` gives the members of a group named in `sum(...)"
    "`. Raises NotAnIdentity."""
    try:
        tree = ast.parse(text, mode="eval").body
    except SyntaxError as error:
        raise NotAnIdentity(f"not a formula: {text}") from error
    if (
        not isinstance(tree, ast.Compare)
        or len(tree.ops) != 1
        or type(tree.ops[0]) not in RELATIONS
    ):
        raise NotAnIdentity(f"an identity is one comparison with ==, >= or <=: {text}")
    left_terms, left_constant = _terms(tree.left, 1, group)
    right_terms, right_constant = _terms(tree.comparators[0], 1, group)
    if left_constant:
        raise NotAnIdentity(f"put the number on the right_terms: {text}")
    return Formula(left_terms, RELATIONS[type(tree.ops[0])], right_terms, right_constant)


def _terms(
    node: ast.expr, sign: int, group: Callable[[str], tuple[str, ...]]
) -> tuple[tuple[Term, ...], int]:
    """The terms below a node and the constant among them."""
    match node:
        case ast.BinOp(left=first, op=ast.Add() | ast.Sub() as operator, right=second):
            first_terms, first_constant = _terms(first, sign, group)
            second_terms, second_constant = _terms(
                second, sign if isinstance(operator, ast.Add) else -sign, group
            )
            return first_terms + second_terms, first_constant + second_constant
        case ast.Constant(value=int() as value):
            return (), sign * value
        case ast.Call(func=ast.Name(id="prior"), args=[argument], keywords=[]):
            return (Term(sign, _name(argument), prior=True),), 0
        case ast.Call(func=ast.Name(id="sum"), args=[argument], keywords=[]):
            members = group(_name(argument))
            if not members:
                raise NotAnIdentity(f"no such group: {_name(argument)}")
            return tuple(Term(sign, member) for member in members), 0
        case ast.Name() | ast.Attribute():
            return (Term(sign, _name(node)),), 0
    raise NotAnIdentity(f"not allowed in an identity: {ast.unparse(node)}")


def _name(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=inner, attr=name):
            return f"{_name(inner)}.{name}"
    raise NotAnIdentity(f"a name is expected: {ast.unparse(node)}")


def holds(relation: str, left: Number, right: Number) -> bool:
    """Whether `left relation right`."""
    if relation == "==":
        return left == right
    return left >= right if relation == ">=" else left <= right


@dataclass(frozen=True)
class Place:
    """A cell that takes part in an identity.

    Its sign, its address, and whether it is last year's.
    """

    sign: int
    address: str
    prior: bool


@dataclass(frozen=True)
class Instance:
    """One identity in one row or column.

    `where` is the heading it holds for, `when` the cell that must be above 0 for it to count.
    """

    identity: Identity
    where: Heading
    left: tuple[Place, ...]
    right: tuple[Place, ...]
    when: str = ""


@lru_cache(maxsize=32)
def instances(form: Format) -> tuple[Instance, ...]:
    """Every identity of a form, once for each row or column in which all of its names exist.

    For the form of 2021 these are 42 and more.
    """
    return tuple(
        instance
        for identity in form.identities
        for block in form.table(identity.table).blocks
        for instance in _in_block(identity, block)
    )


def _in_block(identity: Identity, block: Block) -> Iterator[Instance]:
    """An identity in each row or column of a block.

    In none where the block lacks one of its names.
    """
    by_row = identity.each == "row"
    headings = block.leaf_rows if by_row else block.leaf_columns
    across = block.leaf_columns if by_row else block.leaf_rows
    names = {heading.path for heading in across}
    needed = {term.name for term in (*identity.left, *identity.right)}
    if identity.when:
        needed.add(identity.when)
    if not needed <= names:
        return
    for heading in headings:
        if not identity.only or heading.path in identity.only:
            yield _instance(identity, heading)


def _instance(identity: Identity, heading: Heading) -> Instance:
    """An identity in one row or column."""

    def address(name: str) -> str:
        pair = [heading.path, name]
        if identity.each == "column":
            pair.reverse()
        return ".".join((identity.table, *pair))

    def places(terms: Sequence[Term]) -> tuple[Place, ...]:
        return tuple(Place(term.sign, address(term.name), term.prior) for term in terms)

    condition = address(identity.when) if identity.when else ""
    return Instance(identity, heading, places(identity.left), places(identity.right), condition)


def total(places: Sequence[tuple[int, Figure]]) -> Number | None:
    """The signed sum of figures; None where one is unreadable.

    Blank and not applicable count as 0.
    """
    if any(figure.state.unknown for _, figure in places):
        return None
    return sum((sign * (figure.value or 0) for sign, figure in places), start=0)


def computed(instance: Instance, figures: Mapping[str, Figure]) -> Figure | None:
    """The total that an identity decides where a report leaves it out, marked as such.

    None where a figure that it needs is unreadable.
    """
    value = total([(place.sign, figures[place.address]) for place in instance.right])
    if value is None:
        return None
    last = figures[instance.right[-1].address]
    return Figure(State.NUMBER, value, str(value), computed=True, at=last.at)
