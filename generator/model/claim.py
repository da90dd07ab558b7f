"""What a narrative claims about the tables: a pattern over its words, and cells.

The claims are stated in `generator/formats/claims.yaml`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from generator.model.finding import Location

# Concepts that are added up; a row that is a group stands for all of its rows.
Sum = tuple[str, ...]


@dataclass(frozen=True)
class Listed:
    """A word of an enumeration (予以公开、部分公开分别为…) and what its number is the sum of."""

    word: str
    equals: Sum


@dataclass(frozen=True)
class Claim:
    """One kind of claim.

    `says` is a pattern over a sentence in which each quantity is one character; without a quantity
    in it, or with `claims_zero`, it claims 0. `equals` are the ways to come to the number, `second`
    those of a second number. The other fields narrow it: see claims.yaml.
    """

    rule: str
    says: str
    equals: tuple[Sum, ...]
    second: tuple[Sum, ...] = ()
    listed: tuple[Listed, ...] = ()
    topic: str = ""
    section: str = ""
    unless: str = ""
    opens: str = ""
    before: str = ""
    prior: bool = False
    zero_only: bool = False
    claims_zero: bool = False
    at: Location = field(default=Location(""), compare=False)


@dataclass(frozen=True)
class Claims:
    """All claims, the most telling first, with the topics and fragments by name.

    A fragment stands in the patterns of claims as `{name}`.
    """

    claims: tuple[Claim, ...] = ()
    topics: tuple[tuple[str, str], ...] = ()
    fragments: tuple[tuple[str, str], ...] = ()
