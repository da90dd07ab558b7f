"""Every page of the sample from a server's root, below a sub-path and out of an archive; without script from a server too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.browsing import kinds, nothing, unpacked
from tests.serving import SUB_PATH, Watch, served


def test_from_a_server(watched: Callable[..., Watch], sample: Path) -> None:
    with served(sample) as address:
        watch = watched(address)
        for name in kinds(sample, every=False):
            watch.visit(name)
        nothing(watch.found)


def test_all_of_it_from_a_sub_path(watched: Callable[..., Watch], sample: Path) -> None:
    with served(sample, SUB_PATH) as address:
        watch = watched(address)
        for path in sorted(sample.rglob("*.html")):
            watch.visit(path.relative_to(sample).as_posix())
        nothing(watch.found)


def test_out_of_an_archive(watched: Callable[..., Watch], sample: Path, tmp_path: Path) -> None:
    folder = unpacked(sample, tmp_path)
    watch = watched(f"{folder.as_uri()}/")
    for name in kinds(sample, every=False):
        watch.visit(name)
    nothing(watch.found)


def test_without_script(watched: Callable[..., Watch], sample: Path) -> None:
    with served(sample, SUB_PATH) as address:
        watch = watched(address, scripts=False)
        for name in kinds(sample):
            watch.read_without_script(name)
        nothing(watch.found)
