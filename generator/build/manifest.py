"""manifest.json: every file of the site with its SHA-256 and size, so that anybody can check a copy. It names no date and no machine."""

from __future__ import annotations

import json
from collections.abc import Mapping

from generator.build.store import Made
from generator.model.digest import digest
from generator.model.job import Job


def manifest(made: Mapping[str, Made]) -> Job:
    """The job that writes the manifest of these files."""
    files = {path: {"sha256": one.sha256, "size": one.size} for path, one in sorted(made.items())}

    def make() -> bytes:
        return (json.dumps({"files": files}, ensure_ascii=False, indent=1) + "\n").encode()

    return Job("manifest.json", {"files": digest(files)}, make)
