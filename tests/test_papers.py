"""Documents of strangers: every style of tests/papers.py read back, with no cell wrong."""

# ruff: noqa: E501 - documents are long lines
from __future__ import annotations

import io
import json
import random
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.importing import kinds
from generator.importing.document import Transcript, transcribe
from generator.importing.refusal import Refusal
from generator.importing.solving import Cause, How
from generator.importing.writing import yaml_of
from generator.language.identity import instances
from generator.language.numerals import decode
from generator.load.reading import Reading
from generator.load.report import Place, read_report
from generator.model.figure import State
from generator.model.format import Format
from generator.model.law import Law
from generator.model.source import ReportFiles
from generator.source.given import Given
from tests import papers
from tests.commands import run as run_command
from tests.conftest import SmallSite
from tests.papers import Case, Style
from tests.sharing import shipped_law

LAW = shipped_law()
FORMS = {form.id: form for form in LAW.formats}
CASES = papers.cases(FORMS)
# How many cells of a style are read at the least; the wrong ones are always none.
LEAST = dict.fromkeys((style.__name__ for style in papers.DAMAGED), 0.90)
LEAST |= dict.fromkeys((style.__name__ for style in (*papers.EXACT, papers.word)), 0.99)
LEAST |= {"pdf": 0.97, "pdf_without_rules": 0.70}


def run(*arguments: str | Path) -> tuple[int, str, str]:
    result = run_command(*arguments)
    return result.exit_code, result.stdout, result.stderr


def read(style: Style, case: Case, law: Law = LAW) -> Transcript:
    name, content = style(FORMS[case.form], case)
    return transcribe(law, kinds.read(name, content))


def wrong(transcript: Transcript, case: Case) -> list[str]:
    """The cells that say something else than the document's figures."""
    mistakes = []
    for address, cell in transcript.cells.items():
        text = case.texts[address]
        decoded = decode(text, with_unit=True)
        figure = cell.figure
        if figure.state is not State.UNREADABLE and (figure.state, figure.value) != (
            decoded.state,
            decoded.value,
        ):
            mistakes.append(f"{address}: {figure} for {text} ({cell.source})")
    return mistakes


@pytest.mark.parametrize("style", papers.STYLES, ids=lambda style: style.__name__)
def test_no_cell_of_a_document_is_wrong_and_nearly_all_are_read(style: Style) -> None:
    cells = unread = 0
    for case in CASES:
        transcript = read(style, case)
        assert wrong(transcript, case) == []
        assert transcript.form.id == case.form and transcript.year in {case.year, 0}
        cells += len(transcript.cells)
        unread += transcript.count(How.UNREADABLE)
    assert 1 - unread / cells >= LEAST[style.__name__]


@pytest.mark.parametrize(
    "style", [papers.pdf, papers.pdf_without_rules], ids=lambda style: style.__name__
)
def test_a_pdf_is_read_by_its_rules_and_otherwise_by_its_lines(style: Style) -> None:
    for case in CASES[2:5]:
        transcript = read(style, case)
        assert wrong(transcript, case) == []
        assert 1 - transcript.count(How.UNREADABLE) / len(transcript.cells) >= LEAST[style.__name__]


@pytest.mark.parametrize(
    "style",
    [papers.page, papers.page_in_layout, papers.pipes, papers.markdown, papers.word],
    ids=lambda style: style.__name__,
)
def test_the_words_of_a_document_come_with_its_figures(style: Style) -> None:
    case = CASES[3]
    texts = read(style, case).texts
    assert {name: text for name, text in texts.sections.items() if name in papers.WORDS} == {
        name: text.format(year=case.year) for name, text in papers.WORDS.items()
    }
    assert set(texts.sections) == set(papers.WORDS) and texts.title == papers.title(case.year)
    assert "统计期限" in texts.preface
    assert not any("相关稿件" in text for text in texts.sections.values())


# Random reports


@st.composite
def consistent(draw: st.DrawFn) -> Case:
    """A report of either form whose sums hold, most of its cells being 0."""
    form = draw(st.sampled_from(LAW.formats))
    seed = draw(st.integers(0, 2**32))
    return random_case(form, random.Random(seed))


def random_case(form: Format, chance: random.Random) -> Case:
    sizes = [0] * 12 + [1, 2, 3, 7, 12, 40, 365, 12045]
    values = {address: chance.choice(sizes) for address in form.cells}
    for address, cell in form.cells.items():
        if cell.column.negative:
            values[address] = chance.choice([0, 0, 3, -2])
    balance(form, values)
    texts = {a: f"{v}元" if form.cells[a].column.as_reported else str(v) for a, v in values.items()}
    return Case(str(chance.random()), form.id, form.first_year, texts)


def balance(form: Format, values: dict[str, int]) -> None:
    """Make every sum of this year hold: totals follow from parts, the last part from the balance."""
    for _ in range(3):
        for instance in instances(form):
            if instance.identity.computes:
                values[instance.left[0].address] = sum(
                    p.sign * values[p.address] for p in instance.right
                )
        for instance in instances(form):
            if (
                instance.identity.relation != "=="
                or instance.identity.computes
                or any(p.prior for p in (*instance.left, *instance.right))
            ):
                continue
            needed = (
                sum(p.sign * values[p.address] for p in instance.left)
                - values[instance.right[0].address]
            )
            last = instance.right[-1].address
            if needed < 0:
                values[instance.left[0].address] -= needed
                needed = 0
            values[last] = needed


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(consistent(), st.sampled_from([*papers.STYLES, papers.word]))
def test_a_consistent_report_in_any_style_comes_back_right(case: Case, style: Style) -> None:
    assert wrong(read(style, case), case) == []


# What is refused, and how


def zipped(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return stream.getvalue()


SHELL = b"<html><head><script src='app.js'></script></head><body><div id='app'></div></body></html>"
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
OLD = "<html><body><p>示例局2013年政府信息公开年度报告</p><table><tr><td>指标名称</td><td>本年</td><td>历年累计</td></tr></table></body></html>"
REFUSED = {
    "page.html": (SHELL, "靠脚本载入"),
    "old.html": (OLD.encode(), "2019 年以前的格式"),
    "deep.html": (b"<html>" + b"<div>" * 5000, "嵌套过深"),
    "many.html": (b"<html>" + b"<p>x</p>" * 300_000, "标记过多"),
    "picture.png": (b"\x89PNG\r\n", "图片"),
    "letter.rtf": (b"{\\rtf1 x}", ".docx"),
    "empty.txt": (b"  \n", "空的"),
    "bytes.txt": (b"\xff\xfe\xfd\x81\x30", "编码"),
    "mixed.txt": (b"\x81\xff\xff\x00\x80abc", "编码"),
    "text.txt": ("今天开会。".encode(), "没有找到法定的表"),
    "entities.docx": (zipped(**{"word/document.xml": ENTITIES}), "实体声明"),
    "bomb.xlsx": (zipped(**{"xl/workbook.xml": b" " * 50_000_000}), "过大"),
    "deep.docx": (zipped(**{"word/document.xml": b"<a>" * 3000}), "嵌套过深"),
    "other.zip": (zipped(readme=b"x"), "解压"),
    "torn.docx": (b"PK\x03\x04" + b"x" * 50, "损坏"),
    "torn.pdf": (b"%PDF-1.7 x", "PDF"),
    "torn.xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "工作簿"),
    "word.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), ".docx"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_with_a_sentence(name: str) -> None:
    content, word = REFUSED[name]
    with pytest.raises(Refusal) as refusal:
        transcribe(LAW, kinds.read(name, content))
    assert (
        word in refusal.value.text.source
        and refusal.value.text.say("en") != refusal.value.text.source
    )


def test_a_scan_is_refused() -> None:
    from weasyprint import HTML

    content = HTML(string="<svg width=100 height=100><rect width=50 height=50 /></svg>").write_pdf()
    with pytest.raises(Refusal, match="文字层"):
        kinds.read("scan.pdf", content)


def test_two_reports_in_a_file_are_refused() -> None:
    first, second = (
        page for page in (papers.page(FORMS["2021"], case) for case in (CASES[3], CASES[6]))
    )
    with pytest.raises(Refusal, match="不止一份"):
        transcribe(LAW, kinds.read("two.html", first[1] + second[1]))


@given(
    st.binary(max_size=400),
    st.sampled_from(["a.html", "a.docx", "a.xls", "a.pdf", "a.txt", "a.csv", "a.md"]),
    st.sampled_from(
        [
            b"",
            b"PK\x03\x04",
            b"%PDF-1.4\n",
            b"<html><table><tr><td>",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n",
        ]
    ),
)
@settings(max_examples=150, deadline=None)
def test_any_bytes_at_all_are_read_or_refused(content: bytes, name: str, start: bytes) -> None:
    with suppress(Refusal):
        transcribe(LAW, kinds.read(name, start + content))


# Cells that are no number


def pipe_case(**rows: str) -> Transcript:
    """A report of zeros in rows of pipes, some rows written otherwise."""
    form = FORMS["2021"]
    name, content = papers.pipes(form, Case("plain", "2021", 2021, dict.fromkeys(form.cells, "0")))
    text = content.decode()
    for label, row in rows.items():
        start = text.index(label)
        text = text[:start] + f"{label} | {row} |" + text[text.index("\n", start) :]
    return transcribe(LAW, kinds.read(name, text.encode()))


def test_a_blank_a_stroke_and_a_figure_are_three_things() -> None:
    cells = pipe_case(**{"2.重复申请": "0 | | / | 0 | - | 0 | 0"}).cells
    states = [
        cells[f"applications.not_processed.repeated.{c.path}"].how
        for c in FORMS["2021"].tables[1].blocks[0].leaf_columns
    ]
    assert states == [
        How.READ,
        How.BLANK,
        How.NOT_APPLICABLE,
        How.READ,
        How.NOT_APPLICABLE,
        How.READ,
        How.READ,
    ]


def test_an_illegible_cell_is_solved_where_the_sums_leave_one_value() -> None:
    solved = pipe_case(**{"2.重复申请": "0 | 0 | ? | 0 | 0 | 0 | 0"}).cells[
        "applications.not_processed.repeated.research"
    ]
    assert (solved.how, solved.figure.value, solved.by) == (How.SOLVED, 0, ("T3-02", "T3-03"))


@pytest.mark.parametrize(
    ("row", "cause"),
    [
        ("1 | 0 | 0 | 0 | 0 | 0", Cause.LOST),
        ("0 | 0 | 0 | 0 | 0", Cause.FEW),
        ("0 | 0 | 0 | 0 | 0 | 0 | 0 | 5", Cause.MANY),
        ("3 | 0 | 0 | 0 | 0 | 3 | ", Cause.LOST),
    ],
)
def test_what_cannot_be_told_is_unreadable_and_says_why(row: str, cause: Cause) -> None:
    cells = pipe_case(**{"2.重复申请": row}).cells
    reading = cells["applications.not_processed.repeated.natural_person"]
    assert reading.how is How.UNREADABLE and reading.cause is cause


def test_a_label_that_nobody_knows_is_a_question() -> None:
    form = FORMS["2021"]
    _, content = papers.page(form, CASES[3])
    text = content.decode().replace("2.重复申请", "2.重复的申请件")
    transcript = transcribe(LAW, kinds.read("a.html", text.encode()))
    assert [(q.text, q.nearest) for q in transcript.questions] == [("2.重复的申请件", "2.重复申请")]
    assert transcript.cells["applications.not_processed.repeated.total"].cause is Cause.MISSING


def test_a_group_printed_as_one_row_is_not_shared_out() -> None:
    form = FORMS["2021"]
    _, content = papers.pipes(form, CASES[3])
    lines = content.decode().split("\n")
    group = next(n for n, line in enumerate(lines) if line.startswith("(六)其他处理"))
    lines[group : group + 3] = ["(六)其他处理 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |"]
    transcript = transcribe(LAW, kinds.read("a.txt", "\n".join(lines).encode()))
    parts = [
        cell
        for address, cell in transcript.cells.items()
        if address.startswith("applications.other.")
    ]
    assert {(cell.how, cell.cause) for cell in parts} == {(How.UNREADABLE, Cause.ONE_ROW)}


# Files that come out


@pytest.mark.parametrize(
    "style",
    [papers.page, papers.with_lost_cell, papers.glued, papers.word],
    ids=lambda style: style.__name__,
)
def test_what_is_written_is_what_the_loader_reads(style: Style) -> None:
    for case in CASES:
        transcript = read(style, case)
        text = yaml_of(LAW, transcript, "bureau", case.year).decode()
        files = ReportFiles(case.year, "report.yaml")
        reading = Reading(LAW, Given({files.figures: text}))
        report = read_report(Place("bureau", files), reading)
        assert report is not None
        assert {a: (f.state, f.value, f.unit) for a, f in report.figures.items()} == {
            a: (f.state, f.value, f.unit) for a, f in transcript.figures.items()
        }
        assert ("# 待核" in text) == bool(transcript.unsure)
        rules = [finding.rule for finding in reading.findings]
        assert rules.count("C-19") == bool(transcript.unsure)


def test_an_import_is_checked_only_after_its_marks_are_gone(
    site: SmallSite, tmp_path: Path
) -> None:
    case = CASES[3]
    path = tmp_path / "old.txt"
    path.write_bytes(papers.with_lost_cell(FORMS["2021"], case)[1])
    arguments = ("--root", site.root, "import", path, "--agency", "bureau")
    code, out, err = run(*arguments, "--write")
    assert code == 2 and "不会覆盖" in err
    code, out, _ = run(*arguments, "--write", "--force")
    assert code == 0 and "先看这" in out
    report = site.path()
    assert report.with_name("narrative.md").read_text("utf-8").startswith("本报告由示例机关")
    found = run("--root", site.root, "check", "--format", "json")[1]
    assert '"C-19"' in found
    text = "\n".join(
        line.partition("  # 待核")[0] for line in report.read_text("utf-8").split("\n")
    )
    report.write_text(text, "utf-8")
    assert '"C-19"' not in run("--root", site.root, "check", "--format", "json")[1]


@pytest.mark.parametrize("form", ["text", "json", "html"])
def test_a_review_shows_what_was_read_beside_its_source(tmp_path: Path, form: str) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes(papers.with_lost_cell(FORMS["2021"], CASES[3])[1])
    code, out, _ = run("import", path, "--format", form)
    assert code == 0 and "0 | 0 | 0 | 0 | 0 | 0" in out
    if form == "json":
        document = json.loads(out)
        figure = document["figures"]["applications.received.natural_person"]
        assert (figure["state"], figure["value"], figure["how"], figure["line"]) == (
            "number",
            104,
            "read",
            24,
        )
        assert document["year"] == 2023 and set(document["sections"]) == set(papers.WORDS)


def test_a_folder_is_a_table_of_what_was_read_and_refused(tmp_path: Path) -> None:
    below = tmp_path / "年报" / "乡镇"
    below.mkdir(parents=True)
    for number, style in enumerate((papers.page, papers.with_lost_cell)):
        name, content = style(FORMS["2021"], CASES[3])
        (below / f"{number}-{name}").write_bytes(content)
    (below / "scan.png").write_bytes(b"\x89PNG\r\n")
    (below / "~$open.docx").write_bytes(b"x")
    code, out, _ = run("import", tmp_path / "年报")
    assert (
        code == 0
        and "读完 1 份，要人看 1 份，没有读 1 份" in out
        and "图片" in out
        and "~$" not in out
    )


def test_our_own_workbook_comes_back(site: SmallSite, tmp_path: Path) -> None:
    assert run("--root", site.root, "build", "--no-pdf", "--output", tmp_path / "public")[0] == 0
    book = tmp_path / "public" / "agencies" / "bureau" / "2023" / "tables.xlsx"
    transcript = transcribe(LAW, kinds.read(book.name, book.read_bytes()))
    report = site.inspect().site.reports["bureau", 2023]
    assert transcript.year == 2023
    assert {a: (f.state, f.value) for a, f in transcript.figures.items()} == {
        a: (f.state, f.value) for a, f in report.figures.items()
    }
