"""What a form's cells and headings and the bodies are called in a sentence.

In another language it is the gloss, and behind it the word that stands in the report.
"""

from __future__ import annotations

from generator.language.speech import Speech
from generator.model.agency import Agency
from generator.model.finding import Text
from generator.model.format import Cell, Heading, Table


def word(heading: Heading | Table) -> str:
    """The word of the form for a row, a column or a table."""
    return heading.name if isinstance(heading, Heading) else heading.short


def glossed(heading: Heading | Table) -> str:
    """`New applications this year (新收)`."""
    return f"{heading.gloss} ({word(heading)})" if heading.gloss else word(heading)


def heading_name(heading: Heading | Table) -> Text:
    """A row, a column or a table in both languages."""
    return Text(("zh-CN", "en"), (word(heading), glossed(heading)))


def quoted(heading: Heading | Table) -> Text:
    """A heading or table in quotation marks, in both languages."""
    return Text(("zh-CN", "en"), (f"“{word(heading)}”", f"“{glossed(heading)}”"))


def glossed_agency(agency: Agency, name: str = "") -> str:
    """`Water Bureau of Shili City (示例市水务局)`; `name` is one it had in some year."""
    name = name or agency.name
    return f"{agency.name_en} ({name})" if agency.name_en else name


def agency_name(agency: Agency) -> Text:
    """A body in both languages; its Chinese name in quotation marks."""
    return Text(("zh-CN", "en"), (f"“{agency.name}”", glossed_agency(agency)))


def glossed_cell(cell: Cell) -> str:
    """`New applications this year, Natural persons (新收·自然人)`."""
    glosses = (cell.row.gloss, cell.column.gloss)
    return f"{', '.join(glosses)} ({cell.label})" if all(glosses) else cell.label


def cell_text(cell: Cell) -> Text:
    """A cell in both languages."""
    return Text(("zh-CN", "en"), (cell.label, glossed_cell(cell)))


def cell_name(cell: Cell, say: Speech) -> str:
    """What a page calls a cell in a sentence: its word, in another language behind its gloss."""
    return glossed_cell(cell) if say.foreign else cell.label
