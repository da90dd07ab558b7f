"""What compare/ knows of figures, bodies and reports: the figures of all forms in one list, keyed by concept, with the verdict on every
pair of neighbouring years worked out here, so that the page's script decides nothing about the law.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from generator.derive import directory
from generator.derive.years import series
from generator.derive.years.comparability import parts_of, printed, verdict
from generator.model.agency import Agency
from generator.model.comparison import Comparability
from generator.model.digest import digest
from generator.model.explore import BodyFigures, Catalogue, FigureEntry, FigureRow, FormUse, Listed, Pair, Term, Way, YearFigures
from generator.model.figure import Figure, State, plain
from generator.model.format import Cell, Format, Heading, stated_unit
from generator.model.law import Law
from generator.model.overlap import within
from generator.model.report import Report
from generator.model.site import Site


def way(law: Law, form: Format, key: str) -> Way:
    """How a form has a figure."""
    parts = printed(law, key, form)
    return Way.ABSENT if parts is None else Way.SUMMED if parts else Way.PRINTED


def catalogue(site: Site) -> Catalogue:
    """Every figure that the site's reports may hold, and how it compares from year to year."""
    law = site.law
    used = {year: {report.format.id for report in site.by_year[year]} for year in reversed(site.years)}
    forms = [form for form in law.formats if any(form.id in ids for ids in used.values())]
    years = {year: tuple(number for number, form in enumerate(forms) if form.id in ids) for year, ids in used.items()}
    cells = _cells(law, forms)
    keys, words = tuple(cells), _words(law, forms, cells)
    tables = list(dict.fromkeys(cell.table for cell in cells.values()))
    rows = list(dict.fromkeys(_row(key) for key in keys))
    tabled = {table.id: Term(table.label, table.short or table.label, table.gloss) for form in forms for table in form.tables}
    pairs, notes = _pairs(law, forms, years, keys, unconfirmed=site.settings.unconfirmed_notes)
    return Catalogue(
        tuple(tabled[table] for table in tables),
        tuple(FigureRow(row, tables.index(row.partition(".")[0]), *words[row]) for row in rows),
        tuple(_entry(law, forms, cell, key, rows.index(_row(key))) for key, cell in cells.items()),
        tuple(FormUse(form.id, form.basis, tuple(way(law, form, key) for key in keys)) for form in forms),
        years,
        pairs,
        notes,
        tuple(keys.index(key) for key in law.headline if key in cells),
        {unit: law.unit_in_english(unit) for unit in law.units},
        digest(keys, [form.id for form in forms])[:8],
    )


def _row(key: str) -> str:
    return key.rpartition(".")[0]


def _cells(law: Law, forms: Sequence[Format]) -> Mapping[str, Cell]:
    """Every figure's key with a cell that says its words: rows as the newest form prints them, a sum before its parts, what only older
    forms have behind the rest of its table. Sums that no form prints are there too, with a cell of their first part."""
    printed: dict[str, Cell] = {}
    for form in reversed(forms):
        for cell in form.cells.values():
            if law.concept(cell.concept):
                printed.setdefault(cell.concept, cell)
    place = {row: (number, 1) for number, row in enumerate(dict.fromkeys(_row(key) for key in printed))}
    for concept in law.concepts.values():
        first = concept.sums[0] if concept.sums else ""
        for key in [one for one in printed if first and (one == first or one.startswith(f"{first}."))]:
            total = concept.id + key.removeprefix(first)
            if total not in printed and any(way(law, form, total) is Way.SUMMED for form in forms):
                printed[total] = printed[key]
            if total in printed:
                place[_row(total)] = (place[_row(key)][0], 0)
    tables = list(dict.fromkeys(cell.table for cell in printed.values()))
    return dict(sorted(printed.items(), key=lambda item: (tables.index(item[1].table), place[_row(item[0])])))


def _words(law: Law, forms: Sequence[Format], cells: Mapping[str, Cell]) -> Mapping[str, tuple[Term, tuple[Term, ...]]]:
    """What each row is called, and the headings over it."""
    above = {leaf: over for form in forms for table in form.tables for block in table.blocks for leaf, over in _leaves(block.rows)}
    found: dict[str, tuple[Term, tuple[Term, ...]]] = {}
    for key, cell in cells.items():
        concept, over = law.concept(key), above[cell.row]
        if concept and concept.label:
            found.setdefault(_row(key), (Term(concept.label, concept.label, concept.gloss), ()))
        else:
            found.setdefault(_row(key), (_term(cell.row), tuple(_term(one) for one in over)))
    return found


def _term(heading: Heading) -> Term:
    return Term(heading.label, heading.name, heading.gloss)


def _leaves(headings: Sequence[Heading], over: tuple[Heading, ...] = ()) -> Iterator[tuple[Heading, tuple[Heading, ...]]]:
    for heading in headings:
        if heading.children:
            yield from _leaves(heading.children, (*over, heading))
        else:
            yield heading, over


def _entry(law: Law, forms: Sequence[Format], cell: Cell, key: str, row: int) -> FigureEntry:
    concept = law.concept(key)
    assert concept is not None  # _cells took no other
    named = {part: form.cells[form.by_concept[part]].row.name for part in parts_of(law, key) for form in forms if part in form.by_concept}
    unit = stated_unit(concept.unit)
    total = any(cell.column.path in form.totals(cell.table) for form in forms)
    return FigureEntry(key, row, _term(cell.column), total, unit, concept.additive, concept.difference, tuple(named.values()))


def _pairs(
    law: Law, forms: Sequence[Format], years: Mapping[int, Sequence[int]], keys: Sequence[str], *, unconfirmed: bool
) -> tuple[tuple[Pair, ...], tuple[tuple[str, str], ...]]:
    """The verdict on every two neighbouring years under the forms in use, and the notes that it needs."""
    notes: dict[tuple[str, str], int] = {}
    pairs = []
    for year in (one for one in years if one - 1 in years):
        for before in years[year - 1]:
            for after in years[year]:
                refused, noted = [], {}
                for number, key in enumerate(keys):
                    found = verdict(law, key, (forms[before], year - 1), (forms[after], year), unconfirmed=unconfirmed)
                    if found.kind is Comparability.NOT:
                        refused.append(number)
                    elif found.notes:
                        noted[number] = tuple(notes.setdefault((one.note, one.said(foreign=True)), len(notes)) for one in found.notes)
                pairs.append(Pair((before, year - 1), (after, year), tuple(refused), noted))
    return tuple(pairs), tuple(notes)


def listed(site: Site) -> tuple[Listed, ...]:
    """Every body that has a report, in the order of the directory."""
    return tuple(_listed(site, site.agencies[slug]) for slug in directory.order(site))


def _listed(site: Site, agency: Agency) -> Listed:
    names = tuple(dict.fromkeys(span.value for span in reversed(agency.names)))
    above = site.agencies.get(agency.parent)
    return Listed(agency.slug, names, agency.name_en, agency.kind, agency.level, above.name if above else "", agency.former_slugs)


def body_figures(site: Site, known: Catalogue, slug: str) -> BodyFigures:
    """Everything the body's reports say in figures."""
    agency = site.agencies[slug]
    forms = {form.id: number for number, form in enumerate(known.forms)}
    return BodyFigures(
        agency.slug,
        known.stamp,
        tuple(
            YearFigures(
                report.year,
                forms[report.format.id],
                agency.name_in(report.year),
                dict(_figures(site.law, known, known.forms[forms[report.format.id]], report)),
                within(site, slug, report.year),
            )
            for report in site.of(slug)
        ),
    )


def _figures(law: Law, known: Catalogue, form: FormUse, report: Report) -> Iterator[tuple[int, str]]:
    for number, (entry, found) in enumerate(zip(known.figures, form.ways, strict=True)):
        if found is Way.ABSENT:
            continue
        cell = report.format.by_concept.get(entry.key)
        figure = report.figures[cell] if cell else series.point(law, report, entry.key).figure
        if figure is not None and (text := written(figure)) != "0":
            yield number, text


def written(figure: Figure) -> str:
    """A figure as a shard writes it (model.explore.YearFigures)."""
    if figure.state is State.NUMBER:
        return ("=" if figure.computed else "") + plain(figure.value) + (f" {figure.unit}" if figure.unit else "")
    return {State.BLANK: "", State.NOT_APPLICABLE: "/", State.UNREADABLE: "?"}[figure.state]
