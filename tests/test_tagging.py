"""Inside the PDFs: the headings of every cell, both standards at once, the data, and the way back. Poppler reads the structure tree, so
that what we wrote is judged by a reader that is not ours."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import page as validator
import pikepdf
import pytest
import yaml
from weasyprint import HTML

from generator.derive.tables import grid
from generator.model.report import Report
from generator.model.table import Grid, Kind
from generator.pipeline import Inspection
from generator.render import files, finished, pdf, print_tables
from generator.render.report_yaml import report_yaml
from tests.conftest import ROOT, SmallSite

PROFILES = (validator.ValidationProfile.PDF_UA_1, validator.ValidationProfile.PDF_A_3A)
CSS = (ROOT / "themes/default/assets/print.css").read_text("utf-8")


@dataclass
class Cell:
    """A cell as poppler tells it."""

    kind: str
    id: str
    headers: list[str] = field(default_factory=list)
    scope: str = ""
    text: str = ""


def cells(path: Path) -> list[Cell]:
    """Every cell of every table of a PDF, from its structure tree."""
    told = subprocess.run(["pdfinfo", "-struct-text", path], capture_output=True, text=True, check=True)
    assert told.stderr == ""  # poppler says there what it cannot read, and reads on
    found: list[Cell] = []
    for line in told.stdout.split("\n"):
        words = line.strip()
        if opened := re.match(r"(T[HD])(?: <(.*?)>)?(?: \(\w+\))?:?$", words):
            found.append(Cell(opened[1], opened[2] or ""))
        elif words.startswith("/Headers") and found:
            found[-1].headers = re.findall(r"\((.*?)\)", words)
        elif words.startswith("/Scope") and found:
            found[-1].scope = words.removeprefix("/Scope").strip()
        elif words.startswith('"') and found:
            found[-1].text += words.strip('"')
        elif re.match(r"(Sect|H\d|P)\b", words):
            found.append(Cell("", ""))  # what follows is no cell's text
    return [cell for cell in found if cell.kind]


def reached(path: Path) -> Mapping[str, list[str]]:
    """Address of a figure → the texts of the headings that its cell in the PDF leads to."""
    listed = cells(path)
    heads = {cell.id: cell.text.replace(" ", "") for cell in listed if cell.kind == "TH"}
    assert all(cell.scope in {"/Row", "/Column"} for cell in listed if cell.kind == "TH")
    return {cell.id: [heads.get(name, "?") for name in cell.headers] for cell in listed if cell.kind == "TD" and cell.id.count(".") > 1}


def wanted(tables: list[Grid]) -> Mapping[str, list[str]]:
    """Address of a figure → the texts of the headings that its cell on the page leads to."""
    found: dict[str, list[str]] = {}
    for table in tables:
        heads = {cell.id: cell.text.replace(" ", "") for cell in table.cells if cell.kind is Kind.HEAD}
        found |= {cell.address: [heads[name] for name in cell.headers] for cell in table.cells if cell.kind is Kind.DATA}
    return found


def grids(report: Report) -> list[Grid]:
    return [grid(report.format, table, report.figures) for table in report.format.tables]


def pdf_of(sample: Path, report: Report) -> Path:
    return sample / "agencies" / report.agency / str(report.year) / "report.pdf"


def test_every_figure_of_every_pdf_leads_to_the_headings_of_the_page(sample: Path, sample_inspection: Inspection) -> None:
    count = 0
    for report in sample_inspection.site.reports.values():
        found, expected = reached(pdf_of(sample, report)), wanted(grids(report))
        assert found == expected, (report.agency, report.year)
        count += len(expected)
    assert count == 2390


def test_the_test_fails_on_what_weasyprint_writes(sample: Path, sample_inspection: Inspection, tmp_path: Path) -> None:
    """Unrepaired, cells have no ids, and of the headings in table three most are missing or wrong."""
    report = sample_inspection.site.reports["haicang-district", 2023]
    html = print_page(sample.parent, report)
    HTML(string=html).write_pdf(tmp_path / "raw.pdf", stylesheets=[pdf._style(CSS)[0]], pdf_variant="pdf/a-3a")
    listed = cells(tmp_path / "raw.pdf")
    heads = {cell.id: cell.text.replace(" ", "") for cell in listed if cell.kind == "TH"}
    figures = [sorted(heads.get(name, "?") for name in cell.headers) for cell in listed if cell.kind == "TD"]
    right = [sorted(texts) for texts in wanted(grids(report)).values()]
    agreeing = sum(texts in right for texts in figures)
    assert len(figures) > 200 and agreeing < 40, agreeing


def print_page(root: Path, report: Report) -> str:
    """The print page that a PDF was made from, out of the cache."""
    from generator.build.store import Store

    store = Store(root / ".cache")
    store.open()
    return store.read(store.known[f"agencies/{report.agency}/{report.year}/print"]).decode()


LOW = "@page{{size:210mm {height};margin:5mm}} .keep,.statutory,.proactive tbody{{break-inside:auto!important}}"
TABLES = ("proactive", "applications", "review")


def pages_of(table: pikepdf.Object, kind: str) -> list[set[int]]:
    """For each row group of a table, the pages that its cells of a kind stand on."""
    pages = []
    for group in table.K:
        cells = [cell for line in group.K for cell in line.K if str(cell.S) == kind]
        pages.append({cell.Pg.objgen[0] for cell in cells})
    return pages


def tables_of(document: pikepdf.Pdf) -> dict[str, pikepdf.Object]:
    """The statutory tables of a PDF by their names; a part of a table would be lost or come twice."""
    found: dict[str, pikepdf.Object] = {}
    for table in finished.tables(document.Root.StructTreeRoot):
        figures = [str(cell.ID) for group in table.K for line in group.K for cell in line.K if str(cell.S) == "/TD"]
        name = figures[0].split(".")[0]
        if name in TABLES:
            assert name not in found
            found[name] = table
    return found


@pytest.mark.parametrize(("height", "parts"), [("297mm", 1), ("120mm", 2), ("80mm", 3)])
def test_a_table_that_runs_over_pages_is_one_table(
    sample: Path, sample_inspection: Inspection, tmp_path: Path, height: str, parts: int
) -> None:
    """On low pages the tables break, also inside a group of rows: each is one table in the structure, its head stands there once and
    is drawn on every page, every figure leads to its headings, and the validators agree."""
    report = sample_inspection.site.reports["haicang-district", 2023]
    printed = pdf.press(print_page(sample.parent, report).encode(), {"css": (CSS + LOW.format(height=height)).encode()})
    assert printed.data is not None, printed.problems
    path = tmp_path / "low.pdf"
    path.write_bytes(printed.data)
    assert reached(path) == wanted(grids(report))
    with pikepdf.open(path) as document:
        tables = tables_of(document)
        assert tuple(tables) == TABLES
        heads, body = pages_of(tables["applications"], "/TH")[0], pages_of(tables["applications"], "/TD")[1]
        assert len(heads) == 1 and len(body) >= parts  # one row group over all these pages
        assert len(set[int]().union(*pages_of(tables["proactive"], "/TD"))) >= parts - 1
    drawn = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, text=True, check=True).stdout
    assert drawn.count("法律服务") == len(body) and sum("法律服务" in cell.text for cell in cells(path)) == 1
    for profile in PROFILES:
        result = validator.validate_pdf(str(path), profile=profile)
        assert result.is_compliant, [one.message for one in result.failures]


def test_what_weasyprint_writes_is_a_table_a_page(sample: Path, sample_inspection: Inspection, tmp_path: Path) -> None:
    report = sample_inspection.site.reports["haicang-district", 2023]
    style = pdf._style(CSS + LOW.format(height="80mm"))[0]
    HTML(string=print_page(sample.parent, report)).write_pdf(tmp_path / "raw.pdf", stylesheets=[style], pdf_variant="pdf/a-3a")
    with pikepdf.open(tmp_path / "raw.pdf") as document:
        assert len(list(finished.tables(document.Root.StructTreeRoot))) > 8
    assert sum("法律服务" in cell.text for cell in cells(tmp_path / "raw.pdf")) > 2


def test_running_heads_and_page_numbers_are_artifacts(sample: Path, sample_inspection: Inspection) -> None:
    """They are no content: what the structure does not hold is marked so, and nothing is left unmarked."""
    for report in sample_inspection.site.reports.values():
        with pikepdf.open(pdf_of(sample, report)) as document:
            for page in document.pages:
                marks = [one.operands for one in pikepdf.parse_content_stream(page, "BDC") if str(one.operator) == "BDC"]
                held = {int(said["/MCID"]) for _, said in marks if "/MCID" in said}
                assert sum(str(tag) == "/Artifact" for tag, _ in marks) >= 1
                parents = dict(zip(*[iter(document.Root.StructTreeRoot.ParentTree.Nums)] * 2, strict=True))[page.obj.StructParents]
                assert held == {mark for mark, owner in enumerate(parents) if owner is not None}


def test_the_lean_page_gives_the_same_document(sample: Path, sample_inspection: Inspection, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fewer style rules, no ids and no spans: what is drawn is the same to the byte (docs/decisions/0027)."""
    pages = [print_page(sample.parent, report) for report in sample_inspection.site.reports.values()]
    pages.append(f"<!doctype html><html lang=zh-CN><title>x</title><ul><li>一<ol><li>二<li>三</ol></ul>{pages[0].partition('<body>')[2]}")

    def drawn() -> list[list[bytes]]:
        found = []
        for html in pages:
            printed = pdf.press(html.encode(), {"css": CSS.encode()})
            assert printed.data is not None, printed.problems
            with pikepdf.open(__import__("io").BytesIO(printed.data)) as document:
                found.append([page.Contents.read_bytes() for page in document.pages])
        return found

    lean = drawn()
    pdf._page_type.cache_clear()
    monkeypatch.setattr(pdf, "LEAN_VERSION", "none")
    monkeypatch.setattr(print_tables, "bare", lambda html: html)
    assert drawn() == lean
    pdf._page_type.cache_clear()


def test_every_pdf_is_pdf_a_3a_and_pdf_ua_1(sample: Path, sample_inspection: Inspection) -> None:
    for report in sample_inspection.site.reports.values():
        for profile in PROFILES:
            result = validator.validate_pdf(str(pdf_of(sample, report)), profile=profile)
            assert result.is_compliant, (report.agency, report.year, profile, [one.message for one in result.failures])


def test_the_validator_still_finds_faults(tmp_path: Path) -> None:
    HTML(string="<html lang=zh-CN><title>x</title><p>x").write_pdf(tmp_path / "bare.pdf")
    assert not any(validator.is_pdf_compliant(str(tmp_path / "bare.pdf"), profile=profile) for profile in PROFILES)


def test_the_data_travel_in_the_pdf(sample: Path, sample_inspection: Inspection) -> None:
    for report in sample_inspection.site.reports.values():
        held = finished.held(pdf_of(sample, report).read_bytes())
        assert held.attachments["tables.csv"] == files.tables_csv(report)
        assert json.loads(held.attachments["findings.json"])["year"] == report.year
        assert yaml.safe_load(held.attachments["report.yaml"])["年度"] == report.year
        with pikepdf.open(pdf_of(sample, report)) as document:
            for name, (said, relation) in pdf.ATTACHMENTS.items():
                specification = document.attachments[name].obj
                assert str(specification.AFRelationship) == f"/{relation}" and str(specification.Desc) == said
            assert len(document.Root.AF) == 3


def test_what_is_printed_is_read_back_cell_by_cell(sample: Path, sample_inspection: Inspection) -> None:
    for report in sample_inspection.site.reports.values():
        held = finished.held(pdf_of(sample, report).read_bytes())
        printed = {address: figure.mark + "*" * figure.computed for address, figure in report.figures.items()}
        assert {address: held.cells[address] for address in printed} == printed


def test_the_attached_yaml_is_the_report(sample_inspection: Inspection, empty_site: SmallSite) -> None:
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
        finished.held(data)
