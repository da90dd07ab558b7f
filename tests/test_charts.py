"""Charts and the carry-over chain: round axes, true words, every number the report's own, and nothing joined that does not belong."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from generator.derive.years.chain import chain
from generator.derive.years.charts import charts
from generator.derive.years.plot import WIDTH, Column, Post, breadth, plot, scale
from generator.derive.years.series import Point
from generator.derive.years.trend import Trend, foremost, in_words
from generator.inspection import FORMATS, Inspection, read_law
from generator.language.sentence import as_text
from generator.language.speech import speech
from generator.load.stated import FormatDefect
from generator.model.chain import Chain, Joint
from generator.model.chart import Chart, Plot
from generator.model.comparison import Comparability, Verdict
from generator.model.figure import Figure, Number, State
from generator.model.format import Break, Comparable
from generator.model.law import Law
from tests.conftest import SmallSite
from tests.reading import parsed

ZONE = "pingtan-zone"


def drawn(inspection: Inspection, slug: str) -> dict[str, Chart]:
    return {one.id: one for one in charts(inspection.site, inspection.site.of(slug))}


def chained(site: SmallSite, slug: str = "bureau") -> Chain:
    inspection = site.inspect()
    found = {
        year: [one for one in inspection.findings if (one.agency, one.year) == (slug, year)]
        for _, year in inspection.site.reports
    }
    made = chain(inspection.site, inspection.site.agencies[slug], found)
    assert made is not None
    return made


def intake(site: SmallSite, year: int, figure: str, slug: str = "bureau") -> SmallSite:
    """So many applications from natural persons, all answered."""
    site.add(slug, year)
    for row in ("新收", "予以公开", "办结"):
        site.row(row, f"[{figure}, 0, 0, 0, 0, 0, {figure}]", slug, year)
    return site


@pytest.mark.parametrize(
    ("largest", "numbers"),
    [
        (1, (0, 1)),
        (4, (0, 1, 2, 3, 4)),
        (5, (0, 2, 4, 6)),
        (9, (0, 5, 10)),
        (36, (0, 10, 20, 30, 40)),
        (218, (0, 100, 200, 300)),
        (400, (0, 100, 200, 300, 400)),
        (10_000_000, (0, 5_000_000, 10_000_000)),
        (Decimal("2.5"), (0, 1, 2, 3)),
    ],
)
def test_an_axis_has_round_numbers(largest: Number, numbers: tuple[int, ...]) -> None:
    assert scale(largest) == numbers


def line(
    *values: int | None, redefined: int = 0, noted: tuple[int, Comparable] | None = None
) -> Trend:
    """A figure of 2019 and the years after it; None is a year without a report. It means something else from `redefined` on, and from
    the year of `noted` on there is a note."""
    points = [
        None if value is None else Point(2019 + index, Figure(State.NUMBER, value))
        for index, value in enumerate(values)
    ]
    verdicts = {point.year: Verdict(Comparability.SAME) for point in points[1:] if point}
    if redefined:
        verdicts[redefined] = Verdict(
            Comparability.NOT, (Break(redefined, Comparable.NO, as_text("别的意思")),)
        )
    if noted:
        verdicts[noted[0]] = Verdict(Comparability.NOTED, (Break(*noted, as_text("一条注")),))
    return Trend("新收", "件", tuple(range(2019, 2019 + len(values))), tuple(points), verdicts)


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        (
            line(23, 218, 154),
            "2021 年新收 154 件，比上年少 64 件；2019 年以来最多的是 2020 年的 218 件。",
        ),
        (line(23, 21, 70), "2021 年新收 70 件，比上年多 49 件；为 2019 年以来最多。"),
        (
            line(5, 2, 5),
            "2021 年新收 5 件，比上年多 3 件；2019 年以来最多的是 2019、2021 年的 5 件。",
        ),
        (line(5, 5), "2020 年新收 5 件，与上年相同。"),
        (line(7, 7, 7), "2021 年新收 7 件，与上年相同。"),
        (line(0, 0, 0), "2019—2021 年新收均为 0。"),
        (line(0, None, 0), "2019—2021 年有数字的各年中，新收均为 0。"),
        (line(9, None, 3), "2021 年新收 3 件。"),
        (
            line(9, None, 3, 4),
            "2022 年新收 4 件，比上年多 1 件；2019 年以来有数字的各年中，最多的是 2019 年的 9 件。",
        ),
        (
            line(90, 1, 2, 3, redefined=2020),
            "2022 年新收 3 件，比上年多 1 件；为 2020 年以来最多。",
        ),
        (line(90, 3, redefined=2020), "2020 年新收 3 件。"),
        (
            line(9, 1, 2, 3, noted=(2020, Comparable.YES)),
            "2022 年新收 3 件，比上年多 1 件；2019 年以来最多的是 2019 年的 9 件（2020 年起法律有变，见注）。",
        ),
        (
            line(2, 2, noted=(2020, Comparable.WITH_NOTE)),
            "2020 年新收 2 件，与上年相同（2020 年起口径有变，见注）。",
        ),
        (line(2, 2, 2, noted=(2020, Comparable.YES)), "2021 年新收 2 件，与上年相同。"),
        (line(9, None, 3, noted=(2021, Comparable.YES)), "2021 年新收 3 件。"),
    ],
)
def test_what_a_line_of_figures_says(figures: Trend, said: str) -> None:
    assert in_words(speech("zh-CN"), figures) == said


def test_the_largest_parts_are_told_each() -> None:
    one, other, none = (
        replace(line(0, value), name=name)
        for name, value in (("予以公开", 1), ("不予处理", 1), ("无法提供", 0))
    )
    assert (
        foremost(speech("zh-CN"), (one, other, none)) == "其中最多的是予以公开、不予处理，各 1 件。"
    )
    assert foremost(speech("zh-CN"), (one, none)) == "其中最多的是予以公开，1 件。"
    assert foremost(speech("zh-CN"), (none,)) == ""


def boxes(picture: Plot, role: str) -> Iterator[tuple[int, int, int, int]]:
    for label in picture.labels:
        if label.role == role:
            yield (
                label.x - breadth(label.text) // 2,
                label.y - 16,
                label.x + breadth(label.text) // 2,
                label.y,
            )


@pytest.mark.parametrize("years", range(2, 26))
@pytest.mark.parametrize("size", [1, 97, 10_000_000])
def test_from_two_years_to_twenty_five_nothing_runs_into_another(years: int, size: int) -> None:
    values = [size * (index * 7 % 10 + 1) // 10 for index in range(years)]
    columns = [
        Column(
            2019 + index,
            (Post(((0, value),), str(value)), Post(((1, value // 2),), str(value // 2))),
        )
        for index, value in enumerate(values)
    ]
    picture = plot(columns)
    for role in ("value", "year"):
        placed = sorted(boxes(picture, role))
        assert placed, role
        assert all(left >= 0 and right <= WIDTH + 1 for left, _, right, _ in placed)
        for index, one in enumerate(placed):
            for other in placed[index + 1 :]:
                assert one[2] <= other[0] or one[3] <= other[1] or other[3] <= one[1], (one, other)
    last = [label.text for label in picture.labels if label.role == "year"][-1]
    assert last == str(2018 + years), "the newest year is always named"
    assert all(bar.height > 0 and bar.width > 1 for bar in picture.bars)


def test_a_bar_is_as_high_as_its_number_and_the_faintest_is_seen() -> None:
    picture = plot(
        [
            Column(2022, (Post(((0, 10_000_000),), ""),)),
            Column(2023, (Post(((0, 1),), ""),)),
            Column(2024, (Post(((0, 0),), "0"),)),
        ]
    )
    high, low = picture.bars
    assert (high.height, low.height) == (240, 3)
    assert [(line.y, line.width) for line in picture.zeros] == [(high.y + 240, high.width)], (
        "0 is a line on the axis, no bar"
    )


def test_every_number_of_the_samples_charts_is_the_reports_own(
    sample_inspection: Inspection,
) -> None:
    site = sample_inspection.site
    plans = {one.id: one for one in site.law.charts}
    seen = 0
    for slug in site.agencies:
        for one in charts(site, site.of(slug)):
            plan = plans[one.id]
            named = (*plan.series, *((plan.total,) if plan.total else ()))
            for report, row in zip(site.of(slug), one.rows, strict=True):
                assert row.year == report.year
                for name, cell in zip(named, row.cells, strict=True):
                    concept = site.law.concept(name.key)
                    assert concept is not None
                    parts = [
                        key
                        for part in concept.sums
                        if (key := part + name.key.removeprefix(concept.id))
                        in report.format.by_concept
                    ]
                    keys = [name.key] if name.key in report.format.by_concept else parts
                    assert cell == str(
                        sum(
                            report.figures[report.format.by_concept[key]].value or 0 for key in keys
                        )
                    ), (name.key, row.year)
                    seen += 1
    assert seen == 7 * (1 + 7 + 2 + 2)


def test_the_zones_charts(sample_inspection: Inspection) -> None:
    found = drawn(sample_inspection, ZONE)
    assert list(found) == ["intake", "outcomes", "carried-over", "reviews"]
    assert (
        found["intake"].finding
        == "2025 年新收 154 件，比上年少 64 件；2019 年以来最多的是 2024 年的 218 件。"
    )
    assert found["outcomes"].finding.endswith("其中最多的是无法提供，53 件。")
    picture = found["intake"].plot
    assert picture is not None
    assert [label.text for label in picture.labels if label.role == "value"] == [
        "23",
        "21",
        "70",
        "74",
        "81",
        "218",
        "154",
    ]


def test_the_change_of_form_is_a_boundary_with_its_words(sample_inspection: Inspection) -> None:
    for one in drawn(sample_inspection, ZONE).values():
        assert one.plot is not None
        words = [label for label in one.plot.labels if label.role == "boundary"]
        years = {label.text: label.x for label in one.plot.labels if label.role == "year"}
        assert words[0].text == "2021 年起用新格式" and len(one.plot.boundaries) == len(words)
        assert years["2020"] < one.plot.boundaries[0].x < years["2021"]
        assert next(row.year for row in one.rows if row.boundary) == 2021
        assert "2021 年度起使用新的法定格式。" in one.description


def test_what_may_have_shifted_is_noted_where_the_site_wants_it(
    sample_inspection: Inspection, empty_site: SmallSite
) -> None:
    reviews = drawn(sample_inspection, ZONE)["reviews"]
    assert any("行政复议法" in note for note in reviews.notes) and [
        row.year for row in reviews.rows if row.boundary
    ] == [2021, 2024]
    intake(intake(empty_site, 2023, "3"), 2024, "2")
    assert not any(
        row.boundary for one in drawn(empty_site.inspect(), "bureau").values() for row in one.rows
    )


def test_two_shifts_of_one_year_are_both_named(sample_inspection: Inspection) -> None:
    site = sample_inspection.site
    law = site.law
    [plan] = [plan for plan in law.charts if plan.id == "reviews"]
    key = law.concept(plan.series[0].key)
    assert key is not None
    shifts = (
        Break(2023, Comparable.YES, as_text("法律")),
        Break(2023, Comparable.WITH_NOTE, as_text("口径")),
    )
    concepts = {**law.concepts, key.id: replace(key, breaks=shifts)}
    changed = replace(site, law=replace(law, concepts=concepts))
    [chart] = [one for one in charts(changed, changed.of(ZONE)) if one.id == "reviews"]
    assert chart.plot is not None
    texts = "".join(label.text for label in chart.plot.labels)
    assert "2023 年起口径有变、2023 年起法律有变" in texts


def test_a_sum_that_the_report_does_not_print_is_starred(sample_inspection: Inspection) -> None:
    outcomes = drawn(sample_inspection, ZONE)["outcomes"]
    assert outcomes.plot is not None
    assert "27*" in {label.text for label in outcomes.plot.labels}
    assert "* 2020 年度各项相加为 27 件，报告中的办结为 21 件。" in outcomes.notes


def test_a_year_without_a_report_is_a_gap(empty_site: SmallSite) -> None:
    for year, figure in ((2021, "4"), (2022, "6"), (2024, "5")):
        intake(empty_site, year, figure)
    one = drawn(empty_site.inspect(), "bureau")["intake"]
    assert [(row.year, row.cells) for row in one.rows] == [
        (2021, ("4",)),
        (2022, ("6",)),
        (2023, ("未收录",)),
        (2024, ("5",)),
    ]
    assert one.plot is not None and len(one.plot.bars) == 3
    assert [label.text for label in one.plot.labels if label.role == "missing"] == ["未收录"]
    assert one.finding == "2024 年新收 5 件；2021 年以来有数字的各年中，最多的是 2022 年的 6 件。"
    assert "本站没有收录 2023 年度的报告，图中留空。" in one.notes
    joints = chained(empty_site).years
    assert [year.joint for year in joints] == [Joint.FIRST, Joint.HOLDS, Joint.GAP]
    assert (
        joints[2].breaks[0].sentence
        == "本站没有收录 2023 年度的报告，2024 年度的上年结转无从对照。"
    )


def test_a_figure_that_cannot_be_read_is_a_word_and_no_bar(empty_site: SmallSite) -> None:
    intake(intake(intake(empty_site, 2021, "4"), 2022, "无法辨认"), 2023, "6")
    empty_site.row("结转下年度", "[无法辨认, 0, 0, 0, 0, 0, 无法辨认]", year=2021)
    found = drawn(empty_site.inspect(), "bureau")
    one = found["intake"]
    assert one.rows[1].cells == ("无法辨认",) and "新收：2022 年度的原表无法辨认。" in one.notes
    assert one.plot is not None and len(one.plot.bars) == 2
    assert "无法辨认" in {label.text for label in one.plot.labels}
    assert one.finding == "2023 年新收 6 件。", "the unreadable year is not taken for 0"
    stacked = found["outcomes"].plot
    assert stacked is not None and "？" in {label.text for label in stacked.labels}
    made = chained(empty_site)
    assert [year.joint for year in made.years] == [Joint.FIRST, Joint.UNKNOWN, Joint.HOLDS]
    assert made.finding.endswith("2021—2023 年度逐年与上一年对照：1 年相符、1 年无法判断。")
    assert "2021 年度的结转下年度在原表中无法辨认，无法核对。" in {
        one.sentence for one in made.years[1].breaks
    }


def test_bodies_of_one_year_have_neither(sample: Path, sample_inspection: Inspection) -> None:
    site = sample_inspection.site
    for slug in site.agencies:
        if len(site.of(slug)) == 1:
            assert (
                charts(site, site.of(slug)) == () and chain(site, site.agencies[slug], {}) is None
            )
            page = (sample / f"agencies/{slug}/index.html").read_text("utf-8")
            assert "charts-heading" not in page and "chain-heading" not in page


def test_where_nothing_happened_a_sentence_says_so_and_nothing_is_drawn(
    empty_site: SmallSite,
) -> None:
    empty_site.add("bureau", 2022).add("bureau", 2023)
    found = drawn(empty_site.inspect(), "bureau")
    assert all(one.plot is None for one in found.values())
    assert found["intake"].finding == "2022—2023 年新收均为 0。"


def test_the_zones_chain_holds(sample_inspection: Inspection) -> None:
    made = chain(sample_inspection.site, sample_inspection.site.agencies[ZONE], {})
    assert made is not None
    assert made.columns == ("上年结转", "新收", "办结", "结转下年度")
    assert made.finding.endswith("。2019—2025 年度，每一年的上年结转都等于上一年的结转下年度。")
    assert [year.joint for year in made.years] == [Joint.FIRST, *[Joint.HOLDS] * 6]
    assert [(year.year, *year.figures) for year in made.years[2:4]] == [
        (2021, "0", "70", "69", "1"),
        (2022, "1", "74", "75", "0"),
    ]
    assert not any(year.breaks or year.events for year in made.years)


def test_a_difference_is_said_with_the_agencys_reason(empty_site: SmallSite) -> None:
    intake(intake(empty_site, 2022, "4"), 2023, "6")
    empty_site.row("上年结转", "[3, 0, 0, 0, 0, 0, 3]").row("结转下年度", "[3, 0, 0, 0, 0, 0, 3]")
    empty_site.append('说明:\n  - {规则: Y-01, 原因: "并入的机关<b>带来 3 件", 责任人: 办公室}\n')
    year = chained(empty_site).years[1]
    assert (year.joint, year.word) == (Joint.DIFFERS, "相差 3")
    [broken] = year.breaks
    assert (
        broken.sentence == "2023 年度的上年结转是 3 件，2022 年度的结转下年度是 0 件，相差 3 件。"
    )
    assert (broken.reason, broken.person) == ("并入的机关<b>带来 3 件", "办公室")
    empty_site.build()
    assert "<q>并入的机关&lt;b&gt;带来 3 件</q>（办公室）" in empty_site.page(
        "agencies/bureau/index.html"
    )


def test_a_year_that_does_not_add_up_says_so(empty_site: SmallSite) -> None:
    intake(intake(empty_site, 2022, "4"), 2023, "6").row("新收", "[8, 0, 0, 0, 0, 0, 8]")
    year = chained(empty_site).years[1]
    assert year.joint is Joint.HOLDS
    assert [one.sentence for one in year.breaks] == [
        "2023 年度的上年结转与新收之和是 8 件，办结与结转下年度之和是 6 件，相差 2 件。"
    ]


def test_a_new_name_or_parent_stands_between_the_years_and_is_escaped(
    empty_site: SmallSite,
) -> None:
    for year in (2021, 2022, 2023):
        intake(empty_site, year, "1")
    intake(empty_site, 2023, "1", "city")
    (empty_site.root / "content/agencies/bureau/agency.yaml").write_text(
        "名称: 新名<b>\n历任名称: [{名称: 老名&局, 至: 2022-06-30}]\n上级: city\n历任上级: [{上级: gone, 至: 2021-03-31}]\n"
        "类型: 工作部门\n层级: 县级\n",
        "utf-8",
    )
    told = [
        ["".join(part.text for part in event) for event in year.events]
        for year in chained(empty_site).years
    ]
    assert told == [[], ["2022 年 7 月 1 日起，名称由“老名&局”改为“新名<b>”。"], []], (
        "what changed before the first report is over"
    )
    empty_site.build()
    page = empty_site.page("agencies/bureau/index.html")
    assert "名称由“老名&amp;局”改为“新名&lt;b&gt;”" in page and "<b>" not in page


def test_a_chart_is_named_and_described_and_no_id_comes_twice(sample: Path) -> None:
    page = (sample / f"agencies/{ZONE}/index.html").read_text("utf-8")
    whole = parsed(page)
    ids = [part["id"] for part in whole.all("[id]")]
    assert len(ids) == len(set(ids))
    pictures = whole.all("svg.plot")
    assert len(pictures) == 4
    for picture in pictures:
        assert picture.one(f"title[id={picture['aria-labelledby']}]").text
        assert picture.one(f"desc[id={picture['aria-describedby']}]").text
        assert picture["role"] == "img"
    assert (
        '<desc id="chart-intake-desc">2025 年新收 154 件，比上年少 64 件；2019 年以来最多的是 2024 年的 218 件。'
        in page
    )
    for part in whole.all("svg *"):
        for value in part.node.attrib.values():
            if value.startswith("url(#"):
                assert value.removeprefix("url(#").rstrip(")") in ids
    assert page.count("<details>") >= 4 and " style=" not in page


def test_the_new_sums_change_nothing_of_the_comparison(law: Law) -> None:
    sums = [key for key, concept in law.concepts.items() if concept.sums]
    assert len(sums) == 5
    for form in law.formats:
        for key in ("applications.refused", "applications.unable", "applications.not_processed"):
            rows = {
                cell.concept.rpartition(".")[0]
                for cell in form.cells.values()
                if cell.concept.startswith(f"{key}.")
            }
            concept = law.concepts[key]
            # A row that a newer form brings is `added` to the sum.
            addends = set(concept.sums) | (set(concept.added) & rows)
            assert addends == rows, "every row of the group, and nothing else"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "key: applications.received.total, zh: 新收}",
            "key: applications.recieved.total, zh: 新收}",
            "no form prints",
        ),
        ("id: reviews", "id: intake", "intake is there already"),
        ("key: review.litigation.total", "key: proactive.fees.amount", "several units"),
        (
            "key: applications.received.total, zh: 新收}",
            "key: proactive.licences.items_change, zh: 新收}",
            "negative",
        ),
        ("closing: {key", "clsing: {key", "did you mean `closing`"),
    ],
)
def test_a_law_whose_charts_contradict_it_is_refused(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    shutil.copytree(FORMATS, tmp_path / "formats")
    path = tmp_path / "formats/concepts.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(FormatDefect, match=said):
        read_law(tmp_path / "formats")


def test_on_a_phone_no_text_of_a_chart_is_smaller_than_11_pixels(
    browser: Browser, sample: Path
) -> None:
    for width in (360, 390):
        page = browser.new_page(viewport={"width": width, "height": 844})
        page.goto(f"file://{sample}/agencies/{ZONE}/index.html")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        sizes = page.evaluate("""[...document.querySelectorAll('svg.plot text')]
          .map(one => parseFloat(getComputedStyle(one).fontSize) * one.getScreenCTM().a)""")
        assert sizes and min(sizes) >= 11
        outside = page.evaluate("""[...document.querySelectorAll('svg.plot text')].filter(one => {
          const [text, picture] = [one.getBoundingClientRect(), one.closest('svg').getBoundingClientRect()]
          return text.left < picture.left - 1 || text.right > picture.right + 1 }).map(one => one.textContent)""")
        assert outside == []
        page.close()


def test_another_language_has_its_own_names(sample_inspection: Inspection) -> None:
    site = sample_inspection.site
    foreign = replace(site, settings=replace(site.settings, language="en"))
    found = {one.id: one for one in charts(foreign, foreign.of(ZONE))}
    assert found["outcomes"].title == "Outcomes" and found["outcomes"].columns[2] == "Refused"
    made = chain(foreign, foreign.agencies[ZONE], {})
    assert made is not None and made.columns == (
        "Brought forward",
        "Received",
        "Concluded",
        "Carried forward",
    )
