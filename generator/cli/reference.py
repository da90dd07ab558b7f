"""`gongkai rules`, `schema` and `verify`: what the program knows, for people and editors, and whether a published copy is what it was."""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path

import click

from generator.cli.settings import Settings
from generator.verdict import FOUND


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


@click.command()
@click.argument("path", type=click.Path(path_type=Path, exists=True), metavar="DIR|PDF")
@click.pass_obj
def verify(settings: Settings, path: Path) -> None:
    """核验已发布的网站或 PDF。A published site against its manifest, a PDF against the data inside it."""
    from generator import verifying

    found = list(verifying.site(path) if path.is_dir() else verifying.pdf(path.read_bytes()))
    for one in found:
        click.echo(f"{path}: {one.say(settings.language)}")
    if found:
        sys.exit(FOUND)
    click.echo(f"{path}: {settings.say('与清单一致' if path.is_dir() else '印出的数字与所附数据一致，勾稽关系成立', 'as it was made')}")
