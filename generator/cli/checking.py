"""`gongkai check`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli import console
from generator.cli.settings import Settings
from generator.cli.verdict import NotThere, code, within
from generator.model.figure import plain
from generator.model.finding import Finding

if TYPE_CHECKING:
    from generator.cli.mending import Mended


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif", "github"]),
    default="text",
    help="How findings are printed.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning"]),
    help="From which severity the exit code is 1.",
)
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day that counts as today.")
@click.option(
    "--published",
    type=click.Path(path_type=Path, file_okay=False),
    help="A built site: what changed since? (default: public/)",
)
@click.option(
    "--fix", is_flag=True, help="Write each repair that is the only one; then check again."
)
@click.pass_obj
def check(
    settings: Settings,
    paths: Sequence[Path],
    form: str,
    fail_on: str | None,
    as_of: datetime | None,
    published: Path | None,
    fix: bool,
) -> None:
    """核对报告。Validate; PATHS limit what is reported, not what is read."""
    from generator.cli.finding_reports import as_github, as_sarif
    from generator.cli.mending import mend
    from generator.inspection import inspect

    settings.need_site()
    if published is not None and not (published / "manifest.json").is_file():
        settings.fail(
            f"{published} 里没有 manifest.json，不是生成的网站",
            f"{published} has no manifest.json: not a built site",
        )
    inspect_site = partial(
        inspect,
        settings.root,
        as_of.date() if as_of else None,
        published=published or settings.root / "public",
    )
    inspection = inspect_site()
    findings = _within(settings, inspection.findings, paths)
    if fix:
        repairs = mend(settings.root, inspection.site, findings)
        for repair in repairs:
            _tell_repair(settings, repair)
        if any(repair.written for repair in repairs):
            inspection = inspect_site()
            findings = _within(settings, inspection.findings, paths)
    reports = inspection.reports
    if form == "json":
        click.echo(console.as_json(findings, reports, settings.language))
    elif form == "sarif":
        click.echo(as_sarif(findings, inspection.site.law, settings.language))
    elif form == "github":
        click.echo(as_github(findings, settings.language))
    else:
        # What is explained is only counted.
        unexplained = [finding for finding in findings if not finding.explained]
        if unexplained:
            click.echo(console.as_text(unexplained, settings.root, settings.language))
        click.echo(console.counted(findings, reports, settings.language))
    sys.exit(code(findings, fail_on or inspection.site.settings.fail_on))


def _tell_repair(settings: Settings, repair: Mended) -> None:
    """Print a repair: the cell, its figure before and after, whether it must be made by hand."""
    remark = ""
    if not repair.written:
        remark = settings.say(
            "（这一格没有单独写出，请手工改）",
            " (not a cell of its own in the file: change it by hand)",
        )
    fix = repair.fix
    sentence = f"{repair.at}: {fix.label} {plain(fix.before)} → {plain(fix.after)}{remark}"
    click.echo(sentence, err=True)


def _within(
    settings: Settings, findings: Sequence[Finding], paths: Sequence[Path]
) -> list[Finding]:
    """The findings in the paths that were named.

    Ends with a sentence where there is no such path.
    """
    try:
        return within(settings.root, findings, paths)
    except NotThere as missing:
        settings.fail(missing.text)
