"""Our own tables, as a workbook or a CSV gives them back: a row a cell, with the cell's address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.importing.blocks import Line, Piece
from generator.importing.characters import spelling
from generator.importing.solving import Cause, CellReading, How, cell_reading, unreadable
from generator.importing.units import Token
from generator.model.figure import Figure, State
from generator.model.format import Format
from generator.model.law import Law

# The heads under which a figure and its state stand, in the languages of the site.
VALUES = frozenset(map(spelling, ("数值", "value", "Value")))
STATES = {
    spelling(word): state
    for state, spellings in {
        State.NUMBER: ("数字", "number"),
        State.BLANK: ("空白", "blank"),
        State.NOT_APPLICABLE: ("不适用", "not_applicable", "not applicable"),
        State.UNREADABLE: ("无法辨认", "unreadable"),
    }.items()
    for word in spellings
}


def addressed(law: Law, lines: Sequence[Line]) -> tuple[Format, Mapping[str, CellReading]] | None:
    """The form and the cells of a document that names every cell by its address; else None."""
    texts = {piece.text for line in lines if line.grid for piece in line.pieces}
    for form in law.formats:
        if texts.issuperset(form.cells):
            return form, _cells(form, lines)
    return None


def _cells(form: Format, lines: Sequence[Line]) -> Mapping[str, CellReading]:
    cells: dict[str, CellReading] = {}
    column = -1
    for line in lines:
        head = [piece.column for piece in line.pieces if spelling(piece.text) in VALUES]
        column = head[0] if head else column
        for piece in line.pieces:
            if piece.text in form.cells:
                reading = _reading(form, piece.text, line, column)
                earlier = cells.setdefault(piece.text, reading)
                if earlier.figure != reading.figure:
                    cells[piece.text] = unreadable(Cause.CONFLICT, reading.tokens, line.text)
    return {address: cells[address] for address in form.cells}


def _reading(form: Format, address: str, line: Line, column: int) -> CellReading:
    """What a row says of its cell: the figure, and beside it whether there is one."""
    stated = {STATES[word] for piece in line.pieces if (word := spelling(piece.text)) in STATES}
    state = stated.pop() if len(stated) == 1 else None
    value = next((piece for piece in line.pieces if piece.column == column), None)
    token = _token(value, line)
    if state is State.BLANK and token.blank:
        return CellReading(Figure(State.BLANK), How.BLANK, tokens=(token,))
    if state is State.NOT_APPLICABLE and token.blank:
        figure = Figure(State.NOT_APPLICABLE, raw="/")
        return CellReading(figure, How.NOT_APPLICABLE, tokens=(token,))
    if state is State.NUMBER and not token.blank:
        return cell_reading(form, address, token)
    return unreadable(Cause.ILLEGIBLE, (token,), line.text)


def _token(piece: Piece | None, line: Line) -> Token:
    return Token(piece.text, piece.spot, piece.column) if piece else Token("", line.spot)
