"""The JSON interface below /data/v1/: documents that programs read. Addresses in a document are relative to it.

A report's figures are not written a second time: its document is the `tables.json` beside its page, which every list here leads to.
The schema of each kind of document is a file of `schemas/`.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from generator.derive import paths, words
from generator.derive.data.open_data import FileOf
from generator.derive.data.records import Records
from generator.model.agency import Agency, Span
from generator.model.dataset import DataTable, Row
from generator.model.report import Report
from generator.model.site import Site

SCHEMAS = Path(__file__).parent / "schemas"
KINDS = ("index", "agencies", "agency", "year", "concepts", "findings", "report")
Document = Mapping[str, object]


def path(kind: str, name: object = "") -> str:
    """Where a document is: of its kind alone, or of this agency or year."""
    folder = {"agency": "agencies", "year": "years", "schema": "schemas"}.get(kind, kind)
    return f"{paths.API}{folder}/{name}.json" if name else f"{paths.API}{folder}.json"


def _to(target: str, start: str) -> str:
    return posixpath.relpath(target, posixpath.dirname(start))


def index(site: Site, about: str, tables: Sequence[FileOf], covered: Sequence[int]) -> Document:
    """Where everything is. `about` says what the data are, `tables` are the files that hold a table or all of them, `covered` the years
    that have a coverage board."""
    here = path("index")
    return {
        "title": site.settings.title,
        "description": about,
        "licence": {"name": site.settings.licence.get("name"), "url": site.settings.licence.get("url")} if site.settings.licence else None,
        "page": _to(paths.file(paths.DATA), here),
        "package": _to(f"{paths.DATA}datapackage.json", here),
        "agencies": _to(path("agencies"), here),
        "concepts": _to(path("concepts"), here),
        "files": {file.name: _to(file.path, here) for file in tables},
        "years": [{"year": year, "reports": len(site.by_year[year]), "href": _to(path("year", year), here)} for year in site.years],
        "coverage": [
            {"year": year, "page": _to(paths.file(paths.coverage(year)), here), "csv": _to(paths.coverage_file(year), here)}
            for year in covered
        ],
        "schemas": {kind: _to(path("schema", kind), here) for kind in KINDS},
    }


def agencies(site: Site) -> Document:
    """Every body, whether it has a report or not."""
    here = path("agencies")
    return {
        "agencies": [
            {
                **_called(one),
                "parent": one.parent or None,
                "years": list(site.years_by_agency.get(slug, ())),
                "href": _to(path("agency", slug), here),
            }
            for slug, one in sorted(site.agencies.items())
        ]
    }


def _called(one: Agency) -> dict[str, object]:
    return {"agency": one.slug, "name": one.name, "name_en": one.name_en or None, "kind": one.kind, "level": one.level}


def agency(site: Site, one: Agency) -> Document:
    """A body with all its names and reports. One without a report has no page."""
    here = path("agency", one.slug)
    reports = [_report(site, report, here) for report in site.of(one.slug)]
    return {
        **_called(one),
        "names": [_span("name", span) for span in one.names],
        "parents": [_span("agency", span) for span in one.parents],
        "uscc": one.uscc or None,
        "division_code": one.division_code or None,
        "page": _to(paths.file(paths.agency(one.slug)), here) if paths.has_page(site, one.slug) else None,
        "reports": reports,
    }


def _span(name: str, span: Span) -> Document:
    return {name: span.value, "from": _plain(span.start), "to": _plain(span.end)}


def year(site: Site, number: int) -> Document:
    """All reports of a reporting year, where their figures and findings are, and the governments set beside the sums of their members."""
    here = path("year", number)
    return {
        "year": number,
        "figures": _to(paths.figures(number), here),
        "findings": _to(path("findings", number), here),
        "reports": [_report(site, report, here) for report in site.by_year[number]],
        "rollups": [
            {"agency": slug, "page": _to(paths.file(paths.rollup(slug, number)), here), "csv": _to(paths.rollup_file(slug, number), here)}
            for slug, one in sorted(site.rolled_up)
            if one == number
        ],
    }


def _report(site: Site, report: Report, here: str) -> Document:
    one, folder = site.agencies[report.agency], paths.report(report.agency, report.year)
    return {
        "agency": one.slug,
        "name": one.name_in(report.year),
        "year": report.year,
        "form": report.format.id,
        "version": report.version,
        "title": words.title(one, report),
        "published": _plain(report.published),
        "page": _to(paths.file(folder), here),
        "tables": _to(f"{folder}tables.json", here),
        "of": _to(path("agency", one.slug), here),
    }


def concepts(site: Site, records: Records, tables: Mapping[str, DataTable]) -> Document:
    """What figures mean: the forms, the meanings, and every cell of each form with the meaning it is bound to."""
    forms = [
        {"form": form.id, "title": form.title, "basis": form.basis, "first_year": form.first_year, "last_year": form.last_year}
        for form in site.law.formats
    ]
    return {
        "forms": forms,
        "concepts": [*_named(tables["concepts"], records("concepts"))],
        "cells": [*_named(tables["dictionary"], records("dictionary"))],
    }


def findings(number: int, records: Records, tables: Mapping[str, DataTable]) -> Document:
    """What was found in the reports of a year."""
    return {"year": number, "findings": [*_named(tables["findings"], records("findings", number))]}


def _named(table: DataTable, rows: Iterator[Row]) -> Iterator[Document]:
    return ({name: _plain(value) for name, value in zip(table.names, row, strict=True)} for row in rows)


def _plain(value: object) -> object:
    """A value as JSON has it: an empty text is null, a day a text, a decimal a number."""
    match value:
        case date():
            return value.isoformat()
        case Decimal():
            return float(value)
        case "":
            return None
    return value
