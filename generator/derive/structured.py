"""Pages described to machines: schema.org terms as JSON-LD.

Addresses are relative to the page, as all addresses on the site are.
"""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterable, Mapping, Sequence

from generator.derive import paths
from generator.model.agency import Agency
from generator.model.downloads import MEDIA_TYPES, ReportFile
from generator.model.frame import Html
from generator.model.report import Report
from generator.model.report_view import Download
from generator.model.site import Site
from generator.model.transcription import By

Data = Mapping[str, object]


def script(data: Data) -> Html:
    """The description as the content of a script element: no `<` that could end it."""
    content = {"@context": "https://schema.org", **_without_empty(data)}
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Html(text)


def _without_empty(data: Data) -> dict[str, object]:
    """The description without properties that are empty."""
    properties: dict[str, object] = {}
    for name, value in data.items():
        if value not in ("", None, [], {}):
            properties[name] = value
            if isinstance(value, Mapping):
                properties[name] = _without_empty(value)
    return properties


def _organisation(name: str) -> dict[str, object]:
    return {"@type": "GovernmentOrganization", "name": name}


def agency(body: Agency, parent: Agency | None) -> dict[str, object]:
    """A body as a GovernmentOrganization."""
    return {
        **_organisation(body.name),
        "alternateName": [span.value for span in body.names[:-1]],
        "identifier": body.uscc,
        "telephone": body.contact.get("phone", ""),
        "address": body.contact.get("address", ""),
        "parentOrganization": _organisation(parent.name) if parent else {},
    }


def report(
    site: Site, document: Report, title: str, folder: str, files: Sequence[Download]
) -> dict[str, object]:
    """A report as a Report, with its tables as a Dataset.

    The publisher of a report that editors took over is the site; the original is named beside it.
    """
    body = _organisation(site.agencies[document.agency].name_in(document.year))
    day = document.published.isoformat() if document.published else ""
    original: dict[str, object] = {}
    publisher = body
    if document.entered_by is not By.AGENCY:
        settings = site.settings
        publisher = {
            "@type": "Organization",
            "name": settings.full_title,
            "url": settings.base_url,
        }
        original = {
            "@type": "Report",
            "name": title,
            "datePublished": day,
            "publisher": body,
            "url": document.source_url,
        }
        day = ""
    period = f"{document.year}-01-01/{document.year}-12-31"
    pdfs = [file for file in files if file.file is ReportFile.PDF]
    tables = [file for file in files if file.file is not ReportFile.PDF]
    return {
        "@type": "Report",
        "name": title,
        "inLanguage": "zh-CN",
        "datePublished": day,
        "temporalCoverage": period,
        "publisher": publisher,
        "isBasedOn": original,
        "encoding": [_download(file, folder) for file in pdfs],
        "hasPart": {
            "@type": "Dataset",
            "name": title,
            "description": "；".join(table.label for table in document.format.tables),
            "temporalCoverage": period,
            "creator": publisher,
            "isAccessibleForFree": True,
            "distribution": [_download(file, folder) for file in tables],
        },
    }


def _download(file: Download, folder: str) -> dict[str, object]:
    ending = file.path.rpartition(".")[2]
    return {
        "@type": "DataDownload",
        "name": file.text,
        "encodingFormat": MEDIA_TYPES[ending],
        "contentUrl": posixpath.relpath(file.path, folder),
    }


def catalogue(site: Site) -> dict[str, object]:
    """The site as a DataCatalog."""
    settings = site.settings
    organiser = settings.host.get("organiser", "")
    return {
        "@type": "DataCatalog",
        "name": settings.title,
        "inLanguage": settings.language,
        "url": settings.base_url,
        "publisher": _organisation(organiser) if organiser else {},
    }


def dataset(site: Site, name: str, about: str, files: Iterable[str]) -> dict[str, object]:
    """The open data as a Dataset. Its licence is the one that the site states."""
    first = min(site.years)
    last = max(site.years)
    downloads = [Download(posixpath.basename(path), path, "") for path in files]
    return {
        "@type": "Dataset",
        "name": f"{site.settings.title}: {name}",
        "description": about,
        "inLanguage": "zh-CN",
        "temporalCoverage": f"{first}-01-01/{last}-12-31",
        "license": site.settings.licence.get("url", ""),
        "isAccessibleForFree": True,
        "distribution": [_download(file, paths.DATA) for file in downloads],
    }
