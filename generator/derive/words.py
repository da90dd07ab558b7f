"""The words that views share: names of kinds and levels, titles, figures of a report by concept."""

from __future__ import annotations

from collections.abc import Mapping

from generator.derive import paths
from generator.derive.series import in_words
from generator.language import references
from generator.model.figure import BLANK, Figure, State, plain
from generator.model.format import Cell, Table
from generator.model.law import Law
from generator.model.report import Agency, Report, Site
from generator.model.view import Glance, Link

KINDS: Mapping[str, str] = {
    "government": "政府",
    "office": "政府办公室",
    "department": "工作部门",
    "dispatched": "派出机关",
    "township": "乡镇政府",
    "subdistrict": "街道办事处",
    "zone": "开发区、实验区",
    "vertical": "垂直管理单位",
    "authorised": "法律法规授权的组织",
}
LEVELS: Mapping[str, str] = {"national": "国家级", "province": "省级", "prefecture": "地市级", "county": "县级", "township": "乡镇级"}


def title(agency: Agency, report: Report) -> str:
    """A report's title: its own, or the statutory pattern."""
    return report.title or f"{agency.name_in(report.year)}{report.year}年政府信息公开工作年度报告"


def to_agency(agency: Agency) -> Link:
    """The way to an agency's page."""
    return Link(agency.name, paths.agency(agency.slug), KINDS[agency.kind])


def title_link(site: Site, report: Report) -> Link:
    """The way to a report, under its agency's name of that year."""
    agency = site.agencies[report.agency]
    return Link(agency.name_in(report.year), paths.report(report.agency, report.year), KINDS[agency.kind])


def to_year(number: int) -> Link:
    """The way to a reporting year's page."""
    return Link(f"{number} 年度", paths.year(number))


def cell_for(report: Report, concept: str) -> Cell | None:
    """The cell of the report's form that is bound to a concept key."""
    address = report.format.by_concept.get(concept)
    return report.format.cells[address] if address else None


def figure_for(report: Report, concept: str) -> Figure:
    """The report's figure for a concept key; blank where its form has none."""
    cell = cell_for(report, concept)
    return report.figures[cell.address] if cell else BLANK


def column_names(law: Law) -> tuple[str, ...]:
    """The heads of lists of reports, in the words of the newest form that has each."""
    forms = [next(form for form in reversed(law.formats) if key in form.by_concept) for key in law.columns]
    return tuple(form.cells[form.by_concept[key]].row.name for form, key in zip(forms, law.columns, strict=True))


def listed(law: Law, report: Report) -> tuple[str, ...]:
    """A report's figures under those heads."""
    return tuple(figure_for(report, key).text for key in law.columns)


def glance(site: Site, report: Report) -> tuple[Glance, ...]:
    """The headline figures of a report, each with a word on last year where both are numbers."""
    prior = site.prior(report)
    found = []
    for key in site.law.headline:
        cell, now = cell_for(report, key), figure_for(report, key)
        if cell is None or now.value is None:
            continue
        before = figure_for(prior, key).value if prior else None
        said = "" if before is None else in_words("", cell.column.unit, before, now.value).partition("，")[2]
        found.append(Glance(cell.row.name, plain(now.value), cell.column.unit, said))
    return tuple(found)


def summary(report: Report, table: Table) -> str:
    """The sentence over a table, from the form's own wording; nothing where a figure it needs is no number."""
    figures = {address: figure for address, figure in report.figures.items() if address.startswith(f"{table.id}.")}
    if table.summary_zero and all(figure.value in {0, None} and figure.state is not State.UNREADABLE for figure in figures.values()):
        return table.summary_zero
    missing = False

    def value(reference: str, offset: int) -> str:
        nonlocal missing
        cell = references.resolve(report.format, f"{table.id}.{reference}")
        figure = report.figures[cell.address] if cell else BLANK
        missing = missing or figure.value is None
        return figure.text

    said = references.substitute(table.summary, value)
    return "" if missing else said
