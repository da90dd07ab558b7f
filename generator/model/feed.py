"""A feed as a value: what is new, for programs that look now and then (Atom)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class FeedEntry:
    """One thing that is new: the path of its page, its day, who publishes it.

    `mark` tells entries about one page apart.
    """

    path: str
    day: date
    title: str
    author: str
    published: date
    mark: str = ""
    summary: str = ""


@dataclass(frozen=True)
class Feed:
    """A feed with at least one entry, the newest first.

    `path` is where the feed is, `home` the page it belongs to.
    """

    path: str
    home: str
    title: str
    entries: tuple[FeedEntry, ...]
