"""Which of several repairs is the right one, as far as the text and next year's report know.

The sums of a table often leave several cells that could be wrong. Where the text states the number
that one of them would have, that one comes first. A stock that is wrong breaks the sum with the
year before and, by as much the other way, that with the year after: then it is this stock.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from generator.check import arithmetic
from generator.check.case import Case
from generator.language.identity import instances
from generator.model.figure import Number
from generator.model.finding import Finding, Fix, Repair
from generator.model.report import Report

TEXT = "X"  # the family of rules that hold the text against the tables


def heard(case: Case, findings: Sequence[Finding]) -> list[Finding]:
    """The findings of a report with the repairs first that somebody bears out."""
    stated = {
        (cell, number)
        for finding in findings
        if finding.rule.startswith(TEXT)
        for cell in finding.cells
        for number in (finding.expected, finding.actual)
    }
    following = case.site.reports.get((case.report.agency, case.report.year + 1))

    def ordered(finding: Finding) -> Finding:
        if len(finding.repairs) > 1 and stated:
            return _by_text(case, finding, stated)
        if not finding.repairs and finding.difference and following:
            return _by_next_year(case, finding, following)
        return finding

    return [ordered(finding) for finding in findings]


def _by_text(case: Case, finding: Finding, stated: set[tuple[str, Number | None]]) -> Finding:
    """The finding with the repair first that gives a cell the number of the text."""

    def unheard(repair: Repair) -> int:
        return -sum((fix.cell, fix.after) in stated for fix in repair)

    repairs = tuple(sorted(finding.repairs, key=unheard))
    if repairs == finding.repairs:
        return finding
    place = case.report.figures[repairs[0][0].cell].at or finding.at
    return replace(finding, repairs=repairs, at=place)


def _by_next_year(case: Case, finding: Finding, following: Report) -> Finding:
    """The finding with the stock put right that the next year contradicts by as much.

    It is the figure that the next report goes on from, in the same sum of the same row.
    """
    for instance in instances(following.format):
        places = (*instance.left, *instance.right)
        cells = tuple(place.address for place in places if not place.prior)
        if instance.identity.rule != finding.rule or cells != finding.cells:
            continue
        evaluated = arithmetic.evaluate(case.site, following, instance)
        carried = (
            [operand for operand in evaluated.operands if operand.place.prior] if evaluated else []
        )
        if evaluated is None or len(carried) != 1 or evaluated.difference is None:
            continue
        mine = arithmetic.evaluate(case.site, case.report, instance)
        address = carried[0].place.address
        if mine is None or not mine.difference or mine.difference != -evaluated.difference:
            continue
        place = next((place for place in instance.left if place.address == address), None)
        if place is None or place.prior:
            continue
        value = case.report.figures[address].value or 0
        stock = value - place.sign * mine.difference
        if stock < 0 or carried[0].figure.value != value:
            continue
        label = case.report.format.cells[address].label
        return replace(finding, repairs=((Fix(address, value, stock, label),),))
    return finding
