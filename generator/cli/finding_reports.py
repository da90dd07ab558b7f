"""Findings for other programs: SARIF 2.1.0 for code scanning, annotations for GitHub's pages."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from hashlib import sha256

from generator import __version__
from generator.language.sentence import sentence, whole_message
from generator.language.speech import SOURCE, STYLES
from generator.model import address
from generator.model.finding import Finding, Severity, one_line
from generator.model.law import Law, Rule

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
FINGERPRINT = "gongkai/v1"
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def as_sarif(findings: Sequence[Finding], law: Law, language: str) -> str:
    """One SARIF run: the rules of the findings, and a result for each finding.

    The result of an explained finding is suppressed with its status. A repair is in the properties
    of a result and is no `fix` of the format: a finding does not say where in the file its cells
    are.
    """
    rules = sorted({finding.rule for finding in findings})
    counts: Counter[str] = Counter()
    results = []
    for finding in findings:
        mark = _mark(finding)
        counts[mark] += 1
        fingerprint = f"{mark}:{counts[mark]}"
        results.append(_result(finding, rules.index(finding.rule), fingerprint, language))
    run = {
        "tool": {
            "driver": {
                "name": "gongkai",
                "version": __version__,
                "rules": [_rule(law.rules[rule], language) for rule in rules],
            }
        },
        "language": language if language in STYLES else SOURCE,
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    return json.dumps(
        {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1
    )


def _rule(rule: Rule, language: str) -> dict[str, object]:
    name = rule.name.say(language)
    advice = rule.advice.say(language) if rule.advice else ""
    description = name
    if advice:
        description = sentence("{name}。{advice}。", name=name, advice=advice).say(language)
    descriptor: dict[str, object] = {
        "id": rule.id,
        "shortDescription": {"text": name},
        "fullDescription": {"text": description},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
    }
    if advice:
        descriptor["help"] = {"text": advice}
    return descriptor


def _result(finding: Finding, index: int, fingerprint: str, language: str) -> dict[str, object]:
    place = {
        "artifactLocation": {"uri": address.reference(finding.at.path), "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": finding.at.line, "startColumn": finding.at.column},
    }
    result: dict[str, object] = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": LEVELS[finding.severity],
        "message": {"text": whole_message(finding).say(language)},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {FINGERPRINT: fingerprint},
    }
    if properties := _properties(finding, language):
        result["properties"] = properties
    if finding.explained:
        result["suppressions"] = [{"kind": "inSource", "status": "accepted"}]
    return result


def _properties(finding: Finding, language: str) -> dict[str, object]:
    """The agency, year, cells, figures and advice of a finding; without those it does not have."""
    repairs = [
        [{"cell": fix.cell, "from": _number(fix.before), "to": _number(fix.after)} for fix in fixes]
        for fixes in finding.repairs
    ]
    properties: dict[str, object] = {
        "agency": finding.agency or None,
        "year": finding.year,
        "cells": list(finding.cells) or None,
        "expected": _number(finding.expected),
        "actual": _number(finding.actual),
        "difference": _number(finding.difference),
        "repairs": repairs or None,
        "advice": finding.advice.say(language) if finding.advice else None,
        "further": finding.further or None,
    }
    return {key: value for key, value in properties.items() if value is not None}


def _number(value: int | Decimal | None) -> int | float | None:
    return float(value) if isinstance(value, Decimal) else value


def _mark(finding: Finding) -> str:
    """A mark that stays the same when lines move and figures change.

    It is made from rule, file and cells; without cells, from the message without its numbers.
    """
    subject = ",".join(finding.cells) or re.sub(r"[0-9]+", "#", finding.message.source)
    text = "\n".join((finding.rule, finding.at.path, subject))
    return sha256(text.encode()).hexdigest()[:32]


def as_github(findings: Sequence[Finding], language: str) -> str:
    """A workflow command for each finding: GitHub shows it at the line of the finding."""
    return "\n".join(_command(finding, language) for finding in findings)


def _command(finding: Finding, language: str) -> str:
    location = finding.at
    file = _property(location.path)
    place = f"file={file},line={location.line},col={location.column},title={finding.rule}"
    message = one_line(whole_message(finding).say(language)).replace("%", "%25")
    return f"::{COMMANDS[finding.severity]} {place}::{message}"


def _property(text: str) -> str:
    return one_line(text).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
