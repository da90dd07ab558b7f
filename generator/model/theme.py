"""A theme as read: template texts in order of precedence, styles, and the files it ships."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Layer:
    """One folder of templates: its name (`default`, `site`, `base`), and each template's text and path by file name."""

    name: str
    templates: Mapping[str, str]
    paths: Mapping[str, str]


@dataclass(frozen=True)
class Theme:
    """The look of a site. `layers` are searched in order; `screen` and `print` are complete style sheets,
    `parts` those by name that only some pages need besides; `assets` maps path to disk."""

    name: str
    layers: tuple[Layer, ...]
    screen: str
    print: str
    assets: Mapping[str, str]
    parts: Mapping[str, str] = field(default_factory=dict)
