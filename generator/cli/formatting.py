"""`gongkai fmt`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.settings import Settings
from generator.cli.verdict import CLEAN, FOUND, NotThere, meant
from generator.language.sentence import plural, sentence
from generator.model.finding import Text

if TYPE_CHECKING:
    from generator.cli.tidying import Tidied


@click.command("fmt")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--check", is_flag=True, help="Write nothing; exit code 1 where something would be.")
@click.option("--diff", is_flag=True, help="Write nothing; print the difference.")
@click.pass_obj
def format_files(settings: Settings, paths: Sequence[Path], check: bool, diff: bool) -> None:
    """整理写法，不改数字。Put layout and spelling of PATHS right; no figure changes."""
    settings.need_site()
    files = tidy_files(settings, paths, write=not (check or diff))
    for file in files:
        click.echo(file.path)
        for line in () if check and not diff else described(settings, file):
            click.echo(line)
    click.echo(_summary(files, is_written=not (check or diff)).say(settings.language))
    sys.exit(FOUND if check and files else CLEAN)


def tidy_files(settings: Settings, paths: Sequence[Path], *, write: bool) -> Sequence[Tidied]:
    """The files that are not as they should be; with `write` they are put right.

    Ends with a sentence where a path is not there.
    """
    from generator.cli import tidying

    try:
        is_meant = meant(settings.root, paths)
    except NotThere as missing:
        settings.fail(missing.text)
    files = list(tidying.untidy(settings.root, is_meant))
    for file in files if write else ():
        tidying.write(settings.root, file)
    return files


def described(settings: Settings, file: Tidied) -> Sequence[str]:
    """What changes in a file: its encoding, and its lines as they were and as they become."""
    lines = [line for line in file.difference() if not line.startswith(("---", "+++"))]
    encoding = ENCODINGS.get(file.encoding)
    return [*([encoding.say(settings.language)] if encoding else ()), *lines]


ENCODINGS = {
    "gbk": sentence("由 GBK 转为 UTF-8"),
    "utf16": sentence("由 UTF-16 转为 UTF-8"),
}


def _summary(files: Sequence[Tidied], *, is_written: bool) -> Text:
    if not files:
        return sentence("写法都对，没有要改的")
    count = len(files)
    if is_written:
        return plural("改好了 {count} 个文件；数字没有动", count)
    return plural("有 {count} 个文件要改；运行 gongkai fmt 即改", count)
