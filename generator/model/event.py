"""Events of a body (机关) besides its reports: institutional reform (机构改革).

They are stated in agency.yaml.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Turn(StrEnum):
    """The kind of an event in an institutional reform (机构改革), as seen from one body.

    The body merges with others or goes into another; it is split from others or into others; tasks
    come to it or go from it; it is set up, or abolished.
    """

    MERGED_FROM = "merged_from"
    MERGED_INTO = "merged_into"
    SPLIT_FROM = "split_from"
    SPLIT_INTO = "split_into"
    TASKS_FROM = "tasks_from"
    TASKS_TO = "tasks_to"
    SET_UP = "set_up"
    ABOLISHED = "abolished"


@dataclass(frozen=True)
class Event:
    """An event of a body: its day, and the other bodies that took part.

    A body of this site is given by its slug, any other by its name.
    """

    date: date
    turn: Turn
    bodies: tuple[str, ...] = ()
    note: str = ""
