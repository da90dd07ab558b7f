"""What a PDF needs before WeasyPrint writes it: whole tables with the right headings for every cell, words for links, and the marks of
PDF/A-3a and PDF/UA-1. The only user of pydyf.

WeasyPrint 70 finds headings by column numbers and misses most of them under heads of several lines; it writes a table that runs over
pages as one table a page, each with the head repeated; it leaves running heads in the content without a place in the structure.
Validators pass all that. Here every cell of the structure tree is matched with its cell of the print page and gets the headings that
the page names, the parts of a table are sewn together, and what has no place in the tree is marked as an artifact.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from typing import Any

import pydyf

from generator.render import metadata
from generator.render.print_tables import TableCell, TableRow

SCOPES = {"col": "/Column", "row": "/Row"}
# Elements whose text stands in them directly; WeasyPrint puts a Span without meaning around every run of it.
TEXTS = frozenset(("/P", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/TH", "/TD", "/Span", "/Caption", "/LBody", "/Lbl"))
PLAIN = frozenset(("Type", "S", "K", "Pg", "P"))
ARTIFACT = b"<</Type/Pagination>>"
Element = Any  # a pydyf.Dictionary; the library has no types


class Mismatch(Exception):
    """The tables of the PDF are not those of the print page; the message says where."""


def finish(_document: Any, pdf: Any, *, rows: Sequence[TableRow], language: str, spare: int = 0) -> None:
    """Repair a PDF that is about to be written: what WeasyPrint calls a finisher. `spare` empty objects make it packed otherwise. Raises
    Mismatch."""
    tree = Tree(pdf)
    names = _sew(tree, rows)
    # The tree by which readers find a heading by its id (ISO 32000-1, 14.7.2).
    listed = b" ".join(name + b" " + names[name] for name in sorted(names))
    tree.root["IDTree"] = b"<</Names[" + listed + b"]>>"
    tree.retire(pdf)
    tree.flatten(tree.document)
    _describe_links(pdf)
    _identify(pdf, language)
    for _ in range(spare):
        pdf.add_object(pydyf.Dictionary())
    _pack(pdf)


class Tree:
    """The structure tree of a document that WeasyPrint has made and not yet written (ISO 32000-1, 14.7)."""

    def __init__(self, pdf: Any) -> None:
        self.objects = pdf.objects
        self.root = self[pdf.catalog["StructTreeRoot"]]
        self.document = self[self.root["K"][0]]
        numbers = self[self.root["ParentTree"]]["Nums"]
        # For each page, the element that every piece of marked content belongs to; what follows are annotations.
        self.parents = [entry for entry in numbers[1::2] if isinstance(entry, list)]

    def __getitem__(self, reference: bytes) -> Element:
        return self.objects[int(reference.split()[0])]

    def children(self, element: Element) -> Iterator[Element]:
        """The elements right below one; marked content and references to annotations are none."""
        for kid in element["K"]:
            if isinstance(kid, bytes) and "S" in (child := self[kid]):
                yield child

    def below(self, element: Element, kind: str) -> Iterator[Element]:
        """All elements of a kind, in order. A table within a table does not occur on our pages."""
        for child in self.children(element):
            if child["S"] == kind:
                yield child
            else:
                yield from self.below(child, kind)

    def remove(self, element: Element) -> None:
        """Take an element out of the tree, and what would stay behind empty."""
        parent = self[element["P"]]
        parent["K"].remove(element.reference)
        if not parent["K"] and parent is not self.document:
            self.remove(parent)

    def move(self, element: Element, parent: Element) -> None:
        """Make an element the last child of another."""
        self.remove(element)
        element["P"] = parent.reference
        parent["K"].append(element.reference)

    def retire(self, pdf: Any) -> None:
        """Mark as artifacts what the tree does not hold: running heads, page numbers, and the heads that a table repeats on each page
        (ISO 14289-1, 7.1 and 7.8)."""
        held = {self.document.number}
        waiting = [self.document]
        while waiting:
            below = list(self.children(waiting.pop()))
            held.update(child.number for child in below)
            waiting += below
        for page, parents in zip(pdf.page_references, self.parents, strict=True):
            lost = {mark for mark, reference in enumerate(parents) if int(reference.split()[0]) not in held}
            for mark in lost:
                parents[mark] = b"null"
            words = self[self[page]["Contents"]].stream
            for place, word in enumerate(words):
                if word == b"BDC" and isinstance(words[place - 1], dict) and words[place - 1].get("MCID") in lost:
                    words[place - 2 : place] = "/Artifact", ARTIFACT
        for one in self.objects:
            if isinstance(one, pydyf.Dictionary) and one.get("Type") == "/StructElem" and one.number not in held:
                one.clear()

    def flatten(self, element: Element) -> None:
        """Let texts stand in their elements: a third of the objects, and of the bytes."""
        kids: list[Any] = []
        for kid in element["K"]:
            child = self[kid] if isinstance(kid, bytes) else {}
            if "S" in child:
                self.flatten(child)
            if element["S"] in TEXTS and self._bare(child, element):
                for mark in child["K"]:
                    self.parents[self._page(element)][mark] = element.reference
                kids += child["K"]
                child.clear()
            else:
                kids.append(kid)
        element["K"] = pydyf.Array(kids)

    def _bare(self, child: Element, element: Element) -> bool:
        """Whether an element is nothing but a run of text on the page of the one above it."""
        return (
            child.get("S") == "/Span"
            and child["Pg"] == element["Pg"]
            and child.keys() <= PLAIN
            and all(type(one) is int for one in child["K"])
        )

    def _page(self, element: Element) -> int:
        return int(self[element["Pg"]]["StructParents"])


def _sew(tree: Tree, rows: Sequence[TableRow]) -> dict[bytes, bytes]:
    """Join the parts of every table and give each cell its id, scope and headings: id → reference."""
    names: dict[bytes, bytes] = {}
    at = 0
    whole = group = None
    for part in list(tree.below(tree.document, "/Table")):
        lines = [(line, list(tree.children(line))) for line in tree.below(part, "/TR")]
        goes_on = 0 < at < len(rows) and rows[at].table == rows[at - 1].table
        whole = whole if goes_on else part
        for line, _ in lines[: _repeated(lines, rows, at) if goes_on else 0]:
            tree.remove(line)
            lines = lines[1:]
        for line, cells in lines:
            row = _row(rows, at)
            if _shape(cells) != row.shape:
                raise Mismatch(f"table {row.table}, line {at}: {_shape(cells)} is not {row.shape}")
            own = tree[line["P"]]
            if at == 0 or row.group != rows[at - 1].group:
                group = own
                if goes_on:
                    tree.move(own, whole)
            elif own is not group:
                tree.move(line, group)
            for cell, element in zip(row.cells, cells, strict=True):
                names[_mark(cell, element)] = element.reference
            at += 1
    if at != len(rows):
        raise Mismatch(f"{len(rows) - at} lines of the page's tables are not in the PDF")
    return names


def _row(rows: Sequence[TableRow], at: int) -> TableRow:
    if at >= len(rows):
        raise Mismatch("the PDF has more table lines than the page")
    return rows[at]


def _shape(cells: Sequence[Element]) -> tuple[tuple[str, int], ...]:
    return tuple((cell["S"][1:].lower(), cell["A"].get("ColSpan", 1)) for cell in cells)


def _repeated(lines: Sequence[tuple[Element, Sequence[Element]]], rows: Sequence[TableRow], at: int) -> int:
    """How many lines of the head a table that goes on begins with: all or none."""
    head = [row.shape for row in rows if row.table == rows[at].table and row.head]
    return len(head) if [_shape(cells) for _, cells in lines[: len(head)]] == head else 0


def _mark(cell: TableCell, element: Element) -> bytes:
    """Give a cell the page's id (a figure's is its address), its scope and its headings."""
    attributes = element["A"]
    attributes.pop("Headers", None)
    if cell.tag == "th":
        attributes["Scope"] = SCOPES[cell.scope]
    if cell.headers or cell.tag == "td":
        attributes["Headers"] = b"[" + b" ".join(_text(name) for name in cell.headers) + b"]"
    element["ID"] = _text(cell.id)
    return _text(cell.id)


def _text(text: str) -> bytes:
    data: bytes = pydyf.String(text).data
    return data


def _describe_links(pdf: Any) -> None:
    """Words for each link annotation: where it leads, for a reader that cannot see the text (PDF/UA-1, 7.18.5)."""
    for one in pdf.objects:
        if isinstance(one, dict) and one.get("Subtype") == "/Link" and "A" not in one:
            one["Contents"] = pydyf.String("文内链接")


def _identify(pdf: Any, language: str) -> None:
    """Metadata that says what the document information says, and that the file is PDF/A-3a and PDF/UA-1; never compressed."""
    stream = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    stream.stream = [metadata.packet({key: value.string for key, value in pdf.info.items()}, language)]
    stream.compress = False
    if "AF" in pdf.catalog:  # WeasyPrint names each attachment twice
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))


def _pack(pdf: Any) -> None:
    """Compress every stream, once. None may end in a carriage return: with the line feed that follows, readers cannot tell whether it
    belongs to the stream (ISO 19005-3, 6.1.7.1). One in 256 would: it gets an empty line more, or where nothing may be changed (an
    attachment) is compressed once more.
    """
    for one in pdf.objects:
        if isinstance(one, pydyf.Stream):
            data, filters = b"\n".join(map(_bytes, one.stream)), 0
            while one.compress and one.extra.get("Type") != "/EmbeddedFile" and zlib.adler32(data) & 0xFF == ord("\r"):
                data += b"\n"
            if "Length1" in one.extra:
                one.extra["Length1"] = len(data)
            while data.endswith(b"\r") or one.compress > filters:
                data, filters = zlib.compress(data, 9), filters + 1
            one.stream, one.compress = [data], False
            if filters:
                names = ["/FlateDecode"] * filters + [one.extra[key] for key in ("Filter",) if key in one.extra]
                one.extra["Filter"] = pydyf.Array(names) if names[1:] else names[0]
            if filters and "DecodeParms" in one.extra:
                one.extra["DecodeParms"] = pydyf.Array(["null"] * filters + [one.extra["DecodeParms"]])


def _bytes(word: Any) -> bytes:
    if isinstance(word, bytes):
        return word
    data: bytes = word.data if isinstance(word, pydyf.Object) else str(word).encode("ascii")
    return data
