"""What happened to a body over time, in sentences.

Its names, its parents, and what institutional reform (机构改革) did to it. An event is written
once, by one of the bodies that took part in it; the pages of the others tell it from their own
side. A government's history has the bodies that its report adds up as well, because the figures of
years with other members are not figures of the same whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise

from generator.derive import paths, words
from generator.derive.lists import NAMED
from generator.language.speech import Speech
from generator.model.agency import Agency, Span
from generator.model.event import Event, Turn
from generator.model.frame import Link
from generator.model.site import Site

# A sentence in pieces; those that lead to a body have a path.
Sentence = tuple[Link, ...]
# Stands for the bodies in a sentence until they are filled in.
PLACEHOLDER = "\0"
# The same event from the side of the other bodies. That a body was set up or abolished is not an
# event of the others: they gave tasks, or took them over.
OPPOSITE = {
    Turn.MERGED_FROM: Turn.MERGED_INTO,
    Turn.MERGED_INTO: Turn.MERGED_FROM,
    Turn.SPLIT_FROM: Turn.SPLIT_INTO,
    Turn.SPLIT_INTO: Turn.SPLIT_FROM,
    Turn.TASKS_FROM: Turn.TASKS_TO,
    Turn.TASKS_TO: Turn.TASKS_FROM,
    Turn.SET_UP: Turn.TASKS_TO,
    Turn.ABOLISHED: Turn.TASKS_FROM,
}

# The events by which something comes to the body; by the others something leaves it.
INCOMING = frozenset((Turn.MERGED_FROM, Turn.SPLIT_FROM, Turn.TASKS_FROM, Turn.SET_UP))


@dataclass(frozen=True)
class Change:
    """A change of a body, with its day and the sentence about it."""

    day: date
    said: Sentence


def happened(site: Site, agency: Agency, say: Speech) -> tuple[Change, ...]:
    """Each change of a body, in order of time; changes without a known day are left out."""

    def parent_name(span: Span, day: date) -> str:
        parent = site.agencies.get(span.value)
        return parent.name_in(day.year) if parent else span.value

    changes = []
    for day, earlier, later in _changes(agency.names, lambda span, _: span.value):
        values = {"day": say.day(day), "before": earlier, "after": later}
        sentence = say("{day}起，名称由“{before}”改为“{after}”。", **values)
        changes.append(Change(day, (Link(sentence, ""),)))
    for day, earlier, later in _changes(agency.parents, parent_name):
        values = {"day": say.day(day), "before": earlier, "after": later}
        sentence = say("{day}起，上级由“{before}”改为“{after}”。", **values)
        changes.append(Change(day, (Link(sentence, ""),)))
    changes += [
        Change(event.date, _event_sentence(site, event, say)) for event in events(site, agency.slug)
    ]
    changes += _membership(site, agency.slug, say)
    return tuple(sorted(changes, key=lambda change: change.day))


def between(changes: Sequence[Change], first: int, last: int) -> list[Change]:
    """The changes after the year `first`, up to the end of the year `last`."""
    return [change for change in changes if first < change.day.year <= last]


def events(site: Site, slug: str) -> tuple[Event, ...]:
    """A body's part in institutional reform.

    Its own events, and those in the files of others that its own file lacks. Two files may call
    one event by different names, as the end of a body or as a merger; but on one day two bodies may
    also exchange tasks, which are two events.
    """
    own_events = site.agencies[slug].events
    own_keys = {
        (event.date, body, event.turn in INCOMING) for event in own_events for body in event.bodies
    }
    others_events = []
    for teller, event in site.told_by_others.get(slug, ()):
        turn = OPPOSITE[event.turn]
        if (event.date, teller, turn in INCOMING) not in own_keys:
            others_events.append(Event(event.date, turn, (teller,), event.note))
    return (*own_events, *others_events)


def concerned(site: Site, slug: str) -> tuple[str, ...]:
    """The bodies that the sentences on a body name: beside itself those of its events, the members
    that came and left, and the bodies above it.
    """
    partners = (body for event in events(site, slug) for body in event.bodies)
    members = (move.member for move in site.moves.get(slug, ()))
    above = (span.value for span in site.agencies[slug].parents)
    return tuple(dict.fromkeys((slug, *partners, *members, *above)))


def _changes(
    spans: tuple[Span, ...], name: Callable[[Span, date], str]
) -> Iterator[tuple[date, str, str]]:
    """(day, earlier name, later name) of each change whose day is known.

    That is the day on which the later value starts, or the one after the earlier ends.
    """
    for earlier, later in pairwise(spans):
        day = later.start
        if day is None and earlier.end:
            day = earlier.end + timedelta(days=1)
        if day:
            yield day, name(earlier, day), name(later, day)


def _event_sentence(site: Site, event: Event, say: Speech) -> Sentence:
    """The sentence on an event; each body that has a page is a link to it."""
    template = _templates(say, with_bodies=bool(event.bodies))[event.turn]
    wording = template.format(day=say.day(event.date), bodies=PLACEHOLDER)
    pieces = list(_with_bodies(site, wording, event.bodies, event.date, say))
    if event.note:
        pieces.append(Link(say("（{person}）", person=event.note), ""))
    return tuple(piece for piece in pieces if piece.text)


def _membership(site: Site, slug: str, say: Speech) -> Iterator[Change]:
    """Who came to the bodies that a government adds up, and who left them.

    Of many on one day a few are named, and their number is given.
    """
    moves = sorted(site.moves.get(slug, ()), key=lambda move: (move.day, not move.came))
    for (day, came), moves_of_day in groupby(moves, lambda move: (move.day, move.came)):
        bodies = [move.member for move in moves_of_day]
        wording = _membership_wording(say, day, came=came, count=len(bodies))
        yield Change(day, tuple(_with_bodies(site, wording, bodies[:NAMED], day, say)))


def _membership_wording(say: Speech, day: date, *, came: bool, count: int) -> str:
    values = {"day": say.day(day), "bodies": PLACEHOLDER, "count": count}
    if count > NAMED and came:
        return say("{day}起，所属机关增加{bodies}等 {count} 个，汇总范围随之变化。", **values)
    if count > NAMED:
        return say("{day}起，所属机关减少{bodies}等 {count} 个，汇总范围随之变化。", **values)
    if came:
        return say("{day}起，所属机关增加{bodies}，汇总范围随之变化。", **values)
    return say("{day}起，所属机关减少{bodies}，汇总范围随之变化。", **values)


def _with_bodies(
    site: Site, wording: str, bodies: Sequence[str], day: date, say: Speech
) -> Iterator[Link]:
    """A sentence in pieces, with the bodies in the place of the placeholder."""
    start, _, end = wording.partition(PLACEHOLDER)
    yield Link(start, "")
    for index, body in enumerate(bodies):
        if index:
            yield Link(say.listed(("", "")), "")
        yield _body(site, body, day, say)
    yield Link(end, "")


def _body(site: Site, body: str, day: date, say: Speech) -> Link:
    agency = site.agencies.get(body)
    if agency is None:
        return Link(body, "")
    path = paths.agency(body) if site.has_page.get(body, False) else ""
    return Link(words.called(agency, say, agency.name_in(day.year)), path)


def _templates(say: Speech, *, with_bodies: bool) -> Mapping[Turn, str]:
    """The sentence for each kind of event; `with_bodies` says whether it names other bodies."""
    return {
        Turn.MERGED_FROM: say("{day}，由{bodies}合并组成。"),
        Turn.MERGED_INTO: say("{day}，并入{bodies}。"),
        Turn.SPLIT_FROM: say("{day}，从{bodies}分设。"),
        Turn.SPLIT_INTO: say("{day}，拆分为{bodies}。"),
        Turn.TASKS_FROM: say("{day}，承接{bodies}划来的职责。"),
        Turn.TASKS_TO: say("{day}，部分职责划给{bodies}。"),
        Turn.SET_UP: say("{day}设立，职责来自{bodies}。") if with_bodies else say("{day}设立。"),
        Turn.ABOLISHED: (
            say("{day}撤销，职责由{bodies}承接。") if with_bodies else say("{day}撤销。")
        ),
    }
