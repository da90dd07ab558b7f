"""The column heads of a table as a document prints them: their columns, and in what order.

Spans of heads are often wrong on web pages, and in scraped text they are lost. So the order of
columns follows from the order of heads within each row of heads; where a head stands counts only
for rows that have more cells than the form has columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.importing.blocks import Piece
from generator.importing.characters import spelling
from generator.importing.vocabulary import Entry
from generator.model.format import Block, Heading, Table


@dataclass(frozen=True)
class Head:
    """A head: its word, the columns it stands over, its row of heads, its place in that row."""

    word: str
    columns: range
    line: int
    place: int


class Heads:
    """The heads that were met since the table, or its block, began."""

    def __init__(self) -> None:
        self.heads: list[Head] = []
        self.lines = 0

    def clear(self) -> None:
        """Another table or block begins."""
        self.heads = []

    def add(self, row: Sequence[tuple[Entry, Piece]]) -> None:
        """A row of heads, or a single one in scraped text."""
        self.lines += 1
        for place, (entry, piece) in enumerate(row):
            if entry.heading is not None:
                columns = range(piece.column, piece.column + piece.width)
                self.heads.append(Head(spelling(entry.heading.label), columns, self.lines, place))

    def columns(self, block: Block) -> tuple[tuple[int, ...], ...]:
        """The grid columns of each column of a block; empty where heads are lacking or overlap."""
        groups = []
        for leaf in block.leaf_columns:
            covered = [column for head in self._named(leaf) for column in head.columns]
            groups.append(tuple(dict.fromkeys(covered)))
        several = [column for group in groups for column in group]
        if not all(groups) or len(set(several)) < len(several):
            return ()
        return tuple(groups)

    def columns_across(self, block: Block) -> tuple[tuple[int, ...], ...]:
        """The same of a table printed in one row, where each head stands once a group."""
        labels = [spelling(leaf.label) for leaf in block.leaf_columns]
        leaves = sorted((head.columns[0], head.word) for head in self.heads if head.word in labels)
        if [word for _, word in leaves] != labels * len(block.leaf_rows):
            return ()
        return tuple((column,) for column, _ in leaves)

    def order(self, block: Block) -> tuple[int, ...]:
        """The numbers of a block's columns in the order of print; empty where that is not told."""
        keys = []
        for number, chain in enumerate(_chains(block.columns)):
            places = [self._named(heading) for heading in chain]
            if not all(places):
                return ()
            keys.append((tuple(heads[0].place for heads in places), number))
        for siblings in _siblings(block.columns):
            if len({self._named(heading)[0].line for heading in siblings}) > 1:
                return ()
        return tuple(number for _, number in sorted(keys))

    def contradict(self, table: Table) -> bool:
        """Whether heads that came one by one stand in another order than the form's."""
        block = table.blocks[0]
        if len(table.blocks) > 1:
            return False
        leaves = [spelling(leaf.label) for leaf in block.leaf_columns]
        met = [head.word for head in self.heads if head.word in leaves]
        if table.layout == "across":
            return any(
                word != leaves[number % len(leaves)] for number, word in enumerate(met)
            ) and len(met) >= len(leaves)
        by_level = [spelling(leaf.label) for leaf in _by_level(block.columns)]
        once = list(dict.fromkeys(met))
        return not (_is_within(once, leaves) or _is_within(once, by_level))

    def _named(self, heading: Heading) -> list[Head]:
        word = spelling(heading.label)
        return [head for head in self.heads if head.word == word]


def _chains(headings: Sequence[Heading]) -> Iterator[tuple[Heading, ...]]:
    """Each column with the headings above it."""
    for heading in headings:
        if not heading.children:
            yield (heading,)
        for chain in _chains(heading.children):
            yield (heading, *chain)


def _siblings(headings: Sequence[Heading]) -> Iterator[Sequence[Heading]]:
    """The headings that stand beside each other, level by level."""
    yield headings
    for heading in headings:
        if heading.children:
            yield from _siblings(heading.children)


def _by_level(headings: Sequence[Heading]) -> Iterator[Heading]:
    """The columns in the order in which rows of heads print them."""
    level = list(headings)
    while level:
        yield from (heading for heading in level if not heading.children)
        level = [child for heading in level for child in heading.children]


def _is_within(spellings: Sequence[str], order: Sequence[str]) -> bool:
    """Whether words come in this order, some of which may be left out."""
    remaining = iter(order)
    return all(word in remaining for word in spellings)
