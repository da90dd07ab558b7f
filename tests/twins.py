"""A site that is edited and built again and again, beside its twin that is built from nothing each time: they must never differ."""

from __future__ import annotations

import hashlib
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from generator import pipeline
from generator import plan as planning
from generator.cli.verdict import FOUND, code
from generator.model.job import AnyJob, JointJob, Payload, Printed
from generator.pipeline import Options, Outcome, build
from generator.render import compendium, pdf
from tests import edits
from tests.edits import Edit, Tree
from tests.parcels import stated

Held = Mapping[str, bytes]
# Of the cache, all that is no cache: last good versions (policy `hold`), and reports as published.
GOOD_VERSIONS = "good.sqlite"


def pressed(source: bytes, payload: Payload) -> Printed:
    """In the place of a printer: bytes that hang on all that a printer is given."""
    parts = [source, *(part for name in sorted(payload) for part in (name.encode(), payload[name]))]
    return Printed(
        b"%PDF-"
        + hashlib.sha256(b"\0".join(hashlib.sha256(part).digest() for part in parts))
        .hexdigest()
        .encode()
    )


@contextmanager
def quick() -> Iterator[None]:
    """Builds that print nothing, and fail where they would have to heal themselves."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf, "press", pressed)
        patch.setattr(compendium, "press", pressed)
        yield


@contextmanager
def honest_keys() -> Iterator[None]:
    """Of all jobs that are planned, none may have the key of an earlier one and be handed other parts."""
    plan = planning.plan
    known: dict[tuple[object, ...], str] = {}

    def checked(*arguments: Any) -> list[AnyJob]:
        jobs = plan(*arguments)
        for job in jobs:
            outputs = job.outputs if isinstance(job, JointJob) else job.output
            key = (outputs, *sorted(job.inputs.items()))
            assert known.setdefault(key, stated(job)) == stated(job), f"{outputs}: other parts"
        return jobs

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "plan", checked)
        yield


@dataclass(frozen=True)
class State:
    """What a build came to: the exit code, what it said, and what is published."""

    exit_code: int
    findings: Sequence[str]
    site: Held
    blocked: bool

    @staticmethod
    def of(outcome: Outcome, output: Path) -> State:
        """As the command line has it."""
        verdict = code(outcome.findings, outcome.fail_on)
        said = [repr(one) for one in outcome.findings]
        return State(
            max(FOUND, verdict) if outcome.blocked else verdict,
            said,
            files(output),
            outcome.blocked,
        )


def files(folder: Path) -> Held:
    """Every file below a folder with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def differing(one: Held, other: Held) -> list[str]:
    """The files that are not the same in both."""
    return sorted(path for path in {*one, *other} if one.get(path) != other.get(path))


@dataclass
class Twins:
    """Both sites below one folder. `tree` is what they hold, `day` and `pdf` how they are built."""

    folder: Path
    tree: Tree = field(default_factory=edits.small_site)
    day: str = edits.DAY
    pdf: bool = False

    def edited(self, edit: Edit) -> bool:
        """Make an edit to both; whether it changed anything."""
        match edit:
            case ("day", str(day)):
                changed, self.day = self.day != day, day
                return changed
            case ("pdf", bool(pdf)):
                changed, self.pdf = self.pdf != pdf, pdf
                return changed
        tree = edits.applied(self.tree, edit)
        self.tree = tree if tree is not None else self.tree
        return tree is not None

    def warm(self) -> State:
        """Build with all that earlier builds left."""
        return self._built("warm")

    def _cleared(self) -> None:
        """Leave the twin with nothing but what is published, by which a build tells what changed since, and of the cache what cannot be
        made again: the last good versions, and what reports said when they were published."""
        warm, cold = self.folder / "warm", self.folder / "cold"
        shutil.rmtree(cold, ignore_errors=True)
        (cold / ".cache").mkdir(parents=True)
        if (warm / "public").exists():
            shutil.copytree(warm / "public", cold / "public")
        if (warm / ".cache" / GOOD_VERSIONS).exists():
            shutil.copy(warm / ".cache" / GOOD_VERSIONS, cold / ".cache" / GOOD_VERSIONS)

    def _built(self, name: str) -> State:
        root = self.folder / name
        root.mkdir(parents=True, exist_ok=True)
        edits.write(self.tree, root)
        options = Options(root / "public", pdf=self.pdf, today=date.fromisoformat(self.day))
        return State.of(build(root, options, partial(ThreadPoolExecutor, 1)), options.output)

    def hold(self, about: object = "") -> State:
        """Build both, and see that they are the same."""
        self._cleared()
        warm, cold = self.warm(), self._built("cold")
        assert not differing(warm.site, cold.site), f"{about}: {differing(warm.site, cold.site)}"
        assert warm.findings == cold.findings, about
        assert (warm.exit_code, warm.blocked) == (cold.exit_code, cold.blocked), about
        return warm


def follow(folder: Path, sequence: Sequence[Edit], *, each: bool = True) -> Counter[str]:
    """Make edits one after the other to the twins in a folder, comparing them after each, or after the last. An edit that stops the
    build is taken back, and then the site must be what it was. How often an edit was published and refused."""
    twins = Twins(folder)
    good = files(folder / "warm" / "public") or twins.hold("at first").site
    counted: Counter[str] = Counter()
    for number, edit in enumerate(sequence, 1):
        before, about = (twins.tree, twins.day, twins.pdf), list(sequence[:number])
        if not twins.edited(edit):
            continue
        state = twins.hold(about) if each or number == len(sequence) else twins.warm()
        counted["refused" if state.blocked else "published"] += 1
        if not state.blocked:
            good = state.site
            continue
        assert state.site == good, f"refused, and published all the same: {about}"
        twins.tree, twins.day, twins.pdf = before
        back = twins.warm()
        assert not back.blocked and not differing(back.site, good), f"stuck: {about}"
    return counted


@pytest.fixture(scope="module")
def quick_builds() -> Iterator[None]:
    """All builds of a module of tests are quick ones."""
    with quick(), honest_keys():
        yield


@pytest.fixture(scope="module")
def twins(quick_builds: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The twins as they are before any edit."""
    folder = tmp_path_factory.mktemp("laws") / "twins"
    follow(folder, ())
    return folder
