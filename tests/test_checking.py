"""What must add up: every identity of both forms, last year, across the change of form; explain or fix; links and dates."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.check.arithmetic import evaluate
from generator.inspection import Inspection
from generator.language.identity import instances
from generator.model.figure import Figure, State
from generator.model.finding import Finding
from generator.model.law import Law
from generator.model.report import Report
from generator.model.settings import Settings
from generator.model.site import Site
from tests.conftest import SmallSite

SUMS = {"T3-01", "T3-02", "T3-03", "T4-01"}


def invented(law: Law, form: str, **changed: int) -> tuple[Site, Report]:
    """A site of one report in which every cell is 0 but those named."""
    found = law.format_named(form)
    assert found is not None
    figures = {
        address: Figure(State.NUMBER, changed.get(address, 0), str(changed.get(address, 0)))
        for address in found.cells
    }
    report = Report("bureau", found.first_year, found, figures, {})
    return Site(Settings(), law, {}, {("bureau", report.year): report}, {}), report


def failing(law: Law, form: str, **changed: int) -> set[tuple[str, str]]:
    site, report = invented(law, form, **changed)
    found = set()
    for instance in instances(report.format):
        one = evaluate(site, report, instance)
        if (
            one
            and one.left.sum is not None
            and one.right.sum is not None
            and instance.identity.rule in SUMS
            and one.left.sum != one.right.sum
        ):
            found.add((instance.identity.rule, instance.where.path))
    return found


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_every_cell_of_tables_three_and_four_is_held_by_the_identities_that_name_it(
    law: Law, form: str
) -> None:
    """A 1 in one cell breaks exactly the row sum of its row and the column sums of its column; nothing else."""
    found = law.format_named(form)
    assert found is not None
    for address, cell in found.cells.items():
        row, column = cell.row.path, cell.column.path
        if cell.table == "applications":
            columns = (
                {"T3-03"} if row not in {"received", "carried_in", "carried_out"} else {"T3-01"}
            )
            columns |= {"T3-01"} if row == "concluded" else set()
            expected = {("T3-02", row)} | {(rule, column) for rule in columns}
        elif cell.table == "review":
            expected = {("T4-01", row)}
        else:
            continue
        assert failing(law, form, **{address: 1}) == expected, address


COUNT = st.integers(0, 500)


@given(st.lists(st.lists(COUNT, min_size=6, max_size=6), min_size=24, max_size=24))
def test_a_table_that_adds_up_has_no_finding(law: Law, rows: list[list[int]]) -> None:
    form = law.format_named("2021")
    assert form is not None
    block = form.table("applications").blocks[0]
    columns = [column.path for column in block.leaf_columns]
    outcomes = [
        row.path
        for row in block.leaf_rows
        if row.path not in {"received", "carried_in", "concluded", "carried_out"}
    ]
    cells: dict[str, int] = {}

    def put(row: str, values: list[int]) -> None:
        for column, value in zip(columns, [*values, sum(values)], strict=True):
            cells[f"applications.{row}.{column}"] = value

    for row, values in zip(outcomes, rows, strict=False):
        put(row, values)
    concluded = [sum(values[index] for values in rows[: len(outcomes)]) for index in range(6)]
    put("concluded", concluded)
    put("carried_out", rows[-1])
    put("carried_in", rows[-2])
    put(
        "received",
        [
            done + out - before
            for done, out, before in zip(concluded, rows[-1], rows[-2], strict=True)
        ],
    )
    assert failing(law, "2021", **cells) == set()


def one(findings: list[Finding], rule: str) -> Finding:
    found = [finding for finding in findings if finding.rule == rule]
    assert len(found) == 1, [(finding.rule, finding.message.source) for finding in findings]
    return found[0]


def test_a_wrong_cell_is_named_with_both_sums_and_the_difference(site: SmallSite) -> None:
    site.row("新收", "[104, 3, 0, 0, 0, 0, 107]").row("予以公开", "[100, 3, 0, 0, 0, 0, 103]")
    site.row("办结", "[100, 3, 0, 0, 0, 0, 103]").row("结转下年度", "[5, 0, 0, 0, 0, 0, 4]")
    findings = site.findings()
    balance, row = one(findings, "T3-01"), one(findings, "T3-02")
    assert (
        balance.message.source
        == "自然人一列：新收 104 + 上年结转 0 = 104，而办结 100 + 结转下年度 5 = 105，相差 1"
    )
    assert (balance.expected, balance.actual, balance.difference) == (104, 105, -1)
    assert row.message.source == "结转下年度一行：总计 4，而自然人 5（其余为 0），相差 1"
    text = site.path().read_text("utf-8").split("\n")
    for finding in (balance, row):  # both point at the one cell that takes part in both
        assert text[finding.at.line - 1][finding.at.column - 1 :].startswith("5, 0")
    assert "applications.carried_out.natural_person" in balance.cells
    assert (
        balance.declared_at is not None
        and balance.declared_at.path == "generator/formats/2021.yaml"
    )


def test_a_blank_counts_as_zero_and_an_unreadable_cell_stops_the_sum(site: SmallSite) -> None:
    site.row("新收", '["", 0, 0, 0, 0, 0, 0]')
    assert site.rules() == ["V-04"]
    site.row("新收", "[无法辨认, 0, 0, 0, 0, 0, 5]")
    found = site.findings()
    assert [finding.rule for finding in found] == [
        "N-01",
        "T3-01",
    ]  # 总计 is readable and does not balance
    assert (
        found[0].message.source
        == "“收到和处理申请”表有 1 格记为无法辨认（新收·自然人），未能核对：T3-01 1 处、T3-02 1 处"
    )
    assert found[0].cells == ("applications.received.natural_person",)


YEARS = [
    (
        "结转下年度",
        "[1, 0, 0, 0, 0, 0, 1]",
        "上年结转",
        "[0, 1, 0, 0, 0, 0, 1]",
        ["warning", "warning"],
    ),
    (
        "结转下年度",
        "[1, 0, 0, 0, 0, 0, 1]",
        "上年结转",
        "[2, 0, 0, 0, 0, 0, 2]",
        ["warning", "error"],
    ),
    ("结转下年度", "[1, 0, 0, 0, 0, 0, 1]", "上年结转", "[1, 0, 0, 0, 0, 0, 1]", []),
]


@pytest.mark.parametrize("first", [2020, 2021, 2022])
@pytest.mark.parametrize(("before", "out", "now", "into", "severities"), YEARS)
def test_what_was_carried_out_is_carried_in_also_across_the_change_of_form(
    empty_site: SmallSite,
    first: int,
    before: str,
    out: str,
    now: str,
    into: str,
    severities: list[str],
) -> None:
    empty_site.add("bureau", first).add("bureau", first + 1)
    empty_site.row(before, out, year=first).row(now, into, year=first + 1)
    found = [finding for finding in empty_site.findings() if finding.rule == "Y-01"]
    assert sorted(finding.severity.value for finding in found) == sorted(severities)
    assert all(
        finding.year == first + 1 and "上年度结转下年度" in finding.message.source
        for finding in found
    )


@pytest.mark.parametrize(
    ("rule", "first", "row", "before", "after", "fires"),
    [
        (
            "Y-02",
            2022,
            "行政规范性文件",
            "{制发: 0, 废止: 0, 现行有效: 43}",
            "{制发: 2, 废止: 1, 现行有效: 44}",
            False,
        ),
        (
            "Y-02",
            2022,
            "行政规范性文件",
            "{制发: 0, 废止: 0, 现行有效: 43}",
            "{制发: 2, 废止: 1, 现行有效: 40}",
            True,
        ),
        (
            "Y-03",
            2022,
            "规章",
            "{制发: 0, 废止: 0, 现行有效: 4}",
            "{制发: 0, 废止: 0, 现行有效: 3}",
            True,
        ),
        (
            "Y-04",
            2019,
            "行政许可",
            "{上年项目: 10, 增减: -2, 处理决定: 0}",
            "{上年项目: 8, 增减: 0, 处理决定: 0}",
            False,
        ),
        (
            "Y-04",
            2019,
            "行政许可",
            "{上年项目: 10, 增减: -2, 处理决定: 0}",
            "{上年项目: 10, 增减: 0, 处理决定: 0}",
            True,
        ),
        (
            "Y-05",
            2019,
            "规范性文件",
            "{新制作: 0, 新公开: 0, 公开总数: 8}",
            "{新制作: 2, 新公开: 2, 公开总数: 9}",
            True,
        ),
        (
            "T2-01",
            2022,
            "行政规范性文件",
            "{制发: 0, 废止: 0, 现行有效: 0}",
            "{制发: 5, 废止: 1, 现行有效: 3}",
            True,
        ),
        (
            "T2-03",
            2019,
            "规范性文件",
            "{新制作: 0, 新公开: 0, 公开总数: 0}",
            "{新制作: 5, 新公开: 5, 公开总数: 3}",
            True,
        ),
        (
            "T2-04",
            2019,
            "行政处罚",
            "{上年项目: 3, 增减: 0, 处理决定: 0}",
            "{上年项目: 3, 增减: -4, 处理决定: 0}",
            True,
        ),
    ],
)
def test_stocks_follow_from_last_year(
    empty_site: SmallSite, rule: str, first: int, row: str, before: str, after: str, fires: bool
) -> None:
    empty_site.add("bureau", first).add("bureau", first + 1)
    empty_site.row(row, before, year=first).row(row, after, year=first + 1)
    assert (rule in empty_site.rules()) is fires


def test_stock_is_not_carried_across_the_change_of_form(empty_site: SmallSite) -> None:
    empty_site.add("bureau", 2020).add("bureau", 2021)
    empty_site.row("规范性文件", "{新制作: 0, 新公开: 0, 公开总数: 500}", year=2020)
    empty_site.row("行政规范性文件", "{制发: 0, 废止: 0, 现行有效: 3}", year=2021)
    assert empty_site.rules() == []


def test_an_explanation_turns_the_finding_into_a_note_and_only_that_one(site: SmallSite) -> None:
    site.row("新收", "[1, 0, 0, 0, 0, 0, 1]").row("行政复议", "[0, 0, 0, 0, 3]")
    site.append("说明:\n  - {规则: T4-01, 原因: 原表就是这样, 责任人: 办公室}\n")
    findings = site.findings()
    explained = one(findings, "T4-01")
    assert (explained.explained, explained.severity.value, explained.explained_by) == (
        True,
        "info",
        0,
    )
    assert [finding.severity.value for finding in findings if finding.rule == "T3-01"] == [
        "error",
        "error",
    ]


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("说明:\n  - {规则: Y-02, 原因: 到期失效}\n", ["C-09"]),
        ("说明:\n  - {规则: Y-99, 原因: x}\n", ["C-04"]),
        ("说明:\n  - {规则: Y-02}\n", ["C-05"]),
        ("说明:\n  - {规则: T4-01, 格: 行政复议.总记, 原因: 原表就是这样}\n", ["C-04"]),
        ("说明:\n  - {规则: T4-01, 原因: 无}\n", ["C-05"]),
        (
            "说明:\n  - {rule: T4-01, cell: review.reconsideration.total, reason: as printed}\n",
            ["C-09"],
        ),
        ("说明:\n  - 一句话\n", ["C-04", "C-04"]),
        (
            "更正:\n  - {日期: 2024-02-01, 原因: 录入有误, 改动: [{格: 行政复议.总计, 改前: 3, 改后: 0}]}\n",
            [],
        ),
        (
            "更正:\n  - {日期: 2024-02-01, 原因: 录入有误, 改动: [{格: 行政复议.总计, 改前: 3, 改后: 2}]}\n",
            ["C-10"],
        ),
        ("更正:\n  - {日期: 2024-02-31, 原因: 录入有误}\n", ["C-04", "C-05"]),
        ("发布日期: 2024-01-20\n", []),
        ("发布日期: 2024年1月20日\n", []),
        ("发布日期: 20240120\n", ["C-04"]),
        ("发布日期: 2027-01-01\n", ["P-01", "P-03"]),
        ("发布日期: 2023-06-01\n", ["P-03"]),
        ("发布日期: 2024-01-01\n成文日期: 2024-02-01\n", ["P-03"]),
        ("发布日期: 2024-01-31\n", []),
        ("发布日期: 2024-02-01\n", ["P-01"]),
    ],
)
def test_explanations_corrections_and_dates(site: SmallSite, text: str, rules: list[str]) -> None:
    assert sorted(site.append(text).rules()) == sorted(rules)


def test_a_file_that_cannot_be_read_is_not_explained_away(site: SmallSite) -> None:
    site.append("说明:\n  - {规则: C-03, 原因: 原表就是这样}\n不认识: 1\n")
    assert sorted(site.rules()) == ["C-03", "C-09"]


NARRATIVES = [
    ("", ["S-01", "S-01", "S-01"]),
    ("## 一、总体情况\n\nx\n\n## 五、存在的主要问题及改进情况\n\nx\n", ["S-01"]),
    (
        "## 一、总体情况\n\n## 五、存在的主要问题及改进情况\n\nx\n\n## 六、其他需要报告的事项\n\nx\n",
        ["S-01"],
    ),
    (
        "## 五、存在的主要问题及改进情况\n\nx\n\n## 一、总体情况\n\nx\n\n## 六、其他需要报告的事项\n\nx\n",
        ["S-01"],
    ),
    (
        "## 一、总体情况\n\nx\n\n## 五、存在问题及改进情况\n\nx\n\n## 六、其他需要报告的事项\n\nx\n",
        ["S-02"],
    ),
    (
        "# 一、总体情况\n\nx\n\n## 五、存在的主要问题及改进情况\n\nx\n\n六、其他需要报告的事项\n\nx\n",
        ["S-01", "S-01"],
    ),
    (
        "## 总体情况\n\nx\n\n## 五、存在的主要问题及改进情况\n\nx\n\n## 六、其他需要报告的事项\n\nx\n",
        ["S-02"],
    ),
    (
        "## 一、总体状况\n\nx\n\n## 五、存在的主要问题及改进情况\n\nx\n\n## 六、其他需要报告的事项\n\nx\n",
        ["S-01", "S-01"],
    ),
]


@pytest.mark.parametrize(("text", "rules"), NARRATIVES)
def test_the_six_sections(site: SmallSite, text: str, rules: list[str]) -> None:
    assert site.write(text, name="narrative.md").rules() == rules


def test_figures_in_a_narrative_come_from_the_tables(empty_site: SmallSite) -> None:
    empty_site.add("bureau", 2022).add("bureau", 2023).row("行政复议", "[3, 0, 0, 0, 3]", year=2022)
    path = empty_site.path(name="narrative.md")
    path.write_text(
        path.read_text("utf-8").replace(
            "这一年", "复议 {{ 行政复议.总计 }} 件，上年 {{prior( 行政复议.总计 )}} 件，这一年"
        ),
        "utf-8",
    )
    inspection = empty_site.inspect()
    assert inspection.findings == ()
    assert (
        "复议 0 件，上年 3 件，这一年"
        in inspection.site.reports["bureau", 2023].sections["overview"].markdown
    )


@pytest.mark.parametrize(
    ("reference", "column"),
    [("新收.总记", 4), ("prior(新收.总计)", 4), ("", 4), ("7*7", 4), ("''.__class__", 4)],
)
def test_an_unknown_figure_is_a_finding_at_its_column(
    site: SmallSite, reference: str, column: int
) -> None:
    path = site.path(name="narrative.md")
    path.write_text(
        path.read_text("utf-8").replace("这一年没有", f"收到了{{{{ {reference} }}}}这一年没有"),
        "utf-8",
    )
    finding = one(site.findings(), "C-07")
    assert (finding.at.path.endswith("narrative.md"), finding.at.line, finding.at.column) == (
        True,
        3,
        column,
    )


@pytest.mark.parametrize(
    ("link", "fires"),
    [
        ("[a](files/a.pdf)", False),
        ("[a](files/b.pdf)", True),
        ("[a](files/../../../site.yaml)", True),
        ("[a](https://www.gov.cn/)", False),
        ("[a](mailto:a@example.gov.cn)", False),
        ("[a](javascript:alert(1))", True),
        ("[a](/gkmlpt/index)", True),
        ("[a](//example.com)", True),
        ("![a](files/a.png)", False),
        ("![a](files/a.pdf)", True),
        ("![a](https://example.com/a.png)", True),
        ("[a](other.html)", True),
        ("[a](../2022/)", True),
        ("[a](../2023/)", False),
        ("[a](http://)", True),
        ("[a]（http://example.com）", False),
        ("[a](#x)", True),
    ],
)
def test_links_of_a_narrative(site: SmallSite, link: str, fires: bool) -> None:
    folder = site.path().parent / "files"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(b"%PDF")
    (folder / "a.png").write_bytes(b"PNG")
    path = site.path(name="narrative.md")
    path.write_text(path.read_text("utf-8").replace("公开的内容", f"{link} 公开的内容"), "utf-8")
    found = [finding for finding in site.findings() if finding.rule == "P-04"]
    assert bool(found) is fires
    assert all(finding.at.line == 7 for finding in found)
    text = path.read_text("utf-8").split("\n")[6]
    assert all(
        text[finding.at.column - 1 :].startswith(
            link[link.index("(") + 1 : -1] if "(" in link else "]（"
        )
        for finding in found
    )


def test_the_sample_site_has_no_open_error_and_its_known_ones_are_explained(
    sample_inspection: Inspection,
) -> None:
    """The real conflicts of the real reports: a column error in 2020, stock gaps in three years, and four
    sentences that contradict the tables or themselves; read by hand."""
    findings = sample_inspection.findings
    assert [finding for finding in findings if finding.severity.value != "info"] == []
    # Of what the editors' words leave out nothing is said: their reports say themselves what is not held.
    assert Counter(finding.rule for finding in findings if finding.explained) == {
        "V-04": 8, "X-06": 3, "Y-02": 3, "N-01": 2, "T3-03": 2, "X-08": 1,
    }  # fmt: skip
    explained = {
        (finding.agency, finding.year, finding.rule, str(finding.difference))
        for finding in findings
        if finding.explained and finding.difference is not None
    }
    assert explained == {
        ("haicang-district", 2023, "X-06", "4"),
        ("haicang-district", 2023, "X-06", "2"),
        ("heshan-government-office", 2020, "X-08", "-10"),
        ("pingtan-zone", 2020, "T3-03", "-6"),
        ("pingtan-zone", 2023, "X-06", "-77"),
        ("pingtan-zone", 2023, "Y-02", "-173"),
        ("pingtan-zone", 2024, "Y-02", "-59"),
        ("pingtan-zone", 2025, "Y-02", "93"),
    }


def test_the_sample_figures_are_the_real_ones(sample_inspection: Inspection) -> None:
    """Every figure of the twelve reports against the hand-read cases (zeros are not listed there; null is a lost cell)."""
    import json

    cases = json.loads(
        (Path(__file__).parent / "data" / "figures.json").read_text("utf-8"), parse_float=Decimal
    )
    assert set(cases) == {f"{slug}/{year}" for slug, year in sample_inspection.site.reports}
    for (slug, year), report in sample_inspection.site.reports.items():
        case = cases[f"{slug}/{year}"]
        for address, figure in report.figures.items():
            expected = case.get(address, 0)
            if isinstance(expected, str):
                expected = Decimal(expected)
            assert figure.value == expected, (slug, year, address)
            assert not figure.computed
            assert (expected is None) == (figure.state in {State.BLANK, State.UNREADABLE})


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.sampled_from(["新收", "上年结转", "予以公开", "重复申请", "办结", "结转下年度"]),
    st.integers(0, 6),
    st.integers(1, 9),
)
def test_one_wrong_cell_is_the_cell_pointed_at(
    site: SmallSite, row: str, column: int, wrong: int
) -> None:
    """With a row sum and a column sum broken, the cell in both is where the finding points."""
    values = ["0"] * 7
    values[column] = str(wrong)
    site.row(row, f"[{', '.join(values)}]")
    try:
        line = next(
            text
            for text in site.path().read_text("utf-8").split("\n")
            if re.match(rf" *{row}:", text)
        )
        places = {
            (finding.at.column, line[finding.at.column - 1 :].split(",")[0].rstrip("]"))
            for finding in site.findings()
            if finding.rule == "T3-02"
        }
        assert {text for _, text in places} == {str(wrong)}
    finally:
        site.row(row, "0")


def test_the_most_particular_explanation_comes_first(site: SmallSite) -> None:
    site.row("行政复议", "[0, 0, 0, 0, 3]").row("直接起诉", "[0, 0, 0, 0, 2]")
    site.append(
        "说明:\n  - {规则: T4-01, 原因: 一般的原因说明}\n  - {规则: T4-01, 格: 直接起诉.总计, 原因: 这一格的原因说明}\n"
    )
    found = {
        finding.cells[0]: finding.explained_by
        for finding in site.findings()
        if finding.rule == "T4-01"
    }
    assert found == {"review.reconsideration.total": 0, "review.litigation_direct.total": 1}
    assert "C-09" not in site.rules()


@pytest.mark.parametrize(
    ("row", "value", "rule"),
    [("新收", "[1件, 0, 0, 0, 0, 0, 0]", "V-01"), ("新收", "[0, 0, 0]", "V-05")],
)
def test_a_slip_of_the_hand_is_not_explained_away(
    site: SmallSite, row: str, value: str, rule: str
) -> None:
    site.row(row, value).append(f"说明:\n  - {{规则: {rule}, 原因: 原表就是这样印的}}\n")
    found = site.findings()
    assert [finding.rule for finding in found if finding.severity.value == "error"] == [rule]
    assert "不能用说明解决" in one(found, "C-09").message.source


def test_cells_marked_as_unreadable_stop_publication_until_explained(site: SmallSite) -> None:
    """A clerk could otherwise pass every check by writing 无法辨认 everywhere."""
    site.row("行政许可", "{处理决定: 无法辨认}")
    assert [finding.severity.value for finding in site.findings()] == ["error"]
    site.append("说明:\n  - {规则: N-01, 原因: 原件破损，数字不可辨}\n")
    assert [(finding.rule, finding.severity.value) for finding in site.findings()] == [
        ("N-01", "info"),
        ("C-13", "info"),
    ]


def test_the_preface_is_checked_like_the_rest(site: SmallSite) -> None:
    path = site.path(name="narrative.md")
    path.write_text(
        "收到 {{ 新收.总记 }} 件，[x](javascript:1)\n\n" + path.read_text("utf-8"), "utf-8"
    )
    assert sorted((finding.rule, finding.at.line) for finding in site.findings()) == [
        ("C-07", 1),
        ("P-04", 1),
    ]


@pytest.mark.parametrize(
    "text",
    ["{ 新收.总计 }", "｛｛ 新收.总计 ｝｝", "{{ 新收\n.总计 }}", "{{ 新收.总计", "新收.总计 }}"],
)
def test_a_reference_that_is_not_quite_one_is_noticed(site: SmallSite, text: str) -> None:
    path = site.path(name="narrative.md")
    path.write_text(
        path.read_text("utf-8").replace("这一年没有", f"收到 {text} 件。这一年没有"), "utf-8"
    )
    assert "C-07" in site.rules()


@pytest.mark.parametrize(
    "text", ["<!-- 内部备注 -->", "<b>粗</b>", "<div>", "</p>", '<img src="x">']
)
def test_markup_in_a_text_is_a_finding_and_a_web_address_is_not(site: SmallSite, text: str) -> None:
    path = site.path(name="narrative.md")
    path.write_text(path.read_text("utf-8").replace("这一年没有", f"{text}这一年没有"), "utf-8")
    assert set(site.rules()) == {"C-12"}
    path.write_text(path.read_text("utf-8").replace(text, "<https://www.gov.cn/> 1 < 2 "), "utf-8")
    assert site.rules() == []


@pytest.mark.parametrize("character", ["\x0b", "\u2028", "\u202e", "\ue000", "\x1b"])
def test_characters_nobody_sees_are_found_where_they_stand(site: SmallSite, character: str) -> None:
    path = site.path(name="narrative.md")
    path.write_text(path.read_text("utf-8").replace("这一年", f"这{character}一年"), "utf-8")
    finding = one(site.findings(), "C-11")
    assert (finding.at.line, finding.at.column) == (
        3,
        2,
    ) and f"U+{ord(character):04X}" in finding.message.source


@pytest.mark.parametrize("character", ["\ufeff", "\u202e", "\\u202e"])
def test_a_character_nobody_sees_is_told_once_however_often_a_field_is_read(
    site: SmallSite, character: str
) -> None:
    site.append(f'标题: "测试{character}bureau局2023年度政府信息公开工作年度报告"\n')
    agency = site.path().parent.parent / "agency.yaml"
    name = re.compile(r"(?m)^(名称|name): .*$")
    text = name.sub(rf'\1: "测试{re.escape(character)}bureau局"', agency.read_text("utf-8"))
    agency.write_text(text, "utf-8")
    told = [finding for finding in site.findings() if finding.rule == "C-11"]
    assert len({finding.at.path for finding in told}) == len(told) == 2


def test_a_year_of_blanks_is_not_a_year_of_nothing(site: SmallSite) -> None:
    for row in ("行政复议", "直接起诉", "复议后起诉"):
        site.row(row, '["", "", "", "", ""]')
    site.build()
    assert "全年没有因政府信息公开" not in site.page("agencies/bureau/2023/index.html")


@pytest.mark.parametrize(
    "text",
    [
        "| 项目 | 数量 |\n|---|---:|\n| 许可 | 12 |\n",
        "``` a ```\n",
        "```\n## 六、其他需要报告的事项\n~~~\n{{ foo }} <div>\n```\n",
        "`<div>` 和 `{{ foo }}`\n",
        "本报告包括：\n\n一、总体情况\n\n二、主动公开政府信息情况\n",
        "依据国发[2021]（略）\n",
        "点击<PDF>下载，x<y>z，1 < 2 > 0\n",
        "[a](https://中国政府网/) <https://www.gov.cn/> <a@example.gov.cn>\n",
        "《办法》“引号” 50% {} { } {1} 2023-01-01\n",
    ],
)
def test_legitimate_text_has_no_finding_and_builds(site: SmallSite, text: str) -> None:
    path = site.path(name="narrative.md")
    path.write_text(path.read_text("utf-8").replace("这一年没有", f"\n{text}\n这一年没有"), "utf-8")
    assert site.rules() == []
    outcome = site.build()
    assert not outcome.blocked, outcome.findings


def test_only_the_last_correction_of_a_cell_is_held_against_the_table(site: SmallSite) -> None:
    for month, before, after in ((3, 1, "2"), (4, 2, "０")):
        change = f"改动: [{{格: 行政复议.总计, 改前: {before}, 改后: {after}}}]"
        site.append(
            ("更正:\n" if month == 3 else "")
            + f"  - {{日期: 2024-0{month}-01, 原因: 录入有误, {change}}}\n"
        )
    assert site.rules() == []


def test_pages_of_the_site_are_checked_and_may_link_to_others(site: SmallSite) -> None:
    page = site.root / "content/pages/about.md"
    page.parent.mkdir(exist_ok=True)
    page.write_text("# 关于\n\n[机关](../agencies/bureau/2023/)\n", "utf-8")
    assert site.rules() == [] and not site.build().blocked
    page.write_text("# 关于\n\n<b>粗</b> [x](javascript:1)\n", "utf-8")
    assert [(finding.rule, finding.at.line) for finding in site.findings()] == [
        ("C-12", 3),
        ("P-04", 3),
    ]
