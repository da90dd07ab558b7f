"""The data of compare/ as scripts with a single call.

render/search_scripts.py explains why the data are scripts.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.language.glosses import for_scripts
from generator.model.explore import (
    Body,
    BodyFigures,
    Catalogue,
    FigureEntry,
    Term,
    YearFigures,
)
from generator.render.search_scripts import shard


def figures(catalogue: Catalogue) -> bytes:
    """figures.js: the figures of all forms and how neighbouring years compare."""
    languages = catalogue.languages

    def words(term: Term) -> Sequence[object]:
        return [term.label, term.name, for_scripts(term.gloss, languages)]

    columns = list(dict.fromkeys(figure.column for figure in catalogue.figures))
    rows = [
        [row.id, row.table, words(row.term), [words(heading) for heading in row.above]]
        for row in catalogue.rows
    ]
    forms = [
        [form.id, form.basis, "".join(way.value for way in form.ways)] for form in catalogue.forms
    ]
    pairs = [
        [pair.before, pair.after, pair.refused, list(pair.noted.items())]
        for pair in catalogue.pairs
    ]
    return shard(
        "figures",
        {
            "stamp": catalogue.stamp,
            "tables": [words(table) for table in catalogue.tables],
            "rows": rows,
            "columns": [words(column) for column in columns],
            "figures": [_figure(figure, columns) for figure in catalogue.figures],
            "forms": forms,
            "years": list(catalogue.years.items()),
            "pairs": pairs,
            "notes": [[note.source, for_scripts(note, languages)] for note in catalogue.notes],
            "headline": catalogue.headline,
            "units": {unit: for_scripts(text, languages) for unit, text in catalogue.units.items()},
        },
    )


def _figure(figure: FigureEntry, columns: Sequence[Term]) -> Sequence[object]:
    return [
        figure.key,
        figure.row,
        columns.index(figure.column),
        int(figure.total),
        figure.unit,
        int(figure.additive),
        int(figure.difference),
        figure.parts,
    ]


def directory(bodies: Sequence[Body]) -> bytes:
    """directory.js: every body, in the order of the directory."""
    entries = [
        [body.slug, body.names, body.gloss, body.kind, body.level, body.above, body.former]
        for body in bodies
    ]
    return shard("directory", entries)


def body(history: BodyFigures) -> bytes:
    """A body's figures over all years."""
    reports = [_report(report) for report in history.reports]
    return shard(f"bodies/{history.slug}", [history.stamp, reports])


def _report(report: YearFigures) -> Sequence[object]:
    figures_by_number = {str(number): text for number, text in report.figures.items()}
    fields = [report.year, report.form, report.name, figures_by_number]
    return [*fields, report.within] if report.within else fields
