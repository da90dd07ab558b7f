"""The directory of all agencies as a tree, and the site map."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from generator.derive import paths, words
from generator.derive.directory import Tree, hierarchy
from generator.derive.frame import frame
from generator.language.speech import speech
from generator.model.agency import Agency
from generator.model.frame import Link
from generator.model.job import Job
from generator.model.site import Site
from generator.model.view import Branch, DirectoryPage, SiteMapPage
from generator.parts.edition import Edition
from generator.parts.selection import Selection

# Up to so many agencies, a list leads to every year of every one of them. Beyond, the page would
# have megabytes.
FEW = 300


def directory_page(site: Site) -> DirectoryPage:
    """Every agency that has a page, below the body it belongs to, grouped by level.

    `count` is how many agencies have a report.
    """
    say = speech(site.settings.language)
    tree = hierarchy(site)
    count = len(tuple(paths.published(site)))
    few = count <= FEW
    levels = words.levels(say)
    groups = []
    for level, agencies in groupby(tree.get("", ()), key=lambda agency: agency.level):
        branches = tuple(_branch(site, agency, tree, few=few) for agency in agencies)
        groups.append((level, levels[level], branches))
    description = say.plural("收录 {count} 个机关的政府信息公开工作年度报告。", count)
    drawn_from = [year for years in site.years_by_agency.values() for year in years]
    page = frame(site, paths.AGENCIES, say("机关名录"), description, years=drawn_from)
    return DirectoryPage(page, tuple(groups), count, tuple(waiting(site)))


def _branch(site: Site, agency: Agency, tree: Tree, *, few: bool) -> Branch:
    """An agency with those below it; where agencies are many, with the span of its years only."""
    say = speech(site.settings.language)
    years = site.years_by_agency.get(agency.slug, ())
    remark = words.kinds(say)[agency.kind]
    links: list[Link] = []
    if few:
        links = [Link(str(year), paths.report(agency.slug, year)) for year in reversed(years)]
    elif years:
        span = words.span(say, years)
        remark = say.plural("{kind}，{years} {count} 份", len(years), kind=remark, years=span)
    children = tuple(_branch(site, child, tree, few=few) for child in tree.get(agency.slug, ()))
    earlier = say.listed(span.value for span in agency.names[:-1])
    return Branch(words.to_agency(site, agency), remark, tuple(links), earlier, children)


def waiting(site: Site) -> Iterator[Link]:
    """The reports that are being checked and have no page but the one that says so."""
    say = speech(site.settings.language)
    for slug, years in site.waiting.items():
        for year in years:
            if slug in site.agencies and year not in site.years_by_agency[slug]:
                name = words.called(site.agencies[slug], say)
                text = say.spaced(name, words.in_year(say, year))
                yield Link(text, paths.report(slug, year))


def site_map_page(site: Site) -> SiteMapPage:
    """Every page by kind. Where agencies are many, only the directory lists them."""
    say = speech(site.settings.language)
    agencies = [site.agencies[slug] for slug in paths.with_page(site)]
    if len(agencies) > FEW:
        agencies = []
    years = [words.to_year(site, year) for year in site.years]
    bodies = [words.to_agency(site, agency) for agency in agencies]
    several = [agency for agency in agencies if len(site.years_by_agency[agency.slug]) > 1]
    comparisons = [
        Link(words.called(agency, say), paths.compare(agency.slug)) for agency in several
    ]
    groups = [
        (say("主要页面"), tuple(_main_pages(site))),
        (say("报告年度"), tuple(years)),
        (say("机关"), tuple(bodies)),
        (say("历年比较"), tuple(comparisons)),
        (say("关于本站"), tuple(_texts(site))),
    ]
    page = frame(site, paths.SITE_MAP, say("站点地图"), say("本站的全部栏目。"))
    return SiteMapPage(page, tuple(group for group in groups if group[1]))


def _main_pages(site: Site) -> Iterator[Link]:
    say = speech(site.settings.language)
    yield Link(say("首页"), paths.HOME)
    if site.outline.reports:
        yield Link(say("检索"), paths.SEARCH)
        yield Link(say("机关名录"), paths.AGENCIES)
        yield Link(say("报告年度"), paths.YEARS)
        yield Link(say("比较"), paths.EXPLORE)
        if site.outline.boards:
            yield Link(say("发布情况"), paths.COVERAGE)
        yield Link(say("核对情况"), paths.QUALITY)
        yield Link(say("开放数据"), paths.DATA)
    yield Link(say("核对规则"), paths.RULES)


def _texts(site: Site) -> Iterator[Link]:
    for slug, title in site.outline.pages.items():
        yield Link(title, paths.text(slug))


def jobs(edition: Edition) -> Iterator[Job]:
    """The site map, and the directory where there are reports."""
    yield edition.page(paths.SITE_MAP, "sitemap.html", site_map_page, _bodies(edition))
    if edition.site.reports:
        selection = _bodies(edition).fact("waiting")
        yield edition.page(paths.AGENCIES, "agencies.html", directory_page, selection)


def _bodies(edition: Edition) -> Selection:
    """All bodies, and which of them have reports of which years."""
    return edition.select.every_agency().fact("years").fact("years_by_agency").fact("has_page")
