"""Finished PDFs: what is in one. The only user of pikepdf."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pikepdf

Element = pikepdf.Dictionary


class NotReadable(ValueError):
    """The bytes are no PDF that can be read."""


@dataclass(frozen=True)
class Held:
    """What a finished PDF holds: its attachments by name, and what is printed in each table cell, by the cell's id."""

    attachments: Mapping[str, bytes]
    cells: Mapping[str, str]


def held(data: bytes) -> Held:
    """What is in a PDF. Raises NotReadable."""
    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            attached = {name: document.attachments[name].get_file().read_bytes() for name in document.attachments}
            texts = {page.obj.objgen: _texts(page) for page in document.pages}
            cells: dict[str, str] = {}
            for table in tables(document.Root.StructTreeRoot) if "/StructTreeRoot" in document.Root else ():
                for element in _below(table, "/TD"):
                    if "/ID" in element:
                        cells[str(element.ID)] = "".join(_words(element, texts))
            return Held(attached, cells)
    except pikepdf.PdfError as error:
        raise NotReadable(str(error)) from error


def _words(element: Element, texts: Mapping[tuple[int, int], Mapping[int, str]]) -> Iterator[str]:
    """The words of the marked content below an element."""
    page, kids = element.get("/Pg"), element.get("/K")
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int) and page is not None:
            yield texts[page.objgen].get(kid, "")
        elif isinstance(kid, pikepdf.Dictionary):
            yield from _words(kid, texts)


def _texts(page: pikepdf.Page) -> Mapping[int, str]:
    """The marked content of a page: number → words."""
    fonts = {name: _letters(font) for name, font in page.resources.get("/Font", {}).items()}
    found: dict[int, str] = {}
    letters: Mapping[str, str] = {}
    marked: list[int | None] = []
    for instruction in pikepdf.parse_content_stream(page, "BDC BMC EMC Tf TJ Tj"):
        operands, word = instruction.operands, str(instruction.operator)
        if word in {"BDC", "BMC"}:
            properties: object = operands[1] if len(operands) > 1 else None
            marked.append(int(properties["/MCID"]) if isinstance(properties, pikepdf.Dictionary) and "/MCID" in properties else None)
        elif word == "EMC":
            marked.pop()
        elif word == "Tf":
            letters = fonts.get(str(operands[0]), {})
        elif marked and marked[-1] is not None:
            runs = operands[0] if word == "TJ" else [operands[0]]
            glyphs = "".join(bytes(run).hex() for run in runs if isinstance(run, pikepdf.String))
            said = "".join(letters.get(glyphs[at : at + 4], "") for at in range(0, len(glyphs), 4))
            found[marked[-1]] = found.get(marked[-1], "") + said
    return found


def _letters(font: pikepdf.Object) -> Mapping[str, str]:
    """The letters that the glyphs of a font stand for: two bytes in hex → text."""
    if "/ToUnicode" not in font:
        return {}
    pairs = re.findall(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>", font.ToUnicode.read_bytes())
    return {glyph.decode().lower(): bytes.fromhex(text.decode()).decode("utf-16-be", "replace") for glyph, text in pairs}


def tables(element: pikepdf.Object) -> Iterator[Element]:
    """The tables of a structure tree, in order; a table within a table does not occur on our pages."""
    for child in _children(element):
        if str(child.get("/S")) == "/Table":
            yield child
        else:
            yield from tables(child)


def _below(element: Element, kind: str) -> Iterator[Element]:
    for child in _children(element):
        if str(child.get("/S")) == kind:
            yield child
        else:
            yield from _below(child, kind)


def _children(element: pikepdf.Object) -> Iterator[Element]:
    """The structure elements right below one; marked content and references to annotations are none."""
    kids = element.get("/K")
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
