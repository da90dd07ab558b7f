"""The first page: search, the newest year in text and figures, bodies by kind, years, news."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from generator.derive import lists, paths, structured, words
from generator.derive.contested import Contested
from generator.derive.frame import frame
from generator.language.speech import speech
from generator.model.agency import Agency
from generator.model.frame import Link
from generator.model.job import Job, Part
from generator.model.overlap import Addends, addends
from generator.model.report import Report
from generator.model.report_view import Glance
from generator.model.site import Site
from generator.model.view import BodyGroup, HomePage
from generator.pages.coverage import subscriptions
from generator.parts.edition import Edition
from generator.parts.government import addition

# Up to so many bodies are listed by name; where there are more, each kind leads to its section of
# the directory.
FEW = 60
NEWS = 6


def home_page(
    site: Site, feeds: Sequence[Link], added: Addends | None, contradictions: Contested
) -> HomePage:
    """What the site has, and the shortest ways to it.

    `feeds` are those it offers beside the site's own, `added` is what the newest year adds up to
    (None where there is no year), `contradictions` are the findings that contradict figures.
    """
    settings = site.settings
    say = speech(settings.language)
    agencies = [site.agencies[slug] for slug in paths.published(site)]
    year = None
    sentence = ""
    sums: tuple[Glance, ...] = ()
    reports: tuple[Report, ...] = ()
    if added is not None:
        newest = site.years[0]
        reports = site.by_year[newest]
        year = words.to_year(site, newest)
        sentence = lists.year_sentence(site, newest, added)
        sums = tuple(lists.totals(site, added.reports, contradictions))
    values = {
        "title": settings.title,
        "bodies": say.plural("{count} 个机关", len(agencies)),
        "reports": say.plural("{count} 份报告", len(site.reports)),
    }
    description = say("{title}：{bodies}、{reports}，可查阅、比较、下载。", **values)
    data = structured.catalogue(site)
    drawn_from = [report.year for report in reports]
    return HomePage(
        frame=frame(
            site, paths.HOME, settings.title, description, years=drawn_from, data=data, feeds=feeds
        ),
        year=year,
        sentence=sentence,
        glance=sums,
        groups=tuple(_groups(site, agencies)),
        years=tuple(words.to_year(site, year) for year in site.years),
        counts=(len(agencies), len(site.reports)),
        news=tuple(lists.news(site, site.news[:NEWS])),
        example=_example(site, agencies),
    )


def _example(site: Site, agencies: Sequence[Agency]) -> str:
    """A search that finds something: the first body with its newest year."""
    if not agencies:
        return ""
    newest = site.years_by_agency[agencies[0].slug][-1]
    return f"{agencies[0].name} {newest}"


def _groups(site: Site, agencies: Sequence[Agency]) -> Iterator[BodyGroup]:
    """The bodies by kind; by name only where all of them together are few."""
    say = speech(site.settings.language)
    for kind, name in words.kinds(say).items():
        links = [words.to_agency(site, agency) for agency in agencies if agency.kind == kind]
        if links:
            names = tuple(links) if len(agencies) <= FEW else ()
            yield BodyGroup(name, len(links), names)


def jobs(edition: Edition) -> Iterable[Job]:
    """The first page, once in a language."""
    site = edition.site
    newest = [report.data for report in site.by_year[site.years[0]]] if site.years else []
    yield edition.page(
        paths.HOME,
        "home.html",
        home_page,
        edition.select.all_data(),
        Part.of("feeds", subscriptions(edition)),
        addition(addends(site, newest) if newest else None),
        edition.doubts(newest),
    )
