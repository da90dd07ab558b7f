"""The content of each page. A template gets one of these values and nothing else.

Paths are the site's own, without a leading slash, a folder ending in `/`:
`agencies/haicang-district/2023/`. The renderer makes them relative to the page. A field of type
Html holds markup that is already safe.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from generator.model.chain import Chain
from generator.model.chart import Chart
from generator.model.comparison import ComparedTable
from generator.model.frame import Frame, Html, Link
from generator.model.report_view import Download, Glance, Note
from generator.model.revision import RevisedSection
from generator.model.rulebook import RuleFamily


@dataclass(frozen=True)
class Entry:
    """A line of a list of reports.

    A body or a year, key figures, the day of publication, the files, and what to say where there is
    no day. `doubted` leads to the cell of each figure that another one of its report contradicts,
    and is empty for others.
    """

    link: Link
    figures: tuple[str, ...]
    remark: str
    files: tuple[Download, ...] = ()
    undated: str = ""
    doubted: tuple[str, ...] = ()


@dataclass(frozen=True)
class News:
    """A report or a correction that was published on a day."""

    day: str
    link: Link
    text: str


@dataclass(frozen=True)
class AgencyPage:
    """An agency: who it is, its newest report, every year.

    `latest` is None where it has no report, which `only` then says. `slug` is its name for the
    comparison of any bodies; `events` are what happened to it and its chain does not tell.
    """

    frame: Frame
    facts: tuple[tuple[str, str], ...]
    latest: Link | None
    glance: tuple[Glance, ...] = ()
    columns: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    compare: Link | None = None
    corrections: tuple[News, ...] = ()
    waiting: tuple[Link, ...] = ()
    children: tuple[Link, ...] = ()
    charts: tuple[Chart, ...] = ()
    chain: Chain | None = None
    only: str = ""
    events: tuple[tuple[Link, ...], ...] = ()
    slug: str = ""
    rollups: tuple[Link, ...] = ()


@dataclass(frozen=True)
class ComparePage:
    """All years of an agency side by side.

    `turnover` are the two newest years, `appeared` and `vanished` the figures that were 0 in the
    first of them, or are in the second; `adjacent` the ways to each two years; `events` what
    happened to the body meanwhile, in pieces.
    """

    frame: Frame
    agency: Link
    sentences: tuple[str, ...]
    turnover: tuple[int, int]
    appeared: tuple[str, ...]
    vanished: tuple[str, ...]
    adjacent: tuple[Link, ...]
    events: tuple[tuple[Link, ...], ...]
    tables: tuple[ComparedTable, ...]
    footnotes: tuple[str, ...]


@dataclass(frozen=True)
class AdjacentPage:
    """Two years of an agency that follow one another: their figures, and what changed in the words.

    `reports` lead to the two, `neighbours` to the pages of the years before and after; `gap` says
    which years lack between them; `apart` why the words are not compared.
    """

    frame: Frame
    agency: Link
    reports: tuple[Link, Link]
    neighbours: tuple[Link | None, Link | None]
    compare: Link
    gap: str
    sentences: tuple[str, ...]
    turnover: tuple[int, int]
    appeared: tuple[str, ...]
    vanished: tuple[str, ...]
    events: tuple[tuple[Link, ...], ...]
    tables: tuple[ComparedTable, ...]
    footnotes: tuple[str, ...]
    sections: tuple[RevisedSection, ...]
    apart: str = ""


@dataclass(frozen=True)
class Branch:
    """An agency in the directory, with those below it.

    `earlier` are the names it had, for those who look for it.
    """

    link: Link
    remark: str
    years: tuple[Link, ...]
    earlier: str = ""
    children: tuple[Branch, ...] = ()


@dataclass(frozen=True)
class DirectoryPage:
    """Every agency as a tree, by level."""

    frame: Frame
    groups: tuple[tuple[str, str, tuple[Branch, ...]], ...]
    count: int
    waiting: tuple[Link, ...] = ()


@dataclass(frozen=True)
class YearPage:
    """All reports of one reporting year, or one of the `parts` of a list of very many.

    The sums stand in the first part. `volumes` are the PDFs that hold all of the reports.
    """

    frame: Frame
    year: int
    form: str
    glance: tuple[Glance, ...]
    columns: tuple[str, ...]
    entries: tuple[Entry, ...]
    sentence: str
    years: tuple[Link, ...]
    parts: tuple[Link, ...] = ()
    rollups: tuple[Link, ...] = ()
    volumes: tuple[Download, ...] = ()


@dataclass(frozen=True)
class YearsPage:
    """The reporting years, newest first."""

    frame: Frame
    years: tuple[Link, ...]


@dataclass(frozen=True)
class HomePage:
    """The first page: search, the latest year, bodies by kind and level, years, what is new.

    `groups` are kinds or levels: heading, way to its part of the directory, how many bodies, and
    the bodies where they are few. `example` are words that search finds a report by.
    """

    frame: Frame
    year: Link | None
    sentence: str
    glance: tuple[Glance, ...]
    groups: tuple[BodyGroup, ...]
    years: tuple[Link, ...]
    counts: tuple[int, int]
    news: tuple[News, ...]
    example: str = ""


@dataclass(frozen=True)
class BodyGroup:
    """Bodies of one kind on the first page; `links` is empty where they are many."""

    name: str
    count: int
    links: tuple[Link, ...]


@dataclass(frozen=True)
class TextPage:
    """A page of the site's own text, and the page for an address that does not exist."""

    frame: Frame
    html: Html


@dataclass(frozen=True)
class MovedPage:
    """What stands at an earlier address of a page: the way to the present one."""

    frame: Frame
    target: Link


@dataclass(frozen=True)
class SiteMapPage:
    """Every page of the site by kind, as far as a list of it can be read."""

    frame: Frame
    groups: tuple[tuple[str, tuple[Link, ...]], ...]


@dataclass(frozen=True)
class RulesPage:
    """Every rule by family.

    `levels` says what each severity means on this site: its word, its weight, what follows, how
    many rules have it.
    """

    frame: Frame
    levels: tuple[tuple[str, str, str, int], ...]
    families: tuple[RuleFamily, ...]


@dataclass(frozen=True)
class QualityRow:
    """How many findings of a rule there were in a year, or over all years."""

    link: Link
    years: tuple[int, ...]
    total: int


@dataclass(frozen=True)
class QualityPage:
    """What the checks found in the published reports, counted by rule.

    Explained by the body, noted by the site's editors, or neither.
    """

    frame: Frame
    sentence: str
    years: tuple[Link, ...]
    explained: tuple[QualityRow, ...]
    noted: tuple[QualityRow, ...]
    remarks: tuple[QualityRow, ...]


@dataclass(frozen=True)
class QualityYearPage:
    """The findings of a year's reports, each with its explanation.

    For each report its link and notes; `scores` is the address of what the site's scorecards come
    to, where it publishes that.
    """

    frame: Frame
    sentence: str
    reports: tuple[tuple[Link, tuple[Note, ...]], ...]
    years: tuple[Link, ...]
    parts: tuple[Link, ...] = ()
    scores: str = ""


@dataclass(frozen=True)
class CompendiumPage:
    """The pages before a year's reports in one PDF.

    The lines of the cover, and for each report its body and its title.
    """

    frame: Frame
    title: str
    lines: tuple[str, ...]
    entries: tuple[tuple[str, str], ...]


class View(Protocol):
    """What a template is given: any of these values, recognised by its frame."""

    @property
    def frame(self) -> Frame:
        """What stands around its content."""
