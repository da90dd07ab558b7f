"""What programs read to know what is here and what is new: the Atom feed, sitemap.xml and robots.txt."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from xml.etree import ElementTree

from generator.model.correction import Correction
from generator.model.report import Report, Site

ATOM = "http://www.w3.org/2005/Atom"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWEST = 100
Item = tuple[date, Report, Correction | None, str, str, int]


def atom(site: Site, items: Sequence[Item]) -> bytes:
    """The newest publications and corrections: (day, report, correction or None, title, path of its page, version). Addresses are
    relative where the site has no public one. Days are those of the reports: a feed says nothing of when the site was built.
    """
    settings = site.settings
    base = f"{settings.base_url}/" if settings.base_url else ""
    feed = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": settings.language})
    _put(feed, "id", _id(site, ""))
    _put(feed, "title", settings.title)
    _put(feed, "updated", _day(max(item[0] for item in items)))
    ElementTree.SubElement(feed, "link", {"rel": "self", "href": f"{base}feed.xml"})
    ElementTree.SubElement(feed, "link", {"href": base or "index.html"})
    for day, report, correction, title, path, version in items[:NEWEST]:
        entry = ElementTree.SubElement(feed, "entry")
        _put(entry, "id", _id(site, f"{path}versions/{version}/" if correction else path))
        _put(entry, "title", title)
        _put(entry, "updated", _day(day))
        _put(entry, "published", _day(report.published or day))
        author = ElementTree.SubElement(entry, "author")
        _put(author, "name", site.agencies[report.agency].name_in(report.year))
        ElementTree.SubElement(entry, "link", {"href": f"{base}{path}" if base else f"{path}index.html"})
        if correction:
            _put(entry, "summary", correction.reason)
    return _written(feed)


def _put(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, name).text = text


def _day(day: date) -> str:
    """A day as a moment, for Atom wants one: midnight in China."""
    return f"{day.isoformat()}T00:00:00+08:00"


def _id(site: Site, path: str) -> str:
    """A name that an entry keeps for ever: made of the site's address, or its title, and the path."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{site.settings.base_url or site.settings.title}/{path}").urn


def sitemap(base: str, pages: Sequence[tuple[str, date | None]]) -> bytes:
    """Every page's address with the day of its report, where it has one. `base` is the site's public address without a slash."""
    root = ElementTree.Element("urlset", {"xmlns": SITEMAP})
    for path, day in pages:
        entry = ElementTree.SubElement(root, "url")
        _put(entry, "loc", f"{base}/{path}")
        if day:
            _put(entry, "lastmod", day.isoformat())
    return _written(root)


def robots(base: str) -> bytes:
    """Everything may be read, and where the list of pages is."""
    return f"User-agent: *\nAllow: /\nSitemap: {base}/sitemap.xml\n".encode()


def _written(root: ElementTree.Element) -> bytes:
    ElementTree.indent(root, "")
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"
