"""What a report's page says."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.downloads import ReportFile
from generator.model.frame import Frame, Html, Link
from generator.model.table import Grid


@dataclass(frozen=True)
class Note:
    """A remark under a table.

    An explanation by the agency (`explanation`) or by the site's editors (`editors`), or what a
    check found (`finding`).
    """

    kind: str
    text: str
    person: str = ""
    about: str = ""


@dataclass(frozen=True)
class CorrectionNote:
    """A correction: when, why, what changed, and the way to the version from before it."""

    day: str
    reason: str
    changes: tuple[str, ...]
    before: Link


@dataclass(frozen=True)
class Superseded:
    """The notice on a version that another has replaced.

    Which version it is, since when and why it is replaced, and where the present one is.
    """

    version: str
    day: str
    reason: str
    present: Link


@dataclass(frozen=True)
class SectionView:
    """One of the six sections: text before the table, the table, remarks after it.

    `breakdown` are the sums of its groups, which no form prints; `corrections` say of each figure
    or sentence that was corrected what it was, or what became of it; `left_out` stands where there
    is no text because this site does not hold it.
    """

    id: str
    heading: str
    html: Html
    gloss: str = ""
    summary: str = ""
    breakdown: str = ""
    grid: Grid | None = None
    notes: tuple[Note, ...] = ()
    legend: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()
    left_out: str = ""


@dataclass(frozen=True)
class Download:
    """A file beside the page: its name, its path, its kind, and the name it is saved under.

    `file` says which of the files it is that each report has; None for any other.
    """

    text: str
    path: str
    kind: str
    name: str = ""
    file: ReportFile | None = None


@dataclass(frozen=True)
class Glance:
    """One figure to be seen first: its name, the number, what to say about the year before.

    `doubted` leads to its cell where another figure of the report contradicts it, `doubted_before`
    to that of the year before where it is compared and contradicted there, `noted` to what changed
    since the year before, or to what must be known of a sum; `gloss` is the statute's word in the
    language of the page.
    """

    name: str
    value: str
    unit: str
    change: str = ""
    doubted: str = ""
    gloss: str = ""
    noted: Link | None = None
    doubted_before: str = ""


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
    """A report (home: agencies/<slug>/<year>/).

    `facts` are the lines of the metadata block; `version` is empty for one that was never
    corrected, `superseded` that of a version which is not the present one; `author` is whose words
    they are, `rewritten` says that they are not the body's.
    """

    frame: Frame
    agency: Link
    year: int
    title: str
    preface: Html
    facts: tuple[tuple[str, str], ...]
    glance: tuple[Glance, ...]
    sections: tuple[SectionView, ...]
    notes: tuple[Note, ...]
    corrections: tuple[CorrectionNote, ...]
    downloads: tuple[Download, ...]
    attachments: tuple[Download, ...]
    previous: Link | None
    following: Link | None
    compare: Link | None
    author: str
    citation: str
    held: HeldNote | None = None
    gap: str = ""
    changes: Link | None = None
    rollup: Link | None = None
    version: str = ""
    superseded: Superseded | None = None
    rewritten: str = ""
