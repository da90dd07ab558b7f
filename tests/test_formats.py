"""The law as data: the forms hold what the notices print, and a form is one YAML file."""

from __future__ import annotations

import shutil
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from generator.inspection import FORMATS, read_law
from generator.language.identity import instances
from generator.load.stated import FormatDefect
from generator.model.format import Comparable
from generator.model.law import Law

# The printed labels, by table, in order: what the annexes of the two notices say (domain facts 1.4–1.6, 2.1).
ROWS_2021 = (
    """
一、本年新收政府信息公开申请数量|二、上年结转政府信息公开申请数量|（一）予以公开
（二）部分公开（区分处理的，只计这一情形，不计其他情形）
1.属于国家秘密|2.其他法律行政法规禁止公开|3.危及“三安全一稳定”|4.保护第三方合法权益|5.属于三类内部事务信息|6.属于四类过程性信息|7.属于行政执法案卷|8.属于行政查询事项
1.本机关不掌握相关政府信息|2.没有现成信息需要另行制作|3.补正后申请内容仍不明确
1.信访举报投诉类申请|2.重复申请|3.要求提供公开出版物|4.无正当理由大量反复申请|5.要求行政机关确认或重新出具已获取信息
1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请
2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请|3.其他|（七）总计|四、结转下年度继续办理
""".strip()
    .replace("\n", "|")
    .split("|")
)


# What both forms have besides their sums.
BOTH = {"T3-06": 1, "T4-02": 1, "Y-09": 3}


@pytest.mark.parametrize(
    ("form", "rules"),
    [
        (
            "2021",
            BOTH
            | {
                "T3-01": 7,
                "T3-02": 25,
                "T3-03": 7,
                "T4-01": 3,
                "Y-01": 7,
                "Y-02": 1,
                "Y-03": 1,
                "T2-01": 2,
            },
        ),
        (
            "2019",
            BOTH
            | {
                "T3-01": 7,
                "T3-02": 23,
                "T3-03": 7,
                "T4-01": 3,
                "Y-01": 7,
                "Y-04": 5,
                "Y-05": 2,
                "T2-03": 2,
                "T2-04": 5,
            },
        ),
    ],
)
def test_every_identity_of_a_form_is_there(law: Law, form: str, rules: dict[str, int]) -> None:
    found = law.format_named(form)
    assert found is not None
    assert Counter(one.identity.rule for one in instances(found)) == rules


def test_the_2021_form_has_42_sums(law: Law) -> None:
    form = law.format_named("2021")
    assert form is not None
    assert (
        sum(one.identity.rule in {"T3-01", "T3-02", "T3-03", "T4-01"} for one in instances(form))
        == 42
    )


@pytest.mark.parametrize(
    ("form", "cells"),
    [
        ("2021", {"proactive": 10, "applications": 175, "review": 15}),
        ("2019", {"proactive": 22, "applications": 161, "review": 15}),
    ],
)
def test_a_form_has_the_cells_that_the_notice_prints(
    law: Law, form: str, cells: dict[str, int]
) -> None:
    found = law.format_named(form)
    assert found is not None
    assert Counter(cell.table for cell in found.cells.values()) == cells


def test_the_rows_read_as_printed(law: Law) -> None:
    form = law.format_for(2024)
    assert form is not None
    assert [
        row.label for block in form.table("applications").blocks for row in block.leaf_rows
    ] == ROWS_2021


@pytest.mark.parametrize(
    ("year", "form"), [(2018, None), (2019, "2019"), (2020, "2019"), (2021, "2021"), (2024, "2021")]
)
def test_the_year_decides_the_form(law: Law, year: int, form: str | None) -> None:
    found = law.format_for(year)
    assert (found.id if found else None) == form


def test_each_form_begins_where_the_one_before_it_ends(law: Law) -> None:
    """A newer form ends the older one; no file but its own is touched for that."""
    for older, newer in pairwise(law.formats):
        assert older.last_year == newer.first_year - 1
        assert law.format_for(newer.first_year) is newer
        assert law.format_for(newer.first_year - 1) is older
    assert law.formats[-1].last_year is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("proactive.licences.decisions", "same"),
        ("proactive.penalties.decisions", "same"),
        ("proactive.normative_documents.issued", "with_note"),
        ("proactive.regulations.issued", "with_note"),
        ("proactive.normative_documents.public_total", "absent"),
        ("proactive.fees.items_last_year", "absent"),
        ("proactive.other_services.decisions", "absent"),
        ("proactive.procurement.amount", "absent"),
        ("applications.other.total", "absent"),
        ("applications.refused.state_secret.total", "same"),
        ("review.reconsideration.pending", "same"),
    ],
)
def test_concepts_say_what_compares_across_the_change_of_form(law: Law, old: str, new: str) -> None:
    """The mapping of domain facts 2.2, as the concepts give it without a map between the two forms."""
    before, after = (law.format_named(name) or pytest.fail(name) for name in ("2019", "2021"))
    assert old in before.by_concept
    shifts = [one for one in (law.concept(old) or pytest.fail(old)).breaks if one.start == 2021]
    if new == "absent":
        assert old not in after.by_concept
    else:
        assert old in after.by_concept
        assert [one.comparable for one in shifts] == (
            [Comparable.WITH_NOTE] if new == "with_note" else []
        )


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (
            "2021.yaml",
            "received + carried_in ==",
            "received + carried_im ==",
            "no row or column has all of",
        ),
        (
            "2021.yaml",
            "in_force >= issued - repealed",
            "in_force ** 2",
            "an identity is one comparison",
        ),
        (
            "2021.yaml",
            "in_force >= issued - repealed",
            "in_force >= issued * 2",
            "not allowed in an identity",
        ),
        (
            "2021.yaml",
            "in_force >= issued - repealed",
            "__import__('os') >= 1",
            "not allowed in an identity",
        ),
        ("2021.yaml", "id: granted,", "id: granted_,", "has no concept"),
        ("2021.yaml", "label: 2.重复申请", "label: 2.信访举报投诉", "is written for both"),
        (
            "2021.yaml",
            "label: 行政处罚}",
            "label: 行政许可}",
            "two rows of proactive are called 行政许可",
        ),
        ("2021.yaml", "rule: T3-02", "rule: T9-99", "unknown rule"),
        ("2021.yaml", "sum(refused)", "sum(refusals)", "no such group"),
    ],
)
def test_a_defect_of_a_form_is_named(
    tmp_path: Path, file: str, old: str, new: str, said: str
) -> None:
    shutil.copytree(FORMATS, tmp_path, dirs_exist_ok=True)
    text = (tmp_path / file).read_text("utf-8")
    assert old in text
    (tmp_path / file).write_text(text.replace(old, new), "utf-8")
    with pytest.raises(FormatDefect, match=said):
        read_law(tmp_path)
