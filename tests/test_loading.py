"""Be the clerk: a report broken in every way has a finding at the right line and column, and the rest is still read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.inspection import inspect
from generator.model.figure import State
from generator.model.finding import Finding, Severity
from tests.conftest import TODAY, SmallSite

# (row, what stands behind it, [rule and severity]); the site is clean before.
ROWS = [
    ("新收", "[１, 0, 0, 0, 0, 0, １]", ["C-06 info", "C-06 info", "T3-01 error", "T3-01 error"]),
    (
        "新收",
        '["1,234", 0, 0, 0, 0, 0, "1,234"]',
        ["C-06 info", "C-06 info", "T3-01 error", "T3-01 error"],
    ),
    ("新收", "[0, 0, 0, 0, 0, 0]", []),  # the total was left out
    ("新收", "[0，0，0，0，0，0，0]", []),  # a Chinese keyboard
    ("新收", "0", []),
    ("新收", "０", ["C-06 info"] * 7),
    ("新收", "[0, 0, 0, 0, 0]", ["V-05 error"]),
    ("新收", "[0, 0, 0, 0, 0, 0, 0, 0]", ["V-05 error"]),
    ("新收", "[65, 0, 0, 0, 1, 66]", ["V-05 error"]),  # a lost cell, not a left-out total
    ("新收", "5", ["V-05 error"]),
    ("新收", "[NO, 0, 0, 0, 0, 0, 0]", ["V-01 error"]),
    ("新收", "[1e5, 0, 0, 0, 0, 0, 0]", ["V-01 error"]),
    ("新收", "[025000, 0, 0, 0, 0, 0, 0]", ["V-06 error"]),
    ("新收", "[-1, 0, 0, 0, 0, 1, 0]", ["V-02 error", "T3-01 error", "T3-01 error"]),
    (
        "新收",
        "[0.5, 0, 0, 0, 0, 0, 0.5]",
        ["V-03 error", "V-03 error", "T3-01 error", "T3-01 error"],
    ),
    ("新收", '["", 0, 0, 0, 0, 0, 0]', ["V-04 warning"]),
    ("新收", "[/, 0, 0, 0, 0, 0, 0]", ["V-04 warning"]),
    ("规章", "[/, /, /]", []),  # most bodies make no regulations
    ("新收", "[无法辨认, 0, 0, 0, 0, 0, 0]", ["N-01 error"]),
    ("新收", "[②, 0, 0, 0, 0, 0, 0]", ["V-01 error"]),
    ("新收", "[10², 0, 0, 0, 0, 0, 0]", ["V-01 error"]),
    ("新收", "[١٢, 0, 0, 0, 0, 0, 0]", ["V-01 error"]),
    ("行政事业性收费", "{金额:7832}", ["C-03 error", "S-05 error"]),
    ("规章", "{制发：0, 废止：0}", ["C-03 error", "C-03 error", "S-05 error"]),
    ("新收", "[[0], 0, 0, 0, 0, 0, 0]", ["C-04 error"]),
    (
        "新收",
        "{自然人: 0, 商业企业: 0, 科研机构: 0, 社会公益组织: 0, 法律服务机构: 0, 其他: 0}",
        [],
    ),
    (
        "新收",
        "{自然人: 0, 企业单位: 0, 科研机构: 0, 社会公益组织: 0, 法律服务机构: 0, 其他: 0}",
        ["S-05 error", "C-03 error"],
    ),
    (
        "新收",
        "{自然人: 0, 自然人: 0, 商业企业: 0, 科研机构: 0, 社会公益组织: 0, 法律服务机构: 0, 其他: 0}",
        ["C-02 error"],
    ),
    ("新收", "", ["S-05 error"]),
    ("行政事业性收费", "{金额: 1.5}", []),
    ("行政事业性收费", "7832", []),
    ("年度", "2022", ["C-04 error"]),
    ("年度", "2023年", []),
    ("格式", "2019", ["S-03 error", "C-03 error", "C-03 error"]),
    ("格式", "2050", ["S-03 error"]),
]


@pytest.mark.parametrize(
    ("label", "value", "expected"), ROWS, ids=[f"{label} {value}"[:40] for label, value, _ in ROWS]
)
def test_a_row_written_wrong(site: SmallSite, label: str, value: str, expected: list[str]) -> None:
    found = [f"{finding.rule} {finding.severity}" for finding in site.row(label, value).findings()]
    if (
        label == "格式" and value == "2019"
    ):  # the wrong form lacks many rows too; only the first is at stake
        assert "S-03 error" in found
    else:
        assert sorted(found) == sorted(expected)


def only(findings: list[Finding], rule: str) -> Finding:
    found = [finding for finding in findings if finding.rule == rule]
    assert len(found) == 1, findings
    return found[0]


# (text for report.yaml, rule, line, column)
FILES = [
    ("年度: 2023\n新收: [1\n", "C-01", 3, 1),
    ("年度: 2023\n\t新收: 1\n", "C-01", 2, 1),
    ("年度：2023\n", "C-01", 1, 1),
    ("年度: 2023\n收到和处理申请:\n  新收:[0, 0]\n  上年结转: 0\n", "C-01", 3, 1),
    ("年度: 2023\n收到和处理申请:\n  新收: [0, 0],\n  上年结转: 0\n", "C-01", 3, 1),
    ("年度: 2023\n收到和处理申请:\n  新收: [0, , 0]\n", "C-01", 3, 1),
    ("", "C-01", 1, 1),
    ("- 1\n", "C-01", 1, 1),
    ("年度: &a 2023\n发布日期: *a\n", "C-01", 2, 7),
    ("? [a]\n: 1\n", "C-01", 1, 3),
    ("年度: " + "[" * 40 + "]" * 40 + "\n", "C-01", 1, 17),
    ("年度: [" + "1," * 30000 + "]\n", "C-01", 1, 40000),
]


@pytest.mark.parametrize(
    ("text", "rule", "line", "column"), FILES, ids=[text[:20] for text, *_ in FILES]
)
def test_a_broken_file_is_one_finding_at_its_place_and_the_others_still_load(
    site: SmallSite, text: str, rule: str, line: int, column: int
) -> None:
    site.add("other", 2023).write(text)
    inspection = site.inspect()
    finding = only(list(inspection.findings), rule)
    assert (finding.at.path, finding.at.line) == ("content/agencies/bureau/2023/report.yaml", line)
    assert line > 3 or column > 999 or finding.at.column == column
    assert ("other", 2023) in inspection.site.reports


def test_an_unknown_row_names_the_nearest_right_one(site: SmallSite) -> None:
    path = site.path()
    path.write_text(path.read_text("utf-8").replace("  予以公开:", "  予已公开:"), "utf-8")
    finding = only(site.findings(), "C-03")
    assert (finding.at.line, finding.at.column) == (18, 3)
    assert finding.advice is not None and "予以公开" in finding.advice.source
    assert "S-05" in site.rules()


def test_a_row_written_twice_names_the_first_line(site: SmallSite) -> None:
    path = site.path()
    path.write_text(
        path.read_text("utf-8").replace("  上年结转:", "  新收: 0\n  上年结转:"), "utf-8"
    )
    finding = only(site.findings(), "C-02")
    assert "第 16 行" in finding.message.source and finding.at.line == 17


@pytest.mark.parametrize(
    "spelling",
    ["received", "一、本年新收政府信息公开申请数量", "本年新收", "新 收", "１、本年新收"],
)
def test_every_spelling_of_a_row_is_the_same_row(site: SmallSite, spelling: str) -> None:
    path = site.path()
    path.write_text(path.read_text("utf-8").replace("  新收:", f"  {spelling}:"), "utf-8")
    assert site.findings() == []


def test_canonical_and_nested_keys_read_like_chinese_ones(site: SmallSite) -> None:
    path = site.path()
    text = path.read_text("utf-8")
    lines = [line for line in text.split("\n") if "不予公开" not in line]
    text = (
        "\n".join(lines)
        .replace("    国家秘密:", "  国家秘密:")
        .replace("    法律行政法规禁止公开:", "  prohibited_by_law:")
    )
    for row in (
        "危及“三安全一稳定”",
        "保护第三方合法权益",
        "三类内部事务信息",
        "四类过程性信息",
        "行政执法案卷",
        "行政查询事项",
    ):
        text = text.replace(f"    {row}:", f"  {row}:")
    path.write_text(text.replace("收到和处理申请:", "applications:"), "utf-8")
    assert site.findings() == []


def test_a_left_out_total_is_computed_and_marked(site: SmallSite) -> None:
    site.row("新收", "[3, 1, 0, 0, 0, 0]").row("予以公开", "[3, 1, 0, 0, 0, 0]").row("办结", "")
    inspection = site.inspect()
    assert inspection.findings == ()
    figures = inspection.site.reports["bureau", 2023].figures
    for address, value in {
        "applications.received.total": 4,
        "applications.concluded.natural_person": 3,
        "applications.concluded.total": 4,
    }.items():
        assert (figures[address].value, figures[address].computed) == (value, True)
    assert not figures["applications.received.company"].computed


def test_the_four_states_are_four(site: SmallSite) -> None:
    site.row("新收", '[0, "", /, 无法辨认, 0, 0, 0]')
    figures = site.inspect().site.reports["bureau", 2023].figures
    columns = ("natural_person", "company", "research", "social_organisation")
    assert [figures[f"applications.received.{column}"].state for column in columns] == [
        State.NUMBER, State.BLANK, State.NOT_APPLICABLE, State.UNREADABLE,
    ]  # fmt: skip


PLACES = [
    ("content/agencies/Bad Name/agency.yaml", "名称: x\n", "C-08"),
    ("content/agencies/bureau/last-year/report.yaml", "", "C-08"),
    ("content/agencies/bureau/2023/notes.docx", "", "C-08"),
    ("content/agencies/stray.yaml", "", "C-08"),
    ("content/agencies/noname/2023/report.yaml", "年度: 2023\n", "C-05"),
    ("content/agencies/bureau/2022/narrative.md", "", "C-05"),
    ("content/pages/Über.md", "# x\n", "C-08"),
    ("content/pages/x.md", "no title\n", "C-01"),
    ("content/pages/years.md", "# x\n", "C-08"),
    ("content/agencies/bureau/2023/files/page.html", "<script>", "P-04"),
    ("content/agencies/bureau/2023/files/picture.svg", "<svg/>", "P-04"),
    ("content/agencies/bureau/agency.yaml", "名称: x\n上级: nobody\n", "C-04"),
    ("content/agencies/bureau/agency.yaml", "名称: x\n上级: bureau\n", "C-04"),
    ("content/agencies/bureau/agency.yaml", "类型: 部门\n", "C-05"),
    ("content/agencies/bureau/agency.yaml", "名称: x\n类型: 公司\n", "C-04"),
    # How some programs write that there is no end, or no beginning: no day comes after the one.
    ("content/agencies/bureau/agency.yaml", "历任名称: [{名称: 甲, 至: 9999-12-31}]\n", "C-04"),
    ("content/agencies/bureau/agency.yaml", "历任名称: [{名称: 甲, 自: 0001-01-01}]\n", "C-04"),
    ("site.yaml", "title: x\nbase_url: ftp://x\n", "C-04"),
    ("site.yaml", "titel: x\n", "C-03"),
    ("site.yaml", "policy: {error: ignore}\n", "C-04"),
    ("site.yaml", "theme: ../x\n", "C-04"),
    ("site.yaml", "theme: nope\n", "C-04"),
    ("site.yaml", "language: fr\n", "C-04"),
    ("site.yaml", "deadlines: {department: 13-45}\n", "C-04"),
    ("themes/default/theme.yaml", "name: x\ntokens:\n  drak: {ink: red}\n", "C-03"),
    ("content/agencies/bureau/agency.yaml", "名称: x\n层级: 县级\n", "C-05"),
    (
        r"content/agencies/bureau/agency.yaml",
        '名称: "a\\u202eb"\n类型: 工作部门\n层级: 县级\n',
        "C-11",
    ),
]


@pytest.mark.parametrize(
    ("path", "text", "rule"), PLACES, ids=[f"{path[-25:]} {text[:20]}" for path, text, _ in PLACES]
)
def test_a_file_in_the_wrong_place_or_shape_is_a_finding(
    site: SmallSite, path: str, text: str, rule: str
) -> None:
    target = site.root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, "utf-8")
    assert rule in site.rules()


@pytest.mark.parametrize("value", ["无", "null", "[]", "~"])
def test_no_explanations_may_be_said_in_any_way(site: SmallSite, value: str) -> None:
    assert site.append(f"说明: {value}\n更正: {value}\n").rules() == []


def test_links_out_of_the_site_are_not_followed(site: SmallSite, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", "utf-8")
    (site.path().parent / "files").mkdir()
    (site.path().parent / "files" / "a.txt").symlink_to(secret)
    assert "C-08" in site.rules()
    assert site.inspect().site.reports["bureau", 2023].attachments == ()


def test_a_gbk_file_says_so_with_its_line(site: SmallSite) -> None:
    path = site.path()
    path.write_bytes(b"# ok\n" + "年度: 2023\n".encode("gbk"))
    finding = only(site.findings(), "C-01")
    assert finding.at.line == 2 and "UTF-8" in finding.message.source


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.binary(max_size=400), name=st.sampled_from(["report.yaml", "narrative.md"]))
def test_any_bytes_end_in_findings_never_in_an_exception(
    site: SmallSite, data: bytes, name: str
) -> None:
    site.path(name=name).write_bytes(data)
    (site.root / "content" / "agencies" / "bureau" / "agency.yaml").write_bytes(data)
    for finding in inspect(site.root, TODAY).findings:
        assert finding.message.source and finding.message.say("en") and finding.at.line > 0


YAMLISH = st.text(
    st.sampled_from("年度新收予以公开: [],{}\n-&*!|>'\"#%@`?~012/—总计表格更正说明规则原因"),
    max_size=200,
)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=YAMLISH)
def test_any_text_that_looks_like_a_report_ends_in_findings(site: SmallSite, text: str) -> None:
    site.path().write_text("年度: 2023\n" + text, "utf-8")
    assert all(isinstance(finding.severity, Severity) for finding in site.findings())


def test_a_left_out_total_beside_written_ones_is_a_warning(site: SmallSite) -> None:
    """Table four has no second sum: four values for five could be a lost cell as well."""
    site.row("行政复议", "[2, 0, 0, 0, 2]").row("直接起诉", "[1, 0, 0, 3]")
    finding = only(site.findings(), "V-05")
    assert finding.severity is Severity.WARNING and "直接起诉" in finding.message.source


def test_a_group_written_twice_is_a_finding(site: SmallSite) -> None:
    path = site.path()
    path.write_text(
        path.read_text("utf-8").replace("  无法提供:", "  不予公开:\n    国家秘密: 0\n  无法提供:"),
        "utf-8",
    )
    assert "不予公开" in only(site.findings(), "C-02").message.source


@pytest.mark.parametrize("key", ["FORMAT", "格 式", "format"])
def test_the_form_is_chosen_by_its_key_in_any_spelling(site: SmallSite, key: str) -> None:
    path = site.path()
    path.write_text(path.read_text("utf-8").replace('格式: "2021"', f'{key}: "2019"'), "utf-8")
    assert "S-03" in site.rules()


def test_no_agencies_folder_is_an_error_and_never_an_empty_site(
    site: SmallSite, tmp_path: Path
) -> None:
    site.build()
    (site.root / "content/agencies").rename(site.root / "content/Agencies")
    assert site.build().blocked
    (site.root / "content/agencies").symlink_to(site.root / "content/Agencies")
    assert site.build().blocked
    assert (site.root / "public/agencies/bureau/index.html").exists()


def test_pipes_and_odd_names_are_findings_not_hangs(site: SmallSite) -> None:
    import os

    folder = site.path().parent / "files"
    folder.mkdir()
    os.mkfifo(folder / "pipe.pdf")
    Path(os.fsdecode(os.fsencode(folder) + b"/\xb8\xbd\xbc\xfe.pdf")).write_bytes(b"%PDF")
    (folder / "~$draft.docx").write_bytes(b"lock")
    (site.path().parent / ".report.yaml.swp").write_bytes(b"editor")
    inspection = site.inspect()
    assert [finding.rule for finding in inspection.findings] == ["C-08", "C-08"]
    assert inspection.site.reports["bureau", 2023].attachments == ()


def test_what_a_link_leads_to_is_never_quoted(site: SmallSite, tmp_path: Path) -> None:
    from generator.cli import console

    secret = tmp_path / "secret"
    secret.write_text("TOP SECRET", "utf-8")
    path = site.path(name="narrative.md")
    path.unlink()
    path.symlink_to(secret)
    findings = site.findings()
    assert "C-08" in {finding.rule for finding in findings}
    assert "SECRET" not in console.as_text(findings, site.root, "zh")


def test_content_does_not_steer_the_terminal(site: SmallSite) -> None:
    from generator.cli import console

    path = site.path(name="narrative.md")
    path.write_text(path.read_text("utf-8") + "\n## \x1b[2J五、清屏\n", "utf-8")
    text = console.as_text(site.findings(), site.root, "zh")
    assert "\x1b" not in text and "\\u001b[2J" in text


def test_a_thousand_wrong_references_end_soon(site: SmallSite) -> None:
    path = site.path(name="narrative.md")
    path.write_text(path.read_text("utf-8") + "{{ 错.错 }}\n" * 1000, "utf-8")
    found = [finding for finding in site.findings() if finding.rule == "C-07"]
    assert sum(1 + finding.further for finding in found) == 1000
    assert (
        sum("是否应为" in (finding.advice.source if finding.advice else "") for finding in found)
        <= 20
    )
