"""The CSV files beside pages: tables.csv of a report, coverage.csv, rollup.csv, scores.csv.

They are not tables of the open data, because everything in them follows from those; but their
columns are declared and described in the same way. A further such file, figures.csv of a group of
bodies, is declared in explore/tidy.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.derive import words
from generator.derive.data.declaration import (
    Declaration,
    Field,
    address_field,
    computed_field,
    content_fields,
    field,
)
from generator.derive.states import word
from generator.derive.words import standings
from generator.language.speech import SOURCE, Speech, speech
from generator.model.agency import Agency
from generator.model.coverage import Due, Standing
from generator.model.dataset import BOOLEAN, DATE, INTEGER, NUMBER, STRING, Row
from generator.model.figure import Figure, State, plain
from generator.model.format import Cell, Heading
from generator.model.report import Report
from generator.model.rollup import CellSum, Lack, Rollup, row_names
from generator.model.score import ScoreLine, ScoreSheet

# In the description of rollup.csv, this stands for the columns of the members.
ANY_MEMBER = "<agency>"


class CellOfReport(NamedTuple):
    """A cell of a report."""

    report: Report
    cell: Cell

    @property
    def figure(self) -> Figure:
        """What the report has in it."""
        return self.report.figures[self.cell.address]

    @property
    def table(self) -> str:
        """The statutory name of its table."""
        return self.report.format.table(self.cell.table).label


def tables(say: Speech) -> Declaration[Report, CellOfReport]:
    """The tables.csv beside the page of each report: its cells in print order, one a line.

    Its words are those of the form.
    """
    title = say("一份报告的三张表：报告页旁边的 tables.csv")
    return Declaration("tables", title, _cells, tuple(_table_fields(say)), ("address",))


def _table_fields(say: Speech) -> Iterator[Field[CellOfReport]]:
    """The columns of the table."""
    yield address_field(say, lambda entry: entry.cell.address)
    yield field("table", STRING, say("表的法定名称"), lambda entry: entry.table, required=True)
    yield field(
        "row", STRING, say("行的法定名称"), lambda entry: entry.cell.row.label, required=True
    )
    yield field(
        "column",
        STRING,
        say("列的法定名称"),
        lambda entry: entry.cell.column.label,
        required=True,
    )
    yield from content_fields(
        say,
        value=lambda entry: entry.figure.value,
        unit=lambda entry: entry.figure.unit or entry.cell.unit,
        state=lambda entry: entry.figure.state.value,
    )
    yield computed_field(say, lambda entry: entry.figure.computed)
    yield field(
        "version",
        INTEGER,
        say("报告的第几版"),
        lambda entry: entry.report.version,
        required=True,
    )


def _cells(report: Report) -> Iterator[CellOfReport]:
    for cell in report.format.cells.values():
        yield CellOfReport(report, cell)


def tables_lines(report: Report) -> Iterator[Row]:
    """The tables.csv of a report, line by line."""
    return tables(speech(SOURCE)).lines(report)


def coverage(say: Speech) -> Declaration[Sequence[Due], Due]:
    """The coverage.csv of a year: a line for each body, by slug.

    Bodies that did not exist in the year are not expected to have a report.
    """
    title = say("发布情况，每个机关一行：各年度“发布情况”页旁边的 coverage.csv")
    return Declaration("coverage", title, _dues, tuple(_coverage_fields(say)), ("slug",))


def _coverage_fields(say: Speech) -> Iterator[Field[Due]]:
    """The columns of the table."""
    kinds = _coded(say, say("机关的类型"), words.kinds(say))
    levels = _coded(say, say("机关的层级"), words.levels(say))
    names = {**standings(say), Standing.NOT_EXPECTED: say("不应有报告：尚未设立或已经撤并")}
    standing = _coded(say, say("发布情况"), names)
    expected = say("这一年是否应有报告：机关在年末是否存在")
    slug = say("机关的代号，与其他表的 agency 相同")
    yield field("slug", STRING, slug, lambda due: due.agency.slug, required=True)
    yield field(
        "name",
        STRING,
        say("机关在报告年度末的名称"),
        lambda due: due.agency.name_in(due.year),
        required=True,
    )
    yield field("kind", STRING, kinds, lambda due: due.agency.kind, required=True)
    yield field("level", STRING, levels, lambda due: due.agency.level, required=True)
    yield field(
        "parent",
        STRING,
        say("报告年度末的上级机关的代号"),
        lambda due: due.agency.parent_in(due.year),
    )
    yield field("expected", BOOLEAN, expected, lambda due: due.expected, required=True)
    yield field(
        "deadline",
        DATE,
        say("期限：在这一天发布仍是按期"),
        lambda due: due.deadline if due.expected else None,
    )
    yield field("published", DATE, say("报告写明的发布日期"), lambda due: due.published)
    yield field(
        "days_late", INTEGER, say("晚于期限几天；按期的为空"), lambda due: due.days_late or None
    )
    yield field("status", STRING, standing, lambda due: due.standing.value, required=True)
    yield field(
        "explanation", STRING, say("机关公开说明的逾期原因"), lambda due: " ".join(due.reasons)
    )


def _dues(dues: Sequence[Due]) -> Sequence[Due]:
    return dues


def coverage_lines(dues: Sequence[Due]) -> Iterator[Row]:
    """The coverage.csv of a year, line by line."""
    return coverage(speech(SOURCE)).lines(dues)


class CellOfRollup(NamedTuple):
    """A cell of a roll-up; `row` is what its row is called where it stands alone."""

    rollup: Rollup
    total: CellSum
    row: str

    @property
    def table(self) -> str:
        """The statutory name of its table."""
        return self.rollup.form.table(self.total.cell.table).label

    @property
    def published(self) -> str:
        """What the government published."""
        return _figure_or_lack(self.total.published or Lack.NO_REPORT)


def rollup(say: Speech, members: Sequence[str]) -> Declaration[Rollup, CellOfRollup]:
    """The rollup.csv of a government in a year: a line for each cell, a column for each member.

    A member's column is headed by its slug. Its figure is plain digits, or the word for its state,
    or for why there is no figure.
    """
    title = say("政府汇总与所属机关之和，每格一行：汇总对照页旁边的 rollup.csv")
    return Declaration("rollup", title, _sums, tuple(_rollup_fields(say, members)), ("address",))


def _reasons(say: Speech) -> str:
    """The meaning of the words that stand in the place of a number."""
    reasons = {state.value: word(say, state) for state in State if state is not State.NUMBER}
    reasons[Lack.NO_REPORT.value] = say("本站没有收录报告")
    reasons[Lack.OTHER_FORM.value] = say("采用另一种格式")
    return _coded(say, say("不是数字的写明原因"), reasons)


def _rollup_fields(say: Speech, members: Sequence[str]) -> Iterator[Field[CellOfRollup]]:
    """The columns of the table."""
    published = say.spaced(say("政府的汇总报告公布的数。"), _reasons(say))
    computed = say("所属机关的数相加；由程序得出，不是公布的数")
    yield address_field(say, lambda entry: entry.total.cell.address)
    yield field("table", STRING, say("表的法定名称"), lambda entry: entry.table, required=True)
    yield field(
        "row",
        STRING,
        say("行的简称，前面写明它属于哪一组"),
        lambda entry: entry.row,
        required=True,
    )
    yield field(
        "column",
        STRING,
        say("列的简称"),
        lambda entry: entry.total.cell.column.name,
        required=True,
    )
    yield field("published", STRING, published, lambda entry: entry.published, required=True)
    yield field("computed", NUMBER, computed, lambda entry: entry.total.computed)
    yield field(
        "difference",
        NUMBER,
        say("公布的数减去相加的数"),
        lambda entry: entry.total.difference,
    )
    yield field(
        "counted",
        INTEGER,
        say("几个所属机关的数计入相加"),
        lambda entry: len(entry.total.numbers),
        required=True,
    )
    yield field(
        "members",
        INTEGER,
        say("应计入几个所属机关"),
        lambda entry: len(entry.rollup.members),
        required=True,
    )
    meaning = say.spaced(say("以下每个所属机关一列，列名是机关的代号。"), _reasons(say))
    for index, slug in enumerate(members):
        yield _member_field(slug, index, meaning)


def _member_field(slug: str, index: int, meaning: str) -> Field[CellOfRollup]:
    """The column of a member, whose figures are those with this index."""

    def figure(entry: CellOfRollup) -> str:
        return _figure_or_lack(entry.total.parts[index])

    return field(slug, STRING, meaning, figure, required=True)


def _sums(rolled: Rollup) -> Iterator[CellOfRollup]:
    names: dict[Heading, str] = {}
    for table in rolled.form.tables:
        names |= row_names(table)
    for total in rolled.cells:
        yield CellOfRollup(rolled, total, names[total.cell.row])


def _figure_or_lack(figure: Figure | Lack) -> str:
    if isinstance(figure, Lack):
        return figure.value
    return figure.state.value if figure.value is None else plain(figure.value)


def rollup_lines(rolled: Rollup) -> Iterator[Row]:
    """The rollup.csv of a government, line by line."""
    members = [member.slug for member in rolled.members]
    return rollup(speech(SOURCE), members).lines(rolled)


class LineOfSheet(NamedTuple):
    """An item of a body's score sheet."""

    agency: Agency
    sheet: ScoreSheet
    line: ScoreLine


def scores(say: Speech) -> Declaration[Iterable[LineOfSheet], LineOfSheet]:
    """The scores.csv of a year, where a site publishes what its scorecards come to."""
    title = say("得分，每个机关每项一行：各年度“核对情况”页旁边的 scores.csv")
    key = ("slug", "scorecard", "item")
    return Declaration("scores", title, iter, tuple(_score_fields(say)), key)


def _score_fields(say: Speech) -> Iterator[Field[LineOfSheet]]:
    """The columns of the table."""
    yield field(
        "slug",
        STRING,
        say("机关的代号，与其他表的 agency 相同"),
        lambda entry: entry.agency.slug,
        required=True,
    )
    yield field(
        "name",
        STRING,
        say("机关在报告年度末的名称"),
        lambda entry: entry.agency.name_in(entry.sheet.year),
        required=True,
    )
    yield field("year", INTEGER, say("报告年度"), lambda entry: entry.sheet.year, required=True)
    yield field(
        "scorecard", STRING, say("评分表"), lambda entry: entry.sheet.profile.name, required=True
    )
    yield field("item", STRING, say("评分项"), lambda entry: entry.line.item.name, required=True)
    yield field("points", NUMBER, say("得分；由人评的项为空"), lambda entry: entry.line.points)
    yield field("most", NUMBER, say("满分"), lambda entry: entry.line.item.points, required=True)
    yield field(
        "rules",
        STRING,
        say("按哪些规则失分，每处一个编号"),
        lambda entry: " ".join(finding.rule for finding in entry.line.findings),
    )


def score_lines(agencies: Mapping[str, Agency], sheets: Iterable[ScoreSheet]) -> Iterator[Row]:
    """The scores.csv of a year, line by line."""
    entries = (
        LineOfSheet(agencies[sheet.agency], sheet, line) for sheet in sheets for line in sheet.lines
    )
    return scores(speech(SOURCE)).lines(entries)


def _coded(say: Speech, meaning: str, names: Mapping[Standing, str] | Mapping[str, str]) -> str:
    """What a column means, and the name of each code in it."""
    codes = say.listed(f"{code} = {name}" for code, name in names.items())
    return say("{meaning}（{codes}）", meaning=meaning, codes=codes)
