"""Texts that are not UTF-8: recognised where they are what Chinese systems write, never guessed.

Notepad calls GBK “ANSI” and UTF-16 “Unicode”.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

UTF_8 = "utf8"
UTF_16 = "utf16"
GBK = "gbk"
MARKS = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
# What Chinese texts consist of, beside ASCII. Bytes of another encoding make other characters.
CHINESE = re.compile(
    "[\x00-\x7f\u4e00-\u9fff\u2010-\u203b\u2103\u2160-\u216b\u2190-\u2193\u2460-\u249b\u25a0-\u25cf"
    "\u3000-\u3015\u3220-\u3229\uff01-\uff5e\uffe5·×÷±°§¨]*"
)
HAN = re.compile("[\u4e00-\u9fff]")
COMMON = 0.9  # so much of the Han characters is in GB 2312 in any text of an office
WIDE = 0.2  # so many zero bytes has a text in UTF-16 without its mark


@dataclass(frozen=True)
class Encoded:
    """A text and how it was encoded."""

    encoding: str
    text: str


def recognised(content: bytes) -> Encoded | None:
    """The text of a file; None where its encoding is not known for certain."""
    if wide := _wide(content):
        return Encoded(UTF_16, wide)
    try:
        return Encoded(UTF_8, content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        text = _chinese(content)
    return Encoded(GBK, text) if text else None


def _wide(content: bytes) -> str:
    """The text of a file in UTF-16; empty where it is none."""
    codec = MARKS.get(content[:2], "")
    if not codec and content.count(0) > len(content) * WIDE:
        codec = "utf-16-le" if content[1::2].count(0) > content[::2].count(0) else "utf-16-be"
    if not codec:
        return ""
    try:
        text = content.decode(codec).removeprefix("\ufeff")
    except UnicodeDecodeError:
        return ""
    return text if text.isprintable() or (CHINESE.fullmatch(text) and "\0" not in text) else ""


def _chinese(content: bytes) -> str:
    """The text of a file in GBK; empty where it is none."""
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    han = HAN.findall(text)
    common = sum(len(character.encode("gb2312", "ignore")) > 0 for character in han)
    return text if han and CHINESE.fullmatch(text) and common >= len(han) * COMMON else ""
