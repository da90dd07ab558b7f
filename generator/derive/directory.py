"""Every agency as a tree, and the site map."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from generator.derive import paths, words
from generator.derive.frame import frame
from generator.language.speech import speech
from generator.model.agency import Agency
from generator.model.frame import Link
from generator.model.site import Site
from generator.model.view import Branch, DirectoryPage, SiteMapPage

# A way to every year of every body is a help among few of them, and a page of megabytes among thousands.
FEW = 300


def directory_page(site: Site) -> DirectoryPage:
    """Every agency that has a page, below the body it belongs to, grouped by level; `count` is how many have a report."""
    say = speech(site.settings.language)
    children, count = _tree(site), len(tuple(paths.published(site)))
    levels = words.levels(say)
    groups = tuple(
        (level, levels[level], tuple(_branch(site, agency, children, few=count <= FEW) for agency in run))
        for level, run in groupby(children.get("", ()), key=lambda one: one.level)
    )
    description = say.plural("收录 {count} 个机关的政府信息公开工作年度报告。", count)
    page = frame(site, paths.AGENCIES, say("机关名录"), description, reports=tuple(site.reports.values()))
    return DirectoryPage(page, groups, count, tuple(waiting(site)))


def order(site: Site) -> Iterator[str]:
    """The slugs of the agencies that have a report, as the directory lists them: each before those below it."""
    children = _tree(site)
    waiting = list(reversed(children.get("", ())))
    while waiting:
        agency = waiting.pop()
        if site.years_by_agency.get(agency.slug):
            yield agency.slug
        waiting += reversed(children.get(agency.slug, ()))


def _tree(site: Site) -> dict[str, list[Agency]]:
    """The agencies that have a page by the one they stand below; at the top (empty) the highest level first."""
    shown = set(paths.with_page(site))
    children: dict[str, list[Agency]] = {}
    for slug in sorted(shown):
        agency = site.agencies[slug]
        children.setdefault(agency.parent if agency.parent in shown else "", []).append(agency)
    levels = list(words.levels(speech(site.settings.language)))
    children.get("", []).sort(key=lambda agency: (levels.index(agency.level), agency.slug))
    return children


def _branch(site: Site, agency: Agency, children: dict[str, list[Agency]], *, few: bool) -> Branch:
    say = speech(site.settings.language)
    held = site.years_by_agency.get(agency.slug, ())
    years = tuple(Link(str(year), paths.report(agency.slug, year)) for year in reversed(held)) if few else ()
    remark = words.kinds(say)[agency.kind]
    if not few and held:
        span = words.span(say, held)
        remark = say.plural("{kind}，{years} {count} 份", len(held), kind=remark, years=span)
    below = tuple(_branch(site, child, children, few=few) for child in children.get(agency.slug, ()))
    earlier = say.listed(span.value for span in agency.names[:-1])
    return Branch(words.to_agency(site, agency), remark, years, earlier, below)


def waiting(site: Site) -> Iterator[Link]:
    """The reports that are being checked and have no page but the one that says so."""
    say = speech(site.settings.language)
    for slug, year in site.held:
        if (slug, year) not in site.reports and slug in site.agencies:
            yield Link(say.spaced(site.agencies[slug].name, words.in_year(say, year)), paths.report(slug, year))


def site_map_page(site: Site) -> SiteMapPage:
    """Every page by kind; agencies as far as they are few, else the directory lists them."""
    say = speech(site.settings.language)
    language = site.settings.language
    agencies = [site.agencies[slug] for slug in paths.with_page(site)]
    main = [Link(say("首页"), paths.HOME)]
    if site.reports:
        main += [
            Link(say("检索"), paths.SEARCH),
            Link(say("机关名录"), paths.AGENCIES),
            Link(say("报告年度"), paths.YEARS),
            Link(say("比较"), paths.EXPLORE),
            *([Link(say("发布情况"), paths.COVERAGE)] if site.boards else []),
            Link(say("核对情况"), paths.QUALITY),
            Link(say("开放数据"), paths.DATA),
        ]
    main.append(Link(say("核对规则"), paths.RULES))
    texts = tuple(Link(page.said_in(language).title, paths.text(page.slug)) for page in site.pages.values())
    groups = [
        (say("主要页面"), tuple(main)),
        (say("报告年度"), tuple(words.to_year(site, year) for year in site.years)),
        (say("机关"), tuple(words.to_agency(site, agency) for agency in agencies) if len(agencies) <= FEW else ()),
        (
            say("历年比较"),
            tuple(
                Link(agency.name, paths.compare(agency.slug))
                for agency in agencies
                if len(agencies) <= FEW and len(site.of(agency.slug)) > 1
            ),
        ),
        (say("关于本站"), texts),
    ]
    description = say("本站的全部栏目。")
    return SiteMapPage(frame(site, paths.SITE_MAP, say("站点地图"), description), tuple((name, links) for name, links in groups if links))
