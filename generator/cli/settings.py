"""What every command is given: the site's folder, the language, and how to end with a sentence."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NoReturn

import click

from generator.cli.verdict import USAGE
from generator.language.sentence import sentence
from generator.language.speech import SOURCE, STYLES
from generator.model.finding import Text, one_line


class Settings:
    """What the options before the command say."""

    def __init__(self, root: Path, language: str) -> None:
        self.root = root
        self.language = language

    def say(self, text: Text | str, english: str = "") -> str:
        """A sentence in the language of messages; a pair is one in Chinese and in English."""
        if isinstance(text, Text):
            return text.say(self.language)
        return text if self.language == SOURCE else english

    def fail(self, text: Text | str, english: str = "") -> NoReturn:
        """End with exit code 2 and a sentence."""
        click.echo(one_line(f"gongkai: {self.say(text, english)}"), err=True)
        sys.exit(USAGE)

    def need_site(self) -> None:
        """End with a sentence where the root is no site's folder."""
        if not os.path.lexists(self.root / "site.yaml"):  # what else it may be is a finding
            message = sentence(
                "{folder} 里没有 site.yaml，不是站点文件夹；用 gongkai init 新建", folder=self.root
            )
            self.fail(message)


# What `--lang` takes: the tag of a language; Chinese in short.
CHOICES = {"zh" if tag == SOURCE else tag: tag for tag in STYLES}


def site_above(folder: Path) -> Path:
    """The folder of the site that a folder is part of; the folder itself where it is of none."""
    above = (folder, *folder.parents)
    return next((place for place in above if os.path.lexists(place / "site.yaml")), folder)


def language(choice: str | None) -> str:
    """The tag of the language of messages: as chosen, else that of the locale, else Chinese."""
    if choice:
        return CHOICES[choice]
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        locale = os.environ.get(variable)
        if locale:
            return next((tag for word, tag in CHOICES.items() if locale.startswith(word)), SOURCE)
    return SOURCE
