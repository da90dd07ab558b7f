"""`gongkai score`: what the scorecards that a site names come to, body by body."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime

import click

from generator.cli.settings import Settings
from generator.derive.data.beside import score_lines
from generator.derive.scores import by_report, score_sheets, scorecards
from generator.language.sentence import sentence
from generator.model.coverage import Standing, coverage
from generator.model.figure import plain
from generator.model.finding import Text
from generator.model.score import ScoreLine, ScoreSheet
from generator.model.site import Site
from generator.render.table_files import marked_csv


@click.command()
@click.argument("year", type=int, required=False)
@click.option("--agency", "slugs", multiple=True, help="The folder of a body (may be repeated).")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    help="How the sheets are printed.",
)
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day that counts as today.")
@click.pass_obj
def score(
    settings: Settings, year: int | None, slugs: tuple[str, ...], form: str, as_of: datetime | None
) -> None:
    """照评分表打分。Fill in the scorecards that site.yaml names, for a year's reports."""
    from generator.inspection import inspect

    settings.need_site()
    today = as_of.date() if as_of else date.today()
    inspection = inspect(settings.root, today)
    site = inspection.site
    if not scorecards(site):
        message = sentence(
            "site.yaml 的“地方要求”没有指明评分表；随程序提供一个示例：地方要求: [scorecard]"
        )
        settings.fail(message)
    if year is None:
        year = max(site.years, default=today.year - 1)
    for slug in slugs:
        if slug not in site.agencies:
            message = sentence("没有这个机关的文件夹：{slug}", slug=slug)
            settings.fail(message)
    missing = _missing(site, year, today)
    findings = by_report(inspection.findings)
    sheets = [
        sheet
        for sheet in score_sheets(site, findings, year, missing)
        if not slugs or sheet.agency in slugs
    ]
    if form == "csv":
        click.echo(marked_csv(score_lines(site.agencies, sheets)), nl=False)
    elif form == "json":
        documents = [_document(site, sheet) for sheet in sheets]
        click.echo(json.dumps(documents, ensure_ascii=False, indent=1))
    else:
        for line in _text(site, sheets, settings.language):
            click.echo(line)


def _missing(site: Site, year: int, today: date) -> frozenset[str]:
    """The bodies whose report should have been there, where the site holds all of them."""
    if not site.settings.complete:
        return frozenset()
    dues = coverage(site, year, today)
    return frozenset(due.agency.slug for due in dues if due.standing is Standing.MISSING)


def _text(site: Site, sheets: Sequence[ScoreSheet], language: str) -> Iterator[str]:
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
