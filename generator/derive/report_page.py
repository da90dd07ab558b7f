"""A report as a page: facts, the six sections in order with their tables, the agency's explanations under them, downloads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from generator.derive import paths, words
from generator.derive.frame import article, frame
from generator.derive.tables import grid
from generator.language import prose
from generator.model.figure import State
from generator.model.finding import Finding, Severity
from generator.model.format import Section
from generator.model.report import Explanation, Report, Site
from generator.model.view import Download, Html, Link, Note, ReportPage, SectionView

Resolve = Callable[[str], str]


def report_page(site: Site, report: Report, findings: Sequence[Finding], *, for_print: bool = False) -> ReportPage:
    """The view of one report. `findings` are its own; with `for_print`, links within the site become absolute or plain text."""
    agency = site.agencies[report.agency]
    path, title = paths.report(report.agency, report.year), words.title(agency, report)
    base = f"{site.settings.base_url}/{path}" if site.settings.base_url else ""
    resolve = _printed(base) if for_print else paths.in_full
    years = site.years_by_agency[report.agency]
    held = site.held.get((report.agency, report.year))
    glance = words.glance(site, report, findings)
    said = "，".join(f"{one.name} {one.value} {one.unit}" for one in glance)
    crumbs = (Link("机关", paths.AGENCIES), words.to_agency(agency))
    return ReportPage(
        frame=frame(site, path, title, f"{title}：{said}。" if said else title, crumbs, article(site, report, title)),
        agency=words.to_agency(agency),
        year=report.year,
        title=title,
        preface=Html(prose.render(report.preface.markdown, resolve=resolve)) if report.preface else Html(""),
        notes=tuple(_notes(site, report, "", findings)),
        facts=tuple(_facts(site, report)),
        glance=glance,
        sections=tuple(_section(site, report, section, findings, resolve) for section in report.format.sections),
        corrections=tuple(_correction(report, index) for index in range(len(report.corrections))),
        downloads=downloads(path, pdf=site.pdf),
        attachments=tuple(Download(one.name, f"{path}files/{one.name}", _size(one.size)) for one in report.attachments),
        previous=_neighbour(report, years, -1),
        following=_neighbour(report, years, +1),
        compare=Link("历年比较", paths.compare(report.agency)) if len(years) > 1 else None,
        citation=_citation(site, report, title, base),
        held=words.held(site, held) if held and not for_print else None,
    )


def downloads(path: str, *, pdf: bool) -> tuple[Download, ...]:
    """The files that a report offers."""
    tables = (
        Download("CSV", f"{path}tables.csv", "三张表，每格一行，可用 Excel 打开"),
        Download("JSON", f"{path}tables.json", "三张表，供程序读取"),
    )
    return (Download("PDF", f"{path}report.pdf", "全文，适合打印"), *tables) if pdf else tables


def _facts(site: Site, report: Report) -> list[tuple[str, str]]:
    agency = site.agencies[report.agency]
    facts = [
        ("发布机关", agency.name_in(report.year)),
        ("统计期限", f"{report.year} 年 1 月 1 日至 12 月 31 日"),
        ("采用格式", f"{report.format.basis}"),
        ("成文日期", _day(report.signed)),
        ("发布日期", _day(report.published)),
        ("信息来源", report.source),
        ("索引号", report.index_number),
        ("原文网址", report.source_url),
    ]
    return [(name, value) for name, value in facts if value]


def _day(day: date | None) -> str:
    return f"{day.year} 年 {day.month} 月 {day.day} 日" if day else ""


def _section(site: Site, report: Report, section: Section, findings: Sequence[Finding], resolve: Resolve) -> SectionView:
    text = report.sections.get(section.id)
    html = Html(prose.render(text.markdown, resolve=resolve)) if text else Html("")
    if not section.table:
        return SectionView(section.id, section.heading, html)
    table = report.format.table(section.table)
    return SectionView(
        section.id,
        section.heading,
        html,
        words.summary(report, table),
        grid(report.format, table, report.figures),
        tuple(_notes(site, report, table.id, findings)),
        tuple(_legend(report, table.id)),
    )


def _notes(site: Site, report: Report, table: str, findings: Sequence[Finding]) -> Iterator[Note]:
    """What is to be said under a table, or with no table at the end of the report: first the agency's explanations (what does not
    agree, and why), then what a check found and nobody explained, where the site's policy lets such a report be published."""
    own = [finding for finding in findings if _of(table, finding)]
    for index, one in enumerate(report.explanations):
        about = [finding for finding in own if finding.explained_by == index]
        if about:
            yield Note("explanation", one.reason, one.person, _about(site, report, one, about))
    for finding in own:
        if not finding.explained and finding.severity.rank >= Severity.WARNING.rank:
            yield Note("finding", finding.message.zh, about=finding.rule)


def _about(site: Site, report: Report, explanation: Explanation, findings: Sequence[Finding]) -> str:
    """What the explanation answers: the discrepancies themselves, else the rule's name and the cells."""
    if all(finding.difference is not None or not finding.cells for finding in findings):
        return "；".join(finding.message.zh for finding in findings)
    name = site.law.rules[explanation.rule].name.zh
    cells = [report.format.cells[cell].label for finding in findings for cell in finding.cells]
    return f"{name}：{'、'.join(cells)}" if len(cells) <= 3 else f"{name}，共 {len(cells)} 格"


def _of(table: str, finding: Finding) -> bool:
    """Whether a finding concerns a table; one that concerns none belongs to the table called nothing."""
    return any(cell.startswith(f"{table}.") for cell in finding.cells) if table else not finding.cells


def _legend(report: Report, table: str) -> list[str]:
    """What the marks in a table mean, as far as it has any, and the rows beyond the form."""
    figures = [figure for address, figure in report.figures.items() if address.startswith(f"{table}.")]
    states = {figure.state for figure in figures}
    legend = []
    if State.UNREADABLE in states:
        legend.append("“？”表示原表这一格无法辨认。")
    if State.BLANK in states:
        legend.append("空白的格在原表中就是空白，核对合计时按 0 计。")
    if State.NOT_APPLICABLE in states:
        legend.append("“/”表示不适用。")
    if any(figure.computed for figure in figures):
        legend.append("带 * 的总计由各列相加得出，报告中没有填写。")
    extras = "；".join(f"{one.label} {one.text}" for one in report.extras if one.table == table)
    return [*legend, f"法定表以外另列：{extras}。"] if extras else legend


def _correction(report: Report, index: int) -> tuple[str, str, tuple[str, ...]]:
    one = report.corrections[index]
    changes = tuple(f"{report.format.cells[change.cell].label}：{change.before} 改为 {change.after}" for change in one.changes)
    return (_day(one.date), one.reason, changes)


def _neighbour(report: Report, years: tuple[int, ...], step: int) -> Link | None:
    index = years.index(report.year) + step
    if not 0 <= index < len(years):
        return None
    return Link(f"{years[index]} 年度", paths.report(report.agency, years[index]))


def _citation(site: Site, report: Report, title: str, base: str) -> str:
    day = f"，{_day(report.published)}发布" if report.published else ""
    return f"{site.agencies[report.agency].name_in(report.year)}：《{title}》{day}{f'，{base}' if base else ''}。"


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{max(count // 1000, 1)} KB"


def _printed(base: str) -> Resolve:
    """Paper has no site around it: a link within the site is made absolute, or dropped where the site has no public address."""

    def resolve(target: str) -> str:
        if prose.external(target) or target.startswith("#"):
            return target
        return base + target if base else ""

    return resolve
