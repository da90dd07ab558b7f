"""A theme's folder to a Theme. The order of templates: the theme, what it extends, the site's templates/, those shipped with Gongkai."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from generator.load.reading import Reading
from generator.model.finding import Location, Text
from generator.model.source import Fields, Files, Scalar
from generator.model.theme import Layer, Theme
from generator.shipped import TEMPLATES, THEMES

KEYS = {"name": ("name",), "extends": ("extends",), "tokens": ("tokens",), "screen": ("screen",), "print": ("print",)}
MODES = {
    "light": ":root{%s}",
    "dark": "@media (prefers-color-scheme:dark){:root{%s}}",
    "contrast": "@media (prefers-contrast:more){:root{%s}}",
}
ASSETS = frozenset({".svg", ".png", ".jpg", ".webp", ".ico", ".woff2", ".js"})


def load_theme(root: Path, name: str, reading: Reading, open_folder: Callable[[Path], Files]) -> Theme | None:
    """The theme called `name`, of the site or shipped; None with a finding when there is none or it cannot be read."""
    chain: list[tuple[str, Path, Fields]] = []
    while name:
        base = next((base for base in (root / "themes", THEMES) if (base / name / "theme.yaml").is_file()), None)
        if base is None or name in {one for one, _, _ in chain}:
            zh, en = f"没有叫“{name}”的主题，或主题互相继承", f"no theme is called “{name}”, or themes extend each other"
            reading.note("C-04", Location("site.yaml"), zh, en)
            return None
        fields = replace(reading, files=open_folder(base.parent)).root(f"themes/{name}/theme.yaml")
        if fields is None:
            return None
        chain.append((name, base / name, fields))
        parent = fields.get("extends")
        name = parent.text if isinstance(parent, Scalar) else ""
    layers = [_layer(one, folder / "templates", f"themes/{one}/templates") for one, folder, _ in chain]
    layers += [_layer("site", root / "templates", "templates"), _layer("base", TEMPLATES, "templates")]
    tokens = "\n".join(_tokens(fields, reading) for _, _, fields in reversed(chain))
    return Theme(
        chain[0][0],
        tuple(layers),
        f"{tokens}\n{_style(chain, 'screen')}",
        f"{tokens}\n{_style(chain, 'print')}",
        {path: str(file) for _, folder, _ in reversed(chain) for path, file in _assets(folder / "assets")},
    )


def _layer(name: str, folder: Path, shown: str) -> Layer:
    files = sorted(folder.glob("*.html")) if folder.is_dir() else []
    return Layer(name, {file.name: file.read_text("utf-8") for file in files}, {file.name: f"{shown}/{file.name}" for file in files})


def _tokens(fields: Fields, reading: Reading) -> str:
    """The tokens of a theme as CSS custom properties, one rule a mode."""
    node = fields.get("tokens")
    if node is None:
        return ""
    rules = []
    for mode, entry in reading.fields(node, {mode: (mode,) for mode in MODES}, Text("tokens", "tokens")).items():
        pairs = entry[1].pairs if isinstance(entry[1], Fields) else ()
        said = "".join(f"--{key.text}:{value.text};" for key, value in pairs if isinstance(value, Scalar))
        rules.append(MODES[mode].replace("%s", said))
    return "\n".join(rules)


def _style(chain: list[tuple[str, Path, Fields]], medium: str) -> str:
    """The style sheets of a medium, the parent's first."""
    texts = []
    for _, folder, _ in reversed(chain):
        file = folder / "assets" / f"{medium}.css"
        if file.is_file():
            texts.append(file.read_text("utf-8"))
    return "\n".join(texts)


def _assets(folder: Path) -> Iterator[tuple[str, Path]]:
    for file in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if file.suffix in ASSETS and not file.is_symlink():
            yield f"assets/{file.relative_to(folder).as_posix()}", file
