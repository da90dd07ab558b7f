"""What a PDF needs after WeasyPrint: the right headings for every cell, words for links, and the marks of PDF/A-3a and PDF/UA-1. And the
way back: what a finished PDF holds.

WeasyPrint 70 finds headings by column numbers and misses most of them under heads of several lines; validators pass that. Here every
cell of the structure tree is matched with its cell of the print page, and gets the headings that the page names. The only user of
pikepdf.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pikepdf

from generator.render import metadata
from generator.render.print_tables import TableCell, TableRow

SCOPES = {"col": "/Column", "row": "/Row"}
Element = pikepdf.Dictionary
BAD_END, TURNS = b"\r\nendstream", 20


class NotReadable(ValueError):
    """The bytes are no PDF that can be read."""


class Mismatch(Exception):
    """The tables of the PDF are not those of the print page; the message says where."""


def finish(data: bytes, rows: Sequence[TableRow], language: str) -> bytes:
    """The PDF with its tables repaired and its metadata complete; the same bytes for the same input. Raises Mismatch."""
    with pikepdf.open(io.BytesIO(data)) as document:
        _repair(document, rows)
        _describe_links(document)
        _identify(document, language)
        if "/AF" in document.Root:  # WeasyPrint names each attachment twice
            document.Root.AF = pikepdf.Array([document.attachments[name].obj for name in sorted(document.attachments)])
        for turn in range(TURNS):
            _pad(document, turn)
            stream = io.BytesIO()
            document.save(stream, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
            if BAD_END not in stream.getvalue():
                break
    return stream.getvalue()


def _pad(document: pikepdf.Pdf, turn: int) -> None:
    """Let no stream end in a carriage return: with the line feed that follows, readers cannot tell whether it belongs to the stream
    (ISO 19005-3, 6.1.7.1), and one compressed stream in 256 would. Streams get a blank line more; those in which qpdf
    packs small objects are packed otherwise, with so many empty objects in front.
    """
    if turn:
        document.Root["/GK_Pad"] = pikepdf.Array([document.make_indirect(pikepdf.Dictionary()) for _ in range(turn)])
    for stream in document.objects:
        if isinstance(stream, pikepdf.Stream) and stream.read_raw_bytes().endswith(b"\r"):
            data = stream.read_bytes() + b"\n"
            if "/Params" in stream:
                stream.Params.Size = len(data)
                stream.Params.CheckSum = pikepdf.String(hashlib.md5(data, usedforsecurity=False).digest())
            if "/Length1" in stream:
                stream["/Length1"] = len(data)
            stream.write(data)


def _repair(document: pikepdf.Pdf, rows: Sequence[TableRow]) -> None:
    """Give every cell its id, scope and headings. A table that runs over pages is one table a page, with its head repeated."""
    names: dict[str, Element] = {}
    at = 0
    for number, table in enumerate(_tables(document.Root.StructTreeRoot)):
        lines = list(_below(table, "/TR"))
        here: dict[str, str] = {}
        repeated = _repeated(lines, rows, at)
        for line in lines:
            row, at = (repeated.pop(0), at) if repeated else (_row(rows, at), at + 1)
            cells = [child for child in _children(line) if str(child.get("/S")) in {"/TH", "/TD"}]
            if _shape(cells) != row.shape:
                raise Mismatch(f"table {number}, line {at}: {_shape(cells)} is not {row.shape}")
            for cell, element in zip(row.cells, cells, strict=True):
                _mark(cell, element, number, here, names)
        for line in lines:
            for element in _children(line):
                _refer(element, here)
    if at != len(rows):
        raise Mismatch(f"{len(rows) - at} lines of the page's tables are not in the PDF")
    _index(document, names)


def _row(rows: Sequence[TableRow], at: int) -> TableRow:
    if at >= len(rows):
        raise Mismatch("the PDF has more table lines than the page")
    return rows[at]


def _tables(element: pikepdf.Object) -> Iterator[Element]:
    """The tables of a structure tree, in order; a table within a table does not occur on our pages."""
    for child in _children(element):
        if str(child.get("/S")) == "/Table":
            yield child
        else:
            yield from _tables(child)


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


def _shape(cells: Sequence[Element]) -> tuple[tuple[str, int], ...]:
    return tuple((str(cell.S)[1:].lower(), int(cell.A.get("/ColSpan", 1))) for cell in cells)


def _repeated(lines: Sequence[Element], rows: Sequence[TableRow], at: int) -> list[TableRow]:
    """The head rows that a table on a new page begins with, where it goes on with one that has begun."""
    if at == 0 or at >= len(rows) or rows[at].table != rows[at - 1].table:
        return []
    head = [row for row in rows if row.table == rows[at].table and row.head]
    shapes = [_shape([cell for cell in _children(line) if str(cell.get("/S")) in {"/TH", "/TD"}]) for line in lines[: len(head)]]
    return head if head and shapes == [row.shape for row in head] else []


def _mark(cell: TableCell, element: Element, number: int, here: dict[str, str], names: dict[str, Element]) -> None:
    """The page's id of a cell (a figure's is its address), its scope and its headings. A repeated head has ids of its own."""
    attributes = element.A
    for key in ("/Headers", "/Scope"):
        if key in attributes:
            del attributes[key]
    if cell.tag == "th":
        here[cell.id] = cell.id if cell.id not in names else f"{cell.id}@{number}"
        attributes.Scope = pikepdf.Name(SCOPES[cell.scope])
    name = here.get(cell.id, cell.id)
    names[name] = element
    element.ID = pikepdf.String(name)
    if cell.headers or cell.tag == "td":
        attributes.Headers = pikepdf.Array([pikepdf.String(header) for header in cell.headers])


def _refer(element: Element, here: dict[str, str]) -> None:
    """Headings that are repeated on this page are the ones to go to."""
    attributes = element.get("/A")
    if isinstance(attributes, pikepdf.Dictionary) and "/Headers" in attributes:
        attributes.Headers = pikepdf.Array([pikepdf.String(here.get(str(name), str(name))) for name in attributes.Headers])


def _index(document: pikepdf.Pdf, names: dict[str, Element]) -> None:
    """The tree by which readers find a heading by its id (ISO 32000-1, 14.7.2)."""
    listed = pikepdf.Array()
    for name in sorted(names, key=lambda one: bytes(pikepdf.String(one))):
        listed.append(pikepdf.String(name))
        listed.append(names[name])
    document.Root.StructTreeRoot.IDTree = document.make_indirect(pikepdf.Dictionary(Names=listed))


def _describe_links(document: pikepdf.Pdf) -> None:
    """Words for each link annotation: where it leads, for a reader that cannot see the text (PDF/UA-1, 7.18.5)."""
    for page in document.pages:
        for annotation in page.get("/Annots", ()):
            if annotation.get("/Subtype") == "/Link":
                action = annotation.get("/A")
                target = str(action.get("/URI", "")) if isinstance(action, pikepdf.Dictionary) else ""
                annotation.Contents = pikepdf.String(target or "文内链接")


def _identify(document: pikepdf.Pdf, language: str) -> None:
    """Metadata that says what the document information says, and that the file is PDF/A-3a and PDF/UA-1; never compressed."""
    packet = metadata.packet({key: str(value) for key, value in document.docinfo.items()}, language)
    stream = pikepdf.Stream(document, packet, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
    document.Root.Metadata = document.make_indirect(stream)


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
            for table in _tables(document.Root.StructTreeRoot) if "/StructTreeRoot" in document.Root else ():
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
