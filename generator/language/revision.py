"""What changed between two texts: which paragraphs stayed, went or came, and within one that was reworded which words.

Paragraphs are matched first, clauses within a reworded one next, characters (numbers and words of letters whole) only within reworded
clauses, and never more of them than `MOST` can be: so the longest narrative costs a fraction of a second.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import groupby

from generator.model.revision import Fate, Passage, Piece

Paragraph = tuple[Piece, ...]
CLAUSE = re.compile(r"[^，。；：！？\n]*[，。；：！？\n]|[^，。；：！？\n]+")
TOKEN = re.compile(r"\d+(?:[.,]\d+)*%?|[A-Za-z]+|.", re.DOTALL)
# So much of two paragraphs' pairs of characters must agree (twice the common ones over all) for one to be a rewording of the other.
ALIKE = 0.5
# How many tokens or clauses, and how many paragraphs of a run, are compared with as many others; and how long a text of which the words
# within paragraphs are compared at all.
MOST = 500
RUN = 40
LONGEST = 50_000


def revise(before: Sequence[str], after: Sequence[str]) -> tuple[Passage, ...]:
    """The paragraphs of both texts in order, those that stayed in runs of their own."""
    passages: list[Passage] = []
    closely = max(sum(map(len, before)), sum(map(len, after))) <= LONGEST
    for kind, start, end, new_start, new_end in SequenceMatcher(None, before, after).get_opcodes():
        if kind == "equal":
            passages.append(Passage(True, tuple((Piece(Fate.KEPT, text),) for text in before[start:end])))
        else:
            changed = _replaced(before[start:end], after[new_start:new_end], RUN if closely else 0)
            passages += [Passage(False, (paragraph,)) for paragraph in changed]
    return tuple(passages)


def _replaced(old: Sequence[str], new: Sequence[str], most: int) -> Iterator[Paragraph]:
    """Paragraphs in the place of others: each beside the one it rewords, as far as there is one, in the order of both. Of more than
    `most` none is looked for."""
    pairs_old, pairs_new = ([_pairs(text) for text in texts] if max(len(old), len(new)) <= most else [] for texts in (old, new))
    start = 0
    for number, text in enumerate(old):
        likest = max(range(start, len(pairs_new)), key=lambda at: (_alike(pairs_old[number], pairs_new[at]), -at), default=None)
        if likest is None or _alike(pairs_old[number], pairs_new[likest]) < ALIKE:
            yield (Piece(Fate.REMOVED, text),)
            continue
        yield from ((Piece(Fate.ADDED, one),) for one in new[start:likest])
        yield tuple(_reworded(text, new[likest]))
        start = likest + 1
    yield from ((Piece(Fate.ADDED, one),) for one in new[start:])


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def _reworded(old: str, new: str) -> Iterator[Piece]:
    """One paragraph in pieces; words that went stand before those that came in their place."""
    changes: list[Change] = []
    clauses = CLAUSE.findall(old), CLAUSE.findall(new)
    coarse = _changes(*clauses) if max(map(len, clauses)) <= MOST else [Change(old, new, kept=False)]
    for one in coarse:
        tokens = TOKEN.findall(one.gone), TOKEN.findall(one.came)
        if one.kept or not all(tokens) or max(map(len, tokens)) > MOST:
            changes.append(one)
        else:
            finer = list(_changes(*tokens))
            changes += [replace(one, kept=one.kept and not _between(finer, at)) for at, one in enumerate(finer)]
    for kept, run in groupby(changes, key=lambda one: one.kept):
        held = list(run)
        gone, came = "".join(one.gone for one in held), "".join(one.came for one in held)
        if kept:
            yield Piece(Fate.KEPT, gone)
        else:
            yield from (Piece(fate, text) for fate, text in ((Fate.REMOVED, gone), (Fate.ADDED, came)) if text)


@dataclass(frozen=True)
class Change:
    """Words and those in their place; the same where they were kept."""

    gone: str
    came: str
    kept: bool


def _changes(old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    for kind, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield Change("".join(old[start:end]), "".join(new[new_start:new_end]), kind == "equal")


def _between(changes: Sequence[Change], at: int) -> bool:
    """Whether what was kept is one character between two changes: it is easier to read as part of them."""
    return 0 < at < len(changes) - 1 and len(changes[at].gone) == 1
