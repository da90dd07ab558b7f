"""转录: a report that the site's editors took over: what is held and what is not, whose words it has, who gives its explanations."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
from jsonschema import Draft202012Validator

from generator.derive.data import api
from generator.model.packed import pack, unpack
from generator.model.transcription import By, Transcription, Wording
from generator.pages.report import report_page
from generator.render.report_yaml import report_yaml
from tests.conftest import NARRATIVE, SmallSite
from tests.reading import ATOM, described, parsed, text_of, words
from tests.sharing import shipped_law

NOT_HELD = "本站没有收录原报告这一部分的文字。"
LAW = shipped_law()
REWRITTEN = "转录: {文字: 改写}\n"
TWO = "agencies/bureau/compare/2022-2023/index.html"
# A text that breaks every rule about how a body writes, and says what its table does not.
BAD = """## 一、总体情况

2021 年，本镇共公开信息 9 条，根据国办公开办函〔2019〕60号编制本报告。全年共收到政府信息公开申请 9 件。

## 五、存在的主要问题及改进情况

无。

## 六、其他需要报告的事项

没有。
"""


def without(number: str, text: str = NARRATIVE) -> str:
    """A narrative without one of its sections."""
    return re.sub(rf"(?ms)^## {number}、.*?(?=^## |\Z)", "", text)


def settings(site: SmallSite, more: str = "") -> SmallSite:
    (site.root / "site.yaml").write_text(f"title: 测试站\n{more}", "utf-8")
    return site


def transcribe(site: SmallSite, said: str, year: int = 2023, narrative: str = "") -> SmallSite:
    """The report of a year as one that the editors took over; without a day of publication where `said` says that it is not held."""
    site.append(f"{said}\n", year=year)
    if "发布日期" in said:
        path = site.path(year=year)
        path.write_text(re.sub(r"(?m)^发布日期: .*\n", "", path.read_text("utf-8")), "utf-8")
    return site.write(narrative, year=year, name="narrative.md") if narrative else site


def rows(site: SmallSite, name: str) -> list[dict[str, str]]:
    return list(
        csv.DictReader(io.StringIO((site.root / "public/data" / name).read_text("utf-8-sig")))
    )


def document(site: SmallSite, path: str) -> Any:
    return json.loads(site.page(path))


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("", None),
        ("转录:", None),
        ("转录: {文字: 照录}", Transcription()),
        ("转录: {文字: 改写}", Transcription(Wording.REWRITTEN)),
        (
            "transcribed: {wording: rewritten, left_out: [published, problems]}",
            Transcription(Wording.REWRITTEN, ("published", "problems")),
        ),
        (
            "转录: {未收录: [六, 引言, 发布时间, 存在问题及改进情况]}",
            Transcription(omissions=("published", "preface", "problems", "other")),
        ),
        ("转录: {未收录: 六、其他需要报告的事项}", Transcription(omissions=("other",))),
        ("转录: {未收录: 无}", Transcription()),
    ],
)
def test_what_is_written_is_what_is_meant(
    site: SmallSite, said: str, means: Transcription | None
) -> None:
    assert transcribe(site, said).inspect().site.reports["bureau", 2023].transcribed == means


@pytest.mark.parametrize(
    ("said", "gone", "rules"),
    [
        ("转录: {未收录: [五]}", "五", []),
        ("转录: {未收录: [五, 六]}", "五", ["C-15"]),
        ("转录: {未收录: [五]}", "六", ["C-15", "S-01"]),
        ("转录: {文字: 改写}", "五", ["S-01"]),
        ("转录: {未收录: [三]}", "", []),
        ("转录: {未收录: [发布日期]}", "", []),
        ("转录: {未收录: [published]}", "", ["C-15"]),
        ("转录: {文字: 抄录}", "", ["C-04"]),
        ("转录: {未收录: [七]}", "", ["C-04"]),
        ("转录: {未收录: [发布日]}", "", ["C-04"]),
        ("转录: 改写", "", ["C-04"]),
        ("转录: {谁: 编者}", "", ["C-03"]),
    ],
)
def test_what_is_left_out_is_not_missing_and_not_there(
    site: SmallSite, said: str, gone: str, rules: list[str]
) -> None:
    transcribe(site, said, narrative=without(gone) if gone else "")
    assert sorted(site.rules()) == rules


def test_a_narrative_may_be_missing_where_none_of_it_is_held(site: SmallSite) -> None:
    site.path(name="narrative.md").unlink()
    assert site.rules() == ["S-01"]
    assert transcribe(site, "转录: {未收录: [一, 五, 六]}").rules() == []
    assert (
        not site.build().blocked
        and words(site.page("agencies/bureau/2023/index.html")).count(NOT_HELD) == 3
    )


def test_rewritten_words_are_not_judged_as_the_bodys_and_their_claims_are(site: SmallSite) -> None:
    settings(site).write(BAD, name="narrative.md")
    judging = {key for key, rule in LAW.rules.items() if rule.own_words}
    texts = {"S-08", "S-09", "S-10", "S-11", "S-12", "S-14", "D-03"}
    neighbours = {"Y-06", "Y-07", "Y-12"}
    assert judging == texts | neighbours | {"S-16"}
    own = set(site.rules())
    assert own >= texts - {"S-09"} and own - judging == {"X-01"}
    assert set(transcribe(site, "转录: {文字: 照录}").rules()) == own
    site.write(site.path().read_text("utf-8").replace("照录", "改写"))
    assert set(site.rules()) == {"X-01"}


@pytest.mark.parametrize("rewritten", [(), (2022,), (2023,), ("town",)])
def test_words_are_alike_only_where_both_are_the_bodies_own(
    empty_site: SmallSite, rewritten: tuple[object, ...]
) -> None:
    text = "".join(map(chr, range(0x4E00, 0x4EC8)))
    for slug, year in (("bureau", 2022), ("bureau", 2023), ("town", 2023)):
        empty_site.add(slug, year).write(
            NARRATIVE.replace("公开的内容还不够丰富，", text), slug, year, "narrative.md"
        )
        if {slug if slug == "town" else year} & set(rewritten):
            empty_site.append(REWRITTEN, slug, year)
    found = set(empty_site.rules())
    assert ("Y-06" in found) == (not {2022, 2023} & set(rewritten))
    assert ("Y-07" in found) == (not {2023, "town"} & set(rewritten))


@pytest.fixture
def taken(empty_site: SmallSite) -> SmallSite:
    """A transcribed report whose two years do not join and which says so, after one that the body entered and explains itself."""
    empty_site.add("bureau", 2022).add("bureau", 2023)
    settings(
        empty_site,
        "languages: [zh-CN, en]\npolicy: {error: banner}\n规则: {S-10: 关闭, S-11: 关闭, S-12: 关闭}\n",
    )
    empty_site.row("行政许可", '{处理决定: ""}', year=2022)
    empty_site.append("说明:\n  - {规则: V-04, 原因: 台账遗失了, 责任人: 许可处}\n", year=2022)
    empty_site.row("上年结转", "[5, 0, 0, 0, 0, 0, 5]").row("结转下年度", "[5, 0, 0, 0, 0, 0, 5]")
    transcribe(empty_site, "转录: {文字: 改写, 未收录: [发布日期, 五]}", narrative=without("五"))
    return empty_site.append("说明:\n  - {规则: Y-01, 原因: 原文没有说明}\n")


def test_every_output_says_whose_words_and_reasons_these_are(taken: SmallSite) -> None:
    assert not taken.build().blocked
    page = taken.page("agencies/bureau/2023/index.html")
    said = words(page)
    for one in (
        "发布日期本站没有收录",
        "原文网址不详",
        "没有收录的部分五、存在的主要问题及改进情况",
        "录入由本站编者转录：数字照录，文字改写",
    ):
        assert one in said, one
    assert said.index("以下文字由本站编者") < said.index("这一年没有大的变化")
    assert f'<p class="quiet">{NOT_HELD}</p>' in page and said.count(NOT_HELD) == 1
    assert "编者说明" in said and "原文没有说明" in said and "机关说明" not in said
    own = words(taken.page("agencies/bureau/2022/index.html"))
    assert (
        "说明空白单元格" in own
        and "编者" not in own
        and "不详" not in own
        and NOT_HELD not in own
        and "原文网址" not in own
    )
    chain = words(taken.page("agencies/bureau/index.html"))
    assert "编者说明：原文没有说明" in chain and "机关说明" not in chain
    assert "没有收录" in chain and "未注明" not in chain
    assert "编者说明：“原文没有说明”" in words(taken.page(TWO))
    quality = words(taken.page("quality/index.html"))
    assert "2份报告：1处不符由机关公开说明了原因、2处不符由编者加注" in quality
    english = words(taken.page("en/agencies/bureau/2023/index.html"))
    assert (
        "DateofpublicationNotheldonthissite" in english
        and "Editors’note" in english
        and "Explanation" not in english
    )


def machines(site: SmallSite, year: int) -> tuple[Any, str, str, dict[str, str | None]]:
    """What programs read of a report: its description, its head, its print page's author as a workbook has it, its entry of the feed."""
    page = site.page(f"agencies/bureau/{year}/index.html")
    author = openpyxl.load_workbook(
        site.root / f"public/agencies/bureau/{year}/tables.xlsx"
    ).properties.creator
    feed = ElementTree.fromstring(site.page("feed.xml"))
    entry = next(
        one
        for one in feed.iter(f"{ATOM}entry")
        if str(year) in (one.findtext(f"{ATOM}title") or "")
    )
    told = {
        "author": entry.findtext(f"{ATOM}author/{ATOM}name"),
        "summary": entry.findtext(f"{ATOM}summary"),
    }
    return described(page), page, author or "", told


@pytest.mark.parametrize(("wording", "author"), [("照录", "测试bureau局"), ("改写", "测试站")])
def test_programs_are_not_told_that_the_body_published_our_transcription(
    empty_site: SmallSite, wording: str, author: str
) -> None:
    empty_site.add("bureau", 2022).add("bureau", 2023)
    settings(
        empty_site,
        "languages: [zh-CN, en]\nbase_url: https://example.org\n规则: {S-10: 关闭, S-11: 关闭, S-12: 关闭}\n",
    )
    empty_site.append("发布日期: 2023-01-20\n", year=2022).append("发布日期: 2024-01-20\n")
    transcribe(empty_site, f"转录: {{文字: {wording}}}\n原文网址: https://body.example.org/1")
    assert not empty_site.build().blocked
    data, page, made, entry = machines(empty_site, 2023)
    assert (
        data["publisher"]
        == data["hasPart"]["creator"]
        == {"@type": "Organization", "name": "测试站", "url": "https://example.org"}
    )
    assert "datePublished" not in data and data["isBasedOn"]["publisher"]["name"] == "测试bureau局"
    assert (data["isBasedOn"]["datePublished"], data["isBasedOn"]["url"]) == (
        "2024-01-20",
        "https://body.example.org/1",
    )
    assert (
        '<meta name="ContentSource" content="测试站（转录自测试bureau局）">' in page
        and "PubDate" not in page
    )
    site = empty_site.inspect().site
    assert report_page(site, site.reports["bureau", 2023], (), for_print=True).author == author
    assert made == author and entry["author"] == "测试站" and "转录" in (entry["summary"] or "")
    how = {"照录": "照录原文", "改写": "文字改写"}[wording]
    assert f"据“测试站”编者转录（{how}），https://example.org/agencies/bureau/2023/。" in page
    assert "transcribed by the editors of" in empty_site.page("en/agencies/bureau/2023/index.html")

    data, page, made, entry = machines(empty_site, 2022)
    assert (
        data["publisher"]["name"]
        == data["hasPart"]["creator"]["name"]
        == made
        == entry["author"]
        == "测试bureau局"
    )
    assert (
        data["datePublished"] == "2023-01-20"
        and "isBasedOn" not in data
        and entry["summary"] is None
    )
    assert (
        '<meta name="PubDate" content="2023-01-20">' in page
        and '<meta name="ContentSource" content="测试bureau局">' in page
    )
    title = "《测试bureau局2022年政府信息公开工作年度报告》"
    assert (
        f"测试bureau局：{title}，2023 年 1 月 20 日发布，https://example.org/agencies/bureau/2022/。"
        in page
    )


def test_the_data_say_by_whom_and_what_is_not_held(taken: SmallSite) -> None:
    taken.build()
    told = {
        one["year"]: [one[name] for name in ("entered_by", "wording", "not_held")]
        for one in rows(taken, "reports.csv")
    }
    assert told == {
        "2022": ["agency", "verbatim", ""],
        "2023": ["editors", "rewritten", "published problems source_url"],
    }
    assert {one["year"]: one["given_by"] for one in rows(taken, "explanations.csv")} == {
        "2022": "agency",
        "2023": "editors",
    }
    assert {
        (one["rule"], one["given_by"]) for one in rows(taken, "findings.csv") if one["explanation"]
    } == {
        ("V-04", "agency"),
        ("Y-01", "editors"),
    }
    tables = document(taken, "agencies/bureau/2023/tables.json")
    assert (tables["entered_by"], tables["wording"], tables["not_held"]) == (
        "editors",
        "rewritten",
        ["published", "problems", "source_url"],
    )
    assert [one["given_by"] for one in tables["explanations"]] == ["editors"]
    found = document(taken, api.path("findings", 2023))
    assert {
        (one["given_by"], one["explanation"]) for one in found["findings"] if one["rule"] == "Y-01"
    } == {("editors", "原文没有说明")}
    for kind, held in (("report", tables), ("findings", found)):
        Draft202012Validator(document(taken, api.path("schema", kind))).validate(held)
    book = openpyxl.load_workbook(taken.root / "public/agencies/bureau/2023/tables.xlsx")
    cells = [
        str(cell.value) for sheet in book for row in sheet for cell in row if cell.value is not None
    ]
    assert (
        "由本站编者转录：数字照录，文字改写" in cells
        and "编者说明" in cells
        and "机关的说明" not in cells
    )


def test_what_the_editors_rewrote_is_not_compared(taken: SmallSite) -> None:
    taken.build()
    page = taken.page(TWO)
    part = words(page[page.index('id="words-heading"') :])
    assert "2023年度报告的文字由本站编者改写，不是原文：不对照文字的改动，也不计重合度。" in part
    assert not parsed(page).all("ins, del, .revised")
    assert not {"完全相同", "重合度"} & set(text_of(page).replace("：", " ").split())


def test_of_words_that_are_the_bodys_only_what_is_not_held_is_left_out(
    empty_site: SmallSite,
) -> None:
    empty_site.add("bureau", 2022).add("bureau", 2023)
    transcribe(empty_site, "转录: {未收录: [引言, 五]}", narrative=without("五"))
    assert not empty_site.build().blocked
    page = empty_site.page(TWO)
    said = words(page)
    assert said.count("2023年度报告的这一部分本站没有收录，不对照。") == 2 and "报告开头" in said
    assert "其他需要报告的事项" in said and "<del>" in page and "只有2022年度" not in said
    assert "以下文字" not in words(empty_site.page("agencies/bureau/2023/index.html"))


def test_an_earlier_version_says_so_too(taken: SmallSite) -> None:
    taken.row("行政许可", "{处理决定: 1}")
    taken.append(
        "更正:\n  - {日期: 2024-03-01, 原因: 录入有误, 改动: [{格: 行政许可.处理决定, 改前: 0, 改后: 1}]}\n"
    )
    assert not taken.build().blocked
    version = words(taken.page("agencies/bureau/2023/versions/1/index.html"))
    assert "以下文字由本站编者" in version and NOT_HELD in version
    assert document(taken, "agencies/bureau/2023/versions/1/tables.json")["entered_by"] == "editors"


def test_the_search_finds_the_editors_note_as_theirs(taken: SmallSite) -> None:
    taken.build()
    scripts = "".join(
        path.read_text("utf-8") for path in (taken.root / "public/search").rglob("*.js")
    )
    assert "编者说明：原文没有说明" in scripts and "编者说明：台账遗失了" not in scripts


def test_a_transcription_survives_yaml_and_the_memory(taken: SmallSite) -> None:
    taken.append("原文网址: https://www.example.gov.cn/x.html\n索引号: A-1\n")
    report = taken.inspect().site.reports["bureau", 2023]
    assert report.entered_by is By.EDITORS and report.not_held == ("published", "problems")
    again, _ = unpack(LAW, pack(report, []))
    assert again.transcribed == report.transcribed
    read = taken.write(report_yaml(report).decode()).inspect().site.reports["bureau", 2023]
    assert (read.transcribed, read.source_url, read.index_number) == (
        report.transcribed,
        report.source_url,
        report.index_number,
    )


def test_to_call_a_report_transcribed_remakes_its_pages_and_no_others(
    empty_site: SmallSite,
) -> None:
    empty_site.add("bureau", 2022).add("bureau", 2023).add("other", 2023)
    empty_site.row("行政许可", '{处理决定: ""}').append(
        "说明:\n  - {规则: V-04, 原因: 台账遗失了}\n"
    )
    empty_site.build()
    transcribe(empty_site, "转录: {文字: 照录}")
    made = empty_site.build().made
    assert {"quality/index.html", "quality/2023/index.html", "data/v1/findings/2023.json"} <= set(
        made
    ), "who explains has changed"
    assert "agencies/bureau/2023/index.html" in made and TWO in made
    assert not [path for path in made if "/other/" in path or "/bureau/2022/" in path]
