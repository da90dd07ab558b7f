"""Word documents (.docx): paragraphs, lists and tables, as they are read, not as stored.

The only user of python-docx. Its `row.cells` repeats and loses cells, so the tables are walked by
`w:tc`. Text in revisions counts as accepted; text boxes come behind their paragraph.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

from generator.importing.blocks import Line, Piece, Source, Spot
from generator.importing.characters import visible
from generator.importing.refusal import Refusal
from generator.language.sentence import sentence

MAIN = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
GONE = frozenset({"del", "moveFrom", "instrText", "delText", "pPr", "rPr", "tblPr", "Fallback"})
CONTAINERS = frozenset({"sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml", "body"})
WIDEST = 200
DEEPEST = 60
LONG = 400
CHINESE_DIGITS = "零一二三四五六七八九"


def read(content: bytes) -> Source:
    """The lines of a Word document. Raises Refusal."""
    import docx
    from docx.opc.exceptions import OpcError

    try:
        document = docx.Document(io.BytesIO(content))
        body = document.element.body
    except (OpcError, KeyError, ValueError, AttributeError, SyntaxError) as error:
        raise Refusal(sentence("Word 文件打不开：可能已损坏，或加了密码")) from error
    reader = _Reader(_Numbering(document), _heading_styles(document))
    lines = tuple(reader.lines(body, 0))
    names = tuple(
        relation.target_ref.rpartition("/")[2]
        for relation in document.part.rels.values()
        if relation.reltype.endswith(("/hyperlink", "/oleObject", "/package"))
        and "." in relation.target_ref.rpartition("/")[2]
        and not relation.target_ref.endswith(("/", ".cn", ".com"))
    )
    return Source("docx", lines, names)


def _name(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _heading_styles(document: Any) -> Mapping[str, int]:
    """Style → the level of heading that it is."""
    levels = {}
    for style in document.styles:
        name = (style.name or "").lower()
        if name.startswith("heading ") and name[8:].isdigit():
            levels[style.style_id] = int(name[8:])
    return levels


class _Reader:
    """Goes over a document's body; the place of a line is its number among them."""

    def __init__(self, numbering: _Numbering, headings: Mapping[str, int]) -> None:
        self.numbering = numbering
        self.headings = headings
        self.grids = 0
        self.number = 0

    def lines(self, parent: Any, depth: int) -> Iterator[Line]:
        """The paragraphs and tables below an element."""
        if depth > DEEPEST:
            raise Refusal(sentence("文件嵌套过深，没有读取"))
        for element in parent:
            name = _name(element)
            if name == "p":
                yield from self._paragraph(element, depth)
            elif name == "tbl":
                yield from self._table(element, depth)
            elif name in CONTAINERS:
                yield from self.lines(element, depth + 1)

    def _spot(self) -> Spot:
        self.number += 1
        return Spot(self.number)

    def _paragraph(self, paragraph: Any, depth: int) -> Iterator[Line]:
        drawn = self.numbering.of(paragraph)
        plain = []
        marked = []
        for text, bold in _runs(paragraph, 0):
            plain.append(text)
            marked.append(f"**{text.strip()}**" if bold and text.strip() else text)
        text = visible(drawn + "".join(plain)).strip()
        has_bold = any(mark.startswith("**") for mark in marked)
        markdown = drawn + "".join(marked).replace("****", "") if has_bold else ""
        style = paragraph.find(f"{MAIN}pPr/{MAIN}pStyle")
        level = self.headings.get(style.get(f"{MAIN}val"), 0) if style is not None else 0
        for number, part in enumerate(text.split("\n")):
            if part.strip():
                keeps = markdown if number == 0 and "\n" not in text else ""
                yield Line((Piece(part.strip(), self._spot()),), level=level, markdown=keeps)
        for box in paragraph.iter(f"{MAIN}txbxContent"):
            if not _within(box, "Fallback"):
                yield from self.lines(box, depth + 1)

    def _table(self, table: Any, depth: int) -> Iterator[Line]:
        rows = [self._row(row, depth) for row in _rows(table)]
        layout = any(len(lines) > 1 and _length(lines) > LONG for row in rows for _, lines in row)
        nested = any(line.grid for row in rows for _, lines in row for line in lines)
        count = sum(len(row) for row in rows)
        if layout or nested or count == 1:
            for row in rows:
                for _, lines in row:
                    yield from lines
            return
        self.grids += 1
        grid = self.grids
        for row in rows:
            if row:
                yield Line(tuple(piece for piece, _ in row), grid, exact=True)

    def _row(self, row: Any, depth: int) -> list[tuple[Piece, list[Line]]]:
        """The cells that begin in a row, each with what stands in it."""
        cells = []
        column = _number(row.find(f"{MAIN}trPr/{MAIN}gridBefore"), 0)
        for cell in _cells(row):
            properties = cell.find(f"{MAIN}tcPr")
            width = 1
            continued = False
            if properties is not None:
                width = min(max(_number(properties.find(f"{MAIN}gridSpan"), 1), 1), WIDEST)
                merge = properties.find(f"{MAIN}vMerge")
                continued = merge is not None and merge.get(f"{MAIN}val") != "restart"
            if not continued:
                lines = list(self.lines(cell, depth + 1))
                text = "\n".join(line.text for line in lines)
                spot = lines[0].spot if lines else Spot(self.number + 1)
                cells.append((Piece(text, spot, column, width), lines))
            column += width
        return cells


def _length(lines: list[Line]) -> int:
    return sum(len(line.text) for line in lines)


def _rows(table: Any) -> Iterator[Any]:
    """The rows of a table, those in content controls too."""
    for element in table:
        name = _name(element)
        if name == "tr":
            yield element
        elif name in CONTAINERS:
            yield from _rows(element)


def _cells(row: Any) -> Iterator[Any]:
    for element in row:
        name = _name(element)
        if name == "tc":
            yield element
        elif name in CONTAINERS:
            yield from _cells(element)


def _number(element: Any, default: int) -> int:
    value = element.get(f"{MAIN}val") if element is not None else None
    return int(value) if value and value.isdecimal() else default


def _within(element: Any, name: str) -> bool:
    return any(_name(above) == name for above in element.iterancestors())


def _runs(element: Any, depth: int) -> Iterator[tuple[str, bool]]:
    """(text, whether it is bold) of the runs of a paragraph."""
    if depth > DEEPEST:
        return
    for child in element:
        name = _name(child)
        if name in GONE or name == "txbxContent":
            continue
        if name == "r":
            yield _run_text(child), _is_bold(child)
        else:
            yield from _runs(child, depth + 1)


def _run_text(run: Any) -> str:
    text = ""
    for child in run:
        name = _name(child)
        if name == "t":
            text += child.text or ""
        elif name == "tab":
            text += " "
        elif name in {"br", "cr"}:
            text += "\n"
        elif name == "noBreakHyphen":
            text += "-"
    return text


def _is_bold(run: Any) -> bool:
    bold = run.find(f"{MAIN}rPr/{MAIN}b")
    return bold is not None and bold.get(f"{MAIN}val") not in {"0", "false", "off"}


class _Numbering:
    """The numbers that Word draws before paragraphs and does not store in their text."""

    def __init__(self, document: Any) -> None:
        self.levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self.counts: dict[str, dict[int, int]] = {}
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError):
            return
        abstract = {
            definition.get(f"{MAIN}abstractNumId"): _levels(definition)
            for definition in root.iter(f"{MAIN}abstractNum")
        }
        for number in root.iter(f"{MAIN}num"):
            reference = number.find(f"{MAIN}abstractNumId")
            if reference is not None:
                key = reference.get(f"{MAIN}val")
                self.levels[number.get(f"{MAIN}numId")] = abstract.get(key, {})

    def of(self, paragraph: Any) -> str:
        """The number before a paragraph; empty where none is drawn."""
        properties = paragraph.find(f"{MAIN}pPr/{MAIN}numPr")
        if properties is None:
            return ""
        identifier = properties.find(f"{MAIN}numId")
        key = identifier.get(f"{MAIN}val") if identifier is not None else ""
        depth = _number(properties.find(f"{MAIN}ilvl"), 0)
        levels = self.levels.get(key or "", {})
        if depth not in levels:
            return ""
        kind, pattern, start = levels[depth]
        counts = self.counts.setdefault(key or "", {})
        counts[depth] = counts.get(depth, start - 1) + 1
        for below in [level for level in counts if level > depth]:
            del counts[below]
        if kind == "bullet":
            return "- "
        drawn = pattern
        for level in range(depth + 1):
            style, _, first = levels.get(level, ("decimal", "", 1))
            drawn = drawn.replace(f"%{level + 1}", _numeral(counts.get(level, first), style))
        return drawn


def _levels(definition: Any) -> dict[int, tuple[str, str, int]]:
    levels = {}
    for level in definition.iter(f"{MAIN}lvl"):
        kind = level.find(f"{MAIN}numFmt")
        pattern = level.find(f"{MAIN}lvlText")
        levels[int(level.get(f"{MAIN}ilvl") or 0)] = (
            kind.get(f"{MAIN}val") if kind is not None else "decimal",
            (pattern.get(f"{MAIN}val") if pattern is not None else "") or "",
            _number(level.find(f"{MAIN}start"), 1),
        )
    return levels


def _numeral(number: int, style: str) -> str:
    """A number as Word draws it: in Chinese digits where the list says so."""
    if "hinese" not in style and "japanese" not in style.lower() and "taiwanese" not in style:
        return str(number)
    if number >= 100 or number < 1:
        return str(number)
    tens, ones = divmod(number, 10)
    head = ("" if tens == 1 else CHINESE_DIGITS[tens]) + "十" if tens else ""
    return head + (CHINESE_DIGITS[ones] if ones or not tens else "")
