"""`gongkai init` and `gongkai new`."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from generator.cli.bodies import body
from generator.cli.settings import Settings
from generator.model.figure import Number

YEARS = click.IntRange(2000, 2099)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--ci",
    "host",
    type=click.Choice(["github", "gitlab", "gitee"]),
    default="github",
    show_default=True,
    help="Where the repository is hosted: whose CI files to write.",
)
@click.pass_obj
def init(settings: Settings, folder: Path, host: str) -> None:
    """新建一个站点。A new site with one example agency."""
    from generator.scaffold import Refused, new_site

    try:
        new_site(folder, host)
    except Refused as refused:
        settings.fail(refused.text)
    sentence = settings.say(
        f"已建好。下一步：cd {folder} && gongkai check，它会告诉您先填什么",
        f"done. Next: cd {folder} && gongkai check, which says what to fill in first",
    )
    click.echo(sentence)


@click.group()
def new() -> None:
    """新建机关或报告。Scaffold an agency or a report."""


@new.command("agency")
@click.argument("slug")
@click.option("--name", default="", help="The agency's name.")
@click.pass_obj
def new_agency(settings: Settings, slug: str, name: str) -> None:
    """新建机关。A new agency."""
    from generator import scaffold

    _write(settings, lambda: scaffold.new_agency(settings.root, slug, name))


@new.command("report")
@click.argument("agency", required=False)
@click.argument("year", type=YEARS, required=False)
@click.option(
    "--all",
    "every",
    type=YEARS,
    metavar="YEAR",
    help="For every agency that owes a report for this year.",
)
@click.pass_obj
def new_report(settings: Settings, agency: str | None, year: int | None, every: int | None) -> None:
    """新建报告，上年结转等从上一年带入。A new report, pre-filled from last year.

    AGENCY is its folder, its name or a part of its name.
    """
    from generator import scaffold
    from generator.inspection import inspect

    settings.need_site()
    if every is not None and agency is None:
        owing = scaffold.owing(settings.root, inspect(settings.root).site, every)
        if not owing:
            click.echo(
                settings.say(
                    f"没有机关还缺 {every} 年度的报告", f"no agency owes a report for {every}"
                )
            )
        _write(settings, lambda: scaffold.new_reports(settings.root, owing, every))
        return
    if agency is None or year is None or every is not None:
        settings.fail(
            "请写机关和年度，如 gongkai new report 农业农村局 2025；"
            "给每个还缺的机关：gongkai new report --all 2025",
            "name an agency and a year, as in gongkai new report SLUG 2025; "
            "for every one that owes: gongkai new report --all 2025",
        )
    slug = body(settings, inspect(settings.root).site.agencies, agency).slug
    _write(settings, lambda: scaffold.new_reports(settings.root, [slug], year))


@click.command()
@click.option("--year", type=YEARS, required=True, help="The reporting year.")
@click.option("--agency", default="", help="The agency that fills it in.")
@click.option(
    "--output", type=click.Path(path_type=Path), help="Where to (default: a name of its own)."
)
@click.pass_obj
def template(settings: Settings, year: int, agency: str, output: Path | None) -> None:
    """把法定表做成 Excel 工作簿，填好后用 gongkai import 读回。The form as a workbook to fill in.

    With an agency, what last year's report settles is filled in.
    """
    from generator.derive.data.template import form_workbook
    from generator.inspection import inspect, law_of
    from generator.language.numerals import decode
    from generator.language.speech import SOURCE, speech
    from generator.render.xlsx import form_bytes
    from generator.scaffold import opening_texts

    law, _ = law_of(settings.root)
    form = law.format_for(year)
    if form is None:
        settings.fail(f"{year} 年度没有法定格式可用", f"no form is known for {year}")
    name = slug = ""
    opening: dict[str, Number] = {}
    if agency:
        settings.need_site()
        site = inspect(settings.root).site
        chosen = body(settings, site.agencies, agency)
        slug = chosen.slug
        name = chosen.name_in(year)
        texts = opening_texts(law, form, year, site.reports.get((slug, year - 1)))
        values = {address: decode(text).value for address, text in texts.items()}
        opening = {address: value for address, value in values.items() if value is not None}
    target = output or Path(f"{slug or form.id}-{year}.xlsx")
    if os.path.lexists(target):
        settings.fail(f"{target} 已经存在，不会覆盖", f"{target} exists")
    book = form_workbook(law, form, name, year, opening, speech(SOURCE))
    target.write_bytes(form_bytes(book))
    click.echo(target)


def _write(settings: Settings, make: Callable[[], Sequence[Path]]) -> None:
    """Make files of the site and print their paths; a sentence where they cannot be made."""
    from generator.scaffold import Refused

    settings.need_site()
    try:
        paths = make()
    except Refused as refused:
        settings.fail(refused.text)
    for path in paths:
        click.echo(path)
