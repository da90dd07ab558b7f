"""What happens to a body (机关) besides its reports: institutional reform (机构改革), as agency.yaml states it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Turn(StrEnum):
    """What happens to a body in an institutional reform (机构改革), as seen from it: with the others it becomes one body, or goes into
    another; it is split from others or into others; tasks come to it or go from it; it is set up, or abolished."""

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
    """What happened to a body on a day, and which others took part: the slug of one on this site, the name of any other."""

    date: date
    turn: Turn
    bodies: tuple[str, ...] = ()
    note: str = ""
