"""The made-up district of tests/sites/small-district as tests use it: a copy to change, and its figures read without our loader."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.model.format import Format, Heading
from generator.pipeline import Options, Outcome, build
from tests.conftest import TODAY, SmallSite
from tests.sharing import built_once

DISTRICT = Path(__file__).parent / "sites" / "small-district"
COUNTY = "heping-county"
# Who belonged to the county at the end of each year, by hand: the subdistrict came in 2023, the tax office never counts.
MEMBERS = {
    2022: [
        "east-hill-town",
        "heping-agriculture",
        "heping-education",
        "heping-office",
        "heping-water",
        "west-dam-town",
    ],
    2023: [
        "east-hill-town",
        "heping-agriculture",
        "heping-education",
        "heping-office",
        "heping-water",
        "north-street",
        "west-dam-town",
    ],
}


def district(folder: Path) -> SmallSite:
    """A copy of the district."""
    shutil.copytree(DISTRICT, folder, ignore=shutil.ignore_patterns("expected", ".*"))
    return SmallSite(folder)


@pytest.fixture(scope="session")
def shared_district(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The district as built today, for all tests of a run: to be read, not to be changed."""

    def make(folder: Path) -> None:
        built(district(folder))

    return built_once(tmp_path_factory, "district", make)


@pytest.fixture
def own_district(shared_district: Path, tmp_path: Path) -> SmallSite:
    """A copy to change, built already: another build makes only what the change asks for."""
    shutil.copytree(shared_district, tmp_path / "district")
    return SmallSite(tmp_path / "district")


def built(site: SmallSite, day: date = TODAY) -> Outcome:
    """The site built as of a day."""
    outcome = build(
        site.root,
        Options(site.root / "public", pdf=False, today=day),
        partial(ThreadPoolExecutor, 1),
    )
    assert not outcome.blocked, outcome.findings
    return outcome


def edit(site: SmallSite, slug: str, before: str, after: str) -> None:
    """Other words in an agency.yaml."""
    path = site.root / "content" / "agencies" / slug / "agency.yaml"
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after), "utf-8")


def figures(form: Format, slug: str, year: int, root: Path = DISTRICT) -> dict[str, Decimal | str]:
    """Address → number, or what is written there instead; empty for a report that is not there."""
    path = root / "content" / "agencies" / slug / str(year) / "report.yaml"
    if not path.exists():
        return {}
    document = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
    found: dict[str, Decimal | str] = {}
    for table in form.tables:
        for block in table.blocks:
            for top in block.rows:
                for row in top.children or (top,):
                    _rows(table.id, row, document[table.short], block.leaf_columns, found)
    return found


def _rows(
    table: str,
    row: Heading,
    written: Any,
    columns: tuple[Heading, ...],
    found: dict[str, Decimal | str],
) -> None:
    said = written[row.name]
    if row.children:
        for child in row.children:
            _rows(table, child, said, columns, found)
        return
    for index, column in enumerate(columns):
        text = (
            said
            if isinstance(said, str)
            else said[index]
            if isinstance(said, list)
            else said[column.name]
        )
        found[f"{table}.{row.path}.{column.path}"] = (
            Decimal(text) if text.replace(".", "").isdigit() else text
        )
