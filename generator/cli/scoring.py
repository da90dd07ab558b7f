"""`gongkai score`: what the scorecards that a site names come to, body by body."""

from __future__ import annotations

from datetime import date, datetime

import click

from generator.cli.settings import Settings
from generator.language.sentence import sentence


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
    from generator.cli.score_sheets import as_csv, as_json, as_text, filled_in
    from generator.derive.scores import scorecards
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
    sheets = filled_in(site, inspection.findings, year, today, slugs)
    if form == "csv":
        click.echo(as_csv(site, sheets), nl=False)
    elif form == "json":
        click.echo(as_json(site, sheets))
    else:
        click.echo(as_text(site, sheets, settings.language))
