"""`gongkai build` and `gongkai serve`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.build import workers
from generator.cli import console
from generator.cli.settings import Settings
from generator.cli.verdict import FOUND, PUBLISHED, code
from generator.files.door import settled
from generator.model.downloads import ReportFile
from generator.model.finding import Severity

if TYPE_CHECKING:
    from generator.pipeline import Outcome

# What a site is read from, and what belongs to git and to us: nothing is published into it.
SOURCES = frozenset({"content", "templates", "themes", "formats", ".git", ".cache", ".schemas"})


@click.command()
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    help="Where to (default: public/ in the site's folder).",
)
@click.option("--no-pdf", is_flag=True, help="Leave out the PDFs.")
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    help="Processes that make pages and PDFs (default: one for each core).",
)
@click.option(
    "--executor", "address", help="Address of a Dask scheduler that makes the PDFs instead."
)
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day that counts as today.")
@click.option("--why", help="Say which input made this output be made again.")
@click.pass_obj
def build(
    settings: Settings,
    output: Path | None,
    no_pdf: bool,
    jobs: int | None,
    address: str | None,
    as_of: datetime | None,
    why: str | None,
) -> None:
    """核对并生成网站。Validate, then build.

    A build that findings stop leaves the published site as it was.
    """
    from generator.build.publish import NotOurs
    from generator.build.store import Busy
    from generator.pipeline import Options, build

    settings.need_site()
    target = _target(settings, output)
    bar = console.Bar(settings.language)
    today = as_of.date() if as_of else date.today()
    processes = jobs or workers.cores()
    options = Options(target, not no_pdf, today, progress=bar, processes=processes)
    try:
        outcome = build(settings.root, options, lambda: workers.executor(jobs, address))
    except NotOurs:
        settings.fail(
            f"{target} 里有不是本程序生成的文件，不会覆盖；请换一个空文件夹",
            f"{target} holds files we did not make; choose an empty folder",
        )
    except workers.NoDask:
        settings.fail(
            "没有安装 dask：pip install 'gongkai[dask]'",
            "dask is not installed: pip install 'gongkai[dask]'",
        )
    except Busy:
        settings.fail("另一个生成过程正在进行", "another build of this site is at work")
    finally:
        bar.close()
    findings = [finding for finding in outcome.findings if finding.severity is not Severity.INFO]
    if findings:
        click.echo(console.as_text(findings, settings.root, settings.language), err=True)
    if outcome.blocked:
        click.echo(
            settings.say(
                "未生成：请先改正以上问题；已发布的网站没有变动",
                "not built: see above; the published site is as it was",
            ),
            err=True,
        )
        sys.exit(max(FOUND, code(outcome.findings, outcome.fail_on)))
    _tell_waiting(settings, target, outcome.held)
    click.echo(_summary(settings, target, outcome))
    if why is not None:
        if not (target / why).is_file():
            settings.fail(f"网站里没有 {why}", f"the site has no {why}")
        changed_inputs = outcome.reasons.get(why) or [settings.say("没有变化", "did not change")]
        click.echo(f"{why}: {', '.join(changed_inputs)}")
    verdict = code(outcome.findings, outcome.fail_on, published=True)
    if verdict == PUBLISHED:
        click.echo(
            settings.say(
                "已发布，但以上问题还没有改正（退出码 4）",
                "published in spite of the findings above (exit code 4)",
            ),
            err=True,
        )
    sys.exit(verdict)


def _tell_waiting(settings: Settings, target: Path, reports: Sequence[tuple[str, int]]) -> None:
    """Print the reports whose newest version is held back, and what the site shows instead."""
    for slug, year in reports:
        if (target / "agencies" / slug / str(year) / ReportFile.CSV).is_file():
            zh = "网站上仍是上一次核对无误的版本"
            en = "the site keeps its last good version"
        else:
            zh = "还没有过核对无误的版本，网站上只写明正在核对"
            en = "it never had a good version; the site says it is being checked"
        click.echo(
            settings.say(f"暂缓发布：{slug}/{year}，{zh}", f"held back: {slug}/{year}; {en}"),
            err=True,
        )


def _summary(settings: Settings, target: Path, outcome: Outcome) -> str:
    """How many files were made, written, left as they were and removed, in a sentence."""
    count = outcome.kept
    if not outcome.made and not outcome.written and not outcome.removed:
        return settings.say(
            f"没有变化：{count} 个文件都是最新的（{target}）",
            f"nothing to do: all {count} files are up to date ({target})",
        )
    made_count = len(outcome.made)
    written_count = len(outcome.written)
    removed_count = len(outcome.removed)
    return settings.say(
        f"生成 {made_count} 个，写入 {written_count} 个，未变 {count} 个，"
        f"删去 {removed_count} 个文件：{target}",
        f"made {made_count}, wrote {written_count}, kept {count}, "
        f"removed {removed_count} files: {target}",
    )


@click.command()
@click.option("--host", default="127.0.0.1", help="The address to listen on.")
@click.option("--port", default=8000, type=click.IntRange(1, 65535), help="The port to listen on.")
@click.pass_obj
def serve(settings: Settings, host: str, port: int) -> None:
    """本机预览，保存即刷新。Build, watch, reload; a PDF is made when it is asked for."""
    from generator.cli.preview import Preview

    settings.need_site()
    try:
        Preview(settings.root, settings.language).run(host, port)
    except OSError as error:
        settings.fail(
            f"不能在 {host}:{port} 预览：{error.strerror}；可用 --port 换一个端口",
            f"cannot listen on {host}:{port}: {error.strerror}",
        )


def _target(settings: Settings, output: Path | None) -> Path:
    """Where the site is built to.

    Ends with a sentence where that is, or lies in, what the site is read from.
    """
    target = settled(output or settings.root / "public")
    if target.is_relative_to(settings.root):
        [source, *_] = (*target.relative_to(settings.root).parts, "")
        if source in SOURCES:
            settings.fail(
                f"{target} 在站点自己的 {source} 里，不能生成到那里；请换一个文件夹",
                f"{target} lies in {source}, which the site is read from; choose another folder",
            )
    return target
