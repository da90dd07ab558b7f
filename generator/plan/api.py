"""The documents of the JSON interface, each made anew only where what it says has changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.derive.data import api, open_data
from generator.derive.data.dataset import Records
from generator.derive.data.documents import Document, schema
from generator.derive.data.report_tables import Findings
from generator.language.speech import speech
from generator.model.dataset import DataTable
from generator.model.job import Job, Part
from generator.model.site import Site
from generator.parts.edition import Edition
from generator.render.documents import document

Tables = Mapping[str, DataTable]


def jobs(edition: Edition, tables: Tables) -> Iterator[Job]:
    """All documents, and the schema of each kind.

    A short document is worked out here, so that its job is handed all that it says; a long one by
    its job, from what is named.
    """
    site = edition.site
    described_tables = Part.of("tables", dict(tables))

    def short(path: str, content: Document) -> Job:
        return Job(path, document, [Part.of("document", content)], edition.made_by)

    files = [file for file in open_data.files(site, tables) if not file.year]
    about = open_data.described(site, speech(site.settings.language))
    covered = [board.year for board in edition.boards]
    yield short(api.path("index"), api.index(site, about, files, covered))
    yield short(api.path("agencies"), api.agencies(site))
    parts = [edition.select.part(), described_tables]
    yield Job(api.path("concepts"), _concepts, parts, edition.made_by)
    for slug, agency in sorted(site.agencies.items()):
        yield short(api.path("agency", slug), api.agency(site, agency))
    for year in site.years:
        yield short(api.path("year", year), api.year(site, year))
        yield _findings_job(edition, year, described_tables)
    for kind in api.KINDS:
        yield short(api.path("schema", kind), schema(kind, tables))


def _findings_job(edition: Edition, year: int, tables: Part) -> Job:
    """What was found in the reports of a year."""
    reports = edition.site.by_year[year]
    parts = [
        edition.select.explanations_of_year(year).part(),
        edition.findings_of((report.agency, year) for report in reports),
        Part.of("year", year),
        tables,
    ]
    return Job(api.path("findings", year), _findings, parts, edition.made_by)


def _concepts(site: Site, tables: Tables) -> bytes:
    return document(api.concepts(site, Records(site, {}), tables))


def _findings(site: Site, findings: Findings, year: int, tables: Tables) -> bytes:
    return document(api.findings(year, Records(site, findings), tables))
