"""What editors check by: the schemas take every file and every spelling that the loader takes, and no key that it does not know."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from generator import scaffold, schema
from generator.inspection import read_law
from generator.language import labels
from generator.load import agency, corrections, report, transcription
from generator.load import settings as site_settings
from generator.load.rows import level_words, table_words
from generator.model.format import Block, Format, Heading, Table
from generator.model.law import Law
from generator.schema import keys_page
from tests.conftest import ROOT, SmallSite, with_third_form
from tests.sharing import shipped_law


class Texts(yaml.SafeLoader):
    """YAML as editors read it: a date is a text."""


Texts.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8"), Loader=Texts)


def validator(made: Mapping[str, Any]) -> Draft202012Validator:
    Draft202012Validator.check_schema(made)
    return Draft202012Validator(made)


LAW = shipped_law()
# That these are schemas at all is asked once, in a test below: it takes seconds.
REPORTS = {form.id: Draft202012Validator(schema.report_schema(form, LAW)) for form in LAW.formats}
AGENCY = Draft202012Validator(schema.agency_schema())
SITE = Draft202012Validator(schema.site_schema(LAW))
FORMS = pytest.mark.parametrize("form", LAW.formats, ids=lambda form: form.id)


def year_of(form: Format) -> int:
    return form.last_year or form.first_year


def for_file(path: Path) -> Draft202012Validator:
    if path.name != "report.yaml":
        return AGENCY if path.name == "agency.yaml" else SITE
    form = LAW.format_for(int(path.parent.name))
    assert form is not None
    return REPORTS[form.id]


SAMPLES = [
    *ROOT.glob("content/agencies/**/*.yaml"),
    ROOT / "site.yaml",
    *ROOT.glob("tests/sites/change-of-form/**/*.yaml"),
]


@pytest.mark.parametrize(
    "path", sorted(SAMPLES), ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_every_sample_file_validates(path: Path) -> None:
    assert not list(for_file(path).iter_errors(read(path)))


def values(block: Block) -> Iterator[Any]:
    """Every way to write a row of a block."""
    columns = block.leaf_columns
    yield 0
    yield [1] * len(columns)
    for spelled in zip(*[_repeated(column.words) for column in columns], strict=True):
        yield dict.fromkeys(spelled, 1)


def _repeated(words: tuple[str, ...]) -> list[str]:
    return [words[min(place, len(words) - 1)] for place in range(5)]


def spellings(form: Format) -> Iterator[tuple[Table, Block, Heading, tuple[Heading, ...], str]]:
    """Every spelling of every row at the table's top level and in each of its groups: what the loader's own words take."""
    for table in form.tables:
        top, anywhere = table_words(table)
        levels = [
            ((), top),
            *(
                (path, level_words(path[-1].children))
                for block in table.blocks
                for path in groups(block.rows, ())
            ),
        ]
        for block in table.blocks:
            for row in block.leaf_rows:
                for path, level in levels:
                    for word in (*row.words, row.path):
                        if (
                            level.get(labels.normal(word)) or anywhere.get(labels.normal(word))
                        ) is row:
                            yield table, block, row, path, word


def groups(
    headings: Iterable[Heading], above: tuple[Heading, ...]
) -> Iterator[tuple[Heading, ...]]:
    for heading in headings:
        if heading.children:
            yield (*above, heading)
            yield from groups(heading.children, (*above, heading))


def nested(table: Table, path: tuple[Heading, ...], row: str, value: Any) -> dict[str, Any]:
    """A report that holds one row, in the groups that lead to it."""
    inner: Any = {row: value}
    for group in reversed(path):
        inner = {group.name: inner}
    return {table.short or table.label: inner}


@FORMS
def test_every_spelling_of_a_row_validates_at_every_level_that_takes_it(form: Format) -> None:
    count = 0
    for table, _, _, path, word in spellings(form):
        count += 1
        assert REPORTS[form.id].is_valid(nested(table, path, word, 0)), (path, word)
    assert count > 300


@FORMS
def test_a_row_may_be_written_in_every_way(form: Format) -> None:
    for table in form.tables:
        for block in table.blocks:
            for value in values(block):
                for row in block.leaf_rows:
                    assert REPORTS[form.id].is_valid({table.short: {row.label: value}}), (
                        row.label,
                        value,
                    )


@FORMS
def test_a_total_may_be_left_out_and_no_other_cell(form: Format) -> None:
    table = form.table("applications")
    row, count = table.blocks[0].leaf_rows[0], len(table.blocks[0].leaf_columns)
    for length in range(1, count + 2):
        assert REPORTS[form.id].is_valid({table.label: {row.short: [0] * length}}) == (
            length in {count - 1, count}
        ), length


@FORMS
def test_every_row_and_group_is_named_in_chinese_and_explained(form: Format) -> None:
    made = schema.report_schema(form, LAW)
    for table in form.tables:
        assert made["$defs"][table.id]["title"] == table.label
        for block in table.blocks:
            for row in block.leaf_rows:
                said = made["$defs"][f"{table.id}.{row.path}"]
                assert said["title"] == row.label
                assert all(column.name in said["description"] for column in block.leaf_columns)


def test_a_row_says_its_unit_and_its_sums(law: Law) -> None:
    form = law.format_for(2024)
    assert form is not None
    made = schema.report_schema(form, law)["$defs"]
    assert made["applications.received"]["description"].split("\n") == [
        "每行依次为：自然人、商业企业、科研机构、社会公益组织、法律服务机构、其他、总计。单位：件。",
        "总计可以不写，由程序相加。",
        "T3-01 新收与上年结转之和应等于办结与结转下年之和：新收 + 上年结转 = 办结 + 结转下年度",
        "T3-06 年末结转多于全年新收：新收 ≥ 结转下年度",
        "T3-02 一行各列之和应等于总计：总计 = 自然人 + 商业企业 + 科研机构 + 社会公益组织 + 法律服务机构 + 其他",
    ]
    assert (
        "Y-01 上年结转应等于上一年度报告的结转下年度：上年结转 = 上年度结转下年度"
        in made["applications.carried_in"]["description"]
    )
    assert (
        "单位：万元" in made["proactive.fees"]["description"]
        and "不适用的写 /" in made["proactive.regulations"]["description"]
    )


@FORMS
def test_editors_propose_one_word_for_a_row_and_the_short_one(form: Format) -> None:
    made = schema.report_schema(form, LAW)["$defs"]
    for table in form.tables:
        proposed = {
            word
            for word, value in made[table.id]["properties"].items()
            if "doNotSuggest" not in value
        }
        rows = level_words(tuple(row for block in table.blocks for row in block.rows)).values()
        assert proposed == {row.name for row in rows if row.path} | {"另列"}


TABLES: list[tuple[Draft202012Validator, Mapping[str, tuple[str, ...]], tuple[Any, ...], Any]] = [
    (REPORTS["2021"], report.KEYS.words, (), None),
    (REPORTS["2021"], report.EXPLANATION.words, ("说明", 0), None),
    (REPORTS["2021"], transcription.TRANSCRIBED.words, ("转录",), None),
    (REPORTS["2021"], corrections.CORRECTION.words, ("更正", 0), None),
    (REPORTS["2021"], corrections.CHANGE.words, ("更正", 0, "改动", 0), None),
    (AGENCY, agency.AGENCY.words, (), None),
    (AGENCY, agency.CONTACT.words, ("联系方式",), None),
    (AGENCY, agency.EVENT.words, ("沿革", 0), None),
    (AGENCY, agency.SPAN.words, ("历任名称", 0), None),
    (AGENCY, agency.SPAN.words, ("历任上级", 0), None),
    (SITE, site_settings.SITE.words, (), None),
    (SITE, site_settings.HOST.words, ("主办网站",), ""),
    (SITE, agency.KINDS, ("期限",), "01-31"),
    (SITE, site_settings.LEVEL_NAMES, ("处置",), "停止"),
    (SITE, site_settings.LICENCE.words, ("许可",), ""),
    (SITE, site_settings.DATA.words, ("数据",), "是"),
]
VALID: Mapping[str, Any] = {
    "profile": ["scorecard"],
    "scores": "是",
    "languages": ["zh-CN", "en"],
    "translations": {"en": {"title": "Reports"}},
    "former_slugs": ["old"],
    "rules": {"Y-06": "关闭", "S-09": {"字数": 1500, "说明": "必须"}},
    "year": 2023, "format": "2021", "published": "2024-01-26", "signed": "2024年1月26日", "explanations": [], "corrections": [],
    "rule": "Y-02", "cell": "新收.总计", "reason": "到期失效四件", "date": "2024-03-01", "cells": [], "before": 106, "after": "107",
    "names": ["旧名"], "parents": [{"上级": "city", "至": "2020-01-01"}], "kind": "街道", "roll_up": "本级", "level": "县级", "contact": {},
    "start": "2019-03-01", "end": None, "language": "zh-CN", "base_url": "https://www.example.gov.cn/zfxxgk/", "host": None,
    "transcribed": {"文字": "改写"}, "wording": "照录", "left_out": ["发布日期", "五", "存在问题及改进情况"],
    "turn": "并入", "bodies": ["甲局"], "events": [],
    "deadlines": {}, "collection": "选录", "fail_on": "warning", "policy": {}, "unconfirmed_notes": True, "report_error_url": "",
    "licence": {"名称": "CC BY 4.0", "网址": "https://creativecommons.org/licenses/by/4.0/"}, "data": {"parquet": True},
}  # fmt: skip


def within(path: tuple[Any, ...], inner: Any) -> Any:
    for step in reversed(path):
        inner = [inner] if step == 0 else {step: inner}
    return inner


@pytest.mark.parametrize(("validates", "words", "path", "value"), TABLES, ids=range(len(TABLES)))
def test_every_key_is_taken_in_every_spelling_and_no_other(
    validates: Draft202012Validator,
    words: Mapping[str, tuple[str, ...]],
    path: tuple[Any, ...],
    value: Any,
) -> None:
    for key, spelled in words.items():
        for word in (*spelled, f" {spelled[0]}：", spelled[0].upper()):
            document = within(path, {word: VALID.get(key, "一句话") if value is None else value})
            assert validates.is_valid(document), (
                word,
                [error.message for error in validates.iter_errors(document)],
            )
    for word in ("备注一", "名", "titel", "x", ""):
        assert not validates.is_valid(within(path, {word: "一句话" if value is None else value})), (
            word
        )


def test_every_key_has_its_meaning_and_is_listed_for_people() -> None:
    for title, table in keys_page.tables():
        for name, key in table.by_name.items():
            assert key.spellings[0] == name or name in {"value", "start", "end", "turn"}, title
            assert key.meaning.endswith("。"), (title, name)
            assert key.since


def test_the_page_of_keys_is_what_the_tables_say() -> None:
    """docs/keys.md; `./run golden` rewrites it."""
    path = ROOT / "docs/keys.md"
    if os.environ.get("GONGKAI_GOLDEN") == "write":
        path.write_text(keys_page.markdown(), "utf-8")
    assert path.read_text("utf-8") == keys_page.markdown()


@FORMS
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_key_is_taken_just_when_the_loader_knows_it(form: Format, data: st.DataObject) -> None:
    """Labels with numbers, blanks, quotes, other widths and letters left out: the schema and the loader agree."""
    table = form.table(data.draw(st.sampled_from([table.id for table in form.tables])))
    top, anywhere = table_words(table)
    word = data.draw(
        st.sampled_from(
            sorted(
                {
                    word
                    for block in table.blocks
                    for row in block.leaf_rows
                    for word in row.words
                    if not word.isascii()
                }
            )
        )
    )
    for _ in range(data.draw(st.integers(0, 4))):
        place = data.draw(st.integers(0, len(word)))
        match data.draw(st.sampled_from(["insert", "drop", "widen", "number", "upper"])):
            case "insert":
                word = word[:place] + data.draw(st.sampled_from(" “”:：'　其1.（")) + word[place:]
            case "drop":
                word = word[:place] + word[place + 1 :]
            case "widen":
                word = "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "@" else one for one in word)
            case "number":
                word = (
                    data.draw(st.sampled_from(["（一）", "(二)", "三、", "4.", "（5）", "6）"]))
                    + word
                )
            case _:
                word = word.upper()
    found = top.get(labels.normal(word)) or anywhere.get(labels.normal(word))
    value: Any = {} if found is not None and found.children else 0
    assert REPORTS[form.id].is_valid({table.id: {word: value}}) == (found is not None), word


@pytest.mark.parametrize(
    "value",
    ["", "/", "-", "—", "不适用", "无法辨认", "?", None, 0, 12, "12", "１２", "1,234", "空白"],
)
def test_a_cell_may_be(value: Any) -> None:
    assert REPORTS["2021"].is_valid({"复议诉讼": {"行政复议": [value, 0, 0, 0, 0]}})
    assert REPORTS["2021"].is_valid({"复议诉讼": {"行政复议": {"维持": value}}})


@pytest.mark.parametrize(
    "value", [-1, 1.5, "025", "1e5", "0x10", True, "NO", "12件", "-3", [1], {"a": 1}]
)
def test_a_cell_may_not_be(value: Any) -> None:
    assert not REPORTS["2021"].is_valid({"复议诉讼": {"行政复议": [value, 0, 0, 0, 0]}})
    assert not REPORTS["2021"].is_valid({"复议诉讼": {"行政复议": {"维持": value}}})


def test_a_column_may_allow_what_others_do_not() -> None:
    assert REPORTS["2019"].is_valid(
        {"主动公开": {"行政许可": [3, -1, "4"], "政府集中采购": {"项目": 1, "金额": "12.5 万元"}}}
    )
    assert REPORTS["2019"].is_valid({"主动公开": {"行政许可": {"增减": "-1"}}})
    assert not REPORTS["2019"].is_valid({"主动公开": {"行政许可": [-3, -1, 4]}})
    assert not REPORTS["2019"].is_valid({"主动公开": {"政府集中采购": {"项目": "1 万元"}}})
    assert REPORTS["2021"].is_valid({"主动公开": {"行政事业性收费": 12.5, "行政许可": 3}})
    assert not REPORTS["2021"].is_valid({"主动公开": {"行政许可": 3.5}})


@pytest.mark.parametrize(
    "document",
    [
        {"年度": 2020}, {"年度": "二〇二三"}, {"格式": "2019"}, {"发布日期": "一月"}, {"收到和处理申请": {"新收": None}},
        {"收到和处理申请": None}, {"收到和处理申请": [1]}, {"收到和处理申请": {"新收": 7}}, {"收到和处理申请": {"不予公开": 0}},
        {"收到和处理申请": {"不予公开": {"无法提供": {}}}}, {"主动公开": {"行政许可": {"制发": 1}}}, {"说明": [{"规则": "Z-99"}]},
        {"转录": "改写"}, {"转录": {"文字": "抄录"}}, {"转录": {"未收录": ["七"]}},
        {"说明": [{"规则": "Y-02", "格": "新收"}]}, {"说明": [{"规则": "Y-02", "原因": "无"}]}, {"更正": [{"日期": "x"}]},
    ],
    ids=str,
)  # fmt: skip
def test_a_report_with_a_slip_is_refused(document: Any) -> None:
    assert not REPORTS["2021"].is_valid(document)


def test_rules_and_cells_are_proposed_by_name(law: Law) -> None:
    form = law.format_for(2024)
    assert form is not None
    made = schema.report_schema(form, law)["$defs"]
    rule = made["explanation"]["properties"]["规则"]
    assert (
        dict(zip(rule["enum"], rule["enumDescriptions"], strict=True))["T3-02"]
        == "一行各列之和应等于总计"
    )
    assert "新收.总计" in made["cell"]["anyOf"][0]["enum"]


def test_a_made_up_form_has_a_schema_without_code(tmp_path: Path) -> None:
    law = read_law(with_third_form(tmp_path))
    form = law.format_named("2031")
    assert form is not None
    validates = validator(schema.report_schema(form, law))
    for table, _, _, above, word in spellings(form):
        assert validates.is_valid(nested(table, above, word, 0))
    assert validates.is_valid(
        {
            "年度": 2031,
            "主动公开": {"规章和规范性文件": {"规章": [0, 0, 0]}},
            "依申请公开": {"办结": [5, 2]},
        }
    )
    assert not validates.is_valid({"主动公开": {"行政许可": 0}}) and not validates.is_valid(
        {"年度": 2030}
    )


def named(path: Path) -> Path:
    """The schema that the first line of a file names."""
    return Path(
        os.path.normpath(
            path.parent
            / path.read_text("utf-8")
            .split("\n")[0]
            .removeprefix("# yaml-language-server: $schema=")
        )
    )


def test_the_schemas_are_the_same_bytes_on_every_run(tmp_path: Path) -> None:
    paths = schema.write(tmp_path / "one", tmp_path)
    assert [path.name for path in paths] == [
        f"{kind}.schema.json"
        for kind in (*(f"report-{form.id}" for form in LAW.formats), "agency", "site")
    ]
    for path, again in zip(paths, schema.write(tmp_path / "two", tmp_path), strict=True):
        assert path.read_bytes() == again.read_bytes()


@pytest.mark.parametrize("kind", [*REPORTS, "agency", "site"])
def test_each_schema_is_a_schema(kind: str) -> None:
    validates = {**REPORTS, "agency": AGENCY, "site": SITE}[kind]
    Draft202012Validator.check_schema(validates.schema)


def test_files_that_we_make_name_a_schema_that_is_there_and_takes_them(tmp_path: Path) -> None:
    scaffold.new_site(tmp_path / "site")
    files = sorted((tmp_path / "site").glob("**/*.yaml"))
    assert [path.name for path in files] == ["report.yaml", "agency.yaml", "site.yaml"]
    assert named(files[0]).is_file()  # the report takes it once its rows are filled in: see below
    for path in files[1:]:
        validates = Draft202012Validator(json.loads(named(path).read_text("utf-8")))
        assert not list(validates.iter_errors(read(path))), path.name


def _deeper(line: str) -> str:
    return " " * (len(line) - len(line.lstrip()) + 2)


def test_a_new_report_validates_once_it_is_filled_in(site: SmallSite) -> None:
    """A row with nothing behind it is marked by the editor, too, until the clerk has written it."""
    made = scaffold.new_report(site.root, "bureau", 2024)
    assert [path.name for path in made] == ["report.yaml", "narrative.md"]
    path = site.path(year=2024)
    validates = Draft202012Validator(json.loads(named(path).read_text("utf-8")))
    assert not validates.is_valid(read(path))
    lines = path.read_text("utf-8").split("\n")
    table = lines.index(next(line for line in lines if line.startswith("收到和处理申请:")))
    below = [*lines[1:], ""]  # a row that is followed by a deeper line is a group
    filled = [
        f"{line} 0"
        if at > table
        and line.startswith("  ")
        and line.endswith(":")
        and not below[at].startswith(_deeper(line))
        else line
        for at, line in enumerate(lines)
    ]
    path.write_text("\n".join(filled), "utf-8")
    assert not list(validates.iter_errors(read(path)))
    assert "C-03" not in site.rules()


def test_a_site_without_schemas_is_given_them(site: SmallSite) -> None:
    folder = site.root / schema.FOLDER
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    made = scaffold.new_report(site.root, "bureau", 2020)
    assert [path.name for path in made][2:] == [
        f"{kind}.schema.json"
        for kind in (*(f"report-{form.id}" for form in LAW.formats), "agency", "site")
    ]
    assert (
        named(site.path(year=2020)).name == "report-2019.schema.json"
        and named(site.path(year=2020)).is_file()
    )
