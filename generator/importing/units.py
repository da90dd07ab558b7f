"""Lines of a document to what they say of each row of a form: its figures in the order of print.

A row of an exact table ends with its line. In scraped text the figures behind a label are its row's
until the next label. Nothing is decided here about which column a figure belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.importing.blocks import Line, Piece, Spot
from generator.importing.characters import plain_spelling, spelling
from generator.importing.heads import Heads
from generator.importing.vocabulary import Atom, Entry, Kind, Vocabulary, is_value, vocabulary
from generator.model.format import Block, Format, Heading, Section, Table

# Numbers of pages between two rows, and rules of dashes.
PAGE_NUMBER = re.compile(
    r"[-—–·]+\s*[0-9]{1,4}\s*[-—–·]+|第\s*[0-9]{1,4}\s*页.{0,12}"
    r"|[0-9]{1,4}\s*/\s*[0-9]{1,4}|[-—–=_*·]{3,}"
)
CURRENCIES = frozenset("?¥￥$")  # a mark that could not be printed is a question mark
# A word of so many characters opens a table by itself; a shorter one occurs in any text.
TELLING = 6
LONGEST_LABEL = 60
MOST_QUESTIONS = 30


@dataclass(frozen=True, slots=True)
class Token:
    """A cell's text with its place; `column` is that of its table where the table is exact.

    `delimited` is one between marks of cells, so that a blank one beside it would be seen.
    """

    text: str
    spot: Spot
    column: int = -1
    delimited: bool = True

    @property
    def blank(self) -> bool:
        """Whether there is nothing in the cell."""
        return not self.text.strip()


@dataclass
class Unit:
    """The figures printed behind a row's label, or those of a whole table printed in one row.

    `row` is None for such a table and for a row whose label is lost. `columns` are the grid columns
    of the block's columns in the form's order, where the heads of an exact table give them.
    """

    table: Table
    block: Block
    row: Heading | None
    exact: bool
    label: str = ""
    tokens: list[Token] = field(default_factory=list)
    columns: tuple[tuple[int, ...], ...] = ()
    order: tuple[int, ...] = ()

    @property
    def delimited(self) -> bool:
        """Whether a blank cell among these would be seen."""
        return all(token.delimited for token in self.tokens)

    @property
    def flowing(self) -> bool:
        """Whether the figures stand on several lines, between which a page number may come."""
        lines = {token.spot.line for token in self.tokens if not token.blank}
        return not self.exact and len(lines) > 1

    @property
    def addresses(self) -> tuple[str, ...]:
        """The cells that the figures are for, in the order in which the form prints them."""
        rows = (self.row,) if self.row else self.block.leaf_rows
        return tuple(
            f"{self.table.id}.{row.path}.{column.path}"
            for row in rows
            for column in self.block.leaf_columns
        )


@dataclass(frozen=True)
class Question:
    """A word in the place of a label that the form does not have, and the label it is most like."""

    text: str
    spot: Spot
    nearest: str


@dataclass
class Reading:
    """What the lines say: the rows, the questions, the lines that belong to tables.

    `disorder` holds the tables whose column heads stand in an order that is not the form's.
    """

    units: list[Unit] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    consumed: set[int] = field(default_factory=set)
    titles: dict[int, Section] = field(default_factory=dict)
    disorder: set[str] = field(default_factory=set)
    subtotals: list[Unit] = field(default_factory=list)


def read_units(form: Format, lines: Sequence[Line]) -> Reading:
    """What the lines of a document say of the form's tables."""
    reader = _Reader(form)
    for number, line in enumerate(lines):
        reader.line(number, line)
    reader.finish()
    return reader.reading


class _Reader:
    def __init__(self, form: Format) -> None:
        self.form = form
        self.words: Vocabulary = vocabulary(form)
        self.reading = Reading()
        self.table: Table | None = None
        self.group: Heading | None = None
        self.unit: Unit | None = None
        self.heads = Heads()  # of the table that is being read
        self.grid = 0
        self.rows_begun = False
        self.last: Entry | None = None

    # Lines

    def line(self, number: int, line: Line) -> None:
        """Take in one line of the document."""
        section = self.words.section(line.text) if line.single else None
        if section is not None:
            self._section(number, section)
            return
        if line.grid != self.grid:
            self._new_grid(line)
        if line.grid and line.exact:
            belongs = self._exact(line)
        else:
            belongs = self._loose(line)
        if belongs:
            self.reading.consumed.add(number)

    def finish(self) -> None:
        """Close what is still open."""
        self._close()

    def _section(self, number: int, section: Section) -> None:
        self._close()
        self.reading.titles[number] = section
        self._enter(self.form.table(section.table) if section.table else None)

    def _enter(self, table: Table | None) -> None:
        """Go over to another table, or out of all of them."""
        self._close()
        self.table = table
        self.group = None
        self.heads.clear()
        self.rows_begun = False
        self.last = None

    def _new_grid(self, line: Line) -> None:
        self.grid = line.grid
        if line.exact:
            self._close()
            self.heads.clear()
            self.rows_begun = False

    # Exact tables

    def _exact(self, line: Line) -> bool:
        """A row of a table that has all of its cells; whether it belongs to a table of the form."""
        label = self._label(line)
        if label is not None:
            place, entry = label
            return self._labelled(line, place, entry)
        if self._spread(line):
            return True
        heads = [
            (entries[0], piece)
            for piece in line.pieces
            if piece.text.strip() and (entries := self._head(piece.text))
        ]
        if heads:
            self._heads(heads)
            return True
        if self.table is None:
            return False
        values = [piece for piece in line.pieces if is_value(piece.text)]
        if not values:
            filled = [piece for piece in line.pieces if piece.text.strip()]
            return not filled or any(self._row(piece.text) for piece in filled)
        return self._unlabelled(line)

    def _label(self, line: Line) -> tuple[int, Entry] | None:
        """The row's label: where it stands in the line, and what it is."""
        label = None
        for place, piece in enumerate(line.pieces):
            text = piece.text
            if not text.strip():
                if label is not None:
                    break
                continue
            if is_value(text):
                break
            entries = self._row(text)
            if not entries:
                break
            entry = self._chosen(entries)
            if entry is None or self._is_head_here(text, entry, line):
                return None
            if entry.kind is Kind.GROUP:
                self._enter_for(entry)
                self.group = entry.heading
            label = (place, entry)
        return label

    def _is_head_here(self, text: str, entry: Entry, line: Line) -> bool:
        """Whether a word that a row and a column share stands in a row of heads."""
        if self._across(entry.table):
            others = [piece for piece in line.pieces if piece.text.strip()]
            return not any(is_value(piece.text) for piece in others)
        if not self._head(text):
            return False
        return not any(is_value(piece.text) for piece in line.pieces)

    def _labelled(self, line: Line, place: int, entry: Entry) -> bool:
        heading = entry.heading
        if heading is None or entry.block is None:
            return True
        self._enter_for(entry)
        self.rows_begun = True
        tokens = [Token(p.text, p.spot, p.column) for p in line.pieces[place + 1 :]]
        if not any(not token.blank for token in tokens) and entry.kind is Kind.GROUP:
            return True
        unit = Unit(entry.table, entry.block, heading, True, line.pieces[place].text, tokens)
        unit.columns = self.heads.columns(entry.block)
        unit.order = self.heads.order(entry.block)
        if entry.kind is Kind.GROUP:
            self.reading.subtotals.append(unit)
        elif tokens:
            self.reading.units.append(unit)
        return True

    def _spread(self, line: Line) -> bool:
        """A row whose only filled cell has label and figures in one, as lines of a PDF do."""
        filled = [piece for piece in line.pieces if piece.text.strip()]
        if len(filled) != 1 or self.table is None:
            return False
        return self._taken_apart(filled[0])

    def _unlabelled(self, line: Line) -> bool:
        """A row of figures: of a table printed in one row, or one whose label is lost."""
        table = self.table
        if table is None:
            return False
        pieces = list(line.pieces)
        while pieces and pieces[0].text.strip() and not is_value(pieces[0].text):
            first = pieces.pop(0)
            if not self._across(table):
                self._question(first)
                return True
        tokens = [Token(piece.text, piece.spot, piece.column) for piece in pieces]
        block = table.blocks[0]
        unit = Unit(table, block, None, True, "", tokens)
        if self._across(table):
            unit.columns = self.heads.columns_across(block)
            self._note_disorder(table)
        self.reading.units.append(unit)
        return True

    def _heads(self, heads: Sequence[tuple[Entry, Piece]]) -> None:
        entry = heads[0][0]
        captions = all(entry.kind is Kind.CAPTION for entry, _ in heads)
        if self.table is not entry.table:
            self._enter(entry.table)
        elif self.rows_begun and not captions:
            self.heads.clear()  # the heads of the next block
            self.rows_begun = False
        elif self.rows_begun:
            self.heads.clear()
        self.heads.add(heads)

    # Scraped text

    def _loose(self, line: Line) -> bool:
        """A line of text; whether it belongs to a table of the form."""
        filled = [piece for piece in line.pieces if piece.text.strip()]
        values = sum(is_value(piece.text) for piece in filled)
        if line.grid and len(filled) == values > 1 and self._is_full():
            self._bare()
        belongs = False
        for piece in line.pieces:
            belongs = self._piece(piece, line) or belongs
        return belongs or bool(line.grid and self.table and not filled)

    def _is_full(self) -> bool:
        unit = self.unit
        if unit is None:
            return True
        filled = sum(not token.blank for token in unit.tokens)
        return filled >= len(unit.addresses)

    def _bare(self) -> None:
        """Begin a row whose label is lost."""
        if self.table is not None and self.rows_begun and not self._across(self.table):
            self._close()
            self.unit = Unit(self.table, self.table.blocks[0], None, False)

    def _piece(self, piece: Piece, line: Line) -> bool:
        text = piece.text
        if not text.strip():
            if self.unit is not None and line.grid:
                self.unit.tokens.append(Token("", piece.spot))
            return False
        if self.table is not None and PAGE_NUMBER.fullmatch(text.strip()):
            return True
        if self._atom_of(piece, line):
            return True
        if self._taken_apart(piece):
            return True
        if self.table is not None and self.unit is not None and self.unit.tokens:
            self._close()
        self.unit = None
        if self.table is not None and line.grid:
            self._ask(piece)
        return bool(line.grid and self.table)

    def _ask(self, piece: Piece) -> None:
        """Keep a word that may be a label in a spelling that the form does not know."""
        if len(piece.text) < LONGEST_LABEL and self.rows_begun:
            self._question(piece, only_near=True)

    def _question(self, piece: Piece, *, only_near: bool = False) -> None:
        """Ask what a word is; looking for a near one is dear, and nobody reads the hundredth."""
        if len(self.reading.questions) < MOST_QUESTIONS:
            nearest = self.words.nearest_row(piece.text)
            if nearest or not only_near:
                self.reading.questions.append(Question(piece.text, piece.spot, nearest))

    def _atom_of(self, piece: Piece, line: Line) -> bool:
        """Whether the whole text is a figure, or a word of the form."""
        text = piece.text
        figures = _figures(text)
        if figures:
            delimited = bool(line.grid) and len(figures) == 1
            taken = [self._value(figure, piece.spot, delimited) for figure in figures]
            return all(taken)
        rows = self._row(text)
        heads = self._head(text)
        entry = self._loose_choice(text, rows, heads)
        if entry is None:
            return False
        self._word(entry, text)
        return True

    def _loose_choice(
        self, text: str, rows: tuple[Entry, ...], heads: tuple[Entry, ...]
    ) -> Entry | None:
        """What a word stands for where nothing but the order of words tells."""
        row = self._chosen(rows) if rows else None
        head = heads[0] if heads else None
        entry = row or head
        if row and head:
            numbered = plain_spelling(text) != spelling(text)
            is_row = (numbered or self.rows_begun) and not self._across(row.table)
            entry = row if is_row else head
        if entry is None:
            return None
        if entry.table is self.table or self._opens(entry, text):
            return entry
        return None

    def _opens(self, entry: Entry, text: str) -> bool:
        """Whether a word may begin a table: a long one anywhere, a short one in its turn."""
        if len(spelling(text)) >= TELLING or entry.kind is Kind.CAPTION:
            return True
        if self.table is None:
            return False
        tables = self.form.tables
        return tables.index(entry.table) == tables.index(self.table) + 1 and self.rows_begun

    def _taken_apart(self, piece: Piece) -> bool:
        """Whether a text in which labels and figures run together was read as such."""
        atoms = self.words.atoms(piece.text)
        if not _is_table_text(atoms, self.table is not None):
            return False
        for atom in atoms:
            self._take(atom, piece.spot)
        return True

    def _take(self, atom: Atom, spot: Spot) -> None:
        if atom.kind is Kind.VALUE:
            self._value(atom.text, spot, delimited=False)
            return
        if atom.kind is Kind.OTHER:
            self._close()
            return
        rows = tuple(entry for entry in atom.entries if entry.kind in {Kind.ROW, Kind.GROUP})
        heads = tuple(entry for entry in atom.entries if entry not in rows)
        preferred = self.table
        rows = tuple(e for e in rows if e.table is preferred) or rows
        heads = tuple(e for e in heads if e.table is preferred) or heads
        entry = self._loose_choice(atom.text, rows, heads)
        if entry is not None:
            self._word(entry, atom.text)

    def _word(self, entry: Entry, text: str) -> None:
        """A word of the form in scraped text."""
        self._close()
        self._enter_for(entry)
        self.last = entry
        if entry.kind is Kind.HEAD:
            self.heads.add([(entry, Piece(text, Spot()))])
        if entry.kind is Kind.GROUP:
            self.group = entry.heading
        if entry.kind in {Kind.ROW, Kind.GROUP} and entry.block is not None:
            self.unit = Unit(entry.table, entry.block, entry.heading, False, text)
            self.rows_begun = self.rows_begun or not self._across(entry.table)
        elif entry.kind is Kind.HEAD and self._across(entry.table) and entry.block is not None:
            self.unit = Unit(entry.table, entry.block, None, False)

    def _value(self, text: str, spot: Spot, delimited: bool) -> bool:
        if self.unit is None:
            return False
        self.unit.tokens.append(Token(text, spot, delimited=delimited))
        return True

    def _note_disorder(self, table: Table) -> None:
        if self.heads.contradict(table):
            self.reading.disorder.add(table.id)

    def _close(self) -> None:
        """The row that was being read is complete."""
        unit = self.unit
        self.unit = None
        if unit is None:
            return
        while unit.tokens and unit.tokens[-1].blank:
            unit.tokens.pop()
        if not unit.tokens:
            return
        self._note_disorder(unit.table)
        cell_count = len(unit.block.leaf_rows) * len(unit.block.leaf_columns)
        if self._across(unit.table) and unit.row and len(unit.tokens) == cell_count:
            unit.row = None  # the figures of the whole table behind its last head
        if unit.row is not None and unit.row.children:
            self.reading.subtotals.append(unit)
        else:
            self.reading.units.append(unit)

    # Words

    def _row(self, text: str) -> tuple[Entry, ...]:
        return self.words.row_entries(text, self.table)

    def _head(self, text: str) -> tuple[Entry, ...]:
        return self.words.head_entries(text, self.table)

    def _chosen(self, entries: tuple[Entry, ...]) -> Entry | None:
        """The one row that a word stands for: within the group that was named last, if any."""
        if len(entries) == 1:
            return entries[0]
        if self.group is not None:
            inside = [entry for entry in entries if entry.heading in self.group.children]
            if len(inside) == 1:
                return inside[0]
        own_entries = [entry for entry in entries if entry.table is self.table]
        return own_entries[0] if len(own_entries) == 1 else None

    def _enter_for(self, entry: Entry) -> None:
        if self.table is not entry.table:
            self._enter(entry.table)

    def _across(self, table: Table) -> bool:
        return table.layout == "across"


def _figures(text: str) -> list[str]:
    """The figures of a text that is nothing else; a currency's mark belongs to the one behind."""
    stretches = text.split()
    marked = bool(stretches) and plain_spelling(stretches[0]) in CURRENCIES
    if len(stretches) > 1 and all(map(is_value, stretches)) and not marked:
        return stretches
    return [text] if is_value(text) else []


def _is_table_text(atoms: Sequence[Atom], inside: bool) -> bool:
    """Whether a text taken apart is a table's: words and figures of it, and nothing besides."""
    names = sum(atom.kind not in {Kind.VALUE, Kind.OTHER} for atom in atoms)
    figures = sum(atom.kind is Kind.VALUE for atom in atoms)
    strangers = sum(atom.kind is Kind.OTHER for atom in atoms)
    if names >= 5 and figures >= names and strangers * 4 <= names:
        return True
    if strangers or not names:
        return False
    return inside and (figures > 0 or names > 1)
