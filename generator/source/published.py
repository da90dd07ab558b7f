"""The site as it was built last: which reports it holds, and the figures of one. What is not as we write it is not there."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from generator.model.figure import State
from generator.model.past import Published, Shown

MAKER = "gongkai"
TABLES = re.compile(r"agencies/([a-z0-9-]+)/([0-9]{4})/tables\.json")


def listed(site: Path) -> Mapping[tuple[str, int], str]:
    """The reports of a built site by (slug, year), each with the digest of its tables.json; nothing for any other folder."""
    try:
        document = json.loads((site / "manifest.json").read_bytes())
        files = document["files"] if document["generator"] == MAKER else {}
        found = [(TABLES.fullmatch(path), str(entry["sha256"])) for path, entry in files.items()]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
    return {(said[1], int(said[2])): sha256 for said, sha256 in found if said}


def figures(site: Path, slug: str, year: int) -> Published | None:
    """A report as the site shows it; None where it names no day of publication, as one that was only tried out."""
    try:
        document = json.loads((site / "agencies" / slug / str(year) / "tables.json").read_bytes())
        if document["published"] is None:
            return None
        return Published(
            str(document["format"]),
            date.fromisoformat(document["published"]),
            {address: _shown(entry) for address, entry in document["figures"].items()},
            tuple(
                (date.fromisoformat(one["date"]), str(one["reason"]), frozenset(change["cell"] for change in one["cells"]))
                for one in document["corrections"]
            ),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _shown(entry: Mapping[str, object]) -> Shown:
    value = entry["value"]
    if value is not None and not isinstance(value, int | float):
        raise TypeError(f"{value!r} is no figure")
    return Shown(State(str(entry["state"])), value, str(entry.get("unit", "")), entry.get("computed") is True)
