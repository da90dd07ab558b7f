"""The files of the coverage board, and its feed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.derive import paths
from generator.derive.data.beside import coverage_lines
from generator.model.coverage import Due
from generator.model.digest import digest
from generator.model.job import Job, Part
from generator.model.site import Site
from generator.pages.coverage import NEWEST_YEARS, coverage_feed, subscriptions
from generator.parts.edition import Edition
from generator.render import feeds
from generator.render.table_files import marked_csv


def jobs(edition: Edition) -> Iterator[Job]:
    """A file for each year, and the feed of the newest."""
    for board in edition.boards:
        yield Job(paths.coverage_file(board.year), _csv, [board.part], edition.made_by)
    if subscriptions(edition):
        newest = edition.boards[:NEWEST_YEARS]
        dues = [due for board in newest for due in board.dues]
        digests = [board.part.digests["bodies"] for board in newest]
        parts = [edition.select.part(), Part(dues, {"bodies": digest(digests)})]
        yield Job(paths.COVERAGE_FEED, _feed, parts, edition.made_by)


def _csv(dues: Sequence[Due]) -> bytes:
    return marked_csv(coverage_lines(dues))


def _feed(site: Site, dues: Sequence[Due]) -> bytes:
    return feeds.atom(site.settings, coverage_feed(site, dues))
