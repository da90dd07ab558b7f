"""The words that views share: names of kinds and levels, titles, headline figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import reduce

from generator.derive import paths
from generator.derive.contested import contested, way
from generator.derive.years import caveats, series
from generator.language import amounts, references
from generator.language.glosses import behind, body_name, unit_name
from generator.language.speech import SOURCE, Speech, in_context, speech
from generator.model.agency import Agency
from generator.model.coverage import Standing
from generator.model.figure import BLANK, Figure, Number, State
from generator.model.finding import Finding, Text
from generator.model.format import Table
from generator.model.frame import Link
from generator.model.law import ChartKind, Law, Named
from generator.model.report import Report
from generator.model.report_view import Glance, HeldNote
from generator.model.site import Held, Site


def kinds(say: Speech) -> Mapping[str, str]:
    """The kinds of bodies, in the order they are listed."""
    return {
        "government": say("政府"),
        "office": say("政府办公室"),
        "department": say("工作部门"),
        "dispatched": say("派出机关"),
        "township": say("乡镇政府"),
        "subdistrict": say("街道办事处"),
        "zone": say("开发区、实验区"),
        "vertical": say("垂直管理单位"),
        "authorised": say("法律法规授权的组织"),
    }


def levels(say: Speech) -> Mapping[str, str]:
    """The levels of government, the highest first."""
    return {
        "national": say("国家级"),
        "province": say("省级"),
        "prefecture": say("地市级"),
        "county": say("县级"),
        "township": say("乡镇级"),
    }


def standings(say: Speech) -> Mapping[Standing, str]:
    """What the board calls the ways to stand."""
    return {
        Standing.IN_TIME: say("按期发布"),
        Standing.LATE: say("逾期发布"),
        Standing.UNDATED: say("日期不详"),
        Standing.CHECKING: say("正在核对"),
        Standing.MISSING: say("未见发布"),
        Standing.NOT_DUE: say("期限未到"),
    }


def title(agency: Agency, report: Report) -> str:
    """The title of a report: its own, or the statutory pattern.

    It is the name of a document and stays Chinese.
    """
    return report.title or statutory_title(agency, report.year)


def page_title(agency: Agency, report: Report, say: Speech) -> str:
    """The title of a report on a page.

    In another language it stands behind what it is, where the body has a name in that language.
    """
    body = agency.gloss.say(say.language)
    if not body:
        return title(agency, report)
    document = {"body": body, "year": report.year, "title": title(agency, report)}
    return say("{body}：{year} 年度报告（{title}）", **document)


def statutory_title(agency: Agency, year: int) -> str:
    """The title of the report of a body for a year where the report states none."""
    return f"{agency.name_in(year)}{year}年政府信息公开工作年度报告"


def held_note(site: Site, report: Held) -> HeldNote:
    """Since when a newer version of a report waits, and for what."""
    say = speech(site.settings.language)
    reasons = []
    for rule in report.rules:
        name = site.law.rules[rule].name.say(say.language)
        reasons.append(say("{name}（{rule}）", name=name, rule=rule))
    return HeldNote(say.day(report.since), tuple(reasons))


def called(agency: Agency, say: Speech, name: str = "") -> str:
    """The name of a body on a page: the present one, or `name`, which it had in some year.

    In another language it stands behind the name that the body has there.
    """
    return body_name(agency, name).say(say.language)


def to_agency(site: Site, agency: Agency) -> Link:
    """The way to an agency's page."""
    say = speech(site.settings.language)
    return Link(called(agency, say), paths.agency(agency.slug), kinds(say)[agency.kind])


def agency_crumbs(site: Site, agency: Agency) -> tuple[Link, Link]:
    """The way to an agency from the first page: the directory, then the agency's page."""
    say = speech(site.settings.language)
    return Link(say("机关"), paths.AGENCIES), to_agency(site, agency)


def title_link(site: Site, report: Report) -> Link:
    """The way to a report, under the name that its agency had in that year."""
    say = speech(site.settings.language)
    agency = site.agencies[report.agency]
    name = called(agency, say, agency.name_in(report.year))
    path = paths.report(report.agency, report.year)
    return Link(name, path, kinds(say)[agency.kind])


def in_year(say: Speech, year: int) -> str:
    """A reporting year in words."""
    return say("{year} 年度", year=year)


def year_link(say: Speech, year: int, path: str) -> Link:
    """The way to a page about a reporting year, under the year."""
    return Link(in_year(say, year), path)


def to_adjacent(say: Speech, agency: Agency, earlier: int, later: int) -> Link:
    """The way to the page of two years that follow one another."""
    text = say("{before} 与 {after} 年度", before=earlier, after=later)
    return Link(text, paths.adjacent(agency.slug, earlier, later))


def to_year(site: Site, number: int) -> Link:
    """The way to a reporting year's page."""
    return year_link(speech(site.settings.language), number, paths.year(number))


def span(say: Speech, years: Sequence[int]) -> str:
    """The first and the last of some reporting years, in words."""
    first = min(years)
    last = max(years)
    if first == last:
        return in_year(say, first)
    return say("{first}—{last} 年度", first=first, last=last)


def file_name(site: Site, report: Report) -> str:
    """The name under which a file of a report is saved, without its ending.

    Corrected versions have their number in it.
    """
    agency = site.agencies[report.agency]
    version = f"-v{report.version}" if report.version > 1 else ""
    return f"{agency.name_in(report.year)}-{report.year}{version}"


def sources(say: Speech, years: Sequence[int]) -> str:
    """From which reports the figures of a page come, of which each has its year here."""
    if not years:
        return ""
    in_years = span(say, years)
    return say.plural("本页的数字取自 {years}的 {count} 份年度报告。", len(years), years=in_years)


def figure_for(law: Law, report: Report, concept: str) -> Figure:
    """The figure of a report for a concept; blank where it has none.

    Where the form prints only the parts of the concept, they are added up.
    """
    return series.point(law, report, concept).figure or BLANK


def term(law: Law, concept: str) -> tuple[str, Text]:
    """The word of the statute for a concept, and its gloss.

    It is the label of the concept itself, else that of its row in the newest form that has it.
    """
    entry = law.concept(concept)
    if entry is not None and entry.label:
        return entry.label, entry.gloss
    forms = [form for form in law.forms_in_use if concept in form.by_concept]
    forms = forms or [form for form in law.formats if concept in form.by_concept]
    row = forms[-1].cells[forms[-1].by_concept[concept]].row
    return row.name, row.gloss


def glossed(say: Speech, label: str, gloss: Text) -> str:
    """A word of the law, in another language behind its gloss where it has one."""
    return behind(gloss, label).say(say.language)


def selection(say: Speech) -> str:
    """The notice of a collection that does not claim to be complete.

    A gap in it must not be read as a report that was never published.
    """
    return say("本站是选录，没有收齐名录中各机关的报告；本站没有收录的，不等于没有公布。")


def statutory(site: Site) -> Site:
    """The site for print and workbooks: in the language of the statute only."""
    return replace(site, settings=replace(site.settings, language=SOURCE, languages=(SOURCE,)))


def name_of(law: Law, concept: str, say: Speech) -> str:
    """The word of the statute for a concept, in another language behind its gloss."""
    name, gloss = term(law, concept)
    return glossed(say, name, gloss)


def unit_of(law: Law, concept: str, say: Speech, count: Number | None = None) -> str:
    """The unit of a concept, in the form that goes with `count`, or in general."""
    entry = law.concept(concept)
    if entry is None:
        return ""
    return unit_name(law, entry.unit, say, count)


def column_names(law: Law, say: Speech) -> tuple[str, ...]:
    """The heads of lists of reports."""
    return tuple(name_of(law, key, say) for key in law.columns)


def column_figures(law: Law, report: Report) -> tuple[str, ...]:
    """The figures of a report under those heads."""
    return tuple(figure_for(law, report, key).text for key in law.columns)


def glance(
    site: Site,
    report: Report,
    findings: Sequence[Finding],
    prior_findings: Sequence[Finding] = (),
    page: str = "",
) -> tuple[Glance, ...]:
    """The headline figures of a report, as far as they are numbers.

    Each comes with the change since last year where both are numbers, and with the ways to what
    contradicts it or last year's figure. `prior_findings` are those of last year's report, `page`
    is the path of the report's page, empty on that page itself.
    """
    say = speech(site.settings.language)
    law = site.law
    prior = site.prior(report)
    contradictions = contested(findings)
    prior_contradictions = contested(prior_findings)
    prior_page = paths.report(report.agency, report.year - 1)
    unconfirmed = site.settings.unconfirmed_notes
    glances = []
    for key in law.headline:
        figure = figure_for(law, report, key)
        if figure.value is None:
            continue
        name, gloss = term(law, key)
        unit = unit_of(law, key, say, figure.value)
        headline = Glance(
            name,
            amounts.figure(figure.value),
            unit,
            doubted=way(report, key, contradictions, page),
            gloss=gloss.say(say.language),
        )
        if prior:
            pair = series.pair(law, key, prior, report, unconfirmed=unconfirmed)
            if pair.numbers:
                headline = replace(
                    headline,
                    change=series.change_in_words(say, unit, *pair.numbers),
                    noted=_noted(say, report, pair),
                    doubted_before=way(prior, key, prior_contradictions, prior_page),
                )
        glances.append(headline)
    return tuple(glances)


def _noted(say: Speech, report: Report, pair: series.Pair) -> Link | None:
    """The way to what changed since the year before, where the difference is told nevertheless."""
    caveat = caveats.caveat(say, pair.verdict)
    if not caveat:
        return None
    path = paths.adjacent(report.agency, pair.before.year, report.year)
    return Link(say("{changed}，见注", changed=caveat), f"{path}#notes-heading")


def in_a_sentence(glances: Sequence[Glance], say: Speech) -> str:
    """Headline figures as one sentence without its end: `新收 107 件，办结 103 件`."""
    figures = [
        say(
            in_context("headline", "{name} {value} {unit}"),
            name=figure.gloss or figure.name,
            value=figure.value,
            unit=figure.unit,
        )
        for figure in glances
    ]
    if not figures:
        return ""
    return reduce(
        lambda first, second: say("{first}，{second}", first=first, second=second), figures
    )


def breakdown(law: Law, report: Report, table: Table, say: Speech) -> str:
    """The groups of the outcomes of a table in words, each the sum of its rows; empty for none.

    No form prints these sums, and readers look for them. The groups are those of the law's stacked
    charts of that table. A group with a row that cannot be read has no sum.
    """
    sums = []
    for group in _groups(law, table):
        name = group.name.say(say.language)
        figure = figure_for(law, report, group.key)
        if figure.state is State.UNREADABLE:
            sums.append(say("{name}有无法辨认的格，不能相加", name=name))
        elif figure.value:
            sums.append(say("{name} {value}", name=name, value=amounts.figure(figure.value)))
    if not sums:
        return ""
    return say("按类相加：{parts}。", parts=say.listed(sums))


def _groups(law: Law, table: Table) -> Iterator[Named]:
    """The series of the stacked charts whose total stands in a table."""
    for chart in law.charts:
        if chart.kind is not ChartKind.STACKED or not chart.total:
            continue
        if chart.total.key.startswith(f"{table.id}."):
            yield from chart.series


def summary(report: Report, table: Table, say: Speech) -> str:
    """The sentence over a table, in the wording of the form.

    Empty where a figure that it needs is no number.
    """
    wording = table.summary.say(say.language)
    zero_wording = table.summary_zero.say(say.language)
    addresses = [address for address in report.figures if address.startswith(f"{table.id}.")]
    if zero_wording and all(_is_zero(report.figures[address]) for address in addresses):
        return zero_wording
    figures: list[Figure] = []

    def text(reference: str, _offset: int) -> str:
        cell = references.resolve(report.format, f"{table.id}.{reference}")
        figure = report.figures[cell.address] if cell else BLANK
        figures.append(figure)
        return figure.text

    sentence, _ = references.substitute(wording, wording, text)
    if any(figure.value is None for figure in figures):
        return ""
    return sentence


def _is_zero(figure: Figure) -> bool:
    return figure.state is State.NUMBER and figure.value == 0
