"""Two years side by side, restated figures, and what became of bodies: what their pages say, what they leave out, what remakes them."""

from __future__ import annotations

import re
import shutil
from itertools import product
from pathlib import Path

import pytest

from generator.inspection import FORMATS
from tests.conftest import NARRATIVE, SmallSite
from tests.reading import parsed, text_of, words

PAGE = "agencies/bureau/compare/2022-2023/index.html"


def line(html: str, table: str, label: str) -> list[str]:
    """The cells of a row of a table, as texts."""
    cells = parsed(html).one(f"table#{table}.compare.pair").rows()[label]
    return [cell.words for cell in cells]


def intake(site: SmallSite, year: int, figure: int, slug: str = "bureau") -> SmallSite:
    site.add(slug, year)
    for row in ("新收", "予以公开", "办结"):
        site.row(row, f"[{figure}, 0, 0, 0, 0, 0, {figure}]", slug, year)
    return site


def about(site: SmallSite, slug: str, more: str) -> None:
    path = site.root / f"content/agencies/{slug}/agency.yaml"
    path.write_text(path.read_text("utf-8") + more, "utf-8")


@pytest.fixture
def two(empty_site: SmallSite) -> SmallSite:
    return intake(intake(empty_site, 2022, 12), 2023, 21)


def test_both_figures_the_difference_and_its_share(two: SmallSite) -> None:
    two.row("行政许可", "{处理决定: 5}", year=2022).row("行政处罚", "{处理决定: 7}").row(
        "行政强制", '{处理决定: "/"}'
    )
    assert not two.build().blocked
    page = two.page(PAGE)
    assert line(page, "applications-total", "一、本年新收政府信息公开申请数量") == [
        "12",
        "21",
        "+9（+75.0%）",
    ]
    assert line(page, "proactive", "本年处理决定数量")[:3] == ["5", "0", "−5"], (
        "no share of a figure under 10"
    )
    assert "新收21件，比上年多9件（+75.0%）" in words(page)
    assert re.search(
        r"2023年度新出现的（2022年度为0）行政处罚：本年处理决定数量7件2023年度降为0的（2022年度不为0）行政许可：本年处理决定数量5件",
        words(page),
    )
    assert "行政强制" in parsed(page).one("table#proactive").words and "2023年度不适用" in words(
        page
    ), "/ is not 0"
    silent = [int(count) for count in re.findall(r"(?:另有|全部为 0（) ?(\d+) 行", text_of(page))]
    printed = sum(silent) + len(parsed(page).all("th[scope=row]"))
    assert printed == 10 + 25 * 7 + 15, "every cell of the form is there, in a row or by its name"


UNSURE = ["无法辨认", '""', "/", "5"]
WORDS = {"无法辨认": "{}年度无法辨认", '""': "{}年度为空白", "/": "{}年度不适用"}
ALIKE = {"无法辨认": "两年都无法辨认", '""': "两年都是空白", "/": "两年都不适用"}


@pytest.mark.parametrize(("before", "after"), list(product(UNSURE, UNSURE)))
def test_why_there_is_no_difference_is_told_apart(two: SmallSite, before: str, after: str) -> None:
    for year, figure in ((2022, before), (2023, after)):
        two.row("规章", f"{{制发: {figure}, 废止: 0, 现行有效: 5}}", year=year)
    (two.root / "site.yaml").write_text("title: x\npolicy: {error: banner}\n", "utf-8")
    assert not two.build().blocked
    said = line(two.page(PAGE), "proactive", "本年制发件数")[2]
    lacking = [
        WORDS[one].format(year) for one, year in ((before, 2022), (after, 2023)) if one in WORDS
    ]
    assert said == (
        ALIKE[before] if before == after and before in ALIKE else "、".join(lacking) or "±0"
    )


@pytest.mark.parametrize(
    ("kind", "word", "english"),
    [("yes", "法律有变", "law changed"), ("with_note", "口径有变", "definition changed")],
)
def test_what_changed_between_two_years_is_said_wherever_they_are_compared(
    two: SmallSite, tmp_path: Path, kind: str, word: str, english: str
) -> None:
    """A note of either kind stands with the row, the difference, the sentences, and on the pages of the report and of the agency."""
    shutil.copytree(FORMATS, tmp_path / "formats")
    path = tmp_path / "formats/concepts.yaml"
    was, text = "  applications.received: {unit: 件, additive: true}", path.read_text("utf-8")
    assert was in text
    note = f"breaks: [{{from: 2023, comparable: {kind}, note: 一条注, note_en: A note.}}]"
    path.write_text(text.replace(was, f"{was[:-1]}, {note}}}"), "utf-8")
    two.formats = tmp_path / "formats"
    settings = two.root / "site.yaml"
    settings.write_text(settings.read_text("utf-8") + "languages: [zh-CN, en]\n", "utf-8")
    assert not two.build().blocked
    page = two.page(PAGE)
    assert f"新收21件，比上年多9件（+75.0%）；{word}，见注1" in words(page)
    assert line(page, "applications-total", "一、本年新收政府信息公开申请数量") == [
        "12",
        "21",
        f"+9（+75.0%）{word}，见注",
    ]
    marks = [
        mark["href"]
        for head in parsed(page).all("th[scope=row]")
        if head.without("sup").text == "一、本年新收政府信息公开申请数量"
        for mark in head.all("sup a")
    ]
    assert set(marks) == {"#note-1"}, "the note is the row's"
    assert '<li id="note-1">一条注</li>' in page
    for name, way in (("2023/", "../compare/2022-2023/"), ("", "compare/2022-2023/")):
        assert f'<a href="{way}index.html#notes-heading">{word}，见注</a>' in two.page(
            f"agencies/bureau/{name}index.html"
        ), name
    assert f"比上年多9件（2023年起{word}，见注）。" in words(two.page("agencies/bureau/index.html"))
    assert f"{english}, see note 1" in two.page(
        f"en/{PAGE}"
    ) and "counted otherwise" not in two.page(f"en/{PAGE}")


def test_a_gap_is_said_and_the_years_are_named(empty_site: SmallSite) -> None:
    intake(intake(intake(empty_site, 2021, 10), 2022, 12), 2025, 30)
    assert not empty_site.build().blocked
    page = words(empty_site.page("agencies/bureau/compare/2022-2025/index.html"))
    assert (
        "本站没有收录2023、2024年度的报告：这里的差是2025与2022年度之间的，不是一年的变化。" in page
    )
    assert "新收30件，比2022年度多18件（+150.0%）" in page and "比上年" not in page
    whole = empty_site.page("agencies/bureau/compare/index.html")
    assert 'href="2022-2025/index.html"' in whole and 'href="2021-2022/index.html"' in whole
    assert "+18" not in whole, "the small figures are differences from the year before"
    assert 'href="../compare/2022-2025/index.html"' in empty_site.page(
        "agencies/bureau/2025/index.html"
    )
    assert "compare/" not in empty_site.page("agencies/bureau/2021/index.html").replace(
        "../compare/index.html", ""
    )


def test_the_words_are_compared_safely_and_in_both_languages(two: SmallSite) -> None:
    settings = two.root / "site.yaml"
    settings.write_text(settings.read_text("utf-8") + "languages: [zh-CN, en]\n", "utf-8")
    two.write(
        NARRATIVE.replace("群众评议了一次", "群众 [评议](https://x.example/) 了**一次** a&b"),
        year=2022,
        name="narrative.md",
    )
    two.write(
        NARRATIVE.replace("群众评议了一次", "群众评议了两次 a&c").replace(
            "增加解读。", "增加解读。\n\n- 另写一项"
        ),
        name="narrative.md",
    )
    assert not two.build().blocked
    page = two.page(PAGE)
    revised = page[page.index('id="words-heading"') :]
    assert (
        "<del>" in revised
        and "<ins>" in revised
        and "</a>" not in revised[revised.index('class="revised"') : revised.index("</main>") - 400]
    )
    assert "群众［删去：］评议［删去：了一］［新增：了两］次a&［删去：b］［新增：c］" in words(
        revised
    )
    assert (
        '<span class="known" lang="zh-CN">［删去：</span>' in revised
        and "a&amp;" in revised
        and "**" not in revised
    )
    assert "x.example" not in page
    assert words(revised).count("两年的文字完全相同。") == 1 and "没有改动的 1 段" in revised
    assert '<ins><span class="known" lang="zh-CN">［新增：</span>另写一项' in revised
    english = two.page(f"en/{PAGE}")
    assert (
        '<span class="known" lang="en">[added: </span>另写一项' in english
        and "of the text is common to both years" in english
    )


def test_the_share_that_stayed_is_that_of_rule_y_06(two: SmallSite) -> None:
    text = "".join(map(chr, range(0x4E00, 0x4EC8)))
    for year, more in ((2022, "一"), (2023, "乙丙丁戊")):
        two.write(
            NARRATIVE.replace("公开的内容还不够丰富，", f"{text}{more}"),
            year=year,
            name="narrative.md",
        )
    two.build()
    shares = [
        re.findall(r"\d+%", one.message.source)[0]
        for one in two.findings()
        if one.rule == "Y-06" and "存在的主要问题" in one.message.source
    ]
    assert shares and shares != ["100%"] and f"文字重合度{shares[0]}。" in words(two.page(PAGE))


def test_a_corrected_figure_shows_both_values(two: SmallSite) -> None:
    two.append(
        "更正:\n  - {日期: 2023-03-01, 原因: 漏计一件, 改动: [{格: 新收.总计, 改前: 10, 改后: 11}]}\n"
        "  - {日期: 2023-02-01, 原因: '录入<有误', 改动: [{格: 新收.总计, 改前: 9, 改后: 10}, {格: 新收.自然人, 改前: '', 改后: 12}]}\n",
        year=2022,
    )
    two.append(
        "更正:\n  - {日期: 2023-03-02, 原因: 又漏计一件, 改动: [{格: 新收.总计, 改前: 11, 改后: 12}]}\n".replace(
            "更正:\n", ""
        ),
        year=2022,
    )
    assert not two.build().blocked
    for name in (PAGE, "agencies/bureau/compare/index.html"):
        page = two.page(name)
        assert "更正前 9</span>" in page and "更正前 空白</span>" in page
        said = [
            "2022年度：2023年2月1日更正，9改为10，原因是“录入<有误”。",
            "2022年度：2023年3月1日更正，10改为11，原因是“漏计一件”。",
        ]
        assert all(one in words(page) for one in said)
        assert words(page).index(said[0]) < words(page).index(said[1])


def test_what_was_handed_over_otherwise_shows_both_values_and_who_explains(two: SmallSite) -> None:
    two.row("上年结转", "[5, 0, 0, 0, 0, 0, 5]").row("结转下年度", "[5, 0, 0, 0, 0, 0, 5]")
    two.row("新收", "[16, 0, 0, 0, 0, 0, 16]", year=2022).row(
        "结转下年度", "[4, 0, 0, 0, 0, 0, 4]", year=2022
    )
    two.append(
        "说明:\n  - {规则: Y-01, 格: 上年结转.总计, 原因: 并入的机关带来一件, 责任人: 办公室}\n"
    )
    (two.root / "site.yaml").write_text(
        "title: x\npolicy: {error: banner, warning: banner}\n规则: {S-10: 关闭, S-11: 关闭, S-12: 关闭}\n",
        "utf-8",
    )
    assert not two.build().blocked
    page = two.page(PAGE)
    assert line(page, "applications-total", "二、上年结转政府信息公开申请数量")[1].endswith(
        "上年报告4"
    )
    said = words(page)
    assert (
        "2023年度的报告写上年结转·总计5，上一年度的报告写结转下年度·总计4。机关说明：“并入的机关带来一件”（办公室）"
        in said
    )
    assert (
        "2023年度的报告写上年结转·自然人5，上一年度的报告写结转下年度·自然人4。报告没有说明原因。"
        in said
    )
    assert "而上年度结转下年度4" not in said, (
        "the rule that compares the two says the same, and says it on the report's page"
    )


@pytest.mark.parametrize(
    ("left", "taken", "short", "sentence"),
    [
        (
            "4",
            '""',
            "按上年报告4",
            "2023年度的报告写上年结转·总计空白，上一年度的报告写结转下年度·总计4。",
        ),
        (
            '""',
            "4",
            "按上年报告空白",
            "2023年度的报告写上年结转·总计4，上一年度的报告写结转下年度·总计空白。",
        ),
        (
            "4",
            "/",
            "按上年报告4",
            "2023年度的报告写上年结转·总计不适用，上一年度的报告写结转下年度·总计4。",
        ),
        ('""', '""', "", ""),
        ("0", '""', "", ""),
        ("4", "无法辨认", "", ""),
    ],
)
def test_a_blank_that_was_handed_over_is_told_as_one(
    two: SmallSite, left: str, taken: str, short: str, sentence: str
) -> None:
    """Blank is not 0; and of what cannot be read nobody can tell whether it is another figure."""
    two.row("结转下年度", f"[0, 0, 0, 0, 0, 0, {left}]", year=2022).row(
        "上年结转", f"[0, 0, 0, 0, 0, 0, {taken}]"
    )
    (two.root / "site.yaml").write_text(
        "title: x\npolicy: {error: banner, warning: banner}\n规则: {S-10: 关闭}\n", "utf-8"
    )
    assert not two.build().blocked
    for name in (PAGE, "agencies/bureau/compare/index.html"):
        said = words(two.page(name))
        assert (short in said and sentence in said) if short else "按上年报告" not in said


def test_a_blank_before_a_correction_is_told_in_the_language_of_the_page(two: SmallSite) -> None:
    settings = two.root / "site.yaml"
    settings.write_text(settings.read_text("utf-8") + "languages: [zh-CN, en]\n", "utf-8")
    two.append(
        "更正:\n  - {日期: 2023-03-01, 原因: 漏填, 改动: [{格: 新收.总计, 改前: 空白, 改后: 12}]}\n",
        year=2022,
    )
    assert not two.build().blocked
    assert "更正前 空白</span>" in two.page(PAGE) and "空白改为12，原因是“漏填”。" in words(
        two.page(PAGE)
    )
    english = two.page(f"en/{PAGE}")
    assert "blank before correction</span>" in english and "空白" not in english


def test_one_changed_cell_remakes_the_pages_of_its_two_neighbours_alone(
    empty_site: SmallSite,
) -> None:
    for year in (2021, 2022, 2023, 2024, 2025):
        intake(empty_site, year, 12)
    empty_site.build()
    empty_site.row("行政许可", "{处理决定: 5}", year=2022)
    made = {path for path in empty_site.build().made if "/compare/" in path}
    assert made == {
        f"agencies/bureau/compare/{part}index.html" for part in ("", "2021-2022/", "2022-2023/")
    }
    intake(empty_site, 2026, 12)
    made = {path for path in empty_site.build().made if "/compare/" in path}
    assert made == {
        f"agencies/bureau/compare/{part}index.html" for part in ("", "2024-2025/", "2025-2026/")
    }, "2024-2025 leads on"


def test_former_addresses_of_two_years_lead_to_the_present_one(two: SmallSite) -> None:
    about(two, "bureau", "曾用网址: [old]\n")
    two.build()
    assert 'href="../../../bureau/compare/2022-2023/index.html"' in two.page(
        "agencies/old/compare/2022-2023/index.html"
    )


REFORM = "沿革:\n  - {日期: 2023-03-01, 类型: %s, 机关: [%s], 说明: 机构改革方案}\n"


@pytest.mark.parametrize(
    ("kind", "own", "others"),
    [
        (
            "合并",
            "2023年3月1日，由测试other局、老某局合并组成。（机构改革方案）",
            "2023年3月1日，并入测试bureau局。（机构改革方案）",
        ),
        (
            "并入",
            "2023年3月1日，并入测试other局、老某局。",
            "2023年3月1日，由测试bureau局合并组成。",
        ),
        (
            "分设自",
            "2023年3月1日，从测试other局、老某局分设。",
            "2023年3月1日，拆分为测试bureau局。",
        ),
        ("拆分", "2023年3月1日，拆分为测试other局、老某局。", "2023年3月1日，从测试bureau局分设。"),
        (
            "划入",
            "2023年3月1日，承接测试other局、老某局划来的职责。",
            "2023年3月1日，部分职责划给测试bureau局。",
        ),
        (
            "划转",
            "2023年3月1日，部分职责划给测试other局、老某局。",
            "2023年3月1日，承接测试bureau局划来的职责。",
        ),
        (
            "设立",
            "2023年3月1日设立，职责来自测试other局、老某局。",
            "2023年3月1日，部分职责划给测试bureau局。",
        ),
        (
            "撤销",
            "2023年3月1日撤销，职责由测试other局、老某局承接。",
            "2023年3月1日，承接测试bureau局划来的职责。",
        ),
    ],
)
def test_what_became_of_a_body_is_written_once_and_said_on_both_sides(
    two: SmallSite, kind: str, own: str, others: str
) -> None:
    intake(intake(two, 2022, 3, "other"), 2023, 4, "other")
    about(two, "bureau", REFORM % (kind, "other, 老某局"))
    assert not two.build().blocked
    for name in ("", "compare/", "compare/2022-2023/"):
        page, back = (two.page(f"agencies/{slug}/{name}index.html") for slug in ("bureau", "other"))
        assert own in words(page) and 'other/index.html">测试other局</a>' in page, name
        assert others in words(back) and 'bureau/index.html">测试bureau局</a>' in back, name


def test_an_event_that_both_sides_tell_is_said_once(two: SmallSite) -> None:
    intake(two, 2023, 4, "other")
    about(two, "bureau", REFORM % ("合并组成", "other"))
    about(two, "other", REFORM % ("并入", "bureau"))
    two.build()
    assert words(two.page("agencies/other/index.html")).count("并入测试bureau局") == 1


def test_a_break_of_the_chain_says_that_the_body_changed_meanwhile(two: SmallSite) -> None:
    two.row("上年结转", "[3, 0, 0, 0, 0, 0, 3]").row("结转下年度", "[3, 0, 0, 0, 0, 0, 3]")
    two.append("说明:\n  - {规则: Y-01, 原因: 并入的机关带来三件, 责任人: 办公室}\n")
    two.build()
    assert "机构有变动" not in two.page("agencies/bureau/index.html")
    about(two, "bureau", REFORM % ("合并组成", "老某局"))
    two.build()
    assert "（办公室）这期间机构有变动（2023年3月1日，见上）。" in words(
        two.page("agencies/bureau/index.html")
    )


def test_a_body_that_is_renamed_or_told_of_remakes_the_pages_that_name_it(two: SmallSite) -> None:
    intake(two, 2023, 4, "other")
    about(two, "bureau", REFORM % ("合并组成", "other"))
    two.build()
    path = two.root / "content/agencies/other/agency.yaml"
    path.write_text(path.read_text("utf-8").replace("测试other局", "新名局"), "utf-8")
    assert {"agencies/bureau/index.html", PAGE, "agencies/bureau/compare/index.html"} <= set(
        two.build().made
    )
    assert "由新名局合并组成" in words(two.page(PAGE))


# ---- Who belongs to a government ----

MOVE = "历任上级:\n  - {上级: %s, 至: 2023-06-30}\n  - {上级: %s, 自: 2023-07-01}\n"


def moved(site: SmallSite, *slugs: str) -> SmallSite:
    """Two governments with reports of two years, and bodies that move from one to the other between them."""
    for slug in ("gained", "lost"):
        intake(intake(site, 2022, 4, slug), 2023, 4, slug)
        path = site.root / f"content/agencies/{slug}/agency.yaml"
        path.write_text(path.read_text("utf-8").replace("工作部门", "政府"), "utf-8")
    for slug in slugs:
        intake(site, 2023, 4, slug)
        about(site, slug, MOVE % ("lost", "gained"))
    return site


def test_a_government_tells_who_came_and_who_left(empty_site: SmallSite) -> None:
    moved(empty_site, "one", "two").build()
    for slug, word in (("gained", "增加"), ("lost", "减少")):
        said = f"2023年7月1日起，所属机关{word}测试one局、测试two局，汇总范围随之变化。"
        for name in ("", "compare/", "compare/2022-2023/"):
            page = empty_site.page(f"agencies/{slug}/{name}index.html")
            assert words(page).count(said) == 1 and 'one/index.html">测试one局</a>' in page, (
                slug,
                name,
            )


def test_of_many_a_few_are_named(empty_site: SmallSite) -> None:
    moved(empty_site, *(f"b{number}" for number in range(5))).build()
    said = words(empty_site.page("agencies/gained/index.html"))
    assert "所属机关增加测试b0局、测试b1局、测试b2局等5个，汇总范围随之变化。" in said


def test_a_member_that_moves_remakes_the_pages_of_both(empty_site: SmallSite) -> None:
    moved(empty_site, "one", "two").build()
    path = empty_site.root / "content/agencies/two/agency.yaml"
    path.write_text(
        path.read_text("utf-8")
        .replace("2023-06-30", "2023-08-31")
        .replace("2023-07-01", "2023-09-01"),
        "utf-8",
    )
    made = set(empty_site.build().made)
    for slug in ("gained", "lost"):
        assert {
            f"agencies/{slug}/{name}index.html" for name in ("", "compare/", "compare/2022-2023/")
        } <= made
    assert "2023年9月1日起，所属机关增加测试two局" in words(
        empty_site.page("agencies/gained/index.html")
    )
    assert not {"agencies/one/index.html", "agencies/one/2023/index.html"} & made


def test_the_chain_and_the_history_say_a_thing_once(empty_site: SmallSite) -> None:
    for year in (2022, 2023):
        intake(empty_site, year, 4)
    about(
        empty_site,
        "bureau",
        "沿革:\n  - {日期: 2021-03-01, 类型: 设立}\n  - {日期: 2023-03-01, 类型: 划入, 机关: [老某局]}\n",
    )
    empty_site.build()
    page = words(empty_site.page("agencies/bureau/index.html"))
    assert (
        page.count("承接老某局划来的职责") == page.count("2021年3月1日设立。") == 1
        and "沿革（其余的见结转链）" in page
    )
    about(empty_site, "bureau", "")
    path = empty_site.root / "content/agencies/bureau/agency.yaml"
    path.write_text(
        path.read_text("utf-8").replace("  - {日期: 2021-03-01, 类型: 设立}\n", ""), "utf-8"
    )
    empty_site.build()
    page = words(empty_site.page("agencies/bureau/index.html"))
    assert page.count("承接老某局划来的职责") == 1 and "沿革" not in page, (
        "the chain has told it all"
    )


@pytest.mark.parametrize(
    ("event", "rule", "said"),
    [
        ("{类型: 撤销}", "C-05", "“日期”和“类型”"),
        ("{日期: 2023-03-01}", "C-05", "“日期”和“类型”"),
        ("{日期: 2023-03-01, 类型: 并入}", "C-05", "“机关”"),
        ("{日期: 2023-02-30, 类型: 撤销}", "C-04", "日期"),
        ("{日期: 2023-03-01, 类型: 改名, 机关: [甲局]}", "C-04", "合并组成"),
        ("{日期: 2023-03-01, 类型: 并入, 机关: [nowhere]}", "C-04", "不在本站"),
        ("{日期: 2023-03-01, 类型: 并入, 机关: [bureau]}", "C-04", "自己"),
        ("{日期: 2023-03-01, 类型: 撤销, 备注: x}", "C-03", "备注"),
        ("撤销", "C-04", "名称: 内容"),
    ],
)
def test_a_malformed_event_is_a_finding(site: SmallSite, event: str, rule: str, said: str) -> None:
    about(site, "bureau", f"沿革:\n  - {event}\n")
    found = [one for one in site.findings() if one.rule == rule]
    assert (
        found
        and said in found[0].message.source
        and found[0].at.path == "content/agencies/bureau/agency.yaml"
    )


def test_events_survive_being_packed(site: SmallSite) -> None:
    from generator.model.packed import pack_agency, unpack_agency

    about(site, "bureau", REFORM % ("合并组成", "甲局, 乙局"))
    agency = site.inspect().site.agencies["bureau"]
    assert agency.events and unpack_agency(pack_agency(agency)) == agency


def test_the_sample_has_a_page_for_each_two_years(sample: Path) -> None:
    for prefix in ("", "en/"):
        pages = sorted(
            path.parent.name
            for path in (sample / prefix / "agencies/pingtan-zone/compare").glob("*/index.html")
        )
        assert pages == [f"{year}-{year + 1}" for year in range(2019, 2025)]


def test_a_note_sends_readers_to_the_report_only_where_it_says_more(sample: Path) -> None:
    """Y-02 is explained under the report's table; Y-09, an observation that nobody explained, stands nowhere else."""
    said = words((sample / "agencies/pingtan-zone/compare/2023-2024/index.html").read_text("utf-8"))
    assert "相差59，见该年度报告表后的说明。" in said
    assert "总计0，应不小于上年度尚未审结1，相差1。" in said


def test_every_note_is_one_that_a_figure_points_to(sample: Path) -> None:
    found = {}
    for path in (sample / "agencies/pingtan-zone/compare").rglob("index.html"):
        page = parsed(path.read_text("utf-8"))
        found[path.parent.name] = {part["id"] for part in page.all("li[id^=note-]")}
        pointed = {part["href"].removeprefix("#") for part in page.all("a[href^=#note-]")}
        assert found[path.parent.name] == pointed, path
    assert found["2020-2021"] and not found["2021-2022"]


def test_sentences_and_comparisons_have_a_minus_where_the_statutory_table_has_the_reports_own_sign(
    sample: Path,
) -> None:
    pages = {
        path: parsed(path.read_text("utf-8"))
        for path in sample.rglob("index.html")
        if "compare" in path.parts or "quality" in path.parts
    }
    hyphen = re.compile(r"^\s*-\d|\d - \D* \d")
    assert [path for path, page in pages.items() if any(map(hyphen.search, page.pieces))] == []
    page = (sample / "agencies/pingtan-zone/compare/2019-2020/index.html").read_text("utf-8")
    assert ">−18<" in page and ">-18<" in (
        sample / "agencies/pingtan-zone/2020/index.html"
    ).read_text("utf-8")
    assert "698 + 制发 77 − 废止 132 = 643" in (
        sample / "agencies/pingtan-zone/2023/index.html"
    ).read_text("utf-8")
    assert ",-18," in (sample / "agencies/pingtan-zone/2020/tables.csv").read_text("utf-8")
