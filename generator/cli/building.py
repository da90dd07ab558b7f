"""`gongkai build` and `gongkai serve`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import click

from generator import console, workers
from generator.cli.settings import Settings
from generator.model.finding import Severity
from generator.verdict import FOUND, code


@click.command()
@click.option("--output", type=click.Path(path_type=Path), help="Where to (default: public/ in the site's folder).")
@click.option("--no-pdf", is_flag=True, help="Leave out the PDFs.")
@click.option("--jobs", type=click.IntRange(1, 64), help="Processes that make PDFs (default: one for each core).")
@click.option("--executor", "address", help="Address of a Dask scheduler that makes the PDFs instead.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day that counts as today.")
@click.option("--why", help="Say which input made this output be made again.")
@click.pass_obj
def build(
    settings: Settings, output: Path | None, no_pdf: bool, jobs: int | None, address: str | None, as_of: datetime | None, why: str | None
) -> None:
    """核对并生成网站。Validate, then build; a build that findings stop leaves the published site as it was."""
    from generator.build.publish import NotOurs
    from generator.build.store import Busy
    from generator.pipeline import Options, build

    settings.need_site()
    target = (output or settings.root / "public").resolve()
    bar = console.Bar(settings.language)
    options = Options(target, pdf=not no_pdf, today=as_of.date() if as_of else date.today(), progress=bar)
    try:
        outcome = build(settings.root, options, lambda: workers.executor(jobs, address))
    except NotOurs:
        settings.fail(
            f"{target} 里有不是本程序生成的文件，不会覆盖；请换一个空文件夹",
            f"{target} holds files we did not make; choose an empty folder",
        )
    except workers.NoDask:
        settings.fail("没有安装 dask：pip install 'gongkai[dask]'", "dask is not installed: pip install 'gongkai[dask]'")
    except Busy:
        settings.fail("另一个生成过程正在进行", "another build of this site is at work")
    finally:
        bar.close()
    shown = [finding for finding in outcome.findings if finding.severity is not Severity.INFO]
    if shown:
        click.echo(console.as_text(shown, settings.root, settings.language), err=True)
    if outcome.blocked:
        click.echo(
            settings.say("未生成：请先改正以上问题；已发布的网站没有变动", "not built: see above; the published site is as it was"),
            err=True,
        )
        sys.exit(max(FOUND, code(outcome.findings, outcome.fail_on)))
    _say_held(settings, target, outcome.held)
    click.echo(_said(settings, target, len(outcome.made), len(outcome.written), outcome.kept, len(outcome.removed)))
    if why is not None:
        if not (target / why).is_file():
            settings.fail(f"网站里没有 {why}", f"the site has no {why}")
        moved = outcome.reasons.get(why)
        click.echo(f"{why}: " + (", ".join(moved) if moved else settings.say("没有变化", "did not change")))
    sys.exit(code(outcome.findings, outcome.fail_on))


def _say_held(settings: Settings, target: Path, held: Sequence[tuple[str, int]]) -> None:
    for slug, year in held:
        there = (target / "agencies" / slug / str(year) / "tables.csv").is_file()
        zh = "网站上仍是上一次核对无误的版本" if there else "还没有过核对无误的版本，网站上只写明正在核对"
        en = "the site keeps its last good version" if there else "it never had a good version; the site says it is being checked"
        click.echo(settings.say(f"暂缓发布：{slug}/{year}，{zh}", f"held back: {slug}/{year}; {en}"), err=True)


def _said(settings: Settings, target: Path, made: int, written: int, kept: int, removed: int) -> str:
    if not made and not written and not removed:
        return settings.say(f"没有变化：{kept} 个文件都是最新的（{target}）", f"nothing to do: all {kept} files are up to date ({target})")
    zh = f"生成 {made} 个，写入 {written} 个，未变 {kept} 个，删去 {removed} 个文件：{target}"
    return settings.say(zh, f"made {made}, wrote {written}, kept {kept}, removed {removed} files: {target}")


@click.command()
@click.option("--host", default="127.0.0.1", help="The address to listen on.")
@click.option("--port", default=8000, type=click.IntRange(1, 65535), help="The port to listen on.")
@click.pass_obj
def serve(settings: Settings, host: str, port: int) -> None:
    """本机预览，保存即刷新。Build, watch, reload; a PDF is made when it is asked for."""
    from generator.serve import Preview

    settings.need_site()
    try:
        Preview(settings.root, settings.language).run(host, port)
    except OSError as error:
        settings.fail(
            f"不能在 {host}:{port} 预览：{error.strerror}；可用 --port 换一个端口", f"cannot listen on {host}:{port}: {error.strerror}"
        )
