"""The part of a build that makes files; everything before it only reads. Here templates, printing and the cache are paid for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from functools import partial
from pathlib import Path

from generator.build.execute import Result, execute
from generator.build.manifest import manifest
from generator.build.publish import publish
from generator.build.store import Store
from generator.build.verify import REASONS, verify
from generator.model.finding import Finding, Location
from generator.model.job import JobProblem, PrintJob
from generator.model.law import Law
from generator.model.site import Site
from generator.past import just_published
from generator.pipeline import Inspection, Options, Outcome, inspect
from generator.plan import plan


def make(root: Path, inspection: Inspection, options: Options, executor: Callable[[], Executor]) -> Outcome:
    """Publish what is settled: plan, make what is missing, follow the links of what is new, exchange the trees."""
    site, findings, theme = inspection.site, inspection.findings, inspection.theme
    store = Store(root / ".cache")
    with store.locked():
        store.open()
        try:
            assert theme is not None  # a site without one was stopped before
            jobs = plan(root, site, theme, findings, options.today)
            later = [job.output for job in jobs if options.preview and isinstance(job, PrintJob)]
            now = [job for job in jobs if not (options.preview and isinstance(job, PrintJob))]
            result = execute(now, store, executor, partial(options.progress, "make"))
        except JobProblem as problem:
            return Outcome((*findings, _found(site.law, problem)), blocked=True, fail_on=site.settings.fail_on)
        if not result.problems:
            result.add(manifest(result.public), store)
        problems = [_found(site.law, problem) for problem in result.problems] or _broken(site, store, result, later)
        if problems:
            return Outcome((*findings, *problems), blocked=True, fail_on=site.settings.fail_on)
        published = publish(result.public, store, options.output)
        if inspection.memory is not None:
            just_published(site, {path: made.sha256 for path, made in result.public.items()}, inspection.memory)
        reasons = result.reasons(store.known)
        store.close(result.made)
    return Outcome(
        findings, False, site.settings.fail_on, (), tuple(result.remade), published.written, published.kept, published.removed, reasons
    )


def printed(root: Path, options: Options, output: str, executor: Callable[[], Executor]) -> Sequence[Finding] | bytes | None:
    """One PDF of the site as its files are now, taken from the cache or made; None where the site has no such PDF, findings where it
    cannot be made. Nothing is published. Raises build.store.Busy."""
    inspection = inspect(root, options.today, options.progress, options.formats)
    if inspection.theme is None:
        return inspection.findings
    site, store = replace(inspection.site, pdf=True), Store(root / ".cache")
    with store.locked():
        store.open()
        try:
            planned = plan(root, site, inspection.theme, inspection.findings, options.today)
            jobs = {job.output: job for job in planned if isinstance(job, PrintJob)}
            if output not in jobs:
                return None
            wanted = [jobs[name] for name in (*jobs[output].sources, output)]
            result = execute(wanted, store, executor, partial(options.progress, "make"))
        except JobProblem as problem:
            return [_found(site.law, problem)]
        return [_found(site.law, problem) for problem in result.problems] or store.read(result.public[output])


def _found(law: Law, problem: JobProblem) -> Finding:
    return law.finding(problem.rule, problem.at, problem.text.zh, problem.text.en)


def _broken(site: Site, store: Store, result: Result, later: Sequence[str]) -> list[Finding]:
    """Dead links of pages that were never part of a good site; of all pages when an output is gone. `later` are outputs to come."""
    gone = set(store.known) - set(result.made)
    changed = [path for path, made in result.public.items() if gone or not made.checked]
    broken = verify([*result.public, *later], changed, lambda path: store.read(result.public[path]), site.settings.mount)
    return [
        site.law.finding(
            "B-01", Location(one.page), f"链接“{one.target}”{REASONS[one.reason][0]}", f"the link “{one.target}” {REASONS[one.reason][1]}"
        )
        for one in broken
    ]
