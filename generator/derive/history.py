"""What happened to a body over time, in sentences: its names, and whom it belongs to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import pairwise

from generator.language.speech import Speech
from generator.model.report import Agency, Site, Span


def events(site: Site, agency: Agency, say: Speech) -> list[tuple[date, str]]:
    """Each change with its day, in order of time; one without a day cannot be told."""

    def parent(span: Span, day: date) -> str:
        above = site.agencies.get(span.value)
        return above.name_in(day.year) if above else span.value

    found = [
        (day, say("{day}起，名称由“{before}”改为“{after}”。", day=say.day(day), before=before, after=after))
        for day, before, after in _changes(agency.names, lambda span, day: span.value)
    ]
    found += [
        (day, say("{day}起，上级由“{before}”改为“{after}”。", day=say.day(day), before=before, after=after))
        for day, before, after in _changes(agency.parents, parent)
    ]
    return sorted(found, key=lambda event: event[0])


def _changes(spans: tuple[Span, ...], name: Callable[[Span, date], str]) -> Iterator[tuple[date, str, str]]:
    """(day, before, after) of each change whose day is known: that on which the later value starts, or the one after the earlier ends."""
    for before, after in pairwise(spans):
        day = after.start or (before.end + timedelta(days=1) if before.end else None)
        if day:
            yield day, name(before, day), name(after, day)
