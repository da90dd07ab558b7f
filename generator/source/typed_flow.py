"""Lists and names in brackets as people type them, over one line or several."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from generator.language import labels
from generator.model.fair_copy import Kind, Outline
from generator.source.sheet import BLANKS_TO_STRIP, COLON, LONGEST_NAME, Sheet

OPENERS = {"[": "[", "{": "{", "［": "[", "｛": "{", "【": "["}
CLOSER = {"[": "]", "{": "}"}
CLOSERS = {"[": "]］】", "{": "}｝】"}
ANY_CLOSER = "]}］｝】"
PIECE = re.compile("[\\w.（）()-]{1,40}")  # an item that a Chinese comma may end
ASCII_TEXT = re.compile("[“”‘’]([ -~]*?)[“”‘’](?=[ \t,，、\\]}］｝】]|$)")
BENT = re.compile("[”“’‘](?=[ \t]*[,，}\\]｝］】])")  # a quote of Word at the end of a text
INNER_COLON = re.compile(":(?=[ \t]|$)")
COMMAS = "，、；;"
ENDS_PLAIN = re.compile("[],{}【】］｝#，、；;[]")  # may end a plain text, but need not
LAST_WORD = 40
DEEPEST = 12


@dataclass
class _Open:
    """A bracket that is not closed yet, the outline of what is in it, and what comes next."""

    bracket: str
    outline: Outline
    filled: bool = False
    value: Outline | None = None

    @property
    def wants_name(self) -> bool:
        return self.bracket == "{" and self.value is None


class Flow:
    """Reads brackets from one position on, and notes what is wrong in them.

    `starts_name` says of a position at which a line begins whether a name of the file begins there
    with its colon: then the bracket before it was never closed.
    """

    def __init__(self, sheet: Sheet, starts_name: Callable[[int, Outline], bool]) -> None:
        self.sheet = sheet
        self.text = sheet.text
        self.starts_name = starts_name
        self.open: list[_Open] = []

    def read(self, start: int, outline: Outline) -> int:
        """The position behind the brackets that begin at `start`."""
        position = self._opened(start, outline)
        while self.open and position < len(self.text):
            position = self._next(position)
        if self.open:
            self._unclosed(max(start + 1, len(self.text.rstrip())))
        return position

    def _opened(self, position: int, outline: Outline) -> int:
        character = self.text[position]
        bracket = OPENERS[character]
        if character == "【" and self._holds_names(position + 1, outline):
            bracket = "{"
        self.sheet.note(Kind.BRACKET, position, position + 1, bracket)
        self.open.append(_Open(bracket, outline))
        return position + 1

    def _holds_names(self, position: int, outline: Outline) -> bool:
        colon = self.sheet.colon(position, self.sheet.line_end(position))
        return colon is not None and outline.knows(labels.normal(self.text[position:colon]))

    def _next(self, position: int) -> int:
        """Read the next thing within the brackets."""
        place = self.open[-1]
        character = self.text[position]
        if character == "\n":
            position = self._next_line(position)
        elif character in BLANKS_TO_STRIP:
            position = self._blanks(position)
        elif character == "#" and self.text[position - 1] in " \t\n":
            position = self.sheet.line_end(position)
        elif self._closes(position):
            position = self._closed(position)
        elif character == "," or character in COMMAS:
            position = self._separator(position)
        else:
            position = self._name(position) if place.wants_name else self._value(position)
        return position

    def _closes(self, position: int) -> bool:
        """Whether the last bracket ends here: one of full width may also begin a text."""
        character = self.text[position]
        if character in "]}":
            return True
        end = self.sheet.line_end(position)
        return character in ANY_CLOSER and self._ends_bracket(position + 1, end)

    def _next_line(self, position: int) -> int:
        """Go on to the next line, unless a name begins there that is none of the brackets'."""
        begin = self.sheet.skip_blanks(position + 1, self.sheet.line_end(position + 1))
        if self.starts_name(begin, self.open[-1].outline):
            self._unclosed(position)
            self.open.clear()
            return position
        return position + 1

    def _unclosed(self, position: int) -> None:
        """Note that brackets are not closed where the line ends."""
        start = self.text.rfind("\n", 0, position) + 1
        end = self.sheet.content_end(start, position)
        closers = "".join(CLOSER[place.bracket] for place in reversed(self.open))
        if self.text[start:end].rstrip(BLANKS_TO_STRIP).endswith((",", "，", "、")):
            self.sheet.note(Kind.OPEN_BRACKET, end - 1, end, None)
        else:
            self.sheet.note(Kind.UNCLOSED, end, end, closers)

    def _blanks(self, position: int) -> int:
        end = self.sheet.skip_blanks(position, self.sheet.line_end(position))
        blanks = self.text[position:end]
        if blanks.strip(" \t"):
            self.sheet.note(Kind.BLANK, position, end, " " * len(blanks), quiet=True)
        return end

    def _closed(self, position: int) -> int:
        place = self.open.pop()
        self.sheet.note(Kind.BRACKET, position, position + 1, CLOSER[place.bracket])
        if self.open:
            self.open[-1].filled = True
        return position + 1

    def _separator(self, position: int) -> int:
        place = self.open[-1]
        start = position
        position += 1
        if not place.filled and place.value is None:
            self.sheet.note(Kind.GAP, start, position, None)
        elif self.text[start] != ",":
            right = "," if self.text[position : position + 1] in {" ", "\n"} else ", "
            self.sheet.note(Kind.COMMA, start, position, right)
        place.filled = False
        place.value = None
        return position

    def _name(self, position: int) -> int:
        """A name with its colon, or something that has none."""
        end = self.sheet.line_end(position)
        if self.text[position] in "\"'":
            closing = self.text.find(self.text[position], position + 1, end)
            colon = self.sheet.skip_blanks(closing + 1, end) if closing > 0 else -1
            if colon > 0 and self.text[colon : colon + 1] in {":", "："}:
                behind = self._named(position + 1, closing, colon, end)
                # Behind a quoted name within brackets YAML asks for no blank.
                self.sheet.forgive(Kind.SPACE, behind)
                return behind
            return self._value(position)
        stop = min(self._stop(position, end), end)
        colon_found = self.sheet.colon(position, end)
        if colon_found is not None and (
            colon_found < stop or self.sheet.knows(self.text[position:colon_found])
        ):
            return self._named(position, colon_found, colon_found, end)
        return self._value(position)

    def _named(self, start: int, stop: int, colon: int, end: int) -> int:
        place = self.open[-1]
        name = labels.normal(self.text[start:stop])
        place.value = place.outline.child(name)
        place.filled = True
        return self.sheet.write_colon(colon, end)

    def _value(self, position: int) -> int:
        """A bracket, a quoted text, or a plain one."""
        place = self.open[-1]
        outline = place.value if place.value is not None else place.outline
        place.filled = True
        character = self.text[position]
        end = self.sheet.line_end(position)
        if character in OPENERS and (character != "【" or outline.takes_structure):
            if len(self.open) >= DEEPEST:
                self.open.clear()
                return len(self.text)
            return self._opened(position, outline)
        if character in "\"'":
            return self._quoted(position, end)
        if match := ASCII_TEXT.match(self.text, position, end):
            self.sheet.note(Kind.QUOTE, position, position + 1, '"')
            self.sheet.note(Kind.QUOTE, match.end() - 1, match.end(), '"')
            return match.end()
        return self._plain(position, end)

    def _quoted(self, position: int, end: int) -> int:
        """The position behind a quoted text; a quote that Word has bent may end it."""
        mark = self.text[position]
        closing = self.text.find(mark, position + 1)
        if 0 < closing <= end:
            return closing + 1
        bent = BENT.search(self.text, position + 1, end)
        if bent:
            self.sheet.note(Kind.QUOTE, bent.start(), bent.end(), mark)
            return bent.end()
        if closing < 0:
            self.sheet.note(Kind.OPEN_QUOTE, position, position + 1, None)
            self.open.clear()
            return end
        return closing + 1

    def _plain(self, position: int, end: int) -> int:
        """The position behind a text without quotes."""
        stop = self._stop(position, end)
        if self.open[-1].bracket == "{" and (name := self._next_name(position, stop)):
            text_end = position + len(self.text[position:name].rstrip(BLANKS_TO_STRIP))
            self.sheet.note(Kind.SEPARATOR, text_end, name, ", ")
            self.open[-1].value = None
            return name
        content = self.text[position:stop].rstrip(BLANKS_TO_STRIP)
        inner = INNER_COLON.search(content)
        if inner and '"' not in content and "\\" not in content:
            self.sheet.note(Kind.INNER, position, position + len(content), f'"{content}"')
        return max(stop, position + 1)

    def _next_name(self, start: int, stop: int) -> int | None:
        """Where in a text the next name of the bracket begins, if only a blank stands before it."""
        outline = self.open[-1].outline
        for colon in COLON.finditer(self.text, start, stop):
            begin = max(start, colon.start() - LAST_WORD)
            content = self.text[begin : colon.start()].rstrip(BLANKS_TO_STRIP)
            blank = max(content.rfind(mark) for mark in " \t\u3000")
            # Within a Chinese text a colon may well stand behind a word of the file.
            is_name = INNER_COLON.match(self.text, colon.start()) or (
                begin == start and content[:blank].isascii()
            )
            if blank >= 0 and is_name and outline.knows(labels.normal(content[blank + 1 :])):
                return begin + blank + 1
        return None

    def _stop(self, position: int, end: int) -> int:
        """Where a plain text ends: at a comma or bracket that is none of its own."""
        match = ENDS_PLAIN.search(self.text, position, end)
        return self._stop_after(position, end, match.start()) if match else end

    def _stop_after(self, position: int, end: int, first: int) -> int:
        """Where a plain text ends that holds no mark before `first`."""
        place = self.open[-1]
        depth = 0
        for index in range(first, end):
            character = self.text[index]
            if character in ",[]{}":
                return index
            if character == "【":
                depth += 1
            elif character in "】］｝":
                if depth and character == "】":
                    depth -= 1
                elif character in CLOSERS[place.bracket] and self._ends_bracket(index + 1, end):
                    return index
            elif self._begins_comment(position, index) or (
                character in COMMAS and self._separates(position, index, end)
            ):
                return index
        return end

    def _begins_comment(self, start: int, position: int) -> bool:
        """Whether a comment begins at a position behind a text."""
        is_behind = position > start and self.text[position - 1] in " \t"
        return is_behind and self.text[position] == "#"

    def _ends_bracket(self, position: int, end: int) -> bool:
        """Whether behind a closing bracket there is nothing, or what goes on outside of it."""
        behind = self.sheet.skip_blanks(position, end)
        return behind == end or self.text[behind] in f",，#{ANY_CLOSER}"

    def _separates(self, start: int, comma: int, end: int) -> bool:
        """Whether a Chinese comma stands for one of YAML rather than within a text."""
        place = self.open[-1]
        behind = self.sheet.skip_blanks(comma + 1, end)
        if place.bracket == "{":
            colon = self.sheet.colon(behind, end)
            if colon is None:
                return False
            name = labels.normal(self.text[behind:colon])
            if place.outline.below:
                return place.outline.knows(name)
            # Of an unknown place no text may hold what YAML takes for a name.
            is_name = self.text[colon : colon + 2] == ": " or name in self.sheet.names
            return place.outline.below is None and is_name
        if not place.outline.takes_structure or comma - start > LONGEST_NAME:
            return False
        content = self.text[start:comma].strip(BLANKS_TO_STRIP)
        if content.isascii() or self.sheet.knows(content):
            return True
        return self.text[comma] == "，" and bool(PIECE.fullmatch(content))


def read_flow(
    sheet: Sheet,
    start: int,
    outline: Outline,
    starts_name: Callable[[int, Outline], bool],
) -> int:
    """Read the brackets at a position, note their slips, and say where they end."""
    return Flow(sheet, starts_name).read(start, outline)
