"""A government beside its members: who they are, what they add up to, what is never added up, and how a page leads to each figure."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from generator.derive.rollup_tables import LISTED
from generator.inspection import inspect
from generator.model.agency import Agency, Span
from generator.model.event import Event, Turn
from generator.model.figure import Figure, State
from generator.model.law import Law
from generator.model.report import Report
from generator.model.rollup import CellSum, Lack, rollup
from generator.model.settings import Settings
from generator.model.site import Site
from generator.pages.rollup import rollup_page
from tests.conftest import TODAY, SmallSite
from tests.district import COUNTY, DISTRICT, MEMBERS, built, district, edit, figures
from tests.reading import Part, parsed, read, text_of


@pytest.fixture(scope="module")
def site() -> Site:
    return inspect(DISTRICT, TODAY).site


@pytest.fixture(scope="module")
def public(shared_district: Path) -> Path:
    return shared_district / "public"


def page(public: Path, slug: str, year: int) -> str:
    return (public / "agencies" / slug / str(year) / "rollup/index.html").read_text("utf-8")


@dataclass(frozen=True)
class Row:
    """A row of the sums: its cell of the statutory table, its figures, all of it, and the row below it that opens, if there is one."""

    address: str
    figures: list[str]
    whole: Part
    drill: Part | None


def listed(html: str) -> list[Row]:
    """Every row of sums. Of a figure only what stands before its marks."""
    found = []
    lines = parsed(html).all("tr")
    for line, below in zip(lines, [*lines[1:], None], strict=True):
        for head in line.all("> th[scope=row][id]"):
            figures = [cell.first for cell in line.all("> td.figure")]
            drill = below if below is not None and below.classes == ["drill"] else None
            found.append(Row(head["id"], figures, line, drill))
    return found


def rows(html: str) -> dict[str, list[str]]:
    """Address → published, added up, difference, counted; without a report added up, counted."""
    return {row.address: row.figures for row in listed(html)}


def nought(html: str) -> int:
    """How many cells are only named, because they are 0."""
    named = re.compile(r"是 0 的 (\d+) 项|全部为 0（(\d+) 行）")
    return sum(
        int(match[1] or match[2])
        for text in parsed(html).texts("p.nought")
        if (match := named.search(text))
    )


def table(public: Path, slug: str, year: int) -> dict[str, dict[str, str]]:
    text = (public / "agencies" / slug / str(year) / "rollup/rollup.csv").read_text("utf-8-sig")
    return {row["address"]: row for row in csv.DictReader(io.StringIO(text))}


def number(text: str) -> Decimal | None:
    return Decimal(text.replace("−", "-")) if re.fullmatch(r"[+−-]?[\d.]+", text) else None


@pytest.mark.parametrize("year", MEMBERS)
def test_every_sum_is_the_one_of_the_files(public: Path, law: Law, year: int) -> None:
    form = law.format_named("2021")
    assert form
    held = {slug: figures(form, slug, year) for slug in MEMBERS[year]}
    own = figures(form, COUNTY, year)
    html = page(public, COUNTY, year)
    printed, written = rows(html), table(public, COUNTY, year)
    assert set(written) == set(form.cells), "every cell of this form adds up"
    assert len(printed) + nought(html) == len(form.cells)
    for address in form.cells:
        values = [value for one in held.values() if isinstance(value := one.get(address), Decimal)]
        total = sum(values, Decimal(0)) if values else None
        lacking = [slug for slug, one in held.items() if one.get(address, "") == ""]
        expected = (
            None
            if total is None or lacking or not isinstance(own[address], Decimal)
            else Decimal(own[address]) - total
        )
        line = written[address]
        assert (
            number(line["computed"]) == total
            and line["counted"] == str(len(values))
            and line["members"] == str(len(held))
        )
        assert number(line["difference"]) == expected, address
        if address not in printed:
            assert total == 0 == own[address], "only what is 0 on both sides is left out"
            continue
        published, computed, difference, counted = printed[address]
        assert number(computed) == total and counted == f"{len(values)}/{len(held)}", address
        assert number(published) == (own[address] if isinstance(own[address], Decimal) else None), (
            address
        )
        idle = own[address] == "/" and all(one.get(address, "/") == "/" for one in held.values())
        assert number(difference) == expected and (difference == f"不可比（{counted}）") == (
            bool(lacking) and not idle
        ), address
        assert (difference == "不适用") == idle, address
        for slug, one in held.items():
            said = one.get(address, "no_report")
            assert line[slug] == {"/": "not_applicable", "": "blank"}.get(str(said), str(said)), (
                address,
                slug,
            )


def test_the_file_calls_a_row_by_its_group(public: Path) -> None:
    written = table(public, COUNTY, 2023)
    named = {address: (line["row"], line["column"]) for address, line in written.items()}
    assert named["applications.refused.state_secret.total"] == ("不予公开·国家秘密", "总计")
    assert named["applications.received.natural_person"] == ("新收", "自然人")
    assert len({(line["table"], *named[address]) for address, line in written.items()}) == len(
        written
    ), "no two rows are called alike"


def test_a_row_opens_to_each_members_own_cell(public: Path, law: Law) -> None:
    form = law.format_named("2021")
    assert form
    pages = read(public)
    for year in MEMBERS:
        here = public / "agencies" / COUNTY / str(year) / "rollup"
        for row in listed(page(public, COUNTY, year)):
            named = []
            for item in row.drill.all("li") if row.drill else []:
                path, _, anchor = item.one("> a")["href"].partition("#")
                said = item.one("> span").text
                file = (here / path).resolve().relative_to(public.resolve())
                slug = file.parts[1]
                assert anchor == row.address and anchor in pages[file.as_posix()].ids
                value = figures(form, slug, year)[anchor]
                assert said == (
                    {"": "空白", "/": "不适用"}[value] if isinstance(value, str) else str(value)
                )
                named.append(slug)
            assert named == sorted(named), "in the directory's order"
            there = [
                slug
                for slug in MEMBERS[year]
                if figures(form, slug, year).get(row.address, Decimal(0)) != 0
            ]
            assert named == there or (not named and row.figures[1] == "不适用")


def test_the_missing_are_named_with_their_day_and_nobody_else(public: Path) -> None:
    said = text_of(page(public, COUNTY, 2022))
    assert (
        "本站名录中的所属机关 6 个，收录了其中 5 个的报告" in said
        and "没有收录 1 个所属机关的报告" in said
    )
    assert "不能与所属机关之和逐格相比：本站没有收录 1 个所属机关的报告。" in said
    found = [row[2] for row in rows(page(public, COUNTY, 2022)).values()]
    assert all(one.startswith("不可比（") for one in found if one != "不适用"), (
        "the sum is only a part"
    )
    assert found.count("不适用") == 3, "规章, of which nobody has any"
    assert "禾坪县教育局 工作部门 期限 2023 年 1 月 31 日" in said
    for year in MEMBERS:
        assert "移民" not in page(public, COUNTY, year) and "税务" not in page(public, COUNTY, year)
    assert "没有收录 1 个" not in text_of(page(public, COUNTY, 2023))


def test_sums_say_that_they_are_computed_and_why_they_may_differ(public: Path) -> None:
    said = text_of(page(public, COUNTY, 2023))
    assert (
        "不是机关公布的数，也不代替法定表中的数" in said
        and "联合发文由各机关分别计数" in said
        and "四舍五入" in said
    )
    assert "水利局和农业农村局联合发文一件，两家各计一次，汇总只计一次（县政府办公室）" in said, (
        "what the government says of it"
    )
    assert said.count("水利局和农业农村局联合发文一件") == 1
    report = (public / "agencies" / COUNTY / "2023/index.html").read_text("utf-8")
    assert '<a class="button" href="rollup/index.html">' in report
    differing = {
        address: row for address, row in rows(page(public, COUNTY, 2023)).items() if number(row[2])
    }
    assert len(differing) == 2
    for address, (published, *_) in differing.items():
        assert parsed(report).one(f"td[id={address}]").text == published, (
            "the statutory table keeps what was published"
        )


def test_what_differs_comes_first_and_leads_to_its_row_and_its_explanation(
    public: Path, law: Law
) -> None:
    """One member left 行政强制 blank; 规章 do not apply to any of them."""
    html = page(public, COUNTY, 2023)
    assert (
        "2023 年度的汇总报告与所属机关之和：2 格不同、194 格相同、1 格不能比、3 格不适用。"
        in text_of(html)
    )
    start = parsed(html).one("ul.differing")
    documents = [address for address, row in rows(html).items() if number(row[2])]
    assert [f"#{address}" for address in documents] == [
        item.all("> a")[0]["href"] for item in start.all("> li")
    ]
    reasons = start.all("a.reason[href=#note-1]")
    assert [reason["aria-label"].partition("·")[0] for reason in reasons] == ["行政规范性文件"] * 2
    for row in listed(html):
        if row.address in documents:
            assert row.whole.all("a.reason[href=#note-1]"), (
                "the reason stands beside the difference"
            )
    assert "联合发文一件" in parsed(html).one("div#note-1").text
    assert not parsed(html).all("#note-2")


def test_a_member_that_came_during_the_year_is_marked(public: Path) -> None:
    assert "北街街道办事处 街道办事处，2023 年 7 月 1 日起；全年的数都计入" in text_of(
        page(public, COUNTY, 2023)
    )
    for slug, year in ((COUNTY, 2022), ("maichuan-county", 2022)):
        assert "全年的数都计入" not in page(public, slug, year)


def test_a_column_that_is_wholly_zero_is_one_line(public: Path) -> None:
    said = text_of(page(public, COUNTY, 2023))
    assert said.count("：全部为 0（25 行）。") >= 1
    html = page(public, COUNTY, 2023)
    lines = [line.node.getprevious().tag for line in parsed(html).all("p.nought")]
    assert "summary" not in lines, "nothing to open that holds one line"


def test_a_dash_is_explained_where_it_stands(site: Site, law: Law) -> None:
    address = law.headline[0]
    said = "“—”：这一格没有数可以相加或者相减。"
    assert said not in rollup_page(site, COUNTY, 2023, ()).remarks
    report = site.reports[COUNTY, 2023]
    unread = changed(site, COUNTY, figures={**report.figures, address: Figure(State.UNREADABLE)})
    assert said in rollup_page(unread, COUNTY, 2023, ()).remarks


@pytest.mark.parametrize(
    ("published", "idle"),
    [
        (State.NOT_APPLICABLE, True),
        (State.BLANK, False),
        (State.UNREADABLE, False),
        (State.NUMBER, False),
    ],
)
def test_what_applies_to_no_member_is_neither_equal_nor_incomparable(
    site: Site, law: Law, published: State, idle: bool
) -> None:
    """In both years, whoever lacks; a government that has a figure all the same is set against its members."""
    for year in MEMBERS:
        one = _cell(site, year, "proactive.regulations.issued")
        assert one.inapplicable
        value = 3 if published is State.NUMBER else None
        assert replace(one, published=Figure(published, value)).inapplicable is idle
    assert not _cell(site, 2023, law.headline[0]).inapplicable


def test_members_are_named_and_lead_to_their_reports(public: Path) -> None:
    members = parsed(page(public, COUNTY, 2023)).one("section[aria-labelledby=members-heading]")
    assert [link["href"] for link in members.all("li > a")] == [
        f"../../../{slug}/2023/index.html" for slug in MEMBERS[2023]
    ]


def test_every_figure_names_its_row_and_its_column(public: Path) -> None:
    for slug, year in ((COUNTY, 2022), (COUNTY, 2023), ("maichuan-county", 2022)):
        html = page(public, slug, year)
        ids = {head["id"] for head in parsed(html).all("th[id]")}
        cells = [cell["headers"].split() for cell in parsed(html).all("td.figure")]
        assert cells and all(len(heads) == 2 and set(heads) <= ids for heads in cells)
        assert len(cells) == sum(map(len, rows(html).values()))


def test_a_government_without_a_report_has_sums_and_says_so(public: Path) -> None:
    html = page(public, "maichuan-county", 2022)
    assert "本站没有收录麦川县人民政府 2022 年度的汇总报告" in html and rows(html)[
        "applications.received.total"
    ] == ["1", "1/1"]
    assert "公布" not in text_of(html).replace("不是机关公布的数", ""), (
        "nothing was published that could differ"
    )
    assert not (public / "agencies/maichuan-county/2022/index.html").exists()
    assert (
        '<a href="../../agencies/maichuan-county/2022/rollup/index.html">麦川县人民政府</a>'
        in (public / "years/2022/index.html").read_text()
    )
    assert not (public / "agencies/maichuan-county/2023").exists(), "nobody belonged to it any more"


def test_one_member_is_told_as_one(public: Path) -> None:
    said = text_of((public / "agencies/maichuan-county/index.html").read_text("utf-8"))
    assert "只有它一个所属机关的。这个机关的数按年度列在这里。" in said and "这些机关" not in said
    assert "下面是一个所属机关的数。" in text_of(page(public, "maichuan-county", 2022))


def test_a_government_without_any_report_has_a_page_that_the_directory_leads_to(
    public: Path,
) -> None:
    html = page(public, "maichuan-county", 2022)
    crumbs = html[html.index('class="crumbs"') : html.index("</nav>", html.index('class="crumbs"'))]
    assert (
        '<a href="../../index.html">麦川县人民政府</a>' in crumbs
        and '<li aria-current="page">2022 年度</li>' in crumbs
    )
    own = (public / "agencies/maichuan-county/index.html").read_text("utf-8")
    assert (
        '<a href="2022/rollup/index.html">2022 年度</a>' in own
        and "本站没有麦川县人民政府的年度报告" in own
    )
    assert "最新报告" not in own and "compare/" not in own.replace(
        '<a href="../../compare/index.html"', ""
    )
    directory = (public / "agencies/index.html").read_text("utf-8")
    assert (
        '<a href="maichuan-county/index.html">麦川县人民政府</a>' in directory
        and "共 9 个机关有报告" in directory
    )
    assert "maichuan-county" in (public / "sitemap/index.html").read_text("utf-8")
    for file in ("compare/county-government/index.html", "compare/directory.js", "index.html"):
        assert "maichuan" not in (public / file).read_text("utf-8"), (
            "what compares and counts reports knows nothing of it"
        )


def test_other_dates_make_other_sums(own_district: SmallSite) -> None:
    site = own_district
    edit(site, "north-street", "至: 2023-06-30", "至: 2023-12-31")
    edit(site, "north-street", "自: 2023-07-01", "自: 2024-01-01")
    built(site)
    public = site.root / "public"
    assert rows(page(public, COUNTY, 2023))["applications.received.total"][1:] == [
        "20",
        "+2",
        "6/6",
    ]
    assert rows(page(public, "maichuan-county", 2023))["applications.received.total"][0] == "2"


@pytest.mark.parametrize(
    ("slug", "before", "after", "sums"),
    [
        (COUNTY, "类型: 政府\n", "类型: 政府\n汇总范围: 本级\n", {2022: "13", 2023: "19"}),  # without the two towns
        ("heping-water", "名称: 禾坪县水利局", "历任名称: [{名称: 禾坪县水利局, 至: 2023-11-30}]", {2022: "14", 2023: "17"}),
        ("heping-water", "名称: 禾坪县水利局", "历任名称: [{名称: 禾坪县水利局, 自: 2023-02-01}]", {2022: "11", 2023: "22"}),
        ("heping-tax", "类型: 垂直管理单位", "类型: 工作部门", {2022: "18", 2023: "26"}),
        (COUNTY, "类型: 政府", "类型: 工作部门", {}),
    ],
)  # fmt: skip
def test_who_is_added_up(
    tmp_path: Path, law: Law, slug: str, before: str, after: str, sums: Mapping[int, str]
) -> None:
    one = district(tmp_path / "site")
    edit(one, slug, before, after)
    site = one.inspect().site
    found = {
        year: rollup(site, COUNTY, year)
        for year in MEMBERS
        if year in site.rolled_up.get(COUNTY, ())
    }
    key = law.headline[0]
    assert {year: str(_cell(site, year, key).computed) for year in found} == sums


def _cell(site: Site, year: int, address: str) -> CellSum:
    return next(one for one in rollup(site, COUNTY, year).cells if one.cell.address == address)


def changed(site: Site, slug: str, **what: object) -> Site:
    key = (slug, 2023)
    return replace(site, reports={**site.reports, key: replace(site.reports[key], **what)})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("state", "word"),
    [
        (State.BLANK, "空白"),
        (State.NOT_APPLICABLE, "不适用"),
        (State.UNREADABLE, "无法辨认"),
        (None, "采用另一种格式"),
    ],
)
def test_what_is_no_number_of_this_form_is_named_and_never_added(
    site: Site, law: Law, state: State | None, word: str
) -> None:
    address = law.headline[0]
    water = site.reports["heping-water", 2023]
    other = law.format_named("2019")
    assert other
    what: dict[str, object] = (
        {"figures": {**water.figures, address: Figure(state)}} if state else {"format": other}
    )
    mixed = changed(site, "heping-water", **what)
    one = _cell(mixed, 2023, address)
    assert (
        one.computed == 17
        and len(one.numbers) == 6
        and (state is not None or Lack.OTHER_FORM in one.parts)
    )
    assert one.difference == (5 if state is State.NOT_APPLICABLE else None), (
        "what does not apply adds nothing; the rest is unknown"
    )
    view = rollup_page(mixed, COUNTY, 2023, ())
    row = next(row for table in view.tables for row in table.rows if row.id == address)
    assert row.differs == (state is State.NOT_APPLICABLE) and row.partial == (
        state is not State.NOT_APPLICABLE
    )
    assert row.counted == "6/7" and ("禾坪县水利局", word) in [
        (part.link.text, part.text) for part in row.parts
    ]


def test_a_page_of_very_many_members_is_bounded(site: Site, law: Law) -> None:
    water = site.reports["heping-water", 2023]
    agencies: dict[str, Agency] = {COUNTY: site.agencies[COUNTY]}
    reports: dict[tuple[str, int], Report] = {}
    for index in range(LISTED + 50):
        slug = f"bureau-{index:03}"
        agencies[slug] = replace(
            site.agencies["heping-water"], slug=slug, names=(Span(f"第{index}局"),)
        )
        reports[slug, 2023] = replace(water, agency=slug)
    view = rollup_page(replace(site, agencies=agencies, reports=reports), COUNTY, 2023, ())
    row = next(row for table in view.tables for row in table.rows if row.id == law.headline[0])
    assert len(row.parts) == LISTED and row.beyond == 50 and row.computed == str(5 * (LISTED + 50))


def test_rules_owe_what_members_owe(tmp_path: Path) -> None:
    def found(site: SmallSite) -> list[tuple[str, str]]:
        return [
            (one.rule, one.agency)
            for one in site.findings()
            if one.rule.startswith("R-") and not one.explained and one.year == 2023
        ]

    def without(slug: str) -> SmallSite:
        site = district(tmp_path / f"without-{slug}")
        for file in site.path(slug, 2023).parent.iterdir():
            file.unlink()
        site.path(slug, 2023).parent.rmdir()
        return site

    assert found(district(tmp_path / "all")) == []
    assert found(without("heping-tax")) == [], "vertical management is outside"
    assert found(without("heping-water")) == [("R-03", "heping-water")], (
        "and no sum is asked of an incomplete list"
    )
    site = without("east-hill-town")
    edit(site, COUNTY, "类型: 政府\n", "类型: 政府\n汇总范围: 本级\n")
    assert ("R-03", "east-hill-town") not in found(site)
    site = without("heping-education")
    site.row("行政许可", "{处理决定: 51}", slug=COUNTY)
    assert sorted(found(site)) == [("R-02", COUNTY), ("R-03", "heping-education")], (
        "less than one member is wrong in any case"
    )
    site = district(tmp_path / "sum")
    site.row("行政许可", "{处理决定: 112}", slug=COUNTY)
    message = next(
        one.message
        for one in site.findings()
        if one.rule == "R-01" and "行政许可" in one.message.source
    )
    assert (
        "7 个所属机关之和为 111，相差 1" in message.source
        and "the sum of 7 members: 111, difference 1" in message.say("en")
    )


def test_one_members_edit_remakes_its_governments_page_and_no_other(tmp_path: Path) -> None:
    site = district(tmp_path / "site")
    built(site)
    assert built(site).made == ()
    site.row("行政处罚", "{处理决定: 10}", "heping-water", 2023).row(
        "行政处罚", "{处理决定: 34}", COUNTY, 2023
    )
    made = [path for path in built(site).made if "rollup" in path]
    assert sorted(made) == [
        f"agencies/{COUNTY}/2023/rollup/{name}" for name in ("index.html", "rollup.csv")
    ]


START, MID, END = date(2021, 3, 1), date(2022, 6, 30), date(2023, 1, 1)


@pytest.mark.parametrize(
    ("parents", "what", "moves"),
    [
        ((Span("g"),), {}, []),
        ((Span("g", START),), {}, [("g", START, True)]),
        ((Span("h", None, MID), Span("g")), {}, [("g", date(2022, 7, 1), True), ("h", date(2022, 7, 1), False)]),
        ((Span("h"), Span("g", START)), {}, [("g", START, True), ("h", START, False)]),
        ((Span("g", None, MID), Span("g", date(2022, 7, 1))), {}, []),
        ((Span("g", None, MID), Span("elsewhere", date(2022, 7, 1))), {}, [("g", date(2022, 7, 1), False)]),
        ((Span("g"),), {"events": (Event(END, Turn.ABOLISHED),)}, [("g", END, False)]),
        ((Span("g"),), {"events": (Event(START, Turn.SET_UP),)}, [("g", START, True)]),
        ((Span("g", None, MID), Span("h", date(2022, 7, 1))), {"events": (Event(START, Turn.ABOLISHED),)}, [("g", START, False)]),
        ((Span("g", START),), {"kind": "vertical"}, []),
        ((Span("g", START),), {"kind": "township"}, [("g", START, True)]),
        ((Span("h", START),), {"kind": "township"}, []),  # h adds up its own level alone
        ((Span("a", START),), {}, []),
    ],
)  # fmt: skip
def test_who_comes_and_who_leaves(
    parents: tuple[Span, ...], what: Mapping[str, object], moves: list[tuple[str, date, bool]]
) -> None:
    government = replace(_body("g", ()), kind="government")
    body = replace(_body("a", ()), parents=parents, **what)  # type: ignore[arg-type]
    bodies = {"a": body, "g": government, "h": replace(government, slug="h", roll_up="level")}
    site = Site(Settings(), Law((), {}, {}), bodies, {}, {})
    assert (
        sorted((slug, one.day, one.came) for slug, held in site.moves.items() for one in held)
        == moves
    )


@pytest.mark.parametrize(
    ("events", "others", "there"),
    [
        ((), (), (2021, 2022, 2023)),
        ((Event(date(2022, 6, 1), Turn.ABOLISHED),), (), (2021,)),
        ((Event(date(2022, 12, 31), Turn.MERGED_INTO, ("b",)),), (), (2021,)),
        ((Event(date(2023, 1, 1), Turn.MERGED_INTO, ("b",)),), (), (2021, 2022)),
        ((), (Event(date(2022, 6, 1), Turn.MERGED_FROM, ("a", "丙局")),), (2021,)),
        ((), (Event(date(2022, 6, 1), Turn.TASKS_FROM, ("a",)),), (2021, 2022, 2023)),
        ((Event(date(2022, 6, 1), Turn.SET_UP),), (), (2022, 2023)),
    ],
)
def test_institutional_reform_ends_and_begins_bodies(
    events: tuple[Event, ...], others: tuple[Event, ...], there: tuple[int, ...]
) -> None:
    """What 沿革 says need not be said again by dates of names, whichever of the bodies says it."""
    site = Site(
        Settings(),
        Law((), {}, {}),
        {slug: _body(slug, told) for slug, told in (("a", events), ("b", others))},
        {},
        {},
    )
    assert tuple(year for year in (2021, 2022, 2023) if site.existed("a", year)) == there
    assert site.existed("b", 2023)


def _body(slug: str, events: tuple[Event, ...]) -> Agency:
    return Agency(slug, (Span(f"{slug}局"),), "department", "county", events=events)


def test_an_editors_note_is_called_one_wherever_a_way_leads_to_it(tmp_path: Path) -> None:
    one = district(tmp_path / "site")
    report = one.path(COUNTY)
    report.write_text(report.read_text("utf-8") + "\n转录: {文字: 照录}\n", "utf-8")
    built(one)
    html = (one.root / f"public/agencies/{COUNTY}/2023/rollup/index.html").read_text("utf-8")
    assert (
        'href="#note-1" aria-label="行政规范性文件·制发：编者说明">编者说明</a>' in html
        and "数据核对提示" not in html
    )


def test_what_only_rounding_makes_differ_is_counted_apart(tmp_path: Path) -> None:
    one = district(tmp_path / "site")
    one.row("行政事业性收费", "{金额: 4.77}", COUNTY)
    built(one)
    html = (one.root / f"public/agencies/{COUNTY}/2023/rollup/index.html").read_text("utf-8")
    assert "2 格不同、1 格只差尾数、193 格相同" in text_of(html) and rows(html)[
        "proactive.fees.amount"
    ][:3] == ["4.77", "4.75", "+0.02"]


def test_what_a_page_says_of_others_remakes_it(tmp_path: Path) -> None:
    """A member's kind stands on its government's page."""
    one = district(tmp_path / "site")
    built(one)
    edit(one, "heping-water", "类型: 工作部门", "类型: 派出机关")
    assert f"agencies/{COUNTY}/index.html" in built(one).made
