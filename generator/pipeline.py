"""From a site to what is published of it: inspect → settle → plan → make → follow links → publish.

`build` is the place to start reading. It leaves the published site as it was when findings stop it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path

from generator.build import publish
from generator.build.execute import Result, execute
from generator.build.manifest import manifest
from generator.build.store import Damaged, Store
from generator.build.verify import verify
from generator.check.site import check
from generator.inspection import FORMATS, Inspection, Step, inspect, quiet
from generator.language.sentence import sentence, template
from generator.model.finding import Finding, Location, Stops
from generator.model.job import AnyJob, Job, JobProblem, PrintJob
from generator.model.law import Law
from generator.model.site import Site
from generator.plan import plan
from generator.settle.holding import hold, remember
from generator.settle.past import about_to_publish, just_published, kept_versions
from generator.source.memory import Memory

# What is wrong with a link, by the reason of build.verify.
DEAD_LINKS = {
    "missing": template("链接“{link}”指向的页面或文件不存在"),
    "anchor": template("链接“{link}”指向的位置不存在"),
    "absolute": template("链接“{link}”是以 / 开头的地址，网站放在子目录时会失效"),
    "inline": template("链接“{link}”是写在页面里的样式或脚本，严格的内容策略下会失效"),
    "third_party": template("链接“{link}”从别的网站取资源"),
}


@dataclass(frozen=True)
class Options:
    """How to build: where to, with PDFs or not, as of which day.

    `progress` is told (stage, name, done, total). A `preview` is published to nobody: what differs
    from the last one is no change of a published figure, and PDFs are linked to and not made
    (`printed` makes one when it is asked for). Pages and tables are made by so many `processes`,
    which need a program without further threads.
    """

    output: Path
    pdf: bool = True
    today: date = field(default_factory=date.today)
    progress: Step = quiet
    formats: Path = FORMATS
    preview: bool = False
    processes: int = 1


@dataclass(frozen=True)
class Outcome:
    """What a build came to.

    `blocked` is whether findings stopped it, so that the published site is as it was. `printed` are
    the findings that pages tell of. `held` are
    the reports that are shown in their last good version, or not at all (policy `hold`). `made` are
    the outputs that were not in the cache, `reasons` the parts that differ from the last build's.
    """

    findings: tuple[Finding, ...]
    blocked: bool
    fail_on: str = "error"
    printed: tuple[Finding, ...] = ()
    held: tuple[tuple[str, int], ...] = ()
    made: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    kept: int = 0
    removed: tuple[str, ...] = ()
    reasons: Mapping[str, Sequence[str]] = field(default_factory=dict)


def build(root: Path, options: Options, executor: Callable[[], Executor]) -> Outcome:
    """Publish the site below `root` into `options.output`, or tell what stops it.

    `executor` gives where dear jobs run (any concurrent.futures.Executor); it is asked for only
    when there are some. Raises build.store.Busy and build.publish.NotOurs, which are the caller's
    to report.
    """
    if not publish.ours(options.output):
        raise publish.NotOurs(str(options.output))
    published = None if options.preview else options.output
    inspection = inspect(root, options.today, options.progress, options.formats, published)
    inspection = replace(inspection, site=replace(inspection.site, pdf=options.pdf))
    settled = _settled(root, inspection, options.today)
    if settled is None:
        return _blocked(inspection.site, inspection.findings)
    try:
        outcome = _made(root, settled, options, executor)
    except Damaged:
        # Something in the cache is not what was put there: nothing in it is trusted any more.
        Store(root / ".cache").clear()
        outcome = _made(root, settled, options, executor)
    problems = outcome.findings[len(settled.findings) :]
    findings = (*inspection.findings, *settled.reasons, *problems)
    return replace(outcome, findings=findings, held=tuple(settled.site.held))


def _blocked(site: Site, findings: Sequence[Finding]) -> Outcome:
    return Outcome(tuple(findings), blocked=True, fail_on=site.settings.fail_on)


# ---- Settle: what may be published ----


def stops(site: Site, findings: Sequence[Finding]) -> bool:
    """Whether these findings stop publication: by the site's policy, or under any policy."""
    policy = site.settings.policy
    return any(
        finding.forbids
        or (finding.stops is not Stops.NEVER and policy.get(finding.severity.value) == "stop")
        for finding in findings
    )


def _settled(root: Path, inspection: Inspection, today: date) -> Inspection | None:
    """What may be published of a site, with the findings that pages print.

    It is all of the site, or all but its bad reports, which are held back; None where neither will
    do.
    """
    site = inspection.site
    if inspection.theme is None or inspection.lost or stops(site, inspection.findings):
        return None
    printed_findings = tuple(
        finding for finding in inspection.findings if finding not in inspection.asides
    )
    inspection = replace(inspection, findings=printed_findings)
    good = kept_versions(root)
    if "hold" in site.settings.policy.values():
        return _held(inspection, good, today)
    if inspection.unread:
        return None
    remember(site, inspection.findings, set(), good)
    good.close()
    return inspection


def _held(inspection: Inspection, good: Memory, today: date) -> Inspection | None:
    """The site with its bad reports held back; None where that does not help."""

    def again(mended: Site, held: Collection[tuple[str, int]]) -> Sequence[Finding]:
        loaded = [
            finding
            for finding in inspection.loaded
            if finding.year is None or (finding.agency, finding.year) not in held
        ]
        findings = check(mended, today, loaded, inspection.memory)
        if inspection.memory is not None:
            inspection.memory.close()
        return findings

    site = inspection.site
    settled = hold(
        site, inspection.findings, inspection.folders, good, again, today, inspection.asides
    )
    unread = {key for key in inspection.folders if key not in site.reports}
    if settled.stops or unread - set(settled.site.held):
        return None
    site = settled.site
    return replace(inspection, site=site, findings=settled.findings, reasons=settled.reasons)


# ---- Make and publish ----


def _made(
    root: Path, settled: Inspection, options: Options, executor: Callable[[], Executor]
) -> Outcome:
    """Plan, make what is missing, follow the links of what is new, exchange the trees."""
    site = settled.site
    findings = settled.findings
    assert settled.theme is not None, "a site without a theme is not settled"
    store = Store(root / ".cache")
    with store.locked():
        store.open()
        try:
            jobs = plan(root, site, settled.theme, findings, options.today)
            wanted, later = _wanted(jobs, options)
            step = partial(options.progress, "make")
            result = execute(wanted, store, executor, step, options.processes)
        except JobProblem as problem:
            return _blocked(site, (*findings, _finding(site.law, problem)))
        problems = [_finding(site.law, problem) for problem in result.problems]
        if not problems:
            result.add(manifest(result.public), store)
            problems = _broken_links(site, store, result, wanted, later)
        if problems:
            return _blocked(site, (*findings, *problems))
        if settled.memory is not None and not options.preview:
            about_to_publish(root, site, options.output, settled.asides)
        published = publish.publish(result.public, store, options.output)
        if settled.memory is not None:
            digests = {path: made.sha256 for path, made in result.public.items()}
            if not options.preview:
                just_published(root, site, digests, settled.memory, settled.asides)
        reasons = result.reasons(store.known)
        store.close(result.made)
    return Outcome(
        findings,
        blocked=False,
        fail_on=site.settings.fail_on,
        printed=findings,
        made=tuple(result.remade),
        written=published.written,
        kept=published.kept,
        removed=published.removed,
        reasons=reasons,
    )


def _wanted(jobs: Sequence[AnyJob], options: Options) -> tuple[list[AnyJob], list[str]]:
    """The jobs to be done, and the outputs that a preview leaves for when they are asked for."""
    if not options.preview:
        return list(jobs), []
    wanted: list[AnyJob] = [job for job in jobs if not isinstance(job, PrintJob)]
    return wanted, [job.output for job in jobs if isinstance(job, PrintJob)]


def _finding(law: Law, problem: JobProblem) -> Finding:
    return law.finding(problem.rule, problem.at, problem.text)


def _broken_links(
    site: Site, store: Store, result: Result, jobs: Sequence[AnyJob], later: Sequence[str]
) -> list[Finding]:
    """Dead links of pages that were never part of a good site, and of those that lead to a place
    on another page; of all pages when an output is gone. `later` are outputs to come.
    """
    gone = set(store.known) - set(result.made)
    leading = {job.output for job in jobs if isinstance(job, Job) and job.leads}
    changed = [
        path for path, made in result.public.items() if gone or not made.checked or path in leading
    ]
    broken = verify(
        [*result.public, *later],
        changed,
        lambda path: store.read(result.public[path]),
        site.settings.mount,
    )
    findings = []
    for link in broken:
        message = sentence(DEAD_LINKS[link.reason], link=link.target)
        findings.append(site.law.finding("B-01", Location(link.page), message))
    return findings


# ---- One PDF, for the preview ----


def printed(
    root: Path, options: Options, output: str, executor: Callable[[], Executor]
) -> Sequence[Finding] | bytes | None:
    """One PDF of the site as its files are now, taken from the cache or made.

    None where the site has no such PDF, findings where it cannot be made. Nothing is published.
    Raises build.store.Busy.
    """
    inspection = inspect(root, options.today, options.progress, options.formats)
    if inspection.theme is None:
        return inspection.findings
    site = replace(inspection.site, pdf=True)
    store = Store(root / ".cache")
    with store.locked():
        store.open()
        try:
            planned = plan(root, site, inspection.theme, inspection.findings, options.today)
            jobs = {job.output: job for job in planned if isinstance(job, PrintJob)}
            if output not in jobs:
                return None
            wanted = [jobs[name] for name in (*jobs[output].sources, output)]
            step = partial(options.progress, "make")
            result = execute(wanted, store, executor, step, options.processes)
        except JobProblem as problem:
            return [_finding(site.law, problem)]
        if result.problems:
            return [_finding(site.law, problem) for problem in result.problems]
        return store.read(result.public[output])
