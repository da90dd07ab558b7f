"""The PDFs: every figure of every cell, bookmarks, page numbers, glyphs, language; and clear errors."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pikepdf
import pytest
from pypdf import PdfReader

from generator.model.report import Report
from generator.pipeline import Inspection
from generator.render import fonts, pdf
from tests.conftest import ROOT, SmallSite

TOKEN = re.compile(r"-?\d+(?:\.\d+)?(?:元|万元)?|？|/")


def pdf_of(sample: Path, report: Report) -> Path:
    return sample / "agencies" / report.agency / str(report.year) / "report.pdf"


def printed(path: Path) -> list[str]:
    """The words of a PDF in the order they are drawn, less running head and page number."""
    return subprocess.run(
        ["pdftotext", "-raw", "-r", "72", "-x", "0", "-y", "60", "-W", "596", "-H", "725", path, "-"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()


def holds_run(tokens: list[str], run: list[str]) -> bool:
    return any(tokens[start : start + len(run)] == run for start in range(len(tokens) - len(run) + 1))


def test_every_figure_is_printed_in_its_order(sample: Path, sample_inspection: Inspection) -> None:
    """Cell by cell: the tokens of each table, row after row, are the report's figures. Blank cells print nothing."""
    for report in sample_inspection.site.reports.values():
        tokens = [word for word in printed(pdf_of(sample, report)) if TOKEN.fullmatch(word)]
        for table in report.format.tables:
            figures = [figure for address, figure in report.figures.items() if address.startswith(f"{table.id}.")]
            run = ["？" if figure.state == "unreadable" else figure.text for figure in figures if figure.state != "blank"]
            assert holds_run(tokens, run), (report.agency, report.year, table.id)


def test_pages_carry_their_number_and_the_running_title(sample: Path, sample_inspection: Inspection) -> None:
    for report in sample_inspection.site.reports.values():
        reader = PdfReader(pdf_of(sample, report))
        count = len(reader.pages)
        assert 2 <= count <= 5
        for number, page in enumerate(reader.pages, 1):
            text = re.sub(r"\s", "", page.extract_text())
            assert f"第{number}页，共{count}页" in text
            assert f"{report.year}年政府信息公开工作年度报告" in text


def test_bookmarks_language_title_and_tags(sample: Path, sample_inspection: Inspection) -> None:
    for report in sample_inspection.site.reports.values():
        with pikepdf.open(pdf_of(sample, report)) as document:
            assert str(document.Root.Lang) == "zh-CN" and bool(document.Root.MarkInfo.Marked)
            assert f"{report.year}年政府信息公开工作年度报告" in str(document.docinfo["/Title"])
            with document.open_outline() as outline:
                top = outline.root[0]
                found = [item.title for item in top.children]
                assert found[:6] == [section.heading for section in report.format.sections]
                assert found[6:] == ["对正文和全篇的说明"] * any(one.rule.startswith("X-08") for one in report.explanations)
            assert "/CreationDate" not in document.docinfo


def test_chinese_fonts_are_embedded(sample: Path, sample_inspection: Inspection) -> None:
    for report in sample_inspection.site.reports.values():
        rows = subprocess.run(["pdffonts", pdf_of(sample, report)], capture_output=True, text=True, check=True).stdout.split("\n")[2:]
        assert any("Gongkai" in row or "CJK" in row or "WenQuanYi" in row for row in rows)
        assert all(" yes yes yes" in row for row in rows if row)


def test_a_missing_glyph_is_an_error_that_names_the_package() -> None:
    """U+10FFFD is in no font: the page fails, names the character, and no PDF of boxes comes out."""
    result = pdf.press("<!doctype html><html lang=zh-CN><title>x</title><p>\U0010fffd</p>".encode(), {"css": b""})
    assert result.data is None
    assert "fonts-noto-cjk" in result.problems[0].zh and "\U0010fffd" in result.problems[0].en


def test_rare_characters_are_printed() -> None:
    """䶮 㛃 occur in names; GB 18030 level 3 wants them (domain facts 5.5)."""
    result = pdf.press("<!doctype html><html lang=zh-CN><title>x</title><p>䶮㛃龘</p>".encode(), {"css": b""})
    assert result.data is not None and result.problems == ()


def test_a_character_outside_the_cut_font_comes_from_the_full_one() -> None:
    """GB 2312 has no 䶮; the word around it stays in the small font, and nothing is drawn as a box."""
    css = (ROOT / "themes/default/assets/print.css").read_bytes()
    html = "<!doctype html><html lang=zh-CN><title>x</title><p>经办人：㛃䶮，政府信息公开。"
    result = pdf.press(html.encode(), {"css": css})
    assert result.data is not None and result.problems == ()
    reader = PdfReader(io.BytesIO(result.data))
    assert "㛃䶮" in reader.pages[0].extract_text()
    if fonts.faces():
        assert len(result.data) < 150_000  # the full font's tables would alone be more
        assert ord("䶮") not in fonts.characters() and ord("政") in fonts.characters()


def cut(folder: str) -> dict[str, str]:
    """What a process of its own finds in a cache: address → the font's digest."""
    code = (
        "import hashlib, json; from generator.render import fonts;"
        "print(json.dumps({name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in fonts.faces().items()}))"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "XDG_CACHE_HOME": folder}, cwd=ROOT, capture_output=True, check=True
    )
    found: dict[str, str] = json.loads(told.stdout)
    return found


def test_fonts_are_cut_once_and_the_same_way_every_time(tmp_path: Path) -> None:
    """Two processes at once in an empty cache, a later one, and one that may not write: all have the same fonts."""
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(cut, [str(tmp_path)] * 2)
    assert first == second
    kept = {path: path.stat().st_mtime_ns for path in (tmp_path / "gongkai/fonts").iterdir()}
    assert len(kept) == len(first) and all(path.suffix == ".otf" and path.stat().st_size < 6_000_000 for path in kept)
    assert cut(str(tmp_path)) == first == cut("/proc/nowhere")
    assert {path: path.stat().st_mtime_ns for path in kept} == kept


def test_nothing_is_fetched_but_the_reports_own_files(tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"secret")
    for source in (f"file://{secret}", "https://example.com/a.png", "file:///etc/hostname", "files/../../secret.png"):
        result = pdf.press(f'<!doctype html><html lang=zh-CN><title>x</title><img alt=x src="{source}">'.encode(), {"css": b""})
        assert result.data is None and "PDF" in result.problems[0].zh


PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c6360606000000004000157cd7f4f0000000049454e44ae426082"
)


@pytest.mark.parametrize(("data", "blocked"), [(PICTURE, False), (b"no picture", True)])
def test_images_of_the_report_are_printed_and_a_broken_one_is_a_finding(site: SmallSite, data: bytes, blocked: bool) -> None:
    folder = site.path().parent / "files"
    folder.mkdir()
    (folder / "图 1.png").write_bytes(data)
    path = site.path(name="narrative.md")
    path.write_text(path.read_text("utf-8").replace("公开的内容", "![示意图](<files/图 1.png>) 公开的内容"), "utf-8")
    outcome = site.build(pdf=True)
    assert outcome.blocked is blocked
    assert [finding.rule for finding in outcome.findings] == (["B-02"] if blocked else [])
    if not blocked:
        with pikepdf.open(site.root / "public/agencies/bureau/2023/report.pdf") as document:
            assert any(page.get_images() for page in document.pages)


def test_only_a_report_whose_print_changed_is_printed_again(site: SmallSite) -> None:
    site.build(pdf=True)
    path = site.root / "themes/default/theme.yaml"
    (site.root / "site.yaml").write_text("title: 改了站名\n", "utf-8")
    outcome = site.build(pdf=True)
    assert "index.html" in outcome.made and "agencies/bureau/2023/report.pdf" not in outcome.made
    assert not path.exists()
    site.row("行政许可", "{处理决定: 5}")
    assert "agencies/bureau/2023/report.pdf" in site.build(pdf=True).made
