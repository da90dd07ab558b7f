"""What findings amount to for the command line: which of them were asked about, and the exit code."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from generator.model.finding import Finding, Severity, Text

CLEAN, FOUND, USAGE, BUG = 0, 1, 2, 3


class NotThere(Exception):
    """A path that was named is not in the site; `text` says why in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.text = Text(zh, en)


def within(root: Path, findings: Sequence[Finding], paths: Sequence[Path]) -> list[Finding]:
    """The findings in the files and folders named, seen from here or from the site's folder, and errors of site.yaml, by which all are
    judged; all when none is named."""
    if not paths:
        return list(findings)
    wanted = []
    for path in paths:
        full = Path.cwd() / path if (Path.cwd() / path).exists() else root / path
        if not full.exists():
            raise NotThere(f"没有 {path}", f"no such path: {path}")
        if not full.resolve().is_relative_to(root):
            raise NotThere(f"{path} 不在站点文件夹里", f"{path} is outside the site")
        wanted.append(full.resolve().relative_to(root))
    named = (finding.misconfigures or any(Path(finding.at.path).is_relative_to(path) for path in wanted) for finding in findings)
    return [finding for finding, asked in zip(findings, named, strict=True) if asked]


def code(findings: Sequence[Finding], fail_on: str) -> int:
    """0, 1, or 2 where it is the configuration that is wrong."""
    if any(finding.misconfigures for finding in findings):
        return USAGE
    return FOUND if any(finding.severity.rank >= Severity(fail_on).rank for finding in findings) else CLEAN
