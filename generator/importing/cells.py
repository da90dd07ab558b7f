"""The lines of one report to its figures: every cell of the form once, each in a state that its columns agree on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.language import labels
from generator.language.numerals import decode
from generator.load.reading import Reading
from generator.model.figure import Figure, State, plain
from generator.model.finding import Location, Text
from generator.model.format import Cell, Format
from generator.render.table_files import unguarded

# A line of the file: column name → what stands there, and where.
Row = Mapping[str, tuple[str, Location]]
STATES = {state.value: state for state in State}
ANSWERS = {"true": True, "yes": True, "false": False, "": False}
UNITS = ("", "元", "万元", "亿元")


class Cells:
    """Reads the lines of a report in this form; what is wrong goes to `reading`."""

    def __init__(self, form: Format, reading: Reading) -> None:
        self.form, self.reading = form, reading

    def read(self, rows: Iterable[Row]) -> Mapping[str, Figure]:
        """The figures by address, in print order."""
        found: dict[str, Figure] = {}
        last = Location("")
        for row in rows:
            address, last = row["address"]
            cell = self.form.cells.get(address)
            if cell is None:
                self._unknown(address, last)
            elif address in found:
                first = found[address].at
                zh = f"“{address}”写了两次，第一次在第 {first.line if first else 0} 行"
                self.reading.note("C-02", last, zh, f"“{address}” is there twice, first on line {first.line if first else 0}")
            else:
                found[address] = self._figure(cell, row)
        lacking = [cell for address, cell in self.form.cells.items() if address not in found]
        if lacking:
            listed = "、".join(cell.label for cell in lacking[:10])
            zh, en = f"缺少 {len(lacking)} 格：{listed}", f"{len(lacking)} cells are missing: {listed}"
            self.reading.note("S-05", last, zh, en, cells=tuple(cell.address for cell in lacking))
        return {address: found[address] for address in self.form.cells if address in found}

    def _unknown(self, address: str, at: Location) -> None:
        near = labels.nearest(address, self.form.cells)
        advice = Text(f"是否应为“{near}”？", f"did you mean “{near}”?") if near else None
        zh, en = f"{self.form.id} 格式没有“{address}”这一格", f"the form {self.form.id} has no cell “{address}”"
        self.reading.note("C-03", at, zh, en, advice=advice)

    def _figure(self, cell: Cell, row: Row) -> Figure:
        """What a line says; unreadable, with a finding, where its columns contradict each other."""
        for rule, at, zh, en in self._wrong(cell, row):
            self.reading.note(rule, at, zh, en, cells=(cell.address,))
            return Figure(State.UNREADABLE, mistaken=True, at=at)
        state, at = STATES[row["state"][0]], row["value"][1]
        unit = _said(row, "unit") if cell.column.as_reported and state is State.NUMBER else ""
        figure = Figure(state, decode(row["value"][0]).value if state is State.NUMBER else None, "", unit, at=at)
        raw = unguarded(_said(row, "raw")) or figure.text
        return Figure(state, figure.value, raw, unit, ANSWERS[_said(row, "computed")], at=at)

    def _wrong(self, cell: Cell, row: Row) -> Iterator[tuple[str, Location, str, str]]:
        """What is wrong with a line, the first thing first: rule, place, sentence in both languages."""
        (value, at), (state, state_at), label = row["value"], row["state"], cell.label
        if state not in STATES:
            listed = "、".join(STATES)
            yield "C-04", state_at, f"state 不能是“{state}”，可用：{listed}", f"state cannot be “{state}”; one of {', '.join(STATES)}"
            return
        number = decode(value)
        if state == State.NUMBER and (number.state is not State.NUMBER or plain(number.value) != value):
            yield "V-01", at, f"“{label}”的 value“{value}”不是数字", f"“{label}”: the value “{value}” is not a number"
        if state != State.NUMBER and value:
            yield "C-04", at, f"“{label}”的 state 是 {state}，value 应为空", f"“{label}” is {state}: its value must be empty"
        if (computed := _said(row, "computed")) not in ANSWERS:
            zh, en = f"computed 不能是“{computed}”，只能是 true 或 false", f"computed cannot be “{computed}”: true or false"
            yield "C-04", row["computed"][1], zh, en
        unit, own = _said(row, "unit"), cell.column.unit
        if "unit" in row and unit not in (UNITS if cell.column.as_reported else (own,)):
            zh, en = f"“{label}”的单位应是“{own}”，这里是“{unit}”", f"the unit of “{label}” is “{own}”, not “{unit}”"
            yield "C-04", row["unit"][1], zh, en
        raw = unguarded(_said(row, "raw"))
        said = decode(raw, with_unit=cell.column.as_reported)
        if raw and (said.state.value, said.value) != (state, number.value if state == State.NUMBER else None):
            yield (
                "C-04",
                row["raw"][1],
                f"“{label}”的原文“{raw}”与 value、state 不符",
                f"“{label}”: “{raw}” is not what value and state say",
            )


def _said(row: Row, name: str) -> str:
    return row[name][0] if name in row else ""
