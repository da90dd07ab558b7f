"""A workbook as XLSX. The only user of XlsxWriter.

Each table is marked as one, with a head for each column and no merged cell; only the sheet that shows the statutory look has merged cells.
Texts are texts: none becomes a formula or a link. The same bytes for the same workbook: its only time is the day of the report.

XlsxWriter takes 10 ms for a report, and the workbooks of a form differ in nothing but what stands in their cells. So it lays out each
shape once, with empty cells, and reports are written into copies of that.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from html import escape
from importlib import metadata
from typing import Any, NamedTuple

from generator.model.figure import Number, plain
from generator.model.table import Grid, GridCell, Kind
from generator.model.workbook import TableSheet, Workbook

FONT = {"font_name": "Microsoft YaHei", "font_size": 11, "valign": "vcenter"}
LOOKS: dict[str, dict[str, object]] = {
    "title": {"bold": True, "font_size": 16},
    "name": {"bold": True, "valign": "top"},
    "text": {"text_wrap": True, "valign": "top"},
    "link": {"font_color": "#1d4f91", "underline": 1},
    "head": {"bold": True, "text_wrap": True, "bottom": 1},
    "number": {"align": "right", "valign": "top"},
    "heading": {"bold": True, "text_wrap": True, "align": "center", "border": 1},
    "row": {"text_wrap": True, "align": "left", "border": 1},
    "figure": {"align": "right", "border": 1},
}
A4 = 9
FIRST = 3  # below the title and the way back
TITLE_HEIGHT = 26
# Of the printed tables, in characters of half width: row heads, the last of them, figures; and the height of a line in points.
HEAD_WIDTH, LAST_HEAD_WIDTH, FIGURE_WIDTH, HEIGHT = 17, 46, 11, 16
EPOCH = datetime(1980, 1, 1)
TITLE, AUTHOR = "{title}", "{author}"  # what the properties of a layout say
CELL = re.compile('<c r="([A-Z]+[0-9]+)" s="([0-9]+)"/>')
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LIKE_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
LONGEST = 32_767
KEPT = 32


class Cell(NamedTuple):
    """A cell to be filled: where, with what, how it looks, how many lines and columns it spans."""

    row: int
    column: int
    value: str | Number | None
    look: str
    down: int = 1
    across: int = 1


@lru_cache
def version() -> str:
    """Whose bytes these are."""
    return metadata.version("xlsxwriter")


def written(book: Workbook) -> bytes:
    """The bytes of the workbook."""
    cells = [list(_cover(book)), *(list(_table(sheet)) for sheet in book.sheets), list(_printed(book))]
    named = tuple((one.name, one.table) for one in book.sheets)
    spans = (tuple((one.down, one.across) for one in sheet) for sheet in cells)
    shape = (book.cover_name, book.printed, named, book.sheets[0].heads, *spans)
    if shape not in _layouts:
        if len(_layouts) >= KEPT:
            _layouts.clear()
        _layouts[shape] = _laid_out(book, cells)
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _filled(_layouts[shape], book, cells):
            entry = zipfile.ZipInfo(name, EPOCH.timetuple()[:6])
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return data.getvalue()


def _cover(book: Workbook) -> Iterator[Cell]:
    yield Cell(0, 0, book.title, "title")
    for line, (name, value) in enumerate(book.cover, 1):
        yield Cell(line, 0, name, "name")
        yield Cell(line, 1, value, "text")
    yield Cell(len(book.cover) + 1, 0, book.contents, "name")
    for line, title in enumerate((*(one.title for one in book.sheets), book.title), len(book.cover) + 2):
        yield Cell(line, 1, title, "text")


def _table(sheet: TableSheet) -> Iterator[Cell]:
    yield Cell(0, 0, sheet.title, "title")
    for row, line in enumerate(sheet.lines, FIRST):
        for column, value in enumerate(line):
            yield Cell(row, column, value, "text" if isinstance(value, str) else "number")


def _printed(book: Workbook) -> Iterator[Cell]:
    yield Cell(0, 0, book.title, "title")
    start = FIRST
    for grid in book.grids:
        yield Cell(start, 0, grid.caption, "title")
        for row, column, cell in _placed(grid):
            figure = book.figures.get(cell.address)
            value = figure.value if figure and not figure.unit else None
            look = "figure" if cell.kind is Kind.DATA else "row" if cell.axis == "row" or cell.kind is Kind.NOTE else "heading"
            yield Cell(start + 1 + row, column, cell.text if value is None else value, look, cell.rowspan, cell.colspan)
        start += 2 + sum(len(group.lines) for group in grid.groups)


def _placed(grid: Grid) -> Iterator[tuple[int, int, GridCell]]:
    """Each cell with its line and column, past those that cells of earlier lines reach into."""
    taken: set[tuple[int, int]] = set()
    for row, line in enumerate(line for group in grid.groups for line in group.lines):
        column = 0
        for cell in line:
            while (row, column) in taken:
                column += 1
            yield row, column, cell
            if cell.rowspan > 1:
                taken |= {(row + down, column + across) for down in range(1, cell.rowspan) for across in range(cell.colspan)}
            column += cell.colspan


@dataclass(frozen=True)
class Layout:
    """A workbook of a shape. `sheets` are its sheets in order, each cut at its empty cells: its name, the text before the first of them,
    and for each how it begins, which of the filled cells it is (None: none) and the text behind it; `others` are the other files in the
    workbook, `properties` the one that says whose it is."""

    sheets: tuple[tuple[str, str, tuple[tuple[str, int | None, str], ...]], ...]
    others: tuple[tuple[str, bytes], ...]
    properties: tuple[str, str]


_layouts: dict[tuple[object, ...], Layout] = {}


def _filled(layout: Layout, book: Workbook, cells: Sequence[Sequence[Cell]]) -> Iterator[tuple[str, bytes]]:
    """The files of the workbook, with the cells filled."""
    yield from layout.others
    name, said = layout.properties
    said = (
        said.replace(TITLE, _text(book.title)).replace(AUTHOR, _text(book.author)).replace(EPOCH.date().isoformat(), book.day.isoformat())
    )
    yield name, said.encode()
    for (name, before, places), filling in zip(layout.sheets, cells, strict=True):
        pieces = [before]
        for start, number, after in places:
            pieces += [start, _ending(None if number is None else filling[number].value), after]
        yield name, "".join(pieces).encode()


def _cut(sheet: str, filling: Iterable[Cell]) -> tuple[str, tuple[tuple[str, int | None, str], ...]]:
    """A sheet cut at its empty cells."""
    numbers = {f"{_letter(one.column)}{one.row + 1}": number for number, one in enumerate(filling)}
    before, *rest = CELL.split(sheet)
    places = zip(rest[::3], rest[1::3], rest[2::3], strict=True)
    return before, tuple((f'<c r="{place}" s="{style}"', numbers.get(place), after) for place, style, after in places)


def _letter(column: int) -> str:
    """What a spreadsheet calls a column, for the first 26 of them and twice as many more."""
    return chr(65 + column) if column < 26 else f"A{chr(39 + column)}"


def _ending(value: str | Number | None) -> str:
    """What ends the mark-up of a cell with this value."""
    if value is None or value == "":
        return "/>"
    if isinstance(value, str):
        return f' t="inlineStr"><is><t xml:space="preserve">{_text(value)}</t></is></c>'
    return f"><v>{plain(value)}</v></c>"


@lru_cache(maxsize=4096)  # most of what stands in a workbook are the words of its form
def _text(text: str) -> str:
    """A text as the format takes it: without what XML cannot hold, with what looks like its own escape escaped, no longer than a cell."""
    return escape(LIKE_ESCAPE.sub("_x005F_", NOT_XML.sub("", text[:LONGEST])), quote=False)


def _laid_out(book: Workbook, cells: Sequence[Sequence[Cell]]) -> Layout:
    import xlsxwriter

    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as made:
        made.set_properties({"title": TITLE, "author": AUTHOR, "created": EPOCH})
        made.set_custom_property("Language", "zh-CN")
        looks = {name: made.add_format(FONT | look) for name, look in LOOKS.items()}
        names = (book.cover_name, *(one.name for one in book.sheets), book.printed)
        sheets = [_sheet(made, name, filling, looks) for name, filling in zip(names, cells, strict=True)]
        for sheet, one in zip(sheets[1:], (*book.sheets, None), strict=True):
            sheet.write_url(1, 0, _to(book.cover_name), looks["link"], book.back)
            if one:
                _mark_table(sheet, one, looks)
        _cover_ways(sheets[0], names[1:], len(book.cover) + 2, looks)
        _printed_sizes(sheets[-1], book, cells[-1])
    with zipfile.ZipFile(data) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    parts = [f"xl/worksheets/sheet{number}.xml" for number in range(1, len(sheets) + 1)]
    core = "docProps/core.xml"
    return Layout(
        tuple((name, *_cut(files[name].decode(), filling)) for name, filling in zip(parts, cells, strict=True)),
        tuple((name, content) for name, content in files.items() if name not in {*parts, core}),
        (core, files[core].decode()),
    )


def _sheet(made: Any, name: str, cells: Iterable[Cell], looks: dict[str, Any]) -> Any:
    """A sheet of A4 with its cells, all of them empty."""
    sheet = made.add_worksheet(name)
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)
    for one in cells:
        if one.look == "title":
            sheet.set_row(one.row, TITLE_HEIGHT)
        if one.down > 1 or one.across > 1:
            sheet.merge_range(one.row, one.column, one.row + one.down - 1, one.column + one.across - 1, "", looks[one.look])
        else:
            sheet.write_blank(one.row, one.column, None, looks[one.look])
    return sheet


def _to(name: str) -> str:
    """A place in the workbook; a quote in a sheet's name is doubled."""
    return "internal:'{}'!A1".format(name.replace("'", "''"))


def _cover_ways(sheet: Any, names: Sequence[str], line: int, looks: dict[str, Any]) -> None:
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 80)
    for number, name in enumerate(names, line):
        sheet.write_url(number, 0, _to(name), looks["link"], name)


def _mark_table(sheet: Any, one: TableSheet, looks: dict[str, Any]) -> None:
    for column, width in enumerate(one.widths):
        sheet.set_column(column, column, width)
    columns = [{"header": head, "header_format": looks["head"]} for head in one.heads]
    look = {"name": one.table, "columns": columns, "style": "Table Style Light 1"}
    sheet.add_table(FIRST - 1, 0, FIRST + max(len(one.lines), 1) - 1, len(one.heads) - 1, look)
    sheet.freeze_panes(FIRST, 1)
    sheet.repeat_rows(FIRST - 1)


def _printed_sizes(sheet: Any, book: Workbook, cells: Iterable[Cell]) -> None:
    """Columns wide enough for the row heads, lines high enough for what does not fit into one."""
    heads = max(grid.row_heads for grid in book.grids)
    widths = [HEAD_WIDTH] * (heads - 1) + [LAST_HEAD_WIDTH] * bool(heads)
    widths += [FIGURE_WIDTH] * (max(grid.columns for grid in book.grids) - len(widths))
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    for one in cells:
        room = sum(widths[one.column : one.column + one.across])
        if one.down == 1 and isinstance(one.value, str) and one.look in {"row", "heading"} and 2 * len(one.value) > room:
            sheet.set_row(one.row, HEIGHT * -(-2 * len(one.value) // room))
