"""The site's own text, the page for an address that does not exist, and what stands at an address that a page had before."""

from __future__ import annotations

from generator.derive import paths, words
from generator.derive.frame import frame
from generator.language import prose
from generator.language.speech import speech
from generator.model.agency import Agency
from generator.model.frame import Html, Link
from generator.model.site import Page, Site
from generator.model.view import MovedPage, TextPage


def text_page(site: Site, page: Page) -> TextPage:
    """A page of the site's own text, in the language of the site where it has a translation."""
    said = page.said_in(site.settings.language)
    text = prose.paragraphs(said.markdown).replace("\n", " ")
    html = Html(prose.render(said.markdown, top=2, resolve=paths.in_full))
    return TextPage(frame(site, paths.text(page.slug), said.title, text[:100]), html)


def not_found_page(site: Site) -> TextPage:
    """The page for an address that does not exist."""
    say = speech(site.settings.language)
    text = say("这个地址没有页面。报告的地址由机关和年度组成，可以从上方的“机关”或“年度”中查找。")
    return TextPage(frame(site, paths.NOT_FOUND, say("没有找到这个页面"), text), Html(prose.render(text)))


def moved_page(site: Site, agency: Agency, before: str, now: str) -> MovedPage:
    """What stands at `before`, where a page of the agency was that is now at `now`."""
    say = speech(site.settings.language)
    name = agency.name
    said = say("{name}的页面换了地址。", name=name)
    return MovedPage(frame(site, before, say("页面换了地址"), said, title=said), Link(name, now, words.kinds(say)[agency.kind]))
