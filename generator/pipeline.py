"""The stages in the order data flows: source → load → check → derive → render → build. Only this file knows the order.

`inspect` reads and checks a site. `build` goes on to publish it, and leaves the published site as it was when findings stop it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from generator.check.site import check
from generator.load.formats import load_law
from generator.load.reading import Reading
from generator.load.site import Means, load
from generator.load.theme import load_theme
from generator.model.digest import digest, own_code
from generator.model.finding import Finding
from generator.model.law import Law
from generator.model.site import Site
from generator.model.theme import Theme
from generator.past import look_back
from generator.source.memory import Memory
from generator.source.nodes import parse
from generator.source.tree import Disk, scan

# Problems of the tree behind which reports may be hidden.
LOST = frozenset(("folder", "slug", "year", "link", "name"))
FORMATS = Path(__file__).parent / "formats"
Step = Callable[[str, str, int, int], None]


def _quiet(stage: str, name: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True)
class Inspection:
    """A site as read, its theme, and everything that is wrong with them, sorted by place. `folders` are the reports that there are files
    for, `loaded` what was found while they were read, `asides` are the findings that look beyond the reports (past.py) and are printed
    nowhere, `lost` says that behind a wrong name there may be more.
    """

    site: Site
    findings: tuple[Finding, ...]
    theme: Theme | None = None
    folders: tuple[tuple[str, int], ...] = ()
    loaded: tuple[Finding, ...] = ()
    memory: Memory | None = None
    lost: bool = False
    asides: tuple[Finding, ...] = ()

    @property
    def reports(self) -> int:
        """How many report folders there are."""
        return len(self.folders)

    @property
    def unread(self) -> bool:
        """Whether a folder or file could not be taken, so that what it held would vanish from the site."""
        return self.lost or len(self.folders) != len(self.site.reports)


@dataclass(frozen=True)
class Options:
    """How to build: where to, with PDFs or not, as of which day. `progress` is told (stage, name, done, total). A `preview` is published
    to nobody: what differs from the last one is no change of a published figure, and PDFs are linked to and not made (`printed` makes one
    when it is asked for)."""

    output: Path
    pdf: bool = True
    today: date = field(default_factory=date.today)
    progress: Step = _quiet
    formats: Path = FORMATS
    preview: bool = False


@dataclass(frozen=True)
class Outcome:
    """What a build came to. `blocked` says that findings stopped it and the published site is as it was; `held` are the reports that
    are shown in their last good version, or not at all (policy `hold`)."""

    findings: tuple[Finding, ...]
    blocked: bool
    fail_on: str = "error"
    held: tuple[tuple[str, int], ...] = ()
    made: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    kept: int = 0
    removed: tuple[str, ...] = ()
    reasons: Mapping[str, Sequence[str]] = field(default_factory=dict)


def read_law(folder: Path = FORMATS) -> Law:
    """The statutory forms, concepts and rules of a folder."""
    files = sorted(folder.rglob("*.yaml"))
    return load_law({path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in files}, parse)


def inspect(
    root: Path, today: date | None = None, progress: Step = _quiet, formats: Path = FORMATS, published: Path | None = None
) -> Inspection:
    """The site below `root` and its findings. `published` is the folder of the site as last built, where changes since then are to be
    found. Never raises for what a user wrote.
    """
    law, memory, recipe = read_law(formats), Memory(root / ".cache" / "memory.sqlite"), own_code()
    tree = scan(root)
    total = sum(len(agency.reports) for agency in tree.agencies)
    done = 0

    def step(name: str) -> None:
        nonlocal done
        done += 1
        progress("read", name, done, total)

    site, found = load(tree, Means(Disk(root), law, memory, digest(recipe, law.digest), step))
    reading = Reading(law, Disk(root))
    theme = load_theme(root, site.settings.theme, site.settings.theme_at, reading, Disk) if tree.settings else None
    findings = check(site, today or date.today(), [*found, *reading.findings], memory)
    folders = tuple((agency.slug, report.year) for agency in tree.agencies for report in agency.reports)
    asides = look_back(root, site, folders, published, memory, today or date.today())
    memory.close()
    findings = sorted([*findings, *asides], key=lambda finding: finding.order)
    lost = any(problem.kind in LOST for problem in tree.problems)
    return Inspection(site, tuple(findings), theme, folders, (*found, *reading.findings), memory, lost, asides)


def stops(site: Site, findings: Sequence[Finding]) -> bool:
    """Whether the site's policy lets these findings stop publication. A site.yaml with an error has no policy to go by: that stops."""
    policy = site.settings.policy
    return any(finding.misconfigures or policy.get(finding.severity.value) == "stop" for finding in findings)


def build(root: Path, options: Options, executor: Callable[[], Executor]) -> Outcome:
    """Publish the site below `root` into `options.output`, or say what stops it.

    `executor` gives where dear jobs run (any concurrent.futures.Executor); it is asked for only when there are some. Raises
    build.store.Busy and build.publish.NotOurs, which are the caller's to report.
    """
    # Imported here so that `check` never pays for templates (performance.md: 0.1 s).
    from generator.build import publish
    from generator.build.store import Damaged, Store
    from generator.making import make

    if not publish.ours(options.output):
        raise publish.NotOurs(str(options.output))
    before = None if options.preview else options.output
    inspection = inspect(root, options.today, options.progress, options.formats, before)
    inspection = replace(inspection, site=replace(inspection.site, pdf=options.pdf))
    site = inspection.site
    blocked = Outcome(inspection.findings, blocked=True, fail_on=site.settings.fail_on)
    if inspection.theme is None or inspection.lost or stops(site, inspection.findings):
        return blocked
    publishable = _settled(root, inspection, options.today)
    if publishable is None:
        return blocked
    try:
        outcome = make(root, publishable, options, executor)
    except Damaged:  # something in the cache is not what was put there: trust none of it, and make it again
        Store(root / ".cache").clear()
        outcome = make(root, publishable, options, executor)
    problems = outcome.findings[len(publishable.findings) :]
    return replace(outcome, findings=(*inspection.findings, *problems), held=tuple(publishable.site.held))


def _settled(root: Path, inspection: Inspection, today: date) -> Inspection | None:
    """What may be published of a site, with the findings that pages print: all of it, or with its bad reports held back; None where
    neither will do."""
    from generator.holding import hold, remember

    inspection = replace(inspection, findings=tuple(one for one in inspection.findings if one not in inspection.asides))
    site, good = inspection.site, Memory(root / ".cache" / "good.sqlite")
    if "hold" not in site.settings.policy.values():
        if inspection.unread:
            return None
        remember(site, inspection.findings, set(), good)
        good.close()
        return inspection

    def again(mended: Site, held: Collection[tuple[str, int]]) -> Sequence[Finding]:
        left = [one for one in inspection.loaded if one.year is None or (one.agency, one.year) not in held]
        found = check(mended, today, left, inspection.memory)
        if inspection.memory is not None:
            inspection.memory.close()
        return found

    settled = hold(site, inspection.findings, inspection.folders, good, again, today, inspection.asides)
    unread = {key for key in inspection.folders if key not in site.reports} - set(settled.site.held)
    return None if settled.stops or unread else replace(inspection, site=settled.site, findings=settled.findings)
