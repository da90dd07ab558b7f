"""The interface in another language: nothing is left untranslated, nothing translated goes amiss, and Chinese on its pages says so."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from string import Formatter

import pytest

from generator.inspection import FORMATS
from generator.language import law_words
from generator.language.glosses import for_scripts
from generator.language.sentence import as_text, sentence
from generator.language.speech import (
    CONTEXT,
    LANGUAGES,
    SOURCE,
    catalogue_of,
    extract,
    speech,
    update,
)
from generator.load.formats import kind_of
from generator.model.finding import Text
from generator.render.marking import mark_chinese
from generator.source.nodes import parse
from tests.conftest import ROOT, SmallSite

CHINESE = re.compile(r"[\u4e00-\u9fff：，。、；（）]")
# Commands that still have their sentences in Chinese and English side by side.
PAIRED = {"cli/building.py", "cli/checking.py", "cli/importing.py", "cli/writing.py"}
PACKAGE = ROOT / "generator"
# In the order in which a catalogue has their sentences.
ROOMS = ("check", "derive", "language", "pages", "parts", "plan", "render", "cli", "load")


def place(path: Path) -> tuple[int, Path]:
    """Where a file's sentences stand in a catalogue: by room."""
    room = path.relative_to(PACKAGE).parts[0]
    return (ROOMS.index(room) if room in ROOMS else len(ROOMS)), path


SPEAKING = sorted(
    (path for path in PACKAGE.rglob("*.py") if path.relative_to(PACKAGE).as_posix() not in PAIRED),
    key=place,
)
TEMPLATES = sorted(
    [*(ROOT / "templates").glob("*.html"), *(ROOT / "themes").glob("*/templates/*.html")]
)
CONTEXTS_OF_LAW = {law_words.LAW, law_words.UNIT, *law_words.CONTEXTS.values()}
OTHERS = [language for language in LANGUAGES if language != SOURCE]
# Chinese that is said in Chinese in every language: names of documents, what is written into Chinese files, characters looked for.
OWN = {"derive/words.py": ("年政府信息公开工作年度报告", "，"), "derive/report_words.py": ("；",), "derive/citation.py": ("：《", "》"),
       "pages/agency.py": ("；",), "derive/structured.py": ("；",), "derive/transcription.py": ("；",)}  # fmt: skip


@pytest.fixture(scope="session")
def sentences() -> dict[str, bool]:
    return extract(SPEAKING, TEMPLATES) | dict(words_of_the_law())


def words_of_the_law() -> Iterator[tuple[str, bool]]:
    """The texts of the forms, concepts and rules that we ship, each in its context."""
    for path in sorted(FORMATS.rglob("*.yaml")):
        name = path.relative_to(FORMATS).as_posix()
        node = parse(path.read_text("utf-8"), name)
        assert node is not None
        yield from law_words.sentences(node, kind_of(name, node))


@pytest.mark.parametrize("language", OTHERS)
def test_the_catalogue_says_every_sentence_and_no_other(
    language: str, sentences: dict[str, bool]
) -> None:
    if os.environ.get("GONGKAI_GOLDEN") == "write":
        update(language, sentences)
    held = catalogue_of(language)
    assert sorted(set(sentences) - set(held)) == [], (
        "untranslated: run ./run golden, then fill in generator/locale"
    )
    assert sorted(set(held) - set(sentences)) == [], "nobody says these any more: run ./run golden"
    for text, counted in sentences.items():
        said = held[text]
        forms = said if isinstance(said, tuple) else (said,)
        assert all(forms), f"not translated: {text}"
        assert isinstance(said, tuple) == counted, f"plural or not: {text}"


@pytest.mark.parametrize("path", SPEAKING, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_every_sentence_is_seen_by_what_collects_them(path: Path) -> None:
    """A sentence within an f-string is not found by Babel, and so would never be translated."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.JoinedStr):
            called = {
                ast.unparse(call.func) for call in ast.walk(node) if isinstance(call, ast.Call)
            }
            assert not called & {"say", "sentence", "plural", "in_context", "template"}, node.lineno


def names(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def values_of_sentences() -> dict[str, set[str]]:
    """The names of the values that every caller hands to a sentence in all languages at once."""
    handed: dict[str, set[str]] = {}
    for path in SPEAKING:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called = ast.unparse(node.func)
            text = ast.literal_eval(node.args[0]) if isinstance(node.args[0], ast.Constant) else ""
            if called == "template":
                handed.setdefault(text, names(text))
            elif called in {"sentence", "plural"} and text:
                values = {keyword.arg for keyword in node.keywords if keyword.arg} | {"count"}
                handed[text] = handed.get(text, values) & values
    return handed


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_uses_the_values_of_its_sentence(
    language: str, sentences: dict[str, bool]
) -> None:
    handed = values_of_sentences()
    for text, said in catalogue_of(language).items():
        for form in said if isinstance(said, tuple) else (said,):
            if text in handed:  # a finding may be shorter in another language, or say more
                assert handed[text] == {"count"} or names(form) <= handed[text] | names(text), text
                continue
            if text.partition(CONTEXT)[0] in CONTEXTS_OF_LAW:  # the law has no values
                continue
            assert names(form) <= names(text), text
            # A unit may go without saying, and a count may be a word.
            assert names(text) - names(form) <= {"unit", "count"}, text


def literals(path: Path) -> Iterator[tuple[int, str]]:
    """Every text of a Python file that is no docstring and is not said: line and text."""
    tree = ast.parse(path.read_text("utf-8"))
    said: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = (
                node.func.attr
                if isinstance(node.func, ast.Attribute)
                else getattr(node.func, "id", "")
            )
            if name in {"say", "plural", "Text", "compile"}:
                said |= {one for argument in node.args for one in ast.walk(argument)}
        elif isinstance(node, ast.Expr):
            said.add(node.value)
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and node not in said
            and CHINESE.search(node.value)
        ):
            yield node.lineno, node.value


@pytest.mark.parametrize(
    "path", [path for path in SPEAKING if path.parent.name == "derive"], ids=lambda path: path.name
)
def test_no_code_says_a_chinese_sentence_past_the_catalogue(path: Path) -> None:
    own = OWN.get(f"{path.parent.name}/{path.name}", ())
    assert [(line, text) for line, text in literals(path) if text not in own] == []


@pytest.mark.parametrize(
    "path", TEMPLATES, ids=lambda path: f"{path.parent.parent.name}-{path.name}"
)
def test_no_template_says_a_chinese_sentence_past_the_catalogue(path: Path) -> None:
    text = re.sub(r"\{#.*?#\}", "", path.read_text("utf-8"), flags=re.DOTALL)
    text = re.sub(r'\b(?:say|plural)\("[^"]*"', "", text)
    assert [line for line in text.split("\n") if CHINESE.search(line)] == []


def test_plurals_dates_and_lists_are_the_languages_own() -> None:
    english, chinese = speech("en"), speech(SOURCE)
    assert (
        english.plural("{count} 份报告", 1) == "1 report"
        and english.plural("{count} 份报告", 12) == "12 reports"
    )
    assert chinese.plural("{count} 份报告", 1) == "1 份报告"
    assert (
        english.day(date(2024, 1, 26)) == "26 January 2024"
        and chinese.day(date(2024, 1, 26)) == "2024 年 1 月 26 日"
    )
    assert english.listed(["a", "b"]) == "a, b" and chinese.listed(["甲", "乙"]) == "甲、乙"
    assert english("没有这一句") == "没有这一句", (
        "a sentence without translation is said in Chinese, not swallowed"
    )


@pytest.mark.parametrize(
    ("html", "marked"),
    [
        ("<p>plain</p>", "<p>plain</p>"),
        (
            "<p>the report of 甲局, 2023</p>",
            '<p>the report of <span lang="zh-CN">甲局</span>, 2023</p>',
        ),
        (
            "<p>国办公开办函〔2021〕30号 of</p>",
            '<p><span lang="zh-CN">国办公开办函〔2021〕30号</span> of</p>',
        ),
        (
            '<div lang="zh-CN"><p>甲<br>乙</p></div><p>丙</p>',
            '<div lang="zh-CN"><p>甲<br>乙</p></div><p><span lang="zh-CN">丙</span></p>',
        ),
        ('<a title="甲">x</a>', '<a title="甲">x</a>'),
        (
            "<!doctype html><title>甲</title><!-- 乙 -->",
            "<!doctype html><title>甲</title><!-- 乙 -->",
        ),
        (
            "<svg><title>甲</title><text>乙</text></svg><b>丙</b>",
            '<svg><title>甲</title><text>乙</text></svg><b><span lang="zh-CN">丙</span></b>',
        ),
        ("<p>䶮𬱖 &amp; x</p>", '<p><span lang="zh-CN">䶮𬱖</span> &amp; x</p>'),
    ],
)
def test_chinese_on_a_foreign_page_is_marked_once(html: str, marked: str) -> None:
    assert mark_chinese(html) == marked


def test_both_languages_are_built_at_once_and_files_stand_once(empty_site: SmallSite) -> None:
    empty_site.add("bureau", 2022).add("bureau", 2023)
    settings = empty_site.root / "site.yaml"
    settings.write_text(
        settings.read_text("utf-8")
        + "languages: [zh-CN, en]\ntranslations: {en: {title: Reports}}\n",
        "utf-8",
    )
    assert not empty_site.build().blocked
    page = empty_site.page("en/agencies/bureau/2023/index.html")
    assert (
        '<html lang="en">' in page
        and "Reports" in page
        and 'href="../../../../agencies/bureau/2023/tables.csv"' in page
    )
    assert 'hreflang="zh-CN" href="../../../../agencies/bureau/2023/index.html"' in page
    assert 'hreflang="en" href="../../../en/agencies/bureau/2023/index.html"' in empty_site.page(
        "agencies/bureau/2023/index.html"
    )
    files = {path.name for path in (empty_site.root / "public/en").rglob("*") if path.is_file()}
    assert files == {"index.html"}


def test_a_site_in_english_alone_stands_at_the_root_and_prints_chinese(site: SmallSite) -> None:
    settings = site.root / "site.yaml"
    settings.write_text(settings.read_text("utf-8") + "language: en\n", "utf-8")
    assert not site.build().blocked
    assert '<html lang="en">' in site.page(
        "agencies/bureau/2023/index.html"
    ) and "Skip to content" in site.page("index.html")


def test_a_page_of_the_sites_own_may_have_a_translation(site: SmallSite) -> None:
    folder = site.root / "content/pages"
    folder.mkdir()
    (folder / "about.md").write_text("# 关于\n\n甲\n", "utf-8")
    (folder / "about.en.md").write_text("# About us\n\n[home](../)\n", "utf-8")
    (folder / "help.en.md").write_text("# Help\n\nx\n", "utf-8")
    settings = site.root / "site.yaml"
    settings.write_text(settings.read_text("utf-8") + "languages: [zh-CN, en]\n", "utf-8")
    assert [
        finding.rule for finding in site.findings() if finding.at.path.endswith("help.en.md")
    ] == ["C-05"]
    (folder / "help.en.md").unlink()
    assert not site.build().blocked
    assert "About us" in site.page("en/about/index.html") and "关于" in site.page(
        "about/index.html"
    )


def test_an_english_sentence_counts_in_words(empty_site: SmallSite) -> None:
    empty_site.add("bureau", 2023)
    (empty_site.root / "site.yaml").write_text("title: 测试站\nlanguages: [zh-CN, en]\n", "utf-8")
    assert not empty_site.build().blocked
    assert "1 report of 1 body to read" in empty_site.page("en/index.html")
    readme = empty_site.page("data/README.md")
    assert "1 annual report on government information disclosure of 1 body, 2023:" in readme
    assert "## Files" in readme and "## reports: Reports" in readme


# Where a text in several languages is put together; everybody else says a sentence or asks these.
MAKERS = {
    "language/glosses.py",
    "language/sentence.py",
    "load/agency.py",
    "load/stated.py",
    "model/finding.py",
}


def test_nobody_writes_a_text_in_two_languages() -> None:
    makers = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Text"
    }
    assert makers == MAKERS


def test_a_text_says_what_it_has_and_else_what_the_source_says() -> None:
    text = Text((SOURCE, "en"), ("新收", "New"))
    assert [text.say(tag) for tag in (SOURCE, "en", "zh", "fr")] == ["新收", "New", "新收", "新收"]
    assert [as_text("Y-02").say(tag) for tag in (SOURCE, "en")] == ["Y-02", "Y-02"]
    assert sentence("{rule}（{cell}）", rule=as_text("Y-02"), cell=text).say("en") == "Y-02 (New)"


@pytest.mark.parametrize(
    ("languages", "gloss"),
    [
        ((SOURCE,), "New"),
        ((SOURCE, "en"), "New"),
        ((SOURCE, "fr"), {"en": "New", "fr": ""}),
        (("de", "en"), {"en": "New", "de": "Neu"}),
    ],
)
def test_scripts_get_a_gloss_for_each_further_language(
    languages: tuple[str, ...], gloss: object
) -> None:
    assert for_scripts(Text((SOURCE, "en", "de"), ("", "New", "Neu")), languages) == gloss


@pytest.mark.parametrize(
    ("key", "language", "name"),
    [
        ("gloss", "en", "gloss"),
        ("gloss", "fr", "gloss_fr"),
        ("note_gloss", "fr", "note_gloss_fr"),
        ("en", "fr", "fr"),
        ("note_en", "zh-Hant", "note_zh-Hant"),
        ("zero_en", "en", "zero_en"),
        ("do_en", "fr", "do_fr"),
    ],
)
def test_a_form_of_a_site_may_have_its_words_in_another_language(
    key: str, language: str, name: str
) -> None:
    assert law_words.key_in(key, language) == name
