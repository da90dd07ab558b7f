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
    years: Sequence[int] = (),
    data: Mapping[str, object] | None = None,
    feeds: Sequence[Link] = (),
) -> Frame:
    """The frame of a page at `path`. A head tag or footer line without a value is left out.

    `title` is the name of the page in a list of windows where the heading alone does not tell what
    it is. `years` are those of the reports that its figures come from, one for each report. `data`
    describes the page to machines; `feeds` are those it offers beside the site's own.
    """
    settings = site.settings
    say = speech(site.settings.language)
    has_address = path != paths.NOT_FOUND
    common = around(site)
    name = title or heading
    full_title = name if name == settings.title else f"{name} - {settings.title}"
    home = () if path == paths.HOME else (Link(say("首页"), paths.HOME),)
    canonical = ""
    if settings.base_url and has_address:
        canonical = f"{settings.base_url}/{paths.prefix(settings)}{path}"
    return replace(
        common,
        path=path,
        title=full_title,
        heading=heading,
        description=description,
        crumbs=(*home, *crumbs),
        meta=(*common.meta, *meta),
        sources=words.sources(say, years),
        data=structured.script(data) if data else Html(""),
        feeds=(*common.feeds, *feeds),
        canonical=canonical,
        editions=common.editions if has_address else (),
    )


def around(site: Site) -> Frame:
    """What stands around every page of the site, whichever it is.

    All of its frame that a page does not say itself is in here, and here alone: a digest of this
    value is among the inputs of every page (parts/edition.py).
    """
    settings = site.settings
    say = speech(site.settings.language)
    tags = (*SITE_TAGS, *COLUMN_TAGS)
    meta = tuple(Meta(name, settings.host[name]) for name in tags if settings.host.get(name))
    footer = tuple(
        (label, settings.host[name])
        for name, label in _footer(say).items()
        if settings.host.get(name)
    )
    return Frame(
        path="",
        title="",
        heading="",
        description="",
        site_title=settings.title,
        subtitle=settings.subtitle,
        language=settings.language,
        notice=settings.notice,
        navigation=navigation(site),
        crumbs=(),
        meta=meta,
        footer=footer,
        footer_links=_footer_links(site),
        search=site.outline.reports,
        feeds=(Link(settings.title, paths.FEED),) if site.outline.news else (),
        selection="" if settings.complete else words.selection(say),
        root=settings.mount,
        prefix=paths.prefix(settings),
        editions=tuple(_editions(settings)),
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
    if site.outline.reports:
        ways += [
            Link(say("机关"), paths.AGENCIES),
            Link(say("年度"), paths.YEARS),
            Link(say("比较"), paths.EXPLORE),
            Link(say("数据"), paths.DATA),
            Link(say("核对"), paths.QUALITY),
        ]
    if "about" in site.outline.pages:
        ways.append(Link(say("关于"), paths.text("about")))
    return tuple(ways)


def _footer_links(site: Site) -> tuple[Link, ...]:
    say = speech(site.settings.language)
    links = [Link(title, paths.text(slug)) for slug, title in site.outline.pages.items()]
    links += [Link(say("发布情况"), paths.COVERAGE)] if site.outline.boards else []
    links += [Link(say("核对规则"), paths.RULES), Link(say("站点地图"), paths.SITE_MAP)]
    if site.outline.news:
        links.append(Link(say("更新订阅（Atom）"), paths.FEED))
    if url := site.settings.host.get("report_error_url"):
        links.append(Link(say("我为政府网站找错"), url))
    return tuple(links)


def article(site: Site, report: Report, title: str) -> tuple[Meta, ...]:
    """The head tags of a content page.

    PubDate is the report's own date, never the build's; without one it is left out, as it is where
    editors took the report over: that day is the original's.
    """
    source = report.source or site.agencies[report.agency].name
    day = report.published.isoformat() if report.published else ""
    if report.entered_by is By.EDITORS:
        say = speech(site.settings.language)
        source = say("{site}（转录自{body}）", site=site.settings.full_title, body=source)
        day = ""
    pairs = [("ArticleTitle", title), ("PubDate", day), ("ContentSource", source)]
    return tuple(Meta(name, content) for name, content in pairs if content)
