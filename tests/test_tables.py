"""The printed tables: spans tile, every cell is there once, and each data cell reaches exactly its headings."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from generator.derive.tables import grid
from generator.inspection import Inspection
from generator.model.figure import Figure, State
from generator.model.format import Format, Table
from generator.model.law import Law
from generator.model.marks import FigureMarks, Mark, Restatement
from generator.model.report import Report
from generator.model.table import Grid, Kind
from tests.headings import headings


def every(law: Law) -> Iterator[tuple[Format, Table]]:
    for form in law.formats:
        for table in form.tables:
            yield form, table


def tiles(printed: Grid) -> bool:
    """Whether the spans of all lines fill a rectangle without gap or overlap."""
    taken: set[tuple[int, int]] = set()
    lines = [line for group in printed.groups for line in group.lines]
    for number, line in enumerate(lines):
        column = 0
        for cell in line:
            while (number, column) in taken:
                column += 1
            for down in range(cell.rowspan):
                for across in range(cell.colspan):
                    assert (number + down, column + across) not in taken
                    taken.add((number + down, column + across))
            column += cell.colspan
    return taken == {
        (row, column) for row in range(len(lines)) for column in range(printed.columns)
    }


def blank_report(form: Format) -> Report:
    from generator.model.figure import BLANK

    return Report("x", form.first_year, form, dict.fromkeys(form.cells, BLANK), {})


def test_spans_tile_and_every_cell_is_printed_once_in_order(law: Law) -> None:
    for form, table in every(law):
        printed = grid(form, table, blank_report(form).figures)
        assert tiles(printed)
        addresses = [cell.address for cell in printed.cells if cell.kind is Kind.DATA]
        assert addresses == [
            address for address in form.cells if address.startswith(f"{table.id}.")
        ]


def test_each_cell_reaches_its_headings_and_no_others(law: Law) -> None:
    for form, table in every(law):
        printed = grid(form, table, blank_report(form).figures)
        labels = {cell.id: cell.text for cell in printed.cells if cell.id}
        assert len(labels) == sum(bool(cell.id) for cell in printed.cells), "ids are unique"
        for address, expected in headings(table).items():
            cell = next(cell for cell in printed.cells if cell.address == address)
            assert {labels[name] for name in cell.headers} == expected
            assert len(cell.headers) == len(set(cell.headers))


@pytest.mark.parametrize(("form", "span"), [("2019", 20), ("2021", 22)])
def test_the_outcome_heading_spans_as_the_notice_prints_it(law: Law, form: str, span: int) -> None:
    found = law.format_named(form)
    assert found is not None
    printed = grid(found, found.table("applications"), blank_report(found).figures)
    heading = next(cell for cell in printed.cells if cell.text == "三、本年度办理结果")
    corner = next(cell for cell in printed.cells if cell.kind is Kind.NOTE)
    assert heading.rowspan == span
    assert (corner.rowspan, corner.colspan, corner.text) == (
        3,
        3,
        "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
    )


class TableReader(HTMLParser):
    """The cells of a page's statutory tables: headings by id, data cells by address with headers and text."""

    def __init__(self) -> None:
        super().__init__()
        self.heads: dict[str, str] = {}
        self.cells: dict[str, tuple[list[str], str]] = {}
        self.captions: list[str] = []
        self.into: tuple[str, dict[str, str | None]] | None = None
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"td", "th", "caption"}:
            self.into, self.text = (tag, dict(attrs)), ""

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_endtag(self, tag: str) -> None:
        if self.into is None or tag != self.into[0]:
            return
        name = self.into[1].get("id") or ""
        if tag == "caption":
            self.captions.append(self.text)
        elif tag == "th":
            self.heads[name] = self.text
        elif "headers" in self.into[1]:
            self.cells[name] = ((self.into[1]["headers"] or "").split(), self.text)
        self.into = None


def test_every_figure_of_the_sample_pages_stands_in_its_cell_under_its_headings(
    sample: Path, sample_inspection: Inspection
) -> None:
    for (slug, year), report in sample_inspection.site.reports.items():
        reader = TableReader()
        reader.feed((sample / "agencies" / slug / str(year) / "index.html").read_text("utf-8"))
        assert list(reader.cells) == list(report.format.cells)
        assert [table.label for table in report.format.tables] == [
            caption for caption in reader.captions if caption
        ]
        for table in report.format.tables:
            for address, expected in headings(table).items():
                names, text = reader.cells[address]
                assert {reader.heads[name] for name in names} == expected
                figure = report.figures[address]
                assert text == ("？" if figure.state == "unreadable" else figure.text)


@pytest.mark.parametrize(
    ("marks", "borne"),
    [
        (FigureMarks(Figure(State.NUMBER, 3)), ()),
        (FigureMarks(None), (Mark.ABSENT,)),
        (FigureMarks(Figure(State.NUMBER, 0), total=True), (Mark.ZERO, Mark.TOTAL)),
        (FigureMarks(Figure(State.NUMBER, 3, computed=True)), (Mark.COMPUTED,)),
        (FigureMarks(Figure(State.BLANK), addends=("a.b.c",)), (Mark.MERGED,)),
        (
            FigureMarks(
                Figure(State.NUMBER, 3), corrected=True, restatements=(Restatement("4", ()),)
            ),
            (Mark.CORRECTED, Mark.RESTATED),
        ),
    ],
)
def test_a_figure_bears_its_marks(marks: FigureMarks, borne: tuple[Mark, ...]) -> None:
    assert marks.marks == borne
