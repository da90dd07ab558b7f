"""A text under the pen: its lines, and the slips as they are noticed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from generator.language import labels
from generator.model.fair_copy import Kind, Outline, Slip

# Blanks that YAML does not take for blanks: of full width, unbroken, and those of typesetters.
WIDE_BLANKS = "\u3000\u00a0\u2000-\u200a\u202f\u205f"
BLANKS = f" \t{WIDE_BLANKS}"
BLANK = re.compile(f"[{BLANKS}]*")
COMMENT = re.compile(r"(?:^|(?<=[ \t]))#")
COLON = re.compile("[:：]")
LONGEST_NAME = 80
# What a name that nobody knows does not hold.
NO_NAME = re.compile('[。；;,，{}\\[\\]【】"“”]')
PARENTHESES = re.compile("[（(][^（()）]*[)）]")


@dataclass
class Sheet:
    """The text, its outline, and the slips noticed so far."""

    text: str
    outline: Outline
    slips: list[Slip] = field(default_factory=list)

    @cached_property
    def names(self) -> frozenset[str]:
        """Every name of the file, wherever it belongs."""
        return self.outline.names

    def note(
        self, kind: Kind, start: int, end: int, right: str | None, *, quiet: bool = False
    ) -> None:
        """Keep a slip, unless what stands there is right."""
        if right is None or self.text[start:end] != right:
            self.slips.append(Slip(kind, start, end, right, quiet))

    def forgive(self, kind: Kind, position: int) -> None:
        """Take back the slip that was noted last, where it is of this kind and place."""
        if self.slips and (self.slips[-1].kind, self.slips[-1].start) == (kind, position):
            self.slips.pop()

    def line_end(self, position: int) -> int:
        """Where the line of a position ends."""
        end = self.text.find("\n", position)
        return len(self.text) if end < 0 else end

    def skip_blanks(self, position: int, end: int) -> int:
        """The first position that holds no blank of any kind."""
        match = BLANK.match(self.text, position, end)
        return match.end() if match else position

    def content_end(self, start: int, end: int) -> int:
        """Where the content between two positions of a line ends: before comment and blanks."""
        comment = COMMENT.search(self.text, start, end)
        if comment and (comment.start() > start or self.text[start - 1 : start] in BLANKS):
            end = comment.start()
        return start + len(self.text[start:end].rstrip(BLANKS_TO_STRIP))

    def knows(self, name: str) -> bool:
        """Whether any place of the file has this name."""
        return labels.normal(name) in self.names

    def colon(self, start: int, end: int) -> int | None:
        """The colon behind the name with which a content begins; None where there is none.

        That is the first one, unless a name of the file goes on behind it. A clock's time and an
        address are no names.
        """
        content = self.text[start : min(end, start + LONGEST_NAME)]
        outside = PARENTHESES.sub(lambda match: "_" * len(match[0]), content)
        colons = [match.start() for match in COLON.finditer(outside)]
        for offset in colons:
            if self.knows(content[:offset]):
                return start + offset
        for offset in colons[:1]:
            if self._may_be_name(content[:offset]) and not self._is_inside(start + offset, end):
                return start + offset
        return None

    def _may_be_name(self, name: str) -> bool:
        return bool(name.strip()) and not name.strip().isdigit() and not NO_NAME.search(name)

    def _is_inside(self, colon: int, end: int) -> bool:
        """Whether a half-width colon belongs to what stands around it: `12:30`, `http://`."""
        if self.text[colon] != ":" or colon + 1 >= end:
            return False
        return self.text.startswith("//", colon + 1) or (
            self.text[colon - 1].isdigit() and self.text[colon + 1].isdigit()
        )

    def write_colon(self, colon: int, end: int) -> int:
        """Note what is wrong with a colon and the blanks behind it; where the value begins."""
        value = self.skip_blanks(colon + 1, end)
        blanks = self.text[colon + 1 : value]
        if self.text[colon] == "：":
            right = ":" if value == end or blanks[:1] == " " else ": "
            width = 2 if blanks[:1] not in {"", " "} else 1
            self.note(Kind.COLON, colon, colon + width, right)
        elif value < end and not blanks:
            self.note(Kind.SPACE, colon + 1, colon + 1, " ")
        elif blanks.strip(" \t"):
            self.note(Kind.BLANK, colon + 1, value, " " * len(blanks) if value < end else "")
        return value


BLANKS_TO_STRIP = " \t\u3000\u00a0\u202f\u205f" + "".join(map(chr, range(0x2000, 0x200B)))
