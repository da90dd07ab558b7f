"""The lines of one report to its figures: every cell of the form once, in a consistent state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.language import labels
from generator.language.numerals import decode
from generator.language.sentence import listed, sentence
from generator.load.reading import Reading
from generator.model.figure import Figure, State, plain
from generator.model.finding import Location, Text
from generator.model.format import Cell, Format
from generator.render.table_files import unguarded

# A line of the file: column name → the text of that field, and its place.
Row = Mapping[str, tuple[str, Location]]
# A contradiction in a line: the rule, the place, the sentence.
Contradiction = tuple[str, Location, Text]
STATES = {state.value: state for state in State}
ANSWERS = {"true": True, "yes": True, "false": False, "": False}
UNITS = ("", "元", "万元", "亿元")


class Cells:
    """Reads the lines of a report in this form; findings go to `reading`."""

    def __init__(self, form: Format, reading: Reading) -> None:
        self.form = form
        self.reading = reading

    def read(self, rows: Iterable[Row]) -> Mapping[str, Figure]:
        """The figures by address, in print order."""
        figures: dict[str, Figure] = {}
        place = Location("")
        for row in rows:
            address, place = row["address"]
            cell = self.form.cells.get(address)
            if cell is None:
                self._unknown(address, place)
            elif address in figures:
                self._repeated(address, place, figures[address])
            else:
                figures[address] = self._figure(cell, row)
        self._missing(figures, place)
        return {address: figures[address] for address in self.form.cells if address in figures}

    def _unknown(self, address: str, place: Location) -> None:
        near = labels.nearest(address, self.form.cells)
        advice = sentence("是否应为“{near}”？", near=near) if near else None
        message = sentence("{form} 格式没有“{address}”这一格", form=self.form.id, address=address)
        self.reading.note("C-03", place, message, advice=advice)

    def _repeated(self, address: str, place: Location, first: Figure) -> None:
        line = first.at.line if first.at else 0
        message = sentence("“{address}”写了两次，第一次在第 {line} 行", address=address, line=line)
        self.reading.note("C-02", place, message)

    def _missing(self, figures: Mapping[str, Figure], place: Location) -> None:
        """A finding, at the last line, that lists the cells of the form without a figure."""
        cells = [cell for address, cell in self.form.cells.items() if address not in figures]
        if cells:
            listed = "、".join(cell.label for cell in cells[:10])
            message = sentence("缺少 {cells} 格：{listed}", cells=len(cells), listed=listed)
            self.reading.note("S-05", place, message, cells=tuple(cell.address for cell in cells))

    def _figure(self, cell: Cell, row: Row) -> Figure:
        """The figure of a line; unreadable, with a finding, where its columns contradict."""
        for rule, place, message in _contradictions(cell, row):
            self.reading.note(rule, place, message, cells=(cell.address,))
            return Figure(State.UNREADABLE, mistaken=True, at=place)
        text, place = row["value"]
        state = STATES[row["state"][0]]
        is_number = state is State.NUMBER
        value = decode(text).value if is_number else None
        unit = _text(row, "unit") if is_number and cell.column.as_reported else ""
        raw = unguarded(_text(row, "raw")) or Figure(state, value, "", unit).text
        return Figure(state, value, raw, unit, ANSWERS[_text(row, "computed")], at=place)


def _contradictions(cell: Cell, row: Row) -> Iterator[Contradiction]:
    """The contradictions of a line, the most basic first."""
    label = cell.label
    value, value_place = row["value"]
    state, state_place = row["state"]
    if state not in STATES:
        choices = listed(STATES)
        message = sentence("state 不能是“{state}”，可用：{choices}", state=state, choices=choices)
        yield "C-04", state_place, message
        return
    number = decode(value)
    if state == State.NUMBER:
        if number.state is not State.NUMBER or plain(number.value) != value:
            message = sentence("“{label}”的 value“{value}”不是数字", label=label, value=value)
            yield "V-01", value_place, message
    elif value:
        message = sentence("“{label}”的 state 是 {state}，value 应为空", label=label, state=state)
        yield "C-04", value_place, message
    computed = _text(row, "computed")
    if computed not in ANSWERS:
        message = sentence("computed 不能是“{word}”，只能是 true 或 false", word=computed)
        yield "C-04", row["computed"][1], message
    unit = _text(row, "unit")
    units = UNITS if cell.column.as_reported else (cell.column.unit,)
    if "unit" in row and unit not in units:
        message = sentence(
            "“{label}”的单位应是“{unit}”，这里是“{stated_unit}”",
            label=label,
            unit=cell.column.unit,
            stated_unit=unit,
        )
        yield "C-04", row["unit"][1], message
    raw = unguarded(_text(row, "raw"))
    original = decode(raw, with_unit=cell.column.as_reported)
    expected = (state, number.value if state == State.NUMBER else None)
    if raw and (original.state.value, original.value) != expected:
        message = sentence("“{label}”的原文“{raw}”与 value、state 不符", label=label, raw=raw)
        yield "C-04", row["raw"][1], message


def _text(row: Row, column: str) -> str:
    return row[column][0] if column in row else ""
