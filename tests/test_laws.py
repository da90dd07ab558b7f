"""Warm equals cold: whatever is edited, a build with all that earlier builds left comes to what a build from nothing comes to."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from generator.inspection import inspect
from generator.model.job import AnyJob, JointJob, PrintJob
from generator.plan import plan
from tests.conftest import ROOT, TODAY
from tests.district import DISTRICT
from tests.edits import FIRST, KINDS, PAGES, SETTINGS, Edit, agency, applied, report, small_site
from tests.parcels import made, needed, packed
from tests.twins import Twins, follow

pytestmark = pytest.mark.usefixtures("quick_builds")

DAY = ("发布日期",)
BUREAU, REPORT = agency("bureau"), report("bureau", 2023)
ABOUT = f"{PAGES}/about.md"
UNDATED: Edit = (
    "both",
    ("both", ("drop", FIRST[0], DAY), ("drop", FIRST[1], DAY)),
    ("drop", FIRST[2], DAY),
)
LEADING = "\n[甲](../agencies/bureau/2023/index.html#remarks-heading)\n"
BACK: Edit = (
    "both",
    ("both", ("add", "bureau"), ("set", BUREAU, ("上级",), "county")),
    ("set", REPORT, DAY, "2024-06-01"),
)

ENGLISH: Edit = ("set", SETTINGS, ("languages",), ["zh-CN", "en"])

REFUSED = "a place on another page that went"

# What once left pages or files as they had been, or a site that could not be built again: name → the edits that showed it.
FOUND: dict[str, tuple[Edit, ...]] = {
    "the last date: no page leads to the feed": (UNDATED,),
    "the English title of a page, in every footer": (
        ENGLISH,
        ("write", f"{PAGES}/about.en.md", "# About us\n\nAnnual reports.\n"),
    ),
    "an English page removed": (
        ENGLISH,
        ("remove", f"{PAGES}/about.en.md"),
    ),
    "the level that README.md takes for its example": (("set", BUREAU, ("层级",), "乡镇级"),),
    "a parent that is nobody of this site": (
        ("set", BUREAU, ("上级",), "nobody"),
        ("set", BUREAU, ("上级",), "nothing"),
    ),
    "the author of a workbook": (
        ("set", REPORT, ("转录",), {"文字": "改写"}),
        ("set", SETTINGS, ("副标题",), "副"),
    ),
    "whom to ask for a licence": (("set", SETTINGS, ("主办网站", "主办单位"), "某某"),),
    "a report of a day to come": (
        ("write", ABOUT, "# 关于本站\n"),
        ("day", "2024-02-01"),
        ("remove", f"{FIRST[1].removesuffix('/report.yaml')}"),
        BACK,
    ),
    "an earlier address written twice": (("set", BUREAU, ("曾用网址",), ["old", "old"]),),
    "an earlier address that another body has now": (
        ("set", BUREAU, ("曾用网址",), ["county", "old"]),
    ),
    REFUSED: (
        ("drop", REPORT, DAY),
        ("append", ABOUT, LEADING),
        ("set", REPORT, DAY, "2024-01-22"),
    ),
}
KIND = st.sampled_from(sorted(KINDS))
SEQUENCE = st.lists(KIND.flatmap(lambda kind: st.sampled_from(KINDS[kind])), min_size=2, max_size=2)


def test_the_first_date_brings_the_feed_to_every_page(tmp_path: Path) -> None:
    """What was found too, but for a site that never had a date."""
    undated = applied(small_site(), UNDATED)
    assert undated is not None
    pair = Twins(tmp_path, undated)
    assert not pair.warm().blocked
    assert pair.edited(("set", FIRST[0], DAY, "2023-01-20"))
    assert "feed.xml" in pair.hold().site


@pytest.mark.parametrize("name", FOUND)
def test_what_was_found_stays_mended(twins: Path, tmp_path: Path, name: str) -> None:
    shutil.copytree(twins / "warm", tmp_path / "warm")
    counted = follow(tmp_path, FOUND[name], each=False)
    assert (counted.total(), counted["refused"]) == (len(FOUND[name]), name == REFUSED)


@given(SEQUENCE)
@settings(
    max_examples=40,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],
)
def test_warm_equals_cold(twins: Path, sequence: list[Edit]) -> None:
    """Forty sequences, the same ones each time; tests/referees/test_long_laws.py draws others, and compares after each edit."""
    with TemporaryDirectory() as folder:
        shutil.copytree(twins / "warm", Path(folder) / "warm")
        follow(Path(folder), sequence, each=False)


# ---- A job is a function of its parts ----


def outputs(job: AnyJob) -> tuple[str, ...]:
    return job.outputs if isinstance(job, JointJob) else (job.output,)


def kind(job: AnyJob) -> str:
    """What makes a job's output, as far as jobs of one kind have it in common."""
    function = job.source.make if isinstance(job, PrintJob) else job.make
    if isinstance(function, partial):
        return repr((function.func, function.args))
    return repr(function)


def sources_made(jobs: Sequence[AnyJob], wanted: Sequence[AnyJob]) -> dict[str, bytes]:
    """The outputs that the wanted jobs are made from, and those that these are made from."""
    makers = {output: job for job in jobs for output in outputs(job)}
    sources: dict[str, bytes] = {}

    def make(output: str) -> None:
        if output not in sources:
            for source in needed(makers[output]):
                make(source)
            sources[output] = made(makers[output], sources)

    for job in wanted:
        for output in needed(job):
            make(output)
    return sources


@pytest.mark.parametrize("root", [ROOT, DISTRICT], ids=["sample", "district"])
def test_every_kind_of_job_is_made_from_its_packed_parts_in_a_fresh_process(root: Path) -> None:
    """Nothing reaches a job but its parts, and of these nothing that no digest knows: the same bytes come out of another process, which
    is handed these alone."""
    inspection = inspect(root, TODAY)
    assert inspection.theme is not None
    site = inspection.site
    jobs = plan(root, site, inspection.theme, inspection.findings, TODAY)
    kinds = list({kind(job): job for job in jobs}.values())
    sources = sources_made(jobs, kinds)
    parcels = [(job, {path: sources[path] for path in needed(job)}) for job in kinds]
    opened = subprocess.run(
        [sys.executable, "-m", "tests.parcels"],
        input=packed(site.law, parcels),
        capture_output=True,
        check=True,
        cwd=ROOT,
    )
    here = [hashlib.sha256(made(job, sources)).hexdigest() for job in kinds]
    there = json.loads(opened.stdout)
    differing = [
        outputs(job) for job, *two in zip(kinds, here, there, strict=True) if len(set(two)) > 1
    ]
    assert not differing and len(kinds) > 30
