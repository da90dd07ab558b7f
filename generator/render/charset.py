"""The numbers by which a font's glyphs are called. The only user of fontTools.

A PDF calls the glyphs of an OpenType font by two-byte codes. WeasyPrint writes glyph numbers; a
reader that follows the rule (ISO 32000-1, 9.7.4.2) takes a code for a CID wherever the font is
CID-keyed, and looks it up in the *charset* of the font. The two are the same only where glyph n is
CID n. A font that was cut to fewer glyphs has new glyph numbers and its old CIDs: Poppler and
PDFium draw it all the same, MuPDF draws nothing, Ghostscript draws boxes. So a font's charset is
made to say what the PDF says.
"""

from __future__ import annotations

import io
import struct

from fontTools.cffLib import CFFFontSet
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.DefaultTable import DefaultTable

OPENTYPE = b"OTTO"
TABLE = "CFF "
# How a charset is written (Adobe Technical Note 5176, section 13): a CID for each glyph, or ranges,
# each a first CID and how many follow.
ARRAY = 0
SHORT_RANGES = 1
LONG_RANGES = 2
RANGE = {SHORT_RANGES: struct.Struct(">HB"), LONG_RANGES: struct.Struct(">HH")}
# In place of an offset these mean the charsets of the standard, which no CID-keyed font has.
PREDEFINED = (0, 1, 2)


def identical(font: bytes) -> bytes:
    """The font with a charset in which glyph n is CID n.

    No glyph moves and no outline is touched. The same bytes where it is so already, or where codes
    are no CIDs: in a font with TrueType outlines, or whose glyphs have names.
    """
    if not font.startswith(OPENTYPE):
        return font
    file = TTFont(io.BytesIO(font), recalcBBoxes=False, recalcTimestamp=False, lazy=True)
    table = bytearray(file.reader[TABLE])
    start = _charset(table)
    if start is None:
        return font
    # It is read as it stands: fontTools would put a table that it has taken apart together anew, by
    # names that glyphs no longer have.
    (glyphs,) = struct.unpack_from(">H", file.reader["maxp"], 4)
    end = start + _length(table, start, glyphs)
    identity = _identity(glyphs).ljust(end - start, b"\0")
    if table[start:end] == identity:
        return font
    table[start:end] = identity
    file.tables[TABLE] = DefaultTable(TABLE)
    file.tables[TABLE].data = bytes(table)
    stream = io.BytesIO()
    file.save(stream, reorderTables=None)
    return stream.getvalue()


def _charset(table: bytes | bytearray) -> int | None:
    """Where the charset of a CID-keyed font begins in its table of outlines.

    None where the font is not CID-keyed.
    """
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(table), None)
    top = fonts.topDictIndex[0].rawDict
    start = int(top.get("charset", 0))
    return start if "ROS" in top and start not in PREDEFINED else None


def _length(table: bytearray, start: int, glyphs: int) -> int:
    """How many bytes a charset takes. Glyph 0 stands in none."""
    form = table[start]
    if form == ARRAY:
        return 1 + 2 * (glyphs - 1)
    at = start + 1
    covered = 1
    while covered < glyphs:
        covered += 1 + RANGE[form].unpack_from(table, at)[1]
        at += RANGE[form].size
    return at - start


def _identity(glyphs: int) -> bytes:
    """The charset of so many glyphs that calls each by its number.

    It is shorter than any other, or as long.
    """
    if glyphs < 3:
        return struct.pack(">BH", ARRAY, 1)[: 2 * glyphs - 1]
    form = SHORT_RANGES if glyphs <= 257 else LONG_RANGES
    return bytes([form]) + RANGE[form].pack(1, glyphs - 2)
