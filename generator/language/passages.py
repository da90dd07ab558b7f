"""The numbers of a paragraph in order, each with the words in front of it.

Sums and shares are told over several sentences, and over the items of a list: these are one passage
with the paragraph that they stand under.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from generator.language.quantities import ANY, FIRST, Quantity, Sentence, sentences

END = "。"
# A number alone in brackets is as good as one without; other brackets divide a part further.
LONE = re.compile(rf"[（(][约共计]?({ANY})[）)]")
BRACKETS = re.compile(r"[（(][^（()）]*[）)]")
# The private characters that stand for quantities are so many.
MOST = 6000


@dataclass(frozen=True)
class Passage:
    """The mask of a paragraph, its sentences ended by 。, and its quantities."""

    mask: str
    quantities: tuple[Quantity, ...]

    def quantity(self, index: int) -> Quantity:
        """The quantity that a character of the mask stands for."""
        return self.quantities[ord(self.mask[index]) - FIRST]

    def group(self, match: re.Match[str], name: str) -> Quantity:
        """The quantity that begins a group of a match."""
        return self.quantity(match.start(name))

    def without_brackets(self) -> Passage:
        """The passage without what stands in brackets, where a number is among it."""
        return Passage(BRACKETS.sub(_without_numbers, self.mask), self.quantities)


def _without_numbers(match: re.Match[str]) -> str:
    return "" if re.search(ANY, match[0]) else match[0]


@lru_cache(maxsize=32)  # several families of rules read a text one after the other
def passages_of(text: str) -> tuple[Passage, ...]:
    """The passages of a Markdown text that have two numbers at least."""
    return tuple(passage for passage in _joined(sentences(text)) if len(passage.quantities) > 1)


def _joined(all_sentences: Sequence[Sentence]) -> Iterator[Passage]:
    group: list[Sentence] = []
    for sentence in all_sentences:
        begins = bool(group) and sentence.paragraph != group[-1].paragraph and not sentence.item
        if begins or sum(len(earlier.quantities) for earlier in group) > MOST:
            yield _passage(group)
            group = []
        group.append(sentence)
    if group:
        yield _passage(group)


def _passage(group: Sequence[Sentence]) -> Passage:
    quantities: list[Quantity] = []
    pieces = []
    for sentence in group:
        shift = len(quantities)
        number_of = len(sentence.quantities)
        if shift + number_of > MOST:
            break
        pieces.append(
            "".join(
                chr(ord(character) + shift)
                if FIRST <= ord(character) < FIRST + number_of
                else character
                for character in sentence.mask
            )
        )
        quantities += sentence.quantities
    return Passage(LONE.sub(r"\1", END.join(pieces)), tuple(quantities))
