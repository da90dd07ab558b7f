"""The words around the reports in the language of the interface. The only user of Babel.

The source language is Chinese: what stands in the code and in the templates is what a Chinese page
says, and the catalogues in `generator/locale/` have it in other languages.
`say("共 {count} 份", count=3)` takes a whole sentence with names in braces.
"""

from __future__ import annotations

import ast
import gettext
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

LOCALES = Path(__file__).parent.parent / "locale"
SOURCE = "zh-CN"
ENGLISH = "en"  # which some documents name: `message_en`, `name_en`
# Between the context of a sentence and the sentence, in keys of a catalogue (as gettext has it).
CONTEXT = "\x04"


@dataclass(frozen=True)
class Style:
    """What is the language's own: its name, its forms of the plural, its lists, words and dates.

    `plural` is gettext's expression for the number of the form; empty where there is one form only.
    `day` is Babel's pattern of a date. `chinese` says that it is written with Chinese characters,
    so that by these nothing can be told to be in the language of the statute.
    """

    name: str
    plural: str
    between_items: str
    between_clauses: str
    between_words: str
    day: str
    chinese: bool = False


# A language that is not the source has a catalogue, too.
STYLES: Mapping[str, Style] = {
    "zh-CN": Style("中文", "", "、", "；", "", "", chinese=True),
    "en": Style("English", "n != 1", ", ", "; ", " ", "d MMMM y"),
}
LANGUAGES = {language: style.name for language, style in STYLES.items()}
# An entry: the sentence, or one for each form of the plural.
Catalogue = dict[str, str | tuple[str, ...]]
LINE = re.compile(r'(?:(msgctxt|msgid|msgid_plural|msgstr)(?:\[\d+\])? )?(".*")')


class Speech:
    """One language. Calling it says a sentence; `plural` one whose form depends on a number."""

    def __init__(self, language: str, catalogue: Catalogue) -> None:
        self.language = language
        self.style = STYLES[language]
        self.catalogue = catalogue
        self.form = gettext.c2py(self.style.plural) if self.style.plural else _only_form

    @property
    def foreign(self) -> bool:
        """Whether the statute's own words need a gloss."""
        return self.language != SOURCE

    def __call__(self, text: str, /, **values: object) -> str:
        """The sentence in this language, with the values in their places."""
        sentence = self.translation(text) or without_context(text)
        return sentence.format(**values) if values else sentence

    def translation(self, text: str) -> str:
        """The translation of a sentence; empty where the catalogue has none."""
        translation = self.catalogue.get(text, "")
        return translation if isinstance(translation, str) else translation[0]

    def forms(self, text: str) -> tuple[str, ...]:
        """The forms of a sentence by number; none where the catalogue has none."""
        forms = self.catalogue.get(text, ())
        return forms if isinstance(forms, tuple) else (forms,)

    def plural(self, text: str, count: int, /, **values: object) -> str:
        """The sentence in the form that `count` asks for; it may print it as `{count}`."""
        forms = self.catalogue.get(text)
        sentence = forms[self.form(count)] if isinstance(forms, tuple) else text
        return sentence.format(count=count, **values)

    def day(self, day: date | None) -> str:
        """A date in words; empty for none."""
        if day is None:
            return ""
        if not self.foreign:
            return f"{day.year} 年 {day.month} 月 {day.day} 日"
        from babel import Locale
        from babel.dates import format_date

        return str(format_date(day, self.style.day, locale=Locale.parse(self.language, sep="-")))

    def listed(self, items: Iterable[str]) -> str:
        """The items as a list within a sentence."""
        return self.style.between_items.join(items)

    def clauses(self, items: Iterable[str]) -> str:
        """Sentences without their ends as one."""
        return self.style.between_clauses.join(items)

    def spaced(self, *items: str) -> str:
        """Words that follow each other: Chinese ones without a space."""
        return self.style.between_words.join(word for word in items if word)


def code(language: str) -> str:
    """What addresses, names of files and options call a language: its tag; Chinese is `zh`."""
    return "zh" if language == SOURCE else language


def _only_form(count: int) -> int:
    return 0


@lru_cache
def speech(language: str) -> Speech:
    """The language with this tag; its catalogue is read once."""
    return Speech(language, {} if language == SOURCE else catalogue_of(language))


def in_context(context: str, text: str) -> str:
    """A word that has several meanings, marked with the one that it has here.

    It is translated for itself, and said like any sentence.
    """
    return f"{context}{CONTEXT}{text}"


def without_context(text: str) -> str:
    """The sentence itself."""
    return text.rpartition(CONTEXT)[2]


def catalogue_of(language: str) -> Catalogue:
    """Every entry of a language's catalogue: sentence → translation, or one for each plural form.

    A context stands in front of its sentence. A language that is new has no catalogue yet, and
    says everything in Chinese.
    """
    path = LOCALES / f"{language}.po"
    text = path.read_text("utf-8") if path.exists() else ""
    blocks = (_block(block) for block in text.split("\n\n"))
    return dict(block for block in blocks if block is not None)


def _block(block: str) -> tuple[str, str | tuple[str, ...]] | None:
    """One entry of a catalogue; None for a block without one."""
    texts: list[list[str]] = []  # the keyword, then the text in pieces
    for line in block.split("\n"):
        match = LINE.fullmatch(line)
        if match and match[1]:
            texts.append([match[1]])
        if match:
            texts[-1].append(_unescaped(match[2]))
    fields: dict[str, list[str]] = {}
    for keyword, *pieces in texts:
        fields.setdefault(keyword, []).append("".join(pieces))
    if "msgid" not in fields:
        return None
    key = CONTEXT.join((*fields.get("msgctxt", ()), *fields["msgid"]))
    forms = fields["msgstr"]
    return key, tuple(forms) if "msgid_plural" in fields else forms[0]


def _unescaped(literal: str) -> str:
    """The text of a line in quotation marks; its escapes are those of Python."""
    return str(ast.literal_eval(literal)) if "\\" in literal else literal[1:-1]


def extract(python: Iterable[Path], templates: Iterable[Path]) -> dict[str, bool]:
    """Every sentence that code and templates say, in order, and whether it has a plural.

    These are what a catalogue must have; a context stands in front of its sentence.
    """
    from babel.messages.extract import extract_from_file

    keywords = {
        "say": None,
        "sentence": None,
        "template": None,
        "plural": (1, 1),
        "in_context": ((1, "c"), 2),
    }
    sentences: dict[str, bool] = {}
    for method, files in (("python", python), ("jinja2.ext:babel_extract", templates)):
        for path in files:
            for _, message, _, context in extract_from_file(method, path, keywords):
                counted = not isinstance(message, str)
                text = message if isinstance(message, str) else message[0]
                key = f"{context}{CONTEXT}{text}" if context else text
                sentences[key] = sentences.get(key, False) or counted
    return sentences


def update(language: str, sentences: Mapping[str, bool]) -> None:
    """Write a language's catalogue anew: an entry for each sentence.

    Translations are kept, those of sentences that are gone are dropped.
    """
    from babel import Locale
    from babel.messages import Catalog, pofile

    translations = catalogue_of(language)
    catalogue = Catalog(locale=Locale.parse(language, sep="-"), project="Gongkai", fuzzy=False)
    for key, counted in sentences.items():
        translation = translations.get(key, "")
        if isinstance(translation, str) == counted:
            translation = ("",) * catalogue.num_plurals if counted else ""
        context, _, text = key.rpartition(CONTEXT)
        identifier = (text, text) if counted else text
        catalogue.add(identifier, translation, context=context or None)
    with (LOCALES / f"{language}.po").open("wb") as stream:
        pofile.write_po(stream, catalogue, width=140, no_location=True, omit_header=True)
