"""Score sheets for people and programs: text, JSON, CSV."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from datetime import date

from generator.derive.data.beside import score_lines
from generator.derive.scores import by_report, score_sheets
from generator.language.sentence import sentence
from generator.model.coverage import Standing, coverage
from generator.model.figure import plain
from generator.model.finding import Finding, Text
from generator.model.score import ScoreLine, ScoreSheet
from generator.model.site import Site
from generator.render.table_files import marked_csv


def filled_in(
    site: Site, findings: Sequence[Finding], year: int, today: date, slugs: Collection[str] = ()
) -> list[ScoreSheet]:
    """The sheets of a year, of all bodies or of some."""
    sheets = score_sheets(site, by_report(findings), year, _missing(site, year, today))
    return [sheet for sheet in sheets if not slugs or sheet.agency in slugs]


def as_csv(site: Site, sheets: Sequence[ScoreSheet]) -> bytes:
    """A line for each item of each sheet."""
    return marked_csv(score_lines(site.agencies, sheets))


def as_json(site: Site, sheets: Sequence[ScoreSheet]) -> str:
    """A document for each sheet."""
    documents = [_document(site, sheet) for sheet in sheets]
    return json.dumps(documents, ensure_ascii=False, indent=1)


def as_text(site: Site, sheets: Sequence[ScoreSheet], language: str) -> str:
    """The sheets one below the other."""
    return "\n".join(_lines(site, sheets, language))


def _missing(site: Site, year: int, today: date) -> frozenset[str]:
    """The bodies whose report should have been there, where the site holds all of them."""
    if not site.settings.complete:
        return frozenset()
    dues = coverage(site, year, today)
    return frozenset(due.agency.slug for due in dues if due.standing is Standing.MISSING)


def _lines(site: Site, sheets: Sequence[ScoreSheet], language: str) -> Iterator[str]:
    title = ""
    for sheet in sheets:
        if title != sheet.profile.name:
            title = sheet.profile.name
            head = sentence("{title} · {year} 年度", title=title, year=sheet.year)
            yield head.say(language)
        yield ""
        yield _head(site, sheet).say(language)
        for line in sheet.lines if sheet.present else ():
            yield f"  {_points(line)}  {line.item.name}{_losses(line)}"


def _head(site: Site, sheet: ScoreSheet) -> Text:
    name = site.agencies[sheet.agency].name_in(sheet.year)
    if not sheet.present:
        return sentence(
            "{name}（{slug}）：没有这一年度的报告，不得分", name=name, slug=sheet.agency
        )
    values = {"points": plain(sheet.points), "most": plain(sheet.most), "open": plain(sheet.open)}
    if not sheet.open:
        return sentence(
            "{name}（{slug}）：{points}/{most} 分", name=name, slug=sheet.agency, **values
        )
    return sentence(
        "{name}（{slug}）：{points}/{most} 分，另有 {open} 分由人评",
        name=name,
        slug=sheet.agency,
        **values,
    )


def _points(line: ScoreLine) -> str:
    points = "—" if line.points is None else plain(line.points)
    return f"{points}/{plain(line.item.points)}".rjust(7)


def _losses(line: ScoreLine) -> str:
    """The findings by which points were lost: the rule, and how often."""
    rules = [finding.rule for finding in line.findings]
    counts = {rule: rules.count(rule) for rule in dict.fromkeys(rules)}
    losses = "、".join(f"{rule}×{count}" for rule, count in counts.items())
    return f"（{losses}）" if losses else ""


def _document(site: Site, sheet: ScoreSheet) -> dict[str, object]:
    """A sheet as JSON."""
    return {
        "scorecard": sheet.profile.name,
        "agency": sheet.agency,
        "name": site.agencies[sheet.agency].name_in(sheet.year),
        "year": sheet.year,
        "report": sheet.present,
        "points": sheet.points,
        "most": sheet.most,
        "open": sheet.open,
        "items": [
            {
                "name": line.item.name,
                "points": line.points,
                "most": line.item.points,
                "findings": [
                    {"rule": finding.rule, "message": finding.message.source, "at": str(finding.at)}
                    for finding in line.findings
                ],
            }
            for line in sheet.lines
        ],
    }
