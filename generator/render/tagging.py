"""Repairs a PDF before WeasyPrint writes it: tables, links, PDF/A-3a and PDF/UA-1.

The only user of pydyf. WeasyPrint 70 finds headings by column numbers and misses most of them under
heads of several lines; it writes a table that runs over pages as one table a page, each with the
head repeated; it leaves running heads in the content without a place in the structure. Validators
do not notice. Here every cell of the structure tree is matched with its cell of the print page and
gets the headings that the page names, the pieces of a table are joined, and what has no place in
the tree is marked as an artifact.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterator, Sequence
from typing import Any

import pydyf

from generator.render import charset, metadata
from generator.render.print_tables import TableCell, TableRow

SCOPES = {"col": "/Column", "row": "/Row"}
# Elements that may hold their text directly; WeasyPrint puts a Span without meaning around it.
TEXTS = frozenset(
    (
        "/P",
        "/H1",
        "/H2",
        "/H3",
        "/H4",
        "/H5",
        "/H6",
        "/TH",
        "/TD",
        "/Span",
        "/Caption",
        "/LBody",
        "/Lbl",
    )
)
PLAIN = frozenset(("Type", "S", "K", "Pg", "P"))
ARTIFACT = b"<</Type/Pagination>>"
Element = Any  # a pydyf.Dictionary; the library has no types


class Mismatch(Exception):
    """The tables of the PDF are not those of the print page; the message says where."""


def finish(
    _document: Any, pdf: Any, *, rows: Sequence[TableRow], language: str, spare: int = 0
) -> None:
    """Repair a PDF that is about to be written: what WeasyPrint calls a finisher.

    So many `spare` empty objects change how the small objects are packed. Raises Mismatch.
    """
    tree = Tree(pdf)
    references = _sew(tree, rows)
    # The tree by which readers find a heading by its id (ISO 32000-1, 14.7.2).
    entries = b" ".join(name + b" " + references[name] for name in sorted(references))
    tree.root["IDTree"] = b"<</Names[" + entries + b"]>>"
    tree.retire(pdf)
    tree.flatten(tree.document)
    _describe_links(pdf)
    _identify(pdf, language)
    _call_glyphs_by_number(pdf)
    for _ in range(spare):
        pdf.add_object(pydyf.Dictionary())
    for stream in _streams(pdf):
        _pack(stream)


class Tree:
    """The structure tree of a document that WeasyPrint is about to write (ISO 32000-1, 14.7)."""

    def __init__(self, pdf: Any) -> None:
        self.objects = pdf.objects
        self.root = self[pdf.catalog["StructTreeRoot"]]
        self.document = self[self.root["K"][0]]
        numbers = self[self.root["ParentTree"]]["Nums"]
        # For each page, the element of every piece of marked content. Annotations are left out.
        self.parents = [entry for entry in numbers[1::2] if isinstance(entry, list)]

    def __getitem__(self, reference: bytes) -> Element:
        return self.objects[_number(reference)]

    def children(self, element: Element) -> Iterator[Element]:
        """The elements right below an element.

        Marked content and references to annotations are none.
        """
        for kid in element["K"]:
            if isinstance(kid, bytes):
                child = self[kid]
                if "S" in child:
                    yield child

    def below(self, element: Element, kind: str) -> Iterator[Element]:
        """All elements of a kind, in order; our pages have no table within a table."""
        for child in self.children(element):
            if child["S"] == kind:
                yield child
            else:
                yield from self.below(child, kind)

    def remove(self, element: Element) -> None:
        """Take an element out of the tree, and the elements above it that become empty."""
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
        """Mark as artifacts what the tree does not hold (ISO 14289-1, 7.1 and 7.8).

        These are running heads, page numbers, and table heads that are repeated on each page.
        """
        members = self._members()
        for page, parents in zip(pdf.page_references, self.parents, strict=True):
            artifacts = set()
            for mark, reference in enumerate(parents):
                if _number(reference) not in members:
                    artifacts.add(mark)
                    parents[mark] = b"null"
            _mark_artifacts(self[self[page]["Contents"]].stream, artifacts)
        for element in self.objects:
            is_element = (
                isinstance(element, pydyf.Dictionary) and element.get("Type") == "/StructElem"
            )
            if is_element and element.number not in members:
                element.clear()

    def _members(self) -> set[int]:
        """The numbers of the elements in the tree."""
        members = {self.document.number}
        waiting = [self.document]
        while waiting:
            children = list(self.children(waiting.pop()))
            members.update(child.number for child in children)
            waiting += children
        return members

    def flatten(self, element: Element) -> None:
        """Let texts stand in their elements: this saves a third of the objects and of the bytes."""
        kids: list[Any] = []
        for kid in element["K"]:
            child = self[kid] if isinstance(kid, bytes) else {}
            if "S" in child:
                self.flatten(child)
            if element["S"] in TEXTS and self._is_plain_text(child, element):
                page = int(self[element["Pg"]]["StructParents"])
                for mark in child["K"]:
                    self.parents[page][mark] = element.reference
                kids += child["K"]
                child.clear()
            else:
                kids.append(kid)
        element["K"] = pydyf.Array(kids)

    def _is_plain_text(self, child: Element, element: Element) -> bool:
        """Whether an element is only a run of text, on the page of the element above it."""
        return (
            child.get("S") == "/Span"
            and child["Pg"] == element["Pg"]
            and child.keys() <= PLAIN
            and all(type(kid) is int for kid in child["K"])
        )


def _number(reference: bytes) -> int:
    """The number of an object, from a reference to it."""
    return int(reference.split()[0])


def _mark_artifacts(tokens: list[Any], artifacts: Collection[int]) -> None:
    """Turn the marked content with these numbers into artifacts, in the content of a page."""
    for position, token in enumerate(tokens):
        if token == b"BDC":
            properties = tokens[position - 1]
            if isinstance(properties, dict) and properties.get("MCID") in artifacts:
                tokens[position - 2 : position] = "/Artifact", ARTIFACT


def _sew(tree: Tree, rows: Sequence[TableRow]) -> dict[bytes, bytes]:
    """Join the pieces of every table and give each cell its id, scope and headings.

    Returns the reference of each cell by its id.
    """
    references: dict[bytes, bytes] = {}
    number = 0  # of the next line among all table lines of the page
    table = group = None
    for piece in list(tree.below(tree.document, "/Table")):
        lines = [(line, list(tree.children(line))) for line in tree.below(piece, "/TR")]
        continues = 0 < number < len(rows) and rows[number].table == rows[number - 1].table
        if continues:
            repeated = _repeated(lines, rows, number)
            for line, _ in lines[:repeated]:
                tree.remove(line)
            lines = lines[repeated:]
        else:
            table = piece
        for line, cells in lines:
            row = _row(rows, number, cells)
            line_group = tree[line["P"]]
            if number == 0 or row.group != rows[number - 1].group:
                group = line_group
                if continues:
                    tree.move(line_group, table)
            elif line_group is not group:
                tree.move(line, group)
            for cell, element in zip(row.cells, cells, strict=True):
                references[_mark(cell, element)] = element.reference
            number += 1
    if number != len(rows):
        raise Mismatch(f"{len(rows) - number} lines of the page's tables are not in the PDF")
    return references


def _row(rows: Sequence[TableRow], number: int, cells: Sequence[Element]) -> TableRow:
    """The line of the page that has these cells in the PDF. Raises Mismatch."""
    if number >= len(rows):
        raise Mismatch("the PDF has more table lines than the page")
    row = rows[number]
    shape = _shape(cells)
    if shape != row.shape:
        raise Mismatch(f"table {row.table}, line {number}: {shape} is not {row.shape}")
    return row


def _shape(cells: Sequence[Element]) -> tuple[tuple[str, int], ...]:
    return tuple((cell["S"][1:].lower(), cell["A"].get("ColSpan", 1)) for cell in cells)


def _repeated(
    lines: Sequence[tuple[Element, Sequence[Element]]], rows: Sequence[TableRow], number: int
) -> int:
    """How many lines of the head are repeated in front of line `number`: all or none."""
    table = rows[number].table
    head = [row.shape for row in rows if row.table == table and row.head]
    shapes = [_shape(cells) for _, cells in lines[: len(head)]]
    return len(head) if shapes == head else 0


def _mark(cell: TableCell, element: Element) -> bytes:
    """Give an element the id of the cell (a figure's is its address), its scope and its headings.

    Returns the id.
    """
    attributes = element["A"]
    attributes.pop("Headers", None)
    if cell.tag == "th":
        attributes["Scope"] = SCOPES[cell.scope]
    if cell.headers or cell.tag == "td":
        attributes["Headers"] = b"[" + b" ".join(map(_text, cell.headers)) + b"]"
    name = _text(cell.id)
    element["ID"] = name
    return name


def _text(text: str) -> bytes:
    data: bytes = pydyf.String(text).data
    return data


def _describe_links(pdf: Any) -> None:
    """Describe the links within the document, for those who cannot see them (PDF/UA-1, 7.18.5)."""
    for link in pdf.objects:
        if isinstance(link, dict) and link.get("Subtype") == "/Link" and "A" not in link:
            link["Contents"] = pydyf.String("文内链接")


def _identify(pdf: Any, language: str) -> None:
    """Add metadata: the document information, and that the file is PDF/A-3a and PDF/UA-1.

    The metadata are never compressed.
    """
    stream = pdf.objects[_number(pdf.catalog["Metadata"])]
    info = {key: value.string for key, value in pdf.info.items()}
    stream.stream = [metadata.packet(info, language)]
    stream.compress = False
    if "AF" in pdf.catalog:  # WeasyPrint names each attachment twice
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))


def _streams(pdf: Any) -> Iterator[Any]:
    return (entry for entry in pdf.objects if isinstance(entry, pydyf.Stream))


def _call_glyphs_by_number(pdf: Any) -> None:
    """Let every font use the codes of the document as its CIDs.

    The fonts that we cut do; a font of the machine may not.
    """
    for stream in _streams(pdf):
        if stream.extra.get("Subtype") == "/OpenType":
            stream.stream = [charset.identical(b"".join(stream.stream))]


def _pack(stream: Any) -> None:
    """Compress a stream, at most once unless its end requires more.

    No stream may end in a carriage return: with the line feed that follows, readers cannot tell
    whether it belongs to the stream (ISO 19005-3, 6.1.7.1). One in 256 would: it gets another empty
    line, or where nothing may be changed (an attachment) is compressed once more.
    """
    data = b"\n".join(map(_bytes, stream.stream))
    extra = stream.extra
    may_change = stream.compress and extra.get("Type") != "/EmbeddedFile"
    while may_change and zlib.adler32(data) & 0xFF == ord("\r"):
        data += b"\n"
    if "Length1" in extra:
        extra["Length1"] = len(data)
    times = 0
    while data.endswith(b"\r") or (stream.compress and times == 0):
        data = zlib.compress(data, 9)
        times += 1
    stream.stream = [data]
    stream.compress = False
    if times:
        filters = ["/FlateDecode"] * times
        if "Filter" in extra:
            filters.append(extra["Filter"])
        extra["Filter"] = filters[0] if len(filters) == 1 else pydyf.Array(filters)
        if "DecodeParms" in extra:
            extra["DecodeParms"] = pydyf.Array(["null"] * times + [extra["DecodeParms"]])


def _bytes(token: Any) -> bytes:
    if isinstance(token, bytes):
        return token
    data: bytes = token.data if isinstance(token, pydyf.Object) else str(token).encode("ascii")
    return data
