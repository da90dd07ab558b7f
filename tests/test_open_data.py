"""The open data: every file says the figures of the reports, no more and no less, and what describes the files is true of them."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet
import pytest
from frictionless import Package
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from generator.build.store import Store
from generator.cli.verifying import site as verified
from generator.derive.data import beside, dataset
from generator.derive.data.workbook import workbook
from generator.inspection import Inspection
from generator.language import numerals
from generator.language.speech import SOURCE, speech
from generator.model.correction import Change, Correction
from generator.model.figure import Figure, State
from generator.model.report import Explanation, Extra
from generator.model.site import Site
from generator.pages import data as data_page
from generator.pipeline import Options, build
from generator.render import sqlite, table_files, xlsx
from tests.conftest import ROOT, TODAY, SmallSite, copy_sample
from tests.district import built as district_built
from tests.district import district
from tests.sharing import built_once

HAND_READ = json.loads((ROOT / "tests/data/figures.json").read_text("utf-8"), parse_float=Decimal)
COUNT = 2390
Key = tuple[str, int, str]


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample site without PDFs, with Parquet and a licence, as if it were complete, so that it has all kinds of files."""

    def make(folder: Path) -> None:
        copy_sample(folder)
        settings = folder / "site.yaml"
        settings.write_text(re.sub(r"(?m)^收录: .*\n", "", settings.read_text("utf-8")), "utf-8")
        with settings.open("a", encoding="utf-8") as stream:
            stream.write(
                '许可: {名称: CC BY 4.0, 网址: "https://creativecommons.org/licenses/by/4.0/"}\n数据: {parquet: 是}\n'
            )
        outcome = build(folder, Options(folder / "public", pdf=False, today=TODAY), _no_executor)
        assert not outcome.blocked, outcome.findings

    return built_once(tmp_path_factory, "open-data", make) / "public"


def _no_executor() -> Any:
    raise AssertionError("nothing dear is to be made")


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))


def hand_read(agency: str, year: int, address: str) -> Decimal | None:
    """The figure as it was read by hand; zeros are not listed there, a lost cell is null."""
    said = HAND_READ[f"{agency}/{year}"].get(address, 0)
    return None if said is None else Decimal(said)


def right(found: Iterator[tuple[str, int, str, object]]) -> int:
    """How many figures were compared; the first that differs fails."""
    seen: set[Key] = set()
    for agency, year, address, value in found:
        expected = hand_read(agency, year, address)
        said = Decimal(repr(value)) if isinstance(value, float) else value
        assert said == expected, (agency, year, address)
        seen.add((agency, year, address))
    return len(seen)


def number(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def test_each_years_csv_has_every_figure(published: Path) -> None:
    found = [
        row
        for path in sorted(published.glob("data/*/figures.csv"))
        for row in rows(path.read_bytes())
    ]
    assert (
        right(
            (row["agency"], int(row["year"]), row["address"], number(row["value"])) for row in found
        )
        == len(found)
        == COUNT
    )
    assert all((row["state"] == "number") == bool(row["value"]) for row in found)


def test_the_file_for_excel_is_the_same_behind_its_mark(published: Path) -> None:
    for path in published.glob("data/*/figures.csv"):
        assert (
            path.with_name("figures-excel.csv").read_bytes() == b"\xef\xbb\xbf" + path.read_bytes()
        )
        assert not path.read_bytes().startswith(b"\xef\xbb\xbf")


def test_the_whole_is_the_years_behind_each_other(published: Path) -> None:
    years = [
        path.read_bytes().partition(b"\r\n")
        for path in sorted(published.glob("data/*/figures.csv"))
    ]
    assert len(years) == 7
    whole = gzip.decompress((published / "data/figures.csv.gz").read_bytes())
    assert whole == years[0][0] + b"\r\n" + b"".join(body for _, _, body in years)


def test_sqlite_reads_back_every_figure_and_its_keys_hold(published: Path) -> None:
    with closing(
        sqlite3.connect(f"file:{published / 'data/gongkai.sqlite'}?mode=ro", uri=True)
    ) as database:
        found = database.execute("SELECT agency, year, address, value FROM figures").fetchall()
        assert (
            right((agency, year, address, value) for agency, year, address, value in found)
            == len(found)
            == COUNT
        )
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        columns = [row[1] for row in database.execute("PRAGMA table_info(figures)")]
        assert columns == list(rows((published / "data/2023/figures.csv").read_bytes())[0])


def test_parquet_reads_back_every_figure(published: Path) -> None:
    found = [
        row
        for path in sorted(published.glob("data/*/figures.parquet"))
        for row in pyarrow.parquet.read_table(path).to_pylist()
    ]
    assert (
        right((row["agency"], row["year"], row["address"], row["value"]) for row in found)
        == len(found)
        == COUNT
    )
    assert all(row["computed"] is False and isinstance(row["year"], int) for row in found)


def sheets(path: Path) -> Any:
    return openpyxl.load_workbook(path)


def test_each_workbook_has_every_figure_of_its_report_and_no_formula(published: Path) -> None:
    found: list[tuple[str, int, str, object]] = []
    for path in sorted(published.glob("agencies/*/*/tables.xlsx")):
        agency, year = path.parts[-3], int(path.parts[-2])
        for sheet in sheets(path):
            assert not [cell.coordinate for row in sheet for cell in row if cell.data_type == "f"]
            for table in sheet.tables.values():
                head, *lines = ([cell.value for cell in line] for line in sheet[table.ref])
                assert (
                    len(set(head)) == len(head) and all(head) and list(table.column_names) == head
                )
                assert table.autoFilter.ref == table.ref
                assert sheet.freeze_panes == "B4" and all(
                    any(value is not None for value in line) for line in lines
                )
                if "地址" in head:
                    found += [
                        (agency, year, str(line[head.index("地址")]), line[head.index("数值")])
                        for line in lines
                    ]
    assert right(iter(found)) == len(found) == COUNT


def test_only_the_statutory_sheet_has_merged_cells_and_it_shows_the_figures_too(
    published: Path,
) -> None:
    book = sheets(published / "agencies/haicang-district/2023/tables.xlsx")
    assert book.sheetnames == [
        "封面",
        "说明",
        "表1 主动公开",
        "表2 收到和处理申请",
        "表3 复议诉讼",
        "法定样式",
    ]
    assert [sheet.title for sheet in book if sheet.merged_cells.ranges] == ["法定样式"]
    printed = [[cell.value for cell in row] for row in book["法定样式"]]
    line = next(row for row in printed if row[0] == "一、本年新收政府信息公开申请数量")
    assert line[3:10] == [104, 3, 0, 0, 0, 0, 107]
    shown = sum(isinstance(value, int | float) for row in printed for value in row)
    assert shown == 10 + 25 * 7 + 15
    assert book.properties.title == "厦门市海沧区人民政府2023年政府信息公开工作年度报告"
    ways = {cell.hyperlink.location for row in book["封面"] for cell in row if cell.hyperlink}
    assert ways == {f"'{name}'!A1" for name in book.sheetnames[1:]}
    assert [
        cell.value
        for cell in book["封面"]["B"]
        if cell.value and "许可" in str(book["封面"].cell(cell.row, 1).value)
    ] == ["CC BY 4.0（https://creativecommons.org/licenses/by/4.0/）"]


def test_the_cover_says_where_it_is_from(sample_inspection: Inspection) -> None:
    site = sample_inspection.site
    settings = replace(
        site.settings, base_url="https://www.example.gov.cn/zfxxgk", licence={"name": "某某许可"}
    )
    site = replace(site, settings=settings)
    report = replace(
        site.reports["haicang-district", 2023], source_url="https://www.example.gov.cn/1.html"
    )
    corrected = replace(report, corrections=(Correction(TODAY, "误填", ()),))
    sheet = [
        openpyxl.load_workbook(io.BytesIO(xlsx.workbook_bytes(workbook(site, one, ()))))["封面"]
        for one in (report, corrected)
    ]
    said = [{row[0].value: row[1].value for row in one.iter_rows()} for one in sheet]
    assert (
        said[0]
        | {
            "版本": "第 1 版",
            "取自": "政府信息公开工作年度报告",
            "网址": "https://www.example.gov.cn/zfxxgk/agencies/haicang-district/2023/",
            "站点提示": settings.notice,
            "原文网址": "https://www.example.gov.cn/1.html",
            "许可": "某某许可",
        }
        == said[0]
    )
    assert said[1]["版本"] == "第 2 版，2026 年 6 月 1 日更正"


def odd(site: Site) -> Site:
    """The sample with one report that says what nobody should: formulas, marks of XML, what looks like an escape, every state."""
    key = ("haicang-district", 2023)
    report = site.reports[key]
    figures = dict(report.figures)
    states = [
        Figure(State.BLANK, raw="~"),
        Figure(State.NOT_APPLICABLE, raw="-"),
        Figure(State.UNREADABLE, raw="=1+1"),
    ]
    figures |= dict(zip(figures, states, strict=False))
    return replace(
        site,
        reports={
            **site.reports,
            key: replace(
                report,
                figures=figures,
                title='=HYPERLINK("http://example.com") <&>"',
                explanations=(Explanation("Y-02", "@SUM(A1)\x01", person="+甲"),),
                corrections=(
                    Correction(
                        TODAY, "-1+1", (Change("applications.received.total", "=1", "\t=2"),)
                    ),
                ),
                extras=(Extra("proactive", "=cmd_x0041_", "'=3"),),
            ),
        },
    )


def test_no_text_of_a_workbook_is_a_formula_or_lost(sample_inspection: Inspection) -> None:
    site = odd(sample_inspection.site)
    report = site.reports["haicang-district", 2023]
    data = xlsx.workbook_bytes(workbook(site, report, ()))
    book = openpyxl.load_workbook(io.BytesIO(data))
    texts = {cell.value for sheet in book for row in sheet for cell in row}
    assert {report.title, "-1+1", "'=3"} <= texts
    raw = b"".join(
        zipfile.ZipFile(io.BytesIO(data)).read(name)
        for name in zipfile.ZipFile(io.BytesIO(data)).namelist()
    )
    assert b"<f>" not in raw and b"_x005F_x0041_" in raw
    lines = {
        row[-1].value: [cell.value for cell in row]
        for row in book["表1 主动公开"].iter_rows(min_row=4)
    }
    assert [(line[2], line[4]) for line in list(lines.values())[:3]] == [
        (None, "空白"),
        (None, "不适用"),
        (None, "无法辨认"),
    ]
    assert xlsx.workbook_bytes(workbook(site, report, ())) == data


RISKY = st.text(st.sampled_from("=+-@＝＋－＠\t\r\n ' 1a甲,\"|"), max_size=8)


@given(RISKY | st.text(max_size=20))
def test_no_cell_of_a_csv_can_become_a_formula_and_none_is_lost(text: str) -> None:
    text = text.encode("utf-8", "ignore").decode()
    data = b"".join(table_files.table_csv(("a", "b"), [(text, "x")]))
    _, line = csv.reader(io.StringIO(data.decode(), newline=""))
    assert table_files.unguarded(line[0]) == text and line[1] == "x"
    first = line[0].strip()[:1]
    assert not first or first not in "=+-@＝＋－＠" or table_files.NUMBER.fullmatch(line[0])
    assert line[0][:1] not in {"\t", "\r", "\n"}


def test_what_reports_say_besides_figures_is_there(sample_inspection: Inspection) -> None:
    site = odd(sample_inspection.site)
    said = dataset.Records(site, dict.fromkeys(site.reports, ()))
    tables = dataset.tables(speech(SOURCE))

    def told(name: str) -> list[dict[str, object]]:
        return [dict(zip(tables[name].names, row, strict=True)) for row in said(name)]

    assert [row["version"] for row in told("reports") if row["agency"] == "haicang-district"] == [2]
    assert told("corrections") == [
        {
            "agency": "haicang-district", "year": 2023, "date": TODAY, "reason": "-1+1",
            "address": "applications.received.total", "part": "", "before": "=1", "after": "\t=2",
        }
    ]  # fmt: skip
    assert [row["text"] for row in told("extra_rows")] == ["'=3"]
    raws = [
        (row["state"], row["raw"], row["value"])
        for row in told("figures")
        if row["agency"] == "haicang-district"
    ]
    assert raws[:4] == [
        ("blank", "", None),
        ("not_applicable", "-", None),
        ("unreadable", "=1+1", None),
        ("number", "", 14),
    ]
    for name, table in tables.items():
        for row in told(name):
            assert all(
                row[column.name] not in ("", None) for column in table.columns if column.required
            ), (name, row)
        keys = [tuple(row[name] for name in table.key) for row in told(name)]
        assert not table.key or len(set(keys)) == len(keys)


TYPES = {"string": "string", "int64": "integer", "double": "number", "bool": "boolean"}


def test_the_data_package_is_true_of_its_files(
    published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the tool of the standard's own makers: types, keys, references, sizes and digests. Parquet it cannot read without pandas."""
    monkeypatch.chdir(published / "data")
    document = json.loads(Path("datapackage.json").read_text("utf-8"))
    columns = [one for one in document["resources"] if one["format"] == "parquet"]
    report = Package(
        {**document, "resources": [one for one in document["resources"] if one not in columns]}
    ).validate()
    assert report.valid, report.flatten(["name", "type", "note"])
    assert len(report.tasks) == 9 + 7 * 2 + 2 and len(columns) == 7
    for one in columns:
        held = pyarrow.parquet.read_schema(one["path"])
        assert {field.name: TYPES[str(field.type)] for field in held} == {
            field["name"]: field["type"] for field in one["schema"]["fields"]
        }
    described = {"datapackage.json", "README.md", "index.html"}
    files = {
        path.as_posix() for path in Path().rglob("*") if path.is_file() and path.parts[0] != "v1"
    }
    assert {one["path"] for one in document["resources"]} == files - described
    for one in document["resources"]:
        data = Path(one["path"]).read_bytes()
        assert (one["bytes"], one["hash"]) == (
            len(data),
            f"sha256:{hashlib.sha256(data).hexdigest()}",
        )
    assert document["licenses"] == [
        {"path": "https://creativecommons.org/licenses/by/4.0/", "title": "CC BY 4.0"}
    ]
    assert (
        re.fullmatch(r"2025\.12\.0\+[0-9a-f]{8}", document["version"]) and "created" not in document
    )


def test_the_version_of_the_data_counts_up_with_what_they_hold(site: SmallSite) -> None:
    def version() -> str:
        assert not site.build().blocked
        return str(json.loads(site.page("data/datapackage.json"))["version"])

    first = version()
    assert first.startswith("2023.1.0+") and version() == first
    site.row("行政许可", "{处理决定: 5}")
    second = version()
    assert second.partition("+")[0] == first.partition("+")[0] and second != first
    site.append(
        "更正:\n  - {日期: 2024-12-31, 原因: 误填, 改动: [{格: 行政许可.处理决定, 改前: 4, 改后: 5}]}\n"
    )
    assert version().startswith("2023.1.1+")
    site.add("bureau", 2022)
    assert version().startswith("2023.2.1+")


def test_data_that_travel_alone_say_what_the_pages_say_around_them(site: SmallSite) -> None:
    (site.root / "site.yaml").write_text(
        "title: 测试站\nnotice: 机关和数字都是编的。\n收录: 选录\n", "utf-8"
    )
    assert not site.build().blocked
    package, index = (
        json.loads(site.page(f"data/{name}")) for name in ("datapackage.json", "v1/index.json")
    )
    for said in (site.page("data/README.md"), package["description"], index["description"]):
        assert said.count("机关和数字都是编的。") == said.count("本站是选录") == 1
    (site.root / "site.yaml").write_text("title: 测试站\n", "utf-8")
    site.build()
    assert "编的" not in site.page("data/v1/index.json") and "选录" not in site.page(
        "data/datapackage.json"
    )


@pytest.mark.parametrize(("host", "asks"), [("", False), ("host: {organiser: 某某办公室}\n", True)])
def test_an_operator_is_to_be_asked_only_where_there_is_one(
    site: SmallSite, host: str, asks: bool
) -> None:
    (site.root / "site.yaml").write_text(f"title: 测试站\n{host}", "utf-8")
    assert not site.build().blocked
    for page in ("data/index.html", "data/README.md"):
        said = site.page(page)
        assert "本站没有声明数据的使用许可" in said and ("请向主办单位了解" in said) == asks


def truths(published: Path) -> Iterator[tuple[Path, str, str]]:
    """Every value that says yes or no, in every CSV of a site, with its column."""
    names = {
        column.name
        for table in dataset.tables(speech(SOURCE)).values()
        for column in table.columns
        if column.type == "boolean"
    }
    own = {
        "coverage.csv": {"expected"},
        "rollup.csv": set[str](),
    }  # beside a government's figures `computed` is a sum
    for path in published.rglob("*.csv"):
        for row in rows(path.read_bytes().removeprefix(b"\xef\xbb\xbf")):
            yield from ((path, name, row[name]) for name in own.get(path.name, names & set(row)))


def test_yes_and_no_are_spelt_one_way_in_all_csv(published: Path) -> None:
    found = list(truths(published))
    assert {value for _, _, value in found} == {"true", "false"}
    assert {name for _, name, _ in found} == {"computed", "additive", "expected"}
    assert {path.name for path, _, _ in found} >= {
        "tables.csv",
        "figures.csv",
        "figures-excel.csv",
        "concepts.csv",
        "coverage.csv",
    }


def test_what_nobody_can_read_has_no_text_of_ours(published: Path) -> None:
    tables = json.loads((published / "agencies/jinjiang-town/2020/tables.json").read_text("utf-8"))
    unread = [one for one in tables["figures"].values() if one["state"] == "unreadable"]
    assert len(unread) == 126 and {one["raw"] for one in unread} == {None}
    found = [
        row
        for row in rows((published / "data/2020/figures.csv").read_bytes())
        if row["state"] == "unreadable"
    ]
    assert len(found) >= 126 and {row["raw"] for row in found} == {""}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("5", "5"),
        (" 1,234 ", "1,234"),
        ("~", ""),
        ("空白", ""),
        ("", ""),
        ("?", None),
        ("？", None),
        ("无法辨认", None),
        ("-", "-"),
        ("02", "02"),
    ],
)
def test_what_stands_in_the_report_itself(written: str, said: str | None) -> None:
    assert numerals.stands(numerals.figure(written)) == said


def test_the_columns_of_a_reports_own_file_are_explained(published: Path) -> None:
    described = beside.tables(speech(SOURCE)).table
    for path in published.glob("agencies/*/*/tables.csv"):
        lines = rows(path.read_bytes().removeprefix(b"\xef\xbb\xbf"))
        assert tuple(lines[0]) == described.names and {row["version"] for row in lines} == {"1"}
    for page in ("data/README.md", "data/index.html", "en/data/index.html"):
        assert (
            described.title in (published / page).read_text("utf-8")
            or "The three tables of one report" in (published / page).read_text()
        )


def test_parquet_is_spoken_of_only_where_it_is(sample: Path, published: Path) -> None:
    for page in ("data/README.md", "data/index.html", "en/data/index.html"):
        assert "parquet" not in (sample / page).read_text("utf-8").lower()
        assert "Parquet" in (published / page).read_text("utf-8")


def test_english_stands_beside_what_the_data_say_in_chinese(published: Path) -> None:
    concepts, findings = (
        rows((published / f"data/{name}.csv").read_bytes()) for name in ("concepts", "findings")
    )
    assert all(bool(row["note"]) == bool(row["note_en"]) for row in concepts) and any(
        row["note_en"] for row in concepts
    )
    assert findings and all(row["message_en"] not in {"", row["message"]} for row in findings)
    counted = {row["concept"] for row in concepts if row["additive"] == "false"}
    assert counted and all(
        key.rpartition(".")[2] in {"items_last_year", "items_change", "amount"} for key in counted
    )


@pytest.mark.parametrize("unconfirmed", [True, False])
def test_the_page_tells_the_same_shifts_as_the_table_of_concepts(
    sample_inspection: Inspection, unconfirmed: bool
) -> None:
    site = sample_inspection.site
    site = replace(site, settings=replace(site.settings, unconfirmed_notes=unconfirmed))
    say = speech(SOURCE)
    notes = [meaning.notes for _, rows in data_page.dictionary(site, say) for meaning in rows]
    concepts = dataset.tables(say)["concepts"].names
    column = concepts.index("note")
    told = {str(row[column]) for row in dataset.Records(site, {})("concepts") if row[column]}
    assert told and all(any(note in text for text in notes) for note in told)
    shifts = {shift for concept in site.law.concepts.values() for shift in concept.breaks}
    doubtful = [shift.note.source for shift in shifts if shift.unconfirmed]
    assert doubtful and all(any(note in text for text in notes) == unconfirmed for note in doubtful)


def test_one_level_can_be_taken_as_the_readme_says(published: Path) -> None:
    [query] = set(
        re.findall(r"(?m)^ +(SELECT .*)$", (published / "data/README.md").read_text("utf-8"))
    )
    with closing(
        sqlite3.connect(f"file:{published / 'data/gongkai.sqlite'}?mode=ro", uri=True)
    ) as database:
        found = database.execute(query).fetchall()
    assert {(row[0], row[2]) for row in found} == {("pingtan-zone", 2025)} and len(found) == 200


def test_the_data_package_oracle_sees_a_wrong_file(
    published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in published.glob("data/**/*.*"):
        if path.suffix in {".csv", ".json", ".sqlite"} and "v1" not in path.parts:
            (tmp_path / path.relative_to(published / "data")).parent.mkdir(exist_ok=True)
            (tmp_path / path.relative_to(published / "data")).write_bytes(path.read_bytes())
    file = tmp_path / "2023/figures.csv"
    file.write_bytes(file.read_bytes().replace(b",number,", b",nummer,", 1))
    monkeypatch.chdir(tmp_path)
    found = {one[1] for one in Package("datapackage.json").validate().flatten(["name", "type"])}
    assert {"hash-count", "constraint-error"} <= found


def test_a_licence_is_never_invented(sample: Path, published: Path) -> None:
    assert "licenses" not in json.loads((sample / "data/datapackage.json").read_text("utf-8"))
    assert "没有声明数据的使用许可" in (sample / "data/index.html").read_text("utf-8")
    assert "没有声明数据的使用许可" in (sample / "data/README.md").read_text("utf-8")
    assert json.loads((sample / "data/v1/index.json").read_text("utf-8"))["licence"] is None
    assert "CC BY 4.0" in (published / "data/README.md").read_text("utf-8")


def test_the_page_shows_every_file_with_its_digest(published: Path) -> None:
    for page in ("data/index.html", "en/data/index.html"):
        html = (published / page).read_text("utf-8")
        files = [
            path
            for path in published.glob("data/**/*")
            if path.suffix in {".csv", ".gz", ".sqlite", ".parquet"}
        ]
        assert len(files) == 9 + 7 * 3 + 2
        for path in files:
            assert path.relative_to(published / "data").as_posix() in html
            assert hashlib.sha256(path.read_bytes()).hexdigest() in html
        assert 'rel="license' in html


def test_a_published_copy_with_data_verifies(sample: Path) -> None:
    assert list(verified(sample)) == []


KINDS = {
    "agencies/*": "agency",
    "years/*": "year",
    "findings/*": "findings",
    "index": "index",
    "agencies": "agencies",
    "concepts": "concepts",
}


def validator(published: Path, kind: str) -> Draft202012Validator:
    schema = json.loads((published / f"data/v1/schemas/{kind}.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def documents(published: Path) -> Iterator[tuple[Path, str]]:
    for pattern, kind in KINDS.items():
        yield from ((path, kind) for path in sorted(published.glob(f"data/v1/{pattern}.json")))
    yield from ((path, "report") for path in sorted(published.glob("agencies/*/*/tables.json")))


def test_every_document_of_the_interface_is_as_its_schema_says(published: Path) -> None:
    found = list(documents(published))
    assert len(found) == 6 + 7 + 7 + 3 + 12
    assert (
        len(list(published.glob("data/v1/**/*.json"))) == len(found) - 12 + 7
    )  # nothing without a schema
    for path, kind in found:
        errors = [
            error.message
            for error in validator(published, kind).iter_errors(json.loads(path.read_text("utf-8")))
        ]
        assert errors == [], path


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The ways to every key of every object, the first item of a list standing for all."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield (*path, key)
            yield from leaves(inner, (*path, key))
    elif isinstance(value, list) and value:
        yield from leaves(value[0], (*path, 0))


@pytest.mark.parametrize("kind", sorted(set(KINDS.values()) | {"report"}))
def test_a_schema_refuses_what_is_wrong(published: Path, kind: str) -> None:
    """Of a good document: no key may be another kind of thing, be missing, or have a stranger beside it."""
    path = next(
        path
        for path, one in documents(published)
        if (one == kind and "findings" not in path.parts) or one == kind == "findings"
    )
    text, check = path.read_text("utf-8"), validator(published, kind)
    ways = [
        way
        for way in leaves(json.loads(text))
        if not (kind == "report" and "figures" in way and len(way) == 2 and "total" in way[-1])
    ]
    assert ways
    for way in ways[:60]:
        document, wrong = json.loads(text), object()
        place = document
        for step in way[:-1]:
            place = place[step]
        for wrong in ([[]], {"x": {}}):
            place[way[-1]] = wrong
            assert not check.is_valid(document), (way, wrong)
        place.clear()
        place["fremd"] = 1
        assert not check.is_valid(document), way


def test_links_of_the_interface_lead_somewhere(published: Path) -> None:
    count = 0
    for path, kind in documents(published):
        for way in leaves(json.loads(path.read_text("utf-8"))):
            value: Any = json.loads(path.read_text("utf-8"))
            for step in way:
                value = value[step]
            if (
                kind != "report"
                and (
                    way[-1]
                    in {"href", "page", "csv", "package", "tables", "of", "figures", "findings"}
                    or way[0] == "files"
                )
                and isinstance(value, str)
            ):
                assert (path.parent / value).resolve().is_file(), (path, value)
                count += 1
    assert count > 60


def test_the_interface_knows_bodies_without_a_report_coverage_and_sums(tmp_path: Path) -> None:
    one = district(tmp_path / "site")
    district_built(one)
    v1 = one.root / "public/data/v1"

    def said(name: str) -> Any:
        return json.loads((v1 / name).read_text("utf-8"))

    listed = {row["agency"]: row for row in said("agencies.json")["agencies"]}
    assert set(listed) == set(one.inspect().site.agencies)
    without = [slug for slug, row in listed.items() if not row["years"]]
    assert without
    for slug in without:
        body = said(listed[slug]["href"])
        assert body["reports"] == [] and body["names"]
        there = one.root / f"public/agencies/{slug}/index.html"
        assert (
            (v1 / "agencies" / body["page"]).resolve() == there.resolve()
            if there.exists()
            else body["page"] is None
        )
        assert validator(one.root / "public", "agency").is_valid(body)
    for board in said("index.json")["coverage"]:
        assert (v1 / board["csv"]).read_text("utf-8-sig").startswith("slug,") and (
            v1 / board["page"]
        ).is_file()
    assert [board["year"] for board in said("index.json")["coverage"]] == [2023, 2022]
    rolled = {year: said(f"years/{year}.json")["rollups"] for year in (2022, 2023)}
    assert {year: [row["agency"] for row in found] for year, found in rolled.items()} == {
        2022: ["heping-county", "maichuan-county"],
        2023: ["heping-county"],
    }
    for row in (*rolled[2022], *rolled[2023]):
        assert ((v1 / "years") / row["csv"]).is_file() and ((v1 / "years") / row["page"]).is_file()
    for kind in ("index", "agencies"):
        assert validator(one.root / "public", kind).is_valid(said(f"{kind}.json"))
    assert validator(one.root / "public", "year").is_valid(said("years/2023.json"))


def test_one_edited_report_remakes_its_year_and_what_is_put_together(empty_site: SmallSite) -> None:
    empty_site.add("bureau", 2022).add("bureau", 2023).add("other", 2023).build()
    empty_site.row("行政许可", "{处理决定: 5}", slug="other")
    made = {path for path in empty_site.build().made if path.startswith("data/")}
    assert made == {
        "data/2023/figures.csv", "data/2023/figures-excel.csv", "data/figures.csv.gz", "data/gongkai.sqlite",
        "data/datapackage.json", "data/index.html",
    }  # fmt: skip
    text = empty_site.path("other").with_name("narrative.md")
    text.write_text(text.read_text("utf-8") + "又一句。\n", "utf-8")
    assert [path for path in empty_site.build().made if path.startswith("data/")] == []


def test_a_site_with_an_address_lists_the_page_and_says_where_it_is(site: SmallSite) -> None:
    settings = site.root / "site.yaml"
    settings.write_text(
        settings.read_text("utf-8") + "base_url: https://www.example.gov.cn/zfxxgk\n", "utf-8"
    )
    assert not site.build().blocked
    assert "https://www.example.gov.cn/zfxxgk/data/</loc>" in site.page("sitemap.xml")
    assert (
        json.loads(site.page("data/datapackage.json"))["homepage"]
        == "https://www.example.gov.cn/zfxxgk/data/"
    )
    assert "https://www.example.gov.cn/zfxxgk/data/" in site.page("data/README.md")


def test_a_site_without_reports_has_no_data(empty_site: SmallSite) -> None:
    assert not empty_site.build().blocked
    assert not (empty_site.root / "public/data").exists()


def test_a_database_is_the_same_whenever_it_is_made(sample_inspection: Inspection) -> None:
    site = sample_inspection.site
    said = dataset.Records(site, dict.fromkeys(site.reports, ()))
    made = [
        b"".join(sqlite.database(dataset.tables(speech(SOURCE)), said, site.years))
        for _ in range(2)
    ]
    assert made[0] == made[1] and made[0].startswith(b"SQLite format 3")


def test_parquet_is_only_written_where_it_is_asked_for(
    site: SmallSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = site.root / "site.yaml"
    site.build()
    assert not list((site.root / "public").rglob("*.parquet"))
    settings.write_text(settings.read_text("utf-8") + "data: {parquet: yes}\n", "utf-8")
    monkeypatch.setattr("generator.load.settings.find_spec", lambda name: None)
    assert [(one.rule, one.severity.value) for one in site.findings()] == [("C-05", "warning")]
    assert not site.build().blocked and not list((site.root / "public").rglob("*.parquet"))
    monkeypatch.undo()
    assert not site.build().blocked and list((site.root / "public").rglob("*.parquet"))


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("licence: {name: CC0, url: 'https://example.org/'}", []),
        ("许可: {名称: 某某许可}", []),
        ("许可: {网址: 'https://example.org/'}", ["C-05"]),
        ("许可: {名称: 甲, 网址: example.org}", ["C-04"]),
        ("数据: {parquet: 也许}", ["C-04"]),
        ("数据: {csv: 是}", ["C-03"]),
    ],
)
def test_what_site_yaml_may_say_of_the_data(site: SmallSite, text: str, rules: list[str]) -> None:
    settings = site.root / "site.yaml"
    settings.write_text(f"{settings.read_text('utf-8')}{text}\n", "utf-8")
    assert [one.rule for one in site.findings()] == rules


def test_a_stream_that_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path / ".cache")

    def broken() -> Iterator[bytes]:
        yield b"half"
        raise OSError

    with pytest.raises(OSError):  # noqa: PT011
        store.put_pieces("a" * 64, broken(), {})
    assert store.find("x", "a" * 64, {}) is None
    made = store.put_pieces("b" * 64, iter([b"one", b"", b"two"]), {})
    assert (
        store.read(made) == b"onetwo"
        and made.size == 6
        and made.sha256 == hashlib.sha256(b"onetwo").hexdigest()
    )
    assert store.find("x", "b" * 64, {}) == made
