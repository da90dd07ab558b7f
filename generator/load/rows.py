"""The rows of one table of a report.yaml.

Names may be in any spelling, and there are three ways to write a row. Nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache

from generator.language import amounts, labels
from generator.language.glosses import cell_text, heading_name, quoted
from generator.language.numerals import Decoded, decode
from generator.language.sentence import listed, sentence
from generator.load.reading import Reading
from generator.model.figure import Figure, Number, State
from generator.model.finding import Habit, Location, Severity, Text
from generator.model.format import Cell, Format, Heading, Table, one_row
from generator.model.report import Extra
from generator.model.source import Fields, Items, Node, Scalar

Written = dict[str, Figure]
EXTRA = frozenset(("另列", "extra"))
MONEY = re.compile(r"([0-9]{1,12}(?:,[0-9]{3})*(?:\.[0-9]{1,8})?)\s*(元|万元|亿元)")
TEN_THOUSANDS = {"元": Decimal("0.0001"), "万元": Decimal(1), "亿元": Decimal(10000)}
COUNTED = re.compile(r"([0-9]+)\s*(?:件|宗|条|份|次|个|项)")
# Around and between the numbers of a row that is no list.
BRACKETS = "【】[]［］()（）{}｛｝ \u3000"
BETWEEN = re.compile(r"[\s,，、;；|]+")
DIGITS = re.compile(r"[0-9０-９]+")
TIDIED = {
    "full_width": sentence("全角数字"),
    "thousands": sentence("千分位逗号"),
}


class Rows:
    """Reads the rows of one table into `written`."""

    def __init__(self, form: Format, table: Table, reading: Reading, figures: Written) -> None:
        self.form = form
        self.table = table
        self.reading = reading
        self.written = figures
        self.cells = form.cells
        self.totals = form.totals(table.id)
        self.seen: dict[int, tuple[Scalar, Node]] = {}
        # Paths of rows, and addresses of cells, that a name nobody knows probably means.
        self.meant: set[str] = set()
        # Whether the row that is read now has any figure.
        self.filled = False
        self.extras: list[Extra] = []
        # The groups that are written as one row, and where; a row of such a group → its group.
        self.one_rows: list[tuple[Heading, Location]] = []
        self.group_of: dict[int, Heading] = {}
        self.lists: dict[bool, list[tuple[Scalar, int]]] = {True: [], False: []}

    def read(self, node: Node) -> None:
        """All rows of the table's node."""
        self._level(node, table_words(self.table)[0], self.table)
        if self.lists[True] and self.lists[False]:
            for key, count in self.lists[True]:
                message = sentence(
                    "“{key}”只有 {count} 个数，按没有写总计读；表中其他行写了总计，请确认不是漏了一格",
                    key=key.text,
                    count=count,
                )
                habit = Habit("no_total", f"{count}", _in_quotes(key.text))
                severity = Severity.WARNING
                self.reading.note("V-05", key.at, message, severity=severity, habit=habit)

    def _level(self, node: Node, level: Mapping[str, Heading], parent: Heading | Table) -> None:
        quoted_parent = quoted(parent)
        if not isinstance(node, Fields):
            message = sentence("{place}下面应逐行写“名称: 数字”", place=quoted_parent)
            self.reading.note("C-04", node.at, message)
            return
        strange = []
        for key, value in node.pairs:
            word = labels.normal(key.text)
            if word in EXTRA:
                self._extra(value)
                continue
            heading = level.get(word) or table_words(self.table)[1].get(word)
            if heading is None:
                strange.append(key)
            elif id(heading) in self.seen:
                self.reading.repeated(key, self.seen[id(heading)][0])
                if not _alike(value, self.seen[id(heading)][1]):
                    self._distrust(heading)
            elif id(heading) in self.group_of:
                self._both_ways(self.group_of[id(heading)], key)
            elif heading.children:
                self.seen[id(heading)] = (key, value)
                self._group(heading, key, value)
            elif not self._unfilled(heading, value):
                self.seen[id(heading)] = (key, value)
                self._variant(heading, key)
                self._row(heading, key, value)
        self._strange(strange, level, quoted_parent)

    def _group(self, group: Heading, key: Scalar, value: Node) -> None:
        """A group, by its rows or as one row."""
        if self._is_one_row(group, value):
            self._one_row(group, key, value)
        else:
            self._level(value, level_words(group.children), group)

    def _is_one_row(self, group: Heading, value: Node) -> bool:
        """Whether a group is written as one row: figures in a list, or by the names of columns.

        One 0 or nothing at all does not say which of its rows it is meant for.
        """
        if not group.path:
            return False
        if isinstance(value, Scalar):
            return len(_typed_numbers(value.text)) > 1
        if isinstance(value, Items):
            return True
        rows = level_words(group.children)
        columns = {labels.normal(word) for name in self._columns(group) for word in name.words}
        names = {labels.normal(key.text) for key, _ in value.pairs}
        figures = all(isinstance(figure, Scalar) for _, figure in value.pairs)
        return figures and names <= columns and not names <= rows.keys()

    def _one_row(self, group: Heading, key: Scalar, value: Node) -> None:
        """A group that the report prints as one row."""
        if any(id(leaf) in self.seen for leaf in group.leaves()):
            self._both_ways(group, key)
            return
        self.form = one_row(self.form, f"{self.table.id}.{group.path}")
        self.cells = self.form.cells
        row = next(cell.row for cell in self.cells.values() if cell.row.path == group.path)
        self.one_rows.append((row, key.at))
        self.group_of |= {id(heading): group for heading in _below(group)}
        self._variant(row, key)
        self._row(row, key, value)

    def _both_ways(self, group: Heading, key: Scalar) -> None:
        message = sentence("{group}既写成一行，又逐行写了分项，两种只写一种", group=quoted(group))
        self.reading.note("C-04", key.at, message)

    def _strange(self, keys: list[Scalar], level: Mapping[str, Heading], parent: Text) -> None:
        """Names that no row has; the row that one of them probably means is not missing besides.

        Where one row is lacking and one name too many, they belong together.
        """
        if not keys:
            return
        headings = list(dict.fromkeys(level.values()))
        lacking = [heading for heading in headings if not self._begun(heading)]
        for key in keys:
            names = [[choice.name] for choice in headings]
            absent = [[choice.name] for choice in lacking]
            near = self.reading.unknown(key, names, parent, absent, sole=len(keys) == 1)
            meant = [heading for heading in lacking if heading.name == near]
            self.meant.update(leaf.path for heading in meant for leaf in heading.leaves())

    def _begun(self, heading: Heading) -> bool:
        """Whether a row, or any row of a group, is in the file."""
        return id(heading) in self.seen or any(id(leaf) in self.seen for leaf in heading.leaves())

    def _distrust(self, heading: Heading) -> None:
        """Take no figure of a row, or of a group of rows, that is written twice in two ways.

        Which of the two is right nobody can tell, so no sum is held against it.
        """
        for leaf in heading.leaves():
            for column in self._columns(leaf):
                address = f"{self.table.id}.{leaf.path}.{column.path}"
                place = self.written[address].at if address in self.written else None
                self.written[address] = Figure(State.UNREADABLE, mistaken=True, at=place)

    def _variant(self, heading: Heading, key: Scalar) -> None:
        """S-06: a known misspelling of a label is read, and the form's word is told."""
        if labels.normal(key.text) in {labels.normal(word) for word in heading.variants}:
            message = sentence("“{key}”在格式中叫“{heading}”", key=key.text, heading=heading.label)
            self.reading.note("S-06", key.at, message)

    def _extra(self, node: Node) -> None:
        """S-13: rows that a local notice adds, written below `另列`; kept as they are written."""
        if not isinstance(node, Fields):
            message = sentence("“另列”下面应逐行写“名称: 数字”")
            self.reading.note("C-04", node.at, message)
            return
        for key, value in node.pairs:
            items = [item.text.strip() for item in _spread(value) if isinstance(item, Scalar)]
            self.extras.append(Extra(self.table.id, key.text.strip(), "、".join(items)))
            message = sentence("“{key}”是法定表以外的行，照录在表后", key=key.text)
            habit = Habit("extra", "", _in_quotes(key.text))
            self.reading.note("S-13", key.at, message, habit=habit)

    def _unfilled(self, row: Heading, value: Node) -> bool:
        """Whether a row has its name and nothing behind it, as in a new report.

        Such a row is missing, not blank.
        """
        if not isinstance(value, Fields):
            return _empty(value)
        if not value.pairs:
            return False
        names = {labels.normal(word) for column in self._columns(row) for word in column.words}
        return all(_empty(cell) and labels.normal(name.text) in names for name, cell in value.pairs)

    def _columns(self, row: Heading) -> tuple[Heading, ...]:
        """The columns of the block in which a row stands."""
        leaf = next(iter(row.split_rows or row.leaves()))
        block = next(block for block in self.table.blocks if leaf in block.leaf_rows)
        return block.leaf_columns

    def _row(self, row: Heading, key: Scalar, value: Node) -> None:
        columns = self._columns(row)
        if isinstance(value, Fields):
            spellings = {column.path: column.words for column in columns}
            place = sentence("“{key}”一行", key=key.text)
            entries = self.reading.fields(value, spellings, place)
            misspelt = self.reading.misspelt
            doubled = self.reading.doubled
            self.filled = any(map(_is_filled, (item for _, item in entries.values())))
            for column in columns:
                address = f"{self.table.id}.{row.path}.{column.path}"
                if column.path in misspelt:
                    self.meant.add(address)
                if column.path in entries:
                    self._variant(column, entries[column.path][0])
                    self._cell(row, column, entries[column.path][1])
                if column.path in doubled and address in self.written:
                    unreadable = Figure(State.UNREADABLE, mistaken=True, at=key.at)
                    self.written[address] = unreadable
            return
        items = _spread(value)
        # A row in which nothing happened may be one 0, one that the report leaves blank one `~`.
        if isinstance(value, Scalar) and _fills_a_row(value):
            items = [value] * len(columns)
        short = self._without_total(columns, items)
        if isinstance(value, Items):
            self.lists[bool(short)].append((key, len(items)))
        columns = short or columns
        self.filled = any(map(_is_filled, items))
        if len(items) != len(columns):
            self._misaligned(row, columns, key, value, len(items))
            return
        for column, item in zip(columns, items, strict=True):
            self._cell(row, column, item)

    def _without_total(
        self, columns: tuple[Heading, ...], items: list[Node]
    ) -> tuple[Heading, ...]:
        """The columns without the totals, when the row reads as one without its total; else empty.

        Where the last number is already the sum of those before it, a cell was lost rather than the
        total: that is never guessed.
        """
        values = [decode(item.text).value for item in items if isinstance(item, Scalar)]
        *addends, last = [value or 0 for value in values] or [0]
        last_is_total = last and sum(addends) == last
        addend_columns = tuple(column for column in columns if column.path not in self.totals)
        if len(addend_columns) != len(items) or last_is_total:
            return ()
        return addend_columns

    def _misaligned(
        self, row: Heading, columns: tuple[Heading, ...], key: Scalar, value: Node, count: int
    ) -> None:
        addresses = tuple(f"{self.table.id}.{row.path}.{column.path}" for column in columns)
        message = sentence(
            "“{key}”一行应有 {number} 个数字（{names}），这里有 {count} 个",
            key=key.text,
            number=len(columns),
            names=listed(map(heading_name, columns)),
            count=count,
        )
        advice = _how_to_write(value, count, len(columns))
        if isinstance(value, Scalar) and len(typed := _typed_numbers(value.text)) > 1:
            message = sentence(
                "“{key}”一行的 {count} 个数没有写成一列：应有 {number} 个（{names}）",
                key=key.text,
                count=len(typed),
                number=len(columns),
                names=listed(map(heading_name, columns)),
            )
            if len(typed) in {len(columns), len(columns) - len(self.totals)}:
                advice = sentence("写作 {line}", line=f"[{', '.join(typed)}]")
        habit = Habit("row_length", f"{len(columns)}", _in_quotes(key.text))
        self.reading.note("V-05", value.at, message, cells=addresses, advice=advice, habit=habit)
        unreadable = Figure(State.UNREADABLE, mistaken=True, at=value.at)
        self.written.update(dict.fromkeys(addresses, unreadable))

    def _cell(self, row: Heading, column: Heading, node: Node) -> None:
        address = f"{self.table.id}.{row.path}.{column.path}"
        cell = self.cells[address]
        if not isinstance(node, Scalar):
            message = sentence("“{cell}”应是一个数字", cell=cell_text(cell))
            self.reading.note("C-04", node.at, message, cells=(address,))
            self.written[address] = Figure(State.UNREADABLE, mistaken=True, at=node.at)
            return
        decoded = decode(node.text, with_unit=column.as_reported)
        self._say(decoded, cell, node)
        mistaken = decoded.state is State.UNREADABLE and bool(decoded.notes)
        self.written[address] = Figure(
            decoded.state,
            decoded.value,
            node.text.strip(),
            decoded.unit,
            mistaken=mistaken,
            at=node.at,
        )

    def _say(self, decoded: Decoded, cell: Cell, node: Scalar) -> None:
        """Note what is odd about the text of a cell, and about its value."""
        text = node.text
        name = cell_text(cell)
        for tidied in (TIDIED[note] for note in decoded.notes if note in TIDIED):
            message = sentence(
                "“{cell}”的“{text}”按 {value} 读（{tidied}）",
                cell=name,
                text=text,
                value=str(decoded.value),
                tidied=tidied,
            )
            cause = "full_width" if tidied is TIDIED["full_width"] else "thousands"
            self._note("C-06", cell, node, message, cause=cause)
        if "not_number" in decoded.notes:
            message = sentence("“{cell}”的“{text}”不是数字", cell=name, text=text)
            advice = _number_to_write(cell.column, text)
            shape = DIGITS.sub("3", text.strip())
            self._note("V-01", cell, node, message, advice, "not_number", shape)
        elif "leading_zero" in decoded.notes:
            message = sentence("“{cell}”的“{text}”以 0 开头", cell=name, text=text)
            self._note("V-06", cell, node, message, cause="leading_zero")
        elif decoded.state is State.BLANK and self.filled and cell.column.path in self.totals:
            message = sentence(
                "“{cell}”是空白：这一行的合计无从核对，其他地方按各格之和计，页面照原样显示",
                cell=name,
            )
            self._note("V-04", cell, node, message, sentence("补上总计"), "blank_total")
        elif decoded.state is State.BLANK:
            message = sentence("“{cell}”是空白，合计时按 0 计，页面照原样显示", cell=name)
            self._note("V-04", cell, node, message, cause="blank")
        elif decoded.state is State.NOT_APPLICABLE and not cell.row.may_not_apply:
            message = sentence(
                "“{cell}”是“{text}”，合计时按 0 计，页面照原样显示", cell=name, text=text
            )
            advice = sentence("没有发生就写 0")
            self._note("V-04", cell, node, message, advice, "not_applicable", text.strip())
        if decoded.value is not None:
            self._say_value(decoded.value, decoded.unit, cell, node)

    def _say_value(self, value: Number, unit: str, cell: Cell, node: Scalar) -> None:
        """Note a number that does not suit its column."""
        column = cell.column
        text = node.text
        name = cell_text(cell)
        if value < 0 and not column.negative:
            number = amounts.typed(text)
            message = sentence("“{cell}”为 {number}，不应是负数", cell=name, number=number)
            self._note("V-02", cell, node, message, cause="negative")
        if not isinstance(value, int) and not column.decimal:
            message = sentence("“{cell}”为 {number}，应是整数", cell=name, number=text)
            self._note("V-03", cell, node, message, cause="fraction")
        if column.as_reported and value and not unit:
            message = sentence("“{cell}”为 {number}，没有写明是元还是万元", cell=name, number=text)
            self._note("V-07", cell, node, message, cause="no_unit")

    def _note(
        self,
        rule: str,
        cell: Cell,
        node: Scalar,
        text: Text,
        advice: Text | None = None,
        cause: str = "",
        shape: str = "",
    ) -> None:
        """A finding about one cell; many of one cause are told together (check/habits.py)."""
        cells = (cell.address,)
        habit = Habit(cause, shape, _in_quotes(cell_text(cell)))
        self.reading.note(rule, node.at, text, cells=cells, advice=advice, habit=habit)


def _in_quotes(name: Text | str) -> Text:
    """A name as a list of several has it."""
    return sentence("“{name}”", name=name)


def _number_to_write(column: Heading, text: str) -> Text | None:
    """The advice for a number that is written with its unit; None where no number is meant."""
    match = COUNTED.fullmatch(text.strip())
    if match:
        return sentence("只写 {number}", number=match[1])
    return _in_ten_thousands(column, text)


def _in_ten_thousands(column: Heading, text: str) -> Text | None:
    """For an amount with its unit in a column of 万元: the number that belongs there."""
    money = MONEY.fullmatch(text.strip())
    if money is None or column.unit != "万元":
        return None
    amount = Decimal(money[1].replace(",", "")) * TEN_THOUSANDS[money[2]]
    number = amounts.without_zeros(amount)
    return sentence("这一格以万元计，写 {number}", number=number)


def _typed_numbers(text: str) -> list[str]:
    """The numbers of a row that was typed as text: in other brackets, or with blanks between."""
    numbers = [number for number in BETWEEN.split(text.strip(BRACKETS)) if number]
    readable = all(decode(part).state is not State.UNREADABLE for part in numbers)
    return numbers if readable else []


def _how_to_write(value: Node, count: int, expected_count: int) -> Text:
    """The next step for a row with the wrong number of values."""
    if isinstance(value, Scalar):
        return sentence(
            "写成 [0, 0, …] 的样子：方括号里 {expected_count} 个数，用半角逗号隔开",
            expected_count=expected_count,
        )
    if count > expected_count:
        return sentence("多了一格；也可能是千分位逗号把一个数分成了两个")
    if count == expected_count - 1:
        return sentence("漏了一格的，补上；没有写总计的，把总计也写上")
    return sentence("补上缺的几格；没有就写 0")


def _below(group: Heading) -> Iterator[Heading]:
    """The groups and rows below a group."""
    for heading in group.children:
        yield heading
        yield from _below(heading)


def _fills_a_row(value: Scalar) -> bool:
    """Whether one value stands for every cell of its row."""
    decoded = decode(value.text)
    return decoded.value == 0 or decoded.state in {State.BLANK, State.NOT_APPLICABLE}


def _is_filled(value: Node) -> bool:
    """Whether a cell says more than that it is blank."""
    return not isinstance(value, Scalar) or decode(value.text).state is not State.BLANK


def _empty(value: Node) -> bool:
    """Whether there is nothing behind the colon; `~` and `""` say that the cell is blank."""
    return isinstance(value, Scalar) and value.plain and not value.text


def _alike(value: Node, second: Node) -> bool:
    """Whether two nodes say the same."""
    if isinstance(value, Scalar) and isinstance(second, Scalar):
        return value.text.strip() == second.text.strip()
    if isinstance(value, Items) and isinstance(second, Items):
        pairs = zip(value.items, second.items, strict=False)
        return len(value.items) == len(second.items) and all(_alike(*pair) for pair in pairs)
    if isinstance(value, Fields) and isinstance(second, Fields):
        entries = {labels.normal(key.text): item for key, item in second.pairs}
        return len(value.pairs) == len(second.pairs) and all(
            labels.normal(key.text) in entries and _alike(item, entries[labels.normal(key.text)])
            for key, item in value.pairs
        )
    return False


def _spread(value: Node) -> list[Node]:
    """The values of a row.

    One item with full-width commas is what a Chinese keyboard makes of a list.
    """
    items: list[Node] = list(value.items) if isinstance(value, Items) else [value]
    if isinstance(value, Scalar) and value.text.strip(BRACKETS) != value.text.strip():
        return items  # brackets of another kind: what they hold is proposed, not read
    if len(items) == 1 and isinstance(items[0], Scalar) and "，" in items[0].text:
        return [Scalar(value.strip(), items[0].at) for value in items[0].text.split("，")]
    return items


@lru_cache(maxsize=64)
def table_words(table: Table) -> tuple[Mapping[str, Heading], Mapping[str, Heading]]:
    """Normal spelling → heading: those at the table's top level, and those of any row.

    The second mapping has the spellings that only one row of the whole table has.
    """
    top = tuple(row for block in table.blocks for row in block.rows)
    anywhere: dict[str, Heading | None] = {}
    for block in table.blocks:
        for leaf in block.leaf_rows:
            for word in {labels.normal(word) for word in (*leaf.words, leaf.path)}:
                anywhere[word] = leaf if word not in anywhere else None
    return level_words(top), {word: leaf for word, leaf in anywhere.items() if leaf is not None}


@lru_cache(maxsize=64)
def table_names(table: Table) -> frozenset[str]:
    """Every normal spelling of the rows, groups and columns of a table, and of what is beyond."""
    return EXTRA | {
        labels.normal(word)
        for block in table.blocks
        for headings in (block.rows, block.columns)
        for word in _spellings(headings)
    }


def _spellings(headings: tuple[Heading, ...]) -> Iterator[str]:
    for heading in headings:
        yield from (*heading.words, heading.path)
        yield from _spellings(heading.children)


@lru_cache(maxsize=256)
def level_words(headings: tuple[Heading, ...]) -> Mapping[str, Heading]:
    """Normal spelling → heading of one level.

    A heading without an id only groups: its children count as this level too.
    """
    by_spelling: dict[str, Heading] = {}
    for heading in headings:
        for word in heading.words:
            by_spelling.setdefault(labels.normal(word), heading)
        if heading.children and not heading.path:
            for word, child in level_words(heading.children).items():
                by_spelling.setdefault(word, child)
    return by_spelling
