"""The rows of the open data: a site's reports, figures and findings under the columns that `dataset.py` declares."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache

from generator.derive import paths, words
from generator.derive.data.dataset import OFF
from generator.derive.years.comparability import parts_of
from generator.language.numerals import stands
from generator.model.dataset import Row
from generator.model.figure import Figure
from generator.model.finding import Finding
from generator.model.format import Cell, Format, Heading, stated_unit
from generator.model.report import Report
from generator.model.site import Site

Found = Mapping[tuple[str, int], Sequence[Finding]]


class Records:
    """The rows of a site's tables; `found` are the findings of each report."""

    def __init__(self, site: Site, found: Found) -> None:
        self.site, self.found = site, found
        self.ordered = [report for year in sorted(site.years) for report in site.by_year[year]]
        self.whole: Mapping[str, Callable[[], Iterator[Row]]] = {
            "agencies": self._agencies,
            "concepts": self._concepts,
            "dictionary": self._dictionary,
            "rules": self._rules,
        }
        self.of_reports: Mapping[str, Callable[[Sequence[Report]], Iterator[Row]]] = {
            "reports": self._reports,
            "figures": self._figures,
            "findings": self._findings,
            "explanations": self._explanations,
            "corrections": self._corrections,
            "extra_rows": self._extra_rows,
        }

    def __call__(self, table: str, year: int = 0) -> Iterator[Row]:
        """The rows of a table; of what reports say, those of one reporting year, or of all."""
        if table in self.whole:
            return self.whole[table]()
        return self.of_reports[table](self.site.by_year[year] if year else self.ordered)

    def _agencies(self) -> Iterator[Row]:
        for slug, one in sorted(self.site.agencies.items()):
            former = "|".join(span.value for span in one.names[:-1])
            parent = one.parent if one.parent in self.site.agencies else ""
            page = paths.file(paths.agency(slug)) if paths.has_page(self.site, slug) else ""
            yield slug, one.name, one.name_en, former, one.kind, one.level, parent, one.uscc, one.division_code, page

    def _reports(self, reports: Sequence[Report]) -> Iterator[Row]:
        for one in reports:
            agency = self.site.agencies[one.agency]
            yield (
                one.agency, agency.name_in(one.year), one.year, one.format.id, one.version, words.title(agency, one), one.published,
                one.signed, one.source, one.source_url, one.index_number, paths.file(paths.report(one.agency, one.year)),
                one.entered_by.value, one.wording.value, " ".join(one.not_held),
            )  # fmt: skip

    def _concepts(self) -> Iterator[Row]:
        law = self.site.law
        printed: dict[str, list[Format]] = {}
        for form in law.formats:
            for cell in form.cells.values():
                printed.setdefault(cell.concept, []).append(form)
        for key, forms in printed.items():
            cell, concept = forms[-1].cells[forms[-1].by_concept[key]], law.concept(key)
            assert concept is not None  # the law is refused where a cell means nothing
            shifts = [shift for shift in concept.breaks if not shift.unconfirmed or self.site.settings.unconfirmed_notes]
            notes = "".join(shift.said(foreign=False) for shift in shifts), " ".join(shift.said(foreign=True) for shift in shifts)
            unit = stated_unit(concept.unit)
            parts = " ".join(parts_of(law, key))
            yield key, cell.label, english(cell), unit, concept.additive, forms[0].first_year, forms[-1].last_year, parts, *notes

    def _dictionary(self) -> Iterator[Row]:
        for form in self.site.law.formats:
            yield from cells(form)

    def _rules(self) -> Iterator[Row]:
        for key, rule in sorted(self.site.law.rules.items()):
            yield key, OFF if rule.off else rule.severity.value, rule.name.zh, rule.name.en

    def _figures(self, reports: Sequence[Report]) -> Iterator[Row]:
        return (row for report in reports for row in figures(report, self.site.agencies[report.agency].name_in(report.year)))

    def _findings(self, reports: Sequence[Report]) -> Iterator[Row]:
        for report in reports:
            for one in self.found[report.agency, report.year]:
                explained = report.explanations[one.explained_by] if one.explained_by is not None else None
                reason, by = (explained.reason, report.entered_by.value) if explained else ("", "")
                yield (
                    report.agency, report.year, one.rule, one.severity.value, one.message.zh, one.message.en, " ".join(one.cells),
                    one.expected, one.actual, one.difference, reason, by,
                )  # fmt: skip

    def _explanations(self, reports: Sequence[Report]) -> Iterator[Row]:
        for report in reports:
            for one in report.explanations:
                yield report.agency, report.year, one.rule, one.cell, one.reason, one.person, report.entered_by.value

    def _corrections(self, reports: Sequence[Report]) -> Iterator[Row]:
        for report in reports:
            for one in report.corrections:
                cells = [(change.cell, "", change.before, change.after) for change in one.changes]
                words = [("", said.part, said.before, said.after) for said in one.rewordings]
                for what in [*cells, *words] or [("", "", "", "")]:
                    yield report.agency, report.year, one.date, one.reason, *what

    def _extra_rows(self, reports: Sequence[Report]) -> Iterator[Row]:
        return ((report.agency, report.year, one.table, one.label, one.text) for report in reports for one in report.extras)


def figures(report: Report, name: str) -> Iterator[Row]:
    """A report's figures in print order; `name` is what its agency was called."""
    agency, year, form = report.agency, report.year, report.format.id
    for (address, label, concept, unit), figure in zip(_said(report.format), report.figures.values(), strict=True):
        yield (
            agency, name, year, form, address, label, concept,
            figure.value, figure.unit or unit, figure.state.value, raw(figure), figure.computed,
        )  # fmt: skip


@lru_cache(maxsize=32)
def _said(form: Format) -> tuple[tuple[str, str, str, str], ...]:
    """What is the same in every report of a form: address, label, concept and unit of each cell."""
    return tuple((address, cell.label, cell.concept, cell.unit) for address, cell in form.cells.items())


def raw(figure: Figure) -> str:
    """What the report wrote, where that is not how the figure is printed; on one line. Empty where nobody can read it."""
    said = stands(figure)
    return "" if said is None or said == figure.text else " ".join(said.split())


def cells(form: Format) -> Iterator[tuple[str, ...]]:
    """Every cell of a form with the headings over it."""
    for table in form.tables:
        for block in table.blocks:
            rows, columns = _chains(block.rows), _chains(block.columns)
            for row in block.leaf_rows:
                for column in block.leaf_columns:
                    cell = form.cells[f"{table.id}.{row.path}.{column.path}"]
                    yield (
                        form.id, cell.address, table.id, row.path, column.path, table.label, rows[id(row)], columns[id(column)],
                        cell.label, english(cell), cell.unit, cell.concept,
                    )  # fmt: skip


def _chains(headings: Sequence[Heading], above: str = "") -> dict[int, str]:
    """The labels from the top down to each heading that carries figures, by its identity."""
    found: dict[int, str] = {}
    for heading in headings:
        said = f"{above}{heading.label}"
        found |= _chains(heading.children, f"{said}/") if heading.children else {id(heading): said}
    return found


def english(cell: Cell) -> str:
    """The glosses of a cell's row and column; empty where the form has none."""
    return f"{cell.row.gloss} · {cell.column.gloss}" if cell.row.gloss and cell.column.gloss else ""
