"""What every command is given: the site's folder, the language, and how to end with a sentence."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NoReturn

import click

from generator.verdict import USAGE


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

    def need_site(self) -> None:
        """End with a sentence where the root is no site's folder."""
        if not (self.root / "site.yaml").is_file():
            self.fail(
                f"{self.root} 里没有 site.yaml，不是站点文件夹；用 gongkai init 新建",
                f"{self.root} has no site.yaml; make a site with `gongkai init`",
            )


def language(given: str | None) -> str:
    """The language of messages: as asked, else English in an English locale, else Chinese."""
    if given:
        return given
    name = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "en" if name.startswith("en") else "zh"
