"""A ready-made comparison as data: what its page shows, a figure a line."""

from __future__ import annotations

from collections.abc import Iterator

from generator.derive.contested import Contested, contradiction
from generator.derive.explore.ready_made import Group
from generator.derive.explore.words import column_of
from generator.derive.years import series
from generator.model.explore import Catalogue, TidyLine
from generator.model.figure import plain
from generator.model.site import Site


def tidy(site: Site, known: Catalogue, group: Group, contested: Contested) -> Iterator[TidyLine]:
    """What a group's page shows, a figure a line, in the statute's words."""
    for number in known.headline:
        entry = known.figures[number]
        row = known.rows[entry.row]
        for slug in group.slugs:
            agency = site.agencies[slug]
            for year in known.years:
                report = site.reports.get((slug, year))
                figure = series.point(site.law, report, entry.key).figure if report else None
                state = figure.state.value if figure else "absent" if report else "no_report"
                summed = report is not None and entry.key not in report.format.by_concept
                doubt = contradiction(contested, report, entry.key) if report else None
                yield TidyLine(
                    slug,
                    agency.name_in(year),
                    agency.kind,
                    agency.level,
                    year,
                    report.format.id if report else "",
                    entry.key,
                    known.tables[row.table].label,
                    row.term.label,
                    column_of(entry),
                    plain(figure.value) if figure else "",
                    (figure.unit or entry.unit) if figure else "",
                    state,
                    figure is not None and figure.value is not None and (figure.computed or summed),
                    doubt.rule if doubt else "",
                )
