"""What all tests share so that it is done once: what a process works out, and what all processes of a run build.

A build reads the law and compiles the templates first, which takes longer than a small site itself.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
import pytest

from generator import inspection, schema
from generator.cli import manual
from generator.inspection import FORMATS, read_law
from generator.model.law import Law
from generator.render import html

LAW_READERS = (inspection, manual)
NO_THEME: Any = None


@cache
def shipped_law() -> Law:
    """The law of the package, read once in a process."""
    return read_law()


@contextmanager
def worked_out_once() -> Iterator[None]:
    """What is a function of its arguments alone is worked out once for all builds: reading the shipped law, the schemas of a law,
    compiling the text of a template. No other thing that a build knows outlives it."""
    compiled, referenced = jinja2.Environment.compile, html.Templates._references
    schema_files = schema._files
    schemas: dict[tuple[str, ...], Mapping[str, str]] = {}

    @cache
    def compile_once(source: str, name: str | None, file: str | None) -> Any:
        return compiled(html.Templates(NO_THEME).environment, source, name, file)

    @cache
    def references(text: str, path: str) -> Sequence[str]:
        return tuple(referenced(html.Templates(NO_THEME), text, path))

    def schemas_of(law: Law) -> Mapping[str, str]:
        key = (law.digest, *law.rules)
        if key not in schemas:
            schemas[key] = schema_files(law)
        return schemas[key]

    def law_of(folder: Path = FORMATS) -> Law:
        return shipped_law() if folder == FORMATS else read_law(folder)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schema, "_files", schemas_of)
        for module in LAW_READERS:
            patch.setattr(module, "read_law", law_of)
        patch.setattr(
            jinja2.Environment,
            "compile",
            lambda self, source, name=None, file=None, *_: compile_once(source, name, file),
        )
        patch.setattr(
            html.Templates, "_references", lambda self, text, path: references(text, path)
        )
        yield


def built_once(
    tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]
) -> Path:
    """A folder that `make` fills, once for all test processes."""
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / name
    with (shared.parent / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "public").exists():
            make(shared)
    return shared
