"""What the files beside the pages about several bodies hold (coverage.csv, rollup.csv): their columns, and what the codes in them mean.

They are no tables of the open data, for they say nothing that does not follow from these; whoever opens one finds its columns with theirs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.derive import words
from generator.derive.coverage_page import standings
from generator.derive.data.dataset import address
from generator.language.speech import Speech
from generator.model.coverage import Standing
from generator.model.dataset import BOOLEAN, DATE, INTEGER, NUMBER, STRING, Column, DataTable
from generator.model.site import Site


def beside(site: Site, say: Speech) -> Iterator[DataTable]:
    """Those files of which the site has any."""
    if site.boards:
        yield _coverage(say)
    if site.rolled_up:
        yield _rollup(say)


def _coverage(say: Speech) -> DataTable:
    ways = {**standings(say), Standing.NOT_EXPECTED: say("不应有报告：尚未设立或已经撤并")}
    columns = (
        Column("slug", STRING, say("机关的代号，与其他表的 agency 相同"), required=True),
        Column("name", STRING, say("机关在报告年度末的名称"), required=True),
        Column("kind", STRING, _coded(say, say("机关的类型"), words.kinds(say)), required=True),
        Column("level", STRING, _coded(say, say("机关的层级"), words.levels(say)), required=True),
        Column("parent", STRING, say("报告年度末的上级机关的代号")),
        Column("expected", BOOLEAN, say("这一年是否应有报告：机关在年末是否存在"), required=True),
        Column("deadline", DATE, say("期限：在这一天发布仍是按期")),
        Column("published", DATE, say("报告写明的发布日期")),
        Column("days_late", INTEGER, say("晚于期限几天；按期的为空")),
        Column("status", STRING, _coded(say, say("发布情况"), ways), required=True),
        Column("explanation", STRING, say("机关公开说明的逾期原因")),
    )
    return DataTable("coverage", say("发布情况，每个机关一行：各年度“发布情况”页旁边的 coverage.csv"), columns, ("slug",))


def _rollup(say: Speech) -> DataTable:
    lacking = {
        "blank": say("空白"), "not_applicable": say("不适用"), "unreadable": say("无法辨认"),
        "no_report": say("本站没有收录报告"), "other_form": say("采用另一种格式"),
    }  # fmt: skip
    figure = _coded(say, say("不是数字的写明原因"), lacking)
    columns = (
        address(say),
        Column("table", STRING, say("表的法定名称"), required=True),
        Column("row", STRING, say("行的简称，前面写明它属于哪一组"), required=True),
        Column("column", STRING, say("列的简称"), required=True),
        Column("published", STRING, say.spaced(say("政府的汇总报告公布的数。"), figure), required=True),
        Column("computed", NUMBER, say("所属机关的数相加；由程序得出，不是公布的数")),
        Column("difference", NUMBER, say("公布的数减去相加的数")),
        Column("counted", INTEGER, say("几个所属机关的数计入相加"), required=True),
        Column("members", INTEGER, say("应计入几个所属机关"), required=True),
        Column("<agency>", STRING, say.spaced(say("以下每个所属机关一列，列名是机关的代号。"), figure), required=True),
    )
    return DataTable("rollup", say("政府汇总与所属机关之和，每格一行：汇总对照页旁边的 rollup.csv"), columns, ("address",))


def _coded(say: Speech, meaning: str, codes: Mapping[Standing, str] | Mapping[str, str]) -> str:
    """What a column means, and what each code in it stands for."""
    return say("{meaning}（{codes}）", meaning=meaning, codes=say.listed(f"{code} = {name}" for code, name in codes.items()))
