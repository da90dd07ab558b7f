"""A theme as read: template texts in order of precedence, styles, and the files it ships."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Layer:
    """One folder of templates: its name, and the text and path of each template by file name.

    The name is that of a theme (`default`), or `site` or `base`.
    """

    name: str
    templates: Mapping[str, str]
    paths: Mapping[str, str]


@dataclass(frozen=True)
class Asset:
    """A file that a theme ships: its folder, the path below that, its size and SHA-256.

    `own` is a file that the package ships.
    """

    folder: Path
    path: str
    own: bool
    size: int
    sha256: str


@dataclass(frozen=True)
class Theme:
    """The look of a site.

    `layers` are searched in order; `screen` and `print` are complete style sheets, `parts` those by
    name that only some pages need besides; `assets` maps path to file.
    """

    name: str
    layers: tuple[Layer, ...]
    screen: str
    print: str
    assets: Mapping[str, Asset]
    parts: Mapping[str, str] = field(default_factory=dict)
