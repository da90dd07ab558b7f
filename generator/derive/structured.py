"""Pages described to machines: schema.org terms as JSON-LD. Addresses stay relative to the page, as everything on the site."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterable, Mapping, Sequence

from generator.derive import paths
from generator.model.agency import Agency
from generator.model.frame import Html
from generator.model.report import Report
from generator.model.report_view import Download
from generator.model.site import Site
from generator.model.transcription import By

Data = Mapping[str, object]
TYPES = {
    "pdf": "application/pdf",
    "csv": "text/csv",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "gz": "application/gzip",
    "sqlite": "application/vnd.sqlite3",
    "parquet": "application/vnd.apache.parquet",
}


def script(data: Data) -> Html:
    """The description as the content of a script element: no `<` that could end it."""
    said = json.dumps({"@context": "https://schema.org", **_said(data)}, ensure_ascii=False, separators=(",", ":"))
    return Html(said.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def _said(data: Data) -> dict[str, object]:
    """Without what is empty: a property that says nothing is left out."""
    return {name: _said(value) if isinstance(value, Mapping) else value for name, value in data.items() if value not in ("", None, [], {})}


def agency(one: Agency, parent: Agency | None) -> dict[str, object]:
    """A body as a GovernmentOrganization."""
    return {
        "@type": "GovernmentOrganization",
        "name": one.name,
        "alternateName": [span.value for span in one.names[:-1]],
        "identifier": one.uscc,
        "telephone": one.contact.get("phone", ""),
        "address": one.contact.get("address", ""),
        "parentOrganization": {"@type": "GovernmentOrganization", "name": parent.name} if parent else {},
    }


def report(site: Site, one: Report, title: str, folder: str, files: Sequence[Download]) -> dict[str, object]:
    """A report as a Report with its tables as a Dataset. The site publishes one that editors took over."""
    body = {"@type": "GovernmentOrganization", "name": site.agencies[one.agency].name_in(one.year)}
    day, own = one.published.isoformat() if one.published else "", one.entered_by is By.AGENCY
    publisher = body if own else {"@type": "Organization", "name": site.settings.full_title, "url": site.settings.base_url}
    original = {"@type": "Report", "name": title, "datePublished": day, "publisher": body, "url": one.source_url}
    period = f"{one.year}-01-01/{one.year}-12-31"
    tables = [_download(file, folder) for file in files if not file.path.endswith(".pdf")]
    return {
        "@type": "Report",
        "name": title,
        "inLanguage": "zh-CN",
        "datePublished": day if own else "",
        "temporalCoverage": period,
        "publisher": publisher,
        "isBasedOn": {} if own else original,
        "encoding": [_download(file, folder) for file in files if file.path.endswith(".pdf")],
        "hasPart": {
            "@type": "Dataset",
            "name": title,
            "description": "；".join(table.label for table in one.format.tables),
            "temporalCoverage": period,
            "creator": publisher,
            "isAccessibleForFree": True,
            "distribution": tables,
        },
    }


def _download(file: Download, folder: str) -> dict[str, object]:
    kind = TYPES.get(file.path.rpartition(".")[2], "")
    return {"@type": "DataDownload", "name": file.text, "encodingFormat": kind, "contentUrl": posixpath.relpath(file.path, folder)}


def catalogue(site: Site) -> dict[str, object]:
    """The site as a DataCatalog."""
    settings = site.settings
    organiser = settings.host.get("organiser", "")
    return {
        "@type": "DataCatalog",
        "name": settings.title,
        "inLanguage": settings.language,
        "url": settings.base_url,
        "publisher": {"@type": "GovernmentOrganization", "name": organiser} if organiser else {},
    }


def dataset(site: Site, name: str, about: str, files: Iterable[str]) -> dict[str, object]:
    """The open data as a Dataset. Its licence is the one that the site states."""
    return {
        "@type": "Dataset",
        "name": f"{site.settings.title}: {name}",
        "description": about,
        "inLanguage": "zh-CN",
        "temporalCoverage": f"{min(site.years)}-01-01/{max(site.years)}-12-31",
        "license": site.settings.licence.get("url", ""),
        "isAccessibleForFree": True,
        "distribution": [_download(Download(posixpath.basename(path), path, ""), paths.DATA) for path in files],
    }
