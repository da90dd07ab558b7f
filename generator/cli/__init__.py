"""The command line. Exit codes: 0 clean, 1 findings at or above fail_on, 2 usage or configuration, 3 a bug of ours."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from generator import __version__
from generator.cli.building import build, serve
from generator.cli.checking import check
from generator.cli.importing import import_
from generator.cli.reference import rules, schema, verify
from generator.cli.settings import Settings, language
from generator.cli.writing import init, new
from generator.load.stated import FormatDefect
from generator.verdict import BUG, USAGE


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--root", type=click.Path(path_type=Path), default=Path(), help="The site's folder (default: the current one).")
@click.option("--lang", type=click.Choice(["zh", "en"]), help="Language of messages (default: by locale, else Chinese).")
@click.version_option(__version__, prog_name="gongkai")
@click.pass_context
def cli(context: click.Context, root: Path, lang: str | None) -> None:
    """政府信息公开工作年度报告：核对、排印、发布。

    Annual disclosure reports from YAML figures and Markdown to a public site.
    """
    context.obj = Settings(root.resolve(), language(lang))


for command in (check, build, serve, init, new, import_, rules, schema, verify):
    cli.add_command(command)


def main() -> None:
    """Run the command; anything unforeseen is our bug and says so."""
    try:
        cli()
    except (KeyboardInterrupt, BrokenPipeError):
        sys.exit(130)
    except FormatDefect as defect:
        click.echo(f"gongkai: 格式文件有误 / a defect of a form: {defect}", err=True)
        sys.exit(USAGE)
    except Exception as error:
        if os.environ.get("GONGKAI_DEBUG"):
            raise
        click.echo(
            f"gongkai: 程序内部错误，请报告（设 GONGKAI_DEBUG=1 可看详情）/ a bug of ours: {type(error).__name__}: {error}", err=True
        )
        sys.exit(BUG)
