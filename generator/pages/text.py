"""The site's own texts, the page for an unknown address, and the page at a former address."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping

from generator.derive import paths, words
from generator.derive.frame import frame
from generator.language import prose, targets
from generator.language.speech import speech
from generator.model.agency import Agency
from generator.model.frame import Html, Link
from generator.model.job import Job, Part
from generator.model.site import Page, Site
from generator.model.view import MovedPage, TextPage
from generator.parts.edition import Edition

ATTACHMENT = re.compile(r"agencies/(?P<slug>[^/]+)/(?P<year>\d{4})/(?P<file>files/.+)", re.DOTALL)


def text_page(site: Site, page: Page, attached: Mapping[str, str]) -> TextPage:
    """A page of the site's own text, in the language of the site where it has a translation.

    `attached` is what `attachments` gives for it.
    """
    translation = page.said_in(site.settings.language)
    text = prose.paragraphs(translation.markdown).replace("\n", " ")

    def resolve(link: prose.Link) -> str:
        return attached.get(link.target) or paths.in_full(link.target)

    html = prose.render(translation.markdown, top=2, resolve=resolve)
    page_frame = frame(site, paths.text(page.slug), translation.title, text[:100])
    return TextPage(page_frame, Html(html))


def attachments(site: Site, page: Page) -> Mapping[str, str]:
    """The links of a page to attachments of reports: from each target as written to its address."""
    here = paths.text(page.slug)
    up = "../" * f"{paths.prefix(site.settings)}{here}".count("/")
    addresses = {}
    for link in prose.links(page.said_in(site.settings.language).markdown):
        target = posixpath.normpath(posixpath.join(here, link.target))
        match = ATTACHMENT.fullmatch(target)
        report = site.reports.get((match["slug"], int(match["year"]))) if match else None
        if match and report:
            names = {attachment.name for attachment in report.attachments}
            file = targets.attachment(match["file"], names)
            if file:
                addresses[link.target] = f"{up}{paths.report(report.agency, report.year)}{file}"
    return addresses


def not_found_page(site: Site) -> TextPage:
    """The page for an address that does not exist."""
    say = speech(site.settings.language)
    text = say("这个地址没有页面。报告的地址由机关和年度组成，可以从上方的“机关”或“年度”中查找。")
    page_frame = frame(site, paths.NOT_FOUND, say("没有找到这个页面"), text)
    return TextPage(page_frame, Html(prose.render(text)))


def moved_page(site: Site, agency: Agency, former: str, present: str) -> MovedPage:
    """The page at the address `former` of a page of the agency that is now at `present`."""
    say = speech(site.settings.language)
    name = words.called(agency, say)
    text = say("{name}的页面换了地址。", name=name)
    link = Link(name, present, words.kinds(say)[agency.kind])
    return MovedPage(frame(site, former, say("页面换了地址"), text, title=text), link)


def jobs(edition: Edition) -> Iterator[Job]:
    """The site's own texts, the page for an unknown address, and one at each former address."""
    site = edition.site
    if not paths.prefix(site.settings):  # a server shows one page for all unknown addresses
        yield edition.page(paths.NOT_FOUND, "text.html", not_found_page, edition.select)
    for page in site.pages.values():
        yield _text(edition, page)
    for slug in paths.with_page(site):
        agency = site.agencies[slug]
        for former, present in paths.moved(site, agency):
            yield edition.page(
                former,
                "moved.html",
                moved_page,
                edition.select,
                Part.of("agency", agency),
                Part.of("former", former),
                Part.of("present", present),
            )


def _text(edition: Edition, page: Page) -> Job:
    attached = Part.of("attachments", dict(attachments(edition.site, page)))
    markdown = page.said_in(edition.site.settings.language).markdown
    return edition.page(
        paths.text(page.slug),
        "text.html",
        text_page,
        edition.select,
        Part.of("page", page),
        attached,
        texts=[markdown],
    )
