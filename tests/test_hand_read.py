"""Every number on the comparison pages of the zone, against its figures read by hand (tests/data/figures.json) and worked out here anew."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest

from generator.model.law import Law
from tests.conftest import ROOT
from tests.reading import Part, parsed

ZONE = "pingtan-zone"
YEARS = range(2019, 2026)
HELD = {
    year: {key: value if value is None else Decimal(value) for key, value in figures.items()}
    for year in YEARS
    for figures in [
        json.loads((ROOT / "tests/data/figures.json").read_text("utf-8"))[f"{ZONE}/{year}"]
    ]
}
# What the form of 2019 calls otherwise, and what it prints as one figure (domain facts 2.2).
FORMERLY = {"issued": "produced"}
OTHERS = ("other.not_corrected", "other.fee_unpaid", "other.other")
UNREADABLE = "？"
Place = tuple[
    str, str, str
]  # table, row, column by the words of the form of 2021 where it has them


def figure(law: Law, year: int, place: Place) -> Decimal | str | None:
    """What the report of a year says: a number, `？`, or None where its form has no such figure. The hand-read ones leave zeros out."""
    table, row, column = place
    old = year < 2021
    cells = (law.format_named("2019" if old else "2021") or pytest.fail("no form")).cells
    if row == "other" and not old:
        parts = [HELD[year].get(f"{table}.{part}.{column}", Decimal(0)) for part in OTHERS]
        return sum((part for part in parts if part is not None), start=Decimal(0))
    address = f"{table}.{row}.{FORMERLY.get(column, column) if old else column}"
    value = HELD[year].get(address, Decimal(0)) if address in cells else "none"
    return UNREADABLE if value is None else None if isinstance(value, str) else value


Key = tuple[str, str, str]  # table of the page, group or nothing, label


def places(law: Law, *years: int) -> dict[Key, Place]:
    """What stands in each row of a page of these years, whose newest form has the last word on how it is called."""
    names: dict[Place, Key] = {}
    groups: dict[str, str] = {}
    for form in (form for form in law.formats if any(form.covers(year) for year in years)):
        groups |= {f"{cell.table}.{cell.row.path}": cell.row.label for cell in form.cells.values()}
        for cell in form.cells.values():
            place = (
                cell.table,
                cell.row.path,
                {old: new for new, old in FORMERLY.items()}.get(cell.column.path, cell.column.path),
            )
            if cell.table == "applications":
                names[place] = f"applications-{place[2].replace('_', '-')}", "", cell.row.label
            else:
                names[place] = cell.table, f"{cell.table}.{cell.row.path}", cell.column.label
    return {
        (table, groups.get(group, ""), label): place
        for place, (table, group, label) in names.items()
    }


def read(html: str) -> Iterator[tuple[str, str, str, list[Part]]]:
    """(table, group, label, cells) of every row of every table of a page."""
    for table in parsed(html).all("table.compare"):
        for group, label, cells in table.lines():
            yield table["id"], group, label, cells


def printed(cell: Part) -> tuple[str, str, str]:
    """Figure, change and share of a cell."""
    change, share = cell.all("span.change"), cell.all("span.ratio")
    return cell.first, change[0].first if change else "", share[0].text if share else ""


def as_printed(value: Decimal | str | None, *, unit: str = "") -> str:
    return (
        "—"
        if value is None
        else value
        if isinstance(value, str)
        else f"{value:f}{unit}".replace("-", "−")
    )


def change_of(
    place: Place, before: Decimal | str | None, after: Decimal | str | None
) -> Decimal | None:
    if (
        not isinstance(before, Decimal)
        or not isinstance(after, Decimal)
        or place[2] == "items_change"
    ):
        return None
    return after - before


def signed(change: Decimal) -> str:
    rounded = change.quantize(Decimal("0.01")) if change != change.to_integral_value() else change
    return "±0" if change == 0 else f"{rounded:+f}".replace("-", "−")


def right_share(share: str, before: Decimal, change: Decimal) -> bool:
    """Whether a printed share is the change in hundredths of the figure before, to one decimal; none on a figure under 10, none of 0."""
    if before < 10 or change == 0:
        return share == ""
    found = re.fullmatch(r"（([+−])(\d+\.\d)%）", share)
    exact = Fraction(change) / Fraction(before) * 100
    return found is not None and abs(
        Fraction((found[1] + found[2]).replace("−", "-")) - exact
    ) <= Fraction(1, 20)


def test_every_figure_difference_and_share_of_all_years(sample: Path, law: Law) -> None:
    html, known = (
        (sample / f"agencies/{ZONE}/compare/index.html").read_text("utf-8"),
        places(law, *YEARS),
    )
    seen = set()
    for table, group, label, cells in read(html):
        place = known[table, group if table[:12] != "applications" else "", label]
        values = [figure(law, year, place) for year in YEARS]
        for index, (cell, value) in enumerate(zip(cells, values, strict=True)):
            number, change, share = printed(cell)
            assert re.fullmatch(re.escape(as_printed(value)) + "(元)?", number), (
                place,
                YEARS[index],
                number,
            )
            moved = change_of(place, values[index - 1], value) if index else None
            hidden = value == 0 and moved == 0
            assert change == ("" if moved is None or hidden else signed(moved)), (
                place,
                YEARS[index],
                change,
            )
            if moved is not None and not hidden:
                before = values[index - 1]
                assert isinstance(before, Decimal) and right_share(share, before, moved), place
            assert moved is not None or share == ""
        seen.add(place)
    assert seen == set(known.values()), "every cell of both forms has its row"


@pytest.mark.parametrize(("first", "last"), list(pairwise(YEARS)))
def test_every_figure_difference_and_share_of_two_years(
    sample: Path, law: Law, first: int, last: int
) -> None:
    html, known = (
        (sample / f"agencies/{ZONE}/compare/{first}-{last}/index.html").read_text("utf-8"),
        places(law, first, last),
    )
    seen = set()
    for table, group, label, (before, after, moved) in read(html):
        place = known[table, group if table[:12] != "applications" else "", label]
        values = figure(law, first, place), figure(law, last, place)
        for cell, value in zip((before, after), values, strict=True):
            assert re.fullmatch(re.escape(as_printed(value)) + "(元)?", printed(cell)[0]), (
                place,
                cell,
            )
        change, (number, said, share) = change_of(place, *values), printed(moved)
        assert number == ("" if change is None else signed(change)), place
        assert change is None or right_share(share, values[0], change), (place, share)  # type: ignore[arg-type]
        lacks = [
            str(year) for year, value in zip((first, last), values, strict=True) if value is None
        ]
        assert bool(lacks) == ("年度无此项" in said) and all(year in said for year in lacks), (
            place,
            said,
        )
        seen.add(place)
    unseen = [key for key, place in known.items() if place not in seen]
    read_by_hand = [{figure(law, year, known[key]) for year in (first, last)} for key in unseen]
    assert all(one in ({0}, {0, None}) for one in read_by_hand), (
        "only what is 0, in both years or in the one whose form has it, has no row"
    )
    named, listed = 0, 0
    for part in parsed(html).all("details"):
        if found := re.fullmatch(r"另有 (\d+) 行为 0 或没有这一项", part.one("> summary").text):
            named += int(found[1])
            listed += len(part.all("> ul > li"))
    whole = [
        int(found[1])
        for text in parsed(html).texts("p.nought")
        if (found := re.search(r"全部为 0（(\d+) 行）。$", text))
    ]
    assert named == listed and named + sum(whole) == len(unseen)


MARK = re.compile("；法律有变，见注 [0-9]+$")
DOUBT = re.compile("；[0-9]{4} 年度的数与表中其他数字不符，见注 [0-9]+")
HEADLINES: dict[str, list[Place]] = {
    "新收": [("applications", "received", "total")],
    "办结": [("applications", "concluded", "total")],
    "结转下年度": [("applications", "carried_out", "total")],
    "行政复议": [("review", "reconsideration", "total")],
    "行政诉讼": [
        ("review", "litigation_direct", "total"),
        ("review", "litigation_after_reconsideration", "total"),
    ],
}


@pytest.mark.parametrize(("first", "last"), list(pairwise(YEARS)))
def test_what_two_years_come_to_in_words(sample: Path, law: Law, first: int, last: int) -> None:
    html = (sample / f"agencies/{ZONE}/compare/{first}-{last}/index.html").read_text("utf-8")
    said = parsed(html).all("ul.sentences")[0].texts("> li")
    for sentence, (name, rows) in zip(said, HEADLINES.items(), strict=True):
        before, after = (
            sum((Decimal(figure(law, year, row) or 0) for row in rows), start=Decimal(0))
            for year in (first, last)
        )
        start, change = f"{name} {after} 件，", after - before
        more = (
            "与上年相同"
            if change == 0
            else f"比上年{'多' if change > 0 else '少'} {abs(change)} 件"
        )
        assert sentence.startswith(start + more), (sentence, start + more)
        assert bool(MARK.search(sentence)) == (last == 2024 and rows[0][0] == "review"), sentence
        assert bool(DOUBT.search(sentence)) == (2020 in (first, last) and name == "办结"), (
            "the parts of 2020 add up to 27, not 21"
        )
        assert right_share(
            MARK.sub("", DOUBT.sub("", sentence)).removeprefix(start + more), before, change
        ), sentence


@pytest.mark.parametrize(
    ("page", "first", "last"),
    [("", 2024, 2025), *((f"{one}-{two}/", one, two) for one, two in pairwise(YEARS))],
)
def test_what_is_new_and_what_is_gone(
    sample: Path, law: Law, page: str, first: int, last: int
) -> None:
    html = DOUBT.sub("", (sample / f"agencies/{ZONE}/compare/{page}index.html").read_text("utf-8"))
    lists = [
        part.partition("</ul>")[0]
        for part in html.split(f"{last} 年度")
        if part.startswith(("新出现", "降为"))
    ]
    found = [re.findall(r"<li>(.*?)</li>", part) for part in lists]
    expected: list[list[str]] = [[], []]
    for (_, group, label), place in places(law, *(YEARS if not page else (first, last))).items():
        table, row, column = place
        skipped = column != "total" if table == "applications" else column == "total"
        if skipped or (row == "other" and first > 2020) or column == "items_change":
            continue
        before, after = (figure(law, year, place) for year in (first, last))
        if (
            isinstance(before, Decimal)
            and isinstance(after, Decimal)
            and before != after
            and 0 in (before, after)
        ):
            expected[after == 0].append(
                f"{f'{group}：' if group else ''}{label} {max(before, after)}"
            )
    said = [
        sorted(
            re.sub(
                r" (件|项|万元|元)$", "", re.sub(r"^（[三四五六]）[^：]+：", "", MARK.sub("", one))
            )
            for one in part
        )
        for part in found
    ]
    assert said == [sorted(part) for part in expected if part]
