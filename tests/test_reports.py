"""Findings for other programs: SARIF as its own schema wants it, in both languages, with marks that outlive a moved line."""

from __future__ import annotations

import gzip
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator, ValidationError

from generator.cli.finding_reports import FINGERPRINT, as_sarif
from generator.inspection import Inspection, inspect
from generator.model.finding import Finding, Location, Severity, Text
from generator.model.law import Law
from tests.conftest import TODAY, SmallSite

HERE = Path(__file__).parent
MISTAKES = HERE / "sites" / "ten-mistakes"


@pytest.fixture(scope="module")
def validator() -> Draft4Validator:
    """The schema that OASIS publishes for SARIF 2.1.0 (tests/data/README.md)."""
    schema = json.loads(
        gzip.decompress((HERE / "data" / "sarif-2.1.0.schema.json.gz").read_bytes())
    )
    Draft4Validator.check_schema(schema)
    return Draft4Validator(schema, format_checker=Draft4Validator.FORMAT_CHECKER)


@pytest.fixture(scope="module")
def mistakes() -> Inspection:
    return inspect(MISTAKES, TODAY)


def sarif(inspection: Inspection, language: str = "zh") -> Any:
    return json.loads(as_sarif(inspection.findings, inspection.site.law, language))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_we_write_is_sarif(
    validator: Draft4Validator, sample_inspection: Inspection, mistakes: Inspection, language: str
) -> None:
    for inspection in (sample_inspection, mistakes):
        assert len(inspection.findings) > 5
        log = sarif(inspection, language)
        validator.validate(log)
        assert len(log["runs"][0]["results"]) == len(inspection.findings)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("results", 0, "level"), "fatal"),
        (("results", 0, "message"), "text"),
        (("results", 0, "locations", 0, "physicalLocation", "region", "startLine"), 0),
        (("results", 0, "partialFingerprints"), {FINGERPRINT: 1}),
        (("tool", "driver", "rules", 0, "defaultConfiguration", "level"), "info"),
        (("tool", "driver", "rules", 0, "name_zh"), "x"),
        (("language",), "Chinese"),
        (("columnKind",), "characters"),
    ],
)
def test_what_is_not_sarif_is_refused(
    validator: Draft4Validator, mistakes: Inspection, path: tuple[str | int, ...], value: object
) -> None:
    log = sarif(mistakes)
    inner = log["runs"][0]
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    with pytest.raises(ValidationError):
        validator.validate(log)


def test_a_rule_is_described_once_with_its_level_and_advice(mistakes: Inspection) -> None:
    rules = {
        rule["id"]: rule for rule in sarif(mistakes, "en")["runs"][0]["tool"]["driver"]["rules"]
    }
    assert rules["T3-02"]["defaultConfiguration"] == {"level": "error"} and rules["Y-02"][
        "defaultConfiguration"
    ] == {"level": "warning"}
    assert (
        rules["T3-02"]["fullDescription"]["text"]
        == "a row must add up to its total. Check this row."
    )
    assert (
        rules["S-05"]["fullDescription"] == rules["S-05"]["shortDescription"]
        and "help" not in rules["S-05"]
    )


def test_a_sum_that_fails_carries_its_figures_and_its_repair(mistakes: Inspection) -> None:
    result = next(one for one in sarif(mistakes)["runs"][0]["results"] if one["ruleId"] == "T3-02")
    said = result["properties"]
    assert (said["expected"], said["actual"], said["difference"]) == (5, 4, -1)
    assert "applications.carried_out.total" in said["cells"]
    assert said["repairs"] == [
        [{"cell": "applications.carried_out.natural_person", "from": 5, "to": 4}]
    ]


def test_a_path_is_written_as_an_address(validator: Draft4Validator, law: Law) -> None:
    finding = Finding(
        "P-04",
        Severity.ERROR,
        Location("content/agencies/a/2023/files/附 表.csv"),
        Text(("zh-CN", "en"), ("附件", "attachment")),
    )
    log = json.loads(as_sarif([finding], law, "zh"))
    validator.validate(log)
    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert (
        place["artifactLocation"]["uri"]
        == "content/agencies/a/2023/files/%E9%99%84%20%E8%A1%A8.csv"
    )


def marks(inspection: Inspection) -> list[str]:
    return [
        result["partialFingerprints"][FINGERPRINT]
        for result in sarif(inspection)["runs"][0]["results"]
    ]


def test_a_mark_stays_when_lines_move_and_is_one_finding_s_own(
    mistakes: Inspection, tmp_path: Path
) -> None:
    before = marks(mistakes)
    assert len(set(before)) == len(before)
    shutil.copytree(MISTAKES, tmp_path / "site", ignore=shutil.ignore_patterns("expected", ".*"))
    site = SmallSite(tmp_path / "site")
    for year in (2022, 2023):
        site.write("# 多一行\n\n" + site.path(year=year).read_text("utf-8"), year=year)
    moved = site.inspect()
    assert [one.at for one in moved.findings] != [one.at for one in mistakes.findings]
    assert marks(moved) == before
    assert marks(mistakes) == [
        result["partialFingerprints"][FINGERPRINT]
        for result in sarif(mistakes, "en")["runs"][0]["results"]
    ]
