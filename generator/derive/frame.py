"""What stands around every page: titles, navigation, the government's head tags, the footer.

Values come from site.yaml; nothing is invented.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from generator.derive import paths
from generator.language.speech import LANGUAGES
from generator.model.report import Report, Settings, Site
from generator.model.view import Frame, Link, Meta

SITE_TAGS = ("SiteName", "SiteDomain", "SiteIDCode")
COLUMN_TAGS = ("ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType")
FOOTER = (("organiser", "主办单位"), ("contact", "联系方式"), ("SiteIDCode", "网站标识码"), ("icp", "ICP备案"), ("police", "公安备案"))


def frame(site: Site, path: str, heading: str, description: str, crumbs: Sequence[Link] = (), meta: Sequence[Meta] = ()) -> Frame:
    """The frame of a page at `path`. A head tag or footer line without a value is left out."""
    settings = site.settings
    host = settings.host
    tags = [Meta(name, host[name]) for name in (*SITE_TAGS, *COLUMN_TAGS) if host.get(name)]
    home = [] if path == paths.HOME else [Link("首页", paths.HOME)]
    return Frame(
        path=path,
        title=heading if heading == settings.title else f"{heading} - {settings.title}",
        heading=heading,
        description=description,
        site_title=settings.title,
        subtitle=settings.subtitle,
        language=settings.language,
        notice=settings.notice,
        navigation=navigation(site),
        crumbs=(*home, *crumbs),
        meta=(*tags, *meta),
        footer=tuple((label, host[name]) for name, label in FOOTER if host.get(name)),
        footer_links=_footer_links(site),
        canonical=f"{settings.base_url}/{paths.prefix(settings)}{path}" if settings.base_url and path != paths.NOT_FOUND else "",
        root=settings.mount,
        prefix=paths.prefix(settings),
        editions=() if path == paths.NOT_FOUND else tuple(_editions(settings)),
    )


def _editions(settings: Settings) -> Iterator[tuple[str, str, str]]:
    """The languages that a page is also there in."""
    for language in settings.languages:
        if language != settings.language:
            yield language, LANGUAGES[language], paths.prefix(replace(settings, language=language))


def navigation(site: Site) -> tuple[Link, ...]:
    """The main ways through the site; only to pages that exist."""
    ways = [Link("首页", paths.HOME)]
    if site.reports:
        ways += [Link("机关", paths.AGENCIES), Link("年度", paths.YEARS)]
    if "about" in site.pages:
        ways.append(Link("关于", paths.text("about")))
    return tuple(ways)


def _footer_links(site: Site) -> tuple[Link, ...]:
    links = [Link(page.title, paths.text(page.slug)) for page in site.pages.values()] + [Link("核对规则", paths.RULES)]
    links += [Link("查找", paths.SEARCH)] if site.reports else []
    if url := site.settings.host.get("report_error_url"):
        links.append(Link("我为政府网站找错", url))
    return tuple(links)


def article(site: Site, report: Report, title: str) -> tuple[Meta, ...]:
    """The head tags of a content page. PubDate is the report's own date, never the build's; without one it is left out."""
    source = report.source or site.agencies[report.agency].name
    pairs = [("ArticleTitle", title), ("PubDate", report.published.isoformat() if report.published else ""), ("ContentSource", source)]
    return tuple(Meta(name, content) for name, content in pairs if content)
