"""Writing a repair into report.yaml.

That is done only where it is the one way to make everything hold, and where the cell stands alone
in the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.files.door import Door, NotTaken
from generator.model.figure import plain
from generator.model.finding import Finding, Fix, Location, Severity
from generator.model.site import Site

LINE_END = re.compile(r"(\r\n|\r|\n)")
MARK = "\ufeff"
LARGEST = 1_000_000  # bytes of a report.yaml


@dataclass(frozen=True)
class Mended:
    """A repair that has no rival: where it belongs, and whether it could be written."""

    at: Location
    fix: Fix
    written: bool


def mend(root: Path, site: Site, findings: Sequence[Finding]) -> list[Mended]:
    """Write every repair that has no rival; nothing else in a file changes.

    The last place of a file comes first, so that the other places stay true.
    """
    door = Door(root)
    mended = []
    for place, (text, fix) in sorted(_unique(site, findings).items(), reverse=True):
        is_written = text is not None and _write(door, place, text, fix)
        mended.append(Mended(place, fix, is_written))
    return mended


def _unique(site: Site, findings: Sequence[Finding]) -> dict[Location, tuple[str | None, Fix]]:
    """Place → the one change of one cell that mends its table, with the text to replace.

    The text is None where the place is not the cell's alone (a row written as one 0). A cell that
    an explanation speaks of is left to the agency.
    """
    explained = set(_explained(findings))
    changes: dict[Location, tuple[str | None, Fix]] = {}
    for finding in findings:
        fix = _only_fix(finding)
        if fix is None or finding.year is None:
            continue
        figures = site.reports[finding.agency, finding.year].figures
        figure = figures[fix.cell]
        if figure.at is None or (finding.agency, finding.year, fix.cell) in explained:
            continue
        cells = sum(neighbour.at == figure.at for neighbour in figures.values())
        changes[figure.at] = (figure.raw or None if cells == 1 else None, fix)
    return changes


def _explained(findings: Sequence[Finding]) -> Iterator[tuple[str, int | None, str]]:
    """The cells that explanations speak of, with their reports."""
    for finding in findings:
        if finding.explained:
            for cell in finding.cells:
                yield finding.agency, finding.year, cell


def _only_fix(finding: Finding) -> Fix | None:
    """The one change of one cell that mends everything; None where there are several ways.

    What is no error is left to the agency: two years that do not agree may both be as they were.
    """
    is_error = finding.severity is Severity.ERROR
    if finding.explained or not is_error or len(finding.repairs) != 1:
        return None
    repair = finding.repairs[0]
    return repair[0] if len(repair) == 1 else None


def _write(door: Door, place: Location, raw: str, fix: Fix) -> bool:
    """Put the new number where the old one stands, quoted or not.

    False where something else stands there.
    """
    try:
        text = door.data(place.path, LARGEST).decode("utf-8")
    except NotTaken:
        return False
    mark = MARK if text.startswith(MARK) else ""
    # Each line, and behind it the end of the line.
    pieces = LINE_END.split(text.removeprefix(MARK))
    number = 2 * (place.line - 1)
    line = pieces[number]
    start = place.column - 1
    match = re.compile(r"([\"']?)" + re.escape(raw)).match(line, start)
    if match is None:
        return False
    quote = match[1]
    pieces[number] = f"{line[:start]}{quote}{plain(fix.after)}{line[match.end() :]}"
    door.write(place.path, (mark + "".join(pieces)).encode("utf-8"))
    return True
