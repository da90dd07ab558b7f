"""The coverage board: pages, files and a feed. They depend on how each body stands, never on the day: tomorrow's build remakes nothing
unless a deadline has passed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from generator.derive import paths
from generator.derive.coverage_page import NEWEST_YEARS, coverage_feed, coverage_page, coverage_year_page, has_news, to_feed
from generator.model.coverage import Due, Standing, coverage
from generator.model.digest import digest
from generator.model.frame import Link
from generator.model.job import Job
from generator.plan.edition import Edition
from generator.render import boards, feeds


@dataclass(frozen=True)
class Board:
    """How every body stands in a year, and a digest of all that is said of it."""

    year: int
    dues: tuple[Due, ...]
    said: str

    @property
    def counts(self) -> Counter[Standing]:
        """How many bodies stand how."""
        return Counter(one.standing for one in self.dues)


def standing(edition: Edition) -> tuple[Board, ...]:
    """The boards of a site, the newest year first; the same for all languages. None where the site is a selection."""
    site, shown = edition.site, set(paths.with_page(edition.site))
    found = []
    for year in site.years if site.boards else ():
        dues = tuple(coverage(site, year, edition.today))
        lines = [(*boards.coverage_row(one), one.passed, one.agency.name_en, one.agency.slug in shown, *_why(one)) for one in dues]
        said = digest(repr(lines))  # texts and truths only: at 5,000 bodies four times as fast as one by one
        found.append(Board(year, dues, said))
    return tuple(found)


def _why(one: Due) -> tuple[str, ...]:
    """Why no report is due of a body, where none is."""
    return tuple(map(str, one.lifetime)) if one.standing is Standing.NOT_EXPECTED else ()


def subscriptions(edition: Edition, found: Sequence[Board]) -> tuple[Link, ...]:
    """The feed of the newest boards, as the pages offer it that it is about; none where it would have nothing to tell."""
    return (to_feed(edition.site),) if has_news(board.counts for board in found[:NEWEST_YEARS]) else ()


def pages(edition: Edition, found: Sequence[Board], feeds: Sequence[Link]) -> Iterator[Job]:
    """The board over the years, and one for each. `feeds` is what `subscriptions` says."""
    site, years = edition.site, digest(edition.site.years, list(feeds))
    for board in found:
        page = partial(coverage_year_page, site, board.year, board.dues, feeds)
        yield edition.page(paths.coverage(board.year), "coverage.html", page, bodies=board.said, years=years)
    if found:
        counts = {board.year: board.counts for board in found}
        said = digest([(year, sorted(counted.items())) for year, counted in counts.items()])
        yield edition.page(paths.COVERAGE, "coverage.html", partial(coverage_page, site, counts, feeds), counts=said)


def files(edition: Edition, found: Sequence[Board]) -> Iterator[Job]:
    """A file for each year, and the feed of the newest."""
    for board in found:
        inputs = {"recipe": edition.recipe, "bodies": board.said}
        yield Job(paths.coverage_file(board.year), inputs, partial(boards.coverage_csv, board.dues))
    newest = found[:NEWEST_YEARS]
    feed = partial(coverage_feed, edition.site, [one for board in newest for one in board.dues])
    if subscriptions(edition, found):
        inputs = {"recipe": edition.recipe, "frame": edition.frame, "bodies": digest([board.said for board in newest])}
        yield Job(paths.COVERAGE_FEED, inputs, lambda: feeds.atom(edition.site.settings, feed()))
