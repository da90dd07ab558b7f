"""A theme's folder to a Theme.

The order of templates: the theme, what it extends, the site's templates/, those shipped with
Gongkai.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Protocol

from generator.files.shipped import TEMPLATES, THEMES
from generator.language.sentence import sentence
from generator.load.contrast import NEEDED, check_contrast
from generator.load.keys import ByLaw, Key, Keys
from generator.load.reading import Entry, Reading
from generator.model.finding import Location
from generator.model.source import Fields, Folder, Items, Problem, Scalar
from generator.model.theme import Asset, Layer, Theme

KEYS = Keys(
    {
        "name": Key(("name",), "主题的名字，与文件夹的名称相同。"),
        "extends": Key(("extends",), "继承哪个主题：没有写的都从它来。"),
        "tokens": Key(
            ("tokens",),
            "颜色、字体等的值，按 light、dark、contrast、contrast_dark 四种情形写。",
            ByLaw("tokens"),
        ),
        "pairs": Key(("pairs",), "会碰到一起的颜色，用来核对对比度。", ByLaw("pairs")),
    }
)
NAME = re.compile(r"[a-z0-9-]+")
# The style rules of each mode, with `%s` for its tokens. The mode that the reader chose (data-mode,
# assets/display.js) goes before the one that the system asks for.
MODES = {
    "light": ":root{color-scheme:light;%s}",
    "dark": "@media (prefers-color-scheme:dark){:root:not([data-mode]){color-scheme:dark;%s}}\n"
    ":root[data-mode=dark]{color-scheme:dark;%s}",
    "contrast": "@media (prefers-contrast:more){:root:not([data-mode]){%s}}",
    "contrast_dark": "@media (prefers-contrast:more) and (prefers-color-scheme:dark)"
    "{:root:not([data-mode]){%s}}\n"
    ":root[data-mode=contrast]{color-scheme:dark;%s}",
}
ASSETS = frozenset({".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".ico", ".woff2", ".js"})
# The style sheets for all pages, and for paper.
WHOLE = frozenset({"screen", "print"})
Held = Mapping[str, Sequence[str]]
LONGEST_NAME = 64
MAX_ASSET = 50_000_000


class Open(Protocol):
    """Opens a folder."""

    def __call__(self, root: Path, own: bool = False) -> Folder:
        """The folder; `own` is one that the package ships."""


@dataclass(frozen=True)
class Link:
    """One theme of a chain: its name, its folder, the fields of its theme.yaml.

    `folder` holds `themes/`; `reading` reads that folder.
    """

    name: str
    folder: Folder
    fields: dict[str, Entry]
    reading: Reading

    @property
    def path(self) -> str:
        """Where it stands in its folder."""
        return f"themes/{self.name}"

    def file(self, path: str) -> str:
        """The text of a file of the theme; empty where there is none.

        It is also empty, with a finding, where the file cannot be read.
        """
        full = f"{self.path}/{path}"
        kind = self.folder.kind(full)
        if kind == "folder":
            self.reading.problem(Problem("special", Location(full)))
        return (self.reading.contents(full) or "") if kind == "file" else ""

    def assets(self) -> Sequence[str]:
        """The paths of all its assets."""
        return _noted(self.folder.files(f"{self.path}/assets"), self.reading)


def load_theme(
    root: Path, name: str, at: Location, reading: Reading, open_folder: Open
) -> Theme | None:
    """The theme called `name`, of the site or shipped.

    None with a finding when there is none or it cannot be read.

    `at` is where the name is written. What is wrong inside a theme is in `reading` too.
    """
    chain: list[Link] = []
    while name:
        link = _link(root, name, reading, open_folder)
        if link is None or name in {link.name for link in chain}:
            message = sentence("没有叫“{name}”的主题，或主题互相继承", name=name)
            advice = sentence("主题是 themes/ 里的一个文件夹")
            reading.note("C-04", at, message, advice=advice)
            return None
        chain.append(link)
        name = reading.text(link.fields.get("extends"))
    site = open_folder(root)
    base = open_folder(TEMPLATES.parent, own=True)
    layers = [
        _layer(link.name, link.folder, f"{link.path}/templates", link.reading) for link in chain
    ]
    layers.append(_layer("site", site, "templates", replace(reading, files=site)))
    layers.append(_layer("base", base, "templates", replace(reading, files=base)))
    upwards = chain[::-1]
    tokens = _tokens(upwards)
    first = chain[0]
    check_contrast(tokens, _pairs(upwards), Location(f"{first.path}/theme.yaml"), first.reading)
    style = "\n".join(_rule(mode, values) for mode, values in tokens.items())
    asset_paths = {link.name: link.assets() for link in upwards}
    screen = [link.file("assets/screen.css") for link in upwards]
    paper = [link.file("assets/print.css") for link in upwards]
    return Theme(
        first.name,
        tuple(layers),
        "\n".join([style, *screen]),
        "\n".join([style, *paper]),
        dict(_assets(upwards, asset_paths)),
        _parts(upwards, asset_paths),
    )


def _noted(listing: tuple[Sequence[str], Sequence[Problem]], reading: Reading) -> Sequence[str]:
    """The paths of a listing; each of its problems becomes a finding."""
    paths, problems = listing
    for problem in problems:
        reading.problem(problem)
    return paths


def _link(root: Path, name: str, reading: Reading, open_folder: Open) -> Link | None:
    if not NAME.fullmatch(name) or len(name) > LONGEST_NAME:
        return None
    path = f"themes/{name}/theme.yaml"
    bases = (open_folder(root), open_folder(THEMES.parent, own=True))
    base = next((base for base in bases if base.kind(path) != "missing"), None)
    if base is None:
        return None
    theme_reading = replace(reading, files=base)
    root_node = theme_reading.root(path)
    entries: dict[str, Entry] = {}
    if root_node:
        place = "theme.yaml"
        entries = theme_reading.fields(root_node, KEYS.words, place)
    return Link(name, base, entries, theme_reading)


def _layer(name: str, folder: Folder, path: str, reading: Reading) -> Layer:
    """The templates of a folder; one that cannot be read is a finding and empty."""
    listing = _noted(folder.entries(path, ".html"), reading)
    paths = {file.rpartition("/")[2]: file for file in listing}
    texts = {name: reading.contents(file) or "" for name, file in paths.items()}
    return Layer(name, texts, paths)


def _tokens(chain: Sequence[Link]) -> Mapping[str, Mapping[str, str]]:
    """Mode → token → value, those of a theme over those of the one it extends."""
    tokens: dict[str, dict[str, str]] = {mode: {} for mode in MODES}
    spellings = {mode: (mode,) for mode in MODES}
    place = "tokens"
    for link in chain:
        if "tokens" not in link.fields:
            continue
        modes = link.reading.fields(link.fields["tokens"][1], spellings, place)
        for mode, (_, node) in modes.items():
            pairs = node.pairs if isinstance(node, Fields) else ()
            tokens[mode] |= {
                key.text: value.text for key, value in pairs if isinstance(value, Scalar)
            }
    return {mode: values for mode, values in tokens.items() if values}


def _rule(mode: str, tokens: Mapping[str, str]) -> str:
    declarations = "".join(f"--{name}:{value};" for name, value in tokens.items())
    return MODES[mode].replace("%s", declarations)


def _pairs(chain: Sequence[Link]) -> Mapping[str, Sequence[Sequence[str]]]:
    """The tokens that meet, by the contrast that they need.

    A row is a token and its grounds; the rows of all themes of the chain are there.
    """
    pairs: dict[str, list[tuple[str, ...]]] = {kind: [] for kind in NEEDED}
    spellings = {kind: (kind,) for kind in NEEDED}
    place = "pairs"
    for link in chain:
        if "pairs" not in link.fields:
            continue
        kinds = link.reading.fields(link.fields["pairs"][1], spellings, place)
        for kind, entry in kinds.items():
            for row in link.reading.items(entry):
                if not isinstance(row, Items):
                    continue
                names = tuple(item.text for item in row.items if isinstance(item, Scalar))
                if names:
                    pairs[kind].append(names)
    return pairs


def _parts(chain: Sequence[Link], asset_paths: Held) -> Mapping[str, str]:
    """The further style sheets of a theme by name: for pages that show what others do not."""
    top = re.compile(r"themes/[^/]+/assets/([^/]+)\.css")
    matches = map(top.fullmatch, itertools.chain.from_iterable(asset_paths.values()))
    names = {match[1] for match in matches if match} - WHOLE
    return {
        name: "\n".join(link.file(f"assets/{name}.css") for link in chain) for name in sorted(names)
    }


def _assets(chain: Sequence[Link], asset_paths: Held) -> Iterator[tuple[str, Asset]]:
    """The images, fonts and scripts of a theme by the path that they are published under."""
    for link in chain:
        paths = asset_paths[link.name]
        assets = tuple(path for path in paths if PurePosixPath(path).suffix.lower() in ASSETS)
        for path, sealed in link.folder.digests(assets).items():
            if isinstance(sealed, Problem):
                link.reading.problem(sealed)
            elif sealed[0] > MAX_ASSET:
                link.reading.problem(Problem("heavy", Location(path)))
            else:
                asset = Asset(link.folder.root, path, link.folder.own, *sealed)
                yield path.removeprefix(f"{link.path}/"), asset
