"""Forms as offices print them: a group of rows printed as one row, and totals that are left blank."""

from __future__ import annotations

import csv
import json

import pytest

from generator.language.versions import versions
from generator.model.figure import State
from generator.model.format import one_row
from generator.model.packed import pack, unpack
from tests.conftest import SmallSite
from tests.sharing import shipped_law

ZERO = "[0, 0, 0, 0, 0, 0, 0]"
TWO = "[2, 0, 0, 0, 0, 0, 2]"


def group(site: SmallSite, value: str, year: int = 2023) -> SmallSite:
    """其他处理 of the small site with this behind it."""
    text = site.path(year=year).read_text("utf-8")
    start = text.index("  其他处理:")
    end = text.index("  办结:")
    return site.write(f"{text[:start]}  其他处理: {value}\n{text[end:]}", year=year)


# (what stands behind 其他处理, the only rules)
WRITTEN = [
    (ZERO, ["S-17"]),
    ("[0, 0, 0, 0, 0, 0]", ["S-17"]),  # the total was left out
    ("\n    - 0\n    - 0\n    - 0\n    - 0\n    - 0\n    - 0\n    - 0", ["S-17"]),
    ("{自然人: 0, 商业企业: 0, 科研机构: 0, 社会公益组织: 0, 法律服务机构: 0, 其他: 0}", ["S-17"]),
    ("[0, 0, 0]", ["S-17", "V-05"]),
    ("0 0 0 0 0 0 0", ["C-01", "C-01", "S-17"]),  # no list
    ("[0, 0, 0, 0, 0, 0, ~]", ["S-17", "V-04"]),
    ("0", ["C-04", "S-05"]),  # for which of the three rows?
    ("{其他: 0}", ["S-05"]),  # its third row
    ("{自然人: 0, 其他: 0}", ["S-05", "S-17"]),
    (f"{ZERO}\n  逾期不补正: 0", ["C-04", "S-17"]),  # both ways
]


@pytest.mark.parametrize(("value", "rules"), WRITTEN, ids=[value[:30] for value, _ in WRITTEN])
def test_a_group_may_be_one_row(site: SmallSite, value: str, rules: list[str]) -> None:
    assert sorted(group(site, value).rules()) == rules


def test_the_one_row_serves_every_sum_and_its_parts_are_not_printed(site: SmallSite) -> None:
    group(site.row("新收", TWO).row("办结", TWO), TWO)
    report = site.inspect().site.reports["bureau", 2023]
    assert site.rules() == ["S-17"]
    assert report.figures["applications.other.total"].value == 2
    part = report.figures["applications.other.fee_unpaid.total"]
    assert part.state is State.NOT_PRINTED and part.value is None
    group(site, "[1, 0, 0, 0, 0, 0, 1]")
    assert sorted(set(site.rules())) == ["S-17", "T3-03"]


def test_a_total_that_was_left_out_follows_the_one_row(site: SmallSite) -> None:
    group(site.row("新收", TWO).row("办结", ""), TWO)
    assert site.rules() == ["S-17"]


def test_several_groups_are_one_finding(site: SmallSite) -> None:
    text = group(site, ZERO).path().read_text("utf-8")
    start = text.index("  无法提供:")
    site.write(f"{text[:start]}  无法提供: {ZERO}\n{text[text.index('  不予处理:') :]}")
    (finding,) = site.findings()
    assert (
        finding.rule == "S-17"
        and "无法提供" in finding.message.source
        and "6 行" in finding.message.source
    )


def test_a_report_keeps_its_one_row_when_it_is_packed_and_taken_back(site: SmallSite) -> None:
    group(site, TWO).append(
        "更正:\n  - {日期: 2024-03-01, 原因: 当时少录了两件, 改动: [{格: 其他处理.总计, 改前: 0, 改后: 2}]}\n"
    )
    inspection = site.inspect()
    report = inspection.site.reports["bureau", 2023]
    again, _ = unpack(inspection.site.law, pack(report, []))
    assert again == report and again.format is report.format
    first = versions(report)[0]
    assert first.figures["applications.other.total"].value == 0


def test_a_form_with_one_row_is_one_value_and_other_sums_stay() -> None:
    form = shipped_law().format_named("2021")
    assert form is not None
    merged = one_row(form, "applications.other")
    assert merged is one_row(form, "applications.other") and merged.id == form.id
    assert len(merged.identities) == len(form.identities)
    assert set(merged.cells) - set(form.cells) == {
        f"applications.other.{column.path}" for column in form.tables[1].blocks[0].leaf_columns
    }
    with pytest.raises(LookupError):
        one_row(form, "applications.nothing")


def test_pages_and_files_show_one_row_and_say_what_is_not_given(site: SmallSite) -> None:
    site.add("bureau", 2024)
    group(site.row("新收", TWO).row("办结", TWO), TWO)
    site.build()
    folder = "agencies/bureau/2023/"
    page = site.page(f"{folder}index.html")
    assert "（六）其他处理" in page and "逾期不补正" not in page.split("S-17")[0]
    cells = json.loads(site.page(f"{folder}tables.json"))["figures"]
    assert cells["applications.other.total"]["value"] == 2
    assert cells["applications.other.fee_unpaid.total"]["state"] == "not_printed"
    lines = site.page(f"{folder}tables.csv").lstrip("\ufeff").splitlines()
    rows = {row["address"]: row for row in csv.DictReader(lines)}
    assert rows["applications.other.fee_unpaid.total"]["state"] == "not_printed"
    comparison = site.page("agencies/bureau/compare/2023-2024/index.html")
    assert "未分列" in comparison
    dictionary = site.page("data/dictionary.csv")
    assert "2021,applications.other.total," in dictionary
    assert "2019,applications.other.total," in dictionary


# (rows and what stands behind them, the only rules): totals that the report leaves blank
BLANK = [
    ({"新收": "[2, 0, 0, 0, 0, 0, ~]", "予以公开": TWO, "办结": TWO}, ["V-04"]),
    ({"新收": TWO, "予以公开": "[2, 0, 0, 0, 0, 0, ~]", "办结": TWO}, ["V-04"]),
    ({"新收": TWO, "予以公开": TWO, "办结": "~"}, ["V-04"]),  # the row of totals
    ({"新收": TWO, "予以公开": TWO, "办结": "[~, 0, 0, 0, 0, 0, ~]"}, ["V-04", "V-04"]),
    ({"新收": "[2, 0, 0, 0, 0, 0, ~]", "予以公开": "[2, 0, 0, 0, 0, 0, ~]", "办结": "~"}, ["V-04", "V-04"]),
    ({"新收": "[2, 0, 0, 0, 0, 0, ~]", "办结": "[1, 0, 0, 0, 0, 0, 1]"}, ["T3-01", "T3-01", "T3-03", "T3-03", "V-04"]),
    ({"行政复议": "[1, 0, 0, 0, ~]"}, ["V-04"]),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "rules"), BLANK)
def test_a_blank_total_is_no_zero(site: SmallSite, rows: dict[str, str], rules: list[str]) -> None:
    for row, value in rows.items():
        site.row(row, value)
    assert sorted(site.rules()) == rules
