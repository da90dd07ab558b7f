"""What a link of a text means.

Which file of a report's `files/`, whatever way its name was written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator

from generator.model import address

FOLDER = "files/"
BEHIND = re.compile(r"[#?]")
MOST = 8  # marks that are tried


def attachment(target: str, names: Collection[str]) -> str:
    """The reference, from the report's folder, to the file that a target means.

    Empty where it means none of them. People write a name as they see it (`files/附件#1.pdf`) or as
    a browser shows it (`files/%E9%99%84%E4%BB%B6%231.pdf`), with the slashes of Windows, in the
    normal form of another system. What is exactly a file's name is that file; only else does what
    follows `#` or `?` lead to a place in it.
    """
    by_normal_name = {_normal(name): name for name in names}
    for path, place in _readings(target):
        for name in _names(path):
            file = name if name in names else by_normal_name.get(_normal(name))
            if file is not None:
                return address.reference(f"{FOLDER}{file}") + address.tidy(place)
    return ""


def _names(path: str) -> Iterator[str]:
    """The names below `files/` that a path can mean.

    A name may have the character in it that Windows divides folders with.
    """
    for spelling in (path, path.replace("\\", "/")):
        relative = spelling.removeprefix("./")
        if relative.startswith(FOLDER):
            yield relative.removeprefix(FOLDER)


def _readings(target: str) -> Iterator[tuple[str, str]]:
    """(path, what follows it) in the order in which they are believed.

    A name may have the marks in it that a place in a file follows, so the longest name comes first.
    """
    yield target, ""
    yield address.decoded(target), ""
    marks = list(BEHIND.finditer(target))
    marks.reverse()
    for mark in marks[:MOST]:
        path = target[: mark.start()]
        place = target[mark.start() :]
        yield path, place
        yield address.decoded(path), place


def _normal(name: str) -> str:
    return unicodedata.normalize("NFC", name)
