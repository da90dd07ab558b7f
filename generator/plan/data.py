"""The open data: tables, each year's figures, the whole as one file and one database, and what describes them.

A year's figures are made from that year's reports; what is made of whole years takes their bytes, a piece at a time, so that one edited
report remakes its year and what is put together of the years, and nothing waits in memory (docs/decisions/0026).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain

from generator.derive import paths
from generator.derive.data import dataset, open_data
from generator.derive.data.data_page import data_page
from generator.derive.data.open_data import FileOf
from generator.derive.data.records import Records
from generator.language.speech import speech
from generator.model.dataset import FIGURES, batches
from generator.model.digest import digest
from generator.model.job import AnyJob, Job, Source, StreamJob
from generator.plan import api
from generator.plan.edition import Edition
from generator.render import sqlite, table_files
from generator.render.datapackage import Part, datapackage

LINES = 2000  # rows digested at a time


def jobs(editions: Sequence[Edition], covered: Sequence[int]) -> Iterator[AnyJob]:
    """The data once, and a page about them in every language; nothing where there is no report. `covered` are the years that have a
    coverage board."""
    if editions[0].site.reports:
        yield from Data(editions[0]).jobs(covered)
        for edition in editions:
            yield _page(edition)


class Data:
    """The plans of the data of a site, whose first language its descriptions speak."""

    def __init__(self, edition: Edition) -> None:
        self.edition, self.site = edition, edition.site
        self.say = speech(self.site.settings.language)
        self.tables = dataset.tables(self.say)
        self.records = Records(self.site, edition.findings)
        self.recipe = {"recipe": edition.recipe}

    def jobs(self, covered: Sequence[int]) -> Iterator[AnyJob]:
        """All of them, but for the pages."""
        rows = {name: digest([digest(batch) for batch in batches(self.records(name), LINES)]) for name in self.tables if name != FIGURES}
        for name, said in rows.items():
            yield StreamJob(f"{paths.DATA}{name}.csv", (), {**self.recipe, "rows": said}, partial(self._table, name))
        for year in self.site.years:
            yield from self._figures(year)
        yield from self._whole()
        yield self._database()
        yield from self._described()
        yield from api.jobs(self.edition, self.records, self.tables, rows, covered)

    def _table(self, name: str, _: Sequence[Source]) -> Iterator[bytes]:
        return table_files.table_csv(self.tables[name].names, self.records(name))

    def _figures(self, year: int) -> Iterator[StreamJob]:
        reports = self.site.by_year[year]
        names = [(one.agency, self.site.agencies[one.agency].name_in(year), one.format) for one in reports]
        figures = [self.edition.figures[one.agency, year] for one in reports]
        table, inputs = self.tables[FIGURES], {**self.recipe, "figures": digest(figures), "names": digest(names)}
        plain = paths.figures(year)
        yield StreamJob(plain, (), inputs, lambda _: table_files.table_csv(table.names, self.records(FIGURES, year)))
        yield StreamJob(paths.figures(year, "-excel.csv"), (plain,), self.recipe, table_files.with_mark)
        if self.site.settings.parquet:
            from generator.render.parquet import parquet, version

            columns = {**inputs, "parquet": version()}
            yield StreamJob(paths.figures(year, ".parquet"), (), columns, lambda _: parquet(table, self.records(FIGURES, year)))

    def _whole(self) -> Iterator[StreamJob]:
        """All years in one file: files of gzip behind each other are one, so an edited year is all that is packed again."""
        inputs = {**self.recipe, "zlib": zlib.ZLIB_RUNTIME_VERSION}
        parts = {year: paths.figures(year, ".part") for year in sorted(self.site.years)}
        for year, part in parts.items():
            yield StreamJob(part, (paths.figures(year),), inputs, _packed_lines, public=False)
        head = table_files.head(self.tables[FIGURES].names)

        def whole(sources: Sequence[Source]) -> Iterator[bytes]:
            return chain(table_files.packed([head]), *(source.pieces() for source in sources))

        yield StreamJob(open_data.WHOLE, tuple(parts.values()), inputs, whole)

    def _database(self) -> StreamJob:
        """All tables again, made from the same rows as the files that it is keyed by."""
        sources = (*(f"{paths.DATA}{name}.csv" for name in self.tables if name != FIGURES), *map(paths.figures, self.site.years))
        inputs = {**self.recipe, "sqlite": sqlite.VERSION}
        return StreamJob(open_data.DATABASE, sources, inputs, lambda _: sqlite.database(self.tables, self.records, self.site.years))

    def _described(self) -> Iterator[AnyJob]:
        """What says what the data are: for programs, and as a text in every language of the site."""
        site = self.site
        said = open_data.described(site, self.say), open_data.origin(self.say), open_data.edition(site)
        stated = digest(site.settings, site.years, said, bool(site.rolled_up))
        parts = [self._part(one) for one in open_data.files(site, self.tables)]

        def package(sources: Sequence[Source]) -> Iterator[bytes]:
            yield datapackage(site.settings, *said, list(zip(parts, sources, strict=True)))

        sources = tuple(f"{paths.DATA}{part.path}" for part in parts)
        yield StreamJob(open_data.PACKAGE, sources, {**self.recipe, "stated": stated}, package)
        yield Job(open_data.README, {**self.recipe, "stated": stated}, self._readme)

    def _part(self, one: FileOf) -> Part:
        """A file as the package describes it."""
        title = open_data.about_file(one, self.tables, self.say)
        said = self.say("{year} 年度的数字：{about}", year=one.year, about=title) if one.year else title
        return Part(one.path.removeprefix(paths.DATA), one.name, said, self.tables.get(one.table))

    def _readme(self) -> bytes:
        told = (
            open_data.readme(replace(self.site, settings=self.site.settings.said_in(tag)), speech(tag), dataset.tables(speech(tag)))
            for tag in self.site.settings.languages
        )
        return "\n".join("\n".join(lines) for lines in told).encode()


def _packed_lines(sources: Sequence[Source]) -> Iterator[bytes]:
    return table_files.packed(table_files.below_head(sources[0].pieces()))


def _page(edition: Edition) -> StreamJob:
    """The page about the data, which says how large each file is."""
    site = edition.site
    files = [one.path for one in open_data.files(site, dataset.tables(speech(site.settings.language)))]
    counts, about = [(year, len(site.by_year[year])) for year in site.years], open_data.about(site, speech(site.settings.language))
    stated = digest(counts, about, bool(site.rolled_up))

    def view(sources: Sequence[Source]) -> Iterator[bytes]:
        yield edition.templates.render("data.html", data_page(site, dict(zip(files, sources, strict=True)))).encode()

    return StreamJob(edition.file(paths.DATA), tuple(files), edition.inputs("data.html", stated=stated), view)
