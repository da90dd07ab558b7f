"""A theme's folder to a Theme. The order of templates: the theme, what it extends, the site's templates/, those shipped with Gongkai."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from generator.load.contrast import NEEDED, check_contrast
from generator.load.reading import Entry, Reading
from generator.model.finding import Location, Text
from generator.model.source import Fields, Files, Items, Scalar
from generator.model.theme import Layer, Theme
from generator.shipped import TEMPLATES, THEMES

KEYS = {"name": ("name",), "extends": ("extends",), "tokens": ("tokens",), "pairs": ("pairs",)}
NAME = re.compile(r"[a-z0-9-]+")
# Where the tokens of a mode hold. What the reader chose (data-mode, assets/display.js) goes before what the system asks for.
MODES = {
    "light": ":root{color-scheme:light;%s}",
    "dark": "@media (prefers-color-scheme:dark){:root:not([data-mode]){color-scheme:dark;%s}}\n:root[data-mode=dark]{color-scheme:dark;%s}",
    "contrast": "@media (prefers-contrast:more){:root:not([data-mode]){%s}}",
    "contrast_dark": "@media (prefers-contrast:more) and (prefers-color-scheme:dark){:root:not([data-mode]){%s}}\n"
    ":root[data-mode=contrast]{color-scheme:dark;%s}",
}
ASSETS = frozenset({".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".ico", ".woff2", ".js"})
# The style sheets for all pages, and for paper.
WHOLE = frozenset({"screen", "print"})
Open = Callable[[Path], Files]


@dataclass(frozen=True)
class Link:
    """One theme of a chain: its name, its folder, what theme.yaml says, and a reading of the folder that holds `themes/`."""

    name: str
    folder: Path
    fields: dict[str, Entry]
    reading: Reading

    def file(self, path: str) -> str:
        """The text of a file of the theme; empty where there is none, or with a finding where it cannot be read."""
        return (self.reading.contents(f"themes/{self.name}/{path}") or "") if (self.folder / path).is_file() else ""


def load_theme(root: Path, name: str, at: Location, reading: Reading, open_folder: Open) -> Theme | None:
    """The theme called `name`, of the site or shipped; None with a finding when there is none or it cannot be read.

    `at` is where the name is written. What is wrong inside a theme is in `reading` too.
    """
    chain: list[Link] = []
    while name:
        link = _link(root, name, reading, open_folder)
        if link is None or name in {one.name for one in chain}:
            zh, en = f"没有叫“{name}”的主题，或主题互相继承", f"no theme is called “{name}”, or themes extend each other"
            reading.note("C-04", at, zh, en, advice=Text("主题是 themes/ 里的一个文件夹", "a theme is a folder of themes/"))
            return None
        chain.append(link)
        name = reading.text(link.fields.get("extends"))
    layers = [_layer(link.name, link.folder, f"themes/{link.name}", link.reading) for link in chain]
    layers.append(_layer("site", root, "", replace(reading, files=open_folder(root))))
    layers.append(_layer("base", TEMPLATES.parent, "", replace(reading, files=open_folder(TEMPLATES.parent))))
    upwards = chain[::-1]
    tokens = _tokens(upwards)
    check_contrast(tokens, _pairs(upwards), Location(f"themes/{chain[0].name}/theme.yaml"), chain[0].reading)
    style = "\n".join(_rule(mode, held) for mode, held in tokens.items())
    return Theme(
        chain[0].name,
        tuple(layers),
        "\n".join([style, *(link.file("assets/screen.css") for link in upwards)]),
        "\n".join([style, *(link.file("assets/print.css") for link in upwards)]),
        dict(_assets(upwards)),
        _parts(upwards),
    )


def _link(root: Path, name: str, reading: Reading, open_folder: Open) -> Link | None:
    bases = (root / "themes", THEMES) if NAME.fullmatch(name) else ()
    base = next((base for base in bases if (base / name / "theme.yaml").is_file()), None)
    if base is None:
        return None
    own = replace(reading, files=open_folder(base.parent))
    fields = own.root(f"themes/{name}/theme.yaml")
    known = own.fields(fields, KEYS, Text("theme.yaml", "theme.yaml")) if fields else {}
    return Link(name, base / name, known, own)


def _layer(name: str, folder: Path, shown: str, reading: Reading) -> Layer:
    """The templates of a folder; one that cannot be read is a finding and empty."""
    prefix = f"{shown}/templates" if shown else "templates"
    files = sorted(path.name for path in (folder / "templates").glob("*.html"))
    return Layer(name, {file: reading.contents(f"{prefix}/{file}") or "" for file in files}, {file: f"{prefix}/{file}" for file in files})


def _tokens(chain: Sequence[Link]) -> Mapping[str, Mapping[str, str]]:
    """Mode → token → value, those of a theme over those of the one it extends."""
    held: dict[str, dict[str, str]] = {mode: {} for mode in MODES}
    for link in chain:
        if "tokens" in link.fields:
            found = link.reading.fields(link.fields["tokens"][1], {mode: (mode,) for mode in MODES}, Text("tokens", "tokens"))
            for mode, (_, node) in found.items():
                pairs = node.pairs if isinstance(node, Fields) else ()
                held[mode] |= {key.text: value.text for key, value in pairs if isinstance(value, Scalar)}
    return {mode: tokens for mode, tokens in held.items() if tokens}


def _rule(mode: str, tokens: Mapping[str, str]) -> str:
    return MODES[mode].replace("%s", "".join(f"--{name}:{value};" for name, value in tokens.items()))


def _pairs(chain: Sequence[Link]) -> Mapping[str, Sequence[Sequence[str]]]:
    """Which tokens meet, by what they need: lists of a token and its grounds, of all themes of the chain."""
    held: dict[str, list[tuple[str, ...]]] = {kind: [] for kind in NEEDED}
    for link in chain:
        if "pairs" in link.fields:
            found = link.reading.fields(link.fields["pairs"][1], {kind: (kind,) for kind in NEEDED}, Text("pairs", "pairs"))
            for kind, entry in found.items():
                rows = [item for item in link.reading.items(entry) if isinstance(item, Items)]
                held[kind] += [tuple(one.text for one in row.items if isinstance(one, Scalar)) for row in rows if row.items]
    return held


def _parts(chain: Sequence[Link]) -> Mapping[str, str]:
    """The further style sheets of a theme by name: for pages that show what others do not."""
    names = {path.stem for link in chain for path in (link.folder / "assets").glob("*.css")} - WHOLE
    return {name: "\n".join(link.file(f"assets/{name}.css") for link in chain) for name in sorted(names)}


def _assets(chain: Sequence[Link]) -> Iterator[tuple[str, str]]:
    for link in chain:
        folder = link.folder / "assets"
        for file in sorted(folder.rglob("*")):
            if file.suffix.lower() in ASSETS and file.is_file() and not file.is_symlink():
                yield f"assets/{file.relative_to(folder).as_posix()}", str(file)
