"""What kind of document a file is, by its bytes, and its lines.

Size, nesting and what is packed in the file are bounded before a library sees it. Libraries are
imported by the reader of their kind, when it is needed (docs/decisions/0003).
"""

from __future__ import annotations

import re

from generator.importing import archive, scraped, separated, webpage
from generator.importing.blocks import Source
from generator.importing.encoding import text_of
from generator.importing.refusal import Refusal
from generator.language.sentence import sentence
from generator.model.finding import Text

LARGEST = 30_000_000
PACKED = b"PK\x03\x04"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PRINTED = b"%PDF-"
RICH = b"{\\rtf"
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
MAIL = re.compile(rb"^(?:MIME-Version|From|Subject|Snapshot-Content-Location)\s*:", re.IGNORECASE)
# Endings of names that say how text is meant; every other text is read as scraped.
SEPARATED = (".csv", ".tsv")
MARKED = (".md", ".markdown")
KINDS = "html、mht、docx、xlsx、xls、ods、pdf、csv、txt、md"


def read(name: str, content: bytes) -> Source:
    """The lines of a document, whatever kind it is. Raises Refusal."""
    if len(content) > LARGEST:
        raise Refusal(sentence("文件超过 30 MB，没有读取"))
    if not content.strip(b"\0 \t\r\n"):
        raise Refusal(sentence("文件是空的"))
    if content.startswith(PACKED):
        return _packed(content)
    if content.startswith(COMPOUND):
        return _compound(content)
    if PRINTED in content[:1024]:
        from generator.importing import printed

        return printed.read(content)
    return _written(name.lower(), content)


def _written(name: str, content: bytes) -> Source:
    """A document that is text."""
    refused = _refused(content)
    if refused is not None:
        raise Refusal(refused)
    if MAIL.match(content) and b"multipart/" in content[:5000]:
        return webpage.read_mht(content)
    text = text_of(content)
    if name.endswith(SEPARATED):
        return separated.read(text)
    if webpage.is_page(text):
        return webpage.read_markup(text)
    return scraped.read(text, "md" if name.endswith(MARKED) else "txt")


def _refused(content: bytes) -> Text | None:
    if content.startswith(PICTURES):
        return sentence("这是图片，没有文字层，不能导入；请找到网页、Word 或 Excel 原件")
    if content.startswith(RICH):
        return sentence("RTF 不能直接导入，请用 Word 或 WPS 另存为 .docx")
    return None


def _packed(content: bytes) -> Source:
    """A document that is a zip archive inside."""
    names = archive.checked(content)
    if "word/document.xml" in names:
        from generator.importing import word

        return word.read(content)
    if any(name.startswith("xl/") for name in names) or "content.xml" in names:
        from generator.importing import workbook

        return workbook.read(content)
    raise Refusal(
        sentence("压缩包里不是 Word 或 Excel 文件；请解压后逐个导入，可导入：{kinds}", kinds=KINDS)
    )


def _compound(content: bytes) -> Source:
    """A document of the Office versions before 2007: a workbook can be read, a text cannot."""
    if "WordDocument".encode("utf-16-le") in content:
        raise Refusal(sentence("旧版 Word（.doc、.wps）不能直接导入，请另存为 .docx"))
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise Refusal(sentence("文件加了密码，请去掉密码后再导入"))
    from generator.importing import workbook

    return workbook.read(content)
