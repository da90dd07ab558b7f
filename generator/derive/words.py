"""The words that views share: names of kinds and levels, titles, figures of a report by concept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.derive import paths, series
from generator.language import references
from generator.model.figure import BLANK, Figure, State, plain
from generator.model.finding import Finding
from generator.model.format import Table
from generator.model.law import Law
from generator.model.report import Agency, Held, Report, Site
from generator.model.view import Glance, HeldNote, Link

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


def held(site: Site, one: Held) -> HeldNote:
    """Since when a newer version waits, and for what."""
    day = f"{one.since.year} 年 {one.since.month} 月 {one.since.day} 日"
    return HeldNote(day, tuple(f"{site.law.rules[rule].name.zh}（{rule}）" for rule in one.rules))


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


def figure_for(law: Law, report: Report, concept: str) -> Figure:
    """The report's figure for a concept key, added up where its form prints only the parts; blank where it has neither."""
    return series.point(law, report, concept).figure or BLANK


def name_of(law: Law, concept: str) -> str:
    """What a sentence calls a concept: its own label, else the row's name in the newest form that has it."""
    entry = law.concept(concept)
    if entry is not None and entry.label:
        return entry.label
    form = next(form for form in reversed(law.formats) if concept in form.by_concept)
    return form.cells[form.by_concept[concept]].row.name


def unit_of(law: Law, concept: str) -> str:
    """The unit of a concept."""
    entry = law.concept(concept)
    return entry.unit if entry else ""


def column_names(law: Law) -> tuple[str, ...]:
    """The heads of lists of reports."""
    return tuple(name_of(law, key) for key in law.columns)


def listed(law: Law, report: Report) -> tuple[str, ...]:
    """A report's figures under those heads."""
    return tuple(figure_for(law, report, key).text for key in law.columns)


def contested(findings: Sequence[Finding]) -> dict[str, Finding]:
    """Address → finding, for the figures that a sum contradicts: the one an identity is about, where it is about one."""
    return {finding.cells[0]: finding for finding in findings if finding.difference is not None and finding.cells}


def glance(site: Site, report: Report, findings: Sequence[Finding] = ()) -> tuple[Glance, ...]:
    """The headline figures of a report, each with a word on last year where both are numbers, and on what contradicts it."""
    law, prior = site.law, site.prior(report)
    doubted = contested(findings)
    found = []
    for key in law.headline:
        now = figure_for(law, report, key)
        if now.value is None:
            continue
        before = figure_for(law, prior, key).value if prior else None
        said = "" if before is None else series.change_in_words(unit_of(law, key), before, now.value)
        address = report.format.by_concept.get(key, "")
        found.append(Glance(name_of(law, key), plain(now.value), unit_of(law, key), said, address if address in doubted else ""))
    return tuple(found)


def summary(report: Report, table: Table) -> str:
    """The sentence over a table, from the form's own wording; nothing where a figure it needs is no number."""
    figures = {address: figure for address, figure in report.figures.items() if address.startswith(f"{table.id}.")}
    if table.summary_zero and all(figure.state is State.NUMBER and figure.value == 0 for figure in figures.values()):
        return table.summary_zero
    missing = False

    def value(reference: str, offset: int) -> str:
        nonlocal missing
        cell = references.resolve(report.format, f"{table.id}.{reference}")
        figure = report.figures[cell.address] if cell else BLANK
        missing = missing or figure.value is None
        return figure.text

    said, _ = references.substitute(table.summary, table.summary, value)
    return "" if missing else said
