"""A total that a report leaves blank: its sum cannot be checked, its parts serve all other sums.

The page shows the blank. What compares figures sees the sum of the parts in its place, so that a
blank is never read as 0.
"""

from __future__ import annotations

from dataclasses import replace

from generator.language.identity import Instance, computed, instances
from generator.model.figure import Figure, State
from generator.model.packed import may_have
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
    """The report itself where no total is blank.

    A total of blank totals, as in a row of totals that is blank as a whole, waits for these.
    """
    if not may_have(report, State.BLANK):
        return report
    waiting = [
        instance
        for instance in instances(report.format)
        if instance.identity.computes and is_blank(report.figures[instance.left[0].address])
    ]
    if not waiting:
        return report
    figures = dict(report.figures)
    while waiting:
        blank = {instance.left[0].address for instance in waiting}
        ready = [instance for instance in waiting if not _waits(instance, blank)]
        for instance in ready:
            total = instance.left[0].address
            figure = computed(instance, figures) or OPEN
            figures[total] = replace(figure, at=report.figures[total].at)
        served_now = {instance.left[0].address for instance in ready}
        waiting = [instance for instance in waiting if instance.left[0].address not in served_now]
        if not ready:
            figures |= dict.fromkeys(blank, OPEN)
            break
    return replace(report, figures=figures)


def _waits(instance: Instance, blank: set[str]) -> bool:
    """Whether a total is made of other blank totals."""
    return any(place.address in blank for place in instance.right)


def is_blank(figure: Figure) -> bool:
    """Whether a report has a figure and leaves it blank."""
    return figure.state is State.BLANK and not figure.mistaken
