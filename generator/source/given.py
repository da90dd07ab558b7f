"""Texts that are read as files of a site are, and come from elsewhere: a commit, an import."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.model.fair_copy import FairCopy, Outline
from generator.model.source import Node, Problem
from generator.source.nodes import parse


@dataclass(frozen=True)
class Given:
    """Files by path, for the loader."""

    by_path: Mapping[str, str]

    def text(self, path: str) -> str | Problem:
        """The text of a file; empty where it is not among them."""
        return self.by_path.get(path, "")

    def nodes(self, text: str, path: str) -> Node | None:
        """The root node of a text."""
        return parse(text, path)

    def fair_copy(self, text: str, outline: Outline, *, broken: bool) -> FairCopy:
        """The text as it stands: what nobody can edit is not mended."""
        return FairCopy(text)

    def digests(self, paths: tuple[str, ...]) -> Mapping[str, tuple[int, str] | Problem]:
        """Nothing: there are no attachments among them."""
        return {}
