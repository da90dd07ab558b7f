"""manifest.json: every file of the site with its SHA-256 and size.

With it anybody can check a copy. It names no date and no machine.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from generator.build.store import Made
from generator.model.job import Job, Part
from generator.model.stranger import read_json

NAME = "manifest.json"
MAKER = "gongkai"


def manifest(results: Mapping[str, Made]) -> Job:
    """The job that writes the manifest of these files."""
    files = {
        path: {"sha256": entry.sha256, "size": entry.size}
        for path, entry in sorted(results.items())
    }

    return Job(NAME, _written, [Part.of("files", files)])


def _written(files: Mapping[str, object]) -> bytes:
    content = {"generator": MAKER, "files": files}
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def is_ours(data: bytes) -> bool:
    """Whether these bytes are a manifest that we wrote. A web app may have a manifest.json too."""
    try:
        document = read_json(data)
    except ValueError:
        return False
    return (
        isinstance(document, dict)
        and document.get("generator") == MAKER
        and isinstance(document.get("files"), dict)
    )
