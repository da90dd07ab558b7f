"""A report: what one agency says of one year, in figures and in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from generator.model.correction import Correction
from generator.model.figure import Figures
from generator.model.finding import Location
from generator.model.format import Format
from generator.model.transcription import SOURCE_URL, By, Transcription, Wording


@dataclass(frozen=True)
class Explanation:
    """A public reason for a finding (说明): the rule, the cell, the reason, who answers for it.

    An empty cell means any finding of the rule. Whose reason it is follows from the report
    (`entered_by`).

    `fingerprint` stands for the figures it was written for; empty: whatever they are.
    """

    rule: str
    reason: str
    cell: str = ""
    person: str = ""
    fingerprint: str = ""
    at: Location = field(default=Location(""), compare=False)


@dataclass(frozen=True)
class Quote:
    """A figure of the report that a text prints: its place in the Markdown, and its cell."""

    start: int
    end: int
    cell: str


@dataclass(frozen=True)
class SectionText:
    """The narrative of one section as Markdown, and where it starts.

    Its figure references are already replaced by digits.

    `shifts` are the ends of the figures that took a reference's place: (offset in the Markdown, how
    much longer the reference was); `quotes` are those of them that are the report's own.
    """

    id: str
    title: str
    markdown: str
    at: Location = field(default=Location(""), compare=False)
    shifts: tuple[tuple[int, int], ...] = field(default=(), compare=False)
    quotes: tuple[Quote, ...] = ()

    def place(self, offset: int) -> Location:
        """Where the character at an offset of the Markdown stands in the file."""
        start = self.markdown.rfind("\n", 0, offset) + 1
        moved = sum(longer for end, longer in self.shifts if start < end <= offset)
        return Location(
            self.at.path,
            self.at.line + self.markdown.count("\n", 0, offset),
            offset - start + moved + 1,
        )


# The attachments that a text may show as a picture.
IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".webp")


@dataclass(frozen=True)
class Extra:
    """A row beyond the form (另列): the table it stands under, its label and its text.

    It takes part in no sum and no comparison.
    """

    table: str
    label: str
    text: str


@dataclass(frozen=True)
class Attachment:
    """A file of the report's own folder.

    `name` is below `files/`; `digest` is the SHA-256 of its bytes; `source` is on disk.
    """

    name: str
    size: int
    digest: str
    source: str = field(default="", compare=False)


@dataclass(frozen=True)
class Report:
    """One agency's report for one reporting year.

    `figures` has every cell of the form, in print order.

    `preface` is what the narrative says before its first section; `corrections` are in order of
    date. `transcribed` is None where the body entered it. `key` stands for the files it was read
    from, and the rules it was read by; empty when that is not known.
    """

    agency: str
    year: int
    format: Format
    figures: Figures
    sections: Mapping[str, SectionText]
    title: str = ""
    published: date | None = None
    signed: date | None = None
    source: str = ""
    source_url: str = ""
    index_number: str = ""
    explanations: tuple[Explanation, ...] = ()
    corrections: tuple[Correction, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    preface: SectionText | None = None
    extras: tuple[Extra, ...] = ()
    transcribed: Transcription | None = None
    published_at: Location = field(default=Location(""), compare=False)
    at: Location = field(default=Location(""), compare=False)
    key: str = field(default="", compare=False)

    @property
    def version(self) -> int:
        """Which version it is: 1 as first published, one more with each correction."""
        return len(self.corrections) + 1

    @cached_property
    def data(self) -> Report:
        """All but its texts."""
        return replace(self, sections={}, preface=None)

    @cached_property
    def record(self) -> Report:
        """All but its texts and its figures."""
        return replace(self, sections={}, preface=None, figures={})

    @cached_property
    def bare(self) -> Report:
        """Only its form and its figures."""
        return Report(self.agency, self.year, self.format, self.figures, {})

    @cached_property
    def explained(self) -> Report:
        """Only what says why figures do not agree, and who says so."""
        return Report(
            self.agency,
            self.year,
            self.format,
            {},
            {},
            explanations=self.explanations,
            transcribed=self.transcribed,
        )

    @cached_property
    def titled(self) -> Report:
        """Only its form and its title."""
        return Report(self.agency, self.year, self.format, {}, {}, self.title)

    @property
    def texts(self) -> tuple[SectionText, ...]:
        """Everything the report says in words, in order."""
        return (*((self.preface,) if self.preface else ()), *self.sections.values())

    @property
    def entered_by(self) -> By:
        """Who entered it, and gives its explanations."""
        return By.EDITORS if self.transcribed else By.AGENCY

    @property
    def wording(self) -> Wording:
        """Whose words its texts are."""
        return self.transcribed.wording if self.transcribed else Wording.VERBATIM

    @property
    def omissions(self) -> tuple[str, ...]:
        """The parts of the original that this site does not hold: day of publication, texts."""
        return self.transcribed.omissions if self.transcribed else ()

    @property
    def not_held(self) -> tuple[str, ...]:
        """What was left out, and the address of the original where the editors do not know it."""
        return (
            (*self.omissions, SOURCE_URL)
            if self.transcribed and not self.source_url
            else self.omissions
        )
