"""Warm equals cold, at length, compared after every edit: the same 12 sequences each time, so that nobody is stopped by what somebody else
left behind. GONGKAI_SEQUENCES=1000 goes looking: so many, other ones each time.

A sequence that fails belongs into FOUND of tests/test_laws.py once it is mended.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.edits import AGENCIES, KINDS, PAGES, SETTINGS, Edit, agency
from tests.twins import follow

pytestmark = pytest.mark.usefixtures("quick_builds")

ENGLISH: Edit = ("set", SETTINGS, ("languages",), ["zh-CN", "en"])
HUNT = "GONGKAI_SEQUENCES" in os.environ
COUNT = int(os.environ.get("GONGKAI_SEQUENCES", "12"))
KIND = st.sampled_from(sorted(KINDS))
EDIT = KIND.flatmap(lambda kind: st.sampled_from(KINDS[kind]))
SEQUENCE = st.tuples(
    st.sampled_from(([], [ENGLISH], [ENGLISH, ("pdf", True)])),
    st.lists(EDIT, min_size=1, max_size=6),
)

# What nobody would do, and some day somebody does.
UNLIKELY: dict[str, tuple[Edit, ...]] = {
    "two agencies swap their addresses, and back": (
        ("swap", f"{AGENCIES}/bureau", f"{AGENCIES}/county"),
    )
    * 2,
    "a report moves to another year, and back": (
        (
            "both",
            ("move", f"{AGENCIES}/bureau/2023", f"{AGENCIES}/bureau/2024"),
            ("remove", f"{PAGES}/about.md"),
        ),
        ("set", f"{AGENCIES}/bureau/2024/report.yaml", ("年度",), "2024"),
        ("move", f"{AGENCIES}/bureau/2024", f"{AGENCIES}/bureau/2023"),
        ("set", f"{AGENCIES}/bureau/2023/report.yaml", ("年度",), "2023"),
    ),
    "pages named like what the site has": tuple(
        ("write", f"{PAGES}/{name}.md", "# 一页\n\n文字。\n")
        for name in ("agencies", "feed", "en", "bureau", "templates", "method")
    ),
    "an agency takes the earlier address of another": (
        ("set", agency("county"), ("曾用网址",), ["old"]),
        ("move", f"{AGENCIES}/bureau", f"{AGENCIES}/old"),
        ("drop", agency("county"), ("曾用网址",)),
        (
            "both",
            ("move", f"{AGENCIES}/bureau", f"{AGENCIES}/old"),
            ("remove", f"{PAGES}/about.md"),
        ),
        ("set", agency("old"), ("曾用网址",), ["bureau"]),
    ),
    "the day goes back and on": tuple(
        ("day", day) for day in ("2023-01-15", "2024-02-01", "2024-04-01", "2026-06-01")
    ),
    "another theme, and back": tuple(
        ("set", SETTINGS, ("主题",), name) for name in ("gazette", "default", "gazette", "nothing")
    ),
    "a template that includes another": (
        (
            "write",
            "templates/text.html",
            '{% extends "base:text.html" %}\n{% block main %}{% include "_mine.html" %}{% endblock %}\n',
        ),
        (
            "both",
            ("write", "templates/_mine.html", "甲"),
            ("write", "templates/text.html", '{% extends "base:text.html" %}\n'),
        ),
        (
            "write",
            "templates/text.html",
            '{% extends "base:text.html" %}\n{% block main %}{% include "_mine.html" %}{% endblock %}\n',
        ),
        ("write", "templates/_mine.html", '{% include "_more.html" ignore missing %}'),
        ("write", "templates/_more.html", "乙"),
        ("remove", "templates/_more.html"),
        ("remove", "templates"),
    ),
    "the languages change places": tuple(
        ("set", SETTINGS, ("languages",), said)
        for said in (["zh-CN", "en"], ["en", "zh-CN"], ["en"])
    ),
    "all agencies go, and come again": (
        ("remove", f"{PAGES}/about.md"),
        ("both", ("remove", f"{AGENCIES}/bureau"), ("remove", f"{AGENCIES}/county")),
        ("add", "water"),
    ),
    "a report waits, and waits no longer": (
        ("set", SETTINGS, ("处置",), {"错误": "暂缓"}),
        (
            "set",
            f"{AGENCIES}/bureau/2023/report.yaml",
            ("收到和处理申请", "上年结转"),
            ["3", "0", "0", "0", "0", "0", "3"],
        ),
        ("set", agency("bureau"), ("名称",), "另一个局"),
        (
            "set",
            f"{AGENCIES}/bureau/2023/report.yaml",
            ("收到和处理申请", "上年结转"),
            ["2", "0", "0", "0", "0", "0", "2"],
        ),
        ("set", SETTINGS, ("处置",), {"错误": "提示"}),
    ),
}


@pytest.mark.parametrize("name", UNLIKELY)
def test_what_nobody_would_do(twins: Path, tmp_path: Path, name: str) -> None:
    shutil.copytree(twins / "warm", tmp_path / "warm")
    assert follow(tmp_path, UNLIKELY[name])


@given(SEQUENCE)
@settings(
    max_examples=COUNT,
    derandomize=not HUNT,
    database=None,
    deadline=None,
    print_blob=True,
    suppress_health_check=list(HealthCheck),
)
def test_warm_equals_cold_at_length(twins: Path, sequence: tuple[list[Edit], list[Edit]]) -> None:
    with TemporaryDirectory() as folder:
        shutil.copytree(twins / "warm", Path(folder) / "warm")
        follow(Path(folder), [*sequence[0], *sequence[1]])
