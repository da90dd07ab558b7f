"""Who published in time: as of any day, by level and kind, as page, file and feed; a day on which nothing happens remakes nothing.

A site that is a selection of reports has none of it, and nowhere says that a report is missing.
"""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest

from generator.check import agencies
from generator.inspection import Inspection, inspect
from generator.model.agency import Agency, Span
from generator.model.coverage import Standing, coverage, deadline
from generator.model.report import Report
from generator.model.settings import Settings
from generator.model.site import Site
from tests.conftest import TODAY, SmallSite
from tests.district import COUNTY, MEMBERS, built, district, edit
from tests.reading import ATOM, parsed, text_of
from tests.sharing import shipped_law

BODIES = [
    "east-hill-town", "heping-agriculture", "heping-county", "heping-education", "heping-office",
    "heping-tax", "heping-water", "maichuan-county", "north-street", "west-dam-town",
]  # fmt: skip
DUE, DONE, LATE, GONE = Standing.NOT_DUE, Standing.IN_TIME, Standing.LATE, Standing.MISSING
# How the ten bodies, in that order, stand for 2023 as of a day.
DAYS = {
    date(2024, 1, 15): [DUE, DONE, DUE, DUE, DUE, DONE, DONE, DUE, DONE, DUE],
    date(2024, 1, 31): [DONE, DONE, DUE, DONE, DONE, DONE, DONE, DUE, DONE, DUE],
    date(2024, 2, 1): [DONE, DONE, DUE, DONE, DONE, DONE, DONE, DUE, DONE, GONE],
    date(2024, 4, 1): [DONE, DONE, DONE, DONE, DONE, DONE, DONE, GONE, DONE, LATE],
}


@pytest.fixture
def site(own_district: SmallSite) -> SmallSite:
    return own_district


def lines(site: SmallSite, year: int = 2023) -> dict[str, dict[str, str]]:
    text = (site.root / f"public/coverage/{year}/coverage.csv").read_text("utf-8-sig")
    return {row["slug"]: row for row in csv.DictReader(io.StringIO(text))}


def counts(html: str) -> dict[str, list[int]]:
    """Row of the board → its numbers."""
    return {
        label: [int(cell.text) for cell in cells if "figure" in cell.classes]
        for table in parsed(html).all("table")
        for label, cells in table.rows().items()
    }


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_board_as_of_a_day(site: SmallSite, day: date) -> None:
    built(site, day)
    rows, expected = lines(site), dict(zip(BODIES, DAYS[day], strict=True))
    assert {
        slug: row["status"] for slug, row in rows.items() if row["expected"] == "true"
    } == expected
    assert rows["heping-resettlement"]["status"] == "not_expected", "abolished before"
    html = site.page("coverage/2023/index.html")
    heads = parsed(html).texts("th.figure[scope=col]")
    number = dict(zip(heads, counts(html)["合计"], strict=True))
    names = {"按期发布": DONE, "逾期发布": LATE, "未见发布": GONE, "期限未到": DUE}
    assert number == {"应有": 10} | {
        name: DAYS[day].count(one) for name, one in names.items() if name in heads
    }
    assert ("期限未到" in heads) == (DUE in DAYS[day])
    assert [
        sum(column)
        for column in zip(
            *[row for name, row in counts(html).items() if name != "合计"], strict=True
        )
    ] == [*number.values()]
    assert day.isoformat() not in re.sub(r"[-\d]{10}(?: 发布|（未到）)", "", text_of(html)), (
        "the board says nothing of when it was made"
    )
    named = [
        part.all("a")[0].text if part.all("a") else part.first
        for part in parsed(html).all("details li")
    ]
    for slug, standing in expected.items():
        assert (rows[slug]["name"] in named) == (standing is not DUE), slug


def test_late_by_so_many_days(site: SmallSite) -> None:
    built(site)
    row = lines(site)["west-dam-town"]
    assert (row["deadline"], row["published"], row["days_late"], row["parent"]) == (
        "2024-01-31",
        "2024-02-05",
        "5",
        "heping-county",
    )
    html = site.page("coverage/2023/index.html")
    assert "禾坪县西坝镇人民政府 2024-02-05 发布，晚 5 天；说明：机房搬迁，网站停了一周" in text_of(
        html
    ) and "禾坪县水利局 2024-01-15 发布，早 16 天" in text_of(html)
    lists = [
        (
            "open" if "open" in part.node.attrib else "",
            part.one("> summary").text.partition("（")[0],
        )
        for part in parsed(html).all("main details")
    ]
    assert lists == [
        *[("open", "未见发布"), ("", "按期发布")], *[("", "按期发布")] * 3, *[("open", "逾期发布"), ("", "按期发布")], ("", "按期发布"),
        ("", "尚未设立或已经撤并"),
    ]  # fmt: skip
    assert lines(site)["heping-county"]["days_late"] == ""
    assert lines(site, 2022)["north-street"]["parent"] == "maichuan-county", (
        "whom it belonged to then"
    )
    assert lines(site, 2022)["north-street"]["status"] == "undated"


@pytest.mark.parametrize(
    ("said", "kind", "year", "day"),
    [
        ({}, "department", 2023, "2024-01-31"),
        ({}, "government", 2023, "2024-03-31"),
        ({}, "township", 2023, "2024-01-31"),
        ({"department": "01-20"}, "department", 2023, "2024-01-20"),
        ({"government": "02-29"}, "government", 2023, "2024-02-29"),
        ({"government": "02-29"}, "government", 2024, "2025-02-28"),
        ({"government": "02-31"}, "government", 2024, "2025-02-28"),
    ],
)
def test_deadlines(said: Mapping[str, str], kind: str, year: int, day: str) -> None:
    assert deadline(Settings(deadlines=said), kind, year).isoformat() == day


def test_the_rule_and_the_board_say_the_same(site: SmallSite) -> None:
    settings(site, "期限: {工作部门: 01-14, 政府: 03-25}\n")
    inspection = inspect(site.root, TODAY)
    late = {(one.agency, one.year) for one in inspection.findings if one.rule == "P-01"}
    shown = {
        (one.agency.slug, year)
        for year in (2022, 2023)
        for one in coverage(inspection.site, year, TODAY)
        if one.standing is Standing.LATE
    }
    assert late == shown and len(late) > 4


def test_a_day_on_which_nothing_happens_remakes_nothing(tmp_path: Path) -> None:
    """From nothing: a site that was built as of today holds some of these pages already."""
    site = district(tmp_path / "site")
    days = [date(2024, 1, 30) + timedelta(number) for number in (*range(9), *range(56, 64))]
    built(site, days[0])
    made = {
        day.isoformat(): sorted(
            path for path in built(site, day).made if path.startswith("coverage")
        )
        for day in days[1:]
    }
    board = [
        "coverage/2023/coverage.csv",
        "coverage/2023/index.html",
        "coverage/feed.xml",
        "coverage/index.html",
    ]
    assert {day: paths for day, paths in made.items() if paths} == {
        "2024-02-01": board,  # 31 January has passed
        "2024-02-05": board,  # the late one is there
        "2024-03-28": board,  # the county's
        "2024-04-01": board,  # 31 March has passed
    }


def test_the_feed_tells_the_office(site: SmallSite) -> None:
    built(site)
    feed = ElementTree.fromstring(site.page("coverage/feed.xml"))
    entries = {one.findtext(f"{ATOM}title"): one for one in feed.findall(f"{ATOM}entry")}
    days = {
        title: (entry.findtext(f"{ATOM}updated") or "")[:10] for title, entry in entries.items()
    }
    assert days["禾坪县西坝镇人民政府：发布 2023 年度的报告，晚 5 天"] == "2024-02-05"
    assert days["麦川县人民政府：期限已过，未见 2023 年度的报告"] == "2024-04-01", (
        "all of the deadline's own day is in time"
    )
    assert days["禾坪县教育局：期限已过，未见 2022 年度的报告"] == "2023-02-01"
    assert days["禾坪县水利局：按期发布 2023 年度的报告"] == "2024-01-15"
    assert (
        list(days.values()) == sorted(days.values(), reverse=True)
        and feed.findtext(f"{ATOM}updated") == "2024-04-01T00:00:00+08:00"
    )
    published = Counter(
        row["status"] for year in (2022, 2023) for row in lines(site, year).values()
    )
    assert len(entries) == published["in_time"] + published["late"] + published["missing"]
    ids = [one.findtext(f"{ATOM}id") for one in (feed, *entries.values())]
    assert len(set(ids)) == len(ids)
    assert not set(ids[:1]) & {
        one.text for one in ElementTree.fromstring(site.page("feed.xml")).iter(f"{ATOM}id")
    }
    for entry in entries.values():
        link = entry.find(f"{ATOM}link")
        assert link is not None and (site.root / "public/coverage" / link.attrib["href"]).is_file()
        assert entry.findtext(f"{ATOM}author/{ATOM}name") == "禾坪县年报（虚构）", (
            "no body says of itself that it is late"
        )


def test_the_feed_of_a_public_site_leads_to_its_address(site: SmallSite) -> None:
    settings(site, "base_url: https://www.example.gov.cn/zfxxgk\n")
    built(site)
    feed = ElementTree.fromstring(site.page("coverage/feed.xml"))
    links = [one.attrib["href"] for one in feed.iter(f"{ATOM}link")]
    assert links[:2] == [
        f"https://www.example.gov.cn/zfxxgk/coverage/{name}" for name in ("feed.xml", "")
    ]
    for link in links[2:]:
        page = link.removeprefix("https://www.example.gov.cn/zfxxgk/")
        assert page != link and (site.root / "public" / page / "index.html").is_file()


def offers(html: str) -> list[tuple[str, str]]:
    """Title and address of every feed that a page offers."""
    links = parsed(html).all("link[rel=alternate][type=application/atom+xml]")
    return [(link["title"], link["href"]) for link in links]


def test_pages_about_publication_and_the_first_one_offer_the_feed(site: SmallSite) -> None:
    settings(site, "languages: [zh-CN, en]\n")
    built(site)
    for page in (
        "index.html",
        "coverage/index.html",
        "coverage/2023/index.html",
        "coverage/2022/index.html",
    ):
        up = "../" * page.count("/")
        where = {"index.html": "coverage/feed.xml"}.get(page, f"{up[3:]}feed.xml")
        assert ("禾坪县年报（虚构）：发布情况", where) in offers(site.page(page)), page
        assert [title for title, _ in offers(site.page(f"en/{page}"))][1:] == [
            "禾坪县年报（虚构）: publication"
        ]
    assert len(offers(site.page("years/index.html"))) == 1, "only the site's own"


def test_a_report_of_the_last_day_is_in_time(site: SmallSite) -> None:
    path = site.path("heping-water", 2023)
    path.write_text(path.read_text("utf-8").replace("2024-01-15", "2024-01-31"), "utf-8")
    built(site)
    row = lines(site)["heping-water"]
    assert (row["status"], row["days_late"]) == ("in_time", "")
    assert "禾坪县水利局 2024-01-31 发布，期限当天" in text_of(
        site.page("coverage/2023/index.html")
    )


def test_a_body_without_need_of_a_report_is_named_with_why(site: SmallSite) -> None:
    edit(site, "heping-tax", "名称: ", "沿革: [{日期: 2023-06-01, 类型: 设立}]\n名称: ")
    shutil.rmtree(site.root / "content/agencies/heping-tax/2022", ignore_errors=True)
    built(site)
    said = {
        year: text_of(site.page(f"coverage/{year}/index.html")).partition("这一年不应有报告的机关")[
            2
        ]
        for year in (2022, 2023)
    }
    assert (
        "尚未设立或已经撤并（1） 禾坪县移民安置局 2022 年 10 月 1 日起不再有这个机关" in said[2023]
    )
    assert "尚未设立或已经撤并（2）" in said[2022]
    assert "禾坪县税务局 2023 年 6 月 1 日起才有这个机关" in said[2022]


def settings(site: SmallSite, lines: str) -> None:
    with (site.root / "site.yaml").open("a", encoding="utf-8") as stream:
        stream.write(lines)


def test_no_feed_where_there_is_nothing_to_tell(site: SmallSite) -> None:
    for path in (site.root / "content/agencies").glob("*/*/report.yaml"):
        path.write_text(re.sub(r"(?m)^发布日期: .*\n", "", path.read_text("utf-8")), "utf-8")
        if "说明" in path.read_text("utf-8"):
            shutil.rmtree(path.parent)
    shutil.rmtree(site.root / "content/agencies/maichuan-county")
    edit(site, "north-street", "  - {上级: maichuan-county, 至: 2023-06-30}\n", "")
    shutil.rmtree(site.root / "content/agencies/heping-education")
    shutil.rmtree(site.root / "content/agencies/west-dam-town")
    shutil.rmtree(site.root / "content/agencies/heping-county")
    for slug in (
        "heping-office",
        "heping-water",
        "heping-agriculture",
        "east-hill-town",
        "heping-resettlement",
        "heping-tax",
    ):
        edit(site, slug, "上级: heping-county\n", "")
    edit(site, "north-street", "历任上级:\n  - {上级: heping-county, 自: 2023-07-01}\n", "")
    built(site)
    assert not (site.root / "public/coverage/feed.xml").exists() and "feed.xml" not in site.page(
        "coverage/index.html"
    )
    assert "rollup" not in "".join(path.as_posix() for path in (site.root / "public").rglob("*"))


def test_a_report_that_is_held_back_is_being_checked_not_missing(site: SmallSite) -> None:
    shutil.rmtree(site.root / ".cache")  # there is no good version of it
    settings(site, "policy: {error: hold}\n")
    site.row("新收", "[5, 1, 0, 0, 0, 0, 5]", "heping-water", 2023)
    built(site)
    assert lines(site)["heping-water"]["status"] == "checking"
    assert "正在核对（1）" in text_of(site.page("coverage/2023/index.html"))


def test_no_name_becomes_a_formula(site: SmallSite) -> None:
    edit(site, "maichuan-county", "名称: 麦川县人民政府", '名称: "=1+1"')
    built(site)
    assert lines(site)["maichuan-county"]["name"] == "'=1+1"


def test_the_board_is_reached_from_the_years_and_the_foot_of_every_page(site: SmallSite) -> None:
    built(site)
    assert 'href="../coverage/index.html"' in site.page("years/index.html")
    assert 'href="../../coverage/2023/index.html"' in site.page("years/2023/index.html")
    assert 'href="../coverage/index.html">发布情况</a>' in site.page("sitemap/index.html")
    foot = site.page("index.html")
    assert 'href="coverage/index.html">发布情况</a>' in foot[foot.index('<footer class="foot">') :]
    years = counts(site.page("coverage/index.html"))
    assert years == {"2023 年度": [10, 8, 1, 0, 1], "2022 年度": [10, 7, 0, 1, 2]}


def test_the_columns_of_the_files_are_explained_with_the_data(site: SmallSite) -> None:
    built(site)
    readme, page = site.page("data/README.md"), text_of(site.page("data/index.html"))
    for name, path in (
        ("coverage", "coverage/2023/coverage.csv"),
        ("rollup", f"agencies/{COUNTY}/2023/rollup/rollup.csv"),
    ):
        head = (site.root / "public" / path).read_text("utf-8-sig").splitlines()[0].split(",")
        told = readme[readme.index(f"## {name}: ") :].partition("\n## ")[0]
        columns = re.findall(r"(?m)^- `(\S+)` \(\w+\): (.+)$", told)
        assert [column for column, _ in columns if column != "<agency>"] == [
            one for one in head if one not in MEMBERS[2023]
        ]
        assert all(meaning in page for _, meaning in columns)
    told = readme[readme.index("## coverage: ") : readme.index("## rollup: ")]
    assert all(f"{one.value} = " in told for one in Standing)


# What says of somebody that a report is missing, late in coming, or was due.
BLAME = re.compile(
    r"未见|应有 ?\d|缺 ?\d|缺报告|无报告|催报|[Nn]one seen|[Nn]o report|lacking|\b(?:were|was|are|is) due\b"
)


def blamed(public: Path) -> dict[str, list[str]]:
    """File → what it says of reports that are not there. The manual of the rules says what it does not check here."""
    found = {}
    for path in sorted(public.rglob("*")):
        name = path.relative_to(public).as_posix()
        if path.suffix in {".html", ".xml", ".json", ".csv", ".md"} and not name.endswith(
            ("rules/index.html", "rules.csv", "rules.json")
        ):
            found[name] = BLAME.findall(path.read_text("utf-8"))
    return {name: said for name, said in found.items() if said}


def test_a_selection_calls_nothing_missing(site: SmallSite) -> None:
    settings(site, "languages: [zh-CN, en]\n")
    missing = {"R-03", "Y-10"}
    shutil.rmtree(site.root / "content/agencies/heping-water/2022")
    shutil.copytree(
        site.root / "content/agencies/heping-water/2023",
        site.root / "content/agencies/heping-water/2021",
    )
    site.row("年度", "2021", "heping-water", 2021)
    site.row("发布日期", "2022-01-15", "heping-water", 2021)
    assert {one.rule for one in built(site).findings} >= missing
    assert len(blamed(site.root / "public")) > 10, "a complete site does say so"
    settings(site, "收录: 选录\n")
    found = {one.rule for one in built(site).findings}
    assert not found & missing and "P-01" in found, (
        "what is known of a report that is here may be said"
    )
    public = site.root / "public"
    assert blamed(public) == {}
    assert not (public / "coverage").exists() and not (public / "en/coverage").exists()
    for path in public.rglob("*.html"):
        html = path.read_text("utf-8")
        assert "coverage/" not in html, path
        english = path.is_relative_to(public / "en")
        assert (
            "This site is a selection" if english else "本站是选录"
        ) in html or "http-equiv" in html, path
    for name in ("data/README.md", "data/datapackage.json"):
        assert "本站是选录" in site.page(name) and "coverage" not in site.page(name)
    path = site.root / "site.yaml"
    path.write_text(path.read_text("utf-8").replace("规则: {", "规则: {R-03: 警告, "), "utf-8")
    assert {one.rule for one in site.findings()} & missing == {"R-03"}, (
        "a rule that the site chose is asked all the same"
    )
    rules = {
        row["rule"]: row["severity"]
        for row in csv.DictReader(io.StringIO(site.page("data/rules.csv")))
    }
    assert {rule for rule, severity in rules.items() if severity == "off"} >= missing
    rolled = text_of(site.page(f"agencies/{COUNTY}/2022/rollup/index.html"))
    assert (
        "收录了其中" in rolled
        and "本站没有收录 2 个所属机关的报告" in rolled
        and "期限" not in rolled.partition("为什么相加")[0]
    )


def test_the_sample_is_a_selection(sample_inspection: Inspection) -> None:
    assert not sample_inspection.site.settings.complete and not sample_inspection.site.boards


def test_years_missing_in_a_row_are_one_finding() -> None:
    """A gap of five years was reported five times."""
    years = (2013, 2019, 2021)
    law = shipped_law()
    form = law.format_named("2021")
    assert form is not None
    reports = {("body", year): Report("body", year, form, {}, {}) for year in years}
    body = Agency("body", (Span("甲局"),), "department", "county")
    site = Site(Settings(), law, {"body": body}, reports, {})
    gaps = [finding for finding in agencies.check(site) if finding.rule == "Y-10"]
    assert [(gap.year, gap.message.source) for gap in gaps] == [
        (2014, "有 2013 和 2021 年度的报告，缺 2014—2018 年度"),
        (2020, "有 2013 和 2021 年度的报告，缺 2020 年度"),
    ]
