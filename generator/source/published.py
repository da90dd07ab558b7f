"""The site as it was built last: which reports it holds, and the figures of one.

What is not as we write it is not there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from generator.files.door import Denied, Door, NotTaken
from generator.model.downloads import ReportFile
from generator.model.figure import State
from generator.model.past import Published, Shown
from generator.model.stranger import read_json

MAKER = "gongkai"
MANIFEST = 500_000_000  # bytes at most
TABLE = 10_000_000
TABLES = re.compile(r"agencies/([a-z0-9-]+)/([0-9]{4})/tables\.json")


def listed(site: Path) -> Mapping[tuple[str, int], str]:
    """The reports of a built site by (slug, year), each with the digest of its tables.json.

    There are none in any other folder.
    """
    try:
        document = read_json(Door(site).data("manifest.json", MANIFEST))
        files = document["files"] if document["generator"] == MAKER else {}
        matches = [(TABLES.fullmatch(path), str(entry["sha256"])) for path, entry in files.items()]
    except (NotTaken, Denied, ValueError, KeyError, TypeError, AttributeError):
        return {}
    return {(match[1], int(match[2])): sha256 for match, sha256 in matches if match}


def document(site: Path, slug: str, year: int) -> Any:
    """What a built site tells of a report as data; None where it does not."""
    try:
        return read_json(Door(site).data(f"agencies/{slug}/{year}/{ReportFile.JSON}", TABLE))
    except (NotTaken, Denied, ValueError):
        return None


def read_document(document: Any) -> Published | None:
    """A report as its document tells of it; None where that is no document of ours.

    What older versions of the program did not tell is not known.
    """
    try:
        day = document["published"]
        return Published(
            str(document["format"]),
            date.fromisoformat(day) if day else None,
            {address: _shown(entry) for address, entry in document["figures"].items()},
            tuple(map(_corrected, document["corrections"])),
            title=str(document["title"]),
            name=str(document["agency"]["name"]),
            texts=_marks(document.get("texts")),
            attachments=_marks(document.get("attachments")),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def figures(site: Path, slug: str, year: int) -> Published | None:
    """A report as a built site shows it; None where it names no day of publication.

    A report that was only tried out has none.
    """
    report = read_document(document(site, slug, year))
    return report if report and report.day else None


def _marks(marks: Mapping[str, object] | None) -> Mapping[str, str] | None:
    return None if marks is None else {name: str(value) for name, value in marks.items()}


def _corrected(correction: Mapping[str, Any]) -> tuple[date, str, frozenset[str]]:
    day = date.fromisoformat(correction["date"])
    cells = frozenset(change["cell"] for change in correction["cells"])
    return day, str(correction["reason"]), cells


def _shown(entry: Mapping[str, object]) -> Shown:
    value = entry["value"]
    if value is not None and not isinstance(value, int | float):
        raise TypeError(f"{value!r} is no figure")
    return Shown(
        State(str(entry["state"])), value, str(entry.get("unit", "")), entry.get("computed") is True
    )
