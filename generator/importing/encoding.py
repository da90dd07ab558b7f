"""Bytes to text, without guessing: a mark, then UTF-8, then GB 18030, each strictly; else nothing.

A detector of encodings is wrong on short Chinese texts (tried on five reports of which it saw the
first 20 characters: three wrong).
"""

from __future__ import annotations

import codecs

from generator.importing.refusal import Refusal
from generator.language.sentence import sentence

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
STRICT = ("utf-8", "gb18030")


def text_of(content: bytes) -> str:
    """The text of a file. Raises Refusal where it is in no encoding that is certain."""
    for mark, name in MARKS:
        if content.startswith(mark):
            return _decoded(content, (name,))
    return _decoded(content, STRICT)


def _decoded(content: bytes, names: tuple[str, ...]) -> str:
    for name in names:
        try:
            return content.decode(name).replace("\0", "")
        except UnicodeDecodeError:
            continue
    raise Refusal(
        sentence("文字编码无法确定（不是 UTF-8，也不是 GB 18030）；请另存为 UTF-8 后再导入")
    )
