"""Findings for other programs: SARIF 2.1.0 for code scanning, annotations for GitHub's pages."""

from __future__ import annotations

import json
from collections.abc import Sequence

from generator import __version__
from generator.model.finding import Finding, Severity
from generator.model.law import Law

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def as_sarif(findings: Sequence[Finding], law: Law, language: str) -> str:
    """One SARIF run: the rules that were met, and a result for each finding; an explained one is suppressed with its status."""
    met = sorted({finding.rule for finding in findings})
    rules = [{"id": rule, "shortDescription": {"text": law.rules[rule].name.say(language)}} for rule in met]
    run = {
        "tool": {"driver": {"name": "gongkai", "version": __version__, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, met.index(finding.rule), language) for finding in findings],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1)


def _result(finding: Finding, index: int, language: str) -> dict[str, object]:
    place = {
        "artifactLocation": {"uri": finding.at.path, "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": finding.at.line, "startColumn": finding.at.column},
    }
    result: dict[str, object] = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": LEVELS[finding.severity],
        "message": {"text": finding.message.say(language)},
        "locations": [{"physicalLocation": place}],
    }
    if finding.explained:
        result["suppressions"] = [{"kind": "inSource", "status": "accepted"}]
    return result


def as_github(findings: Sequence[Finding], language: str) -> str:
    """One workflow command a finding: GitHub shows it at its line."""
    return "\n".join(_command(finding, language) for finding in findings)


def _command(finding: Finding, language: str) -> str:
    place = f"file={_property(finding.at.path)},line={finding.at.line},col={finding.at.column},title={finding.rule}"
    said = finding.message.say(language).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return f"::{COMMANDS[finding.severity]} {place}::{said}"


def _property(text: str) -> str:
    return text.replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
