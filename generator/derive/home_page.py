"""The first page: search, the newest year in words and figures, bodies by kind, years, what is new."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from generator.derive import lists, paths, structured, words
from generator.derive.contested import Contested
from generator.derive.frame import frame
from generator.language.speech import Speech, speech
from generator.model.agency import Agency
from generator.model.correction import Correction
from generator.model.frame import Link
from generator.model.overlap import addends
from generator.model.report import Report
from generator.model.site import Site
from generator.model.view import BodyGroup, HomePage, News

# Names that a visitor still reads through; beyond them, kinds lead to their part of the directory.
FEW = 60
NEWS = 6


def home_page(site: Site, feeds: Sequence[Link], doubted: Contested) -> HomePage:
    """What is here, and the shortest ways to it; `feeds` are those it offers beside the site's own, `doubted` the figures that others
    contradict."""
    settings, say = site.settings, speech(site.settings.language)
    agencies = [site.agencies[slug] for slug in paths.published(site)]
    counts = (len(agencies), len(site.reports))
    year = site.years[0] if site.years else None
    added = addends(site, site.by_year[year]) if year else None
    held = {"bodies": say.plural("{count} 个机关", counts[0]), "reports": say.plural("{count} 份报告", counts[1])}
    described = say("{title}：{bodies}、{reports}，可查阅、比较、下载。", title=settings.title, **held)
    return HomePage(
        frame(
            site,
            paths.HOME,
            settings.title,
            described,
            reports=site.by_year[year] if year else (),
            data=structured.catalogue(site),
            feeds=feeds,
        ),
        words.to_year(site, year) if year else None,
        lists.year_sentence(site, year, added) if year and added else "",
        tuple(lists.totals(site, added.reports, doubted)) if added else (),
        tuple(_groups(agencies, say, named=len(agencies) <= FEW, site=site)),
        tuple(words.to_year(site, number) for number in site.years),
        counts,
        tuple(news(site, site.news[:NEWS])),
        f"{agencies[0].name} {site.years_by_agency[agencies[0].slug][-1]}" if agencies else "",
    )


def _groups(agencies: Sequence[Agency], say: Speech, *, named: bool, site: Site) -> Iterator[BodyGroup]:
    for kind, name in words.kinds(say).items():
        some = [agency for agency in agencies if agency.kind == kind]
        if some:
            yield BodyGroup(name, len(some), tuple(words.to_agency(site, agency) for agency in some) if named else ())


def news(site: Site, items: Sequence[tuple[date, Report, Correction | None]]) -> list[News]:
    """Publications and corrections (model.report.dated) in words, in the order given."""
    say = speech(site.settings.language)
    return [
        News(
            say.day(day),
            lists.to_report(site, report),
            say("更正：{reason}", reason=correction.reason) if correction else say("发布"),
        )
        for day, report, correction in items
    ]
