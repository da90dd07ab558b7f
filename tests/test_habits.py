"""One habit of a clerk is one finding, said once everywhere; causes come before consequences and stand for them."""

from __future__ import annotations

import json
from collections.abc import Iterator

import click
import pytest

from generator.cli import cli
from generator.cli.wording import METAVARS, WORDS, commands, help_text
from generator.language.speech import SOURCE
from generator.model.finding import Finding
from tests.commands import run
from tests.conftest import SmallSite

ZERO = "[0, 0, 0, 0, 0, 0, 0]"
# Rows of table three of the small site.
THREE = (
    "新收", "上年结转", "予以公开", "部分公开", "国家秘密", "重复申请", "办结", "结转下年度"
)  # fmt: skip
# (what is written in every row, the rule, how many cells, words of the message)
HABITS = [
    ('["", "", "", "", "", "", 0]', "V-04", 48, "48 处是空白"),
    ('["-", "-", "-", "-", "-", "-", 0]', "V-04", 48, "写的是“-”"),
    ("~", "V-04", 56, "56 处是空白"),
    ('"-"', "V-04", 56, "写的是“-”"),
    ("[0件, 0件, 0件, 0件, 0件, 0件, 0件]", "V-01", 56, "“3件”这样"),
    ("[0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]", "V-03", 56, "应是整数"),
    ("[００, ０, ０, ０, ０, ０, ０]", "V-06", 8, "以 0 开头"),
    ("5", "V-05", 56, "各行应有 7 个数字"),
    ("[0, 0, 0, 0, 0, 0, 0, 0]", "V-05", 56, "各行应有 7 个数字"),
]


def of(findings: list[Finding], rule: str) -> list[Finding]:
    return [finding for finding in findings if finding.rule == rule]


@pytest.mark.parametrize(("value", "rule", "count", "words"), HABITS)
def test_a_habit_is_one_finding_with_all_its_cells(
    site: SmallSite, value: str, rule: str, count: int, words: str
) -> None:
    for row in THREE:
        site.row(row, value)
    (finding,) = of(site.findings(), rule)
    assert len(finding.cells) == count and words in finding.message.source
    assert len({finding.at.line, *(place.line for place in finding.places)}) == len(THREE)
    for form in ("json", "sarif"):
        printed = run("--root", site.root, "check", "--format", form).stdout
        document = json.loads(printed)
        entries = document["findings"] if form == "json" else document["runs"][0]["results"]
        assert sum(rule in (entry.get("rule"), entry.get("ruleId")) for entry in entries) == 1
    lines = run("--root", site.root, "check").stdout
    assert lines.count(f" {rule}: ") == 1 and "同样的还在第" in lines


@pytest.mark.parametrize(
    ("row", "value", "advice"),
    [
        ("新收", "【1，0，0，0，0，0，1】", "新收: [1, 0, 0, 0, 0, 0, 1]"),
        ("新收", "1 0 0 0 0 0 1", "新收: [1, 0, 0, 0, 0, 0, 1]"),
        ("新收", "1、0、0、0、0、0", "新收: [1, 0, 0, 0, 0, 0]"),
        ("行政复议", "（1，0，0，0，1）", "行政复议: [1, 0, 0, 0, 1]"),
    ],
)
def test_numbers_that_are_no_list_come_with_the_list(
    site: SmallSite, row: str, value: str, advice: str
) -> None:
    slips = [finding for finding in site.row(row, value).findings() if finding.rule == "C-01"]
    assert slips
    for slip in slips:
        assert slip.advice is not None and advice in " ".join(slip.advice.source.split())


# (what stands in report.yaml, what takes its place, the only findings)
CAUSES = [
    ("  予以公开:", "  予已公开:", ["C-03"]),
    ("  不予公开:", "  不于公开:", ["C-03"]),
    ("复议诉讼:", "复议与诉讼:", ["C-03"]),
    ("主动公开:", "主动公幵:", ["C-03"]),
    ("年度: 2", "年渡: 2", ["C-03"]),
    ("发布日期:", "发布日朝:", ["C-03"]),
    ("    重复申请:", "    一再来信:", ["C-03"]),  # the only row that is lacking
    ('格式: "2021"', '格式: "2019"', ["S-03"]),
    ('格式: "2021"', '格式: "2008"', ["S-03"]),
    ("  上年结转:", "  新收: [9, 0, 0, 0, 0, 0, 9]\n  上年结转:", ["C-02"]),
    ("{处理决定: 0}", "{处理决订: 0}", ["C-03", "C-03", "C-03"]),
]


@pytest.mark.parametrize(("old", "new", "rules"), CAUSES)
def test_consequences_of_a_slip_are_not_listed(
    site: SmallSite, old: str, new: str, rules: list[str]
) -> None:
    text = site.path().read_text("utf-8")
    if "格式:" not in text:
        text = text.replace("年度: 2023\n", '年度: 2023\n格式: "2021"\n')
    assert old in text
    assert site.write(text.replace(old, new)).rules() == rules


@pytest.mark.parametrize(
    ("old", "new"), [("名称:", "名秤:"), ("类型:", "类形:"), ("层级:", "层极:")]
)
def test_a_misspelt_key_of_a_body_is_not_missing_besides(
    site: SmallSite, old: str, new: str
) -> None:
    path = site.path().parent.parent / "agency.yaml"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    assert [rule for rule in site.rules() if rule.startswith("C")] == ["C-03"]


def test_a_form_of_another_year_is_one_finding(site: SmallSite) -> None:
    site.add("bureau", 2020)
    old_rows = site.path(year=2020).read_text("utf-8")
    site.write(old_rows.replace("2020", "2023"))
    assert [rule for rule in site.rules() if rule[0] in "CSV"] == ["S-03"]


def test_a_blank_row_is_no_missing_row_and_a_name_alone_is(site: SmallSite) -> None:
    site.row("行政处罚", "{处理决定: ~}")
    assert site.rules() == ["V-04"]
    site.row("行政处罚", "{处理决定: null}")
    assert site.rules() == ["V-04"]
    site.row("行政处罚", "{处理决定: }")
    assert site.rules() == ["S-05"]


def test_a_blank_total_is_neither_nought_nor_computed(site: SmallSite) -> None:
    """Its row is not checked; its parts serve the columns, last year's balance and the text."""
    for row in ("新收", "予以公开", "办结"):
        site.row(row, "[3, 0, 0, 0, 0, 1, ~]")
    (finding,) = site.findings()
    assert (finding.rule, len(finding.cells)) == ("V-04", 3)
    assert "无从核对" in finding.message.source and "按 0 计" not in finding.message.source
    site.row("予以公开", "[3, 0, 0, 0, 0, 2, 5]")
    assert {finding.rule for finding in site.findings()} > {"V-04"}
    site.row("予以公开", "[3, 0, 0, 0, 0, 1, 4]")
    site.build()
    page = site.page("agencies/bureau/2023/index.html")
    cell = page[page.index('id="applications.received.total"') :].partition("</td>")[0]
    assert "4" not in cell.partition(">")[2] and "0" not in cell.partition(">")[2]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("20240125", "应写作 2024-01-25"),
        ("2024年1月25日公开", "应写作 2024-01-25"),
        ("2024-02-30", "不存在"),
        ("一月末", "认不出来"),
        ("9999-12-31", "没有终止日期的，不写"),
    ],
)
def test_a_day_that_is_none_is_told_what_was_meant(site: SmallSite, day: str, words: str) -> None:
    (finding,) = site.append(f"发布日期: {day}\n").findings()
    assert finding.rule == "C-04" and words in finding.message.source
    assert "2024-01-26" not in finding.message.source or words == "认不出来"


@pytest.mark.parametrize(
    "day", ["2024-01-25T09:30:00+08:00", "2024-01-25 09:30", "2024 年 1 月 25 日"]
)
def test_a_day_with_a_time_is_that_day(site: SmallSite, day: str) -> None:
    inspection = site.append(f"发布日期: {day}\n").inspect()
    assert not inspection.findings
    assert str(inspection.site.reports["bureau", 2023].published) == "2024-01-25"


def test_findings_come_errors_first_and_causes_before_consequences(site: SmallSite) -> None:
    site.row("规章", '{制发: "", 废止: 0, 现行有效: 0}').row("新收", "[2, 0, 0, 0, 0, 0, 2]")
    site.row("行政许可", "{处理决定: 三}")
    findings = site.findings()
    assert findings[0].rule == "V-01"
    ranks = [finding.severity.rank for finding in findings]
    assert ranks == sorted(ranks, reverse=True) and len(set(ranks)) > 1


def test_check_and_build_say_what_the_public_will_read(site: SmallSite) -> None:
    clean = run("--root", site.root, "check").stdout
    assert "会公开" not in clean
    site.row("行政许可", '{处理决定: ""}').row("行政处罚", "{处理决定: １}")
    for command in (("check",), ("build", "--no-pdf")):
        result = run("--root", site.root, *command)
        told = result.stdout + result.stderr
        assert "1 条印在报告页和核对情况页（V-04）" in told
        assert "1 条只印在核对情况页（C-06）" in told
    for rule, printed in (("V-04", True), ("C-06", False)):
        assert (rule in site.page("agencies/bureau/2023/index.html")) is printed
        assert rule in site.page("quality/2023/index.html")


def said_by_click() -> Iterator[tuple[str, str]]:
    for command in commands(cli):
        yield command.name or "", f"{command.help}"
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                yield f"{command.name} {parameter.name}", f"{parameter.help}"


def test_every_option_has_words_in_both_languages() -> None:
    """English stands in the code, Chinese in cli/wording.py; a docstring begins in Chinese."""
    run("--lang", "en", "--help")
    for place, text in said_by_click():
        assert text in WORDS or text.isascii(), place
        assert text and text.isascii(), place
    run("--lang", "zh", "--help")
    for place, text in said_by_click():
        assert any("一" <= character <= "龥" for character in text), place
    assert set(METAVARS)


@pytest.mark.parametrize(
    ("arguments", "chinese", "english"),
    [
        (("chek",), "没有 chek 这个命令", "No such command 'chek'"),
        (("check", "--fix-it"), "没有 --fix-it 这个选项", "No such option"),
        (("check", "--format", "xml"), "不可用，可用：", "is not one of"),
        (("build", "--jobs", "0"), "不在 1<=x<=64 之内", "is not in the range"),
        (("build", "--jobs", "x"), "不是整数", "is not a valid integer"),
        (("build", "--as-of", "1月"), "应写作 2024-01-26 的样子", "does not match the format"),
        (("import",), "没有写参数", "Missing argument"),
        (("import", "none.csv"), "没有“none.csv”这个路径", "does not exist"),
        (("check", "--fail-on"), "后面要写一个值", "requires an argument"),
        (("new", "agency", "a", "b"), "多写了参数", "unexpected extra argument"),
    ],
)
def test_usage_errors_are_in_the_language_of_the_user(
    arguments: tuple[str, ...], chinese: str, english: str
) -> None:
    for language, words, label in (("zh", chinese, "用法"), ("en", english, "Usage")):
        result = run("--lang", language, *arguments)
        assert result.exit_code == 2 and words in result.stderr
        assert label in result.stderr or "--fail-on" in arguments


def test_a_docstring_has_a_half_for_each_language() -> None:
    assert help_text("核对。Check it.", SOURCE) == "核对。"
    assert help_text("核对。Check it.", "en") == "Check it."
    assert help_text("Check it.", SOURCE) == "Check it."


# ---- A government whose members are not all there ----


def county(site: SmallSite, total: int, *members: str) -> SmallSite:
    """A county that states so many licences, and members with these."""
    for slug, number in (
        ("county", str(total)),
        *zip(("one", "two", "three"), members, strict=False),
    ):
        site.add(slug, 2023).row("行政许可", f"{{处理决定: {number}}}", slug)
        path = site.path(slug).parent.parent / "agency.yaml"
        text = path.read_text("utf-8")
        if slug == "county":
            text = text.replace("工作部门", "政府")
        path.write_text(text + ("" if slug == "county" else "上级: county\n"), "utf-8")
    return site


@pytest.mark.parametrize(
    ("total", "members", "told"),
    [
        (30, ("10", "20", "7"), "3 个所属机关之和为 37"),
        (30, ("10", "25", '""'), "3 个所属机关中已有的 2 个之和为 35"),
        (40, ("10", "25", '""'), ""),  # the third may have the rest
        (35, ("10", "25", '""'), ""),
        (37, ("10", "20", "7"), ""),
        (20, ("10", "25", '""'), ""),  # less than one of them: R-02
    ],
)
def test_what_is_there_is_compared_where_something_lacks(
    site: SmallSite, total: int, members: tuple[str, ...], told: str
) -> None:
    findings = of(county(site, total, *members).findings(), "R-01")
    assert [told in finding.message.source for finding in findings] == ([True] if told else [])


@pytest.mark.parametrize(("total", "code", "told"), [(30, 4, True), (60, 4, False)])
def test_a_member_that_is_held_back_leaves_what_the_others_prove(
    site: SmallSite, total: int, code: int, told: bool
) -> None:
    county(site, total, "20", "15", "9").row("新收", "[1, 0, 0, 0, 0, 0, 2]", "three")
    settings = site.root / "site.yaml"
    settings.write_text(settings.read_text("utf-8") + "policy: {error: hold}\n", "utf-8")
    result = run("--root", site.root, "build", "--no-pdf")
    assert result.exit_code == code and "three/2023" in result.stderr
    assert ("3 个所属机关中已有的 2 个之和为 35" in site.page("quality/2023/index.html")) is told
