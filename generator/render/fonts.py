"""The fonts of the PDFs cut to the characters that reports use. The only user of uharfbuzz.

WeasyPrint copies the whole font file (18 to 25 MB for Chinese) for every face of every document. Cut to the characters of GB 2312 a
face has 3 to 4 MB: PDFs are made with half the memory and come out half as large. A character outside the cut is drawn with the full
font, which stands next in the style's list of families. Cutting takes a fifth of a second a face, once for each machine: the result is
kept in the user's cache, from which every process takes it.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import metadata
from pathlib import Path

# Name in styles, family on the machine, weight, fontconfig's word for the weight.
FACES = (
    ("Gongkai Serif", "Noto Serif CJK SC", 400, "regular"),
    ("Gongkai Serif", "Noto Serif CJK SC", 700, "bold"),
    ("Gongkai Sans", "Noto Sans CJK SC", 400, "regular"),
    ("Gongkai Sans", "Noto Sans CJK SC", 700, "bold"),
)
SCHEME = "https://fonts.invalid/"  # no such host: the fetcher knows these by name and fetches nothing
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
    """Address → font file, for each face whose full font is installed; empty where none is, or nothing can cut it."""
    made: dict[str, Path] = {}
    for name, family, weight, word in FACES:
        found = _installed(family, word)
        if found is not None:
            cut = _cut(*found)
            if cut is None:
                return {}
            made[_address(name, weight)] = cut
    return made


def _cut(path: str, index: int) -> Path | None:
    """The file of a face with only our characters: made once, and again when the font, the characters or the library change. It appears
    whole or not at all, so that processes may make it side by side. None where the library does not work."""
    state = Path(path).stat()
    made_from = (path, index, state.st_size, state.st_mtime_ns, metadata.version("uharfbuzz"), sorted(characters()))
    kept = _folder() / f"{hashlib.sha256(repr(made_from).encode()).hexdigest()}.otf"
    if kept.exists():
        return kept
    try:
        import uharfbuzz
    except (ImportError, OSError):
        return None
    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.update(characters())
    wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING
    cut = uharfbuzz.subset(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(path), index), wanted)
    aside = kept.with_suffix(f".{os.getpid()}")
    aside.write_bytes(cut.blob.data)
    aside.replace(kept)
    return kept


@cache
def _folder() -> Path:
    """Where cut fonts are kept: the user's cache, or where that cannot be written a folder of this process."""
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "gongkai" / "fonts"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError:
        return Path(tempfile.mkdtemp(prefix="gongkai-fonts-"))
    return folder


def style() -> str:
    """The @font-face rules of the faces that could be cut."""
    rules = (
        f'@font-face{{font-family:"{name}";font-weight:{weight};src:url({_address(name, weight)})}}'
        for name, _, weight, _ in FACES
        if _address(name, weight) in faces()
    )
    return "".join(rules)


def _address(name: str, weight: int) -> str:
    return f"{SCHEME}{name.replace(' ', '-').lower()}-{weight}"


def _installed(family: str, weight: str) -> tuple[str, int] | None:
    """File and number within it of an installed face; None where another family would stand in, or fontconfig is not there."""
    try:
        asked = ["fc-match", "-f", "%{family}\\n%{file}\\n%{index}", f"{family}:style={weight.title()}:weight={weight}"]
        told = subprocess.run(asked, capture_output=True, text=True, check=True, timeout=20).stdout.split("\n")
    except (OSError, subprocess.SubprocessError):
        return None
    return (told[1], int(told[2])) if len(told) > 2 and family in told[0].split(",") and told[2].isdecimal() else None


@cache
def characters() -> frozenset[int]:
    """The characters that reports use: those of GB 2312 and what stands around them. Names beyond it come from the full font."""
    return frozenset((*_gb2312(), *(code for start, end in RANGES for code in range(start, end))))


def _gb2312() -> Iterator[int]:
    for row in range(0xA1, 0xF8):
        for place in range(0xA1, 0xFF):
            character = bytes((row, place)).decode("gb2312", "ignore")
            if character:
                yield ord(character)
