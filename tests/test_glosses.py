"""The law's words in English: every one has a gloss, none of them is a name, and only a page in another language prints them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from generator.derive.tables import grid
from generator.inspection import FORMATS, read_law
from generator.language import labels, references
from generator.language.speech import ENGLISH, SOURCE, STYLES
from generator.load.stated import FormatDefect
from generator.model.figure import BLANK
from generator.model.finding import Text
from generator.model.format import Format, Heading, Table
from generator.model.law import Law
from generator.model.table import Grid, Kind
from generator.model.theme import Layer, Theme
from generator.render.html import Templates
from tests.conftest import ROOT, SmallSite, with_third_form

CHINESE = re.compile("[\u3000-\u9fff\uff00-\uffef]")
NUMBERED = re.compile(r"^(?:\([0-9a-z]\)|[0-9]+[.)]|[ivx]+\.)")


def english(text: Text) -> str:
    """What a text is in English; empty where it has none."""
    return text.say(ENGLISH) if ENGLISH in text.languages else ""


def headings(these: tuple[Heading, ...]) -> Iterator[Heading]:
    """The headings of a tree, those that group included."""
    for heading in these:
        yield heading
        yield from headings(heading.children)


def of_table(table: Table) -> Iterator[tuple[str, str]]:
    """(what the law prints, its gloss) for everything in a table."""
    yield table.label, english(table.gloss)
    for block in table.blocks:
        yield from (
            (block.title, english(block.title_gloss)),
            (block.corner, english(block.corner_gloss)),
            (block.note, english(block.note_gloss)),
        )
        yield from (
            (heading.label, english(heading.gloss))
            for heading in headings((*block.rows, *block.columns))
        )


def printed(form: Format) -> list[tuple[str, str]]:
    """(what the law prints, its gloss) for everything in a form."""
    pairs = [
        (form.title, english(form.title_gloss)),
        *((section.title, english(section.gloss)) for section in form.sections),
    ]
    pairs += [pair for table in form.tables for pair in of_table(table)]
    return [pair for pair in pairs if any(pair)]


def blank(form: Format, table: Table, *, glossed: bool) -> Grid:
    language = ENGLISH if glossed else SOURCE
    return grid(form, table, dict.fromkeys(form.cells, BLANK), language)


def test_every_word_of_the_shipped_forms_has_a_gloss(law: Law) -> None:
    for form in law.formats:
        assert [word for word, gloss in printed(form) if not gloss] == []
        assert [gloss for word, gloss in printed(form) if not word] == [], "a gloss of nothing"
        for table in form.tables:
            for text in (table.summary, table.summary_zero):
                assert bool(text.source) == bool(english(text))


def test_what_figures_mean_has_a_gloss(law: Law) -> None:
    for concept in law.concepts.values():
        assert bool(concept.label) == bool(english(concept.gloss)), concept.id
        assert all(english(one.note) for one in concept.breaks), concept.id
    assert {concept.unit for concept in law.concepts.values()} - {"as_reported"} <= set(law.units)


def test_a_gloss_is_english_and_short_and_has_no_number_of_its_own(law: Law) -> None:
    said = [gloss for form in law.formats for _, gloss in printed(form)]
    said += [
        text
        for form in law.formats
        for table in form.tables
        for text in map(english, (table.summary, table.summary_zero))
    ]
    said += [
        text
        for concept in law.concepts.values()
        for text in map(english, (concept.gloss, *(one.note for one in concept.breaks)))
    ]
    said += [text for unit in law.units.values() for text in unit[ENGLISH]]
    assert [
        text
        for text in said
        if CHINESE.search(text) or text != text.strip() or NUMBERED.match(text)
    ] == []
    assert max(len(english(heading.gloss)) for heading in every_heading(law)) <= 110


def every_heading(law: Law) -> list[Heading]:
    blocks = [block for form in law.formats for table in form.tables for block in table.blocks]
    return [heading for block in blocks for heading in headings((*block.rows, *block.columns))]


def test_one_word_has_one_gloss(law: Law) -> None:
    """A reader who compares two forms finds the same English for the same Chinese, and for two words of one level two glosses."""
    found: dict[str, set[str]] = {}
    for word, gloss in (pair for form in law.formats for pair in printed(form)):
        found.setdefault(labels.normal(word), set()).add(gloss)
    # The last line of the outcomes is called 总计 as the column is, but it is a total of other things.
    assert {word for word, glosses in found.items() if len(glosses) > 1} <= {"总计"}
    for heading in every_heading(law):
        glosses = [english(child.gloss) for child in heading.children]
        assert len(glosses) == len(set(glosses)), heading.label


def test_summaries_speak_of_the_same_figures_in_every_language(law: Law) -> None:
    for form in law.formats:
        for table in form.tables:
            in_each = [sorted(references.REFERENCE.findall(text)) for text in table.summary.texts]
            assert len(in_each) == len(STYLES) and in_each[0] != []
            assert all(found == in_each[0] for found in in_each)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "concluded: {{ concluded.total }}",
            "concluded: {{ granted.total }}",
            "does not speak of the same cells",
        ),
        (
            "concluded: {{ concluded.total }}",
            "concluded: {{ conclude.total }}",
            "names conclude.total, which is no cell",
        ),
    ],
)
def test_a_summary_that_says_something_else_is_a_defect(
    law: Law, tmp_path: Path, old: str, new: str, said: str
) -> None:
    shutil.copytree(FORMATS, tmp_path, dirs_exist_ok=True)
    form = tmp_path / "2021.yaml"
    table = law.formats[-1].table("applications")
    summary = table.summary.say(ENGLISH)
    assert summary.count(old) == 1
    stated = f"zh: {table.summary.source}"
    changed = f'en: "{summary.replace(old, new)}"'
    text = form.read_text("utf-8")
    assert text.count(stated) == 1
    form.write_text(text.replace(stated, f"{stated}\n      {changed}"), "utf-8")
    with pytest.raises(FormatDefect, match=said):
        read_law(tmp_path)


def test_a_gloss_is_no_name(law: Law, site: SmallSite) -> None:
    for heading in every_heading(law):
        assert english(heading.gloss) not in heading.words
    for form in law.formats:
        assert (
            references.resolve(form, "予以公开.总计")
            and references.resolve(form, "Released in full.总计") is None
        )
    path = site.path()
    path.write_text(path.read_text("utf-8").replace("  予以公开:", "  Released in full:"), "utf-8")
    assert [
        finding.rule for finding in site.findings() if "Released in full" in finding.message.source
    ] == ["C-03"]


def without_glosses(grid: Grid) -> Grid:
    """The table as a Chinese page has it."""
    groups = tuple(
        replace(
            group, lines=tuple(tuple(replace(c, gloss="") for c in line) for line in group.lines)
        )
        for group in grid.groups
    )
    return replace(grid, groups=groups, gloss="", glossed=False)


def test_a_glossed_table_is_the_same_table(law: Law) -> None:
    for form in law.formats:
        for table in form.tables:
            plain, glossed = (blank(form, table, glossed=flag) for flag in (False, True))
            assert (plain.glossed, glossed.glossed) == (False, True)
            assert without_glosses(glossed) == plain
            assert glossed.gloss == english(table.gloss)
            glosses = dict(of_table(table))
            for cell in glossed.cells:
                assert cell.gloss == ("" if cell.kind is Kind.DATA else glosses[cell.text])


def markup(one: Grid) -> str:
    """The table as the shipped template writes it."""
    text = (ROOT / "templates" / "_table.html").read_text("utf-8")
    theme = Theme(
        "default",
        (Layer("base", {"_table.html": text}, {"_table.html": "templates/_table.html"}),),
        "",
        "",
        {},
    )
    page = '{% from "_table.html" import statutory %}{{ statutory(grid) }}'
    return Templates(theme).environment.from_string(page).render(grid=one)


def test_only_a_page_in_another_language_prints_glosses_and_marks_the_chinese(law: Law) -> None:
    form = law.formats[-1]
    table = form.table("applications")
    plain, glossed = (markup(blank(form, table, glossed=flag)) for flag in (False, True))
    assert (
        "<span>（一）予以公开</span></th>" in plain
        and "lang=" not in plain
        and "gloss" not in plain
    )
    assert (
        '<span lang="zh-CN">（一）予以公开</span> <span class="gloss">Released in full</span></th>'
        in glossed
    )
    words = [word for word, _ in of_table(table) if word]
    assert glossed.count('class="gloss"') == glossed.count('lang="zh-CN"') == len(words)
    without = (
        re.sub(r' <span class="gloss">[^<]*</span>', "", glossed)
        .replace(' lang="zh-CN"', "")
        .replace(" glossed", "")
    )
    assert re.sub("</?span>", "", without) == re.sub("</?span>", "", plain)


def test_words_of_a_new_form_stand_alone_unless_an_older_form_has_them(
    law: Law, tmp_path: Path
) -> None:
    form = read_law(with_third_form(tmp_path)).format_named("2031")
    assert form is not None
    shipped = dict(pair for form in law.formats for pair in printed(form))
    glosses = {word: gloss for word, gloss in printed(form) if gloss}
    assert glosses == {word: shipped[word] for word in glosses}
    assert glosses["总计"] == "Total" and "试造格式" not in glosses
    for table in form.tables:
        text = markup(blank(form, table, glossed=True))
        heads = [word for word, gloss in of_table(table) if gloss]
        assert text.count('class="gloss"') == len(heads)
        assert '<span lang="zh-CN">' in text and "<th" in text and "<span>" not in text


def test_an_english_finding_names_its_figures_in_english_first(site: SmallSite) -> None:
    site.row("新收", "[5, 0, 0, 0, 0, 0, 6]").row("行政许可", "{处理决定: 无法辨认}")
    said = {one.rule: one.message for one in site.findings()}
    assert said["T3-02"].source.startswith("新收一行：总计 6，而自然人 5")
    assert (
        said["T3-02"]
        .say("en")
        .startswith(
            "row New applications this year (新收): Total (总计) 6, but Natural persons (自然人) 5"
        )
    )
    assert "has 1 cell marked as unreadable" in said["N-01"].say("en"), "one is one"


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        (
            "行政许可",
            '{处理决定: ""}',
            "“Administrative licensing, Decisions made this year (行政许可·处理决定)” is blank",
        ),
        (
            "行政许可",
            "{处理决定: -4}",
            "“Administrative licensing, Decisions made this year (行政许可·处理决定)” is −4: negative",
        ),
        ("行政许可", "{处理决定: [1]}", "(行政许可·处理决定)” takes one number"),
        ("新收", "[1, 2]", "takes 7 values (Natural persons (自然人), "),
    ],
)
def test_a_finding_of_the_loader_names_a_cell_in_english_first(
    site: SmallSite, key: str, value: str, said: str
) -> None:
    assert [one for one in site.row(key, value).findings() if said in one.message.say("en")]


def test_what_a_table_lacks_is_named_in_english_first(site: SmallSite) -> None:
    path = site.path()
    path.write_text(re.sub(r"(?m)^  行政许可:.*\n", "", path.read_text("utf-8")), "utf-8")
    assert [one.message.say("en") for one in site.findings() if one.rule == "S-05"] == [
        "“Proactive disclosure of government information (主动公开)” lacks 1 row: Administrative licensing (行政许可)"
    ]
