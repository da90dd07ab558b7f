"""What stands around the content of every page: titles, ways, head tags, footer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType

Html = NewType("Html", str)


@dataclass(frozen=True)
class Link:
    """A way to another page: its words, its path, and a remark beside it."""

    text: str
    path: str
    remark: str = ""


@dataclass(frozen=True)
class Meta:
    """One `<meta name content>` in a page's head; never with an empty value."""

    name: str
    content: str


@dataclass(frozen=True)
class Frame:
    """What every page has around its content. `path` is the page's own, `crumbs` end before it.

    Paths name no language: `prefix` stands before those of pages. `editions` are the page's other
    languages: tag, name, prefix. `sources` says which reports the page's figures come from; `data`
    is its description for machines (JSON-LD); `search` says whether the site has it; `feeds` are
    those it offers here. `selection` says that the site holds a selection of reports, empty where
    it does not.
    """

    path: str
    title: str
    heading: str
    description: str
    site_title: str
    subtitle: str
    language: str
    notice: str
    navigation: tuple[Link, ...]
    crumbs: tuple[Link, ...]
    meta: tuple[Meta, ...]
    footer: tuple[tuple[str, str], ...]
    footer_links: tuple[Link, ...]
    sources: str = ""
    data: Html = Html("")
    search: bool = False
    feeds: tuple[Link, ...] = ()
    selection: str = ""
    canonical: str = ""
    root: str = ""
    prefix: str = ""
    editions: tuple[tuple[str, str, str], ...] = ()
