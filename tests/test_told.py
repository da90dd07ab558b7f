"""How many claims of the labelled texts are read, and how many findings are false; what a site's own words do."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from benchmarks import ecosystem, text
from generator.language.paragraphs import paragraphs
from tests.conftest import SmallSite

CORPUS = yaml.safe_load((Path(__file__).parent / "data" / "told.yaml").read_text("utf-8"))
# These only rise; the false findings only fall. The two known ones are labels that we would set otherwise (114, 201).
READ = 602
FALSE = 2


def test_no_less_is_read_than_before_and_no_more_is_false() -> None:
    measured = text.measure(CORPUS)
    assert sum(measured.read.values()) >= READ, measured.lines
    assert sum(measured.false.values()) <= FALSE, measured.lines
    assert sum(measured.labelled.values()) == 701


def test_a_figure_that_is_off_is_not_missed_because_the_tables_disagree_anyway() -> None:
    """The measure itself: a text that says nothing has nothing read, and a false finding is counted."""
    stated = {"id": 1, "body": "甲县水利局", "year": 2023, "text": "收到申请 4 件，办结 3 件。"}
    claims = [{"words": "收到申请 4 件", "number": 4, "cells": ["applications.received.total"]}]
    measured = text.measure([stated | {"claims": claims}])
    assert measured.read == {"X-01": 1}
    assert measured.false == {"X-02": 1}
    unread = text.measure([stated | {"text": "某物 4 件。", "claims": claims}])
    assert not unread.read and "words not in the text" in unread.lines[0]


def test_new_and_lost_findings_are_told() -> None:
    assert list(ecosystem.compared(["a", "b"], ["b", "c"])) == ["- a", "+ c"]


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("收到申请\n12 件", "收到申请 12 件"),
        ("收到**申请** *12* 件", "收到申请 12 件"),
        ("[收到申请](files/a.pdf)12 件", "收到申请12 件"),
        ("收到&amp;申请12 件", "收到&申请12 件"),
        ("| 新收 | 12 件 |\n|--|--|\n| 办结 | 9 件 |", "新收，12 件|办结，9 件"),
        ("1. 新收 12 件\n2. 办结 9 件", "新收 12 件|办结 9 件"),
    ],
)
def test_the_words_of_a_paragraph_are_those_that_are_seen_and_know_their_places(
    markdown: str, words: str
) -> None:
    read = paragraphs(markdown)
    assert "|".join(paragraph.words for paragraph in read) == words
    for paragraph in read:
        for character, offset in zip(paragraph.words, paragraph.offsets, strict=True):
            assert markdown[offset] == character or character in "， "


LOCAL = "terms: {request: [公开诉请], foreign: [随手拍]}\n"


@pytest.mark.parametrize(
    ("sentence", "local", "rules"),
    [
        ("全年收到公开诉请 27 件。", "", []),
        ("全年收到公开诉请 27 件。", LOCAL, ["X-01"]),
        ("收到申请 {{ 新收.总计 }} 件，随手拍办结 3 件。", LOCAL, []),
    ],
)
def test_a_site_brings_words_of_its_own(
    site: SmallSite, sentence: str, local: str, rules: list[str]
) -> None:
    path = site.path(name="narrative.md")
    path.write_text(path.read_text("utf-8").replace("这一年", f"{sentence}\n\n这一年"), "utf-8")
    if local:
        (site.root / "formats").mkdir()
        (site.root / "formats" / "words.yaml").write_text(local, "utf-8")
    assert site.rules() == rules
