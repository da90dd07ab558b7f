"""Bodies on pages: by what name, in what order, and what happened to them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from generator.derive import words
from generator.derive.directory import with_page
from generator.derive.years import history
from generator.inspection import Inspection
from generator.language.speech import SOURCE, speech
from generator.model.agency import KINDS, LEVELS
from generator.model.event import Event, Turn
from generator.model.site import Held, Site
from generator.pages import directory
from generator.pages import rollup as rollup_page
from generator.pages.text import moved_page
from tests.conftest import TODAY

DAY = date(2023, 3, 1)


def in_english(site: Site) -> Site:
    return replace(site, settings=site.settings.said_in("en"))


def test_a_page_in_english_calls_a_body_by_its_english_name(sample_inspection: Inspection) -> None:
    site = in_english(sample_inspection.site)
    [agency, *_] = [
        site.agencies[slug] for slug, years in site.years_by_agency.items() if len(years) > 1
    ]
    assert agency.gloss.say("en")
    waiting = replace(site, held={(agency.slug, 2011): Held(TODAY, ("T-01",))})
    texts = [link.text for link in directory.waiting(waiting)]
    moved = moved_page(site, agency, "agencies/old/", f"agencies/{agency.slug}/")
    comparisons = [
        link.text
        for _, links in directory.site_map_page(site).groups
        for link in links
        if link.path == f"agencies/{agency.slug}/compare/"
    ]
    assert len(texts) == len(comparisons) == 1
    for text in (*texts, moved.target.text, moved.frame.description, *comparisons):
        assert agency.gloss.say("en") in text, text


def told_of_the_first(site: Site, mine: list[Turn], theirs: list[Turn]) -> list[Turn]:
    """What happened to the first of two bodies, by what each of their files tells of one day."""
    first, second = sorted(site.agencies)[:2]
    own_events = tuple(Event(DAY, turn, (second,)) for turn in mine)
    other_events = tuple(Event(DAY, turn, (first,)) for turn in theirs)
    agencies = {
        **site.agencies,
        first: replace(site.agencies[first], events=own_events),
        second: replace(site.agencies[second], events=other_events),
    }
    return [event.turn for event in history.events(replace(site, agencies=agencies), first)]


@pytest.mark.parametrize(
    ("mine", "theirs", "told"),
    [
        ([Turn.TASKS_FROM], [Turn.TASKS_TO], [Turn.TASKS_FROM]),
        ([], [Turn.TASKS_TO], [Turn.TASKS_FROM]),
        # On one day the two exchange tasks: each file tells what it got.
        ([Turn.TASKS_FROM], [Turn.TASKS_FROM], [Turn.TASKS_FROM, Turn.TASKS_TO]),
        # One event by two names.
        ([Turn.MERGED_FROM], [Turn.ABOLISHED], [Turn.MERGED_FROM]),
        ([Turn.SET_UP], [Turn.TASKS_TO], [Turn.SET_UP]),
        ([Turn.SPLIT_INTO], [Turn.SET_UP], [Turn.SPLIT_INTO]),
    ],
)
def test_an_event_of_two_bodies_is_told_once_and_two_events_twice(
    sample_inspection: Inspection, mine: list[Turn], theirs: list[Turn], told: list[Turn]
) -> None:
    assert told_of_the_first(sample_inspection.site, mine, theirs) == told


def test_governments_stand_in_the_order_of_the_directory(sample_inspection: Inspection) -> None:
    site = sample_inspection.site
    slugs = [*with_page(site)]
    assert slugs != sorted(slugs), "or the case would show nothing"
    with_rollups = replace(site)
    with_rollups.__dict__["rolled_up"] = dict.fromkeys(slugs, (2023,))
    assert [agency.slug for agency in rollup_page.governments(with_rollups, 2023)] == slugs


def test_kinds_and_levels_are_named_in_the_order_of_the_model() -> None:
    say = speech(SOURCE)
    assert tuple(words.kinds(say)) == KINDS and tuple(words.levels(say)) == LEVELS
