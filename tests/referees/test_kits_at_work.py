"""The CI files of `gongkai init --ci` at work: their lines run by sh in fresh clones, with a package built here and pip's own index.

Only apt-get is not run: what it would install is here already (`./run referees`).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator import scaffold
from generator.scaffold import HOSTS
from tests import kits
from tests.conftest import NARRATIVE, ROOT

SETTINGS = (
    "标题: 测试站\n处置: {错误: 暂缓, 警告: 提示}\n规则: {S-10: 关闭, S-11: 关闭, S-12: 关闭}\n"
)
GOOD, BAD = "[0, 0, 0, 0, 0, 0, 0]", "[1, 0, 0, 0, 0, 0, 0]"
SCHEMAS = {"github": "vendor.github-workflows", "gitlab": "vendor.gitlab-ci"}


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package, as `./run wheel` makes it, with the versions it was tried with."""
    folder = tmp_path_factory.mktemp("wheels")
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "-q",
        "--no-deps",
        "--no-build-isolation",
        "--no-index",
        "-w",
        str(folder),
        str(ROOT),
    ]
    subprocess.run(command, check=True, capture_output=True)
    shutil.copy(ROOT / "requirements.txt", folder)
    return folder


@dataclass
class Office:
    """The repository of a site at its host, and the machine that runs the jobs: what is kept between runs lies in `kept`."""

    folder: Path
    host: str

    @property
    def repository(self) -> Path:
        return self.folder / "repository"

    @property
    def report(self) -> Path:
        return self.repository / "content/agencies/bureau/2023/report.yaml"

    def git(self, *arguments: str) -> None:
        names = ["-c", "user.name=clerk", "-c", "user.email=clerk@example.org"]
        subprocess.run(
            ["git", *names, *arguments], cwd=self.repository, check=True, capture_output=True
        )

    def commit(self, subject: str) -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", subject)
        self.git("update-ref", "refs/pull/7/head", "HEAD")

    def figure(self, row: str, value: str) -> None:
        lines = self.report.read_text("utf-8").splitlines()
        lines = [
            f"  {row}: {value}" if line.lstrip().startswith(f"{row}:") else line for line in lines
        ]
        self.report.write_text("\n".join(lines) + "\n", "utf-8")

    def run(self, work: kits.Work) -> tuple[subprocess.CompletedProcess[str], Path]:
        """A job, in a fresh clone as deep as it asks for, with what was kept; and the folder that it leaves."""
        place = self.folder / "machine" / "site"
        if self.host != "gitee" or not place.exists():  # there the clone stays
            self._clone(place, work)
        environment = {
            **{
                name: value
                for name, value in os.environ.items()
                if not name.startswith(("PYTEST", "GIT_"))
            },
            **work.variables,
            "PATH": f"{self._stubs()}:{os.environ['PATH']}",
            "GONGKAI_HOME": str(place.parent),
            "GITEE_BRANCH": "main",
            "GITEE_PULL_ID": "7",
        }
        done = subprocess.run(
            ["sh", "-c", work.script],
            cwd=place,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode in work.passes:
            self._keep(place, work)
        return done, place

    def _clone(self, place: Path, work: kits.Work) -> None:
        shutil.rmtree(place.parent, ignore_errors=True)
        place.parent.mkdir(parents=True)
        depth = [f"--depth={work.depth}"] if work.depth else []
        subprocess.run(
            ["git", "clone", "-q", *depth, self.repository.as_uri(), place],
            check=True,
            capture_output=True,
        )
        for path in work.kept:
            if (self.folder / "kept" / path).exists():
                shutil.copytree(self.folder / "kept" / path, place / path)

    def _keep(self, place: Path, work: kits.Work) -> None:
        for path in work.kept:
            shutil.rmtree(self.folder / "kept" / path, ignore_errors=True)
            shutil.copytree(place / path, self.folder / "kept" / path)

    def _stubs(self) -> Path:
        """No apt-get, and a sudo that only goes on."""
        folder = self.folder / "stubs"
        folder.mkdir(exist_ok=True)
        for name, line in (("apt-get", "exit 0"), ("sudo", 'exec "$@"')):
            (folder / name).write_text(f"#!/bin/sh\n{line}\n", "utf-8")
            (folder / name).chmod(0o755)
        return folder


@pytest.fixture(params=HOSTS)
def office(request: pytest.FixtureRequest, tmp_path: Path, wheels: Path) -> Office:
    """A site with one published report, under policy hold."""
    made = Office(tmp_path, request.param)
    scaffold.new_site(made.repository, made.host)
    shutil.rmtree(made.repository / "content/agencies")
    (made.repository / "content/agencies").mkdir()
    (made.repository / "site.yaml").write_text(SETTINGS, "utf-8")
    scaffold.new_agency(made.repository, "bureau", "测试局", "工作部门", "县级")
    scaffold.new_report(made.repository, "bureau", 2023, empty="0")
    (made.report.parent / "narrative.md").write_text(NARRATIVE, "utf-8")
    for path in wheels.iterdir():
        shutil.copy(path, made.repository / "wheels")
    made.git("init", "-q", "-b", "main")
    made.commit("first")
    return made


def test_a_site_is_published_also_with_a_held_report_and_silent_changes_are_seen(
    office: Office,
) -> None:
    work = kits.publishing(office.repository, office.host)
    done, place = office.run(work)
    assert done.returncode == 0, done.stderr
    assert (place / "public/agencies/bureau/2023/report.pdf").exists()
    first = (place / "public/agencies/bureau/2023/tables.csv").read_bytes()

    # A figure that adds up no more: the report keeps its last good version, the site is published, the job says so.
    office.figure("新收", BAD)
    office.commit("wrong")
    done, place = office.run(work)
    assert done.returncode in work.passes, done
    assert "暂缓发布" in done.stderr and "退出码 4" in done.stderr
    assert "本页是上一次核对无误的版本" in (
        place / "public/agencies/bureau/2023/index.html"
    ).read_text("utf-8")
    assert (place / "public/agencies/bureau/2023/tables.csv").read_bytes() == first

    # A published figure that changes without a word (E-03), and a correction that git contradicts (E-02).
    office.figure("新收", GOOD)
    office.figure("行政许可", "{处理决定: 9}")
    office.commit("silent")
    asked, _ = office.run(kits.checking(office.repository, office.host))
    assert "E-03" in asked.stdout, asked
    correction = "更正:\n  - {日期: 2024-03-01, 原因: 录入有误, 改动: [{格: 行政许可.处理决定, 改前: 7, 改后: 9}]}"
    office.report.write_text(
        office.report.read_text("utf-8").replace("更正: []", correction), "utf-8"
    )
    office.commit("false correction")
    asked, _ = office.run(kits.checking(office.repository, office.host))
    assert "E-02" in asked.stdout, asked


@pytest.mark.parametrize("host", SCHEMAS)
def test_the_files_are_what_the_host_reads(host: str, tmp_path: Path) -> None:
    scaffold.new_site(tmp_path / "site", host)
    files = [str(tmp_path / "site" / name) for name in kits.FILES[host]]
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", SCHEMAS[host], *files]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_scripts_of_the_project_are_plain_sh() -> None:
    subprocess.run(["shellcheck", ROOT / "run", ROOT / ".ci/run"], check=True)
