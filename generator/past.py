"""Looking back: each report against what git has of it and what the site says that was built last. Between source, load and check.

What is found is said to the editor and never printed on a page: a page must not depend on what else there is on the machine that made
it, and a change after publication is news only once.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.check import past
from generator.derive import paths
from generator.load.reading import Reading
from generator.load.report import Place, read_report
from generator.model.digest import digest
from generator.model.finding import Finding
from generator.model.packed import pack_finding, unpack_finding
from generator.model.report import Report
from generator.model.site import Site
from generator.model.source import Node, Problem, ReportFiles
from generator.source import history, published
from generator.source.memory import Memory
from generator.source.nodes import parse

Key = tuple[str, int]
PUBLISHED = "published"  # rows of the memory: a report that was found to say what the built site says


@dataclass(frozen=True)
class _Old:
    """One text of a report.yaml as the loader sees files; nothing stands beside it."""

    yaml: str

    def text(self, path: str) -> str | Problem:
        """The text, whatever the path."""
        return self.yaml

    def nodes(self, text: str, path: str) -> Node | None:
        """The root node of the text."""
        return parse(text, path)

    def digests(self, paths: tuple[str, ...]) -> Mapping[str, tuple[int, str]]:
        """Nothing: an old report has no files."""
        return {}


def look_back(root: Path, site: Site, folders: Collection[Key], built: Path | None, memory: Memory, today: date) -> tuple[Finding, ...]:
    """What E-02, E-03 and E-04 find. `built` is the folder of the site that was built last, if it is to be asked."""
    found = [*_committed(root, site, memory), *(_published(site, frozenset(folders), built, memory, today) if built else ())]
    return tuple(one for one in found if not site.law.rules[one.rule].off)


def _committed(root: Path, site: Site, memory: Memory) -> Iterator[Finding]:
    """E-02 for every report with corrections of figures: git is asked for all of them together, and not again for the same commit."""
    corrected = [report for report in site.reports.values() if any(one.changes for one in report.corrections)]
    head = history.head(root) if corrected else ""
    if not head:
        return
    keys = {report.at.path: digest(head, report.key) if report.key else "" for report in corrected}
    packed = {path: memory.recall("history", path, key) if key else None for path, key in keys.items()}
    texts = history.committed(root, [path for path, known in packed.items() if known is None])
    for report in corrected:
        path, known = report.at.path, packed[report.at.path]
        if known is not None:
            yield from (unpack_finding(one) for one in json.loads(known))
            continue
        versions = [(commit, old) for commit, text in texts.get(path, ()) if (old := _read(site, report, text)) is not None]
        found = list(past.contradicted(site.law, report, versions))
        if keys[path]:
            memory.keep("history", path, keys[path], json.dumps([pack_finding(one) for one in found], ensure_ascii=False))
        yield from found


def _read(site: Site, report: Report, text: str) -> Report | None:
    """A committed report.yaml as the report that it was; what is wrong with it is nobody's business now."""
    files = ReportFiles(report.year, report.at.path)
    return read_report(Place(report.agency, files), Reading(site.law, _Old(text)))


def _published(site: Site, folders: Collection[Key], built: Path, memory: Memory, today: date) -> Iterator[Finding]:
    """E-03 and E-04 against a built site. A report is read there only where it or the site has changed since they were found equal."""
    moved = {before: agency.slug for agency in site.agencies.values() for before in agency.former_slugs}
    for (slug, year), sha256 in published.listed(built).items():
        report, name = site.reports.get((slug, year)), f"{slug}/{year}"
        if report is None:
            if (slug, year) not in folders and (moved.get(slug), year) not in folders:
                gone = published.figures(built, slug, year)
                yield from [past.vanished(site.law, slug, year, gone)] if gone else []
            continue
        key = digest(report.key, sha256)
        if report.key and memory.recall(PUBLISHED, name, key) is not None:
            continue
        before = published.figures(built, slug, year)
        found = list(past.undeclared(site.law, report, before, today)) if before else []
        if not found:
            memory.keep(PUBLISHED, name, key, "")
        yield from found


def just_published(site: Site, digests: Mapping[str, str], memory: Memory) -> None:
    """Remember that the site which was built this moment says what the reports say; `digests` are those of its files."""
    for (slug, year), report in site.reports.items():
        key, name = digest(report.key, digests[f"{paths.report(slug, year)}tables.json"]), f"{slug}/{year}"
        if report.key and memory.recall(PUBLISHED, name, key) is None:
            memory.keep(PUBLISHED, name, key, "")
    memory.close()
