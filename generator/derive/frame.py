"""What stands around every page: titles, navigation, the government's head tags, the footer.

Values come from site.yaml; nothing is invented.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from generator.derive import paths, structured, words
from generator.language.speech import LANGUAGES, Speech, speech
from generator.model.frame import Frame, Html, Link, Meta
from generator.model.report import Report
from generator.model.settings import Settings
from generator.model.site import Site
from generator.model.transcription import By

SITE_TAGS = ("SiteName", "SiteDomain", "SiteIDCode")
COLUMN_TAGS = ("ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType")


def frame(
    site: Site,
    path: str,
    heading: str,
    description: str,
    crumbs: Sequence[Link] = (),
    meta: Sequence[Meta] = (),
    *,
    title: str = "",
    reports: Sequence[Report] = (),
    data: Mapping[str, object] | None = None,
    feeds: Sequence[Link] = (),
) -> Frame:
    """The frame of a page at `path`. A head tag or footer line without a value is left out. `title` is the page's name in a list of
    windows where the heading alone does not say what it is; `reports` are those that its figures come from; `data` describes it to
    machines; `feeds` are those it offers beside the site's own.
    """
    settings, say = site.settings, speech(site.settings.language)
    tags = [Meta(name, settings.host[name]) for name in (*SITE_TAGS, *COLUMN_TAGS) if settings.host.get(name)]
    home = [] if path == paths.HOME else [Link(say("首页"), paths.HOME)]
    named = title or heading
    return Frame(
        path=path,
        title=named if named == settings.title else f"{named} - {settings.title}",
        heading=heading,
        description=description,
        site_title=settings.title,
        subtitle=settings.subtitle,
        language=settings.language,
        notice=settings.notice,
        navigation=navigation(site),
        crumbs=(*home, *crumbs),
        meta=(*tags, *meta),
        footer=tuple((label, settings.host[name]) for name, label in _footer(say).items() if settings.host.get(name)),
        footer_links=_footer_links(site),
        sources=words.sources(site, reports),
        data=structured.script(data) if data else Html(""),
        search=bool(site.reports),
        feeds=(*([Link(settings.title, paths.FEED)] if site.news else []), *feeds),
        selection="" if settings.complete else words.selection(say),
        canonical=f"{settings.base_url}/{paths.prefix(settings)}{path}" if settings.base_url and path != paths.NOT_FOUND else "",
        root=settings.mount,
        prefix=paths.prefix(settings),
        editions=() if path == paths.NOT_FOUND else tuple(_editions(settings)),
    )


def _footer(say: Speech) -> Mapping[str, str]:
    return {
        "organiser": say("主办单位"),
        "contact": say("联系方式"),
        "SiteIDCode": say("网站标识码"),
        "icp": say("ICP备案"),
        "police": say("公安备案"),
    }


def _editions(settings: Settings) -> Iterator[tuple[str, str, str]]:
    """The languages that a page is also there in."""
    for language in settings.languages:
        if language != settings.language:
            yield language, LANGUAGES[language], paths.prefix(replace(settings, language=language))


def navigation(site: Site) -> tuple[Link, ...]:
    """The main ways through the site; only to pages that exist."""
    say = speech(site.settings.language)
    ways = [Link(say("首页"), paths.HOME)]
    if site.reports:
        ways += [Link(say("机关"), paths.AGENCIES), Link(say("年度"), paths.YEARS), Link(say("比较"), paths.EXPLORE)]
        ways += [Link(say("数据"), paths.DATA), Link(say("核对"), paths.QUALITY)]
    if "about" in site.pages:
        ways.append(Link(say("关于"), paths.text("about")))
    return tuple(ways)


def _footer_links(site: Site) -> tuple[Link, ...]:
    say = speech(site.settings.language)
    links = [Link(page.said_in(site.settings.language).title, paths.text(page.slug)) for page in site.pages.values()]
    links += [Link(say("发布情况"), paths.COVERAGE)] if site.boards else []
    links += [Link(say("核对规则"), paths.RULES), Link(say("站点地图"), paths.SITE_MAP)]
    if site.news:
        links.append(Link(say("更新订阅（Atom）"), paths.FEED))
    if url := site.settings.host.get("report_error_url"):
        links.append(Link(say("我为政府网站找错"), url))
    return tuple(links)


def article(site: Site, report: Report, title: str) -> tuple[Meta, ...]:
    """The head tags of a content page. PubDate is the report's own date, never the build's; without one it is left out, as it is where
    editors took the report over: that day is the original's."""
    source, day = report.source or site.agencies[report.agency].name, report.published.isoformat() if report.published else ""
    if report.entered_by is By.EDITORS:
        say = speech(site.settings.language)
        source, day = say("{site}（转录自{body}）", site=site.settings.full_title, body=source), ""
    pairs = [("ArticleTitle", title), ("PubDate", day), ("ContentSource", source)]
    return tuple(Meta(name, content) for name, content in pairs if content)
