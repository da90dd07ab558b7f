"""The shape of the code as tests: what may import what, one file for each library, names that say something."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "generator"
FILES = sorted(PACKAGE.rglob("*.py"))
STAGES = ("source", "load", "check", "derive", "render", "build")
# `model` stands below everything, `language` on the model; a stage imports these two and itself.
# The door, through which every file comes in, stands beside the model.
ALLOWED = {stage: {stage, "model", "language"} for stage in STAGES} | {
    "model": {"model"},
    "language": {"language", "model"},
}
ALLOWED["build"] = {"build", "model", "files"}
ALLOWED["source"] |= {"files"}
ALLOWED["load"] |= {"files"}
ALLOWED["files"] = {"files", "language", "model"}
# What may be published, and what becomes of it.
ALLOWED["settle"] = {"settle", "check", "derive", "load", "model", "source"}
ALLOWED["parts"] = {"parts", "derive", "files", "language", "model", "render"}
ALLOWED["pages"] = {"pages", "derive", "language", "model", "parts"}
ALLOWED["plan"] = {"plan", "derive", "files", "language", "model", "pages", "parts", "render"}
# What is at the edges: files in other shapes, new files, schemas.
ALLOWED["importing"] = {"importing", "language", "load", "model", "render", "source"}
ALLOWED["scaffold"] = {"scaffold", "inspection", "language", "model", "render", "schema"}
ALLOWED["schema"] = {"schema", "inspection", "language", "load", "model"}

# What opens a file or looks into a folder, and who may do so beside the door, with what for.
OPENING = frozenset(
    {
        "open",
        "fdopen",
        "connect",
        "read_text",
        "read_bytes",
        "glob",
        "rglob",
        "iterdir",
        "walk",
        "fwalk",
    }
    | {"scandir", "listdir", "copy", "copy2", "copyfile", "copytree"}
)
OPENERS = {
    "files/door.py": "the door",
    "build/publish.py": "the output, which is ours",
    "build/store.py": "the cache, for writing",
    "source/memory.py": "the cache, through SQLite",
    "importing/tidy.py": "a file that was named on the command line, which may be a pipe",
    "importing/archive.py": "a part of an archive in memory",
    "importing/printed.py": "a PDF in memory",
    "importing/webpage.py": "the parts of a message in memory",
    "cli/verifying.py": "the names in a published copy; its files come through the door",
    "cli/preview.py": "what the preview has built",
    "scaffold/__init__.py": "the package's samples; a new folder that must be empty",
    "inspection.py": "the package's forms",
    "parts/edition.py": "the package's catalogues",
    "language/speech.py": "the package's catalogues",
    "model/digest.py": "the package's code",
    "render/pdf.py": "the package's code, WeasyPrint's style, the system's fonts",
    "render/finished.py": "a PDF in memory",
    "render/table_files.py": "a file of its own, read back in pieces",
    "render/sqlite.py": "a file of its own, for writing",
}


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, at the top or inside a function."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            if node.module in {"generator", "tests", "tests.referees"}:
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_the_law_of_imports_knows_every_room() -> None:
    """The command line is the one room that may ask all others."""
    rooms = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert rooms == {*ALLOWED, "cli"}


@pytest.mark.parametrize("part", ALLOWED)
def test_a_stage_imports_the_model_and_nothing_beside_it(part: str) -> None:
    for path in (PACKAGE / part).rglob("*.py"):
        for name in imports(path):
            if name.startswith("generator."):
                assert name.split(".")[1] in ALLOWED[part], (
                    f"{path.relative_to(ROOT)} imports {name}"
                )


def test_the_model_imports_only_the_standard_library() -> None:
    for path in (PACKAGE / "model").rglob("*.py"):
        for name in imports(path):
            assert (
                name.startswith("generator.model") or name.split(".")[0] in sys.stdlib_module_names
            ), (path, name)


def test_each_library_is_imported_in_one_file() -> None:
    users: dict[str, set[str]] = {}
    for path in FILES:
        for name in imports(path):
            library = name.split(".")[0]
            if library not in sys.stdlib_module_names and library != "generator":
                users.setdefault(library, set()).add(path.relative_to(PACKAGE).as_posix())
    # Click is the command line's; the preview says its address with it, tornado is livereload's own server.
    assert {file.split("/")[0] for file in users.pop("click")} == {"cli"}
    assert {library: len(files) for library, files in users.items()} == dict.fromkeys(users, 1), (
        users
    )


def test_no_test_module_imports_another() -> None:
    """What several share stands in a module of its own, which is no collection of tests."""
    for path in (ROOT / "tests").rglob("*.py"):
        shared = [name for name in imports(path) if name.rpartition(".")[2].startswith("test_")]
        assert not shared, f"{path.relative_to(ROOT)} imports {shared}"


def test_heavy_libraries_are_not_imported_by_a_check() -> None:
    heavy = {
        "weasyprint",
        "jinja2",
        "livereload",
        "rich",
        "lxml",
        "docx",
        "pdfplumber",
        "python_calamine",
    }
    code = f"import sys, generator.inspection; print(*sorted({heavy} & set(sys.modules)))"
    import subprocess

    assert (
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
        ).stdout.strip()
        == ""
    )


def called(path: Path) -> Iterator[tuple[str, str]]:
    """(name, whose) of every function that a file calls; whose is empty for one of its own."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.func.attr, ast.unparse(node.func.value)
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "open"
        ):
            yield "open", ""


def test_files_of_a_site_come_in_through_the_door_alone() -> None:
    openers = {
        path.relative_to(PACKAGE).as_posix()
        for path in FILES
        if any(name in OPENING and whose != "store" for name, whose in called(path))
    }
    assert openers == set(OPENERS), (
        "a file of a site is opened by generator/files/door.py; see there"
    )


def test_json_of_strangers_is_read_in_one_place() -> None:
    readers = {
        path.relative_to(PACKAGE).as_posix()
        for path in FILES
        if ("loads", "json") in called(path) or ("load", "json") in called(path)
    }
    # Beside it: our own words again, a moment later.
    assert readers == {"model/stranger.py", "cli/importing.py", "render/search_scripts.py"}


def test_no_name_says_nothing() -> None:
    vague = re.compile(r"^(utils?|helpers?|managers?|base|common|misc)$")
    assert not [path for path in PACKAGE.rglob("*") if vague.match(path.stem)]


def test_the_code_names_no_row_of_a_table(law: object) -> None:
    """The law is data: a row's id in the code would have to be found again for the next form."""
    from generator.model.law import Law

    assert isinstance(law, Law)
    rows = {cell.row.path for form in law.formats for cell in form.cells.values()} - {"other"}
    columns = {cell.column.path for form in law.formats for cell in form.cells.values()} - {
        "other",
        "total",
        "items",
        "amount",
    }
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and " " not in node.value
            ):
                assert node.value not in rows | columns, (
                    f"{path.relative_to(ROOT)}:{node.lineno} names {node.value}"
                )


# Beside generator/language/amounts.py, where numbers become text.
WRITES_NUMBERS = {
    "model/figure.py": "a number as programs read it, and a figure as the report has it"
}
# A number with decimals, in groups, in percent, with its sign.
FORMAT_OF_NUMBERS = re.compile(r"[%,]|\.\d+[fg]|\+|^f$")


def number_formats(path: Path) -> Iterator[int]:
    """The lines of a file that make text of a number otherwise than in digits."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FormattedValue) and isinstance(node.format_spec, ast.JoinedStr):
            constants = [part for part in node.format_spec.values if isinstance(part, ast.Constant)]
            if FORMAT_OF_NUMBERS.search("".join(str(part.value) for part in constants)):
                yield node.lineno
        elif isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            if name in {"format", "typeset", "signed"} or name.endswith(".quantize"):
                yield node.lineno


def test_numbers_become_text_in_one_place() -> None:
    places = [
        f"{name}:{line}"
        for path in FILES
        if (name := path.relative_to(PACKAGE).as_posix()) != "language/amounts.py"
        for line in number_formats(path)
        if name not in WRITES_NUMBERS
    ]
    assert places == [], "use generator/language/amounts.py"


# Pronouns and participles that say nothing of what a value is, as names; packed assignments; characters of a line.
VAGUE = {
    "one", "found", "said", "held", "told", "made", "own", "other", "named", "kept", "some",
    "known", "wanted", "left", "shown", "written", "given", "words", "parts", "rest", "whole",
    "seen", "before", "after", "now", "then", "where", "what", "who",
}  # fmt: skip
WIDTH = 100
# How many there are. These numbers only fall: whoever removes one lowers them.
MOST = {"vague": 109, "packed": 5, "wide": 0}


def bound_names(tree: ast.AST) -> Iterator[str]:
    """Every name that code binds: variables and arguments."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.arg):
            yield node.arg


def is_packed(node: ast.AST) -> bool:
    """Whether an assignment gives several values to several names at once."""
    return (
        isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Tuple)
        and isinstance(node.value, ast.Tuple)
    )


def test_names_are_nouns_and_lines_have_one_idea() -> None:
    counts = dict.fromkeys(MOST, 0)
    for path in FILES:
        text = path.read_text("utf-8")
        tree = ast.parse(text)
        counts["vague"] += sum(name in VAGUE for name in bound_names(tree))
        counts["packed"] += sum(map(is_packed, ast.walk(tree)))
        counts["wide"] += sum(len(line) > WIDTH for line in text.splitlines())
    assert all(counts[kind] <= most for kind, most in MOST.items()), counts
