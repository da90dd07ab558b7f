"""Checks of each report against its history in git, and against the site that was built last.

The findings are shown to the editor and never printed on a page: a page must not depend on other
files of the machine that builds it, and the next build would no longer find the change.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from generator.check import past
from generator.check.site import findings_of
from generator.derive import paths, words
from generator.derive.data.api import tables
from generator.load.agency import read_agency
from generator.load.narrative import with_figures
from generator.load.reading import Reading
from generator.load.report import Place, read_report
from generator.model.agency import Agency
from generator.model.digest import digest
from generator.model.downloads import ReportFile
from generator.model.finding import Finding, Severity, Stops
from generator.model.packed import pack_finding, unpack_finding
from generator.model.past import Commit, Published
from generator.model.report import Report
from generator.model.site import Site
from generator.model.source import AgencyFiles, ReportFiles
from generator.model.stranger import read_json
from generator.source import history, published
from generator.source.given import Given
from generator.source.memory import Memory

Key = tuple[str, int]
# Rows of the memory: findings about what was committed; reports that agree with the built site;
# each report as it was published and told; findings against the commits of the first publication.
HISTORY = "history"
PUBLISHED = "published"
BASELINE = "baseline"
FIRST = "first"
REPORT = "report.yaml"
NARRATIVE = "narrative.md"
IN_REPORT = re.compile(r"content/agencies/([a-z0-9-]+)/([0-9]{4})/")
# Of one report no more commits are looked at.
MOST_VERSIONS = 50


def look_back(
    root: Path,
    site: Site,
    folders: Collection[Key],
    built: Path | None,
    memory: Memory,
    today: date,
) -> tuple[Finding, ...]:
    """The findings of E-02, E-03 and E-04.

    `built` is the folder of the site that was built last; None skips the comparison with what was
    published, wherever it is known from.
    """
    findings = list(_committed(root, site, memory))
    if built:
        findings += Backward(root, site, frozenset(folders), memory, today).silent(built)
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
    return read_report(
        Place(report.agency, files), Reading(site.law, Given({report.at.path: text}))
    )


@dataclass(frozen=True)
class Backward:
    """A site, and all that is known of what was published of it earlier.

    That is, in this order: what was published first and never changed with a word, as builds on
    this machine remember it; the site that was built last; git. A fresh copy of the repository has
    only git.
    """

    root: Path
    site: Site
    folders: frozenset[Key]
    memory: Memory
    today: date

    @cached_property
    def _baselines(self) -> Memory:
        return kept_versions(self.root)

    @cached_property
    def _slugs(self) -> Mapping[str, str]:
        """Former slug → present slug."""
        return {
            old: agency.slug
            for agency in self.site.agencies.values()
            for old in agency.former_slugs
        }

    def silent(self, built: Path) -> Iterator[Finding]:
        """E-03 and E-04."""
        listed = published.listed(built)
        marks = self._baselines.keys(BASELINE)
        committed = self._committed()
        for key, report in self.site.reports.items():
            findings = self._since_baseline(report, marks)
            if not findings and key in listed:
                findings = self._since_built(report, listed[key], built)
            yield from findings or committed.get(key, ())
        gone: dict[Key, Published] = {}
        for slug, year in (*listed, *map(_key, marks)):
            if (slug, year) not in gone and self._is_gone(slug, year):
                last = self._last(slug, year, built)
                if last and last.day:
                    gone[slug, year] = last
        for (slug, year), last in gone.items():
            yield past.vanished(self.site.law, slug, year, last)
        for key, findings in committed.items():
            if key not in self.site.reports and key not in gone:
                yield from findings

    def _is_gone(self, slug: str, year: int) -> bool:
        """Whether a report is neither there nor moved, and nobody said that it was taken down."""
        for present in ((slug, year), (self._slugs.get(slug, ""), year)):
            if present in self.folders or present in self.site.reports:
                return False
        return f"{slug}/{year}" not in self.site.settings.withdrawn

    def _last(self, slug: str, year: int, built: Path) -> Published | None:
        text = self._baselines.single(BASELINE, f"{slug}/{year}")
        document = _document(text) if text else published.document(built, slug, year)
        return published.read_document(document)

    def _compared(self, report: Report, earlier: Published | None) -> list[Finding]:
        """E-03 of one report against what was published."""
        if earlier is None or earlier.day is None:
            return []
        present = stated(self.site, report)
        return list(past.undeclared(self.site.law, report, earlier, present, self.today))

    def _since_baseline(self, report: Report, marks: Mapping[str, str]) -> Sequence[Finding]:
        """E-03 against what builds on this machine remember; `marks` are those of all reports."""
        mark = marks.get(_name(report))
        if mark is None or (report.key and mark == _mark(self.site, report)):
            return ()
        text = self._baselines.single(BASELINE, _name(report))
        return self._compared(report, published.read_document(_document(text))) if text else ()

    def _since_built(self, report: Report, sha256: str, built: Path) -> Sequence[Finding]:
        """E-03 against the site that was built last; `sha256` is that of its document.

        A published report is read only where it or the site has changed since the two were equal.
        """
        if _is_equal(self.site, report, sha256, self.memory):
            return ()
        findings = self._compared(report, published.figures(built, report.agency, report.year))
        if not findings:
            _keep_equal(self.site, report, sha256, self.memory)
        return findings

    # ---- What git knows ----

    def _committed(self) -> Mapping[Key, Sequence[Finding]]:
        """E-03 and E-04 against the commits that a report was first published with.

        Remembered as long as neither the commit nor a report is another.
        """
        rules = self.site.law.rules
        head = "" if rules[past.CHANGED].off and rules[past.GONE].off else history.head(self.root)
        if not head:
            return {}
        keys = [(*key, _mark(self.site, report)) for key, report in self.site.reports.items()]
        state = digest(head, keys, sorted(self.folders), list(self.site.settings.withdrawn))
        packed = self.memory.recall(FIRST, "*", state)
        if packed is not None and all(report.key for report in self.site.reports.values()):
            with suppress(ValueError, TypeError, LookupError):
                return _by_report([unpack_finding(finding) for finding in read_json(packed)])
        findings = list(Commits(self).silent())
        plain = [pack_finding(finding) for finding in findings]
        self.memory.keep(FIRST, "*", state, json.dumps(plain, ensure_ascii=False))
        return _by_report(findings)

    def since_commit(self, report: Report, earlier: Published) -> Sequence[Finding]:
        """E-03 against what was published with a commit."""
        return self._compared(report, earlier)

    def is_gone(self, slug: str, year: int) -> bool:
        """Whether a report that was committed is gone without a word."""
        return self._is_gone(slug, year)


@dataclass(frozen=True)
class Committed:
    """A report as a commit has it: the blobs of its files, by path."""

    slug: str
    year: int
    commit: Commit
    blobs: Mapping[str, str]

    @property
    def folder(self) -> str:
        """Its folder."""
        return f"content/agencies/{self.slug}/{self.year}/"

    def blob(self, name: str) -> str:
        """The blob of one of its files; empty where it has none."""
        return self.blobs.get(f"{self.folder}{name}", "")

    @property
    def body(self) -> str:
        """The blob of the agency.yaml of its body."""
        return self.blobs.get(_body_path(self.slug), "")


class Commits:
    """The reports of a site as its commits have them.

    A report counts as published with the first commit that has its day of publication behind it and
    nothing in it that would have stopped it.
    """

    def __init__(self, backward: Backward) -> None:
        self.backward = backward
        self.site = backward.site
        self.changes = history.changes(backward.root, "content/agencies")
        self.paths: dict[Key, list[str]] = {}
        for path in self.changes:
            if match := IN_REPORT.match(path):
                self.paths.setdefault((match[1], int(match[2])), []).append(path)

    def silent(self) -> Iterator[Finding]:
        """E-03 of the reports that are there, E-04 of those that are not."""
        versions = {
            key: self._versions(*key) for key in sorted(self._keys()) if self._doubtful(*key)
        }
        blobs = {
            blob
            for committed in versions.values()
            for version in committed
            for blob in (version.blob(REPORT), version.blob(NARRATIVE), version.body)
            if blob
        }
        texts = history.texts(self.backward.root, blobs)
        for key, committed in versions.items():
            report = self.site.reports.get(key)
            first = self._first(committed, texts)
            if first is None:
                continue
            if report is not None:
                yield from self.backward.since_commit(report, first)
            else:
                yield past.vanished(self.site.law, *key, first)

    def _keys(self) -> set[Key]:
        """The reports that were ever committed."""
        return {key for key in self.paths if _path(*key, REPORT) in self.changes}

    def _doubtful(self, slug: str, year: int) -> bool:
        """Whether a report may have changed: a file of it, or of its body, has several versions."""
        report = self.site.reports.get((slug, year))
        if report is None:
            return self.backward.is_gone(slug, year)
        steps = self.changes[_path(slug, year, REPORT)]
        if report.transcribed or (report.published is None and len(steps) == 1):
            return False
        body = _body_path(slug)
        paths = self.paths[slug, year]
        commits = {self.changes[path][0].commit for path in paths}
        longest = max(len(self.changes[path]) for path in (*paths, body) if path in self.changes)
        if len(commits) > 1 or longest > 1:
            return True
        files = _path(slug, year, "files/")
        attached = {path.removeprefix(files) for path in paths if path.startswith(files)}
        if attached != {attachment.name for attachment in report.attachments}:
            return True
        names = (_path(slug, year, REPORT), _path(slug, year, NARRATIVE), body)
        return any(
            history.blob(self.backward.root, path) != self.changes[path][-1].blob
            for path in names
            if path in self.changes
        )

    def _versions(self, slug: str, year: int) -> list[Committed]:
        """The report after each commit that changed it, the oldest first."""
        steps: dict[int, dict[str, history.Change]] = {}
        for path in (*self.paths[slug, year], _body_path(slug)):
            for change in self.changes.get(path, ()):
                steps.setdefault(change.number, {})[path] = change
        blobs: dict[str, str] = {}
        versions = []
        for number in sorted(steps):
            changes = steps[number]
            blobs |= {path: change.blob for path, change in changes.items()}
            commit = next(iter(changes.values())).commit
            version = Committed(
                slug, year, commit, {path: blob for path, blob in blobs.items() if blob}
            )
            if version.blob(REPORT):
                versions.append(version)
        return versions[:MOST_VERSIONS]

    def _first(self, versions: Sequence[Committed], texts: Mapping[str, str]) -> Published | None:
        """The report as the first commit has it that it was published with; None before that."""
        for version in versions:
            report = self._read(version, texts)
            if report is None or report.published is None:
                continue
            if report.published.isoformat() > version.commit.day or self._stopped(report):
                continue
            name = self._body(version, texts)
            earlier = stated(self.site, report, name)
            files = {
                path.removeprefix(f"{version.folder}files/"): self._unchanged(path, blob)
                for path, blob in version.blobs.items()
                if path.startswith(f"{version.folder}files/")
            }
            commit = Commit(version.commit.id[:10], version.commit.day)
            return replace(earlier, attachments=files, commit=commit)
        return None

    def _unchanged(self, path: str, blob: str) -> str:
        """A mark for the bytes of an attachment: none where they are those of today."""
        return "" if self.changes[path][-1].blob == blob else blob

    def _read(self, version: Committed, texts: Mapping[str, str]) -> Report | None:
        """A committed report as the report that it was; None where it could not be read."""
        folder = version.folder
        narrative = f"{folder}{NARRATIVE}" if version.blob(NARRATIVE) else ""
        paths = (f"{folder}{REPORT}", narrative)
        files = Given({path: texts.get(version.blobs.get(path, ""), "") for path in paths})
        reading = Reading(self.site.law, files)
        place = Place(version.slug, ReportFiles(version.year, paths[0], narrative))
        report = read_report(place, reading)
        if report is None or any(_is_error(finding) for finding in reading.findings):
            return None
        prior = self.site.reports.get((version.slug, version.year - 1))
        return with_figures(report, prior, reading)

    def _stopped(self, report: Report) -> bool:
        """Whether something in a report would have kept it from being published."""
        if report.agency not in self.site.agencies:
            return False
        return any(
            _is_error(finding) for finding in findings_of(self.site, report, self.backward.today)
        )

    def _body(self, version: Committed, texts: Mapping[str, str]) -> str:
        """The name that the body had in the year of the report, by the same commit."""
        path = _body_path(version.slug)
        reading = Reading(self.site.law, Given({path: texts.get(version.body, "")}))
        agency = read_agency(AgencyFiles(version.slug, path), reading) if version.body else None
        return agency.name_in(version.year) if agency else ""


def _path(slug: str, year: int, name: str) -> str:
    return f"content/agencies/{slug}/{year}/{name}"


def _body_path(slug: str) -> str:
    return f"content/agencies/{slug}/agency.yaml"


def _is_error(finding: Finding) -> bool:
    return finding.severity is Severity.ERROR and finding.stops is not Stops.NEVER


def _by_report(findings: Sequence[Finding]) -> Mapping[Key, list[Finding]]:
    by_report: dict[Key, list[Finding]] = {}
    for finding in findings:
        by_report.setdefault((finding.agency, finding.year or 0), []).append(finding)
    return by_report


def stated(site: Site, report: Report, name: str = "") -> Published:
    """A report as it would be published; `name` is that of its body where it had another."""
    agency = site.agencies.get(report.agency) or Agency(report.agency, (), "department", "county")
    title = words.title(agency, report)
    document = tables(agency, report, title, report)
    present = published.read_document(document)
    assert present is not None, "our own document"
    return replace(present, name=name or present.name)


def _document(text: str) -> object:
    """A document that was kept; None where it is damaged."""
    with suppress(ValueError):
        return read_json(text)
    return None


def _is_equal(site: Site, report: Report, sha256: str, memory: Memory) -> bool:
    """Whether the memory has stored that a report agrees with a published document."""
    if not report.key:
        return False
    key = digest(_mark(site, report), sha256)
    return memory.recall(PUBLISHED, _name(report), key) is not None


def _keep_equal(site: Site, report: Report, sha256: str, memory: Memory) -> None:
    memory.keep(PUBLISHED, _name(report), digest(_mark(site, report), sha256), "")


def _name(report: Report) -> str:
    return f"{report.agency}/{report.year}"


def _key(name: str) -> Key:
    slug, _, year = name.partition("/")
    return slug, int(year)


def _mark(site: Site, report: Report) -> str:
    """What stands for a report and the name of its body."""
    return digest(report.key, site.agencies[report.agency].name_in(report.year))


def kept_versions(root: Path) -> Memory:
    """What cannot be made again from the files of a site: its good versions, what it published."""
    return Memory(root / ".cache" / "good.sqlite")


def about_to_publish(root: Path, site: Site, built: Path, findings: Sequence[Finding]) -> None:
    """Keep what the site that is about to be replaced says of reports that changed in silence.

    Once it is gone, the change is to be told all the same.
    """
    silent = {
        (finding.agency, finding.year) for finding in findings if finding.rule == past.CHANGED
    }
    baselines = kept_versions(root)
    marks = baselines.keys(BASELINE) if silent else {}
    for key, report in site.reports.items():
        if key in silent and _name(report) not in marks:
            document = published.document(built, *key)
            if published.read_document(document):
                text = json.dumps(document, ensure_ascii=False)
                baselines.keep(BASELINE, _name(report), "built", text)
    baselines.close()


def just_published(
    root: Path,
    site: Site,
    digests: Mapping[str, str],
    memory: Memory,
    findings: Sequence[Finding],
) -> None:
    """Store what was published, and that the site that was just built agrees with the reports.

    `digests` are the SHA-256 of its files. A report with a silent change (`findings`) keeps what it
    was held against, so that the change is told until somebody says a word about it.
    """
    silent = {
        (finding.agency, finding.year) for finding in findings if finding.rule == past.CHANGED
    }
    baselines = kept_versions(root)
    marks = baselines.keys(BASELINE)
    for key, report in site.reports.items():
        sha256 = digests[paths.report_file(*key, ReportFile.JSON)]
        if report.key and not _is_equal(site, report, sha256, memory):
            _keep_equal(site, report, sha256, memory)
        if key in silent or key in site.held or report.published is None or not report.key:
            continue
        mark = _mark(site, report)
        if marks.get(_name(report)) != mark:
            agency = site.agencies[report.agency]
            document = tables(agency, report, words.title(agency, report), report)
            baselines.keep(BASELINE, _name(report), mark, json.dumps(document, ensure_ascii=False))
    for name in marks:
        if name in site.settings.withdrawn and _key(name) not in site.reports:
            baselines.forget(BASELINE, name)
    baselines.close()
    memory.close()
