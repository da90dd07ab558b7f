"""What compare/ loads, as scripts with a single call (render/search.py says why), and its ready-made tables as CSV."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from generator.model.explore import BodyFigures, Catalogue, Listed, Term, TidyLine
from generator.render.search import shard
from generator.render.table_files import guarded, marked_csv

HEAD = (
    "agency",
    "agency_name",
    "kind",
    "level",
    "year",
    "form",
    "concept",
    "table",
    "row",
    "column",
    "value",
    "unit",
    "state",
    "computed",
    "contested",
)


def figures(known: Catalogue) -> bytes:
    """figures.js: the figures of all forms and how neighbouring years compare."""
    columns = list(dict.fromkeys(one.column for one in known.figures))
    figures = [
        [one.key, one.row, columns.index(one.column), int(one.total), one.unit, int(one.additive), int(one.difference), one.parts]
        for one in known.figures
    ]
    return shard(
        "figures",
        {
            "stamp": known.stamp,
            "tables": [_term(one) for one in known.tables],
            "rows": [[one.id, one.table, _term(one.term), [_term(over) for over in one.above]] for one in known.rows],
            "columns": [_term(one) for one in columns],
            "figures": figures,
            "forms": [[one.id, one.basis, "".join(way.value for way in one.ways)] for one in known.forms],
            "years": list(known.years.items()),
            "pairs": [[one.before, one.after, one.refused, list(one.noted.items())] for one in known.pairs],
            "notes": known.notes,
            "headline": known.headline,
            "units": known.units,
        },
    )


def _term(one: Term) -> Sequence[str]:
    return [one.label, one.name, one.gloss]


def directory(listed: Sequence[Listed]) -> bytes:
    """directory.js: every body, in the order of the directory."""
    return shard("directory", [[one.slug, one.names, one.english, one.kind, one.level, one.above, one.former] for one in listed])


def body(one: BodyFigures) -> bytes:
    """A body's figures over all years."""
    reports = [
        [report.year, report.form, report.name, _named(report.figures), *([report.within] if report.within else [])]
        for report in one.reports
    ]
    return shard(f"bodies/{one.slug}", [one.stamp, reports])


def _named(figures: Mapping[int, str]) -> Mapping[str, str]:
    return {str(number): text for number, text in figures.items()}


def tidy_csv(lines: Iterable[TidyLine]) -> bytes:
    """One line a figure; UTF-8 with a mark at the start, like all CSV of the site. No cell can become a formula."""
    return marked_csv([HEAD, *map(_line, lines)])


def _line(one: TidyLine) -> tuple[str, ...]:
    words = (one.agency, one.agency_name, one.kind, one.level, str(one.year), one.form, one.concept, one.table, one.row, one.column)
    return (*map(guarded, words), one.value, guarded(one.unit), one.state, "true" if one.computed else "false", one.contested)
