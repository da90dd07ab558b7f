"""The page about the open data, with a dictionary of what the figures mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from generator.derive import paths, structured, words
from generator.derive.data import dataset, open_data
from generator.derive.data.law_tables import told_shifts
from generator.derive.data.open_data import FileOf
from generator.derive.frame import frame
from generator.language import amounts
from generator.language.glosses import unit_name
from generator.language.speech import Speech, speech
from generator.model.data_view import DataFile, DataGroup, DataPage, Meaning
from generator.model.dataset import FIGURES, DataTable
from generator.model.format import AS_REPORTED, Cell, Format
from generator.model.frame import Link
from generator.model.job import Part, Source, StreamJob
from generator.model.site import Site
from generator.parts.edition import Edition


def data_page(
    site: Site,
    sources: Mapping[str, Source],
    sentence: str,
    query: str,
    counts: Mapping[int, int],
    tables: Sequence[DataTable],
) -> DataPage:
    """The view; `sources` has every file of the data by its path, with its size and digest.

    `sentence` is what the data are, `query` one that the database can be asked, `counts` has how
    many reports each year has, `tables` are those whose columns are described.
    """
    say = speech(site.settings.language)
    licence = site.settings.licence
    licence_name = licence.get("name") or open_data.unlicensed(site, say)
    title = say("开放数据")
    description = structured.dataset(site, title, sentence, sources)
    return DataPage(
        frame=frame(site, paths.DATA, title, sentence, data=description),
        sentence=sentence,
        citation=open_data.citation(site, say),
        licence=Link(licence_name, licence.get("url", "")),
        cautions=open_data.cautions(say),
        selecting=open_data.selecting(say),
        query=query,
        groups=tuple(_groups(site, say, sources, counts)),
        tables=tuple(tables),
        dictionary=tuple(dictionary(site, say)),
    )


def _groups(
    site: Site, say: Speech, sources: Mapping[str, Source], counts: Mapping[int, int]
) -> Iterator[DataGroup]:
    tables = dataset.tables(say)
    yearly: dict[int, list[DataFile]] = {year: [] for year in site.years}
    complete = []
    others = []
    for file in open_data.files(site, tables):
        entry = _file(file, open_data.about_file(file, tables, say), sources)
        if file.year:
            yearly[file.year].append(entry)
        elif file.table in {"", FIGURES}:
            complete.append(entry)
        else:
            others.append(entry)
    complete += [
        DataFile("datapackage.json", open_data.PACKAGE, open_data.packaged(say), "", ""),
        DataFile("README.md", open_data.README, say("文字说明"), "", ""),
        DataFile("v1/index.json", f"{paths.API}index.json", open_data.interface(say), "", ""),
    ]
    yield DataGroup("whole", say("全部"), tuple(complete))
    described: list[DataFile] = []
    for year, files in yearly.items():
        described += _yearly(say, year, counts[year], files)
    yield DataGroup("yearly", say("各年度的数字"), tuple(described))
    yield DataGroup("tables", say("其他的表"), tuple(others))


def _yearly(say: Speech, year: int, reports: int, files: Sequence[DataFile]) -> Iterator[DataFile]:
    """The data files of a year; the first one has the id that the year's page links to.

    `reports` is the number of reports of that year.
    """
    count = say.plural("{count} 份报告", reports)
    year_name = words.in_year(say, year)
    for index, file in enumerate(files):
        about = say("{year}，{count}：{about}", year=year_name, count=count, about=file.about)
        yield replace(file, about=about, id=f"year-{year}" if index == 0 else "")


def _file(file: FileOf, about: str, sources: Mapping[str, Source]) -> DataFile:
    source = sources[file.path]
    name = file.path.removeprefix(paths.DATA)
    return DataFile(name, file.path, about, amounts.file_size(source.size), source.sha256)


def dictionary(site: Site, say: Speech) -> Iterator[tuple[str, tuple[Meaning, ...]]]:
    """The rows of every form, under the name of its table."""
    for form in reversed(site.law.formats):
        for table in form.tables:
            meanings = []
            for block in table.blocks:
                for row in block.leaf_rows:
                    prefix = f"{table.id}.{row.path}"
                    addresses = [f"{prefix}.{column.path}" for column in block.leaf_columns]
                    cells = [form.cells[address] for address in addresses]
                    meanings.append(_meaning(site, say, form, cells))
            title = words.glossed(say, table.label, table.gloss)
            yield say("{form} 格式：{table}", form=form.id, table=title), tuple(meanings)


def _meaning(site: Site, say: Speech, form: Format, cells: Sequence[Cell]) -> Meaning:
    """The entry of a row, from its cells."""
    row = cells[0].row
    columns = [cell.column for cell in cells]
    column_names = [words.glossed(say, column.label, column.gloss) for column in columns]
    units = dict.fromkeys(_unit(site, say, column.unit) for column in columns)
    years = say("{year} 年度起", year=form.first_year)
    if form.last_year:
        years = words.span(say, [form.first_year, form.last_year])
    return Meaning(
        label=row.label,
        gloss=row.gloss.say(say.language),
        columns=say.listed(column_names),
        units=say.listed(unit for unit in units if unit),
        years=years,
        notes=say.spaced(*_shift_notes(site, say, cells)),
    )


def _unit(site: Site, say: Speech, unit: str) -> str:
    """What a page calls a unit."""
    if unit == AS_REPORTED:
        return say("以报告写明的为准")
    return unit_name(site.law, unit, say)


def _shift_notes(site: Site, say: Speech, cells: Sequence[Cell]) -> list[str]:
    """The notes on how the meaning of figures shifted: the same as in concepts.csv."""
    shifts = {}
    for cell in cells:
        concept = site.law.concept(cell.concept)
        if concept is not None:
            shifts.update(dict.fromkeys(told_shifts(site, concept)))
    return [shift.note.say(say.language) for shift in shifts]


def jobs(edition: Edition) -> Iterator[StreamJob]:
    """The page, where there are reports."""
    if edition.site.reports:
        yield _page(edition)


def _page(edition: Edition) -> StreamJob:
    """The page about the data, which states how large each file is."""
    site = edition.site
    say = speech(site.settings.language)
    files = [file.path for file in open_data.files(site, dataset.tables(say))]
    return edition.page_of_files(
        paths.DATA,
        "data.html",
        _data_page,
        files,
        edition.select.fact("years"),
        Part.of("files", files),
        Part.of("sentence", open_data.about(site, say)),
        Part.of("query", open_data.query(site)),
        Part.of("counts", {year: len(site.by_year[year]) for year in site.years}),
        Part.of("tables", open_data.described_tables(site, say)),
    )


def _data_page(
    site: Site,
    sources: Sequence[Source],
    files: Sequence[str],
    sentence: str,
    query: str,
    counts: Mapping[int, int],
    tables: Sequence[DataTable],
) -> DataPage:
    by_path = dict(zip(files, sources, strict=True))
    return data_page(site, by_path, sentence, query, counts, tables)
