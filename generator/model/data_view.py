"""The content of the page about the open data.

The files, how to cite and use them, what their columns and figures mean.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.dataset import DataTable
from generator.model.frame import Frame, Link


@dataclass(frozen=True)
class DataFile:
    """A file of the open data: its name, its path, what it holds, its size, its SHA-256.

    `id` is for links that lead to it.
    """

    name: str
    path: str
    about: str
    size: str
    sha256: str
    id: str = ""


@dataclass(frozen=True)
class DataGroup:
    """Files that belong together, under a heading that can be linked to."""

    id: str
    title: str
    files: tuple[DataFile, ...]


@dataclass(frozen=True)
class Meaning:
    """A row of a statutory table in the dictionary.

    Its words, its columns, the units, the reporting years it is there for, how its meaning shifted.
    """

    label: str
    gloss: str
    columns: str
    units: str
    years: str
    notes: str


@dataclass(frozen=True)
class DataPage:
    """The open data.

    The files, how to take a selection of them and a query that does, how to cite and use them, what
    columns and figures mean.
    """

    frame: Frame
    sentence: str
    citation: str
    licence: Link
    cautions: tuple[str, ...]
    selecting: tuple[str, ...]
    query: str
    groups: tuple[DataGroup, ...]
    tables: tuple[DataTable, ...]
    dictionary: tuple[tuple[str, tuple[Meaning, ...]], ...]
