"""Every data cell of every table has its headings, as a browser reaches them; statutory and compared figures exactly the model's. And
Chinese on pages in another language says so. Every page is opened once for all of this."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from generator.inspection import Inspection
from generator.model.comparison import ComparedTable
from generator.pages.compare import compare_page
from tests.browsing import nothing, prefixes, script
from tests.checkers import orphans
from tests.headings import headings
from tests.sharing import built_once

Cells = list[dict[str, Any]]


@dataclass(frozen=True)
class Seen:
    """What a browser makes of a page: its data cells with their headings, and Chinese texts that do not say so."""

    cells: Cells
    unsaid: list[str]


@pytest.fixture(scope="module")
def seen(
    browser: Browser, sample: Path, rare: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[Path, Seen]:
    """Every page of both sites by its file; looked at once for all test processes."""

    def look(folder: Path) -> None:
        (folder / "public").mkdir(parents=True)
        page = browser.new_page()
        found = {}
        for site in (sample, rare):
            for path in sorted(site.rglob("*.html")):
                page.goto(path.as_uri())
                foreign = path.relative_to(site).as_posix().startswith(prefixes(site))
                unsaid = page.evaluate(script("tongues")) if foreign else []
                found[str(path)] = (page.evaluate(script("headers")), unsaid)
        page.context.close()
        (folder / "public" / "seen.json").write_text(json.dumps(found), "utf-8")

    file = built_once(tmp_path_factory, "seen", look) / "public" / "seen.json"
    pages = json.loads(file.read_text("utf-8"))
    return {Path(path): Seen(*page) for path, page in pages.items()}


def test_every_cell_of_every_table_has_headings(seen: dict[Path, Seen]) -> None:
    nothing({path: orphans(page.cells) for path, page in seen.items()})
    kinds = {cell["kind"] for page in seen.values() for cell in page.cells}
    assert {"compare", "list"} <= {name for kind in kinds for name in kind.split()}


def test_chinese_texts_of_pages_in_another_language_say_so(
    seen: dict[Path, Seen], sample: Path
) -> None:
    nothing({path: page.unsaid for path, page in seen.items() if path.is_relative_to(sample)})


def test_every_figure_reaches_its_headings_in_the_browser(
    seen: dict[Path, Seen], sample: Path, sample_inspection: Inspection
) -> None:
    for (slug, year), report in sample_inspection.site.reports.items():
        printed = [
            cell
            for cell in seen[sample / "agencies" / slug / str(year) / "index.html"].cells
            if "statutory" in cell["kind"] and "form-note" not in cell["class"]
        ]
        expected = {
            address: labels
            for table in report.format.tables
            for address, labels in headings(table).items()
        }
        for cell, address in zip(printed, report.format.cells, strict=True):
            assert set(cell["heads"]) == expected[address], address


def compared(table: ComparedTable) -> Iterator[tuple[str, set[str]]]:
    """Each cell's figure in print order, with all that must be heard before it: row, its group, the year and its form."""
    forms = [era.text for era in table.eras for _ in range(era.span)]
    for row in table.rows:
        for cell, year, form in zip(row.cells, table.years, forms, strict=True):
            said = row.label + "".join(
                map(str, row.notes)
            )  # a link in the heading leads to each note on the row
            yield cell.text, {said, year.text, form} | ({row.group} if row.group else set())


def test_every_compared_figure_reaches_row_group_year_and_form(
    seen: dict[Path, Seen], sample: Path, sample_inspection: Inspection
) -> None:
    site = sample_inspection.site
    slugs = [slug for slug, years in site.years_by_agency.items() if len(years) > 1]
    assert slugs
    for slug in slugs:
        own = [one for one in sample_inspection.findings if one.agency == slug]
        found = {
            year: [one for one in own if one.year == year] for year in site.years_by_agency[slug]
        }
        view = compare_page(site, site.agencies[slug], found)
        cells = seen[sample / f"agencies/{slug}/compare/index.html"].cells
        for table in view.tables:
            printed = [cell for cell in cells if cell["table"] == table.id]
            for cell, (text, expected) in zip(printed, compared(table), strict=True):
                assert cell["text"].startswith(text) and set(cell["heads"]) == expected


def test_a_further_language_has_the_same_cells_under_as_many_headings(
    seen: dict[Path, Seen], sample: Path
) -> None:
    def reached(path: Path) -> list[tuple[int, int, int]]:
        return [(cell["x"], cell["y"], len(cell["heads"])) for cell in seen[path].cells]

    for prefix in prefixes(sample):
        for path in sorted((sample / prefix).rglob("*.html")):
            assert reached(path) == reached(sample / path.relative_to(sample / prefix)), path
