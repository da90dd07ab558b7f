"""A third language of the interface is a catalogue and a line of STYLES: a copy of the program with both says nothing in another one.

The language is made up. Its sentences are the Chinese ones with every Chinese character put out of the way, so that whatever Chinese is
left on its pages was not said by a catalogue.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import lxml.html
import pytest

from generator.language.speech import CONTEXT, catalogue_of
from generator.model.format import Heading
from generator.model.law import Law
from tests.conftest import ROOT

TAG = "eo"  # a real one, as Babel has to know how its days are written
LINE = f'    "{TAG}": Style("⟦Esperanto⟧", "n != 1", ", ", "; ", " ", "d MMMM y"),\n'
CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
HAN = re.compile(r"[\u4e00-\u9fff]+")
VALUE = re.compile(r"(\{+[^{}\u4e00-\u9fff]*\}+)")
MARK = re.compile(r'<span lang="zh-CN">([^<]*)</span>')
PLAIN = {"title", "style", "option", "desc", "text", "tspan", "textarea"}
REASON = re.compile(r"(?:原因|责任人): *([^,}\n]+)")
ENGLISH = re.compile(r"(?=.{12})[A-Z][^{}]* [^{}]*")
SITES = ("small-district", "change-of-form")


def made_up(text: str) -> str:
    """A sentence in the made-up language: in brackets, its values kept, without a Chinese character."""
    pieces = VALUE.split(text.rpartition(CONTEXT)[2])
    return f"⟦{''.join(p if VALUE.fullmatch(p) else CHINESE.sub('x', p) for p in pieces)}⟧"


def entry(key: str, *, counted: bool) -> str:
    """An entry of the catalogue of the made-up language."""
    context, _, text = key.rpartition(CONTEXT)
    lines = [f"msgctxt {json.dumps(context, ensure_ascii=False)}"] if context else []
    lines.append(f"msgid {json.dumps(text, ensure_ascii=False)}")
    said = json.dumps(made_up(key), ensure_ascii=False)
    if counted:
        lines += [f"msgid_plural {json.dumps(text, ensure_ascii=False)}"]
        lines += [f"msgstr[{form}] {said}" for form in (0, 1)]
    else:
        lines.append(f"msgstr {said}")
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program that speaks a third language: one line more, and one file."""
    root = tmp_path_factory.mktemp("program")
    for name in ("generator", "templates", "themes"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    source = root / "generator/language/speech.py"
    text = source.read_text("utf-8")
    start = text.index("STYLES: ")
    end = text.index("\n}\n", start) + 1
    source.write_text(text[:end] + LINE + text[end:], "utf-8")
    entries = [
        entry(key, counted=isinstance(translation, tuple))
        for key, translation in catalogue_of("en").items()
        if key
    ]
    (root / f"generator/locale/{TAG}.po").write_text("\n".join(entries), "utf-8")
    return root


def run(program: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "generator", *map(str, arguments)]
    return subprocess.run(command, cwd=program, capture_output=True, text=True, check=False)


@pytest.fixture(scope="session", params=SITES)
def built(
    request: pytest.FixtureRequest, program: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A site in three languages."""
    root = tmp_path_factory.mktemp("site")
    for name in ("content", "site.yaml"):
        source = ROOT / "tests/sites" / request.param / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, root / name)
    with (root / "site.yaml").open("a", encoding="utf-8") as settings:
        settings.write(f"languages: [zh-CN, en, {TAG}]\n")
        settings.write(f"translations: {{{TAG}: {{title: '⟦Site⟧', notice: '⟦Notice⟧'}}}}\n")
    pages = root / "content/pages"
    pages.mkdir(exist_ok=True)
    (pages / "about.md").write_text("# 关于本站\n\n本站的说明。\n", "utf-8")
    (pages / f"about.{TAG}.md").write_text("# ⟦About⟧\n\n⟦Text⟧\n", "utf-8")
    body = sorted((root / "content/agencies").iterdir())[0] / "agency.yaml"
    body.write_text(f"{body.read_text('utf-8')}name_{TAG}: '⟦Body⟧'\n", "utf-8")
    done = run(program, "--root", root, "build", "--no-pdf", "--as-of", "2026-11-30")
    assert done.returncode in {0, 4}, done.stderr
    return root


def words_of_the_law(law: Law) -> Iterator[str]:
    """What the statute itself says, which stays Chinese in every language, and words of site.yaml."""
    for form in law.formats:
        yield from (form.title, form.basis)
        for section in form.sections:
            yield from (section.heading, section.title)
        for cell in form.cells.values():
            yield cell.label
        for table in form.tables:
            yield from (table.label, table.short)
            for block in table.blocks:
                yield from (block.title, block.corner, block.note)
                yield from words_of((*block.rows, *block.columns))
    for concept in law.concepts.values():
        yield concept.label
    for rule in law.rules.values():
        for threshold in rule.thresholds.values():
            yield threshold.word


def words_of(headings: tuple[Heading, ...]) -> Iterator[str]:
    for heading in headings:
        yield from (heading.label, heading.name)
        yield from words_of(heading.children)


def own_words(site: Path, law: Law) -> list[str]:
    """What a page in another language may say in Chinese besides texts of reports: the longest first."""
    words = {"中文", "年政府信息公开工作年度报告", *words_of_the_law(law)}
    for file in sorted((site / "content/agencies").glob("*/agency.yaml")):
        words |= set(HAN.findall(file.read_text("utf-8")))
    for file in sorted((site / "content/agencies").glob("*/*/report.yaml")):
        for reason in REASON.findall(file.read_text("utf-8")):
            words |= {reason, *HAN.findall(reason)}
    return sorted(filter(None, words), key=len, reverse=True)


def texts(page: lxml.html.HtmlElement) -> Iterator[tuple[str, bool]]:
    """Every text of a page that people see or hear, with whether it is marked as Chinese.

    Without texts of reports, and without the examples of the rules.
    """
    for element in page.iter():
        if not isinstance(element.tag, str):
            continue
        marked = any(one.get("lang") == "zh-CN" for one in (element, *element.iterancestors()))
        for attribute in ("title", "aria-label", "alt", "content", "placeholder", "label"):
            yield element.get(attribute, ""), True  # which no mark can be put around
        if element.xpath(
            "ancestor-or-self::*[self::pre or self::code or contains(@class, 'prose')]"
        ):
            continue
        plain = element.tag in PLAIN or element.tag == "script"
        if element.text and not (plain and "ld+json" not in element.get("type", "ld+json")):
            yield element.text, marked or plain
        for child in element:
            if child.tail:
                yield child.tail, marked or plain


def of_reports(site: Path) -> str:
    """Everything that the site's own files say."""
    files = sorted(path for path in (site / "content").rglob("*") if path.is_file())
    return "\n".join(path.read_text("utf-8") for path in files)


def pages(site: Path) -> Iterator[tuple[str, str]]:
    for path in sorted((site / "public" / TAG).rglob("*.html")):
        yield path.relative_to(site / "public").as_posix(), path.read_text("utf-8")


def test_its_pages_have_no_sentence_in_another_language(built: Path, law: Law) -> None:
    words = own_words(built, law)
    reports = of_reports(built)
    unsaid: dict[str, str] = {}
    for path, html in pages(built):
        page = lxml.html.document_fromstring(MARK.sub(r"\1", html))
        for text, _ in texts(page):
            if len(text) > 3 and text.strip(" “”（）。、，") in reports:
                continue
            rest = text
            for word in words:
                rest = rest.replace(word, "")
            for piece in HAN.findall(rest):
                unsaid.setdefault(piece, path)
    assert unsaid == {}


def test_its_pages_have_no_english(built: Path) -> None:
    """What has English in the catalogue has a translation into any other language."""
    sentences = {text for text in map(str, catalogue_of("en").values()) if ENGLISH.fullmatch(text)}
    assert len(sentences) > 500
    unsaid: dict[str, str] = {}
    for path, html in pages(built):
        page = lxml.html.document_fromstring(html)
        words = "\n".join(text for text, _ in texts(page))
        unsaid |= {text: path for text in sentences if text in words}
    assert unsaid == {}


def test_what_is_chinese_on_its_pages_is_marked(built: Path) -> None:
    unmarked: dict[str, str] = {}
    for path, html in pages(built):
        for text, marked in texts(lxml.html.document_fromstring(html)):
            if not marked and HAN.search(text):
                unmarked.setdefault(text, path)
    assert unmarked == {}


def test_its_scripts_have_glosses_in_it(built: Path) -> None:
    """The scripts are the same for all languages of a site: with more than English, a gloss stands under its tag."""
    figures = (built / "public/compare/figures.js").read_text("utf-8")
    assert f'"{TAG}":"⟦' in figures
    assert f'"{TAG}":"⟦Body⟧"' in (built / "public/compare/directory.js").read_text("utf-8")
    assert f'"{TAG}":"⟦Body⟧"' in (built / "public/search/bodies.js").read_text("utf-8")
    assert f'"{TAG}":"P-03 ⟦' in (built / "public/search/pages.js").read_text("utf-8")


def test_its_pages_call_a_body_by_its_name_there_and_show_their_own_text(built: Path) -> None:
    public = built / "public"
    assert "⟦Body⟧ (" in (public / TAG / "agencies/index.html").read_text("utf-8")
    assert "⟦Body⟧" not in (public / "en/agencies/index.html").read_text("utf-8")
    about = (public / TAG / "about/index.html").read_text("utf-8")
    assert f'<html lang="{TAG}">' in about and "⟦Text⟧" in about and "⟦Site⟧" in about
    assert f'hreflang="{TAG}"' in (public / "about/index.html").read_text("utf-8")


def test_its_findings_are_in_it(program: Path, tmp_path: Path) -> None:
    root = tmp_path / "site"
    shutil.copytree(ROOT / "tests/sites/ten-mistakes", root)
    (root / "content/agencies/No_Folder").mkdir()
    (root / "content/pages").mkdir(exist_ok=True)
    (root / "content/pages/Data.md").write_text("x\n", "utf-8")
    plain = run(program, "--lang", TAG, "--root", root, "check")
    assert plain.returncode == 1, plain.stderr
    lines = [line for line in plain.stdout.split("\n") if re.match(r"content/|  [→·] ", line)]
    assert len(lines) > 40
    assert [line for line in lines if not re.search(r"(: |→ |· )⟦.*⟧$", line)] == []
    assert plain.stdout.rstrip().rpartition("\n")[2].startswith("⟦")
    document = json.loads(
        run(program, "--lang", TAG, "--root", root, "check", "--format", "json").stdout
    )
    messages = [finding["message"] for finding in document["findings"]]
    assert messages and all(re.fullmatch("⟦.*⟧", message) for message in messages)


@pytest.mark.parametrize(
    "arguments",
    [
        ("rules", "T3-01"),
        ("rules", "T3-99"),
        ("--root", "nowhere", "check"),
        ("verify", "templates"),
    ],
)
def test_commands_speak_it(program: Path, arguments: tuple[str, ...]) -> None:
    told = run(program, "--lang", TAG, *arguments)
    lines = [line for line in (told.stdout + told.stderr).split("\n") if "⟦" in line]
    assert lines, told.stderr


def test_a_locale_chooses_it(program: Path) -> None:
    command = [sys.executable, "-m", "generator", "--root", "nowhere", "check"]
    environment = {**os.environ, "LC_ALL": f"{TAG}.UTF-8"}
    told = subprocess.run(
        command, cwd=program, capture_output=True, text=True, check=False, env=environment
    )
    assert "⟦" in told.stderr
