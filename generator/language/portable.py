"""Names of files that every system can keep."""

from __future__ import annotations

import re
import unicodedata

from generator.language.sentence import sentence
from generator.model.finding import Text

REFUSED = re.compile(r'[<>:"\\|?*]')
DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)
LONGEST = 200  # bytes: a browser that saves a page may put a number behind a name


def refused(name: str) -> Text | None:
    """Why some system refuses a name; None where all take it."""
    if match := REFUSED.search(name):
        return sentence("里的“{character}”是 Windows 不能用的字符", character=match[0])
    if DEVICE.fullmatch(name):
        return sentence("是 Windows 保留的名称")
    if name != name.strip(" .\u3000\u00a0"):
        return sentence("的首尾有空格或点，Windows 会去掉")
    if len(name.encode()) > LONGEST:
        return sentence("太长，有的系统存不下")
    return None


def folded(name: str) -> str:
    """The same for names that some system takes for one.

    Whatever their case, and however their characters are composed.
    """
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
