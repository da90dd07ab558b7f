"""The text files of a site, each with the names that it knows."""

from __future__ import annotations

from collections.abc import Iterator

from generator.load import agency, settings
from generator.load.report import outline_of
from generator.model.fair_copy import Outline
from generator.model.law import Law
from generator.model.source import Tree


def outline_for(tree: Tree, law: Law) -> Iterator[tuple[str, Outline | None]]:
    """The path of each text file and its outline; None for a file that is no YAML."""
    if tree.settings:
        yield tree.settings, settings.OUTLINE
    for body in tree.agencies:
        if body.agency:
            yield body.agency, agency.OUTLINE
        for report in body.reports:
            if report.figures:
                yield report.figures, outline_of(law.format_for(report.year))
            if report.narrative:
                yield report.narrative, None
    for page in tree.pages:
        yield page, None
