"""The carry-over chain (结转链) of an agency: what each year took over from the year before.

It also tells whether that is what the year before handed on.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from generator.model.frame import Link


class Joint(StrEnum):
    """Whether a year takes over what the year before handed on.

    FIRST has no year before it, GAP no report for that year.
    """

    FIRST = "first"
    HOLDS = "holds"
    DIFFERS = "differs"
    GAP = "gap"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class ChainBreak:
    """A year that does not join the one before, or does not add up.

    It has a sentence, the reason with its name, and the body that answers for the reason.

    `kind` is DIFFERS, GAP or UNKNOWN; `beside` says of a year that does not join what else happened
    to the body in between.
    """

    kind: Joint
    sentence: str
    reason: str = ""
    person: str = ""
    beside: str = ""
    called: str = ""


@dataclass(frozen=True)
class ChainYear:
    """One year of the chain: a link to its report, its figures, how it joins the year before.

    The figures are in the order of the columns.

    `events` are what happened to the body since the year before: sentences in parts, some of which
    lead to other bodies. `doubted` leads to the cell of each figure that another one of the report
    contradicts, and is empty for others.
    """

    year: int
    path: str
    figures: tuple[str, ...]
    joint: Joint
    word: str
    events: tuple[tuple[Link, ...], ...] = ()
    breaks: tuple[ChainBreak, ...] = ()
    doubted: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chain:
    """All years, oldest first.

    `columns` name the figures; `finding` says what must hold and how far it does.
    """

    columns: tuple[str, ...]
    years: tuple[ChainYear, ...]
    finding: str
