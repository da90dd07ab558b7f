"""The compendium: reports bound as they are, with contents that work, bookmarks, and every heading still in its place."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from pypdf import PdfReader

from generator.derive import compendium
from generator.inspection import Inspection
from generator.render import finished
from tests.conftest import SmallSite
from tests.tagged import assert_kept


def parts_of(sample: Path, inspection: Inspection, year: int) -> list[Path]:
    return [
        sample / f"agencies/{report.agency}/{year}/report.pdf"
        for report in inspection.site.by_year[year]
    ]


def test_a_year_with_several_reports_has_one_and_its_page_says_so(
    sample: Path, sample_inspection: Inspection
) -> None:
    for year, reports in sample_inspection.site.by_year.items():
        assert (sample / f"years/{year}/compendium.pdf").exists() is (len(reports) > 1)
        assert ("compendium.pdf" in (sample / f"years/{year}/index.html").read_text("utf-8")) is (
            len(reports) > 1
        )


def test_contents_bookmarks_and_pages(sample: Path, sample_inspection: Inspection) -> None:
    parts = parts_of(sample, sample_inspection, 2020)
    titles, lengths = [], []
    for path in parts:
        with pikepdf.open(path) as part:
            titles.append(str(part.docinfo["/Title"]))
            lengths.append(len(part.pages))
    with pikepdf.open(sample / "years/2020/compendium.pdf") as book:
        front = len(book.pages) - sum(lengths)
        starts = [front + sum(lengths[:number]) for number in range(len(parts))]
        where = {page.obj.objgen: number for number, page in enumerate(book.pages)}
        links = [one for page in list(book.pages)[:front] for one in page.get("/Annots", ())]
        assert [(str(one.Contents), where[one.Dest[0].objgen]) for one in links] == list(
            zip(titles, starts, strict=True)
        )
        with book.open_outline() as outline:
            places = [(item.title, item.destination) for item in outline.root[1:]]
            top = [
                (title, where[place[0].objgen])
                for title, place in places
                if isinstance(place, pikepdf.Array)
            ]
            assert top == list(zip(titles, starts, strict=True))
            below = [[one.title for one in item.children] for item in outline.root[1:]]
            assert all(
                len([title for title in titles if "说明" not in title]) == 6 for titles in below
            ), below
        said = finished.content((sample / "years/2020/compendium.pdf").read_bytes()).cells
        found = [said[name] for name in sorted(said) if name.startswith("t0")]
        assert found == [
            one
            for title, start in zip(titles, starts, strict=True)
            for one in (title, str(start + 1))
        ]
        assert "/CreationDate" not in book.docinfo and "part.invalid" not in str(book.Root)


def test_a_volume_is_pdf_a_3a_and_pdf_ua_1(sample: Path, sample_inspection: Inspection) -> None:
    """The smallest one of several reports. That every figure leads to its headings there too, poppler says in minutes:
    referees/test_pdfs.py."""
    sizes = {len(reports): year for year, reports in sample_inspection.site.by_year.items()}
    year = sizes[min(size for size in sizes if size > 1)]
    assert_kept(sample / f"years/{year}/compendium.pdf")


def test_it_is_the_same_every_time_and_holds_equal_fonts_once(
    sample: Path, sample_inspection: Inspection
) -> None:
    parts = [path.read_bytes() for path in parts_of(sample, sample_inspection, 2023)]
    front = parts[0]
    once, again = finished.bind(front, parts), finished.bind(front, parts)
    assert once == again
    assert len(finished.bind(front, [parts[0]] * 4)) < 2.2 * len(parts[0])


def test_it_is_bound_anew_only_when_a_part_changes(site: SmallSite) -> None:
    site.add("office", 2023).build(pdf=True)
    assert "years/2023/compendium.pdf" not in site.build(pdf=True).made
    site.row("行政许可", "{处理决定: 5}")
    made = site.build(pdf=True).made
    assert "years/2023/compendium.pdf" in made and "agencies/office/2023/report.pdf" not in made
    assert not (site.root / "public/years/2023/compendium-county.pdf").exists()
    site.build(pdf=False)
    assert (
        "compendium" not in site.page("years/2023/index.html")
        and not (site.root / "public/years/2023/compendium.pdf").exists()
    )


def test_levels_have_their_own_and_many_reports_several_volumes(
    sample_inspection: Inspection, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = sample_inspection.site
    monkeypatch.setattr(compendium, "VOLUME", 3)
    paths = [volume.path for volume in compendium.volumes(site, 2020)]
    assert paths[:2] == ["years/2020/compendium.pdf", "years/2020/compendium-2.pdf"]
    levels = {site.agencies[report.agency].level for report in site.by_year[2020]}
    assert len(paths) == 2 or len(levels) > 1
    for volume in compendium.volumes(site, 2020):
        page = compendium.compendium_page(site, volume)
        assert len(page.entries) == len(volume.reports) and page.title


def test_a_link_within_a_part_stays_within_it() -> None:
    from generator.render import pdf

    html = (
        "<!doctype html><html lang=zh-CN><title>{0}</title><table><tr><th scope=row>甲<td>1</table>"
        '<p><a href="#b">去</a><h2 id=b>{0}</h2><a href="#b">回</a>'
    )
    parts = [
        pdf.press(html.format(name).encode(), {"css": b"h2{break-before:page}"}).data or b""
        for name in "甲乙"
    ]
    with pikepdf.open(io.BytesIO(finished.bind(parts[0], parts))) as book:
        where = {page.obj.objgen: number for number, page in enumerate(book.pages)}
        targets = [
            where[one.Dest[0].objgen]
            for page in list(book.pages)[2:]
            for one in page.get("/Annots", ())
        ]
    assert targets == [3, 3, 5, 5]  # from the page before, and from the page itself


def test_the_cover_of_a_selection_says_so(sample: Path) -> None:
    assert "本站是选录" in PdfReader(sample / "years/2020/compendium.pdf").pages[0].extract_text()
