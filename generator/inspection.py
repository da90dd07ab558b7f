"""A site as read and checked: source → load → check.

Nothing is written here but the memory of what was read, and nothing is published; pipeline.py goes
on from here. Templates and printing are not imported, so that `gongkai check` never pays for them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.check.site import check
from generator.load.formats import LawFile, load_law
from generator.load.reading import Reading
from generator.load.site import Means, load
from generator.load.site_law import site_law
from generator.load.theme import load_theme
from generator.model.digest import digest, own_code
from generator.model.finding import Finding
from generator.model.law import Law
from generator.model.site import Site
from generator.model.source import Tree
from generator.model.theme import Theme
from generator.settle.past import look_back
from generator.source.memory import Memory
from generator.source.nodes import parse
from generator.source.tree import Disk, scan

FORMATS = Path(__file__).parent / "formats"
# Problems of the tree behind which reports may be hidden.
LOST = frozenset(("folder", "slug", "year", "link", "name", "special", "deep", "many"))
# Is told the stage, the name of what is done, how many are done, and how many there are.
Step = Callable[[str, str, int, int], None]


def quiet(stage: str, name: str, done: int, total: int) -> None:
    """Show no progress."""


@dataclass(frozen=True)
class Inspection:
    """A site as read, its theme, and everything that is wrong with them, sorted by place.

    `folders` are the reports that there are files for; `loaded` was found while they were read.
    `asides` are findings that look beyond the reports (settle/past.py) and are printed nowhere.
    `reasons` hold reports back that were good until others were put back (settle/holding.py).
    `lost` is whether there may be more reports behind a wrong name. `theme` is None where site.yaml
    cannot be read.
    """

    site: Site
    findings: tuple[Finding, ...]
    theme: Theme | None = None
    folders: tuple[tuple[str, int], ...] = ()
    loaded: tuple[Finding, ...] = ()
    memory: Memory | None = None
    lost: bool = False
    asides: tuple[Finding, ...] = ()
    reasons: tuple[Finding, ...] = ()

    @property
    def reports(self) -> int:
        """How many report folders there are."""
        return len(self.folders)

    @property
    def unread(self) -> bool:
        """Whether a folder or file could not be taken, so that its content would vanish."""
        return self.lost or len(self.folders) != len(self.site.reports)


def read_law(folder: Path = FORMATS) -> Law:
    """The statutory forms, concepts and rules of a folder."""
    return load_law(_law_files(folder), parse)


def law_of(root: Path, formats: Path = FORMATS) -> tuple[Law, tuple[Finding, ...]]:
    """The law that a site goes by: the forms of a folder with what the site brings in `formats/`.

    With what is wrong with the site's own files; where anything is, they do not count.
    """
    return site_law(read_law(formats), lambda: _law_files(formats), Disk(root), parse)


def _law_files(folder: Path) -> Sequence[LawFile]:
    files = []
    for path in sorted(folder.rglob("*.yaml")):
        name = path.relative_to(folder).as_posix()
        files.append(LawFile(name, f"generator/formats/{name}", path.read_text("utf-8")))
    return files


def inspect(
    root: Path,
    today: date | None = None,
    progress: Step = quiet,
    formats: Path = FORMATS,
    published: Path | None = None,
) -> Inspection:
    """The site below `root` and its findings. Never raises for what a user wrote.

    `published` is the folder of the site as last built, where changes since then are looked for.
    """
    day = today or date.today()
    law, law_findings = law_of(root, formats)
    memory = Memory(root / ".cache" / "memory.sqlite")
    tree = scan(root)
    means = Means(Disk(root), law, memory, digest(own_code(), law.digest), _steps(tree, progress))
    site, site_findings = load(tree, means)
    theme, theme_findings = _theme(root, tree, site, law)
    loaded = (*law_findings, *site_findings, *theme_findings)
    findings = check(site, day, loaded, memory)
    folders = tuple(
        (agency.slug, report.year) for agency in tree.agencies for report in agency.reports
    )
    asides = look_back(root, site, folders, published, memory, day)
    memory.close()
    return Inspection(
        site,
        tuple(sorted([*findings, *asides], key=lambda finding: finding.order)),
        theme,
        folders,
        loaded,
        memory,
        any(problem.kind in LOST for problem in tree.problems),
        asides,
    )


def _steps(tree: Tree, progress: Step) -> Callable[[str], None]:
    """What is called with the name of each report that was read."""
    total = sum(len(agency.reports) for agency in tree.agencies)
    done = 0

    def step(name: str) -> None:
        nonlocal done
        done += 1
        progress("read", name, done, total)

    return step


def _theme(root: Path, tree: Tree, site: Site, law: Law) -> tuple[Theme | None, Sequence[Finding]]:
    """The theme of the site and what is wrong with it; none where there is no site.yaml."""
    if not tree.settings:
        return None, ()
    reading = Reading(law, Disk(root))
    theme = load_theme(root, site.settings.theme, site.settings.theme_at, reading, Disk)
    return theme, tuple(reading.findings)
