"""The open data: tables, each year's figures, the whole as one file and one database, and what
describes them.

A year's figures are made from that year's reports; what is made of whole years takes their bytes, a
piece at a time, so that one edited report remakes its year and what is put together of the years,
and nothing waits in memory (docs/decisions/0026).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain

from generator.derive import paths
from generator.derive.data import dataset, open_data
from generator.derive.data.dataset import Records
from generator.derive.data.report_tables import Findings
from generator.language.speech import speech
from generator.model.dataset import FIGURES, DataTable
from generator.model.job import AnyJob, Job, Part, Source, StreamJob
from generator.model.settings import Settings
from generator.model.site import Site
from generator.parts.edition import Edition
from generator.plan import api
from generator.render import datapackage, sqlite, table_files

NO_FINDINGS: Findings = {}


def jobs(edition: Edition) -> Iterator[AnyJob]:
    """The data, described in the first language of the site; nothing where there is no report."""
    if not edition.site.reports:
        return
    say = speech(edition.site.settings.language)
    tables = dataset.tables(say)
    for name, table in tables.items():
        if name != FIGURES:
            yield _table(edition, table)
    for year in edition.site.years:
        yield from _figures(edition, tables[FIGURES], year)
    yield from _whole(edition, tables[FIGURES])
    yield _database(edition, tables)
    yield _package(edition, tables)
    yield Job(open_data.README, str.encode, [Part.of("text", _readme(edition.site))])
    yield from api.jobs(edition, tables)


def _holding(edition: Edition, table: str) -> tuple[Part, Part]:
    """What the rows of a table come from: of the site, and the findings in its reports."""
    selection = edition.select
    findings = Part(NO_FINDINGS, {})
    if table == "agencies":
        selection.every_agency().fact("has_page")
    elif table not in ("concepts", "dictionary", "rules"):
        selection.every_agency().every_record()
    if table == "findings":
        findings = edition.findings_of(edition.findings)
    return selection.part(), findings


def _table(edition: Edition, table: DataTable) -> StreamJob:
    parts = [Part.of("columns", table.names), *_holding(edition, table.name)]
    path = f"{paths.DATA}{table.name}.csv"
    return StreamJob(path, (), partial(_table_csv, table.name), parts, edition.made_by)


def _table_csv(
    name: str, _: Sequence[Source], columns: Sequence[str], site: Site, findings: Findings
) -> Iterator[bytes]:
    return table_files.table_csv(columns, Records(site, findings)(name))


def _figures(edition: Edition, table: DataTable, year: int) -> Iterator[StreamJob]:
    made_by = edition.made_by
    figures = edition.select.figures_of_year(year).part()
    parts = [Part.of("columns", table), Part.of("year", year), figures]
    plain = paths.figures(year)
    yield StreamJob(plain, (), _figures_csv, parts, made_by)
    yield StreamJob(paths.figures(year, "-excel.csv"), (plain,), table_files.with_mark, [], made_by)
    if edition.site.settings.parquet:
        from generator.render.parquet import version

        made_by = {**made_by, "parquet": version()}
        yield StreamJob(paths.figures(year, ".parquet"), (), _figures_parquet, parts, made_by)


def _figures_csv(_: Sequence[Source], table: DataTable, year: int, site: Site) -> Iterator[bytes]:
    return table_files.table_csv(table.names, Records(site, NO_FINDINGS)(FIGURES, year))


def _figures_parquet(
    _: Sequence[Source], table: DataTable, year: int, site: Site
) -> Iterator[bytes]:
    from generator.render.parquet import parquet

    return parquet(table, Records(site, NO_FINDINGS)(FIGURES, year))


def _whole(edition: Edition, table: DataTable) -> Iterator[StreamJob]:
    """All years in one file: files of gzip behind each other are one, so an edited year is all that
    is packed again.
    """
    made_by = {**edition.made_by, "zlib": zlib.ZLIB_RUNTIME_VERSION}
    packed = {year: paths.figures(year, ".part") for year in sorted(edition.site.years)}
    for year, path in packed.items():
        yield StreamJob(path, (paths.figures(year),), _packed_lines, [], made_by, public=False)
    columns = Part.of("columns", table.names)
    yield StreamJob(open_data.WHOLE, tuple(packed.values()), _all_years, [columns], made_by)


def _packed_lines(sources: Sequence[Source]) -> Iterator[bytes]:
    return table_files.packed(table_files.below_head(sources[0].pieces()))


def _all_years(sources: Sequence[Source], columns: Sequence[str]) -> Iterator[bytes]:
    head = table_files.packed([table_files.head(columns)])
    return chain(head, *(source.pieces() for source in sources))


def _database(edition: Edition, tables: Mapping[str, DataTable]) -> StreamJob:
    """All tables again."""
    parts = [
        Part.of("tables", dict(tables)),
        edition.select.all_data().part(),
        edition.findings_of(edition.findings),
    ]
    made_by = {**edition.made_by, "sqlite": sqlite.VERSION}
    return StreamJob(open_data.DATABASE, (), _sqlite, parts, made_by)


def _sqlite(
    _: Sequence[Source], tables: Mapping[str, DataTable], site: Site, findings: Findings
) -> Iterator[bytes]:
    return sqlite.database(tables, Records(site, findings), site.years)


def _package(edition: Edition, tables: Mapping[str, DataTable]) -> StreamJob:
    """What says for programs what the data are."""
    site = edition.site
    say = speech(site.settings.language)
    stated = (open_data.described(site, say), open_data.origin(say), open_data.edition(site))
    described = []
    for file in open_data.files(site, tables):
        title = open_data.about_file(file, tables, say)
        if file.year:
            title = say("{year} 年度的数字：{about}", year=file.year, about=title)
        path = file.path.removeprefix(paths.DATA)
        described.append(datapackage.PackageFile(path, file.name, title, tables.get(file.table)))
    return StreamJob(
        open_data.PACKAGE,
        tuple(f"{paths.DATA}{part.path}" for part in described),
        _datapackage,
        [
            Part.of("settings", site.settings),
            Part.of("stated", stated),
            Part.of("described", described),
        ],
        edition.made_by,
    )


def _datapackage(
    sources: Sequence[Source],
    settings: Settings,
    stated: tuple[str, str, str],
    described: Sequence[datapackage.PackageFile],
) -> Iterator[bytes]:
    files = list(zip(described, sources, strict=True))
    yield datapackage.datapackage(settings, *stated, files)


def _readme(site: Site) -> str:
    """What the data are as a text in every language of the site."""
    texts = []
    for tag in site.settings.languages:
        in_language = replace(site, settings=site.settings.said_in(tag))
        lines = open_data.readme(in_language, speech(tag), dataset.tables(speech(tag)))
        texts.append("\n".join(lines))
    return "\n".join(texts)
