"""What findings amount to for the command line: which are asked about, and the exit code."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from generator.language.sentence import sentence
from generator.model.finding import Finding, Severity, Stops, Text

if TYPE_CHECKING:
    from generator.model.site import Site

CLEAN = 0
FOUND = 1
USAGE = 2
BUG = 3
PUBLISHED = 4


class NotThere(Exception):
    """A path that was named is not in the site; `text` says why in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.source)
        self.text = text


def within(root: Path, findings: Sequence[Finding], paths: Sequence[Path]) -> list[Finding]:
    """The findings in the files and folders named; all when none is named.

    A path is seen from the present folder or from the site's. Errors of site.yaml are always among
    them, as everything is judged by it.
    """
    if not paths:
        return list(findings)
    folders = [_inside(root, path) for path in paths]
    return [finding for finding in findings if _is_within(finding, folders)]


def meant(root: Path, paths: Sequence[Path]) -> Callable[[str], bool]:
    """Whether a file of the site is among the files and folders named. Raises NotThere."""
    folders = [_inside(root, path) for path in paths] or [Path()]
    return lambda path: any(Path(path).is_relative_to(folder) for folder in folders)


def _inside(root: Path, path: Path) -> Path:
    """A path as seen from the site's folder. Raises NotThere."""
    here = Path.cwd() / path
    full = root / path
    if here.exists() and (here.resolve().is_relative_to(root) or not full.exists()):
        full = here
    if not full.exists():
        raise NotThere(sentence("没有 {path}", path=path))
    if not full.resolve().is_relative_to(root):
        raise NotThere(sentence("{path} 不在站点文件夹里", path=path))
    return full.resolve().relative_to(root)


def _is_within(finding: Finding, folders: Sequence[Path]) -> bool:
    file = Path(finding.at.path)
    return finding.misconfigures or any(file.is_relative_to(folder) for folder in folders)


class Page(StrEnum):
    """Where readers of the site see a finding."""

    REPORT = "report"  # at its table on the report's page, and on the page of checks
    CHECKS = "checks"  # on the page of checks alone


# Tells on which page a finding is printed.
Printing = Callable[[Finding], Page | None]


def nowhere(finding: Finding) -> Page | None:
    """Of findings that no site prints."""
    return None


def page_of_printed(finding: Finding) -> Page | None:
    """On which page a finding stands that was published; None where its report explains it."""
    if finding.explained or finding.year is None:
        return None
    return Page.CHECKS if finding.severity is Severity.INFO else Page.REPORT


def page_of(finding: Finding, site: Site, asides: Collection[Finding]) -> Page | None:
    """On which public page a site prints a finding that nobody has explained; None: on none.

    Pages print what is wrong with reports that are published all the same, and no `asides`.
    """
    policy = site.settings.policy.get(finding.severity.value, "banner")
    stopped = finding.stops is not Stops.NEVER and policy in {"stop", "hold"}
    key = (finding.agency, finding.year or 0)
    if key not in site.reports or stopped or finding.forbids or finding in asides:
        return None
    return page_of_printed(finding)


def code(findings: Sequence[Finding], fail_on: str, *, published: bool = False) -> int:
    """The exit code: 0, 1, or 2 where it is the configuration that is wrong.

    It is 4 in place of 1 where the site was published in spite of the findings.
    """
    if any(finding.misconfigures for finding in findings):
        return USAGE
    least = Severity(fail_on).rank
    for finding in findings:
        if finding.stops is not Stops.NEVER and finding.severity.rank >= least:
            return PUBLISHED if published else FOUND
    return CLEAN
