"""The CI files of `gongkai init --ci`: what they promise, without installing anything (tests/referees/test_kits_at_work.py runs them)."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from generator.scaffold import HOSTS, write_kit
from tests.commands import run
from tests.kits import FILES, Work, checking, publishing


@pytest.fixture(params=HOSTS)
def kit(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Path]:
    """A host and a folder with its files."""
    write_kit(tmp_path / "site", request.param)
    return request.param, tmp_path / "site"


def test_init_writes_the_files_of_the_host_and_of_no_other(tmp_path: Path) -> None:
    for host in HOSTS:
        assert run("init", tmp_path / host, "--ci", host).exit_code == 0
        for other, names in FILES.items():
            assert {(tmp_path / host / name).exists() for name in names} == {other == host}
        assert "wheels/README.md" in {
            path.relative_to(tmp_path / host).as_posix() for path in (tmp_path / host).rglob("*")
        }
    assert run("init", tmp_path / "x", "--ci", "jenkins").exit_code == 2


def test_all_of_the_history_is_fetched_and_what_was_good_is_kept(kit: tuple[str, Path]) -> None:
    """A shallow clone sees no contradicted correction (E-02); without .cache/ a held report has no last good version (policy hold), and
    without public/ nobody notices that a published figure changed (E-03)."""
    host, site = kit
    for work in (checking(site, host), publishing(site, host)):
        assert work.depth == 0
        assert {path.rstrip("/") for path in work.kept} == {".cache", "public"}


def test_nothing_named_gongkai_is_installed_from_an_index(kit: tuple[str, Path]) -> None:
    host, site = kit
    lines = [line for line in publishing(site, host).script.splitlines() if "pip install" in line]
    assert len(lines) == 2
    assert "--requirement wheels/requirements.txt" in lines[0]
    assert "--no-deps" in lines[1] and "wheels/gongkai-*.whl" in lines[1]


def outcome(work: Work, folder: Path, code: int) -> subprocess.CompletedProcess[str]:
    """The script's end, from the line that builds, with a gongkai that exits with a code."""
    stub = folder / ".venv/bin/gongkai"
    stub.parent.mkdir(parents=True, exist_ok=True)
    stub.write_text(f"#!/bin/sh\nexit {code}\n", "utf-8")
    stub.chmod(0o755)
    lines = work.script.splitlines()
    start = next(number for number, line in enumerate(lines) if "gongkai build" in line)
    script = "\n".join(["set -e", "code=0", *(line for line in lines[start:] if line != ")")])
    return subprocess.run(
        ["sh", "-c", script],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env=dict(os.environ),
    )


def test_what_was_published_with_findings_goes_out_and_the_job_says_so(
    kit: tuple[str, Path],
) -> None:
    host, site = kit
    work = publishing(site, host)
    for code, published in ((0, True), (1, False), (2, False), (3, False), (4, True), (137, False)):
        done = outcome(work, site, code)
        assert (done.returncode in work.passes) == published, done
        if code == 4:
            assert done.returncode == 4 or "暂缓" in done.stdout
