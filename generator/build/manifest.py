"""manifest.json: every file of the site with its SHA-256 and size, so that anybody can check a copy. It names no date and no machine."""

from __future__ import annotations

import json
from collections.abc import Mapping

from generator.build.store import Made
from generator.model.digest import digest
from generator.model.job import Job

NAME = "manifest.json"
MAKER = "gongkai"


def manifest(made: Mapping[str, Made]) -> Job:
    """The job that writes the manifest of these files."""
    files = {path: {"sha256": one.sha256, "size": one.size} for path, one in sorted(made.items())}

    def make() -> bytes:
        return (json.dumps({"generator": MAKER, "files": files}, ensure_ascii=False, indent=1) + "\n").encode()

    return Job(NAME, {"files": digest(files)}, make)


def is_ours(data: bytes) -> bool:
    """Whether these bytes are a manifest that we wrote. A web app may have a manifest.json too."""
    try:
        document = json.loads(data)
    except ValueError:
        return False
    return isinstance(document, dict) and document.get("generator") == MAKER and isinstance(document.get("files"), dict)
