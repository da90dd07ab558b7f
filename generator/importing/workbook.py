"""Workbooks (xlsx, xls, ods, and .et where it is one of these): the rows of every sheet shown.

The only user of python-calamine. A cell that a merged one covers is not there; formulas count as
their last value.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from generator.importing.blocks import Line, Piece, Source, Spot
from generator.importing.characters import visible
from generator.importing.refusal import Refusal
from generator.language.sentence import sentence

MOST_SHEETS = 200
MOST_ROWS = 20_000
MOST_CELLS = 2_000_000


def read(content: bytes) -> Source:
    """The rows of a workbook. Raises Refusal."""
    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = [sheet.name for sheet in book.sheets_metadata if _is_shown(sheet)]
        if len(names) > MOST_SHEETS:
            raise Refusal(sentence("工作簿里的工作表过多，没有读取"))
        lines = [
            line
            for grid, name in enumerate(names, 1)
            for line in _rows(book.get_sheet_by_name(name), name, grid)
        ]
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise Refusal(sentence("工作簿打不开：可能已损坏，或加了密码")) from error
    return Source("xlsx", tuple(lines))


def _is_shown(sheet: Any) -> bool:
    import python_calamine as calamine

    is_visible = sheet.visible == calamine.SheetVisibleEnum.Visible
    return bool(is_visible and sheet.typ == calamine.SheetTypeEnum.WorkSheet)


def _rows(sheet: Any, name: str, grid: int) -> Iterator[Line]:
    if sheet.total_height > MOST_ROWS or sheet.total_height * sheet.total_width > MOST_CELLS:
        raise Refusal(sentence("工作表“{name}”过大，没有读取", name=name))
    covered = _covered(sheet)
    for number, row in enumerate(sheet.to_python(skip_empty_area=False)):
        pieces = tuple(
            Piece(_text(value), Spot(number + 1, column + 1, name), column)
            for column, value in enumerate(row)
            if (number, column) not in covered
        )
        if any(piece.text for piece in pieces):
            yield Line(pieces, grid, exact=True)


def _covered(sheet: Any) -> frozenset[tuple[int, int]]:
    """The cells that a merged cell covers, its first one excepted."""
    covered: set[tuple[int, int]] = set()
    for (top, first), (bottom, right) in sheet.merged_cell_ranges or ():
        for row in range(top, min(bottom, MOST_ROWS) + 1):
            for column in range(first, min(right, first + 300) + 1):
                if (row, column) != (top, first):
                    covered.add((row, column))
    return frozenset(covered)


def _text(value: object) -> str:
    """A cell's value as it is shown: whole numbers without decimals."""
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case datetime() | date():
            return value.isoformat()[:10]
    return visible(str(value)).strip()
