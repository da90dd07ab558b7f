"""The rows of one table as a report.yaml writes them: any spelling, three ways to write a row, nothing guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

from generator.language import labels
from generator.language.glosses import glossed, glossed_cell, quoted
from generator.language.numerals import Decoded, decode
from generator.load.reading import Reading
from generator.model.figure import Figure, State, typeset
from generator.model.finding import Severity, Text
from generator.model.format import Cell, Format, Heading, Table
from generator.model.report import Extra
from generator.model.source import Fields, Items, Node, Scalar

Written = dict[str, Figure]
EXTRA = frozenset(("另列", "extra"))
MONEY = re.compile(r"([0-9]{1,12}(?:,[0-9]{3})*(?:\.[0-9]{1,8})?)\s*(元|万元|亿元)")
TEN_THOUSANDS = {"元": Decimal("0.0001"), "万元": Decimal(1), "亿元": Decimal(10000)}
COUNTED = re.compile(r"([0-9]+)\s*(?:件|宗|条|份|次|个|项)")
TIDIED = {
    "full_width": Text("全角数字", "full-width digits"),
    "thousands": Text("千分位逗号", "thousands commas"),
}


class Rows:
    """Reads the rows of one table into `written`."""

    def __init__(self, form: Format, table: Table, reading: Reading, written: Written) -> None:
        self.table, self.reading, self.written, self.cells = table, reading, written, form.cells
        self.totals = form.totals(table.id)
        self.seen: dict[int, Scalar] = {}
        self.extras: list[Extra] = []
        self.lists: dict[bool, list[tuple[Scalar, int]]] = {True: [], False: []}

    def read(self, node: Node) -> None:
        """All rows of the table's node."""
        self._level(node, table_words(self.table)[0], self.table)
        if self.lists[True] and self.lists[False]:
            for key, count in self.lists[True]:
                zh = f"“{key.text}”只有 {count} 个数，按没有写总计读；表中其他行写了总计，请确认不是漏了一格"
                en = f"“{key.text}” has {count} values and is read as one without its total, while other rows have theirs"
                self.reading.note("V-05", key.at, zh, en, severity=Severity.WARNING)

    def _level(self, node: Node, level: Mapping[str, Heading], parent: Heading | Table) -> None:
        what = quoted(parent)
        if not isinstance(node, Fields):
            zh, en = f"{what.zh}下面应逐行写“名称: 数字”", f"{what.en} takes one line a row"
            self.reading.note("C-04", node.at, zh, en)
            return
        for key, value in node.pairs:
            word = labels.normal(key.text)
            if word in EXTRA:
                self._extra(value)
                continue
            heading = level.get(word) or table_words(self.table)[1].get(word)
            if heading is None:
                choices = [other.name for other in {id(one): one for one in level.values()}.values()]
                self.reading.unknown(key, choices, what)
            elif id(heading) in self.seen:
                self.reading.repeated(key, self.seen[id(heading)])
            elif heading.children:
                self.seen[id(heading)] = key
                self._level(value, level_words(heading.children), heading)
            elif not self._unfilled(heading, value):
                self.seen[id(heading)] = key
                self._variant(heading, key)
                self._row(heading, key, value)

    def _variant(self, heading: Heading, key: Scalar) -> None:
        """S-06: a known misspelling of a label is read, and the form's own word is said."""
        if labels.normal(key.text) in {labels.normal(word) for word in heading.variants}:
            zh, en = f"“{key.text}”在格式中叫“{heading.label}”", f"the form calls “{key.text}” “{heading.label}”"
            self.reading.note("S-06", key.at, zh, en)

    def _extra(self, node: Node) -> None:
        """S-13: rows that a local notice adds, written below `另列`; kept as they are written."""
        for key, value in node.pairs if isinstance(node, Fields) else ():
            said = "、".join(item.text.strip() for item in _spread(value) if isinstance(item, Scalar))
            self.extras.append(Extra(self.table.id, key.text.strip(), said))
            zh, en = f"“{key.text}”是法定表以外的行，照录在表后", f"“{key.text}” is a row beyond the form, printed after the table"
            self.reading.note("S-13", key.at, zh, en)
        if not isinstance(node, Fields):
            self.reading.note("C-04", node.at, "“另列”下面应逐行写“名称: 数字”", "“另列” takes one line a row")

    def _unfilled(self, row: Heading, value: Node) -> bool:
        """Whether a row has its name and nothing behind it, as a new report leaves it: such a row is missing, not blank."""
        if not isinstance(value, Fields):
            return _empty(value)
        columns = {
            labels.normal(word) for block in self.table.blocks if row in block.leaf_rows for one in block.leaf_columns for word in one.words
        }
        return bool(value.pairs) and all(_empty(cell) and labels.normal(name.text) in columns for name, cell in value.pairs)

    def _row(self, row: Heading, key: Scalar, value: Node) -> None:
        columns = next(block for block in self.table.blocks if row in block.leaf_rows).leaf_columns
        if isinstance(value, Fields):
            words = {column.path: column.words for column in columns}
            found = self.reading.fields(value, words, Text(f"“{key.text}”一行", f"the row “{key.text}”"))
            for column in columns:
                if column.path in found:
                    self._variant(column, found[column.path][0])
                    self._cell(row, column, found[column.path][1])
            return
        items = _spread(value)
        if isinstance(value, Scalar) and decode(value.text).value == 0:  # a row in which nothing happened may be one 0
            items = [value] * len(columns)
        short = self._without_total(columns, items)
        if isinstance(value, Items):
            self.lists[bool(short)].append((key, len(items)))
        columns = short or columns
        if len(items) != len(columns):
            self._misaligned(row, columns, key, value, len(items))
            return
        for column, item in zip(columns, items, strict=True):
            self._cell(row, column, item)

    def _without_total(self, columns: tuple[Heading, ...], items: list[Node]) -> tuple[Heading, ...]:
        """The columns less the total, when the row reads as one whose total was left out; else empty.

        Where the last number is already the sum of those before it, a cell was lost rather than the total: that is never guessed.
        """
        values = [decode(item.text).value for item in items if isinstance(item, Scalar)]
        *parts, last = [value or 0 for value in values] or [0]
        rest = tuple(column for column in columns if column.path not in self.totals)
        return () if len(rest) != len(items) or (last and sum(parts) == last) else rest

    def _misaligned(self, row: Heading, columns: tuple[Heading, ...], key: Scalar, value: Node, count: int) -> None:
        names, names_en = "、".join(column.name for column in columns), ", ".join(map(glossed, columns))
        self.reading.note(
            "V-05", value.at,
            f"“{key.text}”一行应有 {len(columns)} 个数字（{names}），这里有 {count} 个",
            f"the row “{key.text}” takes {len(columns)} values ({names_en}), here are {count}",
            cells=tuple(f"{self.table.id}.{row.path}.{column.path}" for column in columns),
            advice=_how_to_write(value, count, len(columns)),
        )  # fmt: skip
        for column in columns:
            self.written[f"{self.table.id}.{row.path}.{column.path}"] = Figure(State.UNREADABLE, mistaken=True, at=value.at)

    def _cell(self, row: Heading, column: Heading, node: Node) -> None:
        address = f"{self.table.id}.{row.path}.{column.path}"
        cell = self.cells[address]
        if not isinstance(node, Scalar):
            zh, en = f"“{cell.label}”应是一个数字", f"“{glossed_cell(cell)}” takes one number"
            self.reading.note("C-04", node.at, zh, en, cells=(address,))
            self.written[address] = Figure(State.UNREADABLE, mistaken=True, at=node.at)
            return
        decoded = decode(node.text, with_unit=column.as_reported)
        self._say(decoded, cell, node)
        mistaken = decoded.state is State.UNREADABLE and bool(decoded.notes)
        self.written[address] = Figure(decoded.state, decoded.value, node.text.strip(), decoded.unit, mistaken=mistaken, at=node.at)

    def _say(self, decoded: Decoded, cell: Cell, node: Scalar) -> None:
        row, column, label, gloss = cell.row, cell.column, cell.label, glossed_cell(cell)

        def note(rule: str, zh: str, en: str, advice: Text | None = None) -> None:
            self.reading.note(rule, node.at, zh, en, cells=(cell.address,), advice=advice)

        for tidied in (TIDIED[name] for name in decoded.notes if name in TIDIED):
            note(
                "C-06",
                f"“{label}”的“{node.text}”按 {decoded.value} 读（{tidied.zh}）",
                f"“{node.text}” is read as {decoded.value} ({tidied.en})",
            )
        if "not_number" in decoded.notes:
            counted = COUNTED.fullmatch(node.text.strip())
            advice = Text(f"只写 {counted[1]}", f"write {counted[1]}") if counted else _in_ten_thousands(column, node.text)
            note("V-01", f"“{label}”的“{node.text}”不是数字", f"“{gloss}”: “{node.text}” is not a number", advice)
        elif "leading_zero" in decoded.notes:
            note("V-06", f"“{label}”的“{node.text}”以 0 开头", f"“{gloss}”: “{node.text}” has a leading zero")
        elif decoded.state is State.BLANK or (decoded.state is State.NOT_APPLICABLE and not row.may_not_apply):
            shown = "空白" if decoded.state is State.BLANK else f"“{node.text}”"
            advice = Text("没有发生就写 0", "write 0 for none") if decoded.state is State.NOT_APPLICABLE else None
            note(
                "V-04",
                f"“{label}”是{shown}，合计时按 0 计，页面照原样显示",
                f"“{gloss}” is blank: counted as 0 in sums, shown as it is",
                advice,
            )
        if decoded.value is not None and decoded.value < 0 and not column.negative:
            note("V-02", f"“{label}”为 {typeset(node.text)}，不应是负数", f"“{gloss}” is {typeset(node.text)}: negative")
        if decoded.value is not None and not isinstance(decoded.value, int) and not column.decimal:
            note("V-03", f"“{label}”为 {node.text}，应是整数", f"“{gloss}” is {node.text}: not a whole number")
        if column.as_reported and decoded.value and not decoded.unit:
            note("V-07", f"“{label}”为 {node.text}，没有写明是元还是万元", f"“{gloss}” is {node.text} without its unit")


def _in_ten_thousands(column: Heading, text: str) -> Text | None:
    """For an amount that is written with its unit in a column of 万元: the number that belongs there."""
    money = MONEY.fullmatch(text.strip())
    if money is None or column.unit != "万元":
        return None
    amount = Decimal(money[1].replace(",", "")) * TEN_THOUSANDS[money[2]]
    return Text(f"这一格以万元计，写 {amount.normalize():f}", f"this cell is in 万元: write {amount.normalize():f}")


def _how_to_write(value: Node, count: int, wanted: int) -> Text:
    """The next step for a row with the wrong number of values."""
    if isinstance(value, Scalar):
        return Text(
            f"写成 [0, 0, …] 的样子：方括号里 {wanted} 个数，用半角逗号隔开", f"write [0, 0, …]: {wanted} values in brackets with commas"
        )
    if count > wanted:
        return Text("多了一格；也可能是千分位逗号把一个数分成了两个", "one value too many; a thousands comma may have split a number")
    if count == wanted - 1:
        return Text("漏了一格的，补上；没有写总计的，把总计也写上", "add the value that is missing; if it is the total, write the total")
    return Text("补上缺的几格；没有就写 0", "add the missing values; 0 for none")


def _empty(value: Node) -> bool:
    return isinstance(value, Scalar) and value.plain and value.text in {"", "~"}


def _spread(value: Node) -> list[Node]:
    """The values of a row. One item with full-width commas is what a Chinese keyboard makes of a list."""
    items: list[Node] = list(value.items) if isinstance(value, Items) else [value]
    if len(items) == 1 and isinstance(items[0], Scalar) and "，" in items[0].text:
        return [Scalar(part.strip(), items[0].at) for part in items[0].text.split("，")]
    return items


@lru_cache(maxsize=64)
def table_words(table: Table) -> tuple[Mapping[str, Heading], Mapping[str, Heading]]:
    """Normal spelling → heading: at the table's top level, and for any row whose spelling is its own in the whole table."""
    top = tuple(row for block in table.blocks for row in block.rows)
    anywhere: dict[str, Heading | None] = {}
    for block in table.blocks:
        for leaf in block.leaf_rows:
            for word in {labels.normal(word) for word in (*leaf.words, leaf.path)}:
                anywhere[word] = leaf if word not in anywhere else None
    return level_words(top), {word: leaf for word, leaf in anywhere.items() if leaf is not None}


@lru_cache(maxsize=256)
def level_words(headings: tuple[Heading, ...]) -> Mapping[str, Heading]:
    """Normal spelling → heading of one level. A heading without an id only groups: its children count as this level too."""
    found: dict[str, Heading] = {}
    for heading in headings:
        for word in heading.words:
            found.setdefault(labels.normal(word), heading)
        if heading.children and not heading.path:
            for word, child in level_words(heading.children).items():
                found.setdefault(word, child)
    return found
