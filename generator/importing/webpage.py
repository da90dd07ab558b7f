"""Web pages as saved, fragments of a clipboard, and .mht files: paragraphs and tables with spans.

The only user of lxml. The tree is walked event by event, so that no nesting of a page is deeper
than the parser lets through.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from generator.importing.blocks import Line, Piece, Source, Spot
from generator.importing.characters import visible
from generator.importing.encoding import text_of
from generator.importing.refusal import Refusal
from generator.language.sentence import sentence

SKIPPED = frozenset(
    {"script", "style", "noscript", "template", "head", "title", "svg", "select", "textarea"}
)
BLOCKS = frozenset(
    {"p", "div", "section", "article", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4"}
    | {"h5", "h6", "blockquote", "pre", "header", "footer", "main", "nav", "form", "center", "hr"}
    | {"body", "html", "caption", "fieldset", "address", "figure", "figcaption", "aside"}
)
TABLE_PARTS = frozenset({"table", "tr", "td", "th"})
BOLD = frozenset({"b", "strong"})
BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
# A parser stops at the end of a page, and some pages end before their text does.
WHOLE = re.compile(r"</?(?:html|body)\b[^<>]*>", re.IGNORECASE)
CONDITIONAL = re.compile(r"<!\[(?:if|endif)[^\]]{0,200}\]>")
FILES = re.compile(
    r"[^?#]+\.(?:docx?|xlsx?|pdf|wps|et|ofd|zip|rar|png|jpe?g|gif|csv)", re.IGNORECASE
)
DEEPEST = 400
WIDEST = 200
MOST_ELEMENTS = 400_000
LONG = 400  # characters: a cell with a text so long is part of a page's layout
ON = "\ue000"
OFF = "\ue001"
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]*)")


def read(content: bytes) -> Source:
    """The lines of a web page. Raises Refusal."""
    return read_markup(text_of(content))


def read_markup(text: str) -> Source:
    """The lines of a page's text. Raises Refusal."""
    from lxml import etree

    _bounded(text)
    text = WHOLE.sub("", CONDITIONAL.sub("", DECLARATION.sub("", text)))
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        root = None
    walk = _Walk()
    if root is not None:
        walk.over(etree.iterwalk(root, events=("start", "end")))
    lines = tuple(walk.lines)
    if not any(line.grid for line in lines) and sum(len(line.text) for line in lines) < LONG:
        raise Refusal(
            sentence(
                "网页里没有表格，也几乎没有文字：内容要靠脚本载入。"
                "请在浏览器里打开，等表格出来以后全选复制，或另存为“网页，全部”或 .mht"
            )
        )
    return Source("html", lines, tuple(dict.fromkeys(walk.attachments)))


def read_mht(content: bytes) -> Source:
    """The page within a .mht file. Raises Refusal."""
    import email
    import email.policy

    message = email.message_from_bytes(content, policy=email.policy.compat32)
    for number, part in enumerate(message.walk()):
        if number > 500:
            break
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                return read(payload)
    raise Refusal(sentence("这个 .mht 文件里没有网页"))


def _bounded(text: str) -> None:
    """Refuse a page whose elements are too many, or too deep in each other."""
    depth = deepest = count = 0
    for match in TAG.finditer(text):
        count += 1
        if match[2].lower() in {"br", "img", "meta", "link", "input", "hr", "p", "li", "col"}:
            continue
        depth = max(depth + (-1 if match[1] else 1), 0)
        deepest = max(deepest, depth)
    if count > MOST_ELEMENTS or deepest > DEEPEST:
        raise Refusal(sentence("网页的标记过多或嵌套过深，没有读取"))


@dataclass
class _Cell:
    """A table cell that is being read."""

    width: int
    height: int
    spot: Spot
    column: int = 0
    paragraphs: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)  # what stands in it, where it is layout
    nested: bool = False


@dataclass
class _Table:
    """A table that is being read: its rows, and how far cells of earlier rows reach down."""

    rows: list[list[_Cell]] = field(default_factory=list)
    reach: dict[int, int] = field(default_factory=dict)
    cell: _Cell | None = None

    def begin_row(self) -> None:
        """Go on to the next row."""
        self.reach = {column: rows - 1 for column, rows in self.reach.items() if rows > 1}
        self.rows.append([])

    def begin_cell(self, cell: _Cell) -> None:
        """Place a cell in the first column that no other one covers."""
        if not self.rows:
            self.begin_row()
        row = self.rows[-1]
        column = row[-1].column + row[-1].width if row else 0
        while self.reach.get(column, 0) and column < WIDEST * 2:
            column += 1
        cell.column = column
        row.append(cell)
        self.cell = cell

    def end_row(self) -> None:
        """Cells that cover several rows reach into the next ones."""
        if self.rows:
            for cell in self.rows[-1]:
                if cell.height > 1:
                    for column in range(cell.column, cell.column + cell.width):
                        self.reach[column] = cell.height


class _Walk:
    """Goes over a page and gathers its lines."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.attachments: list[str] = []
        self.tables: list[_Table] = []
        self.buffer: list[str] = []
        self.skipping = 0
        self.grids = 0
        self.spot = Spot()
        self.level = 0
        self.marker = ""
        self.lists: list[int] = []  # of each open list: 0 for bullets, else the next number

    def over(self, events: Any) -> None:
        """The whole page."""
        for event, element in events:
            if not isinstance(element.tag, str):
                if event == "end":
                    self._text(element.tail)
                continue
            tag = element.tag.rpartition("}")[2].lower()
            if event == "start":
                self._start(tag, element)
            else:
                self._end(tag, element)
        self._flush()

    def _start(self, tag: str, element: Any) -> None:
        if self.skipping or tag in SKIPPED or self._hidden(element):
            self.skipping += 1
            return
        if tag == "a":
            self._attachment(element.get("href"))
        elif tag == "img":
            self._attachment(element.get("src"))
        if tag in TABLE_PARTS:
            self._table_start(tag, element)
        elif tag in BLOCKS:
            self._flush()
            self.spot = Spot(element.sourceline or 1)
            self._block_start(tag)
        elif tag == "br":
            self.buffer.append("\n")
        elif self._bold(tag, element):
            self.buffer.append(ON)
        self._text(element.text)

    def _end(self, tag: str, element: Any) -> None:
        if self.skipping:
            self.skipping -= 1
        elif tag in TABLE_PARTS:
            self._table_end(tag)
        elif tag in BLOCKS:
            self._flush()
            self._block_end(tag)
        elif self._bold(tag, element):
            self.buffer.append(OFF)
        if not self.skipping:
            self._text(element.tail)

    def _hidden(self, element: Any) -> bool:
        """Whether an element inside a table is not shown."""
        return bool(self.tables and HIDDEN_STYLE.search(element.get("style") or ""))

    def _bold(self, tag: str, element: Any) -> bool:
        is_bold = tag in BOLD or bool(BOLD_STYLE.search(element.get("style") or ""))
        return is_bold and tag not in TABLE_PARTS and tag not in BLOCKS

    def _attachment(self, target: str | None) -> None:
        if target and FILES.fullmatch(target) and len(target) < 300:
            self.attachments.append(target.rpartition("/")[2])

    def _block_start(self, tag: str) -> None:
        if tag in {"ul", "ol"}:
            self.lists.append(1 if tag == "ol" else 0)
        elif tag == "li":
            number = self.lists[-1] if self.lists else 0
            self.marker = f"{number}." if number else "-"
            if number:
                self.lists[-1] += 1
        elif len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.level = int(tag[1])

    def _block_end(self, tag: str) -> None:
        if tag in {"ul", "ol"} and self.lists:
            self.lists.pop()
        self.level = 0
        self.marker = ""

    # Text

    def _text(self, text: str | None) -> None:
        if text and not self.skipping:
            self.buffer.append(re.sub(r"[\r\n\t]+", " ", text))

    def _flush(self) -> None:
        """The text gathered so far is a paragraph: of the page, or within the cell."""
        text = visible_marked("".join(self.buffer))
        self.buffer = []
        if not text.replace(ON, "").replace(OFF, "").strip():
            return
        cell = self._open_cell()
        for part in text.split("\n"):
            plain = part.replace(ON, "").replace(OFF, "").strip()
            if not plain:
                continue
            piece = Piece(plain, self.spot)
            line = Line((piece,), level=self.level, marker=self.marker, markdown=_bold_text(part))
            if cell is None:
                self.lines.append(line)
            else:
                cell.paragraphs.append(plain)
                cell.lines.append(line)

    def _open_cell(self) -> _Cell | None:
        return self.tables[-1].cell if self.tables else None

    # Tables

    def _table_start(self, tag: str, element: Any) -> None:
        self._flush()
        spot = Spot(element.sourceline or 1)
        if tag == "table":
            outer = self._open_cell()
            if outer is not None:
                outer.nested = True
            self.tables.append(_Table())
        elif not self.tables:
            return
        elif tag == "tr":
            self.tables[-1].end_row()
            self.tables[-1].begin_row()
        else:
            self.spot = spot
            cell = _Cell(_span(element.get("colspan")), _span(element.get("rowspan")), spot)
            self.tables[-1].begin_cell(cell)

    def _table_end(self, tag: str) -> None:
        self._flush()
        if not self.tables:
            return
        if tag in {"td", "th"}:
            self.tables[-1].cell = None
        elif tag == "table":
            table = self.tables.pop()
            lines = self._as_lines(table)
            outer = self._open_cell()
            if outer is not None:
                outer.lines += lines
            else:
                self.lines += lines

    def _as_lines(self, table: _Table) -> list[Line]:
        """A table's rows; of one that only places things on the page, what stands in its cells."""
        cells = [cell for row in table.rows for cell in row]
        layout = any(
            cell.nested or (len(cell.lines) > 1 and len("".join(cell.paragraphs)) > LONG)
            for cell in cells
        )
        if layout or len(cells) == 1:
            return [line for cell in cells for line in cell.lines]
        self.grids += 1
        return [
            Line(
                tuple(
                    Piece("\n".join(cell.paragraphs), cell.spot, cell.column, cell.width)
                    for cell in row
                ),
                self.grids,
                exact=True,
            )
            for row in table.rows
            if row
        ]


def visible_marked(text: str) -> str:
    """The text as it is seen, with the marks of bold type kept, blanks joined."""
    guarded = text.replace(ON, "\ufdd0").replace(OFF, "\ufdd1")
    visible_text = visible(guarded).replace("\ufdd0", ON).replace("\ufdd1", OFF)
    return re.sub(r"[ ]{2,}", " ", visible_text)


def _bold_text(text: str) -> str:
    """The text as Markdown with its bold parts; empty where there are none."""
    if ON not in text:
        return ""
    pieces: list[str] = []
    depth = 0
    for part in re.split(f"([{ON}{OFF}])", text):
        if part == ON:
            depth += 1
        elif part == OFF:
            depth = max(depth - 1, 0)
        elif part.strip():
            pieces.append(f"**{part.strip()}**" if depth else part)
    return re.sub(r"\*\*\*\*", "", "".join(pieces)).strip()


def _span(value: str | None) -> int:
    """How many columns or rows a cell covers; `2;` is 2."""
    match = re.match(r"\s*(\d{1,4})", value or "")
    return min(max(int(match[1]), 1), WIDEST) if match else 1


def is_page(text: str) -> bool:
    """Whether a text is markup rather than the text of a page."""
    start = text[:4000].lower()
    return (
        "<html" in start
        or "<!doctype html" in start
        or bool(re.search(r"<(?:table|body|div|p|meta|span)[\s>]", start))
    )
