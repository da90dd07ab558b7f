"""The open data in words: what they are, where from, how to cite them, what to mind, and which file holds what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from generator.derive import paths, words
from generator.derive.data import boards
from generator.derive.data.dataset import beside
from generator.language.speech import Speech
from generator.model.dataset import FIGURES, DataTable
from generator.model.site import Site

WHOLE, DATABASE = f"{paths.DATA}{FIGURES}.csv.gz", f"{paths.DATA}gongkai.sqlite"
PACKAGE, README = f"{paths.DATA}datapackage.json", f"{paths.DATA}README.md"


# A year's figures in each way they are written: what it is called after the name of the table, and how its file ends.
VARIANTS = {"": ".csv", "-excel": "-excel.csv"}
PARQUET = {"-parquet": ".parquet"}


class FileOf(NamedTuple):
    """A file of the open data: its path in the site, its name in the data package, the table it holds (empty: several or none), its
    year (0: all)."""

    path: str
    name: str
    table: str = ""
    year: int = 0


def files(site: Site, tables: Mapping[str, DataTable]) -> Iterator[FileOf]:
    """The files of the data, in the order they are listed: tables, each year's figures, the whole."""
    yield from (FileOf(f"{paths.DATA}{name}.csv", name, name) for name in tables if name != FIGURES)
    for year in site.years:
        for way, ending in (VARIANTS | PARQUET if site.settings.parquet else VARIANTS).items():
            yield FileOf(paths.figures(year, ending), f"{FIGURES}-{year}{way}", FIGURES, year)
    yield from (FileOf(WHOLE, FIGURES, FIGURES), FileOf(DATABASE, "database"))


def about(site: Site, say: Speech) -> str:
    """What the data are, in a sentence; and another one where they are a selection."""
    count = sum(len(report.figures) for report in site.reports.values())
    bodies = len(list(paths.published(site)))
    said = say(
        "{years}，{bodies}的 {reports}，共 {count} 格数字，照报告公布的收录，不作改动。",
        years=words.span(say, site.years),
        bodies=say.plural("{count} 个机关", bodies),
        reports=say.plural("{count} 份政府信息公开工作年度报告", len(site.reports)),
        count=count,
    )
    return said if site.settings.complete else say.spaced(said, words.selection(say))


def described(site: Site, say: Speech) -> str:
    """The same where no page stands around it: with the notice of the site, such as that its figures are invented."""
    return say.spaced(about(site, say), site.settings.notice)


def origin(say: Speech) -> str:
    """Where the data come from."""
    return say("各机关依法公开的政府信息公开工作年度报告")


def edition(site: Site) -> str:
    """Which edition the data are, as a version that counts up with what they hold: newest reporting year, reports, corrections."""
    return f"{max(site.years)}.{len(site.reports)}.{sum(len(one.corrections) for one in site.reports.values())}"


def citation(site: Site, say: Speech) -> str:
    """How to cite the data. The years say which edition it is: no day of making is known."""
    address = f"{site.settings.base_url}/{paths.DATA}" if site.settings.base_url else ""
    named = say("{title}：开放数据（{years}）", title=site.settings.full_title, years=words.span(say, site.years))
    return say("{named}，{address}。", named=named, address=address) if address else say("{named}。", named=named)


def licence(site: Site, say: Speech) -> str:
    """The licence in words; that none is stated where site.yaml states none."""
    name, url = site.settings.licence.get("name", ""), site.settings.licence.get("url", "")
    if not name:
        return unlicensed(site, say)
    return say("{name}（{url}）", name=name, url=url) if url else name


def unlicensed(site: Site, say: Speech) -> str:
    """That no licence is stated; whom to ask only where the site says who that is."""
    if site.settings.host.get("organiser"):
        return say("本站没有声明数据的使用许可；使用前请向主办单位了解。")
    return say("本站没有声明数据的使用许可。")


def cautions(say: Speech) -> tuple[str, ...]:
    """What whoever counts with the figures should know (domain facts 1.6, 2.2, 7)."""
    return (
        say("空白不等于 0：空白、不适用、无法辨认的格在 value 一列为空，state 一列写明是哪一种。"),
        say("政府的报告是所属机关的汇总，与各机关的数字相加会重复；concepts 表的 additive 写明哪些数字可以相加。"),
        say(
            "跨年度比较用 concept（含义），不用 address：同一个 address 在两种法定格式里可能不是一回事；含义的变化写在 concepts 表的 note。"
        ),
        say("行政复议、行政诉讼中尚未审结的案件会在以后的年度再次出现，各年度相加会重复。"),
        say("computed 为 true 的总计不是报告写的，由程序相加得出。"),
        say(
            "CSV 里可能被表格软件当作公式的文字（以 =、+、-、@、制表符或换行开头）前面加了一个单引号（'），原来就有的单引号也多一个；"
            "负数不加。CSV 以外的文件里的文字没有加。"
        ),
    )


def selecting(say: Speech) -> tuple[str, ...]:
    """How to take the figures of one body, or of one level, without all the rest."""
    return (
        say("一个机关：v1/agencies/ 里每个机关有一个 JSON，列出它的各份报告；每份报告的数字在报告页旁边的 tables.csv、tables.json 里。"),
        say("一个级别或一类机关：figures 与 agencies 两表按 agency 连接，再看 level 或 kind；在 gongkai.sqlite 里可以这样写："),
    )


def query(site: Site) -> str:
    """How to take the newest figures of one level out of the database; a site with reports."""
    newest = site.by_year[site.years[0]][0]
    level = site.agencies[newest.agency].level
    return f"SELECT figures.* FROM figures JOIN agencies USING (agency) WHERE level = '{level}' AND year = {newest.year}"


def about_file(one: FileOf, tables: Mapping[str, DataTable], say: Speech) -> str:
    """What a file holds, in a few words."""
    if one.path == DATABASE:
        return say("SQLite 数据库：全部的表，以及与 figures.csv 各列相同的视图 figures")
    if one.path == WHOLE:
        return say("全部年度的数字，一个用 gzip 压缩的 CSV")
    if one.path.endswith(".parquet"):
        return say("Parquet，供按列读取的程序")
    if one.path.endswith("-excel.csv"):
        return say("CSV，带 BOM，可用 Excel 直接打开")
    return say("CSV，UTF-8") if one.year else tables[one.table].title


def packaged(say: Speech) -> str:
    """What datapackage.json says. It names no day of making: the same reports always make the same files."""
    return say(
        "按 Data Package 2.0 写的说明：这里每个数据文件的列、大小、SHA-256 和数据的版本"
        "（最新报告年度.报告份数.更正次数+全部文件的摘要）；不写生成的日期"
    )


def readme(site: Site, say: Speech, tables: Mapping[str, DataTable]) -> Iterator[str]:
    """README.md in one language, line by line."""
    files_heading = say("文件列表")
    yield from (f"# {site.settings.title}: {say('开放数据')}", "", described(site, say), "", f"## {files_heading}", "")
    yield f"- `datapackage.json`: {packaged(say)}"
    for one in files(site, tables):
        yield f"- `{one.path.removeprefix(paths.DATA)}`: {about_file(one, tables, say)}"
    yield f"- `v1/`: {say('JSON 接口，从 v1/index.json 开始')}"
    yield from ("", f"## {say('只取一部分')}", "", *(f"- {one}" for one in selecting(say)), "", f"      {query(site)}", "")
    yield from (f"## {say('怎样引用')}", "", citation(site, say), "", f"## {say('许可')}", "", licence(site, say), "")
    yield from (f"## {say('使用时请注意')}", "", *(f"- {one}" for one in cautions(say)), "")
    for table in (*tables.values(), beside(say), *boards.beside(site, say)):
        yield from (f"## {table.name}: {table.title}", "")
        yield from (f"- `{column.name}` ({column.type}): {column.meaning}" for column in table.columns)
        yield ""
