"""The fonts of the PDFs cut to the characters that reports use. The only user of uharfbuzz.

WeasyPrint copies the whole font file (18 to 25 MB for Chinese) for every face of every document. Cut to the characters of GB 2312 a
face has 3 to 4 MB: PDFs are made with half the memory and come out half as large. A character outside the cut is drawn with the full
font, which stands next in the style's list of families. Cutting takes a fifth of a second a face, once for each process.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping
from functools import cache

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
def faces() -> Mapping[str, bytes]:
    """Address → font file, for each face whose full font is installed; empty where none is, or nothing can cut it."""
    try:
        import uharfbuzz
    except (ImportError, OSError):
        return {}
    made: dict[str, bytes] = {}
    for name, family, weight, word in FACES:
        found = _installed(family, word)
        if found is not None:
            path, index = found
            wanted = uharfbuzz.SubsetInput()
            wanted.unicode_set.update(characters())
            wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING
            cut = uharfbuzz.subset(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(path), index), wanted)
            made[_address(name, weight)] = bytes(cut.blob.data)
    return made


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
