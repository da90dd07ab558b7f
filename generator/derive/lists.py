"""What pages that list reports share: figures of a year added up, a report's line, links under full titles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from generator.derive import paths, words
from generator.language.speech import Speech, speech
from generator.model.figure import plain
from generator.model.frame import Link
from generator.model.report import Report, Site
from generator.model.report_view import Download, Glance
from generator.model.view import Entry

# More reports than these make a page of megabytes: the list goes on in further parts.
LISTED = 300


@dataclass(frozen=True)
class Part:
    """A part of a year's reports, by agency: `number` counts the parts from 1, `first` the reports; `whole` is how many there are."""

    number: int
    first: int
    reports: tuple[Report, ...]
    whole: int

    @property
    def only(self) -> bool:
        """Whether it is all of them."""
        return len(self.reports) == self.whole

    def span(self, say: Speech) -> str:
        """Which reports these are, in words."""
        return say("第 {first}—{last} 份", first=self.first, last=self.first + len(self.reports) - 1)


def parts(site: Site, year: int) -> tuple[Part, ...]:
    """The parts in which a year's reports are listed."""
    reports = site.by_year[year]
    starts = range(0, len(reports), LISTED)
    return tuple(Part(number, start + 1, reports[start : start + LISTED], len(reports)) for number, start in enumerate(starts, 1))


def ways(site: Site, year: int, path: Callable[[int, int], str]) -> tuple[Link, ...]:
    """The ways to all parts of a year; none where there is only one."""
    held, say = parts(site, year), speech(site.settings.language)
    return tuple(Link(one.span(say), path(year, one.number)) for one in held) if len(held) > 1 else ()


def to_report(site: Site, report: Report) -> Link:
    """The way to a report, under its title."""
    say, agency = speech(site.settings.language), site.agencies[report.agency]
    return Link(words.titled(agency, report, say), paths.report(report.agency, report.year))


def totals(site: Site, year: int) -> Iterator[Glance]:
    """The headline figures added up over the reports of a year; a lone report's figures are its own."""
    reports, say = site.by_year[year], speech(site.settings.language)
    for key in site.law.headline:
        concept = site.law.concept(key)
        figures = [words.figure_for(site.law, report, key) for report in reports]
        if concept and concept.additive and any(figure.value is not None for figure in figures):
            value = sum((figure.value or 0 for figure in figures), start=0)
            lacking = sum(figure.value is None for figure in figures)
            name, gloss = words.term(site.law, key)
            yield Glance(
                name,
                plain(value),
                words.unit_of(site.law, key, say, value),
                say.plural("另有 {count} 份报告没有这个数字", lacking) if lacking else "",
                gloss=gloss if say.foreign else "",
            )


def year_sentence(site: Site, year: int) -> str:
    """A year in words: whose reports there are, and their figures added up, with a caveat where some count the same thing twice."""
    say = speech(site.settings.language)
    reports = site.by_year[year]
    said = words.in_a_sentence(list(totals(site, year)), say)
    if len(reports) == 1:
        agency = site.agencies[reports[0].agency]
        name = words.called(agency, say, agency.name_in(year))
        return say("{year} 年度收录{name}的报告：{said}。", year=year, name=name, said=said)
    summed = say.plural("{year} 年度收录 {count} 个机关的报告，数字相加：{said}。", len(reports), year=year, said=said)
    kinds = [site.agencies[report.agency].kind for report in reports]
    if "government" not in kinds:
        return summed
    return say.spaced(summed, say("其中有政府的汇总报告，与所属机关的数字可能重复。"))


def entry(site: Site, report: Report, link: Link) -> Entry:
    """A report's line in a list: its key figures, its day of publication, its files."""
    folder = paths.report(report.agency, report.year)
    saved = words.saved(site, report)
    files = [Download(kind, f"{folder}{name}", "", f"{saved}.{kind.lower()}") for kind, name in FILES if site.pdf or kind != "PDF"]
    day = report.published.isoformat() if report.published else ""
    return Entry(link, words.listed(site.law, report), day, tuple(files))


FILES = (("PDF", "report.pdf"), ("XLSX", "tables.xlsx"), ("CSV", "tables.csv"), ("JSON", "tables.json"))
