"""Writing a repair into report.yaml: only where it is the one way to make everything hold, only where the cell stands alone in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.model.figure import plain
from generator.model.finding import Finding, Fix, Location
from generator.model.site import Site

LINE_END = re.compile(r"(\r\n|\r|\n)")
MARK = "\ufeff"


@dataclass(frozen=True)
class Mended:
    """A repair that has no rival: where it belongs, and whether it could be written."""

    at: Location
    fix: Fix
    written: bool


def mend(root: Path, site: Site, findings: Sequence[Finding]) -> list[Mended]:
    """Write every repair that has no rival, from the end of a file so that places stay true; nothing else in a file changes."""
    return [Mended(at, fix, raw is not None and _write(root / at.path, at, raw, fix)) for at, raw, fix in _unique(site, findings)]


def _unique(site: Site, findings: Sequence[Finding]) -> Iterator[tuple[Location, str | None, Fix]]:
    """The one change of one cell that mends its table, once a cell, with the text to replace; None where the place is not the
    cell's alone (a row written as one 0). A cell that an explanation speaks of is left to the agency."""
    explained = {(finding.agency, finding.year, cell) for finding in findings if finding.explained for cell in finding.cells}
    found: dict[Location, tuple[str | None, Fix]] = {}
    for finding in findings:
        if finding.explained or len(finding.repairs) != 1 or len(finding.repairs[0]) != 1 or finding.year is None:
            continue
        fix = finding.repairs[0][0]
        figures = site.reports[finding.agency, finding.year].figures
        figure = figures[fix.cell]
        if figure.at is not None and (finding.agency, finding.year, fix.cell) not in explained:
            alone = sum(other.at == figure.at for other in figures.values()) == 1
            found[figure.at] = (figure.raw if figure.raw and alone else None, fix)
    for at in sorted(found, reverse=True):
        yield at, *found[at]


def _write(path: Path, at: Location, raw: str, fix: Fix) -> bool:
    """Put the new number where the old one stands, quoted or not; False when something else stands there."""
    text = path.read_bytes().decode("utf-8")
    mark = MARK if text.startswith(MARK) else ""
    parts = LINE_END.split(text.removeprefix(MARK))
    line = parts[2 * (at.line - 1)]
    found = re.compile(r"([\"']?)" + re.escape(raw)).match(line, at.column - 1)
    if found is None:
        return False
    parts[2 * (at.line - 1)] = line[: at.column - 1] + found[1] + plain(fix.after) + line[found.end() :]
    path.write_bytes((mark + "".join(parts)).encode("utf-8"))
    return True
