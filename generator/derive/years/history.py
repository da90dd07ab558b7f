"""What happened to a body over time, in sentences: its names, whom it belongs to, and what institutional reform (机构改革) did to it.

An event is written once, by one of the bodies that took part in it; the others show it from their own side. A government's history has
the bodies that its report adds up as well: figures of years with other members are those of another whole.
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

Said = tuple[Link, ...]  # a sentence in parts; those that lead to a body have a path
HERE = "\0"  # where the bodies stand in a sentence
# The same seen from the other side. Who set up or abolished a body is not said of the others: they gave tasks, or got them.
OPPOSITE = {
    Turn.MERGED_FROM: Turn.MERGED_INTO, Turn.MERGED_INTO: Turn.MERGED_FROM, Turn.SPLIT_FROM: Turn.SPLIT_INTO,
    Turn.SPLIT_INTO: Turn.SPLIT_FROM, Turn.TASKS_FROM: Turn.TASKS_TO, Turn.TASKS_TO: Turn.TASKS_FROM,
    Turn.SET_UP: Turn.TASKS_TO, Turn.ABOLISHED: Turn.TASKS_FROM,
}  # fmt: skip


@dataclass(frozen=True)
class Happened:
    """Something that happened to a body on a day."""

    day: date
    said: Said


def happened(site: Site, agency: Agency, say: Speech) -> tuple[Happened, ...]:
    """Each change with its day, in order of time; one without a day cannot be told."""

    def parent(span: Span, day: date) -> str:
        above = site.agencies.get(span.value)
        return above.name_in(day.year) if above else span.value

    found = [
        Happened(day, (Link(say("{day}起，名称由“{before}”改为“{after}”。", day=say.day(day), before=before, after=after), ""),))
        for day, before, after in _changes(agency.names, lambda span, day: span.value)
    ]
    found += [
        Happened(day, (Link(say("{day}起，上级由“{before}”改为“{after}”。", day=say.day(day), before=before, after=after), ""),))
        for day, before, after in _changes(agency.parents, parent)
    ]
    found += [Happened(one.date, _sentence(site, one, say)) for one in events(site, agency.slug)]
    found += _membership(site, agency.slug, say)
    return tuple(sorted(found, key=lambda one: one.day))


def events(site: Site, slug: str) -> tuple[Event, ...]:
    """A body's part in institutional reform: its own events, and those that others tell which it has not told itself."""
    own = site.agencies[slug].events
    told = {(event.date, body) for event in own for body in event.bodies}
    others = [
        Event(event.date, OPPOSITE[event.turn], (teller,), event.note)
        for teller, event in site.told_by_others.get(slug, ())
        if (event.date, teller) not in told
    ]
    return (*own, *others)


def concerned(site: Site, slug: str) -> tuple[object, ...]:
    """All that the sentences on a body depend on beside its own agency.yaml, for a digest."""
    found = events(site, slug)
    moves = site.moves.get(slug, ())
    told = (*(body for event in found for body in event.bodies), *(one.member for one in moves))
    bodies = dict.fromkeys(body for body in told if body in site.agencies)
    named = [(body, site.agencies[body]) for body in bodies]
    return (found, moves), [(body, one.names, one.name_en, paths.has_page(site, body)) for body, one in named]


def _changes(spans: tuple[Span, ...], name: Callable[[Span, date], str]) -> Iterator[tuple[date, str, str]]:
    """(day, before, after) of each change whose day is known: that on which the later value starts, or the one after the earlier ends."""
    for before, after in pairwise(spans):
        day = after.start or (before.end + timedelta(days=1) if before.end else None)
        if day:
            yield day, name(before, day), name(after, day)


def _sentence(site: Site, event: Event, say: Speech) -> Said:
    """An event in parts, each body that has a page with the way to it."""
    wording = _wordings(say, bool(event.bodies))[event.turn].format(day=say.day(event.date), bodies=HERE)
    note = Link(say("（{person}）", person=event.note) if event.note else "", "")
    return tuple(part for part in (*_around(site, wording, event.bodies, event.date, say), note) if part.text)


def _membership(site: Site, slug: str, say: Speech) -> Iterator[Happened]:
    """Who came to the bodies that a government adds up, and who left them; of many on one day a few by name, and their number."""
    moves = sorted(site.moves.get(slug, ()), key=lambda one: (one.day, not one.came))
    for (day, came), run in groupby(moves, lambda one: (one.day, one.came)):
        bodies = [one.member for one in run]
        said = {"day": say.day(day), "bodies": HERE}
        if len(bodies) > NAMED:
            more = say("{day}起，所属机关增加{bodies}等 {count} 个，汇总范围随之变化。", **said, count=len(bodies))
            fewer = say("{day}起，所属机关减少{bodies}等 {count} 个，汇总范围随之变化。", **said, count=len(bodies))
        else:
            more = say("{day}起，所属机关增加{bodies}，汇总范围随之变化。", **said)
            fewer = say("{day}起，所属机关减少{bodies}，汇总范围随之变化。", **said)
        yield Happened(day, tuple(_around(site, more if came else fewer, bodies[:NAMED], day, say)))


def _around(site: Site, wording: str, bodies: Sequence[str], day: date, say: Speech) -> Iterator[Link]:
    """A sentence in parts, with the bodies in their place."""
    before, _, after = wording.partition(HERE)
    yield Link(before, "")
    for index, body in enumerate(bodies):
        if index:
            yield Link(say.listed(("", "")), "")
        yield _body(site, body, day, say)
    yield Link(after, "")


def _body(site: Site, body: str, day: date, say: Speech) -> Link:
    agency = site.agencies.get(body)
    if agency is None:
        return Link(body, "")
    path = paths.agency(body) if paths.has_page(site, body) else ""
    return Link(words.called(agency, say, agency.name_in(day.year)), path)


def _wordings(say: Speech, others: bool) -> Mapping[Turn, str]:
    """What is said of each kind of event; `others` says whether it names other bodies."""
    return {
        Turn.MERGED_FROM: say("{day}，由{bodies}合并组成。"),
        Turn.MERGED_INTO: say("{day}，并入{bodies}。"),
        Turn.SPLIT_FROM: say("{day}，从{bodies}分设。"),
        Turn.SPLIT_INTO: say("{day}，拆分为{bodies}。"),
        Turn.TASKS_FROM: say("{day}，承接{bodies}划来的职责。"),
        Turn.TASKS_TO: say("{day}，部分职责划给{bodies}。"),
        Turn.SET_UP: say("{day}设立，职责来自{bodies}。") if others else say("{day}设立。"),
        Turn.ABOLISHED: say("{day}撤销，职责由{bodies}承接。") if others else say("{day}撤销。"),
    }
