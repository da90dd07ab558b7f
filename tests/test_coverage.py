"""Who published in time: as of any day, by level and kind, as page, file and feed; a day on which nothing happens remakes nothing."""

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

from generator.model.coverage import Standing, coverage, deadline
from generator.model.settings import Settings
from generator.pipeline import inspect
from tests.conftest import TODAY, SmallSite
from tests.district import built, district, edit
from tests.test_feeds import ATOM
from tests.test_pages import text_of

BODIES = [
    "east-hill-town", "heping-agriculture", "heping-county", "heping-education", "heping-office",
    "heping-tax", "heping-water", "maichuan-county", "north-street", "west-dam-town",
]  # fmt: skip
DUE, DONE, LATE, GONE = Standing.NOT_DUE, Standing.IN_TIME, Standing.LATE, Standing.MISSING
# How the ten bodies, in that order, stand for 2023 as of a day.
DAYS = {
    date(2024, 1, 15): [DUE, DONE, DUE, DUE, DUE, DONE, DONE, DUE, DONE, DUE],
    date(2024, 2, 1): [DONE, DONE, DUE, DONE, DONE, DONE, DONE, DUE, DONE, GONE],
    date(2024, 4, 1): [DONE, DONE, DONE, DONE, DONE, DONE, DONE, GONE, DONE, LATE],
}


@pytest.fixture
def site(tmp_path: Path) -> SmallSite:
    return district(tmp_path / "site")


def lines(site: SmallSite, year: int = 2023) -> dict[str, dict[str, str]]:
    text = (site.root / f"public/coverage/{year}/coverage.csv").read_text("utf-8-sig")
    return {row["slug"]: row for row in csv.DictReader(io.StringIO(text))}


def counts(html: str) -> dict[str, list[int]]:
    """Row of the board → its numbers."""
    found = re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', html)
    return {text_of(head).strip(): [int(one) for one in re.findall(r'<td class="figure[^"]*">(\d+)</td>', rest)] for head, rest in found}


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_board_as_of_a_day(site: SmallSite, day: date) -> None:
    built(site, day)
    rows, expected = lines(site), dict(zip(BODIES, DAYS[day], strict=True))
    assert {slug: row["status"] for slug, row in rows.items() if row["expected"] == "true"} == expected
    assert rows["heping-resettlement"]["status"] == "not_expected", "abolished before"
    html = site.page("coverage/2023/index.html")
    heads = re.findall(r'<th scope="col" class="figure">(.*?)</th>', html)
    number = dict(zip(heads, counts(html)["合计"], strict=True))
    names = {"按期发布": DONE, "逾期发布": LATE, "未见发布": GONE, "期限未到": DUE}
    assert number == {"应有": 10} | {name: DAYS[day].count(one) for name, one in names.items() if name in heads}
    assert ("期限未到" in heads) == (DUE in DAYS[day])
    assert [sum(column) for column in zip(*[row for name, row in counts(html).items() if name != "合计"], strict=True)] == [
        *number.values()
    ]
    assert day.isoformat() not in html, "the board says nothing of when it was made"
    for slug, standing in expected.items():
        named = rows[slug]["name"] in html[html.index("</table>") :]
        assert named == (standing in {LATE, GONE}), slug


def test_late_by_so_many_days(site: SmallSite) -> None:
    built(site)
    row = lines(site)["west-dam-town"]
    assert (row["deadline"], row["published"], row["days_late"], row["parent"]) == ("2024-01-31", "2024-02-05", "5", "heping-county")
    assert "禾坪县西坝镇人民政府 2024-02-05 发布，晚 5 天" in text_of(site.page("coverage/2023/index.html"))
    assert lines(site)["heping-county"]["days_late"] == ""
    assert lines(site, 2022)["north-street"]["parent"] == "maichuan-county", "whom it belonged to then"
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
    with (site.root / "site.yaml").open("a", encoding="utf-8") as stream:
        stream.write("期限: {工作部门: 01-14, 政府: 03-25}\n")
    inspection = inspect(site.root, TODAY)
    late = {(one.agency, one.year) for one in inspection.findings if one.rule == "P-01"}
    shown = {
        (one.agency.slug, year) for year in (2022, 2023) for one in coverage(inspection.site, year, TODAY) if one.standing is Standing.LATE
    }
    assert late == shown and len(late) > 4


def test_a_day_on_which_nothing_happens_remakes_nothing(site: SmallSite) -> None:
    days = [date(2024, 1, 30) + timedelta(number) for number in (*range(9), *range(56, 64))]
    built(site, days[0])
    made = {day.isoformat(): sorted(path for path in built(site, day).made if path.startswith("coverage")) for day in days[1:]}
    board = ["coverage/2023/coverage.csv", "coverage/2023/index.html", "coverage/feed.xml", "coverage/index.html"]
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
    days = {title: (entry.findtext(f"{ATOM}updated") or "")[:10] for title, entry in entries.items()}
    assert days["禾坪县西坝镇人民政府：发布 2023 年度的报告，晚 5 天"] == "2024-02-05"
    assert days["麦川县人民政府：期限已过，未见 2023 年度的报告"] == "2024-03-31"
    assert days["禾坪县教育局：期限已过，未见 2022 年度的报告"] == "2023-01-31"
    assert days["禾坪县水利局：按期发布 2023 年度的报告"] == "2024-01-15"
    assert list(days.values()) == sorted(days.values(), reverse=True) and feed.findtext(f"{ATOM}updated") == "2024-03-31T00:00:00+08:00"
    published = Counter(row["status"] for year in (2022, 2023) for row in lines(site, year).values())
    assert len(entries) == published["in_time"] + published["late"] + published["missing"]
    ids = [one.findtext(f"{ATOM}id") for one in (feed, *entries.values())]
    assert len(set(ids)) == len(ids)
    assert not set(ids[:1]) & set(re.findall("<id>(.*?)</id>", site.page("feed.xml")))
    for entry in entries.values():
        link = entry.find(f"{ATOM}link")
        assert link is not None and (site.root / "public/coverage" / link.attrib["href"]).is_file()


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
    for slug in ("heping-office", "heping-water", "heping-agriculture", "east-hill-town", "heping-resettlement", "heping-tax"):
        edit(site, slug, "上级: heping-county\n", "")
    edit(site, "north-street", "历任上级:\n  - {上级: heping-county, 自: 2023-07-01}\n", "")
    built(site)
    assert not (site.root / "public/coverage/feed.xml").exists() and "feed.xml" not in site.page("coverage/index.html")
    assert "rollup" not in "".join(path.as_posix() for path in (site.root / "public").rglob("*"))


def test_a_report_that_is_held_back_is_being_checked_not_missing(site: SmallSite) -> None:
    with (site.root / "site.yaml").open("a", encoding="utf-8") as stream:
        stream.write("policy: {error: hold}\n")
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
