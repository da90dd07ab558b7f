"""R-01 … R-05: a government's consolidated report against those of its members (domain facts 7).

Published figures are never replaced.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.check.case import about, compared
from generator.language.glosses import agency_name, cell_text
from generator.language.sentence import plural, sentence
from generator.model.figure import Figure, Number, size
from generator.model.finding import Finding, Text
from generator.model.format import Cell
from generator.model.report import Report
from generator.model.rollup import CellSum, Rollup, lacks, rollup
from generator.model.site import Site

OFFICE = "office"


def check(site: Site) -> Iterator[Finding]:
    """Findings about consolidated reports and their members, and bodies counted twice."""
    yield from _twice(site)
    for report in site.reports.values():
        if (report.agency, report.year) in site.members:
            rolled = rollup(site, report.agency, report.year)
            yield from _missing(site, report, rolled)
            yield from _sums(site, report, rolled)
            yield from _unconsolidated(site, report, rolled)


def _missing(site: Site, report: Report, rolled: Rollup) -> Iterator[Finding]:
    """R-03."""
    government = agency_name(site.agencies[report.agency])
    for member in rolled.missing:
        message = sentence(
            "没有 {year} 年度的报告，而{government}这一年有汇总报告",
            year=report.year,
            government=government,
        )
        yield site.law.finding("R-03", member.at, message, agency=member.slug, year=report.year)


def _sums(site: Site, report: Report, rolled: Rollup) -> Iterator[Finding]:
    """R-01 where every member's figure is there, R-02 in any case.

    Where figures of members are not there (held back, not sent, blank), one thing is certain all
    the same: the consolidated figure is no less than the sum of those that are.
    """
    for cell_sum in rolled.cells:
        values = _values(rolled, cell_sum)
        published = cell_sum.published.value if cell_sum.published else None
        if published is None or not values:
            continue
        largest = max(values, key=lambda slug: values[slug])
        if published < values[largest]:
            source = agency_name(site.agencies[largest])
            yield _differs(site, "R-02", report, cell_sum.cell, values[largest], source)
            continue
        total = sum(values.values(), start=0)
        if cell_sum.differs:
            source = plural("{count} 个所属机关之和", len(values))
            yield _differs(site, "R-01", report, cell_sum.cell, total, source)
        elif not cell_sum.complete and cell_sum.falls_short:
            source = plural(
                "{members} 个所属机关中已有的 {count} 个之和",
                len(values),
                members=len(rolled.members),
            )
            yield _differs(site, "R-01", report, cell_sum.cell, total, source)


def _values(rolled: Rollup, cell_sum: CellSum) -> Mapping[str, Number]:
    """The numbers of the members that have one for a cell, by slug."""
    slugs = [member.slug for member in rolled.members]
    return {
        slug: figure.value or 0
        for slug, figure in zip(slugs, cell_sum.parts, strict=True)
        if isinstance(figure, Figure) and not lacks(figure)
    }


def _differs(
    site: Site, rule: str, report: Report, cell: Cell, expected: Number, source: Text
) -> Finding:
    """A consolidated figure that is not what the members' reports say."""
    figure = report.figures[cell.address]
    value: Number = figure.value or 0
    message = sentence(
        "“{cell}”汇总为 {figure}，{source}为 {expected}，相差 {difference}",
        cell=cell_text(cell),
        figure=figure.said,
        source=source,
        expected=expected,
        difference=size(value - expected),
    )
    place = figure.at or report.at
    finding = about(site.law, report, rule, place, message, (cell.address,))
    return compared(finding, expected, value)


def _unconsolidated(site: Site, report: Report, rolled: Rollup) -> Iterator[Finding]:
    """R-05: the consolidated report is that of the government's office."""
    for member, office_report in zip(rolled.members, rolled.reports, strict=True):
        if office_report and member.kind == OFFICE and _same_figures(report, office_report):
            message = sentence("每一格都与{office}的报告相同", office=agency_name(member))
            yield about(site.law, report, "R-05", report.at, message)


def _same_figures(report: Report, office_report: Report) -> bool:
    """Whether two reports have the same number in every cell, and not 0 in all of them."""
    if office_report.format is not report.format:
        return False
    if not any(figure.value for figure in office_report.figures.values()):
        return False
    return all(
        office_report.figures[cell].value == figure.value for cell, figure in report.figures.items()
    )


def _twice(site: Site) -> Iterator[Finding]:
    """R-04: two folders with one credit code, or with one name, that both report on a year."""
    owners: dict[tuple[str, int], str] = {}
    for (slug, year), report in sorted(site.reports.items()):
        agency = site.agencies[slug]
        for mark in filter(None, (agency.uscc, agency.name_in(year))):
            owner = owners.setdefault((mark, year), slug)
            if owner != slug:
                values = {"slug": owner, "mark": mark, "year": year}
                message = sentence(
                    "与 {slug} 是同一机关（{mark}），{year} 年度有两份报告", **values
                )
                yield about(site.law, report, "R-04", report.at, message)
                break
