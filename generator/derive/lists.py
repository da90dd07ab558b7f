"""What pages that list reports share: figures of a year added up, a report's line, links under full titles."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass

from generator.derive import paths, transcription, words
from generator.derive.contested import Contested, contradiction, way
from generator.language.speech import Speech, speech
from generator.model.figure import plain
from generator.model.frame import Link
from generator.model.overlap import Addends
from generator.model.report import Report
from generator.model.report_view import Download, Glance
from generator.model.site import Site
from generator.model.view import Entry

# More reports than these make a page of megabytes: the list goes on in further parts.
LISTED = 300
# More bodies than these are told in a sentence by their number.
NAMED = 3


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


def totals(site: Site, reports: Sequence[Report], doubted: Contested) -> Iterator[Glance]:
    """The headline figures added up over a year's reports of which none holds another's (model.overlap); a lone report's figures are its
    own. Each says how many of them are contradicted by others of their report, with the way to where that is told."""
    say = speech(site.settings.language)
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
                noted=_doubted(reports, key, doubted, say),
            )


def _doubted(reports: Sequence[Report], key: str, doubted: Contested, say: Speech) -> Link | None:
    """How many reports' figures for a concept are contradicted, with the way to the findings of the year; None for none."""
    count = sum(contradiction(doubted, one, key) is not None for one in reports)
    if not count:
        return None
    return Link(say.plural("其中 {count} 份报告的这个数字与表中其他数字不符", count), paths.quality(reports[0].year))


def year_sentence(site: Site, year: int, added: Addends) -> str:
    """A year in words: whose reports there are, which of them are added up, to what, and what may be counted twice even so."""
    say, count = speech(site.settings.language), len(site.by_year[year])
    said = words.in_a_sentence(list(totals(site, added.reports, {})), say)
    if count == 1:
        name = _names(site, year, [added.reports[0].agency], say)
        return say("{year} 年度收录{name}的报告：{said}。", year=year, name=name, said=said)
    if not added.contained:
        summed = say.plural("{year} 年度收录 {count} 个机关的报告，数字相加：{said}。", count, year=year, said=said)
        return say.spaced(summed, _doubt(site, year, added, say))
    there = say.plural("{year} 年度收录 {count} 个机关的报告。", count, year=year)
    holding = _names(site, year, sorted(set(added.contained.values())), say)
    within = say.plural(
        "其中 {count} 个机关的数字已包含在{names}的汇总报告中，不再相加。", len(added.contained), names=holding
    )  # fmt: skip
    if len(added.reports) == 1:
        summed = say("汇总报告的数字：{said}。", said=said)
    else:
        summed = say.plural("其余 {count} 个机关的数字相加：{said}。", len(added.reports), said=said)
    return say.spaced(there, within, summed, _doubt(site, year, added, say))


def _doubt(site: Site, year: int, added: Addends, say: Speech) -> str:
    """What is said where the files leave open whether some bodies stand in another's report; empty where they do not."""
    if not added.doubtful:
        return ""
    names = _names(site, year, added.doubtful, say)
    return say("{names}的数字是否已包含在别的政府的汇总报告中，本站没有登记，相加可能重复。", names=names)


def _names(site: Site, year: int, slugs: Sequence[str], say: Speech) -> str:
    """A few bodies by name, many by number."""
    if len(slugs) > NAMED:
        return say.plural("{count} 个机关", len(slugs))
    return say.listed(words.called(site.agencies[slug], say, site.agencies[slug].name_in(year)) for slug in slugs)


def entry(site: Site, report: Report, link: Link, doubted: Container[str]) -> Entry:
    """A report's line in a list: its key figures, its day of publication, its files. `doubted` are the addresses of figures that another
    one contradicts."""
    say, folder = speech(site.settings.language), paths.report(report.agency, report.year)
    saved = words.saved(site, report)
    files = [Download(kind, f"{folder}{name}", "", f"{saved}.{kind.lower()}") for kind, name in FILES if site.pdf or kind != "PDF"]
    day = report.published.isoformat() if report.published else ""
    doubts = tuple(way(report, key, doubted, folder) for key in site.law.columns)
    return Entry(link, words.listed(site.law, report), day, tuple(files), transcription.undated(report, say), doubts)


FILES = (("PDF", "report.pdf"), ("XLSX", "tables.xlsx"), ("CSV", "tables.csv"), ("JSON", "tables.json"))
