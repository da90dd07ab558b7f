"""Inside the PDFs: the headings of every cell, both standards at once, the data, and the way back. Poppler reads the structure tree, so
that what we wrote is judged by a reader that is not ours."""

from __future__ import annotations

import json
from pathlib import Path

import page as validator
import pikepdf
import pytest
import yaml
from weasyprint import HTML

from generator.derive.data.beside import tables_lines
from generator.inspection import Inspection
from generator.render import finished, pdf, print_tables
from generator.render.report_yaml import report_yaml
from generator.render.table_files import marked_csv
from tests.conftest import SmallSite
from tests.headings import grids, wanted
from tests.tagged import (
    CSS,
    LOW,
    PROFILES,
    assert_kept,
    assert_one_table,
    cells,
    drawn,
    of_each_form,
    pdf_of,
    print_page,
    reached,
)


def test_every_figure_leads_to_the_headings_of_the_page(
    sample: Path, sample_inspection: Inspection
) -> None:
    """In a report of each form; poppler needs minutes for all of them: referees/test_pdfs.py."""
    for report in of_each_form(sample_inspection.site):
        assert reached(pdf_of(sample, report)) == wanted(grids(report)), report.agency


def test_the_test_fails_on_what_weasyprint_writes(
    sample: Path, sample_inspection: Inspection, tmp_path: Path
) -> None:
    """Unrepaired, cells have no ids, and of the headings in table three most are missing or wrong."""
    report = sample_inspection.site.reports["haicang-district", 2023]
    html = print_page(sample.parent, report)
    HTML(string=html).write_pdf(
        tmp_path / "raw.pdf", stylesheets=[pdf._style(CSS)[0]], pdf_variant="pdf/a-3a"
    )
    listed = cells(tmp_path / "raw.pdf")
    heads = {cell.id: cell.text.replace(" ", "") for cell in listed if cell.kind == "TH"}
    figures = [
        sorted(heads.get(name, "?") for name in cell.headers)
        for cell in listed
        if cell.kind == "TD"
    ]
    right = [sorted(texts) for texts in wanted(grids(report)).values()]
    agreeing = sum(texts in right for texts in figures)
    assert len(figures) > 200 and agreeing < 40, agreeing


def test_a_table_that_runs_over_pages_is_one_table(
    sample: Path, sample_inspection: Inspection, tmp_path: Path
) -> None:
    """On low pages, with each table over two of them; other heights: referees/test_pdfs.py."""
    report = sample_inspection.site.reports["haicang-district", 2023]
    assert_one_table(sample, report, tmp_path / "low.pdf", "120mm", 2)


def test_what_weasyprint_writes_is_a_table_a_page(
    sample: Path, sample_inspection: Inspection, tmp_path: Path
) -> None:
    report = sample_inspection.site.reports["haicang-district", 2023]
    style = pdf._style(CSS + LOW.format(height="80mm"))[0]
    HTML(string=print_page(sample.parent, report)).write_pdf(
        tmp_path / "raw.pdf", stylesheets=[style], pdf_variant="pdf/a-3a"
    )
    with pikepdf.open(tmp_path / "raw.pdf") as document:
        assert len(list(finished.tables(document.Root.StructTreeRoot))) > 8
    assert sum("法律服务" in cell.text for cell in cells(tmp_path / "raw.pdf")) > 2


def test_running_heads_and_page_numbers_are_artifacts(
    sample: Path, sample_inspection: Inspection
) -> None:
    """They are no content: what the structure does not hold is marked so, and nothing is left unmarked."""
    for report in sample_inspection.site.reports.values():
        with pikepdf.open(pdf_of(sample, report)) as document:
            for page in document.pages:
                marks = [
                    one.operands
                    for one in pikepdf.parse_content_stream(page, "BDC")
                    if str(one.operator) == "BDC"
                ]
                held = {int(said["/MCID"]) for _, said in marks if "/MCID" in said}
                assert sum(str(tag) == "/Artifact" for tag, _ in marks) >= 1
                parents = dict(
                    zip(*[iter(document.Root.StructTreeRoot.ParentTree.Nums)] * 2, strict=True)
                )[page.obj.StructParents]
                assert held == {mark for mark, owner in enumerate(parents) if owner is not None}


def test_the_lean_page_gives_the_same_document(sample: Path, sample_inspection: Inspection) -> None:
    """Fewer style rules, no ids and no spans: what is drawn is the same to the byte (docs/decisions/0027). All: referees/test_pdfs.py."""
    pages = [print_page(sample.parent, report) for report in of_each_form(sample_inspection.site)]
    pages.append(
        f"<!doctype html><html lang=zh-CN><title>x</title><ul><li>一<ol><li>二<li>三</ol></ul>{pages[0].partition('<body>')[2]}"
    )
    assert drawn(pages, lean=True) == drawn(pages, lean=False)


def test_a_pdf_of_each_form_is_pdf_a_3a_and_pdf_ua_1(
    sample: Path, sample_inspection: Inspection
) -> None:
    for report in of_each_form(sample_inspection.site):
        assert_kept(pdf_of(sample, report))


def test_the_validator_still_finds_faults(tmp_path: Path) -> None:
    HTML(string="<html lang=zh-CN><title>x</title><p>x").write_pdf(tmp_path / "bare.pdf")
    assert not any(
        validator.is_pdf_compliant(str(tmp_path / "bare.pdf"), profile=profile)
        for profile in PROFILES
    )


def test_the_data_travel_in_the_pdf(sample: Path, sample_inspection: Inspection) -> None:
    for report in sample_inspection.site.reports.values():
        held = finished.content(pdf_of(sample, report).read_bytes())
        assert held.attachments["tables.csv"] == marked_csv(tables_lines(report))
        assert json.loads(held.attachments["findings.json"])["year"] == report.year
        assert yaml.safe_load(held.attachments["report.yaml"])["年度"] == report.year
        with pikepdf.open(pdf_of(sample, report)) as document:
            for name, (said, relation) in pdf.ATTACHMENTS.items():
                specification = document.attachments[name].obj
                assert (
                    str(specification.AFRelationship) == f"/{relation}"
                    and str(specification.Desc) == said
                )
            assert len(document.Root.AF) == 3


def test_what_is_printed_is_read_back_cell_by_cell(
    sample: Path, sample_inspection: Inspection
) -> None:
    for report in sample_inspection.site.reports.values():
        held = finished.content(pdf_of(sample, report).read_bytes())
        printed = {
            address: figure.mark + "*" * figure.computed
            for address, figure in report.figures.items()
        }
        assert {address: held.cells[address] for address in printed} == printed


def test_the_attached_yaml_is_the_report(
    sample_inspection: Inspection, empty_site: SmallSite
) -> None:
    """Read back, it has the same figures, states and units, explanations, corrections and transcription."""
    for report in sample_inspection.site.reports.values():
        if not empty_site.path(report.agency, report.year).exists():
            empty_site.add(report.agency, report.year)
        empty_site.write(report_yaml(report).decode(), report.agency, report.year)
    read = empty_site.inspect().site.reports
    for key, report in sample_inspection.site.reports.items():
        again = read[key]
        assert {a: (f.state, f.value, f.unit) for a, f in again.figures.items()} == {
            a: (f.state, f.value, f.unit) for a, f in report.figures.items()
        }
        assert again.explanations == report.explanations and again.corrections == report.corrections
        assert again.transcribed == report.transcribed


def test_links_say_where_they_lead() -> None:
    html = '<!doctype html><html lang=zh-CN><title>x</title><p><a href="https://example.gov.cn/a">甲</a> <a href="#b">乙</a><p id=b>丙'
    printed = pdf.press(html.encode(), {"css": b""})
    assert printed.data is not None
    with pikepdf.open(__import__("io").BytesIO(printed.data)) as document:
        said = {str(one.Contents) for page in document.pages for one in page.get("/Annots", ())}
    assert said == {"https://example.gov.cn/a", "文内链接"}


@pytest.mark.parametrize("number", range(12))
def test_no_stream_ends_in_a_carriage_return(number: int) -> None:
    """One compressed stream in 256 does by chance, and validators then count its length differently."""
    html = f"<!doctype html><html lang=zh-CN><title>{number}</title><table><tr><th scope=row>{number}<td>{number * 7919}</table>"
    printed = pdf.press(html.encode(), {"css": b""})
    assert printed.data is not None and b"\r\nendstream" not in printed.data


def test_tables_that_do_not_match_are_a_problem_and_no_pdf() -> None:
    html = b"<!doctype html><html lang=zh-CN><title>x</title><table><tr style='display:none'><td>1<tr><td>2</table>"
    assert pdf.press(html, {"css": b""}).data is None
    rows = print_tables.read("<table><thead><tr><th>A<th>B</thead><tr><td>1<td>2</table>")
    assert [cell.headers for cell in rows[1].cells] == [("t0-1-0",), ("t0-1-1",)]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"no pdf"])
def test_what_is_no_pdf_is_said_to_be_none(data: bytes) -> None:
    with pytest.raises(finished.NotReadable):
        finished.content(data)
