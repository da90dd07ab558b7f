"""All reports of a reporting year, and the years."""

from __future__ import annotations

from generator.derive import compendium, lists, paths, rollup_page, words
from generator.derive.contested import Contested
from generator.derive.frame import frame
from generator.derive.lists import Part
from generator.language.speech import speech
from generator.model.frame import Link
from generator.model.overlap import addends
from generator.model.site import Site
from generator.model.view import YearPage, YearsPage


def year_page(site: Site, year: int, part: Part, doubted: Contested) -> YearPage:
    """The reports of one reporting year, as far as they are in this part of the list; the first part says what they add up to. `doubted`
    are the figures that others contradict."""
    say = speech(site.settings.language)
    heading = say("{year} 年度报告", year=year)
    crumbs = [Link(say("年度"), paths.YEARS)]
    if part.number > 1:
        crumbs.append(Link(heading, paths.year(year)))
        heading = say("{year} 年度报告（{part}）", year=year, part=part.span(say))
    opening = part.number == 1
    sources = site.by_year[year] if opening else part.reports
    if opening:
        added = addends(site, sources)
        sentence, sums = lists.year_sentence(site, year, added), tuple(lists.totals(site, added.reports, doubted))
    else:
        sentence, sums = say.plural("{year} 年度共收录 {count} 份报告。", part.whole, year=year), ()
    return YearPage(
        frame(site, paths.year(year, part.number), heading, sentence, crumbs, reports=sources),
        year,
        say.listed(dict.fromkeys(report.format.basis for report in part.reports)),
        sums,
        words.column_names(site.law, say),
        tuple(lists.entry(site, report, words.title_link(site, report), doubted.get((report.agency, year), ())) for report in part.reports),
        sentence,
        tuple(words.to_year(site, number) for number in site.years),
        lists.ways(site, year, paths.year),
        rollup_page.in_year(site, year) if opening else (),
        tuple(compendium.downloads(site, year)) if opening else (),
    )


def years_page(site: Site) -> YearsPage:
    """The reporting years, newest first."""
    say = speech(site.settings.language)
    links = tuple(
        Link(words.in_year(say, year), paths.year(year), say.plural("{count} 份报告", len(site.by_year[year]))) for year in site.years
    )
    return YearsPage(frame(site, paths.YEARS, say("报告年度"), say("按报告年度查看各机关的年度报告。")), links)
