"""What changed between two texts: nothing is lost of either, what stayed is found, and the measure is that of rule Y-06."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.language import revision
from generator.language.revision import revise
from generator.model.revision import Fate, Passage, Piece

MARKS = {Fate.KEPT: "{}", Fate.REMOVED: "[-{}-]", Fate.ADDED: "[+{}+]"}


def shown(passages: Sequence[Passage]) -> list[str]:
    """A paragraph a line; those that stayed begin with `=`."""
    return [
        ("= " if one.kept else "")
        + "".join(MARKS[piece.fate].format(piece.text) for piece in paragraph)
        for one in passages
        for paragraph in one.paragraphs
    ]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (["甲。"], ["甲。"], ["= 甲。"]),
        ([], ["甲。"], ["[+甲。+]"]),
        (["甲。"], [], ["[-甲。-]"]),
        (["甲乙丙。"], ["子丑寅。"], ["[-甲乙丙。-]", "[+子丑寅。+]"]),
        (["收到申请 21 件，全部办结。"], ["收到申请 121 件，全部办结。"], ["收到申请 [-21-][+121+] 件，全部办结。"]),
        (["满意度 98.5%，较好。"], ["满意度 99.5%，较好。"], ["满意度 [-98.5%-][+99.5%+]，较好。"]),
        (["内容还不够丰富，下一年增加解读。"], ["内容还不够丰富，下一年增加政策解读。"], ["内容还不够丰富，下一年增加[+政策+]解读。"]),
        (
            ["第一段没有变。", "第二段讲培训，办了两次。", "第三段没有了。"],
            ["第一段没有变。", "新写的话。", "第二段讲培训，办了三次。"],
            ["= 第一段没有变。", "[+新写的话。+]", "第二段讲培训，办了[-两-][+三+]次。", "[-第三段没有了。-]"],
        ),
        # One character between two changes is read with them.
        (["全年受理了群众来信甲的乙共九件。"], ["全年受理了群众来信丙的丁共九件。"], ["全年受理了群众来信[-甲的乙-][+丙的丁+]共九件。"]),
        (["<b>甲</b>与乙一同公开。"], ["<i>甲</i>与乙一同公开。"], ["<[-b-][+i+]>甲</[-b-][+i+]>与乙一同公开。"]),
    ],
)  # fmt: skip
def test_what_changed(before: list[str], after: list[str], said: list[str]) -> None:
    assert shown(revise(before, after)) == said


PARAGRAPHS = st.lists(
    st.text(st.sampled_from("甲乙丙，。12%a \n<"), min_size=1, max_size=30), max_size=8
)


def told(passages: Sequence[Passage], gone: Fate) -> str:
    return "".join(
        piece.text
        for one in passages
        for paragraph in one.paragraphs
        for piece in paragraph
        if piece.fate is not gone
    )


@given(before=PARAGRAPHS, after=PARAGRAPHS)
def test_both_texts_are_told_in_full_and_in_order(before: list[str], after: list[str]) -> None:
    passages = revise(before, after)
    assert told(passages, Fate.ADDED) == "".join(before) and told(
        passages, Fate.REMOVED
    ) == "".join(after)
    for one in passages:
        assert one.kept == all(
            piece.fate is Fate.KEPT for paragraph in one.paragraphs for piece in paragraph
        )
        assert one.kept or len(one.paragraphs) == 1
        for paragraph in one.paragraphs:
            assert all(piece.text for piece in paragraph)
            assert all(first.fate is not second.fate for first, second in pairwise(paragraph))


def test_long_texts_are_compared_paragraph_by_paragraph_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What bounds the cost: more clauses, tokens, paragraphs or characters than the limits are not looked into."""
    same = "".join(map(chr, range(0x4E00, 0x4E1E)))
    old, new = f"{same}乙，", f"{same}丙，"
    assert shown(revise([old], [new])) == [f"{same}[-乙-][+丙+]，"]
    for name, least in (("MOST", 20), ("RUN", 0), ("LONGEST", 31)):
        with monkeypatch.context() as patch:
            patch.setattr(revision, name, least)
            assert "".join(shown(revise([old], [new]))) == f"[-{old}-][+{new}+]", name


def test_unchanged_paragraphs_stand_in_one_passage() -> None:
    kept, changed = ["甲。", "乙。"], revise(["甲。", "乙。", "丙。"], ["甲。", "乙。"])
    assert (
        changed[0] == Passage(True, tuple((Piece(Fate.KEPT, text),) for text in kept))
        and len(changed) == 2
    )
