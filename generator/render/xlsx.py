"""A workbook as XLSX. The only user of XlsxWriter.

Each table is marked as one, with a head for each column and no merged cell; only the sheet that
looks like the statutory form has merged cells. Texts never become formulas or links. The same
workbook always makes the same bytes: its only time is the day of the report.

XlsxWriter takes 10 ms for a report, and the workbooks of a form differ only in the contents of
their cells. So it lays out each shape once, with empty cells, and reports are filled into copies.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from html import escape
from importlib import metadata
from itertools import product
from math import ceil
from typing import Any, NamedTuple

from generator.model.figure import Number, plain
from generator.model.table import Grid, GridCell, Kind
from generator.model.template import CellCheck, Entry, FormWorkbook, SignedCell
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
    "sum": {"align": "right", "border": 1, "bg_color": "#eeeeee"},
    "opening": {"align": "right", "border": 1, "bg_color": "#dcebff"},
    "wrong": {"bg_color": "#ffd6d6", "font_color": "#9c0006"},
}
A4 = 9
FIRST = 3  # the first line of a table below the title and the link to the cover
TITLE_HEIGHT = 26
# Widths in the printed tables, in characters of half width: row heads, the last of them, figures.
HEAD_WIDTH = 17
LAST_HEAD_WIDTH = 46
FIGURE_WIDTH = 11
LINE_HEIGHT = 16  # in points
EPOCH = datetime(1980, 1, 1)
# The title and the author of a layout, which are replaced by those of the report.
TITLE = "{title}"
AUTHOR = "{author}"
CORE = "docProps/core.xml"
EMPTY_CELL = re.compile('<c r="([A-Z]+[0-9]+)" s="([0-9]+)"/>')
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LIKE_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
LONGEST = 32_767
MOST_LAYOUTS = 32

Content = str | Number | None


class Cell(NamedTuple):
    """A cell to be filled: its place, content and look, and how many lines and columns it spans."""

    row: int
    column: int
    value: Content
    look: str
    down: int = 1
    across: int = 1


class Gap(NamedTuple):
    """An empty cell of a layout: its mark-up without the end, and the text up to the next one.

    `number` is the number of the filled cell with the content; None for a cell that stays empty.
    """

    start: str
    number: int | None
    following: str


@dataclass(frozen=True)
class LayoutSheet:
    """The file of a sheet, cut at its empty cells; `beginning` is the text before the first one."""

    file: str
    beginning: str
    gaps: Sequence[Gap]


@dataclass(frozen=True)
class Layout:
    """A workbook of a shape: its sheets, its properties file, and its other files by name."""

    sheets: Sequence[LayoutSheet]
    properties: str
    files: Mapping[str, bytes]


_layouts: dict[tuple[object, ...], Layout] = {}


@lru_cache
def version() -> str:
    """The version of XlsxWriter, on which the bytes depend."""
    return metadata.version("xlsxwriter")


def workbook_bytes(book: Workbook) -> bytes:
    """The bytes of the workbook."""
    tables = [list(_table(sheet)) for sheet in book.sheets]
    cells = [list(_cover(book)), *tables, list(_printed(book))]
    layout = _layout(book, cells)
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _filled(layout, book, cells):
            entry = zipfile.ZipInfo(name, EPOCH.timetuple()[:6])
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return data.getvalue()


def _cover(book: Workbook) -> Iterator[Cell]:
    yield Cell(0, 0, book.title, "title")
    for row, (name, value) in enumerate(book.cover, 1):
        yield Cell(row, 0, name, "name")
        yield Cell(row, 1, value, "text")
    contents = len(book.cover) + 1
    yield Cell(contents, 0, book.contents, "name")
    titles = (*(sheet.title for sheet in book.sheets), book.title)
    for row, title in enumerate(titles, contents + 1):
        yield Cell(row, 1, title, "text")


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
        for row, column, cell in _places(grid):
            figure = book.figures.get(cell.address)
            value = figure.value if figure and not figure.unit else None
            content = cell.text if value is None else value
            place = (start + 1 + row, column)
            yield Cell(*place, content, _look(cell), cell.rowspan, cell.colspan)
        start += 2 + sum(len(group.lines) for group in grid.groups)


def _look(cell: GridCell) -> str:
    if cell.kind is Kind.DATA:
        return "figure"
    if cell.axis == "row" or cell.kind is Kind.NOTE:
        return "row"
    return "heading"


def _places(grid: Grid) -> Iterator[tuple[int, int, GridCell]]:
    """Each cell with its line and column, past the cells that reach down from earlier lines."""
    taken: set[tuple[int, int]] = set()
    lines = [line for group in grid.groups for line in group.lines]
    for row, line in enumerate(lines):
        column = 0
        for cell in line:
            while (row, column) in taken:
                column += 1
            yield row, column, cell
            rows = range(row + 1, row + cell.rowspan)
            columns = range(column, column + cell.colspan)
            taken.update(product(rows, columns))
            column += cell.colspan


def _filled(
    layout: Layout, book: Workbook, cells: Sequence[Sequence[Cell]]
) -> Iterator[tuple[str, bytes]]:
    """The files of the workbook, with the cells filled."""
    yield from layout.files.items()
    properties = layout.properties.replace(TITLE, _text(book.title))
    properties = properties.replace(AUTHOR, _text(book.author))
    properties = properties.replace(EPOCH.date().isoformat(), book.day.isoformat())
    yield CORE, properties.encode()
    for sheet, sheet_cells in zip(layout.sheets, cells, strict=True):
        pieces = [sheet.beginning]
        for start, number, following in sheet.gaps:
            content = None if number is None else sheet_cells[number].value
            pieces += [start, _ending(content), following]
        yield sheet.file, "".join(pieces).encode()


def _ending(content: Content) -> str:
    """The end of the mark-up of a cell with this content."""
    if content is None or content == "":
        return "/>"
    if isinstance(content, str):
        text = _text(content)
        return f' t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    return f"><v>{plain(content)}</v></c>"


@lru_cache(maxsize=4096)  # most texts of a workbook are those of its form
def _text(text: str) -> str:
    """A text as the format takes it: no longer than a cell, and without what XML cannot hold.

    What looks like an escape of the format itself is escaped.
    """
    allowed = NOT_XML.sub("", text[:LONGEST])
    return escape(LIKE_ESCAPE.sub("_x005F_", allowed), quote=False)


def _layout(book: Workbook, cells: Sequence[Sequence[Cell]]) -> Layout:
    """The layout for the shape of a workbook, made when it is needed for the first time."""
    tables = tuple((sheet.name, sheet.table) for sheet in book.sheets)
    spans = (tuple((cell.down, cell.across) for cell in sheet) for sheet in cells)
    shape = (book.cover_name, book.printed, tables, book.sheets[0].heads, *spans)
    if shape not in _layouts:
        if len(_layouts) >= MOST_LAYOUTS:
            _layouts.clear()
        _layouts[shape] = _new_layout(book, cells)
    return _layouts[shape]


def _new_layout(book: Workbook, cells: Sequence[Sequence[Cell]]) -> Layout:
    import xlsxwriter

    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as workbook:
        workbook.set_properties({"title": TITLE, "author": AUTHOR, "created": EPOCH})
        workbook.set_custom_property("Language", "zh-CN")
        looks = {name: workbook.add_format(FONT | look) for name, look in LOOKS.items()}
        names = (book.cover_name, *(table.name for table in book.sheets), book.printed)
        sheets = [
            _sheet(workbook, name, sheet_cells, looks)
            for name, sheet_cells in zip(names, cells, strict=True)
        ]
        cover, *tables, printed = sheets
        for sheet, table in zip(tables, book.sheets, strict=True):
            _link_to_cover(sheet, book, looks)
            _mark_table(sheet, table, looks)
        _link_to_cover(printed, book, looks)
        _lay_out_cover(cover, names[1:], len(book.cover) + 2, looks)
        _lay_out_printed(printed, book, cells[-1])
    with zipfile.ZipFile(data) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    properties = files.pop(CORE).decode()
    layout_sheets = []
    for number, sheet_cells in enumerate(cells, 1):
        name = f"xl/worksheets/sheet{number}.xml"
        layout_sheets.append(_layout_sheet(name, files.pop(name).decode(), sheet_cells))
    return Layout(layout_sheets, properties, files)


def _layout_sheet(name: str, xml: str, cells: Iterable[Cell]) -> LayoutSheet:
    """The file of a sheet, cut at its empty cells."""
    numbers = {f"{_letter(cell.column)}{cell.row + 1}": number for number, cell in enumerate(cells)}
    beginning, *pieces = EMPTY_CELL.split(xml)
    gaps = [
        Gap(f'<c r="{place}" s="{style}"', numbers.get(place), following)
        for place, style, following in zip(pieces[::3], pieces[1::3], pieces[2::3], strict=True)
    ]
    return LayoutSheet(name, beginning, gaps)


def _letter(column: int) -> str:
    """The name of a column in a spreadsheet, for the first 52 columns."""
    return chr(65 + column) if column < 26 else f"A{chr(39 + column)}"


def _sheet(workbook: Any, name: str, cells: Iterable[Cell], looks: Mapping[str, Any]) -> Any:
    """A sheet of A4 with its cells, all of them empty."""
    sheet = workbook.add_worksheet(name)
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)
    for cell in cells:
        look = looks[cell.look]
        if cell.look == "title":
            sheet.set_row(cell.row, TITLE_HEIGHT)
        if cell.down > 1 or cell.across > 1:
            last_row = cell.row + cell.down - 1
            last_column = cell.column + cell.across - 1
            sheet.merge_range(cell.row, cell.column, last_row, last_column, "", look)
        else:
            sheet.write_blank(cell.row, cell.column, None, look)
    return sheet


def _address(name: str) -> str:
    """The address of a sheet in the workbook; a quote in its name is doubled."""
    quoted = name.replace("'", "''")
    return f"internal:'{quoted}'!A1"


def _link_to_cover(sheet: Any, book: Workbook, looks: Mapping[str, Any]) -> None:
    sheet.write_url(1, 0, _address(book.cover_name), looks["link"], book.back)


def _lay_out_cover(sheet: Any, names: Sequence[str], start: int, looks: Mapping[str, Any]) -> None:
    """Columns of a fitting width, and from line `start` on links to the sheets with these names."""
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 80)
    for row, name in enumerate(names, start):
        sheet.write_url(row, 0, _address(name), looks["link"], name)


def _mark_table(sheet: Any, table: TableSheet, looks: Mapping[str, Any]) -> None:
    for column, width in enumerate(table.widths):
        sheet.set_column(column, column, width)
    columns = [{"header": head, "header_format": looks["head"]} for head in table.heads]
    options = {"name": table.table, "columns": columns, "style": "Table Style Light 1"}
    last_row = FIRST + max(len(table.lines), 1) - 1
    sheet.add_table(FIRST - 1, 0, last_row, len(table.heads) - 1, options)
    sheet.freeze_panes(FIRST, 1)
    sheet.repeat_rows(FIRST - 1)


def _lay_out_printed(sheet: Any, book: Workbook, cells: Iterable[Cell]) -> None:
    """Columns wide enough for the row heads, and lines high enough for long texts."""
    heads = max(grid.row_heads for grid in book.grids)
    columns = max(grid.columns for grid in book.grids)
    widths = [HEAD_WIDTH] * (heads - 1)
    if heads:
        widths.append(LAST_HEAD_WIDTH)
    widths += [FIGURE_WIDTH] * (columns - len(widths))
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    for cell in cells:
        if cell.down > 1 or cell.look not in {"row", "heading"} or not isinstance(cell.value, str):
            continue
        available = sum(widths[cell.column : cell.column + cell.across])
        needed = 2 * len(cell.value)
        if needed > available:
            sheet.set_row(cell.row, LINE_HEIGHT * ceil(needed / available))


# What contradicts a relation, between the difference of two sides and a number.
CONTRADICTS = {"==": "<>", ">=": "<", "<=": ">"}
TEXT_LINES = 12  # under each heading of the sheet of texts
TEXT_HEIGHT = 48


def form_bytes(book: FormWorkbook) -> bytes:
    """The bytes of a workbook that is to be filled in.

    It has no names, locks or links: nothing in it can be lost that its reader needs. Totals are
    formulas whose value is known where their addends are, so that it need not be saved to be right.
    """
    import xlsxwriter

    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as workbook:
        workbook.set_properties({"title": book.title, "created": EPOCH})
        looks = {name: workbook.add_format(FONT | look) for name, look in LOOKS.items()}
        looks["wrong"] = workbook.add_format(LOOKS["wrong"])
        guide = workbook.add_worksheet(book.guide_name)
        guide.set_column(0, 0, 12)
        guide.set_column(1, 1, 100)
        for row, (word, sentence) in enumerate(book.guide):
            guide.write_string(row, 0, word, looks["name"])
            guide.write_string(row, 1, sentence, looks["text"])
        _FormSheet(workbook.add_worksheet(book.tables_name), book, looks).write()
        _write_texts(workbook.add_worksheet(book.texts_name), book, looks)
        workbook.worksheets()[1].activate()
    return data.getvalue()


def _write_texts(sheet: Any, book: FormWorkbook, looks: Mapping[str, Any]) -> None:
    """The headings of the sections, with lines below each, a paragraph a cell."""
    sheet.set_column(0, 0, 110)
    row = 0
    for heading in book.texts:
        sheet.write_string(row, 0, heading, looks["name"])
        for line in range(row + 1, row + 1 + TEXT_LINES):
            sheet.set_row(line, TEXT_HEIGHT)
            sheet.write_blank(line, 0, None, looks["text"])
        row += 1 + TEXT_LINES


class _FormSheet:
    """Writes the statutory tables, one below the other."""

    def __init__(self, sheet: Any, book: FormWorkbook, looks: Mapping[str, Any]) -> None:
        self.sheet = sheet
        self.book = book
        self.looks = looks
        self.places: dict[str, tuple[int, int]] = {}
        self.sums = {total.cell: total.terms for total in book.sums}

    def write(self) -> None:
        """Everything: headings, cells, then what refers to cells."""
        sheet = self.sheet
        sheet.set_paper(A4)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.write_string(0, 0, self.book.title, self.looks["title"])
        start = 2
        for heading, table in self.book.tables:
            sheet.write_string(start, 0, heading, self.looks["name"])
            self._table(table, start + 1)
            start += 2 + sum(len(group.lines) for group in table.groups)
        for address, (row, column) in self.places.items():
            self._figure(address, row, column)
        for check in self.book.checks:
            self._check(check)

    def _table(self, table: Grid, start: int) -> None:
        for line, column, cell in _places(table):
            row = start + line
            if cell.kind is Kind.DATA:
                self.places[cell.address] = (row, column)
            look = self.looks[_look(cell)]
            if cell.rowspan > 1 or cell.colspan > 1:
                last = (row + cell.rowspan - 1, column + cell.colspan - 1)
                self.sheet.merge_range(row, column, *last, cell.text, look)
            else:
                self.sheet.write_string(row, column, cell.text, look)
        widths = [HEAD_WIDTH] * (table.row_heads - 1) + [LAST_HEAD_WIDTH] * bool(table.row_heads)
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width)

    def _figure(self, address: str, row: int, column: int) -> None:
        """A cell to be filled in, one that last year settles, or a total."""
        opening = self.book.opening
        if address in self.sums:
            terms = self.sums[address]
            is_settled = all(cell in opening for _, cell in terms)
            value = sum(sign * opening[cell] for sign, cell in terms) if is_settled else ""
            names = ",".join(self._name(cell) for _, cell in terms)
            formula = f'=IF(COUNT({names})=0,"",{self._sum(terms)})'
            self.sheet.write_formula(row, column, formula, self.looks["sum"], value)
        elif address in opening:
            self.sheet.write_number(row, column, opening[address], self.looks["opening"])
        else:
            self.sheet.write_blank(row, column, None, self.looks["figure"])
        entry = self.book.entries[address]
        if not entry.free:
            self._validate(address, entry, row, column)

    def _validate(self, address: str, entry: Entry, row: int, column: int) -> None:
        """What the cell takes; a warning, so that what was printed otherwise can be entered."""
        name = self._name(address)
        tests = [f"ISNUMBER({name})"]
        if not entry.negative:
            tests.append(f"N({name})>=0")
        if not entry.decimal:
            tests.append(f"N({name})=INT(N({name}))")
        formula = f"AND({','.join(tests)})"
        if entry.may_not_apply:
            formula = f'OR({formula},{name}="/")'
        options = {
            "validate": "custom",
            "value": f"={formula}",
            "error_type": "warning",
            "error_message": entry.error,
        }
        if address in self.book.opening:
            options["input_message"] = self.book.opening_note
        self.sheet.data_validation(row, column, row, column, options)

    def _check(self, check: CellCheck) -> None:
        """Where all figures of a check are there and contradict it, its cell is marked."""
        first_side, second_side = check.sides
        terms = (*first_side, *second_side)
        names = ",".join(self._name(cell) for _, cell in terms)
        difference = f"({self._sum(first_side)})-({self._sum(second_side)})"
        relation = f"{CONTRADICTS[check.relation]}{check.constant}"
        criteria = f"=AND(COUNT({names})={len(terms)},{difference}{relation})"
        row, column = self.places[check.cell]
        options = {"type": "formula", "criteria": criteria, "format": self.looks["wrong"]}
        self.sheet.conditional_format(row, column, row, column, options)

    def _sum(self, terms: Sequence[SignedCell]) -> str:
        """The formula of a sum; words in cells count as nothing."""
        added = ",".join(self._name(cell) for sign, cell in terms if sign > 0)
        taken = ",".join(self._name(cell) for sign, cell in terms if sign < 0)
        positive = f"SUM({added})" if added else "0"
        return f"{positive}-SUM({taken})" if taken else positive

    def _name(self, address: str) -> str:
        row, column = self.places[address]
        return f"{_letter(column)}{row + 1}"
