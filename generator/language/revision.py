"""What changed between two texts.

Which paragraphs stayed, went or came, and within one that was reworded which words.

Paragraphs are matched first, clauses within a reworded one next, characters (numbers and words of
letters whole) only within reworded clauses, and never more of them than `MOST` can be: so the
longest narrative costs a fraction of a second.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import groupby, pairwise

from generator.model.revision import Fate, Passage, Piece

Paragraph = tuple[Piece, ...]
CLAUSE = re.compile(r"[^，。；：！？\n]*[，。；：！？\n]|[^，。；：！？\n]+")
TOKEN = re.compile(r"\d+(?:[.,]\d+)*%?|[A-Za-z]+|.", re.DOTALL)
# So much of two paragraphs' pairs of characters must agree (twice the common ones over all) for one
# to be a rewording of the other.
ALIKE = 0.5
# How many tokens or clauses, and how many paragraphs of a run, are compared with as many others;
# and how long a text of which the words within paragraphs are compared at all.
MOST = 500
RUN = 40
LONGEST = 50_000


def revise(old: Sequence[str], new: Sequence[str]) -> tuple[Passage, ...]:
    """The paragraphs of two texts in the order in which they are read.

    Those kept in runs of their own.
    """
    passages: list[Passage] = []
    closely = max(sum(map(len, old)), sum(map(len, new))) <= LONGEST
    matcher = SequenceMatcher(None, old, new)
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        if kind == "equal":
            paragraphs = tuple((Piece(Fate.KEPT, text),) for text in old[start:end])
            passages.append(Passage(True, paragraphs))
        else:
            most = RUN if closely else 0
            changed = _replaced(old[start:end], new[new_start:new_end], most)
            passages += [Passage(False, (paragraph,)) for paragraph in changed]
    return tuple(passages)


def _replaced(old: Sequence[str], new: Sequence[str], most: int) -> Iterator[Paragraph]:
    """Paragraphs in the place of others: each beside the one it rewords, in the order of both.

    Of more than `most` paragraphs no rewording is looked for.
    """
    candidates = [_pairs(text) for text in new] if max(len(old), len(new)) <= most else []
    start = 0
    for text in old:
        number = _likest(_pairs(text), candidates, start)
        if number is None:
            yield (Piece(Fate.REMOVED, text),)
            continue
        for added in new[start:number]:
            yield (Piece(Fate.ADDED, added),)
        yield tuple(_reworded(text, new[number]))
        start = number + 1
    for added in new[start:]:
        yield (Piece(Fate.ADDED, added),)


def _likest(pairs: frozenset[str], candidates: Sequence[frozenset[str]], start: int) -> int | None:
    """Which candidate from a number on is most alike; None where none is alike enough."""
    best = None
    most = ALIKE
    for number in range(start, len(candidates)):
        alike = _alike(pairs, candidates[number])
        if alike > most or (best is None and alike == most):
            best = number
            most = alike
    return best


def _pairs(text: str) -> frozenset[str]:
    return frozenset(first + second for first, second in pairwise(text))


def _alike(old: frozenset[str], new: frozenset[str]) -> float:
    return 2 * len(old & new) / (len(old) + len(new)) if old and new else 0.0


def _reworded(old: str, new: str) -> Iterator[Piece]:
    """One paragraph in pieces; words that went stand before those that came in their place."""
    for is_kept, run in groupby(_finest_changes(old, new), key=lambda change: change.kept):
        changes = list(run)
        removed = "".join(change.gone for change in changes)
        added = "".join(change.came for change in changes)
        if is_kept:
            yield Piece(Fate.KEPT, removed)
            continue
        if removed:
            yield Piece(Fate.REMOVED, removed)
        if added:
            yield Piece(Fate.ADDED, added)


def _finest_changes(old: str, new: str) -> Iterator[Change]:
    """The changes between two paragraphs: by clauses, and by words within reworded ones."""
    for change in _coarse_changes(old, new):
        old_tokens = TOKEN.findall(change.gone)
        new_tokens = TOKEN.findall(change.came)
        longest = max(len(old_tokens), len(new_tokens))
        if change.kept or not old_tokens or not new_tokens or longest > MOST:
            yield change
            continue
        finer = list(_changes(old_tokens, new_tokens))
        for number, finer_change in enumerate(finer):
            is_kept = finer_change.kept and not _between(finer, number)
            yield replace(finer_change, kept=is_kept)


def _coarse_changes(old: str, new: str) -> Iterator[Change]:
    """The changes by clauses; one change where there are too many of them."""
    old_clauses = CLAUSE.findall(old)
    new_clauses = CLAUSE.findall(new)
    if max(len(old_clauses), len(new_clauses)) > MOST:
        yield Change(old, new, kept=False)
    else:
        yield from _changes(old_clauses, new_clauses)


@dataclass(frozen=True)
class Change:
    """Words and those in their place; the same where they were kept."""

    gone: str
    came: str
    kept: bool


def _changes(old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        gone = "".join(old[start:end])
        came = "".join(new[new_start:new_end])
        yield Change(gone, came, kind == "equal")


def _between(changes: Sequence[Change], number: int) -> bool:
    """Whether a change is one kept character between two changes.

    It is easier to read as part of them.
    """
    return 0 < number < len(changes) - 1 and len(changes[number].gone) == 1
