"""Local notices and scorecards: what they ask of a text, what they change about rules, what they come to in points."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from generator.cli import cli
from generator.derive.scores import by_report, score_sheets
from generator.model.finding import Finding
from generator.model.law import Law
from generator.model.score import ScoreSheet
from tests.conftest import TODAY, SmallSite

NOTICE = """profile: 某市编制通知
expectations:
  - rule: S-16
    section: overview
    counted: true
    mentions: [[平台个数, 公众号]]
  - {rule: S-16, section: problems, mentions: [[改进办法, 下一步]]}
  - {rule: S-16, section: overview, kinds: [government], mentions: [[下级的考核, 考核]]}
"""
CARD = """profile: 某市评分表
rules:
  Y-12: {severity: info, alike: 0.9}
  P-03: {severity: "off"}
scores:
  - {name: 勾稽, points: 20, rules: [T3-01, T3-02], each: 8}
  - {name: 按时, points: 10, rules: [P-01]}
  - {name: 写明日期, points: 5, rules: [P-03]}
  - {name: 文采, points: 5}
"""


@pytest.fixture
def local(site: SmallSite) -> SmallSite:
    """A site that goes by a notice and a scorecard of its own."""
    folder = site.root / "formats/profiles"
    folder.mkdir(parents=True)
    (folder / "notice.yaml").write_text(NOTICE, "utf-8")
    (folder / "card.yaml").write_text(CARD, "utf-8")
    return adopt(site, "notice", "card")


def adopt(site: SmallSite, *names: str, further: str = "") -> SmallSite:
    settings = site.root / "site.yaml"
    text = settings.read_text("utf-8").partition("地方要求")[0]
    settings.write_text(f"{text}地方要求: [{', '.join(names)}]\n{further}", "utf-8")
    return site


def of_rule(findings: list[Finding], rule: str) -> list[str]:
    return [finding.message.source for finding in findings if finding.rule == rule]


def overview(site: SmallSite, sentence: str) -> SmallSite:
    path = site.path(name="narrative.md")
    head, mark, rest = path.read_text("utf-8").partition("\n\n## 五")
    path.write_text(f"{head}{sentence}{mark}{rest}", "utf-8")
    return site


@pytest.mark.parametrize(
    ("sentence", "missing"),
    [
        ("", True),
        ("办了公众号。", True),
        ("办了公众号。全年发稿 30 篇。", True),
        ("办了 2 个公众号。", False),
        ("公众号有两个。", False),
        ("公众号共 ２ 个。", False),
    ],
)
def test_a_number_must_stand_in_the_sentence(
    local: SmallSite, sentence: str, *, missing: bool
) -> None:
    wanted = ["“一、总体情况”没有写明数字：平台个数；《某市编制通知》要求写"] if missing else []
    messages = of_rule(overview(local, sentence).findings(), "S-16")
    assert [message for message in messages if "总体情况" in message] == wanted


def test_what_is_wanted_without_a_number_and_of_other_bodies(local: SmallSite) -> None:
    messages = of_rule(overview(local, "公众号 1 个。").findings(), "S-16")
    assert messages == ["“五、存在的主要问题及改进情况”没有写到：改进办法；《某市编制通知》要求写"]


def test_nobody_asks_where_no_profile_is_named(local: SmallSite) -> None:
    assert not of_rule(adopt(local).findings(), "S-16")


def test_an_unknown_profile_is_a_mistake_with_its_place(site: SmallSite) -> None:
    [finding] = [one for one in adopt(site, "scorecrad").findings() if one.rule == "C-04"]
    assert (finding.at.path, finding.at.line) == ("site.yaml", 3)
    assert "scorecrad" in finding.message.source and "scorecard" in finding.message.source


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("scores: []\n", "profile"),
        ("profile: x\nscores: [{name: a}]\n", "points"),
        ("profile: x\nscores: [{name: a, points: 5, rules: [Q-99]}]\n", "Q-99"),
        ("profile: x\nrules: {Y-12: {much: 1}}\n", "much"),
        ("profile: x\nrules: {Y-12: {severity: grave}}\n", "grave"),
        ("profile: x\nexpectations: [{rule: S-16, section: nowhere}]\n", "nowhere"),
        ("profile: x\npoints: 3\n", "points"),
    ],
)
def test_a_profile_that_says_what_cannot_be_is_refused(
    site: SmallSite, text: str, part: str
) -> None:
    folder = site.root / "formats/profiles"
    folder.mkdir(parents=True)
    (folder / "bad.yaml").write_text(text, "utf-8")
    [finding] = [one for one in site.findings() if one.rule == "C-18"]
    assert finding.at.path == "formats/profiles/bad.yaml" and part in finding.message.source


def sheet(site: SmallSite) -> ScoreSheet:
    inspection = site.inspect()
    [only] = score_sheets(inspection.site, by_report(inspection.findings), 2023)
    return only


def points(site: SmallSite) -> dict[str, object]:
    return {line.item.name: line.points for line in sheet(site).lines}


def test_findings_cost_points_down_to_nothing(local: SmallSite) -> None:
    local.append("发布日期: 2024-01-20\n")
    assert points(local) == {"勾稽": 20, "按时": 10, "写明日期": None, "文采": None}
    assert (sheet(local).points, sheet(local).most, sheet(local).open) == (30, 30, 10)
    local.row("新收", "[1, 0, 0, 0, 0, 0, 1]")
    assert sheet(local).points < 30
    for label in ("予以公开", "部分公开"):
        local.row(label, "[1, 0, 0, 0, 0, 0, 5]")
    local.append("发布日期: 2024-02-20\n")
    assert points(local) == {"勾稽": 0, "按时": 0, "写明日期": None, "文采": None}


def test_a_site_has_the_last_word_on_a_rule(local: SmallSite) -> None:
    text = (local.root / "site.yaml").read_text("utf-8")
    changed = text.replace("S-12: 关闭}", "S-12: 关闭, P-03: 警告}")
    (local.root / "site.yaml").write_text(changed, "utf-8")
    assert points(local)["写明日期"] is not None


def scored(site: SmallSite, *arguments: str) -> str:
    command = ["--root", str(site.root), "score", "--as-of", TODAY.isoformat(), *arguments]
    run = CliRunner().invoke(cli, command)
    assert run.exit_code == 0, run.output
    return run.stdout


def test_the_command_says_why_points_are_lost(local: SmallSite) -> None:
    local.append("发布日期: 2024-02-20\n")
    lines = scored(local).splitlines()
    assert "测试bureau局（bureau）：20/30 分，另有 10 分由人评" in lines
    assert "     0/10  按时（P-01×1）" in lines and "      —/5  文采" in lines
    [document] = json.loads(scored(local, "2023", "--format", "json"))
    assert document["points"] == 20 and document["items"][1]["findings"][0]["rule"] == "P-01"


def test_a_body_without_a_report_has_no_points(local: SmallSite) -> None:
    local.add("office", 2022)
    assert "测试office局（office）：没有这一年度的报告，不得分" in scored(local, "2023")


def test_scores_are_published_only_where_the_site_says_so(local: SmallSite) -> None:
    local.append("发布日期: 2024-01-20\n")
    local.build()
    file = local.root / "public/quality/2023/scores.csv"
    assert not file.exists() and "scores" not in local.page("quality/2023/index.html")
    adopt(local, "card", further="公布评分: 是\n").build()
    lines = file.read_text("utf-8-sig").splitlines()
    assert lines[1] == "bureau,测试bureau局,2023,某市评分表,勾稽,20,20,"
    assert "scores.csv" in local.page("quality/2023/index.html")


@pytest.mark.parametrize("name", ["overview-numbers", "scorecard"])
def test_what_ships_is_marked_as_made_up(law: Law, name: str) -> None:
    assert "示例" in law.profiles[name].name
