"""Every data cell of every table has its headings, as a browser reaches them; statutory and compared figures exactly the model's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from generator.derive.years.compare_page import compare_page
from generator.model.comparison import ComparedTable
from generator.pipeline import Inspection
from tests.browsing import opened, prefixes, script
from tests.test_tables import headings

pytestmark = pytest.mark.xdist_group("browser")


def orphans(cells: list[dict[str, Any]]) -> list[str]:
    """The cells that no heading leads to, and names in `headers` that lead nowhere. A sentence printed in a corner is no figure."""
    return [
        f"{cell['table']} ({cell['x']}, {cell['y']}) {cell['text'][:12]}: {cell['missing'] or 'no heading'}"
        for cell in cells
        if "form-note" not in cell["class"] and (cell["missing"] or not cell["heads"] or not all(cell["heads"]))
    ]


def test_every_cell_of_every_table_has_headings(calm: Page, sample: Path, rare: Path) -> None:
    tables: set[str] = set()
    for site in (sample, rare):
        for path in sorted(site.rglob("*.html")):
            calm.goto(path.as_uri())
            cells = calm.evaluate(script("headers"))
            assert orphans(cells) == [], path
            tables |= {cell["kind"] for cell in cells}
    assert {"compare", "list"} <= {name for kind in tables for name in kind.split()}


def test_every_figure_reaches_its_headings_in_the_browser(calm: Page, sample: Path, sample_inspection: Inspection) -> None:
    for (slug, year), report in sample_inspection.site.reports.items():
        calm.goto((sample / "agencies" / slug / str(year) / "index.html").as_uri())
        printed = [cell for cell in calm.evaluate(script("headers")) if "statutory" in cell["kind"] and "form-note" not in cell["class"]]
        expected = {address: labels for table in report.format.tables for address, labels in headings(table).items()}
        for cell, address in zip(printed, report.format.cells, strict=True):
            assert set(cell["heads"]) == expected[address], address


def compared(table: ComparedTable) -> Iterator[tuple[str, set[str]]]:
    """Each cell's figure in print order, with all that must be heard before it: row, its group, the year and its form."""
    forms = [era.text for era in table.eras for _ in range(era.span)]
    for row in table.rows:
        for cell, year, form in zip(row.cells, table.years, forms, strict=True):
            said = row.label + "".join(map(str, row.notes))  # a link in the heading leads to each note on the row
            yield cell.text, {said, year.text, form} | ({row.group} if row.group else set())


def test_every_compared_figure_reaches_row_group_year_and_form(calm: Page, sample: Path, sample_inspection: Inspection) -> None:
    site = sample_inspection.site
    slugs = [slug for slug, years in site.years_by_agency.items() if len(years) > 1]
    assert slugs
    for slug in slugs:
        own = [one for one in sample_inspection.findings if one.agency == slug]
        found = {year: [one for one in own if one.year == year] for year in site.years_by_agency[slug]}
        view = compare_page(site, site.agencies[slug], found)
        opened(calm, sample, f"agencies/{slug}/compare/index.html")
        cells = calm.evaluate(script("headers"))
        for table in view.tables:
            printed = [cell for cell in cells if cell["table"] == table.id]
            for cell, (text, expected) in zip(printed, compared(table), strict=True):
                assert cell["text"].startswith(text) and set(cell["heads"]) == expected


def test_a_further_language_has_the_same_cells_under_as_many_headings(calm: Page, sample: Path) -> None:
    for prefix in prefixes(sample):
        for path in sorted((sample / prefix).rglob("*.html")):
            calm.goto(path.as_uri())
            said = [(cell["x"], cell["y"], len(cell["heads"])) for cell in calm.evaluate(script("headers"))]
            calm.goto((sample / path.relative_to(sample / prefix)).as_uri())
            assert said == [(cell["x"], cell["y"], len(cell["heads"])) for cell in calm.evaluate(script("headers"))], path
