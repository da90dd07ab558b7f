"""`gongkai rules`, `schema` and `verify`.

What the program checks by, for people and editors; and whether a published copy is unchanged.
"""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path

import click

from generator.cli.settings import Settings
from generator.cli.verdict import FOUND
from generator.files.door import NotTaken, named
from generator.language.sentence import sentence
from generator.model.finding import one_line

LARGEST = 1_000_000_000  # bytes of a PDF


@click.command()
@click.argument("rule", required=False, metavar="[ID]")
@click.option(
    "--markdown",
    "as_markdown",
    is_flag=True,
    help="The whole manual as Markdown, in Chinese, as it ships.",
)
@click.pass_obj
def rules(settings: Settings, rule: str | None, as_markdown: bool) -> None:
    """规则目录；给出编号时是这条规则的说明。The rule catalogue, or the manual entry of one rule."""
    from generator.cli import manual
    from generator.inspection import read_law
    from generator.language import labels

    if as_markdown:
        click.echo(manual.markdown(read_law()), nl=False)
        return
    law = manual.site_law(settings.root)
    if rule is None:
        click.echo(manual.listed(law, settings.language))
        return
    rule_id = unicodedata.normalize("NFKC", rule).strip().upper()
    if rule_id not in law.rules:
        near = labels.nearest(rule_id, law.rules)
        if near:
            message = sentence(
                "没有规则 {rule}，是不是 {near}？（gongkai rules 列出全部规则）",
                rule=rule,
                near=near,
            )
        else:
            message = sentence("没有规则 {rule}（gongkai rules 列出全部规则）", rule=rule)
        settings.fail(message)
    click.echo(manual.entry(law.rules[rule_id], law, settings.language))


@click.command()
@click.argument(
    "folder", required=False, type=click.Path(path_type=Path, file_okay=False), metavar="[DIR]"
)
@click.pass_obj
def schema(settings: Settings, folder: Path | None) -> None:
    """把 JSON Schema 写进 .schemas/，供编辑器使用。Write the JSON Schemas that editors go by.

    They are written into .schemas/ of the site, or into DIR.
    """
    from generator.schema import FOLDER, write

    if folder is None:
        settings.need_site()
        folder = settings.root / FOLDER
    for path in write(folder, settings.root):
        click.echo(path)


@click.command()
@click.argument("path", type=click.Path(path_type=Path, exists=True), metavar="DIR|PDF")
@click.pass_obj
def verify(settings: Settings, path: Path) -> None:
    """核验已发布的网站或 PDF。Check a published site against its manifest, or a PDF.

    A PDF is checked against the data inside it.
    """
    from generator.cli import verifying

    try:
        if path.is_dir():
            differences = list(verifying.site(path))
            agreement = sentence("与清单一致")
        else:
            differences = list(verifying.pdf(named(path, LARGEST)))
            agreement = sentence("印出的数字与所附数据一致，勾稽关系成立")
    except NotTaken:
        settings.fail(sentence("{path} 不是普通文件，或太大", path=path))
    for difference in differences:
        click.echo(one_line(f"{path}: {difference.say(settings.language)}"))
    if differences:
        sys.exit(FOUND)
    click.echo(f"{path}: {settings.say(agreement)}")
