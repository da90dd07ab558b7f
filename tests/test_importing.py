"""`gongkai import`: what goes out as CSV comes back as the same figures, and what is no proper CSV is named by line and column."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.cli import cli
from generator.derive.data.beside import tables_lines
from generator.derive.data.report_tables import figure_entries, figures
from generator.importing.tidy import Imported, read
from generator.inspection import Inspection, read_law
from generator.language.identity import instances, total
from generator.language.numerals import decode
from generator.language.speech import SOURCE, speech
from generator.model.figure import Figure, State, plain
from generator.model.format import Format
from generator.model.law import Law
from generator.model.report import Report
from generator.render.table_files import marked_csv, table_csv
from tests.conftest import SmallSite, with_third_form

FIGURES = figures(speech(SOURCE))


@pytest.fixture(scope="session")
def three_forms(tmp_path_factory: pytest.TempPathFactory) -> Law:
    """The law with the made-up form of 2031."""
    folder = tmp_path_factory.mktemp("forms") / "formats"
    with_third_form(folder)
    return read_law(folder)


def tidy(report: Report) -> bytes:
    entries = figure_entries(report, "测试局")
    return b"".join(table_csv(FIGURES.table.names, FIGURES.rows_of(entries)))


# Ways to write a figure: all that a loader takes, with what it makes of them.
NUMBERS = (
    st.integers(-20, 10**12).map(str)
    | st.decimals(0, 10**6, places=2).map(str)
    | st.sampled_from(["１２", "1,234", "0", "0", "0"])
)
OTHERS = st.sampled_from(
    [
        "",
        "~",
        "空白",
        "/",
        "-",
        "—",
        "不适用",
        "?",
        "无法辨认",
        "约三十",
        "=1+1",
        "025000",
        '"',
        "a,b",
        "甲\u3000乙",
        "'-3",
    ]
)
UNITS = st.sampled_from(["", "元", "万元", " 亿元"])


@st.composite
def written(draw: st.DrawFn, form: Format) -> Mapping[str, Figure]:
    """A report of zeros with a dozen cells written otherwise, and some totals left out."""
    texts = draw(st.dictionaries(st.sampled_from(list(form.cells)), NUMBERS | OTHERS, max_size=12))
    unit = draw(UNITS)
    figures: dict[str, Figure] = {}
    for address, cell in form.cells.items():
        with_unit = cell.column.unit == "as_reported"
        raw = (texts.get(address, "0") + (unit if with_unit else "")).strip()
        decoded = decode(raw, with_unit=with_unit)
        figures[address] = Figure(decoded.state, decoded.value, raw, decoded.unit)
    return filled(
        form,
        figures,
        draw(st.sets(st.sampled_from(sorted({one.left[0].address for one in instances(form)})))),
    )


def filled(form: Format, figures: Mapping[str, Figure], left_out: set[str]) -> Mapping[str, Figure]:
    """The figures with some totals left out and added up again, as the loader does; what it cannot add up is not left out."""
    held = {address: figure for address, figure in figures.items() if address not in left_out}
    for instance in instances(form):
        if (
            instance.identity.computes
            and instance.left[0].address not in held
            and all(place.address in held for place in instance.right)
        ):
            value = total([(place.sign, held[place.address]) for place in instance.right])
            if value is not None:
                held[instance.left[0].address] = Figure(
                    State.NUMBER, value, plain(value), computed=True
                )
    missing = figures.keys() - held.keys()
    return (
        filled(form, figures, left_out - missing)
        if missing
        else {address: held[address] for address in figures}
    )


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
@given(data=st.data(), year=st.sampled_from([2019, 2023, 2031]))
def test_figures_go_out_and_come_back_the_same(
    three_forms: Law, tmp_path: Path, data: st.DataObject, year: int
) -> None:
    """Figures → CSV → report.yaml → figures → CSV: states, raw texts, units, and which totals were left out."""
    form = three_forms.format_for(year)
    assert form is not None
    report = Report("bureau", year, form, data.draw(written(form)), {})
    path = tmp_path / "figures.csv"
    path.write_bytes(tidy(report))
    imported = read(path, three_forms)
    assert imported.findings == () and (imported.agency, imported.year) == ("bureau", year)
    again = Report("bureau", year, form, imported.figures, {})
    assert tidy(again) == path.read_bytes()
    assert {
        key: (one.state, one.value, one.unit, one.computed) for key, one in again.figures.items()
    } == {
        key: (one.state, one.value, one.unit, one.computed) for key, one in report.figures.items()
    }


def test_every_sample_report_comes_back_from_its_year_and_from_its_own_csv(
    sample_inspection: Inspection, law: Law, tmp_path: Path
) -> None:
    for (agency, year), report in sample_inspection.site.reports.items():
        ways: list[tuple[bytes, tuple[str, int]]] = [
            (tidy(report), ("", 0)),
            (marked_csv(tables_lines(report)), (agency, year)),
        ]
        for data, named in ways:
            path = tmp_path / "x.csv"
            path.write_bytes(data)
            imported = read(path, law, *named)
            assert imported.findings == (), (agency, year)
            assert {
                key: (one.state, one.value, one.unit) for key, one in imported.figures.items()
            } == {key: (one.state, one.value, one.unit) for key, one in report.figures.items()}


@pytest.fixture
def report(site: SmallSite) -> Report:
    return (
        site.row("新收", "[3, 0, 0, 0, 0, 1]")
        .row("结转下年度", "[3, 0, 0, 0, 0, 1]")
        .inspect()
        .site.reports["bureau", 2023]
    )


LINE = "bureau,测试局,2023,2021,applications.received.company,新收·商业企业,applications.received.company,0,件,number,,false\r\n"


def cut(text: str) -> Iterator[str]:
    return (
        line
        for line in text.splitlines(keepends=True)
        if "review.litigation_direct.upheld," not in line
    )


# (name, change of the file, rule, line, column; 0: wherever)
WRONG: list[tuple[str, Callable[[str], str], str, int, int]] = [
    (
        "no such cell",
        lambda text: text.replace(
            "applications.received.company,新收", "applications.received.comany,新收"
        ),
        "C-03",
        13,
        22,
    ),
    ("a cell twice", lambda text: text + LINE, "C-02", 202, 22),
    ("a cell is missing", lambda text: "".join(cut(text)), "S-05", 200, 0),
    ("no number", lambda text: text.replace("company,0,", "company,十,", 1), "V-01", 13, 0),
    (
        "a number in a way of its own",
        lambda text: text.replace("company,0,", "company,00,", 1),
        "V-01",
        13,
        0,
    ),
    (
        "a blank with a number",
        lambda text: text.replace("company,0,件,number", "company,0,件,blank", 1),
        "C-04",
        13,
        0,
    ),
    (
        "no such state",
        lambda text: text.replace("company,0,件,number", "company,0,件,nothing", 1),
        "C-04",
        13,
        0,
    ),
    ("another unit", lambda text: text.replace("company,0,件", "company,0,项", 1), "C-04", 13, 0),
    (
        "raw and value differ",
        lambda text: text.replace("company,0,件,number,,", 'company,0,件,number,"1,234",', 1),
        "C-04",
        13,
        0,
    ),
    (
        "computed and no total",
        lambda text: text.replace("company,0,件,number,,false", "company,0,件,number,,true", 1),
        "C-04",
        13,
        0,
    ),
    (
        "computed and wrong",
        lambda text: text.replace(",4,件,number,,true", ",5,件,number,,true", 1),
        "C-04",
        18,
        0,
    ),
    (
        "computed is no answer",
        lambda text: text.replace(",number,,true", ",number,,perhaps", 1),
        "C-04",
        18,
        0,
    ),
    (
        "a column is missing",
        lambda text: text.replace("address,label", "adress,label", 1),
        "C-05",
        1,
        1,
    ),
    ("a column twice", lambda text: text.replace("label,", "value,", 1), "C-02", 1, 1),
    (
        "a line is short",
        lambda text: text.replace(
            ",新收·商业企业,applications.received.company,0,件,number,,false", "", 1
        ),
        "C-01",
        13,
        1,
    ),
    ("a quote stays open", lambda text: text.replace("新收·商业企业", '"新收', 1), "C-01", 13, 1),
    ("a quote inside", lambda text: text.replace("新收·商业企业", '新"收"', 1), "C-01", 13, 0),
    ("no such form", lambda text: text.replace(",2021,", ",1999,"), "C-04", 2, 17),
    ("two forms", lambda text: text.replace(",2021,", ",2019,", 1), "C-04", 0, 0),
    ("no year", lambda text: text.replace(",2023,", ",0,"), "C-04", 2, 1),
    ("no folder's name", lambda text: text.replace("bureau,", "../../etc,"), "C-08", 2, 1),
    ("empty", lambda text: "", "C-05", 1, 1),
]


@pytest.mark.parametrize(
    ("change", "rule", "line", "column"),
    [case[1:] for case in WRONG],
    ids=[case[0] for case in WRONG],
)
def test_what_is_wrong_is_named_by_its_place(
    report: Report,
    law: Law,
    tmp_path: Path,
    change: Callable[[str], str],
    rule: str,
    line: int,
    column: int,
) -> None:
    text = tidy(report).decode()
    assert change(text) != text
    path = tmp_path / "figures.csv"
    path.write_bytes(change(text).encode())
    imported = read(path, law)
    assert imported.yaml == "" and rule in {one.rule for one in imported.findings}
    first = next(one for one in imported.findings if one.rule == rule)
    assert (
        first.at.path == "figures.csv"
        and first.at.line == (line or first.at.line)
        and first.at.column == (column or first.at.column)
    )


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_any_bytes_end_in_findings_or_in_a_sentence(
    report: Report, law: Law, tmp_path: Path, data: st.DataObject
) -> None:
    good = tidy(report)
    start = data.draw(st.integers(0, len(good)))
    bad = (
        good[:start]
        + data.draw(st.binary(max_size=20))
        + good[start + data.draw(st.integers(0, 40)) :]
    )
    path = tmp_path / "x.csv"
    path.write_bytes(data.draw(st.sampled_from([bad, bad[start:], bad[:start]])))
    result = CliRunner().invoke(cli, ["import", str(path)])
    assert result.exit_code in {0, 1, 2} and (
        result.exception is None or isinstance(result.exception, SystemExit)
    ), result.exception


def run(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli, [str(one) for one in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def test_the_command_prints_and_writes_and_never_overwrites(
    site: SmallSite, report: Report, tmp_path: Path
) -> None:
    path = tmp_path / "figures.csv"
    path.write_bytes(tidy(report))
    code, out, _ = run("import", path)
    assert code == 0 and "新收" in out and "总计: 4" not in out
    code, _, err = run("--root", site.root, "import", path, "--write")
    assert code == 2 and "不会覆盖" in err
    shutil.rmtree(site.path().parent)
    assert run("--root", site.root, "import", path, "--write")[0] == 0
    assert site.path().read_text("utf-8") == out
    shutil.rmtree(site.path().parent.parent)
    code, _, err = run("--root", site.root, "import", path, "--write")
    assert code == 2 and "gongkai new agency bureau" in err


def test_the_command_as_json(report: Report, tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    path.write_bytes(tidy(report).replace(b"company,0,", b"company,x,", 1))
    code, out, err = run("import", path, "--format", "json")
    said = json.loads(out)
    assert code == 1 and (said["agency"], said["year"], said["format"], said["sections"]) == (
        "bureau",
        2023,
        "2021",
        {},
    )
    assert [(one["rule"], one["line"], one["path"]) for one in said["findings"]] == [
        ("V-01", 13, "figures.csv")
    ]
    assert said["figures"]["applications.received.natural_person"] == {
        "state": "number",
        "value": 3,
        "raw": "3",
        "line": 12,
    }
    assert "V-01" in err


def test_a_file_of_many_reports_needs_a_choice(report: Report, law: Law, tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    other = tidy(report).replace(b"bureau,", b"office,").partition(b"\r\n")[2]
    path.write_bytes(tidy(report) + other)
    code, _, err = run("import", path)
    assert code == 2 and "--agency office --year 2023" in err
    chosen: Imported = read(path, law, "office", 2023)
    assert (
        chosen.agency == "office"
        and chosen.findings == ()
        and chosen.figures["applications.received.total"].at is not None
    )
    assert run("import", path, "--agency", "nobody", "--year", 2023)[0] == 2
    assert run("import", path, "--agency", "office", "--year", 2022)[0] == 2


@pytest.mark.parametrize("name", ["report.docx", "report.html", "report.xlsx", "report"])
def test_other_files_are_refused_with_a_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    code, out, err = run("import", tmp_path / name)
    assert code == 2 and out == "" and "没有找到法定的表" in err


def test_decimals_keep_their_digits(report: Report, law: Law, tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    path.write_bytes(
        tidy(report).replace(b"proactive.fees.amount,0,", b"proactive.fees.amount,12.50,")
    )
    imported = read(path, law)
    assert (
        imported.figures["proactive.fees.amount"].value == Decimal("12.50")
        and "金额: 12.50" in imported.yaml
    )
