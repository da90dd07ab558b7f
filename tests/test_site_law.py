"""Forms, rules, words and claims that a site brings in `formats/`, without a fork."""

from __future__ import annotations

import shutil
from functools import lru_cache
from pathlib import Path

import pytest

from generator.cli.preview import look
from generator.inspection import _law_files, law_of
from generator.load.formats import LawFile, load_site_law
from generator.model.law import Law
from generator.model.source import Node
from generator.source.nodes import parse
from tests.conftest import ROOT, SmallSite

SHIPPED = _law_files(ROOT / "generator/formats")
NEXT_FORM = (ROOT / "tests/data/next-form.yaml").read_text("utf-8")

RULES = """T3-90:
  severity: warning
  zh: 收件比结转少
  en: fewer applications than were carried over
  what_zh: 本市要求新收不少于上年结转。
  what_en: New applications are at least as many as those carried over.
  basis: L
"""
ADDITION = """adds_to: "2021"
identities:
  - {rule: T3-90, table: applications, each: column, only: [total], formula: received >= carried_in}
expectations:
  - {rule: S-10, section: problems, mentions: [[不足, 不够, 短板]]}
words:
  applications.received: [今年收到的申请]
  applications.natural_person: [个人]
  problems: [问题和改进]
"""


@lru_cache(maxsize=64)
def parsed(text: str, path: str) -> Node | None:
    return parse(text, path)


def brought(law: Law, **files: str) -> tuple[Law, list[str]]:
    """The law with files of a site's own, and what is wrong with them; `__` stands for `/`."""
    names = {f"{name.replace('__', '/')}.yaml": text for name, text in files.items()}
    own = [LawFile(name, f"formats/{name}", text, own=True) for name, text in names.items()]
    result, defects = load_site_law(law, SHIPPED, own, parsed)
    return result, [f"{defect} | {defect.text.source}" for defect in defects]


def test_what_a_site_brings_joins_what_ships(law: Law) -> None:
    own, defects = brought(law, **{"2031": NEXT_FORM}, rules__local=RULES, local=ADDITION)
    assert defects == []
    assert [form.id for form in own.formats][-1] == "2031"
    assert (own.format_for(2030), own.format_for(2031)) == (
        own.format_named("2021"),
        own.format_named("2031"),
    )
    assert own.rules["T3-90"].name.source == "收件比结转少"
    assert own.rules.keys() - law.rules.keys() == {"T3-90"}
    assert own.digest != law.digest


CASES = [
    ("2021", NEXT_FORM, "formats/2021.yaml:4:1", "a shipped file is called 2021.yaml, too"),
    (
        "x",
        NEXT_FORM.replace('id: "2031"', 'id: "2021"'),
        "formats/x.yaml:4:1",
        "2021 is there already",
    ),
    ("rules__x", RULES.replace("T3-90", "T3-01"), "formats/rules/x.yaml:2:3", "is there already"),
    ("rules__x", RULES.replace("T3-90", "Z-1"), "formats/rules/x.yaml:2:3", "is no rule id"),
    ("rules__x", RULES.replace("warning", "warn"), "formats/rules/x.yaml:2:13", "cannot be warn"),
    ("rules__x", RULES.replace("basis", "bases"), "formats/rules/x.yaml:7:3", "did you mean"),
    ("x", ADDITION, "formats/x.yaml:3:5", "unknown rule T3-90"),
    ("x", 'adds_to: "1999"\n', "formats/x.yaml:1:10", "names no form: 1999"),
    (
        "x",
        'adds_to: "2021"\nwords: {applications.recieved: [甲]}\n',
        "formats/x.yaml:2:32",
        "recieved` is no section, table, row or column",
    ),
    (
        "x",
        'adds_to: "2021"\nidentities: [{rule: T3-01, table: applications, each: row, formula: 1}]\n',
        "formats/x.yaml:2:14",
        "one comparison",
    ),
    ("x", "concepts: {applications.received: {unit: 件, additive: true}}\n", "", "already"),
    ("x", "claims: [{rule: X-01, says: '(', equals: []}]\n", "formats/x.yaml:1:10", "no pattern"),
    ("x", "claims: [{rule: X-99, says: a, equals: []}]\n", "formats/x.yaml:1:10", "unknown rule"),
    (
        "x",
        NEXT_FORM.replace("short: 主动公开\n", "short: 标题\n"),
        "formats/x.yaml:4:1",
        "标题 is written for both the key title and proactive",
    ),
    ("x", "a: 1\n", "formats/x.yaml:1:1", "neither a form"),
    ("x", "# nothing\n", "formats/x.yaml:1:1", "the file is empty"),
    ("x", "- a\n", "formats/x.yaml:1:1", "keys and values"),
    (
        "rules__tables",
        f"replaces: rules/tables.yaml\n{RULES}",
        "formats:1:1",
        "leaves out rule T2-01",
    ),
    ("x", NEXT_FORM.replace("from: 2031", "from: 2021"), "formats/x.yaml:4:1", "are both for 2021"),
    (
        "x",
        NEXT_FORM.replace(", same: 只是换了说法，仍是上年没有办结的申请", ""),
        "formats/x.yaml:112:13",
        "say `same:` with the reason",
    ),
    (
        "x",
        NEXT_FORM.replace(", adds_to: applications.refused", ""),
        "formats/x.yaml:134:21",
        "say `adds_to: applications.refused`",
    ),
    (
        "x",
        NEXT_FORM.replace("  applications.refused.trial_matter:", "  applications.refused.trial:"),
        "formats/x.yaml:134:21",
        "has no concept",
    ),
    (
        "x",
        NEXT_FORM.replace(
            "unit: 件\n                    breaks:", "unit: 项\n                    breaks:"
        ),
        "formats/x.yaml:100:21",
        "a figure in another unit is another concept",
    ),
]


@pytest.mark.parametrize(("name", "text", "place", "words"), CASES, ids=range(len(CASES)))
def test_a_mistake_is_told_with_its_place(
    law: Law, name: str, text: str, place: str, words: str
) -> None:
    own, defects = brought(law, **{name: text})
    assert own is law, "nothing of it counts"
    assert any(words in defect for defect in defects), defects
    assert defects[0].startswith(place)


def test_replacing_must_be_said_and_then_holds(law: Law) -> None:
    text = NEXT_FORM.replace('id: "2031"', 'id: "2021"\nreplaces: "2021"')
    text = text.replace("处理决定数量,", "处理决定数量, same: 只是换了说法,")
    own, defects = brought(law, mine=text.replace("from: 2031", "from: 2021"))
    assert defects == []
    form = own.format_named("2021")
    assert form is not None and form.basis == "试造〔2030〕9号"
    milder = RULES.replace("T3-90:", "T3-06:\n  replaces: T3-06")
    own, defects = brought(law, rules__mine=milder)
    assert defects == [] and own.rules["T3-06"].name.source == "收件比结转少"
    # The numbers that a rule goes by are asked for by name.
    own, defects = brought(law, rules__mine=RULES.replace("T3-90:", "Y-08:\n  replaces: Y-08"))
    assert own is law and "the thresholds of Y-08 lack times, least" in defects[0]


@pytest.fixture
def own_site(site: SmallSite) -> SmallSite:
    """A site that brings a rule and words, and the folder for more."""
    folder = site.root / "formats"
    (folder / "rules").mkdir(parents=True)
    (folder / "rules/local.yaml").write_text(RULES, "utf-8")
    (folder / "local.yaml").write_text(ADDITION, "utf-8")
    (folder / "README.md").write_text("我市的要求", "utf-8")
    site.row("新收", "[1, 0, 0, 0, 0, 0, 1]").row("上年结转", "[5, 0, 0, 0, 0, 0, 5]")
    site.row("予以公开", "[6, 0, 0, 0, 0, 0, 6]").row("办结", "[6, 0, 0, 0, 0, 0, 6]")
    return site


def test_a_site_goes_by_its_own_rules_and_words(own_site: SmallSite) -> None:
    path = own_site.path()
    text = path.read_text("utf-8")
    path.write_text(text.replace("  新收:", "  今年收到的申请:"), "utf-8")
    found = {finding.rule: finding for finding in own_site.findings()}
    assert found["T3-90"].at.path == "content/agencies/bureau/2023/report.yaml"
    assert found["T3-90"].declared_at is not None
    assert str(found["T3-90"].declared_at) == "formats/local.yaml:3:5"
    assert not found.keys() & {"C-03", "C-18", "S-05"}


def test_a_mistake_in_it_is_an_error_of_the_configuration(own_site: SmallSite) -> None:
    path = own_site.root / "formats/local.yaml"
    path.write_text(ADDITION.replace("received >= carried_in", "received >= carried"), "utf-8")
    [finding] = [one for one in own_site.findings() if one.rule == "C-18"]
    assert str(finding.at) == "formats/local.yaml:3:5" and finding.misconfigures
    assert "没有哪一行或列具备算式的全部各项" in finding.message.source
    assert own_site.build().blocked
    path.write_text("a: [\n", "utf-8")
    (own_site.root / "formats/notes.doc").write_text("", "utf-8")
    assert {"C-01", "C-08"} <= set(own_site.rules())
    path.unlink()
    path.symlink_to(own_site.path())
    assert "C-08" in own_site.rules()


def test_a_changed_file_is_followed_as_a_new_site_would_be(own_site: SmallSite) -> None:
    """Warm and cold builds are alike after a change of the site's law, and the preview sees it."""
    assert not own_site.build().blocked
    page = "agencies/bureau/2023/index.html"
    assert "收件比结转少" in own_site.page("rules/index.html")
    states = look(own_site.root)
    rules = own_site.root / "formats/rules/local.yaml"
    rules.write_text(RULES.replace("收件比结转少", "收得太少").replace("warning", "error"), "utf-8")
    assert look(own_site.root) != states
    assert own_site.build().blocked
    rules.write_text(RULES.replace("收件比结转少", "收得太少"), "utf-8")
    own_site.build()
    cold = own_site.root.parent / "cold"
    shutil.copytree(own_site.root, cold, ignore=shutil.ignore_patterns(".cache", "public"))
    twin = SmallSite(cold)
    twin.build()
    for path in (page, "rules/index.html", "data/rules.csv", "manifest.json"):
        assert own_site.page(path) == twin.page(path)
    assert "收得太少" in own_site.page("rules/index.html")


def test_the_law_of_no_site_is_the_shipped_one(law: Law, tmp_path: Path) -> None:
    own, findings = law_of(tmp_path)
    assert (own.digest, findings) == (law.digest, ())
