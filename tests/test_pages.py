"""The pages: what they say, what they compare, what they refuse to join; the made-up third form; themes."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from generator.derive.years.series import in_words
from generator.inspection import Inspection
from generator.language.amounts import change_in_percent
from generator.language.speech import SOURCE, speech
from generator.model.figure import Number
from tests.cases import REPORT_2031
from tests.conftest import SmallSite, with_third_form
from tests.reading import LINKED_DATA, Part, parsed, text_of


def compared(html: str, table: str) -> dict[str, list[Part]]:
    """Row label → its cells, of one table of a comparison page."""
    return parsed(html).one(f"table#{table}").rows()


@pytest.fixture
def zone(sample: Path) -> str:
    return (sample / "agencies/pingtan-zone/compare/index.html").read_text("utf-8")


def figures(cells: list[Part]) -> list[str]:
    return [cell.first for cell in cells]


def test_the_change_of_form_is_a_visible_boundary(zone: str) -> None:
    assert 'colspan="2" class="era">国办公开办函〔2019〕60号' in zone
    assert 'colspan="5" class="era boundary">国办公开办函〔2021〕30号' in zone
    years = parsed(zone).all("th.figure[scope=col][headers]")[:7]
    assert [year.text for year in years] == [str(year) for year in range(2019, 2026)]
    assert [year.text for year in years if "boundary" in year.classes] == ["2021"]


def test_other_outcomes_are_compared_as_a_sum(zone: str) -> None:
    rows = compared(zone, "applications-total")
    assert figures(rows["（六）其他处理"]) == ["0", "4", "1", "4", "2", "3", "11"]
    assert figures(rows["3.其他"]) == ["—", "—", "1", "2", "1", "2", "1"]
    assert "这里是逾期不补正、逾期未缴费、其他之和" in text_of(zone)


def test_everything_public_is_never_joined_with_what_is_in_force(zone: str) -> None:
    rows = {
        label: cells
        for group, label, cells in parsed(zone).one("table#proactive").lines()
        if group.startswith("行政规范性文件")
    }
    assert figures(rows["现行有效件数"]) == ["—", "—", "665", "698", "470", "440", "546"]
    assert figures(rows["对外公开总数量"]) == ["89", "166", "—", "—", "—", "—", "—"]
    assert rows["现行有效件数"][2].without("sup").text == "665", (
        "no difference to a year that has no such figure"
    )


def test_differences_and_notes(zone: str) -> None:
    rows = compared(zone, "applications-total")
    changes = {
        "21": "−2 （−8.7%）", "70": "+49 （+233.3%）", "74": "+4 （+5.7%）", "81": "+7 （+9.5%）",
        "218": "+137 （+169.1%）", "154": "−64 （−29.4%）",
    }  # fmt: skip
    shown = [f"{value} {change}" for value, change in changes.items()]
    received = rows["一、本年新收政府信息公开申请数量"]
    assert [cell.without("sup").text for cell in received] == ["23", *shown]
    assert "新收 154 件，比上年少 64 件（−29.4%）" in text_of(zone)
    assert "认定范围可能收窄" in zone and "行政复议法" in zone


def test_every_number_of_the_comparison_is_the_reports_own(
    zone: str, sample_inspection: Inspection
) -> None:
    reports = sample_inspection.site.of("pingtan-zone")
    rows = compared(zone, "applications-total")
    for report in reports:
        index = [one.year for one in reports].index(report.year)
        for address, cell in report.format.cells.items():
            if cell.table == "applications" and cell.column.path == "total":
                assert figures(rows[cell.row.label])[index] == report.figures[address].text


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (95, 107, "新收 107 件，比上年多 12 件（+12.6%）"),
        (9, 12, "新收 12 件，比上年多 3 件"),
        (10, 5, "新收 5 件，比上年少 5 件（−50.0%）"),
        (7, 7, "新收 7 件，与上年相同"),
        (0, 3, "新收 3 件，比上年多 3 件"),
    ],
)
def test_changes_in_words(before: Number, after: Number, said: str) -> None:
    assert in_words(speech(SOURCE), "新收", "件", before, after) == said


def test_no_percentage_on_a_small_base() -> None:
    assert change_in_percent(9, 9) == "" and change_in_percent(10, 1) == "+10.0%"
    assert change_in_percent(12345, 1) == "" and change_in_percent(12345, -1) == "", (
        "a change is never said to be 0.0%"
    )


def test_explanations_stand_under_their_table(sample: Path) -> None:
    page = text_of((sample / "agencies/pingtan-zone/2020/index.html").read_text("utf-8"))
    assert (
        "编者说明 自然人一列：办结 20，而予以公开 6 + 部分公开 6" in page
        and "差在哪一格，原文无从判断。本站照录原表。" in page
    )
    page = text_of((sample / "agencies/pingtan-zone/2025/index.html").read_text("utf-8"))
    assert (
        "编者说明 行政规范性文件一行：现行有效 546，而上年度现行有效 440 + 制发 58 − 废止 45 = 453，相差 93"
        in page
    )


def test_the_summary_over_a_table_speaks_its_figures(sample: Path) -> None:
    page = text_of((sample / "agencies/haicang-district/2023/index.html").read_text("utf-8"))
    assert "新收 107 件，上年结转 0 件；办结 103 件，结转下年度 4 件。" in page
    page = text_of(
        (sample / "agencies/heshan-government-office/2020/index.html").read_text("utf-8")
    )
    assert "全年没有因政府信息公开发生行政复议和行政诉讼。" in page


def test_the_sample_says_that_its_texts_are_rewritten(sample: Path) -> None:
    for path in sample.rglob("index.html"):
        foreign = path.is_relative_to(sample / "en")
        said = (
            "the texts are rewritten by the editors from the facts"
            if foreign
            else "文字由编者依据事实改写，不是原文"
        )
        assert said in path.read_text("utf-8")


def test_head_tags_say_whence_a_transcription_is_and_never_an_empty_value(sample: Path) -> None:
    page = (sample / "agencies/tongliao-government-office/2022/index.html").read_text("utf-8")
    assert "PubDate" not in page, (
        "the day is that of the original; one of a body’s own report: test_transcription.py"
    )
    assert (
        '<meta name="ContentSource" content="政府信息公开工作年度报告 公开样例站（转录自市政府办公室）">'
        in page
    )
    for path in sample.rglob("*.html"):
        html = path.read_text("utf-8")
        assert 'content=""' not in html
        assert "PubDate" not in html


def test_a_government_site_gets_its_tags_and_footer(site: SmallSite) -> None:
    (site.root / "site.yaml").write_text(
        "title: 测试站\nbase_url: https://www.example.gov.cn/zfxxgk\n"
        "host: {SiteName: 示例市人民政府, SiteIDCode: 1304000009, icp: 冀ICP备1号, SiteDomain: }\n",
        "utf-8",
    )
    site.build()
    home = site.page("index.html")
    assert '<meta name="SiteName" content="示例市人民政府">' in home and "SiteDomain" not in home
    assert (
        "冀ICP备1号" in home
        and '<link rel="canonical" href="https://www.example.gov.cn/zfxxgk/">' in home
    )
    assert 'href="/zfxxgk/assets/site.css"' in site.page("404.html")


def test_nothing_empty_is_published(empty_site: SmallSite) -> None:
    assert not empty_site.build().blocked
    assert not (empty_site.root / "public/agencies").exists()
    empty_site.add("bureau", 2023)
    from generator import scaffold

    scaffold.new_agency(empty_site.root, "silent", "没有报告的局", "工作部门", "县级")
    empty_site.build()
    assert not (empty_site.root / "public/agencies/silent").exists()
    assert "没有报告的局" not in empty_site.page("agencies/index.html")


def test_the_present_name_and_parent_win_over_earlier_ones(empty_site: SmallSite) -> None:
    empty_site.add("bureau", 2019).add("bureau", 2023).add("city", 2023)
    (empty_site.root / "content/agencies/bureau/agency.yaml").write_text(
        "名称: 现名\n历任名称: [{名称: 老名, 至: 2020-06-30}]\n上级: city\n历任上级: [{上级: nobody, 至: 2019-01-01}]\n"
        "类型: 工作部门\n层级: 县级\n",
        "utf-8",
    )
    empty_site.build()
    assert "现名2023年" in empty_site.page(
        "agencies/bureau/2023/index.html"
    ) and "老名2019年" in empty_site.page("agencies/bureau/2019/index.html")
    assert empty_site.page("agencies/index.html").count('<ul class="tree">') == 2, (
        "one stands below the other"
    )


def test_tables_csv_has_every_cell_with_its_state(
    sample: Path, sample_inspection: Inspection
) -> None:
    for (slug, year), report in sample_inspection.site.reports.items():
        text = (
            (sample / "agencies" / slug / str(year) / "tables.csv").read_bytes().decode("utf-8-sig")
        )
        rows = {row["address"]: row for row in csv.DictReader(io.StringIO(text))}
        assert list(rows) == list(report.format.cells)
        for address, figure in report.figures.items():
            assert rows[address]["state"] == figure.state.value
            assert rows[address]["value"] == (
                ""
                if figure.value is None
                else format(figure.value, "f")
                if not isinstance(figure.value, int)
                else str(figure.value)
            )
            assert rows[address]["row"] == report.format.cells[address].row.label
        assert not [
            cell for row in rows.values() for cell in row.values() if cell[:1] in "=+@\t" and cell
        ]


def test_tables_json_says_the_same(sample: Path, sample_inspection: Inspection) -> None:
    for (slug, year), report in sample_inspection.site.reports.items():
        document = json.loads(
            (sample / "agencies" / slug / str(year) / "tables.json").read_text("utf-8")
        )
        assert (document["agency"]["slug"], document["year"], document["format"]) == (
            slug,
            year,
            report.format.id,
        )
        assert {address: one["state"] for address, one in document["figures"].items()} == {
            address: one.state.value for address, one in report.figures.items()
        }
    document = json.loads((sample / "agencies/pingtan-zone/2020/tables.json").read_text("utf-8"))
    assert document["figures"]["applications.received.total"] == {
        "label": "新收·总计",
        "state": "number",
        "value": 21,
        "raw": "21",
        "unit": "件",
        "computed": False,
    }
    assert document["explanations"][0]["rule"] == "T3-03"


def test_a_correction_is_announced_first(site: SmallSite) -> None:
    site.append(
        "更正:\n  - {日期: 2024-02-01, 原因: 录入有误, 改动: [{格: 行政复议.总计, 改前: 3, 改后: 0}]}\n"
    ).build()
    page = text_of(site.page("agencies/bureau/2023/index.html"))
    assert page.index("更正（2024 年 2 月 1 日）") < page.index("一、总体情况")
    assert "行政复议·总计：3 改为 0" in page


def test_an_unexplained_warning_is_shown_under_the_table(site: SmallSite) -> None:
    site.row("新收", '["", 0, 0, 0, 0, 0, 0]').build()
    assert "数据核对提示 “新收·自然人”是空白" in text_of(
        site.page("agencies/bureau/2023/index.html")
    )


def test_attachments_are_copied_and_listed(site: SmallSite) -> None:
    folder = site.path().parent / "files"
    folder.mkdir()
    (folder / "附表 1.pdf").write_bytes(b"%PDF-1.4")
    assert not site.build().blocked
    assert (site.root / "public/agencies/bureau/2023/files/附表 1.pdf").read_bytes() == b"%PDF-1.4"
    assert 'href="files/%E9%99%84%E8%A1%A8%201.pdf"' in site.page("agencies/bureau/2023/index.html")


def test_renamed_agencies_keep_the_name_of_the_year(empty_site: SmallSite) -> None:
    empty_site.add("bureau", 2022).add("bureau", 2023)
    (empty_site.root / "content/agencies/bureau/agency.yaml").write_text(
        "历任名称:\n  - {名称: 新局, 自: 2023-03-01}\n  - {名称: 旧局, 至: 2023-02-28}\n类型: 工作部门\n层级: 县级\n",
        "utf-8",
    )
    empty_site.build()
    assert "旧局2022年政府信息公开工作年度报告" in empty_site.page(
        "agencies/bureau/2022/index.html"
    )
    assert "新局2023年政府信息公开工作年度报告" in empty_site.page(
        "agencies/bureau/2023/index.html"
    )
    assert "曾用名称" in empty_site.page("agencies/bureau/index.html")


@pytest.fixture
def third_form(empty_site: SmallSite, tmp_path: Path) -> SmallSite:
    """A site whose law has one more form."""
    empty_site.formats = with_third_form(tmp_path / "formats")
    return empty_site


def test_a_made_up_third_form_loads_checks_prints_and_compares_without_code(
    third_form: SmallSite,
) -> None:
    third_form.add("bureau", 2030).row("结转下年度", "[0, 1, 0, 0, 0, 0, 1]", year=2030).row(
        "新收", "[0, 1, 0, 0, 0, 0, 1]", year=2030
    )
    folder = third_form.path(year=2031).parent
    folder.mkdir()
    third_form.write(REPORT_2031, year=2031).write(
        "## 1、概况\n\n收到 {{ 新收.总计 }} 件。\n\n## 4、问题\n\n没有。\n",
        year=2031,
        name="narrative.md",
    )
    inspection = third_form.inspect()
    # One row leaves its total out; the days of publication are in the future, or not there.
    assert [finding.rule for finding in inspection.findings if finding.rule != "P-03"] == ["V-05"]
    report = inspection.site.reports["bureau", 2031]
    assert report.format.id == "2031" and report.figures["applications.concluded.total"].computed
    assert not third_form.build().blocked
    page = third_form.page("agencies/bureau/2031/index.html")
    assert "收到 7 件。" in page and "按新办法填报" in page and 'headers="t2r3 t2r4 t2c' in page
    compare = third_form.page("agencies/bureau/compare/index.html")
    assert figures(compared(compare, "applications-total")["一、新收"]) == ["1", "7"]
    assert figures(compared(compare, "applications-total")["（一）公开"]) == ["—", "6"]


def test_the_third_form_is_held_to_its_own_identities_and_to_last_year(
    third_form: SmallSite,
) -> None:
    third_form.add("bureau", 2030)
    third_form.path(year=2031).parent.mkdir()
    third_form.write(REPORT_2031.replace("[4, 2, 6]", "[3, 2, 6]"), year=2031).write(
        "## 1、概况\n\nx\n\n## 4、问题\n\nx\n", year=2031, name="narrative.md"
    )
    found = {finding.rule for finding in third_form.findings()}
    assert found - {"P-03"} == {"T3-02", "T3-03", "V-05", "Y-01"}


def test_a_contradicted_figure_is_marked_where_it_is_shown_first(sample: Path, zone: str) -> None:
    page = (sample / "agencies/pingtan-zone/2020/index.html").read_text("utf-8")
    assert '<a href="#applications.concluded.total">与表中其他数字不符' in page
    assert "2020 年度：总计一列：办结 21，而予以公开 7" in text_of(zone)


def doubts(html: str) -> list[tuple[str, str]]:
    """The figures that a page marks as contradicted, and where each mark leads."""
    return [(mark.before, mark["href"]) for mark in parsed(html).all("a.doubted")]


def test_a_contradicted_figure_is_marked_wherever_it_stands(sample: Path) -> None:
    def read(path: str) -> str:
        return (sample / path / "index.html").read_text("utf-8")

    place = "agencies/pingtan-zone/2020/index.html#applications.concluded.total"
    year, agency = read("years/2020"), read("agencies/pingtan-zone")
    assert doubts(year) == [("21", f"../../{place}")]
    assert (
        '<a href="../../quality/2020/index.html">其中 1 份报告的这个数字与表中其他数字不符</a>'
        in year
    )
    near = place.removeprefix("agencies/pingtan-zone/")
    assert doubts(agency) == [("21", near)] * 2, "in the list and in the chain"
    assert f'<a href="../{near}">上年的数与当年表中其他数字不符' in read(
        "agencies/pingtan-zone/2021"
    )
    assert 'class="doubted"' not in read("years/2021") and "上年的数与" not in read(
        "agencies/pingtan-zone/2020"
    )
    pair = parsed(read("agencies/pingtan-zone/compare/2020-2021"))
    said = [text for text in pair.texts("li") if text.startswith("办结")]
    number = re.fullmatch(
        r"办结 69 件，比上年多 48 件（\+228.6%）；2020 年度的数与表中其他数字不符，见注 (\d+)",
        said[0],
    )
    assert number and "办结 21，而予以公开 7" in pair.one(f"#note-{number[1]}").text


def test_a_finding_that_appears_remakes_the_lists_that_mark_it(empty_site: SmallSite) -> None:
    """予以公开 stands in no list; what it contradicts does."""
    for slug, year in (("bureau", 2022), ("bureau", 2023), ("other", 2022)):
        empty_site.add(slug, year)
    assert not empty_site.build().blocked
    empty_site.row("予以公开", "[1, 0, 0, 0, 0, 0, 1]", year=2022).append(
        "说明:\n  - {规则: T3-03, 原因: 原表如此, 责任人: 办公室}\n", year=2022
    )
    outcome = empty_site.build()
    assert not outcome.blocked, outcome.findings
    assert (
        "agencies/other/index.html" not in outcome.made
        and "years/2023/index.html" not in outcome.made
    )
    for path in ("years/2022/index.html", "agencies/bureau/index.html"):
        assert path in outcome.made and "不符" in empty_site.page(path), path
    assert "compare/county-department/index.html" in outcome.made
    assert "测试bureau局 2022 年度：" in empty_site.page("compare/county-department/index.html")
    assert "上年的数与当年表中其他数字不符" in empty_site.page("agencies/bureau/2023/index.html")


def test_a_finding_that_belongs_to_no_table_is_shown_at_the_end(site: SmallSite) -> None:
    site.append("发布日期: 2023-06-01\n").build()
    assert "数据核对提示 发布日期 2023-06-01 早于报告年度结束" in text_of(
        site.page("agencies/bureau/2023/index.html")
    )
    site.append("说明:\n  - {规则: P-03, 原因: 提前发布，经批准}\n").build()
    assert "说明 发布日期 2023-06-01 早于报告年度结束 提前发布，经批准" in text_of(
        site.page("agencies/bureau/2023/index.html")
    )


def test_a_link_to_another_year_names_its_page(empty_site: SmallSite) -> None:
    empty_site.add("bureau", 2022).add("bureau", 2023)
    path = empty_site.path(name="narrative.md")
    path.write_text(
        path.read_text("utf-8").replace("这一年", "比[上一年](../2022/)，这一年"), "utf-8"
    )
    assert not empty_site.build().blocked
    assert 'href="../2022/index.html"' in empty_site.page("agencies/bureau/2023/index.html")


def test_rows_beyond_the_form_stand_after_the_table_and_never_in_it(site: SmallSite) -> None:
    path = site.path()
    text = path.read_text("utf-8")
    path.write_text(
        text.replace(
            "主动公开:\n", "主动公开:\n  另列: {其他主动公开文件: 12, 政策解读: [3, 4]}\n", 1
        ),
        "utf-8",
    )
    assert site.rules() == ["S-13"]
    assert not site.build().blocked
    page = site.page("agencies/bureau/2023/index.html")
    assert "法定表以外另列：其他主动公开文件 12；政策解读 3、4。" in page
    assert "其他主动公开文件" not in site.page("agencies/bureau/2023/tables.csv")
    assert '"extra_rows": [\n  {\n   "table": "proactive"' in site.page(
        "agencies/bureau/2023/tables.json"
    )


def test_a_report_page_stays_small(sample: Path) -> None:
    """HTML and style before compression, besides the narrative and the description for machines. What the English page adds are the
    glosses."""
    style = (sample / "assets/site.css").stat().st_size
    for path in sample.glob("**/agencies/*/20*/index.html"):
        html = path.read_text("utf-8")
        page = parsed(html)
        besides = f"div.prose, script[type={LINKED_DATA}]"
        if "/en/" in str(path):
            besides += ", span[class=gloss], span[lang=zh-CN]"
        more = sum(len(part.markup.encode()) for part in page.all(besides))
        assert len(html.encode()) - more + style <= 60 * 1024, path
        scripts = {
            name: (sample / "assets" / name).stat().st_size
            for name in (part["src"].rpartition("/")[2] for part in page.all("script[src]"))
        }
        assert sum(scripts.values()) <= 5 * 1024, scripts


def test_groups_that_no_form_sums_are_added_up_in_words(sample: Path, site: SmallSite) -> None:
    page = text_of((sample / "agencies/haicang-district/2023/index.html").read_text("utf-8"))
    assert "按类相加：予以公开 45、部分公开 17、不予公开 4、无法提供 37。" in page
    for row in ("保护第三方合法权益", "四类过程性信息"):
        site.row(row, "[1, 0, 0, 0, 0, 0, 1]")
    site.row("国家秘密", '["?", 0, 0, 0, 0, 0, "?"]').row("办结", "[2, 0, 0, 0, 0, 0, 2]").row(
        "新收", "[2, 0, 0, 0, 0, 0, 2]"
    )
    site.append("说明:\n  - {规则: N-01, 原因: 原件模糊}\n").build()
    assert "按类相加：不予公开有无法辨认的格，不能相加。" in text_of(
        site.page("agencies/bureau/2023/index.html")
    )


def test_a_year_that_lacks_is_said(empty_site: SmallSite) -> None:
    empty_site.add("bureau", 2022).add("bureau", 2023).add("office", 2023).build()
    lacks = "本站没有收录 {} 年度的报告，不能与上年比较。"
    assert lacks.format(2021) in empty_site.page("agencies/bureau/2022/index.html")
    assert "不能与上年比较" not in empty_site.page("agencies/bureau/2023/index.html")
    only = "本站只收录这个机关 2023 年度的报告。"
    assert only in empty_site.page(
        "agencies/office/index.html"
    ) and "本站只收录" not in empty_site.page("agencies/bureau/index.html")


def test_a_name_in_english_stands_on_english_pages_only(empty_site: SmallSite) -> None:
    empty_site.add("bureau", 2022).add("bureau", 2023)
    with (empty_site.root / "content/agencies/bureau/agency.yaml").open(
        "a", encoding="utf-8"
    ) as stream:
        stream.write("英文名称: Bureau of Tests\n")
    settings = empty_site.root / "site.yaml"
    settings.write_text(settings.read_text("utf-8") + "languages: [zh-CN, en]\n", "utf-8")
    assert not empty_site.build().blocked
    for page in (
        "agencies/",
        "agencies/bureau/",
        "agencies/bureau/2023/",
        "agencies/bureau/compare/",
        "years/2023/",
        "",
    ):
        assert "Bureau of Tests" in empty_site.page(f"en/{page}index.html"), page
        assert "Bureau of Tests" not in empty_site.page(f"{page}index.html"), page


def test_downloads_are_saved_under_the_name_of_body_and_year(sample: Path) -> None:
    for page in ("agencies/pingtan-zone/index.html", "agencies/pingtan-zone/2025/index.html"):
        assert 'download="平潭综合实验区管理委员会-2025.csv"' in (sample / page).read_text("utf-8")


def test_a_long_year_is_listed_in_parts(
    empty_site: SmallSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """5,000 bodies on one page are megabytes; the first part still adds all of them up."""
    monkeypatch.setattr("generator.derive.lists.LISTED", 2)
    for number, slug in enumerate(("a", "b", "c", "d", "e"), 1):
        empty_site.add(slug, 2023)
        for row in ("新收", "予以公开", "办结"):
            empty_site.row(row, f"[{number}, 0, 0, 0, 0, 0, {number}]", slug)
    assert not empty_site.build().blocked
    first, last = (
        text_of(empty_site.page("years/2023/index.html")),
        text_of(empty_site.page("years/2023/3/index.html")),
    )
    assert "新收 15 件" in first
    assert [slug for slug in "abcde" if f"测试{slug}局" in first] == ["a", "b"]
    assert [slug for slug in "abcde" if f"测试{slug}局" in last] == ["e"]
    assert "2023 年度共收录 5 份报告" in last
    assert 'href="../2/index.html">第 3—4 份' in empty_site.page("years/2023/3/index.html")
    assert "2023 年度报告的核对情况（第 5—5 份）：没有说明，也没有提示。" in text_of(
        empty_site.page("quality/2023/3/index.html")
    )
    made = set(
        empty_site.row("新收", "[9, 0, 0, 0, 0, 0, 9]", "e")
        .row("予以公开", "[9, 0, 0, 0, 0, 0, 9]", "e")
        .row("办结", "[9, 0, 0, 0, 0, 0, 9]", "e")
        .build()
        .made
    )
    assert {"years/2023/index.html", "years/2023/3/index.html"} <= made
    assert "years/2023/2/index.html" not in made


def test_the_example_of_the_search_is_of_this_site(site: SmallSite) -> None:
    assert not site.build().blocked
    hint = parsed(site.page("index.html")).one("p#find-hint").text
    assert hint.endswith("例如：测试bureau局 2023")


def test_the_checks_page_of_a_year_shows_all_that_the_overview_counts(sample: Path) -> None:
    """Also what nobody explained and the report's own page leaves out."""
    year = text_of((sample / "quality/2024/index.html").read_text("utf-8"))
    assert "数据核对提示" in year and "总计 0，应不小于上年度尚未审结 1" in year
    overview = text_of((sample / "quality/index.html").read_text("utf-8"))
    pages = [
        (sample / f"quality/{number}/index.html").read_text("utf-8") for number in range(2019, 2026)
    ]
    assert f"{sum(page.count('remark finding') for page in pages)} 处提示" in overview
    assert "2019 年度报告的核对情况：没有说明，也没有提示。" in text_of(pages[0])
