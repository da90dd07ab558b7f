"""A form as a workbook to be filled in: the grid, its sums and checks, and what the checks say.

Everything follows from the law: sums and checks from the identities of the form, the guide from the
catalogue of rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from generator.derive.tables import grid
from generator.language.identity import Instance, Place, instances
from generator.language.speech import Speech
from generator.model.figure import BLANK, Number
from generator.model.format import Cell, Format
from generator.model.law import Law, Rule
from generator.model.template import CellCheck, CellSum, Entry, FormWorkbook, SignedCell

# The families of rules about single cells, and about the file as a whole.
OF_CELLS = ("V",)


def form_workbook(
    law: Law, form: Format, name: str, year: int, opening: Mapping[str, Number], say: Speech
) -> FormWorkbook:
    """The form of a year for a body; `opening` are the figures that last year's report settles."""
    blank = dict.fromkeys(form.cells, BLANK)
    sections = [section for section in form.sections if section.table]
    tables = [
        (section.heading, grid(form, form.table(section.table), blank)) for section in sections
    ]
    return FormWorkbook(
        title=say("{name}{year}年政府信息公开工作年度报告", name=name, year=year),
        guide_name=say("填写说明"),
        guide=tuple(_guide(law, form, year, opening, say)),
        tables_name=say("报表"),
        tables=tuple(tables),
        texts_name=say("正文"),
        texts=tuple(section.heading for section in form.sections if not section.table),
        entries={address: _entry(cell, say) for address, cell in form.cells.items()},
        opening=opening,
        opening_note=say("取自 {year} 年度的报告，请核对", year=year - 1),
        sums=tuple(_sums(form)),
        checks=tuple(_checks(form)),
    )


def _guide(
    law: Law, form: Format, year: int, opening: Mapping[str, Number], say: Speech
) -> Iterator[tuple[str, str]]:
    yield say("数字"), say("在“报表”里填；没有发生的写 0，不适用的写 /，不要空着。")
    yield say("总计"), say("有底色的总计由公式相加，不用填；公布的总计不同的，直接写上那个数。")
    if opening:
        yield (
            say("上年"),
            say("蓝色的格已从 {year} 年度的报告带入，请核对。", year=year - 1),
        )
    yield say("变红的格"), say("与别的格对不上，请照下面各条核对。")
    yield say("文字"), say("在“正文”里，每个标题下面的格写这一部分，一段一格。")
    yield say("交回"), say("存盘后运行 gongkai import 这个文件；行、列可以增删筛选，名称不要改。")
    for rule in _rules(law, form):
        manual = rule.manual.what.say(say.language) if rule.manual else ""
        yield rule.id, say("{name}：{what}", name=rule.name.say(say.language), what=manual)


def _rules(law: Law, form: Format) -> Iterator[Rule]:
    """The rules that are in force for what is filled in: cells, sums, texts."""
    of_form = {identity.rule for identity in form.identities}
    of_form |= {expectation.rule for expectation in form.expectations}
    for rule in law.rules.values():
        if not rule.off and (rule.id in of_form or rule.id.partition("-")[0] in OF_CELLS):
            yield rule


def _entry(cell: Cell, say: Speech) -> Entry:
    column = cell.column
    may_not_apply = cell.row.may_not_apply
    if column.decimal:
        error = say("应是数字；没有发生写 0")
    else:
        error = say("应是不小于 0 的整数；没有发生写 0")
    if may_not_apply:
        error = say("{error}，不适用写 /", error=error)
    return Entry(column.decimal, column.negative, may_not_apply, column.as_reported, error)


def _sums(form: Format) -> Iterator[CellSum]:
    """The totals, each by the first identity that computes it."""
    totals: set[str] = set()
    for instance in instances(form):
        total = instance.left[0].address
        if instance.identity.computes and total not in totals:
            totals.add(total)
            yield CellSum(total, _signed(instance.right))


def _checks(form: Format) -> Iterator[CellCheck]:
    """The identities within the report, each in its row or column."""
    for instance in instances(form):
        identity = instance.identity
        if not instance.when and _is_own(instance):
            yield CellCheck(
                cell=instance.left[0].address,
                sides=(_signed(instance.left), _signed(instance.right)),
                relation=identity.relation,
                constant=identity.constant,
            )


def _is_own(instance: Instance) -> bool:
    return not any(place.prior for place in (*instance.left, *instance.right))


def _signed(places: Sequence[Place]) -> tuple[SignedCell, ...]:
    return tuple((place.sign, place.address) for place in places)
