"""The tables of a form in JSON Schema: the values of a row, and the names of tables and groups."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator.language import labels
from generator.language.identity import instances
from generator.language.numerals import BLANK, NOT_APPLICABLE, UNREADABLE
from generator.load.rows import EXTRA, level_words, table_words
from generator.model.format import AS_REPORTED, Block, Format, Heading, Identity, Table, Term
from generator.model.law import Law
from generator.schema.names import Schema, chinese_first, keys, pattern

NOT_NUMBERS = sorted(NOT_APPLICABLE | UNREADABLE | BLANK)
RELATION = {"==": "=", ">=": "≥", "<=": "≤"}
UNITS = {AS_REPORTED: "数字后面写元、万元或亿元"}
LONGEST_SUM = 8
# What may stand between the characters of a row that is out of its place: quotes, but no blanks.
QUOTES = '["“”]?'


class Rows:
    """The definitions of one table, which refer to each other by name."""

    def __init__(self, form: Format, table: Table, law: Law) -> None:
        self.table = table
        self.law = law
        self.identities = _identities(form, table)
        self.totals = form.totals(table.id)

    def definitions(self) -> Schema:
        """Name → definition: the table under its id, its blocks, groups and rows below that id.

        A block goes by its number, a group or row by its path.
        """
        definitions: Schema = {self.table.id: self._top()}
        for number, block in enumerate(self.table.blocks):
            definitions[f"{self.table.id}.{number}"] = self._values(block)
            for row in block.leaf_rows:
                definitions[self._name(row)] = self._row(number, block, row)
            for group in _groups(block.rows):
                title = {"title": group.label, "description": _group_sentence(group)}
                rows = self._level(group.children) | title
                definitions[self._name(group)] = self._or_one_row(rows, group, block)
        return definitions

    def _name(self, heading: Heading) -> str:
        """The name of a heading's definition.

        A group without an id goes by its first row, which no other group of its kind begins with.
        """
        if heading.path:
            return f"{self.table.id}.{heading.path}"
        return f"{self._name(heading.children[0])}."

    def _reference(self, heading: Heading) -> Schema:
        return {"$ref": f"#/$defs/{self._name(heading)}"}

    def _block_reference(self, number: int) -> Schema:
        return {"$ref": f"#/$defs/{self.table.id}.{number}"}

    def _top(self) -> Schema:
        """The whole table, with the rows that reports list outside the statutory form."""
        rows = tuple(row for block in self.table.blocks for row in block.rows)
        level = self._level(rows, flat=True)
        extra: Schema = {
            "title": "另列",
            "description": "法定表以外的行，照录在表后，不参加合计。",
            "type": "object",
        }
        for word in chinese_first(EXTRA):
            silent = {"doNotSuggest": True, "allOf": [extra]}
            level["properties"][word] = silent if word.isascii() else extra
        meaning = f"{self.table.label}。逐行写“名称: 数字”；没有发生的行只写一个 0。"
        return level | {"title": self.table.label, "description": meaning}

    def _level(self, headings: tuple[Heading, ...], flat: bool = False) -> Schema:
        """A mapping of the rows and groups of one level, and of rows from elsewhere in the table.

        Rows from elsewhere are accepted where their spelling is unique in the whole table. Editors
        never propose them; they are explained only where a report may be written without groups
        (`flat`).
        """
        level_spellings = level_words(headings)
        unique_spellings = table_words(self.table)[1]
        members = tuple(dict.fromkeys(level_spellings.values()))

        def spellings(heading: Heading) -> list[str]:
            accepted = []
            for word in (heading.name, *heading.words, heading.path):
                normal = labels.normal(word)
                if (
                    word
                    and (level_spellings.get(normal) or unique_spellings.get(normal)) is heading
                ):
                    accepted.append(word)
            return accepted

        def entry(heading: Heading) -> tuple[list[str], Schema, bool]:
            proposed = bool(heading.path) and heading in members
            return spellings(heading), self._reference(heading), proposed

        others = [
            tuple(row for row in block.leaf_rows if row not in members)
            for block in self.table.blocks
        ]
        if flat:
            entries = map(entry, (*members, *(row for rows in others for row in rows)))
            return keys(entry for entry in entries if entry[0])
        level = keys(map(entry, members))
        for number, rows in enumerate(others):
            row_spellings = [spelling for row in rows for spelling in spellings(row)]
            if row_spellings:
                key = pattern(row_spellings, between=QUOTES)
                level["patternProperties"][key] = self._block_reference(number)
        return level

    def _or_one_row(self, rows: Schema, group: Heading, block: Block) -> Schema:
        """A group, which a report may also write as one row: figures in a list."""
        columns = [column for column in block.leaf_columns if column.path not in self.totals]
        if not group.path:
            return rows
        sentence = "原报告印成一行的，写成一行：[…]。"
        limits = {"minItems": len(columns), "maxItems": len(block.leaf_columns)}
        one_row = _list(block.leaf_columns) | limits
        description = f"{rows['description']}{sentence}"
        return rows | one_row | {"type": ["object", "array"], "description": description}

    def _row(self, number: int, block: Block, row: Heading) -> Schema:
        """A row, explained: its columns and the sums that it takes part in."""
        names = {heading.path: heading.name for heading in (*block.leaf_rows, *block.leaf_columns)}
        sentences = [_columns_sentence(block)]
        if self.totals & {column.path for column in block.leaf_columns}:
            sentences.append("总计可以不写，由程序相加。")
        sentences += self._sums(row, names)
        if row.may_not_apply:
            sentences.append("不适用的写 /。")
        title = {"title": row.label, "description": "\n".join(sentences)}
        return title | self._block_reference(number)

    def _sums(self, row: Heading, names: Mapping[str, str]) -> Iterator[str]:
        """The identities of a row in words; a long one only by its name."""
        for identity in self.identities.get(row.path, ()):
            rule = f"{identity.rule} {self.law.rules[identity.rule].name.source}"
            length = len(identity.left) + len(identity.right)
            yield f"{rule}：{_formula(identity, names)}" if length <= LONGEST_SUM else rule

    def _values(self, block: Block) -> Schema:
        """The values of a row: a list with or without the total, figures by name, or one 0."""
        columns = block.leaf_columns
        without_total = tuple(column for column in columns if column.path not in self.totals)
        choices = [columns, without_total]
        lists = [_list(choice) for choice in dict.fromkeys(choices) if choice]
        by_name = keys(
            (
                chinese_first((column.name, *column.words)),
                cell(column) | {"title": column.label},
                True,
            )
            for column in columns
        )
        single = [cell(choice[0]) for choice in choices if len(choice) == 1]
        alone = single[0] if single else {"enum": [0, "0", "０"]}
        return {"anyOf": [*lists, by_name, alone]}


def cell(column: Heading) -> Schema:
    """A figure of a column: a number, a number as text, nothing, or a word for a missing one."""
    sign = "[-－−]?" if column.negative else ""
    digits = "(?:[0０]|[1-9１-９][0-9０-９]{0,14}|[1-9１-９][0-9０-９]{0,2}(?:[,，][0-9０-９]{3})+)"
    decimals = "(?:[.．][0-9０-９]{1,8})?" if column.decimal else ""
    unit = r"\s*(?:亿元|万元|元)?" if column.as_reported else ""
    text = {"type": "string", "pattern": rf"^\s*{sign}{digits}{decimals}{unit}\s*$"}
    number: Schema = {"type": "number" if column.decimal else "integer"}
    if not column.negative:
        number["minimum"] = 0
    return {"anyOf": [number, {"type": "null"}, {"enum": NOT_NUMBERS}, text]}


def _list(columns: Sequence[Heading]) -> Schema:
    """The figures of these columns in order.

    Cells that are all alike are described once, which older editors understand too.
    """
    cells = [cell(column) for column in columns]
    alike = all(schema == cells[0] for schema in cells)
    items: Schema = {"items": cells[0]} if alike else {"prefixItems": cells}
    return {"type": "array", "minItems": len(cells), "maxItems": len(cells)} | items


def _columns_sentence(block: Block) -> str:
    columns = block.leaf_columns
    units = [UNITS.get(column.unit, column.unit) for column in columns]
    names = [column.name for column in columns]
    if len(set(units)) > 1:
        names = [f"{name}（{unit}）" for name, unit in zip(names, units, strict=True)]
        return f"每行依次为：{'、'.join(names)}。"
    unit_sentence = f"单位：{units[0]}。" if units[0] else ""
    return f"每行依次为：{'、'.join(names)}。{unit_sentence}"


def _group_sentence(group: Heading) -> str:
    return f"{group.name}，其下各行：{'、'.join(row.name for row in group.leaves())}。"


def _groups(headings: Iterable[Heading]) -> Iterator[Heading]:
    for heading in headings:
        if heading.children:
            yield heading
            yield from _groups(heading.children)


def _identities(form: Format, table: Table) -> Mapping[str, tuple[Identity, ...]]:
    """Path of a row → the identities that it takes part in, in the form's order."""
    identities: dict[str, dict[int, Identity]] = {}
    for instance in instances(form):
        identity = instance.identity
        if identity.table == table.id:
            for term in (*instance.left, *instance.right):
                path = form.cells[term.address].row.path
                identities.setdefault(path, {})[id(identity)] = identity
    return {path: tuple(by_id.values()) for path, by_id in identities.items()}


def _formula(identity: Identity, names: Mapping[str, str]) -> str:
    """An identity in words: `新收 + 上年结转 = 办结 + 结转下年度`."""
    right = _side(identity.right, names)
    if identity.constant or not right:
        right = f"{right} + {identity.constant}" if right else str(identity.constant)
    left_side = _side(identity.left, names)
    return f"{left_side} {RELATION[identity.relation]} {right}"


def _side(terms: Iterable[Term], names: Mapping[str, str]) -> str:
    signed = []
    for term in terms:
        sign = "+" if term.sign > 0 else "-"
        year = "上年度" if term.prior else ""
        signed.append(f" {sign} {year}{names[term.name]}")
    return "".join(signed).removeprefix(" + ").strip()
