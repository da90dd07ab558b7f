"""The benchmarks run: not for their numbers, but one that nobody can run shows nothing."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.conftest import ROOT


@pytest.mark.parametrize("command", ["build.py 8", "solver.py 8", "search.py 8", "pdf.py 1 1"])
def test_the_benchmarks_still_run(command: str) -> None:
    """Not for their numbers: a benchmark nobody can run shows nothing."""
    script, *size = command.split()
    subprocess.run(
        [sys.executable, ROOT / "benchmarks" / script, *size],
        check=True,
        capture_output=True,
        cwd=ROOT,
    )
