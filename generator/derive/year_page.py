"""All reports of a reporting year, and the years."""

from __future__ import annotations

from generator.derive import compendium, lists, paths, words
from generator.derive.frame import frame
from generator.language.speech import speech
from generator.model.frame import Link
from generator.model.report import Site
from generator.model.view import YearPage, YearsPage


def year_page(site: Site, year: int) -> YearPage:
    """All reports of one reporting year."""
    say = speech(site.settings.language)
    reports = site.by_year[year]
    sentence = lists.year_sentence(site, year)
    return YearPage(
        frame(
            site,
            paths.year(year),
            say("{year} 年度报告", year=year),
            sentence,
            (Link(say("年度"), paths.YEARS),),
            reports=reports,
        ),
        year,
        say.listed(dict.fromkeys(report.format.basis for report in reports)),
        tuple(lists.totals(site, year)),
        words.column_names(site.law, say),
        tuple(lists.entry(site, report, words.title_link(site, report)) for report in reports),
        sentence,
        tuple(words.to_year(site, number) for number in site.years),
        tuple(compendium.downloads(site, year)),
    )


def years_page(site: Site) -> YearsPage:
    """The reporting years, newest first."""
    say = speech(site.settings.language)
    links = tuple(
        Link(words.in_year(say, year), paths.year(year), say.plural("{count} 份报告", len(site.by_year[year]))) for year in site.years
    )
    return YearsPage(frame(site, paths.YEARS, say("报告年度"), say("按报告年度查看各机关的年度报告。")), links)
