"""`./run` and its virtual environment: whatever state it is found in, the next run heals it or refuses with a sentence.

Nothing is installed: the checkout is a folder with the script and two short requirements files, python3 makes environments without pip,
and the pip put into them writes down what it was asked for and lays out packages as a real one would.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import ROOT

PIP = """
import os, re, sys
from pathlib import Path

def package(name, version, *files):
    info = site / f"{name}-{version}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\\nName: {name}\\nVersion: {version}\\n")
    for file in files:
        (site / file).write_text("#!/bin/sh\\necho gongkai $1\\n")
        (site / file).chmod(0o755)
    (info / "RECORD").write_text("".join(f"{file},,\\n" for file in files))

site, root = Path(__file__).parent, Path(sys.prefix)
if "install" in sys.argv:
    with (root.parent / "pip.log").open("a") as log:
        print(*sys.argv[1:], file=log)
    if "-r" in sys.argv:
        for line in Path(sys.argv[-1]).read_text().splitlines():
            if pin := re.match(r"([a-z-]+)==(\\S+)", line):
                for old in site.glob(f"{pin[1]}-*.dist-info"):
                    [file.unlink() for file in old.iterdir()]
                    old.rmdir()
                package(pin[1], pin[2], f"{pin[1]}.py")
                if os.environ.get("KILLED") == "pip":
                    os.kill(os.getppid(), 9)
                    os.kill(os.getpid(), 9)
                if said := os.environ.get("PIP_SAYS"):
                    sys.exit(said)
    elif not list(site.glob("gongkai-*.dist-info")):
        package("gongkai", "1", "../../../bin/gongkai")
"""
PYTHON = """#!/bin/sh
case "$*" in
*realpath*) echo "$0" ;;
"-m venv "*)
    PYTHON -m venv --without-pip "$3" || exit
    [ "${KILLED:-}" != venv ] || kill -9 $PPID $$
    cp STUBS/pip.py "$3"/lib/python*/site-packages/ ;;
*) exec PYTHON "$@" ;;
esac
"""
PINS = "babel==2.1 \\\n    --hash=sha256:00\nclick==8.1 \\\n    --hash=sha256:00\n"
MORE = PINS + "pytest==9.0 \\\n    --hash=sha256:00\n"


@dataclass
class Checkout:
    """A folder with the script and what it reads, and the programs that it finds."""

    folder: Path
    stubs: Path

    @property
    def venv(self) -> Path:
        return self.folder / ".venv"

    @property
    def packages(self) -> Path:
        return next(self.venv.glob("lib/python*/site-packages"))

    def run(self, command: str = "check", **environment: str) -> subprocess.CompletedProcess[str]:
        env = {
            "PATH": f"{self.stubs}:{os.environ['PATH']}",
            "HOME": str(self.folder),
            **environment,
        }
        return subprocess.run(
            [self.folder / "run", command], env=env, capture_output=True, text=True, check=False
        )

    def installed(self) -> int:
        """How often pip was asked for packages."""
        log = self.folder / "pip.log"
        return log.read_text("utf-8").count(" -r ") if log.exists() else 0

    def stub(self, name: str, script: str) -> None:
        (self.stubs / name).write_text(f"#!/bin/sh\n{script}\n", "utf-8")
        (self.stubs / name).chmod(0o755)


@pytest.fixture
def bare(tmp_path: Path) -> Checkout:
    """Nothing installed yet."""
    made = Checkout(tmp_path / "checkout", tmp_path / "stubs")
    made.folder.mkdir()
    made.stubs.mkdir()
    shutil.copy(ROOT / "run", made.folder)
    (made.folder / "requirements.txt").write_text(PINS, "utf-8")
    (made.folder / "requirements-referees.txt").write_text(MORE, "utf-8")
    (made.stubs / "pip.py").write_text(PIP, "utf-8")
    base = str(Path(sys.executable).resolve())
    made.stub("python3", PYTHON.replace("PYTHON", base).replace("STUBS", str(made.stubs)))
    made.stub("dpkg-query", "echo install ok installed")
    return made


@pytest.fixture
def checkout(bare: Checkout) -> Checkout:
    """All that `./run check` needs is installed."""
    done = bare.run()
    assert (done.returncode, done.stdout) == (0, "gongkai check\n"), done.stderr
    assert bare.installed() == 1
    return bare


def remove(pattern: str) -> Callable[[Checkout], None]:
    def broken(checkout: Checkout) -> None:
        for path in checkout.packages.glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()

    return broken


def change(old: str, new: str) -> Callable[[Checkout], None]:
    """Other words in what the script wrote down of the environment: it was copied, or made for another Python."""

    def broken(checkout: Checkout) -> None:
        state = checkout.venv / ".made-by-run"
        text = state.read_text("utf-8")
        assert re.search(old, text)
        state.write_text(re.sub(old, new, text), "utf-8")

    return broken


def no_interpreter(checkout: Checkout) -> None:
    """The Python below was removed or replaced."""
    for name in ("python", "python3"):
        (checkout.venv / "bin" / name).unlink()
        (checkout.venv / "bin" / name).symlink_to("/nowhere/python3")


def older_script(checkout: Checkout) -> None:
    """As the script left it before it wrote down what it made: a copy of the requirements file, and packages that are there or not."""
    (checkout.venv / ".made-by-run").unlink()
    shutil.copy(checkout.folder / "requirements.txt", checkout.venv / ".requirements.txt")


def no_pip(checkout: Checkout) -> None:
    remove("babel-*")(checkout)
    remove("pip.py")(checkout)


def emptied(checkout: Checkout) -> None:
    shutil.rmtree(checkout.venv)
    checkout.venv.mkdir()


def kept(_: Checkout) -> None:
    """Nothing happened."""


def newer_pin(checkout: Checkout) -> None:
    (checkout.folder / "requirements.txt").write_text(PINS.replace("8.1", "8.2"), "utf-8")


@pytest.mark.parametrize(
    ("broken", "outcome"),
    [
        (kept, "kept"),
        (newer_pin, "added"),
        (remove("babel-*"), "added"),
        (remove("gongkai-*"), "added"),
        (remove("babel.py"), "anew"),
        (remove("babel-*/RECORD"), "anew"),
        (no_pip, "anew"),
        (no_interpreter, "anew"),
        (change("cpython-", "cpython-2"), "anew"),
        (change("(?m)/checkout$", "/elsewhere"), "anew"),
        (change("(?s).*", "unfinished\n"), "anew"),
        (change("(?s).*", ""), "anew"),
        (older_script, "anew"),
        (emptied, "anew"),
    ],
)
def test_an_environment_of_our_own_is_healed(
    checkout: Checkout, broken: Callable[[Checkout], None], outcome: str
) -> None:
    (checkout.venv / "mine").touch()
    broken(checkout)
    done = checkout.run()
    assert (done.returncode, done.stdout) == (0, "gongkai check\n"), done.stderr
    assert checkout.installed() == (1 if outcome == "kept" else 2)
    assert (checkout.venv / "mine").exists() == (outcome != "anew")
    assert (".venv" in done.stderr) == (outcome == "anew" and broken is not emptied)
    assert checkout.run().returncode == 0 and checkout.installed() <= 2, "healed once, and for good"
    assert not list(checkout.folder.glob(".venv.*"))


@pytest.mark.parametrize("moment", ["venv", "pip"])
def test_a_run_that_was_killed_is_made_good_by_the_next(bare: Checkout, moment: str) -> None:
    assert bare.run(KILLED=moment).returncode != 0
    assert (bare.venv / ".made-by-run").read_text("utf-8") == "unfinished\n"
    done = bare.run()
    assert (done.returncode, done.stdout) == (0, "gongkai check\n"), done.stderr
    assert (bare.packages / "click.py").exists()


def test_a_kill_while_packages_are_added_leaves_no_half(checkout: Checkout) -> None:
    newer_pin(checkout)
    assert checkout.run(KILLED="pip").returncode != 0
    assert checkout.run().returncode == 0
    assert next(checkout.packages.glob("click-*")).name == "click-8.2.dist-info"


def test_who_has_more_need_not_install_for_less(checkout: Checkout) -> None:
    checkout.run("referees")  # there are no tests here, but the tools are installed
    assert checkout.installed() == 2 and (checkout.packages / "pytest.py").exists()
    assert checkout.run("check").returncode == 0
    checkout.run("referees")
    assert checkout.installed() == 2


def link(venv: Path) -> None:
    (venv.parent / "theirs").mkdir()
    venv.symlink_to("theirs")


def environment(venv: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", venv], check=True)


def conda(venv: Path) -> None:
    (venv / "conda-meta").mkdir(parents=True)


@pytest.mark.parametrize("make", [link, environment, conda, Path.touch])
def test_what_somebody_else_made_is_refused_and_left_alone(
    bare: Checkout, make: Callable[[Path], None]
) -> None:
    make(bare.venv)
    before = sorted(bare.folder.rglob("*"))
    done = bare.run()
    assert (
        done.returncode == 2
        and done.stderr.startswith("run: .venv ")
        and done.stderr.count("\n") == 1
    )
    assert sorted(bare.folder.rglob("*")) == before


def test_an_active_environment_may_be_the_one_that_is_made_anew(checkout: Checkout) -> None:
    remove("babel.py")(checkout)
    done = checkout.run(
        PATH=f"{checkout.venv}/bin:{checkout.stubs}:{os.environ['PATH']}", PYTHONPATH="/nowhere"
    )
    assert done.returncode in {0, 2}, done
    assert checkout.run().stdout == "gongkai check\n"


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("OSError: [Errno 28] No space left on device", "the disk is full"),
        ("NewConnectionError: Temporary failure in name resolution", "the network does not answer"),
        (
            "ERROR: No matching distribution found for babel==2.1",
            "does not answer, or has no such package",
        ),
        (
            "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES",
            "another file than the one that was pinned",
        ),
        ("[Errno 13] Permission denied", "a folder may not be written to"),
        ("something new", "see above"),
    ],
)
def test_what_stops_pip_is_said_in_a_sentence(bare: Checkout, said: str, reason: str) -> None:
    done = bare.run(PIP_SAYS=said)
    assert done.returncode == 2
    assert (
        said in done.stderr
        and done.stderr.splitlines()[-1].startswith("run: pip install failed: ")
        and reason in done.stderr
    )


def test_missing_system_packages_are_installed_by_root_and_named_to_others(bare: Checkout) -> None:
    bare.stub("dpkg-query", '[ "$3" = fontconfig ] || echo install ok installed')
    bare.stub("sudo", "exit 1")
    bare.stub("id", "echo 1000")
    done = bare.run()
    assert (
        done.returncode == 2
        and "apt-get update && apt-get install --no-install-recommends fontconfig" in done.stderr
    )
    bare.stub("id", "echo 0")
    bare.stub("apt-get", 'echo "$@" >>"$HOME/apt.log"')
    assert bare.run().returncode == 0
    assert (bare.folder / "apt.log").read_text("utf-8").split()[0] == "update"


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("E: Unable to locate package fontconfig", "apt's lists do not know a package"),
        (
            "W: Temporary failure resolving\nE: Package fontconfig has no installation candidate",
            "the network does not answer",
        ),
        ("E: You don't have enough free space in /var/cache", "the disk is full"),
        ("E: Could not get lock /var/lib/dpkg/lock-frontend", "another apt is at work"),
    ],
)
def test_what_stops_apt_is_said_in_a_sentence(bare: Checkout, said: str, reason: str) -> None:
    bare.stub("dpkg-query", "exit 1")
    bare.stub("id", "echo 0")
    bare.stub("apt-get", f'cat <<END >&2\n{said}\nEND\n[ "$1" = update ]')
    done = bare.run()
    assert done.returncode == 2 and done.stderr.splitlines()[-1].startswith(
        f"run: apt-get install failed: {reason}"
    )


def test_an_older_python_is_refused(bare: Checkout) -> None:
    bare.stub(
        "python3",
        'case "$*" in *realpath*) echo "$0" ;; *version_info*) exit 1 ;; *--version*) echo Python 3.9.2 ;; esac',
    )
    done = bare.run()
    assert (done.returncode, done.stderr) == (
        2,
        "run: Python 3.11 or newer is needed; python3 is Python 3.9.2\n",
    )


def test_the_larger_requirements_hold_the_smaller() -> None:
    """So an environment that has the larger set serves for the smaller."""
    sets = [
        set(re.findall(r"(?m)^[\w.-]+==\S+", (ROOT / f"{name}.txt").read_text("utf-8")))
        for name in ("requirements", "requirements-test", "requirements-referees")
    ]
    assert sets[0] < sets[1] < sets[2]
