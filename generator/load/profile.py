"""A file of `formats/profiles/` to a Profile: what a local notice or a scorecard wants.

Its name is that of its file, by which site.yaml names it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from generator.load.form import EXPECTATION_KEYS, read_expectation
from generator.load.stated import Row, row
from generator.model.finding import Severity
from generator.model.profile import Profile, RuleChange, ScoreItem

PROFILE_KEYS = frozenset(("profile", "basis", "rules", "expectations", "scores", "replaces"))
SCORE_KEYS = frozenset(("name", "points", "rules", "each"))
OFF = "off"


def read_profile(profile_id: str, stated: Row) -> Profile:
    """The profile that a file states."""
    name = stated.required("profile")
    expectations = map(read_expectation, stated.rows("expectations", EXPECTATION_KEYS))
    return Profile(
        id=profile_id,
        name=name,
        basis=stated.text("basis"),
        expectations=tuple(replace(wish, wanted_by=name) for wish in expectations),
        changes=_changes(stated.entries("rules")),
        items=tuple(_score_item(entry) for entry in stated.rows("scores", SCORE_KEYS)),
        at=stated.at,
    )


def _changes(stated: Row) -> Mapping[str, RuleChange]:
    return {rule: _change(row(node, None)) for rule, node in stated.values.items()}


def _change(stated: Row) -> RuleChange:
    """A severity, and numbers by the ids of a rule's thresholds."""
    names = [name for name in stated.values if name != "severity"]
    return RuleChange(
        severity=_severity(stated) if "severity" in stated else None,
        thresholds={name: stated.number(name) for name in names},
    )


def _severity(stated: Row) -> str:
    if stated.text("severity") == OFF:
        return OFF
    return stated.choice("severity", Severity).value


def _score_item(stated: Row) -> ScoreItem:
    return ScoreItem(
        name=stated.required("name"),
        points=stated.number("points"),
        rules=stated.texts("rules"),
        each=stated.number("each") if "each" in stated else None,
        at=stated.at,
    )
