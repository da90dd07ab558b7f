"""What a site's folder may hold beside files: links, pipes, devices, folders in their place, more than anybody can read. Each is a
finding with its place, and nothing of it is published or waited for."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from generator.build.store import Made, Store
from generator.cli import console
from generator.cli.finding_reports import as_github, as_sarif
from generator.cli.verifying import site as verified
from generator.files.door import Denied, Door, NotTaken
from generator.language.sentence import as_text, whole_message
from generator.load.reading import Reading
from generator.model.finding import MOST, Finding, Gathering, Location, Severity, Text
from generator.model.law import Law
from generator.model.source import Unreadable
from generator.model.stranger import read_json
from generator.source import published
from generator.source.memory import Memory
from generator.source.nodes import MAX_DEPTH, parse
from tests.conftest import ROOT, SmallSite

DEEP = 100_000
REPORT = "content/agencies/bureau/2023"
FILES = (
    "content/pages/about.md",
    "content/agencies/bureau/agency.yaml",
    f"{REPORT}/report.yaml",
    f"{REPORT}/narrative.md",
    f"{REPORT}/files/a.pdf",
    "templates/home.html",
    "themes/mine/theme.yaml",
    "themes/mine/assets/screen.css",
    "themes/mine/assets/boards.css",
    "themes/mine/assets/logo.png",
    "themes/mine/templates/home.html",
)
FOLDERS = (
    "content",
    "content/pages",
    "content/agencies",
    "content/agencies/bureau",
    REPORT,
    f"{REPORT}/files",
    f"{REPORT}/files/more",
    "templates",
    "themes",
    "themes/mine",
    "themes/mine/assets",
    "themes/mine/assets/more",
    "themes/mine/templates",
)
# Where a folder is nothing strange.
FOLDER_ALLOWED = {f"{REPORT}/files/a.pdf", "themes/mine/assets/logo.png"}
# Behind an agency.yaml that cannot be read nothing is looked at.
BEHIND = {f"{REPORT}/report.yaml", f"{REPORT}/narrative.md", f"{REPORT}/files/a.pdf"}


@pytest.fixture
def themed(site: SmallSite) -> SmallSite:
    """A site with something in every place, and a secret beside it."""
    for name in FILES:
        path = site.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.write_text("# 关于\n\n文字\n" if name.endswith(".md") else "", "utf-8")
    for name in FOLDERS:
        (site.root / name).mkdir(exist_ok=True)
    (site.root / "themes/mine/theme.yaml").write_text("extends: default\n", "utf-8")
    (site.root / "templates/home.html").write_text('{% extends "base:home.html" %}', "utf-8")
    (site.root / "themes/mine/templates/home.html").write_text(
        '{% extends "site:home.html" %}', "utf-8"
    )
    with (site.root / "site.yaml").open("a", encoding="utf-8") as stream:
        stream.write("主题: mine\n")
    (site.root.parent / "secret").write_text("# secret\n", "utf-8")
    return site


def sparse(path: Path) -> None:
    with path.open("wb") as stream:
        stream.truncate(2 << 30)


def plugged(path: Path) -> None:
    with inside(path.parent), socket.socket(socket.AF_UNIX) as plug:
        plug.bind(path.name)  # a whole path may be too long for a socket


@contextmanager
def inside(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def outside(path: Path) -> Path:
    return next(parent for parent in path.parents if parent.name == "site").parent / "secret"


PLACED: dict[str, Callable[[Path], object]] = {
    "link": lambda path: path.symlink_to(outside(path)),
    "broken link": lambda path: path.symlink_to("/nonexistent"),
    "link to itself": lambda path: path.symlink_to(path),
    "link to a device": lambda path: path.symlink_to("/dev/zero"),
    "folder": lambda path: path.mkdir(),
    "pipe": os.mkfifo,
    "socket": plugged,
    "two gigabytes": sparse,
}


def places(found: list[Finding]) -> dict[str, str]:
    """Path → rule of the findings about files as such."""
    return {
        finding.at.path: finding.rule
        for finding in found
        if finding.rule in {"C-01", "C-08", "P-04"}
    }


def test_a_site_with_everything_in_its_place_is_clean(themed: SmallSite) -> None:
    assert places(themed.findings()) == {}


@pytest.mark.parametrize("kind", PLACED)
def test_what_is_no_plain_file_is_a_finding_at_its_place(themed: SmallSite, kind: str) -> None:
    for name in FILES:
        (themed.root / name).unlink()
        PLACED[kind](themed.root / name)
    # A theme whose theme.yaml is none is not looked into; so it is tried alone.
    theme = themed.root / "themes/mine/theme.yaml"
    alone = places(themed.findings())
    assert alone["themes/mine/theme.yaml"] == ("C-01" if kind == "two gigabytes" else "C-08")
    (theme.rmdir if kind == "folder" else theme.unlink)()
    theme.write_text("extends: default\n", "utf-8")
    found = places(themed.findings())
    wanted = (
        set(FILES) - {"themes/mine/theme.yaml"} - (FOLDER_ALLOWED if kind == "folder" else set())
    )
    if kind == "two gigabytes":
        assert found == dict.fromkeys(wanted - BEHIND, "C-01")
    else:
        assert found == dict.fromkeys(wanted, "C-08")
    assert "secret" not in repr(themed.inspect().site.pages)


@pytest.mark.parametrize(
    ("name", "rule"), [("report.yaml", "C-01"), ("narrative.md", "C-01"), ("files/a.pdf", "P-04")]
)
def test_a_file_of_two_gigabytes_is_not_read(themed: SmallSite, name: str, rule: str) -> None:
    sparse(themed.path(name=name))
    assert places(themed.findings()) == {f"{REPORT}/{name}": rule}


@pytest.mark.parametrize("kind", PLACED)
def test_a_site_yaml_that_is_no_plain_file_is_said_to_be_none(site: SmallSite, kind: str) -> None:
    path = site.root / "site.yaml"
    path.unlink()
    PLACED[kind](path)
    found = [finding for finding in site.findings() if finding.at.path == "site.yaml"]
    assert [finding.rule for finding in found] == ["C-01" if kind == "two gigabytes" else "C-08"]
    assert found[0].misconfigures


@pytest.mark.parametrize("name", FOLDERS)
def test_a_folder_that_is_a_link_is_not_entered(themed: SmallSite, name: str) -> None:
    folder, away = themed.root / name, themed.root.parent / "away"
    folder.rename(away)
    folder.symlink_to(away)
    inspection = themed.inspect()
    said = [
        finding
        for finding in inspection.findings
        if finding.at.path == name or finding.at.path.startswith(f"{name}/")
    ]
    if name in {"themes", "themes/mine"}:
        said = [finding for finding in said if finding.at.path == "themes/mine/theme.yaml"]
    assert {"C-05", "C-08"} & {finding.rule for finding in said}


def test_the_root_itself_may_be_a_link_and_a_file_may_have_two_names(site: SmallSite) -> None:
    elsewhere = site.root.with_name("elsewhere")
    elsewhere.symlink_to(site.root)
    twin = site.path(name="narrative.md")
    os.link(twin, site.root.parent / "twin")
    assert places(SmallSite(elsewhere).findings()) == {}


def test_folders_within_folders_end_somewhere(site: SmallSite) -> None:
    folder = os.open(site.path().parent, os.O_RDONLY)
    for name in ("files", *("d" for _ in range(1500))):
        os.mkdir(name, dir_fd=folder)
        below = os.open(name, os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = below
    os.close(folder)
    assert places(site.findings()) == {f"{REPORT}/files/{'/'.join('d' * 8)}": "C-08"}
    subprocess.run(
        ["rm", "-rf", site.path().parent / "files"], check=True
    )  # deeper than pytest can clear away


def test_a_folder_with_too_much_in_it_is_a_finding(
    site: SmallSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.source.tree.Walk.MOST", 200)
    (site.path().parent / "files").mkdir()
    for number in range(201):
        (site.path().parent / "files" / f"{number}.pdf").touch()
    assert places(site.findings()) == {f"{REPORT}/files": "C-08"}


@pytest.mark.parametrize("name", ["a" * 256, "../mine", "a/b", "."])
def test_a_theme_is_a_name(site: SmallSite, name: str) -> None:
    (site.root / "site.yaml").write_text(f"title: x\ntheme: {name}\n", "utf-8")
    assert ("C-04", 2) in [
        (finding.rule, finding.at.line)
        for finding in site.findings()
        if finding.at.path == "site.yaml"
    ]


def test_a_file_that_vanishes_is_a_finding_and_not_remembered(
    site: SmallSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, data = site.path(name="narrative.md"), Door.data

    def vanishing(door: Door, name: str, largest: int) -> bytes:
        if name.endswith("narrative.md"):
            path.rename(path.with_suffix(".gone"))
        return data(door, name, largest)

    with monkeypatch.context() as patched:
        patched.setattr(Door, "data", vanishing)
        assert places(site.findings()) == {f"{REPORT}/narrative.md": "C-01"}
    path.with_suffix(".gone").rename(path)
    assert places(site.findings()) == {}


def test_a_file_without_permission_is_the_machines_fault(
    site: SmallSite, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    opened = os.open

    def closed(name: str, *rest: int, **more: int) -> int:
        if name == "narrative.md":
            raise PermissionError(13, "Permission denied", name)
        return opened(name, *rest, **more)

    monkeypatch.setattr(os, "open", closed)
    with pytest.raises(Denied) as denied:
        site.findings()
    assert (
        f"{REPORT}/narrative.md" in denied.value.text.source
        and "Permission denied" in denied.value.text.say("en")
    )
    from generator.cli import main

    monkeypatch.setattr(sys, "argv", ["gongkai", "--root", str(site.root), "check"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2 and "narrative.md" in capsys.readouterr().err


@pytest.mark.parametrize(
    "path", ["../secret", "content/../../secret", "/etc/passwd", "content//x", "a\0b", "", "\ud800"]
)
def test_no_path_leads_out(site: SmallSite, path: str) -> None:
    with pytest.raises(NotTaken):
        Door(site.root).data(path, 100)


def test_nothing_is_waited_for(themed: SmallSite) -> None:
    """Pipes in every place at once, in a process of its own that may hang."""
    for name in (*FILES, "public/manifest.json", ".cache/memory.sqlite"):
        (themed.root / name).unlink(missing_ok=True)
        (themed.root / name).parent.mkdir(exist_ok=True)
        os.mkfifo(themed.root / name)
    command = [sys.executable, "-m", "generator", "--root", str(themed.root), "check"]
    assert (
        subprocess.run(command, cwd=ROOT, capture_output=True, timeout=60, check=False).returncode
        == 1
    )


# --- nesting


NESTED = {
    "brackets": "[" * DEEP,
    "closed brackets": "a: " + "[" * DEEP + "]" * DEEP,
    "braces": "a: " + "{a: " * DEEP,
    "dashes": "- " * DEEP,
    "questions": "? " * DEEP,
    "brackets and braces": "[{a: " * DEEP,
    "dashes and questions": "- ? " * DEEP,
    "mappings line by line": "".join(f"{' ' * depth}a:\n" for depth in range(1300)),
    "lists line by line": "".join(f"{' ' * depth}-\n" for depth in range(1300)),
}


def test_no_nesting_ends_the_program() -> None:
    """In a process of its own: a depth that is met too late ends it without a word."""
    code = (
        "import json, sys\nfrom generator.model.source import Unreadable\nfrom generator.source.nodes import parse\n"
        "for name, text in json.load(sys.stdin).items():\n"
        "    try:\n        print(name, parse(text, name))\n    except Unreadable as error:\n        print(name, error.kind, error.at.line)"
    )
    command, given = [sys.executable, "-c", code], json.dumps(NESTED)
    done = subprocess.run(
        command, input=given, text=True, capture_output=True, timeout=60, cwd=ROOT, check=False
    )
    said = dict(line.rsplit(" ", 2)[:2] for line in done.stdout.splitlines())
    assert said == {name: "key" if "questions" in name else "depth" for name in NESTED}, done


@pytest.mark.parametrize("depth", [MAX_DEPTH, MAX_DEPTH + 1])
def test_the_depth_that_is_allowed(depth: int) -> None:
    text = "[" * depth + "]" * depth
    if depth == MAX_DEPTH:
        assert parse(text + "\n", "x")
    with pytest.raises(Unreadable) as refused:
        parse("[" + text + "]" if depth == MAX_DEPTH + 1 else "[" * 20, "x")
    assert (refused.value.kind, refused.value.at.column) == ("depth", MAX_DEPTH + 2)


BAD_JSON = {
    "deep": "[" * DEEP,
    "deep objects": '{"a":' * DEEP,
    "null": "null",
    "list": "[]",
    "number": "1",
    "cut": '{"files": {',
    "empty": "",
}


@pytest.mark.parametrize("text", BAD_JSON.values(), ids=BAD_JSON)
def test_json_of_strangers_is_as_good_as_not_there(tmp_path: Path, text: str) -> None:
    if text.startswith(("[[", "{")) or not text:
        with pytest.raises(ValueError, match=r"deep|Expect"):
            read_json(text)
    folder = tmp_path / "agencies/bureau/2023"
    folder.mkdir(parents=True)
    for path in (tmp_path / "manifest.json", folder / "tables.json", tmp_path / "index.json"):
        path.write_text(text, "utf-8")
    store = Store(tmp_path)
    store.open()
    assert (
        published.listed(tmp_path),
        published.figures(tmp_path, "bureau", 2023),
        store.known,
    ) == ({}, None, {})
    assert [one.source for one in verified(tmp_path)] == [
        "没有可读的 manifest.json，不是本程序生成的网站"
    ]


def test_a_cache_of_the_wrong_kind_is_thrown_away(site: SmallSite) -> None:
    """Whatever stands where our own files should be: the next build makes them anew, and the one after that has nothing to do."""
    with (site.root / "site.yaml").open("a", encoding="utf-8") as stream:
        stream.write("收录: 选录\n")
    assert not site.build().blocked
    cache = site.root / ".cache"
    for kept in (cache / "published").iterdir():
        kept.write_text("null", "utf-8")
    first = next((cache / "objects").iterdir())
    subprocess.run(
        ["rm", "-rf", first, cache / "index.json", cache / "memory.sqlite", cache / "lock"],
        check=True,
    )
    first.touch()
    (cache / "index.json").mkdir()
    (cache / "memory.sqlite").mkdir()
    (cache / "lock").symlink_to(site.root / "site.yaml")
    before = (site.root / "site.yaml").read_bytes()
    assert not site.build().blocked
    assert (site.root / "site.yaml").read_bytes() == before
    assert site.build().made == ()


def test_a_row_of_the_cache_that_says_something_else_is_read_again(site: SmallSite) -> None:
    site.findings()
    memory = Memory(site.root / ".cache/memory.sqlite")
    for kind, name in (("report", "bureau/2023"), ("findings", "bureau/2023")):
        key, _ = memory.last(kind, name) or ("", "")
        for said in ("null", "[" * DEEP):
            memory.keep(kind, name, key, said)
            memory.close()
            assert "P-03" not in site.rules()


def test_a_result_that_is_no_file_is_made_again(tmp_path: Path) -> None:
    store = Store(tmp_path)
    made = store.put("ab" * 32, b"x", {})
    store.path(made.key).unlink()
    os.mkfifo(store.path(made.key))
    assert store.find("page", made.key, {}) is None
    store.known = {"page": Made(made.key, made.sha256, made.size, {})}
    assert store.find("page", made.key, {}) is None


# --- output without bound


def finding(number: int, rule: str = "C-03", path: str = "a.yaml") -> Finding:
    return Finding(rule, Severity.ERROR, Location(path, number), as_text(f"第 {number} 处"))


def test_findings_are_kept_up_to_a_number_and_counted_beyond() -> None:
    gathered = Gathering(finding(number) for number in range(MOST + 50))
    gathered.append(finding(1, "C-04"))
    kept = list(gathered)
    assert len(kept) == MOST + 1 and kept[MOST - 1].further == 50
    assert whole_message(kept[MOST - 1]).source.endswith("还有 50 处") and whole_message(
        kept[MOST - 1]
    ).say("en").endswith("and 50 more of the kind in this file")
    again = Gathering([*kept, finding(2)])
    assert [one.further for one in again if one.further] == [51]


def test_of_a_rule_in_a_file_the_first_are_listed(tmp_path: Path) -> None:
    found = list(Gathering(finding(number) for number in range(MOST + 50)))
    said = console.as_text([*found, finding(1, path="b.yaml")], tmp_path, "zh")
    assert said.count("a.yaml:") == console.LISTED and "b.yaml:1:1" in said
    assert f"……a.yaml 里 C-03 还有 {MOST + 50 - console.LISTED} 处" in said
    assert f"… and {MOST + 50 - console.LISTED} more of C-03 in a.yaml" in console.as_text(
        found, tmp_path, "en"
    )
    assert console.counted(found, 1, "zh").startswith(f"1 份报告：错误 {MOST + 50}，")
    document = json.loads(console.as_json(found, 1, "zh"))
    assert document["summary"]["error"] == MOST + 50 and len(document["findings"]) == MOST
    assert sum(one.get("further", 0) for one in document["findings"]) == 50


@pytest.mark.parametrize(
    ("line", "column", "shown", "caret"),
    [
        ("短", 1, "短", 0),
        ("一二三四", 3, "一二三四", 4),
        ("a" * 300, 1, "a" * 100 + "…", 0),
        ("a" * 300, 300, "…" + "a" * 100, 100),
        ("a" * 149 + "b" + "a" * 150, 150, "…" + "a" * 50 + "b" + "a" * 49 + "…", 51),
        ("字" * 300, 150, "…" + "字" * 50 + "…", 51),
        ("\x1b[2J字", 5, "\\u001b[2J字", 9),
        ("一" + "a\u0301" * 3, 4, "一" + "a\u0301" * 3, 3),
        ("短", 99, "短", 2),
    ],
)
def test_of_a_long_line_a_window_is_shown(
    tmp_path: Path, line: str, column: int, shown: str, caret: int
) -> None:
    (tmp_path / "a.yaml").write_text(f"x\n{line}\n", "utf-8")
    found = Finding("C-03", Severity.ERROR, Location("a.yaml", 2, column), as_text("x"))
    _, quoted, mark, *_ = console.as_text([found], tmp_path, "zh").split("\n")
    expected = "".join(one if one.isprintable() else f"\\u{ord(one):04x}" for one in shown)
    assert (quoted, mark) == (f"    2 | {expected}", f"      | {' ' * caret}^")


def test_nothing_is_quoted_of_what_is_too_large_or_no_file(tmp_path: Path) -> None:
    sparse(tmp_path / "a.yaml")
    os.mkfifo(tmp_path / "b.yaml")
    (tmp_path / "c.yaml").symlink_to("/etc/passwd")
    found = [finding(1, path=f"{name}.yaml") for name in "abcd"]
    assert " | " not in console.as_text(found, tmp_path, "zh")


MANY: dict[str, tuple[str, Callable[[str], str], int]] = {
    "9,000 unknown keys on a line": (
        "report.yaml",
        lambda text: "{年度: 2023, " + ", ".join(f"k{n}: 1" for n in range(9_000)) + "}",
        9_000,
    ),
    "9,000 unknown keys": (
        "report.yaml",
        lambda text: "年度: 2023\n" + "".join(f"k{n}: 1\n" for n in range(9_000)),
        9_000,
    ),
    "20,000 braces": ("narrative.md", lambda text: text + "\n" + "{" * 20_000 + "\n", 10_000),
    "5,000 references": (
        "narrative.md",
        lambda text: text + "\n" + "{{ x }} " * 5_000 + "\n",
        5_000,
    ),
    "5,000 tags": ("narrative.md", lambda text: text + "\n" + "<b>\n" * 5_000, 5_000),
    "5,000 controls": ("narrative.md", lambda text: text + "\n" + "\x01\n" * 5_000, 5_000),
    "5,000 headings": ("narrative.md", lambda text: text + "\n" + "## x\n" * 5_000, 5_000),
    "5,000 explanations": (
        "report.yaml",
        lambda text: text.replace("说明: []", "说明:\n" + "- {规则: x}\n" * 5_000),
        5_000,
    ),
}


@pytest.mark.parametrize("case", MANY)
def test_output_does_not_grow_with_what_is_wrong(site: SmallSite, case: str) -> None:
    name, change, count = MANY[case]
    path = site.path(name=name)
    path.write_text(change(path.read_text("utf-8")), "utf-8")
    inspection = site.inspect()
    said = console.as_text(inspection.findings, site.root, "zh")
    assert len(said) < 60_000 and len(inspection.findings) < 3 * MOST
    assert sum(1 + one.further for one in inspection.findings) >= count
    assert re.search(r"…….* 还有 [0-9]+ 处", said)
    assert len(console.as_json(inspection.findings, 1, "zh")) < 600_000
    # Remembered, they are the same.
    assert site.inspect().findings == inspection.findings


def test_what_never_ends_is_not_looked_for_from_everywhere(law: Law) -> None:
    """Lines that a pattern could go through once from each of their places: no answer for hours."""
    from generator.language.references import REFERENCE
    from generator.load.narrative import BRACES

    for text in (
        "{{" + " " * 50_000,
        "{{ a" + " " * 50_000,
        "{{ x " * 50_000,
        "{ " * 50_000,
        "{" + " " * 50_000,
        "{{ x" + "\n" * 50_000,
    ):
        assert not REFERENCE.findall(text)
        assert len(BRACES.findall(text)) <= 50_000
    assert REFERENCE.findall("{{ 新收.总计 }}{{x}}{{\n y \n}}") == ["新收.总计", "x", "y"]


# --- lines that are not ours


def test_a_value_forges_no_line(site: SmallSite) -> None:
    """On GitHub's machines a line of output that begins with `::` is a command, and `##[` is one anywhere."""
    forged = "x\\n::error file=a::b\\r::warning::c\\u2028::notice::d ##[add-mask]e \\x1b[31m"
    (site.root / "content/agencies/bureau/agency.yaml").write_text(
        f'名称: 测试局\n类型: "{forged}"\n层级: 县级\n"{forged}": 1\n', "utf-8"
    )
    inspection = site.inspect()
    for language in ("zh", "en"):
        text = console.as_text(inspection.findings, site.root, language)
        assert "::error file" in text and "##[" not in text
        assert not re.search(r"(?m)^\s*::", text) and not re.search(
            r"[\x00-\x09\x0b-\x1f\x7f\u2028]", text
        )
        commands = as_github(inspection.findings, language).split("\n")
        assert all(
            line.startswith(
                ("::error file=content", "::warning file=content", "::notice file=content")
            )
            for line in commands
        )
        assert len(commands) == len(inspection.findings)
        for document in (
            console.as_json(inspection.findings, 1, language),
            as_sarif(inspection.findings, inspection.site.law, language),
        ):
            assert not re.search(r"(?m)^\s*::", document) and "\\n::" not in document.replace(
                "\\\\n", ""
            )


@pytest.mark.parametrize("name", ["a\n::error ::b.pdf", "a\r::error ::b.pdf", "a\x1b[2J.pdf"])
def test_nor_does_a_name(site: SmallSite, name: str) -> None:
    (site.path().parent / "files").mkdir()
    (site.path().parent / "files" / name).touch()
    (site.root / "templates").mkdir()
    (site.root / "templates" / f"{name}.html").touch()
    found = site.findings()
    assert {one.rule for one in found} == {"C-08"} and len(found) == 2
    for said in (console.as_text(found, site.root, "zh"), as_github(found, "zh")):
        assert not re.search(r"(?m)^::error ::|[\r\x1b]", said)


def test_a_message_is_short(law: Law) -> None:
    reading = Reading(law, None)  # type: ignore[arg-type]
    reading.note(
        "C-03", Location("a.yaml"), Text(("zh-CN", "en"), ("长" * 900_000 + "末尾", "x\ny"))
    )
    (found,) = reading.findings
    assert (
        len(found.message.source) < 1000
        and found.message.source.endswith("末尾")
        and found.message.say("en") == "x\\u000ay"
    )
