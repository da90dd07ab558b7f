"""The tables of a form in JSON Schema: what may stand behind a row, and which names a table and its groups take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from generator.language import labels
from generator.language.identity import instances
from generator.language.numerals import BLANK, NOT_APPLICABLE, UNREADABLE
from generator.load.rows import EXTRA, level_words, table_words
from generator.model.format import AS_REPORTED, Block, Format, Heading, Identity, Table, Term
from generator.model.law import Law
from generator.schema.names import Schema, keys, pattern, shown

WORDS = sorted(NOT_APPLICABLE | UNREADABLE | BLANK)
RELATION = {"==": "=", ">=": "≥", "<=": "≤"}
UNITS = {AS_REPORTED: "数字后面写元、万元或亿元"}
LONGEST_SUM = 8
QUOTES = '["“”]?'  # inside a label; a row out of its place is not looked for with blanks between its characters, too


class Rows:
    """The definitions of one table, which refer to each other by name; `table` is the definition to begin with."""

    def __init__(self, form: Format, table: Table, law: Law) -> None:
        self.form, self.table, self.law = form, table, law
        self.identities = _identities(form, table)
        self.totals = form.totals(table.id)

    def definitions(self) -> Schema:
        """Name → definition: the table under its id, its blocks (`#`), groups and rows under their paths behind it."""
        made: Schema = {self.table.id: self._top()}
        for number, block in enumerate(self.table.blocks):
            made[f"{self.table.id}.{number}"] = self._values(block)
            for row in block.leaf_rows:
                made[self._name(row)] = self._row(number, block, row)
            for group in _groups(block.rows):
                made[self._name(group)] = self._level(group.children) | {"title": group.label, "description": _group_said(group)}
        return made

    def _name(self, heading: Heading) -> str:
        """A group without an id goes by its first row, which no other group of its kind begins with."""
        return f"{self.table.id}.{heading.path}" if heading.path else f"{self._name(heading.children[0])}."

    def _reference(self, heading: Heading) -> Schema:
        return {"$ref": f"#/$defs/{self._name(heading)}"}

    def _top(self) -> Schema:
        rows = tuple(row for block in self.table.blocks for row in block.rows)
        said = f"{self.table.label}。逐行写“名称: 数字”；没有发生的行只写一个 0。"
        level = self._level(rows, flat=True)
        for word in shown(EXTRA):
            extra: Schema = {"title": "另列", "description": "法定表以外的行，照录在表后，不参加合计。", "type": "object"}
            level["properties"][word] = {"doNotSuggest": True, "allOf": [extra]} if word.isascii() else extra
        return level | {"title": self.table.label, "description": said}

    def _level(self, headings: tuple[Heading, ...], flat: bool = False) -> Schema:
        """A mapping of the rows and groups of one level, and of any row whose spelling is its own in the whole table.

        Those others are proposed nowhere; they are explained, too, where a report may well be written `flat`.
        """
        level, anywhere = level_words(headings), table_words(self.table)[1]
        own = tuple({id(one): one for one in level.values()}.values())

        def spelled(heading: Heading) -> list[str]:
            words = (heading.name, *heading.words, heading.path)
            known = ((word, level.get(labels.normal(word)) or anywhere.get(labels.normal(word))) for word in words if word)
            return [word for word, found in known if found is heading]

        if flat:
            others = tuple(row for block in self.table.blocks for row in block.leaf_rows if row not in own)
            return keys((spelled(one), self._reference(one), bool(one.path) and one in own) for one in (*own, *others) if spelled(one))
        made = keys((spelled(one), self._reference(one), bool(one.path)) for one in own)
        for number, block in enumerate(self.table.blocks):
            if words := [word for row in block.leaf_rows if row not in own for word in spelled(row)]:
                made["patternProperties"][pattern(words, between=QUOTES)] = {"$ref": f"#/$defs/{self.table.id}.{number}"}
        return made

    def _row(self, number: int, block: Block, row: Heading) -> Schema:
        names = {heading.path: heading.name for heading in (*block.leaf_rows, *block.leaf_columns)}
        said = [_columns_said(block), *self._sums(row, names)]
        if self.totals & {column.path for column in block.leaf_columns}:
            said.insert(1, "总计可以不写，由程序相加。")
        if row.may_not_apply:
            said.append("不适用的写 /。")
        return {"title": row.label, "description": "\n".join(said), "$ref": f"#/$defs/{self.table.id}.{number}"}

    def _sums(self, row: Heading, names: Mapping[str, str]) -> Iterable[str]:
        """What must hold for a row, in words; a long sum is only named."""
        for identity in self.identities.get(row.path, ()):
            terms = (*identity.left, *identity.right)
            rule = f"{identity.rule} {self.law.rules[identity.rule].name.zh}"
            yield f"{rule}：{_formula(identity, names)}" if len(terms) <= LONGEST_SUM else rule

    def _values(self, block: Block) -> Schema:
        """What may stand behind a row: its numbers in order with or without the total, by name, or one 0."""
        columns = block.leaf_columns
        rest = tuple(column for column in columns if column.path not in self.totals)
        lists = [_list(one) for one in dict.fromkeys((columns, rest)) if one]
        alone = [cell(one[0]) for one in (columns, rest) if len(one) == 1][:1] or [{"enum": [0, "0", "０"]}]
        words = keys((shown((one.name, *one.words)), cell(one) | {"title": one.label}, True) for one in columns)
        return {"anyOf": [*lists, words, *alone]}


def cell(column: Heading) -> Schema:
    """One figure of a column: a number, the same as text, nothing, or one of the words for a figure that is not there."""
    sign, part = "[-－−]?" if column.negative else "", "(?:[.．][0-9０-９]{1,8})?" if column.decimal else ""
    digits = "(?:[0０]|[1-9１-９][0-9０-９]{0,14}|[1-9１-９][0-9０-９]{0,2}(?:[,，][0-9０-９]{3})+)"
    unit = r"\s*(?:亿元|万元|元)?" if column.as_reported else ""
    number: Schema = {"type": "number" if column.decimal else "integer"}
    if not column.negative:
        number["minimum"] = 0
    return {"anyOf": [number, {"type": "null"}, {"enum": WORDS}, {"type": "string", "pattern": rf"^\s*{sign}{digits}{part}{unit}\s*$"}]}


def _list(columns: Sequence[Heading]) -> Schema:
    """So many figures in this order. Where all are of one kind it is said once, which older editors understand too."""
    cells = [cell(column) for column in columns]
    kind: Schema = {"items": cells[0]} if all(one == cells[0] for one in cells) else {"prefixItems": cells}
    return {"type": "array", "minItems": len(cells), "maxItems": len(cells)} | kind


def _columns_said(block: Block) -> str:
    units = {column.unit for column in block.leaf_columns}
    if len(units) == 1:
        unit = next(iter(units))
        listed = "、".join(column.name for column in block.leaf_columns)
        return f"每行依次为：{listed}。" + (f"单位：{UNITS.get(unit, unit)}。" if unit else "")
    return "每行依次为：" + "、".join(f"{column.name}（{UNITS.get(column.unit, column.unit)}）" for column in block.leaf_columns) + "。"


def _group_said(group: Heading) -> str:
    return f"{group.name}，其下各行：" + "、".join(row.name for row in group.leaves()) + "。"


def _groups(headings: Iterable[Heading]) -> Iterable[Heading]:
    for heading in headings:
        if heading.children:
            yield heading
            yield from _groups(heading.children)


def _identities(form: Format, table: Table) -> Mapping[str, tuple[Identity, ...]]:
    """The identities that each row takes part in, by the row's path, in the form's order."""
    found: dict[str, dict[int, Identity]] = {}
    for instance in instances(form):
        if instance.identity.table == table.id:
            for place in (*instance.left, *instance.right):
                found.setdefault(form.cells[place.address].row.path, {})[id(instance.identity)] = instance.identity
    return {path: tuple(identities.values()) for path, identities in found.items()}


def _formula(identity: Identity, names: Mapping[str, str]) -> str:
    """`新收 + 上年结转 = 办结 + 结转下年度`."""
    right = _side(identity.right, names)
    if identity.constant or not right:
        right = f"{right} + {identity.constant}" if right else str(identity.constant)
    return f"{_side(identity.left, names)} {RELATION[identity.relation]} {right}"


def _side(terms: Iterable[Term], names: Mapping[str, str]) -> str:
    said = "".join(f" {'+' if term.sign > 0 else '-'} {'上年度' if term.prior else ''}{names[term.name]}" for term in terms)
    return said.removeprefix(" + ").strip()
