"""Checks of each report against its history in git, and against the site that was built last.

The findings are shown to the editor and never printed on a page: a page must not depend on other
files of the machine that builds it, and the next build would no longer find the change.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.check import past
from generator.derive import paths
from generator.load.reading import Reading
from generator.load.report import Place, read_report
from generator.model.digest import digest
from generator.model.downloads import ReportFile
from generator.model.fair_copy import FairCopy, Outline
from generator.model.finding import Finding
from generator.model.packed import pack_finding, unpack_finding
from generator.model.past import Commit
from generator.model.report import Report
from generator.model.site import Site
from generator.model.source import Node, Problem, ReportFiles
from generator.model.stranger import read_json
from generator.source import history, published
from generator.source.memory import Memory
from generator.source.nodes import parse

Key = tuple[str, int]
# Rows of the memory: findings about what was committed; reports that agree with the built site.
HISTORY = "history"
PUBLISHED = "published"


@dataclass(frozen=True)
class _CommittedFiles:
    """The files of a committed report, for the loader: the text of report.yaml and no others."""

    yaml: str

    def text(self, path: str) -> str | Problem:
        """The text, whatever the path."""
        return self.yaml

    def nodes(self, text: str, path: str) -> Node | None:
        """The root node of the text."""
        return parse(text, path)

    def fair_copy(self, text: str, outline: Outline, *, broken: bool) -> FairCopy:
        """The text as it stands: what was committed is not mended."""
        return FairCopy(text)

    def digests(self, paths: tuple[str, ...]) -> Mapping[str, tuple[int, str] | Problem]:
        """Nothing: only the report.yaml of a committed report is read."""
        return {}


def look_back(
    root: Path,
    site: Site,
    folders: Collection[Key],
    built: Path | None,
    memory: Memory,
    today: date,
) -> tuple[Finding, ...]:
    """The findings of E-02, E-03 and E-04.

    `built` is the folder of the site that was built last; None skips the comparison with it.
    """
    findings = list(_committed(root, site, memory))
    if built:
        findings += _published(site, frozenset(folders), built, memory, today)
    return tuple(finding for finding in findings if not site.law.rules[finding.rule].off)


def _committed(root: Path, site: Site, memory: Memory) -> Iterator[Finding]:
    """E-02 for every report with corrections of figures.

    Git is asked for all of them together, and not again for the same commit.
    """
    reports = [report for report in site.reports.values() if _changes_figures(report)]
    head = history.head(root) if reports else ""
    if not head:
        return
    findings_by_path = {report.at.path: _remembered(report, head, memory) for report in reports}
    new_paths = [path for path, findings in findings_by_path.items() if findings is None]
    texts = history.committed(root, new_paths)
    for report in reports:
        findings = findings_by_path[report.at.path]
        if findings is None:
            findings = _looked_up(site, report, texts.get(report.at.path, ()))
            _remember(report, head, findings, memory)
        yield from findings


def _changes_figures(report: Report) -> bool:
    return any(correction.changes for correction in report.corrections)


def _remembered(report: Report, head: str, memory: Memory) -> Sequence[Finding] | None:
    """The stored findings about a report at a commit; None where there are none."""
    if not report.key:
        return None
    packed = memory.recall(HISTORY, report.at.path, digest(head, report.key))
    if packed is not None:
        with suppress(ValueError, TypeError):  # damaged: treated as missing
            return [unpack_finding(finding) for finding in read_json(packed)]
    return None


def _remember(report: Report, head: str, findings: Sequence[Finding], memory: Memory) -> None:
    if report.key:
        packed = [pack_finding(finding) for finding in findings]
        text = json.dumps(packed, ensure_ascii=False)
        memory.keep(HISTORY, report.at.path, digest(head, report.key), text)


def _looked_up(
    site: Site, report: Report, texts: Sequence[tuple[Commit, str]]
) -> Sequence[Finding]:
    """The findings about a report; `texts` are those of its report.yaml that were committed."""
    versions = []
    for commit, text in texts:
        version = _read(site, report, text)
        if version is not None:
            versions.append((commit, version))
    return list(past.contradicted(site.law, report, versions))


def _read(site: Site, report: Report, text: str) -> Report | None:
    """A committed report.yaml as the report that it was; findings about it are dropped."""
    files = ReportFiles(report.year, report.at.path)
    return read_report(Place(report.agency, files), Reading(site.law, _CommittedFiles(text)))


def _published(
    site: Site, folders: Collection[Key], built: Path, memory: Memory, today: date
) -> Iterator[Finding]:
    """E-03 and E-04 against a built site.

    A published report is read only where it or the site has changed since the two were equal.
    """
    new_slugs = {
        slug: agency.slug for agency in site.agencies.values() for slug in agency.former_slugs
    }
    for (slug, year), sha256 in published.listed(built).items():
        report = site.reports.get((slug, year))
        if report is not None:
            yield from _undeclared(site, report, sha256, built, memory, today)
        elif (slug, year) not in folders and (new_slugs.get(slug), year) not in folders:
            published_report = published.figures(built, slug, year)
            if published_report:
                yield past.vanished(site.law, slug, year, published_report)


def _undeclared(
    site: Site, report: Report, sha256: str, built: Path, memory: Memory, today: date
) -> Iterator[Finding]:
    """E-03 of one report; `sha256` is that of its published figures."""
    if _is_equal(report, sha256, memory):
        return
    published_report = published.figures(built, report.agency, report.year)
    findings: list[Finding] = []
    if published_report:
        findings += past.undeclared(site.law, report, published_report, today)
    if not findings:
        _keep_equal(report, sha256, memory)
    yield from findings


def _is_equal(report: Report, sha256: str, memory: Memory) -> bool:
    """Whether the memory has stored that a report agrees with the published figures."""
    if not report.key:
        return False
    return memory.recall(PUBLISHED, _name(report), digest(report.key, sha256)) is not None


def _keep_equal(report: Report, sha256: str, memory: Memory) -> None:
    memory.keep(PUBLISHED, _name(report), digest(report.key, sha256), "")


def _name(report: Report) -> str:
    return f"{report.agency}/{report.year}"


def just_published(site: Site, digests: Mapping[str, str], memory: Memory) -> None:
    """Store that the site that was just built agrees with the reports.

    `digests` are the SHA-256 of its files.
    """
    for (slug, year), report in site.reports.items():
        sha256 = digests[paths.report_file(slug, year, ReportFile.JSON)]
        if report.key and not _is_equal(report, sha256, memory):
            _keep_equal(report, sha256, memory)
    memory.close()
