"""datapackage.json: the open data described for programs, by the Data Package standard, version 2."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.model.dataset import DataTable
from generator.model.digest import digest
from generator.model.job import Source
from generator.model.settings import Settings
from generator.render.files import document

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
DIALECT = {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True}
FORMATS = {"csv": "text/csv", "sqlite": "application/vnd.sqlite3", "parquet": "application/vnd.apache.parquet"}
PACKED = ".gz"
README = "README.md"  # says the licence in words, where it has no address


@dataclass(frozen=True)
class Part:
    """A file of the package: its path from datapackage.json, its name there, and the table it holds (None: several)."""

    path: str
    name: str
    title: str
    table: DataTable | None = None


def datapackage(settings: Settings, about: str, sources: str, edition: str, parts: Sequence[tuple[Part, Source]]) -> bytes:
    """The description. `about` says what the data are, `sources` where they come from, `edition` which edition they are. No
    licence is named that site.yaml does not name, and no time of making: the same content always makes the same files."""
    said: dict[str, object] = {
        "$schema": PROFILE,
        "name": "gongkai",
        "title": settings.title,
        "description": about,
        "version": version(edition, [held for _, held in parts]),
    }
    if settings.base_url:
        said["homepage"] = f"{settings.base_url}/data/"
    if name := settings.licence.get("name"):
        said["licenses"] = [{"path": settings.licence.get("url") or README, "title": name}]
    said["sources"] = [{"title": sources}]
    if organiser := settings.host.get("organiser"):
        said["contributors"] = [{"title": organiser, "roles": ["publisher"]}]
    said["resources"] = [_resource(part, held) for part, held in parts]
    return document(said)


def version(edition: str, files: Iterable[Source]) -> str:
    """A semantic version: the edition, which counts up with what the data hold, and behind the plus sign a digest of all files."""
    return f"{edition}+{digest([file.sha256 for file in files])[:8]}"


def _resource(part: Part, held: Source) -> Mapping[str, object]:
    kind = part.path.removesuffix(PACKED).rpartition(".")[2]
    said: dict[str, object] = {"name": part.name, "title": part.title, "path": part.path, "format": kind, "mediatype": FORMATS[kind]}
    if part.path.endswith(PACKED):
        said["compression"] = PACKED[1:]
    if kind == "csv":
        said |= {"type": "table", "encoding": "utf-8", "dialect": DIALECT}
    said |= {"bytes": held.size, "hash": f"sha256:{held.sha256}"}
    if part.table is not None:
        said["schema"] = schema(part.table)
    return said


def schema(table: DataTable) -> Mapping[str, object]:
    """A Table Schema: the columns with their types, keys and what they refer to."""
    fields: list[Mapping[str, object]] = []
    for column in table.columns:
        rules: dict[str, object] = {"required": True} if column.required else {}
        if column.choices:
            rules["enum"] = list(column.choices)
        described = {"name": column.name, "type": column.type, "description": column.meaning}
        fields.append(described | ({"constraints": rules} if rules else {}))
    said: dict[str, object] = {"fields": fields, "missingValues": [""]}
    if table.key:
        said["primaryKey"] = list(table.key)
    if table.references:
        said["foreignKeys"] = [
            {"fields": list(one.columns), "reference": {"resource": one.table, "fields": list(one.names)}} for one in table.references
        ]
    return said
