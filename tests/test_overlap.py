"""What a year adds up to: whose figures stand in another's report already, and what is said where the files leave that open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.derive.lists import year_sentence
from generator.inspection import inspect
from generator.model.agency import DIGITS, Agency, Span
from generator.model.event import Event, Turn
from generator.model.figure import Figure, State
from generator.model.law import Law
from generator.model.overlap import addends
from generator.model.report import Report
from generator.model.settings import Settings
from generator.model.site import Site
from tests.conftest import TODAY, SmallSite
from tests.district import DISTRICT, built, edit
from tests.reading import text_of

YEAR = 2023
# Slug → kind, level, the body above it, whether it has a report, and what else its agency.yaml says.
Bodies = Mapping[str, tuple[str, str, str, bool, Mapping[str, object]]]


def body(slug: str, kind: str, level: str, above: str, more: Mapping[str, object]) -> Agency:
    parents = (Span(above),) if above else ()
    return replace(Agency(slug, (Span(slug),), kind, level, parents), **more)  # type: ignore[arg-type]


def site_of(law: Law, bodies: Bodies, figures: Mapping[str, int] | None = None) -> Site:
    """A site of one year. `figures` are the new requests of each body, 0 for the others."""
    form = law.format_for(YEAR)
    assert form
    key, figures = form.by_concept[law.headline[0]], figures or {}
    zero = dict.fromkeys(form.cells, Figure(State.NUMBER, 0, "0"))
    reports = {
        (slug, YEAR): Report(
            slug, YEAR, form, {**zero, key: Figure(State.NUMBER, figures.get(slug, 0))}, {}
        )
        for slug, (*_, held, _) in bodies.items()
        if held
    }
    agencies = {
        slug: body(slug, kind, level, above, more)
        for slug, (kind, level, above, _, more) in bodies.items()
    }
    return Site(Settings(), law, agencies, reports, {})


def dept(
    above: str = "", *, held: bool = True, level: str = "county", **more: object
) -> tuple[str, str, str, bool, Mapping[str, object]]:
    return "department", level, above, held, more


def gov(
    above: str = "",
    *,
    held: bool = True,
    level: str = "county",
    kind: str = "government",
    **more: object,
) -> tuple[str, str, str, bool, Mapping[str, object]]:
    return kind, level, above, held, more


OWN: Mapping[str, Any] = {"roll_up": "level"}
GONE: Mapping[str, Any] = {"names": (Span("x", end=date(2023, 6, 30)),)}
LATER: Mapping[str, Any] = {
    "parents": (Span("city", end=date(2023, 12, 30)), Span("county", date(2023, 12, 31)))
}
SOON: Mapping[str, Any] = {
    "parents": (Span("city", end=date(2023, 12, 31)), Span("county", date(2024, 1, 1)))
}
MERGED: Mapping[str, Any] = {"events": (Event(date(2023, 6, 1), Turn.MERGED_INTO, ("b",)),)}

# Worked out by hand: the bodies, who is added up, whose figures stand in whose report, of whom that is not known.
CASES: Mapping[str, tuple[Bodies, str, Mapping[str, str], str]] = {
    "nobody consolidates": ({"a": dept(), "b": dept()}, "a b", {}, ""),
    "a government and its own": (
        {"a": dept("county"), "b": dept("county"), "county": gov()},
        "county",
        dict.fromkeys("ab", "county"),
        "",
    ),
    "two levels": (
        {"a": dept("county"), "city": gov(level="prefecture"), "county": gov("city")},
        "city",
        {"a": "city", "county": "city"},
        "",
    ),
    "a level without a report": (
        {"a": dept("county"), "city": gov(level="prefecture"), "county": gov("city", held=False)},
        "city",
        {"a": "city"},
        "",
    ),
    "no report above": (
        {"a": dept("county"), "b": dept("county"), "county": gov(held=False)},
        "a b",
        {},
        "",
    ),
    "vertical management": (
        {
            "county": gov(),
            "station": dept("tax"),
            "tax": ("vertical", "county", "county", True, {}),
        },
        "county station tax",
        {},
        "",
    ),
    "its own level only": (
        {"a": dept("city"), "city": gov(level="prefecture", **OWN), "county": gov("city")},
        "city county",
        {"a": "city"},
        "",
    ),
    "the lower of two on its own level": (
        {
            "city": gov(level="prefecture"),
            "county": gov("city", **OWN),
            "town": gov("county", kind="township", level="township"),
        },
        "city town",
        {"county": "city"},
        "town",
    ),
    "below a department": (
        {"a": dept("b"), "b": dept("county"), "county": gov()},
        "a county",
        {"b": "county"},
        "a",
    ),
    "nobody says where it belongs": ({"a": dept(), "county": gov()}, "a county", {}, "a"),
    "a level above the government": (
        {"a": dept(level="prefecture"), "county": gov()},
        "a county",
        {},
        "",
    ),
    "two governments of one level": ({"county": gov(), "other": gov()}, "county other", {}, ""),
    "governments of two levels": (
        {"city": gov(level="prefecture"), "county": gov()},
        "city county",
        {},
        "county",
    ),
    "own level excludes governments": (
        {"city": gov(level="prefecture", **OWN), "county": gov()},
        "city county",
        {},
        "",
    ),
    "a body of a county without a report": (
        {"a": dept("county"), "city": gov(level="prefecture"), "county": gov(held=False)},
        "a city",
        {},
        "a",
    ),
    "codes exclude it": (
        {"a": dept(division_code="350205"), "county": gov(division_code="360922")},
        "a county",
        {},
        "",
    ),
    "codes allow it": (
        {
            "city": gov(level="prefecture", division_code="350200"),
            "county": gov(division_code="350205"),
        },
        "city county",
        {},
        "county",
    ),
    "no longer there": ({"a": dept("county", **GONE), "county": gov()}, "a county", {}, "a"),
    "merged meanwhile": ({"a": dept("county", **MERGED), "county": gov()}, "a county", {}, "a"),
    "moved by the last day": (
        {"a": dept(**LATER), "city": gov(level="prefecture", **OWN), "county": gov("city")},
        "city county",
        {"a": "county"},
        "",
    ),
    "moved a day later": (
        {"a": dept(**SOON), "city": gov(level="prefecture", **OWN), "county": gov("city")},
        "city county",
        {"a": "city"},
        "",
    ),
    "a ring says nothing": ({"a": gov("b"), "b": gov("a")}, "a b", {}, ""),
}


@pytest.mark.parametrize("name", CASES)
def test_who_is_added_up(law: Law, name: str) -> None:
    bodies, added, contained, doubtful = CASES[name]
    site = site_of(law, bodies)
    found = addends(site, site.by_year[YEAR])
    assert [report.agency for report in found.reports] == added.split()
    assert (found.contained, list(found.doubtful)) == (contained, doubtful.split())


@st.composite
def forests(draw: st.DrawFn) -> Bodies:
    """Bodies below earlier ones, of any kind and level, some of them without a report."""
    kinds = st.sampled_from(["government", "department", "township", "vertical", "zone"])
    bodies: dict[str, tuple[str, str, str, bool, Mapping[str, object]]] = {}
    for number in range(draw(st.integers(1, 9))):
        above = draw(st.sampled_from(["", *bodies]))
        more = {"roll_up": draw(st.sampled_from(["area", "level"]))}
        bodies[f"b{number}"] = (
            draw(kinds),
            draw(st.sampled_from(sorted(DIGITS))),
            above,
            draw(st.booleans()),
            more,
        )
    return bodies


@settings(deadline=None)
@given(bodies=forests())
def test_nothing_is_counted_twice_and_nothing_is_left_out(law: Law, bodies: Bodies) -> None:
    """Every body's own figure is a bit of its own, every report the sum of its own figure and of what its members have."""
    bits = {slug: 1 << number for number, slug in enumerate(bodies)}
    there = site_of(law, bodies)
    members = {slug: [one.slug for one in there.members.get((slug, YEAR), ())] for slug in bodies}

    def whole(slug: str) -> int:
        return bits[slug] | sum(whole(one) for one in members[slug])

    site = site_of(law, bodies, {slug: whole(slug) for slug in bodies})
    summed = sum(
        whole(report.agency) for report in addends(site, site.by_year.get(YEAR, ())).reports
    )
    reported = 0
    for slug, _ in site.reports:
        reported |= whole(slug)
    assert summed == reported


# ---- What pages say ----


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nobody consolidates", "收录 2 个机关的报告，数字相加：新收 3 件"),
        (
            "a government and its own",
            "收录 3 个机关的报告。其中 2 个机关的数字已包含在county的汇总报告中，不再相加。汇总报告的数字：新收 4 件",
        ),
        ("vertical management", "收录 3 个机关的报告，数字相加：新收 7 件"),
        ("its own level only", "其中 1 个机关的数字已包含在city的汇总报告中，不再相加。其余 2 个机关的数字相加：新收 6 件"),
        ("nobody says where it belongs", "数字相加：新收 3 件"),
    ],
)  # fmt: skip
def test_a_year_says_what_was_added(law: Law, name: str, said: str) -> None:
    """The figures are 1, 2, 4 in the order of the slugs."""
    bodies, *_, doubtful = CASES[name]
    site = site_of(law, bodies, {slug: 1 << number for number, slug in enumerate(sorted(bodies))})
    sentence = year_sentence(site, YEAR, addends(site, site.by_year[YEAR]))
    assert said in sentence
    assert ("可能重复" in sentence) == bool(doubtful) and (
        "a的数字是否已包含在别的政府的汇总报告中" in sentence
    ) == (doubtful == "a")


def test_the_made_up_districts_years_are_those_worked_out_by_hand() -> None:
    """2023: the county's 22 and the tax office's 4. 2022: the county's 16, 4 of the tax office, 1 of the subdistrict of another county."""
    site = inspect(DISTRICT, TODAY).site
    key = site.law.headline[0]
    for year, slugs, total in (
        (2023, ["heping-county", "heping-tax"], 26),
        (2022, ["heping-county", "heping-tax", "north-street"], 21),
    ):
        found = addends(site, site.by_year[year])
        assert [one.agency for one in found.reports] == slugs and not found.doubtful
        values = [one.figures[one.format.by_concept[key]].value or 0 for one in found.reports]
        assert sum(values) == total, values


def test_a_change_of_who_belongs_where_remakes_the_years_page(own_district: SmallSite) -> None:
    """Also where the body that says it has no report."""
    one = own_district
    page = one.root / "public/years/2022/index.html"
    before = text_of(page.read_text("utf-8"))
    edit(one, "maichuan-county", "层级: 县级\n", "层级: 县级\n上级: heping-county\n")
    assert "years/2022/index.html" in built(one).made
    after = text_of(page.read_text("utf-8"))
    assert "其中 6 个机关的数字已包含在禾坪县人民政府" in after and after != before
