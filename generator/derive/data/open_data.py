"""The open data in words.

What they are, where they come from, how to cite and use them, and which file has what.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from generator.derive import paths, words
from generator.derive.data import beside, dataset
from generator.derive.explore.tidy import tidy
from generator.derive.scores import scorecards
from generator.language.speech import Speech
from generator.model.dataset import FIGURES, DataTable
from generator.model.site import Site

WHOLE = f"{paths.DATA}{FIGURES}.csv.gz"
DATABASE = f"{paths.DATA}gongkai.sqlite"
PACKAGE = f"{paths.DATA}datapackage.json"
README = f"{paths.DATA}README.md"

# The files of a year's figures: what stands after the table in their name, and how they end.
VARIANTS = {"": ".csv", "-excel": "-excel.csv"}
PARQUET = {"-parquet": ".parquet"}


class FileOf(NamedTuple):
    """A file of the open data: its path in the site, and its name in the data package.

    `table` is the one it holds, empty for several or none; `year` is 0 for all years.
    """

    path: str
    name: str
    table: str = ""
    year: int = 0


def files(site: Site, tables: Mapping[str, DataTable]) -> Iterator[FileOf]:
    """The files of the data, in the order they are listed.

    First the tables, then each year's figures, then what holds the figures of all years.
    """
    for name in tables:
        if name != FIGURES:
            yield FileOf(f"{paths.DATA}{name}.csv", name, name)
    variants = VARIANTS | PARQUET if site.settings.parquet else VARIANTS
    for year in site.years:
        for variant, ending in variants.items():
            path = paths.figures(year, ending)
            yield FileOf(path, f"{FIGURES}-{year}{variant}", FIGURES, year)
    yield FileOf(WHOLE, FIGURES, FIGURES)
    yield FileOf(DATABASE, "database")


def about(site: Site, say: Speech) -> str:
    """What the data are, in a sentence; where they are a selection, another one states that."""
    count = sum(len(report.figures) for report in site.reports.values())
    bodies = len(list(paths.published(site)))
    sentence = say(
        "{years}，{bodies}的 {reports}，共 {count} 格数字，照报告公布的收录，不作改动。",
        years=words.span(say, site.years),
        bodies=say.plural("{count} 个机关", bodies),
        reports=say.plural("{count} 份政府信息公开工作年度报告", len(site.reports)),
        count=count,
    )
    return sentence if site.settings.complete else say.spaced(sentence, words.selection(say))


def described(site: Site, say: Speech) -> str:
    """What the data are, for places without a page around the sentence.

    It includes the notice of the site, such as that its figures are invented.
    """
    return say.spaced(about(site, say), site.settings.notice)


def origin(say: Speech) -> str:
    """Where the data come from."""
    return say("各机关依法公开的政府信息公开工作年度报告")


def edition(site: Site) -> str:
    """The version of the data, which counts up with what they hold.

    Newest reporting year, number of reports, number of corrections.
    """
    corrections = sum(len(report.corrections) for report in site.reports.values())
    return f"{max(site.years)}.{len(site.reports)}.{corrections}"


def citation(site: Site, say: Speech) -> str:
    """How to cite the data. The years tell which edition it is: no day of making is known."""
    years = words.span(say, site.years)
    title = say("{title}：开放数据（{years}）", title=site.settings.full_title, years=years)
    if not site.settings.base_url:
        return say("{named}。", named=title)
    address = f"{site.settings.base_url}/{paths.DATA}"
    return say("{named}，{address}。", named=title, address=address)


def licence(site: Site, say: Speech) -> str:
    """The licence in words; that none is stated where site.yaml states none."""
    name = site.settings.licence.get("name", "")
    url = site.settings.licence.get("url", "")
    if not name:
        return unlicensed(site, say)
    return say("{name}（{url}）", name=name, url=url) if url else name


def unlicensed(site: Site, say: Speech) -> str:
    """That no licence is stated, and whom to ask where the site names an organiser."""
    if site.settings.host.get("organiser"):
        return say("本站没有声明数据的使用许可；使用前请向主办单位了解。")
    return say("本站没有声明数据的使用许可。")


def cautions(say: Speech) -> tuple[str, ...]:
    """Cautions for those who calculate with the figures (domain facts 1.6, 2.2, 7)."""
    return (
        say(
            "空白不等于 0：空白、不适用、无法辨认、未分列的格在 value 一列为空，state 一列写明是哪一种。"
        ),
        say(
            "政府的报告是所属机关的汇总，与各机关的数字相加会重复；"
            "concepts 表的 additive 写明哪些数字可以相加。"
        ),
        say(
            "跨年度比较用 concept（含义），不用 address："
            "同一个 address 在两种法定格式里可能不是一回事；含义的变化写在 concepts 表的 note。"
        ),
        say("行政复议、行政诉讼中尚未审结的案件会在以后的年度再次出现，各年度相加会重复。"),
        say("computed 为 true 的总计不是报告写的，由程序相加得出。"),
        say(
            "CSV 里可能被表格软件当作公式的文字（以 =、+、-、@、制表符或换行开头）"
            "前面加了一个单引号（'），原来就有的单引号也多一个；"
            "负数不加。CSV 以外的文件里的文字没有加。"
        ),
    )


def selecting(say: Speech) -> tuple[str, ...]:
    """How to take the figures of one body, or of one level, without the others."""
    return (
        say(
            "一个机关：v1/agencies/ 里每个机关有一个 JSON，列出它的各份报告；"
            "每份报告的数字在报告页旁边的 tables.csv、tables.json 里。"
        ),
        say(
            "一个级别或一类机关：figures 与 agencies 两表按 agency 连接，再看 level 或 kind；"
            "在 gongkai.sqlite 里可以这样写："
        ),
    )


def query(site: Site) -> str:
    """A query that takes the newest figures of one level out of the database.

    The site must have a report.
    """
    newest = site.by_year[site.years[0]][0]
    level = site.agencies[newest.agency].level
    return (
        "SELECT figures.* FROM figures JOIN agencies USING (agency) "
        f"WHERE level = '{level}' AND year = {newest.year}"
    )


def about_file(file: FileOf, tables: Mapping[str, DataTable], say: Speech) -> str:
    """What a file holds, in a few words."""
    if file.path == DATABASE:
        return say("SQLite 数据库：全部的表，以及与 figures.csv 各列相同的视图 figures")
    if file.path == WHOLE:
        return say("全部年度的数字，一个用 gzip 压缩的 CSV")
    if file.path.endswith(".parquet"):
        return say("Parquet，供按列读取的程序")
    if file.path.endswith("-excel.csv"):
        return say("CSV，带 BOM，可用 Excel 直接打开")
    return say("CSV，UTF-8") if file.year else tables[file.table].title


def packaged(say: Speech) -> str:
    """What datapackage.json holds.

    It names no day of making, because the same reports always make the same files.
    """
    return say(
        "按 Data Package 2.0 写的说明：这里每个数据文件的列、大小、SHA-256 和数据的版本"
        "（最新报告年度.报告份数.更正次数+全部文件的摘要）；不写生成的日期"
    )


def interface(say: Speech) -> str:
    """What the JSON documents are."""
    return say("JSON 接口，从 v1/index.json 开始")


def described_tables(site: Site, say: Speech) -> tuple[DataTable, ...]:
    """Every table whose columns are described: those of the data, and the files beside pages."""
    return (*dataset.tables(say).values(), *_tables_beside_pages(site, say))


def _tables_beside_pages(site: Site, say: Speech) -> Iterator[DataTable]:
    """The files beside pages, of which the site has any."""
    yield beside.tables(say).table
    yield tidy(say).table
    if site.boards:
        yield beside.coverage(say).table
    if site.rolled_up:
        yield beside.rollup(say, [beside.ANY_MEMBER]).table
    if scorecards(site) and site.settings.scores:
        yield beside.scores(say).table


def readme(site: Site, say: Speech, tables: Mapping[str, DataTable]) -> Iterator[str]:
    """README.md in one language, line by line."""
    heading = say("开放数据")
    yield f"# {site.settings.title}: {heading}"
    yield ""
    yield described(site, say)
    yield ""
    lines = [f"`datapackage.json`: {packaged(say)}"]
    for file in files(site, tables):
        name = file.path.removeprefix(paths.DATA)
        lines.append(f"`{name}`: {about_file(file, tables, say)}")
    lines.append(f"`v1/`: {interface(say)}")
    yield from _section(say("文件列表"), _items(lines))
    yield from _section(say("只取一部分"), [*_items(selecting(say)), "", f"      {query(site)}"])
    yield from _section(say("怎样引用"), [citation(site, say)])
    yield from _section(say("许可"), [licence(site, say)])
    yield from _section(say("使用时请注意"), _items(cautions(say)))
    for table in described_tables(site, say):
        columns = [f"`{column.name}` ({column.type}): {column.meaning}" for column in table.columns]
        yield from _section(f"{table.name}: {table.title}", _items(columns))


def _items(lines: Iterable[str]) -> list[str]:
    """The lines as a list in Markdown."""
    return [f"- {line}" for line in lines]


def _section(heading: str, lines: Iterable[str]) -> Iterator[str]:
    """A section in Markdown, with an empty line after its heading and at its end."""
    yield f"## {heading}"
    yield ""
    yield from lines
    yield ""
