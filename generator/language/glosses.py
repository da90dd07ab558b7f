"""What a form's cells and headings and the bodies are called in a sentence.

In another language it is the gloss, and behind it the word that stands in the report.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from generator.language.sentence import sentence
from generator.language.speech import ENGLISH, SOURCE, Speech, speech
from generator.model.agency import Agency
from generator.model.figure import Number
from generator.model.finding import Text
from generator.model.format import Cell, Heading, Table
from generator.model.law import Law


def behind(gloss: Text, word: str) -> Text:
    """`New applications this year (新收)`: a Chinese word, in other languages behind its gloss."""
    return gloss.each(lambda text: f"{text} ({word})" if text else word)


def word(heading: Heading | Table) -> str:
    """The word of the form for a row, a column or a table."""
    return heading.name if isinstance(heading, Heading) else heading.short


def heading_name(heading: Heading | Table) -> Text:
    """A row, a column or a table."""
    return behind(heading.gloss, word(heading))


def quoted(heading: Heading | Table) -> Text:
    """A heading or table in quotation marks."""
    return heading_name(heading).each(lambda name: f"“{name}”")


def body_name(agency: Agency, name: str = "") -> Text:
    """`Water Bureau of Shili City (示例市水务局)`; `name` is one it had in some year."""
    return behind(agency.gloss, name or agency.name)


def agency_name(agency: Agency) -> Text:
    """A body as a finding calls it; a Chinese name stands in quotation marks."""
    return sentence("“{body}”", body=body_name(agency))


@lru_cache(maxsize=4096)  # findings name the same few hundred cells over and over
def cell_text(cell: Cell) -> Text:
    """`New applications this year, Natural persons (新收·自然人)`."""
    return behind(cell_gloss(cell), cell.label)


def cell_gloss(cell: Cell) -> Text:
    """The glosses of a cell's row and column, in the languages that have both."""
    row = cell.row.gloss
    column = cell.column.gloss
    texts = []
    for tag in row.languages:
        glosses = (row.say(tag), column.say(tag))
        texts.append(speech(tag).listed(glosses) if all(glosses) else "")
    return Text(row.languages, tuple(texts)) if texts else row


def cell_name(cell: Cell, say: Speech) -> str:
    """What a page calls a cell in a sentence: its word, in another language behind its gloss."""
    return cell_text(cell).say(say.language)


def unit_name(law: Law, unit: str, say: Speech, count: Number | None = None) -> str:
    """What is counted, in the language of a page: of so many, or in general."""
    forms = law.unit_words(unit, say.language)
    number = say.form(int(count)) if count is not None and count == int(count) else -1
    return forms[number] if number < len(forms) else forms[-1]


def for_scripts(text: Text, languages: tuple[str, ...]) -> str | Mapping[str, str]:
    """What a text is in the other languages of a site, as the scripts of its pages take it.

    English alone is a text; with a further language, each stands under its tag.
    """
    others = [tag for tag in languages if tag not in {SOURCE, ENGLISH}]
    if not others:
        return text.say(ENGLISH)
    return {tag: text.say(tag) for tag in (ENGLISH, *others)}
