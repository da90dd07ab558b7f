"""An excerpt of a site answers what it was handed, and refuses everything else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.model.excerpt import Entries, NotHandedError
from generator.model.job import Part, inputs_of
from generator.model.site import Site
from generator.parts.digests import Digests
from generator.parts.selection import Selection
from tests.conftest import SmallSite


@pytest.fixture
def whole(empty_site: SmallSite) -> Site:
    return empty_site.add("bureau", 2022).add("bureau", 2023).add("other", 2023).inspect().site


def excerpt(site: Site, choose: Callable[[Selection], Selection]) -> Site:
    value = choose(Selection(site, Digests.of(site, {}), {})).part().value
    assert isinstance(value, Site)
    return value


def bureau(selection: Selection) -> Selection:
    """A body and its newest report, and that it had none the year after."""
    keys = [("bureau", 2023), ("bureau", 2024)]
    return selection.agencies("agency", ["bureau", "nobody"]).data("reports", keys)


ANSWERED: dict[str, tuple[Callable[[Site], object], object]] = {
    "a body": (lambda site: site.agencies["bureau"].slug, "bureau"),
    "that there is no such body": (lambda site: site.agencies.get("nobody"), None),
    "a report": (lambda site: ("bureau", 2023) in site.reports, True),
    "that there is no such report": (lambda site: ("bureau", 2024) in site.reports, False),
    "its texts, which were left behind": (
        lambda site: dict(site.reports["bureau", 2023].sections),
        {},
    ),
    "what every page shows of the whole": (lambda site: site.outline.reports, True),
}
REFUSED: dict[str, Callable[[Site], object]] = {
    "another body": lambda site: site.agencies.get("other"),
    "whether there is another body": lambda site: "other" in site.agencies,
    "another report": lambda site: site.reports.get(("bureau", 2022)),
    "the report of the year before": lambda site: site.prior(site.reports["bureau", 2023]),
    "all bodies": lambda site: list(site.agencies),
    "how many reports there are": lambda site: len(site.reports),
    "the years": lambda site: site.years,
    "who belongs to whom": lambda site: site.members,
    "what happened": lambda site: site.told_by_others,
    "what waits": lambda site: ("bureau", 2023) in site.held,
    "the site's own pages": lambda site: len(site.pages),
}


@pytest.mark.parametrize("question", ANSWERED)
def test_what_was_handed_is_answered(whole: Site, question: str) -> None:
    ask, answer = ANSWERED[question]
    assert ask(excerpt(whole, bureau)) == answer


@pytest.mark.parametrize("question", REFUSED)
def test_what_was_not_handed_is_refused(whole: Site, question: str) -> None:
    site = excerpt(whole, bureau)
    with pytest.raises(NotHandedError):
        REFUSED[question](site)


def test_two_parts_of_one_name_are_a_bug() -> None:
    same = [Part.of("year", 2023), Part.of("year", 2023)]
    assert inputs_of({}, same) == same[0].digests
    with pytest.raises(ValueError, match="two parts are named year"):
        inputs_of({}, [Part.of("year", 2023), Part.of("year", 2024)])


def test_more_entries_take_back_that_there_are_none() -> None:
    none = Entries[str, int]("numbers", {}, ["one"])
    assert "one" not in none
    assert none.with_entries(Entries("numbers", {"one": 1}))["one"] == 1
