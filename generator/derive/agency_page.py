"""An agency: who it is, its newest report, every year; a government that only its members report for; a report that waits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from generator.derive import home_page, lists, paths, rollup_page, structured, words
from generator.derive.contested import contested
from generator.derive.frame import frame
from generator.derive.years.chain import chain
from generator.derive.years.charts import charts
from generator.derive.years.history import happened
from generator.language.speech import Speech, speech
from generator.model.agency import Agency
from generator.model.finding import Finding
from generator.model.frame import Link
from generator.model.report_view import WaitingPage
from generator.model.site import Site, dated
from generator.model.view import AgencyPage


def agency_page(site: Site, agency: Agency, findings: Mapping[int, Sequence[Finding]], below: Sequence[str]) -> AgencyPage:
    """The view of an agency that has a report. `findings` are those of each year, `below` the slugs of the bodies that belong to it."""
    say = speech(site.settings.language)
    reports = site.of(agency.slug)
    newest = reports[-1]
    entries = tuple(
        lists.entry(
            site,
            report,
            Link(words.in_year(say, report.year), paths.report(agency.slug, report.year)),
            contested(findings[report.year]),
        )
        for report in reversed(reports)
    )
    parent, name = site.agencies.get(agency.parent), words.called(agency, say)
    years = words.span(say, site.years_by_agency[agency.slug])
    linked = chain(site, agency, findings)
    told = {event for one in linked.years for event in one.events} if linked else set()  # which are not told again
    return AgencyPage(
        frame(
            site,
            paths.agency(agency.slug),
            name,
            say("{name}政府信息公开工作年度报告，{years}。", name=name, years=years),
            (Link(say("机关"), paths.AGENCIES),),
            reports=reports,
            data=structured.agency(agency, parent),
        ),
        tuple((name, value) for name, value in _facts(site, agency, say) if value),
        lists.to_report(site, newest),
        words.glance(site, newest, findings[newest.year], findings.get(newest.year - 1, ()), paths.report(agency.slug, newest.year)),
        words.column_names(site.law, say),
        entries,
        Link(say("历年比较：逐项查看各年数字"), paths.compare(agency.slug)) if len(reports) > 1 else None,
        tuple(home_page.news(site, [item for item in dated(reports) if item[2]])),
        tuple(_waiting(site, agency, say)),
        tuple(words.to_agency(site, site.agencies[slug]) for slug in below),
        charts(site, reports),
        linked,
        say("本站只收录这个机关 {year}的报告。", year=words.in_year(say, newest.year)) if len(reports) == 1 else "",
        tuple(one.said for one in happened(site, agency, say) if one.said not in told),
        agency.slug,
        rollup_page.links(site, agency.slug),
    )


def bare_page(site: Site, agency: Agency, below: Sequence[str]) -> AgencyPage:
    """The view of a government that has no report here, while bodies that belonged to it have: who it is, and the way to their sums."""
    say = speech(site.settings.language)
    name = words.called(agency, say)
    if rollup_page.only_member(site, agency.slug):
        only = say("本站没有{name}的年度报告，只有它一个所属机关的。这个机关的数按年度列在这里。", name=name)
    else:
        only = say("本站没有{name}的年度报告，只有它所属机关的。这些机关的数相加的结果按年度列在这里。", name=name)
    data = structured.agency(agency, site.agencies.get(agency.parent))
    return AgencyPage(
        frame(site, paths.agency(agency.slug), name, only, (Link(say("机关"), paths.AGENCIES),), data=data),
        tuple((label, value) for label, value in _facts(site, agency, say) if value),
        latest=None,
        waiting=tuple(_waiting(site, agency, say)),
        children=tuple(words.to_agency(site, site.agencies[slug]) for slug in below),
        only=only,
        events=tuple(one.said for one in happened(site, agency, say)),
        slug=agency.slug,
        rollups=rollup_page.links(site, agency.slug),
    )


def _facts(site: Site, agency: Agency, say: Speech) -> Iterator[tuple[str, str]]:
    parent = site.agencies.get(agency.parent)
    yield say("类型"), words.kinds(say)[agency.kind]
    yield say("层级"), words.levels(say)[agency.level]
    yield say("上级"), words.called(parent, say) if parent else ""
    yield say("曾用名称"), say.listed(span.value for span in agency.names[:-1])
    yield say("统一社会信用代码"), agency.uscc
    yield say("行政区划代码"), agency.division_code
    yield say("网站标识码"), agency.site_id_code
    yield say("联系方式"), "；".join(agency.contact.values())
    yield say("备注"), agency.note


def _waiting(site: Site, agency: Agency, say: Speech) -> Iterator[Link]:
    for slug, year in site.held:
        if slug == agency.slug and year not in site.years_by_agency[slug]:
            yield Link(say("{year} 年度的报告", year=year), paths.report(slug, year))


def waiting_page(site: Site, agency: Agency, year: int) -> WaitingPage:
    """A report that is being checked and of which there is no good version yet."""
    say = speech(site.settings.language)
    held = site.held[agency.slug, year]
    title = words.statutory_title(agency, year)
    crumbs = (Link(say("机关"), paths.AGENCIES), words.to_agency(site, agency)) if paths.has_page(site, agency.slug) else ()
    said = say("{title}正在核对。", title=title)
    return WaitingPage(frame(site, paths.report(agency.slug, year), title, said, crumbs), words.held(site, held))
