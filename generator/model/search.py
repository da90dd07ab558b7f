"""The content of the search index: bodies, the words of the forms, the words of reports.

It is written once for all languages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.model.correction import Correction
from generator.model.frame import Frame
from generator.model.report import Extra, SectionText


@dataclass(frozen=True)
class Body:
    """A published body.

    The key of its kind, its names (the present one first), for each form of the law the years of
    its reports, and its name in other languages
    (language.glosses.for_scripts).
    """

    slug: str
    kind: str
    names: tuple[str, ...]
    years: tuple[tuple[int, ...], ...]
    gloss: str | Mapping[str, str] = ""


@dataclass(frozen=True)
class Shelf:
    """A reporting year of the full-text index.

    How many buckets it has, and a stamp of the bodies it numbers.
    """

    year: int
    buckets: int
    stamp: str


@dataclass(frozen=True)
class Entry:
    """Words that every report of a form prints: a row, a group of rows, a column, a section.

    `own` are the ways to write it; `context` says where it stands, `around` what else is printed
    over it; `anchor` is its id on the page. `cells` are (number of a cell, number of its name); the
    first `main` are shown where a query names none of them.
    """

    kind: str
    label: str
    context: str
    anchor: str
    own: tuple[str, ...]
    around: tuple[str, ...] = ()
    cells: tuple[tuple[int, int], ...] = ()
    main: int = 0


@dataclass(frozen=True)
class FormWords:
    """A form for search. `sections` are (id, heading, anchor); `names` (name, unit) of cells."""

    id: str
    sections: tuple[tuple[str, str, str], ...]
    names: tuple[tuple[str, str], ...]
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Said:
    """Everything that a report says in words and that search finds.

    `reasons` are (table or empty, the agency's public reason).
    """

    lines: tuple[str, ...]
    preface: SectionText | None
    sections: Mapping[str, SectionText]
    reasons: tuple[tuple[str, str], ...]
    corrections: tuple[Correction, ...]
    extras: tuple[Extra, ...]


@dataclass(frozen=True)
class ReportText:
    """A report as a hit is shown and verified.

    The body's name that year, the number of the form, (section or empty, words), and the figures
    that are not 0, by the number of their cell.
    """

    name: str
    form: int
    passages: tuple[tuple[str, str], ...]
    figures: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class SitePage:
    """A page of the site itself: its path, its title by language, its words.

    A language is called as by language.speech.code.
    """

    path: str
    titles: Mapping[str, str]
    text: str = ""


@dataclass(frozen=True)
class SearchPage:
    """The page that searches.

    `words` are the sentences of its script, by key; `examples` are what one might look for;
    `scripts` and `index` are paths of files.
    """

    frame: Frame
    years: tuple[int, ...]
    words: tuple[tuple[str, str], ...]
    examples: tuple[str, ...]
    scripts: tuple[str, ...]
    index: str
