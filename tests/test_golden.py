"""Small whole sites: each folder of tests/sites/ is built and compared with its expected/ folder, findings included.

`./run golden` rewrites the expectations after a wanted change; look at the difference before you commit it: it is written to be read. A
page is kept as a snapshot of its words, tables and links, two of them whole besides; tables of figures once. Missing and extra files
both fail. Left out are style sheets and scripts (tests of their own), digests of the rest, what holds nothing of the site but the law
(docs/rules.md is kept for that), and what is packed: its bytes are those of a machine's libraries.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

from generator.cli import console
from generator.inspection import inspect
from tests.conftest import TODAY, SmallSite
from tests.snapshot import snapshot

SITES = sorted(path for path in (Path(__file__).parent / "sites").iterdir() if path.is_dir())
LAW = (
    "data/concepts.csv",
    "data/dictionary.csv",
    "data/rules.csv",
    "data/v1/concepts.json",
    "data/v1/schemas/*",
    "rules/*",
)
DIGESTS = (
    "manifest.json",
    "data/datapackage.json",
    "data/index.html",
    "*/data/index.html",
    "data/README.md",
)
SCRIPTS = ("assets/*", "*.js")
PACKED = ("*.gz", "*.sqlite", "*.xlsx")
LEFT_OUT = (*LAW, *DIGESTS, *SCRIPTS, *PACKED)
# The same figures in a second file, or of a second year.
TWICE = (
    "data/*/figures-excel.csv",
    "data/2020/figures.csv",
    "data/v1/*/2020.json",
    "coverage/2020/*",
    "*/2020/tables.*",
    "*/versions/*/tables.*",
    "*/rollup.csv",
)
WHOLE = {"change-of-form": ("index.html", "agencies/water-bureau/2021/index.html")}
# Of a site with many bodies only the pages that the smaller ones do not have.
SHOWN = {
    "small-district": (
        "findings*",
        "coverage/*.html",
        "coverage/*.csv",
        "years/2023/*",
        "agencies/heping-county/2023/rollup/*",
        "agencies/maichuan-county/*",
    )
}


def matches(path: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatch(path, pattern) for pattern in patterns)


def kept(site: str, files: dict[str, bytes]) -> Iterator[tuple[str, str]]:
    """What is kept of a built site: path → text."""
    for path, data in files.items():
        if matches(path, (*LEFT_OUT, *TWICE)) or not matches(path, SHOWN.get(site, ("*",))):
            continue
        text = data.decode()
        if path.endswith(".html"):
            yield path.replace(".html", ".txt"), snapshot(text)
        if matches(path, WHOLE.get(site, ())) or not path.endswith((".html", "tables.json")):
            yield path, text
        if path.endswith("tables.json"):
            yield path, a_line_each(text)


def a_line_each(document: str) -> str:
    """A JSON document with a line for each figure."""
    entries = json.loads(document)
    figures = entries.pop("figures")
    lines = [
        json.dumps({key: value}, ensure_ascii=False)
        for key, value in [*entries.items(), *figures.items()]
    ]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("folder", SITES, ids=lambda path: path.name)
def test_a_small_site_is_built_as_expected(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "site", ignore=shutil.ignore_patterns("expected", ".*"))
    site = SmallSite(tmp_path / "site")
    inspection = inspect(site.root, TODAY)
    files: dict[str, bytes] = {}
    if not site.build().blocked:
        public = site.root / "public"
        files = {
            path.relative_to(public).as_posix(): path.read_bytes()
            for path in sorted(public.rglob("*"))
            if path.is_file()
        }
    texts = dict(kept(folder.name, files))
    texts["findings.txt"] = console.as_text(inspection.findings, site.root, "zh")
    texts["findings.en.txt"] = console.as_text(inspection.findings, site.root, "en")
    expected = folder / "expected"
    if os.environ.get("GONGKAI_GOLDEN") == "write":
        write(expected, texts)
    assert sorted(texts) == sorted(
        path.relative_to(expected).as_posix() for path in expected.rglob("*") if path.is_file()
    )
    for path, text in texts.items():
        # Bytes, so that a file keeps its line endings and its mark.
        assert text.encode() == (expected / path).read_bytes(), (
            f"{path} differs: run ./run golden and look at the difference"
        )


def write(expected: Path, texts: dict[str, str]) -> None:
    shutil.rmtree(expected, ignore_errors=True)
    for path, text in texts.items():
        (expected / path).parent.mkdir(parents=True, exist_ok=True)
        (expected / path).write_bytes(text.encode())


def test_expectations_are_few_enough_to_be_reviewed() -> None:
    files = [
        path for folder in SITES for path in (folder / "expected").rglob("*") if path.is_file()
    ]
    assert sum(path.read_bytes().count(b"\n") for path in files) <= 4_000
