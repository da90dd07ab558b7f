"""Findings for other programs: SARIF 2.1.0 for code scanning, annotations for GitHub's pages."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from hashlib import sha256
from urllib.parse import quote

from generator import __version__
from generator.model.finding import Finding, Severity
from generator.model.law import Law, Rule

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
FINGERPRINT = "gongkai/v1"
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def as_sarif(findings: Sequence[Finding], law: Law, language: str) -> str:
    """One SARIF run: the rules that were met, and a result for each finding; an explained one is suppressed with its status.

    A repair stands in a result's properties and is no `fix` of the format: a finding does not say where in the file its cells are.
    """
    met = sorted({finding.rule for finding in findings})
    seen: Counter[str] = Counter()
    results = []
    for finding in findings:
        mark = _mark(finding)
        seen[mark] += 1
        results.append(_result(finding, met.index(finding.rule), f"{mark}:{seen[mark]}", language))
    run = {
        "tool": {"driver": {"name": "gongkai", "version": __version__, "rules": [_rule(law.rules[rule], language) for rule in met]}},
        "language": "en" if language == "en" else "zh-CN",
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1)


def _rule(rule: Rule, language: str) -> dict[str, object]:
    name, advice = rule.name.say(language), rule.advice.say(language) if rule.advice else ""
    said: dict[str, object] = {
        "id": rule.id,
        "shortDescription": {"text": name},
        "fullDescription": {"text": (f"{name}. {advice}." if language == "en" else f"{name}。{advice}。") if advice else name},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
    }
    return said | ({"help": {"text": advice}} if advice else {})


def _result(finding: Finding, index: int, fingerprint: str, language: str) -> dict[str, object]:
    place = {
        "artifactLocation": {"uri": quote(finding.at.path), "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": finding.at.line, "startColumn": finding.at.column},
    }
    result: dict[str, object] = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": LEVELS[finding.severity],
        "message": {"text": finding.message.say(language)},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {FINGERPRINT: fingerprint},
    }
    if properties := _properties(finding, language):
        result["properties"] = properties
    if finding.explained:
        result["suppressions"] = [{"kind": "inSource", "status": "accepted"}]
    return result


def _properties(finding: Finding, language: str) -> dict[str, object]:
    """What a finding says in figures, as far as it says it."""
    repairs = [[{"cell": fix.cell, "from": _number(fix.before), "to": _number(fix.after)} for fix in one] for one in finding.repairs]
    said: dict[str, object] = {
        "agency": finding.agency or None,
        "year": finding.year,
        "cells": list(finding.cells) or None,
        "expected": _number(finding.expected),
        "actual": _number(finding.actual),
        "difference": _number(finding.difference),
        "repairs": repairs or None,
        "advice": finding.advice.say(language) if finding.advice else None,
    }
    return {key: value for key, value in said.items() if value is not None}


def _number(value: int | Decimal | None) -> int | float | None:
    return float(value) if isinstance(value, Decimal) else value


def _mark(finding: Finding) -> str:
    """What a finding is known by when lines move and figures change: rule, file, cells; without cells, what it says but for numbers."""
    what = ",".join(finding.cells) or re.sub(r"[0-9]+", "#", finding.message.zh)
    return sha256("\n".join((finding.rule, finding.at.path, what)).encode()).hexdigest()[:32]


def as_github(findings: Sequence[Finding], language: str) -> str:
    """One workflow command a finding: GitHub shows it at its line."""
    return "\n".join(_command(finding, language) for finding in findings)


def _command(finding: Finding, language: str) -> str:
    place = f"file={_property(finding.at.path)},line={finding.at.line},col={finding.at.column},title={finding.rule}"
    said = finding.message.say(language).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return f"::{COMMANDS[finding.severity]} {place}::{said}"


def _property(text: str) -> str:
    return text.replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
