"""`gongkai template`: the form as a workbook. What it computes and marks is what the checks say."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from generator.derive.data.template import form_workbook
from generator.language.speech import SOURCE, speech
from generator.model.template import FormWorkbook
from generator.render.xlsx import form_bytes
from tests.commands import run
from tests.conftest import SmallSite
from tests.sharing import shipped_law

LAW = shipped_law()


def book(form: str, year: int, opening: dict[str, int] | None = None) -> FormWorkbook:
    found = LAW.format_named(form)
    assert found is not None
    return form_workbook(LAW, found, "示例局", year, opening or {}, speech(SOURCE))


def tables(content: bytes | Path) -> Worksheet:
    source = io.BytesIO(content) if isinstance(content, bytes) else content
    sheet = load_workbook(source)["报表"]
    assert isinstance(sheet, Worksheet)
    return sheet


def row_of(sheet: Worksheet, label: str) -> int:
    cells = (cell for line in sheet.iter_rows() for cell in line)
    return next(int(cell.row or 0) for cell in cells if str(cell.value or "") == label)


@pytest.mark.parametrize(("form", "year"), [("2019", 2020), ("2021", 2024)])
def test_every_total_is_a_formula_and_every_identity_a_mark(form: str, year: int) -> None:
    content = book(form, year)
    sheet = tables(form_bytes(content))
    formulas = [
        cell for line in sheet.iter_rows() for cell in line if str(cell.value).startswith("=")
    ]
    assert len(formulas) == len({total.cell for total in content.sums})
    ranges = sheet.conditional_formatting
    assert sum(len(entry.rules) for entry in ranges) == len(content.checks)
    validated = {str(entry.sqref) for entry in sheet.data_validations.dataValidation}
    free = sum(entry.free for entry in content.entries.values())
    assert sum(len(where.split()) for where in validated) == len(content.entries) - free
    assert not sheet.protection.sheet, "a locked sheet cannot be filtered"


def test_a_workbook_has_no_names_and_the_same_bytes_each_time() -> None:
    content = form_bytes(book("2021", 2024))
    assert not load_workbook(io.BytesIO(content)).defined_names
    assert content == form_bytes(book("2021", 2024))


def test_a_form_to_be_filled_in_says_what_the_checks_say() -> None:
    guide = dict(book("2021", 2024).guide)
    for rule in ("T3-01", "T2-01", "Y-01", "V-03", "S-09"):
        entry = LAW.rules[rule]
        assert entry.manual and guide[rule] == f"{entry.name.source}：{entry.manual.what.source}"


def test_last_year_is_brought_over_and_marked(site: SmallSite, tmp_path: Path) -> None:
    site.row("结转下年度", "[1, 0, 0, 2, 0, 0, 3]")
    target = tmp_path / "form.xlsx"
    options = ("--year", "2024", "--output", target)
    made = run("--root", site.root, "template", "--agency", "bureau", *options)
    assert made.exit_code == 0, made.output
    sheet = tables(target)
    row = row_of(sheet, "二、上年结转政府信息公开申请数量")
    line = [cell for cell in sheet[row] if cell.value is not None][1:]
    assert [cell.value for cell in line[:-1]] == [1, 0, 0, 2, 0, 0]
    assert {cell.fill.fgColor.rgb for cell in line[:-1]} == {"FFDCEBFF"}
    total = load_workbook(target, data_only=True)["报表"].cell(row, line[-1].column)
    assert total.value == 3
    assert sheet["A1"].value == "测试bureau局2024年政府信息公开工作年度报告"
    again = run("--root", site.root, "template", "--agency", "bureau", *options)
    assert again.exit_code == 2 and "不会覆盖" in again.output


def test_a_form_of_no_body_needs_no_site(tmp_path: Path) -> None:
    target = tmp_path / "form.xlsx"
    made = run("--root", tmp_path, "template", "--year", "2024", "--output", target)
    assert made.exit_code == 0 and target.is_file()
    assert run("--root", tmp_path, "template", "--year", "2001").exit_code == 2
