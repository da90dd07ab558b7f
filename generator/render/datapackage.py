"""datapackage.json: the open data described for programs (Data Package standard, version 2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.model.dataset import Column, DataTable, Reference
from generator.model.digest import digest
from generator.model.downloads import MEDIA_TYPES
from generator.model.job import Source
from generator.model.settings import Settings
from generator.render.documents import document

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
DIALECT = {
    "delimiter": ",",
    "lineTerminator": "\r\n",
    "quoteChar": '"',
    "doubleQuote": True,
    "header": True,
}
PACKED = ".gz"
README = "README.md"  # names the licence, which may have no address


@dataclass(frozen=True)
class PackageFile:
    """A file of the package: its path from datapackage.json, its name, its title and its table.

    The table is None for a file of several tables.
    """

    path: str
    name: str
    title: str
    table: DataTable | None = None


def datapackage(
    settings: Settings,
    about: str,
    sources: str,
    edition: str,
    files: Sequence[tuple[PackageFile, Source]],
) -> bytes:
    """The description: `about` tells what the data are, `sources` where they come from.

    Only the licence of site.yaml is named, if any, and no time of making: the same content always
    makes the same files.
    """
    package: dict[str, object] = {
        "$schema": PROFILE,
        "name": "gongkai",
        "title": settings.title,
        "description": about,
        "version": version(edition, [source for _, source in files]),
    }
    if settings.base_url:
        package["homepage"] = f"{settings.base_url}/data/"
    licence = settings.licence.get("name")
    if licence:
        address = settings.licence.get("url") or README
        package["licenses"] = [{"path": address, "title": licence}]
    package["sources"] = [{"title": sources}]
    organiser = settings.host.get("organiser")
    if organiser:
        package["contributors"] = [{"title": organiser, "roles": ["publisher"]}]
    package["resources"] = [_resource(file, source) for file, source in files]
    return document(package)


def version(edition: str, files: Iterable[Source]) -> str:
    """A semantic version: the edition, a plus sign, and a digest of all files.

    The edition is a number that grows with every change of the data.
    """
    return f"{edition}+{digest([file.sha256 for file in files])[:8]}"


def _resource(file: PackageFile, source: Source) -> Mapping[str, object]:
    kind = file.path.removesuffix(PACKED).rpartition(".")[2]
    resource: dict[str, object] = {
        "name": file.name,
        "title": file.title,
        "path": file.path,
        "format": kind,
        "mediatype": MEDIA_TYPES[kind],
    }
    if file.path.endswith(PACKED):
        resource["compression"] = PACKED.removeprefix(".")
    if kind == "csv":
        resource |= {"type": "table", "encoding": "utf-8", "dialect": DIALECT}
    resource["bytes"] = source.size
    resource["hash"] = f"sha256:{source.sha256}"
    if file.table is not None:
        resource["schema"] = schema(file.table)
    return resource


def schema(table: DataTable) -> Mapping[str, object]:
    """A Table Schema: the columns with their types, keys and references."""
    description: dict[str, object] = {
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
    }
    if table.key:
        description["primaryKey"] = list(table.key)
    if table.references:
        description["foreignKeys"] = [_foreign_key(reference) for reference in table.references]
    return description


def _field(column: Column) -> Mapping[str, object]:
    field: dict[str, object] = {
        "name": column.name,
        "type": column.type,
        "description": column.meaning,
    }
    constraints: dict[str, object] = {}
    if column.required:
        constraints["required"] = True
    if column.choices:
        constraints["enum"] = list(column.choices)
    if constraints:
        field["constraints"] = constraints
    return field


def _foreign_key(reference: Reference) -> Mapping[str, object]:
    target = {"resource": reference.table, "fields": list(reference.names)}
    return {"fields": list(reference.columns), "reference": target}
