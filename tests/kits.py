"""The CI files that `gongkai init --ci` writes, read as the machine of each host reads them: which lines a job runs, what it keeps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FILES = {
    "github": (".github/workflows/site.yml",),
    "gitlab": (".gitlab-ci.yml",),
    "gitee": (".workflow/check.yml", ".workflow/publish.yml"),
}


@dataclass(frozen=True)
class Work:
    """One job: its script, how deep the history is that it gets (0: all of it), the folders kept between runs, its variables, and the
    exit codes with which what it made is published."""

    script: str
    depth: int
    kept: Sequence[str]
    variables: Mapping[str, str]
    passes: frozenset[int]


def checking(site: Path, host: str) -> Work:
    """What runs for a merge request."""
    return _READERS[host](site, "check")


def publishing(site: Path, host: str) -> Work:
    """What runs on the main branch."""
    return _READERS[host](site, "gitee" if host == "gitee" else "build")


def read(site: Path, name: str) -> Any:
    """A YAML file of the site, with `on:` as the word that it is."""
    return yaml.load((site / name).read_text("utf-8"), yaml.BaseLoader)


def _github(site: Path, job: str) -> Work:
    document = read(site, FILES["github"][0])
    steps = document["jobs"][job]["steps"]
    used = {
        step["uses"].partition("@")[0]: step.get("with", {}) for step in steps if "uses" in step
    }
    cache = used.get("actions/cache") or used["actions/cache/restore"]
    # The runner's own shell: bash -e, a new one for each step.
    script = "\n".join(f"(\nset -e\n{step['run']}\n)" for step in steps if "run" in step)
    return Work(
        f"set -e\n{script}",
        int(used["actions/checkout"].get("fetch-depth", 1)),
        cache["path"].split(),
        document["env"],
        frozenset({0}),
    )


def _gitlab(site: Path, job: str) -> Work:
    document = read(site, FILES["gitlab"][0])
    made = {**document[document[job]["extends"]], **document[job]}
    allowed = made.get("allow_failure", {}).get("exit_codes", [])
    script = "\n".join(["set -e", *made["before_script"], *made["script"]])
    variables = dict(document["variables"])
    depth = int(variables.pop("GIT_DEPTH", 20))
    return Work(
        script, depth, made["cache"]["paths"], variables, frozenset({0, *map(int, allowed)})
    )


def _gitee(site: Path, job: str) -> Work:
    document = read(site, FILES["gitee"][0 if job == "check" else 1])
    (step,) = document["stages"][0]["steps"]
    # The folder stays on the office's host from run to run, with all that is in it.
    return Work(step["script"], 0, (".cache", "public"), document["variables"], frozenset({0}))


_READERS = {"github": _github, "gitlab": _gitlab, "gitee": _gitee}
