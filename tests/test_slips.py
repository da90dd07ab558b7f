"""What people type in place of YAML: every slip told in one run, and put right where there is one reading."""

from __future__ import annotations

import random
import re
import time
import unicodedata
from pathlib import Path

import pytest

from generator.cli.tidying import tidy
from generator.language import labels
from generator.load import agency, settings
from generator.load.report import outline_of
from generator.model.fair_copy import Outline
from generator.model.finding import Finding
from generator.model.law import Law
from generator.model.source import Unreadable
from generator.source.encodings import recognised
from generator.source.nodes import parse
from generator.source.typed_lines import fair_copy, may_be_wrong
from tests.commands import run
from tests.conftest import SmallSite

ROOT = Path(__file__).parent.parent
GOOD = ROOT / "tests/good/content/agencies/bureau/2023/report.yaml"
HEAD = "年度: 2023\n收到和处理申请:\n"


@pytest.fixture(scope="module")
def outline(law: Law) -> Outline:
    return outline_of(law.format_for(2023))


# A row of table three as somebody types it, as it is right, and the kinds of its slips.
ROWS = [
    ("  新收: [12 1 0 0 0 0 13]", "  新收: [12, 1, 0, 0, 0, 0, 13]", "separator"),
    ("  新收: 12 1 0 0 0 0 13", "  新收: [12, 1, 0, 0, 0, 0, 13]", "separator unbracketed"),
    ("  新收：12，1，0，0，0，0，13", "  新收: [12, 1, 0, 0, 0, 0, 13]", "colon unbracketed"),
    ("  新收: 【12, 1, 0, 0, 0, 0, 13】", "  新收: [12, 1, 0, 0, 0, 0, 13]", "bracket"),
    ("  新收: [12, 1, 0, 0, 0, 0, 13】", "  新收: [12, 1, 0, 0, 0, 0, 13]", "bracket"),
    ("  新收: （12、1、0、0、0、0、13）", "  新收: [12, 1, 0, 0, 0, 0, 13]", "bracket comma"),
    ("  新收: [12,1，0,0,0,0,13]", "  新收: [12,1, 0,0,0,0,13]", "comma"),
    ("  新收: [12; 1; 0; 0; 0; 0; 13]", "  新收: [12, 1, 0, 0, 0, 0, 13]", "comma"),
    ("  新收: [12, 1, 0, 0, 0, 0, 13", "  新收: [12, 1, 0, 0, 0, 0, 13]", "unclosed"),
    ("  新收: 12, 1, 0, 0, 0, 0, 13]", "  新收: [12, 1, 0, 0, 0, 0, 13]", "unclosed"),
    ("  新收: [12, 1, 0, 0, 0, 0, 13],", "  新收: [12, 1, 0, 0, 0, 0, 13]", "trailing"),
    ("  新收: [12, 1, 0, 0, 0, 0, 13]]", "  新收: [12, 1, 0, 0, 0, 0, 13]", "bracket"),
    ("  新收: [12,, 1, 0, 0, 0, 0, 13]", "  新收: [12, 1, 0, 0, 0, 0, 13]", "gap"),
    ("  新收:[12, 1, 0, 0, 0, 0, 13] # 注：原样", "  新收: [12, 1, 0, 0, 0, 0, 13] # 注：原样", "space"),
    ("  新收 [12, 1, 0, 0, 0, 0, 13]", "  新收: [12, 1, 0, 0, 0, 0, 13]", "name_alone"),
    ("\t新收: [12, 1, 0, 0, 0, 0, 13]", "  新收: [12, 1, 0, 0, 0, 0, 13]", "tab"),
    ("　　新收: [12, 1, 0, 0, 0, 0, 13]", "  新收: [12, 1, 0, 0, 0, 0, 13]", "blank"),
    ("新收: [12, 1, 0, 0, 0, 0, 13]", "  新收: [12, 1, 0, 0, 0, 0, 13]", "indent"),
    ("新收\t12\t1\t0\t0\t0\t0\t13", "  新收: [12, 1, 0, 0, 0, 0, 13]", "pasted"),
    ("新收\t1,012\t1\t\t0\t0\t0\t1,013\t", "  新收: [1012, 1, ~, 0, 0, 0, 1013]", "pasted"),
    ("  新收:\t12\t1\t0\t0\t0\t0\t13", "  新收: [12, 1, 0, 0, 0, 0, 13]", "pasted"),
    ("新收\t12\t1\t0\t0\t0\t0\t", "  新收: [12, 1, 0, 0, 0, 0, ~]", "pasted"),
    ("| 新收 | 12 | 1 | 0 | 0 | 0 | 0 | 13 |", "  新收: [12, 1, 0, 0, 0, 0, 13]", "pasted"),
    ("新收,12,1,0,0,0,0,13", "  新收: [12, 1, 0, 0, 0, 0, 13]", "pasted"),
    ("新收  12  1  0  0  0  0  13", "  新收: [12, 1, 0, 0, 0, 0, 13]", "pasted"),
    ("  新收: {自然人：12，商业企业：1}", "  新收: {自然人: 12, 商业企业: 1}", "colon comma"),
    ("  新收: 【自然人：12，商业企业：1】", "  新收: {自然人: 12, 商业企业: 1}", "bracket colon comma"),
    ("  新收: ｛自然人:12 商业企业:1｝", "  新收: {自然人: 12, 商业企业: 1}", "bracket space separator"),
    ("  新收: [１２, 1, 0, 0, 0, 0, 13]", "  新收: [12, 1, 0, 0, 0, 0, 13]", ""),
    ("  新收: [12，1，0，0，0，0，13]", "  新收: [12, 1, 0, 0, 0, 0, 13]", ""),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "right", "kinds"), ROWS, ids=[typed for typed, _, _ in ROWS])
def test_a_row_as_it_is_typed(outline: Outline, typed: str, right: str, kinds: str) -> None:
    following = "  上年结转: [0, 0, 0, 0, 0, 0, 0]\n"
    copy = fair_copy(f"{HEAD}{typed}\n{following}", outline)
    assert copy.text == f"{HEAD}{right}\n{following}"
    assert {slip.kind.value for slip in copy.told} <= {*kinds.split(), "space", "blank"}
    assert {*kinds.split()} <= {slip.kind.value for slip in copy.told}
    assert {copy.place(slip.start)[0] for slip in copy.slips} == {3}


# Whole files of a few lines.
REPORTS = [
    ("年度:2023\n格式: “2021”\n", '年度: 2023\n格式: "2021"\n'),
    ('年度: "2023”\n格式: “2021"\n', '年度: "2023"\n格式: "2021"\n'),
    ('年度: 2023，\n格式: "2021",\n', '年度: 2023\n格式: "2021"\n'),
    ("年度 2023\n格式：2021\n", "年度: 2023\n格式: 2021\n"),
    ("＃ 某局\n年度:　2023\n", "# 某局\n年度: 2023\n"),
    (
        "年度: 2023\n主动公开\n规章\t0\t0\t0\n行政许可\t12\n",
        "年度: 2023\n主动公开:\n  规章: [0, 0, 0]\n  行政许可: 12\n",
    ),
    (
        "年度: 2023\n主动公开：\n  规章: {制发: 0 废止: 0 现行有效: 0}，\n",
        "年度: 2023\n主动公开:\n  规章: {制发: 0, 废止: 0, 现行有效: 0}\n",
    ),
    (
        "年度: 2023\n说明：\n  -规则：Y-02\n    原因：其中：两件到期，一件废止\n",
        "年度: 2023\n说明:\n  - 规则: Y-02\n    原因: 其中：两件到期，一件废止\n",
    ),
    (
        "年度: 2023\n说明:\n－ {规则：Y-02，原因：两件到期，不再统计，责任人：综合科}\n",
        "年度: 2023\n说明:\n- {规则: Y-02, 原因: 两件到期，不再统计, 责任人: 综合科}\n",
    ),
    (
        "年度: 2023\n说明:\n  - 规则: Y-02\n   原因: 到期\n      责任人: 综合科\n",
        "年度: 2023\n说明:\n  - 规则: Y-02\n    原因: 到期\n    责任人: 综合科\n",
    ),
    (
        "年度: 2023\n转录：｛文字：改写，未收录：【发布日期、五】｝\n",
        "年度: 2023\n转录: {文字: 改写, 未收录: [发布日期, 五]}\n",
    ),
    (
        '年度: 2023\n标题: 关于: 某事\n信息来源: "区"办公室\n',
        '年度: 2023\n标题: "关于: 某事"\n信息来源: \'"区"办公室\'\n',
    ),
    (
        f"{HEAD}  新收: 0\n   上年结转: 0\n 不予公开:\n   国家秘密: 0\n  办结: 0\n",
        f"{HEAD}  新收: 0\n  上年结转: 0\n  不予公开:\n    国家秘密: 0\n  办结: 0\n",
    ),
    (
        f"{HEAD}\t不予公开:\n\t\t国家秘密: 0\n\t办结: 0\n复议诉讼:\n\t行政复议: 0\n",
        f"{HEAD}  不予公开:\n    国家秘密: 0\n  办结: 0\n复议诉讼:\n  行政复议: 0\n",
    ),
    (
        f"{HEAD}\t自然人\t法人或其他组织\t总计\n三、本年度办理结果\t（一）予以公开\t1\t0\t0\t0\t0\t0\t1\n"
        "\t（三）不予公开\t1.属于国家秘密\t0\t0\t0\t0\t0\t0\t0\n\t（七）总计\t1\t0\t0\t0\t0\t0\t1\n",
        f"{HEAD}\t# 自然人\t法人或其他组织\t总计\n  三、本年度办理结果:\n    （一）予以公开: [1, 0, 0, 0, 0, 0, 1]\n"
        "    （三）不予公开:\n      1.属于国家秘密: [0, 0, 0, 0, 0, 0, 0]\n    （七）总计: [1, 0, 0, 0, 0, 0, 1]\n",
    ),
    (
        "年度: 2023\n复议诉讼:\n0\t1\t1\t0\t2\t0\t0\t0\t0\t0\t1\t0\t0\t0\t1\n",
        "年度: 2023\n复议诉讼:\n  行政复议: [0, 1, 1, 0, 2]\n  直接起诉: [0, 0, 0, 0, 0]\n  复议后起诉: [1, 0, 0, 0, 1]\n",
    ),
]


@pytest.mark.parametrize(("typed", "right"), REPORTS, ids=[typed[:40] for typed, _ in REPORTS])
def test_a_report_as_it_is_typed(outline: Outline, typed: str, right: str) -> None:
    assert squeezed(tidy(typed, outline)) == squeezed(right)
    parse(tidy(typed, outline), "")


def squeezed(text: str) -> str:
    """The indent before a comment is free."""
    return re.sub(r"(?m)^\s+#", "#", text)


OTHERS = [
    (
        "agency",
        "名称：某局\n类型:工作部门\n联系方式：\n　　地址：某路 1 号，2 楼\n　　电话：0000-123 456\n",
        "名称: 某局\n类型: 工作部门\n联系方式:\n  地址: 某路 1 号，2 楼\n  电话: 0000-123 456\n",
    ),
    (
        "agency",
        "名称: 某局\n沿革:\n  - {日期：2019-03-01，类型：合并组成，机关：【甲局，乙局】}\n",
        "名称: 某局\n沿革:\n  - {日期: 2019-03-01, 类型: 合并组成, 机关: [甲局, 乙局]}\n",
    ),
    (
        "site",
        "title：某站\nlanguages：【zh-CN，en】\nhost：{SiteName：某网，icp：某备 1 号}\npolicy:\n\terror: stop\n",
        "title: 某站\nlanguages: [zh-CN, en]\nhost: {SiteName: 某网, icp: 某备 1 号}\npolicy:\n  error: stop\n",
    ),
]


@pytest.mark.parametrize(("file", "typed", "right"), OTHERS)
def test_other_files_as_they_are_typed(file: str, typed: str, right: str) -> None:
    names = agency.OUTLINE if file == "agency" else settings.OUTLINE
    assert tidy(typed, names) == right


# What is no slip, though it looks like one.
INNOCENT = [
    "标题: 关于：某事，其一",
    "标题: 【通知】某某局：年度报告",
    "标题: “放管服”改革",
    "标题: 第一行\n  第二行：还有，更多",
    "标题: |\n  文字：随便，写\n  \t什么",
    '标题: "两行\n  引号：之内"',
    "原文网址: http://example.org/a:b?c=1,2#d",
    "信息来源: 每日 12:30-17:30，周三除外",
    "索引号: 000 012 2024",
    "说明:\n- {规则: Y-02, 原因: 到期：四件，不属于废止, 责任人: 综合科}",
    '说明:\n- {规则: Y-02, 原因: "正文: 47 份，45 篇", 责任人: 综合科}',
    "说明:\n  - 规则: Y-02\n    原因: 到期；其中：甲 1 件（乙：2 件）\n    责任人: 综合科",
    "说明: []  # 【】，：都是注释",
    "收到和处理申请:\n    新收:   [1,0, 0,\n      0, 0, 0, 1]  # 两行",
    "收到和处理申请:\n  另列:\n    网上申请（含：邮件）: 12",
    "收到和处理申请: {新收: {自然人: 1, 总计: 1}, 办结: 0}",
    '"发布日期": "2024-01-20"',
]


@pytest.mark.parametrize("lines", INNOCENT)
def test_what_is_right_is_left_alone(outline: Outline, lines: str) -> None:
    text = f"年度: 2023\n{lines}\n格式: 2021\n"
    parse(text, "")
    assert fair_copy(text, outline).slips == ()


def test_every_file_of_the_samples_is_right(law: Law) -> None:
    files = [
        *ROOT.glob("content/agencies/*/*/report.yaml"),
        *ROOT.glob("tests/good/**/report.yaml"),
    ]
    assert len(files) > 10
    for file in files:
        form = law.format_for(int(file.parent.name))
        assert fair_copy(file.read_text("utf-8"), outline_of(form)).slips == (), file


# What has more than one reading is told at its place and left as it is.
UNCLEAR = [
    ("  新收: [12, , 0, 0, 0, 0, 13]", "gap", 3, 10),
    ("  这一行说不清", "no_name", 3, 3),
    ('  新收: "12', "open_quote", 3, 7),
    ("  新收: [0, 0, 0, 0, 0, 0, 0] 件", "stray", 3, 29),
]


@pytest.mark.parametrize(("line_text", "kind", "line", "column"), UNCLEAR)
def test_what_has_no_single_reading_is_told(
    outline: Outline, line_text: str, kind: str, line: int, column: int
) -> None:
    copy = fair_copy(f"{HEAD}{line_text}\n  上年结转：0\n", outline)
    slips = {slip.kind.value: copy.place(slip.start) for slip in copy.told if slip.right is None}
    assert slips == {kind: (line, column)}
    assert line_text in copy.text
    assert "  上年结转: 0" in copy.text


def slips_of(site: SmallSite) -> list[Finding]:
    return [finding for finding in site.findings() if finding.rule == "C-01"]


def test_one_habit_is_one_finding_that_names_the_lines(site: SmallSite) -> None:
    text = GOOD.read_text("utf-8")
    site.path().write_text(text.replace(": ", "：").replace(":\n", "：\n"), "utf-8")
    (finding,) = slips_of(site)
    assert (finding.at.line, finding.at.column) == (1, 3)
    assert "第 1–3、5–11、13–42、44–47 行" in finding.message.say("zh-CN")
    assert finding.advice is not None and "年度: 2023" in finding.advice.say("en")


def test_rows_from_a_spreadsheet_are_read_told_once_and_put_right(site: SmallSite) -> None:
    """The indents are lost on the way: what a row belongs to follows from its name."""
    text = GOOD.read_text("utf-8")
    site.path().write_text(
        re.sub(
            r"(?m)^ +([^:\n]+): *\[(.+)\]", lambda m: "\t".join([m[1], *m[2].split(", ")]), text
        ),
        "utf-8",
    )
    assert "新收\t20\t3" in site.path().read_text("utf-8")
    assert len(slips_of(site)) == 1
    figures = site.inspect().site.reports["bureau", 2023].figures
    assert figures["applications.concluded.natural_person"].value == 20
    assert figures["review.litigation_after_reconsideration.total"].value == 1
    run("--root", site.root, "check", "--fix")
    assert slips_of(site) == []
    assert parse(site.path().read_text("utf-8"), "") is not None
    assert "每行依次为：自然人" in site.path().read_text("utf-8")


def test_what_is_wrong_besides_is_told_in_the_same_run_at_its_true_place(site: SmallSite) -> None:
    """The 9 would stand one column further left in the mended line."""
    text = GOOD.read_text("utf-8").replace("年度: 2023", "年度：2023")
    text = text.replace("新收: [20, 3, 0, 0, 0, 1, 24]", "新收： [２０，3，0，0，0，1，x]")
    site.path().write_text(text, "utf-8")
    findings = {finding.rule: finding for finding in site.findings()}
    assert {"C-01", "V-01"} <= set(findings)
    line = text.split("\n").index("  新收： [２０，3，0，0，0，1，x]") + 1
    assert (findings["V-01"].at.line, findings["V-01"].at.column) == (line, 21)


def test_a_file_that_is_right_as_it_stands_is_never_accused(site: SmallSite) -> None:
    site.path().write_text(GOOD.read_text("utf-8"), "utf-8")
    assert slips_of(site) == []
    typed = (
        site.path().read_text("utf-8").replace("[20, 3, 0, 0, 0, 1, 24]", "[20，3，0，0，0，1，24]")
    )
    site.path().write_text(typed, "utf-8")
    assert slips_of(site) == []


def digits(text: str) -> str:
    return re.sub(r"\D", "", unicodedata.normalize("NFKC", text))


MARKS = [
    *"：，、【】［］｛｝“”\"'\t　:,[]{}- #\n&*!|>0１ ；（）",
    "  ",
    "- ",
    "新收",
    "说明",
    "12:30",
    "---",
]


def test_whatever_is_typed_no_figure_changes_and_a_second_pass_changes_nothing(
    outline: Outline,
) -> None:
    draw = random.Random(17)
    good = GOOD.read_text("utf-8")
    changed = 0
    for _ in range(400):
        characters = list(good[: draw.choice([200, 700, 3000])])
        for _ in range(draw.choice([1, 2, 5, 20])):
            place = draw.randrange(len(characters) + 1)
            length = draw.choice([0, 0, 1, 3])
            characters[place : place + length] = draw.choice([draw.choice(MARKS), ""])
        typed = "".join(characters)
        right = tidy(typed, outline)
        changed += right != typed
        assert digits(right) == digits(typed)
        assert tidy(right, outline) == right
        assert is_readable(right) or not is_readable(typed)
    assert changed > 100


def is_readable(text: str) -> bool:
    try:
        parse(text, "")
    except Unreadable:
        return False
    return True


LONG = 100_000
ENDLESS = {
    "commas of both kinds": HEAD + "  新收: [" + "1，1," * (LONG // 4),
    "blanks": HEAD + "  新收: [" + "1 " * (LONG // 2),
    "colons": "甲：" * (LONG // 2),
    "inner colons": "说明: [{原因: " + "a: " * (LONG // 3),
    "quotes": "标题: [" + "'," * (LONG // 2),
    "open quotes": '标题: "a\n' * (LONG // 7),
    "lines": "　年度：1\n" * (LONG // 6),
    "tabs": "新收" + "\t1" * (LONG // 2),
    "brackets": HEAD + "  新收: " + "【" * LONG,
    "closers": HEAD + "  新收: [" + "】 " * (LONG // 2),
    "wide blanks": "年度" + "　" * LONG + "a\n",
    "names": "转录: {未收录: [" + "甲，" * (LONG // 2),
}


@pytest.mark.parametrize("text", ENDLESS.values(), ids=ENDLESS)
def test_a_long_file_takes_no_longer_than_it_is_long(outline: Outline, text: str) -> None:
    start = time.process_time()
    may_be_wrong(text)
    assert fair_copy(text, outline).text
    assert time.process_time() - start < 4


CHINESE = "年度: 2023\n标题: “某局”的报告——其一\n"


@pytest.mark.parametrize(
    ("encoding", "name"), [("gbk", "gbk"), ("utf-16", "utf16"), ("utf-16-be", "utf16"), ("utf-8-sig", "utf8")]
)  # fmt: skip
def test_the_encodings_of_notepad_are_recognised(encoding: str, name: str) -> None:
    encoded = recognised(CHINESE.encode(encoding))
    assert encoded is not None and (encoded.encoding, encoded.text) == (name, CHINESE)


@pytest.mark.parametrize(
    "content",
    ["标题: é à ü\n".encode() + "é à ü".encode("latin-1"), CHINESE.encode() + CHINESE.encode("gbk"),
     "日本語のテスト".encode("shift-jis"), "年度報告書：機關".encode("big5"), bytes(range(128, 256))],
    ids=["latin-1", "two encodings", "shift-jis", "big5", "noise"],
)  # fmt: skip
def test_other_encodings_are_not_guessed(content: bytes) -> None:
    assert recognised(content) is None


@pytest.mark.parametrize("encoding", ["gbk", "utf-16"])
def test_a_file_of_notepad_is_read_told_and_converted(site: SmallSite, encoding: str) -> None:
    text = GOOD.read_text("utf-8").replace("年度: 2023", "年度：2023")
    site.path().write_bytes(text.replace("\n", "\r\n").encode(encoding))
    messages = [finding.message.say("zh-CN") for finding in slips_of(site)]
    assert len(messages) == 2
    assert any("记事本 → 另存为" in message and "UTF-8" in message for message in messages)
    assert run("--root", site.root, "fmt").exit_code == 0
    assert site.path().read_bytes().decode("utf-8") == GOOD.read_text("utf-8").replace("\n", "\r\n")
    assert slips_of(site) == []


def test_fmt_writes_shows_and_only_looks(site: SmallSite) -> None:
    typed = GOOD.read_text("utf-8").replace("年度: 2023", "年度：2023  # 原样：留着")
    site.path().write_text(typed, "utf-8")
    looked = run("--root", site.root, "fmt", "--check")
    assert looked.exit_code == 1 and "report.yaml" in looked.output
    shown = run("--root", site.root, "fmt", "--diff")
    assert shown.exit_code == 0 and "+年度: 2023  # 原样：留着" in shown.output
    assert site.path().read_text("utf-8") == typed
    elsewhere = run("--root", site.root, "fmt", "site.yaml")
    assert elsewhere.exit_code == 0 and site.path().read_text("utf-8") == typed
    assert run("--root", site.root, "fmt").exit_code == 0
    assert site.path().read_text("utf-8") == typed.replace("年度：2023", "年度: 2023")
    assert run("--root", site.root, "fmt", "--check").exit_code == 0


def test_line_ends_and_the_mark_in_front_stay(site: SmallSite) -> None:
    typed = b"\xef\xbb\xbf" + GOOD.read_bytes().replace(b"2023", b"2023,", 1).replace(
        b"\n", b"\r\n"
    )
    site.path().write_bytes(typed)
    run("--root", site.root, "fmt")
    assert site.path().read_bytes() == typed.replace(b"2023,", b"2023")


def test_fix_puts_both_right_and_says_what_it_changed(site: SmallSite) -> None:
    text = GOOD.read_text("utf-8").replace(
        "新收: [20, 3, 0, 0, 0, 1, 24]", "新收：[20, 3, 0, 0, 0, 1, 25]"
    )
    site.path().write_text(text, "utf-8")
    fixed = run("--root", site.root, "check", "--fix")
    assert "+  新收: [20, 3, 0, 0, 0, 1, 25]" in fixed.output
    assert "新收: [20, 3, 0, 0, 0, 1, 24]" in site.path().read_text("utf-8")


def test_the_outline_of_a_form_has_every_row_in_its_place(law: Law, outline: Outline) -> None:
    form = law.format_for(2023)
    assert form is not None
    for table in form.tables:
        names = outline.child(labels.normal(table.short)).names
        rows = [row for block in table.blocks for row in block.leaf_rows]
        assert {labels.normal(row.label) for row in rows} <= names
