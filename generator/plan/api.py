"""The documents of the JSON interface, each made anew only where what it says has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from generator.derive import paths, words
from generator.derive.data import api, open_data
from generator.derive.data.records import Records
from generator.language.speech import speech
from generator.model.dataset import DataTable
from generator.model.digest import digest
from generator.model.job import Job
from generator.model.report import Report
from generator.plan.edition import Edition
from generator.render.files import document


def jobs(
    edition: Edition, records: Records, tables: Mapping[str, DataTable], rows: Mapping[str, str], covered: Sequence[int]
) -> Iterator[Job]:
    """All documents, and the schema of each kind. `rows` are the digests of the rows of the tables, `covered` the years with a coverage
    board."""
    site = edition.site

    def job(path: str, make: Callable[[], api.Document], *said: object) -> Job:
        return Job(path, {"recipe": edition.recipe, "said": digest(*said)}, lambda: document(make()))

    def listed(report: Report) -> tuple[object, ...]:
        agency = site.agencies[report.agency]
        return agency.name_in(report.year), report.format.id, report.version, words.title(agency, report), report.published

    counted = [(year, len(site.by_year[year])) for year in site.years]
    files = [one for one in open_data.files(site, tables) if not one.year]
    about, named = open_data.described(site, speech(site.settings.language)), (site.settings.title, site.settings.licence)
    yield job(api.path("index"), partial(api.index, site, about, files, covered), about, named, counted, covered)
    yield job(api.path("agencies"), partial(api.agencies, site), rows["agencies"], dict(site.years_by_agency))
    yield job(api.path("concepts"), partial(api.concepts, site, records, tables), rows["concepts"], rows["dictionary"])
    for slug, agency in sorted(site.agencies.items()):
        yield job(
            api.path("agency", slug),
            partial(api.agency, site, agency),
            agency,
            paths.has_page(site, slug),
            [(one.year, listed(one)) for one in site.of(slug)],
        )
    for year in site.years:
        reports = [(one.agency, listed(one)) for one in site.by_year[year]]
        rolled = sorted(slug for slug, one in site.rolled_up if one == year)
        yield job(api.path("year", year), partial(api.year, site, year), reports, rolled)
        found = digest([edition.told[one.agency, year] for one in site.by_year[year]])
        yield job(api.path("findings", year), partial(api.findings, year, records, tables), found)
    for kind in api.KINDS:
        schema = (api.SCHEMAS / f"{kind}.json").read_bytes()
        yield Job(api.path("schema", kind), {"file": digest(schema.decode())}, partial(bytes, schema))
