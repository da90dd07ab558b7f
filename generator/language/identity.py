"""Identities as the formats write them: `received + carried_in == concluded + carried_out`, `prior(x)`, `sum(group)`.

The text is parsed with Python's own grammar and read through a whitelist of nodes; nothing is ever executed.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
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
    """The formula that `text` states; `group` gives the members of a group named in `sum(...)`. Raises NotAnIdentity."""
    try:
        tree = ast.parse(text, mode="eval").body
    except SyntaxError as error:
        raise NotAnIdentity(f"not a formula: {text}") from error
    if not isinstance(tree, ast.Compare) or len(tree.ops) != 1 or type(tree.ops[0]) not in RELATIONS:
        raise NotAnIdentity(f"an identity is one comparison with ==, >= or <=: {text}")
    left, left_constant = _terms(tree.left, 1, group)
    right, right_constant = _terms(tree.comparators[0], 1, group)
    if left_constant:
        raise NotAnIdentity(f"put the number on the right: {text}")
    return Formula(left, RELATIONS[type(tree.ops[0])], right, right_constant)


def _terms(node: ast.expr, sign: int, group: Callable[[str], tuple[str, ...]]) -> tuple[tuple[Term, ...], int]:
    """The terms below a node and the constant among them."""
    match node:
        case ast.BinOp(left=first, op=ast.Add() | ast.Sub() as operator, right=second):
            one, constant = _terms(first, sign, group)
            two, other = _terms(second, sign if isinstance(operator, ast.Add) else -sign, group)
            return one + two, constant + other
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
    """A cell that takes part in an identity: its sign, its address, and whether it is last year's."""

    sign: int
    address: str
    prior: bool


@dataclass(frozen=True)
class Instance:
    """One identity in one row or column: `where` is the heading it holds for, `when` the cell that must be above 0 for it to count."""

    identity: Identity
    where: Heading
    left: tuple[Place, ...]
    right: tuple[Place, ...]
    when: str = ""


@lru_cache(maxsize=32)
def instances(form: Format) -> tuple[Instance, ...]:
    """Every identity of a form, once for each row or column in which all of its names exist (42 and more for the 2021 form)."""
    return tuple(
        instance for identity in form.identities for block in form.table(identity.table).blocks for instance in _in_block(identity, block)
    )


def _in_block(identity: Identity, block: Block) -> list[Instance]:
    rows, columns = block.leaf_rows, block.leaf_columns
    along, across = (rows, columns) if identity.each == "row" else (columns, rows)
    names = {heading.path for heading in across}
    if not {term.name for term in (*identity.left, *identity.right)} | ({identity.when} - {""}) <= names:
        return []

    def address(name: str, where: Heading) -> str:
        pair = f"{where.path}.{name}" if identity.each == "row" else f"{name}.{where.path}"
        return f"{identity.table}.{pair}"

    def places(terms: tuple[Term, ...], where: Heading) -> tuple[Place, ...]:
        return tuple(Place(term.sign, address(term.name, where), term.prior) for term in terms)

    return [
        Instance(
            identity,
            where,
            places(identity.left, where),
            places(identity.right, where),
            address(identity.when, where) if identity.when else "",
        )
        for where in along
        if not identity.only or where.path in identity.only
    ]


def total(places: Sequence[tuple[int, Figure]]) -> Number | None:
    """The signed sum of figures; blank and not applicable count as 0, and None comes back where one is unreadable."""
    if any(figure.state is State.UNREADABLE for _, figure in places):
        return None
    return sum((sign * (figure.value or 0) for sign, figure in places), start=0)


def computed(instance: Instance, figures: Mapping[str, Figure]) -> Figure | None:
    """The total that an identity decides where a report leaves it out, marked as such; None where a figure it needs is unreadable."""
    value = total([(place.sign, figures[place.address]) for place in instance.right])
    return None if value is None else Figure(State.NUMBER, value, str(value), computed=True, at=figures[instance.right[-1].address].at)
