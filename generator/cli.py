"""The command line. Exit codes: 0 clean, 1 findings at or above fail_on, 2 usage or configuration, 3 a bug of ours."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn

import click

from generator import __version__, console, workers
from generator.load.formats import FormatDefect
from generator.model.figure import plain
from generator.model.finding import Finding, Severity
from generator.verdict import BUG, FOUND, USAGE, NotThere, code, within


class Settings:
    """What the options before the command say."""

    def __init__(self, root: Path, language: str) -> None:
        self.root, self.language = root, language

    def say(self, zh: str, en: str) -> str:
        """One of two sentences."""
        return en if self.language == "en" else zh

    def fail(self, zh: str, en: str) -> NoReturn:
        """End with exit code 2 and a sentence."""
        click.echo(f"gongkai: {self.say(zh, en)}", err=True)
        sys.exit(USAGE)


def _language(given: str | None) -> str:
    """The language of messages: as asked, else English in an English locale, else Chinese."""
    if given:
        return given
    name = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "en" if name.startswith("en") else "zh"


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--root", type=click.Path(path_type=Path), default=Path(), help="The site's folder (default: the current one).")
@click.option("--lang", type=click.Choice(["zh", "en"]), help="Language of messages (default: by locale, else Chinese).")
@click.version_option(__version__, prog_name="gongkai")
@click.pass_context
def cli(context: click.Context, root: Path, lang: str | None) -> None:
    """政府信息公开工作年度报告：核对、排印、发布。

    Annual disclosure reports from YAML figures and Markdown to a public site.
    """
    context.obj = Settings(root.resolve(), _language(lang))


@cli.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json", "sarif", "github"]), default="text", help="How findings are printed.")
@click.option("--fail-on", type=click.Choice(["error", "warning"]), help="From which severity the exit code is 1.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day that counts as today.")
@click.option("--fix", is_flag=True, help="Write each repair that is the only one; then check again.")
@click.pass_obj
def check(settings: Settings, paths: Sequence[Path], form: str, fail_on: str | None, as_of: datetime | None, fix: bool) -> None:
    """核对报告。Validate; PATHS limit what is reported, not what is read."""
    from generator.mending import mend
    from generator.pipeline import inspect
    from generator.reports import as_github, as_sarif

    _need_site(settings)
    inspection = inspect(settings.root, as_of.date() if as_of else None)
    findings = _asked(settings, inspection.findings, paths)
    if fix:
        mended = mend(settings.root, inspection.site, findings)
        for one in mended:
            left = (
                ""
                if one.written
                else settings.say("（这一格没有单独写出，请手工改）", " (not a cell of its own in the file: change it by hand)")
            )
            click.echo(f"{one.at}: {one.fix.label} {plain(one.fix.before)} → {plain(one.fix.after)}{left}", err=True)
        if any(one.written for one in mended):
            inspection = inspect(settings.root, as_of.date() if as_of else None)
            findings = _asked(settings, inspection.findings, paths)
    reports = inspection.reports
    if form == "json":
        click.echo(console.as_json(findings, reports, settings.language))
    elif form == "sarif":
        click.echo(as_sarif(findings, inspection.site.law, settings.language))
    elif form == "github":
        click.echo(as_github(findings, settings.language))
    else:
        if findings:
            click.echo(console.as_text(findings, settings.root, settings.language))
        click.echo(console.counted(findings, reports, settings.language))
    sys.exit(code(findings, fail_on or inspection.site.settings.fail_on))


@cli.command()
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

    _need_site(settings)
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
    for slug, year in outcome.held:
        click.echo(settings.say(f"暂缓发布：{slug}/{year}，网站上仍是上一次核对无误的版本", f"held back: {slug}/{year}"), err=True)
    click.echo(_said(settings, target, len(outcome.made), len(outcome.written), outcome.kept, len(outcome.removed)))
    if why is not None:
        if not (target / why).is_file():
            settings.fail(f"网站里没有 {why}", f"the site has no {why}")
        moved = outcome.reasons.get(why)
        click.echo(f"{why}: " + (", ".join(moved) if moved else settings.say("没有变化", "did not change")))
    sys.exit(code(outcome.findings, outcome.fail_on))


def _said(settings: Settings, target: Path, made: int, written: int, kept: int, removed: int) -> str:
    if not made and not written and not removed:
        return settings.say(f"没有变化：{kept} 个文件都是最新的（{target}）", f"nothing to do: all {kept} files are up to date ({target})")
    zh = f"生成 {made} 个，写入 {written} 个，未变 {kept} 个，删去 {removed} 个文件：{target}"
    return settings.say(zh, f"made {made}, wrote {written}, kept {kept}, removed {removed} files: {target}")


@cli.command()
@click.option("--host", default="127.0.0.1", help="The address to listen on.")
@click.option("--port", default=8000, type=click.IntRange(1, 65535), help="The port to listen on.")
@click.pass_obj
def serve(settings: Settings, host: str, port: int) -> None:
    """本机预览，保存即刷新。Build without PDFs, watch, reload."""
    from generator.serve import Preview

    _need_site(settings)
    try:
        Preview(settings.root, settings.language).run(host, port)
    except OSError as error:
        settings.fail(
            f"不能在 {host}:{port} 预览：{error.strerror}；可用 --port 换一个端口", f"cannot listen on {host}:{port}: {error.strerror}"
        )


@cli.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.pass_obj
def init(settings: Settings, folder: Path) -> None:
    """新建一个站点。A new site with one example agency."""
    from generator.scaffold import Refused, new_site

    try:
        new_site(folder)
    except Refused as refused:
        settings.fail(*refused.text)
    click.echo(settings.say(f"已建好。下一步：cd {folder} && gongkai build", f"done. Next: cd {folder} && gongkai build"))


@cli.group()
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
@click.argument("slug")
@click.argument("year", type=click.IntRange(2000, 2099))
@click.pass_obj
def new_report(settings: Settings, slug: str, year: int) -> None:
    """新建报告，上年结转等从上一年带入。A new report, pre-filled from last year."""
    from generator import scaffold

    _write(settings, lambda: scaffold.new_report(settings.root, slug, year))


def _write(settings: Settings, make: Callable[[], Sequence[Path]]) -> None:
    from generator.scaffold import Refused

    _need_site(settings)
    try:
        made = make()
    except Refused as refused:
        settings.fail(*refused.text)
    for path in made:
        click.echo(path)


def _asked(settings: Settings, findings: Sequence[Finding], paths: Sequence[Path]) -> list[Finding]:
    try:
        return within(settings.root, findings, paths)
    except NotThere as missing:
        settings.fail(*missing.text)


def _need_site(settings: Settings) -> None:
    if not (settings.root / "site.yaml").is_file():
        settings.fail(
            f"{settings.root} 里没有 site.yaml，不是站点文件夹；用 gongkai init 新建",
            f"{settings.root} has no site.yaml; make a site with `gongkai init`",
        )


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
