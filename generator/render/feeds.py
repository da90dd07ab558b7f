"""What programs read to know what is here and what is new: the Atom feed, sitemap.xml and robots.txt."""

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
    """The feed as Atom. Addresses are relative to it where the site has no public one. Days are those of the entries: a feed says nothing
    of when the site was built.
    """
    base = f"{settings.base_url}/" if settings.base_url else "../" * feed.path.count("/")
    file = "" if settings.base_url else "index.html"
    root = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": settings.language})
    _put(root, "id", _id(settings, feed.home))
    _put(root, "title", feed.title)
    _put(root, "updated", _day(max(entry.day for entry in feed.entries)))
    ElementTree.SubElement(root, "link", {"rel": "self", "href": f"{base}{feed.path}"})
    ElementTree.SubElement(root, "link", {"href": f"{base}{feed.home}{file}"})
    for one in feed.entries:
        entry = ElementTree.SubElement(root, "entry")
        _put(entry, "id", _id(settings, f"{one.path}{one.mark}"))
        _put(entry, "title", one.title)
        _put(entry, "updated", _day(one.day))
        _put(entry, "published", _day(one.published))
        author = ElementTree.SubElement(entry, "author")
        _put(author, "name", one.author)
        ElementTree.SubElement(entry, "link", {"href": f"{base}{one.path}{file}"})
        if one.summary:
            _put(entry, "summary", one.summary)
    return _written(root)


def _put(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, name).text = text


def _day(day: date) -> str:
    """A day as a moment, for Atom wants one: midnight in China."""
    return f"{day.isoformat()}T00:00:00+08:00"


def _id(settings: Settings, path: str) -> str:
    """A name that an entry keeps for ever: made of the site's address, or its title, and the path."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{settings.base_url or settings.title}/{path}").urn


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
