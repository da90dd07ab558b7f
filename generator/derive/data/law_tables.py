"""The tables of the open data about the law: concepts, the cells of each form, the rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

from generator.derive.data.declaration import (
    ADDRESS,
    YEARS,
    Declaration,
    Field,
    address_field,
    field,
    form_field,
    rule_field,
)
from generator.derive.years.comparability import parts_of
from generator.language.speech import ENGLISH, Speech
from generator.model.dataset import BOOLEAN, INTEGER, STRING, Reference
from generator.model.finding import Severity
from generator.model.format import Break, Cell, Format, Heading, stated_unit
from generator.model.law import Concept, Law, Rule
from generator.model.site import Site

CELLS = "dictionary"
SEVERITIES = tuple(severity.value for severity in Severity)
OFF = "off"
OF_CELL = Reference(("form", "address"), CELLS, ("form", "address"))
OF_CONCEPT = Reference(("concept",), "concepts", ("concept",))
OF_RULE = Reference(("rule",), "rules", ("rule",))


class ConceptEntry(NamedTuple):
    """A concept with the forms that have it, the oldest first.

    `shifts` are the changes of its meaning that the site tells.
    """

    law: Law
    key: str
    concept: Concept
    forms: Sequence[Format]
    shifts: Sequence[Break]

    @property
    def cell(self) -> Cell:
        """The newest form's cell for it."""
        form = self.forms[-1]
        return form.cells[form.by_concept[self.key]]

    @property
    def note(self) -> str:
        """How its meaning changed, in Chinese."""
        return "".join(shift.note.source for shift in self.shifts)

    @property
    def note_en(self) -> str:
        """How its meaning changed, in English."""
        return " ".join(shift.note.say(ENGLISH) for shift in self.shifts)


def concepts(say: Speech) -> Declaration[Site, ConceptEntry]:
    """What figures mean, whichever form they stand in."""
    return Declaration(
        "concepts", say("含义"), concept_entries, tuple(_concept_fields(say)), ("concept",)
    )


def _concept_fields(say: Speech) -> Iterator[Field[ConceptEntry]]:
    """The columns of the table."""
    additive = say(
        "同一年度各机关的数字能否相加；"
        "false：事项数和它的增减（几个机关行使同一事项，相加会重复），"
        "以及单位不一的金额"
    )
    yield field(
        "concept",
        STRING,
        say("含义：不论采用哪种格式，含义相同的数字有同一个代号"),
        lambda entry: entry.key,
        required=True,
        pattern=ADDRESS,
    )
    yield field("label", STRING, say("中文名称"), lambda entry: entry.cell.label, required=True)
    yield field("english", STRING, say("英文译文，不是官方译本"), lambda entry: english(entry.cell))
    yield field(
        "unit",
        STRING,
        say("单位；空：以报告写明的为准"),
        lambda entry: stated_unit(entry.concept.unit),
    )
    yield field("additive", BOOLEAN, additive, lambda entry: entry.concept.additive, required=True)
    yield field(
        "first_year",
        INTEGER,
        say("法定格式从哪一年度起有这一项"),
        lambda entry: entry.forms[0].first_year,
        required=True,
        limits=YEARS,
    )
    yield field(
        "last_year",
        INTEGER,
        say("到哪一年度止；空：现行格式仍有"),
        lambda entry: entry.forms[-1].last_year,
        limits=YEARS,
    )
    yield field(
        "parts",
        STRING,
        say("等于哪几项之和，用空格隔开"),
        lambda entry: " ".join(parts_of(entry.law, entry.key)),
    )
    yield field("note", STRING, say("含义的变化；跨年度比较时须看"), lambda entry: entry.note)
    yield field("note_en", STRING, say("同上，英文"), lambda entry: entry.note_en)


def concept_entries(site: Site) -> Iterator[ConceptEntry]:
    """Every concept of the forms, in the order in which the forms print them."""
    law = site.law
    forms_by_concept: dict[str, list[Format]] = {}
    for form in law.filled_forms:
        for cell in form.cells.values():
            forms_by_concept.setdefault(cell.concept, []).append(form)
    for key, forms in forms_by_concept.items():
        concept = law.concept(key)
        assert concept is not None, "the law is refused where a cell means nothing"
        yield ConceptEntry(law, key, concept, forms, told_shifts(site, concept))


def told_shifts(site: Site, concept: Concept) -> list[Break]:
    """The shifts of a meaning that the site tells: unconfirmed ones only where it wants them."""
    unconfirmed = site.settings.unconfirmed_notes
    return [shift for shift in concept.breaks if unconfirmed or not shift.unconfirmed]


class CellEntry(NamedTuple):
    """A cell of a form, with the labels of its headings from the top down."""

    form: str
    cell: Cell
    table_label: str
    row_label: str
    column_label: str


def dictionary(say: Speech) -> Declaration[Site, CellEntry]:
    """Every cell of every form."""
    title = say("数据字典：法定格式的每一格")
    return Declaration(
        CELLS, title, _all_cells, tuple(_cell_fields(say)), ("form", "address"), (OF_CONCEPT,)
    )


def _cell_fields(say: Speech) -> Iterator[Field[CellEntry]]:
    """The columns of the table."""
    row_label = say("行的法定名称，连同上面各级，用“/”隔开")
    column_label = say("列的法定名称，连同上面各级，用“/”隔开")
    unit = say("单位；空：以报告写明的为准")
    yield form_field(say, lambda entry: entry.form)
    yield address_field(say, lambda entry: entry.cell.address)
    yield field("table", STRING, say("表的代号"), lambda entry: entry.cell.table, required=True)
    yield field("row", STRING, say("行的代号"), lambda entry: entry.cell.row.path, required=True)
    yield field(
        "column", STRING, say("列的代号"), lambda entry: entry.cell.column.path, required=True
    )
    yield field(
        "table_label",
        STRING,
        say("表的法定名称"),
        lambda entry: entry.table_label,
        required=True,
    )
    yield field("row_label", STRING, row_label, lambda entry: entry.row_label, required=True)
    yield field(
        "column_label", STRING, column_label, lambda entry: entry.column_label, required=True
    )
    yield field("label", STRING, say("行和列的简称"), lambda entry: entry.cell.label, required=True)
    yield field("english", STRING, say("英文译文，不是官方译本"), lambda entry: english(entry.cell))
    yield field("unit", STRING, unit, lambda entry: entry.cell.unit)
    yield field(
        "concept",
        STRING,
        say("含义的代号"),
        lambda entry: entry.cell.concept,
        required=True,
        pattern=ADDRESS,
    )


def _all_cells(site: Site) -> Iterator[CellEntry]:
    for form in site.law.filled_forms:
        yield from cell_entries(form)


def cell_entries(form: Format) -> Iterator[CellEntry]:
    """Every cell of a form with the labels of its headings, in print order."""
    for table in form.tables:
        for block in table.blocks:
            row_labels = _labels(block.rows)
            column_labels = _labels(block.columns)
            rows = (heading for row in block.leaf_rows for heading in (row, *row.split_rows))
            for row, column in product(rows, block.leaf_columns):
                yield CellEntry(
                    form=form.id,
                    cell=form.cells[f"{table.id}.{row.path}.{column.path}"],
                    table_label=table.label,
                    row_label=row_labels[id(row)],
                    column_label=column_labels[id(column)],
                )


def _labels(headings: Sequence[Heading], above: str = "") -> dict[int, str]:
    """The labels from the top down to each heading that carries figures, by its identity."""
    labels: dict[int, str] = {}
    for heading in headings:
        label = f"{above}{heading.label}"
        if not heading.children:
            labels[id(heading)] = label
        labels |= _labels((*heading.children, *heading.split_rows), f"{label}/")
    return labels


def english(cell: Cell) -> str:
    """The glosses of a cell's row and column; empty where the form has none."""
    row_gloss = cell.row.gloss.say(ENGLISH)
    column_gloss = cell.column.gloss.say(ENGLISH)
    return f"{row_gloss} · {column_gloss}" if row_gloss and column_gloss else ""


def rules(say: Speech) -> Declaration[Site, Rule]:
    """The rules by which reports are checked."""
    return Declaration("rules", say("核对规则"), _rules, tuple(_rule_fields(say)), ("rule",))


def _rule_fields(say: Speech) -> Iterator[Field[Rule]]:
    """The columns of the table."""
    yield rule_field(say, lambda rule: rule.id)
    yield field(
        "severity",
        STRING,
        say("本站给这条规则的级别；off：没有启用"),
        lambda rule: OFF if rule.off else rule.severity.value,
        required=True,
        choices=(*SEVERITIES, OFF),
    )
    yield field("name", STRING, say("中文名称"), lambda rule: rule.name.source, required=True)
    yield field(
        "english", STRING, say("英文名称"), lambda rule: rule.name.say(ENGLISH), required=True
    )


def _rules(site: Site) -> list[Rule]:
    return [rule for _, rule in sorted(site.law.rules.items())]
