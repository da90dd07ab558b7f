"""The command line.

Exit codes: 0 clean, 1 findings at or above fail_on (nothing new is published), 2 usage or
configuration, 3 a bug of ours, 4 published in spite of findings at or above fail_on.
"""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import NoReturn

import click

from generator import __version__
from generator.cli.building import build, serve
from generator.cli.checking import check
from generator.cli.formatting import format_files
from generator.cli.importing import import_
from generator.cli.reference import rules, schema, verify
from generator.cli.scoring import score
from generator.cli.settings import CHOICES, Settings, language, site_above
from generator.cli.verdict import BUG, USAGE
from generator.cli.wording import Spoken, machine_reason, spoken_language
from generator.cli.writing import init, new, template
from generator.files.door import Denied, settled
from generator.language.speech import ENGLISH, SOURCE
from generator.load.stated import FormatDefect
from generator.model.finding import one_line

PACKAGE = Path(__file__).parent.parent
# Errors of the machine and not of the program: no room, no permission, a broken disk, something
# else in the place of a folder.
MACHINE = frozenset(
    {
        errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO,
        errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EEXIST, errno.ENOTDIR, errno.EISDIR,
        errno.ENAMETOOLONG, errno.ENOTEMPTY, errno.EBUSY, errno.ELOOP,
    }
)  # fmt: skip


@click.group(cls=Spoken, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--root",
    type=click.Path(path_type=Path),
    help="The site's folder (default: the current one, or the one above it that is a site).",
)
@click.option(
    "--lang",
    type=click.Choice(list(CHOICES)),
    help="Language of messages (default: by locale, else Chinese).",
)
@click.version_option(
    __version__,
    "-V",
    "--version",
    message="gongkai %(version)s",
    help="Show the version and exit.",
)
@click.pass_context
def cli(context: click.Context, root: Path | None, lang: str | None) -> None:
    """政府信息公开工作年度报告：核对、排印、发布。

    Annual disclosure reports from YAML figures and Markdown to a public site.
    """
    context.obj = Settings(settled(root) if root else site_above(Path.cwd()), language(lang))


for command in (
    check,
    format_files,
    build,
    serve,
    init,
    new,
    template,
    import_,
    rules,
    schema,
    verify,
    score,
):
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
    except Denied as denied:
        click.echo(f"gongkai: {denied.text.source} / {denied.text.say(ENGLISH)}", err=True)
        sys.exit(USAGE)
    except OSError as error:
        if error.errno not in MACHINE and not _vanished(error):
            _bug(error)
        file = one_line(f"{error.filename or ''}")
        spoken = spoken_language(sys.argv[1:])
        reason = one_line(machine_reason(error, spoken))
        head = "这台机器办不到：" if spoken == SOURCE else "the machine refuses: "
        click.echo(f"gongkai: {head}{file} {reason}", err=True)
        sys.exit(USAGE)
    except Exception as error:
        _bug(error)


def _vanished(error: OSError) -> bool:
    """Whether a file or folder is gone that does not belong to the package.

    It was taken away meanwhile, or stands in a place where none can be made.
    """
    path = Path(os.fsdecode(error.filename)) if error.filename else PACKAGE
    return error.errno == errno.ENOENT and not path.is_relative_to(PACKAGE)


def _bug(error: Exception) -> NoReturn:
    """Say that it is a bug of ours; with GONGKAI_DEBUG, show where it is."""
    if os.environ.get("GONGKAI_DEBUG"):
        raise error
    reason = one_line(f"{type(error).__name__}: {error}")
    click.echo(
        f"gongkai: 程序内部错误，请报告（设 GONGKAI_DEBUG=1 可看详情）/ a bug of ours: {reason}",
        err=True,
    )
    sys.exit(BUG)
