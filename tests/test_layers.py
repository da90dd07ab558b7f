"""The shape of the code as tests: what may import what, one file for each library, small files and functions."""

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
ALLOWED = {stage: {stage, "model", "language"} for stage in STAGES} | {"model": {"model"}, "language": {"language", "model"}}
ALLOWED["build"] = {"build", "model"}
ALLOWED["load"] |= {"shipped"}


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, at the top or inside a function."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            if node.module == "generator":
                yield from (f"generator.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("part", ALLOWED)
def test_a_stage_imports_the_model_and_nothing_beside_it(part: str) -> None:
    for path in (PACKAGE / part).rglob("*.py"):
        for name in imports(path):
            if name.startswith("generator."):
                assert name.split(".")[1] in ALLOWED[part], f"{path.relative_to(ROOT)} imports {name}"


def test_the_model_imports_only_the_standard_library() -> None:
    for path in (PACKAGE / "model").rglob("*.py"):
        for name in imports(path):
            assert name.startswith("generator.model") or name.split(".")[0] in sys.stdlib_module_names, (path, name)


def test_each_library_is_imported_in_one_file() -> None:
    users: dict[str, set[str]] = {}
    for path in FILES:
        for name in imports(path):
            library = name.split(".")[0]
            if library not in sys.stdlib_module_names and library != "generator":
                users.setdefault(library, set()).add(path.relative_to(PACKAGE).as_posix())
    # Click is the command line's; the preview says its address with it, tornado is livereload's own server.
    assert {file.split("/")[0] for file in users.pop("click")} == {"cli"}
    assert {library: len(files) for library, files in users.items()} == dict.fromkeys(users, 1), users


def test_heavy_libraries_are_not_imported_by_a_check() -> None:
    code = "import sys, generator.pipeline; print(*sorted({'weasyprint', 'jinja2', 'livereload', 'rich'} & set(sys.modules)))"
    import subprocess

    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True).stdout.strip() == ""


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_files_and_functions_stay_small(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.count("\n") <= 265, "split the file"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 45, f"{node.name} is too long"


def test_no_name_says_nothing() -> None:
    vague = re.compile(r"^(utils?|helpers?|managers?|base|common|misc)$")
    assert not [path for path in PACKAGE.rglob("*") if vague.match(path.stem)]


def test_the_code_names_no_row_of_a_table(law: object) -> None:
    """The law is data: a row's id in the code would have to be found again for the next form."""
    from generator.model.law import Law

    assert isinstance(law, Law)
    rows = {cell.row.path for form in law.formats for cell in form.cells.values()} - {"other"}
    columns = {cell.column.path for form in law.formats for cell in form.cells.values()} - {"other", "total", "items", "amount"}
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " not in node.value:
                assert node.value not in rows | columns, f"{path.relative_to(ROOT)}:{node.lineno} names {node.value}"
