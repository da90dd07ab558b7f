"""Layout and spelling of a site's files put right, as far as there is one reading.

No figure changes. Only the faulty characters do: comments, blank lines and line ends stay.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.files.door import Door, NotTaken
from generator.inspection import law_of
from generator.load.layout import outline_for
from generator.model.fair_copy import Outline
from generator.model.finding import one_line
from generator.model.source import Unreadable
from generator.source.encodings import UTF_8, recognised
from generator.source.nodes import parse
from generator.source.tree import MAX_TEXT, scan
from generator.source.typed_lines import fair_copy

LINE_END = re.compile(r"\r\n|\r|\n")
MARK = "\ufeff"
ROUNDS = 3  # what was put right may show another slip


@dataclass(frozen=True)
class Tidied:
    """A file that is not as it should be: its text as typed and as it would be right.

    `encoding` is the one it has; anything but UTF-8 is converted.
    """

    path: str
    typed: str
    right: str
    encoding: str

    def difference(self) -> Iterator[str]:
        """The lines that change, each as it was and as it becomes."""
        typed = self.typed.splitlines()
        right = self.right.splitlines()
        lines = difflib.unified_diff(typed, right, self.path, self.path, n=0, lineterm="")
        yield from (one_line(line.replace("\t", "→")) for line in lines)


def untidy(root: Path, is_meant: Callable[[str], bool]) -> Iterator[Tidied]:
    """The files of a site that can be put right, in the order of the tree.

    `is_meant` says of a path whether it is asked about.
    """
    law, _ = law_of(root)
    door = Door(root)
    for path, outline in outline_for(scan(root), law):
        if is_meant(path) and (file := _tidied(door, path, outline)) is not None:
            yield file


def write(root: Path, file: Tidied) -> None:
    """Write a file as it is right."""
    Door(root).write(file.path, file.right.encode("utf-8"))


def _tidied(door: Door, path: str, outline: Outline | None) -> Tidied | None:
    """A file as it would be right; None where it is, or cannot be read."""
    try:
        content = door.data(path, MAX_TEXT)
    except NotTaken:
        return None
    encoded = recognised(content)
    if encoded is None:
        return None
    typed = encoded.text
    right = typed if outline is None else _with_line_ends(typed, outline)
    if right == typed and encoded.encoding == UTF_8:
        return None
    if encoded.encoding == UTF_8 and content.startswith(MARK.encode()):
        right = MARK + right
    return Tidied(path, typed, right, encoded.encoding)


def _with_line_ends(typed: str, outline: Outline) -> str:
    """The text put right, with its own line ends."""
    ends = LINE_END.findall(typed)
    text = LINE_END.sub("\n", typed)
    lines = tidy(text, outline).split("\n")
    if len(lines) != len(ends) + 1:
        return (max(set(ends), key=ends.count) if ends else "\n").join(lines)
    return "".join(line + end for line, end in zip(lines, [*ends, ""], strict=True))


def tidy(text: str, outline: Outline) -> str:
    """The text without the slips that have one reading.

    A text that could be read stays as it is, should it be less readable then.
    """
    right = text
    for _ in range(ROUNDS):
        copy = fair_copy(right, outline)
        if not copy.edits:
            break
        right = copy.text
    return text if _is_readable(text) and not _is_readable(right) else right


def _is_readable(text: str) -> bool:
    try:
        parse(text, "")
    except Unreadable:
        return False
    return True
