"""The manual of the rules: on the command line, as docs/rules.md (rewritten by `./run golden`), and as the page `rules/`."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator import schema
from generator.cli import cli, manual
from generator.language import catalogue
from generator.language.speech import SOURCE, speech
from generator.model.law import Law
from generator.pages import rules as rules_page
from tests.conftest import ROOT, SmallSite
from tests.reading import parsed, text_of

DOCUMENT = ROOT / "docs" / "rules.md"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def settings(site: SmallSite, rules: str) -> None:
    (site.root / "site.yaml").write_text(
        f"title: 测试站\n规则: {{S-10: 关闭, S-11: 关闭, S-12: 关闭, {rules}}}\n", "utf-8"
    )


def test_the_document_is_what_the_command_prints() -> None:
    result = run("rules", "--markdown")
    assert result.exit_code == 0, "the law cannot be read: its manual stays as it is"
    printed = result.stdout
    if os.environ.get("GONGKAI_GOLDEN") == "write":
        DOCUMENT.write_text(printed, "utf-8")
    assert DOCUMENT.read_text("utf-8") == printed, "run ./run golden"


def test_every_family_and_every_authority_has_a_name(law: Law) -> None:
    assert (
        {rule.partition("-")[0] for rule in law.rules}
        == set(catalogue.FAMILIES)
        == set(rules_page.subjects(speech(SOURCE)))
    )
    letters = {
        letter
        for rule in law.rules.values()
        if rule.manual and rule.manual.basis
        for letter in rule.manual.basis.split("、")
    }
    assert letters == set(catalogue.BASES)
    listed = [rule.id for _, _, rules in catalogue.families(law) for rule in rules]
    assert sorted(listed) == sorted(law.rules)


def test_the_catalogue_has_a_line_for_every_rule_below_its_family(tmp_path: Path, law: Law) -> None:
    blocks = run("--root", tmp_path, "rules").stdout.rstrip("\n").split("\n\n")
    assert [block.split("\n")[0] for block in blocks][:3] == [
        "S  结构与文字",
        "V  单元格",
        "T2  主动公开",
    ]
    lines = [line for block in blocks for line in block.split("\n")[1:]]
    assert len(lines) == len(law.rules)
    assert (
        "T3-01  错误  新收与上年结转之和应等于办结与结转下年之和" in lines
        and "S-09   警告  总体情况偏长" in lines
    )
    assert (
        "T3-01  error    received plus carried in"
        in run("--root", tmp_path, "--lang", "en", "rules").stdout
    )


@pytest.mark.parametrize("wanted", ["S-09", "s-09", "Ｓ－09"])
def test_an_entry_says_all_there_is(tmp_path: Path, wanted: str) -> None:
    said = run("--root", tmp_path, "rules", wanted).stdout
    for part in (
        "S-09  总体情况偏长\n",
        "级别：警告\n",
        "依据：地方评分或通知\n",
        "怎么办：原则上不超过一千字",
        "数值：字数 1000\n",
        "说明：确有原因的，可以",
        "site.yaml：规则: {S-09: {级别: 警告, 说明: 可选, 字数: 1000}}\n",
        "会报出的写法\n  site.yaml\n    规则: {S-09: {字数: 200}}\n",
        "通过的写法\n  narrative.md\n    公报按期出刊。",
    ):
        assert part in said


def test_an_entry_in_english(tmp_path: Path) -> None:
    said = run("--root", tmp_path, "--lang", "en", "rules", "y-01").stdout
    assert (
        said.startswith("Y-01  carried in must equal what last year carried out\n")
        and "Severity: error\n" in said
    )
    assert (
        "Basis: a rule of existing checking tools\n" in said
        and "site.yaml: rules: {Y-01: {severity: error, explanation: optional}}" in said
    )


def test_what_an_entry_proposes_for_site_yaml_is_taken_there(site: SmallSite, law: Law) -> None:
    for language in ("zh", "en"):
        changes = [
            line.split("{", 1)[1][:-1]
            for rule in law.rules.values()
            for line in manual.entry(rule, law, language).split("\n")
            if re.match(r"site\.yaml(：|: )", line)
        ]
        assert len(changes) > 50
        text = "".join(f"  {change.replace('[…]', '[]')}\n" for change in changes)
        (site.root / "site.yaml").write_text(f"title: 测试站\nrules:\n{text}", "utf-8")
        assert [finding for finding in site.findings() if finding.at.path == "site.yaml"] == []


def test_a_site_sees_its_own_rules(site: SmallSite) -> None:
    settings(site, "S-09: {级别: 错误, 字数: 800}, Y-08: 关闭, Y-02: {说明: 必须}")
    catalogue_ = run("--root", site.root, "rules").stdout
    assert (
        "S-09   错误  总体情况偏长" in catalogue_
        and "Y-08   关闭  与上年相比变动很大" in catalogue_
    )
    said = run("--root", site.root, "rules", "S-09").stdout
    assert "级别：错误（本站设定）\n" in said and "数值：字数 800\n" in said
    assert "本站要求：不改正的，必须" in run("--root", site.root, "rules", "Y-02").stdout
    assert run("--root", site.root, "rules", "--markdown").stdout == DOCUMENT.read_text("utf-8"), (
        "the document is nobody's site"
    )


def test_a_faulty_site_yaml_does_not_hide_the_manual(site: SmallSite) -> None:
    (site.root / "site.yaml").write_text("title: [\n", "utf-8")
    assert run("--root", site.root, "rules", "S-09").exit_code == 0


@pytest.mark.parametrize(("wanted", "near"), [("T3-99", "T3-0"), ("S09", "S-09"), ("结转", "")])
def test_an_unknown_rule_exits_2_and_names_the_nearest(
    tmp_path: Path, wanted: str, near: str
) -> None:
    result = run("--root", tmp_path, "rules", wanted)
    assert (
        result.exit_code == 2
        and f"没有规则 {wanted}" in result.stderr
        and "gongkai rules" in result.stderr
    )
    assert (f"是不是 {near}" in result.stderr) is bool(near)


def test_schemas_are_written_where_editors_look_for_them(site: SmallSite, tmp_path: Path) -> None:
    result = run("--root", site.root, "schema")
    assert result.exit_code == 0
    assert [Path(line).name for line in result.stdout.split()] == [
        path.name for path in schema.write(tmp_path / "again", tmp_path)
    ]
    assert all(
        Path(line).parent == site.root / ".schemas" and Path(line).is_file()
        for line in result.stdout.split()
    )
    assert (
        run("schema", tmp_path / "elsewhere").exit_code == 0
        and (tmp_path / "elsewhere/site.schema.json").is_file()
    )
    assert run("--root", tmp_path / "nowhere", "schema").exit_code == 2


def test_the_page_has_every_rule_at_its_number(sample: Path, law: Law) -> None:
    page = (sample / "rules/index.html").read_text("utf-8")
    assert [part["id"] for part in parsed(page).all("article.rule")] == [
        rule.id for _, _, rules in catalogue.families(law) for rule in rules
    ]
    text = text_of(page)
    for rule in law.rules.values():
        assert rule.manual and rule.name.source in text
    assert (
        "错误 不改正、又没有公开说明原因的，不发布。" in text
        and "警告 照常发布，问题印在报告页上，读者看得到。" in text
    )
    assert page.count("<caption") == 1 and page.count('scope="col"') == 3
    for path in sample.rglob("index.html"):
        word = "Rules of the checks" if path.is_relative_to(sample / "en") else "核对规则"
        assert (
            f'rules/index.html">{word}</a>' in path.read_text("utf-8")
            or path.parent.name == "rules"
        )


def test_the_page_says_what_the_site_changed(site: SmallSite) -> None:
    settings(site, "S-09: {级别: 错误, 字数: 800}, Y-08: 关闭, Y-02: {说明: 必须}")
    assert not site.build().blocked
    text = text_of(site.page("rules/index.html"))
    assert "S-09 总体情况偏长 错误（本站设定）" in text and "字数 800" in text
    assert "Y-08 与上年相比变动很大 关闭（本站设定）" in text and "关闭 本站没有启用。 5 条" in text
    assert "本站要求：不改正的，必须在“说明”中公开写明原因" in text
    settings(site, "S-09: {字数: 900}")
    assert "rules/index.html" in site.build().made, "a changed threshold makes the page again"
    assert "字数 900" in text_of(site.page("rules/index.html"))


def test_the_page_shows_no_example_of_words_that_no_public_page_should_have(
    sample: Path, law: Law
) -> None:
    """What the entry itself has to name it names: 色情 is a kind of thing, 六合彩 an advertisement."""
    text, rule = text_of((sample / "rules/index.html").read_text("utf-8")), law.rules["P-05"]
    assert rule.manual is not None
    assert [
        word for word in rule.words if word in text and word not in rule.manual.what.source
    ] == []
