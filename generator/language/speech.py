"""The words around the reports in the language of the interface. The only user of Babel.

The source language is Chinese: what stands in the code and in the templates is what a Chinese page says, and the catalogues in
`generator/locale/` say it in other languages. `say("共 {count} 份", count=3)` takes a whole sentence with names in braces.
"""

from __future__ import annotations

import gettext
import io
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path

LOCALES = Path(__file__).parent.parent / "locale"
SOURCE = "zh-CN"
# Language tag → what the language calls itself. One that is not the source has a catalogue.
LANGUAGES = {"zh-CN": "中文", "en": "English"}


class Speech:
    """One language. Calling it says a sentence; `plural` one whose form hangs on a number; `day` a date."""

    def __init__(self, language: str, translations: gettext.NullTranslations) -> None:
        self.language, self.translations = language, translations

    @property
    def foreign(self) -> bool:
        """Whether the statute's own words need a gloss."""
        return self.language != SOURCE

    @property
    def key(self) -> str:
        """The language as two-language values (model.finding.Text) name it."""
        return self.language[:2]

    def __call__(self, text: str, /, **values: object) -> str:
        """The sentence in this language, with the values in their places."""
        said = self.translations.gettext(text)
        return said.format(**values) if values else said

    def plural(self, text: str, count: int, /, **values: object) -> str:
        """The sentence in the form that `count` asks for; it may print it as `{count}`."""
        return self.translations.ngettext(text, text, count).format(count=count, **values)

    def day(self, day: date | None) -> str:
        """A date in words; empty for none."""
        if day is None:
            return ""
        if not self.foreign:
            return f"{day.year} 年 {day.month} 月 {day.day} 日"
        from babel.dates import format_date

        return str(format_date(day, "d MMMM y", locale=self.language))

    def listed(self, items: Iterable[str]) -> str:
        """The items as a list within a sentence."""
        return ("、" if not self.foreign else ", ").join(items)

    def spaced(self, *words: str) -> str:
        """Words that follow each other: Chinese ones without a space."""
        return ("" if not self.foreign else " ").join(word for word in words if word)


@lru_cache
def speech(language: str) -> Speech:
    """The language with this tag; its catalogue is read once."""
    if language == SOURCE:
        return Speech(language, gettext.NullTranslations())
    from babel.messages import mofile, pofile

    with (LOCALES / f"{language}.po").open("rb") as stream:
        catalogue = pofile.read_po(stream, locale=language)
    compiled = io.BytesIO()
    mofile.write_mo(compiled, catalogue)
    compiled.seek(0)
    return Speech(language, gettext.GNUTranslations(compiled))


def extract(python: Iterable[Path], templates: Iterable[Path]) -> dict[str, bool]:
    """Every sentence that code and templates say, in order, and whether it has a plural: what a catalogue must hold."""
    from babel.messages.extract import extract_from_file

    found: dict[str, bool] = {}
    methods: list[tuple[str, Iterable[Path]]] = [("python", python), ("jinja2.ext:babel_extract", templates)]
    for method, files in methods:
        for path in files:
            for _, message, *_ in extract_from_file(method, path, {"say": None, "plural": (1, 1)}):
                text = message if isinstance(message, str) else message[0]
                found[text] = found.get(text, False) or not isinstance(message, str)
    return found


def catalogue_of(language: str) -> dict[str, str | tuple[str, ...]]:
    """Every entry of a language's catalogue: sentence → translation, or one for each plural form."""
    from babel.messages import pofile

    with (LOCALES / f"{language}.po").open("rb") as stream:
        entries = [entry for entry in pofile.read_po(stream, locale=language) if entry.id]
    return {_one(entry.id): entry.string if isinstance(entry.string, str) else tuple(entry.string or ()) for entry in entries}


def _one(identifier: str | Iterable[str]) -> str:
    return identifier if isinstance(identifier, str) else next(iter(identifier))


def update(language: str, found: dict[str, bool]) -> None:
    """Write a language's catalogue anew: an entry for each sentence, translations kept, those of sentences that are gone dropped."""
    from babel.messages import Catalog, pofile

    held = catalogue_of(language)
    catalogue = Catalog(locale=language, project="Gongkai", fuzzy=False)
    for text, counted in found.items():
        string = held.get(text, "")
        catalogue.add((text, text) if counted else text, string if isinstance(string, str) != counted else ("", "") if counted else "")
    with (LOCALES / f"{language}.po").open("wb") as stream:
        pofile.write_po(stream, catalogue, width=140, no_location=True, omit_header=True)
