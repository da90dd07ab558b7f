"""New sites, agencies and reports, with the schemas by which an editor helps to fill them in.

A new report is pre-filled from last year's: 上年结转, opening stock in a comment, and its structure.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from generator.inspection import inspect, law_of
from generator.language.sentence import sentence
from generator.model.figure import State
from generator.model.finding import Text
from generator.model.format import Comparable, Format
from generator.model.law import Law
from generator.model.report import Report
from generator.model.site import Site
from generator.model.source import SLUG
from generator.render.report_yaml import empty_tables
from generator.schema import FOLDER, file_name, modeline, write

FILES = Path(__file__).parent / "files"
# What checks and publishes a site where its repository is hosted: a folder of files for each host.
KITS = Path(__file__).parent / "kits"
HOSTS = ("github", "gitlab", "gitee")
EXAMPLES = (
    "# 正文（narrative.md）可以引用这里的数字：{{ 新收.总计 }}，上一年的：{{ prior(新收.总计) }}。",
    "# 数字与上年对不上、确有原因的，写在“说明”里，会公开：",
    "#   - {规则: Y-02, 原因: 到期失效 4 件，不属于本年废止, 责任人: 办公室}",
    "# 不是本机关录入、从公开发布的报告转录的，写：转录: {文字: 改写, 未收录: [发布日期, 五]}，见 docs/site.md。",
    "# 发布以后改数字的，写在“更正”里：",
    "#   - {日期: 2026-03-01, 原因: 录入有误, 改动: [{格: 新收.总计, 改前: 106, 改后: 107}]}",
)


class Refused(Exception):
    """It cannot be made; nothing was written. `text` says why."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.source)
        self.text = text


def new_site(folder: Path, host: str = HOSTS[0]) -> None:
    """A site with one example agency, a report to fill in, and the CI files of a host.

    Refused for a folder that is not empty.
    """
    if folder.exists() and any(folder.iterdir()):
        raise Refused(sentence("{folder} 已经有内容，不会覆盖", folder=folder))
    _copy(FILES, folder)
    write_kit(folder, host)
    settings = folder / "site.yaml"
    settings.write_text(modeline("site", 0) + settings.read_text("utf-8"), "utf-8")
    new_agency(folder, "example-bureau", "示例市示例局", "工作部门", "县级")
    new_report(folder, "example-bureau", 2025)


def write_kit(folder: Path, host: str) -> None:
    """The files by which a host checks and publishes a site."""
    _copy(KITS / host, folder)


def _copy(files: Path, folder: Path) -> None:
    """Copy every file below `files` into the folder.

    One whose name starts with a dot is shipped under another name.
    """
    for source in sorted(files.rglob("*")):
        if source.is_file():
            target = folder / source.relative_to(files).as_posix().replace("dot-", ".")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(source.read_text("utf-8"), "utf-8")


def new_agency(root: Path, slug: str, name: str, kind: str = "", level: str = "") -> list[Path]:
    """The file of a new agency. What is not stated stays open, and the check asks for it."""
    if not SLUG.fullmatch(slug):
        raise Refused(
            sentence("“{slug}”不能作文件夹名：只用小写字母、数字和连字符", slug=slug),
        )
    folder = root / "content" / "agencies" / slug
    if folder.exists():
        raise Refused(sentence("{folder} 已经存在，不会覆盖", folder=folder))
    folder.mkdir(parents=True)
    quoted_name = json.dumps(name, ensure_ascii=False) if name else ""
    kinds = "政府、办公室、工作部门、派出机关、乡镇、街道、开发区、垂直管理单位、授权组织"
    text = (
        f"{modeline('agency', 3)}"
        f"名称: {quoted_name}          # 全称\n"
        f"类型: {kind}          # {kinds}\n"
        f"层级: {level}          # 国家级、省级、市级、县级、乡镇级\n"
        "# 上级: 上级机关的文件夹名\n"
        "# 联系方式: {地址: , 电话: , 邮编: }\n"
    )
    return [_write(folder / "agency.yaml", text), *_schemas(root, "agency")]


def owing(root: Path, site: Site, year: int) -> list[str]:
    """The bodies that owe a report for a year and have not begun one, by slug.

    They existed at its end; the example body owes nothing.
    """
    rules = (rule for rule in site.law.rules.values() if rule.of_examples)
    examples = {name for rule in rules for name in rule.lists.get("names", ())}
    return [
        slug
        for slug in sorted(site.agencies)
        if site.existed(slug, year)
        and site.agencies[slug].name not in examples
        and not (root / "content" / "agencies" / slug / str(year)).exists()
    ]


def new_report(root: Path, slug: str, year: int, empty: str = "") -> list[Path]:
    """The files of a new report; see `new_reports`."""
    return new_reports(root, [slug], year, empty)


def new_reports(root: Path, slugs: Sequence[str], year: int, empty: str = "") -> list[Path]:
    """The files of new reports of one year.

    What last year's report settles is filled in; the other rows hold `empty` and wait for the
    clerk. A row without figures is an error of the check, so that a form that nobody filled in is
    never published as a year of zeros. Refused where any of them cannot be made.
    """
    law, _ = law_of(root)
    for slug in slugs:
        _refuse(root, law, slug, year)
    site = inspect(root).site if slugs else None
    paths: list[Path] = []
    for slug in slugs:
        prior = site.reports.get((slug, year - 1)) if site else None
        paths += _report(root, law, slug, year, prior, empty)
    return paths


def _refuse(root: Path, law: Law, slug: str, year: int) -> None:
    """Refuse a report that cannot be made."""
    agency = root / "content" / "agencies" / slug
    form = law.format_for(year)
    if not SLUG.fullmatch(slug) or not (agency / "agency.yaml").is_file():
        raise Refused(
            sentence("没有“{slug}”这个机关，请先 gongkai new agency {slug}", slug=slug),
        )
    if form is None:
        raise Refused(sentence("{year} 年度没有法定格式可用", year=year))
    folder = agency / str(year)
    if folder.exists():
        raise Refused(sentence("{folder} 已经存在，不会覆盖", folder=folder))


def _report(
    root: Path, law: Law, slug: str, year: int, prior: Report | None, empty: str
) -> list[Path]:
    """The files of one new report."""
    form = law.format_for(year)
    assert form is not None, "_refuse lets no such year through"
    folder = root / "content" / "agencies" / slug / str(year)
    folder.mkdir()
    return [
        _write(folder / "report.yaml", _figures(law, form, year, prior, empty)),
        _write(folder / "narrative.md", _narrative(form)),
        *_schemas(root, f"report-{form.id}"),
    ]


def _schemas(root: Path, kind: str) -> list[Path]:
    """The schemas that the files name in their first line, where this one is not there yet.

    With them an editor needs no network.
    """
    folder = root / FOLDER
    return [] if (folder / file_name(kind)).is_file() else write(folder, root)


def _write(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


def _figures(law: Law, form: Format, year: int, prior: Report | None, empty: str) -> str:
    """The report.yaml of a report that is still to be filled in."""
    lines = [
        modeline(f"report-{form.id}", 4).rstrip(),
        "# 逐行填写；没有发生的行只写一个 0。总计可以不写，由程序相加。",
        f"年度: {year}",
        f'格式: "{form.id}"',
        f"{'' if empty else '# '}发布日期: {year + 1}-01-20",
        *empty_tables(form, opening_texts(law, form, year, prior), empty),
    ]
    if prior is not None:
        lines += [
            "",
            f"# {year - 1} 年度报告的数字已用于：上年结转。规章、行政规范性文件的上年现行有效件数：",
            *_stock(law, form, year, prior),
        ]
    lines += ["", *EXAMPLES, "说明: []", "更正: []"]
    return "\n".join(lines) + "\n"


def _means_the_same(law: Law, key: str, prior: Report, year: int) -> bool:
    """Whether last year's figure of a concept key is still what the new form asks for."""
    concept = law.concept(key)
    shifts = concept.breaks_between(prior.year, year) if concept else ()
    return not any(shift.comparable is Comparable.NO for shift in shifts)


def opening_texts(law: Law, form: Format, year: int, prior: Report | None) -> Mapping[str, str]:
    """Address → text of the cells that an identity sets equal to one figure of last year (Y-01)."""
    if prior is None:
        return {}
    texts: dict[str, str] = {}
    for identity in form.identities:
        takes_over_one = [term.prior for term in identity.right] == [True]
        if identity.relation != "==" or identity.each != "column" or not takes_over_one:
            continue
        for cell in form.cells.values():
            if cell.table != identity.table or cell.row.path != identity.left[0].name:
                continue
            concept = f"{cell.table}.{identity.right[0].name}.{cell.column.path}"
            if not _means_the_same(law, concept, prior, year):
                continue
            figure = prior.figures.get(prior.format.by_concept.get(concept, ""))
            if not _means_the_same(law, concept, prior, year):
                continue
            if figure is not None and figure.state is State.NUMBER:
                texts[cell.address] = figure.text
    return texts


def _stock(law: Law, form: Format, year: int, prior: Report) -> list[str]:
    """Last year's stock as remarks, for the identities that carry a stock on (Y-02, Y-03)."""
    remarks = []
    for identity in form.identities:
        if not any(term.prior for term in identity.right):
            continue
        for path in identity.only:
            address = f"{identity.table}.{path}.{identity.left[0].name}"
            if address in prior.figures:
                cell = form.cells[address]
                if not _means_the_same(law, cell.concept, prior, year):
                    continue
                remarks.append(f"#   {cell.label}: {prior.figures[address].text}")
    return remarks


def _narrative(form: Format) -> str:
    """The sections that must be written, with nothing in them.

    An empty section is an error, so that no placeholder is ever published.
    """
    headings = [section.heading for section in form.sections if not section.table]
    return "\n".join(f"## {heading}\n\n\n" for heading in headings)
