"""Public corrections (更正): the text before and after, the day of the change and its reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from generator.model.finding import Location

# What a report has besides figures and texts, and what a correction may say was changed, too.
DAY = "published"
TITLE = "title"
NAME = "name"
ATTACHMENTS = "attachments"
ASPECTS = (DAY, TITLE, NAME, ATTACHMENTS)


@dataclass(frozen=True)
class Change:
    """One cell of a correction: its address, and the agency's text before and after."""

    cell: str
    before: str
    after: str
    at: Location = field(default=Location(""), compare=False)


@dataclass(frozen=True)
class Rewording:
    """Words of a correction: the section that they stand in, and the text before and after.

    The section is given by its id, or is `preface`.
    """

    part: str
    before: str
    after: str
    at: Location = field(default=Location(""), compare=False)


@dataclass(frozen=True)
class Correction:
    """A public correction: when, why, which cells, which words.

    It ends one version of a report and begins the next. `also` names what else was changed after
    publication, by the ids of ASPECTS and of sections: it is said and not kept.
    """

    date: date
    reason: str
    changes: tuple[Change, ...] = ()
    rewordings: tuple[Rewording, ...] = ()
    also: tuple[str, ...] = ()
    at: Location = field(default=Location(""), compare=False)
