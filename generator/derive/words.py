"""The words that views share: names of kinds and levels, titles, figures of a report by concept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from generator.derive import paths
from generator.derive.contested import contested, way
from generator.derive.years import caveats, series
from generator.language import references
from generator.language.glosses import glossed_agency
from generator.language.speech import SOURCE, Speech, speech
from generator.model.agency import Agency
from generator.model.figure import BLANK, Figure, Number, State, plain
from generator.model.finding import Finding
from generator.model.format import Table
from generator.model.frame import Link
from generator.model.law import ChartKind, Law
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


def title(agency: Agency, report: Report) -> str:
    """A report's title: its own, or the statutory pattern. It is a document's name and stays Chinese."""
    return report.title or statutory_title(agency, report.year)


def titled(agency: Agency, report: Report, say: Speech) -> str:
    """A report's title on a page: in another language behind what it is, where the body has a name there."""
    name = title(agency, report)
    if not say.foreign or not agency.name_en:
        return name
    return say("{body}：{year} 年度报告（{title}）", body=agency.name_en, year=report.year, title=name)


def statutory_title(agency: Agency, year: int) -> str:
    """What the report of a body for a year is called where it does not say otherwise."""
    return f"{agency.name_in(year)}{year}年政府信息公开工作年度报告"


def held(site: Site, one: Held) -> HeldNote:
    """Since when a newer version waits, and for what."""
    say = speech(site.settings.language)
    return HeldNote(
        say.day(one.since), tuple(say("{name}（{rule}）", name=site.law.rules[rule].name.say(say.key), rule=rule) for rule in one.rules)
    )


def called(agency: Agency, say: Speech, name: str = "") -> str:
    """What a page calls a body: its name (the present one, or that of a year), in another language behind its name there."""
    return glossed_agency(agency, name) if say.foreign else name or agency.name


def to_agency(site: Site, agency: Agency) -> Link:
    """The way to an agency's page."""
    say = speech(site.settings.language)
    return Link(called(agency, say), paths.agency(agency.slug), kinds(say)[agency.kind])


def title_link(site: Site, report: Report) -> Link:
    """The way to a report, under its agency's name of that year."""
    agency = site.agencies[report.agency]
    say = speech(site.settings.language)
    return Link(called(agency, say, agency.name_in(report.year)), paths.report(report.agency, report.year), kinds(say)[agency.kind])


def in_year(say: Speech, year: int) -> str:
    """A reporting year in words."""
    return say("{year} 年度", year=year)


def to_adjacent(say: Speech, agency: Agency, before: int, after: int) -> Link:
    """The way to the page of two years that follow one another."""
    return Link(say("{before} 与 {after} 年度", before=before, after=after), paths.adjacent(agency.slug, before, after))


def to_year(site: Site, number: int) -> Link:
    """The way to a reporting year's page."""
    return Link(in_year(speech(site.settings.language), number), paths.year(number))


def span(say: Speech, years: Sequence[int]) -> str:
    """The first and the last of some reporting years, in words."""
    first, last = min(years), max(years)
    return in_year(say, first) if first == last else say("{first}—{last} 年度", first=first, last=last)


def saved(site: Site, report: Report) -> str:
    """The name under which a reader keeps a file of a report, without its ending; it tells a corrected version from the first."""
    version = f"-v{report.version}" if report.version > 1 else ""
    return f"{site.agencies[report.agency].name_in(report.year)}-{report.year}{version}"


def sources(site: Site, reports: Sequence[Report]) -> str:
    """From which reports the figures of a page come; empty for none."""
    say = speech(site.settings.language)
    if not reports:
        return ""
    years = span(say, [report.year for report in reports])
    return say.plural("本页的数字取自 {years}的 {count} 份年度报告。", len(reports), years=years)


def figure_for(law: Law, report: Report, concept: str) -> Figure:
    """The report's figure for a concept key, added up where its form prints only the parts; blank where it has neither."""
    return series.point(law, report, concept).figure or BLANK


def term(law: Law, concept: str) -> tuple[str, str]:
    """What the statute calls a concept, and its gloss: the concept's own label, else the row's in the newest form that has it."""
    entry = law.concept(concept)
    if entry is not None and entry.label:
        return entry.label, entry.gloss
    form = next(form for form in reversed(law.formats) if concept in form.by_concept)
    row = form.cells[form.by_concept[concept]].row
    return row.name, row.gloss


def glossed(say: Speech, label: str, gloss: str) -> str:
    """A word of the law, in another language behind its gloss where it has one."""
    return f"{gloss} ({label})" if say.foreign and gloss else label


def file_size(count: int) -> str:
    """So many bytes in words."""
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{max(count // 1000, 1)} KB"


def selection(say: Speech) -> str:
    """What must be said of a collection that does not claim to be complete: nobody may read a gap in it as a report never published."""
    return say("本站是选录，没有收齐名录中各机关的报告；本站没有收录的，不等于没有公布。")


def statutory(site: Site) -> Site:
    """The site as paper and workbooks have it: in the statute's language alone, whatever its pages speak."""
    return replace(site, settings=replace(site.settings, language=SOURCE, languages=(SOURCE,)))


def name_of(law: Law, concept: str, say: Speech) -> str:
    """What a sentence calls a concept: the statute's word, in another language behind its gloss."""
    name, gloss = term(law, concept)
    return glossed(say, name, gloss)


def unit_of(law: Law, concept: str, say: Speech, count: Number | None = None) -> str:
    """The unit of a concept, as a page says it of so many, or in general."""
    entry = law.concept(concept)
    if entry is None:
        return ""
    return law.unit_in_english(entry.unit, count) if say.foreign else entry.unit


def column_names(law: Law, say: Speech) -> tuple[str, ...]:
    """The heads of lists of reports."""
    return tuple(name_of(law, key, say) for key in law.columns)


def listed(law: Law, report: Report) -> tuple[str, ...]:
    """A report's figures under those heads."""
    return tuple(figure_for(law, report, key).text for key in law.columns)


def glance(site: Site, report: Report, findings: Sequence[Finding], before: Sequence[Finding] = (), page: str = "") -> tuple[Glance, ...]:
    """The headline figures of a report, each with a word on last year where both are numbers, and on what contradicts it or last year's.
    `before` are the findings of last year's report, `page` is the path of the report’s page, empty on that page itself."""
    law, prior, say = site.law, site.prior(report), speech(site.settings.language)
    doubted, doubted_before = contested(findings), contested(before)
    found = []
    for key in law.headline:
        now = figure_for(law, report, key)
        if now.value is None:
            continue
        unit, (name, gloss) = unit_of(law, key, say, now.value), term(law, key)
        pair = series.pair(law, key, prior, report, unconfirmed=site.settings.unconfirmed_notes) if prior else None
        said = series.change_in_words(say, unit, *pair.numbers) if pair and pair.numbers else ""
        earlier = way(prior, key, doubted_before, paths.report(prior.agency, prior.year)) if prior and said else ""
        marks = way(report, key, doubted, page), gloss if say.foreign else "", _noted(say, report, pair), earlier
        found.append(Glance(name, plain(now.value), unit, said, *marks))
    return tuple(found)


def _noted(say: Speech, report: Report, pair: series.Pair | None) -> Link | None:
    """The way to what changed since the year before, where a difference is said in spite of it."""
    changed = caveats.caveat(say, pair.verdict) if pair and pair.numbers else ""
    if not pair or not changed:
        return None
    return Link(say("{changed}，见注", changed=changed), f"{paths.adjacent(report.agency, pair.before.year, report.year)}#notes-heading")


def in_a_sentence(glances: Sequence[Glance], say: Speech) -> str:
    """Some headline figures as one sentence without its end: `新收 107 件，办结 103 件`."""
    if say.foreign:
        return ", ".join(f"{one.gloss or one.name} {one.value}" for one in glances)
    return "，".join(f"{one.name} {one.value} {one.unit}" for one in glances)


def breakdown(law: Law, report: Report, table: Table, say: Speech) -> str:
    """The groups of a table's outcomes in words, each the sum of its rows: no form prints these sums, and a reader looks for them. As the
    law's stacked charts of that table group them; a group of which a row cannot be read has no sum."""
    said = []
    for chart in law.charts:
        if chart.kind is not ChartKind.STACKED or not chart.total or not chart.total.key.startswith(f"{table.id}."):
            continue
        for part in chart.series:
            figure = figure_for(law, report, part.key)
            if figure.state is State.UNREADABLE:
                said.append(say("{name}有无法辨认的格，不能相加", name=part.name.say(say.key)))
            elif figure.value:
                said.append(say("{name} {value}", name=part.name.say(say.key), value=plain(figure.value)))
    return say("按类相加：{parts}。", parts=say.listed(said)) if said else ""


def summary(report: Report, table: Table, say: Speech) -> str:
    """The sentence over a table, from the form's own wording; nothing where a figure it needs is no number."""
    figures = {address: figure for address, figure in report.figures.items() if address.startswith(f"{table.id}.")}
    wording = table.summary_en if say.foreign and table.summary_en else table.summary
    zero = table.summary_zero_en if say.foreign and table.summary_zero_en else table.summary_zero
    if zero and all(figure.state is State.NUMBER and figure.value == 0 for figure in figures.values()):
        return zero
    missing = False

    def value(reference: str, offset: int) -> str:
        nonlocal missing
        cell = references.resolve(report.format, f"{table.id}.{reference}")
        figure = report.figures[cell.address] if cell else BLANK
        missing = missing or figure.value is None
        return figure.text

    said, _ = references.substitute(wording, wording, value)
    return "" if missing else said
