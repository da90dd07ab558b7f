"""A rule's id leads to its code: the catalogue names the modules that decide it, and no others do."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from generator.inspection import read_law
from generator.language.catalogue import stated_in
from generator.model.law import Law
from tests.conftest import ROOT

PACKAGE = ROOT / "generator"
LAW = read_law()
# A form and claims.yaml state rules by their ids; these modules evaluate what is stated there.
EVALUATORS = {
    "identity": "check/arithmetic.py",
    "slip": "check/slips.py",
    "expectation": "check/sections.py",
    "claim": "check/narrative.py",
}
# What names a rule without deciding it, and why.
MENTIONS = {
    "model/coverage.py": {"P-01"},  # a late report may tell why it is late
    "cli/console.py": {"C-08"},  # about a file that may hold anything: no line of it is printed
    "cli/verifying.py": {"S-03", "S-04", "S-05"},  # what can be asked of a table without its report
    "load/reading.py": {"D-02"},  # its words are placeholders in settings, too
}


def literals(path: Path) -> Iterator[str]:
    """Every text of a Python file that is one word."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def stated(law: Law) -> Iterator[tuple[str, str]]:
    """The rules that forms and claims state, each with the kind of the statement."""
    for form in law.formats:
        for identity in form.identities:
            yield identity.rule, "identity"
            yield identity.counted_twice, "slip"
            yield identity.swapped, "slip"
        for expectation in form.expectations:
            yield expectation.rule, "expectation"
    for profile in law.profiles.values():
        for expectation in profile.expectations:
            yield expectation.rule, "expectation"
    for claim in law.claims.claims:
        yield claim.rule, "claim"


@pytest.fixture(scope="module")
def deciding() -> Mapping[str, set[str]]:
    """Rule → the modules whose code has its id, or evaluates the statement that has it."""
    modules: dict[str, set[str]] = defaultdict(set)
    for path in PACKAGE.rglob("*.py"):
        module = path.relative_to(PACKAGE).as_posix()
        for rule in set(literals(path)) & set(LAW.rules) - MENTIONS.get(module, set()):
            modules[rule].add(module)
    for rule, kind in stated(LAW):
        if rule:
            modules[rule].add(EVALUATORS[kind])
    return modules


@pytest.mark.parametrize("rule", sorted(LAW.rules))
def test_the_catalogue_names_the_modules_that_decide_a_rule(
    rule: str, deciding: Mapping[str, set[str]]
) -> None:
    named = set(LAW.rules[rule].decided_by)
    assert named == deciding[rule], (
        f"write under {rule} in generator/formats/rules: decided_by: {sorted(deciding[rule])}"
    )


# Rules about how a file is written: every reader of a kind of file decides them.
OF_READERS = {"C-01", "C-02", "C-03", "C-04", "C-05", "C-08", "S-01", "S-05", "V-01", "P-04"}


def test_one_module_decides_a_rule_unless_it_is_about_how_a_file_is_written() -> None:
    several = {rule for rule, entry in LAW.rules.items() if len(entry.decided_by) > 1}
    assert several == OF_READERS


def test_what_is_named_as_a_mention_is_one() -> None:
    for module, rules in MENTIONS.items():
        assert rules <= set(literals(PACKAGE / module)), module


def test_a_rule_that_no_code_names_is_stated_in_the_law() -> None:
    in_code = {rule for path in PACKAGE.rglob("*.py") for rule in literals(path)}
    for rule in set(LAW.rules) - in_code:
        files = stated_in(rule, LAW)
        assert files, f"nothing decides {rule}"
        for file in files:
            assert re.search(rf"\b{rule}\b", (ROOT / file).read_text("utf-8")), (rule, file)
