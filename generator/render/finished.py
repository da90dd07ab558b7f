"""Finished PDFs: what is in one, and many bound in one. The only user of pikepdf."""

from __future__ import annotations

import hashlib
import io
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import pikepdf

Element = pikepdf.Dictionary
TURNS = 40
PART = "https://part.invalid/"  # where a link in front matter leads that shall lead to a part


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
    except (pikepdf.PdfError, LookupError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise NotReadable(str(error)) from error  # a PDF may hold anything at all


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


def pages(data: bytes) -> int:
    """How many pages a PDF has."""
    with pikepdf.open(io.BytesIO(data)) as document:
        return len(document.pages)


def bind(front: bytes, parts: Sequence[bytes]) -> bytes:
    """One PDF of several: pages, structure, ids and bookmarks of each part behind those of the front, and links of the front that name a
    part (`https://part.invalid/2`) lead there. The same bytes for the same input; files attached to the parts stay behind.
    """
    with ExitStack() as opened:
        book = opened.enter_context(pikepdf.open(io.BytesIO(front)))
        binder = _Binder(book)
        starts = [binder.add(opened.enter_context(pikepdf.open(io.BytesIO(data))), f"{number}/") for number, data in enumerate(parts, 1)]
        binder.lead(starts)
        binder.finish()
        for spare in range(TURNS):
            if b"\r\nendstream" not in (data := _saved(book, spare)):
                break
        return data


def _saved(book: pikepdf.Pdf, spare: int) -> bytes:
    """The bytes of a document. Streams stay as they are; of the packs that small objects are put in, one in 256 ends as no stream may
    (tagging._pack): with so many empty objects in front they are packed otherwise.
    """
    if spare:
        book.Root["/GongkaiSpare"] = pikepdf.Array([book.make_indirect(pikepdf.Dictionary()) for _ in range(spare)])
    stream = io.BytesIO()
    packed, untouched = pikepdf.ObjectStreamMode.generate, pikepdf.StreamDecodeLevel.none
    book.save(stream, deterministic_id=True, object_stream_mode=packed, stream_decode_level=untouched)
    return stream.getvalue()


class _Binder:
    """A document that grows by whole documents of our own making (tagging.py)."""

    def __init__(self, book: pikepdf.Pdf) -> None:
        self.book = book
        self.tree = book.Root.StructTreeRoot
        self.document = self.tree.K[0]
        self.numbers: list[Any] = list(self.tree.ParentTree.Nums)
        self.names: list[Any] = list(self.tree.IDTree.Names)
        self.seen: dict[bytes, pikepdf.Object] = {}
        self.outline: list[pikepdf.OutlineItem] = []
        for page in book.pages:
            self._share(page)

    def add(self, part: pikepdf.Pdf, prefix: str) -> tuple[pikepdf.Page, str]:
        """Put a part at the end; its first page and its title. All its ids get the prefix."""
        start = len(self.book.pages)
        with warnings.catch_warnings():  # that names of places stay behind: they are settled below
            warnings.simplefilter("ignore", pikepdf.PageCopyWarning)
            self.book.pages.extend(part.pages)
        added = list(self.book.pages[start:])
        # Copied after its pages, the structure refers to the copies.
        tree = self.book.copy_foreign(part.Root.StructTreeRoot)
        whole = tree.K[0]
        whole.S, whole.P = pikepdf.Name.Part, self.document
        self.document.K.append(whole)
        shift = max(int(key) for key in self.numbers[::2]) + 1
        for key, owner in _pairs(tree.ParentTree.Nums):
            self.numbers.extend([int(key) + shift, owner])
        for name, element in _pairs(tree.IDTree.Names):
            element.ID = pikepdf.String(f"{prefix}{name}")
            if "/Headers" in element.A:
                element.A.Headers = pikepdf.Array([pikepdf.String(f"{prefix}{head}") for head in element.A.Headers])
            self.names += [element.ID, element]
        places = {page.obj.objgen: copy.obj for page, copy in zip(part.pages, added, strict=True)}
        names: Any = part.Root.get("/Names", {})
        named = _pairs(names.get("/Dests", {}).get("/Names", ()))
        for page in added:
            self._settle(page, shift, {str(name): _moved(target, places) for name, target in named})
        with part.open_outline() as outline:
            self.outline += [_bookmark(item, places) for item in outline.root]
        return added[0], str(part.docinfo.get("/Title", ""))

    def _settle(self, page: pikepdf.Page, shift: int, named: Mapping[str, pikepdf.Array]) -> None:
        """Let a page that was added find its place in the structure, and its links the places that had names."""
        page.obj.StructParents += shift
        for annotation in page.get("/Annots", ()):
            if "/StructParent" in annotation:
                annotation.StructParent += shift
            if str(annotation.get("/Dest", "")) in named:
                annotation.Dest = named[str(annotation.Dest)]
        self._share(page)

    def _share(self, page: pikepdf.Page) -> None:
        """Have equal fonts and colour profiles once."""
        for font in page.resources.get("/Font", {}).values():
            descriptor = font.DescendantFonts[0].FontDescriptor
            for key in ("/FontFile2", "/FontFile3"):
                if key in descriptor:
                    descriptor[key] = self._once(descriptor[key])
        for space in page.resources.get("/ColorSpace", {}).values():
            if isinstance(space, pikepdf.Array) and isinstance(space[-1], pikepdf.Stream):
                space[-1] = self._once(space[-1])

    def _once(self, stream: pikepdf.Object) -> pikepdf.Object:
        """The first of all streams that are equal to this one."""
        return self.seen.setdefault(hashlib.sha256(stream.read_raw_bytes()).digest(), stream)

    def lead(self, starts: Sequence[tuple[pikepdf.Page, str]]) -> None:
        """Let the links of the front lead to the parts, and say so."""
        for page in self.book.pages:
            for annotation in page.get("/Annots", ()):
                action: Any = annotation.get("/A", {})
                target = str(action.get("/URI", ""))
                if target.startswith(PART):
                    first, title = starts[int(target.removeprefix(PART))]
                    del annotation["/A"]
                    annotation.Dest, annotation.Contents = pikepdf.Array([first.obj, pikepdf.Name.Fit]), pikepdf.String(title)

    def finish(self) -> None:
        """Write down the trees that readers look things up in (ISO 32000-1, 7.9.6 and 7.9.7), and the bookmarks."""
        self.tree.ParentTree.Nums = pikepdf.Array(self.numbers)
        pairs = sorted(_pairs(self.names), key=lambda pair: bytes(pair[0]))
        self.tree.IDTree.Names = pikepdf.Array([one for pair in pairs for one in pair])
        with self.book.open_outline() as outline:
            outline.root.extend(self.outline)


def _pairs(listed: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    """The keys and values of a name or number tree without branches, as ours are."""
    one = iter(listed)
    return zip(one, one, strict=True)


def _moved(target: Any, places: Mapping[tuple[int, int], pikepdf.Object]) -> pikepdf.Array:
    """A destination, on the copy of its page."""
    return pikepdf.Array([places[target[0].objgen], *target[1:]])


def _bookmark(item: pikepdf.OutlineItem, places: Mapping[tuple[int, int], pikepdf.Object]) -> pikepdf.OutlineItem:
    moved = pikepdf.OutlineItem(item.title, _moved(item.destination, places))
    moved.children.extend(_bookmark(child, places) for child in item.children)
    moved.is_closed = True
    return moved
