"""The data of compare/: figures, bodies and reports.

The figures of all forms in one list, keyed by concept. How they compare between every pair of
neighbouring years is worked out here, so that the page's script decides nothing about the law.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import assert_never

from generator.derive import directory
from generator.derive.years import series
from generator.derive.years.comparability import parts_in_form, parts_of, verdict
from generator.language.glosses import for_scripts, unit_name
from generator.language.sentence import in_each
from generator.model.agency import Agency
from generator.model.comparison import Comparability
from generator.model.digest import digest
from generator.model.explore import (
    Body,
    BodyFigures,
    Catalogue,
    FigureEntry,
    FigureRow,
    FormUse,
    Pair,
    Term,
    Way,
    YearFigures,
)
from generator.model.figure import Figure, State, plain
from generator.model.finding import Text
from generator.model.format import Cell, Format, Heading, stated_unit
from generator.model.law import Concept, Law
from generator.model.report import Report
from generator.model.site import Site


def way(law: Law, form: Format, key: str) -> Way:
    """How a form has a figure."""
    addends = parts_in_form(law, key, form)
    if addends is None:
        return Way.ABSENT
    return Way.SUMMED if addends else Way.PRINTED


def catalogue(site: Site) -> Catalogue:
    """Every figure that the site's reports may have, and how it compares from year to year."""
    law = site.law
    ids = {report.format.id for report in site.reports.values()}
    forms = [form for form in law.formats if form.id in ids]
    forms_by_year = _forms_by_year(site, forms)
    cells = _cells(law, forms)
    keys = tuple(cells)
    table_terms = _table_terms(forms)
    tables = list(dict.fromkeys(cell.table for cell in cells.values()))
    row_terms = _row_terms(law, forms, cells)
    rows = list(row_terms)
    figure_rows = []
    for row, (term, above) in row_terms.items():
        table = row.partition(".")[0]
        figure_rows.append(FigureRow(row, tables.index(table), term, above))
    figures = []
    for key, cell in cells.items():
        row_number = rows.index(_row(key))
        figures.append(_entry(law, forms, cell, key, row_number))
    form_uses = []
    for form in forms:
        ways = tuple(way(law, form, key) for key in keys)
        form_uses.append(FormUse(form.id, form.basis, ways))
    unconfirmed = site.settings.unconfirmed_notes
    pairs, notes = _pairs(law, forms, forms_by_year, keys, unconfirmed=unconfirmed)
    numbering = digest(keys, [form.id for form in forms])
    return Catalogue(
        tables=tuple(table_terms[table] for table in tables),
        rows=tuple(figure_rows),
        figures=tuple(figures),
        forms=tuple(form_uses),
        years=forms_by_year,
        pairs=pairs,
        notes=notes,
        headline=tuple(keys.index(key) for key in law.headline if key in cells),
        units={unit: _unit(law, unit) for unit in law.units},
        languages=site.settings.languages,
        stamp=numbering[:8],
    )


def _forms_by_year(site: Site, forms: Sequence[Format]) -> Mapping[int, tuple[int, ...]]:
    """Each reporting year, oldest first, with the numbers of the forms in use."""
    numbers = {form.id: number for number, form in enumerate(forms)}
    forms_by_year = {}
    for year in sorted(site.years):
        in_use = {numbers[report.format.id] for report in site.by_year[year]}
        forms_by_year[year] = tuple(sorted(in_use))
    return forms_by_year


def _table_terms(forms: Sequence[Format]) -> Mapping[str, Term]:
    """What each table is called in the newest form that has it."""
    terms = {}
    for form in forms:
        for table in form.tables:
            terms[table.id] = Term(table.label, table.short or table.label, table.gloss)
    return terms


def _row(key: str) -> str:
    """`table.row` of a concept key."""
    return key.rpartition(".")[0]


def _cells(law: Law, forms: Sequence[Format]) -> Mapping[str, Cell]:
    """Every figure's key with a cell that has its words.

    Rows as the newest form prints them, a sum before its parts; what only older forms have comes
    behind the other rows of its table. Sums that no form prints are there too, with a cell of their
    first part.
    """
    cells: dict[str, Cell] = {}
    for form in reversed(forms):
        for cell in form.cells.values():
            if law.concept(cell.concept):
                cells.setdefault(cell.concept, cell)
    rows = dict.fromkeys(_row(key) for key in cells)
    # A sum takes the position of its first part, and comes before it: 0 sorts before 1.
    positions = {row: (number, 1) for number, row in enumerate(rows)}
    for concept in law.concepts.values():
        for key in _first_addends(concept, list(cells)):
            total = concept.id + key.removeprefix(concept.sums[0])
            if any(way(law, form, total) is Way.SUMMED for form in forms):
                cells.setdefault(total, cells[key])
            if total in cells:
                positions[_row(total)] = (positions[_row(key)][0], 0)
    tables = list(dict.fromkeys(cell.table for cell in cells.values()))

    def position(key: str) -> tuple[int, tuple[int, int]]:
        return tables.index(cells[key].table), positions[_row(key)]

    return {key: cells[key] for key in sorted(cells, key=position)}


def _first_addends(concept: Concept, keys: Sequence[str]) -> list[str]:
    """The keys of the first concept that a sum is made of, in each column; none for no sum."""
    if not concept.sums:
        return []
    addend = concept.sums[0]
    return [key for key in keys if key == addend or key.startswith(f"{addend}.")]


def _row_terms(
    law: Law, forms: Sequence[Format], cells: Mapping[str, Cell]
) -> Mapping[str, tuple[Term, tuple[Term, ...]]]:
    """What each row is called, and the headings over it."""
    blocks = (block for form in forms for table in form.tables for block in table.blocks)
    headings_above = {leaf: above for block in blocks for leaf, above in _leaves(block.rows)}
    terms: dict[str, tuple[Term, tuple[Term, ...]]] = {}
    for key, cell in cells.items():
        if _row(key) in terms:
            continue
        concept = law.concept(key)
        if concept and concept.label:
            terms[_row(key)] = (Term(concept.label, concept.label, concept.gloss), ())
        else:
            above = tuple(_term(heading) for heading in headings_above[cell.row])
            terms[_row(key)] = (_term(cell.row), above)
    return terms


def _unit(law: Law, unit: str) -> Text:
    """A unit as what is counted in general."""
    return in_each(lambda say: unit_name(law, unit, say))


def _term(heading: Heading) -> Term:
    return Term(heading.label, heading.name, heading.gloss)


def _leaves(
    headings: Sequence[Heading], above: tuple[Heading, ...] = ()
) -> Iterator[tuple[Heading, tuple[Heading, ...]]]:
    """Each heading without headings below it, and those above it."""
    for heading in headings:
        if heading.children:
            yield from _leaves(heading.children, (*above, heading))
        else:
            yield heading, above
            for part in heading.split_rows:
                yield part, (*above, heading)


def _entry(law: Law, forms: Sequence[Format], cell: Cell, key: str, row: int) -> FigureEntry:
    concept = law.concept(key)
    assert concept is not None, "_cells takes no other"
    addend_names = {}
    for addend in parts_of(law, key):
        for form in forms:
            if addend in form.by_concept:
                addend_names[addend] = form.cells[form.by_concept[addend]].row.name
    return FigureEntry(
        key=key,
        row=row,
        column=_term(cell.column),
        total=any(cell.column.path in form.totals(cell.table) for form in forms),
        unit=stated_unit(concept.unit),
        additive=concept.additive,
        difference=concept.difference,
        parts=tuple(addend_names.values()),
    )


def _pairs(
    law: Law,
    forms: Sequence[Format],
    forms_by_year: Mapping[int, Sequence[int]],
    keys: Sequence[str],
    *,
    unconfirmed: bool,
) -> tuple[tuple[Pair, ...], tuple[Text, ...]]:
    """How figures compare between every two neighbouring years, and the notes that this needs."""
    notes: dict[Text, int] = {}
    pairs = []
    for year, numbers in forms_by_year.items():
        for earlier, later in product(forms_by_year.get(year - 1, ()), numbers):
            refused = []
            noted = {}
            earlier_use = (forms[earlier], year - 1)
            later_use = (forms[later], year)
            for number, key in enumerate(keys):
                result = verdict(law, key, earlier_use, later_use, unconfirmed=unconfirmed)
                if result.kind is Comparability.NOT:
                    refused.append(number)
                elif result.notes:
                    texts = [shift.note for shift in result.notes]
                    noted[number] = tuple(notes.setdefault(text, len(notes)) for text in texts)
            pairs.append(Pair((earlier, year - 1), (later, year), tuple(refused), noted))
    return tuple(pairs), tuple(notes)


def bodies(site: Site) -> tuple[Body, ...]:
    """Every body that has a report, in the order of the directory."""
    return tuple(_body(site, site.agencies[slug]) for slug in directory.order(site))


def _body(site: Site, agency: Agency) -> Body:
    parent = site.agencies.get(agency.parent)
    return Body(
        slug=agency.slug,
        names=tuple(dict.fromkeys(span.value for span in reversed(agency.names))),
        gloss=for_scripts(agency.gloss, site.settings.languages),
        kind=agency.kind,
        level=agency.level,
        above=parent.name if parent else "",
        former=agency.former_slugs,
    )


def body_figures(
    site: Site, catalogue: Catalogue, slug: str, within: Mapping[int, Sequence[str]]
) -> BodyFigures:
    """Every figure of a body's reports."""
    reports = tuple(
        _year_figures(site, catalogue, report, within[report.year]) for report in site.of(slug)
    )
    return BodyFigures(slug, catalogue.stamp, reports)


def _year_figures(
    site: Site, catalogue: Catalogue, report: Report, within: Sequence[str]
) -> YearFigures:
    form = [use.id for use in catalogue.forms].index(report.format.id)
    return YearFigures(
        year=report.year,
        form=form,
        name=site.agencies[report.agency].name_in(report.year),
        figures=dict(_figures(site.law, catalogue, catalogue.forms[form], report)),
        within=tuple(within),
    )


def _figures(
    law: Law, catalogue: Catalogue, form: FormUse, report: Report
) -> Iterator[tuple[int, str]]:
    """The number of each figure that is not a plain 0, with its notation."""
    for number, entry in enumerate(catalogue.figures):
        if form.ways[number] is Way.ABSENT:
            continue
        figure = series.point(law, report, entry.key).figure
        if figure is not None and notation(figure) != "0":
            yield number, notation(figure)


def notation(figure: Figure) -> str:
    """A figure as a shard has it (model.explore.YearFigures)."""
    match figure.state:
        case State.NUMBER:
            mark = "=" if figure.computed else ""
            unit = f" {figure.unit}" if figure.unit else ""
            return f"{mark}{plain(figure.value)}{unit}"
        case State.BLANK:
            return ""
        case State.NOT_APPLICABLE:
            return "/"
        case State.UNREADABLE:
            return "?"
        case State.NOT_PRINTED:
            return "…"
        case _:
            assert_never(figure.state)
