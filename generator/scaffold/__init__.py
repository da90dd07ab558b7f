"""New sites, agencies and reports, with the schemas by which an editor helps to fill them in.

A new report is pre-filled from last year's: 上年结转, opening stock in a comment, and its structure.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path

from generator.model.figure import State
from generator.model.finding import Text
from generator.model.format import Block, Format, Heading, Table
from generator.model.report import Report
from generator.model.source import SLUG
from generator.pipeline import inspect, read_law
from generator.schema import FOLDER, modeline, write

# The text of the example report of a new site, which checks clean.
NOTHING_YET = "本站刚刚建立：主动公开、依申请公开、信息管理、平台建设、监督保障都还没有内容，也没有信息处理费。"
FILES = Path(__file__).parent / "files"
EXAMPLES = (
    "# 正文（narrative.md）可以引用这里的数字：{{ 新收.总计 }}，上一年的：{{ prior(新收.总计) }}。",
    "# 数字与上年对不上、确有原因的，写在“说明”里，会公开：",
    "#   - {规则: Y-02, 原因: 到期失效 4 件，不属于本年废止, 责任人: 办公室}",
    "# 不是本机关录入、从公开发布的报告转录的，写：转录: {文字: 改写, 未收录: [发布日期, 五]}，见 docs/site.md。",
    "# 发布以后改数字的，写在“更正”里：",
    "#   - {日期: 2026-03-01, 原因: 录入有误, 改动: [{格: 新收.总计, 改前: 106, 改后: 107}]}",
)


class Refused(Exception):
    """It cannot be made; nothing was written. `text` says why in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.text = Text(zh, en)


def new_site(folder: Path) -> None:
    """A site with one example agency and an empty report that passes the check. Refused for a folder that is not empty."""
    if folder.exists() and any(folder.iterdir()):
        raise Refused(f"{folder} 已经有内容，不会覆盖", f"{folder} is not empty")
    for source in sorted(FILES.rglob("*")):
        if source.is_file():
            target = folder / source.relative_to(FILES).as_posix().replace("dot-", ".")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(source.read_text("utf-8"), "utf-8")
    settings = folder / "site.yaml"
    settings.write_text(modeline("site", 0) + settings.read_text("utf-8"), "utf-8")
    new_agency(folder, "example-bureau", "示例市示例局", "工作部门", "县级")
    new_report(folder, "example-bureau", 2025, empty="0")


def new_agency(root: Path, slug: str, name: str, kind: str = "", level: str = "") -> list[Path]:
    """The file of a new agency. What is not known stays open, and the check asks for it."""
    if not SLUG.fullmatch(slug):
        raise Refused(
            f"“{slug}”不能作文件夹名：只用小写字母、数字和连字符", f"“{slug}” is no folder name: lower-case letters, digits, hyphens"
        )
    folder = root / "content" / "agencies" / slug
    if folder.exists():
        raise Refused(f"{folder} 已经存在，不会覆盖", f"{folder} exists")
    folder.mkdir(parents=True)
    text = (
        f"{modeline('agency', 3)}"
        f"名称: {json.dumps(name, ensure_ascii=False) if name else ''}          # 全称\n"
        f"类型: {kind}          # 政府、办公室、工作部门、派出机关、乡镇、街道、开发区、垂直管理单位、授权组织\n"
        f"层级: {level}          # 国家级、省级、市级、县级、乡镇级\n"
        "# 上级: 上级机关的文件夹名\n"
        "# 联系方式: {地址: , 电话: , 邮编: }\n"
    )
    return [_write(folder / "agency.yaml", text), *_schemas(root)]


def new_report(root: Path, slug: str, year: int, empty: str = "") -> list[Path]:
    """The files of a new report. What last year's report settles is filled in; the other rows hold `empty` and wait for the clerk.

    A row without figures is an error of the check, so that a form nobody filled in is never published as a year of zeros.
    """
    agency = root / "content" / "agencies" / slug
    form = read_law().format_for(year)
    if not SLUG.fullmatch(slug) or not (agency / "agency.yaml").is_file():
        raise Refused(
            f"没有“{slug}”这个机关，请先 gongkai new agency {slug}", f"there is no agency “{slug}”; first gongkai new agency {slug}"
        )
    if form is None:
        raise Refused(f"{year} 年度没有法定格式可用", f"no form is known for {year}")
    folder = agency / str(year)
    if folder.exists():
        raise Refused(f"{folder} 已经存在，不会覆盖", f"{folder} exists")
    prior = inspect(root).site.reports.get((slug, year - 1))
    folder.mkdir()
    return [
        _write(folder / "report.yaml", _figures(form, year, prior, empty)),
        _write(
            folder / "narrative.md",
            _narrative(form, NOTHING_YET if empty else ""),
        ),
        *_schemas(root),
    ]


def _schemas(root: Path) -> list[Path]:
    """The schemas that the files name in their first line, put into the site where it has none yet: an editor needs no network."""
    return [] if (root / FOLDER).is_dir() else write(root / FOLDER)


def _write(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


def _figures(form: Format, year: int, prior: Report | None, empty: str) -> str:
    known = _opening(form, prior)
    lines = [
        modeline(f"report-{form.id}", 4).rstrip(),
        "# 逐行填写；没有发生的行只写一个 0。总计可以不写，由程序相加。",
        f"年度: {year}",
        f'格式: "{form.id}"',
        f"{'' if empty else '# '}发布日期: {year + 1}-01-20",
    ]
    for table in form.tables:
        lines += ["", f"{table.short}:"]
        if len(table.blocks) == 1:
            lines[-1] += "  # 每行依次为：" + "、".join(column.name for column in table.blocks[0].leaf_columns)
        for block in table.blocks:
            _rows(table, block, block.rows, 2, known, empty, lines)
    if prior is not None:
        lines += ["", f"# {year - 1} 年度报告的数字已用于：上年结转。规章、行政规范性文件的上年现行有效件数：", *_stock(form, prior)]
    lines += ["", *EXAMPLES, "说明: []", "更正: []"]
    return "\n".join(lines) + "\n"


def _opening(form: Format, prior: Report | None) -> Mapping[str, str]:
    """address → text of the cells that an identity sets equal to one figure of last year (Y-01)."""
    known: dict[str, str] = {}
    if prior is None:
        return known
    for identity in form.identities:
        if identity.relation != "==" or identity.each != "column" or [term.prior for term in identity.right] != [True]:
            continue
        for cell in form.cells.values():
            if cell.table == identity.table and cell.row.path == identity.left[0].name:
                concept = f"{cell.table}.{identity.right[0].name}.{cell.column.path}"
                figure = prior.figures.get(prior.format.by_concept.get(concept, ""))
                if figure is not None and figure.state is State.NUMBER:
                    known[cell.address] = figure.text
    return known


def _stock(form: Format, prior: Report) -> list[str]:
    """Last year's stock as remarks, for the identities that carry a stock on (Y-02, Y-03)."""
    said = []
    for identity in form.identities:
        for path in identity.only:
            address = f"{identity.table}.{path}.{identity.left[0].name}"
            if any(term.prior for term in identity.right) and address in prior.figures:
                cell = form.cells[address]
                said.append(f"#   {cell.label}: {prior.figures[address].text}")
    return said


def _rows(table: Table, block: Block, rows: Sequence[Heading], indent: int, known: Mapping[str, str], empty: str, lines: list[str]) -> None:
    for row in rows:
        head = f"{' ' * indent}{row.name}:"
        if row.children:
            if row.path:
                lines.append(head)
            _rows(table, block, row.children, indent + 2 if row.path else indent, known, empty, lines)
            continue
        values = [known.get(f"{table.id}.{row.path}.{column.path}") for column in block.leaf_columns]
        if all(value is not None for value in values):
            lines.append(_padded(head, 28) + f"[{', '.join(value or '' for value in values)}]")
        elif len(table.blocks) > 1:
            named = ", ".join(f"{column.name}: {empty}" for column in block.leaf_columns)
            lines.append(_padded(head, 28) + f"{{{named}}}")
        else:
            lines.append((_padded(head, 28) + empty).rstrip())


def _padded(text: str, width: int) -> str:
    held = sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
    return text + " " * max(width - held, 1)


def _narrative(form: Format, text: str) -> str:
    """The sections that must be written, with nothing in them: an empty one is an error, so no placeholder is ever published."""
    return "\n".join(f"## {section.heading}\n\n{text}\n" for section in form.sections if not section.table)
