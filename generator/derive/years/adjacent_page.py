"""Two years of an agency that follow one another: every figure of both with the difference, and what changed in the words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from generator.derive import paths, words
from generator.derive.frame import frame
from generator.derive.years.arrivals import arrivals, headlines
from generator.derive.years.caveats import caveat, missing
from generator.derive.years.comparison import Comparison, Sheet, full_name, headed, row, sheets
from generator.derive.years.history import happened
from generator.derive.years.revised import apart, revised
from generator.derive.years.series import Pair, Series
from generator.language.speech import Speech, speech
from generator.model.agency import Agency
from generator.model.comparison import Comparability, ComparedHead, ComparedRow, ComparedTable
from generator.model.finding import Finding
from generator.model.frame import Link
from generator.model.report import Report
from generator.model.site import Site
from generator.model.view import AdjacentPage


def adjacent_page(site: Site, agency: Agency, years: tuple[int, int], findings: Mapping[int, Sequence[Finding]]) -> AdjacentPage:
    """The view of two years of an agency, the earlier first, without another report between them. `findings` are those of each year."""
    say, (first, last) = speech(site.settings.language), years
    before, after = (site.reports[agency.slug, year] for year in years)
    comparison = Comparison(site, (before, after), findings)
    found = list(sheets(comparison))
    tables = tuple(_table(comparison, sheet, f"t{number}") for number, sheet in enumerate(found, 1))
    name = words.called(agency, say)
    heading = say("{first} 与 {last} 年度比较", first=first, last=last)
    compare = Link(say("历年比较"), paths.compare(agency.slug))
    crumbs = (Link(say("机关"), paths.AGENCIES), words.to_agency(site, agency), compare)
    description = say("{name} {first} 与 {last} 年度政府信息公开工作年度报告的数字和文字逐项比较。", name=name, first=first, last=last)
    title = say("{name}：{first} 与 {last} 年度比较", name=name, first=first, last=last)
    return AdjacentPage(
        frame(site, paths.adjacent(agency.slug, *years), heading, description, crumbs, title=title, reports=(before, after)),
        words.to_agency(site, agency),
        (_report(say, before), _report(say, after)),
        _neighbours(site, agency, years, say),
        compare,
        _gap(say, first, last),
        headlines(comparison),
        years,
        *arrivals(comparison, found),
        tuple(one.said for one in happened(site, agency, say) if first < one.day.year <= last),
        tables,
        tuple(comparison.notes),
        tuple(revised(agency, before, after, say)),
        apart(before, after, say),
    )


def _report(say: Speech, report: Report) -> Link:
    return Link(words.in_year(say, report.year), paths.report(report.agency, report.year), report.format.basis)


def _neighbours(site: Site, agency: Agency, years: tuple[int, int], say: Speech) -> tuple[Link | None, Link | None]:
    """The ways to the page of the two years before, and to that of the two after."""
    first, last = years
    held = site.years_by_agency[agency.slug]
    earlier, later = held[: held.index(first)], held[held.index(last) + 1 :]
    return (
        words.to_adjacent(say, agency, earlier[-1], first) if earlier else None,
        words.to_adjacent(say, agency, last, later[0]) if later else None,
    )


def _gap(say: Speech, first: int, last: int) -> str:
    """Which years lack between the two; empty for none."""
    missing = [str(year) for year in range(first + 1, last)]
    if not missing:
        return ""
    return say(
        "本站没有收录 {years} 年度的报告：这里的差是 {last} 与 {first} 年度之间的，不是一年的变化。",
        years=say.listed(missing),
        first=first,
        last=last,
    )


def _table(comparison: Comparison, sheet: Sheet, own: str) -> ComparedTable:
    """A sheet with both years in its cells; the rows that are 0 are only named."""
    lines: list[ComparedRow] = []
    nought: list[str] = []
    for one in sheet.lines:
        if _nought(comparison, one):
            nought.append(full_name(comparison, row(comparison, one, (), by_column=sheet.by_column)))
        else:
            lines.append(_line(comparison, one, sheet))
    heads = tuple(
        ComparedHead(f"{own}y{report.year}", str(report.year), boundary=comparison.new_form(index))
        for index, report in enumerate(comparison.reports)
    )
    return ComparedTable(sheet.id, sheet.caption, (), heads, tuple(headed(own, lines)), sheet.folded, tuple(nought))


def _nought(comparison: Comparison, one: Series) -> bool:
    """Whether a figure was 0 in both years, or in the one whose form has it, and nothing else is to be said of it."""
    figures = [point.figure for point in one.points if point.figure is not None]
    zero = bool(figures) and all(figure.value == 0 for figure in figures)
    return zero and not any(comparison.said_before(one, index) or comparison.doubt(one.key, index) for index in (0, 1))


def _line(comparison: Comparison, one: Series, sheet: Sheet) -> ComparedRow:
    pair = comparison.pair(one, 1)
    assert pair is not None, "there are two reports"
    notes = comparison.shifts(one)
    cells = comparison.cell(one, 0, None), comparison.cell(one, 1, pair)
    return replace(row(comparison, one, cells, by_column=sheet.by_column), word=_word(comparison.say, pair), notes=notes)


def _word(say: Speech, pair: Pair) -> str:
    """What must be said of a difference, or why there is none; nothing of figures that simply compare."""
    if why := missing(say, pair):
        return why
    changed = caveat(say, pair.verdict)
    noted = say("{changed}，见注", changed=changed) if changed else ""
    merged = say("按合计数比较") if pair.verdict.kind is Comparability.MERGED else ""
    return say.listed(one for one in (noted, merged) if one)
