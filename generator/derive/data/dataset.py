"""The tables of the open data: their columns, what these mean, and how the tables hang together."""

from __future__ import annotations

from collections.abc import Mapping

from generator.derive import words
from generator.language.speech import Speech
from generator.model.dataset import BOOLEAN, DATE, FIGURES, INTEGER, NUMBER, STRING, Column, DataTable, Reference
from generator.model.figure import State
from generator.model.finding import Severity
from generator.model.transcription import By, Wording

REPORTS, CELLS = "reports", "dictionary"
STATES = tuple(state.value for state in State)
SEVERITIES = tuple(severity.value for severity in Severity)
GIVERS, WORDINGS = (tuple(one.value for one in kind) for kind in (By, Wording))
OFF = "off"
OF_AGENCY = Reference(("agency",), "agencies", ("agency",))
OF_REPORT = Reference(("agency", "year"), REPORTS, ("agency", "year"))
OF_CELL = Reference(("form", "address"), CELLS, ("form", "address"))


def tables(say: Speech) -> Mapping[str, DataTable]:
    """Every table by name, in an order in which none names one that comes later."""
    made = (_agencies(say), _reports(say), _concepts(say), _cells(say), _figures(say), *_found(say), *_added(say))
    return {table.name: table for table in made}


def _agency(say: Speech) -> Column:
    return Column("agency", STRING, say("机关的代号，也是网址的一部分；机关改名，代号不变"), required=True)


def _year(say: Speech) -> Column:
    return Column("year", INTEGER, say("报告年度：数字所属的年份，不是发布的年份"), required=True)


def address(say: Speech) -> Column:
    """Which cell a line is about."""
    return Column("address", STRING, say("一格的地址：表.行.列"), required=True)


def _held(say: Speech) -> tuple[Column, ...]:
    """What a cell holds."""
    return (
        Column("value", NUMBER, say("数字；不是数字的格为空，空不等于 0")),
        Column("unit", STRING, say("单位")),
        Column("state", STRING, say("数字、空白、不适用、无法辨认"), required=True, choices=STATES),
    )


def _computed(say: Speech) -> Column:
    return Column("computed", BOOLEAN, say("true：报告没有写、由程序相加的总计"), required=True)


def _form(say: Speech) -> Column:
    return Column("form", STRING, say("采用的法定格式"), required=True)


def _agencies(say: Speech) -> DataTable:
    columns = (
        _agency(say),
        Column("name", STRING, say("现在的名称"), required=True),
        Column("name_en", STRING, say("英文名称")),
        Column("former_names", STRING, say("以前的名称，用 | 隔开")),
        Column("kind", STRING, say("机关的类型"), required=True, choices=tuple(words.kinds(say))),
        Column("level", STRING, say("机关的层级"), required=True, choices=tuple(words.levels(say))),
        Column("parent", STRING, say("现在的上级机关")),
        Column("uscc", STRING, say("统一社会信用代码")),
        Column("division_code", STRING, say("行政区划代码")),
        Column("page", STRING, say("机关页在本站的地址，从网站的根算起")),
    )
    return DataTable("agencies", say("机关"), columns, ("agency",))


def _reports(say: Speech) -> DataTable:
    columns = (
        _agency(say),
        Column("agency_name", STRING, say("机关在报告年度末的名称"), required=True),
        _year(say),
        _form(say),
        Column("version", INTEGER, say("第几版：公开更正过几次，再加 1；数字总是最新一版的"), required=True),
        Column("title", STRING, say("报告的标题"), required=True),
        Column("published", DATE, say("报告写明的发布日期")),
        Column("signed", DATE, say("成文日期")),
        Column("source", STRING, say("信息来源")),
        Column("source_url", STRING, say("原文网址")),
        Column("index_number", STRING, say("索引号")),
        Column("page", STRING, say("报告页在本站的地址，从网站的根算起"), required=True),
        Column("entered_by", STRING, say("谁录入的：agency 机关，editors 本站编者（从公开发布的报告转录）"), required=True, choices=GIVERS),
        Column("wording", STRING, say("文字：verbatim 机关的原文，rewritten 由本站编者依据事实改写"), required=True, choices=WORDINGS),
        Column(
            "not_held", STRING, say("原报告中本站没有收录或不详的，用空格隔开：published 发布日期，source_url 原文网址，其余是各部分的文字")
        ),
    )
    return DataTable(REPORTS, say("各份报告"), columns, ("agency", "year"), (OF_AGENCY,))


def _concepts(say: Speech) -> DataTable:
    columns = (
        Column("concept", STRING, say("含义：不论采用哪种格式，含义相同的数字有同一个代号"), required=True),
        Column("label", STRING, say("中文名称"), required=True),
        Column("english", STRING, say("英文译文，不是官方译本")),
        Column("unit", STRING, say("单位；空：以报告写明的为准")),
        Column(
            "additive",
            BOOLEAN,
            say("同一年度各机关的数字能否相加；false：事项数和它的增减（几个机关行使同一事项，相加会重复），以及单位不一的金额"),
            required=True,
        ),
        Column("first_year", INTEGER, say("法定格式从哪一年度起有这一项"), required=True),
        Column("last_year", INTEGER, say("到哪一年度止；空：现行格式仍有")),
        Column("parts", STRING, say("等于哪几项之和，用空格隔开")),
        Column("note", STRING, say("含义的变化；跨年度比较时须看")),
        Column("note_en", STRING, say("同上，英文")),
    )
    return DataTable("concepts", say("含义"), columns, ("concept",))


def _cells(say: Speech) -> DataTable:
    columns = (
        _form(say),
        address(say),
        Column("table", STRING, say("表的代号"), required=True),
        Column("row", STRING, say("行的代号"), required=True),
        Column("column", STRING, say("列的代号"), required=True),
        Column("table_label", STRING, say("表的法定名称"), required=True),
        Column("row_label", STRING, say("行的法定名称，连同上面各级，用“/”隔开"), required=True),
        Column("column_label", STRING, say("列的法定名称，连同上面各级，用“/”隔开"), required=True),
        Column("label", STRING, say("行和列的简称"), required=True),
        Column("english", STRING, say("英文译文，不是官方译本")),
        Column("unit", STRING, say("单位；空：以报告写明的为准")),
        Column("concept", STRING, say("含义的代号"), required=True),
    )
    return DataTable(
        CELLS, say("数据字典：法定格式的每一格"), columns, ("form", "address"), (Reference(("concept",), "concepts", ("concept",)),)
    )


def _figures(say: Speech) -> DataTable:
    columns = (
        _agency(say),
        Column("agency_name", STRING, say("机关在报告年度末的名称"), required=True),
        _year(say),
        _form(say),
        address(say),
        Column("label", STRING, say("行和列的简称"), required=True),
        Column("concept", STRING, say("含义的代号；跨年度比较用它，不用地址"), required=True),
        *_held(say),
        Column("raw", STRING, say("报告原来的写法；空：与数字或 state 的通常写法相同，或无法辨认。各报告的 tables.json 里总是写出")),
        _computed(say),
    )
    return DataTable(FIGURES, say("数字，每格一行"), columns, ("agency", "year", "address"), (OF_REPORT, OF_CELL))


def beside(say: Speech) -> DataTable:
    """The tables.csv beside the page of each report, which is no table of the whole. Its title and words are those of the form."""
    columns = (
        address(say),
        Column("table", STRING, say("表的法定名称"), required=True),
        Column("row", STRING, say("行的法定名称"), required=True),
        Column("column", STRING, say("列的法定名称"), required=True),
        *_held(say),
        _computed(say),
        Column("version", INTEGER, say("报告的第几版"), required=True),
    )
    return DataTable("tables", say("一份报告的三张表：报告页旁边的 tables.csv"), columns, ("address",))


def _found(say: Speech) -> tuple[DataTable, ...]:
    """What was found in reports, and how they explain it."""
    rule = Column("rule", STRING, say("核对规则的编号"), required=True)
    own = (_agency(say), _year(say))
    of_rule = Reference(("rule",), "rules", ("rule",))
    rules = (
        rule,
        Column("severity", STRING, say("本站给这条规则的级别；off：没有启用"), required=True, choices=(*SEVERITIES, OFF)),
        Column("name", STRING, say("中文名称"), required=True),
        Column("english", STRING, say("英文名称"), required=True),
    )
    findings = (
        *own,
        rule,
        Column(
            "severity",
            STRING,
            say("级别；已有说明的（见 explanation、given_by）降为 info，规则本来的级别见 rules 表"),
            required=True,
            choices=SEVERITIES,
        ),
        Column("message", STRING, say("发现了什么"), required=True),
        Column("message_en", STRING, say("同上，英文"), required=True),
        Column("addresses", STRING, say("有关的格，用空格隔开")),
        Column("expected", NUMBER, say("按规则应有的数")),
        Column("actual", NUMBER, say("报告里的数")),
        Column("difference", NUMBER, say("两边的差")),
        Column("explanation", STRING, say("公开的说明；空：没有说明")),
        Column("given_by", STRING, say("说明是谁写的：agency 机关，editors 转录报告的编者；空：没有说明"), choices=GIVERS),
    )
    explanations = (
        *own,
        rule,
        Column("address", STRING, say("说明的是哪一格；空：不限于一格")),
        Column("reason", STRING, say("原因"), required=True),
        Column("person", STRING, say("责任人")),
        Column("given_by", STRING, say("谁写的：agency 机关，editors 转录报告的编者"), required=True, choices=GIVERS),
    )
    return (
        DataTable("rules", say("核对规则"), rules, ("rule",)),
        DataTable("findings", say("核对结果"), findings, (), (OF_REPORT, of_rule)),
        DataTable("explanations", say("机关和编者的说明"), explanations, (), (OF_REPORT, of_rule)),
    )


def _added(say: Speech) -> tuple[DataTable, ...]:
    """What reports say besides their figures."""
    own = (_agency(say), _year(say))
    corrections = (
        *own,
        Column("date", DATE, say("更正的日期"), required=True),
        Column("reason", STRING, say("原因"), required=True),
        Column("address", STRING, say("更正了哪一格；空：更正的是文字，或没有写明")),
        Column("part", STRING, say("更正了哪一部分的文字；空：更正的是格")),
        Column("before", STRING, say("更正前")),
        Column("after", STRING, say("更正后")),
    )
    extra = (
        *own,
        Column("table", STRING, say("写在哪张表之后"), required=True),
        Column("label", STRING, say("行的名称"), required=True),
        Column("text", STRING, say("内容，照录")),
    )
    return (
        DataTable("corrections", say("更正"), corrections, (), (OF_REPORT,)),
        DataTable("extra_rows", say("法定表以外另列的行"), extra, (), (OF_REPORT,)),
    )
