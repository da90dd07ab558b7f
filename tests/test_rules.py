"""The rule catalogue: every entry is complete, and its examples do what they say. An example changes the good site of tests/good, which
has no finding at all; a failing one must bring exactly its rule (and those it names as `also`), a passing one nothing."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from generator.inspection import inspect
from generator.model.finding import Finding, Severity
from generator.model.law import Example, Law
from tests.conftest import TODAY
from tests.sharing import shipped_law

GOOD = Path(__file__).parent / "good"
LAW = shipped_law()
# The 59 rules of the field; a rule keeps its ID for ever.
FIELD = (
    [f"S-{number:02}" for number in range(1, 15)]
    + [f"V-{number:02}" for number in range(1, 9)]
    + [f"T2-{number:02}" for number in range(1, 5)]
    + [f"T3-{number:02}" for number in range(1, 8)]
    + ["T4-01", "T4-02"]
    + [f"X-{number:02}" for number in range(1, 10)]
    + [f"Y-{number:02}" for number in range(1, 12)]
    + [f"P-{number:02}" for number in range(1, 7)]
    + [f"R-{number:02}" for number in range(1, 6)]
    + ["A-01", "A-02"]
)
EXAMPLES = [
    (rule.id, kind, index)
    for rule in LAW.rules.values()
    for kind in ("fails", "passes")
    for index in range(len(getattr(rule.manual, kind)))
]


def apply(root: Path, example: Example) -> None:
    """Put an example's lines into a copy of the good site."""
    base = (
        root / "content" / "agencies" / ("office/2020" if example.form == "2019" else "bureau/2023")
    )
    for name, text in example.files.items():
        if name == "site.yaml":
            _lines(root / name, text)
        elif name in {"report.yaml", "narrative.md", "agency.yaml"}:
            _put((base.parent if name == "agency.yaml" else base) / name, text)
        elif name.startswith("prior/"):
            _put(base.parent / str(int(base.name) - 1) / name.removeprefix("prior/"), text)
        elif text == "（删去）":
            shutil.rmtree(root / "content" / "agencies" / name)
        elif text.startswith("改名自 "):
            folder = root / "content" / "agencies" / name
            (folder.parent / text.removeprefix("改名自 ")).rename(folder)
            report = folder / "report.yaml"
            report.write_text(
                report.read_text("utf-8").replace("年度: 2022", f"年度: {folder.name}"), "utf-8"
            )
        else:
            _put(root / "content" / "agencies" / name, text)


def _put(path: Path, text: str) -> None:
    if path.name == "narrative.md":
        _sections(path, text)
    else:
        _lines(path, text)


def _sections(path: Path, text: str) -> None:
    """Whole sections take the place of those of the same number; a loose sentence ends the first."""
    held = path.read_text("utf-8")
    if not text.startswith("## "):
        head, mark, rest = held.partition("\n## 五")
        path.write_text(f"{head}\n{text}\n{mark}{rest}", "utf-8")
        return
    for section in re.split(r"(?m)^(?=## )", text)[1:]:
        _section(path, section)


def _section(path: Path, text: str) -> None:
    held = path.read_text("utf-8")
    number = {"一": "一", "五": "五", "六": "六"}[text[3]]
    title = text.split("\n", maxsplit=1)[0].split("、", 1)[1]
    place = number if number in "一五六" and f"## {number}、{title}" in held else "五"
    pattern = rf"(?ms)^## {place}、.*?(?=^## |\Z)"
    assert re.search(pattern, held)
    path.write_text(re.sub(pattern, lambda _: text.rstrip("\n") + "\n\n", held, count=1), "utf-8")


def _lines(path: Path, text: str) -> None:
    """`key: value` takes the place of the line of that key, at its indentation; `（删去）` takes the key and what is below it away."""
    held, previous = path.read_text("utf-8"), ""
    for line in text.split("\n"):
        key, _, value = line.strip().partition(":")
        pattern = rf"(?m)^([ ]*){re.escape(key)}:.*$"
        if value.strip() == "（删去）":
            held = re.sub(rf"(?m)^([ ]*){re.escape(key)}:.*\n(?:\1[ ]+.*\n)*", "", held)
        elif re.search(pattern, held):
            indent = re.search(pattern, held)
            assert indent is not None
            held = re.sub(pattern, (indent[1] + line.strip()).replace("\\", r"\\"), held, count=1)
        elif line.startswith(" "):  # a new line of the table whose last row was just written
            held = held.replace(previous, f"{previous}\n{line}")
        else:
            held = f"{held.rstrip()}\n{line}\n"
        previous = line
    path.write_text(held, "utf-8")


def findings(root: Path, example: Example) -> list[Finding]:
    shutil.copytree(GOOD, root)
    apply(root, example)
    return list(inspect(root, TODAY).findings)


def said(found: list[Finding]) -> Iterator[str]:
    yield from (
        f"{one.rule} {one.agency}/{one.year} {one.at}: {one.message.source}" for one in found
    )


def test_the_good_site_has_no_finding() -> None:
    assert not list(said(list(inspect(GOOD, TODAY).findings)))


@pytest.mark.parametrize(("rule", "kind", "index"), EXAMPLES, ids=str)
def test_an_example_does_what_its_entry_says(
    rule: str, kind: str, index: int, tmp_path: Path
) -> None:
    """The mutation test of every rule: one mistake in a good report, exactly its rule speaks up, and no other error appears."""
    example = getattr(LAW.rules[rule].manual, kind)[index]
    found = findings(tmp_path / "site", example)
    rules = {one.rule for one in found}
    wanted = {rule, *example.also} if kind == "fails" else set(example.also)
    assert rules == wanted, "\n".join(said(found))


def test_all_rules_of_the_field_are_in_the_catalogue(law: Law) -> None:
    assert len(FIELD) == len(set(FIELD)) == 68
    assert set(FIELD) <= set(law.rules)


def test_an_entry_is_complete(law: Law) -> None:
    for rule in law.rules.values():
        assert rule.name.source and rule.name.say("en"), rule.id
        assert rule.manual is not None and rule.manual.what.source and rule.manual.what.say("en"), (
            rule.id
        )
        if rule.id in FIELD:
            assert rule.manual.fails and rule.manual.passes and rule.manual.basis, rule.id


def test_the_weight_of_a_finding_is_the_sites_then_the_cases_then_the_forms_then_the_catalogues() -> (
    None
):
    rule = replace(LAW.rules["Y-02"], by_form={"2019": Severity.INFO})
    assert rule.weight(None, "2021") is Severity.WARNING
    assert rule.weight(None, "2019") is Severity.INFO
    assert rule.weight(Severity.ERROR, "2019") is Severity.ERROR
    assert replace(rule, chosen=True).weight(Severity.ERROR, "2019") is Severity.WARNING
