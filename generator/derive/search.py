"""What search finds: bodies by all their names, the words of the forms, the words of reports.

The labels of the statute stand in every report of a form. They are listed once for each form
(`form_words`) and not once for each report.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from generator.derive import paths
from generator.language import prose
from generator.language.glosses import for_scripts
from generator.language.sentence import as_text, joined
from generator.language.speech import SOURCE, STYLES, code, speech
from generator.model.agency import Agency
from generator.model.digest import digest
from generator.model.finding import Finding, Text
from generator.model.law import Law
from generator.model.report import Report
from generator.model.search import Body, ReportText, Said, Shelf, SitePage
from generator.model.site import Site
from generator.model.transcription import By

# So many characters of narrative go into one bucket of a year's index, which makes it some 8 KB
# (benchmarks/search.py).
BUCKET = 1 << 13


def bodies(site: Site) -> tuple[Body, ...]:
    """Every published body, by slug."""
    return tuple(_body(site, site.agencies[slug]) for slug in paths.published(site))


def _body(site: Site, agency: Agency) -> Body:
    names = dict.fromkeys(span.value for span in reversed(agency.names))
    years: dict[str, list[int]] = {form.id: [] for form in site.law.formats}
    for report in site.of(agency.slug):
        years[report.format.id].append(report.year)
    return Body(
        agency.slug,
        agency.kind,
        tuple(names),
        tuple(map(tuple, years.values())),
        for_scripts(agency.gloss, site.settings.languages),
    )


def shelf(site: Site, year: int) -> Shelf:
    """How the full-text index of a year is divided into buckets.

    Their number is a power of two, so that it seldom changes while the year grows.
    """
    reports = site.by_year[year]
    size = sum(len(text.markdown) for report in reports for text in report.texts)
    buckets = 1 << (size // BUCKET).bit_length()
    stamp = digest([report.agency for report in reports])[:8]
    return Shelf(year, buckets, stamp)


def said(report: Report, findings: Sequence[Finding]) -> Said:
    """The words of a report.

    An explanation belongs to the tables of the findings that it answers. One that answers none is
    not shown.
    """
    answers = set()
    for finding in findings:
        if finding.explained_by is not None:
            for table in _tables(finding):
                answers.add((table, finding.explained_by))
    lines = (report.title, report.source, report.index_number)
    return Said(
        tuple(line for line in lines if line),
        report.preface,
        report.sections,
        tuple((table, _reason(report, index)) for table, index in sorted(answers)),
        report.corrections,
        report.extras,
    )


def _reason(report: Report, index: int) -> str:
    """The text of an explanation as search finds it; one by the editors is called so."""
    explanation = report.explanations[index]
    reason = f"{explanation.reason} {explanation.person}".rstrip()
    if report.entered_by is By.EDITORS:
        say = speech(SOURCE)
        return say("编者说明：{reason}", reason=reason)
    return reason


def _tables(finding: Finding) -> set[str]:
    """The tables that a finding is about; an empty name where it is about none."""
    return {cell.partition(".")[0] for cell in finding.cells} or {""}


def report_text(law: Law, name: str, report: Report, findings: Sequence[Finding]) -> ReportText:
    """A report as a hit is shown: its passages in the order of the page, and its figures.

    `name` is that of the body in the year of the report.
    """
    form = report.format
    content = said(report, findings)
    sections = {section.table: section.id for section in form.sections if section.table}
    passages: dict[str, list[str]] = {section.id: [] for section in form.sections}
    opening = list(content.lines)
    for correction in content.corrections:
        labels = [form.cells[change.cell].label for change in correction.changes]
        opening.append(" ".join([correction.reason, *labels]))
    if content.preface:
        opening.append(prose.paragraphs(content.preface.markdown))
    for key, text in content.sections.items():
        passages[key].append(prose.paragraphs(text.markdown))
    for table, reason in content.reasons:
        passage = passages[sections[table]] if table in sections else opening
        passage.append(reason)
    for extra in content.extras:
        passages[sections[extra.table]].append(f"{extra.label} {extra.text}")
    passages = {"": opening, **passages}
    form_ids = [candidate.id for candidate in law.formats]
    number_of_form = form_ids.index(form.id)
    figures: dict[int, str] = {}
    for number, address in enumerate(law.formats[number_of_form].cells):
        mark = report.figures[address].mark
        if mark != "0":
            figures[number] = mark
    return ReportText(
        name,
        number_of_form,
        tuple((key, "\n".join(lines)) for key, lines in passages.items() if lines),
        figures,
    )


def site_pages(site: Site) -> tuple[SitePage, ...]:
    """The site's own pages with their text, and every rule by its ID and name."""
    return (*_texts(site), *_rules(site.law))


def _texts(site: Site) -> Iterator[SitePage]:
    for page in site.pages.values():
        titles = _titles(as_text(page.title))
        yield SitePage(paths.text(page.slug), titles, prose.paragraphs(page.markdown))


def _rules(law: Law) -> Iterator[SitePage]:
    for rule in law.rules.values():
        titles = _titles(joined((rule.id, rule.name), " "))
        yield SitePage(f"{paths.RULES}#{rule.id}", titles)


def _titles(title: Text) -> Mapping[str, str]:
    """A title by language, as the script of the page asks for it."""
    return {code(tag): title.say(tag) for tag in STYLES}
