"""`gongkai rules` and `gongkai schema`: what the program knows, to read and for editors."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import click

from generator.cli.settings import Settings


@click.command()
@click.argument("rule", required=False, metavar="[ID]")
@click.option("--markdown", "as_markdown", is_flag=True, help="The whole manual as Markdown, in Chinese, as it ships.")
@click.pass_obj
def rules(settings: Settings, rule: str | None, as_markdown: bool) -> None:
    """规则目录；给出编号时是这条规则的说明。The rule catalogue, or the manual entry of one rule."""
    from generator import manual
    from generator.language import labels
    from generator.pipeline import read_law

    if as_markdown:
        click.echo(manual.markdown(read_law()), nl=False)
        return
    law = manual.site_law(settings.root)
    if rule is None:
        click.echo(manual.listed(law, settings.language))
        return
    wanted = unicodedata.normalize("NFKC", rule).strip().upper()
    if wanted not in law.rules:
        near = labels.nearest(wanted, law.rules)
        zh = f"没有规则 {rule}" + (f"，是不是 {near}？" if near else "") + "（gongkai rules 列出全部规则）"
        en = f"no rule {rule}" + (f"; did you mean {near}?" if near else "") + " (`gongkai rules` lists all)"
        settings.fail(zh, en)
    click.echo(manual.entry(law.rules[wanted], law, settings.language))


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path, file_okay=False), metavar="[DIR]")
@click.pass_obj
def schema(settings: Settings, folder: Path | None) -> None:
    """把 JSON Schema 写进 .schemas/，供编辑器使用。Write the JSON Schemas that editors go by into .schemas/ of the site, or DIR."""
    from generator.schema import FOLDER, write

    if folder is None:
        settings.need_site()
        folder = settings.root / FOLDER
    for path in write(folder):
        click.echo(path)
