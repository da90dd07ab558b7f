"""The words of a form in an English sentence: the gloss, and behind it the statute's word, which a reader finds in the report."""

from __future__ import annotations

from generator.model.format import Cell, Heading, Table


def glossed(one: Heading | Table) -> str:
    """`New applications this year (新收)`."""
    name = one.name if isinstance(one, Heading) else one.short
    return f"{one.gloss} ({name})" if one.gloss else name


def glossed_cell(cell: Cell) -> str:
    """`New applications this year, Natural persons (新收·自然人)`."""
    glosses = (cell.row.gloss, cell.column.gloss)
    return f"{', '.join(glosses)} ({cell.label})" if all(glosses) else cell.label
