"""The tables of a form as its file prints them: trees of rows and columns, block by block."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from generator.language import labels
from generator.language.law_words import keys_in
from generator.language.sentence import sentence
from generator.load.stated import FormatDefect, Row
from generator.model.format import Block, Break, Comparable, Heading, Table

TABLE_KEYS = frozenset(
    (
        "id",
        "label",
        *keys_in("gloss"),
        "short",
        "yearly",
        "aliases",
        "layout",
        "summary",
        "blocks",
    )
)
SUMMARY_KEYS = frozenset(("zh", "zero", *keys_in("en", "zero_en")))
BLOCK_KEYS = frozenset(
    (
        "title",
        "corner",
        "note",
        *keys_in("title_gloss", "corner_gloss", "note_gloss"),
        "rows",
        "columns",
    )
)
HEADING_KEYS = frozenset(
    (
        "id",
        "label",
        *keys_in("gloss"),
        "short",
        "aliases",
        "variants",
        "unit",
        "number",
        "negative",
        "may_not_apply",
        "concept",
        "made_by",
        "same",
        "breaks",
    )
)
BREAK_KEYS = frozenset(("comparable", "note", *keys_in("note_en"), "unconfirmed"))
HALF_WIDTH = str.maketrans("（）", "()")


class Layout(StrEnum):
    """How a table prints its rows: one below the other, or side by side as groups of columns."""

    DOWN = "down"
    ACROSS = "across"


class NumberKind(StrEnum):
    """What the figures of a column are."""

    DECIMAL = "decimal"
    INTEGER = "integer"


@dataclass(frozen=True)
class Axis:
    """The rows or the columns of a block: the key under which headings stand below a heading.

    `first_year` is that of the form: from it on the meaning of a heading may have shifted.
    """

    key: str
    first_year: int

    @property
    def keys(self) -> frozenset[str]:
        """The keys of a heading of this axis."""
        return HEADING_KEYS | {self.key}


def read_table(row: Row, first_year: int) -> Table:
    """One table of a form that is for the years from `first_year` on."""
    summary = row.row("summary", SUMMARY_KEYS) if "summary" in row else Row(row.at, {})
    label = row.required("label")
    blocks = tuple(_block(block, first_year) for block in row.rows("blocks", BLOCK_KEYS))
    if not blocks:
        raise row.defect("blocks", sentence("不能不写"))
    return Table(
        id=row.identifier("id"),
        label=label,
        blocks=blocks,
        layout=row.choice("layout", Layout).value if "layout" in row else Layout.DOWN.value,
        short=row.text("short") or label,
        aliases=row.texts("aliases"),
        summary=summary.in_languages("en", summary.text("zh")),
        summary_zero=summary.in_languages("zero_en", summary.text("zero")),
        yearly=row.flag("yearly"),
        gloss=row.in_languages("gloss"),
        at=row.at,
    )


def _block(row: Row, first_year: int) -> Block:
    block = Block(
        rows=_headings(row, Axis("rows", first_year), ""),
        columns=_headings(row, Axis("columns", first_year), ""),
        title=row.text("title"),
        corner=row.text("corner"),
        note=row.text("note"),
        title_gloss=row.in_languages("title_gloss"),
        corner_gloss=row.in_languages("corner_gloss"),
        note_gloss=row.in_languages("note_gloss"),
    )
    for key, leaves in (("rows", block.leaf_rows), ("columns", block.leaf_columns)):
        if not leaves:
            raise row.defect(key, sentence("不能不写"))
        for leaf in leaves:
            if not leaf.path:
                message = sentence(
                    "“{leaf}”没有 id，只有下面还有行列的标题才可以不写", leaf=leaf.label
                )
                raise FormatDefect(leaf.at, message)
    return block


def _headings(row: Row, axis: Axis, path_above: str) -> tuple[Heading, ...]:
    return tuple(_heading(heading, axis, path_above) for heading in row.rows(axis.key, axis.keys))


def _heading(row: Row, axis: Axis, path_above: str) -> Heading:
    identifier = row.identifier("id") if "id" in row else ""
    label = row.required("label")
    path = f"{path_above}.{identifier}" if path_above and identifier else identifier
    return Heading(
        label=label,
        path=path,
        short=row.text("short") or labels.NUMBERING.sub("", label.translate(HALF_WIDTH)),
        aliases=row.texts("aliases"),
        children=_headings(row, axis, path or path_above),
        unit=row.text("unit"),
        decimal="number" in row and row.choice("number", NumberKind) is NumberKind.DECIMAL,
        negative=row.flag("negative"),
        may_not_apply=row.flag("may_not_apply"),
        concept=row.text("concept"),
        variants=row.texts("variants"),
        made_by=row.texts("made_by"),
        gloss=row.in_languages("gloss"),
        same=row.required("same") if "same" in row else "",
        breaks=_breaks(row, axis.first_year),
        at=row.at,
    )


def _breaks(row: Row, first_year: int) -> tuple[Break, ...]:
    """The shift of meaning that the form brings, hence from its first year on; none is usual."""
    if "breaks" not in row:
        return ()
    stated = row.row("breaks", BREAK_KEYS)
    shift = Break(
        start=first_year,
        comparable=stated.choice("comparable", Comparable),
        note=stated.in_languages("note_en", stated.required("note")),
        unconfirmed=stated.flag("unconfirmed"),
    )
    return (shift,)
