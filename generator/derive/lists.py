"""What pages that list reports share: the sums of a year, the line of a report, links by title."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from generator.derive import paths, report_files, transcription, words
from generator.derive.contested import Contested, contradiction, way
from generator.language import amounts
from generator.language.speech import Speech, speech
from generator.model.correction import Correction
from generator.model.frame import Link
from generator.model.overlap import Addends
from generator.model.report import Report
from generator.model.report_view import Glance
from generator.model.site import Site
from generator.model.view import Entry, News

# A list of more reports than these would make a page of megabytes: it goes on in further parts.
LISTED = 300
# Up to so many bodies a sentence names; of more it tells the number.
NAMED = 3


@dataclass(frozen=True)
class ListSection:
    """A part of the reports of a year, by agency.

    `number` counts the parts from 1, `first` the reports; `whole` is how many reports the year has.
    """

    number: int
    first: int
    reports: tuple[Report, ...]
    whole: int

    @property
    def only(self) -> bool:
        """Whether it holds all reports of the year."""
        return len(self.reports) == self.whole

    def span(self, say: Speech) -> str:
        """Which reports of the list it holds, in words."""
        return _span(say, self.first, self.first + len(self.reports) - 1)


def sections(site: Site, year: int) -> tuple[ListSection, ...]:
    """The parts in which the reports of a year are listed."""
    reports = site.by_year[year]
    starts = range(0, len(reports), LISTED)
    list_sections = []
    for number, start in enumerate(starts, 1):
        section = reports[start : start + LISTED]
        list_sections.append(ListSection(number, start + 1, section, len(reports)))
    return tuple(list_sections)


def ways(
    site: Site, part: ListSection, year: int, path: Callable[[int, int], str]
) -> tuple[Link, ...]:
    """The ways to all parts of a year, of which `part` is one; none where it is the only one."""
    if part.only:
        return ()
    say = speech(site.settings.language)
    links = []
    for number, start in enumerate(range(0, part.whole, LISTED), 1):
        last = min(start + LISTED, part.whole)
        links.append(Link(_span(say, start + 1, last), path(year, number)))
    return tuple(links)


def _span(say: Speech, first: int, last: int) -> str:
    return say("第 {first}—{last} 份", first=first, last=last)


def to_report(site: Site, report: Report) -> Link:
    """The way to a report, under its title."""
    say = speech(site.settings.language)
    title = words.page_title(site.agencies[report.agency], report, say)
    return Link(title, paths.report(report.agency, report.year))


def totals(site: Site, reports: Sequence[Report], contradictions: Contested) -> Iterator[Glance]:
    """The headline figures of a year, each added up over reports of which none contains another.

    (Which those are, model.overlap decides. The sums over a single report are its own figures.)
    Where figures are contradicted by others of their report, a link says how many of them are, and
    leads to the findings.
    """
    say = speech(site.settings.language)
    law = site.law
    for key in law.headline:
        concept = law.concept(key)
        figures = [words.figure_for(law, report, key) for report in reports]
        missing = sum(figure.value is None for figure in figures)
        if concept is None or not concept.additive or missing == len(figures):
            continue
        total = sum((figure.value or 0 for figure in figures), start=0)
        remark = ""
        if missing:
            remark = say.plural("另有 {count} 份报告没有这个数字", missing)
        name, gloss = words.term(law, key)
        yield Glance(
            name,
            amounts.figure(total),
            words.unit_of(law, key, say, total),
            remark,
            gloss=gloss.say(say.language),
            noted=_contradicted(reports, key, contradictions, say),
        )


def _contradicted(
    reports: Sequence[Report], key: str, contradictions: Contested, say: Speech
) -> Link | None:
    """How many reports have a contradicted figure for a concept, with the way to the findings.

    None where none has.
    """
    findings = [contradiction(contradictions, report, key) for report in reports]
    count = len(findings) - findings.count(None)
    if not count:
        return None
    text = say.plural("其中 {count} 份报告的这个数字与表中其他数字不符", count)
    return Link(text, paths.quality(reports[0].year))


def year_sentence(site: Site, year: int, added: Addends) -> str:
    """A year in words.

    Whose reports there are, which of them are added up, to what, and what may nevertheless be
    counted twice.
    """
    say = speech(site.settings.language)
    count = len(site.by_year[year])
    sums = words.in_a_sentence(list(totals(site, added.reports, {})), say)
    doubt = _doubt(site, year, added, say)
    if count == 1:
        name = _names(site, year, [added.reports[0].agency], say)
        return say("{year} 年度收录{name}的报告：{said}。", year=year, name=name, said=sums)
    if not added.contained:
        summary = say.plural(
            "{year} 年度收录 {count} 个机关的报告，数字相加：{said}。", count, year=year, said=sums
        )
        return say.spaced(summary, doubt)
    summary = say.plural("{year} 年度收录 {count} 个机关的报告。", count, year=year)
    names = _names(site, year, sorted(set(added.contained.values())), say)
    contained = say.plural(
        "其中 {count} 个机关的数字已包含在{names}的汇总报告中，不再相加。",
        len(added.contained),
        names=names,
    )
    if len(added.reports) == 1:
        result = say("汇总报告的数字：{said}。", said=sums)
    else:
        addends = len(added.reports)
        result = say.plural("其余 {count} 个机关的数字相加：{said}。", addends, said=sums)
    return say.spaced(summary, contained, result, doubt)


def _doubt(site: Site, year: int, added: Addends, say: Speech) -> str:
    """The sentence on bodies that may be contained in the report of another; empty for none."""
    if not added.doubtful:
        return ""
    names = _names(site, year, added.doubtful, say)
    return say(
        "{names}的数字是否已包含在别的政府的汇总报告中，本站没有登记，相加可能重复。", names=names
    )


def _names(site: Site, year: int, slugs: Sequence[str], say: Speech) -> str:
    """A few bodies by name, many by number."""
    if len(slugs) > NAMED:
        return say.plural("{count} 个机关", len(slugs))
    agencies = [site.agencies[slug] for slug in slugs]
    return say.listed(words.called(agency, say, agency.name_in(year)) for agency in agencies)


def entry(site: Site, report: Report, link: Link, contradictions: Container[str]) -> Entry:
    """The line of a report in a list: its key figures, its day of publication, its files.

    `contradictions` holds the addresses of figures that another one contradicts.
    """
    say = speech(site.settings.language)
    folder = paths.report(report.agency, report.year)
    contradicted = [way(report, key, contradictions, folder) for key in site.law.columns]
    return Entry(
        link=link,
        figures=words.column_figures(site.law, report),
        remark=report.published.isoformat() if report.published else "",
        files=report_files.links(site, report),
        undated=transcription.missing_day(report, say),
        doubted=tuple(contradicted),
    )


def news(site: Site, events: Sequence[tuple[date, Report, Correction | None]]) -> Iterator[News]:
    """Publications and corrections (model.report.dated) in words, in the order given."""
    say = speech(site.settings.language)
    for day, report, correction in events:
        text = say("发布")
        if correction:
            text = say("更正：{reason}", reason=correction.reason)
        yield News(say.day(day), to_report(site, report), text)
