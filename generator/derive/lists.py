"""The pages that lead to reports: home, directory, agency, year, and the site's own text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from generator.derive import paths, words
from generator.derive.chain import chain
from generator.derive.charts import charts
from generator.derive.frame import frame
from generator.language import prose
from generator.model.figure import plain
from generator.model.finding import Finding
from generator.model.report import Agency, Page, Report, Site
from generator.model.view import (
    AgencyPage,
    Branch,
    DirectoryPage,
    Entry,
    Glance,
    HomePage,
    Html,
    Link,
    TextPage,
    WaitingPage,
    YearPage,
    YearsPage,
)


def home_page(site: Site) -> HomePage:
    """The first page: what is here, the newest year in words and figures, bodies by kind, years."""
    settings = site.settings
    agencies = [site.agencies[slug] for slug in paths.published(site)]
    counts = (len(agencies), len(site.reports))
    year = site.years[0] if site.years else None
    groups = tuple(
        (words.KINDS[kind], tuple(words.to_agency(agency) for agency in agencies if agency.kind == kind))
        for kind in words.KINDS
        if any(agency.kind == kind for agency in agencies)
    )
    description = f"{settings.title}：{counts[0]} 个机关、{counts[1]} 份报告，可查阅、比较、下载。"
    return HomePage(
        frame(site, paths.HOME, settings.title, description),
        Link(_held(site, year), paths.year(year)) if year else None,
        _overlap(site, year) if year else "",
        tuple(_totals(site, year)) if year else (),
        groups,
        tuple(words.to_year(number) for number in site.years),
        counts,
    )


def _totals(site: Site, year: int) -> Iterator[Glance]:
    """The headline figures added up over the reports of a year; a lone report's figures are its own."""
    reports = site.by_year[year]
    for key in site.law.headline:
        concept = site.law.concept(key)
        figures = [words.figure_for(site.law, report, key) for report in reports]
        if concept and concept.additive and any(figure.value is not None for figure in figures):
            value = sum((figure.value or 0 for figure in figures), start=0)
            lacking = sum(figure.value is None for figure in figures)
            yield Glance(words.name_of(site.law, key), plain(value), concept.unit, f"另有 {lacking} 份报告没有这个数字" if lacking else "")


def _year_sentence(site: Site, year: int) -> str:
    said = "，".join(f"{one.name} {one.value} {one.unit}" for one in _totals(site, year))
    added = "，数字相加" if len(site.by_year[year]) > 1 else ""
    return f"{_held(site, year)}{added}：{said}。{_overlap(site, year)}"


def _held(site: Site, year: int) -> str:
    """Whose reports there are for a year: the body's name where it is one, else how many."""
    reports = site.by_year[year]
    whose = site.agencies[reports[0].agency].name_in(year) if len(reports) == 1 else f" {len(reports)} 个机关"
    return f"{year} 年度收录{whose}的报告"


def _overlap(site: Site, year: int) -> str:
    """A caveat where a government's report, which sums up its bodies', stands beside others."""
    kinds = [site.agencies[report.agency].kind for report in site.by_year[year]]
    return "其中有政府的汇总报告，与所属机关的数字可能重复。" if "government" in kinds and len(kinds) > 1 else ""


def directory_page(site: Site) -> DirectoryPage:
    """Every agency that has a report, below the body it belongs to, grouped by level."""
    shown = set(paths.published(site))
    children: dict[str, list[Agency]] = {}
    for slug in sorted(shown):
        agency = site.agencies[slug]
        children.setdefault(agency.parent if agency.parent in shown else "", []).append(agency)

    def branch(agency: Agency) -> Branch:
        years = tuple(Link(str(year), paths.report(agency.slug, year)) for year in reversed(site.years_by_agency[agency.slug]))
        below = tuple(branch(child) for child in children.get(agency.slug, ()))
        return Branch(words.to_agency(agency), words.KINDS[agency.kind], years, below)

    levels = list(words.LEVELS)
    top = sorted(children.get("", ()), key=lambda agency: (levels.index(agency.level), agency.slug))
    groups = tuple((words.LEVELS[level], tuple(branch(agency) for agency in run)) for level, run in groupby(top, key=lambda one: one.level))
    return DirectoryPage(
        frame(site, paths.AGENCIES, "机关名录", f"收录 {len(shown)} 个机关的政府信息公开工作年度报告。"),
        groups,
        len(shown),
        tuple(_waiting(site)),
    )


def _waiting(site: Site) -> Iterator[Link]:
    """The reports that are being checked and have no page but the one that says so."""
    for slug, year in site.held:
        if (slug, year) not in site.reports and slug in site.agencies:
            yield Link(f"{site.agencies[slug].name} {year} 年度", paths.report(slug, year))


def waiting_page(site: Site, agency: Agency, year: int) -> WaitingPage:
    """A report that is being checked and of which there is no good version yet."""
    held = site.held[agency.slug, year]
    title = f"{agency.name_in(year)}{year}年政府信息公开工作年度报告"
    crumbs = (Link("机关", paths.AGENCIES), words.to_agency(agency)) if agency.slug in paths.published(site) else ()
    said = f"{title}正在核对。"
    return WaitingPage(frame(site, paths.report(agency.slug, year), title, said, crumbs), words.held(site, held))


def agency_page(site: Site, agency: Agency, findings: Mapping[int, Sequence[Finding]]) -> AgencyPage:
    """An agency: who it is, all its years with the key figures, and what they show together. `findings` are those of each year."""
    reports = site.of(agency.slug)
    years_held = site.years_by_agency[agency.slug]
    years = f"{reports[0].year}—{reports[-1].year} 年度" if len(reports) > 1 else f"{reports[0].year} 年度"
    entries = tuple(
        _entry(site, report, Link(f"{report.year} 年度", paths.report(agency.slug, report.year))) for report in reversed(reports)
    )
    parent = site.agencies.get(agency.parent)
    earlier = "、".join(span.value for span in agency.names[:-1])
    contact = "；".join(agency.contact.values())
    facts = [
        ("类型", words.KINDS[agency.kind]),
        ("层级", words.LEVELS[agency.level]),
        ("上级", parent.name if parent else ""),
        ("曾用名称", earlier),
        ("统一社会信用代码", agency.uscc),
        ("行政区划代码", agency.division_code),
        ("网站标识码", agency.site_id_code),
        ("联系方式", contact),
        ("备注", agency.note),
    ]
    return AgencyPage(
        frame(
            site,
            paths.agency(agency.slug),
            agency.name,
            f"{agency.name}政府信息公开工作年度报告，{years}。",
            (Link("机关", paths.AGENCIES),),
        ),
        tuple((name, value) for name, value in facts if value),
        words.column_names(site.law),
        entries,
        Link("历年比较：逐项查看各年数字", paths.compare(agency.slug)) if len(reports) > 1 else None,
        tuple(
            Link(f"{year} 年度的报告", paths.report(slug, year))
            for slug, year in site.held
            if slug == agency.slug and year not in years_held
        ),
        charts(site, reports),
        chain(site, agency, findings),
    )


def _entry(site: Site, report: Report, link: Link) -> Entry:
    remark = report.published.isoformat() if report.published else ""
    pdf = f"{paths.report(report.agency, report.year)}report.pdf" if site.pdf else ""
    return Entry(link, words.listed(site.law, report), remark, pdf)


def year_page(site: Site, year: int) -> YearPage:
    """All reports of one reporting year."""
    reports = site.by_year[year]
    entries = tuple(_entry(site, report, words.title_link(site, report)) for report in reports)
    form = "、".join(dict.fromkeys(report.format.basis for report in reports))
    heading = f"{year} 年度报告"
    return YearPage(
        frame(site, paths.year(year), heading, _year_sentence(site, year), (Link("年度", paths.YEARS),)),
        year,
        form,
        words.column_names(site.law),
        entries,
        _year_sentence(site, year),
        tuple(words.to_year(number) for number in site.years),
    )


def years_page(site: Site) -> YearsPage:
    """The reporting years, newest first."""
    links = tuple(Link(f"{year} 年度", paths.year(year), f"{len(site.by_year[year])} 份报告") for year in site.years)
    return YearsPage(frame(site, paths.YEARS, "报告年度", "按报告年度查看各机关的年度报告。"), links)


def text_page(site: Site, page: Page) -> TextPage:
    """A page of the site's own text."""
    text = prose.plain(page.markdown)
    return TextPage(
        frame(site, paths.text(page.slug), page.title, text[:100]), Html(prose.render(page.markdown, top=2, resolve=paths.in_full))
    )


def not_found_page(site: Site) -> TextPage:
    """The page for an address that does not exist."""
    text = "这个地址没有页面。报告的地址由机关和年度组成，可以从上方的“机关”或“年度”中查找。"
    return TextPage(frame(site, paths.NOT_FOUND, "没有找到这个页面", text), Html(prose.render(text)))
