"""Explain or fix: an explanation is bound to the figures it explains, reopens when they change, and a site may demand one."""

from __future__ import annotations

import re

import pytest

from generator.model.finding import Finding, Severity
from tests.conftest import SmallSite

GAP = "{制发: 1, 废止: 0, 现行有效: 5}"


@pytest.fixture
def gap(site: SmallSite) -> SmallSite:
    """Two years whose stock of normative documents does not follow: Y-02."""
    site.add("bureau", 2024)
    return site.row("行政规范性文件", GAP, year=2024)


def explain(site: SmallSite, mark: str, rule: str = "Y-02", cell: str = "") -> list[Finding]:
    bound = f", 指纹: {mark}" if mark else ""
    at = f", 格: {cell}" if cell else ""
    return site.append(
        f"说明:\n  - {{规则: {rule}{at}, 原因: 到期失效三件{bound}}}\n", year=2024
    ).findings()


def rules(found: list[Finding]) -> list[tuple[str, str]]:
    return sorted((one.rule, one.severity.value) for one in found)


def test_a_finding_carries_the_fingerprint_that_explains_it(gap: SmallSite) -> None:
    (found,) = gap.findings()
    assert re.fullmatch("[0-9a-f]{8}", found.fingerprint)
    assert rules(explain(gap, found.fingerprint)) == [("Y-02", "info")]


def test_an_explanation_without_a_fingerprint_holds_and_says_which_to_add(gap: SmallSite) -> None:
    mark = gap.findings()[0].fingerprint
    found = explain(gap, "")
    assert rules(found) == [("C-13", "info"), ("Y-02", "info")]
    assert mark in next(one.message.source for one in found if one.rule == "C-13")


@pytest.mark.parametrize(
    "row", ["{制发: 1, 废止: 0, 现行有效: 6}", "{制发: 2, 废止: 0, 现行有效: 6}"]
)
def test_the_finding_is_open_again_when_its_figures_change(gap: SmallSite, row: str) -> None:
    """Also where the difference stays the same: the explanation was for other figures."""
    explain(gap, gap.findings()[0].fingerprint)
    gap.row("行政规范性文件", row, year=2024)
    found = gap.findings()
    assert rules(found) == [("C-09", "warning"), ("Y-02", "warning")]
    new = next(one.fingerprint for one in found if one.rule == "Y-02")
    advice = next(one.advice for one in found if one.rule == "C-09")
    assert advice is not None and new in advice.source


def test_the_finding_is_open_again_when_last_years_figure_changes(gap: SmallSite) -> None:
    explain(gap, gap.findings()[0].fingerprint)
    gap.row("行政规范性文件", "{制发: 0, 废止: 0, 现行有效: 1}")
    assert ("Y-02", "warning") in rules(gap.findings())


def test_other_figures_may_change(gap: SmallSite) -> None:
    explain(gap, gap.findings()[0].fingerprint)
    gap.row("行政许可", "{处理决定: 3}", year=2024)
    assert rules(gap.findings()) == [("Y-02", "info")]


def test_two_findings_of_one_rule_are_explained_one_by_one_or_together(site: SmallSite) -> None:
    site.add("bureau", 2024)
    site.row("行政许可", '{处理决定: ""}', year=2024).row("行政强制", '{处理决定: ""}', year=2024)
    first, second = site.findings()
    site.append(
        f"说明:\n  - {{规则: V-04, 原因: 原件空白, 指纹: {first.fingerprint}}}\n", year=2024
    )
    assert sorted(one.severity.value for one in site.findings()) == ["info", "warning"]
    with site.path(year=2024).open("a", encoding="utf-8") as stream:
        stream.write(f"  - {{规则: V-04, 原因: 原件也空白, 指纹: {second.fingerprint}}}\n")
    assert rules(site.findings()) == [("V-04", "info")] * 2


def test_a_site_may_demand_an_explanation(gap: SmallSite) -> None:
    settings = gap.root / "site.yaml"
    settings.write_text(
        "title: x\n规则: {Y-02: {说明: 必须}, S-10: 关闭, S-11: 关闭, S-12: 关闭}\n", "utf-8"
    )
    (found,) = gap.findings()
    assert (
        found.severity is Severity.ERROR
        and found.advice is not None
        and "说明" in found.advice.source
    )
    assert rules(explain(gap, found.fingerprint)) == [("Y-02", "info")]


@pytest.mark.parametrize(
    ("said", "severity"),
    [
        ("Y-02: 关闭", None),
        ("Y-02: 错误", "error"),
        ("y-02: {级别: 提示}", "info"),
        ("Y-02: {severity: warning}", "warning"),
    ],
)
def test_a_site_sets_the_severity_of_a_rule(
    gap: SmallSite, said: str, severity: str | None
) -> None:
    (gap.root / "site.yaml").write_text(
        f"title: x\n规则: {{{said}, S-10: 关闭, S-11: 关闭, S-12: 关闭}}\n", "utf-8"
    )
    assert [one.severity.value for one in gap.findings()] == ([severity] if severity else [])


@pytest.mark.parametrize(
    "said",
    [
        "X-99: 关闭",
        "V-01: 关闭",
        "C-03: {级别: 提示}",
        "Y-02: 有时",
        "Y-08: {倍数: 很大}",
        "Y-08: {字数: 3}",
        "P-05: {词: 赌}, P-05: 关闭",
        "- Y-02",
    ],
)
def test_a_wrong_entry_is_a_mistake_in_site_yaml(site: SmallSite, said: str) -> None:
    (site.root / "site.yaml").write_text(
        f"title: x\n规则: {{{said}}}\n" if ":" in said else "title: x\n规则: [Y-02]\n", "utf-8"
    )
    found = [one for one in site.findings() if one.at.path == "site.yaml"]
    assert found and all(one.misconfigures for one in found)


def test_thresholds_and_words_are_the_sites(site: SmallSite) -> None:
    text = site.path(name="narrative.md").read_text("utf-8")
    site.write(text.replace("这一年", "卖茶叶啦，这一年"), name="narrative.md")
    off = "S-10: 关闭, S-12: 关闭"
    (site.root / "site.yaml").write_text(
        f"title: x\n规则: {{{off}, P-05: {{词: [卖茶叶]}}, S-11: {{字数: 500}}}}\n", "utf-8"
    )
    assert site.rules() == ["P-05", "S-11"]
