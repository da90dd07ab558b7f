"""Finished PDFs: reads what is in one, and binds several into one. The only user of pikepdf."""

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
# Page or other object of a document, as pikepdf identifies it.
ObjectNumber = tuple[int, int]
TURNS = 40
PART = "https://part.invalid/"  # links of the front to a report: its number follows


class NotReadable(ValueError):
    """The bytes are no PDF that can be read."""


@dataclass(frozen=True)
class Content:
    """The content of a finished PDF: attachments by name, texts of table cells by the cell's id."""

    attachments: Mapping[str, bytes]
    cells: Mapping[str, str]


def content(data: bytes) -> Content:
    """The content of a PDF. Raises NotReadable."""
    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            attachments = {
                name: document.attachments[name].get_file().read_bytes()
                for name in document.attachments
            }
            return Content(attachments, _cells(document))
    except (
        pikepdf.PdfError,
        LookupError,
        TypeError,
        ValueError,
        AttributeError,
        RecursionError,
    ) as error:
        raise NotReadable(str(error)) from error  # a PDF may hold anything at all


def _cells(document: pikepdf.Pdf) -> Mapping[str, str]:
    """Id → text of each table cell."""
    texts = {page.obj.objgen: _texts(page) for page in document.pages}
    if "/StructTreeRoot" not in document.Root:
        return {}
    cells: dict[str, str] = {}
    for table in tables(document.Root.StructTreeRoot):
        for element in _below(table, "/TD"):
            if "/ID" in element:
                cells[str(element.ID)] = "".join(_element_texts(element, texts))
    return cells


def _element_texts(
    element: Element, texts: Mapping[ObjectNumber, Mapping[int, str]]
) -> Iterator[str]:
    """The texts of the marked content below an element."""
    page = element.get("/Pg")
    for kid in _kids(element):
        if isinstance(kid, int) and page is not None:
            yield texts[page.objgen].get(kid, "")
        elif isinstance(kid, pikepdf.Dictionary):
            yield from _element_texts(kid, texts)


def _texts(page: pikepdf.Page) -> Mapping[int, str]:
    """The marked content of a page: number → text."""
    fonts = {name: _letters(font) for name, font in page.resources.get("/Font", {}).items()}
    texts: dict[int, str] = {}
    letters: Mapping[str, str] = {}
    open_marks: list[int | None] = []
    for instruction in pikepdf.parse_content_stream(page, "BDC BMC EMC Tf TJ Tj"):
        operands = instruction.operands
        operator = str(instruction.operator)
        if operator in {"BDC", "BMC"}:
            open_marks.append(_mark_number(operands))
        elif operator == "EMC":
            open_marks.pop()
        elif operator == "Tf":
            letters = fonts.get(str(operands[0]), {})
        elif open_marks and open_marks[-1] is not None:
            mark = open_marks[-1]
            runs = operands[0] if operator == "TJ" else [operands[0]]
            texts[mark] = texts.get(mark, "") + _run_text(runs, letters)
    return texts


def _mark_number(operands: Any) -> int | None:
    """The number of the marked content that begins; None where it has none."""
    properties: object = operands[1] if len(operands) > 1 else None
    if isinstance(properties, pikepdf.Dictionary) and "/MCID" in properties:
        return int(properties["/MCID"])
    return None


def _run_text(runs: Iterable[Any], letters: Mapping[str, str]) -> str:
    """The text of runs of glyphs; a glyph is two bytes."""
    glyphs = "".join(bytes(run).hex() for run in runs if isinstance(run, pikepdf.String))
    starts = range(0, len(glyphs), 4)
    return "".join(letters.get(glyphs[start : start + 4], "") for start in starts)


def _letters(font: pikepdf.Object) -> Mapping[str, str]:
    """The letters that the glyphs of a font stand for: two bytes in hex → text."""
    if "/ToUnicode" not in font:
        return {}
    mapping = font.ToUnicode.read_bytes()
    letters = {}
    for glyph, code in re.findall(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>", mapping):
        text = bytes.fromhex(code.decode()).decode("utf-16-be", "replace")
        letters[glyph.decode().lower()] = text
    return letters


def tables(element: pikepdf.Object) -> Iterator[Element]:
    """The tables of a structure tree, in order; our pages have no table within a table."""
    return _below(element, "/Table")


def _below(element: pikepdf.Object, kind: str) -> Iterator[Element]:
    """The elements of a kind below an element, except those inside another of the kind."""
    for child in _children(element):
        if str(child.get("/S")) == kind:
            yield child
        else:
            yield from _below(child, kind)


def _children(element: pikepdf.Object) -> Iterator[Element]:
    """The structure elements right below an element.

    Marked content and references to annotations are none.
    """
    for kid in _kids(element):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid


def _kids(element: pikepdf.Object) -> Iterable[Any]:
    """Everything right below an element."""
    kids = element.get("/K")
    return kids if isinstance(kids, pikepdf.Array) else [kids]


def pages(data: bytes) -> int:
    """The number of pages of a PDF."""
    with pikepdf.open(io.BytesIO(data)) as document:
        return len(document.pages)


def bind(front: bytes, reports: Sequence[bytes]) -> bytes:
    """One PDF of several: pages, structure, ids and bookmarks of each report follow the front.

    Links of the front to a report (`https://part.invalid/2`) lead to its first page. The same input
    always makes the same bytes. Files attached to the reports are left out.
    """
    with ExitStack() as stack:
        book = stack.enter_context(pikepdf.open(io.BytesIO(front)))
        binder = _Binder(book)
        starts = []
        for number, report in enumerate(reports, 1):
            document = stack.enter_context(pikepdf.open(io.BytesIO(report)))
            starts.append(binder.add(document, f"{number}/"))
        binder.lead(starts)
        binder.finish()
        for spare in range(TURNS):
            data = _saved(book, spare)
            if b"\r\nendstream" not in data:
                break
        return data


def _saved(book: pikepdf.Pdf, spare: int) -> bytes:
    """The bytes of a document, whose streams stay as they are.

    Small objects are put into packs, of which one in 256 ends as no stream may (tagging._pack).
    With so many empty objects in front they are packed in another way.
    """
    if spare:
        empty = [book.make_indirect(pikepdf.Dictionary()) for _ in range(spare)]
        book.Root["/GongkaiSpare"] = pikepdf.Array(empty)
    stream = io.BytesIO()
    book.save(
        stream,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
    )
    return stream.getvalue()


class _Binder:
    """A document to which whole documents of our own making (tagging.py) are added."""

    def __init__(self, book: pikepdf.Pdf) -> None:
        self.book = book
        self.tree = book.Root.StructTreeRoot
        self.document = self.tree.K[0]
        self.numbers: list[Any] = list(self.tree.ParentTree.Nums)
        self.names: list[Any] = list(self.tree.IDTree.Names)
        self.shared: dict[bytes, pikepdf.Object] = {}
        self.outline: list[pikepdf.OutlineItem] = []
        for page in book.pages:
            self._share(page)

    def add(self, report: pikepdf.Pdf, prefix: str) -> tuple[pikepdf.Page, str]:
        """Put a report at the end; its first page and its title. All its ids get the prefix."""
        start = len(self.book.pages)
        with warnings.catch_warnings():  # about named destinations, which `_settle` replaces
            warnings.simplefilter("ignore", pikepdf.PageCopyWarning)
            self.book.pages.extend(report.pages)
        copies = list(self.book.pages[start:])
        # The structure is copied after its pages, so that it refers to their copies.
        shift = self._add_structure(self.book.copy_foreign(report.Root.StructTreeRoot), prefix)
        pairs = zip(report.pages, copies, strict=True)
        page_copies = {page.obj.objgen: copy.obj for page, copy in pairs}
        names: Any = report.Root.get("/Names", {})
        targets = _pairs(names.get("/Dests", {}).get("/Names", ()))
        destinations = {str(name): _moved(target, page_copies) for name, target in targets}
        for page in copies:
            self._settle(page, shift, destinations)
        with report.open_outline() as outline:
            self.outline += [_bookmark(item, page_copies) for item in outline.root]
        return copies[0], str(report.docinfo.get("/Title", ""))

    def _add_structure(self, tree: pikepdf.Object, prefix: str) -> int:
        """Put a structure tree at the end; by how much its numbers of marked content grow."""
        report = tree.K[0]
        report.S = pikepdf.Name.Part
        report.P = self.document
        self.document.K.append(report)
        shift = max(int(number) for number in self.numbers[::2]) + 1
        for number, owner in _pairs(tree.ParentTree.Nums):
            self.numbers += [int(number) + shift, owner]
        for name, element in _pairs(tree.IDTree.Names):
            element.ID = pikepdf.String(f"{prefix}{name}")
            if "/Headers" in element.A:
                headers = [pikepdf.String(f"{prefix}{header}") for header in element.A.Headers]
                element.A.Headers = pikepdf.Array(headers)
            self.names += [element.ID, element]
        return shift

    def _settle(
        self, page: pikepdf.Page, shift: int, destinations: Mapping[str, pikepdf.Array]
    ) -> None:
        """Adapt an added page: its numbers in the structure, and its links to named places."""
        page.obj.StructParents += shift
        for annotation in page.get("/Annots", ()):
            if "/StructParent" in annotation:
                annotation.StructParent += shift
            name = str(annotation.get("/Dest", ""))
            if name in destinations:
                annotation.Dest = destinations[name]
        self._share(page)

    def _share(self, page: pikepdf.Page) -> None:
        """Let pages share equal fonts and colour profiles."""
        for font in page.resources.get("/Font", {}).values():
            descriptor = font.DescendantFonts[0].FontDescriptor
            for key in ("/FontFile2", "/FontFile3"):
                if key in descriptor:
                    descriptor[key] = self._first_equal(descriptor[key])
        for space in page.resources.get("/ColorSpace", {}).values():
            if isinstance(space, pikepdf.Array) and isinstance(space[-1], pikepdf.Stream):
                space[-1] = self._first_equal(space[-1])

    def _first_equal(self, stream: pikepdf.Object) -> pikepdf.Object:
        """The first of all streams that are equal to this one."""
        checksum = hashlib.sha256(stream.read_raw_bytes()).digest()
        return self.shared.setdefault(checksum, stream)

    def lead(self, starts: Sequence[tuple[pikepdf.Page, str]]) -> None:
        """Let the links of the front lead to the reports, and describe them by their titles."""
        for page in self.book.pages:
            for annotation in page.get("/Annots", ()):
                action: Any = annotation.get("/A", {})
                address = str(action.get("/URI", ""))
                if address.startswith(PART):
                    first, title = starts[int(address.removeprefix(PART))]
                    del annotation["/A"]
                    annotation.Dest = pikepdf.Array([first.obj, pikepdf.Name.Fit])
                    annotation.Contents = pikepdf.String(title)

    def finish(self) -> None:
        """Store the bookmarks and the trees for look-ups (ISO 32000-1, 7.9.6 and 7.9.7)."""
        self.tree.ParentTree.Nums = pikepdf.Array(self.numbers)
        names: list[Any] = []
        for name, element in sorted(_pairs(self.names), key=lambda pair: bytes(pair[0])):
            names += [name, element]
        self.tree.IDTree.Names = pikepdf.Array(names)
        with self.book.open_outline() as outline:
            outline.root.extend(self.outline)


def _pairs(entries: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    """The keys and values of a name or number tree without branches, as ours are."""
    iterator = iter(entries)
    return zip(iterator, iterator, strict=True)


def _moved(target: Any, page_copies: Mapping[ObjectNumber, pikepdf.Object]) -> pikepdf.Array:
    """A destination, on the copy of its page."""
    return pikepdf.Array([page_copies[target[0].objgen], *target[1:]])


def _bookmark(
    item: pikepdf.OutlineItem, page_copies: Mapping[ObjectNumber, pikepdf.Object]
) -> pikepdf.OutlineItem:
    """A bookmark and those below it, on the copies of their pages."""
    bookmark = pikepdf.OutlineItem(item.title, _moved(item.destination, page_copies))
    bookmark.children.extend(_bookmark(child, page_copies) for child in item.children)
    bookmark.is_closed = True
    return bookmark
