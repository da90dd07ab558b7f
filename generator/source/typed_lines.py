"""A YAML file of a site line by line, as a person reads it: what was meant, and each slip.

YAML's own parser stops at the first slip. Here every line is looked at for itself; what it belongs
to follows from its indent and, where that is wrong, from the names that the file knows. A text that
is right is left alone, byte for byte.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.language import labels
from generator.model.fair_copy import UNKNOWN, FairCopy, Kind, Outline, Slip
from generator.source.sheet import BLANK, BLANKS, BLANKS_TO_STRIP, COLON, Sheet
from generator.source.typed_flow import ANY_CLOSER, OPENERS, read_flow
from generator.source.typed_rows import (
    is_figure,
    row_text,
    row_value,
    spreadsheet_cells,
    trailing_figures,
)

# A line in which nothing can be wrong but its indent: most lines of most files.
NAME = (
    '[^\\s:：,，\\[\\]{}【】｛｝［］#"\'|>&*!%@`\u3000\u00a0-][^:：\\[\\]{}【】#"\t\u3000\u00a0\n]*'
)
NUMBERS = "\\[[0-9]+(?:, *[0-9]+)*\\]"
PAIRS = "\\{[^\\s:：,，\\[\\]{}]+: [0-9]+(?:, *[^\\s:：,，\\[\\]{}]+: [0-9]+)*\\}"
RIGHT = (
    f' *(?:#[^\n]*|(?:{NAME}: *(?:{NUMBERS}|{PAIRS}|[0-9][0-9.-]*|"[^"\\\\\n]*")|{NAME}:)'
    f" *(?: #[^\n]*)?)?"
)
ODD = re.compile(f"^(?!{RIGHT}$).+", re.MULTILINE)
# What cannot be wrong in the other lines, and what may be.
ASIDE = re.compile("\"[^\"\\\\\n]*\"(?=[ ,}\\]]|$)|'[^'\n]*'(?=[ ,}\\]]|$)|(?:^| )#.*")
SUSPECT = re.compile(
    "[：，、；【】［］｛｝＃－\"'\t\u00a0\u2000-\u200a\u202f\u205f\u3000?|>]"
    "|(?:[:,\\[{] *|^ *- *)[“”‘’]|[“”‘’] *(?:[,}\\]]|$)"
    "|:(?=[^\\s/])|[0-9~/] +[0-9~/]|[,;。] *$|^ *[—–•·]|^ *-\\S|^[^\\[{]*[0-9] *[],]"
)
DASH = re.compile(f"([-－—–•·])([{BLANKS}]*)")
MARKERS = ("---", "...", "%")
BLOCK_TEXT = re.compile("[|>][-+0-9]*$")
QUOTED_ASCII = re.compile("[\"“”'‘’]([ -!#-~]+)[\"“”'‘’]")
SHORT_VALUE = re.compile('[\\w.:/ -]*[0-9a-zA-Z"]([,，;；])')
BEFORE_VALUE = re.compile(f"[{BLANKS}\\[{{【［｛（(]")
INNER_COLON = re.compile(":(?=[ \t]|$)")
SECOND_NAME = re.compile(f"[\\w.-]+[{BLANKS},，;；]+([^{BLANKS}:：]{{1,40}})[:：]")
WIDTHS = {"\t": 2, "\u3000": 2}


def may_be_wrong(text: str) -> bool:
    """Whether there is a line in a text that is not plainly right; indents are not looked at."""
    return any(SUSPECT.search(ASIDE.sub("", line)) for line in ODD.findall(text))


@dataclass(eq=False)
class _Level:
    """Lines that belong together: their indent as typed, as it should be, and their names."""

    typed: int
    right: int
    outline: Outline
    is_list: bool = False


@dataclass
class _Last:
    """The last line with a name: its indents, what stands below it, and whether it has a value."""

    typed: int
    right: int
    outline: Outline
    name: str = ""
    is_open: bool = False
    may_go_on: bool = False


@dataclass(frozen=True)
class _Line:
    """A line without its indent: from where its content goes to where."""

    begin: int
    start: int
    end: int
    typed: int
    is_clean: bool


class _Reader:
    """One pass over the lines of a text."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.text = sheet.text
        self.levels = [_Level(0, 0, sheet.outline)]
        self.last: _Last | None = None
        self.position = 0

    def read(self) -> None:
        """Note the slips of all lines."""
        while self.position < len(self.text):
            end = self.sheet.line_end(self.position)
            line = self._line(self.position, end)
            self.position = end + 1
            self._read_line(line, end)

    def _line(self, begin: int, end: int) -> _Line:
        match = BLANK.match(self.text, begin, end)
        start = match.end() if match else begin
        indent = self.text[begin:start]
        is_clean = not indent.strip(" ")
        width = len(indent) if is_clean else sum(WIDTHS.get(mark, 1) for mark in indent)
        return _Line(begin, start, self.sheet.content_end(start, end), width, is_clean)

    def _read_line(self, line: _Line, end: int) -> None:
        if line.start == end:
            if not line.is_clean:
                self.sheet.note(Kind.BLANK, line.begin, end, "", quiet=True)
            return
        if self.text[line.start] in "#＃":
            self._comment(line)
        elif not self.text.startswith(MARKERS, line.start) or line.typed:
            self._content(line)

    def _comment(self, line: _Line) -> None:
        if not line.is_clean:
            self.sheet.note(Kind.BLANK, line.begin, line.start, " " * line.typed, quiet=True)
        self.sheet.note(Kind.COMMENT, line.start, line.start + 1, "#")

    def _content(self, line: _Line) -> None:
        """A line with something on it: an item of a list, figures, a name with its value."""
        content = self.text[line.start : line.end]
        dash = DASH.match(self.text, line.start, line.end)
        if dash and self._is_dash(dash, line):
            self._item(line, dash)
            return
        colon = self.sheet.colon(line.start, line.end)
        if self._goes_on(line, colon):
            return
        if self._pasted(line, content, colon):
            return
        if content[0] in "\"'" and self._quoted_name(line):
            return
        if colon is not None:
            self._named(line, colon)
        elif content[0] in OPENERS:
            self._place(line, None)
            self._brackets(line, self.levels[-1].outline)
        else:
            self._without_colon(line, content)

    def _goes_on(self, line: _Line, colon: int | None) -> bool:
        """Whether a line goes on with the text of the line above, as YAML has it."""
        if self.last is None or not self.last.may_go_on or line.typed <= self.last.typed:
            return False
        if not line.is_clean:
            return False
        return colon is None or not self._is_open_name(self.text[line.start : colon])

    def _is_open_name(self, name: str) -> bool:
        normal = labels.normal(name)
        return any(level.outline.knows(normal) for level in self.levels)

    # Items of lists.

    def _is_dash(self, dash: re.Match[str], line: _Line) -> bool:
        """Whether a stroke begins an item: a list may stand here, or one is being read."""
        if dash[1] == "-" and (dash[2] or dash.end() == line.end):
            return True
        lists = [level.outline for level in self.levels if level.is_list]
        if self.last is not None and self.last.is_open:
            lists.append(self.last.outline)
        if not lists or dash.end() == line.end:
            return False
        if self.text[dash.end()] in OPENERS:
            return True
        colon = self.sheet.colon(dash.end(), line.end)
        if colon is None:
            return bool(dash[2]) and any(outline.listed for outline in lists)
        name = labels.normal(self.text[dash.end() : colon])
        return any(outline.knows(name) for outline in lists)

    def _item(self, line: _Line, dash: re.Match[str]) -> None:
        outline, right = self._place_item(line)
        if dash[1] != "-":
            self.sheet.note(Kind.DASH, line.start, dash.end(), "- ")
        elif not dash[2] and dash.end() < line.end:
            self.sheet.note(Kind.DASH, dash.end(), dash.end(), " ")
        elif dash[2].strip(" "):
            self.sheet.note(Kind.BLANK, line.start + 1, dash.end(), " ")
        width = 1 + max(len(dash[2]), 1)
        start = dash.end()
        if start == line.end:
            self.last = _Last(line.typed, right, outline, is_open=True)
            return
        inner = _Line(start, start, line.end, line.typed + width, is_clean=True)
        self.levels.append(_Level(line.typed + width, right + width, outline))
        self.last = None
        colon = self.sheet.colon(start, line.end)
        character = self.text[start]
        if character in OPENERS and (character != "【" or outline.takes_structure):
            self._brackets(inner, outline)
        elif colon is not None and self._names_item(start, colon, outline):
            self._value(inner, colon, right + width)
        else:
            self._plain(start, line.end, outline)
            self.last = _Last(line.typed, right, UNKNOWN, may_go_on=True)

    def _names_item(self, start: int, colon: int, outline: Outline) -> bool:
        """Whether an item begins with a name rather than with a text that holds a colon."""
        if outline.knows(labels.normal(self.text[start:colon])):
            return True
        return self.text[colon + 1 : colon + 2] in {" ", "\n", ""} and self.text[colon] == ":"

    def _place_item(self, line: _Line) -> tuple[Outline, int]:
        """What an item consists of, and its right indent."""
        last = self.last
        if last is not None and last.is_open:
            self._close_below(last.typed, line.typed)
            right = (
                last.right + max(line.typed - last.typed, 0) if line.is_clean else last.right + 2
            )
            self.levels.append(_Level(line.typed, right, last.outline, is_list=True))
            self._indent(line, right)
            return last.outline, right
        lists = [number for number, level in enumerate(self.levels) if level.is_list]
        if not lists:
            self._place(line, None)
            return UNKNOWN, line.typed
        equal = [number for number in lists if self.levels[number].typed == line.typed]
        number = (equal or lists)[-1]
        del self.levels[number + 1 :]
        self._indent(line, self.levels[number].right)
        return self.levels[number].outline, self.levels[number].right

    # Indents.

    def _close_below(self, last_typed: int, typed: int) -> None:
        """Leave the levels deeper than the line that is open."""
        while len(self.levels) > 1 and self.levels[-1].typed > max(last_typed, typed):
            self.levels.pop()

    def _indent(self, line: _Line, right: int, *, quiet: bool = False) -> None:
        """Note an indent that is not as it should be."""
        kind = Kind.INDENT
        if not line.is_clean:
            kind = Kind.TAB if "\t" in self.text[line.begin : line.start] else Kind.BLANK
        quiet = quiet and line.is_clean
        self.sheet.note(kind, line.begin, line.start, " " * right, quiet=quiet)

    def _place(self, line: _Line, name: str | None) -> int:
        """The right indent of a line, by its indent and its name; its level is then the last."""
        child = self._child(line)
        by_indent = self._by_indent(line, child)
        if by_indent is not None and self._may_hold(by_indent, name):
            return self._settled(line, by_indent)
        choices = [*([child] if child else []), *reversed(self.levels)]
        by_name = [level for level in choices if name and level.outline.knows(name)]
        if by_name and name:
            # A row is found wherever in its table it stands.
            row = by_name[0].outline.child(name)
            in_table = by_indent is not None and self.levels[0] not in {by_indent, by_name[0]}
            return self._settled(line, by_name[0], quiet=in_table and not row.below)
        if by_indent is None:
            nearest = sorted(choices, key=lambda level: abs(level.typed - line.typed))
            distances = [abs(level.typed - line.typed) for level in nearest[:2]]
            if len(distances) > 1 and distances[0] == distances[1]:
                self.sheet.note(Kind.NO_LEVEL, line.begin, line.start, None)
                return line.typed
            by_indent = nearest[0]
        return self._settled(line, by_indent)

    def _child(self, line: _Line) -> _Level | None:
        """The level that would begin below the last name, if that has no value yet."""
        last = self.last
        if last is None or not last.is_open:
            return None
        if line.is_clean and line.typed > last.typed:
            return _Level(line.typed, last.right + line.typed - last.typed, last.outline)
        return _Level(max(line.typed, last.typed + 1), last.right + 2, last.outline)

    def _by_indent(self, line: _Line, child: _Level | None) -> _Level | None:
        """The level that a line's indent says; None where no line above has it."""
        if child is not None and self.last is not None and line.typed > self.last.typed:
            return child
        levels = [level for level in reversed(self.levels) if level.typed == line.typed]
        levels = [level for level in levels if not level.is_list]
        return levels[0] if levels else None

    def _may_hold(self, level: _Level, name: str | None) -> bool:
        """Whether a line of this name may stand on a level: no other open one knows it instead."""
        if name is None or level.outline.below is None or level.outline.knows(name):
            return True
        below = self.last.outline if self.last is not None and self.last.is_open else UNKNOWN
        return not (below.knows(name) or any(place.outline.knows(name) for place in self.levels))

    def _settled(self, line: _Line, level: _Level, *, quiet: bool = False) -> int:
        if level in self.levels:
            del self.levels[self.levels.index(level) + 1 :]
        else:
            self._close_below(self.last.typed if self.last else 0, line.typed)
            self.levels.append(level)
        self._indent(line, level.right, quiet=quiet)
        return level.right

    # Names and values.

    def _named(self, line: _Line, colon: int) -> None:
        """A name, its colon, and its value."""
        right = self._place(line, labels.normal(self.text[line.start : colon]))
        self._value(line, colon, right)

    def _quoted_name(self, line: _Line) -> bool:
        """Read a line that begins with a name in quotes; False where it is none."""
        mark = self.text[line.start]
        closing = self.text.find(mark, line.start + 1, line.end)
        colon = self.sheet.skip_blanks(closing + 1, line.end)
        if closing < 0 or self.text[colon : colon + 1] not in {":", "："}:
            return False
        self._named(line, colon)
        return True

    def _value(self, line: _Line, colon: int, right: int) -> None:
        """What stands behind a colon, on this line or below it."""
        name = labels.normal(self.text[line.start : colon])
        outline = self.levels[-1].outline.child(name)
        value = self.sheet.write_colon(colon, line.end)
        self.last = _Last(line.typed, right, outline, name)
        if value >= line.end or self.text[value] == "#":
            self.last.is_open = True
            return
        self._read_value(_Line(line.begin, value, line.end, line.typed, line.is_clean), outline)

    def _read_value(self, line: _Line, outline: Outline) -> None:
        """The value that a line's content is, which may go on below."""
        value = line.start
        if BLOCK_TEXT.match(self.text, value, line.end):
            self._skip_block(line.typed)
        elif self._is_row(line, outline) and row_value(
            self.sheet, value, line.end, outline.columns
        ):
            return
        elif self._opens(value, line.end, outline):
            self._brackets(line, outline)
        else:
            may_go_on = self._plain(value, line.end, outline)
            if self.last is not None:
                self.last.may_go_on = may_go_on

    def _is_row(self, line: _Line, outline: Outline) -> bool:
        """Whether a value is the figures of a row, all of them on this line."""
        if not outline.columns:
            return False
        if self.text[line.start] not in OPENERS or self.text[line.end - 1] in ANY_CLOSER:
            return True
        follows = self.sheet.line_end(line.end) + 1
        begin = self.sheet.skip_blanks(follows, self.sheet.line_end(follows))
        return begin >= len(self.text) or self._begins_name(begin, outline)

    def _opens(self, position: int, end: int, outline: Outline) -> bool:
        """Whether brackets begin at a position; those of a Chinese text begin nothing."""
        character = self.text[position]
        if character not in OPENERS:
            return False
        return character in "[{" or outline.takes_structure

    def _skip_block(self, typed: int) -> None:
        """Leave the lines of a text that a stroke or arrow begins as they are."""
        while self.position < len(self.text):
            end = self.sheet.line_end(self.position)
            line = self._line(self.position, end)
            if line.start < end and line.typed <= typed:
                return
            self.position = end + 1

    def _brackets(self, line: _Line, outline: Outline) -> None:
        """Brackets, which may go on below, and what stands behind them."""
        position = read_flow(self.sheet, line.start, outline, self._begins_name)
        end = self.sheet.line_end(position)
        self.position = max(self.position, end + 1)
        start = position
        position = self.sheet.skip_blanks(position, end)
        stop = self.sheet.content_end(position, end)
        if position < stop:
            self._behind_brackets(start, position, stop)
        elif self.text[start:position].strip(" \t"):
            self.sheet.note(Kind.BLANK, start, position, " " * (position - start), quiet=True)

    def _behind_brackets(self, start: int, position: int, stop: int) -> None:
        remainder = self.text[position:stop]
        if not remainder.strip(",，;；。、" + BLANKS_TO_STRIP):
            self.sheet.note(Kind.TRAILING, start, stop, "")
        elif not remainder.strip("]】］}｝"):
            self.sheet.note(Kind.BRACKET, start, stop, "")
        elif remainder[0] in "#＃":
            self.sheet.note(Kind.COMMENT, position, position + 1, " #")
        else:
            self.sheet.note(Kind.STRAY, position, stop, None)

    def _begins_name(self, position: int, within: Outline) -> bool:
        """Whether a name of an open level begins at a position, and none of the brackets around."""
        colon = self.sheet.colon(position, self.sheet.line_end(position))
        if colon is None:
            return False
        name = labels.normal(self.text[position:colon])
        return not within.knows(name) and any(level.outline.knows(name) for level in self.levels)

    def _plain(self, start: int, end: int, outline: Outline) -> bool:
        """A text without brackets. Whether the next line may go on with it."""
        content = self.text[start:end]
        if content[0] in "\"'":
            self._quoted(start, end)
            return False
        match = QUOTED_ASCII.fullmatch(content)
        if match:
            self.sheet.note(Kind.QUOTE, start, start + 1, '"')
            self.sheet.note(Kind.QUOTE, end - 1, end, '"')
        elif trailing := SHORT_VALUE.fullmatch(content):
            self.sheet.note(Kind.TRAILING, start + trailing.start(1), end, "")
        elif inner := INNER_COLON.search(content):
            self._inner_colon(start, end, content, inner.start())
        elif (second := SECOND_NAME.match(content)) and self._is_open_name(second[1]):
            self.sheet.note(Kind.TWO_NAMES, start + second.start(1), end, None)
        return True

    def _inner_colon(self, start: int, end: int, content: str, offset: int) -> None:
        """A colon within a text that YAML would take for that of a name."""
        name = re.split(f"[{BLANKS},，；;]", content[:offset].rstrip(BLANKS_TO_STRIP))[-1]
        if self._is_open_name(name) and name != content[:offset]:
            self.sheet.note(Kind.TWO_NAMES, start + offset - len(name), end, None)
        elif '"' not in content and "\\" not in content:
            self.sheet.note(Kind.INNER, start, end, f'"{content}"')
        elif "'" not in content:
            self.sheet.note(Kind.INNER, start, end, f"'{content}'")
        else:
            self.sheet.note(Kind.STRAY, start + offset, end, None)

    def _quoted(self, start: int, end: int) -> None:
        """A text in quotes, which may go on below; what Word has bent, and what stands behind."""
        mark = self.text[start]
        content = self.text[start:end]
        if mark not in content[1:]:
            if content[-1] in "”“’‘":
                self.sheet.note(Kind.QUOTE, end - 1, end, mark)
            else:
                self._long_quoted(start, mark)
            return
        closing = _closing(content)
        remainder = content[closing + 1 :].strip(BLANKS_TO_STRIP)
        if not remainder or closing < 0:
            return
        if not remainder.strip(",，;；。"):
            self.sheet.note(Kind.TRAILING, start + closing + 1, end, "")
        elif mark == '"' and "'" not in content:
            self.sheet.note(Kind.INNER, start, end, f"'{content}'")
        else:
            self.sheet.note(Kind.STRAY, start + closing + 1, end, None)

    def _long_quoted(self, start: int, mark: str) -> None:
        """A text in quotes that ends on a line below; one that never ends is a slip."""
        closing = self.text.find(mark, start + 1)
        line_end = self.sheet.line_end(start)
        follows = line_end + 1
        begin = self.sheet.skip_blanks(follows, self.sheet.line_end(follows))
        if closing < 0 or self._begins_name(begin, UNKNOWN):
            self.sheet.note(Kind.OPEN_QUOTE, start, start + 1, None)
            return
        self.position = self.sheet.line_end(closing) + 1

    # Lines that have no colon.

    def _pasted(self, line: _Line, content: str, colon: int | None) -> bool:
        """A name and its figures as they come from a spreadsheet, a page or a document."""
        if "\t" in content and self._spreadsheet(line, self.text[line.start : self._tail(line)]):
            return True
        if colon is not None:
            return False
        name, figures = trailing_figures(content)
        columns = self._columns(name)
        if not figures or not columns or (columns > 1 and len(figures) < 2):
            return False
        self._write_row(line, [], name, figures)
        return True

    def _tail(self, line: _Line) -> int:
        """Where a line ends with the blanks behind it, which may be cells; before a comment."""
        end = self.sheet.skip_blanks(line.end, self.sheet.line_end(line.end))
        return end if end == self.sheet.line_end(line.end) else line.end

    def _spreadsheet(self, line: _Line, content: str) -> bool:
        cells = [cell.strip(BLANKS_TO_STRIP) for cell in content.split("\t")]
        count = next((n for n, cell in enumerate(cells) if cell and is_figure(cell)), len(cells))
        blank = count
        while blank and not cells[blank - 1]:
            blank -= 1
        names = [cell for cell in cells[:blank] if cell]
        if not names:
            return self._across(line, content)
        if count == len(cells):
            return self._pasted_head(line, names)
        name = COLON.split(names[-1])[0] if names[-1][-1] in ":：" else names[-1]
        columns = self._columns(name)
        figures = spreadsheet_cells("\t".join(cells[blank:]), columns)
        if figures is None or COLON.search(name) or not (columns or len(figures) > 1):
            return False
        self._write_row(line, names[:-1], name, figures)
        return True

    def _across(self, line: _Line, content: str) -> bool:
        """Write the figures of a table whose rows stand side by side as a line for each row."""
        place = self.last.outline if self.last is not None and self.last.is_open else UNKNOWN
        rows = [(name, self._columns(name)) for name in place.across]
        count = sum(columns for _, columns in rows)
        figures = spreadsheet_cells(content, count)
        if self.last is None or figures is None or not count or len(figures) != count:
            return False
        indent = " " * (self.last.right + 2)
        lines = []
        position = 0
        for name, columns in rows:
            lines.append(f"{indent}{name}: {row_text(figures[position : position + columns])}")
            position += columns
        self.sheet.note(Kind.PASTED, line.begin, self._tail(line), "\n".join(lines))
        self.last = None
        return True

    def _pasted_head(self, line: _Line, names: Sequence[str]) -> bool:
        """The column heads of a table that was pasted: they are no part of the file."""
        printed = self.sheet.outline.printed
        if not all(labels.normal(word) in printed or self.sheet.knows(word) for word in names):
            return False
        if len(names) == 1 and labels.normal(names[0]) not in printed:
            return False
        self.sheet.note(Kind.PASTED_HEAD, line.start, line.start, "# ")
        return True

    def _columns(self, name: str) -> int:
        """How many figures a row takes that may stand here; 0 for what is no row."""
        normal = labels.normal(name)
        places = [level.outline for level in reversed(self.levels)]
        if self.last is not None and self.last.is_open:
            places.insert(0, self.last.outline)
        rows = [place.child(normal).columns for place in places if place.knows(normal)]
        return rows[0] if rows else 0

    def _write_row(
        self, line: _Line, groups: Sequence[str], name: str, figures: Sequence[str]
    ) -> None:
        """Put a pasted row in its place, with the names of the groups that came along with it."""
        headings = self._open_groups(line, groups, labels.normal(name))
        pasted = _Line(line.begin, line.start, line.end, line.typed, is_clean=False)
        right = self._place_quietly(pasted, labels.normal(name))
        text = f"{headings}{' ' * right}{name}: {row_text(figures)}"
        self.sheet.note(Kind.PASTED, line.begin, self._tail(line), text)
        outline = self.levels[-1].outline.child(labels.normal(name))
        self.last = _Last(self.levels[-1].typed, right, outline, name)

    def _place_quietly(self, line: _Line, name: str) -> int:
        """The right indent of a line that is written anew, so that its own indent is no slip."""
        count = len(self.sheet.slips)
        holders = [level for level in self.levels if level.outline.knows(name)]
        child = self._child(line)
        if child is not None and (child.outline.knows(name) or not holders):
            right = self._settled(line, child)
        elif holders:
            right = self._settled(line, holders[-1])
        else:
            right = self.levels[-1].right
        del self.sheet.slips[count:]
        return right

    def _open_groups(self, line: _Line, groups: Sequence[str], name: str) -> str:
        """The lines that open the groups named before a pasted row, where they are not yet open."""
        lines = []
        count = len(self.sheet.slips)
        for group in groups:
            normal = labels.normal(group)
            if not any(level.outline.knows(normal) for level in self._places()):
                continue
            right = self._place_quietly(line, normal)
            outline = self.levels[-1].outline.child(normal)
            if not outline.below:
                continue
            self.last = _Last(line.typed, right, outline, normal, is_open=True)
            lines.append(f"{' ' * right}{group}:\n")
        del self.sheet.slips[count:]
        return "".join(lines)

    def _places(self) -> Sequence[_Level]:
        below = self.last.outline if self.last is not None and self.last.is_open else UNKNOWN
        return [*self.levels, _Level(0, 0, below)]

    def _without_colon(self, line: _Line, content: str) -> None:
        """A line with neither figures nor colon: a name alone, a pasted head, or nothing known."""
        name = content if self._is_placed(content) else BEFORE_VALUE.split(content, maxsplit=1)[0]
        if self._is_placed(name):
            self._name_alone(line, name)
        elif not self._pasted_head(line, [content]) and self._must_be_named(line):
            self.sheet.note(Kind.NO_NAME, line.start, line.end, None)

    def _is_placed(self, name: str) -> bool:
        """Whether a name may stand here, on a level that is open or below the last name."""
        normal = labels.normal(name)
        return any(level.outline.knows(normal) for level in self._places())

    def _name_alone(self, line: _Line, name: str) -> None:
        """A name without its colon, and a value where one is behind it."""
        right = self._place(line, labels.normal(name))
        outline = self.levels[-1].outline.child(labels.normal(name))
        end = line.start + len(name)
        self.last = _Last(line.typed, right, outline, name, is_open=end == line.end)
        self.sheet.note(Kind.NAME_ALONE, end, end, ":")
        if end == line.end:
            return
        value = self.sheet.skip_blanks(end, line.end)
        if value == end or self.text[end:value].strip(" "):
            self.sheet.note(Kind.BLANK, end, value, " ", quiet=True)
        self._read_value(_Line(line.begin, value, line.end, line.typed, line.is_clean), outline)

    def _must_be_named(self, line: _Line) -> bool:
        """Whether a line without a name is a slip: a text may stand alone below its name."""
        last = self.last
        if last is None or not last.is_open or last.outline.takes_structure:
            return True
        return line.typed <= last.typed


def _closing(content: str) -> int:
    """The quote that ends a text which begins with one; -1 where none does."""
    mark = content[0]
    position = 1
    while position < len(content):
        if content[position] == "\\" and mark == '"':
            position += 1
        elif content[position] == mark:
            if mark == "'" and content[position + 1 : position + 2] == "'":
                position += 1
            else:
                return position
        position += 1
    return -1


def fair_copy(text: str, outline: Outline) -> FairCopy:
    """The slips of a text, and the text without those that have one reading."""
    sheet = Sheet(text, outline)
    _Reader(sheet).read()
    slips: list[Slip] = []
    for slip in sorted(sheet.slips, key=lambda slip: (slip.start, slip.end)):
        if not slips or slip.start >= slips[-1].end or slip.right is None:
            slips.append(slip)
    return FairCopy(text, tuple(slips))
