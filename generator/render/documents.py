"""JSON documents, and the findings of a report as one."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal

from generator.language.sentence import whole_message
from generator.language.speech import ENGLISH
from generator.model.figure import Number
from generator.model.finding import Finding
from generator.model.report import Report


def document(content: Mapping[str, object]) -> bytes:
    """A JSON document, a line an item, in UTF-8."""
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def findings_json(report: Report, findings: Sequence[Finding]) -> bytes:
    """The findings of a report, without places in files, which readers do not have."""
    content = {
        "agency": report.agency,
        "year": report.year,
        "format": report.format.id,
        "findings": [_finding(report, finding) for finding in findings],
    }
    return document(content)


def _finding(report: Report, finding: Finding) -> Mapping[str, object]:
    reason = None
    if finding.explained_by is not None:
        reason = report.explanations[finding.explained_by].reason
    message = whole_message(finding)
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": message.source,
        "message_en": message.say(ENGLISH),
        "cells": list(finding.cells),
        "expected": _number(finding.expected),
        "actual": _number(finding.actual),
        "difference": _number(finding.difference),
        "explained": reason,
        "given_by": report.entered_by.value if finding.explained else None,
    }


def _number(value: Number | None) -> int | float | None:
    """The number as JSON takes it."""
    return float(value) if isinstance(value, Decimal) else value
