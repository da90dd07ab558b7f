"""The page of an agency: who it is, its newest report, and all its years.

Two pages more: that of a government that has no report itself while its members have, and that of
a report that is still being checked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from generator.derive import lists, paths, structured, words
from generator.derive.contested import contested
from generator.derive.frame import frame
from generator.derive.years.chain import chain
from generator.derive.years.charts import charts
from generator.derive.years.history import happened
from generator.language.speech import Speech, speech
from generator.model.agency import Agency
from generator.model.chain import Chain
from generator.model.finding import Finding
from generator.model.frame import Frame, Link
from generator.model.job import Job, Part
from generator.model.report import Report
from generator.model.report_view import WaitingPage
from generator.model.site import Site, dated
from generator.model.view import AgencyPage, Entry
from generator.pages import rollup
from generator.parts import body
from generator.parts.edition import Edition

# Year → the findings in the report of that year.
Findings = Mapping[int, Sequence[Finding]]


def agency_page(site: Site, agency: Agency, findings: Findings, below: Sequence[str]) -> AgencyPage:
    """The view of an agency that has a report.

    `findings` are those of each year, `below` the slugs of the bodies that belong to the agency.
    """
    say = speech(site.settings.language)
    reports = site.of(agency.slug)
    newest = reports[-1]
    name = words.called(agency, say)
    years = words.span(say, site.years_by_agency[agency.slug])
    description = say("{name}政府信息公开工作年度报告，{years}。", name=name, years=years)
    compare = None
    remark = ""
    if len(reports) > 1:
        compare = Link(say("历年比较：逐项查看各年数字"), paths.compare(agency.slug))
    else:
        remark = say("本站只收录这个机关 {year}的报告。", year=words.in_year(say, newest.year))
    year_chain = chain(site, agency, findings)
    corrections = [news for news in dated(reports) if news[2] is not None]
    prior_findings = findings.get(newest.year - 1, ())
    page = paths.report(agency.slug, newest.year)
    return AgencyPage(
        frame=_frame(site, agency, description, reports),
        facts=_facts(site, agency, say),
        latest=lists.to_report(site, newest),
        glance=words.glance(site, newest, findings[newest.year], prior_findings, page),
        columns=words.column_names(site.law, say),
        entries=tuple(_entries(site, reports, findings)),
        compare=compare,
        corrections=tuple(lists.news(site, corrections)),
        waiting=_waiting(site, agency, say),
        children=_children(site, below),
        charts=charts(site, reports),
        chain=year_chain,
        only=remark,
        events=tuple(_events(site, agency, year_chain)),
        slug=agency.slug,
        rollups=rollup.links(site, agency.slug),
    )


def bare_page(site: Site, agency: Agency, below: Sequence[str], single_member: bool) -> AgencyPage:
    """The view of a government that has no report here, while bodies that belonged to it have.

    It shows who the government is, and the way to the sums of its members. `single_member` is
    whether these only ever contain one and the same body.
    """
    say = speech(site.settings.language)
    name = words.called(agency, say)
    if single_member:
        remark = say(
            "本站没有{name}的年度报告，只有它一个所属机关的。这个机关的数按年度列在这里。",
            name=name,
        )
    else:
        remark = say(
            "本站没有{name}的年度报告，只有它所属机关的。这些机关的数相加的结果按年度列在这里。",
            name=name,
        )
    return AgencyPage(
        frame=_frame(site, agency, remark),
        facts=_facts(site, agency, say),
        latest=None,
        waiting=_waiting(site, agency, say),
        children=_children(site, below),
        only=remark,
        events=tuple(_events(site, agency, None)),
        slug=agency.slug,
        rollups=rollup.links(site, agency.slug),
    )


def _frame(site: Site, agency: Agency, description: str, reports: Sequence[Report] = ()) -> Frame:
    say = speech(site.settings.language)
    path = paths.agency(agency.slug)
    crumbs = (Link(say("机关"), paths.AGENCIES),)
    data = structured.agency(agency, site.agencies.get(agency.parent))
    name = words.called(agency, say)
    years = [report.year for report in reports]
    return frame(site, path, name, description, crumbs, years=years, data=data)


def _facts(site: Site, agency: Agency, say: Speech) -> tuple[tuple[str, str], ...]:
    """What is known of an agency, as label and value."""
    return tuple(fact for fact in _all_facts(site, agency, say) if fact[1])


def _all_facts(site: Site, agency: Agency, say: Speech) -> Iterator[tuple[str, str]]:
    parent = site.agencies.get(agency.parent)
    yield say("类型"), words.kinds(say)[agency.kind]
    yield say("层级"), words.levels(say)[agency.level]
    if parent:
        yield say("上级"), words.called(parent, say)
    yield say("曾用名称"), say.listed(span.value for span in agency.names[:-1])
    yield say("统一社会信用代码"), agency.uscc
    yield say("行政区划代码"), agency.division_code
    yield say("网站标识码"), agency.site_id_code
    yield say("联系方式"), "；".join(agency.contact.values())
    yield say("备注"), agency.note


def _entries(site: Site, reports: Sequence[Report], findings: Findings) -> Iterator[Entry]:
    """A line for each report, the newest first."""
    say = speech(site.settings.language)
    for report in reversed(reports):
        link = words.year_link(say, report.year, paths.report(report.agency, report.year))
        yield lists.entry(site, report, link, contested(findings[report.year]))


def _waiting(site: Site, agency: Agency, say: Speech) -> tuple[Link, ...]:
    """The ways to the agency's reports that are being checked and have no good version."""
    links = []
    for year in site.waiting.get(agency.slug, ()):
        if year not in site.years_by_agency[agency.slug]:
            path = paths.report(agency.slug, year)
            links.append(Link(say("{year} 年度的报告", year=year), path))
    return tuple(links)


def _children(site: Site, slugs: Sequence[str]) -> tuple[Link, ...]:
    return tuple(words.to_agency(site, site.agencies[slug]) for slug in slugs)


def _events(site: Site, agency: Agency, chain: Chain | None) -> Iterator[tuple[Link, ...]]:
    """What happened to the agency, each event a sentence; those in the chain are left out."""
    say = speech(site.settings.language)
    years = chain.years if chain else ()
    in_chain = {event for year in years for event in year.events}
    for event in happened(site, agency, say):
        if event.said not in in_chain:
            yield event.said


def waiting_page(site: Site, agency: Agency, year: int) -> WaitingPage:
    """The page of a report that is being checked and of which there is no good version yet."""
    say = speech(site.settings.language)
    path = paths.report(agency.slug, year)
    title = words.statutory_title(agency, year)
    description = say("{title}正在核对。", title=title)
    crumbs: tuple[Link, ...] = ()
    if site.has_page.get(agency.slug, False):
        crumbs = words.agency_crumbs(site, agency)
    note = words.held_note(site, site.held[agency.slug, year])
    return WaitingPage(frame(site, path, title, description, crumbs), note)


def jobs(edition: Edition) -> Iterator[Job]:
    """A page for each agency with reports, and for each government whose members alone have some;
    and one for each report that is held back and has no good version to show.
    """
    site = edition.site
    below: dict[str, list[str]] = {}
    for slug in paths.with_page(site):
        below.setdefault(site.agencies[slug].parent, []).append(slug)
    for slug in paths.with_page(site):
        yield _agency(edition, site.agencies[slug], below.get(slug, ()))
    for slug, year in site.held:
        if (slug, year) not in site.reports and slug in site.agencies:
            selection = edition.select.entries("held", [(slug, year)]).entries("has_page", [slug])
            yield edition.page(
                paths.report(slug, year),
                "waiting.html",
                waiting_page,
                selection,
                Part.of("agency", site.agencies[slug]),
                Part.of("year", year),
            )


def _agency(edition: Edition, agency: Agency, below: Sequence[str]) -> Job:
    """The page of a body; `below` are the slugs of those that belong to it and have a page."""
    slug = agency.slug
    years = edition.site.years_by_agency.get(slug, ())
    children = Part.of("below", list(below))
    view: Callable[..., AgencyPage]
    if years:
        selection = body.with_reports(edition, agency)
        view = agency_page
        parts = [Part.of("agency", agency), edition.findings_by_year(slug, years), children]
    else:
        selection = body.with_history(edition, agency).entries("years_by_agency", [slug])
        view = bare_page
        single = Part.of("single member", rollup.only_member(edition.site, slug))
        parts = [Part.of("agency", agency), children, single]
    selection.agencies("children", below).entries("waiting", [slug]).entries("rolled_up", [slug])
    return edition.page(paths.agency(slug), "agency.html", view, selection, *parts)
