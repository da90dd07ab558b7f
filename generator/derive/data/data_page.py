"""The page about the open data, with a dictionary of what the figures mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from generator.derive import paths, structured, words
from generator.derive.data import boards, dataset, open_data
from generator.derive.data.open_data import FileOf
from generator.derive.frame import frame
from generator.language.speech import Speech, speech
from generator.model.data_view import DataFile, DataGroup, DataPage, Meaning
from generator.model.dataset import FIGURES
from generator.model.format import AS_REPORTED, Block, Format, Heading, Table
from generator.model.frame import Link
from generator.model.job import Source
from generator.model.site import Site


def data_page(site: Site, held: Mapping[str, Source]) -> DataPage:
    """The view; `held` has every file of the data by its path, with its size and digest."""
    say = speech(site.settings.language)
    sentence = open_data.about(site, say)
    licence = site.settings.licence
    return DataPage(
        frame(site, paths.DATA, say("开放数据"), sentence, data=structured.dataset(site, say("开放数据"), sentence, held)),
        sentence,
        open_data.citation(site, say),
        Link(licence.get("name") or open_data.unlicensed(site, say), licence.get("url", "")),
        open_data.cautions(say),
        open_data.selecting(say),
        open_data.query(site),
        tuple(_groups(site, say, held)),
        (*dataset.tables(say).values(), dataset.beside(say), *boards.beside(site, say)),
        tuple(_dictionary(site, say)),
    )


def _groups(site: Site, say: Speech, held: Mapping[str, Source]) -> Iterator[DataGroup]:
    tables = dataset.tables(say)
    files = list(open_data.files(site, tables))

    def listed(chosen: Iterable[FileOf]) -> tuple[DataFile, ...]:
        return tuple(_file(one, open_data.about_file(one, tables, say), held) for one in chosen)

    described = (
        DataFile("datapackage.json", open_data.PACKAGE, open_data.packaged(say), "", ""),
        DataFile("README.md", open_data.README, say("文字说明"), "", ""),
        DataFile("v1/index.json", f"{paths.API}index.json", say("JSON 接口，从 v1/index.json 开始"), "", ""),
    )
    yield DataGroup("whole", say("全部"), (*listed(one for one in files if not one.year and one.table in {"", FIGURES}), *described))
    yearly = [file for year in site.years for file in _yearly(site, say, year, listed(one for one in files if one.year == year))]
    yield DataGroup("yearly", say("各年度的数字"), tuple(yearly))
    yield DataGroup("tables", say("其他的表"), listed(one for one in files if not one.year and one.table not in {"", FIGURES}))


def _yearly(site: Site, say: Speech, year: int, files: Sequence[DataFile]) -> Iterator[DataFile]:
    """The files of a year, the first of which the year's page leads to."""
    count = say.plural("{count} 份报告", len(site.by_year[year]))
    for number, one in enumerate(files):
        about = say("{year}，{count}：{about}", year=words.in_year(say, year), count=count, about=one.about)
        yield replace(one, about=about, id="" if number else f"year-{year}")


def _file(one: FileOf, about: str, held: Mapping[str, Source]) -> DataFile:
    source = held[one.path]
    return DataFile(one.path.removeprefix(paths.DATA), one.path, about, words.file_size(source.size), source.sha256)


def _dictionary(site: Site, say: Speech) -> Iterator[tuple[str, tuple[Meaning, ...]]]:
    """The rows of every form, under the name of its table."""
    for form in reversed(site.law.formats):
        for table in form.tables:
            title = words.glossed(say, table.label, table.gloss)
            meanings = (_meaning(site, say, form, table, block, row) for block in table.blocks for row in block.leaf_rows)
            yield say("{form} 格式：{table}", form=form.id, table=title), tuple(meanings)


def _meaning(site: Site, say: Speech, form: Format, table: Table, block: Block, row: Heading) -> Meaning:
    concepts = [form.cells[f"{table.id}.{row.path}.{column.path}"].concept for column in block.leaf_columns]
    shifts = {shift: None for key in concepts if (one := site.law.concept(key)) for shift in one.breaks}
    notes = [shift.said(foreign=say.foreign) for shift in shifts if not shift.unconfirmed]
    units = dict.fromkeys(site.law.unit_in_english(one.unit) if say.foreign else one.unit for one in block.leaf_columns)
    named = (say("以报告写明的为准") if unit == AS_REPORTED else unit for unit in units)
    columns = say.listed(words.glossed(say, one.label, one.gloss) for one in block.leaf_columns)
    years = words.span(say, [form.first_year, form.last_year]) if form.last_year else say("{year} 年度起", year=form.first_year)
    gloss = row.gloss if say.foreign else ""
    return Meaning(row.label, gloss, columns, say.listed(one for one in named if one), years, say.spaced(*notes))
