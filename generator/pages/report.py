"""The page of a report: facts, the six sections with their tables and explanations, downloads."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace

from generator.derive import (
    citation,
    corrections,
    paths,
    report_files,
    states,
    structured,
    transcription,
    words,
)
from generator.derive.frame import article, frame
from generator.derive.report_words import facts, notes_under
from generator.derive.tables import grid
from generator.language import amounts, prose, targets
from generator.language.speech import Speech, speech
from generator.model.finding import Finding
from generator.model.format import Section
from generator.model.frame import Frame, Html, Link
from generator.model.job import Job, Part
from generator.model.report import Report, SectionText
from generator.model.report_view import Download, HeldNote, ReportPage, SectionView
from generator.model.site import Site
from generator.parts.body import beside_report
from generator.parts.edition import Edition

Findings = Sequence[Finding]
Resolve = Callable[[prose.Link], str]


def report_page(
    site: Site,
    report: Report,
    findings: Findings,
    prior_findings: Findings = (),
    *,
    for_print: bool = False,
    present: Report | None = None,
) -> ReportPage:
    """The view of one report.

    `findings` are its own, `prior_findings` those of the report of the year before. With
    `for_print`, links within the site become absolute or plain text. Where the report is an earlier
    version, `present` is the one in force.
    """
    say = speech(site.settings.language)
    agency = site.agencies[report.agency]
    folder = paths.report(report.agency, report.year)
    path = folder
    if present:
        path = paths.version(report.agency, report.year, report.version)
    number = report.version if present else 0
    present = present or report
    history = corrections.steps(present)
    base_url = site.settings.base_url
    address = f"{base_url}/{path}" if base_url else ""
    names = {attachment.name for attachment in report.attachments}
    resolve = _printed(address, names) if for_print else _within(site, folder, path, names)
    glance = words.glance(site, report, findings, prior_findings)
    files = report_files.downloads(site, report, number, say)
    sections = []
    for form_section in report.format.sections:
        section = _section(site, report, form_section, findings, resolve)
        sections.append(corrections.with_corrections(section, report, history, say))
    gap = ""
    if glance and not site.prior(report):
        prior_year = report.year - 1
        gap = say("本站没有收录 {year} 年度的报告，不能与上年比较。", year=prior_year)
    return ReportPage(
        frame=_frame(site, report, path, words.in_a_sentence(glance, say), files),
        agency=words.to_agency(site, agency),
        year=report.year,
        title=words.page_title(agency, report, say),
        preface=_html(report.preface, resolve),
        notes=tuple(notes_under(site, report, "", findings)),
        facts=tuple(fact for fact in facts(site, report, present, say) if fact[1]),
        glance=glance,
        sections=tuple(sections),
        corrections=tuple(corrections.notices(report, history, say)),
        downloads=files,
        attachments=_attachments(report, folder),
        previous=_neighbour(site, report, -1),
        following=_neighbour(site, report, +1),
        compare=_compare(site, report, say),
        author=transcription.author(site, report),
        citation=citation.of_report(site, report, present, address),
        held=None if for_print else _held_note(site, report),
        changes=_changes(site, report, say),
        version=corrections.version(report, present, say),
        superseded=corrections.superseded(report, present, say),
        gap=gap,
        rollup=_rollup(site, report, say),
        rewritten=transcription.rewritten(report, say),
    )


def print_page(site: Site, report: Report, findings: Findings) -> ReportPage:
    """The view of one report as it is printed."""
    return report_page(site, report, findings, for_print=True)


def _frame(
    site: Site, report: Report, path: str, headlines: str, files: Sequence[Download]
) -> Frame:
    """The frame of a report's page; `headlines` is the sentence of its headline figures."""
    say = speech(site.settings.language)
    agency = site.agencies[report.agency]
    title = words.title(agency, report)
    heading = words.page_title(agency, report, say)
    description = title
    if headlines:
        description = say("{title}：{said}。", title=title, said=headlines)
    crumbs = words.agency_crumbs(site, agency)
    meta = article(site, report, title)
    data = structured.report(site, report, title, path, files)
    return frame(site, path, heading, description, crumbs, meta, data=data)


def _html(text: SectionText | None, resolve: Resolve) -> Html:
    if text is None:
        return Html("")
    return Html(prose.render(text.markdown, resolve=resolve))


def _attachments(report: Report, folder: str) -> tuple[Download, ...]:
    files = []
    for file in report.attachments:
        path = paths.attachment(folder, file.name)
        files.append(Download(file.name, path, amounts.file_size(file.size)))
    return tuple(files)


def _held_note(site: Site, report: Report) -> HeldNote | None:
    """Since when a newer version of the report waits, and for what; None where none does."""
    waiting = site.held.get((report.agency, report.year))
    if waiting is None:
        return None
    return words.held_note(site, waiting)


def _compare(site: Site, report: Report, say: Speech) -> Link | None:
    """The way to the comparison of all years of the agency; None where there is only one."""
    if len(site.years_by_agency[report.agency]) == 1:
        return None
    return Link(say("历年比较"), paths.compare(report.agency))


def _rollup(site: Site, report: Report, say: Speech) -> Link | None:
    """The way to the sums of the members of a government; None where nothing is added up."""
    if report.year not in site.rolled_up.get(report.agency, ()):
        return None
    return Link(say("汇总与所属机关之和"), paths.rollup(report.agency, report.year))


def _section(
    site: Site, report: Report, section: Section, findings: Findings, resolve: Resolve
) -> SectionView:
    """A section of a report: its text, and its table with what stands around it."""
    say = speech(site.settings.language)
    text = report.sections.get(section.id)
    view = SectionView(
        section.id,
        section.heading,
        _html(text, resolve),
        gloss=section.gloss.say(say.language),
        left_out=transcription.left_out(report, section.id, say),
    )
    if not section.table:
        return view
    table = report.format.table(section.table)
    return replace(
        view,
        summary=words.summary(report, table, say),
        breakdown=words.breakdown(site.law, report, table, say),
        grid=grid(report.format, table, report.figures, say.language),
        notes=tuple(notes_under(site, report, table.id, findings)),
        legend=tuple(_legend(report, table.id, say)),
    )


def _legend(report: Report, table: str, say: Speech) -> Iterator[str]:
    """What the marks in a table mean, as far as it has any, and the rows beyond the form."""
    figures = [
        figure for address, figure in report.figures.items() if address.startswith(f"{table}.")
    ]
    yield from states.legends(say, {figure.state for figure in figures})
    if any(figure.computed for figure in figures):
        yield say("带 * 的总计由各列相加得出，报告中没有填写。")
    extras = [f"{extra.label} {extra.text}" for extra in report.extras if extra.table == table]
    if extras:
        yield say("法定表以外另列：{extras}。", extras="；".join(extras))


def _neighbour(site: Site, report: Report, step: int) -> Link | None:
    """The way to the report `step` years of the agency further on; None where there is none."""
    years = site.years_by_agency[report.agency]
    index = years.index(report.year) + step
    if not 0 <= index < len(years):
        return None
    say = speech(site.settings.language)
    return words.year_link(say, years[index], paths.report(report.agency, years[index]))


def _changes(site: Site, report: Report, say: Speech) -> Link | None:
    """The way to the comparison with the report before this one; None for the first."""
    earlier = [year for year in site.years_by_agency[report.agency] if year < report.year]
    if not earlier:
        return None
    text = say("与 {year} 年度逐格比较", year=earlier[-1])
    return Link(text, paths.adjacent(report.agency, earlier[-1], report.year))


def _within(site: Site, folder: str, path: str, names: Collection[str]) -> Resolve:
    """How the links in a text are made to lead on from the page at `path`.

    They are written from the report's own folder, where its attachments have these `names`. The
    page may stand deeper, in the folder of a version. In another language it stands elsewhere,
    while the files are there only once.
    """
    to_folder = "../" * (path.count("/") - folder.count("/"))
    to_files = to_folder
    if paths.prefix(site.settings):
        to_root = "../" * (path.count("/") + 1)
        to_files = to_root + folder

    def resolve(link: prose.Link) -> str:
        target = link.target
        if prose.external(target) or target.startswith("#"):
            return target
        if attachment := targets.attachment(target, names):
            return f"{to_files}{attachment}"
        if target.startswith("../") or target.endswith("/"):
            return paths.in_full(f"{to_folder}{target}")
        return f"{to_files}{target}"

    return resolve


def _printed(address: str, names: Collection[str]) -> Resolve:
    """How the links in a printed text are made; `address` is the public one of the report.

    Links within the site become absolute, or are dropped where the site has no public address.
    Pictures are taken from beside the print page.
    """

    def resolve(link: prose.Link) -> str:
        if prose.external(link.target) or link.target.startswith("#"):
            return link.target
        target = targets.attachment(link.target, names) or link.target
        if link.image:
            return target
        return address + target if address else ""

    return resolve


def jobs(edition: Edition) -> Iterator[Job]:
    """A page for each report."""
    for report in edition.site.reports.values():
        yield _report(edition, report)


def _report(edition: Edition, report: Report) -> Job:
    """The report's page."""
    slug, year = report.agency, report.year
    selection = beside_report(edition, report).entries("held", [(slug, year)])
    prior = edition.site.reports.get((slug, year - 1))
    doubts_of_prior = Part((), {})
    if prior:
        doubts_of_prior = Part(
            edition.findings[slug, year - 1],
            {"prior findings": edition.digests.findings[slug, year - 1]},
        )
    return edition.page(
        paths.report(slug, year),
        "report.html",
        report_page,
        selection,
        edition.report(report),
        edition.findings_in(report),
        doubts_of_prior,
        texts=written_texts(report),
    )


def written_texts(report: Report) -> tuple[str, ...]:
    """What the report says in words, now and before corrections."""
    earlier = (text.before for correction in report.corrections for text in correction.rewordings)
    return (*(text.markdown for text in report.texts), *earlier)
