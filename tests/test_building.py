"""The build laws: nothing twice, nothing lost, the same bytes everywhere, and the old site untouched when anything is wrong."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import date
from multiprocessing import parent_process
from pathlib import Path
from typing import NoReturn

import pytest

from generator.build import publish as publishing
from generator.build.execute import execute
from generator.build.publish import NotOurs
from generator.build.store import Busy, Store
from generator.build.verify import verify
from generator.language.sentence import as_text
from generator.model.digest import digest
from generator.model.finding import Location
from generator.model.job import Job, JobProblem, Part
from generator.model.report import Attachment
from generator.parts.files import PlannedFile
from tests.conftest import ROOT, SmallSite, copy_sample

Tree = Callable[[Path], dict[str, bytes]]


@pytest.fixture
def two(empty_site: SmallSite) -> SmallSite:
    """Two agencies, one with two years."""
    return empty_site.add("bureau", 2022).add("bureau", 2023).add("other", 2023)


def test_a_second_build_makes_nothing(two: SmallSite) -> None:
    first, second = two.build(), two.build()
    assert len(first.made) == len(first.written) == first.kept + len(first.written) > 10
    assert (second.made, second.written, second.removed) == ((), (), ())
    assert second.kept == len(first.written)


def test_one_changed_cell_remakes_exactly_what_shows_it(two: SmallSite) -> None:
    two.build()
    two.row("行政许可", "{处理决定: 5}", slug="other")
    outcome = two.build()
    assert set(outcome.made) == {
        "agencies/other/2023/index.html", "agencies/other/2023/tables.csv", "agencies/other/2023/tables.json",
        "search/text/other/2023.js", "compare/bodies/other.js",
        "compare/county-department/index.html", "compare/county-department/figures.csv",
        "agencies/other/2023/tables.xlsx", "data/2023/figures.csv", "data/2023/figures-excel.csv", "data/figures.csv.gz",
        "data/gongkai.sqlite", "data/datapackage.json", "data/index.html",
        "agencies/other/index.html", "index.html", "years/2023/index.html", "manifest.json",
    }  # fmt: skip
    assert outcome.reasons["agencies/other/2023/index.html"] == ["report"]


def test_a_comment_or_a_moved_line_remakes_nothing(two: SmallSite) -> None:
    two.build()
    path = two.path()
    path.write_text("# 备注\n\n" + path.read_text("utf-8"), "utf-8")
    assert two.build().made == ()


def test_a_new_year_remakes_its_neighbours(two: SmallSite) -> None:
    two.build()
    two.add("bureau", 2024)
    made = set(two.build().made)
    assert {
        "agencies/bureau/2024/index.html",
        "agencies/bureau/2023/index.html",
        "agencies/bureau/compare/index.html",
    } <= made
    assert "agencies/other/2023/index.html" not in made


def test_a_deleted_report_takes_its_files_along(two: SmallSite) -> None:
    two.build()
    shutil.rmtree(two.path("other").parent)
    outcome = two.build()
    assert {path for path in outcome.removed if path.endswith(".html")} == {
        "agencies/other/2023/index.html",
        "agencies/other/index.html",
    }
    assert not (two.root / "public/agencies/other").exists()


def test_warm_and_cold_builds_give_the_same_bytes(two: SmallSite, tree_of: Tree) -> None:
    two.build()
    two.row("行政许可", "{处理决定: 5}", slug="other").build()
    warm = tree_of(two.root / "public")
    shutil.rmtree(two.root / "public")
    shutil.rmtree(two.root / ".cache")
    two.build()
    assert tree_of(two.root / "public") == warm


def test_findings_leave_the_published_site_byte_for_byte(two: SmallSite, tree_of: Tree) -> None:
    two.build()
    before, times = tree_of(two.root / "public"), (two.root / "public").stat()
    two.row("新收", "[1, 0, 0, 0, 0, 0, 0]")
    outcome = two.build()
    assert outcome.blocked and not outcome.written
    assert (
        tree_of(two.root / "public") == before
        and (two.root / "public").stat().st_ino == times.st_ino
    )


def test_policy_banner_publishes_with_the_findings_shown(two: SmallSite) -> None:
    (two.root / "site.yaml").write_text("title: x\npolicy: {error: banner}\n", "utf-8")
    two.row("新收", "[1, 0, 0, 0, 0, 0, 0]")
    assert not two.build().blocked
    assert "T3-02" in two.page("agencies/bureau/2023/index.html")


def test_a_report_that_cannot_be_read_never_vanishes_whatever_the_policy(
    two: SmallSite, tree_of: Tree
) -> None:
    (two.root / "site.yaml").write_text("title: x\npolicy: {error: banner}\n", "utf-8")
    two.build()
    before = tree_of(two.root / "public")
    for path in (two.path("other"), two.root / "content/agencies/other/agency.yaml"):
        text = path.read_text("utf-8")
        path.write_text("：", "utf-8")
        assert two.build().blocked
        path.write_text(text, "utf-8")
    assert tree_of(two.root / "public") == before


def test_the_manifest_lists_every_file_with_its_digest(two: SmallSite, tree_of: Tree) -> None:
    two.build()
    files = tree_of(two.root / "public")
    manifest = json.loads(files.pop("manifest.json"))
    assert set(manifest["files"]) == set(files)
    for path, data in files.items():
        assert manifest["files"][path] == {
            "sha256": hashlib.sha256(data).hexdigest(),
            "size": len(data),
        }


def test_a_file_changed_by_hand_is_put_right(two: SmallSite, tree_of: Tree) -> None:
    two.build()
    before = tree_of(two.root / "public")
    (two.root / "public/index.html").write_text("hacked", "utf-8")
    (two.root / "public/extra.html").write_text("extra", "utf-8")
    outcome = two.build()
    assert (outcome.written, outcome.removed) == (("index.html",), ("extra.html",))
    assert tree_of(two.root / "public") == before


def test_a_folder_that_is_not_ours_is_never_touched(two: SmallSite, tmp_path: Path) -> None:
    theirs = tmp_path / "documents"
    theirs.mkdir()
    (theirs / "thesis.txt").write_text("years of work", "utf-8")
    with pytest.raises(NotOurs):
        two.build(output=theirs)
    assert (theirs / "thesis.txt").read_text("utf-8") == "years of work"


def test_a_manifest_of_somebody_else_is_not_ours(two: SmallSite, tmp_path: Path) -> None:
    (tmp_path / "app").mkdir()
    (tmp_path / "app/manifest.json").write_text('{"name": "a web app", "files": {}}', "utf-8")
    with pytest.raises(NotOurs):
        two.build(output=tmp_path / "app")


def test_entries_that_start_with_a_dot_stay(two: SmallSite) -> None:
    two.build()
    (two.root / "public/.git/objects").mkdir(parents=True)
    (two.root / "public/.git/objects/aa").write_text("blob", "utf-8")
    (two.root / "public/.htaccess").write_text("deny", "utf-8")
    two.row("行政许可", "{处理决定: 5}").build()
    assert (two.root / "public/.git/objects/aa").read_text("utf-8") == "blob"
    assert two.build().written == ()


class Killed(BaseException):
    """The process dies here."""


def die(*arguments: object, **named: object) -> NoReturn:
    raise Killed


@pytest.mark.parametrize("moment", ["before", "exchanged", "between"])
def test_a_build_killed_in_the_swap_loses_nothing(
    two: SmallSite, tree_of: Tree, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    """Killed before the swap, right after the exchange, or between the two renames of a system that cannot exchange."""
    two.build()
    (two.root / "public/.htaccess").write_text("deny", "utf-8")
    before = tree_of(two.root / "public")
    two.row("行政许可", "{处理决定: 5}")
    with monkeypatch.context() as patch:
        if moment == "before":
            patch.setattr(publishing, "_swap", die)
        elif moment == "exchanged":
            real = publishing._exchange
            patch.setattr(publishing, "_exchange", lambda one, other: [real(one, other), die()])
        else:
            patch.setattr(publishing, "_exchange", lambda one, other: False)
            rename = Path.rename
            patch.setattr(
                Path,
                "rename",
                lambda self, target: rename(self, target) if self.name == "public" else die(),
            )
        with pytest.raises(Killed):
            two.build()
    if moment == "before":
        assert tree_of(two.root / "public") == before
    two.build()
    now = tree_of(two.root / "public")
    assert now[".htaccess"] == b"deny" and b">5</td>" in now["agencies/bureau/2023/index.html"]
    assert not (two.root / ".public.old").exists() and not (two.root / ".public.new").exists()
    assert two.build().written == ()


@pytest.mark.parametrize("index", [True, False])
def test_a_damaged_cache_is_noticed_and_made_again(
    two: SmallSite, tree_of: Tree, index: bool
) -> None:
    two.build()
    before = tree_of(two.root / "public")
    if not index:
        (two.root / ".cache/index.json").write_text("{", "utf-8")
    for path in (two.root / ".cache/objects").rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            path.write_bytes(data[:-1] + b"#")
    shutil.rmtree(two.root / "public")
    two.build()
    assert tree_of(two.root / "public") == before


def test_two_builds_at_once_do_not_meet(two: SmallSite) -> None:
    store = Store(two.root / ".cache")
    with store.locked(), pytest.raises(Busy):
        two.build()


def test_two_jobs_with_one_output_are_a_bug(tmp_path: Path) -> None:
    jobs = [Job("a.html", str.encode, [Part.of("text", text)]) for text in ("1", "2")]
    with pytest.raises(ValueError, match=r"two jobs make a\.html"):
        execute(jobs, Store(tmp_path), lambda: pytest.fail("no dear job"), lambda *_: None)


def written(text: str) -> bytes:
    """What a page of these tests holds; one page cannot be made, another ends the process that makes it ahead of the build."""
    if text == "a mistake":
        raise JobProblem("B-02", Location("content/pages/a.md"), as_text("写错了"))
    if text == "a death" and parent_process() is not None:
        os._exit(1)
    return text.encode()


@pytest.mark.parametrize("odd", ["a text", "a mistake", "a death"])
@pytest.mark.parametrize("processes", [2, 3, 5])
def test_shares_of_the_work_come_to_what_one_process_makes(
    tmp_path: Path, odd: str, processes: int
) -> None:
    texts = [f"page {number}" for number in range(200)]
    texts[101] = odd
    jobs = [
        Job(f"{number}.html", written, [Part.of("text", text)]) for number, text in enumerate(texts)
    ]
    stores = Store(tmp_path / "alone"), Store(tmp_path / "together")
    alone, together = (
        execute(jobs, store, lambda: pytest.fail("no dear job"), lambda *_: None, number)
        for store, number in zip(stores, (1, processes), strict=True)
    )
    assert together.made == alone.made and together.remade == alone.remade
    assert [str(problem) for problem in together.problems] == [
        str(problem) for problem in alone.problems
    ]
    assert len(together.made) == 200 - (odd == "a mistake")
    assert [stores[1].read(made) for made in together.made.values()] == [
        stores[0].read(made) for made in alone.made.values()
    ]
    assert together.cheap, "nobody had a share"


def test_what_was_made_is_shared_out_no_more(tmp_path: Path) -> None:
    jobs = [
        Job(f"{number}.html", str.encode, [Part.of("text", str(number))]) for number in range(99)
    ]
    store = Store(tmp_path)
    first, second = (
        execute(jobs, store, lambda: pytest.fail("no dear job"), lambda *_: None, 2)
        for _ in range(2)
    )
    assert len(first.remade) == 99 and second.made == first.made
    assert not second.remade and not second.missing


PAGES = {
    "index.html": b'<a href="a/index.html#x">1</a><a href="a/index.html#y">2</a><a href="b/index.html">3</a><a href="/c">4</a>'
    b'<a href="https://x.example/">5</a><img src="https://x.example/p.png"><link rel="canonical" href="https://x.example/">',
    "a/index.html": b'<p id="x"></p><a href="../index.html">1</a><a href="#x">2</a><a href="mailto:a@b.c">3</a>',
}


def test_links_are_checked_before_anybody_sees_them() -> None:
    found = {(one.page, one.target, one.reason) for one in verify(PAGES, PAGES, PAGES.__getitem__)}
    assert found == {
        ("index.html", "a/index.html#y", "anchor"),
        ("index.html", "b/index.html", "missing"),
        ("index.html", "/c", "absolute"),
        ("index.html", "https://x.example/p.png", "third_party"),
    }


def test_digests_tell_values_apart_and_leave_places_out() -> None:
    assert (
        digest("a", "b") != digest("ab")
        and digest(["a", "b"]) != digest(["a"], "b")
        and digest(1) != digest("1")
    )
    assert digest({"a": 1}) != digest({"a": 2}) and digest(None) != digest("")
    from generator.model.figure import Figure, State

    assert digest(Figure(State.NUMBER, 1, "1", at=Location("x", 1))) == digest(
        Figure(State.NUMBER, 1, "1", at=Location("x", 2))
    )
    with pytest.raises(TypeError):
        digest(object())


# Of the sample: both forms, cells that nobody can read, two years of one body that follow one another.
TAKEN = {"haicang-district/2023", "jinjiang-town/2020", "pingtan-zone/2022", "pingtan-zone/2023"}


def build_elsewhere(root: Path, seed: str, processes: int) -> Path:
    """Some bodies of the sample, PDFs included, built by a program of its own from a folder of its own."""
    copy_sample(root)
    agencies = root / "content/agencies"
    for folder in agencies.glob("*/*/"):
        if folder.relative_to(agencies).as_posix() not in TAKEN:
            shutil.rmtree(folder)
    for body in agencies.iterdir():
        if body.name not in {taken.partition("/")[0] for taken in TAKEN}:
            shutil.rmtree(body)
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
    subprocess.run(
        [sys.executable, "-m", "generator", "--root", str(root), "build", "--jobs", str(processes)],
        env=environment,
        check=True,
        capture_output=True,
    )
    return root / "public"


def test_two_machines_give_the_same_bytes(tmp_path: Path, tree_of: Tree) -> None:
    """Another folder, another hash seed, another number of processes: every file is the same, the PDF too, and names none of them."""
    one = tree_of(build_elsewhere(tmp_path / "one", "1", 1))
    other = tree_of(build_elsewhere(tmp_path / "somewhere" / "else", "2", 3))
    assert (
        one == other
        and {
            path.removeprefix("agencies/").removesuffix("/report.pdf")
            for path in one
            if "/report.pdf" in path
        }
        == TAKEN
    )
    assert not [
        path
        for path, data in one.items()
        if str(tmp_path).encode() in data or str(date.today().year).encode() + b"1123" in data
    ]


def test_a_pool_outlives_its_hundredth_task() -> None:
    """Python 3.11 stops for ever when processes are replaced after a number of tasks."""
    from generator.build.workers import executor

    with executor(1) as pool:
        assert list(pool.map(abs, range(250), timeout=60)) == list(range(250))


def test_a_file_that_changes_during_the_build_is_not_kept_under_the_wrong_key(
    two: SmallSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = two.path().parent / "files"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(b"first")
    from generator.plan import reports as planning

    file = folder / "a.pdf"
    plan = planning._planned

    def changed_before_it_is_read(root: Path, attachment: Attachment) -> PlannedFile:
        planned = plan(root, attachment)
        file.write_bytes(b"second")
        return planned

    monkeypatch.setattr(planning, "_planned", changed_before_it_is_read)
    outcome = two.build()
    assert outcome.blocked and {finding.rule for finding in outcome.findings} == {"B-03"}


@pytest.mark.parametrize(
    "text", ["- a\n", "title：坏 [\n", "", "policy: {error: banner}\ntheme: nope\n"]
)
def test_a_site_yaml_with_an_error_never_opens_the_gate(
    two: SmallSite, tree_of: Tree, text: str
) -> None:
    two.build()
    before = tree_of(two.root / "public")
    two.row("新收", "[1, 0, 0, 0, 0, 0, 7]")
    (two.root / "site.yaml").write_text(text, "utf-8")
    assert two.build().blocked
    assert tree_of(two.root / "public") == before


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("content/agencies", "content/ag"),
        ("content/agencies/other", "content/agencies/Other"),
        ("content/agencies/bureau/2022", "content/agencies/bureau/2022a"),
    ],
)
def test_what_a_renamed_folder_held_does_not_vanish_whatever_the_policy(
    two: SmallSite, old: str, new: str
) -> None:
    (two.root / "site.yaml").write_text("title: x\npolicy: {error: banner}\n", "utf-8")
    two.build()
    (two.root / old).rename(two.root / new)
    assert two.build().blocked


@pytest.mark.parametrize("kind", ["report", "findings", "likeness"])
@pytest.mark.parametrize("data", ["x", "[null]", "0", "[" * 5000])
def test_a_damaged_row_of_the_memory_is_as_good_as_none(
    two: SmallSite, kind: str, data: str
) -> None:
    before = [(one.rule, one.at, one.message) for one in two.findings()]
    with closing(sqlite3.connect(two.root / ".cache" / "memory.sqlite")) as database, database:
        assert database.execute("UPDATE memory SET data = ? WHERE kind = ?", (data, kind)).rowcount
    inspection = two.inspect()
    assert [(one.rule, one.at, one.message) for one in inspection.findings] == before
    assert all(
        len(report.figures) and report.figures["applications.received.total"].text == "0"
        for report in inspection.site.reports.values()
    )


def test_a_memory_that_cannot_be_kept_costs_only_time(two: SmallSite) -> None:
    (two.root / ".cache").rename(two.root / "aside")
    (two.root / ".cache").write_text("no folder", "utf-8")
    assert two.findings() == []
