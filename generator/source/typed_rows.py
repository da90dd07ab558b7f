"""The figures of a row as people type and paste them.

With Chinese commas, with blanks in place of commas, without brackets, with the tabs of a
spreadsheet. Nothing becomes another figure: a blank cell stays blank.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.model.fair_copy import Kind
from generator.source.sheet import BLANKS, BLANKS_TO_STRIP, Sheet

NUMBER = "[-－−+]?[0-9０-９][0-9０-９]*(?:[.．][0-9０-９]+)?"
WORD = "/|／|—+|-+|~|不适用|空白|空|[?？]"
CELL = re.compile(f"(?:{NUMBER}|{WORD})(?![^\\s,，、;；|\\]】）)］\u3000\u00a0])")
CELLS = re.compile(f"(?:{NUMBER}|{WORD})")
THOUSANDS = re.compile("[-－]?[0-9]{1,3}(?:[,，][0-9]{3})+(?:\\.[0-9]+)?")
SEPARATOR = re.compile(f"[{BLANKS}]*(?:[,，、;；|｜][{BLANKS}]*)?")
RIGHT = re.compile(r" *, *")
MARKS = re.compile("[,，、;；|｜]")
OPENERS = "[【［（(〔{｛"
CLOSERS = "]】］）)〕}｝"
WIDE_DIGITS = re.compile("[０-９．－]")
HALF_WIDTH = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), 0xFF0E, 0xFF0D)}
# What stands alone in a list of YAML with another meaning.
QUOTED = frozenset({"?", "？"})


def half_width(text: str) -> str:
    """A number in half-width digits."""
    return text.translate(HALF_WIDTH)


@dataclass(frozen=True)
class Figures:
    """The cells of a row from one position of the text to another, each with its place."""

    cells: Sequence[tuple[int, int]]
    start: int
    end: int


def row_value(sheet: Sheet, start: int, end: int, columns: int) -> bool:
    """Note what is wrong with the figures of a row that stand as its value.

    False where they are no plain figures, so that the value must be read as any other.
    """
    content = sheet.text[start:end]
    opened = content[:1] in OPENERS
    if content[:1] in "{｛":
        return False
    if "\t" in content and not opened:
        cells = spreadsheet_cells(content, columns)
        if cells is not None:
            sheet.note(Kind.PASTED, start, end, row_text(cells))
            return True
    closed = content[-1:] in CLOSERS
    figures = _figures(sheet, start + opened, end - closed)
    if figures is None or (len(figures.cells) < 2 and not (opened and closed)):
        return False
    if not (opened or closed) and columns == 1:
        return False
    _separators(sheet, figures, columns)
    _brackets(sheet, start, end, opened=opened, closed=closed)
    return True


def _figures(sheet: Sheet, start: int, end: int) -> Figures | None:
    """The cells between two positions; None where anything but cells and separators is there."""
    cells = []
    position = sheet.skip_blanks(start, end)
    while position < end:
        cell = CELL.match(sheet.text, position, end)
        if cell is None:
            break
        cells.append(cell.span())
        separator = SEPARATOR.match(sheet.text, cell.end(), end)
        position = separator.end() if separator else cell.end()
        while position < end and sheet.text[position] in ",，、":
            position = sheet.skip_blanks(position + 1, end)
    return Figures(cells, start, end) if cells and position == end else None


def _separators(sheet: Sheet, figures: Figures, columns: int) -> None:
    """Note what stands between the cells and is no comma with a blank."""
    gaps = list(zip(figures.cells, figures.cells[1:], strict=False))
    between = [sheet.text[cell[1] : following[0]] for cell, following in gaps]
    is_habit = all("，" in text for text in between)
    for (cell, following), text in zip(gaps, between, strict=True):
        marks = MARKS.findall(text)
        if RIGHT.fullmatch(text):
            continue
        if len(marks) > 1:
            complete = len(figures.cells) == columns
            sheet.note(Kind.GAP, cell[1], following[0], ", " if complete else None)
        elif marks:
            quiet = is_habit or marks == [","]
            kind = Kind.COMMA if marks != [","] else Kind.BLANK
            sheet.note(kind, cell[1], following[0], ", ", quiet=quiet)
        else:
            sheet.note(Kind.SEPARATOR, cell[1], following[0], ", ")
    tail = sheet.text[figures.cells[-1][1] : figures.end]
    if MARKS.search(tail):
        # YAML itself takes a comma behind the last item.
        quiet = set(tail) <= {",", " "}
        sheet.note(Kind.TRAILING, figures.cells[-1][1], figures.end, "", quiet=quiet)
    for start, end in figures.cells:
        text = sheet.text[start:end]
        if WIDE_DIGITS.search(text):
            sheet.note(Kind.DIGITS, start, end, half_width(text), quiet=True)
        elif text in QUOTED:
            sheet.note(Kind.QUOTE, start, end, '"?"')


def _brackets(sheet: Sheet, start: int, end: int, *, opened: bool, closed: bool) -> None:
    """Note brackets of another kind, and those that are missing."""
    if opened:
        sheet.note(Kind.BRACKET, start, start + 1, "[")
    if closed:
        sheet.note(Kind.BRACKET, end - 1, end, "]")
    if opened and not closed:
        sheet.note(Kind.UNCLOSED, end, end, "]")
    elif closed and not opened:
        sheet.note(Kind.UNCLOSED, start, start, "[")
    elif not opened:
        sheet.note(Kind.UNBRACKETED, start, start, "[")
        sheet.note(Kind.UNBRACKETED, end, end, "]")


def spreadsheet_cells(content: str, columns: int) -> Sequence[str] | None:
    """The cells of figures with tabs between them; None where anything else is among them.

    Two tabs are a blank cell, unless the row has all its figures without it: then somebody set
    them in line with each other.
    """
    cells = [cell.strip(BLANKS_TO_STRIP) for cell in content.split("\t")]
    if not all(not cell or is_figure(cell) for cell in cells) or not any(cells):
        return None
    while cells and not cells[-1] and len(cells) > columns:
        cells.pop()
    filled = [cell for cell in cells if cell]
    if columns and len(cells) != columns and len(filled) == columns:
        cells = filled
    return cells


def is_figure(cell: str) -> bool:
    """Whether a cell of a spreadsheet holds a figure."""
    return bool(CELLS.fullmatch(cell) or THOUSANDS.fullmatch(cell))


def row_text(cells: Sequence[str]) -> str:
    """The figures of a row as report.yaml has them."""
    figures = [_cell_text(cell) for cell in cells]
    return figures[0] if len(figures) == 1 else f"[{', '.join(figures)}]"


def _cell_text(cell: str) -> str:
    if not cell:
        return "~"
    if cell in QUOTED:
        return '"?"'
    if THOUSANDS.fullmatch(cell):
        cell = re.sub("[,，]", "", cell)
    return half_width(cell)


def trailing_figures(content: str) -> tuple[str, Sequence[str]]:
    """A line without a colon as a name and the figures behind it, read from the end.

    The figures stand between blanks or commas of any kind.
    """
    pieces = list(re.finditer(f"[^{BLANKS},，、;；|｜]+", content))
    count = len(pieces)
    while count and is_figure(pieces[count - 1][0]):
        count -= 1
    if not 0 < count < len(pieces):
        return content, ()
    name = content[: pieces[count - 1].end()].strip(f"{BLANKS_TO_STRIP}|｜")
    return name, [piece[0] for piece in pieces[count:]]
