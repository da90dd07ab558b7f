"""Files that tell programs what is here and what is new: Atom feed, sitemap.xml, robots.txt."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from xml.etree import ElementTree

from generator.model.feed import Feed
from generator.model.settings import Settings

ATOM = "http://www.w3.org/2005/Atom"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def atom(settings: Settings, feed: Feed) -> bytes:
    """The feed as Atom. Without a public address of the site, links are relative to the feed.

    All days are those of the entries, so that the time of the build does not change the feed.
    """
    base = f"{settings.base_url}/" if settings.base_url else "../" * feed.path.count("/")
    file = "" if settings.base_url else "index.html"
    root = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": settings.language})
    newest = max(entry.day for entry in feed.entries)
    _put(root, "id", _id(settings, feed.home))
    _put(root, "title", feed.title)
    _put(root, "updated", _moment(newest))
    ElementTree.SubElement(root, "link", {"rel": "self", "href": f"{base}{feed.path}"})
    _put_link(root, f"{base}{feed.home}{file}")
    for entry in feed.entries:
        element = ElementTree.SubElement(root, "entry")
        _put(element, "id", _id(settings, f"{entry.path}{entry.mark}"))
        _put(element, "title", entry.title)
        _put(element, "updated", _moment(entry.day))
        _put(element, "published", _moment(entry.published))
        author = ElementTree.SubElement(element, "author")
        _put(author, "name", entry.author)
        _put_link(element, f"{base}{entry.path}{file}")
        if entry.summary:
            _put(element, "summary", entry.summary)
    return _document(root)


def _put(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, name).text = text


def _put_link(parent: ElementTree.Element, address: str) -> None:
    ElementTree.SubElement(parent, "link", {"href": address})


def _moment(day: date) -> str:
    """Midnight of a day in China, because Atom wants a time."""
    return f"{day.isoformat()}T00:00:00+08:00"


def _id(settings: Settings, path: str) -> str:
    """The lasting id of an entry, made of its path and the site's address (or else title)."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{settings.base_url or settings.title}/{path}").urn


def sitemap(base: str, pages: Sequence[tuple[str, date | None]]) -> bytes:
    """Every page's address with the day of its report, where it has one.

    `base` is the site's public address without a slash at the end.
    """
    root = ElementTree.Element("urlset", {"xmlns": SITEMAP})
    for path, day in pages:
        element = ElementTree.SubElement(root, "url")
        _put(element, "loc", f"{base}/{path}")
        if day:
            _put(element, "lastmod", day.isoformat())
    return _document(root)


def robots(base: str) -> bytes:
    """The robots.txt: everything may be read, and the address of the sitemap."""
    return f"User-agent: *\nAllow: /\nSitemap: {base}/sitemap.xml\n".encode()


def _document(root: ElementTree.Element) -> bytes:
    ElementTree.indent(root, "")
    xml: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return xml + b"\n"
