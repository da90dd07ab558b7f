"""Two years of an agency that follow one another.

Every figure of both with the difference, and what changed in the words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from generator.derive import paths, words
from generator.derive.frame import frame
from generator.derive.years.arrivals import arrivals, headlines
from generator.derive.years.caveats import caveat, why_no_difference
from generator.derive.years.comparison import (
    Comparison,
    Sheet,
    compared_row,
    full_name,
    sheets,
    with_headings,
)
from generator.derive.years.history import between, happened
from generator.derive.years.revised import revised_sections, why_not_compared
from generator.derive.years.series import Pair, Series
from generator.language.speech import Speech
from generator.model.agency import Agency
from generator.model.comparison import Comparability, ComparedHead, ComparedRow, ComparedTable
from generator.model.finding import Finding
from generator.model.frame import Link
from generator.model.job import Job, Part
from generator.model.report import Report
from generator.model.site import Site
from generator.model.view import AdjacentPage
from generator.parts import body
from generator.parts.edition import Edition


def adjacent_page(
    site: Site, agency: Agency, years: tuple[int, int], findings: Mapping[int, Sequence[Finding]]
) -> AdjacentPage:
    """The view of two years of an agency, the earlier first, without another report between them.

    `findings` are those of each year.
    """
    first, last = years
    earlier = site.reports[agency.slug, first]
    later = site.reports[agency.slug, last]
    comparison = Comparison(site, (earlier, later), findings)
    say = comparison.say
    all_sheets = list(sheets(comparison))
    tables = tuple(
        _table(comparison, sheet, f"t{number}") for number, sheet in enumerate(all_sheets, 1)
    )
    values = {"name": words.called(agency, say), "first": first, "last": last}
    agency_link = words.to_agency(site, agency)
    compare_link = Link(say("历年比较"), paths.compare(agency.slug))
    crumbs = (Link(say("机关"), paths.AGENCIES), agency_link, compare_link)
    heading = say("{first} 与 {last} 年度比较", **values)
    title = say("{name}：{first} 与 {last} 年度比较", **values)
    description = say(
        "{name} {first} 与 {last} 年度政府信息公开工作年度报告的数字和文字逐项比较。", **values
    )
    path = paths.adjacent(agency.slug, first, last)
    sentences = headlines(comparison)
    appeared, vanished = arrivals(comparison, all_sheets)
    changes = between(happened(site, agency, say), first, last)
    drawn_from = [first, last]
    return AdjacentPage(
        frame=frame(site, path, heading, description, crumbs, title=title, years=drawn_from),
        agency=agency_link,
        reports=(_report_link(say, earlier), _report_link(say, later)),
        neighbours=_neighbours(site, agency, years, say),
        compare=compare_link,
        gap=_gap(say, first, last),
        sentences=sentences,
        turnover=years,
        appeared=appeared,
        vanished=vanished,
        events=tuple(change.said for change in changes),
        tables=tables,
        footnotes=tuple(comparison.notes),
        sections=tuple(revised_sections(agency, earlier, later, say)),
        apart=why_not_compared(earlier, later, say),
    )


def _report_link(say: Speech, report: Report) -> Link:
    path = paths.report(report.agency, report.year)
    return Link(words.in_year(say, report.year), path, report.format.basis)


def _neighbours(
    site: Site, agency: Agency, years: tuple[int, int], say: Speech
) -> tuple[Link | None, Link | None]:
    """The links to the page of the two years before, and to that of the two after."""
    first, last = years
    all_years = site.years_by_agency[agency.slug]
    previous = [year for year in all_years if year < first]
    following = [year for year in all_years if year > last]
    earlier = None
    if previous:
        earlier = words.to_adjacent(say, agency, previous[-1], first)
    later = None
    if following:
        later = words.to_adjacent(say, agency, last, following[0])
    return earlier, later


def _gap(say: Speech, first: int, last: int) -> str:
    """A sentence on the years without a report between the two; empty for none."""
    gap = [str(year) for year in range(first + 1, last)]
    if not gap:
        return ""
    return say(
        "本站没有收录 {years} 年度的报告："
        "这里的差是 {last} 与 {first} 年度之间的，不是一年的变化。",
        years=say.listed(gap),
        first=first,
        last=last,
    )


def _table(comparison: Comparison, sheet: Sheet, table_id: str) -> ComparedTable:
    """A sheet with both years in its cells; of the rows that are 0 only the names are listed."""
    rows: list[ComparedRow] = []
    nought: list[str] = []
    for line in sheet.lines:
        if _is_nought(comparison, line):
            row = compared_row(comparison, line, (), by_column=sheet.by_column)
            nought.append(full_name(comparison, row))
        else:
            rows.append(_row(comparison, line, sheet))
    heads = []
    for index, report in enumerate(comparison.reports):
        head_id = f"{table_id}y{report.year}"
        new_form = comparison.new_form(index)
        heads.append(ComparedHead(head_id, str(report.year), boundary=new_form))
    return ComparedTable(
        id=sheet.id,
        caption=sheet.caption,
        eras=(),
        years=tuple(heads),
        rows=tuple(with_headings(table_id, rows)),
        folded=sheet.folded,
        nought=tuple(nought),
    )


def _is_nought(comparison: Comparison, line: Series) -> bool:
    """Whether a figure was 0 in both years, or in the one whose form has it.

    A figure that was also stated otherwise, or that another one contradicts, is shown.
    """
    figures = [point.figure for point in line.points if point.figure is not None]
    if not figures or any(figure.value != 0 for figure in figures):
        return False
    points = enumerate(line.points)
    both_marks = [comparison.marks(line.key, index, point) for index, point in points]
    return not any(marks.restatements or marks.contradiction for marks in both_marks)


def _row(comparison: Comparison, line: Series, sheet: Sheet) -> ComparedRow:
    pair = comparison.pair(line, 1)
    assert pair is not None, "there are two reports"
    notes = comparison.shift_notes(line)
    cells = (comparison.cell(line, 0, None), comparison.cell(line, 1, pair))
    row = compared_row(comparison, line, cells, by_column=sheet.by_column)
    return replace(row, word=_remark(comparison.say, pair), notes=notes)


def _remark(say: Speech, pair: Pair) -> str:
    """What must be said of a difference, or why there is none; empty for figures that compare."""
    reason = why_no_difference(say, pair)
    if reason:
        return reason
    remarks = []
    changed = caveat(say, pair.verdict)
    if changed:
        remarks.append(say("{changed}，见注", changed=changed))
    if pair.verdict.kind is Comparability.MERGED:
        remarks.append(say("按合计数比较"))
    return say.listed(remarks)


def jobs(edition: Edition) -> Iterator[Job]:
    """A page for each two reports of an agency that follow one another.

    The others matter to it only by being there.
    """
    for slug in paths.with_page(edition.site):
        agency = edition.site.agencies[slug]
        years = edition.site.years_by_agency[slug]
        for index, pair in enumerate(pairwise(years)):
            neighbours: Mapping[str, object] = {slug: years[max(index - 1, 0) : index + 3]}
            selection = (
                body.with_history(edition, agency)
                .stated("years_by_agency", neighbours)
                .reports("reports", [(slug, year) for year in pair])
            )
            yield edition.page(
                paths.adjacent(slug, *pair),
                "adjacent.html",
                adjacent_page,
                selection,
                Part.of("agency", agency),
                Part.of("pair", pair),
                edition.findings_by_year(slug, pair),
            )
