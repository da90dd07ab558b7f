"""What every command is given: the site's folder, the language, and how to end with a sentence."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NoReturn

import click

from generator.cli.verdict import USAGE
from generator.model.finding import one_line


class Settings:
    """What the options before the command say."""

    def __init__(self, root: Path, language: str) -> None:
        self.root = root
        self.language = language

    def say(self, zh: str, en: str) -> str:
        """One of two sentences."""
        return en if self.language == "en" else zh

    def fail(self, zh: str, en: str) -> NoReturn:
        """End with exit code 2 and a sentence."""
        click.echo(one_line(f"gongkai: {self.say(zh, en)}"), err=True)
        sys.exit(USAGE)

    def need_site(self) -> None:
        """End with a sentence where the root is no site's folder."""
        if not os.path.lexists(self.root / "site.yaml"):  # what else it may be is a finding
            self.fail(
                f"{self.root} 里没有 site.yaml，不是站点文件夹；用 gongkai init 新建",
                f"{self.root} has no site.yaml; make a site with `gongkai init`",
            )


def language(choice: str | None) -> str:
    """The language of messages: as chosen, else English in an English locale, else Chinese."""
    if choice:
        return choice
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        locale = os.environ.get(variable)
        if locale:
            return "en" if locale.startswith("en") else "zh"
    return "zh"
