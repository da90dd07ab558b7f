"""A total that a report leaves blank: its row cannot be checked, its parts serve all other sums.

The page shows the blank. What compares figures sees the sum of the row in its place, so that a
blank is never read as 0.
"""

from __future__ import annotations

from dataclasses import replace

from generator.language.identity import computed, instances
from generator.model.figure import Figure, State
from generator.model.report import Report
from generator.model.site import Site

# In the place of a blank total whose parts cannot be read: it takes part in no sum.
OPEN = Figure(State.UNREADABLE, mistaken=True)


def served(site: Site) -> Site:
    """The site as the families of rules see it: with sums in the place of blank totals."""
    changed = {
        key: mended
        for key, report in site.reports.items()
        if (mended := _served(report)) is not report
    }
    return replace(site, reports={**site.reports, **changed}) if changed else site


def _served(report: Report) -> Report:
    """The report itself where no total with parts is blank."""
    totals = {}
    for instance in instances(report.format):
        total = instance.left[0].address
        of_row = instance.identity.computes and instance.identity.each == "row"
        if not of_row or not is_blank(report.figures[total]):
            continue
        figure = computed(instance, report.figures)
        place = report.figures[total].at
        totals[total] = replace(figure or OPEN, at=place)
    return replace(report, figures={**report.figures, **totals}) if totals else report


def is_blank(figure: Figure) -> bool:
    """Whether a report has a figure and leaves it blank."""
    return figure.state is State.BLANK and not figure.mistaken
