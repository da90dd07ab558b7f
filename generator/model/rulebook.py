"""The rules as a page shows them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class RuleExample:
    """Lines that a rule reports, or lets pass: a title, and (file, lines) one below the other."""

    title: str
    files: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class RuleView:
    """One rule.

    `id` is its number and its anchor; `weight` is `error`, `warning`, `info` or `off`, `severity`
    the word for it.
    """

    id: str
    name: str
    severity: str
    weight: str
    what: str
    facts: tuple[tuple[str, str], ...]
    examples: tuple[RuleExample, ...] = ()


@dataclass(frozen=True)
class RuleFamily:
    """The rules of one family; `about` says in a sentence what they look at."""

    id: str
    name: str
    about: str
    rules: tuple[RuleView, ...]
