"""`gongkai import`."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli import console
from generator.cli.settings import Settings
from generator.cli.verdict import code

if TYPE_CHECKING:
    from generator.importing.tidy import Imported


@click.command("import")
@click.argument(
    "files",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE…",
)
@click.option("--agency", default="", metavar="SLUG", help="The agency whose report it is.")
@click.option("--year", type=click.IntRange(2000, 2099), help="The reporting year.")
@click.option(
    "--write",
    is_flag=True,
    help="Write report.yaml into the site; one that is there is never touched.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How the result is printed.",
)
@click.pass_obj
def import_(
    settings: Settings, files: Sequence[Path], agency: str, year: int | None, write: bool, form: str
) -> None:
    """从开放数据的 CSV 导入报告。A report from a figures.csv or tables.csv, as a report.yaml.

    It is printed, or written into the site.
    """
    from generator.importing.tidy import Unclear, read
    from generator.inspection import law_of

    if write:
        settings.need_site()
    law, _ = law_of(settings.root)
    worst = 0
    for file in files:
        if file.suffix.lower() != ".csv":
            settings.fail(
                f"{file.name}：目前只能导入 CSV（数据页的 figures.csv，或报告页的 tables.csv）",
                f"{file.name}: only CSV is taken today "
                "(a figures.csv of the data, or a tables.csv beside a report)",
            )
        try:
            imported = read(file, law, agency, year or 0)
        except Unclear as unclear:
            settings.fail(unclear.text)
        if imported.findings:
            click.echo(console.as_text(imported.findings, file.parent, settings.language), err=True)
        if form == "json":
            click.echo(_document(imported, settings.language))
        else:
            click.echo(imported.yaml, nl=False)
        if write and not imported.findings:
            click.echo(_write(settings, imported), err=True)
        worst = max(worst, code(imported.findings, "error"))
    sys.exit(worst)


def _write(settings: Settings, imported: Imported) -> Path:
    """Write the report.yaml into the site; its path.

    Ends with a sentence where there is one already, or no such agency.
    """
    folder = settings.root / "content" / "agencies" / imported.agency
    if not (folder / "agency.yaml").is_file():
        settings.fail(
            f"没有“{imported.agency}”这个机关，请先 gongkai new agency {imported.agency}",
            f"there is no agency “{imported.agency}”; first gongkai new agency {imported.agency}",
        )
    path = folder / str(imported.year) / "report.yaml"
    if path.exists():
        settings.fail(f"{path} 已经存在，不会覆盖", f"{path} exists and is not overwritten")
    path.parent.mkdir(exist_ok=True)
    path.write_text(imported.yaml, "utf-8")
    return path


def _document(imported: Imported, language: str) -> str:
    """The result as JSON; a CSV holds no texts, so the sections are empty."""
    figures = {
        address: {
            "state": figure.state.value,
            "value": float(figure.value) if isinstance(figure.value, Decimal) else figure.value,
            "raw": figure.raw,
            "line": figure.at.line if figure.at else None,
        }
        for address, figure in imported.figures.items()
    }
    document = {
        "agency": imported.agency or None,
        "year": imported.year or None,
        "format": imported.form.id if imported.form else None,
        "figures": figures,
        "sections": {},
        "findings": json.loads(console.as_json(imported.findings, 1, language))["findings"],
    }
    return json.dumps(document, ensure_ascii=False, indent=1)
