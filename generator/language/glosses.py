"""The words of a form and the names of bodies in an English sentence: the gloss, and behind it the word that stands in the report."""

from __future__ import annotations

from generator.language.speech import Speech
from generator.model.agency import Agency
from generator.model.finding import Text
from generator.model.format import Cell, Heading, Table


def glossed(one: Heading | Table) -> str:
    """`New applications this year (新收)`."""
    name = one.name if isinstance(one, Heading) else one.short
    return f"{one.gloss} ({name})" if one.gloss else name


def quoted(one: Heading | Table) -> Text:
    """A heading or table in quotation marks, in both languages."""
    return Text(f"“{one.name if isinstance(one, Heading) else one.short}”", f"“{glossed(one)}”")


def glossed_agency(agency: Agency, name: str = "") -> str:
    """`Water Bureau of Shili City (示例市水务局)`; `name` is one it had in some year."""
    name = name or agency.name
    return f"{agency.name_en} ({name})" if agency.name_en else name


def glossed_cell(cell: Cell) -> str:
    """`New applications this year, Natural persons (新收·自然人)`."""
    glosses = (cell.row.gloss, cell.column.gloss)
    return f"{', '.join(glosses)} ({cell.label})" if all(glosses) else cell.label


def cell_name(cell: Cell, say: Speech) -> str:
    """What a page calls a cell in a sentence: the form's word, in another language behind its gloss."""
    return glossed_cell(cell) if say.foreign else cell.label
