"""The tables of a form as its file prints them: trees of rows and columns, block by block."""

from __future__ import annotations

from generator.language import labels
from generator.load.stated import Row, mapping, mappings, text, texts, true
from generator.model.format import Block, Heading, Table


def read_table(row: Row) -> Table:
    """One table of a form."""
    summary = mapping(row["summary"]) if "summary" in row else {}
    return Table(
        id=text(row["id"]),
        label=text(row["label"]),
        blocks=tuple(_block(one) for one in mappings(row["blocks"])),
        layout=text(row.get("layout")) or "down",
        short=text(row.get("short")),
        aliases=texts(row.get("aliases")),
        summary=text(summary.get("zh")),
        summary_zero=text(summary.get("zero")),
        yearly=true(row.get("yearly")),
        gloss=text(row.get("gloss")),
        summary_en=text(summary.get("en")),
        summary_zero_en=text(summary.get("zero_en")),
    )


def _block(row: Row) -> Block:
    return Block(
        rows=tuple(_heading(one, "", "rows") for one in mappings(row["rows"])),
        columns=tuple(_heading(one, "", "columns") for one in mappings(row["columns"])),
        title=text(row.get("title")),
        corner=text(row.get("corner")),
        note=text(row.get("note")),
        title_gloss=text(row.get("title_gloss")),
        corner_gloss=text(row.get("corner_gloss")),
        note_gloss=text(row.get("note_gloss")),
    )


def _heading(row: Row, above: str, below: str) -> Heading:
    own, label = text(row.get("id")), text(row["label"])
    path = f"{above}.{own}" if above and own else own
    return Heading(
        label=label,
        path=path,
        short=text(row.get("short")) or labels.NUMBERING.sub("", label.translate(str.maketrans("（）", "()"))),
        aliases=texts(row.get("aliases")),
        children=tuple(_heading(one, path or above, below) for one in mappings(row.get(below))),
        unit=text(row.get("unit")),
        decimal=text(row.get("number")) == "decimal",
        negative=true(row.get("negative")),
        may_not_apply=true(row.get("may_not_apply")),
        concept=text(row.get("concept")),
        variants=texts(row.get("variants")),
        made_by=texts(row.get("made_by")),
        gloss=text(row.get("gloss")),
    )
