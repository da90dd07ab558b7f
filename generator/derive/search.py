"""What search finds: bodies by all their names, the words that every report of a form prints, and what a report says in its own words.

Statutory labels stand in every report of a form, so they are listed once for each form (`form_words`) and not once for each report.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from generator.derive import paths
from generator.language import prose
from generator.language.speech import SOURCE, speech
from generator.model.agency import Agency
from generator.model.digest import digest
from generator.model.finding import Finding
from generator.model.law import Law
from generator.model.report import Explanation, Report
from generator.model.search import Body, ReportText, Said, Shelf, SitePage
from generator.model.site import Site
from generator.model.transcription import By

# So many characters of narrative go into one bucket of a year's index, which makes it some 8 KB (benchmarks/search.py).
BUCKET = 1 << 13


def bodies(site: Site) -> tuple[Body, ...]:
    """Every published body, by slug."""
    return tuple(_body(site, site.agencies[slug]) for slug in paths.published(site))


def _body(site: Site, agency: Agency) -> Body:
    names = tuple(dict.fromkeys(span.value for span in reversed(agency.names)))
    reports = site.of(agency.slug)
    years = tuple(tuple(report.year for report in reports if report.format.id == form.id) for form in site.law.formats)
    return Body(agency.slug, agency.kind, names, years, agency.name_en)


def shelf(site: Site, year: int) -> Shelf:
    """How the full-text index of a year is cut up. A power of two, so that a year seldom changes it while it grows."""
    reports = site.by_year[year]
    size = sum(len(text.markdown) for report in reports for text in report.texts)
    return Shelf(year, 1 << (size // BUCKET).bit_length(), digest([report.agency for report in reports])[:8])


def said(report: Report, findings: Sequence[Finding]) -> Said:
    """The words of a report. An explanation belongs to the tables of the findings that it answers; one that answers none is not shown."""
    answers = {(table, one.explained_by) for one in findings if one.explained_by is not None for table in _tables(one)}
    reasons = [(table, report.explanations[index]) for table, index in sorted(answers)]
    return Said(
        tuple(line for line in (report.title, report.source, report.index_number) if line),
        report.preface,
        report.sections,
        tuple((table, _reason(report, one)) for table, one in reasons),
        report.corrections,
        report.extras,
    )


def _reason(report: Report, one: Explanation) -> str:
    """An explanation as it is found: the editors' says that it is theirs."""
    words, say = f"{one.reason} {one.person}".rstrip(), speech(SOURCE)
    return say("编者说明：{reason}", reason=words) if report.entered_by is By.EDITORS else words


def _tables(finding: Finding) -> set[str]:
    return {cell.partition(".")[0] for cell in finding.cells} or {""}


def report_text(law: Law, agency: Agency, report: Report, findings: Sequence[Finding]) -> ReportText:
    """A report as a hit is shown: its passages in the order of the page, and its figures."""
    words = said(report, findings)
    tables = {section.table: section.id for section in report.format.sections if section.table}
    passages: dict[str, list[str]] = {"": list(words.lines), **{section.id: [] for section in report.format.sections}}
    for correction in words.corrections:
        labels = [report.format.cells[change.cell].label for change in correction.changes]
        passages[""].append(" ".join([correction.reason, *labels]))
    if words.preface:
        passages[""].append(prose.paragraphs(words.preface.markdown))
    for key, text in words.sections.items():
        passages[key].append(prose.paragraphs(text.markdown))
    for table, reason in words.reasons:
        passages[tables.get(table, "")].append(reason)
    for extra in words.extras:
        passages[tables[extra.table]].append(f"{extra.label} {extra.text}")
    figures = (report.figures[address].mark for address in report.format.cells)
    return ReportText(
        agency.name_in(report.year),
        [form.id for form in law.formats].index(report.format.id),
        tuple((key, "\n".join(lines)) for key, lines in passages.items() if lines),
        {number: mark for number, mark in enumerate(figures) if mark != "0"},
    )


def site_pages(site: Site) -> tuple[SitePage, ...]:
    """The site's own pages with their text, and every rule by its ID and name."""
    return (*_texts(site), *_rules(site.law))


def _texts(site: Site) -> Iterator[SitePage]:
    for page in site.pages.values():
        yield SitePage(paths.text(page.slug), _titles(page.title, page.title), prose.paragraphs(page.markdown))


def _rules(law: Law) -> Iterator[SitePage]:
    for rule in law.rules.values():
        yield SitePage(f"{paths.RULES}#{rule.id}", _titles(f"{rule.id} {rule.name.zh}", f"{rule.id} {rule.name.en}"))


def _titles(zh: str, en: str) -> Mapping[str, str]:
    return {"zh": zh, "en": en}
