"""Writing a repair into report.yaml: only where it is the one way to make everything hold, only where the cell stands alone in the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.model.figure import plain
from generator.model.finding import Finding, Fix, Location
from generator.model.report import Site


def mend(root: Path, site: Site, findings: Sequence[Finding]) -> list[tuple[Location, Fix]]:
    """Write every repair that has no rival, and say which and where; nothing else in a file changes."""
    written = []
    for at, raw, fix in _unique(site, findings):
        path = root / at.path
        lines = path.read_bytes().decode("utf-8").split("\n")
        head, tail = lines[at.line - 1][: at.column - 1], lines[at.line - 1][at.column - 1 :]
        if tail.startswith(raw):
            lines[at.line - 1] = head + plain(fix.after) + tail[len(raw) :]
            path.write_bytes("\n".join(lines).encode("utf-8"))
            written.append((at, fix))
    return written


def _unique(site: Site, findings: Sequence[Finding]) -> Iterator[tuple[Location, str, Fix]]:
    """The one change of one cell that mends its table, once a cell; from the end of a line, so that columns stay true."""
    found: dict[Location, tuple[str, Fix]] = {}
    for finding in findings:
        if finding.explained or len(finding.repairs) != 1 or len(finding.repairs[0]) != 1 or finding.year is None:
            continue
        fix = finding.repairs[0][0]
        figures = site.reports[finding.agency, finding.year].figures
        figure = figures[fix.cell]
        # A row may be one 0 for all of its cells: then the place is not the cell's alone.
        alone = sum(other.at == figure.at for other in figures.values()) == 1
        if figure.at is not None and figure.raw and alone:
            found[figure.at] = (figure.raw, fix)
    for at in sorted(found, reverse=True):
        yield at, *found[at]
