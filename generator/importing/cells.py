"""The lines of one report to its figures: every cell of the form once, in a consistent state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.language import labels
from generator.language.numerals import decode
from generator.load.reading import Reading
from generator.model.figure import Figure, State, plain
from generator.model.finding import Location, Text
from generator.model.format import Cell, Format
from generator.render.table_files import unguarded

# A line of the file: column name → the text of that field, and its place.
Row = Mapping[str, tuple[str, Location]]
# A contradiction in a line: the rule, the place, the sentence in Chinese and in English.
Contradiction = tuple[str, Location, str, str]
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
        advice = Text(f"是否应为“{near}”？", f"did you mean “{near}”?") if near else None
        zh = f"{self.form.id} 格式没有“{address}”这一格"
        en = f"the form {self.form.id} has no cell “{address}”"
        self.reading.note("C-03", place, zh, en, advice=advice)

    def _repeated(self, address: str, place: Location, first: Figure) -> None:
        line = first.at.line if first.at else 0
        zh = f"“{address}”写了两次，第一次在第 {line} 行"
        self.reading.note("C-02", place, zh, f"“{address}” is there twice, first on line {line}")

    def _missing(self, figures: Mapping[str, Figure], place: Location) -> None:
        """A finding, at the last line, that lists the cells of the form without a figure."""
        cells = [cell for address, cell in self.form.cells.items() if address not in figures]
        if cells:
            listed = "、".join(cell.label for cell in cells[:10])
            zh = f"缺少 {len(cells)} 格：{listed}"
            en = f"{len(cells)} cells are missing: {listed}"
            self.reading.note("S-05", place, zh, en, cells=tuple(cell.address for cell in cells))

    def _figure(self, cell: Cell, row: Row) -> Figure:
        """The figure of a line; unreadable, with a finding, where its columns contradict."""
        for rule, place, zh, en in _contradictions(cell, row):
            self.reading.note(rule, place, zh, en, cells=(cell.address,))
            return Figure(State.UNREADABLE, mistaken=True, at=place)
        text, place = row["value"]
        state = STATES[row["state"][0]]
        is_number = state is State.NUMBER
        value = decode(text).value if is_number else None
        unit = _text(row, "unit") if is_number and cell.column.as_reported else ""
        raw = unguarded(_text(row, "raw")) or Figure(state, value, "", unit).text
        return Figure(state, value, raw, unit, ANSWERS[_text(row, "computed").lower()], at=place)


def _contradictions(cell: Cell, row: Row) -> Iterator[Contradiction]:
    """The contradictions of a line, the most basic first."""
    label = cell.label
    value, value_place = row["value"]
    state, state_place = row["state"]
    if state not in STATES:
        zh = f"state 不能是“{state}”，可用：{'、'.join(STATES)}"
        yield "C-04", state_place, zh, f"state cannot be “{state}”; one of {', '.join(STATES)}"
        return
    number = decode(value)
    if state == State.NUMBER:
        if number.state is not State.NUMBER or plain(number.value) != _digits(value):
            zh = f"“{label}”的 value“{value}”不是数字"
            yield "V-01", value_place, zh, f"“{label}”: the value “{value}” is not a number"
    elif value:
        zh = f"“{label}”的 state 是 {state}，value 应为空"
        yield "C-04", value_place, zh, f"“{label}” is {state}: its value must be empty"
    computed = _text(row, "computed")
    if computed.lower() not in ANSWERS:
        zh = f"computed 不能是“{computed}”，只能是 true 或 false"
        en = f"computed cannot be “{computed}”: true or false"
        yield "C-04", row["computed"][1], zh, en
    unit = _text(row, "unit")
    units = UNITS if cell.column.as_reported else (cell.column.unit,)
    if "unit" in row and unit not in units:
        zh = f"“{label}”的单位应是“{cell.column.unit}”，这里是“{unit}”"
        en = f"the unit of “{label}” is “{cell.column.unit}”, not “{unit}”"
        yield "C-04", row["unit"][1], zh, en
    raw = unguarded(_text(row, "raw"))
    original = decode(raw, with_unit=cell.column.as_reported)
    expected = (state, number.value if state == State.NUMBER else None)
    if raw and (original.state.value, original.value) != expected:
        zh = f"“{label}”的原文“{raw}”与 value、state 不符"
        en = f"“{label}”: “{raw}” is not what value and state say"
        yield "C-04", row["raw"][1], zh, en


def _digits(value: str) -> str:
    """A number without the commas that Excel puts into it."""
    return value.replace(",", "") if "thousands" in decode(value).notes else value


def _text(row: Row, column: str) -> str:
    return row[column][0] if column in row else ""
