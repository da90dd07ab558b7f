"""`gongkai check`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

import click

from generator import console
from generator.cli.settings import Settings
from generator.model.figure import plain
from generator.model.finding import Finding
from generator.verdict import NotThere, code, within


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json", "sarif", "github"]), default="text", help="How findings are printed.")
@click.option("--fail-on", type=click.Choice(["error", "warning"]), help="From which severity the exit code is 1.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day that counts as today.")
@click.option(
    "--published",
    type=click.Path(path_type=Path, file_okay=False),
    help="A built site: what changed since? (default: public/)",
)
@click.option("--fix", is_flag=True, help="Write each repair that is the only one; then check again.")
@click.pass_obj
def check(
    settings: Settings, paths: Sequence[Path], form: str, fail_on: str | None, as_of: datetime | None, published: Path | None, fix: bool
) -> None:
    """核对报告。Validate; PATHS limit what is reported, not what is read."""
    from generator import pipeline
    from generator.mending import mend
    from generator.reports import as_github, as_sarif

    settings.need_site()
    if published is not None and not (published / "manifest.json").is_file():
        settings.fail(f"{published} 里没有 manifest.json，不是生成的网站", f"{published} has no manifest.json: not a built site")
    inspect = partial(pipeline.inspect, settings.root, as_of.date() if as_of else None, published=published or settings.root / "public")
    inspection = inspect()
    findings = _asked(settings, inspection.findings, paths)
    if fix:
        mended = mend(settings.root, inspection.site, findings)
        for one in mended:
            left = (
                ""
                if one.written
                else settings.say("（这一格没有单独写出，请手工改）", " (not a cell of its own in the file: change it by hand)")
            )
            click.echo(f"{one.at}: {one.fix.label} {plain(one.fix.before)} → {plain(one.fix.after)}{left}", err=True)
        if any(one.written for one in mended):
            inspection = inspect()
            findings = _asked(settings, inspection.findings, paths)
    reports = inspection.reports
    if form == "json":
        click.echo(console.as_json(findings, reports, settings.language))
    elif form == "sarif":
        click.echo(as_sarif(findings, inspection.site.law, settings.language))
    elif form == "github":
        click.echo(as_github(findings, settings.language))
    else:
        listed = [finding for finding in findings if not finding.explained]  # what is explained is counted below
        if listed:
            click.echo(console.as_text(listed, settings.root, settings.language))
        click.echo(console.counted(findings, reports, settings.language))
    sys.exit(code(findings, fail_on or inspection.site.settings.fail_on))


def _asked(settings: Settings, findings: Sequence[Finding], paths: Sequence[Path]) -> list[Finding]:
    try:
        return within(settings.root, findings, paths)
    except NotThere as missing:
        settings.fail(*missing.text)
