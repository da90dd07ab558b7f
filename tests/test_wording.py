"""What does not belong into a report's words: injected words, damage, look-alikes, doubled words, a wrong basis, stale dates, other bodies.

The sentences stand in tests/data/wording.yaml; whoever finds a false alarm adds it there."""

from __future__ import annotations

from pathlib import Path
from time import process_time
from typing import Any

import pytest
import yaml

from generator.check import basis, bodies, damage, dates, hygiene, injected
from generator.check.case import Case
from generator.language import lookalikes, mojibake
from generator.language.quantities import fold
from generator.model.agency import Agency, Span
from generator.model.finding import Finding, Location
from generator.model.report import Report, SectionText
from generator.model.settings import Settings
from generator.model.site import Site
from tests.conftest import NARRATIVE, TODAY, SmallSite
from tests.sharing import shipped_law

LAW = shipped_law()
SENTENCES: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parent / "data" / "wording.yaml").read_text("utf-8")
)
FAMILIES = (injected.check, damage.check, bodies.check, basis.check, dates.check, hygiene.check)


def findings(
    text: str,
    *,
    kind: str = "department",
    name: str = "示例县农业农村局",
    others: tuple[str, ...] = (),
    year: int = 2024,
) -> list[Finding]:
    """What the rules about wording say of a text of a report."""
    section = SectionText("overview", "", text, Location("narrative.md"))
    form = next(form for form in reversed(LAW.formats) if form.first_year <= year)
    report = Report("bureau", year, form, {}, {"overview": section})
    agencies = {"bureau": Agency("bureau", (Span(name),), kind, "county")}
    for number, other_name in enumerate(others):
        slug = f"body-{number}"
        agencies[slug] = Agency(slug, (Span(other_name),), "department", "county")
    site = Site(Settings(), LAW, agencies, {("bureau", year): report}, {})
    return [finding for check in FAMILIES for finding in check(Case(site, report, TODAY))]


def rules(findings: list[Finding]) -> set[str]:
    return {finding.rule for finding in findings}


@pytest.mark.parametrize("case", SENTENCES["findings"], ids=lambda case: case["text"])
def test_what_does_not_belong_is_told_once(case: dict[str, Any]) -> None:
    facts = {key: case[key] for key in ("kind", "name") if key in case}
    told = findings(case["text"], others=tuple(case.get("others", ())), **facts)
    assert [finding.rule for finding in told] == [case["rule"]], [
        one.message.source for one in told
    ]
    if "severity" in case:
        assert told[0].severity == case["severity"]


@pytest.mark.parametrize("text", SENTENCES["innocent"])
def test_what_belongs_is_left_alone(text: str) -> None:
    told = findings(text, others=("示例县水利局",))
    assert not told, [one.message.source for one in told]


def test_the_innocent_sentences_are_many() -> None:
    assert len(SENTENCES["innocent"]) == len(set(SENTENCES["innocent"])) >= 150


def test_innocent_sentences_are_innocent_together() -> None:
    """As one report: what is counted over a whole text finds nothing either."""
    told = findings("\n\n".join(SENTENCES["innocent"]), others=("示例县水利局",))
    assert not told, [one.message.source for one in told]


# The year decides which notice and which dates are right.
BY_YEAR = [
    (2020, "依据国办公开办函〔2019〕60号编制。", set()),
    (
        2020,
        "依据《关于政府信息公开工作年度报告有关事项的通知》（国办公开办函〔2019〕60号）编制。",
        set(),
    ),
    (2020, "依据《中华人民共和国政府信息公开工作年度报告格式（试行）》编制。", set()),
    (2020, "依据《中华人民共和国政府信息公开工作年度报告格式》编制。", set()),
    (2020, "依据国办公开办函〔2021〕30号编制。", {"S-08"}),
    (2023, "截至2023年12月，栏目 9 个。", set()),
    (2025, "截至2023年12月，栏目 9 个。", {"S-14"}),
    (2022, "截至2023年12月，栏目 9 个。", set()),
]


@pytest.mark.parametrize(("year", "text", "expected"), BY_YEAR)
def test_the_year_decides(year: int, text: str, expected: set[str]) -> None:
    assert rules(findings(text, year=year)) == expected


def test_a_finding_stands_where_the_word_is_in_the_source() -> None:
    text = "第一段**按时**更新。\n\n组织时时**彩各**单位，信息先审核\n审核再上网。"
    told = {finding.rule: finding.at for finding in findings(text)}
    assert (told["P-05"].line, told["P-05"].column) == (3, 3)
    assert (told["D-05"].line, told["D-05"].column) == (3, 17)


def test_look_alikes_are_named_once_and_read_through(site: SmallSite) -> None:
    text = "全年收到政府信息公开申请 9 件，都由⼈⼯登记。"
    folded = fold("⼈⼯⻓⺠\uf967")
    assert folded == "人工长民不"
    told = [finding for finding in findings(text) if finding.rule == "D-05"]
    assert (
        len(told) == 1 and "U+2F08" in told[0].message.source and "2 处" in told[0].message.source
    )
    hidden = "全年收到政府信息公开⽣请".replace("⽣", "申") + " 9 ⼀件"
    site.write(NARRATIVE.replace("这一年", f"{hidden}。这一年"), name="narrative.md")
    assert "D-05" in site.rules()


@pytest.mark.parametrize("character", ["人", "Ａ", "㎡", "①", "﨎", "ｶ", "…"])
def test_what_is_no_look_alike_stays(character: str) -> None:
    assert lookalikes.meant(character) == character


MISREAD = "政府信息公开，按月更新。"


@pytest.mark.parametrize(
    "text",
    [
        MISREAD.encode().decode("latin-1"),
        MISREAD.encode().decode("cp1252", "replace"),
        MISREAD.encode().decode("gbk", "replace"),
        MISREAD.encode("gb2312").decode("latin-1"),
    ],
)
def test_a_wrong_encoding_is_undone(text: str) -> None:
    runs = list(mojibake.misread(f"本局{text}本局"))
    assert runs and all(run.meant in MISREAD for run in runs)
    assert all(f"本局{text}本局"[run.start :].startswith(run.characters) for run in runs)


@pytest.mark.parametrize(
    "text", ["Ångström、naïve、Zürich", "镇江鎮、鑫鑫、淼淼、堃喆", "联通", "“引号”—…·", "±5℃"]
)
def test_rare_words_were_read_rightly(text: str) -> None:
    assert not list(mojibake.misread(text))


@pytest.mark.parametrize(
    "piece",
    ["鐨勬", "å", "政府", "向市", "截至2023年", "〔2021", "时时彩", "一二", "，，", "⼈", "a1"],
)
def test_no_text_takes_more_time_than_its_length(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    start = process_time()
    findings(text)
    assert process_time() - start < 4
