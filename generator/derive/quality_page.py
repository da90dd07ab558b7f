"""What the checks found in the published reports: what agencies explained, what the site's editors noted, and what nobody explained."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from generator.derive import lists, paths, words
from generator.derive.frame import frame
from generator.derive.lists import Part
from generator.derive.report_page import notes
from generator.language.speech import speech
from generator.model.finding import Finding, Severity
from generator.model.frame import Link
from generator.model.site import Site
from generator.model.transcription import By
from generator.model.view import QualityPage, QualityRow, QualityYearPage

Found = Mapping[tuple[str, int], Sequence[Finding]]


def quality_page(site: Site, findings: Found) -> QualityPage:
    """Over all years: how often each rule spoke up, explained by the body, noted by the editors who took the report over, or neither."""
    say = speech(site.settings.language)
    counted: dict[By | None, Counter[tuple[str, int]]] = {by: Counter() for by in (*By, None)}
    for key, found in findings.items():
        for finding in found:
            by = site.reports[key].entered_by if finding.explained else None
            counted[by][finding.rule, key[1]] += 1
    explained, noted, remarks = counted[By.AGENCY], counted[By.EDITORS], counted[None]
    parts = (
        (explained, say.plural("{count} 处不符由机关公开说明了原因", explained.total())),
        (noted, say.plural("{count} 处不符由编者加注", noted.total())),
        (remarks, say.plural("{count} 处提示", remarks.total())),
    )
    told = say.listed(said for counter, said in parts if counter) or say("没有要说明的")
    sentence = say.plural("{count} 份报告：{told}。", len(site.reports), told=told)
    return QualityPage(
        frame(site, paths.QUALITY, say("核对情况"), sentence, reports=tuple(site.reports.values())),
        sentence,
        tuple(Link(words.in_year(say, year), paths.quality(year)) for year in site.years),
        _rows(site, explained),
        _rows(site, noted),
        _rows(site, remarks),
    )


def _rows(site: Site, counted: Counter[tuple[str, int]]) -> tuple[QualityRow, ...]:
    say = speech(site.settings.language)
    rows = []
    for rule in sorted({rule for rule, _ in counted}):
        years = tuple(counted[rule, year] for year in site.years)
        rows.append(QualityRow(Link(site.law.rules[rule].name.say(say.key), f"{paths.RULES}#{rule}", rule), years, sum(years)))
    return tuple(rows)


def quality_year_page(site: Site, year: int, part: Part, findings: Mapping[str, Sequence[Finding]]) -> QualityYearPage:
    """Of one part of a year's reports: each about which something was found, with all of it, also what the report's own page leaves to
    this one. `findings` are by agency."""
    say = speech(site.settings.language)
    told = [(words.title_link(site, report), tuple(notes(site, report, findings[report.agency], Severity.INFO))) for report in part.reports]
    shown = tuple((link, said) for link, said in told if said)
    heading = say("{year} 年度报告的核对情况", year=year)
    crumbs = [Link(say("核对情况"), paths.QUALITY)]
    if part.number > 1:
        crumbs.append(Link(heading, paths.quality(year)))
        heading = say("{heading}（{part}）", heading=heading, part=part.span(say))
    counts: dict[str, object] = {"year": year, "shown": len(shown)}
    if not shown:
        sentence = say("{heading}：没有说明，也没有提示。", heading=heading)
    elif part.only:
        sentence = say.plural("{year} 年度 {count} 份报告中，{shown} 份有说明或提示。", part.whole, **counts)
    else:
        counts["part"] = part.span(say)
        sentence = say.plural("{year} 年度 {count} 份报告的{part}中，{shown} 份有说明或提示。", part.whole, **counts)
    return QualityYearPage(
        frame(site, paths.quality(year, part.number), heading, sentence, crumbs, reports=part.reports),
        sentence,
        shown,
        tuple(Link(words.in_year(say, number), paths.quality(number)) for number in site.years),
        lists.ways(site, year, paths.quality),
    )
