"""The words of a form as documents print them: what a cell's text, or a stretch of it, stands for.

There is one list of words, that of the forms (labels, aliases, variants). A word that is not on it
is no word of the form: it is asked about, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from generator.importing.characters import plain_spelling, spelling, without_remark
from generator.language import labels
from generator.language.numerals import NOT_APPLICABLE, UNREADABLE
from generator.model.format import Block, Format, Heading, Section, Table

NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,8})?|-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
# What counts things may stand behind a figure, and the mark of a currency before it.
COUNTED = re.compile(r"(-?[0-9][0-9,]*)(?:件|宗|条|份|项|个|次)")
MONEY = re.compile(r"[?¥￥$]{0,2}\s*(-?[0-9][0-9,]*(?:\.[0-9]+)?)\s*(亿元|万元|元)?")
# A text in which words and figures run together is taken apart where so many words are the form's.
MANY = 2
SHORTEST = 2


class Kind(StrEnum):
    """What a stretch of a table's text is."""

    ROW = "row"  # a row with figures
    GROUP = "group"  # a heading over rows
    HEAD = "head"  # a column, or a heading over columns
    CAPTION = "caption"  # the title of a block, the note, the word in the corner
    VALUE = "value"
    BLANK = "blank"
    OTHER = "other"


@dataclass(frozen=True)
class Entry:
    """A word of a table: its heading, and the block it belongs to (None for a word of several)."""

    kind: Kind
    table: Table
    heading: Heading | None = None
    block: Block | None = None


@dataclass(frozen=True)
class Atom:
    """A stretch of text: what it is, the text, and the words of the form that it may be."""

    kind: Kind
    text: str
    entries: tuple[Entry, ...] = ()


def figure_text(text: str, *, money: bool) -> str:
    """A cell's text as a figure is written: without `件` behind it, or the mark of a currency."""
    plain = plain_spelling(text)
    if money and (amount := MONEY.fullmatch(plain)):
        return f"{amount[1]}{amount[2] or ''}"
    counted = COUNTED.fullmatch(plain)
    return counted[1] if counted else text.strip()


def is_value(text: str) -> bool:
    """Whether a cell's text is a figure, or one of the marks that stand in its place."""
    plain = plain_spelling(text)
    return bool(
        plain in NOT_APPLICABLE
        or plain in UNREADABLE
        or NUMBER.fullmatch(plain)
        or COUNTED.fullmatch(plain)
        or (plain.strip("?¥￥$") and MONEY.fullmatch(plain))
    )


class Vocabulary:
    """The words of one form."""

    def __init__(self, form: Format) -> None:
        self.form = form
        self.rows: dict[str, dict[str, list[Entry]]] = {}
        self.heads: dict[str, dict[str, list[Entry]]] = {}
        for table in form.tables:
            self.rows[table.id] = {}
            self.heads[table.id] = {}
            for block in table.blocks:
                self._captions(table, block)
                for heading in _headings(block.rows):
                    kind = Kind.GROUP if heading.children else Kind.ROW
                    self._add(self.rows, Entry(kind, table, heading, block))
                for heading in _headings(block.columns):
                    self._add(self.heads, Entry(Kind.HEAD, table, heading, block))
        self.sections = _section_words(form)
        self._pattern, self._by_core = self._glued()

    def _captions(self, table: Table, block: Block) -> None:
        entry = Entry(Kind.CAPTION, table, None, block)
        for caption in (block.title, block.note, block.corner):
            if caption:
                self.heads[table.id].setdefault(spelling(caption), []).append(entry)
                bare = spelling(caption.strip("（）"))
                self.heads[table.id].setdefault(bare, []).append(entry)

    def _add(self, index: dict[str, dict[str, list[Entry]]], entry: Entry) -> None:
        heading = entry.heading
        if heading is None:
            return
        for word in (heading.label, heading.short, *heading.aliases, *heading.variants):
            if word:
                entries = index[entry.table.id].setdefault(spelling(word), [])
                if entry not in entries:
                    entries.append(entry)

    def row_entries(self, text: str, table: Table | None) -> tuple[Entry, ...]:
        """The rows and groups that a text may name; those of `table` alone where it has any."""
        return self._look_up(self.rows, text, table)

    def head_entries(self, text: str, table: Table | None) -> tuple[Entry, ...]:
        """The column heads and captions that a text may be."""
        return self._look_up(self.heads, text, table)

    def _look_up(
        self, index: Mapping[str, Mapping[str, list[Entry]]], text: str, table: Table | None
    ) -> tuple[Entry, ...]:
        word = spelling(text)
        for candidate in dict.fromkeys((word, without_remark(word))):
            if table is not None and candidate in index[table.id]:
                return tuple(index[table.id][candidate])
            entries = [
                entry for index_words in index.values() for entry in index_words.get(candidate, ())
            ]
            if entries:
                return tuple(entries)
        return ()

    def section(self, text: str) -> Section | None:
        """The section that a paragraph is the title of."""
        word = spelling(text)
        if len(word) > 40:
            return None
        section = self.sections.get(word) or self.sections.get(without_remark(word))
        if section is None and labels.NUMBERING.match(plain_spelling(text)):
            near = labels.nearest(word, self.sections)
            if near and _nearly(word, near):
                section = self.sections[near]
        return section

    def nearest_row(self, text: str) -> str:
        """The label of the form's row that a text is most like; empty where none is near."""
        names = [
            entry.heading.label
            for index_words in self.rows.values()
            for entries in index_words.values()
            for entry in entries
            if entry.heading and entry.kind is Kind.ROW
        ]
        return labels.nearest(text, dict.fromkeys(names))

    def atoms(self, text: str) -> tuple[Atom, ...]:
        """A text in which words and figures run together, taken apart.

        Empty where the form has too few words in it.
        """
        compact = plain_spelling(text)
        if len(compact) > 200_000:
            return ()
        spaced = _spaced(text)
        atoms: list[Atom] = []
        index_words = 0
        end = 0
        for match in self._pattern.finditer(spaced):
            core = match.lastgroup or ""
            atoms += _between(spaced[end : match.start()])
            entries = self._by_core[core]
            atoms.append(Atom(entries[0].kind, match[0], entries))
            index_words += 1
            end = match.end()
        atoms += _between(spaced[end:])
        return tuple(atoms) if index_words else ()

    def _glued(self) -> tuple[re.Pattern[str], dict[str, tuple[Entry, ...]]]:
        """What finds every full word in running text, and what each is."""
        by_word: dict[tuple[str, str], list[Entry]] = {}
        for index in (self.rows, self.heads):
            for index_words in index.values():
                for entries in index_words.values():
                    for entry in entries:
                        for number, core in _full_words(entry):
                            candidates = by_word.setdefault((number, core), [])
                            if entry not in candidates:
                                candidates.append(entry)
        ordered = sorted(by_word, key=lambda pair: (-len(pair[1]), -len(pair[0]), pair))
        patterns = []
        by_group = {}
        for place, (number, core) in enumerate(ordered):
            group = f"w{place}"
            by_group[group] = tuple(by_word[number, core])
            letters = r"\s*".join(map(re.escape, core))
            prefix = r"\s*".join(map(re.escape, number)) + r"\s*" if number else ""
            optional = f"(?:{prefix})?" if prefix and len(core) > 3 else prefix
            patterns.append(f"(?P<{group}>{optional}{letters})")
        return re.compile("|".join(patterns)), by_group


def _headings(headings: tuple[Heading, ...]) -> Iterator[Heading]:
    for heading in headings:
        yield heading
        yield from _headings(heading.children)


def _section_words(form: Format) -> dict[str, Section]:
    index_words: dict[str, Section] = {}
    for section in form.sections:
        for title in (section.title, *section.aliases):
            index_words.setdefault(spelling(title), section)
    return index_words


def _nearly(word: str, title: str) -> bool:
    """Whether a numbered title differs from a known one by two characters at the most."""
    import difflib

    same = sum(
        match.size for match in difflib.SequenceMatcher(None, word, title).get_matching_blocks()
    )
    return max(len(word), len(title)) - same <= 2 and len(title) >= 6


def _full_words(entry: Entry) -> Iterator[tuple[str, str]]:
    """(number, word) of the full spellings of an entry, as running text has them."""
    if entry.heading is None:
        block = entry.block
        captions = (block.title, block.note, block.corner) if block else ()
        yield from (("", plain_spelling(caption)) for caption in captions if caption)
        return
    for word in (entry.heading.label, *entry.heading.variants):
        plain = plain_spelling(word)
        number = labels.NUMBERING.match(plain)
        head = number[0] if number else ""
        if len(plain) - len(head) >= SHORTEST:
            yield head, plain[len(head) :]
            remark = without_remark(plain[len(head) :])
            if remark != plain[len(head) :]:
                yield head, remark


def _spaced(text: str) -> str:
    """The text in simplified half-width characters, blanks kept as one blank each."""
    return " ".join(plain_spelling(part) for part in re.split(r"\s+", text) if part)


def _between(text: str) -> Iterator[Atom]:
    """The stretches between words: figures, each by itself, and whatever else there is."""
    for part in text.split():
        bare = part.strip("|,，、;；。:：()（）")
        if not bare and part not in NOT_APPLICABLE:
            continue
        if is_value(part):
            yield Atom(Kind.VALUE, part)
        elif is_value(bare):
            yield Atom(Kind.VALUE, bare)
        else:
            yield Atom(Kind.OTHER, part)


@lru_cache(maxsize=8)
def vocabulary(form: Format) -> Vocabulary:
    """The words of a form."""
    return Vocabulary(form)
