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
import uharfbuzz
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from generator.inspection import Inspection
from generator.model.report import Report
from generator.render import charset, fonts, pdf
from tests.conftest import ROOT, SmallSite

TOKEN = re.compile(r"-?\d+(?:\.\d+)?(?:元|万元)?|？|/")


def pdf_of(sample: Path, report: Report) -> Path:
    return sample / "agencies" / report.agency / str(report.year) / "report.pdf"


def printed(path: Path) -> list[str]:
    """The words of a PDF in the order they are drawn, less running head and page number."""
    return subprocess.run(
        [
            "pdftotext",
            "-raw",
            "-r",
            "72",
            "-x",
            "0",
            "-y",
            "60",
            "-W",
            "596",
            "-H",
            "725",
            path,
            "-",
        ],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()


def holds_run(tokens: list[str], run: list[str]) -> bool:
    return any(
        tokens[start : start + len(run)] == run for start in range(len(tokens) - len(run) + 1)
    )


def test_every_figure_is_printed_in_its_order(sample: Path, sample_inspection: Inspection) -> None:
    """Cell by cell: the tokens of each table, row after row, are the report's figures. Blank cells print nothing."""
    for report in sample_inspection.site.reports.values():
        tokens = [word for word in printed(pdf_of(sample, report)) if TOKEN.fullmatch(word)]
        for table in report.format.tables:
            figures = [
                figure
                for address, figure in report.figures.items()
                if address.startswith(f"{table.id}.")
            ]
            run = [
                "？" if figure.state == "unreadable" else figure.text
                for figure in figures
                if figure.state != "blank"
            ]
            assert holds_run(tokens, run), (report.agency, report.year, table.id)


def test_pages_carry_their_number_and_the_running_title(
    sample: Path, sample_inspection: Inspection
) -> None:
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
                assert found[6:] == ["对正文和全篇的说明"] * any(
                    one.rule.startswith("X-08") for one in report.explanations
                )
            assert "/CreationDate" not in document.docinfo


def test_chinese_fonts_are_embedded(sample: Path, sample_inspection: Inspection) -> None:
    for report in sample_inspection.site.reports.values():
        rows = subprocess.run(
            ["pdffonts", pdf_of(sample, report)], capture_output=True, text=True, check=True
        ).stdout.split("\n")[2:]
        assert any("Gongkai" in row or "CJK" in row or "WenQuanYi" in row for row in rows)
        assert all(" yes yes yes" in row for row in rows if row)


def test_a_missing_glyph_is_an_error_that_names_the_package() -> None:
    """U+10FFFD is in no font: the page fails, names the character, and no PDF of boxes comes out."""
    result = pdf.press(
        "<!doctype html><html lang=zh-CN><title>x</title><p>\U0010fffd</p>".encode(), {"css": b""}
    )
    assert result.data is None
    assert "fonts-noto-cjk" in result.problems[0].source and "\U0010fffd" in result.problems[0].say(
        "en"
    )


def test_rare_characters_are_printed() -> None:
    """䶮 㛃 occur in names; GB 18030 level 3 wants them (domain facts 5.5)."""
    result = pdf.press(
        "<!doctype html><html lang=zh-CN><title>x</title><p>䶮㛃龘</p>".encode(), {"css": b""}
    )
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
        [sys.executable, "-c", code],
        env={**os.environ, "XDG_CACHE_HOME": folder},
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    found: dict[str, str] = json.loads(told.stdout)
    return found


def test_fonts_are_cut_once_and_the_same_way_every_time(tmp_path: Path) -> None:
    """Two processes at once in an empty cache, a later one, and one that may not write: all have the same fonts."""
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(cut, [str(tmp_path)] * 2)
    assert first == second
    kept = {path: path.stat().st_mtime_ns for path in (tmp_path / "gongkai/fonts").iterdir()}
    assert len(kept) == len(first) and all(
        path.suffix == ".otf" and path.stat().st_size < 6_000_000 for path in kept
    )
    assert cut(str(tmp_path)) == first == cut("/proc/nowhere")
    assert {path: path.stat().st_mtime_ns for path in kept} == kept


def test_a_font_cut_by_other_code_is_used_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the user's cache holds was cut with these flags by this code, or it is cut again."""
    face = fonts._installed(*fonts.FACES[0][1::2])
    assert face is not None
    monkeypatch.setattr(fonts, "_folder", lambda: tmp_path)
    first = fonts._cut(*face)
    assert fonts._cut(*face) == first
    monkeypatch.setattr(fonts, "_recipe", lambda: "other code")
    assert fonts._cut(*face) != first


def small_font(characters: str) -> bytes:
    """A CID-keyed font of a few glyphs as the library cuts it: their places are new, their numbers old."""
    path, index = fonts._installed("Noto Sans CJK SC", "regular") or ("", 0)
    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.update(map(ord, characters))
    data: bytes = uharfbuzz.subset(
        uharfbuzz.Face(uharfbuzz.Blob.from_file_path(path), index), wanted
    ).blob.data
    return data


def outlines(font: TTFont) -> list[bytes]:
    """The outline of each glyph, in the order of their places."""
    top = font["CFF "].cff.topDictIndex[0]
    return [top.CharStrings.charStringsIndex[number].bytecode for number in range(len(top.charset))]


@pytest.mark.parametrize("count", [0, 1, 2, 40, 254, 255, 256, 257, 3000])
def test_glyphs_are_called_by_their_places(count: int) -> None:
    """Few glyphs and many: a charset has another form for each."""
    data = small_font("".join(chr(0x4E00 + 3 * number) for number in range(count)))
    before, after = (
        TTFont(io.BytesIO(data)),
        TTFont(io.BytesIO(charset.identical(data)), checkChecksums=2),
    )
    numbers = after["CFF "].cff.topDictIndex[0].charset
    assert numbers == [".notdef", *(f"cid{number:05}" for number in range(1, len(numbers)))]
    if count > 1:
        assert before["CFF "].cff.topDictIndex[0].charset != numbers
    assert outlines(after) == outlines(before) and len(numbers) > count
    for tag in set(before.reader.keys()) - {"CFF ", "head"}:
        assert before.reader[tag] == after.reader[tag]
    assert charset.identical(charset.identical(data)) == charset.identical(data)


def named_font() -> bytes:
    """An OpenType font whose glyphs have names: codes are places there, and no charset is asked."""
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder([".notdef", "b", "a"])
    builder.setupCharacterMap({ord("a"): "a", ord("b"): "b"})
    pen = T2CharStringPen(600, None)
    builder.setupCFF("Named", {}, dict.fromkeys((".notdef", "a", "b"), pen.getCharString()), {})
    builder.setupHorizontalMetrics(dict.fromkeys((".notdef", "a", "b"), (600, 0)))
    builder.setupHorizontalHeader()
    builder.setupPost()
    stream = io.BytesIO()
    builder.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    "data", [named_font(), b"\0\1\0\0", b""], ids=["names", "TrueType", "nothing"]
)
def test_other_fonts_stay_as_they_are(data: bytes) -> None:
    assert charset.identical(data) == data


def test_every_font_of_every_pdf_calls_its_glyphs_by_their_places(sample: Path) -> None:
    """MuPDF shows nothing and Ghostscript boxes where they are called otherwise; the engines themselves: tests/referees."""
    for path in sample.rglob("*.pdf"):
        with pikepdf.open(path) as document:
            streams = [
                item
                for item in document.objects
                if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/OpenType"
            ]
            assert streams
            for stream in streams:
                top = TTFont(io.BytesIO(stream.read_bytes()))["CFF "].cff.topDictIndex[0]
                assert not hasattr(top, "ROS") or top.charset[1:] == [
                    f"cid{n:05}" for n in range(1, len(top.charset))
                ], path


def test_a_print_style_that_fetches_is_a_problem_that_names_the_address() -> None:
    css = b'@color-profile device-cmyk{src:url("http://127.0.0.1:1/icc")}'
    result = pdf.press(b"<!doctype html><html lang=zh-CN><title>x</title><p>x", {"css": css})
    assert result.data is None and "http://127.0.0.1:1/icc" in result.problems[0].source


def test_nothing_is_fetched_but_the_reports_own_files(tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"secret")
    for source in (
        f"file://{secret}",
        "https://example.com/a.png",
        "file:///etc/hostname",
        "files/../../secret.png",
    ):
        result = pdf.press(
            f'<!doctype html><html lang=zh-CN><title>x</title><img alt=x src="{source}">'.encode(),
            {"css": b""},
        )
        assert result.data is None and "PDF" in result.problems[0].source


PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c6360606000000004000157cd7f4f0000000049454e44ae426082"
)


@pytest.mark.parametrize(("data", "blocked"), [(PICTURE, False), (b"no picture", True)])
def test_images_of_the_report_are_printed_and_a_broken_one_is_a_finding(
    site: SmallSite, data: bytes, blocked: bool
) -> None:
    folder = site.path().parent / "files"
    folder.mkdir()
    (folder / "图 1.png").write_bytes(data)
    path = site.path(name="narrative.md")
    path.write_text(
        path.read_text("utf-8").replace("公开的内容", "![示意图](<files/图 1.png>) 公开的内容"),
        "utf-8",
    )
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
