"""The fonts of the PDFs cut to the characters that reports use. The only user of uharfbuzz.

WeasyPrint copies the whole font file (18 to 25 MB for Chinese) for every face of every document.
Cut to the characters of GB 2312 a face has 3 to 4 MB: PDFs take half the memory to make and are
half as large. A character outside the cut is drawn with the full font, which comes next in the
style's list of families. Cutting takes a fifth of a second a face, once for each machine: the
result is kept in the user's cache, where every process finds it.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from generator.model.digest import made_by
from generator.render import charset

# Name in styles, family on the machine, weight, fontconfig name of the weight.
FACES = (
    ("Gongkai Serif", "Noto Serif CJK SC", 400, "regular"),
    ("Gongkai Serif", "Noto Serif CJK SC", 700, "bold"),
    ("Gongkai Sans", "Noto Sans CJK SC", 400, "regular"),
    ("Gongkai Sans", "Noto Sans CJK SC", 700, "bold"),
)
LIBRARIES = ("uharfbuzz", "fonttools")
SOURCES = ("fonts.py", "charset.py")
SCHEME = "https://fonts.invalid/"  # no such host: the fetcher reads these files from the disk
# Latin with accents, punctuation, symbols, Chinese punctuation, full-width forms.
RANGES = (
    (0x20, 0x7F),
    (0xA0, 0x180),
    (0x2000, 0x2070),
    (0x2100, 0x2150),
    (0x2460, 0x2500),
    (0x25A0, 0x2610),
    (0x3000, 0x3040),
    (0xFF00, 0xFFF0),
)


@cache
def faces() -> Mapping[str, Path]:
    """Address → font file, for each face whose full font is installed.

    Empty where none is installed, or the library that cuts them does not work.
    """
    files: dict[str, Path] = {}
    for name, family, weight, weight_name in FACES:
        font = _installed(family, weight_name)
        if font is not None:
            file = _cut(*font)
            if file is None:
                return {}
            files[_address(name, weight)] = file
    return files


def _cut(path: str, index: int) -> Path | None:
    """The file of a face with only our characters; None where the library does not work.

    Made once, and again when the font, the characters or the library change. The file appears as a
    whole or not at all, so that several processes may make it at once.
    """
    state = Path(path).stat()
    source = (path, index, state.st_size, state.st_mtime_ns, _recipe(), sorted(characters()))
    file = _folder() / f"{hashlib.sha256(repr(source).encode()).hexdigest()}.otf"
    if file.exists():
        return file
    try:
        import uharfbuzz
    except (ImportError, OSError):
        return None
    subset = uharfbuzz.SubsetInput()
    subset.unicode_set.update(characters())
    subset.flags = uharfbuzz.SubsetFlags.NO_HINTING
    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(path), index)
    cut = uharfbuzz.subset(face, subset)
    temporary = file.with_suffix(f".{os.getpid()}")
    temporary.write_bytes(charset.identical(cut.blob.data))
    temporary.replace(file)
    return file


@cache
def _recipe() -> str:
    """A digest of what decides how a font is cut: our own code, with its flags, and the libraries.

    A font that was cut by other code stays in the cache and is used no more.
    """
    return made_by((Path(__file__).with_name(name) for name in SOURCES), LIBRARIES)


@cache
def _folder() -> Path:
    """The folder of cut fonts: in the user's cache, or else a temporary one of this process."""
    caches = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = caches / "gongkai" / "fonts"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError:
        return Path(tempfile.mkdtemp(prefix="gongkai-fonts-"))
    return folder


def style() -> str:
    """The @font-face rules of the faces that could be cut."""
    rules = []
    for name, _, weight, _ in FACES:
        address = _address(name, weight)
        if address in faces():
            rule = f'font-family:"{name}";font-weight:{weight};src:url({address})'
            rules.append(f"@font-face{{{rule}}}")
    return "".join(rules)


def _address(name: str, weight: int) -> str:
    return f"{SCHEME}{name.replace(' ', '-').lower()}-{weight}"


def _installed(family: str, weight: str) -> tuple[str, int] | None:
    """The file of an installed face, and its number within the file.

    None where fontconfig is missing, or would take another family instead.
    """
    pattern = f"{family}:style={weight.title()}:weight={weight}"
    command = ["fc-match", "-f", "%{family}\\n%{file}\\n%{index}", pattern]
    try:
        match = subprocess.run(command, capture_output=True, text=True, check=True, timeout=20)
    except (OSError, subprocess.SubprocessError):
        return None
    families, *place = match.stdout.split("\n")
    if len(place) < 2 or family not in families.split(",") or not place[1].isdecimal():
        return None
    return place[0], int(place[1])


@cache
def characters() -> frozenset[int]:
    """The characters that reports use: those of GB 2312, punctuation and symbols.

    Names with other characters are drawn with the full font.
    """
    codes = set(_gb2312())
    for start, end in RANGES:
        codes.update(range(start, end))
    return frozenset(codes)


def _gb2312() -> Iterator[int]:
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            character = bytes((row, cell)).decode("gb2312", "ignore")
            if character:
                yield ord(character)
