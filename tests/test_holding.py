"""Policy `hold`: one bad report keeps its last good version with a notice, and nobody else waits for it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.model.finding import Severity
from tests.conftest import TODAY, SmallSite

HOLD = "title: x\npolicy: {error: hold}\n规则: {S-10: 关闭, S-11: 关闭, S-12: 关闭}\n"
BAD = "[1, 0, 0, 0, 0, 0, 0]"


@pytest.fixture
def two(site: SmallSite) -> SmallSite:
    """Two agencies under `hold`, built once while both were good."""
    site.add("other", 2023).row("行政许可", "{处理决定: 7}", slug="other")
    (site.root / "site.yaml").write_text(HOLD, "utf-8")
    assert not site.build().findings
    return site


def test_a_bad_report_keeps_its_last_good_version_and_says_since_when_and_why(
    two: SmallSite,
) -> None:
    two.row("新收", BAD).row("行政许可", "{处理决定: 99}").row(
        "行政许可", "{处理决定: 8}", slug="other"
    )
    outcome = two.build()
    assert not outcome.blocked and outcome.held == (("bureau", 2023),)
    # E-03 for both: published figures changed, and no correction says so; where warnings are shown that holds nobody back.
    assert {finding.rule for finding in outcome.findings if finding.agency == "bureau"} == {
        "T3-01",
        "T3-02",
        "E-03",
    }
    assert {finding.rule for finding in outcome.findings if finding.agency == "other"} == {"E-03"}
    page = two.page("agencies/bureau/2023/index.html")
    assert (
        "本页是上一次核对无误的版本" in page
        and f"{TODAY.year} 年 {TODAY.month} 月 {TODAY.day} 日起" in page
    )
    assert "T3-02" in page and "99" not in page
    assert "行政许可决定 8 件" in two.page("agencies/other/2023/index.html")
    assert "99" not in (two.root / "public/agencies/bureau/2023/tables.csv").read_text("utf-8-sig")
    two.row("新收", "[1, 0, 0, 0, 0, 0, 1]").row("予以公开", "[1, 0, 0, 0, 0, 0, 1]").row(
        "办结", "[1, 0, 0, 0, 0, 0, 1]"
    )
    assert not two.build().held
    page = two.page("agencies/bureau/2023/index.html")
    assert "上一次核对无误" not in page and "99" in page


def test_the_notice_keeps_its_first_day(two: SmallSite) -> None:
    two.row("新收", BAD)
    two.build()
    before = two.page("agencies/bureau/2023/index.html")
    two.row("行政许可", "{处理决定: 3}", slug="other")
    two.build()
    assert two.page("agencies/bureau/2023/index.html") == before


@pytest.mark.parametrize("text", ["：", "- a\n", "年度: 2023\n"])
def test_a_report_that_cannot_be_read_is_held_too(two: SmallSite, text: str) -> None:
    before = (two.root / "public/agencies/bureau/2023/tables.csv").read_bytes()
    two.write(text)
    outcome = two.build()
    assert not outcome.blocked and outcome.held == (("bureau", 2023),)
    assert (two.root / "public/agencies/bureau/2023/tables.csv").read_bytes() == before


def test_an_agency_that_cannot_be_read_is_held_with_all_its_reports(two: SmallSite) -> None:
    (two.root / "content/agencies/bureau/agency.yaml").write_text("：", "utf-8")
    outcome = two.build()
    assert not outcome.blocked and outcome.held == (("bureau", 2023),)
    assert "测试bureau局" in two.page("agencies/bureau/2023/index.html")


def test_without_a_good_version_a_page_says_that_it_is_being_checked(two: SmallSite) -> None:
    two.add("bureau", 2024).row("新收", BAD, year=2024)
    outcome = two.build()
    assert outcome.held == (("bureau", 2024),)
    assert "正在核对，暂未发布" in two.page("agencies/bureau/2024/index.html")
    assert "2024 年度的报告" in two.page("agencies/bureau/index.html")
    assert not (two.root / "public/agencies/bureau/2024/tables.csv").exists()


def test_a_good_report_is_not_held_because_it_disagrees_with_a_bad_one(two: SmallSite) -> None:
    """Y-01 of 2024 is looked at again against the last good version of 2023."""
    two.add("bureau", 2024)
    assert not two.build().held
    two.row("结转下年度", "[2, 0, 0, 0, 0, 0, 1]")
    assert two.build().held == (("bureau", 2023),)


def test_the_attachments_of_a_held_report_are_those_of_its_good_version(two: SmallSite) -> None:
    file = two.path().parent / "files" / "a.txt"
    file.parent.mkdir()
    file.write_text("old", "utf-8")
    two.build()
    file.write_text("new", "utf-8")
    two.row("新收", BAD)
    assert two.build().held
    assert two.page("agencies/bureau/2023/files/a.txt") == "old"


def test_what_concerns_no_report_stops(two: SmallSite) -> None:
    (two.root / "content/pages").mkdir(parents=True)
    (two.root / "content/pages/about.md").write_text("没有标题", "utf-8")
    assert two.build().blocked


def test_held_is_the_same_warm_and_cold(two: SmallSite, tmp_path: Path) -> None:
    two.row("新收", BAD)
    two.build()
    warm = {
        path.relative_to(two.root / "public"): path.read_bytes()
        for path in (two.root / "public").rglob("*")
        if path.is_file()
    }
    good = two.root / ".cache" / "good.sqlite"
    shutil.copy(good, tmp_path / "good.sqlite")
    shutil.rmtree(two.root / ".cache")
    (two.root / ".cache").mkdir()
    shutil.copy(tmp_path / "good.sqlite", good)
    two.build()
    cold = {
        path.relative_to(two.root / "public"): path.read_bytes()
        for path in (two.root / "public").rglob("*")
        if path.is_file()
    }
    assert warm == cold


def test_a_warning_may_be_held_as_well(two: SmallSite) -> None:
    (two.root / "site.yaml").write_text(
        HOLD.replace("{error: hold}", "{error: hold, warning: hold}"), "utf-8"
    )
    two.row("行政许可", '{处理决定: ""}')
    outcome = two.build()
    assert {(finding.rule, finding.severity) for finding in outcome.findings} == {
        ("V-04", Severity.WARNING),
        ("E-03", Severity.WARNING),
    }
    assert outcome.held == (("bureau", 2023),)
