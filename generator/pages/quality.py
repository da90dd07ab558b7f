"""The findings in the published reports: explained by agencies, noted by editors, or neither."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from generator.derive import lists, paths, words
from generator.derive.frame import frame
from generator.derive.lists import ListSection
from generator.derive.report_words import notes
from generator.derive.scores import scorecards
from generator.language.speech import speech
from generator.model.digest import digest
from generator.model.finding import Finding, Severity
from generator.model.frame import Link
from generator.model.job import Job, Part
from generator.model.report_view import Note
from generator.model.site import Site
from generator.model.transcription import By
from generator.model.view import QualityPage, QualityRow, QualityYearPage
from generator.parts.edition import Edition
from generator.parts.selection import explanations_digest

# (slug, year) → the findings in that report.
Findings = Mapping[tuple[str, int], Sequence[Finding]]
# Slug → the findings in the report of that agency for one year.
ByAgency = Mapping[str, Sequence[Finding]]
# (rule, year) → how many findings it made in that year.
Counts = Counter[tuple[str, int]]


def quality_page(
    site: Site, findings: Findings, transcribed: Collection[tuple[str, int]]
) -> QualityPage:
    """How many findings each rule made, over all years.

    `findings` has every report of the site; `transcribed` are those that editors took over.

    They are counted apart: explained by the body, noted by the editors who took the report over,
    or neither.
    """
    say = speech(site.settings.language)
    counts = _counts(findings, transcribed)
    explained = counts[By.AGENCY]
    noted = counts[By.EDITORS]
    remarks = counts[None]
    phrases = []
    if explained:
        phrases.append(say.plural("{count} 处不符由机关公开说明了原因", explained.total()))
    if noted:
        phrases.append(say.plural("{count} 处不符由编者加注", noted.total()))
    if remarks:
        phrases.append(say.plural("{count} 处提示", remarks.total()))
    summary = say.listed(phrases) or say("没有要说明的")
    sentence = say.plural("{count} 份报告：{told}。", len(findings), told=summary)
    years = [year for _, year in findings]
    return QualityPage(
        frame(site, paths.QUALITY, say("核对情况"), sentence, years=years),
        sentence,
        _years(site),
        _rows(site, explained),
        _rows(site, noted),
        _rows(site, remarks),
    )


def _counts(
    findings: Findings, transcribed: Collection[tuple[str, int]]
) -> Mapping[By | None, Counts]:
    """The findings by who explained them; None for those that nobody explained."""
    counts: dict[By | None, Counts] = {By.AGENCY: Counter(), By.EDITORS: Counter(), None: Counter()}
    for key, report_findings in findings.items():
        _, year = key
        giver = By.EDITORS if key in transcribed else By.AGENCY
        for finding in report_findings:
            author = giver if finding.explained else None
            counts[author][finding.rule, year] += 1
    return counts


def _years(site: Site) -> tuple[Link, ...]:
    say = speech(site.settings.language)
    return tuple(words.year_link(say, year, paths.quality(year)) for year in site.years)


def _rows(site: Site, counts: Counts) -> tuple[QualityRow, ...]:
    """A row for each rule that made findings."""
    say = speech(site.settings.language)
    rows = []
    for rule in sorted({rule for rule, _ in counts}):
        years = tuple(counts[rule, year] for year in site.years)
        name = site.law.rules[rule].name
        link = Link(name.say(say.language), f"{paths.RULES}#{rule}", rule)
        rows.append(QualityRow(link, years, sum(years)))
    return tuple(rows)


def quality_year_page(
    site: Site, year: int, part: ListSection, findings: ByAgency
) -> QualityYearPage:
    """The findings in one part of the reports of a year.

    Each report in which something was found stands here with all of it, also with what the page of
    the report leaves to this one. `findings` are by agency.
    """
    say = speech(site.settings.language)
    reports = tuple(_reports(site, part, findings))
    heading = say("{year} 年度报告的核对情况", year=year)
    crumbs = [Link(say("核对情况"), paths.QUALITY)]
    if part.number > 1:
        crumbs.append(Link(heading, paths.quality(year)))
        heading = say("{heading}（{part}）", heading=heading, part=part.span(say))
    values: dict[str, object] = {"year": year, "shown": len(reports)}
    if not reports:
        sentence = say("{heading}：没有说明，也没有提示。", heading=heading)
    elif part.only:
        sentence = say.plural(
            "{year} 年度 {count} 份报告中，{shown} 份有说明或提示。", part.whole, **values
        )
    else:
        values["part"] = part.span(say)
        sentence = say.plural(
            "{year} 年度 {count} 份报告的{part}中，{shown} 份有说明或提示。", part.whole, **values
        )
    path = paths.quality(year, part.number)
    years = [report.year for report in part.reports]
    return QualityYearPage(
        frame(site, path, heading, sentence, crumbs, years=years),
        sentence,
        reports,
        _years(site),
        lists.ways(site, part, year, paths.quality),
        paths.scores_file(year) if site.settings.scores and scorecards(site) else "",
    )


def _reports(
    site: Site, part: ListSection, findings: ByAgency
) -> Iterator[tuple[Link, tuple[Note, ...]]]:
    """The reports in which something was found, each with its notes."""
    for report in part.reports:
        report_notes = tuple(notes(site, report, findings[report.agency], Severity.INFO))
        if report_notes:
            yield words.title_link(site, report), report_notes


def jobs(edition: Edition) -> Iterator[Job]:
    """How many findings each rule made, and those of each year, in parts where they are many."""
    if edition.site.reports:
        yield _counted(edition)
    for year in edition.site.years:
        for part in lists.sections(edition.site, year):
            yield _of_year(edition, year, part)


def _counted(edition: Edition) -> Job:
    """How many findings each rule made in all reports."""
    findings = edition.findings_of(edition.findings)
    reports = edition.site.reports.items()
    transcribed = [key for key, report in reports if report.entered_by is By.EDITORS]
    return edition.page(
        paths.QUALITY,
        "quality.html",
        quality_page,
        edition.select.fact("years"),
        findings,
        Part.of("transcribed", transcribed),
    )


def _of_year(edition: Edition, year: int, part: ListSection) -> Job:
    """What was found in one part of a year's reports."""
    explained = replace(part, reports=tuple(report.explained for report in part.reports))
    known = edition.digests.findings
    findings = {report.agency: edition.findings[report.agency, year] for report in part.reports}
    return edition.page(
        paths.quality(year, part.number),
        "quality_year.html",
        quality_year_page,
        edition.select.fact("years").agencies("agencies", findings),
        Part.of("year", year),
        Part(
            explained,
            {
                "list": digest(part.number, part.first, part.whole),
                "explanations": explanations_digest(explained.reports),
            },
        ),
        Part(findings, {"findings": digest([(slug, known[slug, year]) for slug in findings])}),
    )
