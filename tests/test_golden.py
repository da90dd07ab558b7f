"""Small whole sites: each folder of tests/sites/ is built and compared with its expected/ folder, findings included.

`./run golden` rewrites the expectations after a wanted change; look at the difference before you commit it. Missing and extra files
both fail. Left out are the style sheet (a matter of taste), the manifest (digests of the rest), what holds nothing of the site but the
law, and what is packed: its bytes, and their digests, are those of the libraries of a machine.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from generator import console
from generator.pipeline import inspect
from tests.conftest import TODAY, SmallSite

SITES = sorted(path for path in (Path(__file__).parent / "sites").iterdir() if path.is_dir())
LAW = ("data/concepts.csv", "data/dictionary.csv", "data/rules.csv", "data/v1/concepts.json", "data/v1/schemas/")
DIGESTS = ("manifest.json", "data/datapackage.json", "data/index.html", "en/data/index.html")
LEFT_OUT = ("assets/", *LAW, *DIGESTS)
PACKED = (".gz", ".sqlite", ".xlsx")
# Of a site with many bodies only the pages that the smaller ones do not have.
KEPT = {"small-district": ("findings", "coverage/", "years/2023/", "agencies/heping-county/2023/rollup/", "agencies/maichuan-county/")}


@pytest.mark.parametrize("folder", SITES, ids=lambda path: path.name)
def test_a_small_site_is_built_as_expected(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "site", ignore=shutil.ignore_patterns("expected", ".*"))
    site = SmallSite(tmp_path / "site")
    inspection = inspect(site.root, TODAY)
    made = {"findings.txt": console.as_text(inspection.findings, site.root, "zh").encode()}
    made["findings.en.txt"] = console.as_text(inspection.findings, site.root, "en").encode()
    if not site.build().blocked:
        files = [path for path in (site.root / "public").rglob("*") if path.is_file()]
        made |= {path.relative_to(site.root / "public").as_posix(): path.read_bytes() for path in files}
    kept = KEPT.get(folder.name, "")
    made = {
        path: data for path, data in made.items() if path.startswith(kept) and not path.startswith(LEFT_OUT) and not path.endswith(PACKED)
    }
    expected = folder / "expected"
    if os.environ.get("GONGKAI_GOLDEN") == "write":
        shutil.rmtree(expected, ignore_errors=True)
        for path, data in made.items():
            (expected / path).parent.mkdir(parents=True, exist_ok=True)
            (expected / path).write_bytes(data)
    held = {path.relative_to(expected).as_posix(): path.read_bytes() for path in expected.rglob("*") if path.is_file()}
    assert sorted(made) == sorted(held)
    for path, data in made.items():
        assert data == held[path], f"{path} differs: run ./run golden and look at the difference"
