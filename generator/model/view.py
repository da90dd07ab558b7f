"""What a page says, decided before how it looks. Templates get one of these and nothing else.

Paths are the site's own, without a leading slash, a folder ending in `/`: `agencies/haicang-district/2023/`. The renderer makes
them relative to the page. A field of type Html holds markup that is already safe.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType, Protocol

from generator.model.comparison import ComparedTable
from generator.model.rulebook import RuleFamily
from generator.model.table import Grid

Html = NewType("Html", str)


@dataclass(frozen=True)
class Link:
    """A way to another page: its words, its path, and a remark beside it."""

    text: str
    path: str
    remark: str = ""


@dataclass(frozen=True)
class Meta:
    """One `<meta name content>` in a page's head; never with an empty value."""

    name: str
    content: str


@dataclass(frozen=True)
class Frame:
    """What every page has around its content. `path` is the page's own, `crumbs` end before it.

    Paths name no language: `prefix` stands before those of pages. `editions` are the page's other languages: tag, name, prefix.
    """

    path: str
    title: str
    heading: str
    description: str
    site_title: str
    subtitle: str
    language: str
    notice: str
    navigation: tuple[Link, ...]
    crumbs: tuple[Link, ...]
    meta: tuple[Meta, ...]
    footer: tuple[tuple[str, str], ...]
    footer_links: tuple[Link, ...]
    canonical: str = ""
    root: str = ""
    prefix: str = ""
    editions: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class Note:
    """A remark under a table: an explanation by the agency, or what a check found."""

    kind: str
    text: str
    person: str = ""
    about: str = ""


@dataclass(frozen=True)
class SectionView:
    """One of the six sections: text before the table, the table, remarks after it."""

    id: str
    heading: str
    html: Html
    summary: str = ""
    grid: Grid | None = None
    notes: tuple[Note, ...] = ()
    legend: tuple[str, ...] = ()


@dataclass(frozen=True)
class Download:
    """A file beside the page: what it is called, its path, its kind."""

    text: str
    path: str
    kind: str


@dataclass(frozen=True)
class Glance:
    """One figure to be seen first: its name, the number, what to say about the year before.

    `doubted` is the address of its cell where another figure of the report contradicts it, for a way to the remark.
    """

    name: str
    value: str
    unit: str
    change: str = ""
    doubted: str = ""


@dataclass(frozen=True)
class HeldNote:
    """Since when a newer version of a report waits, and what is wrong with it."""

    since: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class WaitingPage:
    """A report that is being checked and has no good version to show."""

    frame: Frame
    held: HeldNote


@dataclass(frozen=True)
class ReportPage:
    """A report (home: agencies/<slug>/<year>/). `facts` are the lines of the metadata block."""

    frame: Frame
    agency: Link
    year: int
    title: str
    preface: Html
    facts: tuple[tuple[str, str], ...]
    glance: tuple[Glance, ...]
    sections: tuple[SectionView, ...]
    notes: tuple[Note, ...]
    corrections: tuple[tuple[str, str, tuple[str, ...]], ...]
    downloads: tuple[Download, ...]
    attachments: tuple[Download, ...]
    previous: Link | None
    following: Link | None
    compare: Link | None
    citation: str
    held: HeldNote | None = None


@dataclass(frozen=True)
class Entry:
    """A line of a list of reports: body or year, key figures, and whether a PDF is there."""

    link: Link
    figures: tuple[str, ...]
    remark: str
    pdf: str = ""


@dataclass(frozen=True)
class AgencyPage:
    """An agency: who it is, every year."""

    frame: Frame
    facts: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]
    entries: tuple[Entry, ...]
    compare: Link | None
    waiting: tuple[Link, ...] = ()


@dataclass(frozen=True)
class ComparePage:
    """All years of an agency side by side."""

    frame: Frame
    agency: Link
    sentences: tuple[str, ...]
    tables: tuple[ComparedTable, ...]
    footnotes: tuple[str, ...]


@dataclass(frozen=True)
class Branch:
    """An agency in the directory, with those below it."""

    link: Link
    remark: str
    years: tuple[Link, ...]
    children: tuple[Branch, ...] = ()


@dataclass(frozen=True)
class DirectoryPage:
    """Every agency as a tree, by level."""

    frame: Frame
    groups: tuple[tuple[str, tuple[Branch, ...]], ...]
    count: int
    waiting: tuple[Link, ...] = ()


@dataclass(frozen=True)
class YearPage:
    """All reports of one reporting year."""

    frame: Frame
    year: int
    form: str
    columns: tuple[str, ...]
    entries: tuple[Entry, ...]
    sentence: str
    years: tuple[Link, ...]


@dataclass(frozen=True)
class YearsPage:
    """The reporting years, newest first."""

    frame: Frame
    years: tuple[Link, ...]


@dataclass(frozen=True)
class HomePage:
    """The first page: the latest year in words, bodies by kind, years."""

    frame: Frame
    year: Link | None
    sentence: str
    glance: tuple[Glance, ...]
    groups: tuple[tuple[str, tuple[Link, ...]], ...]
    years: tuple[Link, ...]
    counts: tuple[int, int]


@dataclass(frozen=True)
class TextPage:
    """A page of the site's own text, and the page for an address that does not exist."""

    frame: Frame
    html: Html


@dataclass(frozen=True)
class RulesPage:
    """Every rule by family. `levels` says what each severity means on this site: its word, its weight, what follows, how many rules."""

    frame: Frame
    levels: tuple[tuple[str, str, str, int], ...]
    families: tuple[RuleFamily, ...]


class View(Protocol):
    """What a template is given: any of these values, told by its frame."""

    @property
    def frame(self) -> Frame:
        """What stands around its content."""
