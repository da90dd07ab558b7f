"""compare/: what its shards say against the model, what a change remakes, the ready-made tables, and the page in a real browser."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from generator.derive import explore
from generator.derive.contested import Contested, contested
from generator.derive.explore import ready_made
from generator.derive.explore.tidy import group_lines, tidy
from generator.derive.years.comparability import parts_of, verdict
from generator.inspection import Inspection
from generator.language.speech import SOURCE, speech
from generator.model.comparison import Comparability
from generator.model.explore import Catalogue, GroupPage, Way
from generator.model.figure import Figure, State
from generator.model.law import Law
from generator.model.report import Report
from generator.model.site import Site
from generator.pages.group import group_page
from generator.render.search_scripts import shard as shard_of
from tests.browsing import MODES, led_on, lines, nothing, script, until
from tests.checkers import faults, violations
from tests.conftest import ROOT, SmallSite, with_third_form
from tests.reading import parsed
from tests.serving import REFUSED, served

CASES: Mapping[str, Mapping[str, object]] = json.loads(
    (ROOT / "tests/data/figures.json").read_text("utf-8"), parse_float=Decimal
)
WORDS = {State.BLANK: "空白", State.NOT_APPLICABLE: "/", State.UNREADABLE: "？"}
# What each cell of each result says: figure, difference, marks of notes.
CELLS = """() => [...document.querySelectorAll("#explore-results tbody")].map(body => [...body.querySelectorAll("td")].map(cell => [
  cell.firstChild.textContent, cell.querySelector(".change")?.textContent ?? "",
  [...cell.querySelectorAll("sup")].map(one => one.textContent)]))"""
Open = Callable[..., Page]
COLUMNS = tidy(speech(SOURCE)).table.names


# ---- What there is to compare ----


@pytest.fixture(scope="module")
def known(sample_inspection: Inspection) -> Catalogue:
    return explore.catalogue(sample_inspection.site)


def shard(data: bytes) -> Any:
    """What a shard hands over."""
    text = data.decode()
    assert text.startswith('gongkai.part("') and text.endswith(")\n")
    return json.loads(text.partition(",")[2].removesuffix(")\n"))


def test_every_figure_of_every_form_in_use_is_there_once(known: Catalogue, law: Law) -> None:
    keys = [one.key for one in known.figures]
    assert len(set(keys)) == len(keys)
    in_use = {form.id for form in known.forms}
    forms = [form for form in law.formats if form.id in in_use]
    assert {cell.concept for form in forms for cell in form.cells.values()} <= set(keys)
    assert all(known.rows[one.row].id == one.key.rpartition(".")[0] for one in known.figures)
    assert [known.figures[number].key for number in known.headline] == list(law.headline)


def test_a_sum_stands_before_its_parts_and_says_them(known: Catalogue, law: Law) -> None:
    keys = [one.key for one in known.figures]
    sums = [one for one in known.figures if one.parts]
    assert {
        "applications.refused.total",
        "applications.other.company",
        "review.litigation.pending",
    } <= {one.key for one in sums}
    for one in sums:
        parts = [part for part in parts_of(law, one.key) if part in keys]
        assert len(one.parts) == len(parts) and keys.index(one.key) < min(
            keys.index(part) for part in parts
        )


def test_tables_and_rows_stand_in_the_newest_forms_order(known: Catalogue, law: Law) -> None:
    form = law.format_named(known.forms[-1].id) or pytest.fail("no form")
    newest = [cell.concept for cell in form.cells.values()]
    assert [one.key for one in known.figures if one.key in newest] == newest
    tables = [known.rows[one.row].table for one in known.figures]
    assert tables == sorted(tables)


def test_pairs_say_what_the_engine_says(
    known: Catalogue, law: Law, sample_inspection: Inspection
) -> None:
    """For every figure and every two neighbouring years."""
    unconfirmed = sample_inspection.site.settings.unconfirmed_notes
    assert [(one.before[1], one.after[1]) for one in known.pairs] == [
        (year, year + 1) for year in range(2019, 2025)
    ]
    for pair in known.pairs:
        before, after = (
            law.format_named(known.forms[form].id) for form, _ in (pair.before, pair.after)
        )
        assert before and after
        for number, one in enumerate(known.figures):
            found = verdict(
                law,
                one.key,
                (before, pair.before[1]),
                (after, pair.after[1]),
                unconfirmed=unconfirmed,
            )
            assert (number in pair.refused) == (found.kind is Comparability.NOT), one.key
            notes = [] if found.kind is Comparability.NOT else [note.note for note in found.notes]
            assert [known.notes[note] for note in pair.noted.get(number, ())] == notes, one.key


def read(text: str) -> Figure:
    """A figure as a shard writes it."""
    states = {"": State.BLANK, "/": State.NOT_APPLICABLE, "?": State.UNREADABLE}
    if text in states:
        return Figure(states[text])
    found = re.fullmatch(r"(=?)(-?\d+(?:\.\d+)?)(?: (.+))?", text)
    assert found, text
    value = Decimal(found[2])
    return Figure(State.NUMBER, value, unit=found[3] or "", computed=bool(found[1]))


def test_shards_hold_every_figure_of_every_report(
    known: Catalogue, sample_inspection: Inspection, sample: Path
) -> None:
    site = sample_inspection.site
    for slug, years in site.years_by_agency.items():
        stamp, reports = shard((sample / f"compare/bodies/{slug}.js").read_bytes())
        assert stamp == known.stamp and tuple(year for year, *_ in reports) == years
        for year, form, name, figures in reports:
            report = site.reports[slug, year]
            assert (
                name == site.agencies[slug].name_in(year)
                and known.forms[form].id == report.format.id
            )
            for number, one in enumerate(known.figures):
                way = known.forms[form].ways[number]
                assert (way is Way.PRINTED) == (one.key in report.format.by_concept)
                if way is Way.PRINTED:
                    figure, held = (
                        report.figures[report.format.by_concept[one.key]],
                        read(figures.get(str(number), "0")),
                    )
                    assert (held.state, held.value, held.unit) == (
                        figure.state,
                        figure.value,
                        figure.unit,
                    ), (slug, year, one.key)
                elif way is Way.SUMMED:
                    parts = [
                        report.figures[report.format.by_concept[part]]
                        for part in parts_of(site.law, one.key)
                    ]
                    held = read(figures.get(str(number), "0"))
                    assert held.value == (
                        sum(part.value or 0 for part in parts)
                        if held.state is State.NUMBER
                        else None
                    )
                    assert (held.state is State.UNREADABLE) == any(
                        part.state is State.UNREADABLE for part in parts
                    )
                    assert (held.state is State.BLANK) == all(
                        part.state is State.BLANK for part in parts
                    )
                else:
                    assert str(number) not in figures


def test_five_things_that_are_not_a_number_are_told_apart(site: SmallSite) -> None:
    """Blank, not applicable and unreadable, a total left out, and a report that another year lacks."""
    site.add("bureau", 2020).row("新收", '["", 0, 0, 0, 0, 0, 0]').row("规章", "[/, /, /]").row(
        "办结", "[0, 0, 0, 0, 0, 0]"
    )
    inspection = site.inspect()
    known = explore.catalogue(inspection.site)
    keys = {one.key: number for number, one in enumerate(known.figures)}
    old, new = explore.body_figures(inspection.site, known, "bureau", {2020: (), 2023: ()}).reports
    assert new.figures[keys["applications.received.natural_person"]] == ""
    assert new.figures[keys["proactive.regulations.issued"]] == "/"
    assert (
        new.figures[keys["applications.concluded.total"]] == "=0"
        and keys["applications.granted.total"] not in new.figures
    )
    assert known.forms[old.form].ways[keys["proactive.regulations.repealed"]] is Way.ABSENT
    assert known.years == {2020: (0,), 2023: (1,)} and known.pairs == (), (
        "no neighbours, nothing to compare"
    )


# ---- Ready-made tables ----


def page_of(site: Site, path: str, contested: Contested | None = None) -> GroupPage:
    groups = ready_made.groups(site)
    group = next(one for one in groups if one.path == path)
    parts = [one for one in groups if (one.level, one.kind) == (group.level, group.kind)]
    catalogue = explore.catalogue(site)
    contained = ready_made.contained(site, catalogue, group)
    return group_page(site, catalogue, group, parts, contained, contested or {})


def test_every_body_stands_in_one_group_in_the_directorys_order(
    sample_inspection: Inspection,
) -> None:
    site = sample_inspection.site
    groups = ready_made.groups(site)
    held = [slug for one in groups for slug in one.slugs]
    order = [one.slug for one in explore.bodies(site)]
    assert sorted(held) == sorted(order) and len(set(held)) == len(held)
    assert all(list(one.slugs) == [slug for slug in order if slug in one.slugs] for one in groups)


def test_order_is_the_directorys_whatever_the_figures(empty_site: SmallSite) -> None:
    for number, name in enumerate("cab"):
        empty_site.add(name, 2023).row("新收", f"[{number}, 0, 0, 0, 0, 0, {number}]", name).row(
            "办结", f"[{number}, 0, 0, 0, 0, 0, {number}]", name
        )
    rows = page_of(empty_site.inspect().site, "compare/county-department/").tables[0].rows
    assert [(row.label, row.cells[0].text) for row in rows] == [
        ("测试a局", "1"),
        ("测试b局", "2"),
        ("测试c局", "0"),
    ]


def test_a_large_group_is_cut_into_parts(
    empty_site: SmallSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ready_made, "PER_PAGE", 2)
    for name in ("a", "b", "c"):
        empty_site.add(name, 2023)
    assert not empty_site.build().blocked
    first, second = (
        empty_site.page(f"compare/county-department/{part}index.html") for part in ("", "2/")
    )
    assert "测试a局" in first and ">测试c局</a></th>" not in first and ">测试c局</a></th>" in second
    assert 'href="2/index.html"' in first and "1 个机关" in second


def test_differences_stand_only_where_the_law_allows(sample_inspection: Inspection) -> None:
    """The zone over seven years, worked out afresh: the form changed in 2021, procedure law in 2024."""
    view = page_of(sample_inspection.site, "compare/prefecture-zone/")
    for table, key in zip(view.tables, sample_inspection.site.law.headline, strict=True):
        (row,) = table.rows
        values = [
            summed(f"pingtan-zone/{year}", sample_inspection.site.law, key)
            for year in range(2019, 2026)
        ]
        assert [cell.text for cell in row.cells] == [str(value) for value in values]
        steps = [after - before for before, after in pairwise(values)]
        said = [f"+{step}" if step > 0 else f"−{-step}" if step else "±0" for step in steps]
        quiet = [after == 0 == step for after, step in zip(values[1:], steps, strict=True)]
        assert [cell.change for cell in row.cells] == [
            "",
            *("" if still else one for still, one in zip(quiet, said, strict=True)),
        ], key
        noted = [2019 + index for index, cell in enumerate(row.cells) if cell.notes]
        assert noted == ([2024] if key.startswith("review") else [])
        assert [int(one.text) for one in table.years if one.boundary] == [2021] and [
            era.span for era in table.eras
        ] == [2, 5]


def summed(report: str, law: Law, key: str) -> int:
    """A figure of the hand-read cases, or the sum of its parts."""
    value = sum(int(str(CASES[report].get(one, 0))) for one in (key, *parts_of(law, key)))
    assert isinstance(value, int)
    return value


def test_sums_of_a_page_say_of_how_many(empty_site: SmallSite) -> None:
    empty_site.add("a", 2022).add("a", 2023).add("b", 2023)
    for slug, year, count in (("a", 2022, 4), ("a", 2023, 5), ("b", 2023, 6)):
        for row in ("新收", "予以公开", "办结"):
            empty_site.row(row, f"[{count}, 0, 0, 0, 0, 0, {count}]", slug, year)
    empty_site.row("行政复议", '["", "", "", "", ""]', "b")
    view = page_of(empty_site.inspect().site, "compare/county-department/")
    assert [[cell.text for cell in row.cells] for row in view.tables[0].below] == [
        ["1/2", "2/2"],
        ["4", "11"],
    ]
    reconsideration = next(
        table for table in view.tables if table.id == "review-reconsideration-total"
    )
    assert [cell.text for cell in reconsideration.rows[1].cells] == ["未收录", "空白"]
    assert [[cell.text for cell in row.cells] for row in reconsideration.below] == [
        ["1/2", "1/2"],
        ["0", "0"],
    ]


def test_a_total_that_the_report_left_out_is_marked_and_the_mark_explained(site: SmallSite) -> None:
    site.row("新收", "[2, 0, 0, 0, 0, 0]").row("予以公开", "[2, 0, 0, 0, 0, 0, 2]").row(
        "办结", "[2, 0, 0, 0, 0, 0, 2]"
    ).build()
    html = site.page("compare/county-department/index.html")
    assert [mark.before for mark in parsed(html).all("td > span.computed")] == ["2"], (
        "received, and no other figure of the headline"
    )
    assert "<dt>*</dt><dd>报告没有写这个总计，由本站按各列相加</dd>" in html
    site.row("新收", "[2, 0, 0, 0, 0, 0, 2]").build()
    html = site.page("compare/county-department/index.html")
    assert "<dt>*</dt>" not in html and "computed" not in html


def test_what_another_figure_contradicts_is_noted_with_the_sum_and_next_years_difference(
    empty_site: SmallSite,
) -> None:
    for slug, year in (("a", 2022), ("a", 2023), ("b", 2022), ("b", 2023)):
        empty_site.add(slug, year)
        for row in ("新收", "予以公开", "办结"):
            empty_site.row(row, "[4, 0, 0, 0, 0, 0, 4]", slug, year)
    empty_site.row("予以公开", "[3, 0, 0, 0, 0, 0, 3]", "a", 2022)
    found = empty_site.inspect()
    held = contested([one for one in found.findings if (one.agency, one.year) == ("a", 2022)])
    view = page_of(found.site, "compare/county-department/", {("a", 2022): held})
    rows = {table.id: [*table.rows, *table.below] for table in view.tables}
    marked = [
        (row.label, number)
        for row in rows["applications-concluded-total"]
        for number, cell in enumerate(row.cells)
        if cell.notes
    ]
    assert marked == [("测试a局", 0), ("测试a局", 1), ("本页相加（本站计算）", 0)], (
        "b, and the sum of another year, are in order"
    )
    assert (
        len(view.notes) == 1
        and view.notes[0].startswith("测试a局 2022 年度：")
        and "办结 4" in view.notes[0]
    )
    assert not any(
        cell.notes
        for key, held in rows.items()
        if key != "applications-concluded-total"
        for row in held
        for cell in row.cells
    )
    head, *lines = group_lines(
        found.site,
        explore.catalogue(found.site),
        ready_made.groups(found.site)[0],
        {("a", 2022): held},
    )
    records = [dict(zip(map(str, head), line, strict=True)) for line in lines]
    assert [
        (row["agency"], row["year"], row["concept"]) for row in records if row["contested"]
    ] == [("a", 2022, "applications.concluded.total")]


def test_a_sum_of_a_page_adds_no_body_that_another_one_contains(empty_site: SmallSite) -> None:
    for slug, count in (("above", 9), ("below", 4), ("other", 2)):
        empty_site.add(slug, 2022).add(slug, 2023)
        about = empty_site.root / f"content/agencies/{slug}/agency.yaml"
        about.write_text(f"名称: 测试{slug}县人民政府\n类型: 政府\n层级: 县级\n", "utf-8")
        for row in ("新收", "予以公开", "办结"):
            empty_site.row(row, f"[{count}, 0, 0, 0, 0, 0, {count}]", slug, 2023)
    about = empty_site.root / "content/agencies/below/agency.yaml"
    about.write_text(
        about.read_text("utf-8") + "历任上级: [{上级: above, 自: 2023-12-31}]\n", "utf-8"
    )
    view = page_of(empty_site.inspect().site, "compare/county-government/")
    coverage, sums = view.tables[0].below
    assert [cell.text for cell in coverage.cells] == ["3/3", "3/3"] and [
        cell.text for cell in sums.cells
    ] == ["0", "11"]
    assert [[view.notes[note - 1] for note in cell.notes] for cell in sums.cells] == [
        [],
        ["测试below县人民政府的数字已包含在本页另一个政府的汇总报告中，不再相加。"],
    ]


def test_the_csv_of_a_group_holds_what_its_page_shows(
    sample: Path, sample_inspection: Inspection
) -> None:
    for group in ready_made.groups(sample_inspection.site):
        text = (sample / group.path / "figures.csv").read_bytes().decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text)))
        assert tuple(rows[0]) == COLUMNS
        view = page_of(sample_inspection.site, group.path)
        shown = [cell.text for table in view.tables for row in table.rows for cell in row.cells]
        words = {
            "absent": "—",
            "no_report": "未收录",
            "blank": "空白",
            "unreadable": "？",
            "not_applicable": "/",
        }
        assert [row["value"] or words[row["state"]] for row in rows] == shown
        doubted = {
            (row["year"], row["concept"])
            for row in rows
            if row["contested"] and row["agency"] == "pingtan-zone"
        }
        assert doubted == (
            {("2020", "applications.concluded.total")} if "zone" in group.path else set()
        )
        litigation = [row for row in rows if row["concept"] == "review.litigation.total"]
        assert all(
            row["computed"] == ("true" if row["state"] == "number" else "false")
            for row in litigation
        )


def test_a_made_up_form_needs_no_code(empty_site: SmallSite, tmp_path: Path) -> None:
    """Its own rows and columns are there, and what it shares with an older form is compared."""
    from tests.cases import REPORT_2031

    folder = tmp_path / "formats"
    with_third_form(folder)
    empty_site.formats = folder
    empty_site.add("bureau", 2030)
    empty_site.path(year=2031).parent.mkdir()
    empty_site.write(REPORT_2031, year=2031).write(
        "## 1、概况\n\n有。\n\n## 4、问题\n\n没有。\n", year=2031, name="narrative.md"
    )
    site = empty_site.inspect().site
    known = explore.catalogue(site)
    keys = {one.key: one for one in known.figures}
    assert keys["applications.disclosed.person"].column.label == "个人" and known.years == {
        2030: (0,),
        2031: (1,),
    }
    (received, *_) = page_of(site, "compare/county-department/").tables
    assert [(cell.text, cell.change) for cell in received.rows[0].cells] == [("0", ""), ("7", "+7")]


# ---- What a change remakes ----


def remade(site: SmallSite) -> set[str]:
    outcome = site.build()
    assert not outcome.blocked, outcome.findings
    return {path for path in outcome.made if path.startswith("compare/")}


def test_an_edited_report_remakes_its_own_shard_and_its_groups_page(empty_site: SmallSite) -> None:
    empty_site.add("a", 2022).add("a", 2023).add("b", 2023)
    path = empty_site.root / "content/agencies/b/agency.yaml"
    path.write_text(path.read_text("utf-8").replace("县级", "地市级"), "utf-8")
    assert "compare/figures.js" in remade(empty_site)
    assert remade(empty_site) == set()
    empty_site.row("行政许可", "7", "a", 2022)
    group = {"compare/county-department/index.html", "compare/county-department/figures.csv"}
    assert remade(empty_site) == {"compare/bodies/a.js", *group}
    empty_site.add("a", 2024)
    made = remade(empty_site)
    assert {"compare/bodies/a.js", "compare/figures.js", *group} <= made
    assert not {"compare/bodies/b.js", "compare/directory.js", "compare/index.html"} & made


# ---- In the browser ----


@pytest.fixture(params=["disk", "web"])
def root(request: pytest.FixtureRequest, sample: Path) -> Iterator[str]:
    """The address of the sample site: its folder, or a server with a strict content policy."""
    if request.param == "disk":
        yield f"{sample.as_uri()}/"
    else:
        with served(sample) as address:
            yield address


@pytest.fixture
def asked(browser: Browser) -> Iterator[Open]:
    """Opens compare/ with a query and waits for what it shows. Any error of the page fails the test, and so does what a policy refuses."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    context.add_init_script(REFUSED)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on(
        "console", lambda message: errors.append(message.text) if message.type == "error" else None
    )

    def open_page(root: str, query: str = "", path: str = "compare/index.html") -> Page:
        page.goto(f"{root}{path}{query}")
        return shown(page)

    yield open_page
    context.close()
    assert errors == []


def shown(page: Page) -> Page:
    """The page once it says what it shows."""
    until(
        page,
        "!/^(正在读取.*|Loading.*|)$/.test(document.getElementById('explore-status')?.textContent ?? '')",
    )
    return page


def tables(page: Page) -> list[list[tuple[str, str, tuple[str, ...]]]]:
    """Each table that is shown: (figure, difference, marks of notes) of every cell, row by row; every cell must reach its headings."""
    cells = page.evaluate(script("headers"))
    assert all(cell["heads"] and not cell["missing"] for cell in cells)
    found = page.evaluate(CELLS)
    return [[(text, change, tuple(marks)) for text, change, marks in table] for table in found]


def expected(site: Site, slug: str, year: int, key: str) -> str:
    """What must be shown, from the hand-read cases and the statute alone."""
    report: Report | None = site.reports.get((slug, year))
    if report is None:
        return "未收录"
    case, form = CASES[f"{slug}/{year}"], report.format
    if key in form.by_concept:
        address = form.by_concept[key]
        value = case.get(address, 0)
        if value is None:
            return WORDS[report.figures[address].state]
        return (
            f"{value}{' ' + report.figures[address].unit if report.figures[address].unit else ''}"
        )
    parts = parts_of(site.law, key)
    if not parts or not all(part in form.by_concept for part in parts):
        return "—"
    values = [case.get(form.by_concept[part], 0) for part in parts]
    lost = {
        report.figures[form.by_concept[part]].state
        for part, value in zip(parts, values, strict=True)
        if value is None
    }
    if State.UNREADABLE in lost or all(value is None for value in values):
        return WORDS[State.UNREADABLE if State.UNREADABLE in lost else State.BLANK]
    return str(sum(int(str(value or 0)) for value in values))


def test_every_figure_of_every_body_is_the_hand_read_one(
    root: str, asked: Open, sample_inspection: Inspection, known: Catalogue
) -> None:
    """Six bodies, seven years, all 250 figures."""
    site = sample_inspection.site
    keys = [one.key for one in known.figures]
    listed = [one.slug for one in explore.bodies(site)]
    page = asked(root, f"?b={','.join(listed)}&f={','.join(keys)}&by=body")
    for slug, table in zip(listed, tables(page), strict=True):
        wanted = [expected(site, slug, year, key) for key in keys for year in range(2019, 2026)]
        assert [text for text, *_ in table] == [text.replace("-", "−") for text in wanted], slug


def test_differences_of_the_zone_are_those_of_the_cases(
    root: str, asked: Open, sample_inspection: Inspection, known: Catalogue
) -> None:
    """Every difference of every figure over seven years, where the statute lets two years stand side by side (domain facts 2.2)."""
    site, pairs = sample_inspection.site, {one.after[1]: one for one in known.pairs}
    page = asked(root, f"?b=pingtan-zone&f={','.join(one.key for one in known.figures)}")
    cells = iter(tables(page)[0])
    for number, one in enumerate(known.figures):
        for year in range(2019, 2026):
            text, change, _ = next(cells)
            before, now = (expected(site, "pingtan-zone", at, one.key) for at in (year - 1, year))
            counted = year > 2019 and all(
                re.fullmatch(r"-?[\d.]+( .+)?", value) for value in (before, now)
            )
            if (
                not counted
                or number in pairs[year].refused
                or not one.difference
                or before.partition(" ")[2] != now.partition(" ")[2]
            ):
                assert change == "", (one.key, year)
                continue
            step = Decimal(now.partition(" ")[0]) - Decimal(before.partition(" ")[0])
            quiet = step == 0 and Decimal(now.partition(" ")[0]) == 0
            assert change == (
                "" if quiet else f"+{step}" if step > 0 else f"−{-step}" if step else "±0"
            ), (one.key, year, text)


def test_the_change_of_form_is_a_boundary_with_a_note(root: str, asked: Open) -> None:
    page = asked(
        root,
        "?b=pingtan-zone&f=proactive.normative_documents.issued,proactive.normative_documents.in_force,applications.other.total",
    )
    assert page.locator("#explore-results thead .boundary").all_inner_texts() == [
        "国办公开办函〔2021〕30号",
        "2021",
    ]
    (cells,) = tables(page)
    issued, in_force, other = cells[:7], cells[7:14], cells[14:]
    assert issued[2][2] == ("1",) and "认定范围可能收窄" in page.locator("#t1n1").inner_text()
    assert [text for text, *_ in in_force[:2]] == ["—", "—"] and in_force[2][1] == ""
    assert [marks for *_, marks in other] == [(), (), *[("2",)] * 5] and "这里是" in page.locator(
        "#t1n2"
    ).inner_text()
    assert other[2][1] == "−3", "the sum of the parts is compared with the row that was printed"
    received = asked(
        root, "?b=pingtan-zone&f=applications.received.total,review.reconsideration.total"
    )
    ways = received.locator(".plot[role=img] .way").evaluate_all(
        "all => all.map(one => one.getAttribute('d').split('M').length - 1)"
    )
    assert ways == [2, 3], (
        "a line is broken where the form changes, and where the meaning shifts (2024)"
    )
    apart = asked(root, "?b=pingtan-zone&f=applications.received.total&y=2019,2020,2023,2025")
    ways = apart.locator(".plot[role=img] .way").evaluate_all(
        "all => all.map(one => one.getAttribute('d').split('M').length - 1)"
    )
    assert ways == [3], "2019 and 2020 are joined; nothing is across years that are not shown"


def test_sentences_and_sums(root: str, asked: Open) -> None:
    bodies, figures = (
        "pingtan-zone,haicang-district,jinjiang-town",
        "applications.received.total,proactive.fees.items_last_year",
    )
    page = asked(root, f"?b={bodies}&f={figures}&y=2020,2023")
    said = page.locator("#explore-results section").last.locator(".sentences li").all_inner_texts()
    assert said == [
        "平潭综合实验区管理委员会，2023 年度：新收 81 件，比上年多 7 件（+9.5%）",
        "厦门市海沧区人民政府，2023 年度：新收 107 件",
        "上高县锦江镇人民政府，2020 年度：新收 1 件",
    ]
    foot = page.locator("#explore-results tfoot").all_inner_texts()
    assert [line.split("\t") for line in foot[1].strip().split("\n")] == [
        ["有这个数字的机关", "2/3", "2/3"],
        ["相加（本站计算）", "22", "188"],
    ]
    assert "相加" not in foot[0] and "不能跨机关相加" in page.inner_text("#explore-results"), (
        "items of several bodies do not add up"
    )
    assert page.locator("#explore-results").inner_text().count("可能重复") == 1, (
        "a government's report holds those of its bodies"
    )
    assert (
        page.inner_text("#explore-status")
        == "机关：3 · 年度：2 · 项目：2 · 格：12，其中有数字的：6"
    )


def test_a_government_and_its_own_are_not_added_up_twice(
    shared_district: Path, asked: Open
) -> None:
    """2023: the county's 22 hold the 5 of its water bureau, and not the 4 of the tax office. The subdistrict came that year."""
    public = shared_district / "public"
    root = f"{public.as_uri()}/"
    _, reports = shard((public / "compare/bodies/north-street.js").read_bytes())
    assert [report[4:] for report in reports] == [[], [["heping-county"]]]
    page = asked(root, "?b=heping-county,heping-water,north-street&f=applications.received.total")
    coverage, sums = page.locator("#explore-results tfoot tr").all()
    assert coverage.locator("td").all_inner_texts() == ["3/3", "3/3"]
    assert sums.locator("td").evaluate_all("all => all.map(one => one.firstChild.textContent)") == [
        "17",
        "22",
    ]
    assert sums.locator("sup").all_inner_texts() == ["1", "2"]
    assert (
        "禾坪县水利局、北街街道办事处的数字已包含在所选政府的汇总报告中，不再相加。"
        in page.inner_text("#explore-results")
    )
    assert "可能重复" in page.inner_text("#explore-results"), (
        "in 2022 the subdistrict belonged to another county"
    )
    for other, total in (("heping-water", "22"), ("heping-tax", "26")):
        page = asked(root, f"?b=heping-county,{other}&f=applications.received.total")
        assert (
            page.locator("#explore-results tfoot tr")
            .last.locator("td")
            .last.evaluate("one => one.firstChild.textContent")
            == total
        )
        assert "可能重复" not in page.inner_text("#explore-results")


def test_choosing_is_kept_in_the_address_and_the_way_back_works(root: str, asked: Open) -> None:
    page = asked(root)
    assert (
        "先选一个" in page.inner_text("#explore-status")
        and not page.locator("#explore-share").is_visible()
    )
    page.fill("#find-body", "县级 办公室")
    assert lines(page, "#choose-bodies .options label") == [
        "鹤山市人民政府办公室 县级 · 政府办公室"
    ]
    page.get_by_label("鹤山市人民政府办公室").check()
    shown(page)
    page.fill("#find-body", "")
    page.get_by_label("平潭综合实验区管理委员会").check()
    assert page.url.endswith("?b=pingtan-zone,heshan-government-office"), (
        "in the order of the directory"
    )
    page.locator("#choose-years summary").click()
    for year in (2021, 2022, 2023, 2024, 2025):
        page.get_by_label(str(year), exact=True).uncheck()
    page.locator("#choose-figures > summary").click()
    page.fill("#find-figure", "国家秘密 总计")
    page.locator("#choose-figures .options fieldset:visible label:visible", has_text="总计").click()
    page.get_by_role("button", name="移除：办结·总计").click()
    page.get_by_label("每个机关一张表").check()
    shown(page)
    address = page.url
    query = "?b=pingtan-zone,heshan-government-office&y=2019,2020&f=applications.received.total,applications.refused.state_secret.total,"
    assert address.partition("compare/index.html")[2].startswith(query) and address.endswith(
        "&by=body"
    )
    assert page.input_value("#explore-address") == address
    before = tables(page)
    assert len(before) == 2 and len(before[0]) == 10
    page.get_by_role("button", name="移除：平潭综合实验区管理委员会").evaluate(
        "button => button.closest('details').open = true"
    )
    page.get_by_role("button", name="移除：平潭综合实验区管理委员会").click()
    until(page, "document.querySelectorAll('#explore-results table').length === 1")
    assert (
        page.evaluate("document.activeElement.getAttribute('aria-label')")
        == "移除：鹤山市人民政府办公室"
    )
    page.go_back()
    until(page, "document.querySelectorAll('#explore-results table').length === 2")
    assert (
        page.url == address
        and tables(page) == before
        and page.get_by_role("checkbox", name="平潭综合实验区管理委员会").is_checked()
    )
    page.goto(address)
    assert tables(shown(page)) == before, "who gets the address sees the same"


def test_an_anchor_is_no_other_choice(root: str, asked: Open) -> None:
    page = asked(root, "?b=pingtan-zone")
    before = page.locator("#explore-results table").element_handle()
    page.locator("#explore-results sup a").first.click()
    until(page, "location.hash === '#t1n1'")
    assert before.evaluate("table => table.isConnected")


def test_what_an_address_asks_for_in_vain_is_named(root: str, asked: Open) -> None:
    page = asked(
        root,
        "?b=pingtan-zone,%3Cimg%20src=x%20onerror=window.hurt=1%3E&y=1999,2020&f=applications.nothing.total",
    )
    assert "<img src=x onerror=window.hurt=1>、1999、applications.nothing.total" in page.inner_text(
        "#explore-status"
    )
    assert page.locator("#explore img").count() == 0 and page.evaluate("window.hurt") is None
    assert page.locator("#explore-results thead .figure").all_inner_texts() == ["2020"]


def test_an_address_with_an_earlier_name_of_a_folder_still_works(
    asked: Open, site: SmallSite
) -> None:
    path = site.root / "content/agencies/bureau/agency.yaml"
    path.write_text(path.read_text("utf-8") + "曾用网址: [old-bureau]\n", "utf-8")
    assert not site.build().blocked
    page = asked(f"{(site.root / 'public').as_uri()}/", "?b=old-bureau")
    assert page.input_value("#explore-address").endswith(
        "?b=bureau"
    ) and "略去" not in page.inner_text("#explore-status")


def test_the_csv_holds_what_is_shown(root: str, asked: Open, known: Catalogue) -> None:
    figures = "applications.received.total,applications.other.total,proactive.procurement.amount,proactive.licences.decisions"
    page = asked(root, f"?b=pingtan-zone,jinjiang-town&f={figures}&y=2019,2020,2021")
    with page.expect_download() as download:
        page.get_by_role("button", name="下载 CSV").click()
    assert download.value.suggested_filename == "compare.csv"
    data = Path(download.value.path()).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf") and data.count(b"\r\n") == 25
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert tuple(rows[0]) == COLUMNS[:-1], "what contradicts a figure is left out of the shards"
    held = {(row["agency"], int(row["year"]), row["concept"]): row for row in rows}
    assert held["pingtan-zone", 2019, "proactive.procurement.amount"]["unit"] == "元"
    assert held["pingtan-zone", 2020, "proactive.procurement.amount"]["state"] == "unreadable"
    assert held["pingtan-zone", 2021, "proactive.procurement.amount"]["state"] == "absent"
    assert held["jinjiang-town", 2019, "applications.received.total"]["state"] == "no_report"
    other = held["pingtan-zone", 2021, "applications.other.total"]
    assert (other["value"], other["unit"], other["state"], other["computed"], other["form"]) == (
        "1",
        "件",
        "number",
        "true",
        "2021",
    )
    assert held["pingtan-zone", 2020, "applications.other.total"]["computed"] == "false"
    listed = [text for table in tables(page) for text, *_ in table]
    words = {"absent": "—", "no_report": "未收录", "unreadable": "？"}
    # Rows stand by figure and body, as the tables do.
    assert [
        f"{row['value']}{' 元' if row['unit'] == '元' else ''}"
        if row["value"]
        else words[row["state"]]
        for row in rows
    ] == listed


def test_a_name_never_becomes_a_formula(asked: Open, tmp_path: Path) -> None:
    (tmp_path / "content/agencies").mkdir(parents=True)
    (tmp_path / "site.yaml").write_text(
        "title: 测试站\npolicy: {error: banner}\n规则: {S-10: 关闭, S-11: 关闭, S-12: 关闭}\n",
        "utf-8",
    )
    site = SmallSite(tmp_path).add("bureau", 2023)
    path = tmp_path / "content/agencies/bureau/agency.yaml"
    path.write_text(path.read_text("utf-8").replace("测试bureau局", "=HYPERLINK('x'),局"), "utf-8")
    assert not site.build().blocked
    quoted = "\"'=HYPERLINK('x'),局\""
    assert quoted in (tmp_path / "public/compare/county-department/figures.csv").read_text(
        "utf-8-sig"
    )
    page = asked(f"{(tmp_path / 'public').as_uri()}/", "?b=bureau")
    with page.expect_download() as download:
        page.get_by_role("button", name="下载 CSV").click()
    assert quoted in Path(download.value.path()).read_text("utf-8-sig")


def test_the_address_is_copied_or_offered(browser: Browser, sample: Path) -> None:
    with served(sample) as address:
        context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
        page = context.new_page()
        page.goto(f"{address}compare/index.html?b=pingtan-zone")
        shown(page).get_by_role("button", name="复制网址").click()
        until(page, "document.getElementById('explore-status').textContent === '网址已复制。'")
        assert page.evaluate("navigator.clipboard.readText()") == page.url
        page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
        page.get_by_role("button", name="复制网址").click()
        until(page, "document.getElementById('explore-status').textContent.startsWith('请按')")
        assert (
            page.evaluate("getSelection().toString() || document.activeElement.value") == page.url
        )
        context.close()


def test_the_keyboard_is_enough(root: str, asked: Open) -> None:
    page = asked(root)
    page.focus("#find-body")
    page.keyboard.type("海沧")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    until(page, "document.querySelectorAll('#explore-results table').length === 1")
    assert page.url.endswith("?b=haicang-district")
    for _ in range(2):
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")  # the chip
    until(page, "document.querySelectorAll('#explore-results table').length === 0")
    assert page.evaluate("document.activeElement.id") == "find-body"


def test_without_script_there_are_ready_made_tables(browser: Browser, sample: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{sample.as_uri()}/agencies/pingtan-zone/index.html")
    led_on(page, page.get_by_role("link", name="与其他机关比较").click)
    assert (
        page.url.endswith("compare/index.html?b=pingtan-zone")
        and not page.locator("#explore form").is_visible()
    )
    assert "要用脚本" in page.inner_text("noscript") and "一事一申请" in page.inner_text("main")
    led_on(page, page.get_by_role("link", name="开发区、实验区").click)
    assert (
        page.inner_text("h1") == "地市级：开发区、实验区"
        and page.locator("table.compare").count() == 5
    )
    context.close()


@pytest.mark.parametrize(
    "query", ["?b=pingtan-zone,haicang-district,jinjiang-town", "?b=pingtan-zone", ""]
)
@pytest.mark.parametrize(("width", "mode"), [(390, "light"), (1280, "dark"), (320, "larger")])
def test_results_are_accessible(
    calm: Page, themed: Callable[[str], Path], query: str, width: int, mode: str
) -> None:
    theme = "gazette" if mode == "dark" else "default"
    calm.set_viewport_size({"width": width, "height": 900})
    calm.goto(f"{(themed(theme) / 'compare/index.html').as_uri()}{query}")
    shown(calm).evaluate(
        "document.querySelectorAll('main details').forEach(one => { one.open = true })"
    )
    MODES[mode].enter(calm)
    found = {"axe": violations(calm, colours=False), "layout": calm.evaluate(script("layout"))}
    for name, settings in MODES.items():
        settings.enter(calm)
        found[name] = calm.evaluate(script("contrast"), settings.least)
    nothing(found)


@pytest.mark.parametrize("width", [390, 1280])
def test_the_keyboard_walks_through_results_in_order(calm: Page, sample: Path, width: int) -> None:
    calm.set_viewport_size({"width": width, "height": 700})
    calm.goto(f"{(sample / 'compare/index.html').as_uri()}?b=pingtan-zone,haicang-district")
    shown(calm).evaluate(
        "document.querySelectorAll('main details').forEach(one => { one.open = true })"
    )
    calm.evaluate("scrollTo(0, 0)")
    nothing({"walk": faults(calm)})


def test_english_results_say_what_is_chinese(asked: Open, sample: Path) -> None:
    page = asked(f"{sample.as_uri()}/", "?b=pingtan-zone,haicang-district", "en/compare/index.html")
    assert "New applications this year" in page.locator("#explore-results h2").first.inner_text()
    nothing({"tongues": page.evaluate(script("tongues"))})
    led_on(page, page.get_by_role("link", name="中文").click)
    assert (
        shown(page).url.endswith("/compare/index.html?b=pingtan-zone,haicang-district")
        and "/en/" not in page.url
    )


def test_stale_or_missing_data_is_said(browser: Browser, sample: Path, tmp_path: Path) -> None:
    shutil.copytree(sample, tmp_path / "copy")
    path = tmp_path / "copy/compare/bodies/pingtan-zone.js"
    _, reports = shard(path.read_bytes())
    path.write_bytes(shard_of("bodies/pingtan-zone", ["00000000", reports]))
    page = browser.new_page()
    page.goto(f"{(tmp_path / 'copy/compare/index.html').as_uri()}?b=pingtan-zone")
    assert "刚刚更新" in shown(page).inner_text("#explore-status")
    path.unlink()
    page.reload()
    assert "没有读到" in shown(page).inner_text("#explore-status")
    page.close()


def test_numbers_are_exact(asked: Open, sample: Path) -> None:
    """Sums, differences and ratios as the rest of the site has them."""
    from generator.language.amounts import change_in_percent

    page = asked(f"{sample.as_uri()}/")
    assert page.evaluate("exploring.sum(['0.1', '0.2', '-8', '7832'])") == "7824.3"
    assert page.evaluate("exploring.sum(['0.3', '-0.1', '-0.2'])") == "0.0"
    pairs = [
        (before, change)
        for before in (9, 10, 16, 40, 107, 999)
        for change in (-9, -1, 1, 3, 7, 12, 513)
    ]
    said = page.evaluate(
        "all => all.map(([before, change]) => exploring.ratio(String(before), String(change)))",
        pairs,
    )
    assert said == [change_in_percent(before, change) for before, change in pairs]


def test_what_the_law_refuses_is_not_compared_though_both_are_numbers(
    asked: Open, sample: Path
) -> None:
    page = asked(f"{sample.as_uri()}/")
    said = page.evaluate(
        """() => {
          const report = figures => ({ form: 0, figures });
          const reports = new Map([[2020, report(["5", "5", "5", "5"])], [2021, report(["7", "7", "7", "7 元"])]]);
          const figures = [true, true, false, true].map(difference => ({ difference }));
          const pairs = new Map([["0,2020/0,2021", { refused: new Set([0]), noted: new Map([[1, [0]]]) }]]);
          const known = { forms: [{ ways: "1111" }], figures, notes: [["注", "note"]], pairs };
          const told = number => {
            const { change, notes, joined } = exploring.compare(known, reports, number, 2021);
            return [change, notes.length, joined];
          };
          return [...[0, 1, 2, 3].map(told), exploring.compare({ ...known, pairs: new Map() }, reports, 1, 2021).change];
        }"""
    )
    # Refused, noted, a figure whose difference says nothing, other units; and a pair of years that the catalogue does not know.
    assert said == [[None, 0, False], ["2", 1, False], [None, 0, True], [None, 0, False], None]


def test_the_scripts_hard_code_no_sentence_and_no_figure(law: Law) -> None:
    rows = {cell.concept.rpartition(".")[0] for form in law.formats for cell in form.cells.values()}
    for path in [
        *(ROOT / "themes/default/assets").glob("explore*.js"),
        ROOT / "themes/default/assets/shards.js",
    ]:
        code = re.sub(r"/\*.*?\*/|//[^\n]*", "", path.read_text("utf-8"), flags=re.DOTALL)
        said = {one for one in code if "\u4e00" <= one <= "\u9ffe"}
        assert not said and not [row for row in rows if row in code], (path, said)
