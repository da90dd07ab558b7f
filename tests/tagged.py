"""The structure of a PDF as poppler tells it, and the profiles that it is held to."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import page as validator
import pikepdf
import pytest

from generator.model.report import Report
from generator.model.site import Site
from generator.render import finished, pdf, print_tables
from tests.conftest import ROOT
from tests.headings import grids, wanted

PROFILES = (validator.ValidationProfile.PDF_UA_1, validator.ValidationProfile.PDF_A_3A)


@dataclass
class Cell:
    """A cell as poppler tells it."""

    kind: str
    id: str
    headers: list[str] = field(default_factory=list)
    scope: str = ""
    text: str = ""


@cache
def cells(path: Path) -> list[Cell]:
    """Every cell of every table of a PDF, from its structure tree. Poppler takes seconds for it."""
    told = subprocess.run(
        ["pdfinfo", "-struct-text", path], capture_output=True, text=True, check=True
    )
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


def assert_led(path: Path, reports: Sequence[Report]) -> None:
    """That in a volume every figure of every report leads to its headings, and that it keeps to the profiles."""
    listed = cells(path)
    heads = {cell.id: cell.text.replace(" ", "") for cell in listed if cell.kind == "TH"}
    assert len({cell.id for cell in listed}) == len(listed)
    for number, report in enumerate(reports, 1):
        own = [
            cell
            for cell in listed
            if cell.kind == "TD" and cell.id.startswith(f"{number}/") and cell.id.count(".") > 1
        ]
        assert {
            one.id.partition("/")[2]: [heads.get(name, "?") for name in one.headers] for one in own
        } == wanted(grids(report))
    assert_kept(path)


CSS = (ROOT / "themes/default/assets/print.css").read_text("utf-8")


def reached(path: Path) -> Mapping[str, list[str]]:
    """Address of a figure → the texts of the headings that its cell in the PDF leads to."""
    listed = cells(path)
    heads = {cell.id: cell.text.replace(" ", "") for cell in listed if cell.kind == "TH"}
    assert all(cell.scope in {"/Row", "/Column"} for cell in listed if cell.kind == "TH")
    return {
        cell.id: [heads.get(name, "?") for name in cell.headers]
        for cell in listed
        if cell.kind == "TD" and cell.id.count(".") > 1
    }


def pdf_of(sample: Path, report: Report) -> Path:
    return sample / "agencies" / report.agency / str(report.year) / "report.pdf"


def print_page(root: Path, report: Report) -> str:
    """The print page that a PDF was made from, out of the cache."""
    from generator.build.store import Store

    store = Store(root / ".cache")
    store.open()
    return store.read(store.known[f"agencies/{report.agency}/{report.year}/print"]).decode()


def assert_kept(path: Path) -> None:
    """That a PDF keeps to the profiles."""
    for profile in PROFILES:
        result = validator.validate_pdf(str(path), profile=profile)
        assert result.is_compliant, (path, [one.message for one in result.failures])


def of_each_form(site: Site) -> list[Report]:
    """The first report of each form."""
    firsts: dict[str, Report] = {}
    for report in site.reports.values():
        firsts.setdefault(report.format.id, report)
    return list(firsts.values())


def drawn(pages: Sequence[str], *, lean: bool) -> list[list[bytes]]:
    """What is drawn on the pages of each PDF, with the lean print page or with all that WeasyPrint asks for."""
    with pytest.MonkeyPatch.context() as patch:
        if not lean:
            patch.setattr(pdf, "LEAN_VERSION", "none")
            patch.setattr(print_tables, "bare", lambda html: html)
        pdf._page_type.cache_clear()
        found = []
        for html in pages:
            printed = pdf.press(html.encode(), {"css": CSS.encode()})
            assert printed.data is not None, printed.problems
            with pikepdf.open(io.BytesIO(printed.data)) as document:
                found.append([page.Contents.read_bytes() for page in document.pages])
    pdf._page_type.cache_clear()
    return found


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
        figures = [
            str(cell.ID)
            for group in table.K
            for line in group.K
            for cell in line.K
            if str(cell.S) == "/TD"
        ]
        name = figures[0].split(".")[0]
        if name in TABLES:
            assert name not in found
            found[name] = table
    return found


def assert_one_table(sample: Path, report: Report, path: Path, height: str, parts: int) -> None:
    """That on low pages, where tables break also inside a group of rows, each is one table in the structure: its head stands there once
    and is drawn on every page, every figure leads to its headings, and the validators agree."""
    printed = pdf.press(
        print_page(sample.parent, report).encode(),
        {"css": (CSS + LOW.format(height=height)).encode()},
    )
    assert printed.data is not None, printed.problems
    path.write_bytes(printed.data)
    assert reached(path) == wanted(grids(report))
    with pikepdf.open(path) as document:
        tables = tables_of(document)
        assert tuple(tables) == TABLES
        heads, body = (
            pages_of(tables["applications"], "/TH")[0],
            pages_of(tables["applications"], "/TD")[1],
        )
        assert len(heads) == 1 and len(body) >= parts  # one row group over all these pages
        assert len(set[int]().union(*pages_of(tables["proactive"], "/TD"))) >= parts - 1
    text = subprocess.run(
        ["pdftotext", "-raw", path, "-"], capture_output=True, text=True, check=True
    ).stdout
    assert (
        text.count("法律服务") == len(body)
        and sum("法律服务" in cell.text for cell in cells(path)) == 1
    )
    assert_kept(path)
