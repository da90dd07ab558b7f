"""Every kind of PDF in front of engines that are not ours. No single one can pass them: what one draws, all must draw alike; what two read
must be the print page's words; and the validator of the standards' own authors must find nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from html.parser import HTMLParser
from pathlib import Path

import pytest
import uharfbuzz

from generator.build.store import Store
from generator.inspection import Inspection
from generator.pipeline import Options, build
from generator.render import charset, fonts, pdf
from tests.cases import corrected
from tests.conftest import ROOT, TODAY, SmallSite
from tests.headings import grids, wanted
from tests.referees import engines
from tests.sharing import built_once
from tests.tagged import (
    assert_kept,
    assert_led,
    assert_one_table,
    drawn,
    pdf_of,
    print_page,
    reached,
)

THEMES = ("default", "gazette")
PROFILES = ("ua1", "3a")
# Outside GB 2312: in the first extension, in the basic plane, beyond it. All occur in names.
RARE = "㛃䶮龘𠮷"
KINDS = {
    "2019 form": "agencies/bureau/2020/report.pdf",
    "2021 form": "agencies/bureau/2022/report.pdf",
    "corrected": "agencies/bureau/2023/report.pdf",
    "long tables": "agencies/other/2023/report.pdf",
    "compendium": "years/2023/compendium.pdf",
}
LONG = "\n".join(
    [
        "| 月份 | 受理 | 办结 | 备注 |",
        "|---|--:|--:|---|",
        *(f"| 第 {n} 周 | {n} | {n} | 无误 |" for n in range(1, 99)),
    ]
)
SETTINGS = "title: 测试站\ntheme: {}\n规则: {{S-10: 关闭, S-11: 关闭, S-12: 关闭, Y-08: 关闭}}\n"


@dataclass(frozen=True)
class Printed:
    """The PDFs of a small site in one theme, and the pages that they were printed from."""

    folder: Path
    store: Store

    def path(self, kind: str) -> Path:
        return self.folder / KINDS[kind]

    def words(self, output: str) -> Words:
        """The words of the print page that a PDF was made from."""
        words = Words()
        words.feed(self.store.read(self.store.known[output]).decode())
        return words


class Words(HTMLParser):
    """The words of a page without white space: all of the body but captions, which the print style leaves out. `heads` are the words of
    the heads of its tables, which paper repeats on every page that a table runs over."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.heads: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "thead":
            self.heads.append("")
        if tag in {"head", "caption", "thead"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        words = re.sub(r"\s", "", data)
        if "thead" in self.open:
            self.heads[-1] += words
        if not {"head", "caption"} & set(self.open):
            self.text += words


@pytest.fixture(scope="module", params=THEMES)
def printed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Printed:
    return site_in(request.param, tmp_path_factory)


def site_in(theme: str, tmp_path_factory: pytest.TempPathFactory) -> Printed:
    """A small site with every kind of PDF, built once for all test processes."""
    root = built_once(tmp_path_factory, f"printed-{theme}", partial(build_all_kinds, theme))
    store = Store(root / ".cache")
    store.open()
    return Printed(root / "public", store)


def build_all_kinds(theme: str, root: Path) -> None:
    (root / "content" / "agencies").mkdir(parents=True)
    (root / "site.yaml").write_text(SETTINGS.format(theme), "utf-8")
    site = SmallSite(root).add("bureau", 2020).add("bureau", 2022).add("bureau", 2023)
    corrected(site).add("other", 2023)
    agency = root / "content/agencies/bureau/agency.yaml"
    agency.write_text(agency.read_text("utf-8").replace("测试bureau局", f"测试{RARE}局"), "utf-8")
    narrative = site.path("other", 2023, "narrative.md")
    narrative.write_text(narrative.read_text("utf-8") + f"\n每周的情况如下。\n\n{LONG}\n", "utf-8")
    outcome = build(root, Options(root / "public", today=TODAY), lambda: ThreadPoolExecutor(1))
    assert not outcome.blocked, outcome.findings


@pytest.fixture(scope="module")
def vera(tmp_path_factory: pytest.TempPathFactory) -> engines.VeraPDF:
    return engines.VeraPDF(tmp_path_factory.mktemp("java"))


@pytest.mark.parametrize("kind", KINDS)
def test_four_engines_draw_the_same(printed: Printed, kind: str) -> None:
    tile, page, where = engines.apart(printed.path(kind))
    assert tile < engines.TILE_APART and page < engines.PAGE_APART, (tile, page, where)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "compendium"])
def test_what_engines_read_is_what_the_print_page_says(printed: Printed, kind: str) -> None:
    words = printed.words(KINDS[kind].replace("report.pdf", "print"))
    for engine, pages in engines.texts(printed.path(kind)).items():
        assert difference(joined(pages, words.heads), words.text) == "", engine
    if kind == "long tables":
        assert len(pages) > len(words.heads)
    assert RARE in words.text or kind == "long tables"


def test_a_compendium_reads_as_its_cover_and_its_reports(printed: Printed) -> None:
    cover = re.sub(
        "@[0-9]+@",
        "[0-9]+",
        re.escape(printed.words(f"{KINDS['compendium']}/print").text).replace(r"\@", "@"),
    )
    reports = [printed.words(f"agencies/{slug}/2023/print") for slug in ("bureau", "other")]
    whole = cover + "".join(re.escape(report.text) for report in reports)
    heads = [head for report in reports for head in report.heads]
    for engine, pages in engines.texts(printed.path("compendium")).items():
        assert re.fullmatch(whole, joined(pages, heads)), engine


def difference(text: str, words: str) -> str:
    """Where two texts part, and how they go on; nothing where they do not."""
    same = next(
        (at for at, pair in enumerate(zip(text, words, strict=False)) if pair[0] != pair[1]),
        min(len(text), len(words)),
    )
    return (
        ""
        if text == words
        else f"{text[max(0, same - 20) : same + 40]} | {words[max(0, same - 20) : same + 40]}"
    )


def joined(pages: Sequence[str], heads: Sequence[str]) -> str:
    """The text of all pages, without the head that a page begins with where a table goes on, and without the marks of lists,
    which are drawn when all else is."""
    text = ""
    for page in (page.replace("•", "") for page in pages):
        repeated = [head for head in heads if head and page.startswith(head) and head in text]
        text += page.removeprefix(repeated[0]) if repeated else page
    return text


@pytest.mark.parametrize("profile", PROFILES)
def test_verapdf_finds_nothing(printed: Printed, vera: engines.VeraPDF, profile: str) -> None:
    paths = [printed.path(kind) for kind in KINDS]
    assert vera.faults(profile, paths) == dict.fromkeys(paths, "")


# A font with other numbers than its glyphs have places: what cutting leaves, and what a machine may have installed.


def renumbered(folder: Path) -> dict[str, Path]:
    """Our faces as the library cuts them: glyphs have new places and their old numbers."""
    cut: dict[str, Path] = {}
    for name, family, weight, word in fonts.FACES:
        path, index = fonts._installed(family, word) or ("", 0)
        wanted = uharfbuzz.SubsetInput()
        wanted.unicode_set.update(fonts.characters())
        face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(path), index)
        file = folder / f"{name}-{weight}.otf"
        file.write_bytes(uharfbuzz.subset(face, wanted).blob.data)
        cut[fonts._address(name, weight)] = file
    return cut


@pytest.fixture
def machine_fonts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    faces = renumbered(tmp_path)
    monkeypatch.setattr(fonts, "faces", lambda: faces)
    pdf._style.cache_clear()
    yield
    pdf._style.cache_clear()


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    """The site in the default theme."""
    return site_in("default", tmp_path_factory)


def report_of(plain: Printed, path: Path) -> Path:
    html = plain.store.read(plain.store.known["agencies/bureau/2022/print"])
    css = (ROOT / "themes/default/assets/print.css").read_bytes()
    result = pdf.press(html, {"css": css})
    assert result.data is not None, result.problems
    path.write_bytes(result.data)
    return path


@pytest.mark.usefixtures("machine_fonts")
def test_a_font_of_the_machine_with_other_numbers_is_put_right(
    plain: Printed, vera: engines.VeraPDF, tmp_path: Path
) -> None:
    path = report_of(plain, tmp_path / "mended.pdf")
    tile, page, where = engines.apart(path)
    assert tile < engines.TILE_APART and page < engines.PAGE_APART, (tile, page, where)
    assert vera.faults("ua1", [path]) == {path: ""}


@pytest.mark.usefixtures("machine_fonts")
def test_the_gate_does_not_let_pass_what_stood_before(
    plain: Printed, vera: engines.VeraPDF, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the mending two engines draw nothing or boxes, and veraPDF names the clauses on glyphs and widths."""
    monkeypatch.setattr(charset, "identical", lambda font: font)
    path = report_of(plain, tmp_path / "before.pdf")
    tile, page, _ = engines.apart(path)
    assert tile > 2 * engines.TILE_APART and page > engines.PAGE_APART
    for profile in PROFILES:
        assert vera.faults(profile, [path])[path].startswith("refused")


@pytest.mark.parametrize("year", [2020, 2023])
def test_every_figure_of_a_volume_still_leads_to_its_headings(
    sample: Path, sample_inspection: Inspection, year: int
) -> None:
    reports = sample_inspection.site.by_year[year]
    assert_led(sample / f"years/{year}/compendium.pdf", reports)


def test_every_figure_of_every_pdf_leads_to_the_headings_of_the_page(
    sample: Path, sample_inspection: Inspection
) -> None:
    count = 0
    for report in sample_inspection.site.reports.values():
        found, expected = reached(pdf_of(sample, report)), wanted(grids(report))
        assert found == expected, (report.agency, report.year)
        count += len(expected)
    assert count == 2390


def test_every_pdf_is_pdf_a_3a_and_pdf_ua_1(sample: Path, sample_inspection: Inspection) -> None:
    for report in sample_inspection.site.reports.values():
        assert_kept(pdf_of(sample, report))


def test_every_lean_page_gives_the_same_document(
    sample: Path, sample_inspection: Inspection
) -> None:
    reports = sample_inspection.site.reports.values()
    pages = [print_page(sample.parent, report) for report in reports]
    assert drawn(pages, lean=True) == drawn(pages, lean=False)


@pytest.mark.parametrize(("height", "parts"), [("297mm", 1), ("80mm", 3)])
def test_a_table_that_runs_over_pages_is_one_table(
    sample: Path, sample_inspection: Inspection, tmp_path: Path, height: str, parts: int
) -> None:
    report = sample_inspection.site.reports["haicang-district", 2023]
    assert_one_table(sample, report, tmp_path / "low.pdf", height, parts)
